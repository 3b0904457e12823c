"""What an assessment still lacks before it can be handed on, in sentences a person can act on.

Knows the pack and the assessment, and an earlier one for what moved; nothing of screens. The sentences name units and
fields, never what was written in them.

Source: instrument.md, The unit of work.
"""

from calendar import month_name
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from gcp2_app.domain.answers import UnitAnswer, UnitState
from gcp2_app.domain.assessment import Assessment, AssessmentState, Consent, Explained
from gcp2_app.domain.comparability import same_unit, why_not_comparable
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.grading import effective_grade, verified
from gcp2_app.domain.instrument import Pack, Unit
from gcp2_app.domain.scoring import age_in_months, band_of, open_units
from gcp2_app.domain.targets import (
    check_target,
    default_review_due,
    needs_safety_step,
    safety_step_for,
)
from gcp2_app.domain.visits import read_sheet
from gcp2_app.errors import InvalidValue

#: What is asked before the first grade, in the order of the page.
_EXPLAINED: Final = {
    "what": "What was explained to the carers is not recorded.",
    "leaflet": "Which leaflet was left, or that none was, is not recorded.",
    "language": "The language used is not recorded.",
    "interpreter": "Who interpreted, or that nobody was needed, is not recorded.",
}
#: Assessments from before these were asked may be with a supervisor already.
_ASKED_LATER: Final = frozenset({"explained.leaflet", "explained.interpreter"})
_REASONED = frozenset({UnitState.NOT_OBSERVED, UnitState.DECLINED, UnitState.NOT_APPLICABLE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """One thing still missing.

    Attributes:
        code: the unit's code, or empty where it is about the whole assessment.
        field: name of the case-file field it is about, so that a screen can go there; a field within it after a dot.
        what: a sentence saying what is missing.
        blocks: the assessment cannot be submitted or signed off without it.
        visit: id of the visit it is about, or empty.
        person: id of the carer it is about, or empty; the sentence itself names nobody.
    """

    code: str = ""
    field: str
    what: str
    blocks: bool = True
    visit: str = ""
    person: str = ""


def missing_before_grading(assessment: Assessment) -> tuple[Missing, ...]:
    """Return what has to be recorded before the first grade.

    For an assessment recorded elsewhere that is who recorded it and when; for our own, what was explained to the
    carers, which leaflet was left, in which language, by which interpreter, and what each of them said. That there was
    no leaflet, or no need of an interpreter, is an answer too.

    Source: instrument.md, The unit of work, Before the first grade.
    """
    found: list[Missing] = []
    if assessment.window is None:
        found.append(Missing(field="window", what="The window has no dates."))
    elif assessment.window.to < assessment.window.from_:
        found.append(Missing(field="window", what="The window ends before it begins."))
    if assessment.recorded_elsewhere:
        if _blank(assessment.recorded_by):
            found.append(Missing(field="recorded_by", what="Who recorded it elsewhere?"))
        return tuple(found)
    if not assessment.carers:
        found.append(Missing(field="carers", what="No carer is named."))
    found.extend(_explained(assessment))
    return tuple(found)


def missing(
    pack: Pack, assessment: Assessment, born: date | None, *, earlier: Assessment | None = None
) -> tuple[Missing, ...]:
    """Return everything still missing before the assessment can be submitted and signed off.

    Args:
        pack: the pack version it was made with.
        assessment: the assessment.
        born: the child's date of birth, or the expected date before birth.
        earlier: the last assessment before it; units that moved since ask what was seen.
    """
    found = [_as_handed_on(assessment, item) for item in missing_before_grading(assessment)]
    if assessment.recorded_elsewhere:
        if not any(effective_grade(answer).grade is not None for answer in assessment.units.values()):
            found.append(Missing(field="units", what="No sub-area has a grade."))
        return tuple(found)
    if not assessment.assessors:
        found.append(Missing(field="assessors", what="No assessor is named."))
    found.extend(_window_and_band(pack, assessment, born))
    try:
        band = band_of(pack, assessment, born)
    except InvalidValue as error:
        found.append(Missing(field="band", what=str(error)))
    else:
        if not assessment.band and band != _band_by_age(pack, assessment, born):
            found.append(Missing(field="band", what="The age band is not the one by age: pick it, and say why."))
        for unit in open_units(pack, assessment, born).values():
            found.extend(_unit(pack, assessment, unit, born))
        found.extend(_moved(pack, assessment, born, earlier))
    found.extend(_targets(pack, assessment))
    found.extend(_words(assessment))
    return tuple(found)


def unsorted_notes(visits: Iterable[Entry], child: str) -> tuple[Missing, ...]:
    """Return which visits have notes about a child that are not sorted to units yet, the earliest visit first.

    They block nothing: a note may rightly be left, and none of it is lost.

    Args:
        visits: visits of the assessment's time.
        child: id of the child.

    Source: experience.md, screen 4.
    """
    found: list[Missing] = []
    for entry in sorted(visits, key=lambda entry: (entry.when.sort_key if entry.when else "", entry.id)):
        number = len(read_sheet(entry).unsorted(child))
        if not number:
            continue
        day = entry.when.last if entry.when else None
        of_visit = f"the visit on {day.day} {month_name[day.month]} {day.year}" if day else "a visit"
        notes = "1 note" if number == 1 else f"{number} notes"
        what = f"{notes} of {of_visit} not sorted to units yet."
        found.append(Missing(field="visits", what=what, blocks=False, visit=entry.id))
    return tuple(found)


def ungraded_without_reason(pack: Pack, assessment: Assessment, born: date | None) -> tuple[str, ...]:
    """Return codes of the units that have neither a grade nor a stated reason for having none; not of closed areas.

    Raises:
        InvalidValue: the child's age and so the band is not known.
    """
    if assessment.recorded_elsewhere:
        return ()
    units = open_units(pack, assessment, born)
    return tuple(code for code in units if not _accounted_for(assessment.answer(code)))


def _accounted_for(answer: UnitAnswer) -> bool:
    if answer.state in _REASONED:
        return not _blank(answer.reason)
    return effective_grade(answer).grade is not None


def _explained(assessment: Assessment) -> Iterator[Missing]:
    explained = assessment.explained or Explained()
    for name, what in _EXPLAINED.items():
        if _blank(getattr(explained, name)):
            yield Missing(field=f"explained.{name}", what=what)
    given = {said.person: said for said in explained.carers}
    for carer in assessment.carers:
        said = given.get(carer)
        if said is None:
            yield Missing(field="explained.carers", what="A carer’s answer is not recorded.", person=carer)
        elif said.answer is not Consent.AGREED and _blank(said.reason):
            what = "Why a carer refused or was not asked is not recorded."
            yield Missing(field="explained.carers", what=what, person=carer)


def _as_handed_on(assessment: Assessment, item: Missing) -> Missing:
    """Return a missing thing of what was explained; one that was not asked for when it was handed on blocks nothing."""
    if assessment.state is AssessmentState.SUBMITTED and item.field in _ASKED_LATER:
        return replace(item, blocks=False)
    return item


def _window_and_band(pack: Pack, assessment: Assessment, born: date | None) -> Iterator[Missing]:
    longest = pack.window.reason_beyond_days
    window = assessment.window
    if window is not None and window.days > longest and _blank(assessment.window_reason):
        yield Missing(field="window_reason", what=f"The window is longer than {longest} days: say why.")
    age_known = age_in_months(assessment, born) is not None
    another = bool(assessment.band) and assessment.band != _band_by_age(pack, assessment, born)
    if another and pack.has_band(assessment.band) and pack.band(assessment.band).is_before_birth:
        # An expected date is an estimate: the band was right when the child was not born yet.
        another = False
    if age_known and another and _blank(assessment.band_reason):
        yield Missing(field="band_reason", what="The age band is not the one by age: say why.")


def _band_by_age(pack: Pack, assessment: Assessment, born: date | None) -> str:
    """Return the code of the band by age at the window's start; empty where the age is not known or in none."""
    age_months = age_in_months(assessment, born)
    if age_months is None:
        return ""
    return next((band.code for band in pack.bands if band.holds(age_months)), "")


def _unit(pack: Pack, assessment: Assessment, unit: Unit, born: date | None) -> Iterator[Missing]:
    answer = assessment.answer(unit.code)
    name = unit.code if unit.code == unit.label else f"{unit.code} {unit.label}"
    if not _accounted_for(answer):
        what = "no grade yet" if answer.state not in _REASONED else "say why it has no grade"
        yield Missing(
            code=unit.code,
            field="units",
            what=f"{name}: {what}.",
            blocks=_blank(assessment.incomplete_reason),
        )
    effective = effective_grade(answer)
    if effective.grade is None:
        return
    if not effective.settled:
        yield Missing(
            code=unit.code,
            field="agreed_reason",
            what=f"{name}: practitioners differ and no grade is agreed yet.",
            blocks=False,
        )
    if effective.grade < pack.thresholds.alert_from:
        return
    if not verified(answer) and _blank(answer.unverified_reason):
        yield Missing(
            code=unit.code,
            field="evidence",
            what=f"{name}: nothing was seen or came from another professional. Add it, or say why not.",
        )
    needs_step = needs_safety_step(pack, unit.code, effective.grade, age_in_months(assessment, born))
    if needs_step and safety_step_for(assessment, unit.code) is None:
        yield Missing(
            code=unit.code,
            field="targets",
            what=f"{name}: needs a safety step with an owner and a date.",
        )


def _moved(pack: Pack, assessment: Assessment, born: date | None, earlier: Assessment | None) -> Iterator[Missing]:
    if earlier is None or why_not_comparable(earlier, assessment):
        return
    for unit in pack.units_in(band_of(pack, assessment, born)).values():
        if not same_unit(pack, unit.code, earlier, assessment, born):
            continue
        before = effective_grade(earlier.answer(unit.code)).grade
        answer = assessment.answer(unit.code)
        after = effective_grade(answer).grade
        moved = before is not None and after is not None and before != after
        if moved and _blank(answer.what_changed):
            yield Missing(
                code=unit.code,
                field="what_changed",
                what=f"{unit.code} {unit.label}: moved since last time. What did you see?",
            )


def _targets(pack: Pack, assessment: Assessment) -> Iterator[Missing]:
    for target in assessment.targets:
        try:
            check_target(pack, target)
        except InvalidValue as error:
            yield Missing(code=target.unit, field="targets", what=str(error))
        if target.due is None or _blank(target.owner):
            yield Missing(
                code=target.unit,
                field="targets",
                what=f"{target.unit}: the target has no owner or no day it is due.",
                blocks=False,
            )
    standard = default_review_due(pack, assessment)
    passing = any(answer.temporary for answer in assessment.units.values())
    if passing and standard and (assessment.review_due or standard) >= standard:
        yield Missing(
            field="review_due",
            what="A circumstance is marked as temporary: bring the review forward.",
            blocks=False,
        )


def _words(assessment: Assessment) -> Iterator[Missing]:
    asked = {
        "child_voice": (assessment.child_voice, "What the child shows and says is not recorded."),
        "analysis": (assessment.analysis, "The analysis is not written."),
        "meaning_so_far": (
            assessment.meaning_so_far,
            "What this has meant for this child so far is not written.",
        ),
        "meaning_ahead": (
            assessment.meaning_ahead,
            "What it will mean if nothing changes is not written.",
        ),
    }
    for field, (text, what) in asked.items():
        if _blank(text):
            yield Missing(field=field, what=what)


def _blank(text: str) -> bool:
    return not text.strip()
