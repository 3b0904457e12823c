"""What help exists near here: services a family can be offered, as the people of this store know them.

Knows values and dates; no store and no clock. Nothing is shipped: what exists, and how it is asked for, is local.

Source: casework.md, LP1 (what help exists; a services directory that ships empty and can be edited).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from gcp2_app.domain.calendar import add_months
from gcp2_app.domain.entries import Theme

#: Telephone numbers and ways in change; what nobody has looked at for so long is said to be so.
CHECK_AFTER_MONTHS: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalService:
    """One service.

    Attributes:
        id: opaque.
        name: as it calls itself.
        helps: what it does for a family, in words.
        themes: the needs it helps with; empty where it is not about one of them.
        for_whom: who can have it, such as ages and area, in words.
        ask: how it is asked for, in words.
        phone: as it is written; not read as a number.
        web: address of its page or its email, in words.
        checked_on: the day somebody last made sure that this is right; None where nobody did.
        ended_on: the last day it was offered; None while it is.
    """

    id: str
    name: str
    helps: str = ""
    themes: tuple[Theme, ...] = ()
    for_whom: str = ""
    ask: str = ""
    phone: str = ""
    web: str = ""
    checked_on: date | None = None
    ended_on: date | None = None

    def is_offered(self, on: date) -> bool:
        """Whether it is offered on a day."""
        return self.ended_on is None or on <= self.ended_on

    def is_to_check(self, on: date) -> bool:
        """Whether nobody has made sure of it for six months.

        Source: casework.md (telephone numbers: check again after 6 months).
        """
        return self.checked_on is None or on > add_months(self.checked_on, CHECK_AFTER_MONTHS)


def matching(services: Iterable[LocalService], themes: Collection[str], on: date) -> tuple[LocalService, ...]:
    """Return the services offered on a day, by name; those that help with one of the themes come first.

    Args:
        themes: codes of :class:`gcp2_app.domain.entries.Theme`.
    """
    offered = [each for each in services if each.is_offered(on)]
    wanted = set(themes)
    return tuple(sorted(offered, key=lambda each: (wanted.isdisjoint(each.themes), each.name.casefold(), each.id)))
