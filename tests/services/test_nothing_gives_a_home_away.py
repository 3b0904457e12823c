"""A family in hiding, as a case file would bring it: an address withheld, and everywhere something that gives it away.

The words stand in what happened, evidence, targets, actions, names of files and of people, in other letters, spellings
and words. Every copy that the person it is withheld from may come to read is searched for them.
"""

import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from gcp2_app.domain.readers import Audience
from gcp2_app.services import casefiles
from gcp2_app.services.documents import choosing
from gcp2_app.services.documents.kinds import KINDS
from gcp2_app.services.documents.making import Form, Wanted, prepare_preview
from gcp2_app.services.session import Session
from tests.reports.leaks import nothing_of, page_text

_DAY = "2026-11-03"
#: What gives the home away, or who told, written as people write.
_SLY = (
    " Seen near TIDDLYWINK LN., Tiddly\u00adwink  Lane, in HALESOWEN; photoTiddlywinkLane4.jpg; B634XX; post to b63;"
    " Thornycroft-Primary, office@thornycroftprimary.sch.uk; St Brannock’s; SAINT BRANNOCKS; Wolverhampton CC;"
    " Ines Wren rang; tel 01632-960-555. JV told us, Mrs V. and the Voles; Jane\u2011Vole; mrsvole@example.org."
)
_HOME = ("tiddlywink", "halesowen", "b634xx", "thornycroft", "brannock", "wolverhampton", "ineswren", "1632960555")
_TELLER = ("janevole", "mrsvole", "thevoles")
_SIBLINGS = ("Persimmon", "sexual) since")
#: Marks, each with a word of its own.
_MARKS: Mapping[str, Mapping[str, Any]] = {
    "Zanzibar": {"third_party": True},
    "Yttrium": {"harm_if_disclosed": True},
    "Xanthippe": {"withheld_from": ["p2"]},
    "Quincunx": {"source": {"name": "Mrs Jane Vole (next door)", "role": "neighbour", "agency": "neighbour"}},
}
_KINDS: Mapping[str, Mapping[str, Any]] = {
    "note": {"concern": True},
    "visit": {"mode": "home", "child_seen": True, "access": "given", "present": "@", "rooms_seen": ["@"]},
    "action": {"what": "@", "who": "@", "agreed_on": _DAY},
    "meeting": {
        "type": "core_group", "held": _DAY, "chair": "@", "contingency": "@", "dissent": "@",
        "decisions_per_child": {"c1": "@", "c2": "Persimmon decided"},
    },
    "support": {"name": "@", "from": _DAY},
    "circumstance": {"name": "@", "from": _DAY, "changed": "@"},
    "move": {"to_authority": "@", "on": _DAY},
    "advocacy": {"status": "accepted", "name": "@", "service": "@"},
}  # fmt: skip


def _with(data: Any, word: str) -> Any:
    if isinstance(data, dict):
        return {key: _with(value, word) for key, value in data.items()}
    if isinstance(data, list):
        return [_with(value, word) for value in data]
    return word if data == "@" else data


def _entries() -> Iterator[dict[str, Any]]:
    for kind, data in _KINDS.items():
        whole = {"kind": kind, "children": ["c1"], "when": _DAY, "themes": ["strength"], "impact": f"Felt.{_SLY}"}
        yield {**whole, "id": f"open-{kind}", "what": f"Open.{_SLY}", "data": _with(data, f"Open{_SLY}")}
        for word, mark in _MARKS.items():
            marked = {"what": f"{word}.", "impact": f"{word}.", "child_words": word, "carer_response": word}
            yield {**whole, **marked, **mark, "id": f"{word}-{kind}", "data": _with(data, word)}
    about = {"children": ["c1"], "when": _DAY}
    yield {**about, "id": "unsafe", "kind": "statement", "what": "Yttrium said.", "data": {"safe_to_show": False}}
    yield {**about, "id": "legal", "kind": "meeting", "what": "Yttrium.", "data": {"type": "legal_planning"}}
    # Another entry is named by how it begins: cut off within what is withheld.
    begins = "Kitchen warm and tidy, tea was laid for 4, Tiddlywink Lane as ever."
    medicine = {"name": "Practice liquid", "dose_as_prescribed": "as on the label"}
    yield {**about, "id": "med", "kind": "medicine", "what": begins, "data": medicine}
    shown = {"medicine": "med", "person": "p2", "correct": True}
    yield {**about, "id": "shown", "kind": "teach_back", "what": "Shown.", "data": shown}
    shared = {"c1": "Own.", "c2": "Persimmon."}
    yield {
        **about, "id": "both", "kind": "event", "children": ["c1", "c2"], "what": "Both.", "relevance": shared,
        "data": {"type": "other"},
    }  # fmt: skip
    yield {**about, "id": "sib", "kind": "note", "children": ["c2"], "what": "Persimmon."}


def _assessment(id_: str, first: str, last: str) -> dict[str, Any]:
    pieces = [
        {"id": "x1", "text": f"Open.{_SLY}", "source": "seen_at_home"},
        {"id": "x2", "text": "Zanzibar.", "source": "other_professional"},
        {"id": "x3", "text": "Yttrium.", "source": "seen_at_home", "harm_if_disclosed": True},
        *(
            {"id": f"x-{word}", "text": f"{word}.", "source": "seen_at_home", "visit": f"{word}-{kind}"}
            for word, kind in (("Yttrium", "note"), ("Quincunx", "visit"), ("Xanthippe", "visit"))
        ),
    ]
    return {
        "id": id_, "child": "c1", "carers": ["p1"], "pack": "graded-care", "pack_version": "1.0.0",
        "window": {"from": first, "to": last}, "state": "signed_off", "signed_off_on": last, "assessors": ["w1"],
        "units": {
            "A1.a": {
                "state": "scored", "grade": 4, "note": f"Open.{_SLY}", "evidence": pieces, "what_changed": _SLY,
                "carer_comment": "Zanzibar.",
            },
            "B1.a": {"state": "scored", "grade": 2},
        },
        "analysis": f"Because.{_SLY}",
        "held_back": [{"reason": "Yttrium.", "agreed_by": "w1", "look_again_on": "2026-12-01"}],
        "targets": [{"unit": "A1.a", "current": 4, "target": 2, "support": f"Help.{_SLY}", "owner": "JV"}],
    }  # fmt: skip


def _family() -> dict[str, Any]:
    carers = [{"person": "p1", "relationship": "mother", "main": True}]
    school = "Thornycroft C of E Primary School, Halesowen"
    home = {
        "lines": ["Flat 2, 4 Tiddlywink Lane, Halesowen"], "postcode": "B63 4XX",
        "authority": "City of Wolverhampton Council", "withheld_from": ["p2"],
    }  # fmt: skip
    return {
        "format": "gcp2-casefile",
        "version": 1,
        "professionals": [{"id": "w1", "name": "Jo Reed", "role": "social worker", "agency": "childrens_social_care"}],
        "people": [
            {"id": "p1", "name": "Rose Practice-Ash", "phone": "01632 960555", "withheld_from": ["p2"]},
            {"id": "p2", "name": "Dean Practice-Marsh"},
            {"id": "p3", "name": "Liam Practice-Stone", "note": "Persimmon."},
        ],
        "households": [{"id": "h1", "members": [{"who": "c1"}, {"who": "c2"}, {"who": "p1"}], "addresses": [home]}],
        "children": [
            {
                "id": "c1", "given_names": "Robin", "family_name": "Practice-Oak", "date_of_birth": "2015-03-04",
                "school": school, "gp": "St Brannock's Surgery", "health_worker": "Ines Wren, school nurse",
                "note": _SLY, "carers": [*carers, {"person": "p2", "relationship": "father"}],
                "allocated": [{"professional": "w1", "role": "social_worker", "from": "2026-01-10"}],
            },
            {
                "id": "c2", "given_names": "Fern", "family_name": "Practice-Oak", "date_of_birth": "2020-03-04",
                "school": school, "note": "Persimmon.", "disability": "Persimmon.",
                "carers": [*carers, {"person": "p3", "relationship": "father"}],
                "statuses": [{"status": "child_protection", "category": "sexual", "from": "2026-01-10"}],
            },
        ],
        "assessments": [
            _assessment("a1", "2026-02-01", "2026-02-20"), _assessment("a2", "2026-08-01", "2026-08-20"),
        ],
        "entries": list(_entries()),
    }  # fmt: skip


@pytest.fixture
def family(session: Session, tmp_path: Path) -> Session:
    """The family in a store."""
    path = tmp_path / "family.json"
    path.write_text(json.dumps(_family(), ensure_ascii=False), encoding="utf-8")
    assert casefiles.import_(session, path).quarantined == ()
    return session


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text)
    return re.sub(r"[\W_]+", "", "".join(each for each in letters if unicodedata.category(each) != "Mn")).casefold()


@pytest.mark.parametrize(
    ("kind", "audience", "person"),
    [
        ("assessment", Audience.CORE_GROUP, ""),
        ("assessment", Audience.PARENT, "p2"),
        ("conference", Audience.COURT, ""),
        ("conference", Audience.PARENT, "p2"),
        ("core_group", Audience.PARENT, ""),
        ("chronology", Audience.COURT, "p2"),
        ("chronology_family", Audience.PARENT, ""),
        ("family_summary", Audience.PARENT, "p2"),
        ("subject_access", Audience.PARENT, "p2"),
    ],
)
def test_no_copy_for_somebody_it_is_withheld_from_gives_it_away(
    family: Session, kind: str, audience: Audience, person: str
) -> None:
    recipient = "Rose, 4 Tiddlywink Lane, B63 4XX"
    prepared = prepare_preview(
        family, Wanted(kind=kind, child="c1", audience=audience, person=person, recipient=recipient)
    )
    made = prepared.write()
    texts = {"pdf": page_text(made.content), "text": prepared.write(Form.TEXT).content.decode()}
    if KINDS[kind].is_table:
        texts["csv"] = prepared.write(Form.CSV).content.decode()
        with zipfile.ZipFile(io.BytesIO(prepared.write(Form.XLSX).content)) as sheets:
            texts["xlsx"] = "\n".join(sheets.read(name).decode() for name in sheets.namelist())
    words = [*_HOME, *_TELLER, "Yttrium", "Xanthippe"]
    if audience is Audience.PARENT:
        words += [*_SIBLINGS, "Zanzibar", "Quincunx"]
    for form, text in texts.items():
        assert [word for word in words if _plain(word) in _plain(text)] == [], form
        assert not re.search(r"\bJV\b|\bMrs V\b", text), form
    assert made.losses


def test_a_new_name_is_in_no_copy_for_somebody_it_is_withheld_from(session: Session, tmp_path: Path) -> None:
    held = _family()
    named = " ZEPHYRINE’s coat; Zéphyrine Quillfeather; QuillfeatherZephyrine.jpg; the Quillfeathers; zeph@x."
    held["children"][0] |= {
        "given_names": "Zephyrine", "family_name": "Quillfeather", "aliases": ["Zeph"], "name_withheld_from": ["p2"],
    }  # fmt: skip
    for entry in held["entries"]:
        entry["what"] += named
    path = tmp_path / "named.json"
    path.write_text(json.dumps(held, ensure_ascii=False), encoding="utf-8")
    assert casefiles.import_(session, path).quarantined == ()
    for kind in ("conference", "chronology_family"):
        made = prepare_preview(session, Wanted(kind=kind, child="c1", person="p2")).write().content
        nothing_of(made, ["zephyrine", "quillfeather"])


def test_the_mothers_own_copy_holds_her_home_and_not_who_told(family: Session) -> None:
    prepared = prepare_preview(family, Wanted(kind="conference", child="c1", person="p1"))
    text = prepared.write(Form.TEXT).content.decode()
    assert "Tiddlywink" in text
    # Whose mother she is, too.
    assert "Child protection plan (sexual)" in text
    assert [word for word in (*_TELLER, "Yttrium", "Zanzibar", "Quincunx") if _plain(word) in _plain(text)] == []


def test_losses_of_a_persons_copy_name_only_parts_it_has(family: Session) -> None:
    prepared = prepare_preview(family, Wanted(kind="subject_access", child="c1", person="p2"))
    assert {where for where, _ in prepared.taken} <= {
        "Who the record is about",
        "Assessments",
        "Everything that was written down, in order of time",
    }
    found = choosing.choices(family, Wanted(kind="subject_access", child="c1", person="p2"))
    assert {each.sections for each in found} == {(), ("Everything that was written down, in order of time",)}
