"""What is withheld from whom, and that none of it survives in a text."""

import re
import unicodedata
from dataclasses import replace
from datetime import date
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gcp2_app.domain.entries import Entry
from gcp2_app.domain.register import Address, Child, Household, Member, Person
from gcp2_app.domain.withheld import (
    LEAST,
    MARK,
    Around,
    Loss,
    Secret,
    SecretKind,
    Why,
    Withheld,
    losses,
    may_see,
    withheld_from,
)

TODAY = date(2026, 11, 20)
DEAN, ROSE = "p-dean", "p-rose"

CHILD = Child(
    id="c1",
    given_names="Robin",
    family_name="Vale",
    aliases=("Robbie",),
    school="Hollow Lane Nursery",
    gp="Brook Surgery",
    health_worker="Ines Wren",
)
HOME = Address(lines=("Flat 2, 4 Mill Lane", "Dudley"), postcode="DY1 1AA", authority="Sandwell")
FAMILY = Household(
    id="h1", members=(Member(who="c1"), Member(who=ROSE)), addresses=(replace(HOME, withheld_from=(DEAN,)),)
)
MOTHER = Person(id=ROSE, name="Rose Ash", phone="07700 900123")


def _texts(withheld: Withheld, kind: SecretKind) -> set[str]:
    return {secret.text for secret in withheld.secrets if secret.kind is kind}


def test_a_withheld_address_takes_with_it_whatever_gives_it_away() -> None:
    withheld = withheld_from({DEAN}, Around(children=(CHILD,), people=(MOTHER,), households=(FAMILY,)), today=TODAY)
    assert _texts(withheld, SecretKind.ADDRESS) == {
        "Flat 2, 4 Mill Lane Dudley",
        "Flat 2, 4 Mill Lane",
        "4 Mill Lane",
        "Mill Lane",
        "Dudley",
    }
    assert _texts(withheld, SecretKind.POSTCODE) == {"DY1 1AA", "DY1"}
    assert _texts(withheld, SecretKind.AUTHORITY) == {"Sandwell"}
    near = {secret.text for secret in withheld.secrets if secret.why is Why.GIVES_ADDRESS_AWAY}
    assert near == {"Hollow Lane Nursery", "Hollow Lane", "Brook Surgery", "Brook", "Ines Wren"}


def test_nothing_is_withheld_from_somebody_else() -> None:
    around = Around(children=(CHILD,), people=(MOTHER,), households=(FAMILY,))
    assert withheld_from({ROSE}, around, today=TODAY) == Withheld()
    assert withheld_from((), around, today=TODAY) == Withheld()
    assert withheld_from({ROSE, DEAN}, around, today=TODAY).secrets


def test_an_address_they_left_takes_no_school_with_it() -> None:
    left = replace(FAMILY, addresses=(replace(FAMILY.addresses[0], to=date(2026, 11, 19)),))
    withheld = withheld_from({DEAN}, Around(children=(CHILD,), households=(left,)), today=TODAY)
    assert _texts(withheld, SecretKind.POSTCODE)
    assert not _texts(withheld, SecretKind.SCHOOL)
    still = replace(FAMILY, addresses=(replace(FAMILY.addresses[0], to=TODAY),))
    assert _texts(withheld_from({DEAN}, Around(children=(CHILD,), households=(still,)), today=TODAY), SecretKind.SCHOOL)


def test_a_child_who_does_not_live_there_takes_no_school_with_it() -> None:
    elsewhere = replace(FAMILY, members=(Member(who="c1", from_=date(2026, 11, 21)),))
    withheld = withheld_from({DEAN}, Around(children=(CHILD,), households=(elsewhere,)), today=TODAY)
    assert not _texts(withheld, SecretKind.SCHOOL)


def test_an_adult_whose_details_are_withheld_takes_their_phone_and_present_address_with_them() -> None:
    hidden = replace(MOTHER, withheld_from=(DEAN,))
    open_home = replace(FAMILY, addresses=(HOME,))
    around = Around(children=(CHILD,), people=(hidden,), households=(open_home,))
    withheld = withheld_from({DEAN}, around, today=TODAY)
    assert _texts(withheld, SecretKind.PHONE) == {"07700 900123"}
    assert "DY1 1AA" in _texts(withheld, SecretKind.POSTCODE)
    gone = replace(open_home, members=(Member(who=ROSE, to=date(2026, 1, 1)),))
    assert not _texts(withheld_from({DEAN}, replace(around, households=(gone,)), today=TODAY), SecretKind.POSTCODE)
    before = replace(open_home, addresses=(replace(HOME, to=date(2020, 1, 1)),))
    assert not _texts(withheld_from({DEAN}, replace(around, households=(before,)), today=TODAY), SecretKind.POSTCODE)


def test_school_surgery_and_name_are_withheld_each_by_its_own_mark() -> None:
    marked = replace(CHILD, school_withheld_from=(DEAN,), name_withheld_from=(DEAN,))
    withheld = withheld_from({DEAN}, Around(children=(marked,)), today=TODAY)
    assert _texts(withheld, SecretKind.SCHOOL) == {"Hollow Lane Nursery", "Hollow Lane"}
    assert _texts(withheld, SecretKind.NAME) == {"Robin Vale", "Robin", "Vale", "Robbie"}
    assert withheld.hides_name
    surgery = withheld_from({DEAN}, Around(children=(replace(CHILD, gp_withheld_from=(DEAN,)),)), today=TODAY)
    assert _texts(surgery, SecretKind.GP) == {"Brook Surgery", "Brook"}
    assert not surgery.hides_name


@pytest.mark.parametrize(
    "text",
    ["dy1 1aa", "DY11AA", "Dy1-1aa", "(DY1 1AA)", "_DY1 1AA_", "in DY1.", "DY1\n1AA"],
)
def test_a_postcode_is_found_however_it_is_written(text: str) -> None:
    secrets = (Secret(SecretKind.POSTCODE, "DY1 1AA"), Secret(SecretKind.POSTCODE, "DY1"))
    scrubbed = Withheld(secrets=secrets).scrub(f"Seen {text} today")
    assert MARK in scrubbed.text
    assert "dy1" not in scrubbed.text.casefold()
    assert len(scrubbed.taken) == 1


@pytest.mark.parametrize("text", ["07700900123", "07700 900 123", "+44 7700 900123", "0044 (0)7700-900123"])
def test_a_phone_number_is_found_however_it_is_written(text: str) -> None:
    withheld = Withheld(secrets=(Secret(SecretKind.PHONE, "07700 900123"),))
    assert "900" not in withheld.scrub(f"Ring {text}.").text
    assert "900" not in Withheld(secrets=(Secret(SecretKind.PHONE, "+44 7700 900123"),)).scrub(text).text


_HIDDEN = Around(
    children=(
        replace(
            CHILD,
            school="The St Mary’s and St Anne’s C of E Primary School, Quarry Bank",
            gp="Dr Huddersfield & Partners (Thornycroft Medical Centre)",
            health_worker="Ines Wren, school nurse, Amblecote Hub",
        ),
    ),
    households=(
        replace(
            FAMILY,
            addresses=(
                Address(
                    lines=("Flat 2, 14a Tiddlywink Street, Halesowen, B63 4XX",),
                    postcode="",
                    authority="City of Wolverhampton Council",
                    withheld_from=(DEAN,),
                ),
            ),
        ),
    ),
)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Moved to TIDDLYWINK ST in June", "in June"),
        ("Moved to Tiddly\u00adwink  Street", "Moved"),
        ("Moved to Tiddly\u200bwink-Street", "Moved"),
        ("IMG4_photoTiddlywinkStreet2.jpg", "IMG4"),
        ("tiddlywinkst@example.org", "example"),
        ("in Halesowen, B63", "in"),
        ("b634xx", ""),
        ("Wolverhampton’s worker", "worker"),
        ("Saint Mary and St. Annes pupils", "pupils"),
        ("seen at Quarry–Bank", "seen"),
        ("office@stmarysandstannes.sch.uk", "office"),
        ("Dr Hudders\ufb01eld and partners wrote", "wrote"),
        ("thornycroftmedical.nhs.uk", "nhs"),
        ("the \uff34hornycroft letter", "letter"),
        ("ines wren rang from Amblecôte", "rang"),
    ],
)
def test_what_gives_a_home_away_is_found_however_it_is_written(text: str, kept: str) -> None:
    withheld = withheld_from({DEAN}, _HIDDEN, today=TODAY)
    left = withheld.scrub(text).text
    bare = re.sub(r"[\W_]", "", unicodedata.normalize("NFKD", left.replace("\u00ad", ""))).casefold()
    assert not re.search("tiddly|wink|halesowen|b63|wolver|mary|anne|quarry|hudders|thorny|wren|ines|amble", bare)
    assert MARK in left
    assert kept in left
    # Words that only say what sort of thing it is, and numbers of flats, stay.
    plain = "The school nurse of flat 2 asked the council, the surgery and the church."
    assert withheld.scrub(plain).text == plain


def test_words_that_only_hold_it_are_left_alone() -> None:
    withheld = Withheld(secrets=(Secret(SecretKind.ADDRESS, "Mill"), Secret(SecretKind.NAME, "Al")))
    text = "Millicent went to the windmill with Al."
    assert withheld.scrub(text).text == text
    assert withheld.scrub("The Mill’s yard").text == f"The {MARK}’s yard"


def test_the_longest_goes_first_and_says_what_it_was() -> None:
    street, whole = Secret(SecretKind.ADDRESS, "Mill Lane"), Secret(SecretKind.ADDRESS, "4 Mill Lane")
    scrubbed = Withheld(secrets=(street, whole)).scrub("at 4, mill-lane; Mill  Lane")
    assert scrubbed.text == f"at {MARK}; {MARK}"
    assert scrubbed.taken == (whole, street)


def test_a_composed_and_a_decomposed_letter_are_the_same() -> None:
    withheld = Withheld(secrets=(Secret(SecretKind.NAME, "José"),))
    assert withheld.scrub(unicodedata.normalize("NFD", "with José here")).text == f"with {MARK} here"


def test_no_secret_shows_its_text() -> None:
    assert "Mill" not in repr(Secret(SecretKind.ADDRESS, "Mill Lane"))


_WORD = st.text(alphabet=st.sampled_from("abcdeXYZ0123éß"), min_size=1, max_size=4)
_VALUE = st.lists(_WORD, min_size=1, max_size=3).map(" ".join)
_BETWEEN = st.sampled_from([" ", "  ", "\n", ", ", "-", "_", "’", ". ", ""])


@given(
    st.lists(st.tuples(st.sampled_from(list(SecretKind)), _VALUE), max_size=5),
    st.lists(st.tuples(_WORD | st.sampled_from(["withheld", "4"]), _BETWEEN), max_size=25),
    st.randoms(use_true_random=False),
)
def test_no_withheld_value_survives(
    values: list[tuple[SecretKind, str]], around: list[tuple[str, str]], random: Random
) -> None:
    secrets = tuple(Secret(kind, text) for kind, text in values)
    pieces = [word + gap for word, gap in around]
    for secret in secrets:
        written = random.choice([secret.text, secret.text.upper(), secret.text.swapcase()])
        pieces.insert(random.randint(0, len(pieces)), f" {written} ")
    withheld = Withheld(secrets=secrets)
    for take_out in (withheld.scrub, withheld.leave_out):
        scrubbed = take_out("".join(pieces)).text
        for secret in secrets:
            tokens = re.findall(r"[^\W_]+", secret.text)
            if sum(map(len, tokens)) < LEAST or "ß" in secret.text:
                continue
            whole = r"[\W_]*".join(tokens)
            shown = re.compile(rf"(?<![^\W_])({whole})(?![^\W_])", re.IGNORECASE)
            assert not shown.search(scrubbed)
        assert take_out(scrubbed).text == scrubbed
    assert MARK not in withheld.leave_out("".join(pieces)).text


ADDRESS = Withheld(secrets=(Secret(SecretKind.ADDRESS, "4 Mill Lane"), Secret(SecretKind.ADDRESS, "Mill Lane")))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("The kitchen at 4 Mill Lane was warm. Tea was on the table.", "Tea was on the table."),
        ("Tea was ready. They moved to “Mill Lane.” The beds are made!", "Tea was ready. The beds are made!"),
        ("The heating works\nMill lane is damp\nNo gate", "The heating works\nNo gate"),
        ("They live in Mill. Lane behind.", ""),
        ("Warm at Mill Lane", ""),
        ("No mill, no lane.", "No mill, no lane."),
    ],
)
def test_a_sentence_with_something_withheld_is_left_out_and_nothing_shows_it(text: str, left: str) -> None:
    scrubbed = ADDRESS.leave_out(text)
    assert scrubbed.text == left
    assert bool(scrubbed.taken) is (text != left)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Robin’s coat is too small.", "This child’s coat is too small."),
        ("At tea Robin ate, and Robin asked for more.", "At tea this child ate, and this child asked for more."),
        ("Robbie Vale? Warm.", "Warm."),
        ("The Vale children share. Warm.", "Warm."),
        ("A robin sang. Warm.", "Warm."),
        ("Robin and Robbie play. Warm.", "Warm."),
        ("The Vales moved. Warm.", "Warm."),
        ("Robins sang. Warm.", "Warm."),
        ("See ValeRobin.jpg here. Warm.", "Warm."),
    ],
)
def test_a_name_makes_way_for_this_child_where_that_reads_as_well(text: str, left: str) -> None:
    marked = replace(CHILD, name_withheld_from=(DEAN,))
    withheld = withheld_from({DEAN}, Around(children=(marked,)), today=TODAY)
    assert withheld.leave_out(text).text == left


def test_a_child_whose_name_is_in_the_other_words_is_left_out() -> None:
    withheld = Withheld(secrets=(Secret(SecretKind.NAME, "Child"), Secret(SecretKind.NAME, "Robin")))
    assert withheld.leave_out("Robin ate. Warm.").text == "Warm."
    beside = Withheld(secrets=(Secret(SecretKind.NAME, "Robin"), Secret(SecretKind.ADDRESS, "child This")))
    assert beside.leave_out("Robin! Robin! Warm.").text == "Warm."


@given(st.text())
def test_text_without_anything_withheld_comes_back_as_it_was(text: str) -> None:
    assert Withheld().scrub(text).text == text
    assume("zzzz" not in text.casefold())
    withheld = Withheld(secrets=(Secret(SecretKind.SCHOOL, "zzzz"),))
    assert withheld.scrub(text).text == withheld.leave_out(text).text == text
    assert Withheld().leave_out(text).text == text


def test_losses_are_counted_by_section() -> None:
    postcode = Secret(SecretKind.POSTCODE, "DY1 1AA")
    school = Secret(SecretKind.SCHOOL, "Hollow Lane", Why.GIVES_ADDRESS_AWAY)
    assert losses([("History", postcode), ("Findings", school), ("History", postcode)]) == (
        Loss(SecretKind.POSTCODE, Why.MARKED, "History", 2),
        Loss(SecretKind.SCHOOL, Why.GIVES_ADDRESS_AWAY, "Findings", 1),
    )


def test_an_entry_is_seen_unless_it_is_withheld_from_a_viewer() -> None:
    entry = Entry(id="e1", kind="event", withheld_from=(DEAN,))
    assert not may_see({ROSE, DEAN}, entry)
    assert may_see({ROSE}, entry)
