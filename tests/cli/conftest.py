"""A command line, a store to use it on, and a family to put in."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import Gcp2, Ran, run
from tests.stores import PASSPHRASE, make_session


@pytest.fixture
def opened() -> list[Path | None]:
    """The stores of windows that commands would have opened."""
    return []


@pytest.fixture
def gcp2(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    opened: list[Path | None],
) -> Gcp2:
    """Run a command in an empty folder, with the passphrase of the tests' stores in the environment."""
    monkeypatch.setenv("GCP2_PASSPHRASE", PASSPHRASE)
    monkeypatch.chdir(tmp_path)

    def command(*arguments: object) -> Ran:
        return run(capsys, opened, arguments)

    return command


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """The folder of a new practice store that nobody has open."""
    folder = tmp_path / "store"
    make_session(folder).store.close()
    return folder


@pytest.fixture
def case_file(tmp_path: Path) -> Callable[..., Path]:
    """Write a case file with these sections and return its path."""

    def write(**sections: list[Any]) -> Path:
        path = tmp_path / "case.json"
        path.write_text(json.dumps({"format": "gcp2-casefile", "version": 1, **sections}), encoding="utf-8")
        return path

    return write
