"""The first set-up, from a name to a confirmed recovery kit, driven by hand."""

import stat
import sys
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pypdf
import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from gcp2_app.domain.register import Agency
from gcp2_app.domain.users import Role
from gcp2_app.errors import StoreError
from gcp2_app.services import stores
from gcp2_app.services.session import Session
from gcp2_app.ui.clipboard import BriefClipboard
from gcp2_app.ui.preferences import Preferences
from gcp2_app.ui.unlock.kit import code_rows, groups, kit_lines, write_kit
from gcp2_app.ui.unlock.kit_keeper import KitKeeper
from gcp2_app.ui.unlock.set_up import SetUpPage
from gcp2_app.ui.workspace import Workspace
from tests.ui.conftest import OnDatabase

PASSPHRASE = "seven quiet herons over the lock"
CODE = "0JN7-DM97-58Z3-X9A4-NG9J-2XNT-TC68-ZPK9-7A71"
WAIT_MS = 60_000


@pytest.fixture
def preferences(tmp_path: Path) -> Preferences:
    return Preferences(QSettings(str(tmp_path / "gcp2.ini"), QSettings.Format.IniFormat))


@pytest.fixture
def own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """This user's folder for stores, for this test alone."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "data"))
    return tmp_path / "data"


class Made:
    """The sessions of stores made, kept to be closed."""

    def __init__(self) -> None:
        self.sessions: list[Session] = []
        self.folders: list[Path] = []

    def __call__(self, session: Session, folder: Path) -> None:
        self.sessions.append(session)
        self.folders.append(folder)


@pytest.fixture
def made(on_database: OnDatabase) -> Iterator[Made]:
    kept = Made()
    yield kept
    for session in kept.sessions:
        on_database(partial(stores.lock, session))


@pytest.fixture
def page(workspace: Workspace, preferences: Preferences, own_folder: Path, made: Made, qtbot: QtBot) -> SetUpPage:
    del own_folder
    shown = SetUpPage(workspace.tasks, preferences)
    shown.created.connect(made)
    qtbot.addWidget(shown)
    shown.resize(900, 760)
    shown.show()
    shown.enter()
    qtbot.waitUntil(lambda: shown.about.folder is not None, timeout=WAIT_MS)
    return shown


def at(page: SetUpPage) -> str:
    """Return the title of the step shown."""
    return page.step.title


def press_next(page: SetUpPage) -> None:
    QTest.mouseClick(page.next_button, Qt.MouseButton.LeftButton)


def fill_in_about(page: SetUpPage) -> None:
    QTest.keyClicks(page.about.name, "Sam Rowan-Oak")
    QTest.keyClicks(page.about.role, "social worker")
    page.about.agency.setCurrentText("Children’s social care")


def choose_passphrase(page: SetUpPage, qtbot: QtBot) -> None:
    QTest.keyClicks(page.passphrase.new.first.line, PASSPHRASE)
    QTest.keyClicks(page.passphrase.new.second.line, PASSPHRASE)
    qtbot.waitUntil(lambda: page.passphrase.new.is_valid, timeout=WAIT_MS)


@pytest.fixture
def at_kit(page: SetUpPage, qtbot: QtBot) -> SetUpPage:
    """The set-up with the store made and the recovery kit on screen."""
    fill_in_about(page)
    press_next(page)
    choose_passphrase(page, qtbot)
    press_next(page)
    qtbot.waitUntil(lambda: page.step is page.kit, timeout=WAIT_MS)
    return page


def error_texts(widget: QWidget) -> list[str]:
    """Return the errors on a widget."""
    return [
        label.text()
        for label in widget.findChildren(QLabel)
        if label.property("role") == "error" and label.isVisible() and label.text()
    ]


def shown_code(keeper: KitKeeper) -> list[str]:
    """Return the groups on screen, in the order of their numbers."""
    told = [child.accessibleName() for child in keeper.findChildren(QWidget)]
    numbered = dict(name.removeprefix("Group ").split(": ") for name in told if name.startswith("Group "))
    return [numbered[str(number)] for number in range(1, len(numbered) + 1)]


def gap(page: SetUpPage) -> tuple[str, QWidget | None]:
    """Return what is said beside the name, and where the cursor is."""
    return page.about.name_error, page.focusWidget()


def test_gaps_are_said_beside_the_fields_and_the_first_gets_the_focus(page: SetUpPage) -> None:
    press_next(page)
    assert at(page) == "About you"
    assert gap(page) == ("Give your name.", page.about.name)
    QTest.keyClicks(page.about.name, "Sam")
    press_next(page)
    assert gap(page) == ("", page.about.role)


def test_a_sign_in_name_is_suggested_until_one_is_typed(page: SetUpPage) -> None:
    QTest.keyClicks(page.about.name, "Sam Rowan-Oak")
    assert page.about.sign_in_name.text() == "sam.rowan.oak"
    page.about.sign_in_name.clear()
    QTest.keyClicks(page.about.sign_in_name, "sro")
    QTest.keyClicks(page.about.name, "es")
    assert page.about.sign_in_name.text() == "sro"


@pytest.mark.parametrize("name", ["al with a space", "a" * 33])
def test_a_sign_in_name_that_is_long_or_has_spaces_is_refused(page: SetUpPage, name: str) -> None:
    page.about.sign_in_name.setText(name)
    assert not page.about.check()
    assert any("without spaces" in text for text in error_texts(page.about))
    page.about.sign_in_name.setText("al")
    page.about.check()
    assert not any("without spaces" in text for text in error_texts(page.about))


def test_a_suggested_sign_in_name_is_short_enough(page: SetUpPage) -> None:
    QTest.keyClicks(page.about.name, "Bartholomew Featherstonehaugh-Wolfe")
    assert page.about.sign_in_name.text() == "bartholomew.featherstonehaugh.wo"


def test_another_folder_can_be_chosen_and_one_in_use_gets_a_folder_of_its_own(page: SetUpPage, tmp_path: Path) -> None:
    def choose(folder: Path) -> None:
        QTest.mouseClick(page.about.change_button, Qt.MouseButton.LeftButton)
        dialog = page.about.findChildren(QFileDialog)[-1]
        line = dialog.findChild(QLineEdit, "fileNameEdit")
        assert line is not None
        line.setText(str(folder))
        dialog.accept()

    empty = tmp_path / "empty"
    empty.mkdir()
    choose(empty)
    assert page.about.folder == empty
    (empty / "letters.txt").touch()
    choose(empty)
    assert page.about.folder == empty / "gcp2-store"


def test_a_weak_or_mistyped_passphrase_does_not_go_on(page: SetUpPage, qtbot: QtBot) -> None:
    fill_in_about(page)
    press_next(page)
    new = page.passphrase.new
    # Nothing is said before the first edit.
    assert new.problem
    assert new.sentence.strip() == ""
    QTest.keyClicks(new.first.line, "rowan")
    qtbot.waitUntil(lambda: "Guessed" in new.sentence, timeout=WAIT_MS)
    QTest.keyClicks(new.second.line, "rowan")
    press_next(page)
    assert at(page) == "Your passphrase"
    assert new.problem == "Choose a stronger passphrase."
    QTest.mouseClick(page.back_button, Qt.MouseButton.LeftButton)
    assert at(page) == "About you"
    assert page.about.name.text() == "Sam Rowan-Oak"


def test_return_goes_from_field_to_field_and_on(page: SetUpPage) -> None:
    QTest.keyClicks(page.about.name, "Sam")
    QTest.keyClick(page.about.name, Qt.Key.Key_Return)
    assert page.focusWidget() is page.about.role
    QTest.keyClicks(page.about.role, "nurse")
    page.about.agency.setCurrentIndex(0)
    QTest.keyClick(page.about.sign_in_name, Qt.Key.Key_Return)
    assert at(page) == "Your passphrase"


def test_a_whole_set_up(at_kit: SetUpPage, made: Made, preferences: Preferences, qtbot: QtBot) -> None:
    page = at_kit
    session, folder = made.sessions[0], made.folders[0]
    assert folder == stores.default_store() == preferences.last_store
    assert not session.store.practice
    assert session.user.sign_in_name == "sam.rowan.oak"
    assert session.user.roles == {Role.PRACTITIONER, Role.SUPERVISOR, Role.ADMINISTRATOR}
    assert (session.professional.name, session.professional.role) == ("Sam Rowan-Oak", "social worker")
    assert session.professional.agency is Agency.CHILDRENS_SOCIAL_CARE
    # The passphrase is nowhere on the page any more.
    assert page.passphrase.new.text == ""

    # The kit: it is not over until a group was typed back.
    keeper = page.kit.keeper
    code = shown_code(keeper)
    assert len(code) == 9
    assert not page.next_button.isVisible()
    assert not page.back_button.isVisible()
    assert not preferences.kit_kept(folder)
    QTest.mouseClick(keeper.kept_button, Qt.MouseButton.LeftButton)
    assert not any(name.isVisible() for name in keeper.findChildren(QWidget) if "Group " in name.accessibleName())
    press_next(page)
    assert at(page) == "Your recovery kit"
    QTest.keyClicks(keeper.answer, "0000")
    assert "not group" in keeper.error
    press_next(page)
    assert error_texts(page.kit) == [keeper.error], "one error, about what is on screen"
    keeper.answer.clear()
    press_next(page)
    assert error_texts(page.kit) == [f"Type group {keeper.asked_group} of the code you kept."]
    QTest.keyClicks(keeper.answer, code[keeper.asked_group - 1].lower())
    assert keeper.is_confirmed
    press_next(page)
    assert at(page) == "Whom to ring when a child is in danger"
    assert preferences.kit_kept(folder)
    assert not shown_code_left(page)

    # The danger numbers: ticked, and one corrected.
    press_next(page)
    assert at(page) == "Whom to ring when a child is in danger"
    line = page.danger.form.lines["out_of_hours"]
    line.selectAll()
    QTest.keyClicks(line, "01384 222222")
    QTest.keyClick(page.danger.form.confirm, Qt.Key.Key_Space)
    press_next(page)
    assert at(page) == "Ready"
    assert preferences.danger_confirmed_on is not None
    assert preferences.danger_number("out_of_hours") == "01384 222222"
    assert preferences.danger_number("daytime") is None

    with qtbot.waitSignal(page.finished):
        press_next(page)


def shown_code_left(page: SetUpPage) -> bool:
    """Whether any widget still holds part of the code."""
    return any(
        child.isVisible() and child.accessibleName().startswith("Group ") for child in page.findChildren(QWidget)
    )


def test_the_practice_family_is_on_offer_at_the_end(at_kit: SetUpPage, qtbot: QtBot) -> None:
    page = at_kit
    code = shown_code(page.kit.keeper)
    page.kit.keeper.ask()
    page.kit.keeper.answer.setText(code[page.kit.keeper.asked_group - 1])
    press_next(page)
    page.danger.form.confirm.setChecked(True)
    press_next(page)
    with qtbot.waitSignal(page.practice_wanted):
        QTest.mouseClick(page.ready.practice_button, Qt.MouseButton.LeftButton)


def test_a_folder_that_cannot_be_used_is_said_and_can_be_changed(
    page: SetUpPage, made: Made, own_folder: Path, qtbot: QtBot
) -> None:
    fill_in_about(page)
    press_next(page)
    choose_passphrase(page, qtbot)
    # In the meantime somebody put something there.
    occupied = stores.default_store()
    assert own_folder in occupied.parents
    occupied.mkdir(parents=True)
    (occupied / "letters.txt").touch()
    press_next(page)
    qtbot.waitUntil(lambda: bool(page.notice.text), timeout=WAIT_MS)
    assert at(page) == "Your passphrase"
    assert page.next_button.isEnabled()
    assert not made.sessions


# The kit on paper


def lines() -> tuple[str, ...]:
    return kit_lines(CODE, "store", date(2026, 11, 23))


def save(keeper: KitKeeper, path: Path) -> None:
    QTest.mouseClick(keeper.save_button, Qt.MouseButton.LeftButton)
    dialog = keeper.findChildren(QFileDialog)[-1]
    line = dialog.findChild(QLineEdit, "fileNameEdit")
    assert line is not None
    line.setText(str(path))
    dialog.accept()


@pytest.fixture
def keeper(qtbot: QtBot) -> KitKeeper:
    made = KitKeeper()
    qtbot.addWidget(made)
    made.show()
    made.show_kit(CODE, "store", date(2026, 11, 23))
    return made


def test_the_kit_is_saved_as_a_pdf_with_real_text_for_this_user_alone(keeper: KitKeeper, tmp_path: Path) -> None:
    path = tmp_path / "kit.pdf"
    save(keeper, path)
    document = pypdf.PdfReader(path)
    assert len(document.pages) == 1
    text = document.pages[0].extract_text()
    assert all(row in text for row in code_rows(CODE))
    assert "23 November 2026" in " ".join(text.split())
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_kit_is_saved_as_text_where_the_name_says_so(keeper: KitKeeper, tmp_path: Path) -> None:
    path = tmp_path / "kit.txt"
    save(keeper, path)
    text = path.read_text(encoding="utf-8")
    assert text.splitlines()[0] == "gcp2 recovery kit"
    assert "-".join(text.splitlines()[4:7]) == CODE


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as refused:
        write_kit(tmp_path / "nowhere" / "kit.pdf", lines(), CODE)
    assert refused.value.mend


def test_letters_that_look_alike_count_as_one(keeper: KitKeeper) -> None:
    keeper.ask()
    wanted = groups(CODE)[keeper.asked_group - 1]
    keeper.answer.setText(f" {wanted.replace('0', 'o').replace('1', 'l').lower()} ")
    assert keeper.is_confirmed


def test_the_code_can_be_shown_again(keeper: KitKeeper) -> None:
    keeper.ask()
    QTest.mouseClick(keeper.again_button, Qt.MouseButton.LeftButton)
    assert not keeper.is_asking
    assert "-".join(shown_code(keeper)) == CODE


def test_a_copy_leaves_the_clipboard_again(keeper: KitKeeper) -> None:
    QTest.mouseClick(keeper.copy_button, Qt.MouseButton.LeftButton)
    clipboard = QGuiApplication.clipboard()
    assert all(row in clipboard.text() for row in code_rows(CODE))
    keeper.forget()
    assert clipboard.text() == ""


def test_what_was_copied_since_stays_on_the_clipboard(qtbot: QtBot) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    brief = BriefClipboard(owner)
    brief.copy("secret")
    QGuiApplication.clipboard().setText("something else")
    brief.clear()
    assert QGuiApplication.clipboard().text() == "something else"


def test_the_kit_can_be_printed(keeper: KitKeeper, tmp_path: Path, qtbot: QtBot) -> None:
    QTest.mouseClick(keeper.print_button, Qt.MouseButton.LeftButton)
    dialog = keeper.findChildren(QPrintDialog)[0]
    printer = dialog.printer()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    dialog.accepted.emit(printer)
    dialog.reject()
    qtbot.waitUntil(lambda: not keeper.findChildren(QPrintDialog))
    text = pypdf.PdfReader(tmp_path / "printed.pdf").pages[0].extract_text()
    assert all(row in text for row in code_rows(CODE))
