"""Finds what an entry can point at: the children around, other entries, assessments, and units of the packs."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from gcp2_app.domain.kinds import RecordKind
from gcp2_app.overriding import override
from gcp2_app.ui.forms.directory import MOST, Directory, Found
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.ui.child.shown import Shown

_UNIT: Final = re.compile(r"[A-Z]\d+(\.[a-z]+)?")


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("entry_directory", text)


class EntryDirectory(Directory):
    """The people around a child, and what else an entry about the child can name."""

    def __init__(self, workspace: Workspace, shown: "Shown", known: dict[str, str] | None = None) -> None:
        from gcp2_app.ui.child.names import child_name
        from gcp2_app.ui.forms.directory import found_person, found_professional

        file = shown.file
        people = [found_person(person) for person in file.people.values()]
        workers = [found_professional(professional) for professional in file.professionals.values()]
        self._children = tuple(Found(child.id, child_name(child)) for child in (file.child, *file.siblings))
        named = {id_: Found(id_, name) for id_, name in (known or {}).items()}
        super().__init__(workspace, named | {found.id: found for found in (*workers, *self._children)}, people)
        self._child, self._why = file.child.id, shown.why

    @override
    def offered(self, of: RecordKind) -> tuple[Found, ...]:
        return self._children if of is RecordKind.CHILD else super().offered(of)

    @override
    def found(self, id_: str) -> Found:
        # A unit is known by its code.
        return Found(id_, id_) if _UNIT.fullmatch(id_) else super().found(id_)

    @override
    def search(self, of: RecordKind, text: str) -> Callable[[], tuple[Found, ...]]:
        if of is RecordKind.CHILD:
            wanted = text.casefold()
            near = tuple(found for found in self._children if wanted in found.name.casefold())
            return lambda: near
        if of in {RecordKind.ENTRY, RecordKind.UNIT, RecordKind.ASSESSMENT}:
            from gcp2_app.services import entry_links

            session, child, why = self.workspace.session, self._child, self._why
            return lambda: tuple(
                Found(link.id, link.name) for link in entry_links.find(session, child, of, text, limit=MOST, why=why)
            )
        return super().search(of, text)
