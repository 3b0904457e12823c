"""What stands above a letter, and who signs it."""

from datetime import date

from gcp2_app.domain.letters import born_words, heading_of, signature
from gcp2_app.domain.register import Agency, Child, Professional

ON = date(2027, 3, 31)


def test_addressee_date_and_reference_stand_above_it() -> None:
    child = Child(id="c", given_names="Wren", date_of_birth=date(2020, 1, 5), authority_id="LA-7")
    made = heading_of(child, name="W. P.", to="The manager\nMASH", on=ON)
    assert made.lines == ("The manager\nMASH", "31 March 2027\nOur reference: LA-7")
    assert (made.child, made.born) == ("W. P.", "Born on 5 January 2020.")
    assert heading_of(Child(id="c"), name="", to="MASH", on=ON).lines == ("MASH", "31 March 2027")


def test_a_child_not_born_yet_is_expected() -> None:
    assert born_words(Child(id="c", expected_date=ON)) == "Expected on 31 March 2027."
    assert born_words(Child(id="c")) == ""


def test_who_signs_says_how_to_be_reached_a_line_each() -> None:
    writer = Professional(id="w", name="Jo Lane", role="health visitor", agency=Agency.HEALTH_VISITING, phone="0121")
    assert signature(writer) == "Jo Lane\nHealth visitor\nHealth visiting\n0121"
    assert signature(Professional(id="w", name="Jo Lane")) == "Jo Lane"
