"""The gate before a request: who is allocated, the tries to speak with them, and what follows when nobody answers."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gcp2_app.domain.kinds import EntryKind, Item, ItemType
from gcp2_app.domain.referring import First, wait_ends
from gcp2_app.forms.entry_kinds import load_kinds
from gcp2_app.forms.policy import shipped_policy
from gcp2_app.ui import style, words
from gcp2_app.ui.forms.form import Form
from gcp2_app.ui.forms.registry import make_context
from gcp2_app.ui.notice import Notice
from gcp2_app.ui.referral.words import tr, tried
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.domain.entries import Entry
    from gcp2_app.services.referring import Request
    from gcp2_app.ui.forms.directory import Directory


class WorkerPanel(QWidget):
    """Ring the allocated worker first; a redirection, never a stop.

    Attributes:
        form: takes a try; ``record_button`` keeps it.
        recorded: emitted after a try was kept.
    """

    recorded = Signal()

    def __init__(self, workspace: Workspace, request: "Request", directory: "Directory") -> None:
        super().__init__()
        self._workspace, self._request = workspace, request
        self._tries: list[Entry] = list(request.tries)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.space(2))
        frame, self._body = style.card("card" if request.first is First.NOBODY_ALLOCATED else "note")
        layout.addWidget(frame)
        for line in self._who():
            self._body.addWidget(line)
        self._nobody, body = style.card("warning")
        self._nobody_text = style.label()
        body.addWidget(self._nobody_text)
        danger = style.button(tr("Show the numbers"))
        danger.setAutoDefault(False)
        danger.clicked.connect(workspace.danger_wanted)
        body.addWidget(danger)
        layout.addWidget(self._nobody)
        self._made = QVBoxLayout()
        self._made.setSpacing(max(2, style.space(0.5)))
        layout.addLayout(self._made)
        self.notice = Notice()
        self.form = Form(_try_kind(), make_context(workspace.session.today(), directory))
        self.record_button = style.button(tr("Record this try"))
        self.record_button.setAutoDefault(False)
        self.record_button.clicked.connect(self._record)
        self._asks = request.first is not First.NOBODY_ALLOCATED
        if self._asks:
            layout.addWidget(style.heading(tr("Each try"), 2))
            layout.addWidget(self.form)
            layout.addWidget(self.notice)
            layout.addWidget(self.record_button)
            self.form.show_values({"to_role": "manager"} if self._is_me else {"to_role": "worker", **self._known()})
        else:
            for widget in (self.form, self.notice, self.record_button):
                widget.setParent(self)
                widget.hide()
        self.say()

    @property
    def _is_me(self) -> bool:
        """Whether who asks for help is the allocated worker."""
        worker = self._request.worker
        return worker is not None and worker.id == self._workspace.session.professional.id

    def _known(self) -> dict[str, str]:
        worker = self._request.worker
        if worker is None:
            return {}
        how = tr("Phone {number}").format(number=worker.phone) if worker.phone else ""
        return {name: value for name, value in (("to_name", worker.name), ("how", how)) if value}

    def _who(self) -> list[QWidget]:
        first, worker, allocation = self._request.first, self._request.worker, self._request.allocation
        if first is First.NOBODY_ALLOCATED:
            return [style.label(tr("No social worker is allocated to this child today. Go on to the next step."))]
        if self._is_me:
            own = tr(
                "Speak with your manager first, then with duty: another form about a child of your own seldom helps."
            )
            return [style.heading(tr("You are the allocated worker"), 2), style.label(own)]
        heading = tr("Ring the allocated worker first") if first is First.RING_FIRST else tr("Ring and ask")
        lines: list[QWidget] = [style.heading(heading, 2)]
        if worker is not None:
            told = ", ".join(filter(None, (worker.name, worker.role, worker.phone, worker.email)))
            lines.append(style.label(told))
        confirmed = allocation.confirmed_on if allocation is not None else None
        if confirmed is None:
            said = tr("That this worker is allocated was never confirmed. Ask whether it is still so.")
        elif first is First.RING_FIRST:
            said = tr("The allocation was confirmed on {day}.").format(day=words.day(confirmed))
        else:
            said = tr("The allocation was last confirmed on {day}. Ask whether it is still so.").format(
                day=words.day(confirmed)
            )
        lines.append(style.label(said, "quiet"))
        lines.append(
            style.label(
                tr(
                    "Then the manager, then duty. Where you disagree with the answer, or what was agreed is not done, "
                    "start a challenge instead of another request."
                )
            )
        )
        return lines

    def say(self) -> None:
        """Show the tries, and what follows when nobody answers."""
        while (item := self._made.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.setParent(None)
                widget.deleteLater()
        for entry in self._tries[-5:]:
            self._made.addWidget(style.label(tried(entry)))
        self._nobody.setVisible(False)
        if not self._asks:
            return
        from gcp2_app.domain.referring import tries

        policy, now = shipped_policy().referral, self._workspace.session.now()
        found = tries(self._tries, now=now)
        if found.first is None:
            return
        ends = wait_ends(found.first, hours=policy.answer_hours, close_of_day=policy.close_of_day)
        if now >= ends:
            text = tr(
                "Nobody was spoken to in time. Ring MASH now, or out of hours, and say that this is an open case."
            )
        else:
            text = tr(
                "If nobody is spoken to by {time}, ring MASH, or out of hours, and say that this is an open case."
            ).format(time=words.moment(ends))
        self._nobody_text.setText(text)
        self._nobody.setVisible(True)

    def _record(self) -> None:
        from gcp2_app.services import referring

        problems = self.form.problems({})
        if problems:
            self.form.go_to(next(iter(problems)))
            return
        values = self.form.values()
        made = referring.Try(
            to_role=values["to_role"],
            to_name=values["to_name"] or "",
            how=values["how"] or "",
            reached=values["reached"] is True,
            agreed=values["agreed"] or "",
        )
        session, child = self._workspace.session, self._request.child.id
        self.record_button.setDisabled(True)
        self._workspace.tasks.run(self, lambda: referring.record_try(session, child, made), self._kept, self._fail)

    def _kept(self, entry: "Entry") -> None:
        self.record_button.setDisabled(False)
        self.notice.clear()
        self._tries.append(entry)
        self.form.show_values({})
        self.say()
        self._workspace.changed.emit("entry", entry.id)
        self.recorded.emit()

    def _fail(self, error: object) -> None:
        from gcp2_app.errors import AppError

        self.record_button.setDisabled(False)
        if isinstance(error, AppError):
            self.notice.show_error(error)


def _try_kind() -> EntryKind:
    """Return the questions of a try: those of the kind, in the words of this gate."""
    kind = load_kinds()["worker_contact"]
    options = next(item.options for item in kind.items if item.name == "to_role")
    return EntryKind(
        code=kind.code,
        title=kind.title,
        plural=kind.plural,
        about=kind.about,
        items=(
            Item(name="to_role", type=ItemType.CHOICE, label=tr("Who was tried?"), required=True, options=options),
            Item(name="to_name", type=ItemType.STRING, label=tr("Name")),
            Item(name="how", type=ItemType.STRING, label=tr("How, with the number")),
            Item(name="reached", type=ItemType.BOOLEAN, label=tr("Was the person spoken to?")),
            Item(name="agreed", type=ItemType.TEXT, label=tr("What was agreed, and by when?")),
        ),
    )
