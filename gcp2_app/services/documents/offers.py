"""What documents can be made of a child now, what each is about, why one cannot be made, and what was shared before.

The list is the registry's; nothing here knows a kind by name.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from gcp2_app.domain.assessment import AssessmentState
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.plans.meeting_list import meetings
from gcp2_app.domain.plans.report_clocks import ReportClock
from gcp2_app.domain.register import Child
from gcp2_app.domain.rules.meetings import MEETINGS
from gcp2_app.domain.rules.record import day_of
from gcp2_app.domain.typed_dates import when_words
from gcp2_app.domain.users import Duty
from gcp2_app.domain.words import capital, long_date
from gcp2_app.forms.entry_kinds import load_kinds
from gcp2_app.reports.words import long_range
from gcp2_app.services import names, plans, withholding
from gcp2_app.services.documents.kinds import KINDS, About, Kind
from gcp2_app.services.documents.parts.shared import KIND as SHARED
from gcp2_app.services.documents.parts.shared import chosen_words, understood_words
from gcp2_app.services.session import Session
from gcp2_app.services.stream import entry_words
from gcp2_app.services.visit_people import reached
from gcp2_app.storage.results import AssessmentSummary, summaries_of_child
from gcp2_app.storage.store import Transaction

_MEETING: Final = "meeting"
#: Fields of the log that say how a report was given.
_GIVEN: Final = ("how", "format")


@dataclass(frozen=True, slots=True)
class Matter:
    """An assessment or an entry a document can be about.

    Attributes:
        words: which one, in one line.
    """

    id: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportMeeting:
    """A meeting a document can be our report for.

    Attributes:
        id: of its entry.
        name: which sort of meeting, with a capital letter.
        day: it was held on, or is planned for.
        clocks: by when our report is with whom; none for one that was held.
    """

    id: str
    name: str
    day: date | None
    clocks: tuple[ReportClock, ...] = ()

    @property
    def words(self) -> str:
        """Which meeting, in one line."""
        return f"{self.name}, {long_date(self.day) if self.day is not None else 'no day set'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A kind of document, for one child now.

    Attributes:
        matters: what it can be about, the latest first; empty where it is about the child.
        why_not: why it cannot be made now, with what would change that, or empty.
        to_come: the meetings to come that it is our report for, the soonest first.
    """

    kind: Kind
    matters: tuple[Matter, ...] = ()
    why_not: str = ""
    to_come: tuple[ReportMeeting, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedReport:
    """One time a report was given to somebody.

    Attributes:
        id: of its entry.
        lines: when and to whom; how; whether it was understood. Empty ones are left out.
    """

    id: str
    document: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offers:
    """What can be made of one child, or of the whole store.

    Attributes:
        child: id; empty for the store.
        label: what the child is called.
        every: each kind, in the registry's order.
        readers: the people around the child a copy can be made for.
        meetings: planned and held meetings a report can be for, the latest first.
        shared: what was given to whom, the latest first.
    """

    child: str = ""
    label: str = ""
    every: tuple[Offer, ...]
    readers: withholding.Readers
    meetings: tuple[ReportMeeting, ...] = ()
    shared: tuple[SharedReport, ...] = ()

    def of(self, name: str) -> Offer | None:
        """Return the offer of a kind, or None where there is none of this name."""
        return next((each for each in self.every if each.kind.name == name), None)

    def meetings_of(self, offer: Offer, also: str = "") -> tuple[ReportMeeting, ...]:
        """Return the meetings a document can be our report for, the soonest first.

        Args:
            offer: the kind.
            also: id of a meeting that is meant, though it was held.
        """
        known = {each.id for each in offer.to_come}
        return (*offer.to_come, *(each for each in self.meetings if each.id == also and each.id not in known))


def of_child(session: Session, child_id: str, *, why: str = "") -> Offers:
    """Return what documents can be made of a child. The view is audited.

    Raises:
        NotFound: no such child.
        NotAllowed: the user may not read this case.
        ReasonNeeded: the record is restricted and no reason was given.
    """
    session.require(Duty.READ_CASES)
    with session.store.transaction() as tx:
        child = reached(session, tx, child_id, why)
        wanted = {_MEETING, SHARED, *(kind.entry_kind for kind in KINDS.values() if kind.entry_kind)}
        entries = _standing(tx, child_id, wanted)
        assessments = tuple(each for each in summaries_of_child(tx, child_id) if each.corrected_by is None)
        to_come = _to_come(session, tx, child, entries)
        readers = withholding.readers_around(withholding.around(tx, child))
        tx.record("documents opened", by=session.user.id, kind="child", id=child_id, reason=why)
    return Offers(
        child=child_id,
        label=names.of_child(child),
        every=tuple(
            replace(_offer(session, kind, entries, assessments), to_come=to_come.get(kind.name, ()))
            for kind in KINDS.values()
            if kind.about is not About.STORE
        ),
        readers=readers,
        meetings=tuple(_meeting(entry) for entry in entries if entry.kind == _MEETING),
        shared=tuple(_shared(entry) for entry in entries if entry.kind == SHARED),
    )


def of_store(session: Session) -> Offers:
    """Return what documents can be made of the whole store. Nothing of a case is read.

    Raises:
        NotAllowed: the user may not read cases.
    """
    session.require(Duty.READ_CASES)
    kinds = (kind for kind in KINDS.values() if kind.about is About.STORE)
    return Offers(
        every=tuple(Offer(kind=kind, why_not=_not_theirs(session, kind)) for kind in kinds),
        readers=withholding.Readers(names={}, something_withheld=frozenset()),
    )


def _standing(tx: Transaction, child: str, kinds: Collection[str]) -> tuple[Entry, ...]:
    """Return entries of some kinds that were not made in error, the latest first."""
    found = tx.entries.of_child(child, kinds=kinds)
    standing = (entry for entry in found if entry.entered_in_error is None)
    return tuple(sorted(standing, key=lambda each: each.when.sort_key if each.when else "", reverse=True))


def _to_come(
    session: Session, tx: Transaction, child: Child, entries: Iterable[Entry]
) -> Mapping[str, tuple[ReportMeeting, ...]]:
    """Return the meetings to come by the name of the kind that is our report for them, the soonest first."""
    by_id = {entry.id: entry for entry in entries if entry.kind == _MEETING}
    if not by_id:
        return {}
    view = plans.view_of(session, tx, child)
    found: dict[str, list[ReportMeeting]] = {}
    # In the order of the list of meetings.
    for id_, report in plans.reports_to_come(view, meetings(view)).items():
        for kind in report.kinds:
            found.setdefault(kind.name, []).append(replace(_meeting(by_id[id_]), clocks=report.clocks))
    return {name: tuple(each) for name, each in found.items()}


def _offer(session: Session, kind: Kind, entries: Iterable[Entry], assessments: Iterable[AssessmentSummary]) -> Offer:
    refused = _not_theirs(session, kind)
    if refused or kind.about is About.CHILD:
        return Offer(kind=kind, why_not=refused)
    if kind.about is About.ASSESSMENT:
        # The one that is meant unless another is chosen stands first.
        signed_first = sorted(assessments, key=lambda each: each.state is not AssessmentState.SIGNED_OFF)
        matters = tuple(Matter(each.id, _assessment_words(each)) for each in signed_first)
    else:
        matters = tuple(Matter(entry.id, entry_words(entry)) for entry in entries if kind.is_about(entry))
    return Offer(kind=kind, matters=matters, why_not="" if matters else kind.nothing)


def _not_theirs(session: Session, kind: Kind) -> str:
    if session.user.may(kind.duty):
        return ""
    return "Only a supervisor can make it." if kind.duty is Duty.SUPERVISE else "Your roles do not let you make it."


def _assessment_words(assessment: AssessmentSummary) -> str:
    window = assessment.window
    days = long_range(window) if window is not None else "No days given"
    return days if assessment.state is AssessmentState.SIGNED_OFF else f"{days}, not signed off"


def _meeting(entry: Entry) -> ReportMeeting:
    return ReportMeeting(
        id=entry.id,
        name=capital(MEETINGS.get(str(entry.data.get("type")), "meeting of a kind that is not known")),
        day=day_of(entry.data.get("held")) or day_of(entry.data.get("planned_for")),
    )


def _shared(entry: Entry) -> SharedReport:
    kind = load_kinds()[SHARED]
    when = capital(when_words(entry.when)) if entry.when is not None else "No date"
    to = str(entry.data.get("to") or "somebody not named")
    given = ", ".join(chosen_words(kind, entry, name).lower() for name in _GIVEN if entry.data.get(name))
    return SharedReport(
        id=entry.id,
        document=str(entry.data.get("document") or kind.title),
        lines=tuple(
            filter(
                None,
                (
                    f"{when}, to {to}",
                    capital(given),
                    str(entry.data.get("explained") or ""),
                    capital(understood_words(entry, kind)),
                ),
            )
        ),
    )
