"""The record of a sharing, and what has to be known before one."""

import io
from dataclasses import replace
from datetime import date, timedelta

import pytest
from pypdf import PdfReader

from gcp2_app.domain.answers import Evidence, EvidenceSource
from gcp2_app.domain.assessment import Explained, Sharing
from gcp2_app.domain.entries import Entry, Source
from gcp2_app.domain.register import Agency, Child
from gcp2_app.domain.when import When
from gcp2_app.errors import InvalidValue, NotAllowed
from gcp2_app.services import assessments, register, reports, sharing
from gcp2_app.services.session import Session
from tests.stores import TODAY, actions, add_family, begin, grade_all, signed_off


def _visit(session: Session, child: str, id_: str, **marks: object) -> None:
    entry = Entry(
        id=id_,
        kind="visit",
        children=(child,),
        when=When.on(TODAY - timedelta(days=2)),
        data={"mode": "home", "child_seen": True},
        **marks,  # type: ignore[arg-type]
    )
    with session.store.transaction() as tx:
        tx.entries.put(entry, by=None)


def test_what_must_not_be_seen_is_known_before(session: Session) -> None:
    child, mother = add_family(session)
    _visit(session, child.id, "harm", harm_if_disclosed=True)
    _visit(session, child.id, "kept", withheld_from=(mother.id,))
    _visit(session, child.id, "third", third_party=True)
    _visit(session, child.id, "told", source=Source(agency=Agency.NEIGHBOUR))
    _visit(session, child.id, "open", source=Source(agency=Agency.SCHOOL))
    working = grade_all(session, begin(session, child), 2)
    pieces = tuple(
        Evidence(text=visit, source=EvidenceSource.SEEN_AT_HOME, visit=visit)
        for visit in ("harm", "kept", "third", "told", "open")
    )
    units = {**working.assessment.units, "A4": replace(working.assessment.answer("A4"), evidence=pieces)}
    id_ = assessments.save(session, working, replace(working.assessment, units=units)).assessment.id
    known = sharing.before(session, id_)
    assert known.names == {mother.id: mother.name, child.id: child.name}
    assert (known.age_years, known.abuse_recorded) == (3, False)
    sitting = sharing.sitting_of(known, frozenset({mother.id}), young_person=False)
    assert sitting.hidden_visits == {"harm", "kept"}
    assert sitting.told_visits == {"third", "told"}
    assert sharing.sitting_of(known, frozenset(), young_person=True).hidden_visits == {"harm"}


def test_a_siblings_visit_keeps_its_marks_and_who_told_in_confidence_is_not_named(session: Session) -> None:
    child, _ = add_family(session)
    sibling = register.save_child(session, Child(id="", given_names="Fern", carers=child.carers))
    _visit(session, sibling.id, "away", harm_if_disclosed=True)
    _visit(session, child.id, "told", source=Source(name="Mrs Jane Vole", agency=Agency.NEIGHBOUR))
    with session.store.transaction() as tx:
        guarded = tx.entries.get("told")
        tx.entries.put(replace(guarded, id="dog", source=None, data={**guarded.data, "worker_safety": True}), by=None)
    working = grade_all(session, begin(session, child), 2)
    pieces = tuple(Evidence(text=visit, source=EvidenceSource.SEEN_AT_HOME, visit=visit) for visit in ("away", "dog"))
    units = {**working.assessment.units, "A4": replace(working.assessment.answer("A4"), evidence=pieces)}
    id_ = assessments.save(session, working, replace(working.assessment, units=units)).assessment.id
    sitting = sharing.sitting_of(sharing.before(session, id_), frozenset(), young_person=False)
    assert sitting.hidden_visits == {"away", "dog"}
    assert sitting.withheld.leave_out("Warm. JV rang. Mrs Vole saw it.").text == "Warm."


def test_domestic_abuse_on_record_is_known_before(session: Session) -> None:
    child, _ = add_family(session)
    working = begin(session, child)
    event = Entry(id="e1", kind="event", children=(child.id,), data={"type": "domestic_abuse"})
    with session.store.transaction() as tx:
        tx.entries.put(event, by=None)
    known = sharing.before(session, working.assessment.id)
    assert known.abuse_recorded
    assert known.visits == ()


def test_a_sharing_is_recorded_once_and_completed(session: Session) -> None:
    child, mother = add_family(session)
    working = grade_all(session, begin(session, child), 2)
    shown = Sharing(at=session.now(), by=session.professional.id, present=(mother.id,), also_shown=("child_voice",))
    working = sharing.record(session, working, shown)
    assert actions(session)[0] == "family copy shown"
    working = sharing.record(session, working, replace(shown, seen=True))
    assert actions(session)[0] == "family copy closed"
    assert working.assessment.sharings == (replace(shown, seen=True),)
    with pytest.raises(InvalidValue, match="Nobody is named"):
        sharing.record(session, working, replace(shown, present=()))


def test_of_a_signed_assessment_only_the_audit_trail_tells(session: Session, supervisor: Session) -> None:
    child, mother = add_family(session)
    working = signed_off(session, child, first=date(2026, 11, 2), supervisor=supervisor)
    shown = Sharing(at=session.now(), by=session.professional.id, present=(mother.id,))
    assert sharing.record(session, working, shown).assessment.sharings == ()
    assert actions(session)[0] == "family copy shown"
    with pytest.raises(NotAllowed):
        sharing.record(supervisor, working, shown)


def test_a_relative_is_refused_as_interpreter_whoever_sends_it(session: Session) -> None:
    child, mother = add_family(session)
    working = begin(session, child)
    explained = working.assessment.explained or Explained()
    for name in (mother.name, "her brother"):
        with pytest.raises(InvalidValue, match="never"):
            assessments.save(
                session, working, replace(working.assessment, explained=replace(explained, interpreter=name))
            )
    kept = assessments.save(
        session, working, replace(working.assessment, explained=replace(explained, leaflet="blue leaflet"))
    )
    assert kept.assessment.explained is not None
    assert kept.assessment.explained.leaflet == "blue leaflet"


def test_the_report_tells_to_whom_the_copy_was_shown_and_what_a_young_person_wrote(session: Session) -> None:
    child, mother = add_family(session)
    working = grade_all(session, begin(session, child), 2)
    working = assessments.save(session, working, replace(working.assessment, child_own_views="I want my own bed."))
    shown = Sharing(
        at=session.now(),
        by=session.professional.id,
        present=(mother.id, child.id),
        others="Ms Vale",
        young_person=True,
        seen=True,
        disagreed=("A4",),
    )
    sharing.record(session, working, shown)
    copy = reports.assessment_preview(session, working.assessment.id)
    text = " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(copy.content)).pages)
    assert "to Practice Mother, Robin Practice-Oak and Ms Vale; the young person’s version" in text
    assert "they have seen the grades; they see 1 unit differently" in text
    assert "I want my own bed." in text
