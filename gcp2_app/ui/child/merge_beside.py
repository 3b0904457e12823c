"""Two records of a child side by side: where they differ, which value stands, and what to look into first."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QFrame, QGridLayout, QRadioButton, QVBoxLayout, QWidget

from gcp2_app.ui import style
from gcp2_app.ui.child import merge_words, names

if TYPE_CHECKING:
    from gcp2_app.domain.child_merges import Choice
    from gcp2_app.domain.merge_cautions import Caution
    from gcp2_app.services.child_merges import Comparison
    from gcp2_app.ui.child.merge_words import Row


class MergeBeside(QWidget):
    """What is looked at before two records are merged.

    Attributes:
        changed: emitted when something was chosen or ticked.
        swap_button: makes the other record the one that stands.
        ticks: one for each caution.
        choices: the two answers where only one of two values can stand, ours first.
    """

    changed = Signal()

    def __init__(self, comparison: "Comparison", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._comparison = comparison
        self.ticks: dict[Caution, QCheckBox] = {}
        self.choices: dict[Choice, tuple[QRadioButton, QRadioButton]] = {}
        self.swap_button = style.button(self.tr("Let the other record stand instead"), "link")
        self.swap_button.setAutoDefault(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.space(2))
        for caution in comparison.cautions:
            layout.addWidget(self._caution(caution))
        layout.addWidget(self._table())
        layout.addWidget(self._what_happens())

    @property
    def first(self) -> QWidget:
        """What the keyboard comes to first."""
        return next(iter(self.ticks.values()), self.swap_button)

    @property
    def theirs(self) -> "frozenset[Choice]":
        """Of what the other record's value stands."""
        return frozenset(choice for choice, (_, theirs) in self.choices.items() if theirs.isChecked())

    @property
    def sure(self) -> "frozenset[Caution]":
        """What was looked into."""
        return frozenset(caution for caution, tick in self.ticks.items() if tick.isChecked())

    def _caution(self, caution: "Caution") -> QFrame:
        frame, layout = style.card("warning")
        text = style.label(merge_words.caution_words(caution, self._comparison.together))
        tick = QCheckBox(self.tr("I looked into this: they are one child"))
        tick.setAccessibleName(f"{text.text()} {tick.text()}")
        tick.toggled.connect(self.changed)
        self.ticks[caution] = tick
        layout.addWidget(text)
        layout.addWidget(tick)
        return frame

    def _table(self) -> QFrame:
        frame, layout = style.card()
        layout.setSpacing(style.space(2))
        grid = QGridLayout()
        grid.setHorizontalSpacing(style.space(3))
        grid.setVerticalSpacing(style.space(1.5))
        for column, stretch in enumerate((2, 3, 3)):
            grid.setColumnStretch(column, stretch)
        child, other = self._comparison.child.child, self._comparison.other.child
        for column, title, who in (
            (1, self.tr("This record stands"), child),
            (2, self.tr("This one is merged into it"), other),
        ):
            head = QVBoxLayout()
            head.setSpacing(0)
            head.addWidget(style.heading(title, 3))
            head.addWidget(style.label(names.child_name(who)))
            if column == 2:
                head.addWidget(self.swap_button, 0, Qt.AlignmentFlag.AlignLeft)
            head.addStretch(1)
            grid.addLayout(head, 0, column)
        for number, row in enumerate(merge_words.rows(self._comparison), start=1):
            self._add_row(grid, number, row)
        layout.addLayout(grid)
        return frame

    def _add_row(self, grid: QGridLayout, number: int, row: "Row") -> None:
        top = Qt.AlignmentFlag.AlignTop
        label = QVBoxLayout()
        label.setSpacing(style.space(0.5))
        label.addWidget(style.label(row.label, "quiet"))
        if row.differs:
            label.addWidget(style.label(self.tr("Differs"), "badge", wrap=False), 0, Qt.AlignmentFlag.AlignLeft)
        label.addStretch(1)
        grid.addLayout(label, number, 0)
        if row.choice is None:
            for column, text in ((1, row.ours), (2, row.theirs)):
                grid.addWidget(
                    style.label(text or self.tr("Nothing recorded"), "" if text else "quiet"), number, column, top
                )
            return
        answers = QRadioButton(self.tr("This stands")), QRadioButton(self.tr("This stands"))
        group = QButtonGroup(self)
        for column, text, answer in ((1, row.ours, answers[0]), (2, row.theirs, answers[1])):
            group.addButton(answer)
            answer.setAccessibleName(self.tr("{label}: {value} stands").format(label=row.label, value=text))
            cell = QVBoxLayout()
            cell.setSpacing(style.space(0.5))
            cell.addWidget(style.label(text))
            cell.addWidget(answer)
            cell.addStretch(1)
            grid.addLayout(cell, number, column)
        answers[0].setChecked(True)
        answers[1].toggled.connect(self.changed)
        self.choices[row.choice] = answers

    def _what_happens(self) -> QFrame:
        frame, layout = style.card()
        layout.addWidget(style.heading(self.tr("What merging does"), 2))
        for sentence in merge_words.what_happens(self._comparison):
            layout.addWidget(style.label(f"•  {sentence}"))
        return frame
