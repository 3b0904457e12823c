"""What rules of several themes read in a record: an open case, a neglect marker, a concern, a contact.

Source: casework.md, How rules read the record.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

from gcp2_app.domain.register import Agency, Category, StatusKind
from gcp2_app.domain.rules.record import NEGLECT, Fact
from gcp2_app.domain.rules.view import View
from gcp2_app.domain.words import counted

#: What is asked before a pattern says anything about anybody. Source: casework.md, LP11.
ASK_FIRST = "Ask first: was it understood, in a form they can use? Are they able to? Is anyone preventing them?"
_AGENCIES = frozenset(Agency)


def is_open_case(view: View) -> bool:
    """Whether the case is open: a status above universal, an allocation, or opened and not closed since.

    Source: casework.md, "Open case".
    """
    if any(status.status is not StatusKind.UNIVERSAL for status in view.statuses()) or view.allocations():
        return True
    moves = [fact for fact in view.facts("case_opened", "case_closed") if fact.on is not None]
    return bool(moves) and max(moves, key=_opened_last).entry.kind == "case_opened"


def _opened_last(fact: Fact) -> tuple[date, bool]:
    # Closed and opened on one day: it was closed first, or it would not be said to be open.
    return fact.on or date.min, fact.entry.kind == "case_opened"


def has_neglect_marker(view: View) -> bool:
    """Whether an open status has category neglect, or an entry of the last 12 months has one of the six types.

    Source: casework.md, "Neglect marker".
    """
    if any(status.category is Category.NEGLECT for status in view.statuses()):
        return True
    return any(view.reached(first) and not view.passed(last) for first, last in view.marked_spans())


def has_neglect_type(fact: Fact) -> bool:
    """Whether an entry is marked with one of the six types of neglect."""
    return not NEGLECT.isdisjoint(fact.entry.themes)


def is_concern(fact: Fact) -> bool:
    """Whether an entry raises a concern: a note marked so, or a request for help."""
    return fact.entry.kind == "referral" or (fact.entry.kind == "note" and fact.data.get("concern") is True)


def on_plan_or_marked(view: View) -> bool:
    """Whether the child is on a child protection plan, or has a neglect marker ("CP or neglect marker")."""
    return view.on_child_protection() is not None or has_neglect_marker(view)


def time_on(view: View, *kinds: StatusKind) -> tuple[date, date] | None:
    """Return the unbroken time the child has been on some kinds of status, or None where none is open.

    Periods that overlap, or follow each other without a day between, are one time: a change of category, or of need to
    a child protection plan, does not start it anew.

    Returns:
        Its first day (``date.min`` where that is not known), and the last day of the time before it (``date.min`` where
        there was none).
    """
    open_ = [each.since for each in view.statuses() if each.status in kinds]
    if not open_:
        return None
    start = min(open_)
    ended = [(each.since, each.to) for each in view.record.child.statuses if each.status in kinds and each.to]
    while start > date.min:
        joined = [since for since, to in ended if since < start <= to + timedelta(days=1)]
        if not joined:
            break
        start = min(joined)
    return start, max((to for _, to in ended if to < start), default=date.min)


class Contact(StrEnum):
    """What a visit was. Source: casework.md, "In person"; "remote"; "no access"."""

    IN_PERSON = "in_person"
    REMOTE = "remote"
    NO_ACCESS = "no_access"
    NONE = "none"


_IN_PERSON = frozenset({"home", "doorstep", "school", "clinic", "office"})
_REMOTE = frozenset({"video", "phone", "third_party"})
_REFUSED = frozenset({"refused", "no_answer"})


def contact_of(fact: Fact) -> Contact:
    """Return what a visit was: with somebody in person, from afar, in vain, or no contact at all.

    A visit that was cancelled is no contact, nor is one at which the child was absent: neither breaks a run. A visit
    in person whose access was not written down counts as given.
    """
    if fact.data.get("cancelled_by"):
        return Contact.NONE
    mode, access = fact.data.get("mode"), fact.data.get("access")
    if access in _REFUSED:
        return Contact.NO_ACCESS
    if mode in _REMOTE:
        return Contact.REMOTE
    if mode in _IN_PERSON and access in (None, "", "given"):
        return Contact.IN_PERSON
    return Contact.NONE


def visits(view: View, *contacts: Contact) -> list[Fact]:
    """Return the visits with a certain day that were one of these contacts, oldest first."""
    return [fact for fact in view.facts("visit") if fact.on is not None and contact_of(fact) in contacts]


def last_seen(view: View) -> date | None:
    """Return the latest day on which anybody is known to have seen the child in person, or None.

    Seen is: a visit in person, unless it says that the child was not seen; a visit that says so, whatever the access;
    an appointment the child was brought to; the child's own words; a day in hospital. Of a span of school attendance
    only the first day is certain not to be later than a day at school. A video call is not.
    """
    found = [fact.on for fact in visits(view, *Contact) if _seen_at(view, fact)]
    found += [fact.on for fact in view.facts("statement")]
    found += [fact.on for fact in view.facts("appointment") if fact.data.get("status") == "brought"]
    for fact in view.facts("admission"):
        found += [view.field(fact, "admitted"), view.field(fact, "discharged")]
    found += [fact.day("from") for fact in view.facts("attendance") if (fact.data.get("attended") or 0) > 0]
    return max((day for day in found if view.known(day) is not None and day is not None), default=None)


def _seen_at(view: View, fact: Fact) -> bool:
    if fact.data.get("cancelled_by") or fact.data.get("mode") not in _IN_PERSON:
        return False
    each = (one.get("seen") for one in fact.groups("seen") if one.get("child") == view.record.child.id)
    said = next(each, fact.data.get("child_seen"))
    return said is True or (said is None and contact_of(fact) is Contact.IN_PERSON)


def certain(facts: Iterable[Fact]) -> list[Fact]:
    """Return the entries whose day is certain: only they decide."""
    return [fact for fact in facts if fact.on is not None]


def possible(facts: Iterable[Fact]) -> list[Fact]:
    """Return the entries whose day is approximate or unknown."""
    return [fact for fact in facts if fact.on is None]


def possible_since(facts: Iterable[Fact], first: date) -> list[Fact]:
    """Return the entries whose day is approximate or unknown, and that may have happened on a day or after it."""
    found = []
    for fact in possible(facts):
        happened = fact.entry.when or fact.entry.known
        if happened is None or happened.last is None or happened.last >= first:
            found.append(fact)
    return found


def voice_of(fact: Fact) -> Agency | None:
    """Return the agency whose voice an entry is: the one that asked or tried, else the one it comes from."""
    asked = fact.data.get("by_agency")
    return Agency(asked) if asked in _AGENCIES else fact.agency


def ids(facts: Iterable[Fact]) -> tuple[str, ...]:
    """Return the entries' ids in their order."""
    return tuple(fact.id for fact in facts)


def at_least(number: int, possibly: int, one: str, many: str = "") -> str:
    """Return a count with its noun, with what may have to be added to it: "at least 3 requests, possibly 4"."""
    said = counted(number, one, many)
    return f"at least {said}, possibly {number + possibly}" if possibly else said
