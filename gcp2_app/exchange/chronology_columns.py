"""Which column of another agency's chronology holds what: guessed from the headings. Pure words."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final

from gcp2_app.exchange.chronology_import import Sheet, SheetRow, cell_text

#: How far down a sheet its headings may stand.
_SEARCHED: Final = 20


class Holds(StrEnum):
    """What a column can hold."""

    DATE = "date"
    TIME = "time"
    WHAT = "what"
    KIND = "kind"
    AGENCY = "agency"
    AUTHOR = "author"
    CHILD_WORDS = "child_words"
    IMPACT = "impact"
    CARER_RESPONSE = "carer_response"
    ACTION = "action_taken"
    OUTCOME = "outcome"
    SIGNIFICANCE = "significance"


_EVENTS: Final = (
    r"(significant |key )?events?( details?)?|what happened|descriptions?|details?|incidents?|summary|information"
    r"|facts?|narrative|notes?|chronology|entry|entries|contact|what"
)
#: Words of headings, the surest first; a heading is looked at as whole words in small letters.
_WORDS: Final[Sequence[tuple[Holds, str]]] = (
    (
        Holds.CHILD_WORDS,
        r"(child|young person)(’|'|s)*s? (own )?(words|voice|views)|voice of (the )?child|lived experience",
    ),
    (Holds.CARER_RESPONSE, r"(parent|carer|famil\w+|mother|father)(’|')?s?(’|')? (response|view|views|reaction)"),
    (Holds.IMPACT, r"impact|effect|meaning|what it means"),
    (Holds.SIGNIFICANCE, r"significan\w*|importance|level of concern|severity|rag|risk level"),
    (Holds.OUTCOME, r"outcomes?|results?|what came of it|resolution"),
    (Holds.ACTION, r"actions?|responses?|interventions?|what was done|steps taken|follow up"),
    (
        Holds.KIND,
        r"(type|kind|category|nature)( of)?( event| entry| contact| incident)?|(event|entry|contact|incident) type",
    ),
    (
        Holds.DATE,
        r"(event |incident |start )?dates?( of \w+| from| and time| / ?time)?|when( it happened)?|day|d\.?o\.?e\.?",
    ),
    (Holds.TIME, r"times?( of \w+)?"),
    (
        Holds.AUTHOR,
        r"authors?|(recorded|entered|written|completed) by|workers?|staff|practitioner|professional|name|by whom",
    ),
    (Holds.AGENCY, r"agenc(y|ies)|organisations?|source( of information| agency)?|service|team|evidence source|origin"),
    (
        Holds.WHAT,
        _EVENTS,
    ),
)


def heading_row(sheet: Sheet) -> int:
    """Return the number of the row with the headings: of the first rows, the one with most headings that are known."""
    best, most = sheet.rows[0].number, 0
    for row in sheet.rows[:_SEARCHED]:
        found = len(guess(headings(row)))
        if found > most and any(holds in {Holds.DATE, Holds.WHAT} for holds in guess(headings(row)).values()):
            best, most = row.number, found
    return best


def headings(row: SheetRow) -> tuple[str, ...]:
    """Return the headings of a row, each in one line."""
    return tuple(" ".join(cell_text(cell).split()) for cell in row.cells)


def guess(names: Sequence[str]) -> dict[int, Holds]:
    """Return what columns seem to hold, by their place from 0. No two hold the same; of the rest nothing is guessed.

    A heading that is a known one counts before one that has it among other words.
    """
    found: dict[int, Holds] = {}
    for whole in (True, False):
        for place, name in enumerate(names):
            text = re.sub(r"[_*:?()\[\]]+", " ", name.casefold())
            text = " ".join(text.split())
            if place in found or not text or len(text) > 80:
                continue
            for holds, words in _WORDS:
                matches = re.fullmatch(words, text) if whole else re.search(rf"\b(?:{words})\b", text)
                if matches and holds not in found.values():
                    found[place] = holds
                    break
    return found


def key_of(names: Sequence[str]) -> str:
    """Return what a row of headings is remembered by: a digest, so that nothing of it is readable."""
    tidy = json.dumps([name.casefold() for name in names], ensure_ascii=False)
    return hashlib.sha256(tidy.encode()).hexdigest()[:32]


def to_text(columns: Mapping[int, Holds]) -> str:
    """Return columns as text that is kept."""
    return json.dumps({str(place): holds.value for place, holds in sorted(columns.items())})


def from_text(text: str) -> dict[int, Holds]:
    """Return columns from text that was kept."""
    return {int(place): Holds(holds) for place, holds in json.loads(text).items()}
