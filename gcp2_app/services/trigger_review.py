"""The letter that asks MASH to look at requests for help together: begun from the record, kept as it was written.

What is back from a function here is on disk, with its audit event.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from gcp2_app.domain import referral_content, referring
from gcp2_app.domain.alerts import Alert
from gcp2_app.domain.entries import Entry, Source
from gcp2_app.domain.letters import heading_of, signature
from gcp2_app.domain.register import Agency, Child
from gcp2_app.domain.rules.record import day_of
from gcp2_app.domain.trigger_letter import ASKED, TO, RequestLine, TriggerLetter, asked_before
from gcp2_app.domain.typed_dates import when_words
from gcp2_app.domain.users import Duty
from gcp2_app.domain.when import When
from gcp2_app.domain.words import AGENCIES, capital, long_date
from gcp2_app.errors import InvalidValue
from gcp2_app.forms.entry_kinds import load_kinds
from gcp2_app.services import alerts, entries
from gcp2_app.services.alert_records import child_record
from gcp2_app.services.attachments import NewFile
from gcp2_app.services.names import of_child
from gcp2_app.services.session import Session
from gcp2_app.services.visit_people import reached
from gcp2_app.storage.store import Transaction

#: What an alert's next step is called that a letter starts; within MASH it is the review itself.
START: Final = "letter/trigger_review"
REVIEW: Final = "meeting/trigger_review"
#: Name of the letter where it is kept.
FILE: Final = "Request for a trigger review.pdf"
_TYPE: Final = "trigger_review"
#: Requests the letter names where no rule counted any.
_LATEST: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterBegun:
    """A letter as it stands before its writer adds to it.

    Attributes:
        withheld: something about the family is withheld from somebody, so the letter is marked.
    """

    letter: TriggerLetter
    withheld: bool


def step_for(session: Session, start: str) -> str:
    """Return what an alert's next step starts for this user: outside MASH a letter, within MASH the review itself."""
    return REVIEW if start == START and session.professional.agency is Agency.MASH else start


def begin(session: Session, child_id: str, *, why: str = "") -> LetterBegun:
    """Return the letter about a child, filled with what the rules counted. The view is audited.

    Raises:
        NotFound: no such child.
        NotAllowed: the user may not work on this case.
        ReasonNeeded: the record is restricted and no reason was given.
    """
    session.require(Duty.WORK_CASES)
    with session.store.transaction() as tx:
        child = reached(session, tx, child_id, why)
        tx.record("trigger review letter begun", by=session.user.id, kind="child", id=child_id, reason=why)
        letter = _letter(session, tx, child)
        marked = referral_content.withheld_from(child_record(tx, child), today=session.today())
    return LetterBegun(letter=letter, withheld=bool(marked))


def keep(session: Session, child_id: str, *, on: date, adds_up: str, asks: str, why: str = "") -> Entry:
    """Keep the letter as it was written, with the review it asks for, whose clock starts on its date.

    Args:
        session: who writes.
        child_id: whose requests it is about.
        on: its date.
        adds_up: what the requests show together, in the writer's words; may be empty.
        asks: what is asked for, a line each.
        why: the reason a restricted record is opened for.

    Raises:
        InvalidValue: the date has not come yet, nothing is asked for, or there is no request to look at.
        NotAllowed: the user may not work on this case.
        ReasonNeeded: the record is restricted and no reason was given.
    """
    from gcp2_app.reports.pdf.trigger_letter import trigger_letter

    session.require(Duty.WORK_CASES)
    asked = tuple(line.strip(" -•") for line in asks.splitlines() if line.strip(" -•"))
    if on > session.today():
        raise InvalidValue("The date of the letter has not come yet.", "Give today, or the day it was written.")
    if not asked:
        raise InvalidValue("It is not said what you ask for.", "Write it down, a line for each.")
    with session.store.transaction() as tx:
        child = reached(session, tx, child_id, why)
        begun = _letter(session, tx, child)
        heading = replace(begun.heading, on=on)
        letter = replace(begun, heading=heading, adds_up=adds_up.strip(), asks=asked)
        marked = referral_content.withheld_from(child_record(tx, child), today=session.today())
    if not letter.requests:
        raise InvalidValue("No request for help is recorded.", "Add the requests to the timeline first.")
    me = session.professional
    entry = Entry(
        id="",
        kind="meeting",
        children=(child_id,),
        when=When.on(on),
        source=Source(name=me.name, role=me.role, agency=me.agency),
        what=letter.in_short,
        withheld_from=marked,
        harm_if_disclosed=True if marked else None,
        data={"type": _TYPE},
    )
    content = trigger_letter(letter, practice=session.store.practice)
    return entries.add(session, entry, files=(NewFile(name=FILE, content=content),))


def _letter(session: Session, tx: Transaction, child: Child) -> TriggerLetter:
    found = [each for each in alerts.fresh(session, tx, child) if each.start == START]
    return TriggerLetter(
        heading=heading_of(child, name=of_child(child), to=TO, on=session.today()),
        why=(*(each.text for each in found), *asked_before(_asked_for(tx, child))),
        requests=tuple(_line(each, child) for each in _requests(session, tx, child, found)),
        adds_up="",
        asks=ASKED,
        sender=signature(session.professional),
    )


def _asked_for(tx: Transaction, child: Child) -> tuple[date, ...]:
    found = tx.entries.of_child(child.id, kinds={"meeting"})
    days = (
        entry.when.first
        for entry in found
        if entry.entered_in_error is None
        and entry.data.get("type") == _TYPE
        and not entry.data.get("held")
        and entry.when is not None
    )
    return tuple(day for day in days if day is not None)


def _requests(session: Session, tx: Transaction, child: Child, found: Iterable[Alert]) -> list[Entry]:
    """Return the requests that the rules counted, oldest first; of siblings only those of children within reach."""
    ids = tuple(dict.fromkeys(id_ for alert in found for id_ in alert.entries))
    counted = [each for each in tx.entries.get_many(ids).values() if _is_reached(session, tx, each)]
    if not counted:
        own = tx.entries.of_child(child.id, kinds={referring.KIND})
        return sorted((each for each in own if each.entered_in_error is None), key=_order)[-_LATEST:]
    return sorted(counted, key=_order)


def _is_reached(session: Session, tx: Transaction, entry: Entry) -> bool:
    return any(session.may_reach(each) for each in tx.children.get_many(entry.children).values())


def _order(entry: Entry) -> str:
    return entry.when.sort_key if entry.when is not None else ""


def _line(entry: Entry, child: Child) -> RequestLine:
    data = entry.data
    agency = data.get("by_agency") or (entry.source.agency if entry.source is not None else None)
    asked_by = capital(AGENCIES[Agency(agency)]) if agency in tuple(Agency) else "Not recorded"
    if child.id not in entry.children:
        asked_by = f"{asked_by}, about another child of the household"
    said = _option("outcome", data.get("outcome")) or "No outcome recorded"
    if data.get("outcome") == "early_help" and data.get("service_began") is False:
        said = f"{said}, did not begin"
    decided = day_of(data.get("decided_on"))
    return RequestLine(
        when=capital(when_words(entry.when)) if entry.when is not None else "No date",
        asked_by=asked_by,
        concern=capital(str(data.get("incident") or "").strip()) or "Not named",
        outcome=f"{said}, {long_date(decided)}" if decided is not None else said,
    )


def _option(name: str, code: object) -> str:
    items = load_kinds()[referring.KIND].items
    options = next((item.options for item in items if item.name == name), ())
    return next((option.label for option in options if option.code == code), "")
