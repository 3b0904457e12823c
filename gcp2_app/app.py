"""The window from start to end, in the order things happen. Everything heavy comes after the first paint."""

import os
from pathlib import Path

import shiboken6
from PySide6.QtCore import QLocale, QSettings, QTimer
from PySide6.QtWidgets import QApplication

from gcp2_app import logs
from gcp2_app.paths import data_folder
from gcp2_app.ui import style
from gcp2_app.ui.crash import CrashGuard
from gcp2_app.ui.main_window import MainWindow
from gcp2_app.ui.preferences import Preferences
from gcp2_app.ui.rubbish import keep_what_is_loaded
from gcp2_app.ui.tasks import Tasks
from gcp2_app.ui.workspace import Workspace

#: By then the first paint is over, and typing has hardly begun.
_PAINTED_MILLISECONDS = 50


def run_window(store: Path | None = None) -> int:
    """Show the window until it is closed.

    Args:
        store: folder of the store to stand before; None for the one opened last.

    Returns:
        The exit code: 0.
    """
    # Whatever is written from here on is this user's alone.
    os.umask(0o077)
    logs.begin(logs.folder)
    application = _make_application()
    preferences = Preferences(QSettings())
    style.apply(application, preferences.theme, preferences.text_scale)
    tasks = Tasks()
    workspace = Workspace(tasks)
    window = MainWindow(workspace, preferences)
    guard = CrashGuard(window)
    guard.install()
    tasks.broke.connect(guard.show)
    workspace.unlocked.connect(lambda: _warm_up(window, tasks))
    window.open_store(store or preferences.last_store)
    window.show()
    QTimer.singleShot(_PAINTED_MILLISECONDS, window, lambda: _after_first_paint(application, window, tasks))
    try:
        return application.exec()
    finally:
        guard.remove()
        # While the application still lives: the slots of a window keep it alive until it is deleted.
        shiboken6.delete(window)
        logs.end()


def _make_application() -> QApplication:
    # One style on every platform, since the colours of meaning are checked against it. By argument: naming the style
    # in code would load all that Qt knows of styles before the first paint.
    running = QApplication.instance()
    application = running if isinstance(running, QApplication) else QApplication(["gcp2", "-style", "Fusion"])
    application.setOrganizationName("gcp2")
    application.setApplicationName("gcp2")
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    return application


def _after_first_paint(application: QApplication, window: MainWindow, tasks: Tasks) -> None:
    from PySide6.QtGui import QIcon

    application.setWindowIcon(QIcon(str(data_folder("resources") / "icons" / "gcp2.png")))
    tasks.run(window, _import_heavy_parts, lambda _: keep_what_is_loaded())


def _warm_up(window: MainWindow, tasks: Tasks) -> None:
    from gcp2_app.ui.warming import warm_up

    warm_up(window, tasks, window.make_ready)


def _import_heavy_parts() -> None:
    """Load, while the passphrase is typed, what the first page after it needs. Runs on the database thread."""
    import gcp2_app.services.arrivals
    import gcp2_app.services.caseload
    import gcp2_app.services.stores
    import gcp2_app.ui.caseload.page
    import gcp2_app.ui.idle
    import gcp2_app.ui.shell
    import gcp2_app.ui.visit.doorkeeper  # noqa: F401
    from gcp2_app.forms.policy import shipped_policy

    shipped_policy()
