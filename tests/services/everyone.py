"""Every public use case of the services, and what becomes of it when each of everyone asks."""

import importlib
import inspect
import pkgutil
import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gcp2_app.services
from gcp2_app.errors import NotAllowed
from gcp2_app.services.session import Session
from gcp2_app.storage.engine import connect

#: In the order of the letters of the table.
EVERYONE = ("own", "other", "team", "strange", "admin", "auditor", "nobody")


@dataclass(frozen=True)
class World:
    """A store with one child, and a session of everyone.

    Attributes:
        arguments: what use cases are called with, by the name of the parameter.
        exact: the same for one use case alone; a function is given the session.
        kept: a copy of the store as it was made, to which every call is taken back.
    """

    sessions: dict[str, Session]
    arguments: dict[str, Any]
    exact: dict[str, dict[str, Any]]
    kept: Path

    def keep(self) -> None:
        """Keep the store as it is now."""
        self._copy(to_kept=True)

    def restore(self) -> None:
        """Take the store back to what it was when it was kept."""
        self._copy(to_kept=False)

    def _copy(self, *, to_kept: bool) -> None:
        store = next(iter(self.sessions.values())).store
        self.kept.mkdir(exist_ok=True)
        copy = connect(self.kept / "store.db", store.data_key)
        with closing(copy), store.transaction() as tx:
            live = tx.session.connection().connection.driver_connection
            assert live is not None
            tx.session.connection().exec_driver_sql("COMMIT")
            (live, copy)[not to_kept].backup((copy, live)[not to_kept])
            tx.session.connection().exec_driver_sql("BEGIN IMMEDIATE")
            tx.reading.forget()
        places = (store.folder, self.kept)
        shutil.copy2(places[not to_kept] / "keys.json", places[to_kept] / "keys.json")


def use_cases() -> dict[str, Callable[..., Any]]:
    """Return every public function of the services that takes a session first, by its module and name."""
    found: dict[str, Callable[..., Any]] = {}
    for module in pkgutil.walk_packages(gcp2_app.services.__path__, "gcp2_app.services."):
        for name, each in vars(importlib.import_module(module.name)).items():
            if name.startswith("_") or not inspect.isfunction(each) or each.__module__ != module.name:
                continue
            parameters = list(inspect.signature(each).parameters)
            if parameters[:1] == ["session"] and parameters[1:2] != ["tx"]:
                found[f"{module.name.removeprefix('gcp2_app.services.')}.{name}"] = each
    return found


def outcome(world: World, name: str, case: Callable[..., Any], who: str) -> str:
    """Return ``+`` where a use case did what it was asked, and ``-`` where it refused somebody.

    It is called as everybody with the same arguments and the same store, so that what is refused to one and done for
    another is refused because of who they are.

    Raises:
        AppError: it could not be done for another reason: then it says nothing about roles.
    """
    session, known = world.sessions[who], world.arguments | world.exact.get(name, {})
    arguments: list[Any] = []
    options: dict[str, Any] = {}
    for parameter in list(inspect.signature(case).parameters.values())[1:]:
        given = known.get(parameter.name, parameter.default)
        if given is parameter.empty:
            raise LookupError(f"nothing to give {name} for {parameter.name}")
        if inspect.isfunction(given):
            given = given(session)
        if parameter.kind is parameter.KEYWORD_ONLY:
            options[parameter.name] = given
        else:
            arguments.append(given)
    try:
        found = case(session, *arguments, **options)
        if inspect.isgenerator(found):
            list(found)
    except NotAllowed:
        return "-"
    finally:
        world.restore()
    return "+"
