"""The command line as a whole: every command explains itself and stands in the README, and nothing else does."""

import argparse
import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from gcp2_app import __version__
from gcp2_app.cli.main import main
from gcp2_app.cli.parser import make_parser
from tests.cli.running import REFUSED, WRONG_USAGE, Gcp2

README = Path(__file__).parents[2] / "README.md"


def _commands(parser: argparse.ArgumentParser, name: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    groups = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    for group in groups:
        for word, command in group.choices.items():
            yield from _commands(command, (*name, word))
    if not groups:
        yield name


COMMANDS = tuple(_commands(make_parser()))


def _documented() -> list[list[str]]:
    """Return the words of every command in the README's table, options out of their brackets."""
    table = README.read_text(encoding="utf-8").partition("## Commands")[2].partition("\n## ")[0]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `gcp2")]
    return [shlex.split(re.sub(r"[\[\]]", "", words))[1:] for row in rows for words in re.findall(r"`([^`]*)`", row)]


def test_an_option_is_taken_by_its_whole_name_only(gcp2: Gcp2) -> None:
    # A passphrase never comes from an argument, and is not echoed for a near miss.
    answer = gcp2("init", "--passphrase", "a secret", "store")

    assert answer.code == WRONG_USAGE
    assert answer.out == ""


@pytest.mark.parametrize("command", [(), ("forms",), ("keys",), *COMMANDS], ids=" ".join)
def test_every_command_explains_itself(gcp2: Gcp2, command: tuple[str, ...]) -> None:
    ran = gcp2(*command, "--help")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(" ".join(["usage: gcp2", *command]))
    # Every argument is explained: after its name there is more on the line, or on the next.
    for line in re.findall(r"^  (\S+(?: \S+)*)\n(?!  {8})", ran.out.partition("\n\n")[2], flags=re.MULTILINE):
        assert line == "COMMAND", f"{line} is not explained"


def test_the_readme_documents_exactly_the_commands_there_are() -> None:
    documented = {
        tuple(word for word in words if word.islower() and not word.startswith("-")) for words in _documented()
    }
    names = {next((name for name in COMMANDS if words[: len(name)] == name), words) for words in documented}
    assert names == {(), *COMMANDS}


@pytest.mark.parametrize("words", _documented(), ids=" ".join)
def test_what_the_readme_says_can_be_typed(words: list[str]) -> None:
    kind = "cumulative" if words[:1] == ["report"] else "trend"
    typed = [{"N": "9", "DATE": "2026-03-09", "KIND": kind}.get(word, word) for word in words]
    parsed = make_parser().parse_args(typed)
    assert callable(parsed.run)


def test_the_version_is_that_of_the_program(gcp2: Gcp2) -> None:
    assert gcp2("version").out == f"gcp2 {__version__}\n"
    assert json.loads(gcp2("version", "--json").out) == {"version": __version__}


@pytest.mark.parametrize("arguments", [("dance",), ("version", "now"), ("--store", "x"), ("keys", "list", "a", "b")])
def test_what_is_no_command_is_wrong_usage(gcp2: Gcp2, arguments: tuple[str, ...]) -> None:
    assert gcp2(*arguments).code == WRONG_USAGE


@pytest.mark.parametrize(("arguments", "store"), [((), None), (("open",), None), (("open", "there"), Path("there"))])
def test_the_window_opens_before_the_store_named(
    gcp2: Gcp2,
    opened: list[Path | None],
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    store: Path | None,
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert gcp2(*arguments).code == 0
    assert opened == [store]


def test_without_a_screen_the_window_is_refused_and_not_a_crash(gcp2: Gcp2, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    ran = gcp2("open")
    assert ran.code == REFUSED
    assert "gcp2 demo --no-window" in ran.err
    assert gcp2("demo").code == REFUSED


def test_a_name_with_a_line_break_still_gives_one_line(gcp2: Gcp2) -> None:
    assert gcp2("export", "a\nb\x1b[31m\u2028c").code == REFUSED


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (KeyboardInterrupt(), 130, "gcp2: Stopped.\n"),
        (MemoryError(), 1, "gcp2: There is not enough memory free. Close other programs and try again.\n"),
        (OSError(28, "No space left on device"), 1, "gcp2: The disk or the output refused: No space left on device.\n"),
        (BrokenPipeError(), 1, ""),
    ],
)
def test_what_stops_a_command_is_said_plainly(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, said: str
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")

    def open_window(_store: Path | None) -> int:
        raise error

    assert main(["open"], open_window=open_window) == code
    assert capsys.readouterr().err == said


def test_a_fault_of_the_program_is_told_without_what_it_was_about(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")

    def open_window(_store: Path | None) -> int:
        raise ValueError("Zebedee, born 2022")

    assert main(["open"], open_window=open_window) == 1
    said = capsys.readouterr().err
    assert said.startswith("gcp2: This is a fault of the program (ValueError, window.py line ")
    assert len(said.splitlines()) == 1
    assert "Zebedee" not in said
