"""Packs: finding them beside the program and reading them from files.

A pack is named by id and version, never by a path, in anything that came from outside.
"""

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from gcp2_app.domain.instrument import Pack
from gcp2_app.errors import BadFile, NotFound
from gcp2_app.forms.pack_checks import pack_problems
from gcp2_app.forms.pack_tables import FORMAT, FORMAT_VERSION, PackTable, make_pack
from gcp2_app.forms.tables import check_format, decode, read_bytes, read_tables
from gcp2_app.paths import data_folder

_VERSION_FILE = re.compile(r"(\d{1,4})\.(\d{1,4})\.(\d{1,4})\.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShippedPack:
    """A pack file in the forms folder, not yet opened."""

    id: str
    version: str
    path: Path

    @property
    def order(self) -> tuple[int, ...]:
        """The version as numbers, so that 1.10.0 comes after 1.9.0."""
        return tuple(int(number) for number in self.version.split("."))


def shipped_packs(folder: Path | None = None) -> tuple[ShippedPack, ...]:
    """Return the pack files in the forms folder by id, and oldest version first, without opening them.

    Raises:
        NotFound: the installation is incomplete.
    """
    return _files_in(data_folder("forms")) if folder is None else _look_in(folder)


@lru_cache(maxsize=2)
def _files_in(root: Path) -> tuple[ShippedPack, ...]:
    # The installation does not change while the program runs, and the rules of every child ask for a pack.
    return _look_in(root)


def _look_in(root: Path) -> tuple[ShippedPack, ...]:
    found = [
        ShippedPack(id=path.parent.name, version=path.stem, path=path)
        for path in root.glob("*/*.toml")
        if _VERSION_FILE.fullmatch(path.name)
    ]
    return tuple(sorted(found, key=lambda pack: (pack.id, pack.order)))


def find_pack(name: str | Path, version: str | None = None, *, folder: Path | None = None) -> Pack:
    """Return a pack by its name in the forms folder, or by a file's path. Kept once read.

    Args:
        name: a pack's id, or the path of a pack file (it ends in ``.toml`` or holds a separator).
        version: the version wanted; None for the newest. Ignored with a path.
        folder: another forms folder than the one that comes with the program.

    Raises:
        NotFound: no pack of that name and version, or no such file.
        BadFile: the file has an error in it.
    """
    path = Path(name)
    if isinstance(name, Path) or path.suffix == ".toml" or len(path.parts) > 1:
        return _load_once(path)
    return shipped_pack(name, version, folder=folder)


def shipped_pack(id_: str, version: str | None = None, *, folder: Path | None = None) -> Pack:
    """Return a pack of the forms folder by id and version (None for the newest). Never looks at a path.

    Raises:
        NotFound: no pack of that name and version.
        BadFile: the file has an error in it.
    """
    packs = shipped_packs(folder)
    versions = [pack for pack in packs if pack.id == id_]
    if not versions:
        known = ", ".join(dict.fromkeys(pack.id for pack in packs)) or "none"
        raise NotFound(f"There is no pack “{id_}”.", f"The packs here are: {known}.")
    for pack in versions:
        if pack.version == version or (version is None and pack is versions[-1]):
            return _load_once(pack.path, root=folder)
    known = ", ".join(pack.version for pack in versions)
    raise NotFound(f"There is no version {version} of the pack “{id_}”.", f"The versions here are: {known}.")


def _load_once(path: Path, *, root: Path | None = None) -> Pack:
    try:
        status = path.stat()
    except OSError:
        return load_pack(path, folder=root)  # says what is wrong with the path
    return _load_kept(path.absolute(), root, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=32)
def _load_kept(path: Path, root: Path | None, _changed_ns: int, _size: int) -> Pack:
    return load_pack(path, folder=root)


def load_pack(path: Path, *, folder: Path | None = None) -> Pack:
    """Return the pack in a file.

    In the forms folder the file's name is the version and its folder the id; elsewhere a file may have any name.

    Raises:
        NotFound: no such file.
        BadFile: it has an error in it; the first is told, :func:`check_pack` finds them all.
    """
    pack = read_pack(read_bytes(path), str(path))
    _check_place(pack, path, data_folder("forms") if folder is None else folder)
    return pack


def _check_place(pack: Pack, path: Path, root: Path) -> None:
    home = path.absolute().parent
    if home.parent.resolve() != root.resolve():
        return
    if path.stem != pack.version:
        raise BadFile(
            str(path),
            "version",
            f"this says {pack.version}.",
            f"Name the file {pack.version}.toml, or mend the version.",
        )
    if home.name != pack.id:
        raise BadFile(str(path), "id", f"this says “{pack.id}”.", f"Name the folder {pack.id}, or mend the id.")


def read_pack(raw: bytes, name: str) -> Pack:
    """Return the pack in a file's bytes.

    Args:
        raw: the bytes; their SHA-256 becomes the pack's.
        name: the file's name, for messages.

    Raises:
        BadFile: with place and mend.
    """
    table = _read(raw, name)
    for problem in pack_problems(table):
        raise BadFile(name, problem.place, problem.message, problem.mend)
    return make_pack(table, sha256=hashlib.sha256(raw).hexdigest())


def check_pack(path: Path, *, folder: Path | None = None) -> tuple[BadFile, ...]:
    """Return everything that is wrong with a pack file; nothing when it is in order.

    Raises:
        NotFound: no such file.
    """
    try:
        table = _read(read_bytes(path), str(path))
        found = tuple(BadFile(str(path), each.place, each.message, each.mend) for each in pack_problems(table))
        if not found:
            load_pack(path, folder=folder)
    except BadFile as error:
        return (error,)
    return found


def _read(raw: bytes, name: str) -> PackTable:
    tables = read_tables(raw, name)
    check_format(tables, name, expected=FORMAT, version=FORMAT_VERSION)
    return decode(PackTable, tables, name)
