"""A practice family of three children in one home, and a half-sister elsewhere who shares the mother."""

from dataclasses import dataclass
from datetime import date

from gcp2_app.domain.register import Carer, Child, Household, Member
from gcp2_app.services import register
from gcp2_app.services.session import Session
from tests import stores

HOME_SINCE = date(2020, 1, 1)


@dataclass(frozen=True)
class Oaks:
    """Ids of the children.

    Attributes:
        robin: three years old.
        fern: nine years old, in the same home.
        elm: four years old, lives elsewhere.
    """

    robin: Child
    fern: Child
    elm: Child
    home: Household


def add_oaks(session: Session) -> Oaks:
    """Put the family into the store, without an assessment."""
    robin, mother = stores.add_family(session)
    carer = (Carer(person=mother.id, relationship="mother", main=True),)
    fern = register.save_child(
        session,
        Child(id="", given_names="Fern", family_name="Practice-Oak", date_of_birth=date(2017, 9, 30), carers=carer),
    )
    elm = register.save_child(
        session,
        Child(id="", given_names="Elm", family_name="Practice-Ash", date_of_birth=date(2022, 5, 1), carers=carer),
    )
    members = tuple(Member(who=who, from_=HOME_SINCE) for who in (robin.id, fern.id, mother.id))
    home = register.save_household(session, Household(id="", members=members))
    return Oaks(robin, fern, elm, home)
