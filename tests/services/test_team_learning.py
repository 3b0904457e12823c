"""The team learning report: counts of families, and nobody in them."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from gcp2_app.domain.entries import Entry, Source
from gcp2_app.domain.readers import Audience
from gcp2_app.domain.register import Address, Agency, Carer, Child, Household, Member, Person
from gcp2_app.domain.users import Role
from gcp2_app.domain.when import When
from gcp2_app.errors import InvalidValue, NotAllowed
from gcp2_app.services import learning, register
from gcp2_app.services.documents.making import Wanted, preview
from gcp2_app.services.session import Session
from tests.reports.leaks import found_in, nothing_of, page_text
from tests.stores import add_user, as_user

_DAY = date(2026, 8, 12)
_WANTED = Wanted(kind="team_learning", audience=Audience.PARTNERSHIP)
#: Everything by which somebody could be known.
_WORDS = (
    *(
        "Quokka",
        "Numbat",
        "Wombat",
        "Bilby",
        "O’Potoroo",
        "Potoroo-Kowari",
        "Dunnart",
        "DY1 1AA",
        "Wallaby",
        "Bandicoot",
    ),
    *("12 August", "2026-08-12", "August 2026", "Practice Alex", "owner", "asmith"),
)


def _family(session: Session, number: int, *, children: int = 1, requests: int = 1, decided: bool = True) -> None:
    """Add a family whose every word is one that may not be found again."""
    carer = register.save_person(session, Person(id="", name=f"Quokka O’Potoroo {number}"))
    home = Address(lines=("4 Dunnart Lane",), postcode="DY1 1AA", authority="Wallaby")
    made = [
        register.save_child(
            session,
            Child(
                id="",
                given_names=f"Numbat{'abcdefgh'[number % 8]}",
                family_name="Potoroo-Kowari",
                date_of_birth=date(2019, 1, 1) + timedelta(days=number),
                school="Bandicoot Primary",
                carers=(Carer(person=carer.id, relationship="mother"),),
            ),
        )
        for _ in range(children)
    ]
    register.save_household(
        session, Household(id="", members=tuple(Member(who=child.id) for child in made), addresses=(home,))
    )
    with session.store.transaction() as tx:
        for child in made:
            for each in range(requests):
                when = _DAY - timedelta(days=20 * each)
                decision = {"decided_on": when.isoformat(), "outcome": "advice"} if decided else {}
                tx.entries.put(
                    Entry(
                        id=f"{child.id}-{each}",
                        kind="referral",
                        children=(child.id,),
                        when=When.on(when),
                        source=Source(name="Mrs Wombat", role="Bilby", agency=Agency.SCHOOL),
                        what="quokka and NUMBAT of dunnart-lane",
                        data={"by_agency": "school", "incident": f"Bilby {each}", **decision},
                    ),
                    by=None,
                )


def _text(session: Session, **more: object) -> str:
    copy = preview(session, replace(_WANTED, **more))  # type: ignore[arg-type]
    assert copy.losses == ()
    return " ".join(page_text(copy.content).split())


def test_nobody_can_be_recognised_in_any_part_of_the_file(session: Session) -> None:
    for number in range(7):
        _family(session, number, requests=4)
    copy = preview(session, _WANTED)
    nothing_of(copy.content, _WORDS)
    assert found_in(copy.content, ["There were three separate requests"])


def test_families_are_counted_once_and_small_counts_are_not_shown(session: Session) -> None:
    for number in range(6):
        _family(session, number, requests=4, children=2 if number else 1)
    _family(session, 6)
    for number in range(7, 10):
        _family(session, number, decided=False)
    text = _text(session)
    assert "Families At least 10;" in text
    assert "October 2025 to September 2026" in text
    # Six families, all of them still: what is no longer so is none, and could be worked out.
    assert re.search(r"There were three separate requests for help within a year\. 6 not shown not shown", text)
    # Three families wait for a decision, and seven have it.
    assert re.search(r"acknowledged or decided In time: within 1 working day\. 10 not shown", text)
    assert "In time: within" in text
    rest = text[text.index("Nothing was found in 5 families or more") :]
    assert "LP4:" in rest


def test_of_few_families_and_few_people_nothing_is_counted(session: Session) -> None:
    for number in range(4):
        _family(session, number, requests=4, children=3)
    text = _text(session)
    assert "Families Fewer than 5" in text
    assert "There are fewer than 5 families: nothing is counted." in text
    assert "No step was begun in 5 families or more." in text
    assert "There are fewer than 5 people who sign in" in text


def test_a_restricted_record_and_one_out_of_reach_are_left_out(session: Session) -> None:
    for number in range(5):
        _family(session, number, requests=4)
    assert "Families At least 5" in _text(session)
    with session.store.transaction() as tx:
        child = next(iter(tx.children.all()))
    register.save_child(session, replace(child, restricted=True))
    assert "Families Fewer than 5" in _text(session)


def test_who_has_read_is_counted_where_there_are_enough_people(session: Session) -> None:
    for number in range(4):
        add_user(session, f"kit{number}", Role.PRACTITIONER)
    for number in range(4):
        learning.mark_read(as_user(session, f"kit{number}"), "LP9")
    text = _text(session)
    assert re.search(r"LP9: \D*5 not shown not shown", text)
    nothing_of(preview(session, _WANTED).content, ["kit0", "Practice kit"])


def test_the_same_quarter_says_the_same_and_a_first_day_makes_it_shorter(session: Session) -> None:
    _family(session, 0)
    assert "July 2026" not in _text(session)
    assert "July to September 2026" in _text(session, since=date(2026, 8, 1))


def test_it_is_a_supervisors_for_the_partnership(session: Session) -> None:
    add_user(session, "kit", Role.PRACTITIONER)
    with pytest.raises(NotAllowed):
        preview(as_user(session, "kit"), _WANTED)
    with pytest.raises(InvalidValue, match="not made for that reader"):
        preview(session, replace(_WANTED, audience=Audience.PARENT))
