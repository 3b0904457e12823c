"""How far a document is, in words and as a bar: what the writer tells, read ten times a second."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from gcp2_app.ui import style

if TYPE_CHECKING:
    from gcp2_app.reports.pdf.progress import Progress, Step

_LOOK_MILLISECONDS: Final = 100


@dataclass(slots=True)
class _Heard:
    """What was told last; put there by the thread that writes, whole."""

    step: "Step | None" = None


class WritingBar(QWidget):
    """Hidden until something is being written.

    Args:
        name: what is being done, for those who do not see the bar.

    Attributes:
        said: what is being done now, in words.
        bar: how much is done; without a number while it is not known how much there is.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heard = _Heard()
        self._looks = QTimer(self)
        self._looks.setInterval(_LOOK_MILLISECONDS)
        self._looks.timeout.connect(self._look)
        self.said = style.label("", "quiet")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(max(6, style.space(0.8)))
        self.bar.setAccessibleName(name)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(max(2, style.space(0.5)))
        layout.addWidget(self.said)
        layout.addWidget(self.bar)
        self.hide()

    def begin(self) -> "Progress":
        """Show that a document is begun, and return what its writer is to tell."""
        from gcp2_app.reports.pdf.progress import Progress

        heard = self._heard = _Heard()

        # No widget is known to the thread that calls this.
        def tell(step: "Step") -> None:
            heard.step = step

        self._look()
        self._looks.start()
        self.show()
        return Progress(tell)

    def end(self) -> None:
        """Show nothing more."""
        self._looks.stop()
        self._heard = _Heard()
        self.said.clear()
        self.hide()

    def _look(self) -> None:
        step = self._heard.step
        percent = None if step is None else step.percent
        # A bar from 0 to 0 goes on without a number.
        self.bar.setRange(0, 0 if percent is None else 100)
        self.bar.setValue(percent or 0)
        said = self.tr("Reading the record") if step is None else self._words(step)
        if said != self.said.text():
            self.said.setText(said)
            self.bar.setAccessibleDescription(said)

    def _words(self, step: "Step") -> str:
        from gcp2_app.reports.pdf.progress import Stage

        match step.stage:
            case Stage.PARTS:
                return self.tr("Putting together: {part}").format(part=step.part)
            case Stage.LAYOUT:
                return self.tr("Laying out the pages")
            case Stage.PAGES if step.pages:
                return self.tr("Writing page {page} of about {pages}").format(page=step.page, pages=step.pages)
            case Stage.PAGES:
                return self.tr("Writing page {page}").format(page=step.page)
            case Stage.FINISH:
                return self.tr("Finishing the file")
