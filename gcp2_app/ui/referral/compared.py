"""How a request for help reads beside others: who asked, its marks, a text cut short.

Pure functions; no store and no clock.
"""

from gcp2_app.domain.entries import Entry
from gcp2_app.domain.register import Agency
from gcp2_app.domain.requests_compared import Compared
from gcp2_app.domain.sent_requests import is_as_sent, was_sent
from gcp2_app.domain.words import AGENCIES, capital
from gcp2_app.ui.referral.words import tr


def who(entry: Entry) -> str:
    """Return who asked: agency, name and role."""
    source = entry.source
    agency = source.agency if source is not None else None
    named = str(entry.data.get("by_agency") or "")
    if named in tuple(Agency):
        agency = Agency(named)
    parts = (
        capital(AGENCIES[agency]) if agency is not None else "",
        source.name if source is not None else "",
        source.role if source is not None else "",
    )
    return ", ".join(filter(None, parts))


def marks(row: Compared) -> list[str]:
    """Return what a request is marked with."""
    entry, said = row.entry, []
    if entry.data.get("emergency") is True:
        said.append(tr("Emergency"))
    if entry.data.get("by_phone") is True:
        said.append(tr("By phone"))
    if row.again:
        said.append(tr("Within 12 months of the one before"))
    if was_sent(entry):
        said.append(tr("Kept as sent") if is_as_sent(entry) else tr("Differs from what was sent"))
        if entry.data.get("follow_ups"):
            said.append(tr("%n follow-up|%n follow-ups", len(entry.data["follow_ups"])))
    return said


def short(text: str) -> str:
    """Return a text cut to what a cell holds."""
    plain = " ".join(text.split())
    return plain if len(plain) <= 160 else f"{plain[:157].rstrip()}…"
