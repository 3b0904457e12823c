"""One entry read in full: what it says line by line, its marks, its files, and how it came to say that."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from gcp2_app.domain.entry_fields import label_of
from gcp2_app.reports.entry_lines import EntryLine, entry_lines
from gcp2_app.ui import style
from gcp2_app.ui import words as say
from gcp2_app.ui.flow import Flow
from gcp2_app.ui.timeline import words
from gcp2_app.ui.timeline.words import tr

if TYPE_CHECKING:
    from gcp2_app.domain.entries import Attachment, Entry
    from gcp2_app.services.stream import EntryFile, Step

#: Marks said at the head of an entry, not among its lines.
_AT_HEAD = frozenset({"when", "third_party", "harm_if_disclosed"})


def head(file: "EntryFile", title: str) -> QWidget:
    """Return what an entry is and when it happened, with what nobody may overlook."""
    ground = QWidget()
    layout = QVBoxLayout(ground)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(max(2, style.space(0.5)))
    layout.addWidget(style.heading(title, 2))
    error = file.entry.entered_in_error
    if error is not None:
        layout.addWidget(style.label(words.in_error(error, file.names.get(error.by, "")), "error"))
        layout.addWidget(style.label(tr("Why: {reason}").format(reason=error.reason)))
        sealed = tr("Its content is sealed: it is in no list, report or export.")
        layout.addWidget(style.label(sealed if file.earlier else tr("Its content was destroyed."), "quiet"))
        return ground
    layout.addWidget(style.label(words.when(file.entry)))
    marks = words.marks(file.entry)
    if marks:
        row = QWidget()
        flow = Flow(row)
        flow.setContentsMargins(0, 0, 0, 0)
        flow.setSpacing(style.space(1))
        for mark in marks:
            flow.addWidget(style.label(mark, "badge", wrap=False))
        layout.addWidget(row)
    return ground


def body(file: "EntryFile") -> QWidget:
    """Return everything an entry says, label and words, in the order it is printed."""
    lines = [line for line in entry_lines(file.entry, file.kind, file.names) if line.name not in _AT_HEAD]
    if file.others:
        more = tr("%n other child you do not work with|%n other children you do not work with", file.others)
        at = next((number for number, line in enumerate(lines) if line.name == "children"), None)
        if at is None:
            lines.append(EntryLine("children", label_of("children", file.kind), more))
        else:
            lines[at] = EntryLine("children", lines[at].label, f"{lines[at].text}\n{more}")
    return _grid([(line.label, line.text) for line in lines])


def foot(file: "EntryFile") -> QWidget:
    """Return who wrote an entry down, and when."""
    entry = file.entry
    who = file.names.get(entry.recorded_by or "", "")
    at = say.moment(entry.recorded_at) if entry.recorded_at is not None else ""
    parts = [tr("Written down by {who}").format(who=who) if who else "", at]
    return style.label(", ".join(filter(None, parts)) or tr("Not known who wrote it down, or when"), "quiet")


def files(
    file: "EntryFile", *, save: "Callable[[Attachment], object]", remove: "Callable[[Attachment], object] | None"
) -> QWidget | None:
    """Return the files of an entry with what can be done with each, or None where there are none.

    Args:
        save: writes a copy out of the store.
        remove: takes one away; None for a user who may not.
    """
    if not file.entry.attachments:
        return None
    frame, layout = style.card()
    layout.addWidget(style.heading(tr("Files"), 3))
    for each in file.entry.attachments:
        size = tr("{size} KB").format(size=max(1, round(each.size / 1024)))
        layout.addWidget(style.label(f"{each.name}  ({size})"))
        buttons = [_link(tr("Save a copy…"), tr("Save a copy of {name}").format(name=each.name), partial(save, each))]
        if remove is not None:
            buttons.append(
                _link(tr("Take it away…"), tr("Take away {name}").format(name=each.name), partial(remove, each))
            )
        layout.addLayout(style.row(*buttons))
    return frame


def history(steps: "tuple[Step, ...]", file: "EntryFile") -> QWidget:
    """Return how an entry came to say what it says, newest first."""
    ground = QWidget()
    layout = QVBoxLayout(ground)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(style.space(1.5))
    for number, step in enumerate(steps):
        frame, inside = style.card()
        first = number == len(steps) - 1
        what = tr("Written down") if first else tr("Changed")
        at = say.moment(step.at) if step.at is not None else tr("time not known")
        inside.addWidget(style.heading(", ".join(filter(None, (f"{what}: {at}", step.by))), 3))
        if step.reason:
            inside.addWidget(style.label(tr("Why: {reason}").format(reason=step.reason)))
        if not first:
            before = steps[number + 1].entry
            pairs = [_change(name, before, step.entry, file) for name in step.changed]
            inside.addWidget(_grid([pair for pair in pairs if pair is not None]))
        layout.addWidget(frame)
    return ground


def _change(name: str, before: "Entry", after: "Entry", file: "EntryFile") -> tuple[str, str] | None:
    """Return a field that changed, with what it said before and what it says now."""
    if name == "not_known":
        # Said where the field itself is.
        return None
    shown = "children" if name == "relevance" else name
    label = tr("In the agency’s record") if name == "agency_record" else label_of(shown, file.kind)
    was, now = (_text(shown, entry, file) or tr("nothing") for entry in (before, after))
    return label, tr("before: {was}\nnow: {now}").format(was=was, now=now)


def _text(name: str, entry: "Entry", file: "EntryFile") -> str:
    if name == "agency_record":
        return entry.agency_record.reference if entry.agency_record is not None else ""
    if name == "attachments":
        return ", ".join(each.name for each in entry.attachments)
    found: Mapping[str, str] = {line.name: line.text for line in entry_lines(entry, file.kind, file.names)}
    return found.get(name, "")


def _grid(pairs: list[tuple[str, str]]) -> QWidget:
    ground = QWidget()
    grid = QGridLayout(ground)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(style.space(2))
    grid.setVerticalSpacing(style.space(1))
    grid.setColumnStretch(0, 2)
    grid.setColumnStretch(1, 5)
    for row, (label, text) in enumerate(pairs):
        grid.addWidget(style.label(label, "quiet"), row, 0, Qt.AlignmentFlag.AlignTop)
        value = style.label(text)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        value.setAccessibleName(f"{label}: {text}")
        grid.addWidget(value, row, 1, Qt.AlignmentFlag.AlignTop)
    return ground


def _link(text: str, spoken: str, run: Callable[[], object]) -> QWidget:
    button = style.button(text, "link")
    button.setAccessibleName(spoken)
    button.clicked.connect(run)
    return button
