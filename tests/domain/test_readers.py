"""Who gets what of a record: by preset, by person, and what is ticked; every loss is listed with its reason."""

from dataclasses import replace
from datetime import date

import pytest

from gcp2_app.domain.answers import Evidence, EvidenceSource, UnitAnswer, UnitState
from gcp2_app.domain.assessment import Assessment, SharingHeldBack
from gcp2_app.domain.entries import Entry, Source
from gcp2_app.domain.readers import (
    ANALYSIS,
    ANALYSIS_LEFT_OUT,
    AUDIENCES,
    CHILD_VOICE,
    READ_BY,
    VOICE_LEFT_OUT,
    Audience,
    Copying,
    Reader,
)
from gcp2_app.domain.register import Agency
from gcp2_app.domain.withheld import Secret, SecretKind, Why

ENTRIES = {
    "plain": Entry(id="plain", kind="event"),
    "third": Entry(id="third", kind="event", third_party=True),
    "harm": Entry(id="harm", kind="event", harm_if_disclosed=True),
    "withheld": Entry(id="withheld", kind="event", withheld_from=("p9",)),
    "safety": Entry(id="safety", kind="event", data={"worker_safety": True}),
    "neighbour": Entry(id="neighbour", kind="event", source=Source(name="Mrs Vole", agency=Agency.NEIGHBOUR)),
    "said": Entry(id="said", kind="statement"),
    "legal": Entry(id="legal", kind="meeting", data={"type": "legal_planning"}),
    "unsafe": Entry(id="unsafe", kind="statement", data={"safe_to_show": False}),
}
EVERYTHING = set(ENTRIES)


@pytest.mark.parametrize(
    ("audience", "lost"),
    [
        (Audience.OWN_AGENCY, set()),
        (Audience.CONFERENCE_CHAIR, set()),
        (Audience.CORE_GROUP, {"harm", "withheld", "safety", "neighbour", "unsafe", "legal"}),
        (Audience.COURT, {"harm", "withheld", "safety", "unsafe", "legal"}),
        (Audience.PARENT, EVERYTHING - {"plain"}),
        (Audience.CHILD, EVERYTHING - {"plain", "said", "unsafe"}),
        (Audience.GP, {"harm", "withheld", "unsafe"}),
        (Audience.OTHER_PROFESSIONAL, {"harm", "withheld", "unsafe"}),
        (Audience.PARTNERSHIP, EVERYTHING - {"plain"}),
    ],
)
def test_each_preset_leaves_out_what_its_reader_may_not_see(audience: Audience, lost: set[str]) -> None:
    copying = Copying(Reader(audience=audience))
    kept = {entry.id for entry in copying.entries(ENTRIES.values(), "History")}
    assert kept == EVERYTHING - lost
    listed = [secret for _, secret in copying.taken if secret.kind is SecretKind.ENTRY]
    assert len(listed) == len(lost)
    assert copying.hidden(ENTRIES.values()).keys() == lost
    assert audience in AUDIENCES
    assert (audience in READ_BY) is (audience is not Audience.OWN_AGENCY)


def test_ticked_entries_are_shown_but_never_what_is_withheld_from_the_reader() -> None:
    shown = frozenset(ENTRIES)
    assert Reader(audience=Audience.PARENT, shown=shown).why_not(ENTRIES["third"]) is None
    reader = Reader(audience=Audience.PARENT, people=frozenset({"p9"}), shown=shown)
    assert reader.why_not(ENTRIES["withheld"]) is Why.MARKED
    own = Reader(people=frozenset({"p9"}))
    assert own.why_not(ENTRIES["withheld"]) is Why.MARKED
    assert Reader(without=frozenset({"plain"})).why_not(ENTRIES["plain"]) is Why.CHOSEN


@pytest.mark.parametrize(
    ("audience", "never"),
    [
        (Audience.PARENT, {"harm", "unsafe", "withheld", "safety", "legal"}),
        (Audience.CHILD, {"harm", "withheld", "safety", "legal"}),
        (Audience.PARTNERSHIP, {"harm", "unsafe", "withheld", "safety", "legal"}),
        (Audience.CORE_GROUP, {"harm", "unsafe", "withheld", "safety", "legal"}),
        (Audience.COURT, {"safety", "legal"}),
        (Audience.GP, set()),
    ],
)
def test_no_tick_shows_the_family_what_could_do_harm(audience: Audience, never: set[str]) -> None:
    reader = Reader(audience=audience, shown=frozenset(ENTRIES))
    assert {id_ for id_, entry in ENTRIES.items() if reader.why_not(entry) is not None} == never


def test_a_tick_shows_what_is_left_out_for_several_reasons_only_if_each_of_them_allows_it() -> None:
    entry = Entry(id="e", kind="event", third_party=True, harm_if_disclosed=True)
    assert Reader(audience=Audience.PARENT, shown=frozenset({"e"})).why_not(entry) is Why.HARM
    assert Reader(audience=Audience.COURT, shown=frozenset({"e"})).why_not(entry) is None


def test_a_copy_remembers_what_was_asked_for_and_which_parts_could_be_ticked() -> None:
    copying = Copying(Reader(audience=Audience.PARENT))
    for section in ("History", "Seen", "History"):
        copying.entries([ENTRIES["plain"], ENTRIES["harm"]], section)
    assert copying.asked == {"plain": ["History", "Seen"], "harm": ["History", "Seen"]}
    assert copying.ticks == set()
    copying.assessment(Assessment(id="a", child="c", child_voice="Cold.", analysis="Neglect."), {}, "Findings")
    assert copying.ticks == {CHILD_VOICE, ANALYSIS}
    said = UnitAnswer(state=UnitState.SCORED, grade=4, evidence=(_piece(EvidenceSource.CHILD_SAID),))
    other = Copying(Reader(audience=Audience.PARENT))
    other.assessment(Assessment(id="a", child="c", units={"A1.a": said}), {}, "Findings")
    assert other.ticks == {CHILD_VOICE}


def test_who_told_in_confidence_stays_in_the_agency_and_a_loss_is_listed_once_in_a_section() -> None:
    copying = Copying(Reader(audience=Audience.CONFERENCE_CHAIR))
    copying.entries([ENTRIES["neighbour"]], "History")
    (entry,) = copying.entries([ENTRIES["neighbour"]], "History")
    assert entry.source == Source(agency=Agency.NEIGHBOUR)
    assert copying.taken == [("History", Secret(SecretKind.SOURCE, "", Why.CONFIDED))]
    (own,) = Copying(Reader()).entries([ENTRIES["neighbour"]], "History")
    assert own == ENTRIES["neighbour"]


def test_a_childs_words_in_an_entry_are_left_out_of_a_parents_copy_unless_ticked() -> None:
    entry = Entry(id="e", kind="event", what="Seen.", child_words="I was cold.")
    copying = Copying(Reader(audience=Audience.PARENT))
    assert copying.entries([entry], "History")[0].child_words == ""
    assert copying.taken == [("History", Secret(SecretKind.WORDS, "", Why.CHILD_WORDS))]
    ticked = Copying(Reader(audience=Audience.PARENT, shown=frozenset({"e"})))
    assert ticked.entries([entry], "History") == (entry,)


def test_what_a_carer_said_is_left_out_of_the_lines_of_a_visit_for_the_other_carer() -> None:
    lines = [{"id": "1", "how": "i_saw", "text": "Warm."}, {"id": "2", "how": "carer_said", "text": "He shouts."}]
    visit = Entry(id="v", kind="visit", what="Warm.", data={"mode": "home", "lines": lines})
    carers = frozenset({"p1", "p2"})
    one = Reader(audience=Audience.PARENT, people=frozenset({"p1"}), carers=carers)
    copying = Copying(one)
    (seen,) = copying.entries([visit], "History")
    assert seen.data == {"mode": "home", "lines": lines[:1]}
    assert copying.taken == [("History", Secret(SecretKind.WORDS, "", Why.THIRD_PARTY))]
    for reader in (replace(one, people=carers), replace(one, shown=frozenset({"v"})), Reader()):
        assert Copying(reader).entries([visit], "History") == (visit,)


def test_who_did_not_agree_at_a_meeting_is_left_out_of_a_copy_for_one_of_the_family_unless_ticked() -> None:
    meeting = Entry(id="m", kind="meeting", data={"type": "core_group", "dissent": "Dean did not agree."})
    carers = frozenset({"p1", "p2"})
    one = Reader(audience=Audience.PARENT, people=frozenset({"p1"}), carers=carers, name="Kerry Marsh")
    for reader in (one, Reader(audience=Audience.CHILD), Reader(audience=Audience.PARENT)):
        copying = Copying(reader)
        (seen,) = copying.entries([meeting], "For the meeting")
        assert seen.data == {"type": "core_group"}
        assert copying.taken == [("For the meeting", Secret(SecretKind.WORDS, "", Why.THIRD_PARTY))]
    for reader in (replace(one, people=carers), replace(one, shown=frozenset({"m"})), Reader(audience=Audience.COURT)):
        assert Copying(reader).entries([meeting], "For the meeting") == (meeting,)


def test_what_a_reader_told_themselves_is_theirs_to_read_and_nobody_elses() -> None:
    own = Entry(
        id="e",
        kind="event",
        third_party=True,
        carer_response="It is impossible to know.",
        source=Source(name="Kerry Marsh", agency=Agency.RELATIVE),
    )
    kerry = Reader(
        audience=Audience.PARENT, people=frozenset({"p1"}), carers=frozenset({"p1", "p2"}), name="Kerry marsh "
    )
    assert kerry.why_not(own) is None
    assert not kerry.leaves_out_response(own)
    assert kerry.why_not(replace(own, harm_if_disclosed=True)) is Why.HARM
    assert kerry.leaves_out_response(replace(own, source=Source(name="Jo Reed", agency=Agency.GP)))
    assert replace(kerry, name="Dean Marsh").why_not(own) is Why.CONFIDED
    # Others read a core group's copy, whoever it is handed to.
    assert replace(kerry, audience=Audience.CORE_GROUP).why_not(own) is Why.CONFIDED
    assert replace(kerry, name="").why_not(replace(own, source=Source(name="", agency=Agency.RELATIVE))) is Why.CONFIDED


def test_what_a_child_said_is_left_out_of_the_lines_of_a_visit_too() -> None:
    lines = [{"id": "1", "how": "i_saw", "text": "Warm."}, {"id": "2", "how": "child_said", "text": "Cold."}]
    visit = Entry(id="v", kind="visit", what="Warm.", data={"mode": "home", "lines": lines})
    copying = Copying(Reader(audience=Audience.PARENT))
    (seen,) = copying.entries([visit], "History")
    assert seen.data == {"mode": "home", "lines": lines[:1]}
    assert copying.taken == [("History", Secret(SecretKind.WORDS, "", Why.CHILD_WORDS))]
    for reader in (Reader(audience=Audience.PARENT, shown=frozenset({"v"})), Reader(audience=Audience.CHILD), Reader()):
        assert Copying(reader).entries([visit], "History") == (visit,)
    other = Entry(id="n", kind="note", data={"lines": lines})
    assert Copying(Reader(audience=Audience.PARENT)).entries([other], "History") == (other,)


def _piece(source: EvidenceSource, visit: str | None = None) -> Evidence:
    return Evidence(text=source.value, source=source, visit=visit)


@pytest.mark.parametrize(
    ("reader", "kept"),
    [
        (Reader(), {"seen_at_home", "child_said", "carer_said", "other_professional", "record"}),
        (
            Reader(audience=Audience.CORE_GROUP),
            {"seen_at_home", "child_said", "carer_said", "other_professional", "record"},
        ),
        (Reader(audience=Audience.PARENT), {"seen_at_home"}),
        (Reader(audience=Audience.PARENT, people=frozenset({"p1"})), {"seen_at_home", "carer_said"}),
        (Reader(audience=Audience.PARENT, shown=frozenset({CHILD_VOICE})), {"seen_at_home", "child_said"}),
        (Reader(audience=Audience.CHILD, people=frozenset({"p1"})), {"seen_at_home", "child_said"}),
    ],
)
def test_evidence_goes_by_its_source_and_with_its_visit(reader: Reader, kept: set[str]) -> None:
    pieces = [
        *(_piece(source) for source in EvidenceSource if source is not EvidenceSource.NOT_EVIDENCED),
        _piece(EvidenceSource.SEEN_ELSEWHERE, "hidden"),
    ]
    pieces = [piece for piece in pieces if piece.source is not EvidenceSource.SEEN_ELSEWHERE or piece.visit]
    answer = UnitAnswer(state=UnitState.SCORED, grade=4, evidence=tuple(pieces), carer_comment="She says so.")
    copying = Copying(reader)
    seen = copying.assessment(
        Assessment(id="a", child="c", carers=("p1",), units={"A1.a": answer}), {"hidden": Why.MARKED}, "Findings"
    )
    assert {piece.text for piece in seen.units["A1.a"].evidence} == kept
    comment_goes = "carer_said" not in kept
    assert (seen.units["A1.a"].carer_comment == "") is comment_goes
    assert len(copying.taken) == len(pieces) - len(kept) + comment_goes


_MARKED = Evidence(id="m", text="m", source=EvidenceSource.SEEN_AT_HOME, harm_if_disclosed=True)
_TOLD = Evidence(id="t", text="t", source=EvidenceSource.OTHER_PROFESSIONAL)
_JUDGED = Evidence(id="j", text="j", source=EvidenceSource.OTHER_PROFESSIONAL, third_party=False)
_ABOUT = Evidence(text="a", source=EvidenceSource.SEEN_AT_HOME, third_party=True)
_AWAY = Evidence(id="v", text="v", source=EvidenceSource.SEEN_AT_HOME, visit="told")
_WITH_MARKS = (_MARKED, _TOLD, _JUDGED, _ABOUT, _AWAY)
_ALL_TICKED = frozenset({"evidence m", "evidence t", "evidence a A1.a 3", "evidence v"})


@pytest.mark.parametrize(
    ("reader", "kept", "why"),
    [
        (Reader(), "mtjav", []),
        (Reader(audience=Audience.CONFERENCE_CHAIR), "mtjav", []),
        (Reader(audience=Audience.CORE_GROUP), "tja", [Why.HARM, Why.CONFIDED]),
        (Reader(audience=Audience.GP), "tjav", [Why.HARM]),
        (Reader(audience=Audience.GP, shown=_ALL_TICKED), "mtjav", []),
        (Reader(audience=Audience.PARENT), "j", [Why.HARM, Why.THIRD_PARTY, Why.THIRD_PARTY, Why.CONFIDED]),
        # What could do harm is ticked back for nobody of the family; what goes with a visit is ticked there.
        (Reader(audience=Audience.PARENT, shown=_ALL_TICKED), "tja", [Why.HARM, Why.CONFIDED]),
        (Reader(audience=Audience.CHILD, shown=_ALL_TICKED | {"told"}), "tjav", [Why.HARM]),
        (Reader(without=frozenset({"evidence j"})), "mtav", [Why.CHOSEN]),
    ],
)
def test_each_piece_of_evidence_is_decided_by_its_own_marks(reader: Reader, kept: str, why: list[Why]) -> None:
    visit = Entry(id="told", kind="visit", source=Source(agency=Agency.RELATIVE))
    answer = UnitAnswer(state=UnitState.SCORED, grade=4, evidence=_WITH_MARKS)
    copying = Copying(reader)
    seen = copying.assessment(
        Assessment(id="a", child="c", units={"A1.a": answer}), copying.hidden([visit]), "Findings"
    )
    assert "".join(piece.text for piece in seen.units["A1.a"].evidence) == kept
    assert [secret.why for _, secret in copying.taken] == why


def test_a_copy_remembers_each_piece_of_evidence_once_with_what_a_tick_can_do() -> None:
    copying = Copying(Reader(audience=Audience.PARENT))
    answer = UnitAnswer(state=UnitState.SCORED, grade=4, evidence=(_MARKED, _TOLD, _ABOUT, _AWAY))
    assessment = Assessment(id="a", child="c", units={"A1.a": answer, "A1.b": UnitAnswer(evidence=(_TOLD,))})
    for section in ("Grades", "Findings"):
        copying.assessment(assessment, {"told": Why.MARKED}, section)
    found = {id_: (piece.unit, piece.why, piece.can_change) for id_, piece in copying.pieces.items()}
    assert found == {
        "evidence m": ("A1.a", Why.HARM, False),
        "evidence t": ("A1.a", Why.THIRD_PARTY, True),
        "evidence a A1.a 2": ("A1.a", Why.THIRD_PARTY, True),
    }


def test_an_answer_nothing_of_which_is_left_out_stays_as_it_is() -> None:
    answer = UnitAnswer(state=UnitState.SCORED, grade=2)
    assessment = Assessment(id="a", child="c", units={"A1.a": answer})
    copying = Copying(Reader(audience=Audience.PARENT))
    assert copying.assessment(assessment, {}, "Findings") == assessment
    assert copying.taken == []


def test_the_childs_voice_and_the_analysis_are_said_to_be_left_out_of_a_parents_copy() -> None:
    held = SharingHeldBack(reason="She fears him.", agreed_by="Manager", look_again_on=date(2026, 12, 1))
    assessment = Assessment(
        id="a", child="c", child_voice="Cold.", child_wishes="A bed.", analysis="Neglect.", held_back=(held,),
        day_in_life={"breakfast": "I make it."},
    )  # fmt: skip
    copying = Copying(Reader(audience=Audience.PARENT))
    seen = copying.assessment(assessment, {}, "Findings")
    assert (seen.child_voice, seen.child_wishes, seen.analysis) == (VOICE_LEFT_OUT, "", ANALYSIS_LEFT_OUT)
    assert (seen.meaning_so_far, seen.held_back, dict(seen.day_in_life)) == ("", (), {})
    assert [secret.why for _, secret in copying.taken] == [Why.HARM, Why.ANALYSIS, Why.CHILD_WORDS]
    ticked = Reader(audience=Audience.PARENT, shown=frozenset({CHILD_VOICE, ANALYSIS}))
    assert Copying(ticked).assessment(assessment, {}, "Findings") == replace(assessment, held_back=())
    for audience in (Audience.CORE_GROUP, Audience.COURT, Audience.GP):
        assert Copying(Reader(audience=audience)).assessment(assessment, {}, "Findings").held_back == ()
    assert Copying(Reader(audience=Audience.CONFERENCE_CHAIR)).assessment(assessment, {}, "Findings") == assessment
    child = Copying(Reader(audience=Audience.CHILD)).assessment(assessment, {}, "Findings")
    assert child.child_voice == "Cold."


def test_which_copies_reach_the_family_show_marks_or_name_nobody() -> None:
    assert Reader(audience=Audience.CORE_GROUP).reaches_the_family
    assert not Reader(audience=Audience.GP).reaches_the_family
    assert Reader(audience=Audience.CONFERENCE_CHAIR).sees_marks
    assert not Reader(audience=Audience.COURT).sees_marks
    assert Reader(audience=Audience.PARTNERSHIP).is_anonymous
    assert not Reader().is_anonymous


def test_what_was_sent_to_another_agency_is_cut_where_a_parent_may_come_to_read_it() -> None:
    sent = Entry(id="r", kind="referral", what="No coat.", data={"content": [{"text": "Everybody."}], "level": 3})
    for audience in (Audience.CORE_GROUP, Audience.COURT, Audience.PARENT, Audience.CHILD):
        copying = Copying(Reader(audience=audience))
        assert copying.entries([sent], "History") == (replace(sent, data={"level": 3}),)
        assert [(where, secret.why) for where, secret in copying.taken] == [("History", Why.THIRD_PARTY)]
        ticked = Reader(audience=audience, shown=frozenset({"r"}))
        assert Copying(ticked).entries([sent], "History") == (sent,)
    for audience in (Audience.OWN_AGENCY, Audience.CONFERENCE_CHAIR, Audience.GP):
        assert Copying(Reader(audience=audience)).entries([sent], "History") == (sent,)
    bare = Entry(id="b", kind="referral", data={"level": 3})
    assert Copying(Reader(audience=Audience.PARENT)).entries([bare], "History") == (bare,)
