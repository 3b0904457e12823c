"""What the worksheet of a deep dive says, gathered for one reader: what was written, beside what the record names."""

from typing import TYPE_CHECKING, Any

from gcp2_app.domain.plans.deep_dive import Stay, stays
from gcp2_app.domain.plans.meeting_list import Meeting
from gcp2_app.domain.rules.record import day_of
from gcp2_app.domain.words import counted, long_date
from gcp2_app.reports.entry_lines import source_words
from gcp2_app.reports.pdf.deep_dive import AUTHORITIES, WHY
from gcp2_app.services.documents.front import front
from gcp2_app.services.documents.parts import review
from gcp2_app.services.documents.parts.happened import when
from gcp2_app.services.documents.reading import Pages, Reading

if TYPE_CHECKING:
    from gcp2_app.reports.pdf.deep_dive import AuthorityHistory

TITLE = "Deep dive worksheet"
_RULE = "R2.deep_dive"
#: What the record counts: that a deep dive is due, and that records asked for have not come.
_COUNTED = (_RULE, "R2.records")
_MEETING = "deep_dive"


def gather(reading: Reading) -> Pages:
    """Return what writes the worksheet."""
    from gcp2_app.reports.pdf.deep_dive import DeepDiveReport, write_deep_dive

    entry, view = reading.entry, reading.view(AUTHORITIES)
    found = [alert.text for name in _COUNTED if (alert := view.also(name)) is not None]
    authorities = tuple(_authority(each) for each in entry.data.get("authorities") or ())
    # Of one's own authority the record is here.
    looked_at = {each.authority.casefold() for each in authorities} | {view.numbers(_RULE).authority.casefold()}
    report = DeepDiveReport(
        front=front(reading, TITLE, facts=(("Worked on", when(entry)), ("By", source_words(entry.source)))),
        why=entry.what,
        rules=tuple(found),
        authorities=authorities,
        others=tuple(_stay(each) for each in stays(view) if each.authority.casefold() not in looked_at),
        unknown_history=_said(entry.data, "unknown_history"),
        pattern=_said(entry.data, "pattern"),
        plan=_said(entry.data, "plan"),
        meetings=tuple(_meeting(each) for each in review.meetings_of(reading, WHY, _MEETING)),
    )
    return lambda redaction: write_deep_dive(report, redaction)


def _authority(group: Any) -> "AuthorityHistory":
    from gcp2_app.reports.pdf.deep_dive import AuthorityHistory

    return AuthorityHistory(
        authority=_said(group, "authority"),
        from_=day_of(group.get("from")),
        to=day_of(group.get("to")),
        asked_on=day_of(group.get("asked_on")),
        received_on=day_of(group.get("received_on")),
        merged_on=day_of(group.get("merged_on")),
        history=_said(group, "history"),
    )


def _said(data: Any, name: str) -> str:
    return str(data.get(name) or "").strip()


def _stay(stay: Stay) -> str:
    days = " ".join(
        filter(
            None,
            (
                f"from {long_date(stay.from_)}" if stay.from_ is not None else "",
                f"until {long_date(stay.to)}" if stay.to is not None else "",
            ),
        )
    )
    came = "records received" if stay.received_on else "records asked for" if stay.asked_on else "records not asked for"
    return f"{stay.authority}: {'; '.join(filter(None, (days, came)))}."


def _meeting(meeting: Meeting) -> str:
    day = long_date(meeting.day) if meeting.day is not None else "no day set"
    if meeting.is_to_come:
        return f"Planned: {day}."
    if not meeting.attended:
        return f"Held on {day}; who attended is not recorded."
    return f"Held on {day}; {counted(meeting.attended, 'person', 'people')} attended."
