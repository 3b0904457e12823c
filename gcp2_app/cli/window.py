"""``open``: the window, where there is a screen to show it on."""

import argparse
import os
import sys

from gcp2_app.errors import AppError


def open_(parsed: argparse.Namespace) -> int:
    """Open the window before a store, or before the one last opened.

    Raises:
        AppError: there is no screen.
    """
    require_screen()
    result: int = parsed.open_window(parsed.store)
    return result


def require_screen() -> None:
    """Refuse to start a window that would bring the process down.

    Raises:
        AppError: there is no screen.
    """
    if sys.platform in ("win32", "darwin") or os.environ.get("QT_QPA_PLATFORM"):
        return
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        raise AppError(
            "There is no screen to open the window on.", "Use gcp2 demo --no-window, or another command of gcp2 --help."
        )
