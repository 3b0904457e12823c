"""A licensed pack: who may read and grade with it, until which day, and what stays readable afterwards."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from gcp2_app.domain.assessment import Window
from gcp2_app.domain.licensing import Confirmation, Training
from gcp2_app.domain.register import Child
from gcp2_app.domain.users import Role
from gcp2_app.errors import BadFile, InvalidValue, NotAllowed, NotFound
from gcp2_app.exchange.casefile import Record, Section
from gcp2_app.exchange.casefile_writing import write_casefile
from gcp2_app.forms.packs import shipped_pack
from gcp2_app.services import assessments, casefiles, packs, reports, training, trends, users
from gcp2_app.services.assessments import Start, Working
from gcp2_app.services.session import Session
from tests.licensing import TITLE, train, write_licensed
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
    train(session, _trained(session, expires=TODAY))
    working = _start(session, child)
    assert not working.closed
    assert next(iter(working.pack.units_in(working.band).values())).descriptors[0].grades[0]


@pytest.mark.parametrize(("day", "readable"), [(0, True), (1, False)])
def test_the_last_day_of_training_is_inclusive(
    session: Session, clock: Clock, tmp_path: Path, day: int, readable: bool
) -> None:
    _install(session, tmp_path)
    train(session, _trained(session, expires=TODAY))
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
    train(session, _trained(session))
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
    train(session, _trained(session, expires=TODAY))
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
    train(session, _trained(session))
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


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.ADMINISTRATOR])
def test_somebody_else_confirms_training_before_it_counts(session: Session, tmp_path: Path, role: Role) -> None:
    _install(session, tmp_path)
    add_user(session, "pat", Role.PRACTITIONER)
    add_user(session, "kim", role)
    add_user(session, "lou", Role.PRACTITIONER, Role.AUDITOR)
    pat, kim, lou = (as_user(session, name) for name in ("pat", "kim", "lou"))
    pack = packs.get(session, "licensed")
    held = _trained(pat)
    id_ = training.record(pat, held)
    assert "completed on 23 November 2026, waits for a supervisor or an administrator" in packs.why_hidden(pat, pack)
    for cannot in (pat, lou):
        with pytest.raises(NotAllowed):
            training.confirm(cannot, id_, held, seen="the certificate")
    with pytest.raises(InvalidValue):
        training.confirm(kim, id_, held, seen=" ")
    assert packs.why_hidden(pat, pack)
    (waiting,) = training.rows(kim)
    assert waiting.to_confirm
    training.confirm(kim, id_, held, seen="the certificate")
    assert not packs.why_hidden(pat, pack)
    (row,) = training.rows(pat)
    assert row.training.confirmation == Confirmation(by=kim.professional.id, on=TODAY, seen="the certificate")
    assert row.confirmed_by == kim.professional
    assert not training.rows(kim)[0].to_confirm
    assert actions(session)[0] == "training confirmed"


def test_what_is_to_be_confirmed_stands_first(session: Session) -> None:
    add_user(session, "pat", Role.PRACTITIONER)
    pat = as_user(session, "pat")
    waits = training.record(pat, _trained(pat, on=TODAY - 9 * DAY))
    done = train(session, _trained(session))
    assert [row.id for row in training.rows(session)] == [waits, done]
    assert [(row.to_confirm, row.to_correct) for row in training.rows(session)] == [(True, True), (False, True)]
    add_user(session, "kim", Role.SUPERVISOR)
    assert [(row.to_confirm, row.to_correct) for row in training.rows(as_user(session, "kim"))] == [
        (True, False),
        (True, False),
    ]


@pytest.mark.parametrize(
    "held", [{"licence": ""}, {"on": TODAY - 9 * DAY, "expires": TODAY - DAY}], ids=["no licence", "ended"]
)
def test_what_opens_no_pack_waits_for_nobody(session: Session, held: dict[str, object]) -> None:
    training.record(session, replace(_trained(session), **held))  # type: ignore[arg-type]
    assert not training.rows(session)[0].to_confirm


def test_nobody_confirms_their_own_where_somebody_else_could(session: Session) -> None:
    id_ = training.record(session, _trained(session))
    add_user(session, "kim", Role.SUPERVISOR)
    kim = as_user(session, "kim")
    assert not training.rows(session)[0].to_confirm
    with pytest.raises(NotAllowed, match="their own"):
        training.confirm(session, id_, _trained(session), seen="the certificate")
    users.leave(session, kim.user.id)
    training.confirm(session, id_, _trained(session), seen="the certificate")
    assert training.rows(session)[0].training.confirmation


def test_who_is_alone_confirms_their_own_and_it_is_kept_as_such(session: Session, tmp_path: Path) -> None:
    _install(session, tmp_path)
    add_user(session, "pat", Role.PRACTITIONER)
    id_ = train(session, _trained(session))
    assert not packs.why_hidden(session, packs.get(session, "licensed"))
    own = training.rows(session)[0].training.confirmation
    assert own is not None
    assert own.alone
    assert actions(session)[0] == "own training confirmed, nobody else could"
    add_user(session, "kim", Role.SUPERVISOR)
    kim = as_user(session, "kim")
    assert training.rows(kim)[0].to_confirm, "whoever comes later can answer for it, too"
    training.confirm(kim, id_, _trained(session), seen="the register")
    confirmed = training.rows(session)[0].training.confirmation
    assert confirmed == Confirmation(by=kim.professional.id, on=TODAY, seen="the register")


def test_a_correction_is_confirmed_anew(session: Session, tmp_path: Path) -> None:
    _install(session, tmp_path)
    id_ = train(session, _trained(session, expires=TODAY))
    longer = _trained(session, expires=TODAY + 900 * DAY)
    training.correct(session, id_, longer, reason="Read wrongly.")
    assert "waits for" in packs.why_hidden(session, packs.get(session, "licensed"))
    with pytest.raises(InvalidValue, match="changed"):
        training.confirm(session, id_, _trained(session, expires=TODAY), seen="the certificate")
    training.confirm(session, id_, longer, seen="the certificate")
    assert not packs.why_hidden(session, packs.get(session, "licensed"))


def test_a_confirmation_is_the_stores_own_and_comes_with_no_file(session: Session, tmp_path: Path) -> None:
    id_ = train(session, _trained(session, expires=TODAY))
    with session.store.transaction() as tx:
        held = tx.entries.get(id_)
    forged = replace(held, id="forged", data={**held.data, "expires": "2031-01-01"})
    path = tmp_path / "case.json"
    sections: Mapping[Section, tuple[Record, ...]] = {
        Section.PROFESSIONALS: (session.professional,),
        Section.ENTRIES: (held, forged),
    }
    path.write_bytes(b"".join(write_casefile(sections)))
    casefiles.import_(session, path)
    assert {row.id: row.training.confirmation is not None for row in training.rows(session)} == {
        id_: True,
        "forged": False,
    }


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
    ours = shipped_pack("graded-care")
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


def _changed(folder: Path, *changes: tuple[str, str]) -> Path:
    path = write_licensed(folder, expires=TODAY)
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_pack_whose_course_nobody_can_have_completed_is_refused(session: Session, tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="no such course") as refused:
        packs.install(session, _changed(tmp_path, ('course = "gcp2"', 'course = "gpc2"')))
    assert "gcp2, professional_challenge" in refused.value.mend
    assert "licensed" not in {pack.id for pack in packs.available(session)}


@pytest.mark.parametrize(
    ("old", "new"),
    [('kind = "licensed"', 'kind = "licensed"'), ('"gcp2 project"', '"Somebody else"')],
    ids=["licence", "holder"],
)
def test_a_pack_takes_no_name_of_another_holders(session: Session, tmp_path: Path, old: str, new: str) -> None:
    names = (('id = "licensed"', 'id = "graded-care"'), ('version = "1.0.0"', 'version = "9.0.0"'), (old, new))
    with pytest.raises(BadFile, match="belongs to") as refused:
        packs.install(session, _changed(tmp_path, *names))
    assert refused.value.place == "id"
    assert packs.get(session, "graded-care").version == "1.0.0"


def test_a_next_version_of_the_same_holder_is_taken(session: Session, tmp_path: Path) -> None:
    _install(session, tmp_path)
    _install(session, tmp_path, version="1.0.1")
    assert packs.get(session, "licensed", "1.0.1").version == "1.0.1"
    again = _changed(tmp_path, ('version = "1.0.0"', 'version = "1.0.2"'), ('holder = "gcp2 project"', 'holder = "X"'))
    with pytest.raises(BadFile, match="belongs to"):
        packs.install(session, again)


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
