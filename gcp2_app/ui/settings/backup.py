"""Backups: the last one, where copies go, all there are, and looking through the whole store."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gcp2_app.domain.backups import Why
from gcp2_app.domain.users import Duty
from gcp2_app.domain.words import counted
from gcp2_app.errors import AppError
from gcp2_app.ui import messages, style, words
from gcp2_app.ui.backing_up import finish
from gcp2_app.ui.column import Column
from gcp2_app.ui.flow import Flow
from gcp2_app.ui.long_run import LongRun
from gcp2_app.ui.notice import Notice
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.services.backups import Backup, Done, Job, Overview
    from gcp2_app.services.session import Session
    from gcp2_app.services.verifying import Looking, Verified

_MB: Final = 1_000_000
#: So many findings are shown; the rest is counted.
_MOST_FINDINGS: Final = 10


class BackupSection(Column):
    """How the backups stand. An administrator makes one, chooses the place of copies, and goes back to one.

    Attributes:
        shown: emitted after the backups were shown anew.
    """

    shown = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(104, parent, centred=False)
        self._workspace = workspace
        user = workspace.session.user
        self._manages = user.may(Duty.MANAGE_STORE)
        self._making: LongRun[Job, Done] = LongRun(workspace, self)
        self._looking: LongRun[Looking, Verified] = LongRun(workspace, self)
        self.restore_buttons: dict[str, QWidget] = {}
        self.body.addWidget(style.heading(self.tr("Backups")))
        self._add_last()
        self._add_copies()
        if self._manages or user.may(Duty.READ_AUDIT):
            self._add_looking()
        self._add_list()
        self.body.addStretch(1)
        workspace.backups_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Read the backups again."""
        session = self._workspace.session

        def read() -> "Overview":
            from gcp2_app.services import backups

            return backups.overview(session)

        self._workspace.tasks.run(self, read, self._show, self.notice.show_error, quiet=True)

    # The last one

    def _add_last(self) -> None:
        frame, layout = style.card()
        layout.addWidget(style.heading(self.tr("The last good backup"), 2))
        self.last = style.label()
        layout.addWidget(self.last)
        layout.addWidget(
            style.label(
                self.tr(
                    "A backup is made by itself when the store is unlocked, if the last is older than a day; every "
                    "half hour while something changes; and before files are taken in. Each is encrypted like the "
                    "store, and counts only after it was opened and checked. The newest of the latest hours, days, "
                    "weeks and months are kept."
                ),
                "quiet",
            )
        )
        self.notice = Notice()
        layout.addWidget(self.notice)
        self.make_button = style.button(self.tr("Back up now"), "primary")
        self.make_button.clicked.connect(self.make)
        self.make_button.setVisible(self._manages)
        layout.addWidget(self.make_button)
        self.body.addWidget(frame)

    def make(self) -> None:
        """Make a backup now."""
        self.notice.show_note(self.tr("The backup is being made. You can go on working."))
        self.make_button.setEnabled(False)

        def begin(session: "Session") -> "Job":
            from gcp2_app.services import backups

            return backups.begin(session)

        self._making.start(begin, finish, done=self._made, failed=self._not_made)

    def _made(self, done: "Done | None") -> None:
        self.make_button.setEnabled(True)
        self.notice.clear()
        if done is not None and done.not_copied is not None:
            self.copy_notice.show_error(done.not_copied)
        else:
            self.copy_notice.clear()
        self.notice.show_note(self.tr("The backup is made and was checked."))
        self._workspace.backups_changed.emit()

    def _not_made(self, error: AppError) -> None:
        self.make_button.setEnabled(True)
        self.notice.show_error(error)

    # Copies elsewhere

    def _add_copies(self) -> None:
        frame, layout = style.card()
        layout.addWidget(style.heading(self.tr("A copy off this computer"), 2))
        self.copied = style.label()
        layout.addWidget(self.copied)
        self.place = style.label("", "quiet")
        layout.addWidget(self.place)
        self.copy_notice = Notice()
        layout.addWidget(self.copy_notice)
        self.choose_button = style.button(self.tr("Choose the place…"))
        self.choose_button.clicked.connect(self._choose)
        self.stop_button = style.button(self.tr("Copy nowhere"))
        self.stop_button.clicked.connect(self._ask_stop)
        self.stop_button.hide()
        self.choose_button.setVisible(self._manages)
        layout.addLayout(_flow(self.choose_button, self.stop_button))
        self.body.addWidget(frame)

    def _choose(self) -> None:
        messages.choose_folder(self, self.tr("Where copies of the backups go"), self.set_place)

    def _ask_stop(self) -> None:
        messages.ask(
            self,
            self.tr("Copy backups nowhere?"),
            self.tr("If this computer is lost, everything in the store is lost with it. Copies made before stay."),
            yes=self.tr("Copy nowhere"),
            no=self.tr("Go on copying"),
            then=partial(self.set_place, None),
        )

    def set_place(self, place: Path | None) -> None:
        """Have copies go to a folder, or nowhere."""
        self.copy_notice.clear()
        session = self._workspace.session

        def keep() -> "Overview":
            from gcp2_app.services import backups

            return backups.set_place(session, place)

        def kept(overview: "Overview") -> None:
            self._workspace.backups_changed.emit()
            if overview.place is not None and overview.last is not None:
                self._copy()

        self._workspace.tasks.run(self, keep, kept, self.copy_notice.show_error)

    def _copy(self) -> None:
        def begin(session: "Session") -> "Job | None":
            from gcp2_app.services import backups

            return backups.begin_due(session, unlocked=False)

        self._making.start(begin, finish, done=self._copied, failed=self.copy_notice.show_error)

    def _copied(self, done: "Done | None") -> None:
        if done is not None and done.not_copied is not None:
            self.copy_notice.show_error(done.not_copied)
        self._workspace.backups_changed.emit()

    # Looking through the store

    def _add_looking(self) -> None:
        frame, layout = style.card()
        layout.addWidget(style.heading(self.tr("Look through the whole store"), 2))
        layout.addWidget(
            style.label(
                self.tr(
                    "Every page, reference and event of the audit trail is checked, and everything that was signed, "
                    "frozen or sent is compared with what it was then. Nothing is changed."
                ),
                "quiet",
            )
        )
        self.verify_notice = Notice()
        layout.addWidget(self.verify_notice)
        self.verify_button = style.button(self.tr("Look through it now"))
        self.verify_button.clicked.connect(self.verify)
        layout.addWidget(self.verify_button)
        self.body.addWidget(frame)

    def verify(self) -> None:
        """Look through the store."""
        self.verify_notice.show_note(self.tr("The store is being looked through. You can go on working."))
        self.verify_button.setEnabled(False)

        def begin(session: "Session") -> "Looking":
            from gcp2_app.services import verifying

            return verifying.begin(session)

        def write_down(session: "Session", _job: "Looking", found: "Verified") -> None:
            from gcp2_app.services import verifying

            verifying.finish(session, found)

        self._looking.start(begin, write_down, done=self._verified, failed=self._not_verified)

    def _verified(self, found: "Verified | None") -> None:
        self.verify_button.setEnabled(True)
        if found is None:
            return
        if found.troubles:
            said = [each.text for each in found.troubles[:_MOST_FINDINGS]]
            more = len(found.troubles) - len(said)
            told = "\n".join([*said, *([self.tr("And {count} more.").format(count=more)] if more else [])])
            mend = self.tr("Change nothing more. Keep a copy of the store’s folder, and go back to a good backup.")
            self.verify_notice.show_error(AppError(told, mend))
            return
        told = self.tr("Nothing is altered, missing or damaged. {events} of the audit trail, {signed} compared.")
        self.verify_notice.show_note(
            told.format(events=counted(found.events, "event"), signed=counted(found.signed, "signed-off assessment"))
        )

    def _not_verified(self, error: AppError) -> None:
        self.verify_button.setEnabled(True)
        self.verify_notice.show_error(error)

    # All there are

    def _add_list(self) -> None:
        frame, layout = style.card()
        layout.addWidget(style.heading(self.tr("All backups on this computer"), 2))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(style.space(1))
        layout.addLayout(self._rows)
        self.body.addWidget(frame)

    def _show(self, overview: "Overview") -> None:
        last = overview.last
        self.last.setText(
            self.tr("None yet.")
            if last is None
            else self.tr("{when}, {size}.").format(when=words.moment(last.made_at), size=_size(last.size_bytes))
        )
        self._show_copies(overview)
        while (item := self._rows.takeAt(0)) is not None:
            if (row := item.widget()) is not None:
                row.hide()
                row.deleteLater()
        self.restore_buttons = {}
        if not overview.backups:
            self._rows.addWidget(style.label(self.tr("None yet."), "quiet"))
        for each in overview.backups:
            self._rows.addWidget(self._make_row(each))
        self.shown.emit()

    def _show_copies(self, overview: "Overview") -> None:
        if overview.copied_at is not None:
            text = self.tr("The last copy is of {when}.").format(when=words.moment(overview.copied_at))
        elif overview.place is not None:
            text = self.tr("No copy was made there yet.")
        else:
            text = self.tr("There is none. If this computer is lost, everything in the store is lost with it.")
        self.copied.setText(text)
        self.copied.setProperty("role", "error" if overview.copy_is_late else "")
        self.copied.style().polish(self.copied)
        place = ""
        if overview.place is not None:
            place = self.tr("Place: {place}").format(place=style.path_text(overview.place))
            if not overview.place_leaves:
                here = self.tr("It is on the same disk as the store, so it does not help where this computer is lost.")
                place = f"{place}\n{here}"
        self.place.setText(place)
        self.place.setVisible(bool(place))
        self.stop_button.setVisible(self._manages and overview.place is not None)

    def _make_row(self, backup: "Backup") -> QWidget:
        row = QWidget()
        flow = Flow(row)
        flow.setContentsMargins(0, 0, 0, 0)
        flow.setSpacing(style.space(2))
        when = words.moment(backup.made_at)
        flow.addWidget(style.label(when, wrap=False))
        flow.addWidget(style.label(f"{_why(backup.why)} · {_size(backup.size_bytes)}", "quiet", wrap=False))
        if self._manages and backup.is_good:
            button = style.button(self.tr("Go back to it…"), "link")
            button.setAccessibleName(self.tr("Go back to the backup of {when}").format(when=when))
            button.clicked.connect(partial(self.ask_restore, backup))
            flow.addWidget(button)
            self.restore_buttons[backup.name] = button
        return row

    def ask_restore(self, backup: "Backup", *_: object) -> None:
        """Show what going back to a backup would change, and ask for the passphrase."""
        from gcp2_app.ui.settings.restore import RestoreForm

        RestoreForm(self._workspace, backup, self).open()


def _flow(*widgets: QWidget) -> Flow:
    flow = Flow()
    flow.setSpacing(style.space(1.5))
    for each in widgets:
        flow.addWidget(each)
    return flow


def _size(size_bytes: int) -> str:
    return f"{max(0.1, size_bytes / _MB):,.1f} MB"


def _why(why: Why) -> str:
    return {
        Why.AUTOMATIC: words.tr("by itself"),
        Why.BY_HAND: words.tr("by hand"),
        Why.BEFORE_IMPORT: words.tr("before files were taken in"),
        Why.BEFORE_UPDATE: words.tr("before an update of the program"),
        Why.BEFORE_RESTORE: words.tr("before going back to an earlier backup"),
        Why.DAMAGED: words.tr("damaged files, put aside; not a backup"),
    }[why]
