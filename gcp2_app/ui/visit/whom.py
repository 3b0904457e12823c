"""Whom a note is about: the children of its visit, ticked by tapping or by a number each, or all at once.

With more than one child nobody is ticked until somebody is meant: a note must not come to stand in the record of a
child it was not about.
"""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gcp2_app.domain.register import Child
from gcp2_app.overriding import override
from gcp2_app.ui import style
from gcp2_app.ui.child.names import child_name
from gcp2_app.ui.visit.picks import Picks

#: Children that have a key of their own, Alt+1 the first.
MOST_KEYS: Final = 9


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("whom", text)


class Whom(QWidget):
    """The children to tick. While it has the focus a number ticks, A ticks all, and Return goes on.

    Args:
        children: of the visit.

    Attributes:
        changed: emitted when who is ticked changed by hand.
        done: emitted when Return is pressed in it.
        picks: the names.
        by_hand: a person ticked, or took back; what is suggested changes nothing then.
    """

    changed = Signal()
    done = Signal()

    def __init__(self, children: Sequence[Child], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ids = tuple(child.id for child in children)
        self.by_hand = False
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        names = tuple((child.id, _numbered(number, child, children)) for number, child in enumerate(children, start=1))
        self.picks = Picks(self._caption(), names, many=True)
        self.picks.changed.connect(self._picked)
        # Above the names, where the focus goes: below them it may be out of sight with large text.
        self._question = style.label("", "error")
        self._question.hide()
        layout.addWidget(self._question)
        layout.addWidget(self.picks)

    @property
    def chosen(self) -> tuple[str, ...]:
        """Ids of the children ticked."""
        return self.picks.chosen

    def begin(self, children: Sequence[str], *, settled: bool) -> None:
        """Show who is ticked for another note.

        Args:
            children: ids; none ticks an only child.
            settled: it was decided before; nothing is suggested any more.
        """
        self.by_hand = settled
        self._question.hide()
        self.picks.choose(children or self._only)

    def suggest(self, *, everyone: bool) -> None:
        """Tick everyone, or nobody but an only child, unless a person has decided."""
        if not self.by_hand:
            self.picks.choose(self._ids if everyone else self._only)

    def ask(self) -> None:
        """Ask whom it is about, and put the cursor where the numbers tick."""
        self._question.setText(tr("Whom is it about? Press a number, or A for all; then Return."))
        self._question.show()
        next(iter(self.picks.buttons.values())).setFocus()

    def toggle(self, number: int) -> None:
        """Tick the child of a number, the first 1, or take the tick back."""
        if number <= len(self._ids):
            self.picks.buttons[self._ids[number - 1]].click()

    def toggle_all(self) -> None:
        """Tick everyone; nobody but an only child where everyone was."""
        self.picks.choose(self._only if len(self.chosen) == len(self._ids) else self._ids)
        self._picked()

    @property
    def _only(self) -> tuple[str, ...]:
        return self._ids if len(self._ids) == 1 else ()

    def _caption(self) -> str:
        if len(self._ids) < 2:
            return tr("Whom it is about")
        shown = min(len(self._ids), MOST_KEYS)
        return tr("Whom it is about  (Alt+1 to Alt+{number}, Alt+A all)").format(number=shown)

    def _picked(self) -> None:
        self.by_hand = True
        self._question.hide()
        self.changed.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        number = event.key() - Qt.Key.Key_0
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.done.emit()
        elif 1 <= number <= MOST_KEYS:
            self.toggle(number)
        elif event.key() == Qt.Key.Key_A:
            self.toggle_all()
        else:
            super().keyPressEvent(event)


def _numbered(number: int, child: Child, children: Sequence[Child]) -> str:
    """Return a child's name after the number of its key, where it has one."""
    name = child_name(child)
    return f"{number}  {name}" if len(children) > 1 and number <= MOST_KEYS else name
