"""The pages before an open store, and the ways between them. Each is made when it is first wanted."""

from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from gcp2_app.errors import AppError
from gcp2_app.ui.preferences import Preferences
from gcp2_app.ui.tasks import Tasks
from gcp2_app.ui.unlock.page import UnlockPage

P = TypeVar("P", bound=QWidget)


class Entry(QStackedWidget):
    """Unlock, welcome, set-up, recovery, practice.

    Attributes:
        opened: emitted with a session and the store's folder.
        created: the same for a store just made, while the set-up goes on.
        set_up_finished: emitted when the set-up is over and the caseload is wanted.
        practice_after_set_up: emitted when it is over and the practice family is wanted.
        danger_wanted: emitted when the danger numbers are wanted.
    """

    opened = Signal(object, object)
    created = Signal(object, object)
    set_up_finished = Signal()
    practice_after_set_up = Signal()
    danger_wanted = Signal()

    def __init__(self, tasks: Tasks, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._preferences = preferences
        self._before: QWidget | None = None

    def show_store(self, folder: Path, *, note: str = "") -> None:
        """Stand before a store."""
        page = self._only(UnlockPage)
        if page is None:
            page = self._add(UnlockPage(self._tasks, self._preferences))
            page.opened.connect(self.opened)
            page.practice_wanted.connect(self.show_practice)
            page.other_store_wanted.connect(self.choose_store)
            page.new_store_wanted.connect(self.show_set_up)
            page.danger_wanted.connect(self.danger_wanted)
            page.recovery_wanted.connect(self.show_recovery)
        page.show_store(folder, note=note)
        self._turn_to(page)

    def show_damage(self, folder: Path, error: AppError) -> None:
        """Stand before a store that was found to be damaged while it was open."""
        page = self._only(UnlockPage)
        if page is not None and page.folder == folder:
            page.show_damage(error)

    def restore(self, folder: Path, backup: str, name: str, passphrase: str) -> None:
        """Go back to a backup of the store that is stood before, which nobody has open."""
        page = self._only(UnlockPage)
        if page is not None and page.folder == folder:
            page.restore(backup, name, passphrase)

    def show_welcome(self) -> None:
        """Offer the ways to begin; stand before this user's store if there is one after all."""
        from gcp2_app.ui.unlock.welcome import WelcomePage

        page = self._only(WelcomePage)
        if page is None:
            page = self._add(WelcomePage())
            page.set_up_wanted.connect(self.show_set_up)
            page.practice_wanted.connect(self.show_practice)
            page.open_wanted.connect(self.choose_store)
            page.danger_wanted.connect(self.danger_wanted)
            self._tasks.run(self, _default_store, self._found_store)
        self._turn_to(page)

    def show_set_up(self) -> None:
        """Begin the set-up of a new store."""
        from gcp2_app.ui.unlock.set_up import SetUpPage

        # Always from the start: nothing of an earlier set-up stays in memory.
        old = self._only(SetUpPage)
        if old is not None:
            self._drop(old)
        page = self._add(SetUpPage(self._tasks, self._preferences))
        page.created.connect(self.created)
        page.finished.connect(self.set_up_finished)
        page.practice_wanted.connect(self.practice_after_set_up)
        page.cancelled.connect(self._go_back)
        self._turn_to(page)
        page.enter()

    def show_practice(self) -> None:
        """Stand before the practice store, or make it."""
        self._tasks.run(self, _practice_store, self._show_practice)

    def show_recovery(self, folder: Path, name: str) -> None:
        """Ask for the recovery kit of a store."""
        from gcp2_app.ui.unlock.recover import RecoverPage

        page = self._only(RecoverPage)
        if page is None:
            page = self._add(RecoverPage(self._tasks, self._preferences))
            page.opened.connect(self.opened)
            page.cancelled.connect(self._go_back)
        unlock = self._only(UnlockPage)
        names = () if unlock is None else tuple(unlock.names.itemText(row) for row in range(unlock.names.count()))
        page.show_store(folder, names, name)
        self._turn_to(page)

    def choose_store(self) -> None:
        """Ask for the folder of a store."""
        from gcp2_app.ui import messages

        messages.choose_folder(self, self.tr("Open a store"), self.show_store)

    def take_focus(self) -> None:
        """Put the cursor where the page begins."""
        page = self.currentWidget()
        if page is not None and hasattr(page, "take_focus"):
            page.take_focus()

    def _show_practice(self, existing: Path | None) -> None:
        if existing is not None and not self._stands_before(existing):
            self.show_store(existing)
            return
        from gcp2_app.ui.unlock.practice import PracticePage

        page = self._only(PracticePage)
        if page is None:
            page = self._add(PracticePage(self._tasks, self._preferences))
            page.opened.connect(self.opened)
            page.cancelled.connect(self._go_back)
        page.enter()
        self._turn_to(page)

    def _stands_before(self, folder: Path) -> bool:
        """Whether the practice store is asked for while it is on screen: its passphrase is lost, so a fresh one."""
        page = self.currentWidget()
        return isinstance(page, UnlockPage) and page.folder == folder

    def _found_store(self, folder: Path | None) -> None:
        from gcp2_app.ui.unlock.welcome import WelcomePage

        if folder is not None and isinstance(self.currentWidget(), WelcomePage):
            self.show_store(folder)

    def _turn_to(self, page: QWidget) -> None:
        if self.currentWidget() is not page:
            self._before = self.currentWidget()
        self.setCurrentWidget(page)
        self.take_focus()

    def _go_back(self) -> None:
        if self._before is not None:
            self._turn_to(self._before)
        else:
            self.show_welcome()

    def _only(self, kind: type[P]) -> P | None:
        for index in range(self.count()):
            page = self.widget(index)
            if isinstance(page, kind):
                return page
        return None

    def _add(self, page: P) -> P:
        self.addWidget(page)
        return page

    def _drop(self, page: QWidget) -> None:
        if self._before is page:
            self._before = None
        self.removeWidget(page)
        page.deleteLater()


def _default_store() -> Path | None:
    from gcp2_app.services import stores

    folder = stores.default_store()
    return folder if stores.exists(folder) else None


def _practice_store() -> Path | None:
    """Return the newest practice store, or None."""
    from gcp2_app.services import stores

    first = stores.practice_store()
    newest = None
    folder = first
    number = 1
    while stores.exists(folder):
        newest = folder
        number += 1
        folder = first.with_name(f"{first.name}-{number}")
    return newest
