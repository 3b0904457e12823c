"""A licensed pack: who may read and grade with it, until which day, and what stays readable afterwards."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from gcp2_app import forms
from gcp2_app.domain.assessment import Window
from gcp2_app.domain.licensing import Training
from gcp2_app.domain.register import Child
from gcp2_app.domain.users import Role
from gcp2_app.errors import InvalidValue, NotAllowed, NotFound
from gcp2_app.services import assessments, packs, reports, training, trends
from gcp2_app.services.assessments import Start, Working
from gcp2_app.services.session import Session
from tests.licensing import TITLE, write_licensed
from tests.stores import TODAY, Clock, actions, add_family, add_user, as_user, begin, graded, make_session

DAY = timedelta(days=1)


def _trained(session: Session, *, expires: date | None = None, on: date = TODAY, person: str = "") -> Training:
    return Training(
        person=person or session.professional.id, course="gcp2", on=on, licence="Westshire", expires=expires
    )


def _install(session: Session, folder: Path, *, expires: date = TODAY + 30 * DAY, version: str = "1.0.0") -> None:
    packs.install(session, write_licensed(folder, expires=expires, version=version))


def _start(session: Session, child: Child, first: date = TODAY) -> Working:
    window = Window(from_=first, to=first + 27 * DAY)
    carers = tuple(carer.person for carer in child.carers)
    return assessments.start(session, Start(child=child.id, carers=carers, window=window, pack="licensed"))


def _explained(session: Session, child: Child) -> Working:
    model = begin(session, child).assessment.explained
    working = _start(session, child)
    return assessments.save(session, working, replace(working.assessment, explained=model))


def _grade(session: Session, working: Working, grade: int = 15) -> Working:
    code = next(iter(working.pack.units_in(working.band)))
    units = {code: graded(session, working, code, grade)}
    return assessments.save(session, working, replace(working.assessment, units=units))


def test_it_is_started_only_by_someone_trained_for_it(session: Session, tmp_path: Path) -> None:
    _install(session, tmp_path)
    child, _ = add_family(session)
    with pytest.raises(NotAllowed, match="no current training"):
        _start(session, child)
    training.record(session, _trained(session, expires=TODAY))
    working = _start(session, child)
    assert not working.closed
    assert next(iter(working.pack.units_in(working.band).values())).descriptors[0].grades[0]


@pytest.mark.parametrize(("day", "readable"), [(0, True), (1, False)])
def test_the_last_day_of_training_is_inclusive(
    session: Session, clock: Clock, tmp_path: Path, day: int, readable: bool
) -> None:
    _install(session, tmp_path)
    training.record(session, _trained(session, expires=TODAY))
    child, _ = add_family(session)
    id_ = _start(session, child).assessment.id
    clock.move(day)
    working = assessments.open_(session, id_)
    assert (working.closed == "") is readable
    if not readable:
        assert "your training for it ended on 23 November 2026" in working.closed
        with pytest.raises(NotAllowed):
            _start(session, child)


@pytest.mark.parametrize(("day", "readable"), [(0, True), (1, False)])
def test_the_last_day_of_the_licence_is_inclusive(
    session: Session, clock: Clock, tmp_path: Path, day: int, readable: bool
) -> None:
    _install(session, tmp_path, expires=TODAY)
    training.record(session, _trained(session))
    child, _ = add_family(session)
    id_ = _start(session, child).assessment.id
    clock.move(day)
    working = assessments.open_(session, id_)
    assert (working.closed == "") is readable
    if not readable:
        assert "the licence of Westshire for it ended on 23 November 2026" in working.closed
        _install(session, tmp_path, expires=TODAY + 365 * DAY, version="1.0.1")
        assert not assessments.open_(session, id_).closed


def test_when_it_lapses_grades_stay_and_wording_does_not(session: Session, clock: Clock, tmp_path: Path) -> None:
    _install(session, tmp_path)
    training.record(session, _trained(session, expires=TODAY))
    child, _ = add_family(session)
    working = _grade(session, _explained(session, child))
    code = next(iter(working.assessment.units))
    clock.move(1)
    lapsed = assessments.open_(session, working.assessment.id)
    assert lapsed.assessment.answer(code).grade == 15
    assert lapsed.assessment.answer(code).evidence
    assert lapsed.profile == working.profile
    for pack in (lapsed.pack, packs.get(session, "licensed"), packs.available(session)[-1]):
        for unit in pack.units_in("all").values():
            assert unit.prompt == lapsed.closed
            assert not any(text for each in unit.descriptors for text in each.grades)
    with pytest.raises(NotAllowed, match="hidden"):
        _grade(session, lapsed, 20)
    # What is no grade can still be written.
    answer = replace(lapsed.assessment.answer(code), note="later")
    saved = assessments.save(session, lapsed, replace(lapsed.assessment, units={code: answer}, analysis="Why."))
    assert saved.assessment.analysis == "Why."
    assert trends.trend(session, child.id).areas
    assert reports.assessment_report(session, working.assessment.id, recipient="x", reason="y").startswith(b"%PDF")


def test_training_is_everyones_own(session: Session, tmp_path: Path) -> None:
    _install(session, tmp_path)
    add_user(session, "pat", Role.PRACTITIONER)
    pat = as_user(session, "pat")
    training.record(session, _trained(session))
    with session.store.transaction() as tx:
        pack = packs.find(tx, "licensed", None)
        assert not packs.closed_sentence(session, tx, pack)
        assert packs.closed_sentence(pat, tx, pack)
        assert not packs.closed_sentence(pat, tx, packs.find(tx, "graded-care", None))
    assert len(training.rows(session)) == 1
    assert not training.rows(pat)
    with pytest.raises(NotAllowed):
        training.record(pat, _trained(session))
    training.record(session, _trained(pat))
    assert [row.training.person for row in training.rows(pat)] == [pat.professional.id]
    assert len(training.rows(session)) == 2


@pytest.mark.parametrize(
    "wrong", [{"on": TODAY + DAY}, {"expires": TODAY - DAY}, {"person": "nobody"}], ids=["future", "ends", "who"]
)
def test_training_that_cannot_be_is_refused(session: Session, wrong: dict[str, object]) -> None:
    with pytest.raises(InvalidValue):
        training.record(session, replace(_trained(session), **wrong))  # type: ignore[arg-type]
    assert not training.rows(session)
    training.record(session, _trained(session, on=TODAY, expires=TODAY))


def test_training_is_corrected_with_a_reason_and_the_earlier_stays(session: Session) -> None:
    id_ = training.record(session, _trained(session, expires=TODAY + DAY))
    with pytest.raises(InvalidValue):
        training.correct(session, id_, _trained(session), reason=" ")
    training.correct(session, id_, _trained(session), reason="It has no end.")
    assert training.rows(session)[0].training.expires is None
    with session.store.transaction() as tx:
        entry = tx.entries.get(id_)
        assert (entry.revision, entry.revision_reason) == (2, "It has no end.")
        assert tx.entries.revisions(id_)[0].value.data["expires"] == "2026-11-24"
    assert actions(session)[0] == "training corrected"
    add_user(session, "pat", Role.PRACTITIONER)
    pat = as_user(session, "pat")
    with pytest.raises(NotAllowed):
        training.correct(pat, id_, _trained(pat), reason="mine")
    with pytest.raises(NotFound):
        training.correct(session, "none", _trained(session), reason="x")


def test_words_shared_with_the_open_pack_are_told_before_it_is_installed(session: Session, tmp_path: Path) -> None:
    ours = forms.shipped_pack("graded-care")
    borrowed = next(iter(ours.areas[0].subareas[0].units)).prompt
    path = write_licensed(tmp_path, expires=TODAY, prompt=f"First, {borrowed.upper()}")
    with pytest.raises(packs.SharesWords) as refused:
        packs.install(session, path)
    assert refused.value.runs
    assert "licensed" not in {pack.id for pack in packs.available(session)}
    assert "pack installed" not in actions(session)
    packs.install(session, path, sharing_reason="Agreed with the holder.")
    assert "licensed" in {pack.id for pack in packs.available(session)}
    assert actions(session)[0] == "pack installed"


def test_the_sentence_names_the_pack(session: Session, tmp_path: Path) -> None:
    _install(session, tmp_path)
    with session.store.transaction() as tx:
        assert TITLE in packs.closed_sentence(session, tx, packs.find(tx, "licensed", None))


def test_the_open_pack_needs_an_approval_in_a_real_store_and_none_for_practice(
    session: Session, tmp_path: Path
) -> None:
    child, _ = add_family(session)
    assert begin(session, child).assessment.id
    real = make_session(tmp_path / "real", practice=False)
    with real.store:
        child, _ = add_family(real)
        with pytest.raises(NotAllowed, match="not approved"):
            begin(real, child)
        pack = packs.get(real, "graded-care")
        with pytest.raises(InvalidValue):
            packs.approve_open_pack(real, pack, reason=" ")
        add_user(real, "pat", Role.PRACTITIONER)
        with pytest.raises(NotAllowed):
            packs.approve_open_pack(as_user(real, "pat"), pack, reason="me")
        packs.approve_open_pack(real, pack, reason="The board, 3 November 2026.")
        assert begin(real, child).assessment.id
        # It is about the open pack alone: another still asks.
        assert not packs.is_approved(real, replace(pack, id="another"))
