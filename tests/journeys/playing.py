"""Plays chapters in processes of their own, and looks at what they left on the disk."""

import os
import subprocess
import sys
from collections.abc import Collection
from pathlib import Path

_MOST_SECONDS = 150


def chapter(name: str, home: Path) -> subprocess.CompletedProcess[str]:
    """Play a chapter in a home folder of its own; what it printed is passed on."""
    folders = {f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in ("CONFIG", "DATA", "STATE", "CACHE")}
    done = subprocess.run(
        [sys.executable, "-m", "tests.journeys.drive", name, str(home)],
        env={**os.environ, "HOME": str(home), **folders},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=_MOST_SECONDS,
        check=False,
    )
    sys.stdout.write(done.stdout)
    return done


def plays(name: str, home: Path) -> None:
    """Play a chapter to its end.

    Raises:
        AssertionError: the person did not do or see all of it.
    """
    done = chapter(name, home)
    assert done.returncode == 0, f"{name}:\n{done.stderr}"


def left_behind(typed: Collection[str], home: Path, *, but: Path | None = None) -> list[str]:
    """Return which of the words that were typed stand in which files.

    Args:
        typed: words that may stand in no file.
        home: the folder to search, with everything below it.
        but: a file that may hold them.
    """
    return [
        f"{words!r} in {path.relative_to(home)}"
        for path in home.rglob("*")
        if path.is_file() and path != but
        for words in typed
        if words.encode() in path.read_bytes()
    ]
