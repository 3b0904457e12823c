"""The colours of each theme: those of the palette, and those with a meaning.

Meaning never rests on colour alone; the shapes are in :mod:`gcp2_app.ui.style`.
"""

from enum import StrEnum
from typing import NamedTuple


class Theme(StrEnum):
    """Which colours the window uses."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high_contrast"


class Colours(NamedTuple):
    """Colours of one theme; text on ``page`` has a contrast of at least 4.5:1, marks at least 3:1.

    Attributes:
        quiet: what is said beside the main thing, and the edges of controls.
        faint: what cannot be used now.
    """

    name: str
    page: str
    panel: str
    text: str
    quiet: str
    line: str
    faint: str
    accent: str
    on_accent: str
    warn: str
    warn_ground: str
    good: str
    grades: tuple[str, ...]
    on_grades: tuple[str, ...]


# Grades run from teal through sand to deep red-brown: told apart by people with any colour vision, and by lightness.
LIGHT = Colours(
    name="light",
    page="#f5f6f8",
    panel="#ffffff",
    text="#16202b",
    quiet="#4a5866",
    line="#c3cbd4",
    faint="#4a5866",
    accent="#1d4f91",
    on_accent="#ffffff",
    warn="#8a1c12",
    warn_ground="#fdf0ed",
    good="#0b5f4b",
    grades=("#0b6e5f", "#3d7d8c", "#8a6d0b", "#b34a12", "#7d1128"),
    on_grades=("#ffffff", "#ffffff", "#ffffff", "#ffffff", "#ffffff"),
)
DARK = Colours(
    name="dark",
    page="#14191f",
    panel="#1e252d",
    text="#eef2f6",
    quiet="#b3bfca",
    line="#46525e",
    faint="#b3bfca",
    accent="#8bb8f2",
    on_accent="#0d1622",
    warn="#ffb4a6",
    warn_ground="#3a1d18",
    good="#7fd9bf",
    grades=("#5fd0ba", "#8cc9d9", "#e8c75a", "#ff9a5c", "#ff8aa0"),
    on_grades=("#0d1622", "#0d1622", "#0d1622", "#0d1622", "#0d1622"),
)
HIGH_CONTRAST = Colours(
    name="high_contrast",
    page="#000000",
    panel="#000000",
    text="#ffffff",
    quiet="#ffffff",
    line="#ffffff",
    faint="#9c9c9c",
    accent="#ffff00",
    on_accent="#000000",
    warn="#ffb000",
    warn_ground="#000000",
    good="#7dff9a",
    grades=("#7dff9a", "#9be8ff", "#ffff00", "#ffb000", "#ff9ab5"),
    on_grades=("#000000", "#000000", "#000000", "#000000", "#000000"),
)
