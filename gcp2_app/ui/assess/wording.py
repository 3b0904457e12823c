"""What the assessment's screens say of results, changes and what is missing. Knows no widgets."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication

from gcp2_app.domain.assessment import Assessment
from gcp2_app.domain.completeness import Missing
from gcp2_app.domain.instrument import Area, Pack, Subarea, Unit
from gcp2_app.domain.scoring import Reason, Result

#: More sub-areas than this with units to grade are named by their areas.
_MOST_SUBAREAS: Final = 5


def tr(text: str, count: int = -1) -> str:
    """Translate a text of this module; ``one|many`` is chosen by the count, which replaces ``%n``."""
    if count < 0:
        return QCoreApplication.translate("assess", text)
    one, _, many = text.partition("|")
    return QCoreApplication.translate("assess", one if count == 1 else many or one).replace("%n", str(count))


def name_of(unit: Unit) -> str:
    """Return a unit's code and label: "A1.a Quality"."""
    return f"{unit.code} {unit.label}"


def grade_words(pack: Pack, value: int) -> str:
    """Return a grade with its label: "3, some essential needs not met"."""
    label = pack.grades_by_value[value].label
    return f"{value}, {label[:1].lower()}{label[1:]}"


def why(pack: Pack, result: Result, *, area: bool) -> str:
    """Return why a sub-area or area has its grade, as a reader understands it."""
    if result.of == 1 and result.grade is not None and not area and result.reason is not Reason.JUDGEMENT:
        return tr("The grade of its one unit")
    if result.reason is Reason.OVERRIDE:
        decisive = [str(grade.value) for grade in pack.grades if grade.value >= pack.thresholds.override_from]
        return tr("A {grades} decides").format(grades=tr(" or ").join(decisive))
    return {
        Reason.MODE: tr("The grade most sub-areas have") if area else tr("The grade most units have"),
        Reason.TIE: tr("Grades are equally common: the one with greater need counts"),
        Reason.WORST: tr("The grade with the greatest need counts"),
        Reason.JUDGEMENT: tr("The practitioner’s own judgement"),
        Reason.NONE: tr("Nothing is graded yet"),
        Reason.NOT_APPLICABLE: tr("Does not apply to this child"),
    }[result.reason]


def held(result: Result) -> str:
    """Return "holds a 3" where units hold worrying grades that the result does not show, else nothing."""
    values = [
        (value, units)
        for value, units in sorted(result.counts.by_grade.items())
        if units and (result.grade is None or result.thin or value > result.grade)
    ]
    if not values:
        return ""
    parts = [tr("a {grade}|%n at {grade}", units).format(grade=value) for value, units in values]
    return tr("holds {grades}").format(grades=", ".join(parts))


def standing(result: Result, *, area: bool) -> str:
    """Return how complete a result is: "provisional: 2 of 4 units graded", or nothing where it is complete."""
    what = tr("{scored} of {of} sub-areas graded") if area else tr("{scored} of {of} units graded")
    text = what.format(scored=result.scored, of=result.of)
    if result.grade is None:
        return text if result.of > 1 else ""
    if result.thin:
        return tr("too little seen: {what}").format(what=text)
    if result.provisional and result.scored == result.of:
        return tr("provisional")
    if result.provisional:
        return tr("provisional: {what}").format(what=text)
    return ""


def who_says_what(assessment: Assessment) -> str:
    """Return what to write of more than one carer in the one place there is for what they say; empty for one."""
    if len(assessment.carers) < 2:
        return ""
    return tr("Write who says what. What they say on the family’s copy (F6) is also kept with who was there.")


def sent_back(assessment: Assessment) -> str:
    """Return why a supervisor sent it back, with a place for the reason, and where one recorded elsewhere is mended."""
    if assessment.recorded_elsewhere:
        return tr("The supervisor sent it back: {reason} Mend it with Correct… among the child’s assessments.")
    return tr("The supervisor sent it back: {reason}")


def signed_by_another(assessment: Assessment) -> str:
    """Return why someone cannot sign off what they assessed, or wrote down, themselves."""
    if assessment.recorded_elsewhere:
        return tr("You wrote this down yourself: someone else has to sign it off.")
    return tr("You assessed this yourself: someone else has to sign it off.")


def recorded_elsewhere(assessment: Assessment) -> str:
    """Return that an assessment was recorded elsewhere, by whom, and under whose licence where that is known."""
    said = tr("Recorded elsewhere")
    if assessment.recorded_by:
        said = tr("Recorded elsewhere by {who}").format(who=assessment.recorded_by)
    area = assessment.licence_area
    return tr("{said} (licence: {area})").format(said=said, area=area) if area else said


def counts(result: Result, *, of_subareas: bool = False) -> str:
    """Return the units behind a grade: "2 units at 3, 1 at 4, none at 5, 3 without a grade".

    Args:
        result: of an area.
        of_subareas: it was recorded elsewhere and holds grades of sub-areas, not of units.
    """
    parts = [
        tr("{units} at {grade}").format(units=units or tr("none"), grade=value)
        for value, units in sorted(result.counts.by_grade.items())
    ]
    parts.append(tr("{units} without a grade").format(units=result.counts.unscored or tr("none")))
    text = tr("Sub-areas: {counts}") if of_subareas else tr("Units: {counts}")
    return text.format(counts=", ".join(parts))


def chip(pack: Pack, result: Result | None) -> tuple[int | None, str, str]:
    """Return rank, text and spoken name of a result's chip. A result with too little seen shows no number."""
    if result is None or result.grade is None:
        return None, "–", tr("No grade")
    if result.thin:
        return None, "?", tr("Too little seen for a grade")
    name = tr("Grade {grade}").format(grade=grade_words(pack, result.grade))
    if result.provisional:
        name = tr("{name}, provisional").format(name=name)
    return pack.rank(result.grade), str(result.grade), name


@dataclass(frozen=True, slots=True)
class Line:
    """One line of what is still missing.

    Attributes:
        item: what it is about; where it leads.
    """

    text: str
    item: Missing


def still_missing(pack: Pack, missing: Sequence[Missing]) -> tuple[Line, ...]:
    """Return what is still missing as lines a person can take in.

    Units without a grade make one line a sub-area, or an area while there are many; units that moved make one line;
    everything else has its own.
    """
    ungraded = Counter(pack.subarea_of(item.code).code for item in missing if _no_grade(item))
    by_area = len(ungraded) > _MOST_SUBAREAS
    moved = sum(item.field == "what_changed" for item in missing)
    lines: dict[str, Line] = {}
    for item in missing:
        if _no_grade(item):
            subarea = pack.subarea_of(item.code)
            named: Area | Subarea = pack.area_of[subarea.code] if by_area else subarea
            codes = {each.code for each in named.subareas} if isinstance(named, Area) else {named.code}
            units = sum(ungraded[code] for code in codes)
            text = tr("{code} {label}: %n unit to grade|{code} {label}: %n units to grade", units)
            lines.setdefault(named.code, Line(text.format(code=named.code, label=named.label), item))
        elif item.field == "what_changed" and moved > 1:
            text = tr("%n unit moved|%n units moved since last time. What did you see?", moved)
            lines.setdefault(item.field, Line(text, item))
        else:
            lines[f"{len(lines)} {item.field} {item.code}"] = Line(item.what, item)
    return tuple(lines.values())


def _no_grade(item: Missing) -> bool:
    return bool(item.code) and item.field == "units"
