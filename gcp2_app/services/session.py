"""Who is signed in, on which open store. Every use case takes a session first."""

from dataclasses import dataclass
from datetime import date, datetime

from gcp2_app.domain.register import Child, Professional
from gcp2_app.domain.users import Duty, Role, User
from gcp2_app.domain.when import LONDON
from gcp2_app.errors import NotAllowed
from gcp2_app.storage.relations import professionals_of_team
from gcp2_app.storage.store import Store, Transaction


@dataclass(frozen=True, slots=True)
class Session:
    """A user who has unlocked a store.

    Attributes:
        professional: what this user records is recorded as by this professional.
        team: ids of the professionals of a supervisor's team, their own among them; empty where no team is named.
    """

    store: Store
    user: User
    professional: Professional
    team: frozenset[str] = frozenset()

    def require(self, duty: Duty) -> None:
        """Refuse what the user's roles do not allow.

        Raises:
            NotAllowed: none of the user's roles includes the duty.
        """
        if not self.user.may(duty):
            raise NotAllowed(
                f"Your sign-in does not let you {duty.value}.", "Ask an administrator if your role should change."
            )

    def now(self) -> datetime:
        """The instant, aware, by the store's clock."""
        return self.store.clock()

    def today(self) -> date:
        """The day in Europe/London."""
        return self.now().astimezone(LONDON).date()

    @property
    def reaches_through(self) -> frozenset[str] | None:
        """Ids of the professionals whose children this user works with; None for every child.

        Source: casework.md, People who use it: "practitioner (own caseload) · supervisor (their team, or every child
            where no team is named …)".
        """
        if Role.SUPERVISOR not in self.user.roles:
            return frozenset({self.professional.id})
        return self.team | {self.professional.id} if self.team else None

    def may_reach(self, child: Child) -> bool:
        """Whether the child's record is one this user works with: allocated to them or their team, or any at all."""
        through = self.reaches_through
        return through is None or any(allocation.professional in through for allocation in child.allocated)

    def require_reach(self, child: Child) -> None:
        """Refuse a child outside the user's own caseload.

        Raises:
            NotAllowed: the child is not on the user's caseload.
        """
        if not self.may_reach(child):
            raise NotAllowed("This child is not on your caseload.", "Ask your supervisor to allocate the child to you.")


def make_session(store: Store, tx: Transaction, user: User) -> Session:
    """Return the session of a user on an open store, with the team they supervise."""
    professional = tx.professionals.get(user.professional)
    team: frozenset[str] = frozenset()
    if professional.team and Role.SUPERVISOR in user.roles:
        team = professionals_of_team(tx, professional.team)
    return Session(store, user, professional, team)
