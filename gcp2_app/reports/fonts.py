"""The typefaces of charts and documents, shipped with the program.

Open Sans for everything; DejaVu Sans, which comes with matplotlib, for the letters it lacks. Knows files, not what is
written with them.
"""

from functools import cache, lru_cache
from pathlib import Path

from gcp2_app.paths import data_folder

FAMILY = "Open Sans"
FALLBACK_FAMILY = "DejaVu Sans"


@cache
def font_file(*, bold: bool = False, italic: bool = False) -> Path:
    """Return the file of a face. There is no bold italic: emphasis is one or the other."""
    face = "Bold" if bold else "Italic" if italic else "Regular"
    return data_folder("resources") / "fonts" / f"OpenSans-{face}.ttf"


@cache
def fallback_file(*, bold: bool = False) -> Path:
    """Return the file of the face that stands in for letters Open Sans lacks."""
    from gcp2_app.reports.charts.library import mpl

    face = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    return Path(mpl.get_data_path()) / "fonts" / "ttf" / face


@cache
def letters_of(*, fallback: bool = False) -> frozenset[int]:
    """Return the code points a face can write. Bold and regular have the same."""
    from gcp2_app.reports.charts.library import FT2Font

    return frozenset(FT2Font(str(fallback_file() if fallback else font_file())).get_charmap())


@lru_cache(maxsize=4096)
def printable(text: str) -> str:
    """Return a text with each letter that neither face can write replaced by an empty box.

    A name in such a script is better seen to be missing than dropped.
    """
    known, stand_in = letters_of(), letters_of(fallback=True)
    if all(ord(letter) in known for letter in text):
        return text
    return "".join(letter if ord(letter) in known or ord(letter) in stand_in else "\u25a1" for letter in text)
