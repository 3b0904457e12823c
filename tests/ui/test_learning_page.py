"""The Learning page: read a brief, say so, see one's own list and the team's, and where the rules come from."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from gcp2_app.domain.learning import Countable, Where
from gcp2_app.domain.licensing import Training
from gcp2_app.domain.policy import Origin, PolicyStatus, RulePolicy
from gcp2_app.domain.policy_parts import Check, Line
from gcp2_app.domain.users import Role
from gcp2_app.forms.learning import shipped_library
from gcp2_app.forms.policy import shipped_policy
from gcp2_app.forms.rule_policy import shipped_rules
from gcp2_app.services import learning, training
from gcp2_app.services.session import Session
from gcp2_app.ui import style
from gcp2_app.ui.again.section import AgainSection
from gcp2_app.ui.colours import Theme
from gcp2_app.ui.learn import places, policy_words
from gcp2_app.ui.learn.about_rules import AboutRulesSection
from gcp2_app.ui.learn.brief import BriefView
from gcp2_app.ui.learn.guidance import GuidanceSection
from gcp2_app.ui.learn.local_services import LocalServicesSection
from gcp2_app.ui.learn.mine import MineSection
from gcp2_app.ui.learn.page import LearningPage
from gcp2_app.ui.learn.practice_case import PracticeCaseSection
from gcp2_app.ui.learn.questions import QuestionsSection
from gcp2_app.ui.learn.rows import RowsSection
from gcp2_app.ui.learn.team import TeamSection
from gcp2_app.ui.place import Place, Screen
from gcp2_app.ui.preferences import Preferences
from gcp2_app.ui.shell import Shell
from gcp2_app.ui.workspace import Workspace
from tests.stores import add_user, as_user
from tests.ui.conftest import OnDatabase

WAIT_MS = 60_000
TODAY = date(2026, 11, 20)
SECTIONS = ("", "units", "questions", "practice", "services", "mine", "again", "team", "rules")


def texts(widget: QWidget) -> str:
    """Return everything the labels below a widget say to whoever sees it."""
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


@pytest.fixture
def shell(session: Session, workspace: Workspace, tmp_path: Path, qtbot: QtBot) -> Shell:
    """The shell of a user with every role but the auditor's, as it begins."""
    del session
    return make_shell(workspace, tmp_path, qtbot)


def make_shell(workspace: Workspace, tmp_path: Path, qtbot: QtBot) -> Shell:
    made = Shell(workspace, Preferences(QSettings(str(tmp_path / "gcp2.ini"), QSettings.Format.IniFormat)))
    qtbot.addWidget(made)
    made.resize(1366, 720)
    made.show()
    made.begin()
    settle(workspace, qtbot)
    return made


def settle(workspace: Workspace, qtbot: QtBot) -> None:
    """Wait until the database thread has nothing left to do and what came of it is seen."""
    arrived: list[bool] = []
    workspace.tasks.run(workspace, lambda: True, arrived.append)
    qtbot.waitUntil(lambda: bool(arrived), timeout=WAIT_MS)
    # What is put onto a shown page is seen once the loop has come round again.
    QApplication.processEvents()


def page_of(shell: Shell) -> LearningPage:
    page = shell.page
    assert isinstance(page, LearningPage)
    return page


def open_place(shell: Shell, workspace: Workspace, qtbot: QtBot, place: str) -> QWidget:
    """Go to a place of the Learning page and return what is shown there."""
    workspace.learning_wanted.emit(place)
    qtbot.waitUntil(lambda: page_of(shell).section is not None, timeout=WAIT_MS)
    settle(workspace, qtbot)
    section = page_of(shell).section
    assert section is not None
    return section


def open_brief(shell: Shell, workspace: Workspace, qtbot: QtBot, code: str) -> BriefView:
    brief = open_place(shell, workspace, qtbot, code)
    assert isinstance(brief, BriefView)
    return brief


# Reading


def test_a_brief_is_found_read_and_marked_with_keys_alone(
    shell: Shell, session: Session, workspace: Workspace, on_database: OnDatabase, qtbot: QtBot
) -> None:
    QTest.keyClick(shell.nav[Screen.LEARNING], Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: isinstance(page_of(shell).section, RowsSection), timeout=WAIT_MS)
    rows = page_of(shell).section
    assert isinstance(rows, RowsSection)
    assert len(rows.cards) == 18
    assert rows.progress.text() == "You have read 0 of 18."
    card = rows.cards["LP4"]
    assert "hospital" in texts(card)
    assert "Works here: Child, Timeline · Child, Plans & meetings · entries (Hospital stay, Meeting)" in texts(card)
    assert card.state.text() == "Not read yet."
    card.read_button.setFocus()
    QTest.keyClick(card.read_button, Qt.Key.Key_Space)
    brief = page_of(shell).section
    assert isinstance(brief, BriefView)
    assert workspace.trail.here == Place(Screen.LEARNING, "LP4")
    assert brief.hasFocus()
    # It is as long as its words once they have been laid out.
    qtbot.waitUntil(lambda: brief.verticalScrollBar().maximum() > 0, timeout=WAIT_MS)
    before = brief.verticalScrollBar().value()
    QTest.keyClick(brief, Qt.Key.Key_PageDown)
    assert brief.verticalScrollBar().value() > before
    brief.read_button.setFocus()
    QTest.keyClick(brief.read_button, Qt.Key.Key_Space)
    qtbot.waitUntil(brief.read_button.isHidden, timeout=WAIT_MS)
    assert brief.state.text() == "You read this on 20 November 2026."
    # The keys that scroll still work: the focus did not go with the button.
    assert brief.hasFocus()
    shell.go_back()
    assert page_of(shell).section is rows
    assert card.read_button.hasFocus()
    assert rows.progress.text() == "You have read 1 of 18."
    assert card.state.text() == "You read this on 20 November 2026."
    assert [(receipt.row, receipt.on) for receipt in on_database(lambda: learning.receipts(session))] == [
        ("LP4", TODAY)
    ]


def test_a_brief_says_everything_of_its_row(shell: Shell, workspace: Workspace, qtbot: QtBot) -> None:
    brief = open_brief(shell, workspace, qtbot, "LP1")
    said, row = texts(brief), shipped_library().row("LP1")
    for text in (row.title, row.learned, row.asks, *row.brief.paragraphs(), *row.open_questions):
        assert text in said
    for rule in row.rules:
        assert rule.says in said
        assert rule.name in said
    assert "edition 1, 29 November 2026" in said
    assert "5 to 7 minutes to read" in said
    assert row.source in said


def test_places_the_window_does_not_have_are_not_promised(shell: Shell, workspace: Workspace, qtbot: QtBot) -> None:
    said = texts(open_brief(shell, workspace, qtbot, "LP9"))
    row = shipped_library().row("LP9")
    assert {work.where for work in row.works} == {Where.TIMELINE, Where.REFERRAL}
    named = places.names()
    for work in row.works:
        assert (work.what in said) == (work.where in named)


def test_links_lead_to_the_row_on_the_other_side_to_the_next_and_to_the_list(
    shell: Shell, workspace: Workspace, qtbot: QtBot
) -> None:
    def link(text: str) -> QPushButton:
        section = page_of(shell).section
        assert section is not None
        return next(button for button in section.findChildren(QPushButton) if button.text().startswith(text))

    open_brief(shell, workspace, qtbot, "LP5")
    link("See also R3").click()
    brief = page_of(shell).section
    assert isinstance(brief, BriefView)
    assert brief.code == "R3"
    link("Next: R4").click()
    link("All eighteen lessons").click()
    assert isinstance(page_of(shell).section, RowsSection)
    for code in ("R4", "R3", "LP5"):
        shell.go_back()
        brief = page_of(shell).section
        assert isinstance(brief, BriefView)
        assert brief.code == code
    brief = open_brief(shell, workspace, qtbot, "R6")
    assert not [button for button in brief.findChildren(QPushButton) if button.text().startswith("Next")]


def test_a_place_that_is_not_known_shows_the_rows(shell: Shell, workspace: Workspace, qtbot: QtBot) -> None:
    assert isinstance(open_place(shell, workspace, qtbot, "LP99"), RowsSection)


# Sections


def test_every_section_opens_from_the_list_and_is_a_place_to_go_back_to(
    shell: Shell, workspace: Workspace, qtbot: QtBot
) -> None:
    open_place(shell, workspace, qtbot, "")
    page = page_of(shell)
    assert page.section_ids == SECTIONS
    kinds = (
        *(RowsSection, GuidanceSection, QuestionsSection, PracticeCaseSection, LocalServicesSection),
        *(MineSection, AgainSection, TeamSection, AboutRulesSection),
    )
    page.list.setFocus()
    for number, (section, kind) in enumerate(zip(SECTIONS, kinds, strict=True)):
        if number:
            QTest.keyClick(page.list, Qt.Key.Key_Down)
        assert isinstance(page.section, kind)
        assert workspace.trail.here == Place(Screen.LEARNING, section)
        assert page.list.hasFocus()
    shell.go_back()
    assert isinstance(page.section, TeamSection)
    settle(workspace, qtbot)


def test_from_a_brief_the_list_leads_back_to_the_rows(shell: Shell, workspace: Workspace, qtbot: QtBot) -> None:
    open_brief(shell, workspace, qtbot, "LP2")
    page = page_of(shell)
    QTest.mouseClick(
        page.list.viewport(), Qt.MouseButton.LeftButton, pos=page.list.visualItemRect(page.list.item(0)).center()
    )
    assert isinstance(page.section, RowsSection)


def test_who_is_no_supervisor_sees_no_team(
    session: Session, workspace: Workspace, tmp_path: Path, on_database: OnDatabase, qtbot: QtBot
) -> None:
    def become_practitioner() -> Session:
        add_user(session, "pat", Role.PRACTITIONER)
        return as_user(session, "pat")

    workspace.begin(on_database(become_practitioner))
    shell = make_shell(workspace, tmp_path, qtbot)
    section = open_place(shell, workspace, qtbot, "team")
    assert isinstance(section, RowsSection)
    assert "team" not in page_of(shell).section_ids


def test_the_team_is_told_by_brief_and_by_person_and_nobody_is_ranked(
    shell: Shell, session: Session, workspace: Workspace, on_database: OnDatabase, qtbot: QtBot
) -> None:
    def read() -> None:
        add_user(session, "zoe", Role.PRACTITIONER)
        learning.mark_read(as_user(session, "zoe"), "LP1")

    on_database(read)
    team = open_place(shell, workspace, qtbot, "team")
    assert isinstance(team, TeamSection)
    said = texts(team)
    assert "Read by 1 of 2." in said
    assert "Not yet: Sam Rowan" in said
    assert said.count("Nobody has read it yet.") == 17
    assert said.index("Practice zoe: 1 of 18") < said.index("Sam Rowan: 0 of 18")
    on_database(lambda: learning.mark_read(session, "LP1"))
    open_place(shell, workspace, qtbot, "")
    open_place(shell, workspace, qtbot, "team")
    assert "Read by 2 of 2." in texts(team)
    assert "Not yet" not in texts(team)


def test_ones_own_page_holds_ones_own_reading_and_training_alone(
    shell: Shell, session: Session, workspace: Workspace, on_database: OnDatabase, qtbot: QtBot
) -> None:
    def prepare() -> None:
        add_user(session, "zoe", Role.PRACTITIONER)
        zoe = as_user(session, "zoe")
        training.record(zoe, Training(person=zoe.professional.id, course="neglect", on=date(2026, 1, 1)))
        me = session.professional.id
        training.record(session, Training(person=me, course="professional_challenge", on=date(2026, 3, 3)))
        learning.mark_read(session, "R5")

    on_database(prepare)
    mine = open_place(shell, workspace, qtbot, "mine")
    assert isinstance(mine, MineSection)
    qtbot.waitUntil(lambda: len(mine.cards) == 1, timeout=WAIT_MS)
    settle(workspace, qtbot)
    said = texts(mine)
    assert "You have read 1 of 18 briefs." in said
    assert "You read this on 20 November 2026." in said
    assert "Professional challenge and resolution" in said
    assert "Neglect ·" not in said
    assert mine.record_button.text() == "Record my training…"
    dialog = mine.record()
    assert dialog is not None
    assert not dialog.form.fields["person"].isVisibleTo(dialog)
    dialog.close_at_once()
    mine.links["LP8"].click()
    brief = page_of(shell).section
    assert isinstance(brief, BriefView)
    assert brief.code == "LP8"


def test_guidance_stands_under_its_unit_and_its_kind_of_entry(shell: Shell, workspace: Workspace, qtbot: QtBot) -> None:
    guidance = open_place(shell, workspace, qtbot, "units")
    assert isinstance(guidance, GuidanceSection)
    links = [button for button in guidance.findChildren(QPushButton) if "LP12" in button.text()]
    assert {button.accessibleDescription() for button in links} >= {"A5 Health", "School attendance"}
    links[0].click()
    brief = page_of(shell).section
    assert isinstance(brief, BriefView)
    assert brief.code == "LP12"


def test_the_questions_say_where_the_record_has_something_to_count(
    shell: Shell, workspace: Workspace, qtbot: QtBot
) -> None:
    said = texts(open_place(shell, workspace, qtbot, "questions"))
    assert "12. What has all this together meant for this child" in said
    assert "In the record: work closed and begun again." in said
    assert said.count("Only people can answer this.") == 1
    assert said.count("In the record: ") == 11
    assert not any(fact.value in said for fact in Countable if "_" in fact.value)


# About the rules


def test_the_rules_page_shows_every_part_of_the_policy_with_where_it_comes_from(qtbot: QtBot) -> None:
    policy = shipped_policy()
    verified = Origin(source="a letter of the partnership", status=PolicyStatus.VERIFIED, checked_on="2026-10-05")
    policy = replace(policy, lock=replace(policy.lock, origin=verified))
    rules = shipped_rules()
    section = AboutRulesSection(shipped_library(), policy, rules, TODAY)
    qtbot.addWidget(section)
    said = texts(section)
    held = [getattr(policy, field.name) for field in fields(policy)]
    parts = [*rules.values(), *(part for part in held if hasattr(part, "origin"))]
    wanting = sum(part.origin.status is not PolicyStatus.VERIFIED for part in parts)
    assert f"{wanting} of its {len(parts)} parts want confirming or checking." in said
    assert "Verified (last checked: 5 October 2026)." in said
    assert "Source: a letter of the partnership. Edition 2025-02." in said
    assert "Confirm with your partnership: this is a default (last looked at: February 2025)." in said
    assert "Minutes unused until the store locks" in said
    assert "0300 555 0050 · option 3" in said
    for row in shipped_library().rows:
        for text in (*(rule.name for rule in row.rules), *row.open_questions):
            assert text in said
    assert all(name in said for name in rules)
    assert "Assessments: 2 · Weeks apart: 8\nLP1.high_twice\n" in said
    # Said once for all of them.
    assert said.count("Source: This program’s own, after learning point 1.") == 1
    assert "Sub-areas: A5 · B1 · B2" in said


def test_a_part_of_the_policy_nobody_named_here_is_shown_in_its_own_words(qtbot: QtBot) -> None:
    @dataclass(frozen=True)
    class Gap:
        origin: Origin
        cp_weeks: int
        cin_weeks: int
        from_any: bool = True

    @dataclass(frozen=True)
    class Policy:
        title: str
        edition: str
        quiet_times: Gap

    origin = Origin(source="elsewhere", status=PolicyStatus.LOCAL_ANALOGUE, checked_on="2026-11-03")
    policy = Policy(title="Area", edition="3", quiet_times=Gap(origin, 4, 8))
    numbers = {"LP77.owls": RulePolicy(origin=origin, numbers={"hoots": 3})}
    section = AboutRulesSection(shipped_library(), policy, numbers, TODAY)  # type: ignore[arg-type]  # any policy will do
    qtbot.addWidget(section)
    said = texts(section)
    assert "Quiet times\n" in said
    assert "Cp weeks\n4\nCin weeks\n8\nFrom any\nyes" in said
    assert "taken from a like area (last looked at: 3 November 2026)" in said
    said_of_rule = "Confirm with your partnership: this is taken from a like area (last looked at: 3 November 2026)."
    assert f"Other rules\n{said_of_rule} Source: elsewhere.\nLP77.owls\nHoots: 3\n" in said


def test_values_read_as_texts_and_numbers_by_their_names() -> None:
    line = Line(
        path=("stages", "1"), values=(("count", 2), ("unit", "working days"), ("urgent", True), ("late", False))
    )
    assert policy_words.label_of(line) == "Stages"
    assert policy_words.values_of(line) == "Count: 2 · working days · Urgent"
    assert policy_words.values_of(Line(path=("days",), values=(("", 5), ("", 10)))) == "5 · 10"
    assert policy_words.values_of(Line(path=("on",), values=(("", TODAY),))) == "20 November 2026"
    assert policy_words.values_of(Line(path=("status",), values=(("", PolicyStatus.DEFAULT),))) == "Default"
    assert policy_words.values_of(Line(path=("x",), values=(("", False),))) == "no"
    origin = Origin(source="s", status=PolicyStatus.VERIFIED, checked_on="2025-01")
    assert policy_words.check_words(origin, Check.CHECK_NOW).startswith("Check now: it was verified too long ago")


# Reading comfort


@pytest.fixture
def large_text(qapp: QApplication) -> Iterator[None]:
    """Text of twice its size; plain again afterwards."""
    style.apply(qapp, Theme.DARK, 2.0)
    yield
    style.apply(qapp, Theme.LIGHT, 1.0)


@pytest.mark.usefixtures("large_text")
@pytest.mark.parametrize("place", [*SECTIONS, "LP4", "LP12", "R4"])
def test_nothing_is_cut_off_at_twice_the_text_size(
    session: Session, workspace: Workspace, tmp_path: Path, qtbot: QtBot, place: str
) -> None:
    del session
    shell = make_shell(workspace, tmp_path, qtbot)
    section = open_place(shell, workspace, qtbot, place)
    if isinstance(section, AgainSection):
        # It is short, and its list is the scrolling page within it.
        page = section.currentWidget()
        assert isinstance(page, QScrollArea)
        assert page.horizontalScrollBar().maximum() == 0
        return
    assert isinstance(section, QScrollArea)
    # The list of services comes empty.
    if place != "services":
        qtbot.waitUntil(lambda: section.verticalScrollBar().maximum() > 0, timeout=WAIT_MS)
    settle(workspace, qtbot)
    assert section.horizontalScrollBar().maximum() == 0
