"""The forms about people who sign in: adding one, choosing roles, and the team."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QFrame, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from gcp2_app.domain.register import Agency
from gcp2_app.domain.users import Role
from gcp2_app.errors import AppError
from gcp2_app.ui import style, words
from gcp2_app.ui.column import Column
from gcp2_app.ui.field import Field
from gcp2_app.ui.notice import Notice
from gcp2_app.ui.unlock.new_passphrase import NewPassphrase
from gcp2_app.ui.unlock.set_up_steps import EMPLOYERS, sign_in_problem
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.services.users import UserRow


class RoleBoxes(QWidget):
    """A box a role, with what it is for."""

    def __init__(self, chosen: frozenset[Role], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.boxes: dict[Role, QCheckBox] = {}
        for role, about in (
            (Role.PRACTITIONER, self.tr("Works with the children on their own caseload.")),
            (Role.SUPERVISOR, self.tr("Sees the children of their team, returns and signs off assessments of others.")),
            (Role.ADMINISTRATOR, self.tr("Manages people, packs and policy; opens no case by this role.")),
            (Role.AUDITOR, self.tr("Reads the audit trail.")),
        ):
            box = QCheckBox(words.say(role))
            box.setChecked(role in chosen)
            box.setAccessibleDescription(about)
            told = style.label(about, "quiet")
            # Below the box's words, not below the box.
            told.setContentsMargins(style.space(5), 0, 0, 0)
            layout.addWidget(box)
            layout.addWidget(told)
            self.boxes[role] = box
        self.setFocusProxy(next(iter(self.boxes.values())))

    @property
    def chosen(self) -> frozenset[Role]:
        """The roles ticked."""
        return frozenset(role for role, box in self.boxes.items() if box.isChecked())


class _Form(QDialog):
    """A dialog with a notice, fields and two buttons, that scrolls where it is taller than the screen."""

    def __init__(self, workspace: Workspace, title: str, action: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.workspace = workspace
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.setSpacing(0)
        self.column = Column(90)
        self._outer.addWidget(self.column, 1)
        self.body = self.column.body
        self.body.addWidget(style.heading(title, 2))
        self.notice = Notice()
        self.body.addWidget(self.notice)
        self.accept_button = style.button(action, "primary")
        self.accept_button.clicked.connect(self.send)
        self.cancel_button = style.button(self.tr("Cancel"))
        self.cancel_button.clicked.connect(self.reject)

    def finish_layout(self, height_steps: float) -> None:
        """Put the buttons below the fields, where they stay in sight."""
        self.body.addStretch(1)
        bar = QFrame()
        bar.setProperty("role", "foot")
        buttons = style.row(self.accept_button, self.cancel_button)
        buttons.setContentsMargins(style.space(3), style.space(1.5), style.space(3), style.space(1.5))
        bar.setLayout(buttons)
        self._outer.addWidget(bar)
        # Once it is in the dialog.
        self.accept_button.setDefault(True)
        room = self.screen().availableGeometry().size()
        self.resize(
            min(style.space(100), room.width() - style.space(6)),
            min(style.space(height_steps), room.height() - style.space(10)),
        )

    def send(self) -> None:
        """Do what the form is for."""
        raise NotImplementedError

    def refused(self, error: AppError) -> None:
        """Show why it cannot be done."""
        self.accept_button.setEnabled(True)
        self.notice.show_error(error)


class AddPerson(_Form):
    """Asks for everything a new sign-in needs.

    Attributes:
        added: emitted with the person's name.
    """

    added = Signal(str)

    def __init__(self, workspace: Workspace, parent: QWidget) -> None:
        super().__init__(workspace, parent.tr("Add a person"), parent.tr("Add"), parent)
        self.name = QLineEdit()
        self.role = QLineEdit()
        self.agency = QComboBox()
        for agency in EMPLOYERS:
            self.agency.addItem(words.say(agency), agency)
        own = workspace.session.professional.agency
        self.agency.setCurrentIndex(EMPLOYERS.index(own) if own in EMPLOYERS else -1)
        self.team = QLineEdit()
        self.sign_in_name = QLineEdit()
        self.roles = RoleBoxes(frozenset({Role.PRACTITIONER}))
        self.passphrase = NewPassphrase(workspace.tasks)
        self._name = Field(self.tr("Their name"), self.name)
        self._role = Field(self.tr("Their work"), self.role, self.tr("Such as social worker, health visitor."))
        self._agency = Field(self.tr("Their agency"), self.agency)
        self._team = Field(
            self.tr("Their team"),
            self.team,
            self.tr("A supervisor sees the children of their own team; every child where this is empty."),
        )
        self._sign_in_name = Field(self.tr("Sign-in name"), self.sign_in_name)
        self._roles = Field(self.tr("What they do in this program"), self.roles)
        for field in (self._name, self._role, self._agency, self._team, self._sign_in_name, self._roles):
            self.body.addWidget(field)
        self.body.addWidget(
            style.label(self.tr("They type their first passphrase here themselves, and can change it later."), "quiet")
        )
        self.body.addWidget(self.passphrase)
        self.finish_layout(130)
        self.name.setFocus()

    @override
    def send(self) -> None:
        """Add the person."""
        if not self._check():
            return
        session = self.workspace.session
        name, role, sign_in_name = self.name.text(), self.role.text(), self.sign_in_name.text()
        agency = Agency(self.agency.currentData() or Agency.OTHER)
        roles, passphrase, team = self.roles.chosen, self.passphrase.text, self.team.text()
        self.accept_button.setEnabled(False)

        def work() -> None:
            from gcp2_app.services import users

            users.add(
                session,
                users.NewUser(
                    sign_in_name=sign_in_name,
                    name=name,
                    role=role,
                    agency=agency,
                    roles=roles,
                    passphrase=passphrase,
                    team=team,
                ),
            )

        self.workspace.tasks.run(self, work, lambda _: self._done(name), self.refused)

    def _check(self) -> bool:
        """Mark every field that is not right at once; the first gets the focus."""
        found = {
            self._name: "" if self.name.text().strip() else self.tr("Give their name."),
            self._role: "" if self.role.text().strip() else self.tr("Give their work."),
            self._agency: "" if self.agency.currentData() else self.tr("Choose their agency."),
            self._sign_in_name: sign_in_problem(self.sign_in_name.text()),
            self._roles: "" if self.roles.chosen else self.tr("Choose at least one."),
        }
        for field, problem in found.items():
            field.show_error(problem)
        self.passphrase.settle()
        self.passphrase.complain()
        wrong: list[QWidget] = [field.control for field, problem in found.items() if problem]
        if not self.passphrase.is_valid:
            wrong.append(self.passphrase)
        if wrong:
            wrong[0].setFocus()
            # Its error stands above it.
            QTimer.singleShot(0, self, lambda: self.column.ensureWidgetVisible(wrong[0], 0, style.space(12)))
        return not wrong

    def _done(self, name: str) -> None:
        self.added.emit(name.strip())
        self.accept()


class ChooseRoles(_Form):
    """Asks for a person's roles.

    Attributes:
        changed: emitted when they were changed.
    """

    changed = Signal()

    def __init__(self, workspace: Workspace, row: "UserRow", parent: QWidget) -> None:
        title = parent.tr("Roles of {name}").format(name=row.professional.name)
        super().__init__(workspace, title, parent.tr("Keep these roles"), parent)
        self._user_id = row.user.id
        self.roles = RoleBoxes(row.user.roles)
        self.body.addWidget(self.roles)
        self.finish_layout(60)

    @override
    def send(self) -> None:
        """Keep the roles ticked."""
        session, user_id, roles = self.workspace.session, self._user_id, self.roles.chosen
        self.accept_button.setEnabled(False)

        def work() -> None:
            from gcp2_app.services import users

            users.set_roles(session, user_id, roles)

        self.workspace.tasks.run(self, work, lambda _: self._done(), self.refused)

    def _done(self) -> None:
        self.changed.emit()
        self.accept()


class ChooseTeam(_Form):
    """Asks which team a person is of.

    Attributes:
        changed: emitted when it was changed.
        team: its name.
    """

    changed = Signal()

    def __init__(self, workspace: Workspace, row: "UserRow", teams: Sequence[str], parent: QWidget) -> None:
        """Draw the form up.

        Args:
            workspace: what it asks the store through.
            row: the person.
            teams: names of the teams there are, to be written alike.
            parent: the section.
        """
        title = parent.tr("Team of {name}").format(name=row.professional.name)
        super().__init__(workspace, title, parent.tr("Keep this team"), parent)
        self._user_id = row.user.id
        self.team = QLineEdit(row.professional.team)
        about = self.tr("A supervisor sees the children of their own team; every child where this is empty.")
        if teams:
            about = f"{about} {self.tr('Teams so far: {teams}.').format(teams=', '.join(teams))}"
        self.body.addWidget(Field(self.tr("Their team"), self.team, about))
        self.finish_layout(44)
        self.team.setFocus()

    @override
    def send(self) -> None:
        """Keep the team."""
        session, user_id, team = self.workspace.session, self._user_id, self.team.text()
        self.accept_button.setEnabled(False)

        def work() -> None:
            from gcp2_app.services import users

            users.set_team(session, user_id, team)

        self.workspace.tasks.run(self, work, lambda _: self._done(), self.refused)

    def _done(self) -> None:
        self.changed.emit()
        self.accept()
