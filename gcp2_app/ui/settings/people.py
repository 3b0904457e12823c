"""Who signs in to the store: their roles, adding someone, and taking a leaver's sign-in away."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from gcp2_app.errors import AppError
from gcp2_app.ui import messages, style, words
from gcp2_app.ui.column import Column
from gcp2_app.ui.flow import Flow
from gcp2_app.ui.notice import Notice
from gcp2_app.ui.settings.person_forms import AddPerson, ChooseRoles, ChooseTeam
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.services.users import UserRow


class PeopleSection(Column):
    """A card a person, leavers last.

    Attributes:
        shown: emitted after the people were shown anew.
    """

    shown = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(104, parent, centred=False)
        self._workspace = workspace
        self.cards: dict[str, PersonCard] = {}
        self._teams: tuple[str, ...] = ()
        self.body.addWidget(style.heading(self.tr("People who sign in")))
        self.body.addWidget(
            style.label(
                self.tr(
                    "Everyone has a passphrase and roles of their own. Roles decide what the program lets a person do."
                ),
                "quiet",
            )
        )
        self.notice = Notice()
        self.body.addWidget(self.notice)
        self.add_button = style.button(self.tr("Add a person"), "primary")
        self.add_button.clicked.connect(self.add_person)
        self.body.addLayout(style.row(self.add_button))
        self._list = QVBoxLayout()
        self._list.setSpacing(style.space(1.5))
        self.body.addLayout(self._list)
        self.body.addStretch(1)
        self.refresh()

    def refresh(self) -> None:
        """Read the people again."""
        session = self._workspace.session

        def work() -> "tuple[UserRow, ...]":
            from gcp2_app.services import users

            return users.all_(session)

        self._workspace.tasks.run(self, work, self._show, self.notice.show_error)

    def add_person(self) -> None:
        """Ask who is to be added."""
        form = AddPerson(self._workspace, self)
        form.added.connect(self._added)
        form.open()

    def _show(self, rows: "tuple[UserRow, ...]") -> None:
        for card in self.cards.values():
            self._list.removeWidget(card)
            card.deleteLater()
        self.cards = {}
        by_name = {row.professional.team.casefold(): row.professional.team for row in rows if row.professional.team}
        self._teams = tuple(sorted(by_name.values(), key=str.casefold))
        for row in sorted(rows, key=lambda row: row.user.left_at is not None):
            card = PersonCard(row, own=row.user.id == self._workspace.session.user.id)
            card.roles_wanted.connect(self._choose_roles)
            card.team_wanted.connect(self._choose_team)
            card.leave_wanted.connect(self._ask_leave)
            self.cards[row.user.id] = card
            self._list.addWidget(card)
        self.shown.emit()

    def _added(self, name: str) -> None:
        self.notice.show_note(
            self.tr("{name} can sign in now, with the passphrase you chose together.").format(name=name)
        )
        self.refresh()

    def _choose_roles(self, row: "UserRow") -> None:
        form = ChooseRoles(self._workspace, row, self)
        form.changed.connect(self._roles_changed)
        form.open()

    def _choose_team(self, row: "UserRow") -> None:
        form = ChooseTeam(self._workspace, row, self._teams, self)
        form.changed.connect(self._team_changed)
        form.open()

    def _team_changed(self) -> None:
        self.notice.show_note(self.tr("A changed team counts from the next sign-in."))
        self.refresh()

    def _roles_changed(self) -> None:
        self.notice.show_note(self.tr("Changed roles count from the next sign-in."))
        self.refresh()

    def _ask_leave(self, row: "UserRow") -> None:
        messages.ask(
            self,
            self.tr("Take away the sign-in of {name}?").format(name=row.professional.name),
            self.tr("They can no longer unlock this store. They stay named in everything they recorded."),
            yes=self.tr("Take it away"),
            no=self.tr("Keep it"),
            then=lambda: self._leave(row.user.id),
        )

    def _leave(self, user_id: str) -> None:
        session = self._workspace.session

        def work() -> None:
            from gcp2_app.services import users

            users.leave(session, user_id)

        self._workspace.tasks.run(self, work, lambda _: self.refresh(), self._failed)

    def _failed(self, error: AppError) -> None:
        self.notice.show_error(error)
        self.ensureWidgetVisible(self.notice)


class PersonCard(QFrame):
    """One person: name, agency, roles, and what can be done.

    Attributes:
        roles_wanted, team_wanted, leave_wanted: emitted with the person's row.
    """

    roles_wanted = Signal(object)
    team_wanted = Signal(object)
    leave_wanted = Signal(object)

    def __init__(self, row: "UserRow", *, own: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        user, professional = row.user, row.professional
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.space(2.5), style.space(1.5), style.space(2.5), style.space(1.5))
        layout.setSpacing(max(2, style.space(0.5)))
        name = professional.name or user.sign_in_name
        layout.addWidget(style.heading(self.tr("{name} (you)").format(name=name) if own else name, 3))
        agency = words.say(professional.agency) if professional.agency is not None else ""
        team = self.tr("team {team}").format(team=professional.team) if professional.team else ""
        layout.addWidget(
            style.label(
                self.tr("Signs in as {name}").format(name=user.sign_in_name)
                + "".join(f" · {part}" for part in (professional.role, agency, team) if part),
                "quiet",
            )
        )
        self.roles = style.label(", ".join(words.say(role) for role in sorted(user.roles)))
        layout.addWidget(self.roles)
        if user.left_at is not None:
            layout.addWidget(
                style.label(self.tr("Sign-in taken away on {day}.").format(day=words.day(user.left_at.date())), "quiet")
            )
            return
        self.roles_button = style.button(self.tr("Change roles"))
        self.roles_button.setAccessibleName(self.tr("Change the roles of {name}").format(name=name))
        self.roles_button.clicked.connect(lambda: self.roles_wanted.emit(row))
        self.team_button = style.button(self.tr("Change team"))
        self.team_button.setAccessibleName(self.tr("Change the team of {name}").format(name=name))
        self.team_button.clicked.connect(lambda: self.team_wanted.emit(row))
        buttons = [self.roles_button, self.team_button]
        if not own:
            self.leave_button = style.button(self.tr("Take away sign-in"))
            self.leave_button.setAccessibleName(self.tr("Take away the sign-in of {name}").format(name=name))
            self.leave_button.clicked.connect(lambda: self.leave_wanted.emit(row))
            buttons.append(self.leave_button)
        flow = Flow()
        flow.setSpacing(style.space(1.5))
        for button in buttons:
            flow.addWidget(button)
        layout.addLayout(flow)
