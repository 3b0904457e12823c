"""What is recorded for one unit of an assessment: its state, grade and evidence.

The shapes are those of the case-file format; names with a trailing underscore lose it there.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final


class UnitState(StrEnum):
    """State of one unit. Only ``SCORED`` feeds the roll-up; ``NOT_APPLICABLE`` leaves the denominator."""

    SCORED = "scored"
    NOT_APPLICABLE = "not_applicable"
    NOT_OBSERVED = "not_observed"
    DECLINED = "declined"
    NOT_STARTED = "not_started"


class EvidenceSource(StrEnum):
    """Where a piece of evidence came from."""

    SEEN_AT_HOME = "seen_at_home"
    SEEN_ELSEWHERE = "seen_elsewhere"
    CHILD_SAID = "child_said"
    CARER_SAID = "carer_said"
    OTHER_PROFESSIONAL = "other_professional"
    RECORD = "record"
    NOT_EVIDENCED = "not_evidenced"


#: Sources that hold up a grade at or past ``alert_from``: seen, or from another professional.
VERIFYING = frozenset({EvidenceSource.SEEN_AT_HOME, EvidenceSource.SEEN_ELSEWHERE, EvidenceSource.OTHER_PROFESSIONAL})


class WithSupport(StrEnum):
    """What support was in place when the care was seen."""

    NONE = "none"
    FAMILY = "family"
    PAID = "paid"
    AGENCY = "agency"


#: What others said, or wrote elsewhere.
_ANOTHERS: Final = frozenset({EvidenceSource.OTHER_PROFESSIONAL, EvidenceSource.RECORD})


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One piece of evidence, hung on one or more units.

    Attributes:
        id: the same id on several units (or children) means the same piece of evidence.
        by: id of the professional who recorded it.
        visit: id of the visit entry it belongs to.
        conflicts_with: id of another piece of evidence it disagrees with.
        agrees_with: id of another piece of evidence it agrees with.
        third_party: it is about somebody else, or theirs; None where nobody has said: then another professional's and
            another record's are.
        harm_if_disclosed: reading it could do harm.
    """

    text: str = ""
    source: EvidenceSource = EvidenceSource.NOT_EVIDENCED
    id: str | None = None
    by: str | None = None
    on: date | None = None
    visit: str | None = None
    agrees_with: str | None = None
    conflicts_with: str | None = None
    third_party: bool | None = None
    harm_if_disclosed: bool | None = None

    @property
    def is_anothers(self) -> bool:
        """Whether the third-party mark stands on it; by default on what other professionals and records say.

        Source: casework.md, One stream of entries.
        """
        return self.source in _ANOTHERS if self.third_party is None else self.third_party


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonGrade:
    """One practitioner's grade of a unit; nothing overwrites another's.

    Attributes:
        by: id of the professional.
        grade: a grade value of the pack.
        at: the instant it was given; it tells two of one day apart. None for one from before this was kept.
    """

    by: str
    on: date | None = None
    grade: int
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedGrade:
    """A grade offered from a sibling's assessment of the same home. It is no grade until it is confirmed here.

    Attributes:
        grade: a grade value of the pack.
        by: id of the professional who graded the sibling and offered it.
        on: the day it was offered.
        child: id of the sibling; absent where a file may name no other child.
        assessment: id of the sibling's assessment; absent likewise.
    """

    grade: int
    by: str | None = None
    on: date | None = None
    child: str | None = None
    assessment: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitAnswer:
    """Everything recorded for one unit.

    Attributes:
        grade: grade value of the pack; only where ``state`` is ``scored``.
        reason: why it is not applicable, not observed or declined; for not observed also who could tell.
        note: the practitioner's own note.
        grades: each practitioner's grade.
        agreed_reason: why the agreed grade was chosen where practitioners differed.
        carer_grade: the carer's own grade value.
        carer_comment: what the carer says of it.
        carer_has_seen: "I have seen these grades".
        unverified_reason: why a grade at 4-5 stands without evidence that was seen or from another professional.
        temporary: a passing crisis; brings the review forward.
        what_changed: answer to "what did you see?" where the unit moved since last time.
        proposed: the grade offered from a sibling's assessment; never scored, and kept beside the grade given here.
    """

    state: UnitState = UnitState.NOT_STARTED
    grade: int | None = None
    reason: str = ""
    note: str = ""
    grades: tuple[PersonGrade, ...] = ()
    agreed_reason: str = ""
    carer_grade: int | None = None
    carer_comment: str = ""
    carer_has_seen: bool | None = None
    with_support: WithSupport | None = None
    unverified_reason: str = ""
    temporary: bool | None = None
    what_changed: str = ""
    evidence: tuple[Evidence, ...] = ()
    proposed: ProposedGrade | None = None


NOT_STARTED = UnitAnswer()
