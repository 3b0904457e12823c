"""The tab of a child's assessments: start one, open one, its report, correct a signed-off one."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from gcp2_app.domain.assessment import AssessmentState
from gcp2_app.domain.users import Duty
from gcp2_app.errors import AppError
from gcp2_app.overriding import override
from gcp2_app.ui import messages, style
from gcp2_app.ui.agency.line import AgencyLine
from gcp2_app.ui.caseload.cells import GradesCell
from gcp2_app.ui.caseload.rows import RowsTable
from gcp2_app.ui.child.assessment_list import AssessmentList, Column
from gcp2_app.ui.flow import Flow
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.storage.results import AssessmentSummary
    from gcp2_app.ui.child.shown import Shown

#: Widths of the columns of words, in steps of :func:`gcp2_app.ui.style.space`.
_STEPS = {Column.WINDOW: 25, Column.STATE: 34, Column.CARERS: 32, Column.ASSESSORS: 32, Column.PACK: 34}
#: What stands side by side where there is no room for all of it.
_BANDS = ((Column.WINDOW, Column.STATE, Column.CARERS, Column.ASSESSORS), (Column.GRADES, Column.PACK))
#: What takes the room that is left, in equal parts.
_GROWING = (Column.CARERS, Column.ASSESSORS)


class AssessmentTable(RowsTable):
    """A child's assessments as rows."""

    def __init__(self, model: AssessmentList, parent: QWidget | None = None) -> None:
        super().__init__(model, {Column.GRADES: GradesCell}, parent, bands=_BANDS)
        self.setAccessibleName(self.tr("Assessments of this child"))
        self.setAccessibleDescription(self.tr("Arrow keys move, Enter opens the assessment."))
        self.horizontalHeader().setSectionsClickable(False)
        self.fit()

    @override
    def fit(self) -> None:
        super().fit()
        widths = {column: style.space(steps) for column, steps in _STEPS.items()}
        widths[Column.GRADES] = self.wide(Column.GRADES)
        free = max(0, self.viewport().width() - sum(widths.values()))
        for column in _GROWING:
            widths[column] += free // len(_GROWING)
        widths[Column.PACK] += free % len(_GROWING)
        self.set_widths(widths.items())


class Assessments(QWidget):
    """Every assessment of one child, with what can be done.

    Attributes:
        start_wanted: emitted when an assessment is to be started.
        page: scrolls it where it is taller than its room.
    """

    start_wanted = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._model = AssessmentList(self)
        self.table = AssessmentTable(self._model)
        self.start = style.button(self.tr("Start an assessment"), "primary")
        self.open = style.button(self.tr("Open"))
        self.report = style.button(self.tr("Report"))
        self.family = style.button(self.tr("Family grid"))
        self.family.setToolTip(self.tr("The grades of the children of this family beside each other"))
        self.correct = style.button(self.tr("Correct…"))
        self.compare = style.button(self.tr("Compare…"))
        self.compare.setToolTip(self.tr("Any two assessments of this child beside each other"))
        self.agency = AgencyLine(workspace, "assessment")
        self.elsewhere = style.button(self.tr("Record one done elsewhere…"))
        self.exchange = style.button(self.tr("Exchange with a colleague…"))
        self._shown: Shown | None = None
        self._kept_last = ""
        self._rooms = QStackedWidget()
        self._lay_out()
        self.start.clicked.connect(self.start_wanted)
        self.open.clicked.connect(self._open)
        self.report.clicked.connect(self._report)
        self.family.clicked.connect(self._family)
        self.compare.clicked.connect(self._compare)
        self.correct.clicked.connect(self._ask_correction)
        self.elsewhere.clicked.connect(self._record_elsewhere)
        self.exchange.clicked.connect(self._exchange)
        self.table.chosen.connect(lambda _: self._open())
        self.table.doubleClicked.connect(lambda _: self._open())
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._enable())

    def say(self, shown: "Shown") -> None:
        """Show a child's assessments; the chosen one stays chosen."""
        chosen = self._chosen()
        self._shown = shown
        self._model.say(shown)
        self._rooms.setCurrentWidget(self.table if self._model.rowCount() else self._nothing)
        kept = self._model.number_of(self._kept_last)
        number = kept if kept is not None or chosen is None else self._model.number_of(chosen.id)
        if kept is not None:
            self._kept_last = ""
        if self._model.rowCount():
            self.table.setCurrentIndex(self._model.index(number or 0, 0))
        self.family.setVisible(bool(shown.file.siblings))
        self.compare.setVisible(sum(each.window is not None for each in shown.file.assessments) > 1)
        for button in (self.start, self.elsewhere, self.exchange):
            button.setVisible(self._workspace.session.user.may(Duty.WORK_CASES))
        self._enable()

    def forget(self) -> None:
        """Let go of the child."""
        self._shown = None
        self._model.say(None)

    def _lay_out(self) -> None:
        self._nothing = style.label(self.tr("No assessment has been started for this child."), "quiet")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._rooms.addWidget(self.table)
        self._rooms.addWidget(self._nothing)
        bar = Flow()
        bar.setSpacing(style.space(1.5))
        for button in (
            self.start,
            self.open,
            self.report,
            self.compare,
            self.family,
            self.correct,
            self.elsewhere,
            self.exchange,
        ):
            bar.addWidget(button)
        # With large text the buttons take several rows: the page scrolls, and the list never shrinks to its header.
        self._rooms.setMinimumHeight(style.space(46))
        page = QWidget()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self.page = QScrollArea()
        self.page.setWidgetResizable(True)
        self.page.setFrameShape(QFrame.Shape.NoFrame)
        self.page.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.page.setWidget(page)
        whole.addWidget(self.page)
        layout = QVBoxLayout(page)
        margin = style.space(3)
        layout.setContentsMargins(margin, style.space(2), margin, style.space(2))
        layout.setSpacing(style.space(1.5))
        layout.addLayout(bar)
        layout.addWidget(self._rooms, 1)
        layout.addWidget(self.agency)

    def _chosen(self) -> "AssessmentSummary | None":
        return self._model.assessment(self.table.currentIndex().row())

    def _enable(self) -> None:
        chosen = self._chosen()
        may_work = self._workspace.is_unlocked and self._workspace.session.user.may(Duty.WORK_CASES)
        self.open.setEnabled(chosen is not None)
        self.report.setEnabled(chosen is not None)
        self.family.setEnabled(chosen is not None)
        signed = chosen is not None and chosen.state is AssessmentState.SIGNED_OFF
        self.agency.show_record(chosen.id if chosen is not None and signed else "")
        self.correct.setVisible(may_work)
        # What was written down of one done elsewhere is mended in its form, until it is with a supervisor.
        mended = chosen is not None and chosen.recorded_elsewhere and chosen.state is not AssessmentState.SUBMITTED
        signed = chosen is not None and chosen.state is AssessmentState.SIGNED_OFF
        self.correct.setEnabled(chosen is not None and (mended or signed) and chosen.corrected_by is None)

    def _open(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self._workspace.assessment_wanted.emit(chosen.id)

    def _report(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self._workspace.report_wanted.emit(chosen.child, "assessment", chosen.id)

    def _family(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self._workspace.family_wanted.emit(chosen.id, "")

    def _compare(self) -> None:
        from gcp2_app.ui.child.comparison import ComparisonDialog

        chosen = self._chosen()
        if self._shown is not None:
            later = chosen.id if chosen is not None else ""
            ComparisonDialog(self, self._workspace, self._shown.child.id, later).open()

    def _record_elsewhere(self) -> None:
        from gcp2_app.ui.child.elsewhere import record_elsewhere

        if self._shown is not None:
            record_elsewhere(self, self._workspace, self._shown, self._kept)

    def _exchange(self) -> None:
        from gcp2_app.ui.child.exchange import ExchangeDialog

        child = self._shown.file.child if self._shown is not None else None
        ExchangeDialog(self, self._workspace, self._chosen(), child).open()

    def _kept(self, assessment_id: str) -> None:
        # What was just written down is what one looks for in the list.
        self._kept_last = assessment_id
        self._workspace.changed.emit("assessment", assessment_id)

    def _ask_correction(self) -> None:
        from gcp2_app.ui.child.elsewhere import correct_elsewhere
        from gcp2_app.ui.forms.reason import ask_reason

        chosen = self._chosen()
        if chosen is not None and chosen.recorded_elsewhere and self._shown is not None:
            correct_elsewhere(self, self._workspace, self._shown, chosen.id, self._kept)
        elif chosen is not None:
            ask_reason(
                self,
                self._workspace,
                title=self.tr("Correct a signed-off assessment"),
                about=self.tr(
                    "A new version is made and goes through sign-off again. The signed-off one stays as it is, "
                    "and both can be read."
                ),
                text=self.tr("Make the new version"),
                then=lambda reason: self._correct(chosen.id, reason),
            )

    def _correct(self, assessment_id: str, reason: str) -> None:
        from gcp2_app.services import assessments

        session = self._workspace.session
        self._workspace.tasks.run(
            self,
            lambda: assessments.correct(session, assessment_id, reason=reason).assessment.id,
            self._corrected,
            self._refused,
        )

    def _corrected(self, new_id: str) -> None:
        self._workspace.changed.emit("assessment", new_id)
        self._workspace.assessment_wanted.emit(new_id)

    def _refused(self, error: AppError) -> None:
        messages.show_error(self, error)
