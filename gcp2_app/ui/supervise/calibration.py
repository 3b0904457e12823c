"""Calibration: how far two who graded the same units apart agree, area by area, with the counts it rests on."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from gcp2_app.errors import AppError
from gcp2_app.overriding import override
from gcp2_app.ui import style
from gcp2_app.ui.again.gradings import Gradings
from gcp2_app.ui.charts.twin_table import TwinTable
from gcp2_app.ui.column import Column
from gcp2_app.ui.notice import Notice
from gcp2_app.ui.supervise.team_table import tr
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.domain.calibration import Agreement
    from gcp2_app.services.supervision.calibrating import Calibration


class CalibrationSection(Column):
    """Agreement in each area.

    Attributes:
        table: a row an area.
        ask: asks somebody to grade an assessment again.
        gradings: the second gradings this supervisor asked for.
    """

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(190, parent, centred=False)
        self._workspace = workspace
        self.notice = Notice()
        self.table = TwinTable(whole=True)
        self._count = style.label()
        none = tr("You have not asked anybody to grade an assessment again.")
        self.gradings = Gradings(workspace, grades=False, none=none)
        self.gradings.compared.connect(self.ensureWidgetVisible)
        self.ask = style.button(tr("Ask for a second grading…"))
        self.ask.clicked.connect(self._want_to_ask)
        self.body.addWidget(style.heading(tr("Calibration")))
        self.body.addWidget(
            style.label(
                tr(
                    "Where two people graded the same unit without seeing each other’s grade, this says how far they "
                    "agree. It is about how the scale is used, never about who is right or about a family."
                ),
                "quiet",
            )
        )
        self.body.addWidget(self.notice)
        self.body.addWidget(self._count)
        self.body.addWidget(self.table)
        self.body.addWidget(
            style.label(
                tr(
                    "Agreement is Cohen’s weighted kappa with linear weights: 1 is full agreement, 0 what chance alone "
                    "would give, below 0 less than that. Only signed-off assessments count: those with two assessors, "
                    "and of each unit the first grade of each of them; and those that were graded again, with the "
                    "grade that was signed off and the second."
                ),
                "quiet",
            )
        )
        self.body.addWidget(style.heading(tr("Second gradings"), 2))
        self.body.addWidget(
            style.label(
                tr(
                    "Ask somebody who did not work on an assessment to grade its evidence again without seeing the "
                    "grades. They do it on the Learning page, under Grading again. Only the two of them and you see it."
                ),
                "quiet",
            )
        )
        self.body.addLayout(style.row(self.ask))
        self.body.addWidget(self.gradings)
        self.body.addStretch(1)
        workspace.locking.connect(self._clear)

    def _show(self, found: "Calibration") -> None:
        from gcp2_app.reports.charts.twin import Twin, TwinRow

        two = tr("%n assessment graded by two|%n assessments graded by two", found.assessments)
        again = tr("%n graded again for calibration", found.again)
        self._count.setText(f"{two}, {again}.")
        rows = tuple(
            TwinRow(cells=(f"{code} {label}", *_cells(found.agreement[code]))) for code, label in found.areas.items()
        )
        columns = (tr("Area"), tr("Units"), tr("Same grade"), tr("One step apart"), tr("Agreement"), tr("Note"))
        self.table.show_twin(Twin(title=tr("Calibration"), columns=columns, rows=rows))

    def _fail(self, error: AppError) -> None:
        self.notice.show_error(error)

    def _clear(self) -> None:
        self.table.show_twin(None)
        self._count.clear()

    def _want_to_ask(self) -> None:
        from gcp2_app.ui.again.asking import ask_again

        ask_again(self, self._workspace, self.gradings.refresh, self._fail)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._workspace.is_unlocked:
            from gcp2_app.services.supervision import calibrating

            session = self._workspace.session
            self._workspace.tasks.run(self, lambda: calibrating.calibration(session), self._show, self._fail)
            self.gradings.refresh()


def _cells(found: "Agreement") -> tuple[str, ...]:
    kappa = "–" if found.kappa is None else f"{found.kappa:.2f}".replace("-", "−")
    few = tr("So few units that it says little.") if found.few and found.kappa is not None else ""
    return (str(found.pairs), str(found.same), str(found.near), kappa, found.undefined or few)
