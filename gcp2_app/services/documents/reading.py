"""One record read for one reader: what a kind of document gathers from, and the only way it gets there.

Everything a gatherer asks for has been cut to the moment and to what the reader may see; what is lost on the way is
remembered with its section.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from gcp2_app.domain.assessment import Assessment
from gcp2_app.domain.charting import ChartKind
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.instrument import Pack
from gcp2_app.domain.kinds import EntryKind, RecordKind, references
from gcp2_app.domain.moment import Moment
from gcp2_app.domain.readers import Copying, Reader
from gcp2_app.domain.register import Child, Professional
from gcp2_app.domain.rules.record import Counting
from gcp2_app.domain.rules.view import View
from gcp2_app.domain.scoring import Profile
from gcp2_app.domain.trend import Trend
from gcp2_app.domain.withheld import Around, Why, Withheld
from gcp2_app.domain.words import long_date
from gcp2_app.errors import NotFound
from gcp2_app.forms.entry_kinds import load_kinds
from gcp2_app.forms.rule_policy import shipped_rules, shipped_working_days
from gcp2_app.reports.chronology import in_time
from gcp2_app.services import charts, names, stream, trends, withholding
from gcp2_app.services.alert_records import child_record, whole_entries
from gcp2_app.services.casefiles import about_one
from gcp2_app.services.entry_children import as_seen
from gcp2_app.services.session import Session
from gcp2_app.storage.rule_entries import entries_of_children
from gcp2_app.storage.store import Transaction

if TYPE_CHECKING:
    from gcp2_app.reports.charts.catalogue import Chart
    from gcp2_app.reports.pdf.document import Document
    from gcp2_app.reports.pdf.redaction import Redaction

#: Writes the document once the transaction has ended; every word goes through the redaction.
Pages: TypeAlias = "Callable[[Redaction], Document]"
#: Sections in which losses of the grades are listed: of each assessment, and of the entries read beside them.
GRADES = "Grades"
GRADES_OVER_TIME = "Grades over time"
#: Stands for an entry that another one points to and the reader may not see.
_LEFT_OUT = "an entry that is not in this copy"


@dataclass(frozen=True, kw_only=True)
class Desk:
    """What every document is made from; of the whole store, nothing more.

    Attributes:
        session: who makes it.
        tx: a running transaction.
        copying: who it is for, and what is lost.
        recipient: who the copy is for, in words; printed across every page, or empty.
        moment: which past is read.
        since: what happened before is only counted; None for everything.
    """

    session: Session
    tx: Transaction = field(repr=False)
    copying: Copying
    recipient: str = ""
    moment: Moment = field(default_factory=Moment)
    since: date | None = None

    @property
    def reader(self) -> Reader:
        """Who it is for."""
        return self.copying.reader

    @property
    def made_on(self) -> date:
        """The day it is made."""
        return self.session.today()

    @property
    def day(self) -> date:
        """The day the record is read as of."""
        return self.moment.day or self.session.today()

    @property
    def moment_words(self) -> str:
        """Which past is read, or empty; of a day that has not come, that nothing can be known of it yet."""
        if self.day <= self.made_on:
            return self.moment.words
        made_on = long_date(self.made_on)
        return f"{self.moment.words} That day has not come yet: the record is as it stood on {made_on}."

    @property
    def practice(self) -> bool:
        """Whether it is about no real child."""
        return self.session.store.practice

    @cached_property
    def kinds(self) -> Mapping[str, EntryKind]:
        """Every kind of entry."""
        return load_kinds()


@dataclass(frozen=True, kw_only=True)
class Reading(Desk):
    """One child's record.

    Attributes:
        child: whose, as they stood at the moment.
        around: everyone around the child.
        withheld: what is taken out of every word.
        matter: id of the assessment or entry it is about, or empty.
    """

    child: Child
    around: Around = field(repr=False)
    withheld: Withheld = field(repr=False)
    matter: str = ""

    @property
    def label(self) -> str:
        """What the child is called in the copy."""
        return withholding.label_for(self.child, self.withheld)

    @cached_property
    def record(self) -> tuple[Entry, ...]:
        """Every entry that counts at the moment, as this child's, in order of time; not cut to the reader."""
        kinds = self.kinds
        return tuple(
            sorted(
                (
                    about_one(as_seen(entry, reached={self.child.id}, kind=kinds[entry.kind]), self.child.id, kind)
                    for entry in self._whole
                    if (kind := kinds.get(entry.kind)) is not None
                ),
                key=in_time,
            )
        )

    @cached_property
    def _whole(self) -> tuple[Entry, ...]:
        """The entries that count at the moment, with all the children they are about."""
        return tuple(self.moment.entries(whole_entries(self.tx, self.child)))

    @cached_property
    def _of_several(self) -> frozenset[str]:
        return frozenset(entry.id for entry in self._whole if len(entry.children) > 1)

    def is_of_several(self, entry: Entry) -> bool:
        """Whether an entry of the record is about other children as well; what it says need not be of this one."""
        return entry.id in self._of_several

    @property
    def told(self) -> tuple[Entry, ...]:
        """The entries of the record whose words can have been written by the moment; not cut to the reader."""
        return tuple(entry for entry in self.record if self.tells(entry))

    def tells(self, entry: Entry) -> bool:
        """Whether an entry's words can have been written by the moment.

        A meeting that is planned counts from the first, so that rules know what is to come; what was said at it, or
        when it was planned, does not.
        """
        day, last = self.moment.day, entry.when.last if entry.when is not None else None
        return entry.kind != "meeting" or day is None or last is None or last <= day

    def entries(self, section: str, *kinds: str) -> tuple[Entry, ...]:
        """Return the entries of some kinds that the reader may see, in order of time; of no kinds, all.

        Args:
            section: the heading they stand under, for the list of losses.
            kinds: kinds of entry.
        """
        wanted = (entry for entry in self.told if not kinds or entry.kind in kinds)
        return self.copying.entries(wanted, section)

    def visits_of(self, child: Child) -> tuple[Entry, ...]:
        """Return the visits to another child of the family that the reader may see; what is left out is not told."""
        ids = tuple(each.id for each in entries_of_children(self.tx, (child.id,), "visit"))
        kind = self.kinds["visit"]
        found = self.moment.entries(tuple(self.tx.entries.get_many(ids).values()))
        own = (about_one(as_seen(entry, reached={child.id}, kind=kind), child.id, kind) for entry in found)
        return tuple(entry for entry in own if self.reader.why_not(entry) is None)

    def has(self, *kinds: str) -> bool:
        """Whether there is any entry of some kinds, whoever may see it."""
        return any(entry.kind in kinds for entry in self.record)

    @property
    def entry(self) -> Entry:
        """The entry the document is about, as the reader may see it.

        Raises:
            NotFound: there is none.
        """
        found = self.copying.entries((each for each in self.record if each.id == self.matter), "Front page")
        if not found:
            raise NotFound("This entry is not in the record as it is read here.", "Choose another, or another day.")
        return found[0]

    @property
    def assessment(self) -> Assessment:
        """The assessment the document is about, whole: whoever writes it cuts it with :meth:`seen`."""
        return self.tx.assessments.get(self.matter)

    def seen(self, assessment: Assessment, section: str) -> Assessment:
        """Return an assessment with the evidence and the child's words that the reader may see."""
        return self.copying.assessment(assessment, self._hidden_visits(assessment), section)

    def _hidden_visits(self, assessment: Assessment) -> Mapping[str, Why]:
        """Return ids of the entries the reader may not see, with the reason: evidence goes with where it was found."""
        cited = {piece.visit for answer in assessment.units.values() for piece in answer.evidence if piece.visit}
        # A visit to a sibling alone, or one that does not count at the moment, bears its marks all the same.
        elsewhere = self.tx.entries.get_many(tuple(cited - {entry.id for entry in self.record}))
        return self.copying.hidden((*self.record, *elsewhere.values()))

    @cached_property
    def _shown(self) -> trends.Shown:
        return trends.read(
            self.session,
            self.tx,
            self.child,
            self.moment,
            keep=lambda entries: self.copying.entries(entries, GRADES_OVER_TIME),
        )

    @property
    def trend(self) -> Trend:
        """The child's grades over time."""
        return withholding.trend_for(self._shown.trend, self.child, self.withheld)

    @cached_property
    def assessments(self) -> tuple[Assessment, ...]:
        """The assessments that count at the moment, the earliest first, as the reader may see them."""
        return tuple(self.seen(each, GRADES) for each in self._shown.assessments)

    def whole(self, assessment: Assessment) -> Assessment:
        """Return one of the assessments as it is stored: only to know that something of it was left out."""
        return next(each for each in self._shown.assessments if each.id == assessment.id)

    def pack_of(self, assessment: Assessment) -> Pack:
        """Return the pack an assessment was made with."""
        return self._shown.packs[assessment.pack, assessment.pack_version]

    @property
    def profiles(self) -> Mapping[str, Profile]:
        """Results by assessment id."""
        return self._shown.profiles

    def chart(self, kind: ChartKind, section: str) -> "Chart":
        """Return any chart but the trend, of what the reader may see."""
        from gcp2_app.reports.charts.catalogue import make_chart

        record = charts.read(
            self.session,
            self.tx,
            self.child.id,
            kind,
            self.moment,
            withheld=self.withheld,
            keep=lambda entries: self.copying.entries(entries, section),
            shown=self._shown,
        )
        return make_chart(kind, record)

    def view(self, section: str, *kinds: str, ours: Callable[[Entry], bool] | None = None) -> View:
        """Return what the reader may see, as the rules read it; only what is there may be said of it.

        Args:
            section: where what it says stands.
            kinds: kinds of entry that are asked about; of no kinds, all.
            ours: which entries count; None for all.
        """
        counting = Counting.KNOWN if self.moment.as_of is None else Counting.HAPPENED
        wanted = (entry for entry in self.record if not kinds or entry.kind in kinds)
        record = child_record(
            self.tx,
            self.child,
            counting=counting,
            known_by=None if self.moment.as_of is None else self.moment.known_on,
            whole=tuple(filter(ours, self.copying.entries(wanted, section))),
        )
        return View(record, shipped_working_days(), today=self.day, policy=shipped_rules())

    def names_in(self, *entries: Entry) -> Mapping[str, str]:
        """Return what the ids in some entries stand for; of an entry that is left out, only that it is."""
        found = dict(stream.names_in(self.tx, entries, self.kinds, lambda text: self.withheld.scrub(text).text))
        for entry in entries:
            for reference in references(self.kinds[entry.kind], entry.data):
                if reference.of is RecordKind.ENTRY and reference.id not in self._standing:
                    found[reference.id] = _LEFT_OUT
        return found

    @cached_property
    def _standing(self) -> frozenset[str]:
        """Ids of the entries the reader may see."""
        return frozenset(entry.id for entry in self.record if self.reader.why_not(entry) is None)

    @cached_property
    def workers(self) -> Mapping[str, str]:
        """Names and roles of the professionals of the assessments and allocations by id: "Jo Reed, social worker"."""
        ids = {each.professional for each in self.child.allocated}
        for assessment in self._shown.assessments:
            ids |= {*assessment.assessors, *([assessment.signed_off_by] if assessment.signed_off_by else [])}
        found = self.tx.professionals.get_many(tuple(ids))
        return {id_: ", ".join(filter(None, (each.name, each.role))) for id_, each in found.items()}

    @property
    def allocated_now(self) -> tuple[tuple[str, Professional], ...]:
        """Who is allocated on the day that is read, each with the role: ``social_worker``, ``advocate``."""
        now = [
            each for each in self.child.allocated if each.since <= self.day and (each.to is None or each.to >= self.day)
        ]
        found = self.tx.professionals.get_many(tuple(each.professional for each in now))
        return tuple((each.role, found[each.professional]) for each in now if each.professional in found)

    @cached_property
    def people(self) -> Mapping[str, str]:
        """Names of the children and adults around the child by id."""
        children = {each.id: names.of_child(each) for each in self.around.children}
        merged = {was: children[stands] for was, stands in self.around.merged.items()}
        return children | merged | {each.id: each.name for each in self.around.people}

    def name(self, id_: str) -> str:
        """Return what somebody around the child is called."""
        return self.people.get(id_) or "a person not named"
