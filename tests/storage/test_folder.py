"""Safe places are told from unsafe ones, and a file is put in place whole."""

import os
import stat
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from gcp2_app.errors import StoreError
from gcp2_app.storage.folder import (
    check_place,
    cloud_name,
    is_network_kind,
    leaves_this_computer,
    make_file,
    make_private,
    mounted_kind,
    mounts_of_listing,
    mounts_of_mountinfo,
    write_whole,
)

MOUNTINFO = r"""
22 28 0:20 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
36 28 0:32 / /home/ana/team\040files rw shared:2 master:1 - cifs //server/share rw
37 28 0:33 / /mnt/nfs rw - nfs4 server:/export rw
38 28 0:34 / /mnt/nfs/local rw - ext4 /dev/sdb1 rw
nonsense
"""
LISTING = """
/dev/disk3s1 on / (apfs, sealed, local)
//ana@server/share on /Volumes/team files (smbfs, nodev, nosuid, mounted by ana)
map auto_home on /System/Volumes/Data/home (autofs, automounted, nobrowse)
"""


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (PureWindowsPath(r"C:\Users\ana\OneDrive\store"), "OneDrive"),
        (PureWindowsPath(r"C:\Users\ana\OneDrive - Practice Council\store"), "OneDrive"),
        (PurePosixPath("/home/ana/Dropbox (Personal)/x"), "Dropbox"),
        (PurePosixPath("/home/ana/.dropbox-mirror"), ""),
        (PurePosixPath("/Users/ana/Library/Mobile Documents/com~apple~CloudDocs/x"), "iCloud"),
        (PurePosixPath("/Users/ana/Library/CloudStorage/GoogleDrive-a@b.c/x"), "a cloud drive"),
        (PurePosixPath("/home/ana/Google Drive/x"), "Google Drive"),
        (PurePosixPath("/home/ana/nextcloud"), "Nextcloud"),
        (PurePosixPath("/home/ana/Documents/store"), ""),
        (PurePosixPath("/home/dropboxer/store"), ""),
    ],
)
def test_folders_that_are_copied_to_the_cloud_are_known(path: PurePosixPath, name: str) -> None:
    assert cloud_name(path) == name


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/ana/store", "ext4"),
        ("/home/ana/team files/store", "cifs"),
        ("/home/ana/team filesystem/store", "ext4"),
        ("/mnt/nfs", "nfs4"),
        ("/mnt/nfs/local/store", "ext4"),
    ],
)
def test_the_mount_a_folder_lies_on_is_found(path: str, kind: str) -> None:
    assert mounted_kind(PurePosixPath(path), mounts_of_mountinfo(MOUNTINFO)) == kind


def test_the_listing_of_the_other_system_is_read_too() -> None:
    mounts = mounts_of_listing(LISTING)
    assert mounted_kind(PurePosixPath("/Volumes/team files/store"), mounts) == "smbfs"
    assert mounted_kind(PurePosixPath("/Users/ana/store"), mounts) == "apfs"
    assert mounted_kind(PurePosixPath("/x"), []) == ""


@pytest.mark.parametrize(
    "kind", ["nfs", "nfs4", "cifs", "smb3", "smbfs", "afpfs", "fuse.sshfs", "fuse.rclone", "davfs"]
)
def test_kinds_on_another_machine(kind: str) -> None:
    assert is_network_kind(kind)


@pytest.mark.parametrize(
    "kind", ["", "ext4", "btrfs", "xfs", "apfs", "tmpfs", "overlay", "fuse.encfs", "ntfs3", "fuseblk"]
)
def test_kinds_on_this_one(kind: str) -> None:
    assert not is_network_kind(kind)


def test_this_computers_own_disk_is_a_place(tmp_path: Path) -> None:
    check_place(tmp_path / "not there yet")


@pytest.mark.skipif(os.name != "posix", reason="symbolic links")
def test_a_link_into_the_cloud_is_seen_through(tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "innocent").symlink_to(tmp_path / "Dropbox")
    with pytest.raises(StoreError, match="Dropbox"):
        check_place(tmp_path / "innocent" / "store")


def test_a_file_in_the_way_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="could not be made"):
        make_private(tmp_path / "file" / "store")


def test_a_file_is_replaced_whole_and_privately(tmp_path: Path) -> None:
    file = tmp_path / "f"
    write_whole(file, b"one")
    (tmp_path / "f.new").write_bytes(b"left by a crash")
    write_whole(file, b"two")
    assert file.read_bytes() == b"two"
    assert [each.name for each in tmp_path.iterdir()] == ["f"]
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_replacement_that_fails_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    file = tmp_path / "f"
    file.mkdir()
    with pytest.raises(OSError, match="irectory"):
        write_whole(file, b"x")
    assert [each.name for each in tmp_path.iterdir()] == ["f"]


def test_a_new_file_takes_no_others_place(tmp_path: Path) -> None:
    make_file(tmp_path / "f")
    with pytest.raises(FileExistsError):
        make_file(tmp_path / "f")


def test_a_place_on_the_same_disk_stays_here_and_a_clouds_folder_does_not(tmp_path: Path) -> None:
    store = tmp_path / "store"
    store.mkdir()
    # It need not be there yet.
    assert not leaves_this_computer(tmp_path / "stick" / "backups", store)
    assert leaves_this_computer(tmp_path / "OneDrive - Council" / "backups", store)
