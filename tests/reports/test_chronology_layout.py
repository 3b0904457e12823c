"""What a curated chronology shows, for whom, and what it leaves out."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from gcp2_app.domain.chronologies import (
    Changes,
    Chronology,
    ChronologyStyle,
    Frozen,
    LeftOut,
    Pick,
    Why,
    changes,
    digest_of,
    freeze,
    frozen_row,
    is_intact,
    without,
)
from gcp2_app.domain.entries import AgencyRecord, Attachment, EnteredInError, Entry, Provenance, Source, Theme
from gcp2_app.domain.register import Agency
from gcp2_app.domain.when import When
from gcp2_app.domain.withheld import Secret, SecretKind, Withheld
from gcp2_app.forms.entry_kinds import load_kinds
from gcp2_app.reports.chronology import Layout, lay_out, offers, reasons

KINDS = load_kinds()
AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
FAMILY, COURT, PROFESSIONAL = ChronologyStyle.FAMILY, ChronologyStyle.COURT, ChronologyStyle.PROFESSIONAL
OWN = Source(name="Sam Rowan", role="social worker", agency=Agency.CHILDRENS_SOCIAL_CARE)


def entry(id_: str, when: Any = "2026-02-03", what: str = "Came in slippers.", **more: Any) -> Entry:
    made = Entry(id=id_, kind="note", children=("c1",), when=When(when), source=OWN, what=what)
    return replace(made, **more)


def laid_out(
    style: ChronologyStyle, *entries: Entry, picks: tuple[Pick, ...] = (), withheld: Withheld | None = None, **more: Any
) -> Layout:
    chosen = picks or tuple(Pick(entry=each.id) for each in entries)
    draft = Chronology(id="k", child="c1", style=style, picks=chosen, **more)
    return lay_out(draft, {each.id: each for each in entries}, KINDS, {}, withheld or Withheld())


def column(layout: Layout, code: str) -> list[str]:
    return [row.cells[layout.columns.index(code)] for row in layout.rows] if code in layout.columns else []


def test_rows_stand_in_time_and_are_numbered() -> None:
    late, early = entry("a", "2026-03-01", "late"), entry("b", {"month": "2025-01"}, "early")
    unknown = entry("c", {"unknown": "mother unsure"}, "some time")
    layout = laid_out(PROFESSIONAL, unknown, late, early)
    assert column(layout, "what") == ["early", "late", "some time"]
    assert column(layout, "number") == ["1", "2", "3"]
    assert column(layout, "when") == ["January 2025", "1 March 2026", "Not known: mother unsure"]


def test_professionals_read_everything_with_its_marks() -> None:
    full = entry(
        "a",
        impact="Cold feet",
        carer_response="Said sorry",
        action_taken="Rang home",
        outcome="Shoes",
        significance="high",
        significance_why="Third time",
        child_words="My feet hurt",
        themes=(Theme.PHYSICAL,),
        known=When("2026-02-04"),
        third_party=True,
        harm_if_disclosed=True,
        withheld_from=("p1",),
        data={"concern": True},
    )
    layout = laid_out(PROFESSIONAL, full, picks=(Pick(entry="a", analysis=" A pattern. "),))
    (row,) = layout.rows
    said = dict(zip(layout.columns, row.cells, strict=True))
    assert said["marks"] == "From a third party, Could do harm if it were disclosed, Withheld from somebody"
    assert said["significance"] == "High: Third time"
    assert said["details"] == "Is this a concern about the child? Yes"
    assert said["source"] == "Sam Rowan, social worker, children’s social care"
    assert (said["analysis"], said["child_words"], said["themes"]) == ("A pattern.", "My feet hurt", "Physical")
    assert layout.left_out == ()
    assert layout.heads[:4] == ("No.", "When it happened", "What happened", "What sort of entry")


def test_columns_without_a_word_are_not_there() -> None:
    assert laid_out(PROFESSIONAL, entry("a")).columns == ("number", "when", "what", "kind", "source")
    empty = laid_out(PROFESSIONAL)
    assert (empty.columns, empty.rows) == (("number", "when", "what"), ())


@pytest.mark.parametrize(
    ("marks", "why"),
    [
        ({"withheld_from": ("p1",)}, Why.WITHHELD),
        ({"harm_if_disclosed": True}, Why.HARM),
        ({"data": {"worker_safety": True}}, Why.WORKER_SAFETY),
        ({"third_party": True}, Why.THIRD_PARTY),
        ({"kind": "statement"}, Why.CHILD_WORDS),
    ],
)
def test_the_family_is_not_given_what_could_do_harm(marks: dict[str, Any], why: Why) -> None:
    layout = laid_out(FAMILY, entry("a"), entry("b", what="SECRET", **marks))
    assert column(layout, "what") == ["Came in slippers."]
    assert layout.left_out == (LeftOut(why=why, times=1),)
    assert "SECRET" not in str(layout)


@pytest.mark.parametrize(
    "why", [Why.WITHHELD, Why.HARM, Why.WORKER_SAFETY, Why.THIRD_PARTY, Why.CHILD_WORDS, Why.IN_ERROR]
)
def test_only_what_may_be_ticked_is_shown_to_the_family_by_a_tick(why: Why) -> None:
    marked = {
        Why.WITHHELD: entry("a", withheld_from=("p1",)),
        Why.HARM: entry("a", harm_if_disclosed=True),
        Why.WORKER_SAFETY: entry("a", data={"worker_safety": True}),
        Why.THIRD_PARTY: entry("a", third_party=True),
        Why.CHILD_WORDS: entry("a", kind="statement"),
        Why.IN_ERROR: entry("a", entered_in_error=EnteredInError(by="w1", at=AT, reason="x")),
    }
    layout = laid_out(FAMILY, marked[why], picks=(Pick(entry="a", shown=tuple(Why)),))
    assert bool(layout.rows) is (why in {Why.THIRD_PARTY, Why.CHILD_WORDS})
    court = laid_out(COURT, marked[why], picks=(Pick(entry="a", shown=tuple(Why)),))
    assert bool(court.rows) is (why not in {Why.WORKER_SAFETY, Why.IN_ERROR})


def test_the_familys_copy_has_no_analysis_and_no_words_of_the_child_unless_ticked() -> None:
    one = entry("a", child_words="Heron", impact="Otter", carer_response="Wren", data={"who_will_act": "Stoat"})
    pick = Pick(entry="a", analysis="Finch")
    plain = laid_out(FAMILY, one, picks=(pick,), analysis="Lapwing")
    assert plain.columns == ("number", "when", "what", "source")
    assert not any(secret in str(plain) for secret in ("Heron", "Otter", "Wren", "Stoat", "Finch", "Lapwing"))
    assert {(loss.why, loss.what, loss.times) for loss in plain.left_out} == {
        (Why.CHILD_WORDS, "The child’s own words", 1),
        (Why.ANALYSIS, "Analysis", 1),
        (Why.ANALYSIS, "Analysis of the whole", 1),
        (Why.NOT_IN_STYLE, "What it means for the child", 1),
        (Why.NOT_IN_STYLE, "How the carer responded", 1),
        (Why.NOT_IN_STYLE, "More", 1),
    }
    ticked = replace(pick, shown=(Why.CHILD_WORDS, Why.ANALYSIS))
    shown = laid_out(FAMILY, one, picks=(ticked,), analysis="Lapwing", shown=(Why.ANALYSIS,))
    assert (column(shown, "child_words"), column(shown, "analysis"), shown.analysis) == (
        ["Heron"],
        ["Finch"],
        "Lapwing",
    )


def test_a_kind_that_says_it_in_its_own_fields_tells_the_family_only_what_it_was() -> None:
    made = entry("a", what="", kind="appointment", data={"service": "Dentist", "status": "not_brought"})
    assert column(laid_out(FAMILY, made), "what") == ["Appointment"]
    (said,) = column(laid_out(COURT, made), "what")
    assert "Dentist" in said
    assert "details" not in laid_out(COURT, made).columns


def test_a_court_reads_source_and_evidence_and_not_what_parents_may_not() -> None:
    whole = entry(
        "a",
        agency_record=AgencyRecord(reference="REF 7"),
        attachments=(Attachment(name="photo.jpg", sha256="0", size=1),),
        provenance=Provenance(batch="b", row=4, sha256="0", whose=Agency.SCHOOL, at=AT),
    )
    dog = entry("d", what="SECRET", data={"worker_safety": True})
    layout = laid_out(COURT, whole, entry("b", harm_if_disclosed=True), entry("c", withheld_from=("p1",)), dog)
    assert "SECRET" not in str(layout)
    (evidence,) = column(layout, "evidence")
    assert evidence == "In the agency’s record: REF 7\nChronology taken in, row 4\nFiles: photo.jpg"
    whys = (Why.HARM, Why.WITHHELD, Why.WORKER_SAFETY)
    assert set(layout.left_out) == {LeftOut(why=why, times=1) for why in whys}


def test_a_court_reads_what_happened_and_not_how_it_is_filed_or_rated() -> None:
    made = entry(
        "a", kind="visit", significance="high", impact="Cold.", data={"mode": "home_inside"}, themes=("medical",)
    )
    assert laid_out(COURT, made).columns == ("number", "when", "what", "impact", "source")
    assert (Why.NOT_IN_STYLE, "How much it matters") in {
        (each.why, each.what) for each in laid_out(COURT, made).left_out
    }


def test_a_long_list_among_the_fields_of_a_kind_is_counted_and_stands_in_the_record() -> None:
    people = [{"role": f"role {number}", "attended": True} for number in range(4)]
    made = entry("a", kind="meeting", what="Core group.", data={"type": "core_group", "invited": people})
    (said,) = column(laid_out(PROFESSIONAL, made), "details")
    assert "People invited: 4, each in the record" in said
    assert "role 1" not in said
    few = entry("a", kind="meeting", what="Core group.", data={"type": "core_group", "invited": people[:3]})
    (said,) = column(laid_out(PROFESSIONAL, few), "details")
    assert "role 2" in said


@pytest.mark.parametrize("style", [FAMILY, COURT, PROFESSIONAL])
def test_what_is_withheld_is_taken_out_of_the_text_parents_may_read(style: ChronologyStyle) -> None:
    withheld = Withheld(secrets=(Secret(SecretKind.ADDRESS, "4 Mill Lane"),))
    layout = laid_out(style, entry("a", what="Moved to 4 Mill Lane."), withheld=withheld)
    if style is PROFESSIONAL:
        assert column(layout, "what") == ["Moved to 4 Mill Lane."]
        return
    assert column(layout, "what") == ["Moved to [withheld]."]
    assert layout.left_out == (LeftOut(why=Why.TAKEN_OUT, what="What happened", times=1),)


def test_a_pick_that_is_gone_is_counted() -> None:
    layout = laid_out(PROFESSIONAL, entry("a"), picks=(Pick(entry="a"), Pick(entry="gone")))
    assert layout.left_out == (LeftOut(why=Why.IN_ERROR, times=1),)


def test_what_can_be_ticked_is_what_is_there_and_left_out() -> None:
    told = entry("a", third_party=True, child_words="words")
    assert offers(told, Pick(entry="a"), PROFESSIONAL) == ()
    assert offers(told, Pick(entry="a", analysis="x"), FAMILY) == (Why.THIRD_PARTY, Why.CHILD_WORDS, Why.ANALYSIS)
    assert offers(entry("a"), Pick(entry="a"), FAMILY) == ()
    assert offers(replace(told, harm_if_disclosed=True), Pick(entry="a"), FAMILY) == ()
    assert offers(replace(told, harm_if_disclosed=True), Pick(entry="a"), COURT) == (Why.HARM,)
    assert reasons(told, PROFESSIONAL) == ()


@pytest.mark.parametrize("agency", [Agency.NEIGHBOUR, Agency.RELATIVE, Agency.ANONYMOUS])
def test_what_somebody_told_who_is_no_agency_is_a_third_partys_until_it_is_said_not_to_be(agency: Agency) -> None:
    told = entry("a", source=Source(name="Mrs Hill", agency=agency))
    assert reasons(told, FAMILY) == (Why.THIRD_PARTY,)
    assert reasons(replace(told, third_party=False), FAMILY) == ()
    assert reasons(replace(told, source=Source(agency=Agency.SCHOOL)), FAMILY) == ()


def version(*cells: tuple[str, ...], analysis: str = "") -> Chronology:
    draft = Chronology(id="k", child="c1", style=PROFESSIONAL, picks=(Pick(entry="e0", analysis="x"),))
    text = Frozen(
        at=AT,
        columns=("number", "what"),
        heads=("No.", "What"),
        rows=tuple(frozen_row(f"e{n}", 1, each) for n, each in enumerate(cells)),
        analysis=analysis,
        sha256="",
    )
    return freeze(draft, text, version=1)


def test_a_digest_tells_whatever_was_altered() -> None:
    made = version(("1", "one"), ("2", "two"), analysis="whole")
    text = made.frozen
    assert text is not None
    assert is_intact(made)
    assert not is_intact(replace(made, frozen=None))
    assert digest_of(replace(made, frozen=None)) == ""
    altered = [
        replace(text, analysis="other"),
        replace(text, by_name="somebody else"),
        replace(text, rows=text.rows[:1]),
        replace(text, rows=text.rows[::-1]),
        replace(text, rows=(replace(text.rows[0], cells=("1", "uno")), text.rows[1])),
        replace(text, left_out=(LeftOut(why=Why.HARM, times=1),)),
    ]
    assert not any(is_intact(replace(made, frozen=each)) for each in altered)
    assert not is_intact(replace(made, version=2))


def test_a_row_that_leaves_the_store_leaves_the_rest_whole() -> None:
    made = without(version(("1", "one"), ("2", "two")), {"e0"})
    assert made.frozen is not None
    assert (made.frozen.rows[0].cells, made.frozen.rows[1].cells) == ((), ("2", "two"))
    assert made.picks[0].analysis == ""
    assert is_intact(made)
    draft = Chronology(id="k", child="c1", style=PROFESSIONAL, picks=(Pick(entry="e0", analysis="x"), Pick(entry="e1")))
    assert without(draft, {"e0"}).picks == (Pick(entry="e0"), Pick(entry="e1"))


def test_what_changed_since_a_version() -> None:
    before = version(("1", "one"), ("2", "two"), ("3", "three"))
    rows = (
        frozen_row("e9", 1, ("1", "nine", "new column")),
        frozen_row("e0", 2, ("2", "uno", "")),
        frozen_row("e1", 5, ("3", "two", "")),
    )
    found = changes(before, rows, "more", ("number", "what", "analysis"))
    assert found == Changes(added=("e9",), gone=("e2",), reworded=("e0",), analysis=True)
    assert found.any
    assert before.frozen is not None
    assert not changes(before, before.frozen.rows, "", ("number", "what")).any
    draft = replace(before, frozen=None)
    assert changes(draft, rows, "", ("number", "what", "analysis")).added == ("e9", "e0", "e1")
