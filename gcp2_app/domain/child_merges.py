"""Two records that turned out to be of one child: what stands of both, and both as they were, so that it can be undone.

The record of the child that stands holds what both held; the other one is kept whole in here and nowhere else. What
happened to each is in :mod:`gcp2_app.domain.one_child`. Knows values alone.

Source: casework.md, Register ("merge can be undone").
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final, TypeVar

from gcp2_app.domain.alerts import SetAside
from gcp2_app.domain.chronologies import Chronology
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.register import Allocation, Carer, Child, Household
from gcp2_app.domain.when import LONDON

T = TypeVar("T")


class Choice(StrEnum):
    """What of a child has one value, so that one of two has to stand."""

    NAME = "name"
    DATE_OF_BIRTH = "date_of_birth"
    EXPECTED_DATE = "expected_date"
    SEX = "sex"
    ETHNICITY = "ethnicity"
    LANGUAGE = "language"
    INTERPRETER = "interpreter"
    NHS_NUMBER = "nhs_number"
    UPN = "upn"
    AUTHORITY_ID = "authority_id"
    LONG_TERM_CONDITION_SINCE = "long_term_condition_since"
    SCHOOL = "school"
    GP = "gp"
    HEALTH_WORKER = "health_worker"


#: Texts of which both stand, one below the other.
_JOINED: Final = ("communication_needs", "disability", "note")
#: What is withheld from anybody in either record is withheld in the one that stands.
MARKED: Final = ("school_withheld_from", "gp_withheld_from", "name_withheld_from")


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """Ids of the records that were of the other child and are of this one since."""

    entries: tuple[str, ...] = ()
    households: tuple[str, ...] = ()
    assessments: tuple[str, ...] = ()
    chronologies: tuple[str, ...] = ()
    supervisions: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """How many there are."""
        return sum(len(getattr(self, each.name)) for each in fields(self))


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildMerge:
    """One merge of two records of a child.

    Attributes:
        child: id of the record that stands.
        absorbed: the other record as it was. Its id stands for ``child`` since.
        before: the record that stands, as it was; ``after``: as the merge made it.
        by: id of the professional who merged them.
        moved: what went from one to the other.
        entries_before, households_before: those that named both, as they were.
        chronologies_before: drafts both had for the same readers, as they were.
    """

    id: str
    child: str
    absorbed: Child
    before: Child
    after: Child
    at: datetime
    by: str
    reason: str
    moved: Moved = field(default_factory=Moved)
    entries_before: tuple[Entry, ...] = ()
    households_before: tuple[Household, ...] = ()
    chronologies_before: tuple[Chronology, ...] = ()

    @property
    def on(self) -> date:
        """The day in Europe/London."""
        return self.at.astimezone(LONDON).date()


def value_of(child: Child, choice: Choice) -> Any:
    """Return what a record says of one thing; None, or empty, where it says nothing."""
    return child.name if choice is Choice.NAME else getattr(child, choice.value)


def differing(child: Child, other: Child) -> tuple[Choice, ...]:
    """Return of what both records say something, and not the same."""
    return tuple(
        choice
        for choice in Choice
        if _said(ours := value_of(child, choice)) and _said(theirs := value_of(other, choice)) and ours != theirs
    )


def merged(child: Child, other: Child, *, theirs: Collection[Choice], today: date) -> Child:
    """Return the record that stands.

    Nothing is lost: a name that does not stand is an alias, lists hold what both held, and where one record says
    nothing the other's value stands. The stricter mark counts. Alerts set aside in either wake: they were set aside by
    what one record alone could show.

    Args:
        child: the record that stands.
        other: the one that is absorbed.
        theirs: of what the other's value stands, where both have one.
        today: the day on which it is done.
    """
    values: dict[str, Any] = {}
    for choice in Choice:
        takes = _said(value_of(other, choice)) and (choice in theirs or not _said(value_of(child, choice)))
        source = other if takes else child
        names = ("given_names", "family_name") if choice is Choice.NAME else (choice.value,)
        values |= {name: getattr(source, name) for name in names}
    for name in _JOINED:
        values[name] = "\n".join(dict.fromkeys(filter(None, (getattr(child, name), getattr(other, name)))))
    for name in MARKED:
        values[name] = _both(getattr(child, name), getattr(other, name))
    made = replace(
        child,
        **values,
        carers=_carers(child.carers, other.carers),
        statuses=tuple(sorted(_both(child.statuses, other.statuses), key=lambda each: each.since)),
        allocated=_allocations((*child.allocated, *other.allocated)),
        restricted=child.restricted or other.restricted,
        set_asides=_woken((*child.set_asides, *other.set_asides), today),
        alerts_asked=tuple(sorted(_both(child.alerts_asked, other.alerts_asked), key=lambda each: each.on)),
    )
    return replace(made, aliases=_aliases(made, child, other))


def apart(merge: ChildMerge, now: Child) -> tuple[Child, Child]:
    """Return both records again: as they were, with whatever was added since on the one that stood.

    What was withheld, or restricted, since then is so in both.
    """
    kept = three_way(merge.before, merge.after, now)
    since: dict[str, Any] = {
        name: _both(
            getattr(merge.absorbed, name),
            (who for who in getattr(now, name) if who not in getattr(merge.after, name)),
        )
        for name in MARKED
    }
    restricted = merge.absorbed.restricted or (now.restricted and not merge.after.restricted)
    return kept, replace(merge.absorbed, restricted=restricted, **since)


def three_way(before: T, after: T, now: T) -> T:
    """Return a record as it was before a merge, with what was changed since the merge.

    Args:
        before: as it was; ``after``: as the merge made it; ``now``: as it is.
    """
    values = {
        each.name: _restored(getattr(before, each.name), getattr(after, each.name), getattr(now, each.name))
        for each in fields(now)  # type: ignore[arg-type]  # every record is a dataclass
    }
    return replace(now, **values)  # type: ignore[type-var]  # as above


def brought_up(now: Child, base: Child, theirs: Child) -> tuple[Child, tuple[str, ...]]:
    """Return the record that stands with what changed elsewhere in a record that went into it.

    Of a list, what was added or taken away there is here, too. A single value that changed there counts where the one
    that stood there stands here; where another one stands, a person chose it.

    Args:
        now: the record that stands.
        base: a record that went into it, as it was then; ``theirs``: as it is elsewhere.

    Returns:
        The record, and names of the fields that were left out.
    """
    values: dict[str, Any] = {}
    left: list[str] = []
    for name in (each.name for each in fields(Child) if each.name != "id"):
        here, was, there = (getattr(each, name) for each in (now, base, theirs))
        if isinstance(here, tuple):
            values[name] = _restored(here, was, there)
        elif there not in (was, here):
            if here == was:
                values[name] = there
            else:
                left.append(name)
    made = replace(now, **values)
    carers = {each.person: each for each in reversed(made.carers)}
    return replace(
        made,
        aliases=tuple(name for name in made.aliases if name.casefold() != made.name.casefold()),
        carers=tuple(each for each in made.carers if each is carers[each.person]),
        allocated=_allocations(made.allocated),
    ), tuple(left)


def without_entry(merge: ChildMerge, entry: str) -> ChildMerge:
    """Return a merge that no longer holds what an entry said, because it was entered in error."""
    return replace(merge, entries_before=tuple(each for each in merge.entries_before if each.id != entry))


def _restored(before: Any, after: Any, now: Any) -> Any:
    if now == after:
        return before
    if isinstance(now, tuple):
        was = [each for each in before if each in now or each not in after]
        return (*was, *(each for each in now if each not in after and each not in was))
    if isinstance(now, Mapping):
        changed = {key for key in {*after, *now} if after.get(key) != now.get(key)}
        return {
            **{key: each for key, each in before.items() if key not in changed},
            **{key: each for key, each in now.items() if key in changed},
        }
    return now


def _said(value: Any) -> bool:
    return value not in (None, "")


def _both(ours: Iterable[T], theirs: Iterable[T]) -> tuple[T, ...]:
    """Return what is in either, each once, in order. What stands twice in one of them is not cut."""
    kept = tuple(ours)
    return (*kept, *(each for each in theirs if each not in kept))


def _aliases(made: Child, child: Child, other: Child) -> tuple[str, ...]:
    # A family name alone, as an unborn child has, says nothing that the name that stands does not say.
    names = [each.name for each in (child, other) if each.given_names or each.family_name != made.family_name]
    known = {made.name.casefold()}
    found: list[str] = []
    for name in (*child.aliases, *other.aliases, *names):
        if name and name.casefold() not in known:
            known.add(name.casefold())
            found.append(name)
    return tuple(found)


def _carers(ours: tuple[Carer, ...], theirs: tuple[Carer, ...]) -> tuple[Carer, ...]:
    held = {each.person: each for each in theirs}
    has_main = any(each.main for each in ours)
    found = [
        replace(
            each,
            relationship=each.relationship or held[each.person].relationship,
            parental_responsibility=each.parental_responsibility or held[each.person].parental_responsibility,
        )
        if each.person in held
        else each
        for each in ours
    ]
    here = {each.person for each in ours}
    found += [replace(each, main=each.main and not has_main) for each in theirs if each.person not in here]
    return tuple(found)


def _allocations(allocations: Iterable[Allocation]) -> tuple[Allocation, ...]:
    """Return each allocation once; of the same one the later confirmation counts."""
    found: dict[Allocation, Allocation] = {}
    for each in allocations:
        same = replace(each, confirmed_on=None)
        held = found.get(same)
        later = held is None or (each.confirmed_on or date.min) > (held.confirmed_on or date.min)
        found[same] = each if later or held is None else held
    return tuple(found.values())


def _woken(set_asides: Iterable[SetAside], today: date) -> tuple[SetAside, ...]:
    yesterday = today - timedelta(days=1)
    return tuple(
        replace(each, until=min(each.until, yesterday)) for each in sorted(set_asides, key=lambda each: each.on)
    )
