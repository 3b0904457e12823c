"""Where things are: the folders shipped with the program and the user's own.

This module knows nothing of stores or children.
"""

import sys
from pathlib import Path

from gcp2_app.errors import NotFound


def data_folder(name: str) -> Path:
    """Return a folder shipped with the program.

    It stands beside the package in a checkout (editable install), inside the package in a wheel, and beside the
    executable's own files in a frozen build.

    Args:
        name: ``"forms"`` or ``"resources"``.

    Raises:
        NotFound: the installation is incomplete.
    """
    package = Path(__file__).resolve().parent
    frozen = Path(getattr(sys, "_MEIPASS", package.parent))
    for candidate in (frozen / name, package.parent / name, package / "_data" / name):
        if candidate.is_dir():
            return candidate
    raise NotFound(f"The folder “{name}” of the program is missing.", "Install the program again.")


def user_folder() -> Path:
    """Return the folder for this user's stores, by the platform's own convention. It may not exist yet."""
    from platformdirs import user_data_path  # only needed when no store is named

    return user_data_path("gcp2", appauthor=False)
