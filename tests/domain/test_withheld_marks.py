"""Which marks a change would take away, keeping them, and taking them away."""

from dataclasses import replace

from gcp2_app.domain.entries import Entry
from gcp2_app.domain.register import Address, Child, Household, Person
from gcp2_app.domain.withheld_marks import Lifted, kept, lifted, marks, undone, without

DEAN, ROSE = "dean", "rose"
HOME = Address(lines=("4 Mill Lane",), postcode="DY1 1AA")
HIDDEN = replace(HOME, withheld_from=(DEAN,))
OTHER = Address(lines=("9 Brook Street",))
CHILD = Child(id="c1", given_names="Robin")
MOTHER = Person(id=ROSE, name="Rose Vale")
FAMILY = Household(id="h1", addresses=(HIDDEN,))
AT_HOME = Lifted(field="addresses", who=DEAN, place="4 mill lane dy1 1aa")


def test_what_a_change_would_show_again_is_named() -> None:
    assert undone(FAMILY, replace(FAMILY, addresses=())) == ("addresses",)
    assert undone(FAMILY, replace(FAMILY, addresses=(*FAMILY.addresses, HOME))) == ()
    marked = replace(CHILD, school_withheld_from=(DEAN, ROSE), gp_withheld_from=(DEAN,))
    changed = replace(marked, school_withheld_from=(ROSE,), gp_withheld_from=(), name_withheld_from=(DEAN,))
    assert undone(marked, changed) == ("gp_withheld_from", "school_withheld_from")
    hidden = replace(MOTHER, withheld_from=(DEAN,))
    assert undone(hidden, MOTHER) == ("withheld_from",)
    assert marks(hidden) == {("withheld_from", DEAN): 1}
    assert marks(FAMILY) == {("addresses", DEAN): 1}


def test_a_mark_moved_to_another_address_is_taken_away() -> None:
    both = replace(FAMILY, addresses=(HIDDEN, OTHER))
    moved = replace(FAMILY, addresses=(HOME, replace(OTHER, withheld_from=(DEAN,))))
    assert lifted(both, moved) == (AT_HOME,)
    assert kept(both, moved).addresses == (HIDDEN, replace(OTHER, withheld_from=(DEAN,)))


def test_an_address_written_otherwise_keeps_its_marks() -> None:
    mended = replace(HIDDEN, lines=("4 Mill Lane, Flat 2",))
    assert lifted(FAMILY, replace(FAMILY, addresses=(mended,))) == ()
    assert kept(FAMILY, replace(FAMILY, addresses=(mended,))).addresses == (mended,)
    shouted = replace(HOME, lines=("4  MILL LANE",))
    assert lifted(FAMILY, replace(FAMILY, addresses=(shouted,))) == (AT_HOME,)


def test_of_two_alike_the_one_with_the_marks_is_meant() -> None:
    assert lifted(FAMILY, replace(FAMILY, addresses=(HOME, HIDDEN))) == ()


def test_a_withheld_address_that_is_gone_stays() -> None:
    left = replace(FAMILY, addresses=(OTHER,))
    assert lifted(FAMILY, left) == (AT_HOME,)
    assert kept(FAMILY, left).addresses == (OTHER, HIDDEN)


def test_what_is_kept_has_the_old_marks_and_the_new() -> None:
    marked = replace(CHILD, school_withheld_from=(DEAN,))
    changed = replace(marked, school="Hollow Lane", school_withheld_from=(ROSE,), gp_withheld_from=(DEAN,))
    assert lifted(marked, changed) == (Lifted(field="school_withheld_from", who=DEAN),)
    assert kept(marked, changed) == replace(changed, school_withheld_from=(ROSE, DEAN))
    entry = Entry(id="e1", kind="note", withheld_from=(DEAN, ROSE))
    assert kept(entry, replace(entry, what="Seen.", withheld_from=())).withheld_from == (DEAN, ROSE)
    assert undone(entry, replace(entry, withheld_from=(ROSE,))) == ("withheld_from",)


def test_marks_are_taken_away_where_they_are() -> None:
    assert without(FAMILY, (AT_HOME,)).addresses == (HOME,)
    assert without(FAMILY, (replace(AT_HOME, place="elsewhere"),)) == FAMILY
    marked = replace(MOTHER, withheld_from=(DEAN, "other"))
    assert without(marked, (Lifted(field="withheld_from", who=DEAN),)).withheld_from == ("other",)
