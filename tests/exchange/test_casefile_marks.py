"""What is odd between records is marked, and goes in all the same."""

from typing import Any

import pytest

from gcp2_app.domain.assessment import Assessment
from gcp2_app.domain.register import Child
from gcp2_app.exchange.casefile import Record, Section
from tests.exchange.cases import family, read


def case(**assessment: Any) -> dict[str, Any]:
    """Return the family with a child of seven and one assessment of hers, changed."""
    document = family()
    document["children"][0]["date_of_birth"] = "2019-03-04"
    document["assessments"][0] |= {"window": {"from": "2026-01-05", "to": "2026-01-26"}} | assessment
    return document


def notes(document: dict[str, Any], **more: Any) -> list[tuple[str, str]]:
    """Return place and note of every mark; nothing stays out."""
    case_file = read(document, **more)
    assert case_file.quarantined == ()
    return [(mark.path, mark.note) for mark in case_file.marks]


def test_a_case_in_order_has_no_mark() -> None:
    assert notes(case()) == []


@pytest.mark.parametrize(
    ("window", "more", "place", "note"),
    [
        (("2019-03-03", "2019-03-20"), {"band": "0-2"}, "window.from", "before the child was born"),
        (("2026-11-24", "2026-12-20"), {}, "window.from", "has not begun"),
        (("2026-01-05", "2026-01-26"), {"signed_off_on": "2026-01-04"}, "signed_off_on", "before its window began"),
        (
            ("2026-11-02", "2026-11-20"),
            {"state": "signed_off", "signed_off_on": "2026-11-24"},
            "signed_off_on",
            "has not come",
        ),
        (("2026-01-05", "2026-01-26"), {"band": "2-5"}, "band", "not the child’s by age"),
        (
            ("2026-01-05", "2026-01-26"),
            {"units": {"D1": {"state": "scored", "grade": 5}}},
            "band",
            "not the child’s by age",
        ),
    ],
)
def test_days_and_bands_that_cannot_be_are_marked(
    window: tuple[str, str], more: dict[str, Any], place: str, note: str
) -> None:
    first, last = window
    found = notes(case(window={"from": first, "to": last}, **more))
    assert [path for path, _ in found] == [f"assessments[0].{place}"]
    assert note in found[0][1]


@pytest.mark.parametrize(
    ("window", "more"),
    [
        (("2019-03-04", "2019-03-20"), {}),
        (("2026-11-23", "2026-12-20"), {}),
        (("2026-01-05", "2026-01-26"), {"signed_off_on": "2026-01-05"}),
        (("2026-11-02", "2026-11-20"), {"state": "signed_off", "signed_off_on": "2026-11-23"}),
        (("2026-01-05", "2026-01-26"), {"band": "2-5", "band_reason": "delayed"}),
    ],
)
def test_days_and_bands_that_can_be_are_not(window: tuple[str, str], more: dict[str, Any]) -> None:
    first, last = window
    assert notes(case(window={"from": first, "to": last}, **more)) == []


def test_evidence_names_a_visit_and_nothing_else() -> None:
    document = case()
    document["entries"].append({"id": "v1", "kind": "visit", "children": ["c1"], "data": {"mode": "home"}})
    answer = document["assessments"][0]["units"]["A1.a"]
    answer["evidence"] = [{"text": "x", "source": "seen_at_home", "visit": "v1"}]
    assert notes(document) == []
    answer["evidence"][0]["visit"] = "e1"
    assert notes(document) == [("assessments[0].units.A1.a.evidence[0].visit", "this names an entry that is no visit.")]


def test_two_children_who_seem_to_be_one_are_marked() -> None:
    document = case()
    twin = document["children"][0] | {"id": "c9", "given_names": "kit"}
    document["children"].append(twin)
    assert notes(document) == [("children[2]", "this may be the same child as c1 of this file.")]
    twin["date_of_birth"] = "2019-03-05"
    assert notes(document) == []


def test_a_child_of_the_store_who_seems_to_be_the_same_is_named_for_newcomers_only() -> None:
    def known(section: Section, id_: str) -> Record | None:
        return Child(id="c2") if (section, id_) == (Section.CHILDREN, "c2") else None

    found = notes(case(), stored=known, alike=lambda _: ["c7", "c8"])
    assert found == [("children[0]", "this may be the same child as c7, who is in the store already.")]


def test_what_is_signed_off_in_the_store_and_differs_is_marked() -> None:
    document = case(state="signed_off", signed_off_on="2026-01-28")
    (signed,) = read(document).assessments

    def known(section: Section, _id: str) -> Record | None:
        return signed if section is Section.ASSESSMENTS else None

    assert isinstance(signed, Assessment)
    assert notes(document, stored=known) == []
    document["assessments"][0]["analysis"] = "Something else."
    ((path, note),) = notes(document, stored=known)
    assert path == "assessments[0]"
    assert "the signed-off one is kept" in note
