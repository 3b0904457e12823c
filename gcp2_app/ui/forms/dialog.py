"""The dialog that hosts a form: errors beside their fields and at the top, Save, Cancel, nothing lost by Escape."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from gcp2_app.domain.kinds import EntryKind
from gcp2_app.errors import AppError
from gcp2_app.overriding import override
from gcp2_app.ui import messages, style
from gcp2_app.ui.fold import Fold
from gcp2_app.ui.forms.editor import Context
from gcp2_app.ui.forms.form import Form
from gcp2_app.ui.reading_order import go_on
from gcp2_app.ui.workspace import Workspace

Values = dict[str, Any]
#: How much of the screen's width a form takes at most.
_OF_SCREEN: Final = 0.94
#: With less than this for each of two columns, in steps of :func:`style.space`, they stand one below the other.
_LEAST_BESIDE: Final = 75


def no_problems(_values: Values) -> Mapping[str, str]:
    """Find nothing to say about values as a whole."""
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Saving:
    """What a form dialog does with its values.

    Attributes:
        save: keeps the values; runs on the database thread and returns what was kept.
        saved: gets what was kept.
        problems: errors found by looking at several values at once, by item; they stop saving.
        warnings: things to look at again, by item; they stop nothing.
        before: asks something first, such as whether this is another child. It gets the values, what to call to go
            on saving, and what to call to go back to the form.
        text: what the button says.
    """

    save: Callable[[Values], Any]
    saved: Callable[[Any], object]
    problems: Callable[[Values], Mapping[str, str]] = no_problems
    warnings: Callable[[Values], Mapping[str, str]] = no_problems
    before: Callable[[Values, Callable[[], None], Callable[[], None]], None] | None = None
    text: str = ""


class FormDialog(QDialog):
    """A form in a window of its own.

    Attributes:
        form: the generated form.
        save_button: keeps the values and closes.
    """

    def __init__(
        self,
        parent: QWidget,
        workspace: Workspace,
        *,
        title: str,
        kind: EntryKind,
        context: Context,
        saving: Saving,
        about: str = "",
        form: Form | None = None,
    ) -> None:
        """Make the dialog.

        Args:
            form: the fields, where they are laid out in another way than one below the other.
        """
        super().__init__(parent)
        self._workspace = workspace
        self._saving = saving
        self._changed = False
        self._not_yet = ""
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(title)
        self.form = form or Form(kind, context)
        self.form.changed.connect(self._note_change)
        self._text = saving.text or self.tr("Save")
        self.save_button = style.button(self._text, "primary")
        self._cancel = style.button(self.tr("Cancel"))
        self._cancel.setAutoDefault(False)
        self._summary, self._summary_body = style.card("warning")
        self._summary.hide()
        self._beside = False
        self._across = QHBoxLayout()
        self._across.setSpacing(0)
        self._above = QVBoxLayout()
        self._below = QVBoxLayout()
        self._lay_out(title, about)
        # Once it is in the dialog, which then knows what Return presses wherever the keyboard was meanwhile.
        self.save_button.setDefault(True)
        self.save_button.clicked.connect(self._try)
        self._cancel.clicked.connect(self.reject)
        workspace.locking.connect(self.close_at_once)

    def put_above(self, widget: QWidget) -> None:
        """Put a question of the host's own above the fields."""
        self._above.addWidget(widget)

    def put_beside(self, title: str, widget: QWidget) -> None:
        """Put something to read at the left of the fields; where the screen has no room for both, folded above them.

        Args:
            title: what it is, for the fold and for who listens.
            widget: it.
        """
        room = round(self.screen().availableSize().width() * _OF_SCREEN)
        if room < style.space(2 * _LEAST_BESIDE):
            widget.setParent(self)
            widget.hide()
            fold = Fold(title, lambda: widget)
            fold.setAutoDefault(False)
            self._above.addWidget(fold)
            self._above.addLayout(fold.place)
            return
        beside = QScrollArea()
        beside.setFrameShape(QFrame.Shape.NoFrame)
        beside.setWidgetResizable(True)
        beside.setWidget(widget)
        beside.setAccessibleName(title)
        self._across.insertWidget(0, beside, 1)
        self._beside = True
        self.resize(self.sizeHint())
        # The window was centred for the narrow form.
        middle = self.screen().availableGeometry().center()
        self.move(middle.x() - self.width() // 2, self.y())

    def put_below(self, fold: Fold) -> None:
        """Put something of the host's own, folded away, below the fields."""
        self._below.addWidget(fold)
        self._below.addLayout(fold.place)

    def show_values(self, values: Mapping[str, Any]) -> None:
        """Show what a record holds."""
        self.form.show_values(values)
        self._warn()

    def hold_saving(self, why: str) -> None:
        """Keep the button that saves out of reach, and say why to who listens; an empty text gives it back."""
        self._not_yet = why
        self.save_button.setDisabled(bool(why))
        self.save_button.setAccessibleDescription(why)

    def note_change(self) -> None:
        """Know that something of the host's own was changed."""
        self._changed = True

    def _lay_out(self, title: str, about: str) -> None:
        self._ground = QWidget()
        body = QVBoxLayout(self._ground)
        margin = style.space(3)
        body.setContentsMargins(margin, margin, margin, margin)
        body.setSpacing(style.space(2.5))
        body.addWidget(style.heading(title))
        if about:
            body.addWidget(style.label(about, "quiet"))
        body.addWidget(self._summary)
        body.addLayout(self._above)
        body.addWidget(self.form)
        body.addLayout(self._below)
        body.addStretch(1)
        self._area = QScrollArea()
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(self._ground)
        bar = QFrame()
        bar.setProperty("role", "bar")
        buttons = style.row(self.save_button, self._cancel)
        buttons.setContentsMargins(margin, style.space(1.5), margin, style.space(1.5))
        bar.setLayout(buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._across.addWidget(self._area, 1)
        layout.addLayout(self._across, 1)
        layout.addWidget(bar)

    def _try(self) -> None:
        values = self.form.values()
        problems = self.form.problems(self._saving.problems(values))
        self._sum_up(problems)
        self._warn()
        if problems:
            return
        self._set_busy(busy=True)
        if self._saving.before is not None:
            self._saving.before(values, lambda: self._save(values), lambda: self._set_busy(busy=False))
        else:
            self._save(values)

    def _save(self, values: Values) -> None:
        self._workspace.tasks.run(self, lambda: self._saving.save(values), self._saved, self.show_failure)

    def _saved(self, kept: Any) -> None:
        self._changed = False
        self.accept()
        self._saving.saved(kept)

    def show_failure(self, error: AppError) -> None:
        """Say why nothing was saved; the form stays as it is."""
        self._set_busy(busy=False)
        self._clear_summary()
        self._summary_body.addWidget(style.label(error.message, "error"))
        if error.mend:
            self._summary_body.addWidget(style.label(error.mend))
        self._show_summary()

    def _sum_up(self, problems: Mapping[str, str]) -> None:
        self._clear_summary()
        if not problems:
            return
        self._summary_body.addWidget(style.label(self.tr("Not saved yet. Look at:"), "error"))
        for name, sentence in problems.items():
            label = self.form.fields[name].editor.item.label
            link = style.button(label, "link")
            link.setAutoDefault(False)
            link.setAccessibleName(f"{label}: {sentence}")
            link.clicked.connect(partial(self._go_to, name))
            self._summary_body.addWidget(link)
            self._summary_body.addWidget(style.label(sentence))
        self._summary.show()
        first = next(iter(problems))
        self.form.go_to(first)
        # Once the errors beside the fields have their room.
        QTimer.singleShot(0, self, lambda: self._reveal(first))

    def _show_summary(self) -> None:
        self._summary.show()
        self._area.verticalScrollBar().setValue(0)

    def _reveal(self, name: str) -> None:
        """Scroll a field into view; of one that is taller than the window, its label and its error."""
        field = self.form.fields[name]
        top = field.mapTo(self._ground, field.rect().topLeft()).y()
        margin = style.space(2)
        if self._summary.isVisible() and top + field.height() + margin <= self._area.viewport().height():
            self._area.verticalScrollBar().setValue(0)
            return
        self._area.ensureVisible(0, top + field.height(), 0, margin)
        self._area.ensureVisible(0, top, 0, margin)

    def _clear_summary(self) -> None:
        self._summary.hide()
        while (item := self._summary_body.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()

    def _go_to(self, name: str) -> None:
        self.form.go_to(name)
        self._reveal(name)

    def _warn(self) -> None:
        warnings = self._saving.warnings(self.form.values())
        for name, field in self.form.fields.items():
            field.show_warning(warnings.get(name, ""))

    def _note_change(self, _name: str) -> None:
        self._changed = True
        self._warn()

    def _set_busy(self, *, busy: bool) -> None:
        self.save_button.setDisabled(busy or bool(self._not_yet))
        self.save_button.setText(self.tr("One moment…") if busy else self._text)

    def close_at_once(self) -> None:
        """Close without asking."""
        self._changed = False
        self.reject()

    @override
    def reject(self) -> None:
        if self._changed:
            messages.ask(
                self,
                self.tr("Leave without saving?"),
                self.tr("What you typed here is not kept."),
                yes=self.tr("Leave without saving"),
                no=self.tr("Go on writing"),
                then=super().reject,
            )
        else:
            super().reject()

    @override
    def focusNextPrevChild(self, forward: bool) -> bool:
        return go_on(self, forward=forward) or super().focusNextPrevChild(forward)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        if not event.spontaneous():
            # Qt would stop at two thirds of the screen.
            self.resize(self.sizeHint())
        super().showEvent(event)

    @override
    def sizeHint(self) -> QSize:
        width = style.space(96)
        height = self._ground.heightForWidth(width) + style.space(12)
        room = self.screen().availableSize()
        wide = 2 * width if self._beside else width
        return QSize(min(wide, round(room.width() * _OF_SCREEN)), min(height, round(room.height() * 0.9)))
