"""Two assessments beside each other in words and as tables: what moved, unit by unit, and the targets.

Knows what is compared; neither the store nor a screen.
"""

from gcp2_app.domain.assessment import Assessment, TargetOutcome
from gcp2_app.domain.comparison import Change
from gcp2_app.domain.cumulative import high_words
from gcp2_app.domain.instrument import Pack
from gcp2_app.domain.scoring import Result
from gcp2_app.domain.side_by_side import Held, RollUp, SideBySide
from gcp2_app.domain.words import counted, listed
from gcp2_app.reports.charts.trend_words import counts_words
from gcp2_app.reports.charts.twin import Twin, TwinRow
from gcp2_app.reports.words import long_range

_OUTCOMES = {
    TargetOutcome.MET: "met",
    TargetOutcome.PART: "partly met",
    TargetOutcome.NOT_MET: "not met",
    TargetOutcome.WORSE: "worse than before",
    TargetOutcome.NOT_ASSESSED: "not assessed",
}
_HELD = {
    Held.SUSTAINED: "sustained: two reviews running at or better than the target, verified",
    Held.TOO_EARLY: "too early to say: it takes two reviews",
    Held.NOT_SUSTAINED: "not sustained over the last two reviews",
    Held.NOT_HELD: "gain not held",
}


def window_words(assessment: Assessment) -> str:
    """Return the days of an assessment."""
    return "no dates recorded" if assessment.window is None else long_range(assessment.window)


def change_words(pack: Pack, change: Change) -> str:
    """Return the class of a change in a reader's words."""
    return {
        Change.BETTER: "better",
        Change.BETTER_STILL_HIGH: f"better, still {high_words(pack)}",
        Change.BETTER_NOT_VERIFIED: "better, not yet verified",
        Change.SAME: "the same",
        Change.WORSE: "worse",
        Change.NEWLY_SCORED: "newly graded",
        Change.NO_LONGER_SCORED: "no longer graded",
    }[change]


def comparison_parts(side: SideBySide, pack: Pack) -> tuple[str, ...]:
    """Return the whole in sentences without full stops."""
    first, second = window_words(side.earlier), window_words(side.later)
    parts = [f"{first} beside {second}"]
    if side.comparison.not_comparable:
        return (*parts, f"They cannot be compared: {side.comparison.not_comparable.rstrip('.')}")
    if not side.comparison.units:
        return (*parts, "One of the two was recorded elsewhere, without its units; only sub-areas can be compared")
    changes = [each.change for each in side.comparison.units.values()]
    said = [f"{changes.count(kind)} {change_words(pack, kind)}" for kind in Change if kind in changes]
    without = changes.count(None)
    said += [f"{without} cannot be compared"] if without else []
    parts.append(f"Of {counted(len(changes), 'unit')}: {listed(said)}")
    parts += [
        f"{_label(pack, each.code)}: {_grade(each.before)}, then {_grade(each.after)}; "
        f"moved by {_units(pack, side, each)}"
        for each in side.areas
        if each.moved_by
    ]
    if side.targets:
        met = sum(each.outcome is TargetOutcome.MET for each in side.targets)
        parts.append(f"Targets: {met} of {len(side.targets)} met")
    if side.lost:
        parts.append(f"Gain not held: {listed(_unit(pack, side, code) for code in side.lost)}")
    return tuple(parts)


def rollup_table(side: SideBySide, pack: Pack) -> Twin:
    """Return areas and sub-areas: both grades with their counts, and the units that moved them."""
    by_area = {area.code: [sub.code for sub in area.subareas] for area in pack.areas}
    subareas = {each.code: each for each in side.subareas}
    ordered: list[RollUp] = []
    for area in side.areas:
        ordered += [area, *(subareas[code] for code in by_area.get(area.code, ()) if code in subareas)]
    if not side.areas:
        ordered = list(subareas.values())
    rows = tuple(
        TwinRow(
            cells=(
                _label(pack, each.code),
                _grade(each.before),
                _grade(each.after),
                counts_words(each.before.counts),
                counts_words(each.after.counts),
                _units(pack, side, each),
                each.why_not,
            ),
            assessment=side.later.id,
        )
        for each in ordered
    )
    columns = (
        "Area or sub-area",
        "Earlier",
        "Later",
        "Units, earlier",
        "Units, later",
        "Moved by",
        "Take care",
    )
    return Twin(title="Areas and sub-areas", columns=columns, rows=rows)


def unit_table(side: SideBySide, pack: Pack) -> Twin:
    """Return every unit graded in either: both grades, the class of the change, or why there is none."""
    rows = tuple(
        TwinRow(
            cells=(
                _unit(pack, side, code),
                "–" if each.before is None else str(each.before),
                "–" if each.after is None else str(each.after),
                change_words(pack, each.change) if each.change is not None else "not compared",
                each.why_not,
                "gain not held" if code in side.lost else "",
            ),
            assessment=side.later.id,
        )
        for code, each in side.comparison.units.items()
    )
    return Twin(title="Unit by unit", columns=("Unit", "Earlier", "Later", "Change", "Why not", "Marks"), rows=rows)


def target_table(side: SideBySide, pack: Pack) -> Twin:
    """Return the targets set in the earlier assessment, and what became of them."""
    rows = tuple(
        TwinRow(
            cells=(
                _unit(pack, side, each.target.unit),
                str(each.target.current),
                str(each.target.target),
                "–" if each.actual is None else str(each.actual),
                _OUTCOMES[each.outcome],
                _HELD[each.held],
                each.target.support,
            ),
            assessment=side.earlier.id,
        )
        for each in side.targets
    )
    columns = ("Unit", "Was", "Target", "Later", "Outcome", "Did it last?", "Support offered")
    return Twin(title="Targets set in the earlier assessment", columns=columns, rows=rows)


def _grade(result: Result) -> str:
    marks = ", provisional" if result.provisional else ""
    if result.thin:
        return "too little seen"
    return "no grade" if result.grade is None else f"{result.grade}{marks}"


def _label(pack: Pack, code: str) -> str:
    area = next((each for each in pack.areas if each.code == code), None)
    if area is not None:
        return area.label
    return f"{code} {pack.subareas[code].label}"


def _units(pack: Pack, side: SideBySide, each: RollUp) -> str:
    return listed(_unit_move(pack, side, code) for code in each.moved_by) if each.moved_by else ""


def _unit_move(pack: Pack, side: SideBySide, code: str) -> str:
    change = side.comparison.units[code]
    before = "no grade" if change.before is None else str(change.before)
    after = "no grade" if change.after is None else str(change.after)
    return f"{_unit(pack, side, code)} ({before} to {after})"


def _unit(pack: Pack, side: SideBySide, code: str) -> str:
    band = side.later.band or side.earlier.band
    units = pack.units_in(band) if band and pack.has_band(band) else {}
    return f"{code} {units[code].label}" if code in units else code
