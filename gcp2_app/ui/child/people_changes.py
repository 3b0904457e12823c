"""What can be changed about the people around a child: each opens a form and keeps one part of a record.

Works on the case-file shape of the records, so that fields this window does not show stay as they are.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from gcp2_app.domain.register import Child, Household, Person, Professional
from gcp2_app.ui.child.names import child_name
from gcp2_app.ui.child.new_household import add_household
from gcp2_app.ui.forms import register
from gcp2_app.ui.forms.dialog import Values
from gcp2_app.ui.forms.directory import Directory, Found, found_person, found_professional
from gcp2_app.ui.forms.reason import ask_reason
from gcp2_app.ui.forms.second_person import SecondPersonGate
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.services.second_person import SecondPerson
    from gcp2_app.ui.child.shown import Shown


def directory_of(workspace: Workspace, shown: "Shown") -> Directory:
    """Return the people around a child, for the forms about them."""
    file = shown.file
    people = [found_person(person) for person in file.people.values()]
    workers = [found_professional(professional) for professional in file.professionals.values()]
    children = [Found(child.id, child_name(child)) for child in (file.child, *file.siblings)]
    return Directory(workspace, {found.id: found for found in (*workers, *children)}, people)


class PeopleChanges(QObject):
    """The changes of one child's people."""

    def __init__(self, workspace: Workspace, page: QWidget, shown: "Shown") -> None:
        super().__init__(page)
        self._workspace = workspace
        self._page = page
        self._child = shown.child
        self._today = shown.today
        self._directory = directory_of(workspace, shown)
        people = shown.file.people
        carers = {carer.person: people[carer.person].name for carer in shown.child.carers if carer.person in people}
        self._around = carers | {child.id: child_name(child) for child in shown.file.siblings}

    def edit_carer(self, number: int | None) -> None:
        """Add or change a carer of the child."""
        title = self.tr("Add a carer") if number is None else self.tr("Change a carer")
        fixed = () if number is None else ("person",)
        self._edit_of_child("carers", "carer", number, title, fixed=fixed)

    def edit_status(self, number: int | None) -> None:
        """Add or change a period of legal or plan status."""
        title = self.tr("Add a status") if number is None else self.tr("Change a status")
        self._edit_of_child("statuses", "status", number, title)

    def edit_allocation(self, number: int | None) -> None:
        """Add or change a professional's work with the child."""
        today = self._today.isoformat()
        title = self.tr("Add a professional") if number is None else self.tr("Change a professional’s work")
        fixed = () if number is None else ("professional",)
        begin = {"from": today, "confirmed_on": today}
        self._edit_of_child("allocated", "allocation", number, title, begin=begin, fixed=fixed)

    def confirm_allocation(self, number: int) -> None:
        """Keep that an allocation was confirmed today."""
        parts = _list(self._child, "allocated")
        parts[number] |= {"confirmed_on": self._today.isoformat()}
        self._run(lambda: self._save_child("allocated", parts))

    def edit_member(self, household: Household, number: int | None, *, adult: bool) -> None:
        """Add or change someone's time in a household."""
        code = "household_adult" if adult else "household_child"
        title = register.kinds()[code].title
        self._edit_of_household(household, "members", code, number, title, fixed=() if number is None else ("who",))

    def edit_address(self, household: Household, number: int | None) -> None:
        """Add or change where a household lives or lived."""
        title = self.tr("Add an address") if number is None else self.tr("Change an address")
        self._edit_of_household(household, "addresses", "address", number, title)

    def edit_household(self, household: Household) -> None:
        """Change what is said of a household as a whole."""
        register.edit_household(self._page, self._workspace, household, self._child.id)

    def add_household(self) -> None:
        """Add a household with this child in it, and who of the family lives there too, from its address."""
        add_household(self._page, self._workspace, self._child, self._around)

    def edit_person(self, person: Person) -> None:
        """Change an adult's details."""
        register.edit_person(self._page, self._workspace, person, self._directory)

    def edit_professional(self, professional: Professional) -> None:
        """Change a professional's details."""
        register.edit_professional(self._page, self._workspace, professional)

    def remove_of_child(self, key: str, number: int, what: str) -> None:
        """Ask why, and take out a part of the child that was entered by mistake.

        Args:
            key: of the list in the case file.
            what: the part in words.
        """
        parts = _list(self._child, key)
        del parts[number]
        self._ask_removal(what, lambda reason: self._save_child(key, parts, reason))

    def remove_of_household(self, household: Household, key: str, number: int, what: str) -> None:
        """Ask why, and take out a part of a household that was entered by mistake."""
        parts = _list(household, key)
        del parts[number]
        self._ask_removal(what, lambda reason: self._save_household(household, key, parts, reason))

    def _edit_of_child(
        self,
        key: str,
        code: str,
        number: int | None,
        title: str,
        *,
        begin: Values | None = None,
        fixed: tuple[str, ...] = (),
    ) -> None:
        parts = _list(self._child, key)
        register.edit_part(
            self._page,
            self._workspace,
            code=code,
            title=title,
            values=(begin or {}) if number is None else parts[number],
            save=lambda values: self._save_child(key, _with(parts, number, values)),
            changed=("child", self._child.id),
            directory=self._directory,
            fixed=fixed,
        )

    def _edit_of_household(
        self,
        household: Household,
        key: str,
        code: str,
        number: int | None,
        title: str,
        *,
        fixed: tuple[str, ...] = (),
    ) -> None:
        parts = _list(household, key)
        gate = SecondPersonGate(
            self._workspace, lambda values: self._needs_second(household, key, _with(parts, number, values))
        )
        register.edit_part(
            self._page,
            self._workspace,
            code=code,
            title=title,
            values={} if number is None else parts[number],
            save=lambda values: self._save_household(household, key, _with(parts, number, values), second=gate.second),
            changed=("child", self._child.id),
            directory=self._directory,
            fixed=fixed,
            gate=gate,
        )

    def _save_child(self, key: str, parts: list[Values], reason: str = "") -> object:
        from gcp2_app.services import register as service

        changed = register.with_values(self._child, {key: parts})
        return service.save_child(self._workspace.session, changed, reason=reason)

    def _save_household(
        self,
        household: Household,
        key: str,
        parts: list[Values],
        reason: str = "",
        *,
        second: "SecondPerson | None" = None,
    ) -> object:
        from gcp2_app.services import register as service

        changed = register.with_values(household, {key: parts})
        return service.save_household(self._workspace.session, changed, reason=reason, second=second)

    def _needs_second(self, household: Household, key: str, parts: list[Values]) -> tuple[str, ...]:
        from gcp2_app.services import register as service

        return service.needs_second_person(self._workspace.session, register.with_values(household, {key: parts}))

    def _ask_removal(self, what: str, save: Any) -> None:
        ask_reason(
            self._page,
            self._workspace,
            title=self.tr("Remove what was entered by mistake"),
            about=self.tr(
                "{what} is taken out; the earlier version of the record is kept. "
                "For something that was true and is over, change its last day instead."
            ).format(what=what),
            text=self.tr("Remove"),
            then=lambda reason: self._run(lambda: save(reason)),
        )

    def _run(self, work: Any) -> None:
        child_id = self._child.id
        self._workspace.tasks.run(self._page, work, lambda _: self._workspace.changed.emit("child", child_id))


def _list(record: Child | Household, key: str) -> list[Values]:
    held: list[Values] = register.to_values(record).get(key, [])
    return [dict(part) for part in held]


def _with(parts: list[Values], number: int | None, values: Mapping[str, Any]) -> list[Values]:
    """Return the parts with one changed or added; a new main carer is the only one."""
    if values.get("main"):
        parts = [{**part, "main": False} for part in parts]
    if number is None:
        return [*parts, dict(values)]
    return [{**part, **values} if place == number else part for place, part in enumerate(parts)]
