"""One child in twenty minutes: what is new, unchecked, unheard or at odds, and what the last supervision decided."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from gcp2_app.errors import AppError
from gcp2_app.ui import messages, style, words
from gcp2_app.ui.child import names
from gcp2_app.ui.column import Column
from gcp2_app.ui.flow import Flow
from gcp2_app.ui.forms.reason import ask_reason
from gcp2_app.ui.notice import Notice
from gcp2_app.ui.reports.writing import write_whole
from gcp2_app.ui.supervise.asking import ask_followed, ask_supervision
from gcp2_app.ui.supervise.team_table import tr
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gcp2_app.domain.supervision import Decision, Supervision
    from gcp2_app.domain.twenty_minutes import Aside, Line
    from gcp2_app.services.supervision.recorded import SupervisionFile


class ChildSection(Column):
    """The twenty-minute page of one child.

    Attributes:
        question: the line for the question the supervisor will ask; it goes into the record of the supervision.
        record, pack: record a supervision; save the supervision pack.
    """

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(120, parent, centred=False)
        self._workspace = workspace
        self._child = ""
        self._why = ""
        self._asked = 0
        self._found: SupervisionFile | None = None
        self._title = style.heading("")
        self._since = style.label("", "quiet")
        self.notice = Notice()
        self.question = QLineEdit()
        self.record = style.button(tr("Record a supervision…"), "primary")
        self.pack = style.button(tr("Save the supervision pack…"))
        self.open_child = style.button(tr("Open the record"))
        self._parts = QVBoxLayout()
        self._parts.setSpacing(style.space(2))
        self._lay_out()
        self.record.clicked.connect(self._record)
        self.pack.clicked.connect(self._save_pack)
        self.open_child.clicked.connect(self._open_child)
        workspace.changed.connect(self._changed)
        workspace.locking.connect(self.forget)

    def _lay_out(self) -> None:
        label = style.label(tr("The question I will ask"))
        label.setBuddy(self.question)
        self.question.setAccessibleName(tr("The question I will ask"))
        bar = Flow()
        bar.setSpacing(style.space(1.5))
        for button in (self.record, self.pack, self.open_child):
            button.setEnabled(False)
            bar.addWidget(button)
        self.body.addWidget(self._title)
        self.body.addWidget(self._since)
        self.body.addWidget(self.notice)
        self.body.addWidget(label)
        self.body.addWidget(self.question)
        self.body.addLayout(bar)
        self.body.addLayout(self._parts)
        self.body.addStretch(1)

    def show_child(self, child_id: str) -> None:
        """Show a child; asked for again, what is there is brought up to date."""
        if child_id != self._child:
            self.forget()
            self._child = child_id
        self._ask()

    def forget(self) -> None:
        """Let go of the child."""
        self._asked += 1
        self._child, self._why, self._found = "", "", None
        self._title.clear()
        self._since.clear()
        self.question.clear()
        self.notice.clear()
        for button in (self.record, self.pack, self.open_child):
            button.setEnabled(False)
        self._clear()

    def _ask(self) -> None:
        from gcp2_app.services.supervision import recorded

        self._asked += 1
        session, asked, child, why = self._workspace.session, self._asked, self._child, self._why
        self._workspace.tasks.run(
            self,
            lambda: recorded.of_child(session, child, why=why),
            lambda found: self._show(asked, found),
            lambda error: self._fail(asked, error),
        )

    def _show(self, asked: int, found: "SupervisionFile") -> None:
        if asked != self._asked:
            return
        self._found = found
        page = found.page
        self.notice.clear()
        self._title.setText(tr("Twenty minutes: {name}").format(name=names.child_name(found.child)))
        day = words.day(page.since)
        self._since.setText(
            tr("New is what was written down since the last supervision on {day}.").format(day=day)
            if page.last is not None
            else tr("No supervision is recorded. New is what was written down since {day}.").format(day=day)
        )
        for button in (self.record, self.pack, self.open_child):
            button.setEnabled(True)
        self._clear()
        more = [tr("%n more is in the timeline.|%n more are in the timeline.", page.more_changed)]
        self._lines(tr("What changed"), page.changed, tr("Nothing new."), more if page.more_changed else [])
        self._lines(tr("What nobody has checked"), page.unchecked, tr("Nothing stands unchecked."))
        self._lines(tr("Whose voice is missing"), page.voices, tr("No voice is missing that the record can tell of."))
        self._last(page.last)
        self._aside(page.aside)
        self._lines(tr("Where grades and events disagree"), page.at_odds, tr("The rules find no disagreement."))
        self._earlier(found)

    def _card(self, title: str) -> QVBoxLayout:
        frame, layout = style.card()
        layout.addWidget(style.heading(title, 2))
        self._parts.addWidget(frame)
        return layout

    def _lines(self, title: str, lines: "Sequence[Line]", nothing: str, more: "Sequence[str]" = ()) -> None:
        layout = self._card(title)
        for line in lines:
            layout.addWidget(style.label(line.text))
            if line.entry or line.assessment:
                leads = style.button(tr("Show where it comes from"), "link")
                leads.setAccessibleName(tr("Show where this comes from: {text}").format(text=line.text))
                leads.clicked.connect(partial(self._go, line))
                layout.addLayout(style.row(leads))
        if not lines:
            layout.addWidget(style.label(nothing, "quiet"))
        for text in more:
            layout.addWidget(style.label(text, "quiet"))

    def _last(self, last: "Supervision | None") -> None:
        layout = self._card(tr("The last supervision"))
        if last is None:
            layout.addWidget(style.label(tr("None is recorded."), "quiet"))
            return
        self._held(layout, last)
        for number, decision in enumerate(last.decisions):
            self._decision(layout, last, number, decision)

    def _held(self, layout: QVBoxLayout, held: "Supervision") -> None:
        known = self._found.workers if self._found is not None else {}
        by, worker = known.get(held.by, tr("not known")), known.get(held.worker or "", "")
        text = tr("{day}, by {by}.").format(day=words.day(held.on), by=by)
        layout.addWidget(style.label(f"{text} {tr('With {worker}.').format(worker=worker)}" if worker else text))
        for lead, said in ((tr("Question"), held.question), (tr("Talked about"), held.discussed)):
            if said.strip():
                layout.addWidget(style.label(f"{lead}: {said}"))

    def _decision(self, layout: QVBoxLayout, held: "Supervision", number: int, decision: "Decision") -> None:
        from gcp2_app.services.documents.supervision import became

        layout.addWidget(style.heading(decision.what, 3))
        by = tr("by {day}").format(day=words.day(decision.by)) if decision.by is not None else ""
        who = ", ".join(filter(None, (decision.who, by)))
        layout.addWidget(style.label(tr("Why: {why}").format(why=decision.why)))
        if who:
            layout.addWidget(style.label(who))
        layout.addWidget(style.label(became(decision), "" if decision.followed is not None else "error"))
        say = style.button(tr("Say what became of it…"), "link")
        say.setAccessibleName(tr("Say what became of: {what}").format(what=decision.what))
        say.clicked.connect(partial(self._follow, held, number))
        layout.addLayout(style.row(say))

    def _aside(self, aside: "Sequence[Aside]") -> None:
        layout = self._card(tr("Alerts set aside"))
        known = self._found.workers if self._found is not None else {}
        for each in aside:
            layout.addWidget(style.label(each.alert.text))
            text = tr("By {who} until {day}: {reason}").format(
                who=known.get(each.by, tr("not known")), day=words.day(each.until), reason=each.reason
            )
            layout.addWidget(style.label(text, "quiet"))
        if not aside:
            layout.addWidget(style.label(tr("None is set aside."), "quiet"))

    def _earlier(self, found: "SupervisionFile") -> None:
        earlier = [each for each in found.earlier if each != found.page.last]
        if not earlier:
            return
        layout = self._card(tr("Earlier supervisions"))
        for held in earlier:
            self._held(layout, held)
            for number, decision in enumerate(held.decisions):
                self._decision(layout, held, number, decision)

    def _go(self, line: "Line", _checked: bool = False) -> None:  # noqa: FBT002 - Qt's
        if line.entry:
            self._workspace.entry_shown_wanted.emit(self._child, line.entry)
        else:
            self._workspace.assessment_wanted.emit(line.assessment)

    def _open_child(self) -> None:
        self._workspace.child_wanted.emit(self._child)

    def _record(self) -> None:
        if self._found is not None:
            ask_supervision(self, self._workspace, self._found, self.question.text(), self._kept)

    def _kept(self) -> None:
        self.question.clear()
        self._workspace.changed.emit("supervision", self._child)

    def _follow(self, held: "Supervision", number: int, _checked: bool = False) -> None:  # noqa: FBT002 - Qt's
        ask_followed(self, self._workspace, held, number, self._followed)

    def _followed(self) -> None:
        self._workspace.changed.emit("supervision", self._child)

    def _save_pack(self) -> None:
        name = f"supervision-{self._workspace.session.today().isoformat()}.pdf"
        messages.choose_new_file(self, tr("Save the supervision pack"), name, tr("PDF (*.pdf)"), self._write_pack)

    def _write_pack(self, path: Path) -> None:
        from gcp2_app.services.documents import making

        target = path if path.suffix.lower() == ".pdf" else path.with_name(f"{path.name}.pdf")
        session, why = self._workspace.session, self._why
        wanted = making.Wanted(kind="supervision", child=self._child, recipient=session.professional.name)

        def work() -> None:
            making.export(session, wanted, reason="supervision", why=why, put=partial(write_whole, target))

        self.pack.setEnabled(False)
        self.notice.show_note(tr("Making the pack…"))
        self._workspace.tasks.run(self, work, lambda _: self._saved(target.name), self._not_saved)

    def _saved(self, name: str) -> None:
        self.pack.setEnabled(self._found is not None)
        self.notice.show_note(tr("The pack is saved as “{name}”.").format(name=name))

    def _not_saved(self, error: AppError) -> None:
        self.pack.setEnabled(self._found is not None)
        self.notice.show_error(error)

    def _fail(self, asked: int, error: AppError) -> None:
        if asked != self._asked:
            return
        from gcp2_app.services.register import ReasonNeeded

        self._clear()
        self.notice.show_error(error)
        if isinstance(error, ReasonNeeded) and not self._why:
            ask_reason(
                self,
                self._workspace,
                title=tr("This record is restricted"),
                about=tr("Say why you open it. The reason is kept."),
                text=tr("Open the record"),
                then=self._with_reason,
            )

    def _with_reason(self, why: str) -> None:
        self._why = why
        self._ask()

    def _changed(self, _kind: str, _id: str) -> None:
        if self._child and self.isVisible():
            self._ask()

    def _clear(self) -> None:
        while (item := self._parts.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
