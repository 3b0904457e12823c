"""The form for an assessment done on paper or in another system: dates, by whom, and grades of sub-areas."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from gcp2_app.domain.instrument import Subject
from gcp2_app.domain.kinds import EntryKind, Item, ItemType, Option
from gcp2_app.domain.when import parse_date
from gcp2_app.errors import AppError
from gcp2_app.ui import messages
from gcp2_app.ui.child import names
from gcp2_app.ui.forms.checks import no_end_before_start
from gcp2_app.ui.forms.dialog import FormDialog, Saving, Values
from gcp2_app.ui.forms.directory import Directory
from gcp2_app.ui.forms.registry import make_context
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.domain.assessment import Assessment
    from gcp2_app.domain.instrument import Pack
    from gcp2_app.services.session import Session
    from gcp2_app.ui.child.shown import Shown


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("elsewhere", text)


def record_elsewhere(parent: QWidget, workspace: Workspace, shown: "Shown", then: Callable[[str], object]) -> None:
    """Open the form for a new one; ``then`` gets the id of what was kept."""
    session = workspace.session
    workspace.tasks.run(
        parent,
        lambda: _packs(session, shown),
        lambda packs: ElsewhereForm(workspace, shown, packs, None, then).open(parent),
        lambda error: _refuse(parent, error),
    )


def correct_elsewhere(
    parent: QWidget, workspace: Workspace, shown: "Shown", assessment_id: str, then: Callable[[str], object]
) -> None:
    """Open the form with what was written down; ``then`` gets the id of what was kept."""
    session = workspace.session

    def work() -> "tuple[Assessment, Pack]":
        from gcp2_app.services import elsewhere, packs

        held = elsewhere.find(session, assessment_id)
        return held, packs.get(session, held.pack, held.pack_version)

    def opened(found: "tuple[Assessment, Pack]") -> None:
        held, pack = found
        ElsewhereForm(workspace, shown, (pack,), held, then).open(parent)

    workspace.tasks.run(parent, work, opened, lambda error: _refuse(parent, error))


def _refuse(parent: QWidget, error: AppError) -> None:
    messages.show_error(parent, error)


def _packs(session: "Session", shown: "Shown") -> "tuple[Pack, ...]":
    """Return the packs an assessment of this child can have been done with; runs on the database thread."""
    from gcp2_app.services import packs

    unborn = shown.child.date_of_birth is None and shown.child.expected_date is not None
    subjects = {Subject.UNBORN} if unborn else {Subject.CHILD}
    found: dict[str, Pack] = {}
    for pack in packs.available(session):
        held = found.get(pack.id)
        if pack.subject in subjects and (held is None or _order(pack) > _order(held)):
            found[pack.id] = pack
    return tuple(found.values())


def _order(pack: "Pack") -> tuple[int, ...]:
    return tuple(int(part) for part in pack.version.split("."))


class ElsewhereForm:
    """The form, with what hangs on its answers."""

    def __init__(
        self,
        workspace: Workspace,
        shown: "Shown",
        packs: "tuple[Pack, ...]",
        held: "Assessment | None",
        then: Callable[[str], object],
    ) -> None:
        self._workspace = workspace
        self._shown = shown
        self._packs = {pack.id: pack for pack in packs}
        self._held = held
        self._then = then

    def open(self, parent: QWidget) -> FormDialog | None:
        """Open it, or say why it cannot be."""
        if not self._packs:
            messages.show_note(
                parent, tr("There is no pack for this child."), tr("An administrator can install one under Settings.")
            )
            return None
        title = tr("Correct what was recorded elsewhere") if self._held else tr("Record one done elsewhere")
        about = tr(
            "An assessment of {name} that was done on paper or in another system. Only the grades of sub-areas are "
            "kept, and it is never compared unit by unit. Leave “Not known” where a sub-area was given no grade."
        ).format(name=names.child_name(self._shown.child))
        dialog = FormDialog(
            parent,
            self._workspace,
            title=title,
            kind=self._kind(title),
            context=make_context(self._shown.today, Directory(self._workspace)),
            saving=Saving(save=self._save, saved=self._then, problems=self._problems, text=tr("Keep it")),
            about=about,
        )
        self._dialog = dialog
        dialog.show_values(self._values())
        dialog.form.changed.connect(self._follow)
        self._follow("pack")
        dialog.open()
        return dialog

    def _kind(self, title: str) -> EntryKind:
        items = [
            Item(
                name="pack",
                type=ItemType.CHOICE,
                label=tr("Pack"),
                required=True,
                options=tuple(Option(code=id_, label=pack.title) for id_, pack in self._packs.items()),
            ),
            Item(name="from", type=ItemType.DATE, label=tr("First day"), required=True),
            Item(name="to", type=ItemType.DATE, label=tr("Last day"), required=True),
            Item(
                name="recorded_by",
                type=ItemType.STRING,
                label=tr("Who did it?"),
                required=True,
                help=tr("Name, role and agency, or that it is not known."),
            ),
            Item(
                name="licence_area",
                type=ItemType.STRING,
                label=tr("Under whose licence?"),
                help=tr("The authority it was licensed to, where it was done with a licensed tool."),
            ),
            Item(
                name="carers",
                type=ItemType.CHOICE,
                repeats=True,
                label=tr("Whose care was assessed?"),
                options=self._carers(),
            ),
            *(
                Item(
                    name=f"{pack.id}:{code}",
                    type=ItemType.CHOICE,
                    label=f"{code} {subarea.label}",
                    options=tuple(
                        Option(code=str(grade.value), label=f"{grade.value}, {grade.label}") for grade in pack.grades
                    ),
                )
                for pack in self._packs.values()
                for code, subarea in pack.subareas.items()
            ),
        ]
        if self._held is not None:
            items.append(Item(name="reason", type=ItemType.TEXT, label=tr("Why is it corrected?"), required=True))
        return EntryKind(code="elsewhere", title=title, plural=title, about=title, items=tuple(items))

    def _carers(self) -> tuple[Option, ...]:
        people = self._shown.file.people
        ids = [carer.person for carer in self._shown.child.carers]
        ids += [id_ for id_ in (self._held.carers if self._held else ()) if id_ not in ids]
        return tuple(
            Option(code=id_, label=people[id_].name if id_ in people else tr("Someone not in this record"))
            for id_ in ids
        )

    def _values(self) -> Values:
        held = self._held
        if held is None:
            main = [carer.person for carer in self._shown.child.carers if carer.main]
            return {"pack": next(iter(self._packs)), "carers": main}
        values: Values = {
            "pack": held.pack,
            "recorded_by": held.recorded_by,
            "licence_area": held.licence_area,
            "carers": list(held.carers),
        }
        if held.window is not None:
            values |= {"from": held.window.from_.isoformat(), "to": held.window.to.isoformat()}
        for code, answer in held.units.items():
            if answer.grade is not None:
                values[f"{held.pack}:{code}"] = str(answer.grade)
        return values

    def _follow(self, name: str) -> None:
        """Show the sub-areas of the pack chosen."""
        if name != "pack":
            return
        form = self._dialog.form
        chosen = form.values()["pack"]
        form.show_field("pack", shown=len(self._packs) > 1)
        for field in form.fields:
            pack, colon, _ = field.partition(":")
            if colon:
                form.show_field(field, shown=pack == chosen)

    def _problems(self, values: Values) -> Mapping[str, str]:
        found = dict(no_end_before_start(values))
        if not found and values["to"] and parse_date(values["to"]) > self._shown.today:
            found["to"] = tr("This day has not come yet.")
        if values["pack"] and not self._grades(values):
            first = next(iter(self._packs[values["pack"]].subareas))
            found[f"{values['pack']}:{first}"] = tr("Give the grade of one sub-area or more.")
        return found

    def _grades(self, values: Values) -> dict[str, int]:
        pack = self._packs[values["pack"]]
        given = {code: values[f"{pack.id}:{code}"] for code in pack.subareas}
        return {code: int(grade) for code, grade in given.items() if grade}

    def _save(self, values: Values) -> str:
        from gcp2_app.domain.assessment import Window
        from gcp2_app.services import elsewhere

        pack = self._packs[values["pack"]]
        order = [option.code for option in self._carers()]
        wanted = elsewhere.Elsewhere(
            child=self._shown.child.id,
            carers=tuple(id_ for id_ in order if id_ in (values["carers"] or ())),
            window=Window(from_=parse_date(values["from"]), to=parse_date(values["to"])),
            recorded_by=values["recorded_by"],
            grades=self._grades(values),
            pack=pack.id,
            pack_version=pack.version,
            licence_area=values["licence_area"] or "",
        )
        session = self._workspace.session
        if self._held is None:
            return elsewhere.record(session, wanted).id
        return elsewhere.change(session, self._held.id, wanted, reason=values["reason"]).id
