"""The one place where the command line begins, and where a refusal becomes an exit code and one line on stderr."""

import contextlib
import io
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from traceback import walk_tb
from typing import TypeAlias

from gcp2_app.cli.parser import make_parser
from gcp2_app.errors import AppError

OpenWindow: TypeAlias = Callable[[Path | None], int]

_REFUSED = 1
#: What a shell calls a program that Ctrl-C ended.
_STOPPED = 130


def main(arguments: Sequence[str], *, open_window: OpenWindow) -> int:
    """Run one command.

    Args:
        arguments: without the program's name.
        open_window: shows the window before a store until it is closed, and returns the exit code.

    Returns:
        0 done, 1 refused, 130 stopped by the person. Wrong usage leaves with exit code 2.
    """
    _take_any_character()
    parsed = make_parser().parse_args(arguments)
    parsed.open_window = open_window
    try:
        result: int = parsed.run(parsed)
        # Here, where it can still be told: what is flushed when the process ends fails in the dark.
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        # The reader of our output went away; nothing is left to say to it.
        _drop_output()
        return _REFUSED
    except KeyboardInterrupt:
        _refuse("Stopped.")
        return _STOPPED
    except Exception as error:  # noqa: BLE001 - a bug too is told without a trace, whose values could be about a child
        return _refuse(_sentence(error))
    return result


def _sentence(error: Exception) -> str:
    """Return what the person is told of an error."""
    if isinstance(error, AppError):
        return str(error)
    if isinstance(error, OSError):
        if not error.filename:
            _drop_output()
        where = f" ({error.filename})" if error.filename else ""
        return f"The disk or the output refused{where}: {error.strerror or 'no reason given'}."
    if isinstance(error, MemoryError):
        return "There is not enough memory free. Close other programs and try again."
    return f"This is a fault of the program ({_place(error)}). Please report it with the command you gave."


def _refuse(sentence: str) -> int:
    """Say one line, whatever a file's name or a key in it holds."""
    line = " ".join(sentence.splitlines())
    shown = "".join(character if character.isprintable() else "�" for character in line)
    print(f"gcp2: {shown}", file=sys.stderr)
    return _REFUSED


def _place(error: Exception) -> str:
    """Return the kind of an error and where in this program it came up; nothing of what it is about."""
    ours = Path(__file__).parent.parent
    places = [
        f"{Path(frame.f_code.co_filename).name} line {line}"
        for frame, line in walk_tb(error.__traceback__)
        if ours in Path(frame.f_code.co_filename).parents
    ]
    return ", ".join([type(error).__name__, *places[-1:]])


def _take_any_character() -> None:
    """Have no name or path fail the command because the terminal cannot show one of its characters."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _drop_output() -> None:
    """Give up what is left in standard output, so that Python does not try, and complain, once more at the end."""
    with contextlib.suppress(OSError, AttributeError):
        output = sys.stdout.fileno()
        os.dup2(os.open(os.devnull, os.O_WRONLY), output)
