"""Short words for writing a case down: days, entries, assessments, and what is expected."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

#: The day of every case; the others are the days before and after it.
DAY = date(2026, 3, 11)
BORN = "2019-03-04"
PACK = "graded-care"

Record = dict[str, Any]
#: Of a child of five or more.
_UNITS = [
    *("A1.a", "A1.b", "A1.c", "A1.d", "A2.a", "A2.b", "A2.c", "A3.a", "A3.b", "A3.c", "A4"),
    *("A5.a", "A5.b", "A5.c", "A5.d", "B1.a", "B1.b", "B1.c", "B1.d", "B2"),
    *("C1.a", "C1.b", "C1.c", "C2.a", "C2.b", "D1.i", "D1.ii", "D1.iii", "D1.iv", "D2", "D3", "D4"),
]


@dataclass(frozen=True)
class Case:
    """One child and what one rule says of it.

    Attributes:
        rule: its name.
        says: for each of the three days ``-`` for nothing, the first letter of the level, or ``+`` for any level.
        why: what the case is about.
        entries, assessments, child, people, households, professionals: sections of the case file; the child's own
            keys. ``CHILD`` in any text stands for the child's id.
    """

    rule: str
    says: str
    why: str
    entries: list[Record] = field(default_factory=list)
    assessments: list[Record] = field(default_factory=list)
    child: Record = field(default_factory=dict)
    people: list[Record] = field(default_factory=list)
    households: list[Record] = field(default_factory=list)
    professionals: list[Record] = field(default_factory=list)
    siblings: list[Record] = field(default_factory=list)


def d(away: int) -> str:
    """The day so many days from the day of the cases."""
    return (DAY + timedelta(days=away)).isoformat()


def e(kind: str, on: str | Record | None, agency: str = "school", /, **data: Any) -> Record:
    """An entry; ``themes``, ``impact`` and ``known`` are its own, whatever else is said is the kind's."""
    own: Record = {key: data.pop(key) for key in ("themes", "impact", "known", "children") if key in data}
    data = {key.rstrip("_"): value for key, value in data.items()}
    return {
        "kind": kind,
        "children": ["CHILD"],
        "when": on,
        "source": {"agency": agency},
        "what": "Seen.",
        **own,
        "data": data,
    }


def a(
    starts: str, signed: str | None, units: Mapping[str, int | None], *, others: int | None = 2, **more: Any
) -> Record:
    """A signed-off assessment: these grades, and the same grade for every other unit of a child of five or more."""
    grades: dict[str, int | None] = dict.fromkeys(_UNITS, others) if others else {}
    grades.update(units)
    return {
        "child": "CHILD",
        "carers": ["p-CHILD"],
        "pack": PACK,
        "pack_version": "1.0.0",
        "policy": "mode-with-override",
        "window": {"from": starts, "to": starts},
        "state": "signed_off",
        "signed_off_on": signed,
        "assessors": ["w1"],
        "units": {code: {"state": "scored", "grade": grade} for code, grade in grades.items() if grade},
        **more,
    }


def status(kind: str, from_: str, to: str | None = None, category: str | None = None) -> Record:
    """The keys of a child with one status."""
    return {"statuses": [{"status": kind, "from": from_, "to": to, "category": category}]}


LONG = "2023-01-09"
CIN = status("child_in_need", LONG)
CP = status("child_protection", LONG, category="physical")
CP_NEGLECT = status("child_protection", LONG, category="neglect")


def need(on: str = "2021-05-01", state: str = "diagnosed") -> list[Record]:
    """The carer with a learning need."""
    return [{"id": "p-CHILD", "learning_need": {"state": state, "source": "GP letter", "on": on}}]


#: The keys of an entry that was made on the wrong child.
IN_ERROR: Record = {"entered_in_error": {"by": "w1", "at": "2026-03-11T10:00:00Z", "reason": "Wrong child."}}
#: The keys of a child who is not born yet.
UNBORN: Record = {"date_of_birth": None, "expected_date": "2026-06-01"}


def protected(from_: str, to: str | None = None, category: str = "neglect") -> Record:
    """The keys of a child on a child protection plan."""
    return status("child_protection", from_, to, category)


def antenatal(grade: int) -> Record:
    """An assessment before birth with one grade, signed off on the day of the cases."""
    units = {"P1.a": {"state": "scored", "grade": grade}}
    return {**a("2026-02-01", d(0), {}, others=None), "pack": "graded-care-antenatal", "units": units}
