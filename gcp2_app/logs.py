"""The program's log: what happened, never about whom.

Built as a whitelist. A line holds a time, a level, a module of this program and the fixed text of the message; of its
arguments only numbers, truth values and :class:`Plain` words are shown; of an error only its class and the places in
the code. Messages of other libraries are left out but for where they came from. So nothing typed by a person can
reach the disk this way.
"""

import contextlib
import logging
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from traceback import walk_tb
from types import TracebackType
from typing import TextIO

from gcp2_app.overriding import override

LARGEST_LOG_BYTES = 1_000_000
_OURS = "gcp2_app"


class Plain(str):
    """A word that cannot be about a case: the name of a class, a command, a screen."""

    __slots__ = ()


def begin(find_folder: Callable[[], Path]) -> None:
    """Write the log to ``gcp2.log`` in a folder, made when the first line is written; keeps one older file.

    Args:
        find_folder: called for the first line only, since finding the folder takes longer than a quiet start should.
    """
    handler = LogFile(find_folder)
    handler.setFormatter(DataFree())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger(_OURS).setLevel(logging.INFO)


def end() -> None:
    """Close the log file."""
    root = logging.getLogger()
    for handler in list(root.handlers):
        root.removeHandler(handler)
        handler.close()


def folder() -> Path:
    """Return the folder for this user's log, by the platform's own convention."""
    from platformdirs import user_log_path

    return user_log_path("gcp2", appauthor=False)


class LogFile(logging.Handler):
    """A log file that is opened for its first line.

    A folder that cannot be written is no reason not to run: the log then stays empty.
    """

    def __init__(self, find_folder: Callable[[], Path]) -> None:
        super().__init__()
        self._find_folder = find_folder
        self._stream: TextIO | None = None
        self._tried = False

    @override
    def emit(self, record: logging.LogRecord) -> None:
        """Write one record."""
        if not self._tried:
            self._tried = True
            with contextlib.suppress(OSError):
                self._stream = self._open()
        if self._stream is not None:
            self._stream.write(self.format(record) + "\n")
            self._stream.flush()

    @override
    def close(self) -> None:
        """Close the file."""
        if self._stream is not None:
            self._stream.close()
            self._stream = None
        super().close()

    def _open(self) -> TextIO:
        where = self._find_folder()
        where.mkdir(parents=True, exist_ok=True)
        file = where / "gcp2.log"
        if file.exists() and file.stat().st_size > LARGEST_LOG_BYTES:
            file.replace(file.with_suffix(".1.log"))
        return file.open("a", encoding="utf-8")


class DataFree(logging.Formatter):
    """Formats a record from what is known to be no data."""

    @override
    def format(self, record: logging.LogRecord) -> str:
        """Return one line, and the places of an error below it."""
        when = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(record.created))
        lines = [f"{when} {record.levelname} {record.name}: {_message(record)}"]
        if record.exc_info and record.exc_info[1] is not None:
            lines.extend(places(record.exc_info[1]))
        return "\n".join(lines)


def places(error: BaseException) -> Iterator[str]:
    """Describe an error by its class and the places in the code it came through, causes first; never its text."""
    earlier = error.__cause__ or error.__context__
    if earlier is not None and earlier is not error:
        yield from places(earlier)
        yield "which led to"
    yield f"{type(error).__module__}.{type(error).__qualname__}"
    yield from _frames(error.__traceback__)


def _frames(traceback: TracebackType | None) -> Iterator[str]:
    for frame, line in walk_tb(traceback):
        code = frame.f_code
        yield f"  {'/'.join(Path(code.co_filename).parts[1:][-3:])}:{line} {code.co_name}"


def _message(record: logging.LogRecord) -> str:
    ours = record.name == _OURS or record.name.startswith(f"{_OURS}.")
    if not ours or not isinstance(record.msg, str):
        return "(text left out)"
    arguments = record.args if isinstance(record.args, tuple) else ()
    try:
        return record.msg % tuple(_shown(argument) for argument in arguments)
    except (TypeError, ValueError):
        return record.msg


def _shown(argument: object) -> object:
    return argument if isinstance(argument, Plain | bool | int | float) else "(left out)"
