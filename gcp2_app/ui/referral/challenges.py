"""The challenges about a child: at which stage each stands, its clock, both positions, its log, and what comes next."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QFrame, QScrollArea, QVBoxLayout, QWidget

from gcp2_app.domain.challenging import Challenge, stage_of
from gcp2_app.domain.learning import Where
from gcp2_app.domain.users import Duty
from gcp2_app.forms.policy import shipped_policy
from gcp2_app.overriding import override
from gcp2_app.ui import messages, style
from gcp2_app.ui.clipboard import BriefClipboard
from gcp2_app.ui.flow import Flow
from gcp2_app.ui.learn.beside import learned_fold
from gcp2_app.ui.notice import Notice
from gcp2_app.ui.referral import disagreeing
from gcp2_app.ui.referral.words import due, moment, tr
from gcp2_app.ui.reports.writing import write_whole
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.domain.entries import Entry
    from gcp2_app.services.challenging import ChallengeFile
    from gcp2_app.ui.child.shown import Shown


#: The row of the learning page that is about challenges.
_ROW: Final = "LP10"


class ChallengesDialog(QDialog):
    """Every challenge about a child, the open ones first.

    Attributes:
        guidance_button: leads to the brief about challenges.
        notice: says what was copied, or what went wrong.
    """

    def __init__(
        self, parent: QWidget, workspace: Workspace, shown: "Shown", files: "tuple[ChallengeFile, ...]"
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(tr("Professional challenges"))
        self._workspace, self._shown = workspace, shown
        self._clipboard = BriefClipboard(self)
        ground = QWidget()
        layout = QVBoxLayout(ground)
        margin = style.space(3)
        layout.setContentsMargins(margin, margin, margin, margin)
        layout.setSpacing(style.space(2))
        layout.addWidget(style.heading(tr("Professional challenges")))
        policy = shipped_policy().challenge
        layout.addWidget(style.label(tr("Stages and clocks: {source}.").format(source=policy.origin.source), "quiet"))
        self._cards = QVBoxLayout()
        self._cards.setSpacing(style.space(2))
        layout.addLayout(self._cards)
        self.learned = learned_fold(workspace, Where.CHALLENGE, leads_away=False)
        layout.addWidget(self.learned)
        layout.addLayout(self.learned.place)
        layout.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(ground)
        self.notice = Notice()
        self.close_button = style.button(tr("Close"))
        self.close_button.clicked.connect(self.reject)
        foot = QFrame()
        foot.setProperty("role", "foot")
        below = QVBoxLayout(foot)
        below.setContentsMargins(margin, style.space(1), margin, style.space(1))
        below.addWidget(self.notice)
        self.guidance_button = style.button(tr("Guidance"))
        self.guidance_button.setToolTip(tr("What the local review says about professional challenge"))
        self.guidance_button.setAutoDefault(False)
        self.guidance_button.clicked.connect(lambda _=False: self._guide())
        below.addLayout(style.row(self.close_button, self.guidance_button))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(area, 1)
        outer.addWidget(foot)
        workspace.locking.connect(self._lock)
        self._show(files)

    def _read(self) -> None:
        from gcp2_app.services import challenging

        session, child, why = self._workspace.session, self._shown.child.id, self._shown.why
        self._workspace.tasks.run(
            self, lambda: challenging.of_child(session, child, why=why), self._show, self.notice.show_error
        )

    def _show(self, files: "tuple[ChallengeFile, ...]") -> None:
        while (item := self._cards.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.setParent(None)
                widget.deleteLater()
        if not files:
            self._cards.addWidget(
                style.label(tr("No challenge is recorded. Start one from the decision you disagree with."))
            )
        for file in files:
            self._cards.addWidget(self._card(file))

    def _card(self, file: "ChallengeFile") -> QFrame:
        challenge, open_ = file.challenge, file.challenge.is_open(file.today)
        frame, layout = style.card("warning" if file.standing.overdue else "card")
        layout.setSpacing(style.space(1))
        layout.addWidget(style.heading(_title(file), 2))
        layout.addWidget(style.label(self._standing(file, open_=open_), "error" if file.standing.overdue else ""))
        if file.decision:
            layout.addWidget(_pair(tr("About"), file.decision))
        data = challenge.latest.data
        asked = ", ".join(filter(None, (str(data.get("with_whom") or ""), str(data.get("their_agency") or ""))))
        for label, text in (
            (tr("Asked to answer"), asked),
            (tr("What we say"), data.get("our_position")),
            (tr("What they say"), data.get("their_position")),
            (tr("What we ask for"), data.get("asked_for")),
            (tr("Resolution"), data.get("resolution")),
        ):
            if text:
                layout.addWidget(_pair(label, str(text)))
        log = _log(challenge)
        if log:
            layout.addWidget(_pair(tr("Log"), "\n".join(log)))
        if self._workspace.session.user.may(Duty.WORK_CASES):
            layout.addWidget(self._buttons(file, open_=open_))
        return frame

    def _standing(self, file: "ChallengeFile", *, open_: bool) -> str:
        data = file.challenge.latest.data
        if not open_:
            return tr("Resolved {when}.").format(when=moment(data.get("resolved_on")))
        urgent = tr("Urgent. ") if data.get("urgent") is True else ""
        if file.standing.due is None:
            return urgent + tr("Answered {when}, not resolved.").format(when=moment(data.get("reply_on")))
        return urgent + tr("Answer {due}.").format(due=due(file.standing.due, file.today))

    def _buttons(self, file: "ChallengeFile", *, open_: bool) -> QWidget:
        row = QWidget()
        flow = Flow(row)
        flow.setContentsMargins(0, style.space(1), 0, 0)
        flow.setSpacing(style.space(1))
        ways: list[tuple[str, str, Callable[..., object]]] = []
        if open_:
            ways = [
                ("contact", tr("Record a contact…"), partial(self._open, disagreeing.keep_contact, file)),
                ("reply", tr("Record their answer…"), partial(self._open, disagreeing.keep_reply, file)),
            ]
            if file.next_stage is not None:
                ways.append(("further", tr("Take it further…"), partial(self._open, disagreeing.take_further, file)))
            ways.append(("resolve", tr("Resolved…"), partial(self._open, disagreeing.keep_end, file)))
        ways.append(("letter", tr("Copy the letter"), partial(self._copy, file)))
        ways.append(("save", tr("Save the letter…"), partial(self._ask_where, file)))
        for name, text, run in ways:
            button = style.button(text)
            button.setAutoDefault(False)
            button.setObjectName(f"{name}-{file.challenge.latest.id}")
            button.setAccessibleDescription(_title(file))
            button.clicked.connect(run)
            flow.addWidget(button)
        return row

    def _open(self, make: Callable[..., object], file: "ChallengeFile", _checked: bool = False) -> None:  # noqa: FBT002 - Qt's
        make(self, self._workspace, file, then=self._read)

    def _copy(self, file: "ChallengeFile", _checked: bool = False) -> None:  # noqa: FBT002 - Qt's
        from gcp2_app.services import challenging

        session, child, stage = self._workspace.session, self._shown.child.id, file.challenge.latest.id

        def copied(text: str) -> None:
            self._clipboard.copy(text)
            self.notice.show_note(tr("The letter is copied. It leaves the clipboard in half a minute."))

        self._workspace.tasks.run(
            self, lambda: challenging.letter(session, child, stage), copied, self.notice.show_error
        )

    def _ask_where(self, file: "ChallengeFile", _checked: bool = False) -> None:  # noqa: FBT002 - Qt's
        name = f"challenge-stage-{file.challenge.stage}-{file.today.isoformat()}.pdf"
        messages.choose_new_file(
            self, tr("Save the letter"), name, tr("PDF documents (*.pdf)"), partial(self._save, file)
        )

    def _save(self, file: "ChallengeFile", path: Path) -> None:
        from gcp2_app.services import challenging

        session, child, stage = self._workspace.session, self._shown.child.id, file.challenge.latest.id
        target = path if path.suffix.lower() == ".pdf" else path.with_name(f"{path.name}.pdf")

        def saved(_: object) -> None:
            self.notice.show_note(tr("The letter is saved as “{name}”.").format(name=target.name))

        self._workspace.tasks.run(
            self,
            lambda: write_whole(target, challenging.letter_file(session, child, stage)),
            saved,
            self.notice.show_error,
        )

    def _guide(self) -> None:
        self.accept()
        self._workspace.learning_wanted.emit(_ROW)

    def _lock(self) -> None:
        self._clipboard.clear()
        self.done(0)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        if not event.spontaneous():
            self.resize(self.sizeHint())
        super().showEvent(event)

    @override
    def sizeHint(self) -> QSize:
        room = self.screen().availableSize()
        return QSize(min(style.space(130), round(room.width() * 0.94)), round(room.height() * 0.85))


def _title(file: "ChallengeFile") -> str:
    number = file.challenge.stage
    stages = file.policy.stages
    name = stages[number - 1].title if 1 <= number <= len(stages) else ""
    return ": ".join(filter(None, (tr("Stage {number}").format(number=number), name)))


def _pair(label: str, text: str) -> QWidget:
    ground = QWidget()
    layout = QVBoxLayout(ground)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    layout.addWidget(style.label(label, "quiet"))
    layout.addWidget(style.label(text))
    return ground


def _log(challenge: Challenge) -> list[str]:
    """Return what happened, stage by stage."""
    return [line for stage in challenge.stages for line in _of_stage(stage)]


def _of_stage(stage: "Entry") -> list[str]:
    data = stage.data
    lines = [tr("{when}: stage {number} began").format(when=moment(data.get("stage_started")), number=stage_of(stage))]
    for contact in data.get("contacts") or ():
        who = ", ".join(filter(None, (contact.get("who"), contact.get("how"))))
        lines.append(f"{moment(contact.get('on'))}: {': '.join(filter(None, (who, contact.get('said'))))}")
    if data.get("reply_on"):
        answered = tr("answered")
        lines.append(f"{moment(data['reply_on'])}: {': '.join(filter(None, (answered, str(data.get('reply') or ''))))}")
    return lines
