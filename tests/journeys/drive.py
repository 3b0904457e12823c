"""One chapter of a journey in a process of its own: the real program, started, driven and closed.

``python -m tests.journeys.drive CHAPTER FOLDER`` with the folder that the journey keeps its things in.
"""

import os
import sys
import traceback
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from gcp2_app.app import run_window
from gcp2_app.ui.main_window import MainWindow
from tests.journeys import (
    chapters,
    exchange_chapters,
    family_chapters,
    flow_chapters,
    history_chapters,
    licence_chapters,
    report_chapters,
    stream_chapters,
    timeline_chapters,
    unborn_chapters,
    withheld_chapters,
)
from tests.journeys.person import Person


def main(name: str, folder: Path) -> int:
    """Run a chapter; 0 when the person did and saw all of it."""
    application = QApplication(["gcp2", "-style", "Fusion"])

    def play() -> None:
        window = next(each for each in application.topLevelWidgets() if isinstance(each, MainWindow))
        window.resize(1366, 740)
        window.move(0, 0)
        window.activateWindow()
        pictures = os.environ.get("GCP2_JOURNEY_PICTURES")
        pace = int(os.environ.get("GCP2_JOURNEY_PACE", "0"))
        person = Person(window, Path(pictures) if pictures else None, pace)
        try:
            told = (
                chapters,
                family_chapters,
                exchange_chapters,
                timeline_chapters,
                stream_chapters,
                unborn_chapters,
                licence_chapters,
                report_chapters,
                withheld_chapters,
                flow_chapters,
                history_chapters,
            )
            chapter = next(getattr(each, name) for each in told if hasattr(each, name))
            chapter(person, folder)
        except BaseException:  # noqa: BLE001 - a chapter that fails must still end the program
            traceback.print_exc()
            person.takes_a_picture(f"failed-{name}")
            # A dialog that asks about what was typed would keep the window open.
            os._exit(1)
        application.closeAllWindows()

    QTimer.singleShot(400, play)
    return run_window(None)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2])))
