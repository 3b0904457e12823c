"""Writes what a person saves: whole or not at all, and never over a half-written file."""

from pathlib import Path

from PySide6.QtCore import QFileDevice, QIODevice, QSaveFile

from gcp2_app.errors import StoreError


def write_whole(path: Path, content: bytes) -> None:
    """Write a file; what was there before stays until the new one is complete.

    Raises:
        StoreError: the disk refuses: full, read-only, no such folder.
    """
    file = QSaveFile(str(path))
    if not file.open(QIODevice.OpenModeFlag.WriteOnly) or file.write(content) != len(content) or not file.commit():
        # A disk takes what it has room for and says nothing else.
        is_full = file.error() is QFileDevice.FileError.NoError
        raise StoreError(
            f"“{path.name}” could not be saved ({'the disk is full' if is_full else file.errorString()}).",
            "Close the file where it is open, choose another folder, or make room on the disk; then save again.",
        )
