"""An assessment done elsewhere is written down and mended from the child's page."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gcp2_app.domain.assessment import Assessment
from gcp2_app.services import packs
from gcp2_app.services.session import Session
from gcp2_app.ui.child.assessment_list import Column
from gcp2_app.ui.child.assessments import Assessments
from gcp2_app.ui.child.shown import Shown, load
from gcp2_app.ui.forms.dialog import FormDialog
from gcp2_app.ui.workspace import Workspace
from tests.licensing import FOUR_GRADE
from tests.ui.conftest import OnDatabase
from tests.ui.families import SISTER, add_family

WAIT_MS = 60_000


class _Tab:
    """The tab of a child who has no assessment yet."""

    def __init__(
        self, session: Session, workspace: Workspace, on_database: OnDatabase, qtbot: QtBot, folder: Path
    ) -> None:
        self.session, self.on_database, self.qtbot = session, on_database, qtbot
        on_database(lambda: add_family(session, folder))
        self.tab = Assessments(workspace)
        qtbot.addWidget(self.tab)
        self.tab.say(self.shown())
        self.kept: list[str] = []
        self.pack = "graded-care"
        workspace.changed.connect(lambda kind, id_: self.kept.append(id_) if kind == "assessment" else None)

    def shown(self) -> Shown:
        return self.on_database(lambda: load(self.session, SISTER, "for the test"))

    def form(self) -> FormDialog:
        """Wait for the form and return it."""

        def found() -> list[FormDialog]:
            return [each for each in self.tab.findChildren(FormDialog) if each.isVisible()]

        self.qtbot.waitUntil(lambda: bool(found()), timeout=WAIT_MS)
        return found()[0]

    def keep(self, form: FormDialog, **values: object) -> Assessment:
        """Fill the form in, keep it, and return what is stored."""
        for name, value in values.items():
            form.form.fields[name.replace("__", f"{self.pack}:")].editor.set_value(value)
        before = len(self.kept)
        QTest.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
        self.qtbot.waitUntil(lambda: len(self.kept) > before, timeout=WAIT_MS)
        self.tab.say(self.shown())
        return self.stored(self.kept[-1])

    def stored(self, id_: str) -> Assessment:
        """Return an assessment as the disk has it."""

        def read() -> Assessment:
            with self.session.store.transaction() as tx:
                return tx.assessments.get(id_)

        return self.on_database(read)

    def cell(self, column: int) -> str:
        """Return what the first row says in a column."""
        model = self.tab.table.model()
        return str(model.index(0, column).data(Qt.ItemDataRole.ToolTipRole))


def test_one_done_elsewhere_is_written_down_marked_and_mended(
    session: Session, workspace: Workspace, on_database: OnDatabase, qtbot: QtBot, tmp_path: Path
) -> None:
    tab = _Tab(session, workspace, on_database, qtbot, tmp_path)
    QTest.mouseClick(tab.tab.elsewhere, Qt.MouseButton.LeftButton)
    form = tab.form()
    kept = tab.keep(
        form,
        **{
            "from": "2026-03-02",
            "to": "2026-03-27",
            "recorded_by": "Kim Vale, health visitor",
            "__A1": "3",
            "__B2": "2",
        },
    )
    assert kept.recorded_elsewhere
    assert {code: answer.grade for code, answer in kept.units.items()} == {"A1": 3, "B2": 2}
    assert kept.carers == ("p-rose",)
    assert "Recorded elsewhere" in tab.cell(Column.ASSESSORS)
    assert "Kim Vale" in tab.cell(Column.ASSESSORS)
    assert tab.tab.table.currentIndex().row() == 0
    assert tab.tab.correct.isEnabled()
    QTest.mouseClick(tab.tab.correct, Qt.MouseButton.LeftButton)
    form = tab.form()
    assert form.form.values()["graded-care:A1"] == "3"
    mended = tab.keep(form, __A1="4", reason="Read wrongly.")
    assert mended.id == kept.id
    assert mended.answer("A1").grade == 4


def test_without_a_grade_or_with_a_day_to_come_nothing_is_kept(
    session: Session, workspace: Workspace, on_database: OnDatabase, qtbot: QtBot, tmp_path: Path
) -> None:
    tab = _Tab(session, workspace, on_database, qtbot, tmp_path)
    QTest.mouseClick(tab.tab.elsewhere, Qt.MouseButton.LeftButton)
    form = tab.form()
    for name, value in {"from": "2026-11-02", "to": "2026-11-21", "recorded_by": "not known"}.items():
        form.form.fields[name].editor.set_value(value)
    QTest.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    assert form.form.fields["to"].error
    assert form.form.fields["graded-care:A1"].error
    assert form.isVisible()


def test_one_of_a_pack_with_four_grades_is_written_down_with_its_own_values(
    session: Session, workspace: Workspace, on_database: OnDatabase, qtbot: QtBot, tmp_path: Path
) -> None:
    on_database(lambda: packs.install(session, FOUR_GRADE))
    code = next(iter(on_database(lambda: packs.get(session, "four-grade")).subareas))
    tab = _Tab(session, workspace, on_database, qtbot, tmp_path)
    QTest.mouseClick(tab.tab.elsewhere, Qt.MouseButton.LeftButton)
    form = tab.form()
    assert form.form.fields["pack"].isVisibleTo(form)
    form.form.fields["pack"].editor.set_value("four-grade")
    form.form.changed.emit("pack")
    assert form.form.fields[f"four-grade:{code}"].isVisibleTo(form)
    assert not form.form.fields["graded-care:A1"].isVisibleTo(form)
    tab.pack = "four-grade"
    kept = tab.keep(form, **{"from": "2026-03-02", "to": "2026-03-27", "recorded_by": "not known", f"__{code}": "20"})
    assert kept.pack == "four-grade"
    assert kept.answer(code).grade == 20
    assert "20" in tab.cell(Column.GRADES)


def test_where_there_is_little_room_the_page_scrolls_and_the_list_keeps_its_rows(
    session: Session, workspace: Workspace, on_database: OnDatabase, qtbot: QtBot, tmp_path: Path
) -> None:
    tab = _Tab(session, workspace, on_database, qtbot, tmp_path)
    QTest.mouseClick(tab.tab.elsewhere, Qt.MouseButton.LeftButton)
    days = {"from": "2026-03-02", "to": "2026-03-27", "recorded_by": "not known"}
    tab.keep(tab.form(), **days, __A1="3")
    tab.tab.resize(420, 160)
    with qtbot.waitExposed(tab.tab):
        tab.tab.show()
    table, last = tab.tab.table, tab.tab.exchange
    assert table.viewport().height() >= table.rowHeight(0)
    below = last.mapTo(tab.tab, last.rect().bottomLeft()).y()
    assert below < table.mapTo(tab.tab, table.rect().topLeft()).y()
    assert tab.tab.page.verticalScrollBar().maximum() > 0
