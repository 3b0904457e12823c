"""Passphrase, recovery kit and the time until the store locks itself."""

from PySide6.QtWidgets import QSpinBox, QWidget

from gcp2_app.errors import AppError, WrongPassphrase
from gcp2_app.forms.policy import shipped_policy
from gcp2_app.ui import messages, style
from gcp2_app.ui.column import Column
from gcp2_app.ui.field import Field
from gcp2_app.ui.notice import Notice
from gcp2_app.ui.preferences import Preferences
from gcp2_app.ui.unlock.kit_keeper import KitKeeper
from gcp2_app.ui.unlock.new_passphrase import NewPassphrase
from gcp2_app.ui.unlock.passphrase import PassphraseEdit
from gcp2_app.ui.workspace import Workspace


class SecuritySection(Column):
    """What protects this user's way in."""

    def __init__(self, workspace: Workspace, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(104, parent, centred=False)
        self._workspace = workspace
        self._preferences = preferences
        self.body.addWidget(style.heading(self.tr("Security")))
        self._add_lock()
        self._add_passphrase()
        self._add_kit()
        self.body.addStretch(1)

    def _add_lock(self) -> None:
        frame, layout = style.card()
        most = shipped_policy().lock.idle_minutes_most
        self.minutes = QSpinBox()
        self.minutes.setRange(1, most)
        self.minutes.setValue(min(most, self._preferences.idle_minutes))
        self.minutes.setSuffix(self.tr(" minutes"))
        self.minutes.setMaximumWidth(style.space(30))
        self.minutes.valueChanged.connect(self._keep_minutes)
        layout.addWidget(
            Field(
                self.tr("Lock when nobody uses the program for"),
                self.minutes,
                self.tr("A warning comes 30 seconds before. At most {most} minutes here.").format(most=most),
            )
        )
        self.body.addWidget(frame)

    def _keep_minutes(self, minutes: int) -> None:
        self._preferences.idle_minutes = minutes

    # Passphrase

    def _add_passphrase(self) -> None:
        frame, layout = style.card()
        layout.setSpacing(style.space(2))
        layout.addWidget(style.heading(self.tr("Change your passphrase"), 2))
        self.passphrase_notice = Notice()
        layout.addWidget(self.passphrase_notice)
        self.old = PassphraseEdit()
        self._old_field = Field(self.tr("Your passphrase now"), self.old)
        layout.addWidget(self._old_field)
        session = self._workspace.session
        self.new = NewPassphrase(
            self._workspace.tasks,
            (session.user.sign_in_name, session.professional.name),
            what=self.tr("New passphrase"),
        )
        layout.addWidget(self.new)
        self.change_button = style.button(self.tr("Change the passphrase"))
        self.change_button.clicked.connect(self.change_passphrase)
        self.new.second.line.returnPressed.connect(self.change_passphrase)
        layout.addWidget(self.change_button)
        self.body.addWidget(frame)

    @property
    def old_error(self) -> str:
        """What is said beside the passphrase in force, or empty."""
        return self._old_field.error

    def change_passphrase(self) -> None:
        """Change it, if what was typed is right."""
        self.passphrase_notice.clear()
        self._old_field.show_error("" if self.old.text else self.tr("Type the passphrase you unlock with now."))
        if not self.old.text:
            self.old.setFocus()
            return
        self.new.settle()
        if not self.new.is_valid:
            self.new.complain()
            self.new.setFocus()
            return
        session, old, new = self._workspace.session, self.old.text, self.new.text
        self.change_button.setEnabled(False)

        def work() -> None:
            from gcp2_app.services import users

            users.change_passphrase(session, old, new)

        self._workspace.tasks.run(self, work, lambda _: self._changed(), self._not_changed)

    def _changed(self) -> None:
        self.change_button.setEnabled(True)
        self.old.clear()
        self.new.clear()
        self.passphrase_notice.show_note(self.tr("Your passphrase is changed. Use the new one from now on."))

    def _not_changed(self, error: AppError) -> None:
        self.change_button.setEnabled(True)
        if isinstance(error, WrongPassphrase):
            self._old_field.show_error(str(error))
            self.old.setFocus()
        else:
            self.passphrase_notice.show_error(error)

    # Recovery kit

    def _add_kit(self) -> None:
        frame, layout = style.card()
        layout.setSpacing(style.space(2))
        layout.addWidget(style.heading(self.tr("Recovery kit"), 2))
        layout.addWidget(
            style.label(
                self.tr("A new kit is the only way in when a passphrase is lost. The kit before it stops working."),
                "quiet",
            )
        )
        self.kit_notice = Notice()
        layout.addWidget(self.kit_notice)
        self.kit_button = style.button(self.tr("Make a new recovery kit"))
        self.kit_button.clicked.connect(self._ask_kit)
        layout.addWidget(self.kit_button)
        self.keeper = KitKeeper()
        self.keeper.hide()
        self.keeper.confirmed.connect(self._kit_kept)
        layout.addWidget(self.keeper)
        self.body.addWidget(frame)

    def _ask_kit(self) -> None:
        messages.ask(
            self,
            self.tr("Make a new recovery kit?"),
            self.tr("The kit you have now stops working. Keep the new one before you close this page."),
            yes=self.tr("Make a new kit"),
            no=self.tr("Keep the old one"),
            then=self.make_kit,
        )

    def make_kit(self) -> None:
        """Make a new kit and show it."""
        self.kit_notice.clear()
        session = self._workspace.session
        self.kit_button.setEnabled(False)

        def work() -> str:
            from gcp2_app.services import stores

            return stores.new_recovery_code(session)

        self._workspace.tasks.run(self, work, self._show_kit, self._no_kit)

    def _show_kit(self, code: str) -> None:
        session = self._workspace.session
        self._preferences.set_kit_kept(session.store.folder, kept=False)
        self.keeper.show_kit(code, session.store.folder.name, session.today())
        self.keeper.show()
        self.keeper.print_button.setFocus()
        self.ensureWidgetVisible(self.keeper)

    def _kit_kept(self) -> None:
        self._preferences.set_kit_kept(self._workspace.session.store.folder, kept=True)
        self.keeper.forget()
        self.keeper.hide()
        self.kit_button.setEnabled(True)
        self.kit_notice.show_note(self.tr("The new recovery kit is in force. Shred the old one."))

    def _no_kit(self, error: AppError) -> None:
        self.kit_button.setEnabled(True)
        self.kit_notice.show_error(error)
