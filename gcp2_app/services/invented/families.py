"""Who is in an invented family: children, carers, a home, and how much will be written about them."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from gcp2_app.domain.register import (
    Address,
    Agency,
    Allocation,
    Carer,
    Category,
    Child,
    Household,
    KnownAnswer,
    LearningNeed,
    Member,
    NeedState,
    Person,
    Professional,
    Status,
    StatusKind,
)

_GIVEN: Final = (
    *("Amir", "Bryn", "Cara", "Dev", "Esme", "Femi", "Grace", "Hari", "Isla", "Jude", "Kofi", "Lena"),
    *("Mabel", "Noor", "Otis", "Petra", "Rafi", "Sana", "Tess", "Una", "Viktor", "Wren", "Yusuf", "Zofia", "Arlo"),
)
_FAMILY: Final = (
    *("Alder", "Beck", "Clough", "Dale", "Elder", "Fern", "Garth", "Heath", "Islip", "Juniper", "Knoll", "Lark"),
    *("Moss", "Nettle", "Oak", "Pine", "Quill", "Reed", "Sedge", "Thorn", "Underhill", "Vale", "Willow", "Yarrow"),
)
_STREETS: Final = ("Practice Road", "Practice Lane", "Practice Close", "Practice Street")
#: How many children a worker has, about.
CHILDREN_A_WORKER: Final = 18
_WORKERS_A_TEAM: Final = 8
#: How many entries there are about a child, least and most, and how many of a hundred children have so many: most have
#: few, a few have very many, and a hundred are usual.
_ENTRIES: Final = ((70, 5, 60), (20, 60, 260), (8, 220, 640), (2, 600, 1600))
#: Statuses and how many of a hundred families have them.
_STATUSES: Final = (
    (20, StatusKind.CHILD_PROTECTION),
    (40, StatusKind.CHILD_IN_NEED),
    (25, StatusKind.EARLY_HELP),
    (10, StatusKind.UNIVERSAL),
    (5, StatusKind.LOOKED_AFTER),
)
_CATEGORIES: Final = (Category.NEGLECT, Category.NEGLECT, Category.NEGLECT, Category.EMOTIONAL, Category.PHYSICAL)
#: One family in so many expects a child, has moved in, or has a carer with a learning need.
_EXPECTING, _MOVED, _NEED = 25, 30, 15
#: NHS numbers from 999 000 0000 on are kept for tests and given to nobody.
_TEST_NUMBERS: Final = 999_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """One invented family.

    Attributes:
        children: the eldest first.
        known_since: the first day anything was written about each child, by the child's id.
        entries: how many entries there will be about each child, by the child's id.
        moved_in: the family moved in from another authority.
    """

    household: Household
    people: tuple[Person, ...]
    children: tuple[Child, ...]
    known_since: dict[str, date]
    entries: dict[str, int]
    moved_in: bool


def household_id(number: int) -> str:
    """Return the id of the home of a family, by its number from 0."""
    return f"neighbour-home-{number}"


def worker(number: int) -> Professional:
    """Return an invented social worker, by number from 0."""
    name = f"{_GIVEN[number * 7 % len(_GIVEN)]} Practice-{_FAMILY[number * 5 % len(_FAMILY)]} {number}"
    return Professional(
        id=f"neighbour-worker-{number}",
        name=name,
        role="social worker",
        agency=Agency.CHILDRENS_SOCIAL_CARE,
        team=f"Practice team {number // _WORKERS_A_TEAM + 1}",
    )


def chance_of(number: int, about: str) -> random.Random:
    """Return the chances of one family about one thing: the same each time, and none of them moved by another's."""
    return random.Random(f"neighbour {number} {about}")  # noqa: S311 - invented people, no secret


def family(number: int, *, today: date, workers: Sequence[str]) -> Family:
    """Return an invented family.

    Args:
        number: its number, from 0.
        today: the day its dates are told from.
        workers: ids of the professionals one of whom is allocated.
    """
    chance = chance_of(number, "family")
    surname = f"Practice-{_FAMILY[number % len(_FAMILY)]} {number}"
    level = chance.choices(_ENTRIES, [share for share, *_ in _ENTRIES])[0]
    people = _carers(chance, number, surname, today)
    months = sorted((chance.randrange(1, 210) for _ in range(chance.choice((1, 1, 1, 2, 2, 3, 4)))), reverse=True)
    expecting = chance.randrange(_EXPECTING) == 0
    carers = tuple(
        Carer(
            person=person.id,
            relationship="mother" if place == 0 else "father",
            parental_responsibility=KnownAnswer.YES,
            main=place == 0,
        )
        for place, person in enumerate(people)
    )
    since = today - timedelta(days=chance.randrange(120, 400 if level[2] < 100 else 2200))
    status = chance.choices([kind for _, kind in _STATUSES], [share for share, _ in _STATUSES])[0]
    by = chance.choice(workers)
    children = []
    for place, age in enumerate((*months, *([-chance.randrange(1, 7)] if expecting else []))):
        day = today - timedelta(days=int(age * 30.4) + chance.randrange(28))
        began = max(since, day) if age > 0 else today - timedelta(days=60)
        children.append(
            Child(
                id=f"neighbour-{number}-{place + 1}",
                given_names=chance.choice(_GIVEN) if age > 0 else "",
                family_name=surname,
                date_of_birth=day if age > 0 else None,
                expected_date=None if age > 0 else today + timedelta(days=-age * 30),
                sex=chance.choice("FM") if age > 0 else "",
                nhs_number=_test_number(number * 10 + place) if age > 0 else None,
                long_term_condition_since=began if chance.random() < 0.05 else None,
                carers=carers,
                statuses=(
                    Status(
                        status=status,
                        category=chance.choice(_CATEGORIES) if status is StatusKind.CHILD_PROTECTION else None,
                        from_=began,
                    ),
                ),
                allocated=(Allocation(professional=by, role="social_worker", from_=began, confirmed_on=today),),
            )
        )
    return Family(
        household=_household(chance, number, people, children),
        people=people,
        children=tuple(children),
        known_since={child.id: child.statuses[0].since for child in children},
        entries={child.id: chance.randint(level[1], level[2]) if child.date_of_birth else 12 for child in children},
        moved_in=chance.randrange(_MOVED) == 0,
    )


def _carers(chance: random.Random, number: int, surname: str, today: date) -> tuple[Person, ...]:
    need = chance.randrange(_NEED) == 0
    return tuple(
        Person(
            id=f"neighbour-{number}-carer-{place + 1}",
            name=f"{chance.choice(_GIVEN)} {surname}",
            date_of_birth=today - timedelta(days=chance.randrange(19 * 365, 45 * 365)),
            # Numbers nobody has. Source: Ofcom, telephone numbers for use in TV and radio drama programmes.
            phone=f"01632 960{chance.randrange(1000):03}",
            learning_need=LearningNeed(state=NeedState.DIAGNOSED, source="GP letter", on=today - timedelta(days=300))
            if need and place == 0
            else None,
        )
        for place in range(chance.choice((1, 1, 2)))
    )


def _household(chance: random.Random, number: int, people: Sequence[Person], children: Sequence[Child]) -> Household:
    members = (
        *(Member(who=person.id) for person in people),
        *(Member(who=child.id, from_=child.date_of_birth) for child in children if child.date_of_birth),
    )
    address = Address(
        lines=(f"{chance.randrange(1, 200)} {chance.choice(_STREETS)}",),
        postcode=f"ZZ{number % 99 + 1} {number % 9 + 1}ZZ",  # No post town has it.
        authority="Dudley",
    )
    return Household(id=household_id(number), members=members, addresses=(address,))


def _test_number(serial: int) -> str | None:
    """Return a test NHS number with its check digit, or None where this serial number has none."""
    nine = str(_TEST_NUMBERS + serial % 1_000_000)
    check = -sum(weight * int(digit) for weight, digit in zip(range(10, 1, -1), nine, strict=True)) % 11
    return None if check > 9 else f"{nine}{check}"
