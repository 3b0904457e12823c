"""Users of a store, their roles, and what each role may do.

Roles are enforced in services, not by cryptography: the store has one data key.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    """What a user is here for."""

    PRACTITIONER = "practitioner"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


class Duty(StrEnum):
    """Something a role may do."""

    READ_CASES = "read cases"
    WORK_CASES = "work on cases"
    MERGE_RECORDS = "merge two records of one child"
    SIGN_OFF = "sign off assessments"
    SUPERVISE = "supervise a team"
    MANAGE_STORE = "manage users, packs, policy and backups"
    READ_AUDIT = "read the audit trail"


_DUTIES: dict[Role, frozenset[Duty]] = {
    Role.PRACTITIONER: frozenset({Duty.READ_CASES, Duty.WORK_CASES, Duty.MERGE_RECORDS}),
    Role.SUPERVISOR: frozenset({Duty.READ_CASES, Duty.SIGN_OFF, Duty.SUPERVISE, Duty.MERGE_RECORDS}),
    Role.ADMINISTRATOR: frozenset({Duty.MANAGE_STORE}),
    Role.AUDITOR: frozenset({Duty.READ_AUDIT}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """One person who can sign in.

    Attributes:
        sign_in_name: what they type; unique in a store without regard to case.
        professional: id of the professional they are; what they record is recorded as by that professional.
        left_at: when they left; a leaver cannot sign in and stays named in the record.
    """

    id: str
    sign_in_name: str
    roles: frozenset[Role]
    professional: str
    created_at: datetime
    left_at: datetime | None = None

    def may(self, duty: Duty) -> bool:
        """Whether any of the user's roles allows a duty."""
        return any(duty in _DUTIES[role] for role in self.roles)
