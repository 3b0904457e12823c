"""What is due, the meetings to come and those held: who is asked, what was decided for each child."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from gcp2_app.domain.kinds import Item, ItemType
from gcp2_app.domain.plans.clocks import Clock
from gcp2_app.domain.plans.meeting_list import Meeting, Stage
from gcp2_app.domain.when import parse_date
from gcp2_app.domain.words import capital
from gcp2_app.ui import style, words
from gcp2_app.ui.flow import Flow
from gcp2_app.ui.fold import Fold
from gcp2_app.ui.forms.asking import ask
from gcp2_app.ui.plans.words import label, tr
from gcp2_app.ui.reports.words import chair_days_words, clock_lines, has_chair
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.services.plans import PlansFile

#: Meetings held that are shown at once; the rest are folded.
_AT_ONCE = 3
#: What is due and is no meeting that could be planned.
_NO_MEETING = frozenset({"assessment", "report"})


class Meetings(QFrame):
    """The meetings of a child.

    Attributes:
        add_wanted: emitted with the type of a meeting to plan, empty for any.
        edit_wanted: emitted with the id of a meeting whose form is wanted.
    """

    add_wanted = Signal(str)
    edit_wanted = Signal(str)

    def __init__(self, workspace: Workspace, file: "PlansFile", names: Mapping[str, str], *, may_work: bool) -> None:
        """Show them.

        Args:
            workspace: the open store.
            file: what was read.
            names: of the children that decisions are about, by id.
            may_work: the user may take steps.
        """
        super().__init__()
        self._workspace, self._file, self._names, self._may_work = workspace, file, names, may_work
        self.setProperty("role", "card")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.space(2.5), style.space(2), style.space(2.5), style.space(2))
        layout.setSpacing(style.space(1.5))
        head = QHBoxLayout()
        head.addWidget(style.heading(tr("Meetings"), 2), 1)
        if may_work:
            add = style.button(tr("Plan a meeting…"))
            add.setObjectName("plan-meeting")
            add.clicked.connect(lambda _=False: self.add_wanted.emit(""))
            head.addWidget(add)
        layout.addLayout(head)
        if file.clocks:
            layout.addWidget(style.heading(tr("Due"), 3))
            for clock in file.clocks:
                layout.addWidget(self._make_clock(clock))
        to_come = [each for each in file.meetings if each.is_to_come]
        held = [each for each in file.meetings if not each.is_to_come]
        if to_come:
            layout.addWidget(style.heading(tr("To come"), 3))
            layout.addWidget(self._make_list(to_come))
        if held:
            layout.addWidget(style.heading(tr("Held"), 3))
            layout.addWidget(self._make_list(held[:_AT_ONCE]))
        if held[_AT_ONCE:]:
            fold = Fold(tr("%n earlier", len(held[_AT_ONCE:])), partial(self._make_list, held[_AT_ONCE:]))
            fold.setObjectName("earlier-meetings")
            layout.addWidget(fold)
            layout.addLayout(fold.place)
        if not file.clocks and not file.meetings:
            layout.addWidget(style.label(tr("Nothing is due, and no meeting is recorded."), "quiet"))
        layout.addStretch(1)

    def _make_clock(self, clock: Clock) -> QWidget:
        made = QWidget()
        across = QHBoxLayout(made)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(style.space(1.5))
        texts = QVBoxLayout()
        texts.setSpacing(max(1, style.space(0.3)))
        text = f"{capital(clock.what)}: {clock.words}"
        texts.addWidget(style.label(text, "error" if clock.overdue else ""))
        across.addLayout(texts, 1)
        planned = clock.planned.day("planned_for") if clock.planned is not None else None
        if planned is not None:
            said = tr("Planned for {day}, which is late") if clock.planned_late else tr("Planned for {day}")
            texts.addWidget(style.label(said.format(day=words.day(planned)), "" if clock.planned_late else "good"))
        elif clock.kind not in _NO_MEETING and self._may_work:
            plan = style.button(tr("Plan it…"), "link")
            plan.setObjectName(f"plan-{clock.kind}")
            plan.setAccessibleName(tr("Plan it: {what}").format(what=clock.what))
            plan.clicked.connect(lambda _=False: self.add_wanted.emit(clock.kind))
            across.addWidget(plan, 0, Qt.AlignmentFlag.AlignTop)
        return made

    def _make_list(self, meetings: Sequence[Meeting]) -> QWidget:
        made = QWidget()
        layout = QVBoxLayout(made)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.space(1))
        for meeting in meetings:
            layout.addWidget(self._make_meeting(meeting))
        return made

    def _make_meeting(self, meeting: Meeting) -> QWidget:
        made = QFrame()
        made.setProperty("role", "note")
        layout = QVBoxLayout(made)
        layout.setContentsMargins(style.space(1.5), style.space(1), style.space(1.5), style.space(1))
        layout.setSpacing(max(2, style.space(0.5)))
        title = style.label(meeting.title)
        font = title.font()
        font.setWeight(font.Weight.DemiBold)
        title.setFont(font)
        layout.addWidget(title)
        for text, role in self.lines(meeting):
            layout.addWidget(style.label(text, role))
        id_ = meeting.fact.id
        if meeting.is_to_come and id_ in self._file.reports:
            layout.addWidget(self._make_report(meeting))
        flow = Flow()
        flow.setSpacing(style.space(1))
        can_send = meeting.stage in (Stage.PLANNED, Stage.ASKED_FOR) and meeting.sent_on is None
        if self._may_work and can_send:
            send = style.button(tr("Invitations sent…"))
            send.setObjectName(f"send-{id_}")
            send.setAccessibleName(tr("Invitations sent: {meeting}").format(meeting=meeting.title))
            send.clicked.connect(lambda _=False: self._send(meeting))
            flow.addWidget(send)
        if self._may_work:
            text = tr("Record what was decided…") if meeting.is_to_come else tr("Correct it…")
            edit = style.button(text, "" if meeting.is_to_come else "link")
            edit.setObjectName(f"edit-{id_}")
            edit.setAccessibleName(f"{text} {meeting.title}")
            edit.clicked.connect(lambda _=False: self.edit_wanted.emit(id_))
            flow.addWidget(edit)
        open_ = style.button(tr("Open"), "link")
        open_.setObjectName(f"open-{id_}")
        open_.setAccessibleName(tr("Open: {meeting}").format(meeting=meeting.title))
        open_.clicked.connect(lambda _=False: self._workspace.entry_shown_wanted.emit(self._file.child, id_))
        flow.addWidget(open_)
        layout.addLayout(flow)
        for button in made.findChildren(QPushButton):
            button.setProperty("entry", id_)
        return made

    def _make_report(self, meeting: Meeting) -> QWidget:
        """Say by when our report is due, and lead to where it is made."""
        report = self._file.reports[meeting.fact.id]
        made = QWidget()
        down = QVBoxLayout(made)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(max(2, style.space(0.5)))
        for text, role in clock_lines(report.clocks):
            down.addWidget(style.label(text, role))
        if has_chair(report.clocks):
            down.addWidget(style.label(chair_days_words(self._file.today), "quiet"))
        flow = Flow()
        flow.setSpacing(style.space(1))
        for kind in report.kinds:
            text = tr("Make it: {title}…").format(title=kind.title)
            button = style.button(text, "link")
            button.setObjectName(f"report-{kind.name}-{meeting.fact.id}")
            button.setAccessibleName(tr("{make} For: {meeting}").format(make=text, meeting=meeting.title))
            button.clicked.connect(partial(self._want_report, kind.name, meeting.fact.id))
            flow.addWidget(button)
        down.addLayout(flow)
        return made

    def _want_report(self, kind: str, meeting: str, _checked: bool = False) -> None:  # noqa: FBT002 - a slot
        self._workspace.report_wanted.emit(self._file.child, kind, meeting)

    def lines(self, meeting: Meeting) -> list[tuple[str, str]]:
        """Return the lines of a meeting with the role each is shown in."""
        data = meeting.fact.data
        found = [(self._day(meeting), "error" if meeting.stage is Stage.NOT_RECORDED else "")]
        if data.get("chair"):
            found.append((tr("Chair: {name}").format(name=data["chair"]), "quiet"))
        found.append((self._people(meeting), "quiet"))
        if meeting.lacks_advocate:
            # Nothing is to be done about an invitation any more once it was held.
            role = "error" if meeting.is_to_come and not meeting.reason else "quiet"
            said = tr("The child’s advocate is not invited.")
            if not meeting.is_to_come:
                said = tr("The child’s advocate was not invited.")
            if meeting.reason:
                said = f"{said} {tr('Reason: {why}').format(why=meeting.reason)}"
            found.append((said, role))
        if data.get("category"):
            found.append((tr("Category: {name}").format(name=label("meeting", data["category"], "category")), ""))
        for child, decision in (data.get("decisions_per_child") or {}).items():
            name = self._names.get(child) or tr("another child")
            found.append((tr("For {name}: {decision}").format(name=name, decision=decision), ""))
        for name, text in (
            ("child_participation", tr("How the child took part: {words}")),
            ("contingency", tr("If things do not change: {words}")),
            ("dissent", tr("Disagreement: {words}")),
        ):
            if data.get(name):
                found.append((text.format(words=data[name]), ""))
        if data.get("quorate") is False:
            found.append((tr("Not quorate"), "error"))
        return [(text, role) for text, role in found if text]

    def _day(self, meeting: Meeting) -> str:
        day = words.day(meeting.day) if meeting.day is not None else ""
        due = tr("due by {day}").format(day=words.day(meeting.due)) if meeting.due is not None else ""
        match meeting.stage:
            case Stage.HELD:
                return tr("Held on {day}").format(day=day)
            case Stage.PLANNED:
                return " · ".join(filter(None, (tr("Planned for {day}").format(day=day), due)))
            case Stage.NOT_RECORDED:
                return tr("Planned for {day}, and not recorded as held").format(day=day)
            case Stage.ASKED_FOR:
                return " · ".join(filter(None, (tr("No day yet"), due)))

    def _people(self, meeting: Meeting) -> str:
        if not meeting.invited:
            return tr("Nobody is recorded as invited") if meeting.is_to_come else ""
        invited = tr("%n person invited|%n people invited", meeting.invited)
        if meeting.stage is Stage.HELD:
            return f"{invited}, {tr('%n attended', meeting.attended)}"
        sent = tr("invitations sent {day}").format(day=words.day(meeting.sent_on)) if meeting.sent_on else ""
        return ", ".join(filter(None, (invited, sent or tr("invitations not sent yet"))))

    def _send(self, meeting: Meeting) -> None:
        from gcp2_app.services import plan_steps
        from gcp2_app.services.plan_steps import Step

        session, entry = self._workspace.session, meeting.fact.whole
        step = Step(id=entry.id, revision=entry.revision)
        items = [Item(name="on", type=ItemType.DATE, label=tr("Invitations sent on"), required=True)]
        about = tr("“{meeting}”: {people}.").format(meeting=meeting.title, people=self._people(meeting))
        if meeting.lacks_advocate:
            about = tr("The child’s advocate is not among the people invited. Invite them first, or say why not.")
            why = Item(
                name="why",
                type=ItemType.TEXT,
                label=tr("Why no advocate was invited"),
                help=tr("Can stay empty for a meeting today or on the next working day: it is never held up."),
            )
            items.append(why)

        def save(values: dict[str, Any]) -> object:
            why = str(values.get("why") or "")
            return plan_steps.send_invitations(session, step, on=parse_date(values["on"]), no_advocate_reason=why)

        begin = {"on": session.today().isoformat(), "why": meeting.reason}
        ask(
            self,
            self._workspace,
            title=tr("Invitations sent"),
            items=tuple(items),
            save=save,
            saved=lambda _: self._workspace.changed.emit("entry", entry.id),
            about=about,
            begin=begin,
        )
