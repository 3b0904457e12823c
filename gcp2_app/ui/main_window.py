"""The window: the pages before an open store, the shell behind them, and locking between the two.

Its title never names a child. What it shows of a case is destroyed on lock, before the store is closed.
"""

import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QTime
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget
from shiboken6 import isValid

from gcp2_app.errors import AppError
from gcp2_app.overriding import override
from gcp2_app.ui import style
from gcp2_app.ui.elided import Elided
from gcp2_app.ui.place import Screen
from gcp2_app.ui.preferences import Preferences
from gcp2_app.ui.unlock.entry import Entry
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.services.arrivals import Arrival
    from gcp2_app.services.session import Session
    from gcp2_app.services.visits import Running
    from gcp2_app.ui.assess.draft import Draft
    from gcp2_app.ui.backing_up import BackingUp
    from gcp2_app.ui.idle import IdleWatch
    from gcp2_app.ui.share.view import ShareView
    from gcp2_app.ui.shell import Shell
    from gcp2_app.ui.visit.doorkeeper import Doorkeeper
    from gcp2_app.ui.visit.pin import Pin
    from gcp2_app.ui.visit.room import VisitRoom


class MainWindow(QMainWindow):
    """One window, one store at a time.

    Attributes:
        entry: the pages before an open store.
    """

    def __init__(self, workspace: Workspace, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._preferences = preferences
        self._folder = Path()
        self._shell: Shell | None = None
        self._share: ShareView | None = None
        self._behind: QWidget | None = None
        self._visit: Doorkeeper | None = None
        self._stack = QStackedWidget()
        self.setCentralWidget(self._stack)
        self.entry = Entry(workspace.tasks, preferences)
        self._stack.addWidget(self.entry)
        self._idle: IdleWatch | None = None
        self._backing_up: BackingUp | None = None
        self._left = ("", "", 0.0)
        self._make_status_bar()
        self._connect()
        self._show_title()
        if not self.restoreGeometry(preferences.geometry):
            # Room is left for the title bar, whose height is not known before the window is on screen.
            room = self.screen().availableGeometry()
            self.resize(min(1366, room.width()), min(860, room.height() - style.space(8)))

    @property
    def shell(self) -> "Shell | None":
        """What is behind the unlock page, or None while locked."""
        return self._shell

    @property
    def visit_room(self) -> "VisitRoom | None":
        """What stands in the shell's place while a visit runs, or None."""
        return None if self._visit is None else self._visit.room

    def open_store(self, folder: Path | None) -> None:
        """Stand before a store, or offer to begin where there is none."""
        if folder is None:
            self.entry.show_welcome()
        else:
            self.entry.show_store(folder)

    @property
    def idle(self) -> "IdleWatch":
        """Notices that nobody is here."""
        if self._idle is None:
            from PySide6.QtGui import QKeySequence, QShortcut

            from gcp2_app.ui.idle import IdleWatch

            QShortcut(QKeySequence("F9"), self).activated.connect(self.hide_everything)
            self._idle = IdleWatch(self)
            self._idle.expired.connect(self._lock_idle)
            self._idle.lock_pressed.connect(self.hide_everything)
            self._idle.warned.connect(self._warn_idle)
            self._idle.stayed.connect(self._stop_warning)
        return self._idle

    def hide_everything(self) -> None:
        """What F9 does: cover the visit that runs, where it has a PIN; otherwise lock."""
        if self._visit is None or not self._visit.cover():
            self.lock()

    def lock(self, note: str = "") -> None:
        """Hide everything, close the store and stand before it again. Never asks, never waits.

        Args:
            note: why, where the person did not do it.
        """
        if not self._workspace.is_unlocked:
            return
        self._end_session()
        self.entry.show_store(self._folder, note=note)

    def show_danger_card(self) -> None:
        """Show whom to ring when a child is in danger."""
        from gcp2_app.ui.danger import open_card

        open_card(self, self._preferences)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self._preferences.geometry = self.saveGeometry()
        if self._workspace.is_unlocked:
            self._end_session()
        # What has begun is finished out of sight, the closing of the store last.
        self.hide()
        self._workspace.tasks.close()
        super().closeEvent(event)

    def _connect(self) -> None:
        entry, workspace = self.entry, self._workspace
        entry.opened.connect(self._open)
        entry.created.connect(self._begin)
        entry.set_up_finished.connect(self._show_shell)
        entry.practice_after_set_up.connect(self._change_to_practice)
        entry.danger_wanted.connect(self.show_danger_card)
        workspace.danger_wanted.connect(self.show_danger_card)
        workspace.visit_begun.connect(self._show_visit)
        workspace.changed.connect(self._show_saved)
        workspace.share_wanted.connect(self._show_share)
        workspace.not_saved.connect(self._show_not_saved)
        workspace.restore_wanted.connect(self._restore)
        workspace.tasks.busy_changed.connect(self._show_busy)
        workspace.tasks.failed.connect(self._show_error)
        workspace.tasks.damaged.connect(self._lock_damaged)
        self._preferences.idle_changed.connect(self._count_idle)
        self._preferences.look_changed.connect(self._restyle)

    # Unlock and lock

    def _begin(self, session: "Session", folder: Path) -> None:
        self._folder = folder
        self._back_up()
        self._workspace.begin(session)
        self._count_idle(self._preferences.idle_minutes)

    def _back_up(self) -> None:
        """Have backups made from the first unlock on."""
        if self._backing_up is None:
            from gcp2_app.ui.backing_up import BackingUp

            self._backing_up = BackingUp(self._workspace, self)
            self._backing_up.told.connect(self._show_backups)
            self._backing_up.damaged.connect(self._show_error)

    def _open(self, session: "Session", folder: Path) -> None:
        self._begin(session, folder)
        held = self._workspace.sealed_visits

        def work() -> "Arrival":
            from gcp2_app.services import arrivals
            from gcp2_app.ui.visit import sealed

            arrival = arrivals.arrive(session)
            if arrival.running is None:
                return arrival
            return replace(arrival, running=sealed.come_back(session, held, arrival.running))

        self._workspace.tasks.run(self, work, self._arrive)

    def _arrive(self, arrival: "Arrival") -> None:
        """Lead back into the visit that runs; after a while away, to a page that names nobody."""
        from gcp2_app.ui.visit import doorkeeper

        if arrival.running is not None:
            self._show_visit(arrival.running, None)
            return
        session = self._workspace.session
        self._show_shell(neutral=doorkeeper.was_long_away(session, arrival, self._left))
        if self._shell is not None and not self._preferences.kit_kept(self._folder):
            self._shell.remind_of_kit()

    def _show_visit(self, running: "Running", pin: "Pin | None") -> None:
        """Put the visit in the place of everything else."""
        from gcp2_app.ui.visit.doorkeeper import Doorkeeper

        self._drop_shell()
        self._close_dialogs()
        self._end_visit()
        self.statusBar().hide()
        self._visit = Doorkeeper(self, self._workspace, self._stack, running, pin)
        self._visit.danger_wanted.connect(self.show_danger_card)
        self._visit.lock_wanted.connect(self.lock)
        self._visit.covered.connect(self._stop_counting)
        self._visit.uncovered.connect(lambda: self._count_idle(self._preferences.idle_minutes))
        self._visit.ended.connect(self._leave_visit)
        self._show_title()

    def _leave_visit(self, visit_id: str) -> None:
        """After the passphrase: the notes are sorted, and everything can be reached again."""
        self._end_visit()
        trail = self._workspace.trail
        if trail.here is not None and trail.here.screen is Screen.BEFORE_VISIT:
            trail.back()
        self._show_shell()
        self._workspace.changed.emit("entry", visit_id)
        self._workspace.sorting_wanted.emit(visit_id)

    def _end_visit(self) -> None:
        if self._visit is not None:
            visit, self._visit = self._visit, None
            visit.close()

    def _stop_counting(self) -> None:
        self.idle.stop()

    def make_ready(self) -> None:
        """Make what is opened first after the caseload, once everything it needs is loaded."""
        if self._shell is not None:
            self._shell.make_ready()

    def _show_shell(self, *, neutral: bool = False) -> None:
        from gcp2_app.ui.shell import Shell

        self._drop_shell()
        shell = Shell(self._workspace, self._preferences)
        shell.lock_wanted.connect(self.lock)
        shell.danger_wanted.connect(self.show_danger_card)
        self._shell = shell
        self._stack.addWidget(shell)
        self._stack.setCurrentWidget(shell)
        self._show_status()
        self._show_title()
        if neutral:
            shell.begin_neutral()
        else:
            shell.begin()

    def _end_session(self) -> None:
        session = self._workspace.session
        self._left = (session.store.id, session.user.id, time.time())
        self.idle.stop()
        self._workspace.end()
        self._workspace.tasks.forget_results()
        self._drop_shell()
        self._end_visit()
        self._close_dialogs()
        self._stack.setCurrentWidget(self.entry)
        self._show_title()
        self.statusBar().hide()
        self._saved.clear()
        self._backups.clear()

        def close() -> None:
            from gcp2_app.services import stores

            stores.lock(session)

        self._workspace.tasks.run(self, close)

    # Damage and restore

    def _lock_damaged(self, error: AppError) -> None:
        """Close a store that was found to be damaged: nothing more is written to it, and nothing is deleted."""
        if not self._workspace.is_unlocked:
            return
        self.lock()
        self.entry.show_damage(self._folder, error)

    def _restore(self, name: str, passphrase: str) -> None:
        """Close the store, go back to a backup, and stand before the store again."""
        if self._visit is not None:
            # Only the visit's own sheet can be reached, whoever asks.
            return
        folder, user = self._folder, self._workspace.session.user.sign_in_name
        self._end_session()
        self.entry.show_store(folder)
        self.entry.restore(folder, name, user, passphrase)

    @property
    def share(self) -> "ShareView | None":
        """The family's copy on the whole window, or None."""
        return self._share

    def _show_share(self, draft: "Draft") -> None:
        """Put the family's copy in the place of everything else: what is hidden answers no key."""
        if self._visit is not None:
            # Only the visit's own sheet can be reached, whoever asks.
            return
        from gcp2_app.ui.share.view import ShareView

        self._drop_share()
        self._behind = self.focusWidget()
        self._share = ShareView(self._workspace, draft)
        self._share.closed.connect(self._leave_share)
        self._share.danger_wanted.connect(self.show_danger_card)
        self._stack.addWidget(self._share)
        self._stack.setCurrentWidget(self._share)
        self.statusBar().hide()
        self._share.setFocus()

    def _leave_share(self) -> None:
        self._drop_share()
        if self._shell is not None:
            self._stack.setCurrentWidget(self._shell)
            self.statusBar().show()
            if self._behind is not None and isValid(self._behind):
                self._behind.setFocus()
        self._behind = None

    def _drop_share(self) -> None:
        if self._share is not None:
            share, self._share = self._share, None
            share.hide()
            self._stack.removeWidget(share)
            share.setParent(None)
            share.deleteLater()

    def _drop_shell(self) -> None:
        self._drop_share()
        if self._shell is not None:
            shell, self._shell = self._shell, None
            shell.hide()
            self._stack.removeWidget(shell)
            shell.setParent(None)
            shell.deleteLater()

    def _close_dialogs(self) -> None:
        from PySide6.QtWidgets import QDialog

        for dialog in self.findChildren(QDialog):
            dialog.close()

    def _change_to_practice(self) -> None:
        self._end_session()
        self.entry.show_store(self._folder)
        self.entry.show_practice()

    # Idle

    def _count_idle(self, minutes: int) -> None:
        from gcp2_app.forms.policy import shipped_policy

        if self._workspace.is_unlocked:
            # Never longer than the area's policy allows, whatever was once chosen on this computer.
            self.idle.start(min(minutes, shipped_policy().lock.idle_minutes_most))

    def _lock_idle(self) -> None:
        if self._visit is None or not self._visit.cover():
            self.lock(self.tr("The store locked itself because nobody used it. Everything is kept."))

    def _warn_idle(self, seconds: int) -> None:
        if self._shell is not None:
            self._shell.show_idle_warning(seconds)
        if self._share is not None:
            self._share.show_idle_warning(seconds)
        if self.visit_room is not None:
            self.visit_room.show_idle_warning(seconds)

    def _stop_warning(self) -> None:
        if self._shell is not None:
            self._shell.hide_idle_warning()
        if self._share is not None:
            self._share.hide_idle_warning()
        if self.visit_room is not None:
            self.visit_room.hide_idle_warning()

    # What the window says of itself

    def _make_status_bar(self) -> None:
        bar = self.statusBar()
        bar.setSizeGripEnabled(False)
        self._store_name = Elided(style.label(wrap=False))
        self._practice = style.label(self.tr("PRACTICE"), "badge", wrap=False)
        self._busy = style.label("", "quiet", wrap=False)
        self._saved = style.label("", "quiet", wrap=False)
        self._backups = Elided(style.label("", "quiet", wrap=False))
        self._backups.setContentsMargins(0, 0, style.space(1), 0)
        bar.addWidget(self._store_name)
        bar.addWidget(self._practice)
        bar.addPermanentWidget(self._busy)
        bar.addPermanentWidget(self._saved)
        bar.addPermanentWidget(self._backups)
        bar.hide()

    def _show_status(self) -> None:
        session = self._workspace.session
        self._store_name.setText(
            self.tr("Store: {store}   Signed in: {user}").format(
                store=self._folder.name, user=session.user.sign_in_name
            )
        )
        self._practice.setVisible(session.store.practice)
        self.statusBar().show()

    def _show_saved(self) -> None:
        now = QTime.currentTime().toString("HH:mm")
        self._saved.setProperty("role", "quiet")
        self._saved.style().polish(self._saved)
        self._saved.setText(self.tr("All changes saved {time}").format(time=now))

    def _show_backups(self, line: str, warns: bool) -> None:
        self._backups.setProperty("role", "error" if warns else "quiet")
        self._backups.style().polish(self._backups)
        self._backups.setText(line)

    def _show_not_saved(self) -> None:
        self._saved.setProperty("role", "error")
        self._saved.style().polish(self._saved)
        self._saved.setText(self.tr("Not saved yet"))

    def _show_busy(self, busy: bool) -> None:
        self._busy.setText(self.tr("Working…") if busy else "")

    def _show_error(self, error: AppError) -> None:
        from gcp2_app.ui import messages

        messages.show_error(self, error)

    def _show_title(self) -> None:
        name = QCoreApplication.applicationName()
        practice = self._workspace.is_unlocked and self._workspace.session.store.practice
        self.setWindowTitle(self.tr("{name} – PRACTICE").format(name=name) if practice else name)

    def _restyle(self) -> None:
        """Apply theme and text size; pages are made anew, since their distances follow the text."""
        from PySide6.QtWidgets import QApplication

        application = QApplication.instance()
        if isinstance(application, QApplication):
            style.apply(application, self._preferences.theme, self._preferences.text_scale)
        if self._shell is not None:
            self._show_shell()
