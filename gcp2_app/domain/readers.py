"""Who a document is made for, and what of a record is left out of their copy, with the reason for each loss.

One place decides for every kind of document. Knows marks and sources; nothing of how a document looks.

Source: casework.md, One stream of entries (third-party and "harm if disclosed" marks, ``withheld_from``);
experience.md, screens 5 and 10.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

from gcp2_app.domain.answers import Evidence, EvidenceSource
from gcp2_app.domain.assessment import Assessment
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.register import Agency
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
#: People who are no agency, and who told something in confidence.
_CONFIDING: Final = frozenset({Agency.NEIGHBOUR, Agency.RELATIVE, Agency.ANONYMOUS})
_NOT_THE_FAMILYS: Final = frozenset({Why.THIRD_PARTY, Why.CONFIDED, Why.HARM, Why.MARKED, Why.WORKER_SAFETY})
#: What is left out of a whole copy. ``MARKED`` means: withheld from anybody, not from this reader alone. Parents sit in
#: a core group and are parties in court; a patient can read what the GP's record holds.
_LEAVES_OUT: Final[Mapping[Audience, frozenset[Why]]] = {
    Audience.OWN_AGENCY: frozenset(),
    Audience.CONFERENCE_CHAIR: frozenset(),
    Audience.CORE_GROUP: frozenset({Why.CONFIDED, Why.HARM, Why.MARKED, Why.WORKER_SAFETY}),
    Audience.COURT: frozenset({Why.HARM, Why.MARKED}),
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
#: Stands for the child's words in an assessment where ``shown`` has them ticked.
CHILD_VOICE: Final = "child_voice"
#: Printed where the child's words are left out.
VOICE_LEFT_OUT: Final = "Left out of this copy, because it is what the child said."


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who a copy is made for.

    Attributes:
        audience: decides what is left out by marks.
        people: ids of those people around the child who will read it.
        shown: ids of entries, and :data:`CHILD_VOICE`, ticked one by one to be shown although a mark would leave them
            out. What is withheld from somebody who will read it is never shown.
        without: ids of entries that whoever makes the copy takes out besides.
    """

    audience: Audience = Audience.OWN_AGENCY
    people: frozenset[str] = frozenset()
    shown: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()

    @property
    def reaches_the_family(self) -> bool:
        """Whether anybody around the child may come to read it, so that what is withheld from any is left out."""
        return self.audience in _REACHES_THE_FAMILY

    @property
    def is_anonymous(self) -> bool:
        """Whether nobody may be recognised in it."""
        return self.audience is Audience.PARTNERSHIP

    @property
    def sees_marks(self) -> bool:
        """Whether each entry says that it comes from a third party or could do harm, so that it goes no further."""
        return self.audience in (Audience.OWN_AGENCY, Audience.CONFERENCE_CHAIR)

    def why_not(self, entry: Entry) -> Why | None:
        """Return why an entry is left out of the copy, or None where it stands in it."""
        if entry.id in self.without:
            return Why.CHOSEN
        if not may_see(self.people, entry):
            return Why.MARKED
        if entry.id in self.shown:
            return None
        agency = entry.source.agency if entry.source is not None else None
        holds = {
            Why.MARKED: bool(entry.withheld_from),
            Why.HARM: bool(entry.harm_if_disclosed),
            Why.WORKER_SAFETY: entry.data.get("worker_safety") is True,
            Why.CONFIDED: agency in _CONFIDING,
            Why.THIRD_PARTY: bool(entry.third_party),
            Why.CHILD_WORDS: entry.kind == "statement",
        }
        leaves_out = _LEAVES_OUT[self.audience]
        return next((why for why, held in holds.items() if held and why in leaves_out), None)

    def why_not_evidence(self, piece: Evidence, hidden_visits: Collection[str]) -> Why | None:
        """Return why a piece of evidence is left out, or None.

        Args:
            piece: the piece.
            hidden_visits: ids of visits that are left out; what was found then goes with them.
        """
        if piece.visit in hidden_visits:
            return Why.MARKED
        leaves_out = _LEAVES_OUT[self.audience]
        if piece.source is EvidenceSource.OTHER_PROFESSIONAL and Why.THIRD_PARTY in leaves_out:
            return Why.THIRD_PARTY
        if piece.source is EvidenceSource.CHILD_SAID and self._leaves_out_voice:
            return Why.CHILD_WORDS
        return None

    @property
    def _leaves_out_voice(self) -> bool:
        return Why.CHILD_WORDS in _LEAVES_OUT[self.audience] and CHILD_VOICE not in self.shown


@dataclass(slots=True)
class Copying:
    """Makes one copy for one reader, and remembers every loss with its section.

    Attributes:
        reader: who it is for.
        taken: section and what was taken out of it, in the order it was met.
    """

    reader: Reader
    taken: list[tuple[str, Secret]] = field(default_factory=list)
    _met: set[tuple[str, str]] = field(default_factory=set)

    def entries(self, entries: Iterable[Entry], section: str) -> tuple[Entry, ...]:
        """Return the entries the reader may see, each as they may see it. A loss is counted once in a section."""
        return tuple(self._seen(entry, section) for entry in entries if not self._is_lost(entry, section))

    def hidden(self, entries: Iterable[Entry]) -> frozenset[str]:
        """Return ids of the entries the reader may not see; counts no loss."""
        return frozenset(entry.id for entry in entries if self.reader.why_not(entry) is not None)

    def assessment(self, assessment: Assessment, hidden_visits: Collection[str], section: str) -> Assessment:
        """Return an assessment with the evidence and the words of the child that the reader may see.

        Args:
            assessment: the assessment.
            hidden_visits: from :meth:`hidden`.
            section: where it stands.
        """
        units = dict(assessment.units)
        for code, answer in units.items():
            why = [self.reader.why_not_evidence(piece, hidden_visits) for piece in answer.evidence]
            self.taken += [(section, Secret(SecretKind.EVIDENCE, "", each)) for each in why if each is not None]
            if any(why):
                kept = tuple(piece for piece, each in zip(answer.evidence, why, strict=True) if each is None)
                units[code] = replace(answer, evidence=kept)
        return self._voice(replace(assessment, units=units), section)

    def _voice(self, assessment: Assessment, section: str) -> Assessment:
        said = (assessment.child_voice, assessment.child_wishes, assessment.child_own_views)
        if not any(said) or CHILD_VOICE in self.reader.shown:
            return assessment
        if Why.CHILD_WORDS not in _LEAVES_OUT[self.reader.audience]:
            return assessment
        self.taken.append((section, Secret(SecretKind.WORDS, "", Why.CHILD_WORDS)))
        return replace(assessment, child_voice=VOICE_LEFT_OUT, child_wishes="", child_own_views="")

    def _is_lost(self, entry: Entry, section: str) -> bool:
        why = self.reader.why_not(entry)
        if why is None:
            return False
        self._lose(section, entry, Secret(SecretKind.ENTRY, "", why))
        return True

    def _seen(self, entry: Entry, section: str) -> Entry:
        """Return an entry without who told it in confidence, and without the child's words where they are left out."""
        source, leaves_out = entry.source, _LEAVES_OUT[self.reader.audience]
        if (
            source is not None
            and (source.name or source.role)
            and source.agency in _CONFIDING
            and self.reader.audience not in _KNOWS_WHO
        ):
            self._lose(section, entry, Secret(SecretKind.SOURCE, "", Why.CONFIDED))
            entry = replace(entry, source=replace(source, name="", role=""))
        if entry.child_words and Why.CHILD_WORDS in leaves_out and entry.id not in self.reader.shown:
            self._lose(section, entry, Secret(SecretKind.WORDS, "", Why.CHILD_WORDS))
            entry = replace(entry, child_words="")
        return entry

    def _lose(self, section: str, entry: Entry, secret: Secret) -> None:
        met = f"{section}\x1f{secret.kind}", entry.id
        if met not in self._met:
            self._met.add(met)
            self.taken.append((section, secret))
