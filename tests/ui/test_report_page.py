"""The report page: the pages as they will print, who gets a copy and why, and the copy itself."""

import io
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pypdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from gcp2_app.domain.audit import AuditEvent
from gcp2_app.errors import StoreError
from gcp2_app.services.session import Session
from gcp2_app.storage import audit
from gcp2_app.ui import messages
from gcp2_app.ui.reports.report_page import ReportPage
from gcp2_app.ui.reports.writing import write_whole
from gcp2_app.ui.workspace import Workspace
from tests.ui.conftest import OnDatabase
from tests.ui.families import CHILD, add_family

#: Milliseconds: a crowded machine takes its time with the first drawing.
PATIENCE = 60_000


SECRET = "four slow otters under ice"


@dataclass
class Chosen:
    """What the file dialog answers, and the names it was opened with."""

    path: Path
    offered: list[str] = field(default_factory=list)


@pytest.fixture
def chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Chosen:
    """The file dialog's answer."""
    answer = Chosen(tmp_path / "copy.pdf")

    def choose(_parent: object, _title: str, name: str, _kinds: str, then: Callable[[Path], object]) -> None:
        answer.offered.append(name)
        then(answer.path)

    monkeypatch.setattr(messages, "choose_new_file", choose)
    return answer


@pytest.fixture
def family(session: Session, on_database: OnDatabase, tmp_path: Path) -> Session:
    """A session on a store that holds a family."""
    on_database(lambda: add_family(session, tmp_path))
    return session


@pytest.fixture
def events(family: Session, on_database: OnDatabase) -> Callable[[str], list[AuditEvent]]:
    """The audit trail's events of one kind, newest first."""

    def listed(action: str) -> list[AuditEvent]:
        with family.store.transaction() as tx:
            return [event for event in audit.page(tx, limit=50) if event.action == action]

    return lambda action: on_database(lambda: listed(action))


@pytest.fixture
def page(qtbot: QtBot, workspace: Workspace, family: Session) -> ReportPage:
    """The report of a signed-off assessment, its first page drawn."""
    del family
    made = ReportPage(workspace)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    made.show_report("assessment", CHILD, "a-2")
    qtbot.waitUntil(lambda: made.pages.copy.strip.is_drawn(0), timeout=PATIENCE)
    return made


def fill(page: ReportPage, *, recipient: str = "Dr Vale, health visitor", reason: str = "core group") -> None:
    """Type who the copy is for and why."""
    for line, text in ((page.form.recipient, recipient), (page.form.reason, reason)):
        line.clear()
        QTest.keyClicks(line, text)


def test_the_pages_are_drawn_and_said(page: ReportPage) -> None:
    pages = page.pages.copy.page_count

    assert pages >= 2
    assert page.where == f"Page 1 of {pages}"
    strip = page.pages.copy.strip
    assert strip.accessibleName() == page.where
    assert "Robin Ash" in strip.accessibleDescription()
    place = strip.place_of(0)
    image = strip.grab(place).toImage()
    assert image.pixelColor(4, 4) == QColor("white")
    inks = {image.pixelColor(x, y).lightness() for x in range(0, place.width(), 3) for y in range(0, 300, 3)}
    assert min(inks) < 80
    assert page.making.progress.isHidden()


def test_the_preview_carries_the_recipient_and_counts_as_a_view(
    qtbot: QtBot, page: ReportPage, events: Callable[[str], list[AuditEvent]]
) -> None:
    assert "Dr Vale" not in page.pages.copy.strip.pages[0].text

    QTest.keyClicks(page.form.recipient, "Dr Vale")
    page.form.reason.setFocus()

    qtbot.waitUntil(lambda: "Dr Vale" in page.pages.copy.strip.pages[0].text, timeout=PATIENCE)
    assert len(events("report previewed")) == 2
    assert events("report exported") == []


def test_pages_are_turned_by_button_and_by_key(qtbot: QtBot, page: ReportPage) -> None:
    pages = page.pages.copy.page_count
    assert not page.pages.previous.isEnabled()

    QTest.mouseClick(page.pages.next, Qt.MouseButton.LeftButton)
    assert page.where == f"Page 2 of {pages}"
    qtbot.waitUntil(lambda: page.pages.copy.strip.is_drawn(1), timeout=PATIENCE)

    page.pages.copy.setFocus()
    strip = page.pages.copy.strip
    QTest.keyClick(strip, Qt.Key.Key_End)
    assert page.where == f"Page {pages} of {pages}"
    assert not page.pages.next.isEnabled()
    QTest.keyClick(strip, Qt.Key.Key_Left)
    assert page.where == f"Page {pages - 1} of {pages}"
    QTest.keyClick(strip, Qt.Key.Key_Home)
    assert page.where == f"Page 1 of {pages}"
    assert strip.accessibleName() == page.where


def test_pages_fit_the_width_until_another_size_is_chosen(qtbot: QtBot, page: ReportPage) -> None:
    preview = page.pages.copy
    assert page.pages.fit.isChecked()
    assert preview.horizontalScrollBar().maximum() == 0
    fitted = preview.zoom

    QTest.mouseClick(page.pages.larger, Qt.MouseButton.LeftButton)
    assert preview.zoom > fitted
    assert not page.pages.fit.isChecked()
    assert preview.horizontalScrollBar().maximum() > 0
    qtbot.waitUntil(lambda: preview.strip.is_drawn(0), timeout=PATIENCE)

    QTest.keyClick(preview.strip, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert preview.zoom < fitted * 1.01
    QTest.keyClick(preview.strip, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert page.pages.fit.isChecked()

    page.resize(1000, 700)
    qtbot.waitUntil(lambda: preview.zoom < fitted, timeout=PATIENCE)
    assert preview.horizontalScrollBar().maximum() == 0


def test_nothing_is_saved_before_it_is_said_who_and_why(page: ReportPage, chosen: Chosen) -> None:
    QTest.keyClick(page.form.save_button, Qt.Key.Key_Space)

    assert chosen.offered == []
    assert "Not saved yet" in page.form.notice.text
    assert "Say who this copy is for." in page.form.recipient.accessibleDescription()
    assert "Say why they need it." in page.form.reason.accessibleDescription()

    QTest.keyClicks(page.form.recipient, "Dr Vale")
    QTest.keyClick(page.form.recipient, Qt.Key.Key_Return)
    assert chosen.offered == []
    assert "Say who" not in page.form.recipient.accessibleDescription()


def test_a_copy_is_saved_under_a_neutral_name_and_audited(
    qtbot: QtBot, page: ReportPage, chosen: Chosen, events: Callable[[str], list[AuditEvent]]
) -> None:
    fill(page)

    QTest.mouseClick(page.form.save_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Saved as" in page.form.notice.text, timeout=PATIENCE)

    assert chosen.offered == ["assessment-2026-11-20.pdf"]
    assert page.form.save_button.isEnabled()
    document = pypdf.PdfReader(io.BytesIO(chosen.path.read_bytes()))
    assert "Robin Ash" in document.pages[0].extract_text()
    assert len(document.pages) == page.pages.copy.page_count
    (event,) = events("report exported")
    assert "core group" in event.reason
    assert "Dr Vale" in event.reason


def test_a_protected_copy_opens_with_its_passphrase_only(qtbot: QtBot, page: ReportPage, chosen: Chosen) -> None:
    fill(page)
    page.form.protect.click()
    for line in page.form.passphrase.findChildren(QLineEdit):
        QTest.keyClicks(line, SECRET)
    qtbot.waitUntil(lambda: page.form.passphrase.is_valid, timeout=PATIENCE)

    QTest.mouseClick(page.form.save_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Saved as" in page.form.notice.text, timeout=PATIENCE)

    document = pypdf.PdfReader(chosen.path)
    assert document.is_encrypted
    assert not document.decrypt("another")
    assert document.decrypt(SECRET)
    # The next copy has a passphrase of its own.
    assert page.form.password is None
    assert page.form.passphrase.text == ""


def test_a_weak_passphrase_is_not_taken(page: ReportPage, chosen: Chosen) -> None:
    fill(page)
    page.form.protect.click()
    for line in page.form.passphrase.findChildren(QLineEdit):
        QTest.keyClicks(line, "abc")

    page.form.save()

    assert chosen.offered == []
    assert "Not saved yet" in page.form.notice.text


def test_a_copy_that_cannot_be_saved_says_why(qtbot: QtBot, page: ReportPage, chosen: Chosen) -> None:
    chosen.path = chosen.path.parent / "no such folder" / "copy.pdf"
    fill(page)

    page.form.save()
    qtbot.waitUntil(lambda: "could not be saved" in page.form.notice.text, timeout=PATIENCE)

    assert page.form.save_button.isEnabled()


@pytest.mark.skipif(os.name != "posix", reason="files are kept small the POSIX way")
def test_a_disk_without_room_is_said_to_be_full_and_keeps_what_was_there(tmp_path: Path) -> None:
    import resource

    target = tmp_path / "copy.pdf"
    target.write_bytes(b"before")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, hard))
    try:
        with pytest.raises(StoreError, match=r"“copy.pdf” could not be saved \(the disk is full\)"):
            write_whole(target, b"x" * 200_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert target.read_bytes() == b"before"
    assert [each.name for each in tmp_path.iterdir()] == ["copy.pdf"]


def test_a_report_that_is_not_there_is_an_error_in_words(qtbot: QtBot, page: ReportPage) -> None:
    page.show_report("assessment", "nowhere", "a-2")

    qtbot.waitUntil(lambda: bool(page.notice.text), timeout=PATIENCE)

    assert page.pages.copy.page_count == 0
    assert page.where == "No pages yet"


def test_nothing_of_the_report_stays_after_the_lock(page: ReportPage, workspace: Workspace) -> None:
    fill(page)

    workspace.locking.emit()

    assert page.pages.copy.page_count == 0
    assert page.pages.copy.strip.accessibleDescription() == ""
    assert page.form.recipient.text() == ""
    assert page.form.reason.text() == ""


def test_tab_goes_through_the_form_to_the_button_and_on_to_the_pages(page: ReportPage) -> None:
    form = page.form
    form.recipient.setFocus()
    order = [
        *(form.reason, form.days.fold, form.choose_button, form.form, form.protect),
        *(form.save_button, form.copy_button, page.pages.next),
    ]

    for widget in order:
        QTest.keyClick(page.window().focusWidget(), Qt.Key.Key_Tab)
        assert page.window().focusWidget() is widget
