"""The tab of the people around a child: carers, households, professionals, statuses, brothers and sisters."""

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from gcp2_app.domain.register import Address, Household, Member
from gcp2_app.domain.users import Duty
from gcp2_app.overriding import override
from gcp2_app.ui import style, words
from gcp2_app.ui.child import names
from gcp2_app.ui.child.merge_card import merge_card
from gcp2_app.ui.child.part_card import Action, Line, part_card
from gcp2_app.ui.child.people_changes import PeopleChanges
from gcp2_app.ui.child.summary import withheld_words
from gcp2_app.ui.child.tiles import Columns
from gcp2_app.ui.child.waiting_card import WaitingCard
from gcp2_app.ui.forms import register
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.domain.register import Person
    from gcp2_app.ui.child.shown import Shown


class People(QScrollArea):
    """Everyone around one child, with forms to add and change them."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        # Its links take the focus, down to the last, and the page follows them.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        ground = QWidget()
        self._body = QVBoxLayout(ground)
        margin = style.space(3)
        self._body.setContentsMargins(margin, style.space(2), margin, margin)
        self.setWidget(ground)
        self._tiles: Columns | None = None
        self._changes: PeopleChanges | None = None
        self._to_say: Shown | None = None

    def say(self, shown: "Shown") -> None:
        """Show the people around a child, as soon as anybody looks at this tab."""
        self.forget()
        self._to_say = shown
        if self.isVisible():
            self._say()

    def _say(self) -> None:
        if self._to_say is None:
            return
        self._shown, self._to_say = self._to_say, None
        shown = self._shown
        self._may_work = self._workspace.session.user.may(Duty.WORK_CASES)
        self._changes = PeopleChanges(self._workspace, self, shown)
        self._names = {person.id: person.name for person in shown.file.people.values()}
        left = [self._carers(self._changes), self._professionals(self._changes), self._statuses(self._changes)]
        if self._may_work:
            left = [*(WaitingCard(self._workspace, shown, waits) for waits in shown.file.waiting), *left]
        right = [self._household(self._changes, household) for household in shown.file.households]
        if not right:
            right.append(self._no_household(self._changes))
        if self._workspace.session.user.may(Duty.MERGE_RECORDS):
            right.append(merge_card(self, self._workspace, self._shown))
        self._tiles = Columns(left, [*right, self._siblings()], 100)
        self._body.addWidget(self._tiles)
        self._body.addStretch(1)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        self._say()
        super().showEvent(event)

    def wait(self, *, waiting: bool) -> None:
        """Let nothing be changed while the child is read anew: a form must not start from what is out of date."""
        if self._tiles is not None:
            self._tiles.setDisabled(waiting)

    def forget(self) -> None:
        """Let go of the child."""
        while self._body.takeAt(0) is not None:
            pass
        if self._tiles is not None:
            # At once out of the page, so that nobody finds it there; gone when Qt is ready.
            # Hidden first: what was just laid out is shown by a call on its way, which would make it a window.
            self._tiles.hide()
            self._tiles.setParent(None)
        for gone in (self._tiles, self._changes):
            if gone is not None:
                gone.deleteLater()
        self._tiles = self._changes = self._to_say = None

    def _carers(self, changes: PeopleChanges) -> QFrame:
        item = {each.name: each for each in register.kinds()["carer"].items}
        lines = []
        for number, carer in enumerate(self._shown.child.carers):
            person = self._shown.file.people.get(carer.person)
            name = self._person_name(carer.person)
            relation = names.option_label(item["relationship"], carer.relationship) if carer.relationship else ""
            about = [relation[:1].upper() + relation[1:], self.tr("main carer") if carer.main else ""]
            if carer.parental_responsibility is not None:
                answer = words.say(carer.parental_responsibility).lower()
                about.append(self.tr("parental responsibility: {answer}").format(answer=answer))
            actions = (
                Action(
                    f"carer-{number}",
                    self.tr("Change"),
                    partial(changes.edit_carer, number),
                    self.tr("Change what {name} is to the child").format(name=name),
                ),
                *self._person_actions(changes, person),
                Action(
                    f"carer-remove-{number}",
                    self.tr("Remove…"),
                    partial(changes.remove_of_child, "carers", number, name),
                    self.tr("Remove {name} as carer").format(name=name),
                ),
            )
            details = (" · ".join(filter(None, about)), *self._person_details(person))
            lines.append(Line(name, details, self._if_allowed(*actions), mark=self._person_mark(person)))
        add = Action("carer-add", self.tr("Add a carer"), partial(changes.edit_carer, None))
        return part_card(
            self.tr("Carers"),
            lines,
            self._if_allowed(add),
            self.tr("Nobody yet. An assessment looks at the care given by one or more named carers."),
        )

    def _household(self, changes: PeopleChanges, household: Household) -> QFrame:
        lines = [
            self._address_line(changes, household, number, address)
            for number, address in _newest_first(household.addresses)
        ]
        lines += [
            self._member_line(changes, household, number, member)
            for number, member in sorted(
                enumerate(household.members), key=lambda pair: _is_over(pair[1].to, self._shown.today)
            )
        ]
        if household.note:
            lines.append(Line(self.tr("Note"), (household.note,)))
        key = f"household-{household.id}"
        actions = (
            Action(f"{key}-adult", self.tr("Add an adult"), lambda: changes.edit_member(household, None, adult=True)),
            Action(f"{key}-child", self.tr("Add a child"), lambda: changes.edit_member(household, None, adult=False)),
            Action(f"{key}-address", self.tr("Add an address"), lambda: changes.edit_address(household, None)),
            Action(
                f"{key}-note",
                self.tr("Note"),
                lambda: changes.edit_household(household),
                self.tr("Change the note of the household"),
            ),
            Action(f"{key}-another", self.tr("Add another household"), changes.add_household),
        )
        return part_card(self.tr("Household"), lines, self._if_allowed(*actions), self.tr("Nobody recorded."))

    def _no_household(self, changes: PeopleChanges) -> QFrame:
        add = Action("household-add", self.tr("Add a household"), changes.add_household)
        return part_card(
            self.tr("Household"), (), self._if_allowed(add), self.tr("Not known where and with whom the child lives.")
        )

    def _address_line(self, changes: PeopleChanges, household: Household, number: int, address: Address) -> Line:
        text = ", ".join(filter(None, (*address.lines, address.postcode))) or self.tr("Address not known")
        where = self.tr("in {authority}").format(authority=address.authority) if address.authority else ""
        key = f"address-{household.id}-{number}"
        actions = (
            Action(
                key,
                self.tr("Change"),
                partial(changes.edit_address, household, number),
                self.tr("Change the address {address}").format(address=text),
            ),
            Action(
                f"{key}-remove",
                self.tr("Remove…"),
                partial(changes.remove_of_household, household, "addresses", number, text),
                self.tr("Remove the address {address}").format(address=text),
            ),
        )
        details = (" · ".join(filter(None, (where, names.period(address.from_, address.to)))),)
        mark = withheld_words(address.withheld_from, self._names)
        return Line(text, details, self._if_allowed(*actions), past=_is_over(address.to, self._shown.today), mark=mark)

    def _member_line(self, changes: PeopleChanges, household: Household, number: int, member: Member) -> Line:
        children = {child.id: child for child in (self._shown.child, *self._shown.file.siblings)}
        child = children.get(member.who)
        name = names.child_name(child) if child is not None else self._person_name(member.who)
        key = f"member-{household.id}-{number}"
        actions = [
            Action(
                key,
                self.tr("Change dates"),
                partial(changes.edit_member, household, number, adult=child is None),
                self.tr("Change when {name} lived here").format(name=name),
            ),
        ]
        carers = {carer.person for carer in self._shown.child.carers}
        if child is None and member.who not in carers:
            actions.extend(self._person_actions(changes, self._shown.file.people.get(member.who)))
        actions.append(
            Action(
                f"{key}-remove",
                self.tr("Remove…"),
                partial(changes.remove_of_household, household, "members", number, name),
                self.tr("Remove {name} from the household").format(name=name),
            )
        )
        details = (names.period(member.from_, member.to),)
        mark = self._person_mark(self._shown.file.people.get(member.who)) if child is None else ""
        over = _is_over(member.to, self._shown.today)
        return Line(name, details, self._if_allowed(*actions), past=over, mark=mark)

    def _professionals(self, changes: PeopleChanges) -> QFrame:
        item = {each.name: each for each in register.kinds()["allocation"].items}
        lines = []
        today = self._shown.today
        for number, allocation in sorted(
            enumerate(self._shown.child.allocated),
            key=lambda pair: (_is_over(pair[1].to, today), -pair[1].since.toordinal()),
        ):
            over = _is_over(allocation.to, today)
            professional = self._shown.file.professionals.get(allocation.professional)
            name = names.professional_name(self._shown, allocation.professional)
            role = names.option_label(item["role"], allocation.role) if allocation.role else ""
            if not role and professional is not None:
                role = professional.role
            agency = words.say(professional.agency) if professional is not None and professional.agency else ""
            contact = (professional.phone, professional.email) if professional is not None else ()
            confirmed = (
                self.tr("last confirmed {day}").format(day=words.day(allocation.confirmed_on))
                if allocation.confirmed_on
                else self.tr("never confirmed")
            )
            key = f"allocation-{number}"
            actions = [
                Action(
                    key,
                    self.tr("Change"),
                    partial(changes.edit_allocation, number),
                    self.tr("Change the work of {name} with the child").format(name=name),
                ),
            ]
            if not over and allocation.confirmed_on != today:
                actions.insert(
                    0,
                    Action(
                        f"{key}-confirm",
                        self.tr("Confirm today"),
                        partial(changes.confirm_allocation, number),
                        self.tr("Confirm today that {name} works with the child").format(name=name),
                    ),
                )
            if professional is not None:
                actions.append(
                    Action(
                        f"{key}-details",
                        self.tr("Details"),
                        partial(changes.edit_professional, professional),
                        self.tr("Change the details of {name}").format(name=name),
                    )
                )
            actions.append(
                Action(
                    f"{key}-remove",
                    self.tr("Remove…"),
                    partial(changes.remove_of_child, "allocated", number, name),
                    self.tr("Remove {name}").format(name=name),
                )
            )
            details = (
                " · ".join(filter(None, (role, agency))),
                " · ".join(filter(None, (names.period(allocation.from_, allocation.to), "" if over else confirmed))),
                " · ".join(filter(None, contact)),
            )
            lines.append(Line(name, details, self._if_allowed(*actions), past=over))
        add = Action("allocation-add", self.tr("Add a professional"), partial(changes.edit_allocation, None))
        return part_card(self.tr("Professionals"), lines, self._if_allowed(add), self.tr("Nobody is allocated."))

    def _statuses(self, changes: PeopleChanges) -> QFrame:
        lines = []
        today = self._shown.today
        for number, status in sorted(
            enumerate(self._shown.child.statuses), key=lambda pair: pair[1].since, reverse=True
        ):
            text = words.status(status)
            key = f"status-{number}"
            actions = (
                Action(
                    key,
                    self.tr("Change"),
                    partial(changes.edit_status, number),
                    self.tr("Change the status {status}").format(status=text),
                ),
                Action(
                    f"{key}-remove",
                    self.tr("Remove…"),
                    partial(changes.remove_of_child, "statuses", number, text),
                    self.tr("Remove the status {status}").format(status=text),
                ),
            )
            lines.append(
                Line(
                    text,
                    (names.period(status.from_, status.to),),
                    self._if_allowed(*actions),
                    past=_is_over(status.to, today),
                )
            )
        add = Action("status-add", self.tr("Add a status"), partial(changes.edit_status, None))
        return part_card(self.tr("Status"), lines, self._if_allowed(add), self.tr("None recorded."))

    def _siblings(self) -> QFrame:
        lines = [
            Line(
                names.child_name(child),
                (names.child_age(child, self._shown.today),),
                (
                    Action(
                        f"sibling-{child.id}",
                        self.tr("Open the record"),
                        partial(self._workspace.child_wanted.emit, child.id),
                        self.tr("Open the record of {name}").format(name=names.child_name(child)),
                    ),
                ),
            )
            for child in self._shown.file.siblings
        ]
        return part_card(
            self.tr("Brothers, sisters and other children at home"),
            lines,
            (),
            self.tr("No other child shares a carer or a household with this one."),
        )

    def _person_name(self, person_id: str) -> str:
        person = self._shown.file.people.get(person_id)
        return person.name or self.tr("Name not known") if person is not None else self.tr("Someone not in this record")

    def _person_details(self, person: "Person | None") -> tuple[str, ...]:
        if person is None:
            return ()
        born = self.tr("born {day}").format(day=words.day(person.date_of_birth)) if person.date_of_birth else ""
        need = ""
        if person.learning_need is not None:
            state = words.say(person.learning_need.state).lower()
            need = self.tr("learning need: {state}").format(state=state)
            source = [
                person.learning_need.source,
                words.day(person.learning_need.on) if person.learning_need.on else "",
            ]
            if any(source):
                need += f" ({', '.join(filter(None, source))})"
        item = {each.name: each for each in register.kinds()["person"].items}["formats_needed"]
        formats = ", ".join(names.option_label(item, code) for code in person.formats_needed)
        wanted = self.tr("formats they need: {formats}").format(formats=formats) if formats else ""
        return (" · ".join(filter(None, (born, person.phone))), need, wanted)

    def _person_mark(self, person: "Person | None") -> str:
        withheld = withheld_words(person.withheld_from, self._names) if person is not None else ""
        return self.tr("Phone and address: {withheld}").format(withheld=withheld) if withheld else ""

    def _person_actions(self, changes: PeopleChanges, person: "Person | None") -> tuple[Action, ...]:
        if person is None:
            return ()
        return (
            Action(
                f"person-{person.id}",
                self.tr("Details"),
                partial(changes.edit_person, person),
                self.tr("Change the details of {name}").format(name=person.name),
            ),
        )

    def _if_allowed(self, *actions: Action) -> tuple[Action, ...]:
        return actions if self._may_work else ()


def _is_over(last: date | None, today: date) -> bool:
    return last is not None and last < today


def _newest_first(addresses: tuple[Address, ...]) -> list[tuple[int, Address]]:
    return sorted(enumerate(addresses), key=lambda pair: pair[1].from_ or date.min, reverse=True)
