"""One row to be read: the brief in short lines, then "I have read this", then where it works here."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from gcp2_app.domain.learning import Reading
from gcp2_app.ui import style, words
from gcp2_app.ui.column import Column
from gcp2_app.ui.flow import Flow
from gcp2_app.ui.learn import places
from gcp2_app.ui.learn.texts import MEASURE, minutes_words, points, prose, read_words, title_of
from gcp2_app.ui.notice import Notice

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gcp2_app.domain.kinds import EntryKind
    from gcp2_app.domain.learning import LearningRow, Library


class BriefView(Column):
    """The brief of one row. The arrow keys and Page Down read on.

    Attributes:
        read_pressed: emitted with the row's code when the person says they have read it.
        row_wanted: emitted with the code of another row, or nothing for the list.
        code: of the row.
    """

    read_pressed = Signal(str)
    row_wanted = Signal(str)

    def __init__(
        self, library: "Library", reading: Reading, kinds: "Mapping[str, EntryKind]", parent: QWidget | None = None
    ) -> None:
        super().__init__(MEASURE, parent, centred=False)
        self.setProperty("role", "reading")
        # There is little to press: the page itself takes the keys that scroll.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        row = reading.row
        self.code = row.code
        self.setAccessibleName(title_of(row))
        self._add_head(row)
        self._add_text(row)
        self._add_read(row)
        self._add_here(row, kinds)
        self._add_ways(library, row)
        self.body.addStretch(1)
        self.say(reading)

    def say(self, reading: Reading) -> None:
        """Show whether it was read."""
        read = reading.read_on is not None
        self.state.setText(read_words(reading))
        self.state.setProperty("role", "good" if read else "quiet")
        self.state.style().unpolish(self.state)
        self.state.style().polish(self.state)
        if read and self.read_button.hasFocus():
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.read_button.setVisible(not read)

    def _add_head(self, row: "LearningRow") -> None:
        about = self.tr("{code} · edition {edition}, {day} · {minutes} to read")
        said = about.format(
            code=row.code, edition=row.edition, day=words.day(row.published_on), minutes=minutes_words(row)
        )
        self.body.addWidget(style.label(said, "quiet"))
        self.body.addWidget(style.heading(row.title))
        frame, layout = style.card("note")
        layout.addWidget(style.heading(self.tr("What was learned"), 3))
        layout.addWidget(prose(row.learned))
        layout.addSpacing(style.space(1))
        layout.addWidget(style.heading(self.tr("What it asks of you"), 3))
        layout.addWidget(prose(row.asks))
        self.body.addWidget(frame)

    def _add_text(self, row: "LearningRow") -> None:
        brief = row.brief
        for heading, paragraphs in (
            (self.tr("What happened"), brief.happened),
            (self.tr("Why it matters"), brief.matters),
            (self.tr("What good looks like"), brief.good),
        ):
            self._add_heading(heading)
            for paragraph in paragraphs:
                self.body.addWidget(prose(paragraph))
        self._add_heading(self.tr("On Monday"))
        self.body.addWidget(points(brief.monday))
        self._add_heading(self.tr("To talk about"))
        self.body.addWidget(points(brief.talk, numbered=True))

    def _add_heading(self, text: str) -> None:
        self.body.addSpacing(style.space(1))
        self.body.addWidget(style.heading(text, 2))

    def _add_read(self, row: "LearningRow") -> None:
        self.body.addSpacing(style.space(1))
        frame, layout = style.card()
        self.notice = Notice()
        layout.addWidget(self.notice)
        line = Flow()
        line.setSpacing(style.space(2))
        self.read_button = style.button(self.tr("I have read this"), "primary")
        self.read_button.clicked.connect(lambda: self.read_pressed.emit(row.code))
        line.addWidget(self.read_button)
        self.state: QLabel = style.label("", "quiet", wrap=False)
        line.addWidget(self.state)
        layout.addLayout(line)
        about = self.tr(
            "It says that you read it, and no more. You see your own list; your supervisor sees who has read what."
        )
        layout.addWidget(style.label(about, "quiet"))
        self.body.addWidget(frame)

    def _add_here(self, row: "LearningRow", kinds: "Mapping[str, EntryKind]") -> None:
        works, entries = places.works_here(row.works), places.entries_words(row, kinds)
        if works or entries:
            self._add_heading(self.tr("Where it works here"))
            frame, layout = style.card()
            for place, what in works:
                layout.addLayout(_fact(what, place))
            if entries:
                layout.addLayout(_fact(entries, self.tr("Kinds of entry")))
            self.body.addWidget(frame)
        if row.rules:
            self._add_heading(self.tr("Its rules"))
            frame, layout = style.card()
            for rule in row.rules:
                layout.addLayout(_fact(rule.says, rule.name))
            self.body.addWidget(frame)
        if row.open_questions:
            self._add_heading(self.tr("For your partnership to settle"))
            self.body.addWidget(points(row.open_questions))

    def _add_ways(self, library: "Library", row: "LearningRow") -> None:
        self.body.addWidget(style.label(self.tr("Source: {source}.").format(source=row.source), "quiet"))
        flow = Flow()
        flow.setSpacing(style.space(3))
        codes = [each.code for each in library.rows]
        after = codes.index(row.code) + 1
        ways = [row.shares_with] if row.shares_with else []
        ways += codes[after : after + 1] if codes[after : after + 1] != ways else []
        for code in ways:
            text = self.tr("See also {row}") if code == row.shares_with else self.tr("Next: {row}")
            link = style.button(text.format(row=title_of(library.row(code))), "link")
            link.clicked.connect(lambda _=False, code=code: self.row_wanted.emit(code))
            flow.addWidget(link)
        every = style.button(self.tr("All eighteen lessons"), "link")
        every.clicked.connect(lambda: self.row_wanted.emit(""))
        flow.addWidget(every)
        self.body.addLayout(flow)


def _fact(text: str, name: str) -> QVBoxLayout:
    """Return what is said of something, with its name below."""
    layout = QVBoxLayout()
    layout.setSpacing(0)
    layout.addWidget(style.label(text))
    layout.addWidget(style.label(name, "quiet"))
    return layout
