"""Who is signed in, on which open store. Every use case takes a session first."""

from dataclasses import dataclass
from datetime import date, datetime

from gcp2_app.domain.register import Child, Professional
from gcp2_app.domain.users import Duty, Role, User
from gcp2_app.domain.when import LONDON
from gcp2_app.errors import NotAllowed
from gcp2_app.storage.store import Store


@dataclass(frozen=True, slots=True)
class Session:
    """A user who has unlocked a store.

    Attributes:
        professional: what this user records is recorded as by this professional.
    """

    store: Store
    user: User
    professional: Professional

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
    def own_caseload_only(self) -> bool:
        """Whether only children of the user's own caseload can be reached: a practitioner who is no supervisor."""
        return Role.SUPERVISOR not in self.user.roles

    def may_reach(self, child: Child) -> bool:
        """Whether the child's record is one this user works with: allocated to them, or any for a supervisor."""
        return not self.own_caseload_only or any(
            allocation.professional == self.professional.id for allocation in child.allocated
        )

    def require_reach(self, child: Child) -> None:
        """Refuse a child outside the user's own caseload.

        Raises:
            NotAllowed: the child is not on the user's caseload.
        """
        if not self.may_reach(child):
            raise NotAllowed("This child is not on your caseload.", "Ask your supervisor to allocate the child to you.")
