"""One picture of a child's life: the trend, and under it what happened, lane by lane on the same days.

Lays out the lanes from the record, everything counted; nothing here says that one thing caused another.

Source: experience.md, Charts, One picture.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from gcp2_app.domain.charting import ChartRecord
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.lanes import Lane, Lanes, Look, Thing, in_time, moment_of
from gcp2_app.domain.register import Child
from gcp2_app.domain.rules.record import day_of
from gcp2_app.domain.trend import Trend
from gcp2_app.domain.words import STATUSES, capital, counted, long_date

#: Kinds of entry that have a lane.
KINDS = (
    "referral",
    "admission",
    "appointment",
    "attendance",
    "support",
    "meeting",
    "challenge",
    "move",
    "circumstance",
    "measure",
    "event",
)
#: Events that change the home or who lives in it.
_HOME_EVENTS = frozenset({"household_change", "new_adult", "homelessness"})
_ENDED_BY_FAMILY = "cancelled_by_family"


@dataclass(frozen=True, slots=True, kw_only=True)
class OnePicture:
    """The trend with lanes under it, on one time axis."""

    trend: Trend
    lanes: Lanes


def first_day(child: Child, entries: Iterable[Entry]) -> date | None:
    """Return the first day that has something in a lane, or None: there the time axis begins at the latest."""
    days: list[date | None] = [day for entry in entries if entry.kind in KINDS for day in _first_days(entry)]
    days += [status.from_ for status in child.statuses]
    days += [each.from_ for each in child.allocated]
    return min((day for day in days if day is not None), default=None)


def _first_days(entry: Entry) -> Iterator[date | None]:
    if entry.kind == "circumstance" and not entry.children:
        return  # A period of the whole office is shaded where it meets the child's time, and does not stretch it.
    if entry.kind == "event" and entry.data.get("type") not in _HOME_EVENTS:
        return
    when = entry.when or entry.known
    yield when.first if when is not None else None
    yield from (day_of(entry.data.get(name)) for name in ("from", "admitted", "on", "stage_started"))


def make_one_picture(record: ChartRecord) -> OnePicture:
    """Lay out the lanes of a record under its trend.

    A lane without anything in it is left out: the table and the words then say so. A period that names no child is
    shown where it meets the axis.
    """
    # Circumstances have a lane here.
    trend = replace(record.trend, circumstances=())
    made = [
        _lane(record, "requests", "Requests and outcomes", ("referral",), _request),
        _lane(record, "admissions", "In hospital", ("admission",), _admission),
        _lane(record, "not_brought", "Not brought", ("appointment",), _not_brought, about=_appointments(record)),
        _lane(record, "attendance", "School attendance", ("attendance",), _attendance),
        Lane(code="status", label="Legal status and plans", things=in_time(list(_statuses(record)))),
        _lane(record, "support", "Support and interventions", ("support",), _support),
        _lane(record, "meetings", "Meetings", ("meeting",), _meeting),
        _lane(record, "challenges", "Challenges", ("challenge",), _challenge),
        Lane(code="moves", label="Moves and changes at home", things=in_time(list(_moves(record)))),
        Lane(code="workers", label="Change of worker", things=in_time(list(_workers(record)))),
        _lane(record, "doing", "How the child is doing", ("measure",), _measure),
        _lane(record, "circumstances", "Circumstances", ("circumstance",), partial(_circumstance, trend)),
    ]
    return OnePicture(
        trend=trend,
        lanes=Lanes(
            about=record.about, from_=trend.from_, to=trend.to, lanes=tuple(lane for lane in made if lane.things)
        ),
    )


def _lane(
    record: ChartRecord,
    code: str,
    label: str,
    kinds: tuple[str, ...],
    make: Callable[[ChartRecord, Entry], Thing | None],
    *,
    about: str = "",
) -> Lane:
    made = [thing for entry in record.of_kind(*kinds) if (thing := make(record, entry)) is not None]
    return Lane(code=code, label=label, things=in_time(made), about=about)


def _at(entry: Entry, day: date | None, label: str, said: str, look: Look = Look.PLAIN) -> Thing:
    """Return something that happened on one day: that of a field, else that of the entry."""
    first, last, certain, words = moment_of(entry, day)
    return Thing(
        from_=first,
        to=last,
        certain=certain,
        when=words,
        label=label,
        text=f"{capital(words)}. {said.rstrip('.')}.",
        look=look,
        entry=entry.id,
    )


def _over(
    entry: Entry, from_: date | None, to: date | None, label: str, said: str, *, look: Look = Look.PLAIN
) -> Thing:
    """Return something that lasted; without a first day it is where the entry is."""
    if from_ is None:
        return _at(entry, None, label, said, look)
    words = _stretch(from_, to)
    return Thing(
        from_=from_,
        to=to,
        lasted=True,
        ongoing=to is None,
        when=words,
        label=label,
        text=f"{capital(words)}. {said.rstrip('.')}.",
        look=look,
        entry=entry.id,
    )


def _stretch(from_: date, to: date | None) -> str:
    if to is None:
        return f"since {long_date(from_)}"
    return long_date(from_) if from_ == to else f"{long_date(from_)} to {long_date(to)}"


def _request(record: ChartRecord, entry: Entry) -> Thing:
    outcome = record.option(entry, "outcome")
    agency = record.option(entry, "by_agency")
    said = f"Request for help{f' from {agency}' if agency else ''}"
    said += f", level {entry.data['level']}" if entry.data.get("level") else ""
    said += f": {outcome.lower()}" if outcome else ": no outcome recorded"
    return _at(entry, None, outcome or "no outcome", _with(said, entry.what), Look.PLAIN if outcome else Look.OPEN)


def _admission(_record: ChartRecord, entry: Entry) -> Thing:
    hospital = str(entry.data.get("hospital") or "hospital")
    from_, to = day_of(entry.data.get("admitted")), day_of(entry.data.get("discharged"))
    said = f"In {hospital}" + ("" if to else ", no discharge recorded")
    return _over(entry, from_, to, hospital, _with(said, entry.what))


def _not_brought(_record: ChartRecord, entry: Entry) -> Thing | None:
    if entry.data.get("status") != "not_brought":
        return None
    service = str(entry.data.get("service") or "appointment")
    return _at(entry, None, service, _with(f"Not brought: {service}", entry.what), Look.HIGH)


def _appointments(record: ChartRecord) -> str:
    every = record.of_kind("appointment")
    missed = sum(1 for entry in every if entry.data.get("status") == "not_brought")
    cancelled = sum(1 for entry in every if entry.data.get("status") == _ENDED_BY_FAMILY)
    more = f"; {cancelled} more cancelled by the family" if cancelled else ""
    return f"not brought to {missed} of {counted(len(every), 'appointment')}{more}"


def _attendance(_record: ChartRecord, entry: Entry) -> Thing:
    data = entry.data
    from_, to = day_of(data.get("from")), day_of(data.get("to"))
    share = sessions_words(data)
    situation = str(data.get("situation") or "").replace("_", " ")
    said = f"Attended {share}" + (f"; {situation}" if situation and situation != "on roll" else "")
    label = percent(data)
    return _over(entry, from_, to, label, _with(said, entry.what), look=_attendance_look(data))


def percent(data: Any) -> str:
    """Return attendance as a whole per cent, rounded down as the rules do, or an empty text."""
    possible, attended = data.get("possible") or 0, data.get("attended") or 0
    return f"{attended * 100 // possible}%" if possible else ""


def sessions_words(data: Any) -> str:
    """Return attendance in sessions: "63 of 68 possible sessions"."""
    return f"{data.get('attended') or 0} of {counted(data.get('possible') or 0, 'possible session')}"


def _attendance_look(data: Any) -> Look:
    possible, attended = data.get("possible") or 0, data.get("attended") or 0
    return Look.HIGH if possible and attended * 100 < 90 * possible else Look.PLAIN


def _support(_record: ChartRecord, entry: Entry) -> Thing:
    name = str(entry.data.get("name") or "support")
    outcome = str(entry.data.get("outcome") or "")
    said = _with(name, outcome and f"What came of it: {outcome}")
    return _over(entry, day_of(entry.data.get("from")), day_of(entry.data.get("to")), name, said)


def _meeting(record: ChartRecord, entry: Entry) -> Thing:
    kind = record.option(entry, "type") or "Meeting"
    held = day_of(entry.data.get("held"))
    planned = day_of(entry.data.get("planned_for")) or day_of(entry.data.get("due"))
    if held is None and planned is not None:
        return _at(entry, planned, kind, _with(f"{kind}: planned or due, not recorded as held", entry.what), Look.OPEN)
    return _at(entry, held, kind, _with(kind, entry.what))


def _challenge(_record: ChartRecord, entry: Entry) -> Thing:
    stage, resolved = entry.data.get("stage"), day_of(entry.data.get("resolved_on"))
    started = day_of(entry.data.get("stage_started"))
    label = f"stage {stage}" if stage else "challenge"
    said = f"Challenge, {label}" + (f", resolved on {long_date(resolved)}" if resolved else ", not resolved")
    return _at(entry, started, label, _with(said, entry.what), Look.PLAIN if resolved else Look.OPEN)


def _moves(record: ChartRecord) -> Iterator[Thing]:
    for entry in record.of_kind("move"):
        to = str(entry.data.get("to_authority") or "another authority")
        yield _at(entry, day_of(entry.data.get("on")), f"to {to}", _with(f"Moved to {to}", entry.what))
    for entry in record.of_kind("event"):
        if entry.data.get("type") in _HOME_EVENTS:
            kind = record.option(entry, "type") or "Change at home"
            yield _at(entry, None, kind, _with(kind, entry.what))


def _workers(record: ChartRecord) -> Iterator[Thing]:
    for each in record.child.allocated:
        who = record.names.get(each.professional) or "a worker not named"
        role = each.role.replace("_", " ")
        words = _stretch(each.from_, each.to) if each.from_ is not None else "beginning not recorded"
        yield Thing(
            from_=each.from_,
            to=each.to,
            lasted=each.from_ is not None,
            ongoing=each.to is None,
            certain=each.from_ is not None,
            when=words,
            label=who,
            text=f"{capital(words)}. {who}{f', {role}' if role else ''}.",
        )


def _statuses(record: ChartRecord) -> Iterator[Thing]:
    for status in record.child.statuses:
        name = STATUSES[status.status]
        words = _stretch(status.from_, status.to) if status.from_ is not None else "beginning not recorded"
        category = f" ({status.category.value})" if status.category else ""
        yield Thing(
            from_=status.from_,
            to=status.to,
            lasted=status.from_ is not None,
            ongoing=status.to is None,
            certain=status.from_ is not None,
            when=words,
            label=f"{name}{category}",
            text=f"{capital(words)}. {name}{category}.",
        )


def _measure(record: ChartRecord, entry: Entry) -> Thing:
    what = record.option(entry, "measure") or "Measure"
    value = str(entry.data.get("value_as_recorded") or "no value recorded")
    by = str(entry.data.get("by") or "")
    said = f"{what}: {value}" + (f", by {by}" if by else "")
    return _at(entry, None, f"{what}: {value}", _with(said, entry.what))


def _circumstance(trend: Trend, _record: ChartRecord, entry: Entry) -> Thing | None:
    from_, to = day_of(entry.data.get("from")), day_of(entry.data.get("to"))
    if not entry.children and from_ is not None and (from_ > trend.to or (to or date.max) < trend.from_):
        return None
    name = str(entry.data.get("name") or "period")
    return _over(entry, from_, to, name, _with(name, str(entry.data.get("changed") or "")))


def _with(said: str, more: str) -> str:
    return f"{said.rstrip('.')}. {more}" if more else said
