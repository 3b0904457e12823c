"""The second gradings somebody may see: those they make, asked for, or whose assessment they made."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from gcp2_app.ui import style
from gcp2_app.ui.again.texts import state, title, tr
from gcp2_app.ui.charts.twin_table import TwinTable
from gcp2_app.ui.notice import Notice
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.services.supervision.second_gradings import Comparison, Listed


class Gradings(QWidget):
    """A card each.

    Attributes:
        compared: emitted with the table once it shows both grades.
        grade_wanted: emitted with the id of one that this person is to make, or go on with.
        table: both grades of the one that is compared.
    """

    compared = Signal(object)
    grade_wanted = Signal(str)

    def __init__(self, workspace: Workspace, *, grades: bool, none: str, parent: QWidget | None = None) -> None:
        """Draw the list up.

        Args:
            workspace: of the open store.
            grades: the person can grade from here.
            none: what is said where there is none.
            parent: the widget it stands in.
        """
        super().__init__(parent)
        self._workspace = workspace
        self._grades = grades
        self.notice = Notice()
        self._none = style.label(none, "quiet")
        self._list = QVBoxLayout()
        self._list.setSpacing(style.space(1.5))
        self._compared = style.heading("", 3)
        self._counts = style.label()
        self.table = TwinTable(whole=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.space(1.5))
        for widget in (self.notice, self._none):
            layout.addWidget(widget)
        layout.addLayout(self._list)
        for part in (self._compared, self._counts, self.table):
            layout.addWidget(part)
            part.hide()
        workspace.locking.connect(self.forget)

    def refresh(self) -> None:
        """Read them again."""
        from gcp2_app.services.supervision import second_gradings

        session = self._workspace.session
        self._workspace.tasks.run(self, lambda: second_gradings.of_mine(session), self._show, self.notice.show_error)

    def forget(self) -> None:
        """Show nothing."""
        self._clear()
        self.table.show_twin(None)
        for widget in (self._compared, self._counts, self.table):
            widget.hide()

    def _clear(self) -> None:
        while (item := self._list.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.setParent(None)
                widget.deleteLater()

    def _show(self, found: "tuple[Listed, ...]") -> None:
        self._clear()
        self._none.setVisible(not found)
        for listed in found:
            self._list.addWidget(self._card(listed))

    def _card(self, listed: "Listed") -> QWidget:
        frame, layout = style.card()
        layout.setSpacing(style.space(0.75))
        layout.addWidget(style.heading(title(listed), 3))
        layout.addWidget(style.label(state(listed), "quiet"))
        button = self._button(listed)
        if button is not None:
            layout.addLayout(style.row(button))
        return frame

    def _button(self, listed: "Listed") -> QPushButton | None:
        id_ = listed.grading.id
        if listed.grading.finished_on is not None:
            button = style.button(tr("Compare the grades"))
            button.clicked.connect(partial(self._compare, listed))
        elif listed.mine and self._grades:
            button = style.button(tr("Go on grading") if listed.graded else tr("Grade the evidence"), "primary")
            button.clicked.connect(partial(self._want, id_))
        else:
            return None
        button.setObjectName(f"again-{id_}")
        button.setAccessibleDescription(title(listed))
        return button

    def _want(self, id_: str, _checked: bool = False) -> None:  # noqa: FBT002 - Qt's
        self.grade_wanted.emit(id_)

    def _compare(self, listed: "Listed", _checked: bool = False) -> None:  # noqa: FBT002 - Qt's
        from gcp2_app.services.supervision import second_gradings

        session, id_ = self._workspace.session, listed.grading.id
        self._workspace.tasks.run(
            self,
            lambda: second_gradings.compare(session, id_),
            partial(self._show_both, listed),
            self.notice.show_error,
        )

    def _show_both(self, listed: "Listed", found: "Comparison") -> None:
        from gcp2_app.reports.charts.twin import Twin, TwinRow

        same = sum(each.apart == 0 for each in found.units)
        self._compared.setText(title(listed))
        text = tr("{count} units were graded by both, {same} of them alike.")
        self._counts.setText(text.format(count=len(found.units), same=same))
        labels: Mapping[str, str] = found.labels
        rows = tuple(
            TwinRow(cells=(labels.get(each.code, each.code), str(each.first), str(each.second), _apart(each.apart)))
            for each in sorted(found.units, key=lambda each: -each.apart)
        )
        columns = (tr("Unit"), tr("Signed off"), tr("Graded again"), tr("Apart"))
        self.table.show_twin(Twin(title=tr("Both grades"), columns=columns, rows=rows))
        for widget in (self._compared, self._counts, self.table):
            widget.show()
        self.table.setFocus()
        # Once it is laid out: before that it is nowhere yet.
        QTimer.singleShot(0, self, lambda: self.compared.emit(self.table))


def _apart(steps: int) -> str:
    return tr("%n step|%n steps", steps) if steps else tr("the same")
