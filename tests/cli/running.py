"""Running ``gcp2`` in this process, with what every command owes whoever runs it checked each time."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import pytest

from gcp2_app.cli.main import main
from tests.stores import PASSPHRASE

REFUSED = 1
WRONG_USAGE = 2


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command answered.

    Attributes:
        out: the data.
        err: what it said besides.
    """

    code: int
    out: str
    err: str


class Gcp2(Protocol):
    """Runs one command."""

    def __call__(self, *arguments: object) -> Ran:
        """Run a command with these arguments."""
        ...


def run(capsys: pytest.CaptureFixture[str], opened: list[Path | None], arguments: tuple[object, ...]) -> Ran:
    """Run one command and check its manners: one line for a refusal, no trace, no secret.

    Args:
        opened: gets the store of each window that the command would have opened.
    """

    def open_window(store: Path | None) -> int:
        opened.append(store)
        return 0

    capsys.readouterr()
    try:
        code: Any = main([str(argument) for argument in arguments], open_window=open_window)
    except SystemExit as left:
        code = left.code
    out, err = capsys.readouterr()
    ran = Ran(code, out, err)
    assert code in (0, REFUSED, WRONG_USAGE)
    assert "Traceback" not in err
    assert "fault of the program" not in err
    assert PASSPHRASE not in out + err
    if code == REFUSED:
        assert len(err.splitlines()) == 1, err
        assert err.startswith("gcp2: ")
    if code == WRONG_USAGE:
        assert err.startswith("usage: gcp2")
        assert out == ""
    return ran
