"""Who a document is made for, and what of a record is left out of their copy, with the reason for each loss.

One place decides for every kind of document. Knows marks and sources; nothing of how a document looks.

Source: casework.md, One stream of entries (third-party and "harm if disclosed" marks, ``withheld_from``);
experience.md, screens 5 and 10.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

from gcp2_app.domain.answers import Evidence, EvidenceSource, UnitAnswer
from gcp2_app.domain.assessment import Assessment
from gcp2_app.domain.confiding import CONFIDING
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.visits import How, has_lines, without_lines
from gcp2_app.domain.withheld import Secret, SecretKind, Why, may_see


class Audience(StrEnum):
    """Recipient presets."""

    OWN_AGENCY = "own_agency"
    CONFERENCE_CHAIR = "conference_chair"
    CORE_GROUP = "core_group"
    COURT = "court"
    PARENT = "parent"
    CHILD = "child"
    GP = "gp"
    OTHER_PROFESSIONAL = "other_professional"
    PARTNERSHIP = "partnership"


#: What a preset is called: printed across the pages where nobody is named.
AUDIENCES: Final[Mapping[Audience, str]] = {
    Audience.OWN_AGENCY: "Own agency",
    Audience.CONFERENCE_CHAIR: "Conference chair",
    Audience.CORE_GROUP: "Core group",
    Audience.COURT: "Court",
    Audience.PARENT: "Parent",
    Audience.CHILD: "Child",
    Audience.GP: "GP",
    Audience.OTHER_PROFESSIONAL: "Other professional",
    Audience.PARTNERSHIP: "Partnership",
}
#: Who a copy for somebody else is for, below its title, where nobody is named.
READ_BY: Final[Mapping[Audience, str]] = {
    Audience.CONFERENCE_CHAIR: "the conference chair",
    Audience.CORE_GROUP: "the core group",
    Audience.COURT: "the court",
    Audience.PARENT: "a parent",
    Audience.CHILD: "the child",
    Audience.GP: "the GP",
    Audience.OTHER_PROFESSIONAL: "another professional",
    Audience.PARTNERSHIP: "the partnership",
}
#: Readers who are the family.
FAMILY: Final = (Audience.PARENT, Audience.CHILD)
#: Readers who are workers of some agency.
PROFESSIONALS: Final = (
    Audience.OWN_AGENCY,
    Audience.CONFERENCE_CHAIR,
    Audience.CORE_GROUP,
    Audience.COURT,
    Audience.GP,
    Audience.OTHER_PROFESSIONAL,
)
_NOT_THE_FAMILYS: Final = frozenset({Why.THIRD_PARTY, Why.CONFIDED, Why.HARM, Why.MARKED, Why.WORKER_SAFETY, Why.LEGAL})
#: Type of the meeting at which a lawyer advises the agency: what was said there is between them.
_LEGAL_PLANNING: Final = "legal_planning"
#: What is left out of a whole copy. ``MARKED`` means: withheld from anybody, not from this reader alone. Parents sit in
#: a core group and are parties in court; a patient can read what the GP's record holds.
_LEAVES_OUT: Final[Mapping[Audience, frozenset[Why]]] = {
    Audience.OWN_AGENCY: frozenset(),
    Audience.CONFERENCE_CHAIR: frozenset(),
    Audience.CORE_GROUP: frozenset({Why.CONFIDED, Why.HARM, Why.MARKED, Why.WORKER_SAFETY, Why.LEGAL}),
    Audience.COURT: frozenset({Why.HARM, Why.MARKED, Why.WORKER_SAFETY, Why.LEGAL}),
    Audience.PARENT: _NOT_THE_FAMILYS | {Why.CHILD_WORDS},
    Audience.CHILD: _NOT_THE_FAMILYS,
    Audience.GP: frozenset({Why.HARM, Why.MARKED}),
    Audience.OTHER_PROFESSIONAL: frozenset({Why.HARM, Why.MARKED}),
    Audience.PARTNERSHIP: _NOT_THE_FAMILYS | {Why.CHILD_WORDS},
}
#: Readers who may know who told something in confidence.
_KNOWS_WHO: Final = frozenset({Audience.OWN_AGENCY})
#: Any of the people around the child may come to read these copies, whoever they are made for.
_REACHES_THE_FAMILY: Final = frozenset(
    {Audience.CORE_GROUP, Audience.COURT, Audience.PARENT, Audience.CHILD, Audience.PARTNERSHIP}
)
#: Readers who are given what we saw ourselves, and not what others said of them or one another.
_GIVEN_OUR_SIGHT_ONLY: Final = frozenset({Audience.PARENT, Audience.CHILD, Audience.PARTNERSHIP})
#: What can be ticked, one thing at a time, to be shown to somebody of the family: what stands in its way is whose it
#: is, and not what reading it could do. Source: experience.md, screen 5 (share view).
_FAMILY_TICKS: Final = frozenset({Why.THIRD_PARTY, Why.CONFIDED, Why.CHILD_WORDS, Why.ANALYSIS})
#: The same for a professional, who can be asked to keep it.
_PROFESSIONAL_TICKS: Final = _FAMILY_TICKS | {Why.HARM, Why.MARKED}
#: Field of a meeting that says who did not agree, and with what.
DISSENT: Final = "dissent"
#: Stands for the child's words in an assessment where ``shown`` has them ticked.
CHILD_VOICE: Final = "child_voice"
#: Stands for the analysis where ``shown`` has it ticked.
ANALYSIS: Final = "analysis"
#: Printed where analysis is left out.
ANALYSIS_LEFT_OUT: Final = "Left out of this copy, because it is analysis."
#: Printed where the child's words are left out.
VOICE_LEFT_OUT: Final = "Left out of this copy, because it is what the child said."


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who a copy is made for.

    Attributes:
        audience: decides what is left out by marks.
        people: ids of those people around the child who will read it; ``known_as``: with those of their records that
            were merged into theirs.
        carers: ids of the child's carers: what one of them says is not another's.
        name: of the one person who reads it, where nobody else around the child bears it; what they told themselves is
            theirs to read. Empty for anybody else.
        shown: ids of entries and of :class:`Piece`, :data:`CHILD_VOICE` and :data:`ANALYSIS`, ticked one by one to be
            shown although a mark would leave them out; see :meth:`can_show`. What is withheld from somebody who will
            read it is never shown.
        without: ids of entries and of :class:`Piece` that whoever makes the copy takes out besides.
    """

    audience: Audience = Audience.OWN_AGENCY
    people: frozenset[str] = frozenset()
    known_as: frozenset[str] = frozenset()
    carers: frozenset[str] = frozenset()
    name: str = ""
    shown: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()

    @property
    def reaches_the_family(self) -> bool:
        """Whether anybody around the child may come to read it, so that what is withheld from any is left out."""
        return self.audience in _REACHES_THE_FAMILY

    def cuts_sent_words(self, entry: Entry) -> bool:
        """Whether the words of a request for help that was sent are left out of an entry.

        They are one text about everybody in the home, with what keeps workers safe, and are not marked line by line.
        """
        return self.reaches_the_family and bool(entry.data.get("content")) and entry.id not in self.shown

    @property
    def is_anonymous(self) -> bool:
        """Whether nobody may be recognised in it."""
        return self.audience is Audience.PARTNERSHIP

    @property
    def reads_analysis(self) -> bool:
        """Whether what professionals make of the facts stands in it."""
        return self.audience not in _GIVEN_OUR_SIGHT_ONLY

    @property
    def sees_marks(self) -> bool:
        """Whether each entry says that it comes from a third party or could do harm, so that it goes no further."""
        return self.audience in (Audience.OWN_AGENCY, Audience.CONFERENCE_CHAIR)

    def why_not(self, entry: Entry) -> Why | None:
        """Return why an entry is left out of the copy, or None where it stands in it."""
        if entry.id in self.without:
            return Why.CHOSEN
        if not may_see(self.people | self.known_as, entry):
            return Why.MARKED
        agency = entry.source.agency if entry.source is not None else None
        holds = {
            Why.MARKED: bool(entry.withheld_from),
            Why.HARM: bool(entry.harm_if_disclosed) or self._not_safe(entry),
            Why.WORKER_SAFETY: entry.data.get("worker_safety") is True,
            Why.LEGAL: entry.data.get("type") == _LEGAL_PLANNING,
            Why.CONFIDED: agency in CONFIDING and not self.told(entry),
            Why.THIRD_PARTY: bool(entry.third_party) and not self.told(entry),
            Why.CHILD_WORDS: entry.kind == "statement",
        }
        leaves_out = _LEAVES_OUT[self.audience]
        ticked = entry.id in self.shown
        lost = (why for why, held in holds.items() if held and why in leaves_out)
        return next((why for why in lost if not (ticked and self.can_show(why))), None)

    def can_show(self, why: Why) -> bool:
        """Whether a tick shows what is left out for this reason.

        In a copy that comes to the family, no tick shows what could do harm, is withheld from anybody or keeps workers
        safe. A court decides itself what its parties read, but not over a lawyer's advice to the agency, or what keeps
        workers safe.
        """
        if self.reaches_the_family and self.audience is not Audience.COURT:
            return why in _FAMILY_TICKS
        return why in _PROFESSIONAL_TICKS

    def leaves_out_words(self, entry: Entry) -> bool:
        """Whether the child's own words are taken out of an entry that stands in the copy."""
        leaves_out = Why.CHILD_WORDS in _LEAVES_OUT[self.audience]
        said = bool(entry.child_words) or has_lines(entry, How.CHILD_SAID)
        return said and leaves_out and entry.id not in self.shown

    def leaves_out_response(self, entry: Entry) -> bool:
        """Whether what a carer said is taken out of an entry that stands in the copy: it does not say which carer.

        What the reader told themselves stays.

        Source: experience.md, screen 5 ("the other carer's words" are left out unless ticked).
        """
        said = bool(entry.carer_response.strip()) or has_lines(entry, How.CARER_SAID)
        return said and not self.told(entry) and self._leaves_out_carers(entry)

    def leaves_out_dissent(self, entry: Entry) -> bool:
        """Whether it is taken out of a meeting that stands in the copy who did not agree, and with what."""
        return bool(str(entry.data.get(DISSENT) or "").strip()) and self._leaves_out_carers(entry)

    def told(self, entry: Entry) -> bool:
        """Whether the one parent who reads it told what an entry says; what others read too is no copy of their own."""
        own, source = self.name.strip().casefold(), entry.source
        return (
            self.audience is Audience.PARENT
            and bool(own)
            and source is not None
            and source.name.strip().casefold() == own
        )

    def _leaves_out_carers(self, entry: Entry) -> bool:
        return not self.hears_all(self.carers) and entry.id not in self.shown

    def _not_safe(self, entry: Entry) -> bool:
        """Whether it is what the child said, is not safe to be shown to carers, and the reader is not the child."""
        return entry.data.get("safe_to_show") is False and self.audience is not Audience.CHILD

    def why_not_evidence(
        self, piece: Evidence, hidden_visits: Mapping[str, Why], carers: Collection[str], id_: str = ""
    ) -> Why | None:
        """Return why a piece of evidence is left out, or None: what decides is its own marks, and its visit.

        Args:
            piece: the piece.
            hidden_visits: ids of visits that are left out, with the reason; what was found then goes with them.
            carers: ids of the carers whose care is assessed.
            id_: what it is ticked by; see :class:`Piece`.
        """
        if id_ in self.without:
            return Why.CHOSEN
        if piece.visit is not None and piece.visit in hidden_visits:
            return hidden_visits[piece.visit]
        from_carer = piece.source is EvidenceSource.CARER_SAID and not self.hears_all(carers)
        holds = {
            Why.HARM: bool(piece.harm_if_disclosed),
            Why.THIRD_PARTY: piece.is_anothers or from_carer,
            Why.CHILD_WORDS: piece.source is EvidenceSource.CHILD_SAID and CHILD_VOICE not in self.shown,
        }
        leaves_out, ticked = _LEAVES_OUT[self.audience], id_ in self.shown
        lost = (why for why, held in holds.items() if held and why in leaves_out)
        return next((why for why in lost if not (ticked and self.can_show(why))), None)

    def hears_all(self, carers: Collection[str]) -> bool:
        """Whether what carers say is nobody else's: all of them read this copy, and it is no child's."""
        return self.audience not in _GIVEN_OUR_SIGHT_ONLY or (
            self.audience is Audience.PARENT and bool(carers) and set(carers) <= self.people
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One piece of evidence that was asked for, in the copy or not. What goes with a visit is decided there.

    Attributes:
        id: what it is ticked by: the piece's own where it has one, so that on several units it is one thing.
        evidence: the piece.
        unit: code of the first unit it was met on.
        why: why it is left out, or None.
        can_change: a tick puts it in, or takes it out.
    """

    id: str
    evidence: Evidence
    unit: str
    why: Why | None
    can_change: bool


@dataclass(slots=True)
class Copying:
    """Makes one copy for one reader, and remembers every loss with its section.

    Attributes:
        reader: who it is for.
        taken: section and what was taken out of it, in the order it was met.
        asked: sections by the id of each entry that was asked for, whether it stands in the copy or not.
        ticks: :data:`CHILD_VOICE` and :data:`ANALYSIS`, where either was left out.
        pieces: every piece of evidence that was asked for, by what it is ticked by.
    """

    reader: Reader
    taken: list[tuple[str, Secret]] = field(default_factory=list)
    asked: dict[str, list[str]] = field(default_factory=dict)
    ticks: set[str] = field(default_factory=set)
    pieces: dict[str, Piece] = field(default_factory=dict)
    _met: set[tuple[str, str]] = field(default_factory=set)

    def entries(self, entries: Iterable[Entry], section: str) -> tuple[Entry, ...]:
        """Return the entries the reader may see, each as they may see it. A loss is counted once in a section."""
        found = tuple(entries)
        for entry in found:
            sections = self.asked.setdefault(entry.id, [])
            if section not in sections:
                sections.append(section)
        return tuple(self._seen(entry, section) for entry in found if not self._is_lost(entry, section))

    def hidden(self, entries: Iterable[Entry]) -> dict[str, Why]:
        """Return ids of the entries the reader may not see, with the reason; counts no loss."""
        return {entry.id: why for entry in entries if (why := self.reader.why_not(entry)) is not None}

    def assessment(self, assessment: Assessment, hidden_visits: Mapping[str, Why], section: str) -> Assessment:
        """Return an assessment with the evidence and the words of the child that the reader may see.

        Args:
            assessment: the assessment.
            hidden_visits: from :meth:`hidden`.
            section: where it stands.
        """
        units = {code: self._answer(assessment, code, hidden_visits, section) for code in assessment.units}
        cut = self._held_back(replace(assessment, units=units), section)
        return self._voice(self._analysis(cut, section), section)

    def _answer(self, assessment: Assessment, code: str, hidden_visits: Mapping[str, Why], section: str) -> UnitAnswer:
        answer, carers = assessment.units[code], assessment.carers
        why = [
            self._why_not(piece, f"{assessment.id} {code} {number}", code, carers, hidden_visits)
            for number, piece in enumerate(answer.evidence)
        ]
        lost = [Secret(SecretKind.EVIDENCE, "", each) for each in why if each is not None]
        if Why.CHILD_WORDS in why:
            self.ticks.add(CHILD_VOICE)
        kept = tuple(piece for piece, each in zip(answer.evidence, why, strict=True) if each is None)
        comment = answer.carer_comment
        if comment and not self.reader.hears_all(carers):
            lost.append(Secret(SecretKind.WORDS, "", Why.THIRD_PARTY))
            comment = ""
        self.taken += [(section, secret) for secret in lost]
        return replace(answer, evidence=kept, carer_comment=comment) if lost else answer

    def _why_not(
        self, piece: Evidence, place: str, code: str, carers: Collection[str], hidden_visits: Mapping[str, Why]
    ) -> Why | None:
        """Return why a piece of evidence is left out, and remember that it was asked for."""
        id_ = f"evidence {piece.id or place}"
        why = self.reader.why_not_evidence(piece, hidden_visits, carers, id_)
        if piece.visit not in hidden_visits and id_ not in self.pieces:
            ticked = replace(self.reader, shown=self.reader.shown | {id_})
            can_change = why is None or ticked.why_not_evidence(piece, hidden_visits, carers, id_) is None
            self.pieces[id_] = Piece(id=id_, evidence=piece, unit=code, why=why, can_change=can_change)
        return why

    def _analysis(self, assessment: Assessment, section: str) -> Assessment:
        """Return an assessment without analysis for those who are not given it."""
        if self.reader.reads_analysis or ANALYSIS in self.reader.shown:
            return assessment
        texts = (assessment.analysis, assessment.meaning_so_far, assessment.meaning_ahead)
        lost = sum(bool(text.strip()) for text in texts)
        self.taken += [(section, Secret(SecretKind.WORDS, "", Why.ANALYSIS))] * lost
        if lost:
            self.ticks.add(ANALYSIS)
        analysis, so_far, ahead = (ANALYSIS_LEFT_OUT if text.strip() else text for text in texts)
        return replace(assessment, analysis=analysis, meaning_so_far=so_far, meaning_ahead=ahead)

    def _held_back(self, assessment: Assessment, section: str) -> Assessment:
        """Return an assessment without why it was kept from somebody: it says what could come of their reading it."""
        if Why.HARM not in _LEAVES_OUT[self.reader.audience]:
            return assessment
        self.taken += [(section, Secret(SecretKind.WORDS, "", Why.HARM))] * len(assessment.held_back)
        return replace(assessment, held_back=())

    def _voice(self, assessment: Assessment, section: str) -> Assessment:
        said = (
            *(assessment.child_voice, assessment.child_wishes, assessment.child_own_views),
            *assessment.day_in_life.values(),
        )
        if not any(said) or CHILD_VOICE in self.reader.shown:
            return assessment
        if Why.CHILD_WORDS not in _LEAVES_OUT[self.reader.audience]:
            return assessment
        self.taken.append((section, Secret(SecretKind.WORDS, "", Why.CHILD_WORDS)))
        self.ticks.add(CHILD_VOICE)
        return replace(assessment, child_voice=VOICE_LEFT_OUT, child_wishes="", child_own_views="", day_in_life={})

    def _is_lost(self, entry: Entry, section: str) -> bool:
        why = self.reader.why_not(entry)
        if why is None:
            return False
        self._lose(section, entry, Secret(SecretKind.ENTRY, "", why))
        return True

    def _seen(self, entry: Entry, section: str) -> Entry:
        """Return an entry without who told it in confidence, and without the words in it that are left out."""
        source = entry.source
        if (
            source is not None
            and (source.name or source.role)
            and source.agency in CONFIDING
            and self.reader.audience not in _KNOWS_WHO
            and not self.reader.told(entry)
        ):
            self._lose(section, entry, Secret(SecretKind.SOURCE, "", Why.CONFIDED))
            entry = replace(entry, source=replace(source, name="", role=""))
        if self.reader.leaves_out_words(entry):
            self._lose(section, entry, Secret(SecretKind.WORDS, "", Why.CHILD_WORDS))
            entry = without_lines(replace(entry, child_words=""), How.CHILD_SAID)
        if self.reader.leaves_out_response(entry):
            self._lose(section, entry, Secret(SecretKind.WORDS, "", Why.THIRD_PARTY))
            entry = without_lines(replace(entry, carer_response=""), How.CARER_SAID)
        if self.reader.leaves_out_dissent(entry):
            self._lose(section, entry, Secret(SecretKind.WORDS, "", Why.THIRD_PARTY))
            entry = replace(entry, data={name: value for name, value in entry.data.items() if name != DISSENT})
        if self.reader.cuts_sent_words(entry):
            self._lose(section, entry, Secret(SecretKind.WORDS, "", Why.THIRD_PARTY))
            entry = replace(entry, data={name: value for name, value in entry.data.items() if name != "content"})
        return entry

    def _lose(self, section: str, entry: Entry, secret: Secret) -> None:
        met = f"{section}\x1f{secret.kind}\x1f{secret.why}", entry.id
        if met not in self._met:
            self._met.add(met)
            self.taken.append((section, secret))
