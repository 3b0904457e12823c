"""What an area of care is called in plain words, and which picture stands beside it.

Knows the codes of the packs that come with the program; any other area keeps its pack's own words.
"""

from collections.abc import Mapping
from typing import Final

from gcp2_app.reports.pictures.catalogue import Picture

_CARE: Final[Mapping[str, Mapping[str, tuple[Picture, str]]]] = {
    "graded-care": {
        "A": (Picture.HOUSE, "Food, home, clothes, washing and health"),
        "A1": (Picture.PLATE, "Food and drink"),
        "A2": (Picture.HOUSE, "The home"),
        "A3": (Picture.CLOTHES, "Clothes and shoes"),
        "A4": (Picture.TOOTHBRUSH, "Washing and keeping clean"),
        "A5": (Picture.DOCTOR, "Health"),
        "B": (Picture.SAFE, "Keeping safe"),
        "B1": (Picture.SAFE, "Keeping safe when a carer is there"),
        "B2": (Picture.SAFE, "Keeping safe when no carer is there"),
        "C": (Picture.LOVING, "Love and feelings"),
        "C1": (Picture.LOVING, "Noticing and answering feelings"),
        "C2": (Picture.TOGETHER, "Enjoying time together"),
        "D": (Picture.BOOK, "Learning, playing and belonging"),
        "D1": (Picture.PLAYING, "Learning and playing"),
        "D2": (Picture.TALKING, "Praise"),
        "D3": (Picture.TALKING, "Rules and limits"),
        "D4": (Picture.LOVING, "Being wanted and belonging"),
    },
    "graded-care-antenatal": {
        "P": (Picture.EXPECTING, "You and your pregnancy"),
        "P1": (Picture.DOCTOR, "Care in pregnancy"),
        "P2": (Picture.LOVING, "Thinking of the baby"),
        "P3": (Picture.SAFE, "Peace and safety"),
        "R": (Picture.HOUSE, "Getting ready for the baby"),
        "R1": (Picture.BED, "A place for the baby"),
        "R2": (Picture.HELPING, "Ready to care"),
        "H": (Picture.EXPECTING, "Now the baby is here"),
        "H1": (Picture.EXPECTING, "Everyday care"),
        "H2": (Picture.SAFE, "Keeping the baby safe"),
        "H3": (Picture.TOGETHER, "Close to the baby"),
    },
}


def in_plain_words(pack: str, code: str, label: str) -> tuple[Picture, str]:
    """Return the picture and the plain words for an area or sub-area of a pack.

    Args:
        pack: the pack's id.
        code: of the area or sub-area.
        label: what the pack calls it.
    """
    return _CARE.get(pack, {}).get(code, (Picture.LOOKING, label))
