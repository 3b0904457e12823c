"""The fields every entry has, whatever its kind: what people read beside them, in the order they are asked and printed.

A kind declares only what it has besides; see ``forms/README.md``. Nothing here knows a particular kind.
"""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from gcp2_app.domain.entries import Theme
from gcp2_app.domain.kinds import EntryKind, Item, ItemType, Option, RecordKind

#: Stands before the name of a kind's own field, where it is named beside the common ones.
DATA: Final = "data."

#: Words for the themes.
#: Source: Horwath, J. (2007) Child Neglect: identification and assessment.
THEMES: Final[Mapping[Theme, str]] = MappingProxyType(
    {
        Theme.MEDICAL: "Medical",
        Theme.NUTRITIONAL: "Nutritional",
        Theme.EMOTIONAL: "Emotional",
        Theme.SUPERVISION: "Supervision and guidance",
        Theme.EDUCATIONAL: "Educational",
        Theme.PHYSICAL: "Physical",
        Theme.STRENGTH: "Strength",
    }
)

_WHEN = Item(
    name="when",
    type=ItemType.STRING,
    label="When it happened",
    help="As exactly as it is known: last Tues, 3 March, 10-12 May 2024, about 2019, or “not known:” and why.",
    required=True,
)
_WHAT = Item(name="what", type=ItemType.TEXT, label="What happened", help="Facts only: what was seen, said or done.")
_SOURCE = Item(name="source", type=ItemType.STRING, label="Who this comes from", required=True)
_THEMES = Item(
    name="themes",
    type=ItemType.CHOICE,
    label="Themes",
    repeats=True,
    options=tuple(Option(code=theme.value, label=label) for theme, label in THEMES.items()),
)

#: Every common field by its name, in the order in which an entry is printed.
COMMON: Final[Mapping[str, Item]] = MappingProxyType(
    {
        item.name: item
        for item in (
            _WHEN,
            _WHAT,
            Item(name="child_words", type=ItemType.TEXT, label="The child’s own words"),
            Item(name="impact", type=ItemType.TEXT, label="What it means for the child"),
            Item(name="carer_response", type=ItemType.TEXT, label="How the carer responded"),
            Item(name="action_taken", type=ItemType.TEXT, label="What was done"),
            Item(name="outcome", type=ItemType.TEXT, label="What came of it"),
            _THEMES,
            Item(
                name="significance",
                type=ItemType.CHOICE,
                label="How much it matters",
                options=tuple(
                    Option(code=code, label=label)
                    for code, label in (("low", "Low"), ("medium", "Medium"), ("high", "High"))
                ),
            ),
            Item(name="significance_why", type=ItemType.TEXT, label="Why it matters"),
            _SOURCE,
            Item(name="known", type=ItemType.STRING, label="When it became known"),
            Item(
                name="children",
                type=ItemType.REFERENCE,
                label="Children it is about",
                help="Say beside each what it means for that child, where that differs.",
                of=RecordKind.CHILD,
                repeats=True,
            ),
            Item(
                name="third_party",
                type=ItemType.BOOLEAN,
                label="From a third party",
                help="Left out of copies for the family unless somebody ticks it there.",
            ),
            Item(
                name="harm_if_disclosed",
                type=ItemType.BOOLEAN,
                label="Could do harm if it were disclosed",
                help="For example where it tells where somebody is, or who told.",
            ),
            Item(
                name="withheld_from",
                type=ItemType.REFERENCE,
                label="Withheld from",
                help="Left out of everything made for these people.",
                of=RecordKind.PERSON,
                repeats=True,
            ),
            Item(name="attachments", type=ItemType.STRING, label="Files", repeats=True),
        )
    }
)


def what_item(kind: EntryKind) -> Item:
    """Return the field for what happened, as this kind calls it."""
    return replace(_WHAT, label=kind.what or _WHAT.label, required=kind.what_required)


def has_own_date(kind: EntryKind) -> bool:
    """Whether an entry of this kind must say a date of its own, so that "when it happened" need not be asked."""
    return any(item.required and item.type in {ItemType.DATE, ItemType.DATE_TIME} for item in kind.items)


def label_of(name: str, kind: EntryKind | None) -> str:
    """Return what people read beside a field.

    Args:
        name: of a common field, or of one of the kind's own with ``data.`` before it.
        kind: the declaration, or None where there is none any more.
    """
    if name == "what" and kind is not None:
        return what_item(kind).label
    if name in COMMON:
        return COMMON[name].label
    own = name.removeprefix(DATA)
    items = () if kind is None else kind.items
    return next((item.label for item in items if item.name == own), own.replace("_", " ").capitalize())
