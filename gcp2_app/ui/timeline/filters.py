"""What of a timeline is shown: words, kind, theme, agency."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from gcp2_app.domain.entries import Theme
from gcp2_app.domain.entry_fields import THEMES
from gcp2_app.domain.register import Agency
from gcp2_app.ui import style, words
from gcp2_app.ui.flow import Flow
from gcp2_app.ui.forms.choice import QuietComboBox

if TYPE_CHECKING:
    from gcp2_app.domain.kinds import EntryKind
    from gcp2_app.services.stream import StreamQuery


def tr(text: str, count: int = -1) -> str:
    """Translate a text of this module; ``one|many`` is chosen by the count, which replaces ``%n``."""
    if count < 0:
        return QCoreApplication.translate("filters", text)
    one, _, many = text.partition("|")
    return QCoreApplication.translate("filters", one if count == 1 else many or one).replace("%n", f"{count}")


class Filters(QWidget):
    """The filters of a timeline.

    Attributes:
        text, kind, theme, agency: the four.
        clear_button: shows everything again.
        changed: emitted after the person changed one.
    """

    changed = Signal()

    def __init__(self, *lead: QWidget, parent: QWidget | None = None) -> None:
        """Make the filters.

        Args:
            lead: stand before them in the same row.
        """
        super().__init__(parent)
        self.text = QLineEdit()
        self.text.setPlaceholderText(tr("Filter by words"))
        self.text.setAccessibleName(tr("Filter by words"))
        self.text.setClearButtonEnabled(True)
        self.text.setFixedWidth(style.space(34))
        self.kind = self._list(tr("Every kind"), tr("Kind of entry"))
        self.theme = self._list(tr("Every theme"), tr("Theme"))
        for theme, label in THEMES.items():
            self.theme.addItem(label, theme.value)
        self.agency = self._list(tr("Every agency"), tr("Agency"))
        for agency, label in words.by_label(Agency):
            self.agency.addItem(label, agency.value)
        self.clear_button = style.button(tr("Show everything"), "link")
        self.clear_button.hide()
        self._count = style.label("", "quiet", wrap=False)
        flow = Flow()
        flow.setSpacing(style.space(1.5))
        for widget in (*lead, self.text, self.kind, self.theme, self.agency, self.clear_button, self._count):
            flow.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(flow)
        # A pause of the fingers, so that not every letter asks the store.
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(120)
        self._pause.timeout.connect(self._tell)
        self.text.textEdited.connect(lambda _: self._pause.start())
        self.text.textChanged.connect(lambda text: None if text else self._tell())
        self.text.returnPressed.connect(self._tell)
        self.clear_button.clicked.connect(self._clear_by_hand)

    def offer(self, kinds: "Iterable[EntryKind]") -> None:
        """Offer the declared kinds of entry."""
        if self.kind.count() > 1:
            return
        for kind in sorted(kinds, key=lambda kind: kind.plural.casefold()):
            self.kind.addItem(kind.plural, kind.code)

    def query(self, child_id: str) -> "StreamQuery":
        """Return what is wanted of a child's stream."""
        from gcp2_app.services.stream import StreamQuery

        kind, theme, agency = (each.currentData() for each in (self.kind, self.theme, self.agency))
        return StreamQuery(
            child=child_id,
            kinds=(kind,) if kind else (),
            themes=(Theme(theme),) if theme else (),
            agencies=(Agency(agency),) if agency else (),
            text=self.text.text(),
        )

    def clear(self) -> None:
        """Leave nothing out; nobody is told."""
        self._pause.stop()
        self.text.blockSignals(True)
        self.text.clear()
        self.text.blockSignals(False)
        for each in (self.kind, self.theme, self.agency):
            each.setCurrentIndex(0)
        self.clear_button.hide()

    def say(self, found: int, total: int, *, filters: bool) -> None:
        """Say how many entries there are, and how many of them are shown."""
        text = tr("{found} of %n entry|{found} of %n entries", total).format(found=found)
        self._count.setText(text if filters else tr("%n entry|%n entries", total))
        self.clear_button.setVisible(filters)

    def _clear_by_hand(self) -> None:
        self.clear()
        self.text.setFocus()
        self.changed.emit()

    def _tell(self) -> None:
        self._pause.stop()
        self.changed.emit()

    def _list(self, every: str, name: str) -> QComboBox:
        made = QuietComboBox()
        made.addItem(every, None)
        made.setAccessibleName(name)
        made.setFixedWidth(style.space(30))
        made.activated.connect(lambda _: self._tell())
        return made
