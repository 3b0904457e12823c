"""Choosing a passphrase: typed twice, with its strength shown while it is typed."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from gcp2_app.overriding import override
from gcp2_app.ui import style
from gcp2_app.ui.field import Field
from gcp2_app.ui.latest import Latest
from gcp2_app.ui.tasks import Tasks
from gcp2_app.ui.unlock.passphrase import PassphraseEdit

if TYPE_CHECKING:
    from gcp2_app.storage.passphrases import Strength


class StrengthMeter(QWidget):
    """Four segments that fill as a passphrase gets stronger. The words stand beside it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._score = 0
        self._enough = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def score(self) -> int:
        """How many segments are filled, 0 to 4."""
        return self._score

    def show_score(self, score: int, sentence: str, *, enough: bool) -> None:
        """Fill a number of segments.

        Args:
            enough: whether so strong a passphrase may be used.
        """
        self._score = score
        self._enough = enough
        self.setAccessibleName(self.tr("Strength {score} of 4. {sentence}").format(score=score, sentence=sentence))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(style.space(30), style.space(1))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        tone = style.colours()
        gap = style.space(0.5)
        wide = (self.width() - 3 * gap) / 4
        full = QColor(tone.good if self._enough else tone.warn)
        for segment in range(4):
            left = round(segment * (wide + gap))
            area = QRect(left, 0, round(wide), self.height())
            if segment < self._score:
                painter.fillRect(area, full)
            else:
                # An outline, so that empty and full differ in more than colour.
                painter.setPen(QColor(tone.quiet))
                painter.drawRect(area.adjusted(0, 0, -1, -1))
        painter.end()


class NewPassphrase(QWidget):
    """A new passphrase, typed twice, with its strength. It judges itself, and complains only after the first edit.

    Args:
        words: words a guesser would try first: names, the agency.
        what: what the first line is called where "Passphrase" is not clear.

    Attributes:
        validity_changed: emitted when :attr:`is_valid` may have changed.
    """

    validity_changed = Signal()

    def __init__(
        self, tasks: Tasks, words: Iterable[str] = (), *, what: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._words = tuple(words)
        self._strength: Strength | None = None
        self._measured = ""
        self._latest = Latest(tasks, self)
        self.first = PassphraseEdit()
        self.second = PassphraseEdit()
        self.second.show_button.hide()
        self._first_field = Field(
            what or self.tr("Passphrase"),
            self.first,
            self.tr("Four or more words that do not belong together are strong and easy to remember."),
        )
        self._second_field = Field(self.tr("The same passphrase again"), self.second)
        self.meter = StrengthMeter()
        self._sentence = style.label("", "quiet")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.space(1))
        layout.addWidget(self._first_field)
        layout.addWidget(self.meter)
        layout.addWidget(self._sentence)
        layout.addSpacing(style.space(1))
        layout.addWidget(self._second_field)
        self.setFocusProxy(self.first)
        self.first.edited.connect(self._measure)
        self.first.show_button.toggled.connect(self.second.reveal)
        self.second.edited.connect(self._compare)
        self.second.line.installEventFilter(self)
        self._clear_meter()

    @property
    def text(self) -> str:
        """The passphrase typed first."""
        return self.first.text

    @property
    def sentence(self) -> str:
        """What is said about its strength."""
        return self._sentence.text()

    @property
    def is_valid(self) -> bool:
        """Whether it is strong enough, measured to its last letter, and both are the same."""
        return (
            self._strength is not None
            and self._measured == self.text
            and self._strength.enough
            and self.second.text == self.text
        )

    @property
    def problem(self) -> str:
        """What is wrong with it, or empty."""
        if not self.text:
            return self.tr("Type a passphrase.")
        if self._strength is None or not self._strength.enough:
            return self.tr("Choose a stronger passphrase.")
        if self.second.text != self.text:
            return self.tr("The two are not the same.")
        return ""

    def settle(self) -> None:
        """Measure at once what was typed last, for someone who goes on before the answer came."""
        if self.text and self._measured != self.text:
            from gcp2_app.services import stores

            self._latest.forget()
            self._measured_as(self.text, stores.strength(self.text, self._words))

    def use_words(self, words: Iterable[str]) -> None:
        """Set the words a guesser would try first: names, the agency."""
        self._words = tuple(words)
        if self.text:
            self._measure()

    def complain(self) -> None:
        """Show what is wrong, as when someone goes on too early."""
        weak = self._strength is None or not self._strength.enough
        self._first_field.show_error(self.problem if weak or not self.text else "")
        self._second_field.show_error("" if weak else self.problem)

    def clear(self) -> None:
        """Forget what was typed."""
        self._latest.forget()
        self._strength = None
        self._measured = ""
        for edit in (self.first, self.second):
            edit.clear()
        for field in (self._first_field, self._second_field):
            field.show_error("")
        self._clear_meter()
        self.validity_changed.emit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and self.second.text:
            self._second_field.show_error(self.tr("The two are not the same.") if self._differs else "")
        return super().eventFilter(watched, event)

    @property
    def _differs(self) -> bool:
        return self.second.text != self.text

    def _clear_meter(self) -> None:
        self.meter.show_score(0, "", enough=False)
        # Keeps its height, so that nothing jumps when the first letter is typed.
        self._sentence.setText(" ")

    def _measure(self) -> None:
        text, words = self.text, self._words
        self._first_field.show_error("")
        self._compare()
        if not text:
            self._latest.forget()
            self._strength = None
            self._clear_meter()
            return

        def work() -> "Strength":
            from gcp2_app.services import stores

            return stores.strength(text, words)

        self._latest.ask(work, lambda strength: self._measured_as(text, strength))

    def _measured_as(self, text: str, strength: "Strength") -> None:
        if text != self.text:
            return
        self._measured = text
        self._strength = strength
        self.meter.show_score(strength.score, strength.sentence, enough=strength.enough)
        self._sentence.setText(strength.sentence)
        self.validity_changed.emit()

    def _compare(self) -> None:
        # Wrong on the way is no error: say so once as much was typed as the first.
        done = len(self.second.text) >= len(self.text)
        self._second_field.show_error(self.tr("The two are not the same.") if done and self._differs else "")
        if not self.second.text:
            self._second_field.show_error("")
        self.validity_changed.emit()
