"""The right-hand pane: what is still missing, and the areas' grades so far."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gcp2_app.ui import style
from gcp2_app.ui.assess import wording
from gcp2_app.ui.assess.draft import Draft
from gcp2_app.ui.assess.missing_list import MissingList


class _AreaRow(QWidget):
    """One area's grade so far."""

    def __init__(self, draft: Draft, code: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self._code = code
        self.chip = style.GradeChip()
        self.note = style.label("", "quiet")
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(style.label(f"{code} {label}"))
        texts.addWidget(self.note)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.space(1.5))
        layout.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(texts, 1)

    def refresh(self) -> None:
        """Show the grade so far."""
        pack, result = self._draft.pack, self._draft.working.profile.areas.get(self._code)
        rank, text, name = wording.chip(pack, result)
        self.chip.show_grade(rank, len(pack.grades), text, name, hollow=bool(result and result.provisional))
        note = ""
        if result is not None:
            parts = (wording.standing(result, area=True), wording.held(result))
            note = ", ".join(part for part in parts if part)
        self.note.setText(note)
        self.note.setVisible(bool(note))


class SoFar(QWidget):
    """What is missing, and what the areas come to.

    Attributes:
        missing: the list of what is missing.
        spot_wanted: emitted with a Spot when the person asks to go there.
    """

    spot_wanted = Signal(object)

    def __init__(self, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self._head = style.heading("", 3)
        self.missing = MissingList(draft)
        self.missing.spot_wanted.connect(self.spot_wanted)
        self._rows = [_AreaRow(draft, area.code, area.label) for area in draft.pack.areas]
        layout = QVBoxLayout(self)
        margin = style.space(2)
        layout.setContentsMargins(margin, margin, margin, margin)
        layout.setSpacing(style.space(1.5))
        layout.addWidget(style.heading(self.tr("Areas so far"), 3))
        for row in self._rows:
            layout.addWidget(row)
        layout.addSpacing(style.space(1))
        layout.addWidget(self._head)
        layout.addWidget(self.missing, 1)

    @property
    def count(self) -> int:
        """How many lines are missing."""
        return len(self.missing.lines)

    def refresh(self) -> None:
        """Show what is held now."""
        self.missing.refresh()
        count = self.count
        text = self.tr("Still missing ({count})").format(count=count) if count else self.tr("Nothing is missing")
        self._head.setText(text)
        self.missing.setVisible(bool(count))
        for row in self._rows:
            row.refresh()
