"""Any two assessments of a child beside each other: what moved, unit by unit, targets, and what did not last."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QTabWidget, QVBoxLayout, QWidget

from gcp2_app.errors import AppError
from gcp2_app.ui import style, words
from gcp2_app.ui.charts.reading import Sentences
from gcp2_app.ui.charts.twin_table import TwinTable
from gcp2_app.ui.field import Field
from gcp2_app.ui.flow import Flow
from gcp2_app.ui.forms.choice import QuietComboBox
from gcp2_app.ui.notice import Notice
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.reports.charts.twin import Twin, TwinRow
    from gcp2_app.services.comparisons import Compared
    from gcp2_app.storage.results import AssessmentSummary

#: Size of the dialog, in letters and lines.
_LETTERS: Final = 140
_LINES: Final = 38


class ComparisonDialog(QDialog):
    """Two assessments, chosen from all of the child's.

    Attributes:
        earlier, later: which two.
        sentences: the whole in words.
        rollups, units, targets: the same as tables.
        tabs: what is looked at.
        compared: what is shown, or None.
    """

    def __init__(self, parent: QWidget, workspace: Workspace, child_id: str, later: str = "") -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._child = child_id
        self._wanted = later
        self._asked = 0
        self.compared: Compared | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(self.tr("Two assessments beside each other"))
        self.earlier, self.later = QuietComboBox(), QuietComboBox()
        for box in (self.earlier, self.later):
            box.setSizeAdjustPolicy(QuietComboBox.SizeAdjustPolicy.AdjustToContents)
            box.setMinimumWidth(style.space(64))
        self.notice = Notice()
        self.sentences = Sentences()
        self.rollups, self.units, self.targets = TwinTable(), TwinTable(), TwinTable()
        self.tabs = QTabWidget()
        self._no_targets = style.label("", "quiet")
        targets = QWidget()
        within = QVBoxLayout(targets)
        within.addWidget(self._no_targets)
        within.addWidget(self.targets, 1)
        for widget, text in (
            (self.sentences, self.tr("In words")),
            (self.rollups, self.tr("Areas and sub-areas")),
            (self.units, self.tr("Unit by unit")),
            (targets, self.tr("Targets")),
        ):
            self.tabs.addTab(widget, text)
        chosen = Flow()
        chosen.setSpacing(style.space(2))
        chosen.addWidget(Field(self.tr("Earlier"), self.earlier))
        chosen.addWidget(Field(self.tr("Later"), self.later))
        close = style.button(self.tr("Close"))
        close.clicked.connect(self.reject)
        layout = QVBoxLayout(self)
        margin = style.space(3)
        layout.setContentsMargins(margin, margin, margin, margin)
        layout.setSpacing(style.space(1.5))
        self.heading: QLabel = style.heading(self.windowTitle(), 1)
        layout.addWidget(self.heading)
        layout.addLayout(chosen)
        layout.addWidget(self.notice)
        layout.addWidget(self.tabs, 1)
        layout.addLayout(style.row(close))
        room = self.screen().availableSize()
        # As many letters across and lines down at any size of text, where the screen has the room.
        metrics = self.fontMetrics()
        wide, tall = _LETTERS * metrics.averageCharWidth(), _LINES * metrics.lineSpacing()
        self.resize(min(wide, room.width()), min(tall, room.height()))
        self.earlier.activated.connect(self._load)
        self.later.activated.connect(self._load)
        for table in (self.rollups, self.units, self.targets):
            table.chosen.connect(self._go)
        workspace.locking.connect(self.reject)
        self._list()

    def _list(self) -> None:
        from gcp2_app.services import comparisons

        session, child = self._workspace.session, self._child
        self._workspace.tasks.run(
            self, lambda: comparisons.choices(session, child), self._show_list, self.notice.show_error
        )

    def _show_list(self, summaries: "tuple[AssessmentSummary, ...]") -> None:
        for each in summaries:
            days = words.window(each.window) if each.window is not None else self.tr("No dates recorded")
            text = f"{days} · {words.say(each.state)}"
            self.earlier.addItem(text, each.id)
            self.later.addItem(text, each.id)
        if len(summaries) < 2:
            self.tabs.hide()
            self.notice.show_note(self.tr("There is only one assessment of this child: nothing to compare."))
            return
        place = max(1, self.later.findData(self._wanted) if self._wanted else len(summaries) - 1)
        self.later.setCurrentIndex(place)
        self.earlier.setCurrentIndex(place - 1)
        self._load()

    def _load(self) -> None:
        from gcp2_app.services import comparisons

        one, other = str(self.earlier.currentData()), str(self.later.currentData())
        if one == other:
            self.notice.show_note(self.tr("Choose two different assessments."))
            return
        self._asked += 1
        asked, session, child = self._asked, self._workspace.session, self._child
        self._workspace.tasks.run(
            self,
            lambda: comparisons.compare_two(session, child, one, other),
            lambda compared: self._show(asked, compared),
            self._fail,
        )

    def _show(self, asked: int, compared: "Compared") -> None:
        if asked != self._asked:
            return
        from gcp2_app.reports import comparison_words

        self.compared = compared
        self.notice.clear()
        side, pack = compared.side, compared.pack
        why = side.comparison.not_comparable
        if why:
            self.notice.show_note(
                self.tr("These two cannot be compared. {why} Their grades are listed all the same.").format(why=why)
            )
        self.sentences.show_parts(comparison_words.comparison_parts(side, pack))
        self.rollups.show_twin(comparison_words.rollup_table(side, pack))
        self.units.show_twin(comparison_words.unit_table(side, pack))
        targets: Twin = comparison_words.target_table(side, pack)
        self.targets.show_twin(targets)
        self.targets.setVisible(bool(targets.rows))
        self._no_targets.setText("" if targets.rows else self.tr("The earlier assessment set no targets."))

    def _fail(self, error: AppError) -> None:
        self.compared = None
        self.notice.show_error(error)

    def _go(self, row: "TwinRow") -> None:
        self.accept()
        self._workspace.assessment_wanted.emit(row.assessment)
