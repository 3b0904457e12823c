"""One item on a page: label, hint, error, editor."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from gcp2_app.domain.kinds import Item
from gcp2_app.overriding import override
from gcp2_app.ui import style
from gcp2_app.ui.field import Field
from gcp2_app.ui.forms.editor import Editor


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("item", text)


class ItemField(Field):
    """A declared item with its editor.

    Attributes:
        editor: takes and gives the value.
        required: whether the declaration asks for an answer.
    """

    def __init__(self, item: Item, editor: Editor, parent: QWidget | None = None) -> None:
        self.editor = editor
        self.required = item.required
        self._warning = style.label("", "quiet")
        text = (
            tr("{label} (needed)").format(label=item.label) if item.required and _may_miss(editor.item) else item.label
        )
        super().__init__(text, editor, item.help, parent)
        editor.name_control(item.label)
        self._warning.hide()
        editor.body.addWidget(self._warning)

    @property
    def warning(self) -> str:
        """The warning shown, or empty."""
        return self._warning.text()

    def show_warning(self, text: str) -> None:
        """Show something to look at again, below the editor; it stops nothing."""
        self._warning.setText(text)
        self._warning.setVisible(bool(text))

    @override
    def show_error(self, text: str) -> None:
        super().show_error(text)
        style.mark_invalid(self.editor.control, invalid=bool(text))
        self.editor.describe_control(self.editor.accessibleDescription())


def _may_miss(item: Item) -> bool:
    """Whether a required item can be left without an answer: yes-or-no without "not known" always has one."""
    return item.type != "boolean" or not item.required
