"""Gathers strengths and worries, from the latest assessment and from the stream."""

from collections.abc import Callable

from gcp2_app.domain.entries import Entry, Theme
from gcp2_app.domain.words import capital, counted
from gcp2_app.reports.pdf.blocks.balance import HEADING, BalancePart
from gcp2_app.services.documents.parts.grades import high_units, latest_assessment, met_units
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
    earlier = max(len(strengths) - _MOST, 0) + max(len(worries) - _MOST, 0)
    return BalancePart(
        met=met_units(reading, latest) if latest is not None else (),
        unmet=high_units(reading, latest) if latest is not None else (),
        strengths=happened(reading, strengths[-_MOST:]),
        worries=happened(reading, worries[-_MOST:]),
        not_printed=(f"{capital(counted(earlier, 'earlier entry', 'earlier entries'))} not printed here.",)
        if earlier
        else (),
    )
