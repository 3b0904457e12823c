"""What the review learned, folded away beside the screen it belongs to.

The texts are read on the computing thread when the fold is first opened, so that no screen waits for them.
"""

from collections.abc import Collection
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from gcp2_app.domain.learning import Where, rows_beside
from gcp2_app.errors import AppError
from gcp2_app.ui import style
from gcp2_app.ui.fold import Fold
from gcp2_app.ui.learn.texts import minutes_words, title_of
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.domain.learning import LearningRow

#: More than these are left to the Learning page.
MOST_SHOWN: Final = 4
#: Lines longer than this read badly; in steps of a third of the text height.
WIDEST: Final = 140


def learned_fold(
    workspace: Workspace, where: Where, *, units: Collection[str] = (), kind: str = "", leads_away: bool = True
) -> Fold:
    """Return a fold with the rows that belong beside a screen.

    Args:
        where: the screen.
        units: codes of the units on it.
        kind: code of the kind of entry it is about, or empty.
        leads_away: False in a form that would be lost by going to another page.
    """
    return Fold(
        QCoreApplication.translate("learn", "What the review learned"),
        lambda: BesidePane(workspace, where, units=units, kind=kind, leads_away=leads_away),
    )


class BesidePane(QFrame):
    """A few rows: what each asks, and the way to its brief.

    Attributes:
        shown: emitted once the rows are there.
    """

    shown = Signal()

    def __init__(
        self,
        workspace: Workspace,
        where: Where,
        *,
        units: Collection[str] = (),
        kind: str = "",
        leads_away: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "note")
        self._workspace = workspace
        self._leads_away = leads_away
        self.rows: tuple[str, ...] = ()
        self._body = QVBoxLayout(self)
        margin = style.space(2)
        self._body.setContentsMargins(margin, style.space(1.5), margin, style.space(1.5))
        self._body.setSpacing(style.space(2))
        self._waiting = style.label(self.tr("One moment…"), "quiet")
        self._body.addWidget(self._waiting)
        self.setMaximumWidth(style.space(WIDEST))

        def work() -> "tuple[LearningRow, ...]":
            from gcp2_app.forms.learning import shipped_library

            return rows_beside(shipped_library(), where=where, kind=kind, units=units)

        workspace.tasks.compute(self, work, self._show, self._fail)

    def _show(self, rows: "tuple[LearningRow, ...]") -> None:
        self._waiting.hide()
        self.rows = tuple(row.code for row in rows[:MOST_SHOWN])
        for row in rows[:MOST_SHOWN]:
            lines = QVBoxLayout()
            lines.setSpacing(max(1, style.space(0.3)))
            lines.addWidget(style.heading(title_of(row), 3))
            lines.addWidget(style.label(row.asks))
            if self._leads_away:
                text = self.tr("Read the brief, {minutes}").format(minutes=minutes_words(row))
                lines.addWidget(self._link(text, row.code, title_of(row)))
            self._body.addLayout(lines)
        if self._leads_away:
            self._body.addWidget(self._link(self.tr("All eighteen lessons"), "", ""))
        else:
            self._body.addWidget(style.label(self.tr("The briefs are on the Learning page."), "quiet"))
        self.shown.emit()

    def _link(self, text: str, place: str, about: str) -> QWidget:
        link = style.button(text, "link")
        link.setObjectName(f"learn-{place or 'rows'}")
        link.setAccessibleDescription(about)
        link.clicked.connect(lambda: self._workspace.learning_wanted.emit(place))
        return link

    def _fail(self, error: AppError) -> None:
        self._waiting.setText(f"{error.message} {error.mend}".strip())
