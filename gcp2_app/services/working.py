"""An assessment with everything its screen shows, read or computed anew. Changes nothing in the store."""

from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from gcp2_app.domain import progress
from gcp2_app.domain.assessment import Assessment, AssessmentState
from gcp2_app.domain.comparison import Comparison, compare
from gcp2_app.domain.completeness import unsorted_notes
from gcp2_app.domain.instrument import Pack
from gcp2_app.domain.licensing import without_wording
from gcp2_app.domain.progress import Missing
from gcp2_app.domain.register import Child
from gcp2_app.domain.scoring import Profile, age_in_months, band_of, can_be_scored, score_assessment
from gcp2_app.services import packs
from gcp2_app.services.session import Session
from gcp2_app.storage.store import Transaction

#: States in which notes of visits can still become its evidence.
_WORKED_ON = frozenset({AssessmentState.DRAFT, AssessmentState.IN_PROGRESS, AssessmentState.RETURNED})
#: What an assessment comes to whose age band is not known: nothing yet.
NO_PROFILE = Profile(band="", units=0, subareas=MappingProxyType({}), areas=MappingProxyType({}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """The latest earlier signed-off assessment of the child, beside the one at hand.

    Attributes:
        unannounced: ids of the child's visits known to be unannounced; they verify a gain.
    """

    assessment: Assessment
    profile: Profile
    comparison: Comparison
    unannounced: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Working:
    """An assessment with everything its screen shows.

    Attributes:
        age_months: the child's age in completed months at the window's start; negative before birth, 0 where unknown.
        band: code of the developmental band it is graded in; empty where it is not known, or recorded elsewhere.
        earlier: the latest earlier assessment of the child, or None.
        missing: what still has to be done before it can be submitted.
        last_unit: code of the unit this user had open last, or empty.
        closed: why the pack's wording is hidden from this user and nothing can be graded, or empty.
        unapproved: why nothing can be graded though the wording is open: nobody approved the pack here; or empty.
        unsorted: visits whose notes are not sorted yet; they are among ``missing`` too.
    """

    assessment: Assessment
    child: Child
    pack: Pack
    age_months: int
    band: str
    profile: Profile
    missing: tuple[Missing, ...]
    earlier: Earlier | None
    last_unit: str = ""
    closed: str = ""
    unapproved: str = ""
    unsorted: tuple[Missing, ...] = ()


def profile_of(pack: Pack, assessment: Assessment, born: date | None) -> Profile:
    """Return what an assessment comes to; one whose band is not known yet comes to nothing."""
    return score_assessment(pack, assessment, born) if can_be_scored(pack, assessment, born) else NO_PROFILE


def working_on(session: Session, tx: Transaction, assessment: Assessment, pack: Pack, child: Child) -> Working:
    """Return an assessment as its screen shows it to this user."""
    earlier = _earlier(tx, assessment, pack, child)
    closed, unapproved = kept_from_grading(session, tx, pack)
    unsorted = _unsorted(tx, assessment)
    return Working(
        assessment=assessment,
        child=child,
        pack=without_wording(pack, closed) if closed else pack,
        age_months=age_in_months(assessment, child.born) or 0,
        band=_band(pack, assessment, child.born),
        profile=profile_of(pack, assessment, child.born),
        missing=(*_missing(pack, assessment, child, earlier), *unsorted),
        earlier=earlier,
        last_unit=tx.place(session.user.id, assessment.id),
        closed=closed,
        unapproved=unapproved,
        unsorted=unsorted,
    )


def kept_from_grading(session: Session, tx: Transaction, pack: Pack) -> tuple[str, str]:
    """Return why a pack's wording is hidden from this user, and why it is not approved here; empty where it is not."""
    unapproved = packs.unapproved_sentence(session, tx, pack)
    if unapproved:
        unapproved += " It can be read here, and graded once an administrator has approved it under Settings, Packs."
    return packs.closed_sentence(session, tx, pack), unapproved


def changed_to(tx: Transaction, working: Working, assessment: Assessment) -> Working:
    """Return what is open after a change, without reading again what a change cannot touch."""
    pack, child = working.pack, working.child
    band = _band(pack, assessment, child.born)
    known = working.earlier
    # Nothing was compared while the band, or the days, were not known.
    anew = not working.band or assessment.window != working.assessment.window
    earlier = _earlier(tx, assessment, pack, child) if anew else _compared(known, pack, assessment, child)
    return replace(
        working,
        assessment=assessment,
        age_months=age_in_months(assessment, child.born) or 0,
        band=band,
        profile=profile_of(pack, assessment, child.born),
        missing=(*_missing(pack, assessment, child, earlier), *working.unsorted),
        earlier=earlier,
    )


def _unsorted(tx: Transaction, assessment: Assessment) -> tuple[Missing, ...]:
    """Return the visits of the assessment's time whose notes still have to be sorted, while it is worked on."""
    if assessment.window is None or assessment.state not in _WORKED_ON:
        return ()
    return unsorted_notes(tx.visits_since(assessment.child, assessment.window.from_), assessment.child)


def _band(pack: Pack, assessment: Assessment, born: date | None) -> str:
    known = not assessment.recorded_elsewhere and can_be_scored(pack, assessment, born)
    return band_of(pack, assessment, born) if known else ""


def _missing(pack: Pack, assessment: Assessment, child: Child, earlier: Earlier | None) -> tuple[Missing, ...]:
    return progress.missing(pack, assessment, child.born, earlier=earlier.assessment if earlier is not None else None)


def _earlier(tx: Transaction, assessment: Assessment, pack: Pack, child: Child) -> Earlier | None:
    if assessment.window is None or not can_be_scored(pack, assessment, child.born):
        return None
    latest = tx.latest_signed_before(child.id, assessment.window.from_)
    if latest is None or latest.id == assessment.corrects:
        return None
    latest_pack = packs.of(tx, latest)
    if not can_be_scored(latest_pack, latest, child.born):
        return None
    unannounced = tx.unannounced_visits(child.id)
    return Earlier(
        assessment=latest,
        profile=score_assessment(latest_pack, latest, child.born),
        comparison=compare(pack, latest, assessment, born=child.born, unannounced=unannounced),
        unannounced=unannounced,
    )


def _compared(earlier: Earlier | None, pack: Pack, assessment: Assessment, child: Child) -> Earlier | None:
    if earlier is None:
        return None
    comparison = compare(pack, earlier.assessment, assessment, born=child.born, unannounced=earlier.unannounced)
    return replace(earlier, comparison=comparison)
