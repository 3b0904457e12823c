"""Sorting the notes of an ended visit to units and children, one after another, by keys.

Type part of a unit's name, Return takes it; a number with Alt ticks whom it is about; Return again sorts the note and
goes to the next. With more than one child nobody is ticked by itself, but for units about the home. Notes may be left.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QVBoxLayout, QWidget

from gcp2_app.domain.visits import Line
from gcp2_app.errors import AppError
from gcp2_app.overriding import override
from gcp2_app.ui import messages, style, words
from gcp2_app.ui.agency.line import AgencyLine
from gcp2_app.ui.assess.family_words import listed
from gcp2_app.ui.child.names import child_name
from gcp2_app.ui.visit.notes import LineList, line_text
from gcp2_app.ui.visit.unit_finder import UnitFinder
from gcp2_app.ui.visit.whom import MOST_KEYS, Whom
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.services.sorting import Sorting

_SIDE_BY_SIDE_STEPS = 150


class SortingPage(QScrollArea):
    """The notes of one visit beside where they go.

    Attributes:
        list: the notes, each marked as sorted or not.
        finder: the units of the note at hand.
        whom: whom it is about; None until a visit is shown.
        agency: whether the visit stands in the agency's own record.
        sort_button, none_button: sort it, or say that it belongs to no unit; both go to the next.
    """

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._id = ""
        self._sorting: Sorting | None = None
        self.whom: Whom | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        ground = QWidget()
        body = QVBoxLayout(ground)
        margin = style.space(3)
        body.setContentsMargins(margin, margin, margin, margin)
        body.setSpacing(style.space(2))
        body.addWidget(style.heading(self.tr("Sort the notes of the visit")))
        self._about = style.label("", "quiet")
        body.addWidget(self._about)
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._across.setSpacing(style.space(2))
        left, left_body = style.card()
        self.list = LineList(self.tr("Notes of the visit"))
        self.list.setMinimumHeight(style.space(24))
        self.list.currentRowChanged.connect(lambda _: self._show_line())
        left_body.addWidget(self.list, 1)
        self._across.addWidget(left, 1)
        self._across.addWidget(self._make_right(), 1)
        body.addLayout(self._across, 1)
        # The store is a working copy: after each visit it is asked whether the agency's own record has it.
        self.agency = AgencyLine(workspace, "entry")
        body.addWidget(self.agency)
        self.leave_button = style.button(self.tr("Leave the rest for later"))
        self.leave_button.clicked.connect(self._leave)
        body.addLayout(style.row(self.leave_button))
        self.setWidget(ground)
        keys: dict[str, Callable[[], None]] = {
            "Ctrl+Down": partial(self._step, 1),
            "Ctrl+Up": partial(self._step, -1),
            "Alt+0": self.sort_to_none,
            "Alt+A": self._tick_all,
            **{f"Alt+{number}": partial(self._tick, number) for number in range(1, MOST_KEYS + 1)},
        }
        # Not of the buttons: a change of their text would take the key away.
        for text, then in keys.items():
            shortcut = QShortcut(QKeySequence(text), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(then)
        workspace.locking.connect(self._forget)

    def show_visit(self, visit_id: str) -> None:
        """Read and show an ended visit."""
        self._id = visit_id
        session = self._workspace.session

        def work() -> "Sorting":
            from gcp2_app.services import sorting

            return sorting.open_(session, visit_id)

        self._workspace.tasks.run(self, work, lambda found: self._begin(visit_id, found), self._fail)

    def _make_right(self) -> QFrame:
        frame, layout = style.card()
        layout.setSpacing(style.space(1.5))
        self._text = style.heading("", 3)
        layout.addWidget(self._text)
        self._whom_room = QVBoxLayout()
        layout.addLayout(self._whom_room)
        self.finder = UnitFinder()
        self.finder.done.connect(self.sort)
        self.finder.changed.connect(self._units_changed)
        layout.addWidget(self.finder, 1)
        self._state = style.label("", "quiet")
        layout.addWidget(self._state)
        self.sort_button = style.button(self.tr("Sort it, next"), "primary")
        self.sort_button.clicked.connect(self.sort)
        self.none_button = style.button(self.tr("Belongs to no unit  Alt+0"))
        self.none_button.setAccessibleName(self.tr("Belongs to no unit"))
        self.none_button.clicked.connect(self.sort_to_none)
        layout.addLayout(style.row(self.sort_button, self.none_button))
        return frame

    # Sorting

    def sort(self) -> None:
        """Sort the note at hand to what is chosen, and go to the next."""
        if not self.finder.chosen:
            self._state.setText(self.tr("Choose a unit, or say that it belongs to none."))
            self.finder.line.setFocus()
            return
        self._send(self.finder.chosen)

    def sort_to_none(self) -> None:
        """Say that the note at hand belongs to no unit, and go to the next."""
        self._send(())

    def _send(self, units: tuple[str, ...]) -> None:
        from gcp2_app.services import sorting

        line = self.list.line
        if line is None or self._sorting is None or self.whom is None or not self.sort_button.isEnabled():
            return
        session, visit_id, children = self._workspace.session, self._id, self.whom.chosen
        if units and not children:
            self.whom.ask()
            return
        self._enable(on=False)

        def work() -> "Sorting":
            return sorting.sort_line(session, visit_id, line.id, units=units, children=children)

        self._workspace.tasks.run(self, work, lambda found: self._sorted(visit_id, line.id, found), self._refused)

    def _sorted(self, visit_id: str, line_id: str, found: "Sorting") -> None:
        if visit_id != self._id:
            return
        self._sorting = found
        self._enable(on=True)
        lines = found.visit.sheet.lines
        here = next(i for i, line in enumerate(lines) if line.id == line_id)
        order = (*range(here + 1, len(lines)), *range(here))
        after = next((i for i in order if not lines[i].sorted), here)
        self._show_lines(after)
        for id_ in found.changed:
            self._workspace.changed.emit("assessment", id_)
        self._workspace.changed.emit("entry", visit_id)
        self.finder.line.setFocus()

    def _refused(self, error: AppError) -> None:
        self._enable(on=True)
        self._state.setText(" ".join(filter(None, (error.message, error.mend))))

    # Showing

    def _begin(self, visit_id: str, found: "Sorting") -> None:
        if visit_id != self._id:
            return
        self._sorting = found
        self.agency.show_record(visit_id)
        self._enable(on=True)
        self.finder.offer([(target.pack, target.band) for target in found.targets])
        self._make_whom(found)
        lines = found.visit.sheet.lines
        self._show_lines(next((i for i, line in enumerate(lines) if not line.sorted), 0))
        self.finder.line.setFocus()

    def _make_whom(self, found: "Sorting") -> None:
        self._clear_whom()
        self.whom = Whom(found.visit.children)
        self.whom.changed.connect(self._show_state)
        self.whom.done.connect(self.sort)
        self._whom_room.addWidget(self.whom)

    def _show_lines(self, row: int) -> None:
        if self._sorting is None:
            return
        sheet = self._sorting.visit.sheet
        self.list.show_lines(sheet.lines, self._told)
        self.list.setCurrentRow(row)
        left = sum(not line.sorted for line in sheet.lines)
        day = words.day(sheet.started.date()) if sheet.started else ""
        if not sheet.lines:
            text = self.tr("No notes were written.")
        elif left:
            text = self.tr("{left} of {all} to sort. ○ to sort, ✓ sorted. Ctrl+↑ and Ctrl+↓ choose a note.").format(
                left=left, all=len(sheet.lines)
            )
        elif len(sheet.lines) == 1:
            text = self.tr("The one note is sorted.")
        else:
            text = self.tr("All {all} are sorted.").format(all=len(sheet.lines))
        self._about.setText(f"{day}. {text}")
        self.leave_button.setText(self.tr("Leave the rest for later") if left else self.tr("Go on"))
        self._show_line()

    def _told(self, line: Line) -> str:
        """Return a note with a mark, and once it is sorted with where it went."""
        if not line.sorted or self._sorting is None:
            return f"○ {line_text(line)}"
        children = [child.given_names or child_name(child) for child in self._sorting.visit.children]
        about = [
            name for child, name in zip(self._sorting.visit.children, children, strict=True) if line.concerns(child.id)
        ]
        whom = self.tr("everyone") if len(about) == len(children) > 1 else listed(about)
        where = ", ".join(line.units) or self.tr("no unit")
        return f"✓ {line_text(line)}\n→ {where} · {whom}"

    def _show_line(self) -> None:
        line = self.list.line
        if line is None or self._sorting is None or self.whom is None:
            self._text.setText("")
            self._enable(on=False)
            return
        self._enable(on=True)
        self._text.setText(line_text(line))
        self.finder.choose(line.units)
        # What was sorted to units and names nobody is about everyone.
        everyone = tuple(child.id for child in self._sorting.visit.children) if line.units else ()
        self.whom.begin(line.children or everyone, settled=line.sorted or bool(line.children))
        self._show_state()

    def _units_changed(self) -> None:
        if self._sorting is not None and self.whom is not None:
            self.whom.suggest(everyone=self._sorting.about_the_home(self.finder.chosen))
        self._show_state()

    def _show_state(self) -> None:
        if self._sorting is None or self.whom is None:
            return
        chosen = self.whom.chosen
        taking = {target.child.id for target in self._sorting.targets}
        names = [
            child_name(child) for child in self._sorting.visit.children if child.id in chosen and child.id not in taking
        ]
        text = ""
        if not self._sorting.targets:
            text = self.tr(
                "No assessment of these children is being graded, so there is no unit to choose yet. Leave the notes "
                "for later and start an assessment; they wait here."
            )
        elif names:
            text = self.tr("No assessment of {names} is being graded: for them the note stays with the visit.").format(
                names=listed(names)
            )
        if self.finder.chosen and chosen:
            text = f"{text} {self.tr('Return sorts it and goes to the next.')}".strip()
        elif self.finder.chosen:
            text = self.tr("Nobody is ticked yet.")
        self._state.setText(text)

    def _enable(self, *, on: bool) -> None:
        self.sort_button.setEnabled(on)
        self.none_button.setEnabled(on)

    def _tick(self, number: int) -> None:
        if self.whom is not None:
            self.whom.toggle(number)

    def _tick_all(self) -> None:
        if self.whom is not None:
            self.whom.toggle_all()

    def _step(self, by: int) -> None:
        if self.list.count():
            self.list.setCurrentRow(max(0, min(self.list.count() - 1, self.list.currentRow() + by)))

    def _leave(self) -> None:
        if self._workspace.trail.can_go_back:
            self._workspace.back_wanted.emit()
        else:
            self._workspace.caseload_wanted.emit()

    def _fail(self, error: AppError) -> None:
        messages.show_error(self, error)
        self._workspace.back_wanted.emit()

    def _clear_whom(self) -> None:
        if self.whom is not None:
            self.whom.hide()
            self._whom_room.removeWidget(self.whom)
            self.whom.setParent(None)
            self.whom.deleteLater()
            self.whom = None

    def _forget(self) -> None:
        self._id = ""
        self._sorting = None
        self.agency.show_record("")
        self.list.forget()
        self._clear_whom()
        self._text.setText("")

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.viewport().width() >= style.space(_SIDE_BY_SIDE_STEPS)
        # In a narrow window the note at hand comes first: it is typed into there.
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.BottomToTop
        if self._across.direction() != direction:
            self._across.setDirection(direction)
