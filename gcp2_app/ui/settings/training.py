"""Training: which courses people completed, for which licence, and until when. A licensed pack opens by it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gcp2_app.domain.kinds import EntryKind, Item, ItemType, Option
from gcp2_app.domain.users import Duty
from gcp2_app.domain.when import parse_date
from gcp2_app.errors import AppError
from gcp2_app.ui import style, words
from gcp2_app.ui.column import Column
from gcp2_app.ui.forms.dialog import FormDialog, Saving, Values
from gcp2_app.ui.forms.directory import Directory
from gcp2_app.ui.forms.registry import make_context
from gcp2_app.ui.notice import Notice
from gcp2_app.ui.settings.training_card import TrainingCard
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.services.training import TrainingRow


@dataclass(frozen=True, slots=True)
class Known:
    """What the section shows, read in one go.

    Attributes:
        people: names of who can be chosen, by id of the professional; the user first.
        courses: labels of courses by code.
        licences: areas of the licences of installed packs.
    """

    rows: "tuple[TrainingRow, ...]"
    people: Mapping[str, str]
    courses: Mapping[str, str]
    licences: tuple[str, ...]


class TrainingSection(Column):
    """A card a training, the latest first.

    Args:
        own_only: only this user's own, whoever they are.

    Attributes:
        shown: emitted after the training was shown anew.
    """

    shown = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None, *, own_only: bool = False) -> None:
        super().__init__(104, parent, centred=False)
        self._workspace = workspace
        self._own_only = own_only
        self._known: Known | None = None
        self.cards: dict[str, TrainingCard] = {}
        manages = self._manages = workspace.session.user.may(Duty.MANAGE_STORE) and not own_only
        self.body.addWidget(style.heading(self.tr("Training")))
        about = self.tr(
            "A licensed pack shows its wording, and can be graded with, only while training for its licence is "
            "current and a supervisor or an administrator has confirmed it. The last day still counts."
        )
        self.body.addWidget(style.label(about, "quiet"))
        self.notice = Notice()
        self.body.addWidget(self.notice)
        self.record_button = style.button(
            self.tr("Record training…") if manages else self.tr("Record my training…"), "primary"
        )
        self.record_button.setEnabled(False)
        self.record_button.clicked.connect(self.record)
        self.body.addLayout(style.row(self.record_button))
        self._nothing = style.label(self.tr("No training is recorded yet."), "quiet")
        self._nothing.hide()
        self.body.addWidget(self._nothing)
        self._list = QVBoxLayout()
        self._list.setSpacing(style.space(1.5))
        self.body.addLayout(self._list)
        self.body.addStretch(1)
        self.refresh()

    def refresh(self) -> None:
        """Read the training again."""
        session, manages, own_only = self._workspace.session, self._manages, self._own_only

        def work() -> Known:
            from gcp2_app.domain.instrument import LicenceKind
            from gcp2_app.forms.entry_kinds import load_kinds
            from gcp2_app.services import packs, training, users

            mine = session.professional
            people = {mine.id: self.tr("{name} (you)").format(name=mine.name)}
            if manages:
                others = [row for row in users.all_(session) if row.user.left_at is None]
                people |= {row.professional.id: row.professional.name for row in others if row.professional != mine}
            course = next(item for item in load_kinds()[training.KIND].items if item.name == "course")
            found = packs.available(session)
            areas = {pack.licence.area for pack in found if pack.licence.kind is LicenceKind.LICENSED}
            return Known(
                rows=tuple(row for row in training.rows(session) if not own_only or row.training.person == mine.id),
                people=people,
                courses={option.code: option.label for option in course.options},
                licences=tuple(sorted(areas)),
            )

        self._workspace.tasks.run(self, work, self._show, self._failed)

    def record(self) -> FormDialog | None:
        """Ask what was completed."""
        return self._ask(None)

    def correct(self, row: "TrainingRow") -> FormDialog | None:
        """Ask what is to be corrected, and why."""
        return self._ask(row)

    def confirm(self, row: "TrainingRow") -> FormDialog:
        """Ask what this user saw, and confirm that the training was completed as it is recorded."""
        session = self._workspace.session
        own = row.training.person == session.professional.id
        title = self.tr("Confirm this training")
        name = row.professional.name if row.professional is not None else self.tr("Someone not named here")

        def save(values: Values) -> None:
            from gcp2_app.services import training

            training.confirm(session, row.id, row.training, seen=values["seen"])

        seen = Item(
            name="seen",
            type=ItemType.TEXT,
            label=self.tr("What did you see?"),
            help=self.tr("Such as the certificate, or the list of the licence holder."),
            required=True,
        )
        dialog = FormDialog(
            self,
            self._workspace,
            title=title,
            kind=EntryKind(code="confirmation", title=title, plural=title, about=title, items=(seen,)),
            context=make_context(session.today(), Directory(self._workspace)),
            saving=Saving(
                save=save,
                saved=lambda _: self._kept(self.tr("The training is confirmed.")),
                text=self.tr("Confirm"),
            ),
            about=self._about(row, name, own=own),
        )
        dialog.open()
        return dialog

    def _about(self, row: "TrainingRow", name: str, *, own: bool) -> str:
        held = row.training
        course = self._known.courses.get(held.course, held.course) if self._known is not None else held.course
        said = self.tr("{name} completed {course} on {day}").format(name=name, course=course, day=words.day(held.on))
        if held.licence:
            said += self.tr(", for the licence of {area}").format(area=held.licence)
        if held.expires is not None:
            said += self.tr(", valid until {day}").format(day=words.day(held.expires))
        if own:
            return said + self.tr(
                ". It is your own: nobody else in this store could confirm it, and that is kept with your name."
            )
        return said + self.tr(". Your name and the day are kept.")

    def _show(self, known: Known) -> None:
        self._known = known
        for card in self.cards.values():
            self._list.removeWidget(card)
            card.deleteLater()
        self.cards = {}
        today = self._workspace.session.today()
        for row in known.rows:
            card = TrainingCard(row, known.courses.get(row.training.course, row.training.course), today)
            card.confirm_wanted.connect(self.confirm)
            card.correct_wanted.connect(self.correct)
            self.cards[row.id] = card
            self._list.addWidget(card)
        self._nothing.setVisible(not known.rows)
        self.record_button.setEnabled(True)
        self.shown.emit()

    def _ask(self, row: "TrainingRow | None") -> FormDialog | None:
        if self._known is None:
            return None
        known, session = self._known, self._workspace.session
        title = self.tr("Record training") if row is None else self.tr("Correct what is recorded of training")

        def save(values: Values) -> None:
            from gcp2_app.domain.licensing import Training
            from gcp2_app.services import training

            made = Training(
                person=values["person"],
                course=values["course"],
                on=parse_date(values["on"]),
                licence=values["licence"] or "",
                expires=parse_date(values["expires"]) if values["expires"] else None,
            )
            if row is None:
                training.record(session, made)
            else:
                training.correct(session, row.id, made, reason=values["reason"])

        dialog = FormDialog(
            self,
            self._workspace,
            title=title,
            kind=self._kind(known, title, correcting=row is not None),
            context=make_context(session.today(), Directory(self._workspace)),
            saving=Saving(
                save=save,
                saved=lambda _: self._kept(self.tr("The training is recorded.")),
                problems=self._problems,
                text=self.tr("Keep") if row else title,
            ),
        )
        if row is None:
            values: Values = {"person": session.professional.id, "course": "gcp2"}
            if len(known.licences) == 1:
                values["licence"] = known.licences[0]
        else:
            held = row.training
            values = {
                "person": held.person,
                "course": held.course,
                "on": held.on.isoformat(),
                "licence": held.licence,
                "expires": held.expires.isoformat() if held.expires else None,
            }
        dialog.show_values(values)
        dialog.form.show_field("person", shown=len(known.people) > 1)
        dialog.open()
        return dialog

    def _kind(self, known: Known, title: str, *, correcting: bool) -> EntryKind:
        people = dict(known.people)
        for row in known.rows:
            if row.professional is not None:
                people.setdefault(row.professional.id, row.professional.name)
        items = [
            Item(
                name="person",
                type=ItemType.CHOICE,
                label=self.tr("Who was trained?"),
                required=True,
                options=_options(people),
            ),
            Item(
                name="course",
                type=ItemType.CHOICE,
                label=self.tr("Course"),
                required=True,
                options=_options(known.courses),
            ),
            Item(name="on", type=ItemType.DATE, label=self.tr("Completed on"), required=True),
            Item(
                name="licence",
                type=ItemType.OPEN_CHOICE,
                label=self.tr("For the licence of"),
                help=self.tr("The authority a licensed pack was licensed to, written as the pack writes it."),
                options=tuple(Option(code=area, label=area) for area in known.licences),
            ),
            Item(
                name="expires",
                type=ItemType.DATE,
                label=self.tr("Valid until (last day)"),
                help=self.tr("Leave it empty where the training has no end."),
            ),
        ]
        if correcting:
            items.append(Item(name="reason", type=ItemType.TEXT, label=self.tr("Why is it corrected?"), required=True))
        return EntryKind(code="training", title=title, plural=title, about=title, items=tuple(items))

    def _problems(self, values: Values) -> Mapping[str, str]:
        if not values["on"]:
            return {}
        if parse_date(values["on"]) > self._workspace.session.today():
            return {"on": self.tr("This day has not come yet.")}
        if values["expires"] and parse_date(values["expires"]) < parse_date(values["on"]):
            return {"expires": self.tr("This is before it was completed.")}
        return {}

    def _kept(self, said: str) -> None:
        self.notice.show_note(said)
        self.refresh()

    def _failed(self, error: AppError) -> None:
        self.notice.show_error(error)
        self.ensureWidgetVisible(self.notice)


def _options(labels: Mapping[str, str]) -> tuple[Option, ...]:
    return tuple(Option(code=code, label=label) for code, label in labels.items())
