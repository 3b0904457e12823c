"""Training is recorded in the settings, and a licensed pack's wording is there while it is current and not after."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gcp2_app.domain.assessment import Window
from gcp2_app.domain.licensing import Training
from gcp2_app.domain.overlap import words_of
from gcp2_app.domain.users import Role
from gcp2_app.errors import AppError
from gcp2_app.forms.packs import shipped_pack
from gcp2_app.services import assessments, packs, training
from gcp2_app.services.assessments import Start
from gcp2_app.services.session import Session
from gcp2_app.ui.assess.draft import Keeping
from gcp2_app.ui.day_watch import DayWatch
from gcp2_app.ui.family.page import FamilyPage
from gcp2_app.ui.forms.dialog import FormDialog
from gcp2_app.ui.preferences import Preferences
from gcp2_app.ui.settings.packs import PacksSection
from gcp2_app.ui.settings.training import TrainingSection
from gcp2_app.ui.shell import Shell
from gcp2_app.ui.workspace import Workspace
from tests import stores
from tests.licensing import train, write_licensed
from tests.stores import add_user, as_user
from tests.ui.assessing import in_window, labels
from tests.ui.conftest import NOW, OnDatabase
from tests.ui.families import add_family, ash_family, assessment

WAIT_MS = 60_000
TODAY = NOW.date()
EXPLAINED = {
    "what": "all",
    "leaflet": "none left",
    "language": "English",
    "interpreter": "none needed",
    "carers": [{"person": "p-rose", "answer": "agreed"}],
}


def _section(workspace: Workspace, qtbot: QtBot) -> TrainingSection:
    section = TrainingSection(workspace)
    qtbot.addWidget(section)
    with qtbot.waitSignal(section.shown, timeout=WAIT_MS):
        section.show()
    return section


def _keep(section: TrainingSection, dialog: FormDialog | None, qtbot: QtBot, **values: str) -> None:
    assert dialog is not None
    for name, value in values.items():
        dialog.form.fields[name].editor.set_value(value)
    with qtbot.waitSignal(section.shown, timeout=WAIT_MS):
        QTest.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)


def test_training_is_recorded_shown_and_corrected(
    session: Session, workspace: Workspace, on_database: OnDatabase, qtbot: QtBot
) -> None:
    section = _section(workspace, qtbot)
    dialog = section.record()
    _keep(section, dialog, qtbot, on="2026-11-02", licence="Westshire", expires="2026-11-20")
    (row,) = on_database(lambda: training.rows(session))
    assert row.training == Training(
        person=session.professional.id,
        course="gcp2",
        on=date(2026, 11, 2),
        licence="Westshire",
        expires=TODAY,
    )
    assert "Current until 20 November 2026" in section.cards[row.id].state.text()
    _keep(section, section.correct(row), qtbot, expires="2026-11-19", reason="Read wrongly.")
    assert "Ended on 19 November 2026" in section.cards[row.id].state.text()


def test_a_day_that_has_not_come_is_not_kept(
    session: Session, workspace: Workspace, on_database: OnDatabase, qtbot: QtBot
) -> None:
    section = _section(workspace, qtbot)
    dialog = section.record()
    assert dialog is not None
    dialog.form.fields["on"].editor.set_value("2026-11-21")
    QTest.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    dialog.form.fields["on"].editor.set_value("2026-11-20")
    dialog.form.fields["expires"].editor.set_value("2026-11-19")
    QTest.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    assert not on_database(lambda: training.rows(session))


def test_a_practitioner_records_their_own_only(
    session: Session, workspace: Workspace, on_database: OnDatabase, qtbot: QtBot
) -> None:
    def become() -> Session:
        add_user(session, "pat", Role.PRACTITIONER)
        training.record(session, Training(person=session.professional.id, course="gcp2", on=TODAY))
        return as_user(session, "pat")

    workspace.begin(on_database(become))
    section = _section(workspace, qtbot)
    assert not section.cards
    dialog = section.record()
    assert dialog is not None
    assert dialog.form.fields["person"].isHidden()
    _keep(section, dialog, qtbot, on="2026-11-20")
    assert len(section.cards) == 1


def test_a_supervisor_confirms_what_a_practitioner_recorded(
    session: Session, workspace: Workspace, on_database: OnDatabase, tmp_path: Path, qtbot: QtBot
) -> None:
    def prepare() -> tuple[Session, Session, str]:
        packs.install(session, write_licensed(tmp_path, expires=TODAY))
        add_user(session, "pat", Role.PRACTITIONER)
        add_user(session, "kim", Role.SUPERVISOR)
        pat = as_user(session, "pat")
        held = Training(person=pat.professional.id, course="gcp2", on=TODAY, licence="Westshire")
        return pat, as_user(session, "kim"), training.record(pat, held)

    pat, kim, id_ = on_database(prepare)
    workspace.begin(pat)
    own = _section(workspace, qtbot)
    card = own.cards[id_]
    assert "Not confirmed yet" in card.confirmed.text()
    assert card.confirm_button.isHidden()
    workspace.begin(kim)
    section = _section(workspace, qtbot)
    card = section.cards[id_]
    assert card.correct_button.isHidden()
    QTest.mouseClick(card.confirm_button, Qt.MouseButton.LeftButton)
    (dialog,) = section.findChildren(FormDialog)
    said = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert f"{pat.professional.name} completed Graded Care Profile 2 (GCP2) on 20 November 2026" in said
    assert "your own" not in said
    QTest.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    assert on_database(lambda: packs.why_hidden(pat, packs.get(pat, "licensed")))
    _keep(section, dialog, qtbot, seen="the certificate")
    assert "The training is confirmed." in [label.text() for label in section.notice.findChildren(QLabel)]
    card = section.cards[id_]
    assert card.confirmed.text() == f"Confirmed by {kim.professional.name} on 20 November 2026. Seen: the certificate"
    assert card.confirm_button.isHidden()
    assert not on_database(lambda: packs.why_hidden(pat, packs.get(pat, "licensed")))


def test_training_that_opens_no_pack_says_nothing_of_confirming(
    session: Session, workspace: Workspace, on_database: OnDatabase, qtbot: QtBot
) -> None:
    held = Training(person=session.professional.id, course="neglect", on=TODAY)
    id_ = on_database(lambda: training.record(session, held))
    section = _section(workspace, qtbot)
    card = section.cards[id_]
    assert card.confirmed.isHidden()
    assert card.confirm_button.isHidden()


def test_who_is_alone_is_told_that_it_is_kept_as_such(
    session: Session, workspace: Workspace, on_database: OnDatabase, qtbot: QtBot
) -> None:
    held = Training(person=session.professional.id, course="gcp2", on=TODAY)
    id_ = on_database(lambda: training.record(session, held))
    section = _section(workspace, qtbot)
    dialog = section.confirm(on_database(lambda: training.rows(session)[0]))
    assert any("nobody else in this store could confirm it" in label.text() for label in dialog.findChildren(QLabel))
    _keep(section, dialog, qtbot, seen="the certificate")
    assert "for themselves on 20 November 2026, since nobody else here could" in section.cards[id_].confirmed.text()


@pytest.fixture
def pack_section(session: Session, workspace: Workspace, qtbot: QtBot) -> PacksSection:
    del session
    section = PacksSection(workspace)
    qtbot.addWidget(section)
    with qtbot.waitSignal(section.shown, timeout=WAIT_MS):
        section.show()
    return section


def test_a_licensed_pack_says_why_its_wording_is_hidden(
    pack_section: PacksSection, session: Session, on_database: OnDatabase, tmp_path: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(pack_section.shown, timeout=WAIT_MS):
        pack_section.install(write_licensed(tmp_path, expires=TODAY))
    card = pack_section.cards["licensed", "1.0.0"]
    assert "no current training" in card.state.text()
    assert any("Westshire" in label.text() for label in card.findChildren(QLabel))
    mine = Training(person=session.professional.id, course="gcp2", on=TODAY, licence="Westshire")
    on_database(lambda: train(session, mine))
    pack_section.hide()
    with qtbot.waitSignal(pack_section.shown, timeout=WAIT_MS):
        pack_section.show()
    assert pack_section.cards["licensed", "1.0.0"].state.text() == "Used under its licence."


def test_shared_words_are_shown_and_it_goes_on_only_for_a_reason(
    pack_section: PacksSection, session: Session, on_database: OnDatabase, tmp_path: Path, qtbot: QtBot
) -> None:
    borrowed = next(iter(shipped_pack("graded-care").areas[0].subareas[0].units)).prompt
    pack_section.install(write_licensed(tmp_path, expires=TODAY, prompt=borrowed))
    qtbot.waitUntil(lambda: bool(pack_section.findChildren(FormDialog)), timeout=WAIT_MS)
    (dialog,) = pack_section.findChildren(FormDialog)
    said = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert " ".join(words_of(borrowed)) in said
    assert dialog.height() >= dialog.sizeHint().height(), "the question is in sight below the words"
    QTest.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)

    def ids() -> set[str]:
        return {pack.id for pack in packs.available(session)}

    assert "licensed" not in on_database(ids)
    dialog.form.fields["reason"].editor.set_value("Agreed with the holder.")
    with qtbot.waitSignal(pack_section.shown, timeout=WAIT_MS):
        QTest.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    assert "licensed" in on_database(ids)


def test_a_lapsed_assessment_shows_its_grade_says_why_and_takes_no_other(
    practice_session: Session, workspace: Workspace, on_database: OnDatabase, tmp_path: Path, qtbot: QtBot
) -> None:
    session = practice_session

    def prepare() -> tuple[str, str]:
        packs.install(session, write_licensed(tmp_path, expires=TODAY))
        held = Training(person=session.professional.id, course="gcp2", on=date(2026, 1, 5), licence="Westshire")
        entry = train(session, held)
        child, _ = stores.add_family(session)
        model = stores.begin(session, child).assessment.explained
        carers = tuple(carer.person for carer in child.carers)
        window = Window(from_=TODAY, to=TODAY)
        working = assessments.start(session, Start(child=child.id, carers=carers, window=window, pack="licensed"))
        code = next(iter(working.pack.units_in(working.band)))
        working = assessments.save(session, working, replace(working.assessment, explained=model))
        units = {code: stores.graded(session, working, code, 15)}
        working = assessments.save(session, working, replace(working.assessment, units=units))
        ended = replace(held, expires=date(2026, 11, 19))
        training.correct(session, entry, ended, reason="It ended.")
        return working.assessment.id, code

    id_, code = on_database(prepare)
    desk = in_window(qtbot, workspace, on_database)
    desk.open(id_, code)
    card = desk.card(code)
    said = " ".join(label.text() for label in desk.step.findChildren(QLabel) if label.isVisibleTo(desk.step))
    assert said.count("your training for it ended on 19 November 2026") == 1, "it is said once, not at every unit"
    assert "Grading is finished" not in said
    assert card.head.state.text() == "Graded 15"
    assert not any(each.accessibleDescription() for each in card.cards.cards)
    card.take_focus()
    desk.press(Qt.Key.Key_1)
    assert desk.draft.value.answer(code).grade == 15


def test_a_licence_that_ends_while_a_unit_is_open_hides_its_texts_and_keeps_what_else_was_written(
    practice_session: Session, workspace: Workspace, on_database: OnDatabase, tmp_path: Path, qtbot: QtBot
) -> None:
    session = practice_session

    def prepare() -> tuple[str, str, str, Training]:
        packs.install(session, write_licensed(tmp_path, expires=TODAY))
        held = Training(person=session.professional.id, course="gcp2", on=date(2026, 1, 5), licence="Westshire")
        entry = train(session, held)
        child, _ = stores.add_family(session)
        model = stores.begin(session, child).assessment.explained
        carers = tuple(carer.person for carer in child.carers)
        window = Window(from_=TODAY, to=TODAY)
        working = assessments.start(session, Start(child=child.id, carers=carers, window=window, pack="licensed"))
        code = next(iter(working.pack.units_in(working.band)))
        working = assessments.save(session, working, replace(working.assessment, explained=model))
        units = {code: stores.graded(session, working, code, 15)}
        working = assessments.save(session, working, replace(working.assessment, units=units))
        return working.assessment.id, code, entry, held

    id_, code, entry, held = on_database(prepare)
    desk = in_window(qtbot, workspace, on_database)
    desk.open(id_, code)
    texts = [each.accessibleDescription() for each in desk.card(code).cards.cards]
    assert all(texts)
    on_database(lambda: training.correct(session, entry, replace(held, expires=date(2026, 11, 19)), reason="It ended."))
    said: list[AppError] = []
    workspace.tasks.failed.connect(said.append)
    card = desk.card(code)
    card.take_focus()
    desk.press(Qt.Key.Key_1)
    qtbot.waitUntil(lambda: not any(each.accessibleDescription() for each in desk.card(code).cards.cards))
    assert "your training for it ended on 19 November 2026" in said[0].message
    assert "your training for it ended on 19 November 2026" in labels(desk.step)
    assert desk.draft.value.answer(code).grade == 15
    assert desk.draft.keeping is Keeping.KEPT
    assert not workspace.sealed
    desk.draft.change(replace(desk.draft.value, analysis="He is warm and fed."))
    desk.wait_kept()
    assert desk.stored(session).analysis == "He is warm and fed."
    assert desk.stored(session).answer(code).grade == 15


def test_words_written_after_the_licence_ended_are_kept_and_the_texts_are_hidden(
    practice_session: Session, workspace: Workspace, on_database: OnDatabase, tmp_path: Path, qtbot: QtBot
) -> None:
    session = practice_session

    def prepare() -> tuple[str, str, str, Training]:
        packs.install(session, write_licensed(tmp_path, expires=TODAY))
        held = Training(person=session.professional.id, course="gcp2", on=date(2026, 1, 5), licence="Westshire")
        entry = train(session, held)
        child, _ = stores.add_family(session)
        carers = tuple(carer.person for carer in child.carers)
        window = Window(from_=TODAY, to=TODAY)
        working = assessments.start(session, Start(child=child.id, carers=carers, window=window, pack="licensed"))
        return working.assessment.id, next(iter(working.pack.units_in(working.band))), entry, held

    id_, code, entry, held = on_database(prepare)
    desk = in_window(qtbot, workspace, on_database)
    desk.open(id_, code)
    assert all(each.accessibleDescription() for each in desk.card(code).cards.cards)
    on_database(lambda: training.correct(session, entry, replace(held, expires=date(2026, 11, 19)), reason="It ended."))
    desk.draft.change(replace(desk.draft.value, child_voice="He hums."))
    desk.wait_kept()
    qtbot.waitUntil(lambda: not any(each.accessibleDescription() for each in desk.card(code).cards.cards))
    assert desk.stored(session).child_voice == "He hums."


def test_the_family_page_hides_the_texts_too_once_the_licence_ended(
    practice_session: Session, workspace: Workspace, on_database: OnDatabase, tmp_path: Path, qtbot: QtBot
) -> None:
    session = practice_session

    def prepare() -> tuple[str, str, str, Training]:
        packs.install(session, write_licensed(tmp_path, expires=TODAY))
        held = Training(person=session.professional.id, course="gcp2", on=date(2026, 1, 5), licence="Westshire")
        entry = train(session, held)
        child, _ = stores.add_family(session)
        model = stores.begin(session, child).assessment.explained
        carers = tuple(carer.person for carer in child.carers)
        window = Window(from_=TODAY, to=TODAY)
        working = assessments.start(session, Start(child=child.id, carers=carers, window=window, pack="licensed"))
        assessments.save(session, working, replace(working.assessment, explained=model))
        return working.assessment.id, next(iter(working.pack.units_in(working.band))), entry, held

    id_, code, entry, held = on_database(prepare)
    page = FamilyPage(workspace)
    qtbot.addWidget(page)
    page.show()
    page.show_family(id_, code)
    qtbot.waitUntil(lambda: page.room is page.each, timeout=WAIT_MS)
    assert all(each.accessibleDescription() for each in page.each.cards[0].cards.cards)
    on_database(lambda: training.correct(session, entry, replace(held, expires=date(2026, 11, 19)), reason="It ended."))
    page.each.cards[0].grade(1)
    qtbot.waitUntil(
        lambda: not any(each.accessibleDescription() for each in page.each.cards[0].cards.cards), timeout=WAIT_MS
    )
    assert page.drafts[0].value.answer(code).grade is None
    assert "your training for it ended on 19 November 2026" in labels(page.each)


def _graded_in_licensed(session: Session, folder: Path) -> tuple[str, str]:
    """Install a pack whose licence ends today, grade one unit with it; return ids of the assessment and the unit."""
    packs.install(session, write_licensed(folder, expires=TODAY))
    train(session, Training(person=session.professional.id, course="gcp2", on=date(2026, 1, 5), licence="Westshire"))
    child, _ = stores.add_family(session)
    model = stores.begin(session, child).assessment.explained
    carers = tuple(carer.person for carer in child.carers)
    window = Window(from_=TODAY, to=TODAY)
    working = assessments.start(session, Start(child=child.id, carers=carers, window=window, pack="licensed"))
    code = next(iter(working.pack.units_in(working.band)))
    working = assessments.save(session, working, replace(working.assessment, explained=model))
    units = {code: stores.graded(session, working, code, 15)}
    working = assessments.save(session, working, replace(working.assessment, units=units))
    return working.assessment.id, code


def _next_day(session: Session, workspace: Workspace) -> None:
    session.store.clock = lambda: NOW + timedelta(days=1)
    workspace.day_begun.emit()


def test_when_the_day_after_the_licence_begins_the_texts_go_without_a_key_and_what_was_written_stays(
    practice_session: Session, workspace: Workspace, on_database: OnDatabase, tmp_path: Path, qtbot: QtBot
) -> None:
    session = practice_session
    id_, code = on_database(lambda: _graded_in_licensed(session, tmp_path))
    desk = in_window(qtbot, workspace, on_database)
    desk.open(id_, code)
    assert all(each.accessibleDescription() for each in desk.card(code).cards.cards)
    desk.draft.change(replace(desk.draft.value, analysis="He is warm and fed."))
    desk.wait_kept()
    _next_day(session, workspace)
    qtbot.waitUntil(lambda: not any(each.accessibleDescription() for each in desk.card(code).cards.cards))
    assert "the licence of Westshire for it ended on 20 November 2026" in labels(desk.step)
    assert desk.draft.value.answer(code).grade == 15
    assert desk.stored(session).analysis == "He is warm and fed."


def test_a_day_that_ends_nothing_leaves_the_page_as_it_is(
    practice_session: Session, workspace: Workspace, on_database: OnDatabase, tmp_path: Path, qtbot: QtBot
) -> None:
    session = practice_session
    id_, code = on_database(lambda: _graded_in_licensed(session, tmp_path))
    desk = in_window(qtbot, workspace, on_database)
    desk.open(id_, code)
    card = desk.card(code)
    with qtbot.waitSignal(desk.draft.computed, timeout=WAIT_MS):
        workspace.day_begun.emit()
    assert desk.card(code) is card
    assert all(each.accessibleDescription() for each in card.cards.cards)


def test_the_family_page_hides_the_texts_when_the_day_begins(
    practice_session: Session, workspace: Workspace, on_database: OnDatabase, tmp_path: Path, qtbot: QtBot
) -> None:
    session = practice_session
    id_, code = on_database(lambda: _graded_in_licensed(session, tmp_path))
    page = FamilyPage(workspace)
    qtbot.addWidget(page)
    page.show()
    page.show_family(id_, code)
    qtbot.waitUntil(lambda: page.room is page.each, timeout=WAIT_MS)
    assert all(each.accessibleDescription() for each in page.each.cards[0].cards.cards)
    _next_day(session, workspace)
    qtbot.waitUntil(lambda: not any(each.accessibleDescription() for each in page.each.cards[0].cards.cards))
    assert "the licence of Westshire for it ended on 20 November 2026" in labels(page.each)


def test_the_pages_of_an_open_store_notice_another_day_once(
    session: Session, workspace: Workspace, tmp_path: Path, qtbot: QtBot
) -> None:
    shell = Shell(workspace, Preferences(QSettings(str(tmp_path / "gcp2.ini"), QSettings.Format.IniFormat)))
    qtbot.addWidget(shell)
    watch = shell.findChild(DayWatch)
    assert watch is not None
    with qtbot.assertNotEmitted(workspace.day_begun):
        watch.look()
    session.store.clock = lambda: datetime(2026, 11, 20, 23, 59, tzinfo=UTC)
    with qtbot.assertNotEmitted(workspace.day_begun):
        watch.look()
    session.store.clock = lambda: datetime(2026, 11, 21, 0, 0, tzinfo=UTC)
    with qtbot.waitSignal(workspace.day_begun):
        watch.look()
    with qtbot.assertNotEmitted(workspace.day_begun):
        watch.look()


def test_what_came_with_a_pack_nobody_approved_here_is_read_in_its_own_words(
    session: Session, workspace: Workspace, on_database: OnDatabase, tmp_path: Path, qtbot: QtBot
) -> None:
    family = ash_family()
    began = assessment("a-new", "2026-11-09", "2026-12-06", {"A4": 3}, state="in_progress")
    family["assessments"].append(began | {"explained": EXPLAINED})
    on_database(lambda: add_family(session, tmp_path, family))
    desk = in_window(qtbot, workspace, on_database)
    desk.open("a-new", "A1.b")
    said = labels(desk.step)
    assert "It can be read here, and graded once an administrator has approved it under Settings, Packs." in said
    assert desk.card("A1.b").unit.prompt in said
    desk.card("A1.b").take_focus()
    desk.press(Qt.Key.Key_4)
    assert desk.draft.value.answer("A1.b").grade is None
    on_database(lambda: packs.approve_open_pack(session, packs.get(session, "graded-care"), reason="Panel agreed"))
    desk.page.show_assessment("a-new", "A1.b")
    qtbot.waitUntil(lambda: desk.draft.may_grade, timeout=WAIT_MS)
