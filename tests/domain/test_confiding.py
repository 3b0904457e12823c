"""Whose names are kept out of a copy because they told something in confidence."""

import pytest

from gcp2_app.domain.confiding import names_of_tellers
from gcp2_app.domain.entries import Entry, Source
from gcp2_app.domain.register import Agency, Child, Person
from gcp2_app.domain.withheld import Around, Why, Withheld

AROUND = Around(
    children=(Child(id="c", given_names="Robin", family_name="Hale-Oak", aliases=("Robbie",)),),
    people=(Person(id="p", name="Nan Oak"), Person(id="q", name="")),
)


def told_by(name: str, agency: Agency | None = Agency.NEIGHBOUR) -> Entry:
    return Entry(id="e", kind="note", source=Source(name=name, agency=agency))


def names(*entries: Entry) -> set[str]:
    return {secret.text for secret in names_of_tellers(entries, AROUND)}


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Mrs Vole", {"Mrs Vole", "Vole", "Mrs V"}),
        ("Dr. Ann Vole", {"Dr. Ann Vole", "Ann", "Vole", "A V", "Dr V", "Dr Vole"}),
        ("Siân O’Neill-Pryce, next door", {"Siân O’Neill-Pryce", "Siân", "O’Neill-Pryce", "O’Neill", "Pryce", "S O"}),
        ("Jo Vole (aunt)", {"Jo Vole", "Vole", "J V"}),
        ("lives next door", {"lives next door"}),
        # What somebody is says nothing of who they are.
        ("Neighbour", set()),
        ("Maternal Grandmother", set()),
        ("Aunt Vole", {"Aunt Vole", "Vole"}),
        # Whoever the family's record names anyway, and the family's own name.
        ("Nan Oak", set()),
        ("robbie", set()),
        ("Ellis Oak", {"Ellis Oak", "Ellis", "E O"}),
        ("Bo", set()),
        ("", set()),
    ],
)
def test_what_somebody_may_be_called(name: str, found: set[str]) -> None:
    assert names(told_by(name)) == found


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("JV rang, and J.V. came: J. V. again", "[withheld] rang, and [withheld]. came: [withheld]. again"),
        ("Mrs V. and MRS V saw it", "[withheld]. and [withheld] saw it"),
        # Small letters may be anything, and so may letters of something else.
        ("the jv team, the GP, N.O.", "the jv team, the GP, N.O."),
    ],
)
def test_a_teller_is_found_by_their_initials(text: str, left: str) -> None:
    tellers = names_of_tellers((told_by("Mrs Jane Vole"), told_by("George Price"), told_by("Noah Otter")), AROUND)
    assert Withheld(secrets=tellers).scrub(text).text == left


def test_initials_of_the_family_are_no_secret() -> None:
    tellers = names_of_tellers([told_by("Norma Oddy")], AROUND)
    assert Withheld(secrets=tellers).scrub("NO and N.O.").text == "NO and N.O."


def test_workers_of_agencies_are_no_secret() -> None:
    assert names(told_by("Mr Teller", Agency.SCHOOL), told_by("Ms Duty", None), Entry(id="e", kind="note")) == set()


@pytest.mark.parametrize(
    "text",
    [
        "MRS VOLE rang",
        "the voles’ fence: vole.",
        "photo_of_mrs_vole.jpg",
        "mrsvole@x",
        "siân oneill pryce",
        "O'NEILL-PRYCE’s",
    ],
)
def test_a_name_is_found_however_it_is_written(text: str) -> None:
    secrets = names_of_tellers((told_by("Mrs Jane Vole"), told_by("Siân O’Neill-Pryce", Agency.RELATIVE)), AROUND)
    left = Withheld(secrets=secrets).scrub(text)
    assert left.taken
    assert all(each.why is Why.CONFIDED for each in left.taken)
    assert "vole." not in left.text.casefold()
    assert "pryce" not in left.text.casefold()
