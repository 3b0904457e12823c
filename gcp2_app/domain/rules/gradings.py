"""What several rules read in assessments: which follow each other, which grades they hold, and how they are named.

Source: instrument.md, The unit of work, Comparison; casework.md, rows LP1 and R1.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from gcp2_app.domain.comparability import same_unit, why_not_comparable
from gcp2_app.domain.rules.record import Graded
from gcp2_app.domain.rules.view import View
from gcp2_app.domain.scoring import Reason
from gcp2_app.domain.words import listed, long_date

#: So many days are named one by one.
_DAYS_NAMED = 4


def lines_now(view: View) -> Sequence[Sequence[Graded]]:
    """Return the assessments of the same carers and pack together, each in time, without what was handed over.

    A pack about an unborn child hands over to the pack that comes after it: once that one was used later, the earlier
    assessments are history.
    """
    return view.of_assessments("lines now", lambda: _not_handed_over(view.lines()))


def _not_handed_over(found: Sequence[Sequence[Graded]]) -> Sequence[Sequence[Graded]]:
    begun = {line[-1].assessment.pack: line[-1].starts for line in sorted(found, key=lambda line: line[-1].starts)}
    return [
        line
        for line in found
        if not line[-1].pack.next_pack or begun.get(line[-1].pack.next_pack, line[-1].starts) <= line[-1].starts
    ]


def histories(view: View, *, by_unit: bool) -> Sequence[Sequence[Graded]]:
    """Return of each line as it stands now the assessments that can be compared with its latest, oldest first.

    Args:
        view: the child's record.
        by_unit: leave out what was recorded elsewhere, which holds no units.
    """

    def make() -> Sequence[Sequence[Graded]]:
        found = (_comparable(line, by_unit=by_unit) for line in lines_now(view))
        return [history for history in found if history]

    return view.of_assessments(("histories", by_unit), make)


def _comparable(line: Sequence[Graded], *, by_unit: bool) -> Sequence[Graded]:
    found = [each for each in line if not (by_unit and each.assessment.recorded_elsewhere)]
    return [each for each in found if not why_not_comparable(each.assessment, found[-1].assessment)]


def graded_in(view: View, history: Sequence[Graded], code: str) -> Iterator[Graded]:
    """Yield the assessments in which a unit has a grade and is the same unit as in the latest, the latest first.

    Args:
        view: whose child it is.
        history: one of :func:`histories` by unit.
        code: the unit's code.
    """
    last = history[-1]
    for each in reversed(history):
        if code in each.units and same_unit(last.pack, code, each.assessment, last.assessment, born(view)):
            yield each


def born(view: View) -> date | None:
    """Return the child's date of birth, or the expected date before birth."""
    return view.record.child.date_of_birth or view.record.child.expected_date


def grades_of(graded: Graded) -> Mapping[str, int]:
    """Return the grades that were given, by code: of units, and of sub-areas where those were graded themselves."""
    given = {
        code: result.grade
        for code, result in graded.profile.subareas.items()
        if result.grade is not None and (graded.assessment.recorded_elsewhere or result.reason is Reason.JUDGEMENT)
    }
    return given | dict(graded.units)


def name_of(graded: Graded, code: str) -> str:
    """Return what a unit or sub-area is called in a sentence: its code and its label."""
    unit = graded.pack.units_in(graded.profile.band).get(code)
    return f"{code} {unit.label if unit is not None else graded.pack.subarea_of(code).label}"


def windows_of(found: Iterable[Graded]) -> str:
    """Return when assessments began, in words: "on" each day, or of many "between" the first and the last."""
    days = [long_date(each.starts) for each in found]
    return f"on {listed(days)}" if len(days) <= _DAYS_NAMED else f"between {days[0]} and {days[-1]}"
