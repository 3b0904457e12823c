"""The small store in which every use case is tried as everyone."""

from pathlib import Path

from gcp2_app.services import (
    clinical_safety,
)
from gcp2_app.services.session import Session
from tests.services.everyone import World
from tests.services.everyones_arguments import arguments, exact
from tests.services.everyones_family import everyone, make_family, stages_of
from tests.stores import TODAY


def make_world(owner: Session, folder: Path) -> World:
    """Return the world around a store's first session."""
    sessions = everyone(owner)
    own, team, admin = sessions["own"], sessions["team"], sessions["admin"]
    clinical_safety.approve(admin, organisation="Practice NHS", reference="1", on=TODAY)
    family = make_family(own)
    work = family.work | stages_of(own, family, team)
    world = World(
        sessions=sessions,
        arguments=arguments(sessions, family, work["Robin"]),
        exact=exact(sessions, family, work, folder),
        kept=folder / "kept",
    )
    world.keep()
    return world
