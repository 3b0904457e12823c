"""Grading again, as a section of the Learning page: what one was asked to grade, and the grading itself."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from gcp2_app.overriding import override
from gcp2_app.ui import style
from gcp2_app.ui.again.bench import SecondBench
from gcp2_app.ui.again.gradings import Gradings
from gcp2_app.ui.again.texts import tr
from gcp2_app.ui.column import Column
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.services.supervision.second_gradings import Opened


class AgainSection(QStackedWidget):
    """The list, or one grading.

    Attributes:
        gradings: the list.
        bench: where one is graded.
    """

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._column = Column(140, centred=False)
        none = tr("Nobody has asked you to grade an assessment again, and none of yours was graded again yet.")
        self.gradings = Gradings(workspace, grades=True, none=none)
        self.bench = SecondBench(workspace)
        self._column.body.addWidget(style.heading(tr("Grading again")))
        self._column.body.addWidget(
            style.label(
                tr(
                    "To find out how alike the scale is used, a supervisor can ask you to grade the evidence of "
                    "another’s assessment without seeing its grades. It says nothing about a family, and who is right "
                    "is not asked."
                ),
                "quiet",
            )
        )
        self._column.body.addWidget(
            style.label(
                tr(
                    "You see the evidence of each unit and not how it was graded. Grade what the evidence lets you "
                    "grade; mark the rest as not observed, or leave it. The assessment does not change."
                ),
                "quiet",
            )
        )
        self._column.body.addWidget(self.gradings)
        self._column.body.addStretch(1)
        self.addWidget(self._column)
        self.addWidget(self.bench)
        self.gradings.grade_wanted.connect(self._open)
        self.gradings.compared.connect(self._column.ensureWidgetVisible)
        self.bench.left.connect(self._back)
        self.bench.finished.connect(self._back)

    def _open(self, id_: str) -> None:
        from gcp2_app.services.supervision import second_gradings

        session = self._workspace.session
        self._workspace.tasks.run(
            self, lambda: second_gradings.open_(session, id_), self._begin, self.gradings.notice.show_error
        )

    def _begin(self, opened: "Opened") -> None:
        self.setCurrentWidget(self.bench)
        self.bench.begin(opened.working, opened.recorded_by)

    def _back(self) -> None:
        self.setCurrentWidget(self._column)
        self.gradings.refresh()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.currentWidget() is self._column and self._workspace.is_unlocked:
            self.gradings.refresh()
