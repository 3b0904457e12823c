"""The rows of the learning review and the questions about harm that adds up, read from ``forms/learning/*.toml``."""

import hashlib
import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Final

import msgspec

from gcp2_app.domain.learning import (
    ROW_CODES,
    Beside,
    Brief,
    Countable,
    HarmQuestion,
    HarmQuestions,
    LearningRow,
    Library,
    RowRule,
    Where,
    Work,
)
from gcp2_app.domain.when import parse_date
from gcp2_app.errors import BadFile, InvalidValue
from gcp2_app.forms.tables import check_format, decode, read_bytes, read_tables
from gcp2_app.paths import data_folder

ROW_FORMAT: Final = "gcp2-learning-row"
QUESTIONS_FORMAT: Final = "gcp2-learning-questions"
FORMAT_VERSION: Final = 1
QUESTIONS_FILE: Final = "questions.toml"

_TALKING_POINTS: Final = 3
_RULE = re.compile(r"(?P<row>LP([1-9]|1[0-2])|R[1-6]|REF|MEET)\.[a-z]+(_[a-z]+)*")


class WorkTable(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """``[[works]]``."""

    screen: Where
    what: str


class RuleTable(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """``[[rules]]``."""

    name: str
    says: str


class BesideTable(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """``[beside]``."""

    screens: tuple[Where, ...]
    kinds: tuple[str, ...]
    units: tuple[str, ...]


class BriefTable(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """``[brief]``."""

    happened: str
    matters: str
    good: str
    monday: tuple[str, ...]
    talk: tuple[str, ...]


class RowTable(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """The top of a row's file."""

    format: str
    format_version: int
    code: str
    shares_with: str = ""
    title: str
    edition: str
    published_on: str
    source: str
    learned: str
    asks: str
    open_questions: tuple[str, ...] = ()
    works: tuple[WorkTable, ...]
    rules: tuple[RuleTable, ...]
    beside: BesideTable
    brief: BriefTable


class QuestionTable(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """``[[questions]]``."""

    code: str
    asks: str
    help: str
    counted: tuple[Countable, ...]


class QuestionsTable(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """The top of the questions' file."""

    format: str
    format_version: int
    title: str
    edition: str
    source: str
    about: str
    questions: tuple[QuestionTable, ...]


def load_row(path: Path) -> LearningRow:
    """Read one row.

    Raises:
        NotFound: there is no such file.
        BadFile: the file has an error in it; the message names the place.
    """
    name, raw = path.name, read_bytes(path)
    tables = read_tables(raw, name)
    check_format(tables, name, expected=ROW_FORMAT, version=FORMAT_VERSION)
    table = decode(RowTable, tables, name)
    _check_row(table, path)
    brief = table.brief
    return LearningRow(
        code=table.code,
        shares_with=table.shares_with,
        title=_line(table.title),
        edition=table.edition,
        published_on=_day(table.published_on, name),
        source=_line(table.source),
        learned=_line(table.learned),
        asks=_line(table.asks),
        open_questions=_lines(table.open_questions),
        works=tuple(Work(where=one.screen, what=_line(one.what)) for one in table.works),
        rules=tuple(RowRule(name=one.name, says=_line(one.says)) for one in table.rules),
        beside=Beside(
            places=frozenset(table.beside.screens),
            kinds=frozenset(table.beside.kinds),
            units=frozenset(table.beside.units),
        ),
        brief=Brief(
            happened=_paragraphs(brief.happened),
            matters=_paragraphs(brief.matters),
            good=_paragraphs(brief.good),
            monday=_lines(brief.monday),
            talk=_lines(brief.talk),
        ),
        digest=hashlib.sha256(raw).hexdigest(),
    )


def load_questions(path: Path) -> HarmQuestions:
    """Read the questions about harm that adds up.

    Raises:
        NotFound: there is no such file.
        BadFile: the file has an error in it; the message names the place.
    """
    name = path.name
    tables = read_tables(read_bytes(path), name)
    check_format(tables, name, expected=QUESTIONS_FORMAT, version=FORMAT_VERSION)
    table = decode(QuestionsTable, tables, name)
    _check_texts(name, {key: getattr(table, key) for key in ("title", "edition", "source", "about")})
    for i, one in enumerate(table.questions):
        _check_texts(name, {f"questions[{i}].{key}": getattr(one, key) for key in ("code", "asks", "help")})
    codes = [one.code for one in table.questions]
    if not codes or len(set(codes)) < len(codes):
        raise BadFile(name, "questions", "there is none, or two have the same code.", "Give each a code of its own.")
    return HarmQuestions(
        title=_line(table.title),
        edition=table.edition,
        source=_line(table.source),
        about=_line(table.about),
        questions=tuple(
            HarmQuestion(code=one.code, asks=_line(one.asks), help=_line(one.help), counted=one.counted)
            for one in table.questions
        ),
    )


def load_library(folder: Path) -> Library:
    """Read a folder of rows with the questions.

    Raises:
        NotFound: one of the eighteen rows, or the questions, are not there.
        BadFile: a file has an error in it; the message names the place.
    """
    rows = tuple(load_row(folder / f"{code}.toml") for code in ROW_CODES)
    return Library(rows=rows, questions=load_questions(folder / QUESTIONS_FILE))


@lru_cache(maxsize=1)
def shipped_library() -> Library:
    """Return what comes with the program. Kept once read.

    Raises:
        NotFound: the installation is incomplete.
        BadFile: a file has an error in it.
    """
    return load_library(data_folder("forms") / "learning")


def _line(text: str) -> str:
    return " ".join(text.split())


def _lines(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(_line(text) for text in texts)


def _paragraphs(text: str) -> tuple[str, ...]:
    """Return the paragraphs of a text: blank lines part them, other line ends mean nothing."""
    return tuple(_line(part) for part in re.split(r"\n\s*\n", text) if part.strip())


def _day(text: str, name: str) -> date:
    try:
        return parse_date(text)
    except InvalidValue as error:
        raise BadFile(name, "published_on", error.message, error.mend) from None


def _check_row(table: RowTable, path: Path) -> None:
    name = path.name
    if table.code not in ROW_CODES or table.code != path.stem:
        raise BadFile(
            name, "code", "this is no row of the review, or not the file’s name.", "Name the file after its row."
        )
    if table.shares_with not in {"", *ROW_CODES} or table.shares_with == table.code:
        raise BadFile(name, "shares_with", "this is no other row of the review.", "Write a code such as LP5.")
    brief = table.brief
    texts = {key: getattr(table, key) for key in ("title", "edition", "source", "learned", "asks")}
    texts |= {f"brief.{key}": getattr(brief, key) for key in ("happened", "matters", "good")}
    for place, several in (
        ("open_questions", table.open_questions),
        ("brief.monday", brief.monday),
        ("brief.talk", brief.talk),
        ("works", [one.what for one in table.works]),
        ("rules", [one.says for one in table.rules]),
    ):
        texts |= {f"{place}[{i}]": text for i, text in enumerate(several)}
    _check_texts(name, texts)
    if not brief.monday:
        raise BadFile(name, "brief.monday", "there is nothing to do.", "Name at least one thing.")
    if len(brief.talk) != _TALKING_POINTS:
        raise BadFile(name, "brief.talk", "there are not three questions.", "Write three.")
    for i, rule in enumerate(table.rules):
        if not _RULE.fullmatch(rule.name):
            raise BadFile(
                name,
                f"rules[{i}].name",
                f"“{rule.name}” is no name of a rule.",
                "Write it as it stands in alerts, such as LP1.stuck.",
            )


def _check_texts(name: str, texts: dict[str, str]) -> None:
    for place, text in texts.items():
        if not text.strip():
            raise BadFile(name, place, "this text is empty.", "Write the text.")
