"""Invented families for tests of the window, as case files that go in through the import."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from gcp2_app.services import casefiles
from gcp2_app.services.session import Session

CHILD, SISTER, BABY = "c-ash", "c-fern", "c-moss"

_LETTERS = {"A1": "abcd", "A2": "abc", "A3": "abc", "A5": "abc", "B1": "abcd", "C1": "abc", "C2": "ab"}
_UNITS = (
    *(f"{subarea}.{letter}" for subarea, letters in _LETTERS.items() for letter in letters),
    *("A4", "B2", "D1.i", "D1.ii", "D1.iii", "D1.iv", "D2", "D3", "D4"),
)


def assessment(
    id_: str, from_: str, to: str, grades: Mapping[str, int], *, state: str = "signed_off"
) -> dict[str, Any]:
    """Return an assessment of the child.

    Args:
        grades: by the first letters of unit codes, the longest match counting; 0 leaves those units out.
    """
    units: dict[str, Any] = {}
    for code in _UNITS:
        starts = [start for start in grades if code.startswith(start)]
        grade = grades[max(starts, key=len)] if starts else 0
        if grade:
            units[code] = {"state": "scored", "grade": grade}
    made: dict[str, Any] = {
        "id": id_,
        "child": CHILD,
        "carers": ["p-rose"],
        "pack": "graded-care",
        "pack_version": "1.0.0",
        "window": {"from": from_, "to": to},
        "state": state,
        "assessors": ["w-lane"],
        "units": units,
        "review_due": None,
    }
    if state == "signed_off":
        made |= {"signed_off_on": to, "signed_off_by": "w-hill", "review_due": "2026-11-02"}
    return made


def ash_family() -> dict[str, Any]:
    """Return a family of two children and an unborn one, with a mother, her partner and three assessments."""
    members = [{"who": who, "from": "2021-05-01"} for who in (CHILD, SISTER, "p-rose")]
    return {
        "format": "gcp2-casefile",
        "version": 1,
        "professionals": [
            {"id": "w-lane", "name": "Jo Lane", "role": "social worker", "agency": "childrens_social_care"},
            {"id": "w-hill", "name": "Kit Hill", "role": "team manager", "agency": "childrens_social_care"},
            {"id": "w-vale", "name": "Ines Vale", "role": "health visitor", "agency": "health_visiting"},
        ],
        "people": [
            {
                "id": "p-rose",
                "name": "Rose Ash",
                "date_of_birth": "1996-02-11",
                "learning_need": {"state": "diagnosed", "source": "GP letter", "on": "2021-05-01"},
                "formats_needed": ["easy_read"],
            },
            {"id": "p-dean", "name": "Dean Marsh"},
        ],
        "households": [
            {
                "id": "h-ash",
                "members": [*members, {"who": "p-dean", "from": "2024-01-01", "to": "2025-03-01"}],
                "addresses": [
                    {"lines": ["4 Mill Lane"], "postcode": "DY1 1AA", "authority": "Dudley", "from": "2021-05-01"}
                ],
            }
        ],
        "children": [
            {
                "id": CHILD,
                "given_names": "Robin",
                "family_name": "Ash",
                "aliases": ["Robbie"],
                "date_of_birth": "2022-03-04",
                "sex": "M",
                "nhs_number": "9434765919",
                "language": "English",
                "school": "Hollow Lane Nursery",
                "carers": [
                    {"person": "p-rose", "relationship": "mother", "parental_responsibility": "yes", "main": True},
                    {"person": "p-dean", "relationship": "partner of a parent", "parental_responsibility": "no"},
                ],
                "statuses": [
                    {"status": "child_in_need", "category": "neglect", "from": "2025-02-01", "to": "2026-01-09"},
                    {"status": "child_protection", "category": "neglect", "from": "2026-01-10"},
                ],
                "allocated": [
                    {
                        "professional": "w-lane",
                        "role": "social_worker",
                        "from": "2026-01-10",
                        "confirmed_on": "2026-10-20",
                    },
                    {"professional": "w-vale", "role": "health_visitor", "from": "2025-02-01"},
                ],
            },
            {
                "id": SISTER,
                "given_names": "Fern",
                "family_name": "Ash",
                "date_of_birth": "2017-09-30",
                "carers": [{"person": "p-rose", "relationship": "mother", "main": True}],
                "restricted": True,
            },
            {
                "id": BABY,
                "family_name": "Ash",
                "expected_date": "2027-02-14",
                "carers": [{"person": "p-rose", "relationship": "mother", "main": True}],
            },
        ],
        "assessments": [
            assessment("a-1", "2025-06-02", "2025-06-27", {"A": 2, "A2": 3, "B": 2, "C": 2, "D": 2, "D4": 0}),
            assessment(
                "a-2", "2026-01-05", "2026-01-30", {"A": 3, "A4": 4, "B": 3, "B2": 5, "C": 2, "C1.a": 3, "D": 3}
            ),
            assessment("a-3", "2026-07-06", "2026-07-31", {"A": 2, "A1.a": 3, "B": 4, "C": 2, "D2": 2, "D3": 2}),
            assessment("a-4", "2026-11-09", "2026-12-06", {"A1": 3}, state="in_progress"),
        ],
    }


def add_family(session: Session, folder: Path, family: Mapping[str, Any] | None = None) -> None:
    """Take a family into the store; on the database thread."""
    path = folder / "family.json"
    path.write_text(json.dumps(family or ash_family()))
    imported = casefiles.import_(session, path)
    assert not imported.quarantined, imported.quarantined


def add_children(session: Session, number: int) -> None:
    """Put many children into the store at once; on the database thread."""
    from datetime import date, timedelta

    from gcp2_app.domain.register import Allocation, Child

    mine = Allocation(professional=session.professional.id, from_=date(2026, 1, 5), role="social_worker")
    with session.store.transaction() as tx:
        for i in range(number):
            child = Child(
                id=f"c{i:05}",
                given_names=f"Child{i:05}",
                family_name=f"Family{i // 3:05}",
                date_of_birth=date(2010, 1, 1) + timedelta(days=i % 5000),
                allocated=(mine,),
            )
            tx.children.put(child, by=session.user.id)
