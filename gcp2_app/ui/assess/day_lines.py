"""What is recorded of one part of a child's day: each saying with whose it is and its day, or that nobody wrote any."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gcp2_app.domain.child_day import Voice
from gcp2_app.domain.words import AGENCIES
from gcp2_app.ui import style, words

if TYPE_CHECKING:
    from gcp2_app.domain.child_day import PartOfDay, Saying


def tr(text: str, count: int = -1) -> str:
    """Translate a text of the day; ``%n`` in it becomes the count."""
    if count < 0:
        return QCoreApplication.translate("day", text)
    one, _, many = text.partition("|")
    return QCoreApplication.translate("day", one if count == 1 else many or one).replace("%n", str(count))


def day_lines(part: "PartOfDay", open_: "Callable[[Saying], object] | None" = None) -> QWidget:
    """Return what is recorded of a part of the day.

    Args:
        part: the part.
        open_: shows where a saying comes from; None where nothing leads there.
    """
    made = QWidget()
    layout = QVBoxLayout(made)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(style.space(1))
    if part.is_unknown:
        layout.addWidget(style.label(part.part.unknown, "badge"))
    for saying in part.sayings:
        layout.addWidget(style.label(saying.text))
        whose = whose_words(saying)
        if open_ is None or not saying.entry:
            layout.addWidget(style.label(whose, "quiet"))
        else:
            link = style.button(whose, "link")
            link.setAccessibleName(tr("Show where it comes from: {text}").format(text=saying.text))
            link.clicked.connect(partial(_open, open_, saying))
            layout.addLayout(style.row(link))
    if part.more:
        layout.addWidget(style.label(tr("There is more on the timeline and in assessments."), "quiet"))
    return made


def whose_words(saying: "Saying") -> str:
    """Return whose words they are and of which day: "The child said, 3 May 2026"."""
    voice = {
        Voice.CHILD: tr("The child said"),
        Voice.CARER: tr("A carer said"),
        Voice.SEEN: tr("Seen"),
        Voice.TOLD: tr("Told in an earlier assessment"),
        Voice.RECORD: tr("Recorded"),
    }[saying.voice]
    agency = f" ({AGENCIES[saying.agency]})" if saying.agency is not None and saying.voice is Voice.RECORD else ""
    on = words.day(saying.on) if saying.on is not None else tr("day not known")
    return f"{voice}{agency}, {on}"


def _open(open_: "Callable[[Saying], object]", saying: "Saying", _checked: bool = False) -> None:  # noqa: FBT002 - Qt's
    open_(saying)
