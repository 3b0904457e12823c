"""Two records of a child in words, side by side: what each says of everything, what speaks against their being one."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QCoreApplication

from gcp2_app.domain.child_merges import Choice, value_of
from gcp2_app.domain.merge_cautions import Caution
from gcp2_app.ui import words
from gcp2_app.ui.child import names
from gcp2_app.ui.child.summary import said
from gcp2_app.ui.forms import register

if TYPE_CHECKING:
    from gcp2_app.domain.register import Child
    from gcp2_app.services.child_merges import ChildMerge, Comparison, Side

#: Kinds of the register in which the fields of a child are declared.
_PARTS: Final = ("child", "child_needs", "child_services")
#: Fields with lists and texts of which both stand.
_BOTH: Final = ("aliases", "communication_needs", "disability", "note")


def tr(text: str, count: int = -1) -> str:
    """Translate a text of this module; ``one|many`` is chosen by the count, which replaces ``%n``."""
    if count < 0:
        return QCoreApplication.translate("child_merge", text)
    one, _, many = text.partition("|")
    return QCoreApplication.translate("child_merge", one if count == 1 else many or one).replace("%n", str(count))


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One thing both records say, or one of them.

    Attributes:
        ours, theirs: in words; empty where a record says nothing.
        choice: what it is, where only one of two values can stand.
        counts: it says how much there is, which two records of one child never agree about.
    """

    label: str
    ours: str
    theirs: str
    choice: Choice | None = None
    counts: bool = False

    @property
    def differs(self) -> bool:
        """Whether both say something, and not the same."""
        return bool(self.ours and self.theirs) and self.ours != self.theirs and not self.counts


def rows(comparison: "Comparison") -> tuple[Row, ...]:
    """Return everything either record says, in the order of the register."""
    ours, theirs = comparison.child, comparison.other
    found = [
        Row(
            label=label_of(choice),
            ours=value_words(ours.child, choice),
            theirs=value_words(theirs.child, choice),
            choice=choice if choice in comparison.differing else None,
        )
        for choice in Choice
    ]
    found += [Row(label=label, ours=one, theirs=two) for label, one, two in _pairs(ours, theirs)]
    found.append(Row(label=tr("Recorded"), ours=_recorded(ours), theirs=_recorded(theirs), counts=True))
    return tuple(row for row in found if row.ours or row.theirs)


def label_of(choice: Choice) -> str:
    """Return what a value is called."""
    return tr("Name") if choice is Choice.NAME else _items()[choice.value].label


def value_words(child: "Child", choice: Choice) -> str:
    """Return what a record says of one thing in words; empty where it says nothing."""
    if choice is Choice.NAME:
        return names.child_name(child)
    return _field(child, choice.value) if value_of(child, choice) not in (None, "") else ""


def also_said(merge: "ChildMerge") -> Iterator[str]:
    """Yield what the merged record said and the one that stands says otherwise, in words."""
    for choice in Choice:
        was, stands = value_words(merge.absorbed, choice), value_words(merge.after, choice)
        lost = was if was != stands else value_words(merge.before, choice)
        if lost and lost != stands:
            yield tr("{label}: {value}").format(label=label_of(choice), value=lost)


def caution_words(caution: Caution, together: int) -> str:
    """Return what speaks against two records being of one child.

    Args:
        together: how many entries are about both.
    """
    said_of = {
        Caution.TWINS: tr(
            "They were born, or are expected, on the same day, and no given name says that they are one. They may be "
            "twins. Each twin has a record of their own."
        ),
        Caution.OTHER_BIRTH: tr(
            "The dates of birth, or the days expected, differ. They may be brothers or sisters. If one date is wrong, "
            "choose the right one below."
        ),
        Caution.OTHER_NUMBER: tr(
            "The NHS numbers or pupil numbers differ. A child has one of each. They may be two children."
        ),
        Caution.OTHER_SEX: tr("The sex recorded differs. They may be two children."),
        Caution.LIVED_TOGETHER: tr(
            "Both are recorded in one household at the same time. Somebody counted two children there."
        ),
        Caution.NAMED_TOGETHER: tr(
            "%n entry is about both. Somebody wrote of two children.|"
            "%n entries are about both. Somebody wrote of two children.",
            together,
        ),
        Caution.BORN_SINCE: tr(
            "One record is of an unborn child, the other of a child who is born. Go on only if this is the baby who "
            "was expected. Where more than one was expected, each has a record of their own."
        ),
        Caution.NOT_AS_EXPECTED: tr(
            "The child was born long before or long after the expected day. It may have been another pregnancy."
        ),
    }
    return said_of[caution]


def what_happens(comparison: "Comparison") -> Iterator[str]:
    """Yield what merging does, a sentence each."""
    ours, theirs = comparison.child, comparison.other
    yield tr(
        "Everything recorded in either is then in one record: {assessments}, {entries}. Nothing is deleted, and "
        "nothing recorded twice is counted once: {requests}."
    ).format(
        assessments=tr("%n assessment|%n assessments", ours.assessments + theirs.assessments),
        entries=tr("%n entry|%n entries", ours.entries + theirs.entries - comparison.together),
        requests=tr("%n request for help|%n requests for help", ours.requests + theirs.requests),
    )
    yield tr("A name that does not stand is kept as another name. Carers, statuses and workers of both are kept.")
    yield tr("What is withheld or restricted in either is so in the one record. Alerts set aside in either show again.")
    yield tr("Everybody who works with either child’s record can open all of it.")
    yield tr(
        "It can be undone on the People tab. Both records then come back as they were. What is added in between stays "
        "with the record that stands."
    )


def _pairs(ours: "Side", theirs: "Side") -> Iterator[tuple[str, str, str]]:
    for name in _BOTH:
        yield (
            _items()[name].label,
            *(_field(side.child, name) if getattr(side.child, name) else "" for side in (ours, theirs)),
        )
    for label, say in (
        (tr("Carers"), _carers),
        (tr("Lives or lived at"), _addresses),
        (tr("Status"), _statuses),
        (tr("Works with the child"), _workers),
        (tr("Withheld"), _withheld),
        (tr("Restricted"), lambda side: tr("Yes") if side.child.restricted else tr("No")),
    ):
        yield label, say(ours), say(theirs)


def _carers(side: "Side") -> str:
    return "\n".join(
        " · ".join(filter(None, (side.people[each.person].name, each.relationship)))
        for each in side.child.carers
        if each.person in side.people
    )


def _addresses(side: "Side") -> str:
    found = [
        " · ".join(
            filter(None, (", ".join(filter(None, (*each.lines, each.postcode))), names.period(each.from_, each.to)))
        )
        for home in side.households
        for each in home.addresses
    ]
    return "\n".join(found) or (tr("Address not known") if side.households else "")


def _statuses(side: "Side") -> str:
    return "\n".join(
        " · ".join(filter(None, (words.status(each), names.period(each.from_, each.to))))
        for each in side.child.statuses
    )


def _workers(side: "Side") -> str:
    return "\n".join(
        " · ".join(
            filter(None, (side.workers[each.professional].name or side.workers[each.professional].role, _since(each)))
        )
        for each in side.child.allocated
        if each.professional in side.workers
    )


def _since(period: Any) -> str:
    return names.period(period.from_, period.to)


def _withheld(side: "Side") -> str:
    child = side.child
    marked = (
        (tr("the name"), child.name_withheld_from),
        (tr("the school"), child.school_withheld_from),
        (tr("the GP practice"), child.gp_withheld_from),
    )
    return ", ".join(what for what, whom in marked if whom)


def _recorded(side: "Side") -> str:
    counts = (
        tr("%n assessment|%n assessments", side.assessments),
        tr("%n entry|%n entries", side.entries),
        tr("%n request for help|%n requests for help", side.requests),
        names.period(side.first, side.last),
    )
    return "\n".join(filter(None, counts))


def _field(child: "Child", name: str) -> str:
    return said(_items()[name], register.to_values(child).get(name))


def _items() -> dict[str, Any]:
    return {item.name: item for part in _PARTS for item in register.kinds()[part].items}
