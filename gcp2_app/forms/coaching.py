"""What the quality coach looks for, read from ``forms/coaching/<language>.toml``."""

from functools import lru_cache
from pathlib import Path

import msgspec

from gcp2_app.domain.coaching import CoachingWords
from gcp2_app.errors import BadFile
from gcp2_app.forms.tables import check_format, decode, read_bytes, read_tables
from gcp2_app.paths import data_folder

FORMAT = "gcp2-coaching"
FORMAT_VERSION = 1


class InitialsTable(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """``[initials]``."""

    allowed: tuple[str, ...]


class OpinionTable(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """``[opinion]``."""

    words: tuple[str, ...]


class VoiceTable(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """``[voice]``."""

    stock: tuple[str, ...]
    least_words: int


class RepeatsTable(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """``[repeats]``."""

    descriptor_words: int
    sibling_words: int


class MiddleTable(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """``[middle]``."""

    least_units: int
    percent: int


class CoachingTable(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """The top of a file of the coach."""

    format: str
    format_version: int
    language: str
    title: str
    initials: InitialsTable
    opinion: OpinionTable
    voice: VoiceTable
    repeats: RepeatsTable
    middle: MiddleTable


def load_coaching(path: Path) -> CoachingWords:
    """Read a file of the coach.

    Raises:
        NotFound: there is no such file.
        BadFile: the file has an error in it; the message names the place.
    """
    name = path.name
    tables = read_tables(read_bytes(path), name)
    check_format(tables, name, expected=FORMAT, version=FORMAT_VERSION)
    table = decode(CoachingTable, tables, name)
    _check(table, name)
    return CoachingWords(
        not_initials=frozenset(table.initials.allowed),
        opinion=table.opinion.words,
        stock=table.voice.stock,
        voice_least_words=table.voice.least_words,
        descriptor_words=table.repeats.descriptor_words,
        sibling_words=table.repeats.sibling_words,
        middle_least_units=table.middle.least_units,
        middle_percent=table.middle.percent,
    )


@lru_cache(maxsize=1)
def shipped_coaching() -> CoachingWords:
    """Return what comes with the program. Kept once read.

    Raises:
        NotFound: the installation is incomplete.
        BadFile: the file has an error in it.
    """
    return load_coaching(data_folder("forms") / "coaching" / "en.toml")


def _check(table: CoachingTable, name: str) -> None:
    for place, texts in (("opinion.words", table.opinion.words), ("voice.stock", table.voice.stock)):
        for text in texts:
            if not text or " ".join(text.split()) != text or text != text.casefold():
                raise BadFile(
                    name,
                    place,
                    f"“{text}” is not written in small letters with one blank between words.",
                    "Write it as it is compared: small letters, no commas or full stops.",
                )
    numbers = {
        "voice.least_words": table.voice.least_words,
        "repeats.descriptor_words": table.repeats.descriptor_words,
        "repeats.sibling_words": table.repeats.sibling_words,
        "middle.least_units": table.middle.least_units,
        "middle.percent": table.middle.percent,
    }
    for place, number in numbers.items():
        if number < 1:
            raise BadFile(name, place, "this is not 1 or more.", "Give a whole number, 1 or more.")
    if table.middle.percent > 100:
        raise BadFile(name, "middle.percent", "this is more than 100.", "Give a share of all units, up to 100.")
