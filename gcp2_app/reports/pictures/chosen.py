"""Which picture stands beside a prescriber's words: the one those words name beyond doubt, else one that says nothing.

Reads single words; makes no sense of a sentence, works nothing out, and the words always stand beside the picture.
"""

import re
from collections.abc import Mapping
from typing import Final

from gcp2_app.reports.pictures.catalogue import Picture

_WORD = re.compile(r"[^\W\d_]+")
#: With any of these a sentence may mean the opposite of the thing it names.
_DOUBT: Final = frozenset(
    (
        *("not", "no", "never", "nor", "without", "except", "unless", "instead", "avoid", "stop", "skip"),
        *("miss", "missed", "before", "after", "or", "if", "until", "old"),
    )
)
_TIMES: Final[Mapping[str, Picture | None]] = {
    "morning": Picture.MORNING,
    "evening": Picture.NIGHT,
    "night": Picture.NIGHT,
    "bedtime": Picture.NIGHT,
    # Times of day without a picture of their own: beside another they make it doubtful.
    **dict.fromkeys(("noon", "midday", "lunch", "lunchtime", "afternoon", "teatime", "midnight", "am", "pm")),
}
_DEVICES: Final[Mapping[str, Picture | None]] = {
    "syringe": Picture.SYRINGE,
    "spoon": Picture.SPOON,
    "inhaler": Picture.INHALER,
    "tablet": Picture.TABLETS,
    "tablets": Picture.TABLETS,
    "capsule": Picture.TABLETS,
    "capsules": Picture.TABLETS,
    **dict.fromkeys(("needle", "pen", "injection", "rectal", "drops", "cream", "patch", "spacer", "cup")),
}


def for_time(words: str) -> Picture:
    """Return the picture beside a time as it was prescribed; a clock without hands where the words leave a doubt."""
    return _named(words, _TIMES) or Picture.CLOCK


def for_device(words: str) -> Picture:
    """Return the picture beside what a medicine is given with; a bottle where the words leave a doubt."""
    return _named(words, _DEVICES) or Picture.MEDICINE


def _named(words: str, names: Mapping[str, Picture | None]) -> Picture | None:
    said = set(_WORD.findall(words.casefold()))
    found = {names[word] for word in said if word in names}
    return found.pop() if len(found) == 1 and said.isdisjoint(_DOUBT) else None
