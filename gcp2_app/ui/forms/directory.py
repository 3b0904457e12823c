"""Finds and names the people that a form's references point at, and adds those who are not there yet."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from gcp2_app.domain.kinds import RecordKind
from gcp2_app.ui import words
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.domain.register import Person, Professional
    from gcp2_app.storage.caseload import CaseloadRow

#: Most people offered at once; a longer list is a reason to type more.
MOST = 20


@dataclass(frozen=True, slots=True)
class Found:
    """Someone a reference can point at.

    Attributes:
        more: what tells them from others of the same name.
    """

    id: str
    name: str
    more: str = ""


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("directory", text)


class Directory:
    """The people of the open store, for the editors of one form.

    Args:
        known: whom ids stand for.
        near: the adults around the child the form is about; they are offered first where several can be chosen.
    """

    def __init__(
        self, workspace: Workspace, known: Mapping[str, Found] | None = None, near: Sequence[Found] = ()
    ) -> None:
        self.workspace = workspace
        self._known = {**{found.id: found for found in near}, **(known or {})}
        self._near = tuple(near)

    def offered(self, of: RecordKind) -> tuple[Found, ...]:
        """Return who is offered before anybody is searched for."""
        return self._near if of is RecordKind.PERSON else ()

    def found(self, id_: str) -> Found:
        """Return whom an id stands for."""
        return self._known.get(id_, Found(id_, tr("Someone not in this record")))

    def learn(self, found: Found) -> None:
        """Remember whom an id stands for."""
        self._known[found.id] = found

    def can_add(self, of: RecordKind) -> bool:
        """Whether someone new can be added from within a form. A child is added on the caseload, with more checks."""
        return of in {RecordKind.PERSON, RecordKind.PROFESSIONAL}

    def search(self, of: RecordKind, text: str) -> Callable[[], tuple[Found, ...]]:
        """Return the work that finds people by part of a name or a misspelt one, for the database thread."""
        from gcp2_app.services import caseload, register

        session = self.workspace.session
        today = session.today()
        if of is RecordKind.PERSON:
            return lambda: tuple(map(found_person, register.find_people(session, text, MOST)))
        if of is RecordKind.PROFESSIONAL:
            return lambda: tuple(map(found_professional, register.find_professionals(session, text, MOST)))
        query = caseload.CaseloadQuery(text=text, limit=MOST)

        def work() -> tuple[Found, ...]:
            return tuple(_found_child(row, words.age(row.born, today)) for row in caseload.page(session, query).rows)

        return work

    def add(self, parent: QWidget, of: RecordKind, name: str, then: Callable[[Found], object]) -> None:
        """Open the form of a new adult or professional; ``then`` gets whom it added."""
        from gcp2_app.ui.forms import register

        def added(found: Found) -> None:
            self.learn(found)
            then(found)

        if of is RecordKind.PERSON:
            register.add_person(parent, self.workspace, name, lambda person: added(found_person(person)))
        else:
            register.add_professional(
                parent, self.workspace, name, lambda professional: added(found_professional(professional))
            )


def found_person(person: "Person") -> Found:
    """Return an adult as a reference shows them."""
    born = tr("born {day}").format(day=words.day(person.date_of_birth)) if person.date_of_birth else ""
    return Found(person.id, person.name or tr("Name not known"), born)


def found_professional(professional: "Professional") -> Found:
    """Return a professional as a reference shows them."""
    agency = words.say(professional.agency) if professional.agency else ""
    return Found(
        professional.id,
        professional.name or tr("Name not known"),
        ", ".join(filter(None, (professional.role, agency))),
    )


def _found_child(row: "CaseloadRow", age: str) -> Found:
    name = f"{row.given_names} {row.family_name}".strip()
    return Found(row.id, name or tr("Unborn child"), age)
