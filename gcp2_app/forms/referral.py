"""The steps of a request for help, read from ``forms/referral/<area>.toml``.

A key that is not here is an error. What an answer means is known to :mod:`gcp2_app.domain.referring`, by its name.
"""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import msgspec

from gcp2_app.domain.kinds import Item, ItemType
from gcp2_app.domain.referring import STEPS, Question, RequestForm, Step
from gcp2_app.errors import BadFile
from gcp2_app.forms.entry_kinds import ItemTable
from gcp2_app.forms.tables import check_format, decode, read_bytes, read_tables
from gcp2_app.paths import data_folder

FORMAT = "gcp2-referral"
FORMAT_VERSION = 1


class QuestionTable(ItemTable, forbid_unknown_fields=True, kw_only=True):
    """``[[steps.items]]``: a field of an entry kind, with where and when it is asked."""

    block: str = ""
    needed: bool = False
    shown_if: str = ""
    shown_unless: str = ""


class StepTable(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """``[[steps]]``."""

    code: str
    title: str
    about: str
    items: tuple[QuestionTable, ...]


class RequestFormTable(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """The top of the file."""

    format: str
    format_version: int
    edition: str
    steps: tuple[StepTable, ...]


def load_request_form(path: Path) -> RequestForm:
    """Read the steps of a request for help.

    Raises:
        NotFound: there is no such file.
        BadFile: the file has an error in it; the message names the place.
    """
    name = path.name
    tables = read_tables(read_bytes(path), name)
    check_format(tables, name, expected=FORMAT, version=FORMAT_VERSION)
    table = decode(RequestFormTable, tables, name)
    for place, message, mend in _problems(table):
        raise BadFile(name, place, message, mend)
    return RequestForm(
        edition=table.edition,
        steps=tuple(
            Step(code=step.code, title=step.title, about=step.about, questions=tuple(map(_question, step.items)))
            for step in table.steps
        ),
    )


@lru_cache(maxsize=1)
def shipped_request_form() -> RequestForm:
    """Return the steps that come with the program. Kept once read.

    Raises:
        NotFound: the installation is incomplete.
        BadFile: the file has an error in it.
    """
    return load_request_form(data_folder("forms") / "referral" / "dudley.toml")


def _question(table: QuestionTable) -> Question:
    held = {name: getattr(table, name) for name in ItemTable.__struct_fields__}
    return Question(
        item=msgspec.convert(msgspec.to_builtins(ItemTable(**held)), Item),
        block=table.block,
        needed=table.needed,
        shown_if=table.shown_if,
        shown_unless=table.shown_unless,
    )


def _problems(table: RequestFormTable) -> Iterator[tuple[str, str, str]]:
    codes = tuple(step.code for step in table.steps)
    if codes != STEPS:
        yield "steps", "these are not the steps of a request for help.", f"Give, in this order: {', '.join(STEPS)}."
    types: dict[str, ItemType] = {}
    for s, step in enumerate(table.steps):
        for i, item in enumerate(step.items):
            place = f"steps[{s}].items[{i}] ({item.name})"
            if item.name in types:
                yield place, "this name is there twice.", "A name is unique in the whole form."
            if item.required or item.or_source_agency:
                yield place, "nothing stops a request for help.", "Write needed instead of required."
            if item.type in {ItemType.CHOICE, ItemType.OPEN_CHOICE} and not item.options:
                yield place, "there is nothing to choose from.", "Add the key “options”."
            for key in (item.shown_if, item.shown_unless):
                if key and types.get(key) is not ItemType.BOOLEAN:
                    yield place, f"“{key}” is no yes-or-no question before this one.", "Name one that is."
            types[item.name] = item.type
