"""What the child's page shows, read in one go on the database thread."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from gcp2_app.domain.assessment import AssessmentState
from gcp2_app.domain.completeness import Missing
from gcp2_app.errors import NotFound

if TYPE_CHECKING:
    from gcp2_app.domain.instrument import Pack
    from gcp2_app.domain.register import Allocation, Child
    from gcp2_app.services.glance import Glance
    from gcp2_app.services.referral_outcomes import Standing
    from gcp2_app.services.register import ChildFile
    from gcp2_app.services.session import Session
    from gcp2_app.storage.results import AssessmentSummary

#: States in which an assessment is still worked on.
UNDER_WAY = frozenset({AssessmentState.DRAFT, AssessmentState.IN_PROGRESS, AssessmentState.RETURNED})


@dataclass(frozen=True, slots=True)
class Shown:
    """A child's file with the packs of its assessments, on a day.

    Attributes:
        packs: by id and version; one that is not installed here is missing.
        elsewhere: who did the assessments that were recorded elsewhere, in words, by id.
        unsorted: visits of late whose notes are not sorted to units yet.
        glance: when the child was seen, and the advocate; None where it was not read.
        standing: requests for help and open challenges, counted.
        medicines_on: whether the medicine card and teach-back are on in this store.
        why: the reason a restricted record was opened for; what else is read of it gives the same.
    """

    file: "ChildFile"
    packs: "Mapping[tuple[str, str], Pack]"
    today: date
    elsewhere: "Mapping[str, str]" = field(default_factory=lambda: MappingProxyType({}))
    unsorted: tuple[Missing, ...] = ()
    why: str = ""
    glance: "Glance | None" = None
    standing: "Standing | None" = None
    medicines_on: bool = True

    @property
    def child(self) -> "Child":
        """The child."""
        return self.file.child

    @property
    def under_way(self) -> "tuple[AssessmentSummary, ...]":
        """Assessments still worked on, newest first."""
        return tuple(each for each in self.file.assessments if each.state in UNDER_WAY)

    @property
    def latest(self) -> "AssessmentSummary | None":
        """The latest assessment that is finished and that no correction replaces."""
        return next(self._finished(), None)

    @property
    def next_review(self) -> date | None:
        """When the next review is due: an earlier day stands until the latest has its own or is signed off."""
        signed = AssessmentState.SIGNED_OFF
        return next(
            (each.review_due for each in self._finished() if each.review_due is not None or each.state is signed), None
        )

    def _finished(self) -> "Iterator[AssessmentSummary]":
        return (each for each in self.file.assessments if each.state not in UNDER_WAY and each.corrected_by is None)

    @property
    def worker(self) -> "Allocation | None":
        """The allocation shown first today: a social worker's before others, then the newest."""
        running = [
            each
            for each in self.child.allocated
            if each.since <= self.today and (each.to is None or each.to >= self.today)
        ]
        return min(running, key=lambda each: (each.role != "social_worker", -each.since.toordinal()), default=None)

    def pack(self, summary: "AssessmentSummary") -> "Pack | None":
        """Return the pack of an assessment, or None where it is not installed here."""
        return self.packs.get((summary.pack, summary.pack_version))

    def area_labels(self, summary: "AssessmentSummary") -> Mapping[str, str]:
        """Return what the areas of an assessment are called, by their codes."""
        pack = self.pack(summary)
        return {area.code: area.label for area in pack.areas} if pack is not None else {}


def load(session: "Session", child_id: str, why: str) -> Shown:
    """Read a child's file; runs on the database thread.

    Args:
        why: the reason given for a restricted record, or empty.

    Raises:
        ReasonNeeded: the record is restricted and no reason was given.
        NotAllowed: the user may not read this case.
        NotFound: no such child.
    """
    from gcp2_app.services import clinical_safety, elsewhere, glance, packs, referral_outcomes, register, sorting

    file = register.child(session, child_id, why=why)
    found: dict[tuple[str, str], Pack] = {}
    for key in {(each.pack, each.pack_version) for each in file.assessments}:
        try:
            found[key] = packs.get(session, *key)
        except NotFound:
            # The grades stay readable; only the areas' names are missing.
            continue
    done_elsewhere = tuple(each.id for each in file.assessments if each.recorded_elsewhere)
    by = elsewhere.recorded_by(session, child_id, done_elsewhere) if done_elsewhere else MappingProxyType({})
    unsorted, seen = sorting.waiting(session, file.child), glance.of_child(session, file.child)
    standing = referral_outcomes.standing_of(session, child_id)
    medicines_on = clinical_safety.of(session).on
    return Shown(file, found, session.today(), by, unsorted, why, seen, standing, medicines_on)
