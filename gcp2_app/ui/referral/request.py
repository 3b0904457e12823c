"""Asking for help, step by step: danger first, then the allocated worker, then what is asked and why.

Every answer is kept as a draft while it is written, so that a lock loses nothing. Nothing stops anybody but a question:
how it was sent, and why a request is sent although a worker is allocated.
"""

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QFrame, QPushButton, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from gcp2_app.domain.referring import First
from gcp2_app.domain.sent_requests import is_as_sent
from gcp2_app.errors import AppError
from gcp2_app.forms.policy import shipped_policy
from gcp2_app.overriding import override
from gcp2_app.ui import messages, style
from gcp2_app.ui.clipboard import BriefClipboard
from gcp2_app.ui.entry.directory import EntryDirectory
from gcp2_app.ui.flow import Flow
from gcp2_app.ui.forms.registry import make_context
from gcp2_app.ui.notice import Notice
from gcp2_app.ui.reading_order import go_on
from gcp2_app.ui.referral import notes
from gcp2_app.ui.referral.step import StepForm
from gcp2_app.ui.referral.words import answered, tr
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.domain.entries import Entry
    from gcp2_app.services.referring import Request
    from gcp2_app.ui.child.shown import Shown

_DRAFT_MILLISECONDS: Final = 600


class RequestDialog(QDialog):
    """A request for help that is being written.

    Attributes:
        steps: the buttons of the steps, by code; forms: the questions, by code of their step.
        back_button, next_button, copy_button, close_button: below.
        notice: says what is missing, or what went wrong.
    """

    def __init__(self, parent: QWidget, workspace: Workspace, shown: "Shown", request: "Request") -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._host, self._workspace, self._shown, self._request = parent, workspace, shown, request
        self._values: dict[str, Any] = dict(request.values)
        self._at, self._dirty, self._was_danger = 0, False, self._values.get("emergency") is True
        self._policy = shipped_policy().referral
        self.setWindowTitle(self._policy.name)
        self._clipboard = BriefClipboard(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DRAFT_MILLISECONDS)
        self._timer.timeout.connect(self._keep)
        self.steps: dict[str, QPushButton] = {}
        self.forms: dict[str, StepForm] = {}
        self._pages = QStackedWidget()
        self._directory = EntryDirectory(workspace, shown)
        self._context = make_context(workspace.session.today(), self._directory)
        self._lay_out()
        for form in self.forms.values():
            form.show_values(self._values)
            form.changed.connect(self._note)
        workspace.locking.connect(self._lock)
        self._refresh()
        self.go_to(0)

    # What it is made of

    def _lay_out(self) -> None:
        head = QFrame()
        head.setProperty("role", "bar")
        top = QVBoxLayout(head)
        margin = style.space(3)
        top.setContentsMargins(margin, style.space(1.5), margin, 0)
        top.setSpacing(style.space(1))
        title = tr("{form} about {child}").format(
            form=self._policy.name, child=self._request.names.get(self._request.child.id, "")
        )
        top.addWidget(style.heading(title, 2))
        flow = Flow()
        flow.setSpacing(style.space(0.5))
        top.addLayout(flow)
        for place, step in enumerate(self._request.form.steps):
            button = style.button(f"{place + 1} {step.title}", "nav")
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.clicked.connect(partial(self._pressed, place))
            self.steps[step.code] = button
            flow.addWidget(button)
            self._pages.addWidget(self._page(place))
        self.notice = Notice()
        foot = QFrame()
        foot.setProperty("role", "foot")
        below = QVBoxLayout(foot)
        below.setContentsMargins(margin, style.space(1), margin, style.space(1))
        below.setSpacing(style.space(1))
        self._meter = style.label("", "quiet")
        below.addWidget(self.notice)
        below.addWidget(self._meter)
        below.addWidget(self._buttons())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(self._pages, 1)
        layout.addWidget(foot)
        # Once it is in the dialog.
        self.next_button.setDefault(True)

    def _buttons(self) -> QWidget:
        self.back_button = style.button(tr("Back"))
        self.next_button = style.button(tr("Next"), "primary")
        self.copy_button = style.button(tr("Copy as text"))
        self.copy_button.setToolTip(
            tr("To paste into the form it is sent by; it leaves the clipboard in half a minute")
        )
        self.danger_button = style.button(tr("Child in danger?"))
        self.close_button = style.button(tr("Close, keep the draft"))
        for button in (self.back_button, self.copy_button, self.danger_button, self.close_button):
            button.setAutoDefault(False)
        self.back_button.clicked.connect(lambda _=False: self.go_to(self._at - 1))
        self.next_button.clicked.connect(lambda _=False: self._next())
        self.copy_button.clicked.connect(lambda _=False: self._copy())
        self.danger_button.clicked.connect(self._workspace.danger_wanted)
        self.close_button.clicked.connect(self.reject)
        row = QWidget()
        flow = Flow(row)
        flow.setContentsMargins(0, 0, 0, 0)
        flow.setSpacing(style.space(1))
        for button in (self.next_button, self.back_button, self.copy_button):
            flow.addWidget(button)
        flow.push()
        for button in (self.danger_button, self.close_button):
            flow.addWidget(button)
        return row

    def _page(self, place: int) -> QWidget:
        step = self._request.form.steps[place]
        ground = QWidget()
        body = QVBoxLayout(ground)
        margin = style.space(3)
        body.setContentsMargins(margin, style.space(2), margin, margin)
        body.setSpacing(style.space(2))
        body.addWidget(style.heading(step.title, 2))
        body.addWidget(style.label(step.about, "quiet"))
        form = self.forms[step.code] = StepForm(step, self._context, self._request.names)
        for widget in self._before(step.code):
            body.addWidget(widget)
        body.addWidget(form)
        if step.code in {"worker", "content"}:
            body.addWidget(notes.learned(self._workspace, step.code))
        body.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(ground)
        return area

    def _before(self, code: str) -> list[QWidget]:
        """Return what a step shows above its questions."""
        if code == "danger":
            self._danger_frame = notes.danger(self._workspace)
            draft = [notes.draft(self._ask_again)] if self._request.is_draft else []
            return [*draft, self._danger_frame]
        if code == "worker":
            from gcp2_app.ui.referral.worker import WorkerPanel

            self.worker = WorkerPanel(self._workspace, self._request, self._directory)
            return [self.worker]
        if code == "content":
            return [*([notes.marked()] if self._request.marked else []), *self._joins()]
        return []

    def _joins(self) -> list[QWidget]:
        if not self._request.joined:
            return []
        from gcp2_app.ui.referral.joining import JoinOffer

        self.joins = JoinOffer(self._workspace, self._request.joined, self._policy.join_days)
        self.joins.chosen.connect(self._take_incident)
        return [self.joins]

    def _take_incident(self, incident: str) -> None:
        self.forms["content"].fields["incident"].editor.set_value(incident)
        self._note("incident")

    # Going through it

    @property
    def values(self) -> dict[str, Any]:
        """Every answer by name; what cannot be read yet is left out."""
        found = dict(self._values)
        for form in self.forms.values():
            found.update(form.values())
        return {name: value for name, value in found.items() if value not in (None, "", [], {})}

    def go_to(self, place: int) -> None:
        """Show a step and put the keyboard on its first question."""
        steps = self._request.form.steps
        self._at = max(0, min(len(steps) - 1, place))
        self._pages.setCurrentIndex(self._at)
        code = steps[self._at].code
        for each, button in self.steps.items():
            button.setChecked(each == code)
        if code == "worker":
            self.worker.say()
        if code == "send" and not self.values.get("sent_at"):
            now = self._workspace.session.now().replace(second=0, microsecond=0)
            self.forms["send"].fields["sent_at"].editor.set_value(now.isoformat())
        self.back_button.setEnabled(self._at > 0)
        last = self._at == len(steps) - 1
        self.next_button.setText(tr("It is sent: keep it as sent") if last else tr("Next"))
        self.notice.clear()
        self._refresh()
        first = next((field for field in self.forms[code].fields.values() if not field.isHidden()), None)
        if code == "worker" or first is None:
            # Whom to ring is read first, and stands above the first question.
            self.steps[code].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            first.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _pressed(self, place: int, _checked: bool = False) -> None:  # noqa: FBT002 - Qt's
        self.go_to(place)

    def _next(self) -> None:
        code = self._request.form.steps[self._at].code
        form = self.forms[code]
        problems = form.problems(self._questions_of(code))
        if problems:
            form.go_to(next(iter(problems)))
        elif code == "send":
            self._send()
        else:
            self.go_to(self._at + 1)

    def _questions_of(self, code: str) -> dict[str, str]:
        """Return what a step asks before going on."""
        values = self.values
        if code == "worker" and self._asks_why(values):
            return {
                "override_reason": tr(
                    "Ring first. If a request is sent all the same, say why: in a few words, then go on."
                )
            }
        if code == "send":
            missing = {"how": tr("Choose how it is sent."), "sent_at": tr("Say when it was sent.")}
            return {name: text for name, text in missing.items() if not values.get(name)}
        return {}

    def _asks_why(self, values: dict[str, Any]) -> bool:
        allocated = self._request.first is not First.NOBODY_ALLOCATED
        return allocated and values.get("emergency") is not True and not values.get("override_reason")

    def _note(self, name: str) -> None:
        self._dirty = True
        self._timer.start()
        self._refresh()
        danger = self.values.get("emergency") is True
        if name == "emergency" and danger and not self._was_danger:
            self._workspace.danger_wanted.emit()
        self._was_danger = danger

    def _refresh(self) -> None:
        values = self.values
        for form in self.forms.values():
            form.ask(values)
        self.forms["worker"].fields["override_reason"].setHidden(self._request.first is First.NOBODY_ALLOCATED)
        self._danger_frame.setVisible(values.get("emergency") is True)
        missing, asked = self._request.form.missing(values), self._request.form.asked(values)
        open_ = {step.code for step, _ in missing}
        for place, step in enumerate(self._request.form.steps):
            done = step.code not in open_ and not (step.code == "worker" and self._asks_why(values))
            button = self.steps[step.code]
            button.setText(f"{place + 1} {step.title}{' ✓' if done else ''}")
            button.setAccessibleName(tr("{step}: complete").format(step=step.title) if done else step.title)
        danger = values.get("emergency") is True
        self._meter.setText(answered(asked, [question.item.label for _, question in missing], danger=danger))

    # Draft, copy, send

    def _keep(self) -> None:
        from gcp2_app.services import referring

        if not self._dirty or not self._workspace.is_unlocked:
            return
        self._dirty = False
        session, child, values = self._workspace.session, self._request.child.id, self.values
        self._workspace.tasks.run(
            self, lambda: referring.keep_draft(session, child, values), None, self.notice.show_error, quiet=True
        )

    def _ask_again(self) -> None:
        messages.ask(
            self,
            tr("Throw the draft away?"),
            tr("What you wrote in it is gone. The request begins with the record again."),
            yes=tr("Throw it away"),
            no=tr("Keep the draft"),
            then=self._begin_again,
        )

    def _begin_again(self) -> None:
        from gcp2_app.services import referring
        from gcp2_app.ui.referral.ways import ask_for_help

        session, child = self._workspace.session, self._request.child.id

        def gone(_: None) -> None:
            self._dirty = False
            self.reject()
            ask_for_help(self._host, self._workspace, self._shown)

        self._timer.stop()
        self._workspace.tasks.run(self, lambda: referring.drop_draft(session, child), gone, self.notice.show_error)

    def _copy(self) -> None:
        from gcp2_app.services import referring

        session, child = self._workspace.session, self._request.child.id
        values, names = self.values, dict(self._request.names)

        def copied(text: str) -> None:
            self._clipboard.copy(text)
            self.notice.show_note(tr("Copied. It leaves the clipboard in half a minute."))

        self._workspace.tasks.run(
            self, lambda: referring.draft_text(session, child, values, names), copied, self.notice.show_error
        )

    def _send(self) -> None:
        from gcp2_app.services import referring

        session, child, values = self._workspace.session, self._request.child.id, self.values
        self._timer.stop()
        self.next_button.setDisabled(True)
        self._workspace.tasks.run(self, lambda: referring.send(session, child, values), self._sent, self._fail)

    def _fail(self, error: AppError) -> None:
        self.next_button.setDisabled(False)
        self.notice.show_error(error)
        if self._asks_why(self.values):
            self.go_to(list(self.steps).index("worker"))
            self.notice.show_error(error)
            self._next()

    def _sent(self, kept: "Entry") -> None:
        assert is_as_sent(kept)  # noqa: S101 - the service has just made it so
        self._dirty = False
        self.accept()
        self._workspace.changed.emit("entry", kept.id)
        follow = (
            tr("Follow it up in writing within 24 hours. ")
            if kept.data.get("by_phone") and not kept.data.get("written_on")
            else ""
        )
        messages.show_note(
            self._host,
            tr("The request is kept as it was sent."),
            follow + tr("A decision is due on the next working day: ring if there is none."),
        )

    def _lock(self) -> None:
        self._keep()
        self._clipboard.clear()
        self.done(0)

    @override
    def reject(self) -> None:
        self._keep()
        super().reject()

    @override
    def focusNextPrevChild(self, forward: bool) -> bool:
        return go_on(self, forward=forward) or super().focusNextPrevChild(forward)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        if not event.spontaneous():
            # Qt would stop at two thirds of the screen.
            self.resize(self.sizeHint())
        super().showEvent(event)

    @override
    def sizeHint(self) -> QSize:
        room = self.screen().availableSize()
        return QSize(min(style.space(190), round(room.width() * 0.94)), round(room.height() * 0.9))
