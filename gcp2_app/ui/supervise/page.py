"""The Supervision page: sections at the left; the team, the lists, calibration, or one child beside them.

Every section and every child's twenty-minute page is a place of its own, so that Back leads to where one came from.
"""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QStackedWidget, QVBoxLayout, QWidget

from gcp2_app.ui import style
from gcp2_app.ui.supervise.calibration import CalibrationSection
from gcp2_app.ui.supervise.child import ChildSection
from gcp2_app.ui.supervise.lists import ListsSection
from gcp2_app.ui.supervise.team import TeamSection
from gcp2_app.ui.workspace import Workspace

_CHILD = "child:"


class SupervisePage(QWidget):
    """What a supervisor works with."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._makers: Mapping[str, Callable[[Workspace], QWidget]] = {
            "": TeamSection,
            "lists": ListsSection,
            "calibration": CalibrationSection,
        }
        self._made: dict[str, QWidget] = {}
        self._child: ChildSection | None = None
        self.section_ids = tuple(self._makers)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Sections of supervision"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.addItems([self.tr("The team"), self.tr("Lists across the team"), self.tr("Calibration")])
        self.list.setProperty("role", "sections")
        self.list.setFixedWidth(self.list.sizeHintForColumn(0) + style.space(4))
        self.list.setFixedHeight(self.list.sizeHintForRow(0) * self.list.count() + style.space(2))
        self._stack = QStackedWidget()
        left = QVBoxLayout()
        left.setContentsMargins(style.space(3), style.space(2), 0, style.space(3))
        left.setSpacing(style.space(2))
        left.addWidget(style.heading(self.tr("Supervision"), 2))
        left.addWidget(self.list)
        queue = style.button(self.tr("Review queue"), "link")
        queue.clicked.connect(self._open_queue)
        left.addWidget(queue, 0, Qt.AlignmentFlag.AlignLeft)
        left.addStretch(1)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.addLayout(left)
        across.addWidget(self._stack, 1)
        self.setFocusProxy(self.list)
        self.list.currentRowChanged.connect(self._want_section)
        self.list.itemClicked.connect(self._again)

    @property
    def section(self) -> QWidget | None:
        """The section or child shown."""
        return self._stack.currentWidget()

    def show_place(self, place: str) -> None:
        """Show a section, or the twenty-minute page of a child (``child:`` and the id); else the team."""
        if place.startswith(_CHILD):
            if self._child is None:
                self._child = ChildSection(self._workspace)
                self._stack.addWidget(self._child)
            # A list without a current row takes its first once it has the focus, and would lead away from the child.
            with QSignalBlocker(self.list):
                self.list.setCurrentRow(0)
            self._child.show_child(place.removeprefix(_CHILD))
            self._stack.setCurrentWidget(self._child)
            return
        section = place if place in self._makers else ""
        with QSignalBlocker(self.list):
            self.list.setCurrentRow(self.section_ids.index(section))
        if section not in self._made:
            self._made[section] = self._makers[section](self._workspace)
            self._stack.addWidget(self._made[section])
        self._stack.setCurrentWidget(self._made[section])

    def _want_section(self, number: int) -> None:
        self._workspace.supervision_wanted.emit(self.section_ids[number])

    def _again(self) -> None:
        self._want_section(self.list.currentRow())

    def _open_queue(self) -> None:
        self._workspace.review_wanted.emit()
