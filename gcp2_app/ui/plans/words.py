"""How plans and meetings read on screen: columns, what was found, who answered.

Pure functions; no store and no clock.
"""

from functools import cache

from PySide6.QtCore import QCoreApplication

from gcp2_app.domain.kinds import EntryKind, Item
from gcp2_app.domain.plans.board import Column


def tr(text: str, count: int = -1) -> str:
    """Translate a text of this module; ``one|many`` is chosen by the count, which replaces ``%n``."""
    if count < 0:
        return QCoreApplication.translate("plans", text)
    one, _, many = text.partition("|")
    return QCoreApplication.translate("plans", one if count == 1 else many or one).replace("%n", str(count))


def column(value: Column) -> str:
    """Return the head of a column."""
    return {
        Column.AGREED: tr("Agreed"),
        Column.SAID: tr("Said to be done"),
        Column.CHECKED: tr("Checked"),
        Column.LASTS: tr("Seen to last"),
    }[value]


def about_column(value: Column) -> str:
    """Return what stands in a column."""
    return {
        Column.AGREED: tr("Nobody has said yet that it is done."),
        Column.SAID: tr("We have not looked yet."),
        Column.CHECKED: tr("Somebody looked. What was found stands on the card."),
        Column.LASTS: tr("Done, and still so when somebody looked again."),
    }[value]


@cache
def _kinds() -> dict[str, EntryKind]:
    from gcp2_app.services import entries

    return entries.kinds()


def item(kind: str, *path: str) -> Item:
    """Return a declared item of a kind of entry, by its name and those of the items in it."""
    items = _kinds()[kind].items
    found: Item | None = None
    for name in path:
        found = next(each for each in items if each.name == name)
        items = found.items
    assert found is not None  # noqa: S101 - a path names at least one
    return found


def label(kind: str, value: object, *path: str) -> str:
    """Return what people read for a chosen code; other words stay as they are, nothing stays nothing."""
    text = str(value or "")
    return next((option.label for option in item(kind, *path).options if option.code == text), text.replace("_", " "))
