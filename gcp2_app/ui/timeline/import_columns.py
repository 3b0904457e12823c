"""Says whose chronology a file is and what each of its columns holds."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from gcp2_app.domain.register import Agency
from gcp2_app.exchange.chronology_columns import Holds
from gcp2_app.ui import style, words
from gcp2_app.ui.field import Field
from gcp2_app.ui.forms.choice import QuietComboBox
from gcp2_app.ui.timeline.import_words import holds, tr

if TYPE_CHECKING:
    from gcp2_app.services.chronology_import import ChronologyFile, Wanted

_EXAMPLES = 3
_LONGEST = 60


class ColumnsPage(QWidget):
    """The questions about a file, with examples from each column.

    Attributes:
        agency, owner: whose chronology it is.
        sheet: which sheet of a workbook.
        heading: the row with the headings.
        columns: what each column holds, a box a column.
        headings_changed: emitted when other headings are looked at.
    """

    headings_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._file: ChronologyFile | None = None
        self.agency = QuietComboBox()
        self.agency.addItem(tr("Choose…"), None)
        for agency, label in words.by_label(Agency):
            self.agency.addItem(label, agency.value)
        self.owner = QLineEdit()
        self.sheet = QuietComboBox()
        self.heading = QSpinBox()
        self.heading.setFixedWidth(style.space(20))
        self.columns: list[QuietComboBox] = []
        self._agency = Field(tr("Whose chronology is it?"), self.agency)
        self._owner = Field(tr("Which one, or who made it?"), self.owner, tr("For example the school’s name."))
        self._sheet = Field(tr("Sheet"), self.sheet)
        self._heading = Field(tr("Row with the headings"), self.heading, tr("0 where there is none."))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(style.space(2))
        self._grid.setVerticalSpacing(style.space(1.5))
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(1, 2)
        self.problem = style.label("", "error")
        self.problem.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.space(2))
        for part in (self._agency, self._owner, self._sheet, self._heading):
            layout.addWidget(part)
        layout.addWidget(style.heading(tr("What do its columns hold?"), 2))
        layout.addWidget(style.label(tr("A column that is left out is not kept anywhere."), "quiet"))
        layout.addWidget(self.problem)
        layout.addLayout(self._grid)
        self.sheet.activated.connect(lambda _: self._other_sheet())
        self.heading.valueChanged.connect(lambda _: self.headings_changed.emit())

    def use(self, file: "ChronologyFile") -> None:
        """Ask about a file."""
        self._file = file
        self.sheet.clear()
        for sheet in file.sheets:
            self.sheet.addItem(sheet.name or tr("The only one"))
        self._sheet.setVisible(len(file.sheets) > 1)
        self._other_sheet()

    def names(self) -> tuple[str, ...]:
        """Return the headings of the row that is chosen."""
        from gcp2_app.services.chronology_import import headings

        rows = self._file.sheets[self._number].rows if self._file is not None else ()
        return next((headings(row) for row in rows if row.number == self.heading.value()), ())

    def show_columns(self, found: Mapping[int, Holds]) -> None:
        """Show what columns hold, as far as that is known."""
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.columns = []
        names = self.names()
        offered = holds()
        for place, examples in enumerate(self._examples()):
            name = names[place] if place < len(names) and names[place] else tr("Column {n}").format(n=place + 1)
            box = QuietComboBox()
            box.addItem(tr("Leave it out"), None)
            for code, label in offered.items():
                box.addItem(label, code.value)
            if place in found:
                box.setCurrentIndex(box.findData(found[place].value))
            box.setAccessibleName(tr("What “{name}” holds").format(name=name))
            box.activated.connect(lambda _: self._say_problem(""))
            about = QWidget()
            lines = QVBoxLayout(about)
            lines.setContentsMargins(0, 0, 0, 0)
            lines.setSpacing(0)
            lines.addWidget(style.heading(name, 3))
            if examples:
                lines.addWidget(style.label(" · ".join(examples), "quiet"))
            self._grid.addWidget(about, place, 0)
            self._grid.addWidget(box, place, 1, Qt.AlignmentFlag.AlignTop)
            self.columns.append(box)
        self._say_problem("")

    def wanted(self) -> "Wanted | None":
        """Return how the file is to be read, or None where an answer is missing; it is said which."""
        from gcp2_app.services.chronology_import import Wanted, Whose

        agency = self.agency.currentData()
        self._agency.show_error("" if agency else tr("Choose the agency. It counts where a row names none."))
        chosen = [box.currentData() for box in self.columns]
        given = [code for code in chosen if code]
        twice = {code for code in given if given.count(code) > 1}
        if twice:
            labels = [label for code, label in holds().items() if code.value in twice]
            self._say_problem(tr("Chosen for more than one column: {labels}.").format(labels=", ".join(labels)))
        elif Holds.WHAT.value not in given:
            self._say_problem(tr("Choose the column that says what happened."))
        else:
            self._say_problem("")
        if not agency:
            self.agency.setFocus()
        if not agency or not self.problem.isHidden() or self._file is None:
            return None
        return Wanted(
            file=self._file,
            sheet=self._number,
            heading=self.heading.value(),
            columns={place: Holds(code) for place, code in enumerate(chosen) if code},
            whose=Whose(agency=Agency(agency), owner=self.owner.text()),
        )

    @property
    def _number(self) -> int:
        return max(0, self.sheet.currentIndex())

    def _other_sheet(self) -> None:
        from gcp2_app.services.chronology_import import heading_row

        if self._file is None:
            return
        sheet = self._file.sheets[self._number]
        self.heading.blockSignals(True)
        self.heading.setRange(0, sheet.rows[-1].number)
        self.heading.setValue(heading_row(sheet))
        self.heading.blockSignals(False)
        self.headings_changed.emit()

    def _examples(self) -> list[list[str]]:
        """Return a few different things each column says, below the headings."""
        from gcp2_app.services.chronology_import import cell_text

        rows = [row for row in self._file.sheets[self._number].rows if not row.problem] if self._file else []
        below = [row for row in rows if row.number > self.heading.value()][:50]
        width = max((len(row.cells) for row in rows if row.number >= self.heading.value()), default=0)
        columns: list[list[str]] = []
        for place in range(width):
            said = dict.fromkeys(
                " ".join(cell_text(row.cells[place]).split()) for row in below if place < len(row.cells)
            )
            columns.append([_short(text) for text in said if text][:_EXAMPLES])
        return columns

    def _say_problem(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.setVisible(bool(text))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
