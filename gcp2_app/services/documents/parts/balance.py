"""Gathers strengths and worries, from the latest assessment and from the stream."""

from collections.abc import Callable

from gcp2_app.domain.assessment import Assessment
from gcp2_app.domain.entries import Entry, Theme
from gcp2_app.domain.words import capital, counted
from gcp2_app.reports.pdf.blocks.balance import HEADING, BalancePart
from gcp2_app.reports.words import long_range
from gcp2_app.services.documents.parts.grades import high_units, latest_assessment, met_units, stage_words
from gcp2_app.services.documents.parts.happened import every, happened, is_since
from gcp2_app.services.documents.reading import Reading

#: So many of each are printed, the latest ones.
_MOST = 12


def balance(reading: Reading, *, ours: Callable[[Entry], bool] = every, assessed_by_us: bool = True) -> BalancePart:
    """Return strengths and worries.

    Args:
        reading: whose record.
        ours: which entries count.
        assessed_by_us: takes the units of the latest assessment as well.
    """
    latest = latest_assessment(reading) if assessed_by_us else None
    found = [entry for entry in reading.entries(HEADING) if ours(entry) and is_since(reading, entry)]
    strengths = [entry for entry in found if Theme.STRENGTH in entry.themes]
    worries = [entry for entry in found if entry.data.get("concern") is True]
    return BalancePart(
        assessed=_which(reading, latest),
        met=met_units(reading, latest) if latest is not None else (),
        unmet=high_units(reading, latest) if latest is not None else (),
        strengths=happened(reading, strengths[-_MOST:]),
        worries=happened(reading, worries[-_MOST:]),
        more_strengths=_more(len(strengths) - _MOST, "strength"),
        more_worries=_more(len(worries) - _MOST, "worry", "worries"),
    )


def _which(reading: Reading, latest: Assessment | None) -> str:
    """Say which assessment it is: a later one may not be signed off and stand beside it."""
    if latest is None or latest.window is None:
        return "in the latest assessment"
    stage = stage_words(reading, latest)
    return f"in the assessment of {long_range(latest.window)}{stage and f', {stage}'}"


def _more(number: int, *noun: str) -> str:
    return (
        f"{capital(counted(number, *(f'earlier {one}' for one in noun)))} in the record, not printed here."
        if number > 0
        else ""
    )
