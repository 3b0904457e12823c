"""A read-only page of a declared part of a record: label and value, line by line."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel

from gcp2_app.domain.kinds import EntryKind, Item, ItemType
from gcp2_app.domain.when import parse_date
from gcp2_app.ui import style, words
from gcp2_app.ui.child.names import option_label


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("summary", text)


def said(item: Item, value: Any) -> str:
    """Return a value in words; "Not known" where there is none."""
    if value is None or value in ("", []):
        return tr("Not known") if not item.repeats else tr("None recorded")
    if item.repeats:
        return ", ".join(option_label(item, one) for one in value)
    match item.type:
        case ItemType.BOOLEAN:
            return tr("Yes") if value else tr("No")
        case ItemType.DATE:
            return words.day(parse_date(value))
        case ItemType.CHOICE | ItemType.OPEN_CHOICE:
            return option_label(item, value)
        case _:
            return str(value)


def withheld_words(ids: Sequence[str], names: Mapping[str, str]) -> str:
    """Return from whom something is withheld: "Withheld from Dean Marsh"."""
    people = tr(" and ").join(names.get(id_) or tr("someone not in this record") for id_ in ids)
    return tr("Withheld from {people}").format(people=people) if ids else ""


def withheld_mark(ids: Sequence[str], names: Mapping[str, str]) -> QLabel:
    """Return the mark that stands beside something withheld."""
    return style.label(withheld_words(ids, names), "badge")


def _says_nothing(item: Item, values: Mapping[str, Any]) -> bool:
    return item.type is ItemType.REFERENCE and item.repeats and not values.get(item.name)


def summary_card(
    kind: EntryKind,
    values: Mapping[str, Any],
    *,
    change: Callable[[], object] | None,
    hidden: frozenset[str] = frozenset(),
    names: Mapping[str, str] | None = None,
) -> QFrame:
    """Return a panel with every item of a kind.

    Args:
        values: in the shape of the case file.
        change: opens the form of this part; None for a user who may not.
        hidden: items that say nothing here.
        names: of the people that references point at, by id. People something is withheld from are marked; where it is
            withheld from nobody, nothing is said of it.
    """
    frame, layout = style.card()
    layout.addWidget(style.heading(kind.title, 3))
    grid = QGridLayout()
    grid.setHorizontalSpacing(style.space(2))
    grid.setVerticalSpacing(style.space(0.8))
    grid.setColumnStretch(0, 2)
    grid.setColumnStretch(1, 3)
    shown = [item for item in kind.items if item.name not in hidden and not _says_nothing(item, values)]
    for number, item in enumerate(shown):
        if item.type is ItemType.REFERENCE and item.repeats:
            mark = withheld_mark(values[item.name], names or {})
            grid.addWidget(mark, number, 1, Qt.AlignmentFlag.AlignTop)
            continue
        grid.addWidget(style.label(item.label, "quiet"), number, 0, Qt.AlignmentFlag.AlignTop)
        value = style.label(said(item, values.get(item.name, False if item.required else None)))
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        grid.addWidget(value, number, 1, Qt.AlignmentFlag.AlignTop)
    layout.addLayout(grid)
    layout.addStretch(1)
    if change is not None:
        button = style.button(tr("Change"), "link")
        button.setObjectName(f"change-{kind.code}")
        button.setAccessibleName(tr("Change: {title}").format(title=kind.title))
        button.clicked.connect(change)
        layout.addWidget(button)
    return frame
