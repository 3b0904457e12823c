"""What is worth another look in what was written, on both sides of each boundary."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcp2_app.domain.answers import Evidence, EvidenceSource, UnitAnswer
from gcp2_app.domain.assessment import Assessment
from gcp2_app.domain.coaching import (
    Advice,
    CoachingWords,
    Place,
    SiblingText,
    Suggestion,
    Written,
    initials_in,
    is_stock,
    middle_grade,
    opinions_in,
    repeats,
    same_as,
    suggestions,
    suggestions_at,
    written_in,
)
from gcp2_app.domain.instrument import Descriptors
from tests.domain.packs import make_assessment, make_four_grade_pack, make_pack, make_unit, scored

PACK = make_pack()
WORDS = CoachingWords(
    not_initials=frozenset({"I", "A", "GP"}),
    opinion=("dirty", "attention seeking", "good"),
    stock=("too young to speak", "too young", "n a"),
    voice_least_words=4,
    descriptor_words=4,
    sibling_words=4,
    middle_least_units=4,
    middle_percent=75,
)
SEEN, SAID = EvidenceSource.SEEN_AT_HOME, EvidenceSource.CARER_SAID


def with_evidence(text: str, source: EvidenceSource = SEEN, code: str = "A1.a") -> Assessment:
    piece = Evidence(id="p1", text=text, source=source)
    return make_assessment(units={code: UnitAnswer(evidence=(piece,))})


def advised(assessment: Assessment, *siblings: SiblingText) -> list[tuple[Advice, str, str, tuple[str, ...]]]:
    return [
        (each.advice, each.field, each.code, each.found)
        for each in suggestions(PACK, assessment, WORDS, siblings)
        if each.advice is not Advice.VOICE_EMPTY
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("J fed the baby.", ("J",)),
        ("J.P. was there, and so was K.", ("J.P.", "K.")),
        ("JP, then JP again", ("JP",)),
        ("I saw a GP. A cup stood there.", ()),
        ("Kerry gave Nell a drink.", ()),
        ("unit A1 and GCP2 and A&E", ()),
        ("ABCD stands for something", ()),
        ("NO FOOD AT ALL", ()),
        ("K", ("K",)),
        ("", ()),
    ],
)
def test_initials(text: str, found: tuple[str, ...]) -> None:
    assert initials_in(text, WORDS) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The floor was dirty and the cot was Dirty.", ("dirty",)),
        ("An attention-seeking child", ("attention seeking",)),
        ("She said “it is dirty” and went out.", ()),
        ('He called it "good", then left.', ()),
        ("goods on the shelf", ()),
        ("", ()),
    ],
)
def test_words_of_opinion(text: str, found: tuple[str, ...]) -> None:
    assert opinions_in(text, WORDS) == found


def test_opinion_is_told_only_in_what_was_seen() -> None:
    assert advised(with_evidence("The floor was dirty.")) == [(Advice.OPINION, "evidence", "A1.a", ("dirty",))]
    assert advised(with_evidence("The floor was dirty.", SAID)) == []
    assert advised(replace(make_assessment(), child_voice="x y z w", analysis="The care is good.")) == []


def test_initials_are_told_in_every_text() -> None:
    for field in ("child_wishes", "analysis", "meaning_so_far", "meaning_ahead"):
        assessment = replace(make_assessment(units={}), **{field: "K cries."})  # type: ignore[arg-type]  # a text
        assert (Advice.INITIALS, field, "", ("K",)) in advised(assessment)
    note = make_assessment(units={"A1.a": UnitAnswer(note="K cries.")})
    assert advised(note) == [(Advice.INITIALS, "note", "A1.a", ("K",))]


def test_so_many_words_running_from_a_descriptor() -> None:
    unit = replace(make_unit("A1.a"), descriptors=(Descriptors(grades=("one two three four five", "six")),))
    assert repeats("Well: Two, three four FIVE!", unit, 4)
    assert not repeats("two three four six", unit, 4)
    assert not repeats("three four five", unit, 4)


def test_evidence_that_is_the_descriptor_is_told() -> None:
    subarea = PACK.subareas["A4"]
    text = subarea.units[0].descriptors[0].grades[0]
    short = replace(WORDS, descriptor_words=2)
    assessment = with_evidence(text, SAID, "A4")
    found = suggestions(PACK, assessment, short)
    assert Suggestion(advice=Advice.REPEATS_DESCRIPTOR, field="evidence", code="A4") in found
    note = make_assessment(units={"A4": UnitAnswer(note=text), "gone": UnitAnswer(evidence=(Evidence(text=text),))})
    assert all(each.advice is not Advice.REPEATS_DESCRIPTOR for each in suggestions(PACK, note, short))


@pytest.mark.parametrize(
    ("text", "stock"),
    [
        ("Nell is too young to speak.", True),
        ("N/A", True),
        ("Too young. Too young to speak.", True),
        ("Nell is too young to speak but smiles at her mother.", False),
        ("Nell waves.", False),
        ("Smiles, turns, reaches. Too young to speak", True),
        ("Smiles, turns, reaches, babbles. Too young to speak", False),
    ],
)
def test_a_voice_that_would_fit_any_child(text: str, stock: bool) -> None:
    assert is_stock(text, WORDS) is stock
    found = suggestions(PACK, replace(make_assessment(units={}), child_voice=text), WORDS)
    assert (Suggestion(advice=Advice.VOICE_STOCK, field="child_voice") in found) is stock


def test_an_empty_voice_is_told_once_something_is_graded() -> None:
    empty = Suggestion(advice=Advice.VOICE_EMPTY, field="child_voice")
    blank = replace(make_assessment(units={}), child_voice=" ")
    assert empty not in suggestions(PACK, blank, WORDS)
    graded = replace(blank, units={"A4": scored(2)})
    assert suggestions(PACK, graded, WORDS) == (empty,)
    assert empty not in suggestions(PACK, replace(graded, child_voice="She waves at the dog."), WORDS)


def test_the_same_text_for_a_sibling_is_told_with_the_name() -> None:
    theirs = Written(text="Warm, dry and well fed.", field="analysis")
    ours = Written(text="warm dry and well fed", field="analysis")
    siblings = (SiblingText(name="Fern", written=theirs), SiblingText(name="Fern", written=theirs))
    assert same_as(ours, siblings, WORDS) == ("Fern",)
    assert same_as(replace(ours, text="warm dry and fed"), siblings, WORDS) == ()
    short = SiblingText(name="Fern", written=Written(text="warm dry fed", field="analysis"))
    assert same_as(replace(ours, text="warm dry fed"), (short,), WORDS) == ()


def test_one_piece_of_evidence_on_two_children_is_no_copy() -> None:
    text = "No food in the cupboards at all."
    theirs = Written(text=text, field="evidence", code="A1.a", piece="p1", seen=True)
    same, other = (SiblingText(name="Fern", written=replace(theirs, piece=piece)) for piece in ("p1", "p2"))
    none = SiblingText(name="Fern", written=replace(theirs, piece=None))
    assert advised(with_evidence(text), same) == []
    for sibling in (other, none):
        assert advised(with_evidence(text), sibling) == [(Advice.SAME_AS_SIBLING, "evidence", "A1.a", ("Fern",))]


def test_texts_are_the_ones_that_are_not_empty() -> None:
    units = {"A1.a": UnitAnswer(note="one", evidence=(Evidence(text="two", source=SEEN), Evidence(text=" ")))}
    blank = make_assessment(units=units)
    blank = replace(blank, child_voice="", child_wishes="", analysis="three", meaning_so_far="", meaning_ahead="")
    found = written_in(blank)
    assert [(each.text, each.field, each.seen) for each in found] == [
        ("one", "note", False),
        ("two", "evidence", True),
        ("three", "analysis", False),
    ]


@pytest.mark.parametrize(("middle", "others", "told"), [(3, 1, True), (4, 0, True), (3, 0, False), (2, 2, False)])
def test_mostly_the_middle_grade(middle: int, others: int, told: bool) -> None:
    codes = list(PACK.units_in("2-5"))
    units = {code: scored(3) for code in codes[:middle]}
    units |= {code: scored(2) for code in codes[middle : middle + others]}
    found = [each for each in advised(make_assessment(units=units)) if each[0] is Advice.MOSTLY_MIDDLE]
    expected = [(Advice.MOSTLY_MIDDLE, "units", "", (str(middle), str(middle + others), "3"))]
    assert found == (expected if told else [])


def test_an_even_scale_has_no_middle() -> None:
    assert middle_grade(PACK) == 3
    assert middle_grade(make_four_grade_pack()) is None


def test_recorded_elsewhere_gets_no_advice() -> None:
    assert suggestions(PACK, replace(with_evidence("K was dirty."), recorded_elsewhere=True), WORDS) == ()


@given(st.text(max_size=60))
def test_no_text_breaks_it_and_each_suggestion_comes_once(text: str) -> None:
    found = suggestions(PACK, replace(with_evidence(text), child_voice=text, analysis=text), WORDS)
    assert len(set(found)) == len(found)


def test_beside_a_text_stands_what_is_said_of_that_text_alone() -> None:
    pieces = (Evidence(id="p1", text="J was there.", source=SEEN), Evidence(id="p2", text="A dirty cot.", source=SEEN))
    assessment = make_assessment(units={"A1.a": UnitAnswer(evidence=pieces), "A4": UnitAnswer(evidence=pieces[:1])})
    of_first = Suggestion(advice=Advice.INITIALS, field="evidence", code="A1.a", found=("J",))
    of_second = Suggestion(advice=Advice.OPINION, field="evidence", code="A1.a", found=("dirty",))
    at = Place(field="evidence", code="A1.a", piece="p1")
    assert suggestions_at(PACK, assessment, at, WORDS) == (of_first,)
    assert suggestions_at(PACK, assessment, replace(at, piece="p2"), WORDS) == (of_second,)
    assert suggestions_at(PACK, assessment, replace(at, piece=None), WORDS) == (of_first, of_second)
    assert suggestions_at(PACK, assessment, replace(at, piece="p3"), WORDS) == ()
    assert suggestions_at(PACK, replace(assessment, recorded_elsewhere=True), at, WORDS) == ()


_TEXTS = st.sampled_from(
    ["", "J fed the baby.", "A dirty, good floor.", "too young to speak", "She looks for her cup."]
)


@given(voice=_TEXTS, wishes=_TEXTS, first=_TEXTS, second=_TEXTS, note=_TEXTS)
def test_what_stands_beside_the_texts_is_what_the_review_says(
    voice: str, wishes: str, first: str, second: str, note: str
) -> None:
    pieces = (Evidence(id="p1", text=first, source=SEEN), Evidence(id="p2", text=second, source=SAID))
    units = {"A1.a": replace(scored(2), evidence=pieces, note=note), "A4": UnitAnswer(evidence=pieces[1:])}
    assessment = replace(make_assessment(units=units), child_voice=voice, child_wishes=wishes)
    siblings = (SiblingText(name="Robin", written=Written(text="She looks for her cup.", field="child_wishes")),)
    places = [
        *(Place(field=name) for name in ("child_voice", "child_wishes", "analysis", "meaning_so_far", "meaning_ahead")),
        *(Place(field=name, code=code) for name in ("note", "evidence") for code in units),
    ]
    beside = [each for at in places for each in suggestions_at(PACK, assessment, at, WORDS, siblings)]
    whole = [each for each in suggestions(PACK, assessment, WORDS, siblings) if each.field != "units"]
    assert sorted(beside, key=repr) == sorted(whole, key=repr)
