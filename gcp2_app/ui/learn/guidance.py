"""Guidance by unit and by kind of entry: which rows belong where."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gcp2_app.ui import style
from gcp2_app.ui.column import Column
from gcp2_app.ui.learn.texts import MEASURE, title_of

if TYPE_CHECKING:
    from gcp2_app.domain.instrument import Pack, Subarea
    from gcp2_app.domain.kinds import EntryKind
    from gcp2_app.domain.learning import LearningRow, Library


class GuidanceSection(Column):
    """Sub-areas of the packs, then kinds of entry, each with the rows that belong there.

    Attributes:
        row_wanted: emitted with the code of the row whose brief is to be read.
    """

    row_wanted = Signal(str)

    def __init__(
        self,
        library: "Library",
        packs: "Iterable[Pack]",
        kinds: "Mapping[str, EntryKind]",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(MEASURE, parent, centred=False)
        self.body.addWidget(style.heading(self.tr("Guidance by unit")))
        about = self.tr("What the review learned about a unit or a kind of entry. The same stands beside the screens.")
        self.body.addWidget(style.label(about))
        for pack in packs:
            self._add_pack(library, pack)
        self.body.addSpacing(style.space(1))
        self.body.addWidget(style.heading(self.tr("Kinds of entry"), 2))
        for kind in kinds.values():
            self._add(kind.plural, [(row, "") for row in library.rows if kind.code in row.beside.kinds])
        self.body.addStretch(1)

    def _add_pack(self, library: "Library", pack: "Pack") -> None:
        found = [
            (subarea, rows)
            for subarea in pack.subareas.values()
            if (rows := [(row, units) for row in library.rows if (units := _units_of(row, subarea))])
        ]
        if not found:
            return
        self.body.addSpacing(style.space(1))
        self.body.addWidget(style.heading(pack.short_title, 2))
        for subarea, rows in found:
            self._add(f"{subarea.code} {subarea.label}", rows)

    def _add(self, heading: str, rows: "list[tuple[LearningRow, str]]") -> None:
        if not rows:
            return
        frame, layout = style.card()
        layout.addWidget(style.heading(heading, 3))
        for row, units in rows:
            link = style.button(title_of(row), "link")
            link.setAccessibleDescription(heading)
            link.clicked.connect(lambda _=False, code=row.code: self.row_wanted.emit(code))
            lines = QVBoxLayout()
            lines.setSpacing(0)
            lines.addWidget(link)
            if units:
                lines.addWidget(style.label(units, "quiet"))
            layout.addLayout(lines)
        self.body.addWidget(frame)


def _units_of(row: "LearningRow", subarea: "Subarea") -> str:
    """Return the labels of those units of a sub-area a row is about, or nothing."""
    units = [unit for unit in subarea.units if unit.code in row.beside.units]
    return ", ".join(dict.fromkeys(f"{unit.code} {unit.label}" for unit in units))
