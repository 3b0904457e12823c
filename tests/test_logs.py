"""Nothing that was typed reaches the log."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from gcp2_app import logs

NAME = "Robyn Ashdown"
OURS = logging.getLogger("gcp2_app.services.register")


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder for the log, which begins and ends with the test."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    logs.begin(lambda: tmp_path / "log")
    yield tmp_path / "log"
    logs.end()
    root.handlers = handlers
    root.setLevel(level)


def written(folder: Path) -> str:
    return (folder / "gcp2.log").read_text(encoding="utf-8")


def test_a_quiet_start_writes_nothing(folder: Path) -> None:
    OURS.debug("not worth a line")
    assert not folder.exists()


def test_of_the_arguments_only_numbers_and_plain_words_are_shown(folder: Path) -> None:
    OURS.info("saved %s after %d tries, %s, by %s", NAME, 3, True, logs.Plain("register"))
    text = written(folder)
    assert "saved (left out) after 3 tries, True, by register" in text
    assert NAME not in text


def test_an_error_is_told_by_class_and_place_and_never_by_its_text(folder: Path) -> None:
    try:
        try:
            {}[NAME]  # type: ignore[index]
        except KeyError as missing:
            raise ValueError(NAME) from missing
    except ValueError:
        OURS.exception("work broke")
    text = written(folder)
    assert "builtins.KeyError" in text
    assert "builtins.ValueError" in text
    assert "test_logs.py:" in text
    assert "which led to" in text
    assert NAME not in text


def test_messages_of_other_libraries_are_left_out(folder: Path) -> None:
    logging.getLogger("sqlalchemy.engine").warning("INSERT %s", NAME)
    logging.getLogger("gcp2_appendix").warning(NAME)
    OURS.warning({"name": NAME})
    text = written(folder)
    assert text.count("(text left out)") == 3
    assert "sqlalchemy.engine" in text
    assert NAME not in text


def test_a_message_that_does_not_fit_its_arguments_keeps_its_own_words() -> None:
    record = logging.LogRecord("gcp2_app", logging.INFO, __file__, 1, "%d and %d", (NAME,), None)
    text = logs.DataFree().format(record)
    assert "%d and %d" in text
    assert NAME not in text


def test_a_large_log_is_put_aside(tmp_path: Path) -> None:
    place = tmp_path / "log"
    place.mkdir()
    (place / "gcp2.log").write_bytes(b"x" * (logs.LARGEST_LOG_BYTES + 1))
    handler = logs.LogFile(lambda: place)
    handler.setFormatter(logs.DataFree())
    handler.emit(logging.LogRecord("gcp2_app", logging.INFO, __file__, 1, "hello", None, None))
    handler.close()
    assert (place / "gcp2.1.log").stat().st_size > logs.LARGEST_LOG_BYTES
    assert "hello" in (place / "gcp2.log").read_text(encoding="utf-8")


def test_a_folder_that_cannot_be_written_is_no_reason_to_stop(tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("a file, not a folder")
    handler = logs.LogFile(lambda: taken)
    handler.setFormatter(logs.DataFree())
    handler.emit(logging.LogRecord("gcp2_app", logging.INFO, __file__, 1, "hello", None, None))
    handler.close()
    assert taken.read_text() == "a file, not a folder"


def test_the_folder_is_this_users(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    assert "gcp2" in str(logs.folder())
