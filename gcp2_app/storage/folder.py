"""The folder a store lives in: whether it is a safe place, and who may read it.

A database on a network share loses its locks, and a folder that is synchronised is copied to a company's computers and
changed underneath the program.
"""

import os
import re
import subprocess
import sys
from pathlib import Path, PurePath

from gcp2_app.errors import StoreError

DATABASE = "store.db"
BACKUPS = "backups"

#: Names that the folders of synchronising programs begin with, in small letters.
_CLOUD_FOLDERS = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "icloud": "iCloud",
    "com~apple~clouddocs": "iCloud",
    "mobile documents": "iCloud",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "cloudstorage": "a cloud drive",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "box sync": "Box",
    "syncthing": "Syncthing",
}
_NETWORK_FILE_SYSTEMS = re.compile(
    r"nfs\d?|cifs|smb\w*|afpfs|afs|davfs\d?|webdav|ncpfs|glusterfs|ceph|lustre|fuse\.(sshfs|rclone|davfs2?|gvfsd-fuse|s3fs|glusterfs)"
)
_MOUNT_LINE = re.compile(r"^.* on (?P<where>/.*) \((?P<kind>[\w.]+)[,)]")
_DRIVE_REMOTE = 4
#: Windows would write every line end as two bytes without O_BINARY.
_NEW = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)


def check_place(folder: Path, *, allow_shared: bool = False) -> None:
    """Refuse a folder on a network or one that another program copies to the cloud.

    Args:
        folder: the store's folder; it need not exist yet.
        allow_shared: policy allows it all the same.

    Raises:
        StoreError: the folder is not a safe place.
    """
    if allow_shared:
        return
    place = folder.expanduser().absolute()
    cloud = cloud_name(place) or cloud_name(place.resolve())
    if cloud:
        raise StoreError(
            f"This folder is copied to other computers by {cloud}, so a store cannot be kept in it.",
            "Choose a folder that stays on this computer’s own disk.",
        )
    if _on_network(place.resolve()):
        raise StoreError(
            "This folder is on a network drive, where a store can be damaged.",
            "Choose a folder on this computer’s own disk.",
        )


def cloud_name(place: PurePath) -> str:
    """Return the name of the synchronising program a path belongs to, or an empty string."""
    for part in place.parts:
        small = part.casefold()
        for start, name in _CLOUD_FOLDERS.items():
            # "OneDrive - Dudley Council" and "Dropbox (Personal)" are such folders too; "boxes" is not.
            if re.match(re.escape(start) + r"(?![a-z])", small):
                return name
    return ""


def _on_network(place: Path) -> bool:
    if sys.platform == "win32":
        import ctypes

        drive = place.drive
        return drive.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(drive + "\\") == _DRIVE_REMOTE
    if sys.platform == "darwin":
        table = subprocess.run(["/sbin/mount"], capture_output=True, text=True, check=False).stdout
        return is_network_kind(mounted_kind(place, mounts_of_listing(table)))
    try:
        table = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return False  # A system without a mount table has nothing to tell.
    return is_network_kind(mounted_kind(place, mounts_of_mountinfo(table)))


def leaves_this_computer(place: Path, store: Path) -> bool:
    """Whether what is copied to a place is on another disk than the store's, on a network, or copied on to a cloud."""
    there = place.expanduser().absolute()
    if cloud_name(there) or cloud_name(there.resolve()) or _on_network(there.resolve()):
        return True
    # The folder itself may not be there yet, or its disk may be unplugged.
    near = next(each for each in (there, *there.parents) if each.exists())
    return near.stat().st_dev != store.stat().st_dev


def mounts_of_mountinfo(text: str) -> list[tuple[str, str]]:
    """Return mount point and kind of file system of each line of Linux's ``mountinfo``."""
    mounts = []
    for line in text.splitlines():
        before, _, after = line.partition(" - ")
        fields, kinds = before.split(), after.split()
        if len(fields) > 4 and kinds:
            # Spaces and tabs in mount points are written as octal numbers.
            where = re.sub(r"\\(\d{3})", lambda match: chr(int(match[1], 8)), fields[4])
            mounts.append((where, kinds[0]))
    return mounts


def mounts_of_listing(text: str) -> list[tuple[str, str]]:
    """Return mount point and kind of file system of each line that macOS's ``mount`` prints."""
    found = (_MOUNT_LINE.match(line) for line in text.splitlines())
    return [(match["where"], match["kind"]) for match in found if match]


def mounted_kind(place: PurePath, mounts: list[tuple[str, str]]) -> str:
    """Return the kind of file system a path lies on, or an empty string; of two mounts on one point the later one's."""
    best, kind = -1, ""
    for where, each in mounts:
        if place.is_relative_to(where) and len(where) >= best:
            best, kind = len(where), each
    return kind


def is_network_kind(kind: str) -> bool:
    """Whether a kind of file system lies on another machine."""
    return _NETWORK_FILE_SYSTEMS.fullmatch(kind) is not None


def make_private(folder: Path) -> None:
    """Make the folder if need be, for its owner alone.

    Raises:
        StoreError: the operating system refuses.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        keep_private(folder)
    except OSError as error:
        raise os_fault(error, "The store’s folder could not be made") from None


def keep_private(path: Path) -> None:
    """Take group's and others' rights away from a folder (0700) or file (0600). Windows has its own rights.

    Raises:
        OSError: the operating system refuses.
    """
    if os.name != "posix":
        return
    mode = path.stat().st_mode
    if mode & 0o077:
        path.chmod(mode & 0o700)


def make_file(path: Path) -> None:
    """Make an empty file for its owner alone.

    Raises:
        OSError: it exists, or the operating system refuses.
    """
    os.close(os.open(path, _NEW, 0o600))


def settle(folder: Path) -> None:
    """Have the operating system write a folder's list of names to the disk."""
    if os.name != "posix":
        return  # Windows does it with the file.
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_whole(path: Path, content: bytes) -> None:
    """Put a file in the place of the one there was: at every moment either the old or the new one is there, whole.

    Raises:
        OSError: the operating system refuses; the old file is still there.
    """
    beside = path.with_name(f"{path.name}.new")
    beside.unlink(missing_ok=True)
    handle = os.open(beside, _NEW, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    settle(path.parent)


def os_fault(error: OSError, doing: str) -> StoreError:
    """Return the error to show when the operating system refuses a file or folder.

    Args:
        error: what the operating system said.
        doing: what was tried, as the start of a sentence: "The store’s folder could not be made".
    """
    return StoreError(
        f"{doing}: {error.strerror or 'the disk failed'}.",
        "Check that the disk is not full or read-only and that the folder is yours.",
    )
