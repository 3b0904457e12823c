"""One assessment: one child, one caregiving unit, one window of dates, one pack version.

The shape is that of the case-file format. What may happen to an assessment, and when, is in
:mod:`gcp2_app.domain.progress`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

from gcp2_app.domain.answers import NOT_STARTED, UnitAnswer
from gcp2_app.domain.entries import AgencyRecord
from gcp2_app.domain.instrument import Policy


class AssessmentState(StrEnum):
    """Where an assessment stands."""

    DRAFT = "draft"
    IN_PROGRESS = "in_progress"
    COMPLETE = "complete"
    INCOMPLETE = "incomplete"
    SHARED = "shared"
    SHARING_HELD_BACK = "sharing_held_back"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    SIGNED_OFF = "signed_off"


class Consent(StrEnum):
    """Whether a carer agreed to the assessment."""

    AGREED = "agreed"
    REFUSED = "refused"
    NOT_ASKED = "not_asked"


class TargetOutcome(StrEnum):
    """What became of a target at review."""

    MET = "met"
    PART = "part"
    NOT_MET = "not_met"
    WORSE = "worse"
    NOT_ASSESSED = "not_assessed"


class OpenedBy(StrEnum):
    """What opened a section that is not graded from the start."""

    CONCERN = "concern"
    BIRTH = "birth"
    JUDGEMENT = "judgement"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A section of the pack that was closed and is open now.

    Attributes:
        area: code of the area.
        because: what opened it.
        on: the day it was opened.
        by: id of the professional whose work, or word, opened it.
        reason: why, where a practitioner's judgement opened it.
    """

    area: str
    because: OpenedBy
    on: date | None = None
    by: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The days the assessment covers, both inclusive."""

    from_: date
    to: date

    @property
    def days(self) -> int:
        """Length in days; a window of one day is 1."""
        return (self.to - self.from_).days + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class CarerConsent:
    """What one carer said when the assessment was explained.

    Attributes:
        person: id of the carer.
        reason: why they refused or were not asked.
    """

    person: str
    answer: Consent
    on: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """What was explained before the first grade.

    Attributes:
        what: what was explained, in the practitioner's words.
        leaflet: which leaflet was left, or "none".
        language: the language used.
        interpreter: who interpreted, or "none needed". Never a child or a relative.
        carers: each carer's answer.
        asked_apart: carers were asked apart (abuse known or suspected).
    """

    what: str = ""
    leaflet: str = ""
    language: str = ""
    interpreter: str = ""
    carers: tuple[CarerConsent, ...] = ()
    asked_apart: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyStep:
    """What keeps the child safe at once, before a target is set."""

    step: str
    owner: str
    by: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What one unit should become, by when, and who helps.

    Attributes:
        unit: unit code.
        current, target: grade values of the pack.
        actual: grade value at review.
        reason: a supervisor's reason where the target is at ``supervisor_reason_at``.
    """

    unit: str
    current: int
    target: int
    due: date | None = None
    support: str = ""
    owner: str = ""
    reason: str = ""
    safety_step: SafetyStep | None = None
    actual: int | None = None
    outcome: TargetOutcome | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """The practitioner's own grade of a sub-area beside the computed one (policy ``judgement``)."""

    grade: int
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of an assessment through its states.

    Attributes:
        by: id of the professional who took it.
        reason: why, where a reason is asked for.
    """

    state: AssessmentState
    at: datetime
    by: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SharingHeldBack:
    """Why the grades were not shown to a carer yet.

    Attributes:
        person: id of the carer, or None for all of them.
        agreed_by: who agreed to hold back.
        look_again_on: when it is looked at again.
        ended_on: the day from which it is held back no longer, or None.
    """

    reason: str
    agreed_by: str
    look_again_on: date
    person: str | None = None
    ended_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidOfUnit:
    """What those who sat before the family's copy say of one unit.

    Attributes:
        grade: a grade value of the pack, or None.
    """

    unit: str
    grade: int | None = None
    comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharing:
    """One time the family's own copy was on the screen.

    Attributes:
        at: when it was opened.
        by: id of the professional who showed it.
        present: ids of the carers and children who could see the screen; ``others``: who else, in words.
        also_shown: keys of what is left out unless it is ticked, and was ticked.
        young_person: it was the version for the young person.
        seen: those present said that they have seen the grades.
        said: what they say of single units.
        disagreed: codes of the units where their grade is another than ours.
    """

    at: datetime
    by: str
    present: tuple[str, ...] = ()
    others: str = ""
    also_shown: tuple[str, ...] = ()
    young_person: bool = False
    seen: bool = False
    said: tuple[SaidOfUnit, ...] = ()
    disagreed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryRead:
    """Somebody read the child's history as it stood, before grading.

    Attributes:
        by: id of the professional.
    """

    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """One graded care assessment.

    Attributes:
        child: id of the child.
        made_for: id of the record it was signed off in, where that one was merged into another since; else empty.
        carers: ids of the carers of this caregiving unit, the main one first.
        pack_sha256: digest of the pack it was made with, or empty where the file did not say.
        band: code of the developmental band; empty means the band at the window's start.
        band_reason: why another band than the one by age was picked.
        window_reason: why the window is longer than the pack's ``reason_beyond_days``.
        recorded_elsewhere: done on paper or in another system; ``units`` then holds sub-area codes.
        units: answers by unit code.
        child_voice: what this child shows and says.
        child_wishes: what this child wishes for.
        child_own_views: what a young person wrote themselves beside their own copy.
        day_in_life: what child or carer say of each part of the child's day, by the code of the part.
        analysis: what explains the care, strengths and worries.
        meaning_so_far: what this has meant for this child so far.
        meaning_ahead: what it will mean if nothing changes.
        incomplete_reason: why it was finished with units missing.
        corrects: id of the signed-off assessment this one corrects.
        correction_reason: why it was corrected.
        openings: the gated sections that are open, and what opened each.
        history_read: who read the child's history before grading, and when, oldest first.
        opened_earlier: days on which earlier grades were opened while grading.
        sharings: each time the family's own copy was shown, oldest first.
        steps: its way through the states, oldest first.
        agency_record: where it stands in the agency's own record, or None for not yet. It says nothing of the
            assessment itself and may be written after sign-off.
    """

    id: str
    child: str
    made_for: str = ""
    carers: tuple[str, ...] = ()
    pack: str = "graded-care"
    pack_version: str = "1.0.0"
    pack_sha256: str = ""
    policy: Policy = Policy.MODE_WITH_OVERRIDE
    recorded_elsewhere: bool = False
    recorded_by: str = ""
    licence_area: str = ""
    band: str = ""
    band_reason: str = ""
    window: Window | None = None
    window_reason: str = ""
    state: AssessmentState = AssessmentState.DRAFT
    signed_off_on: date | None = None
    signed_off_by: str | None = None
    assessors: tuple[str, ...] = ()
    explained: Explained | None = None
    units: Mapping[str, UnitAnswer] = field(default_factory=lambda: MappingProxyType({}))
    judgements: Mapping[str, Judgement] = field(default_factory=lambda: MappingProxyType({}))
    openings: tuple[Opening, ...] = ()
    child_voice: str = ""
    child_wishes: str = ""
    child_own_views: str = ""
    day_in_life: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    analysis: str = ""
    meaning_so_far: str = ""
    meaning_ahead: str = ""
    targets: tuple[Target, ...] = ()
    review_due: date | None = None
    incomplete_reason: str = ""
    held_back: tuple[SharingHeldBack, ...] = ()
    shared_on: date | None = None
    history_read: tuple[HistoryRead, ...] = ()
    opened_earlier: tuple[date, ...] = ()
    corrects: str | None = None
    correction_reason: str = ""
    sharings: tuple[Sharing, ...] = ()
    steps: tuple[Step, ...] = ()
    agency_record: AgencyRecord | None = None

    def answer(self, code: str) -> UnitAnswer:
        """Return what is recorded for a unit; nothing yet is ``not_started``."""
        return self.units.get(code, NOT_STARTED)

    def opening(self, area: str) -> Opening | None:
        """Return what opened a gated section, or None where nothing did."""
        return next((opening for opening in self.openings if opening.area == area), None)

    @property
    def locked(self) -> bool:
        """Signed off: it does not change any more; a correction is a new version."""
        return self.state is AssessmentState.SIGNED_OFF
