"""What was agreed and nobody found done, the newest first: a few at a time, before a door."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gcp2_app.domain.before_visit import Standing, standing
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.when import parse_date
from gcp2_app.ui import style, words

#: Actions read before the rest is asked for: a page before a door is read in a minute.
FEW = 5


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("agreed", text)


class AgreedActions(QWidget):
    """Open actions, each with who does it and where it stands; those after the first few on demand.

    Args:
        actions: the newest agreed first.
        older: how many more were said done long ago and never checked.

    Attributes:
        more_button: shows the rest, and takes them away again; hidden where there is no rest.
    """

    def __init__(self, actions: tuple[Entry, ...], older: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.space(1.5))
        if not actions:
            layout.addWidget(style.label(tr("No agreed action is open.")))
        self._rest = QWidget(self)
        rest = QVBoxLayout(self._rest)
        rest.setContentsMargins(0, 0, 0, 0)
        rest.setSpacing(style.space(1.5))
        for number, action in enumerate(actions):
            (layout if number < FEW else rest).addWidget(_one(action))
        layout.addWidget(self._rest)
        self._rest.hide()
        self._left = max(len(actions) - FEW, 0)
        self.more_button = style.button("", "link")
        self.more_button.setAutoDefault(False)
        self.more_button.clicked.connect(self._toggle)
        layout.addWidget(self.more_button)
        if not self._left:
            self.more_button.hide()
        if older:
            layout.addWidget(style.label(_not_shown(older), "quiet"))
        self._say()

    def _toggle(self) -> None:
        self._rest.setVisible(self._rest.isHidden())
        self._say()

    def _say(self) -> None:
        if self._rest.isHidden():
            self.more_button.setText(tr("and {count} more").format(count=self._left))
            self.more_button.setAccessibleDescription(tr("Shows the actions agreed before these"))
        else:
            self.more_button.setText(tr("Show the latest alone"))
            self.more_button.setAccessibleDescription("")


def _not_shown(older: int) -> str:
    if older == 1:
        return tr("1 older action was said done and never checked. It stands under Plans & meetings.")
    text = tr("{count} older actions were said done and never checked. They stand under Plans & meetings.")
    return text.format(count=older)


def _one(action: Entry) -> QWidget:
    made = QWidget()
    layout = QVBoxLayout(made)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    what = style.label(str(action.data.get("what") or action.what))
    font = what.font()
    font.setWeight(font.Weight.DemiBold)
    what.setFont(font)
    layout.addWidget(what)
    layout.addWidget(style.label(told(action)))
    return made


def told(action: Entry) -> str:
    """Return who does an action and where it stands: "Dean · agreed 12 November 2026 · said done, not checked"."""
    data = action.data
    parts = [str(data.get("who") or tr("nobody named"))]
    if data.get("agreed_on"):
        parts.append(tr("agreed {day}").format(day=words.day(parse_date(data["agreed_on"]))))
    if data.get("due"):
        parts.append(tr("due {day}").format(day=words.day(parse_date(data["due"]))))
    return f"{' · '.join(parts)}\n{_stands(action)}"


def _stands(action: Entry) -> str:
    data = action.data
    where = standing(action)
    if where is Standing.AGREED:
        return tr("Not said done yet.")
    if where is Standing.SAID_DONE:
        return tr("Said done {day}, not checked.").format(day=words.day(parse_date(data["said_done_on"])))
    found = {
        Standing.PART: tr("partly done"),
        Standing.NOT_DONE: tr("not done"),
        Standing.COULD_NOT_CHECK: tr("could not be seen"),
    }[where]
    if not data.get("checked_on"):
        return tr("Checked: {found}.").format(found=found)
    return tr("Checked {day}: {found}.").format(day=words.day(parse_date(data["checked_on"])), found=found)
