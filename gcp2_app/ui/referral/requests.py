"""Requests for help about a child, side by side: who asked, about what, how it ended, and what is still due."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QFrame,
    QHeaderView,
    QScrollArea,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gcp2_app.domain.entry_fields import THEMES
from gcp2_app.domain.kinds import Item, ItemType
from gcp2_app.domain.sent_requests import was_sent
from gcp2_app.domain.users import Duty
from gcp2_app.forms.entry_kinds import load_kinds
from gcp2_app.overriding import override
from gcp2_app.ui import style
from gcp2_app.ui.clipboard import BriefClipboard
from gcp2_app.ui.flow import Flow
from gcp2_app.ui.forms.dialog import Values
from gcp2_app.ui.notice import Notice
from gcp2_app.ui.referral.compared import marks, short, who
from gcp2_app.ui.referral.disagreeing import small_form
from gcp2_app.ui.referral.words import due, moment, option, tr
from gcp2_app.ui.timeline.words import when
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.domain.entries import Entry
    from gcp2_app.domain.requests_compared import Compared
    from gcp2_app.services.referral_outcomes import Requests
    from gcp2_app.ui.child.shown import Shown

_OUTCOME: Final = ("acknowledged_on", "decided_on", "outcome", "decided_by", "decision_reason", "service_began")


class RequestsDialog(QDialog):
    """The comparison, a column a request, the newest first; what is done with the chosen one stands below.

    Attributes:
        table: the comparison.
        household: whether requests about the other children of the household stand among them.
        ask_button, outcome_button, follow_up_button, challenge_button, show_button, copy_button: below.
    """

    def __init__(self, parent: QWidget, workspace: Workspace, shown: "Shown", requests: "Requests") -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(tr("Requests for help"))
        self._workspace, self._shown, self._requests = workspace, shown, requests
        self._clipboard = BriefClipboard(self)
        self.table = QTableWidget()
        self.table.setAccessibleName(tr("Requests for help side by side, the newest first"))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectColumns)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(True)
        self.table.currentCellChanged.connect(lambda *_: self._say_buttons())
        self.household = QCheckBox(tr("With those about the other children of the household"))
        self.household.toggled.connect(self._read)
        self._summary = style.label("", "quiet")
        self._apart = style.label("", "quiet")
        self.notice = Notice()
        self._lay_out()
        workspace.locking.connect(self._lock)
        self._show(requests)

    def _lay_out(self) -> None:
        margin = style.space(3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        ground = QWidget()
        body = QVBoxLayout(ground)
        body.setContentsMargins(margin, margin, margin, style.space(1))
        body.setSpacing(style.space(1.5))
        body.addWidget(style.heading(tr("Requests for help")))
        body.addWidget(self.household)
        body.addWidget(self._summary)
        body.addWidget(self.table, 1)
        body.addWidget(self._apart)
        body.addStretch()
        # Where little room is left, as with large text, it scrolls and the table keeps a fair height.
        self.table.setMinimumHeight(style.space(50))
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(ground)
        foot = QFrame()
        foot.setProperty("role", "foot")
        below = QVBoxLayout(foot)
        below.setContentsMargins(margin, style.space(1), margin, style.space(1))
        below.addWidget(self.notice)
        below.addWidget(self._make_buttons())
        layout.addWidget(area, 1)
        layout.addWidget(foot)

    def _make_buttons(self) -> QWidget:
        row = QWidget()
        flow = Flow(row)
        flow.setContentsMargins(0, 0, 0, 0)
        flow.setSpacing(style.space(1))
        may = self._workspace.session.user.may(Duty.WORK_CASES)
        self.outcome_button = style.button(tr("What came of it…"))
        self.follow_up_button = style.button(tr("Add or correct…"))
        self.challenge_button = style.button(tr("I disagree…"))
        self.show_button = style.button(tr("Show on the timeline"))
        self.copy_button = style.button(tr("Copy as text"))
        self.ask_button = style.button(tr("Ask for help…"))
        self.review_button = style.button(tr("Ask MASH for a trigger review…"))
        self.close_button = style.button(tr("Close"))
        for button, run, needs in (
            (self.outcome_button, self._outcome, True),
            (self.follow_up_button, self._follow_up, True),
            (self.challenge_button, self._disagree, True),
            (self.review_button, self._ask_review, True),
            (self.show_button, self._go, False),
            (self.copy_button, self._copy, False),
        ):
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, run=run: run())
            if may or not needs:
                flow.addWidget(button)
            else:
                button.setParent(self)
                button.hide()
        flow.push()
        self.ask_button.clicked.connect(lambda _=False: self._ask())
        self.close_button.clicked.connect(self.reject)
        for button in (self.ask_button, self.close_button):
            button.setAutoDefault(False)
            flow.addWidget(button)
        self.ask_button.setHidden(not may)
        return row

    # What it shows

    def _read(self, _checked: object = None) -> None:
        from gcp2_app.services import referral_outcomes

        session, child, why = self._workspace.session, self._shown.child.id, self._shown.why
        household = self.household.isChecked()
        self._workspace.tasks.run(
            self,
            lambda: referral_outcomes.of_child(session, child, why=why, household=household),
            self._show,
            self.notice.show_error,
        )

    def _show(self, requests: "Requests") -> None:
        chosen = max(0, self.table.currentColumn())
        self._requests = requests
        rows = requests.rows
        concerns = len({row.concern for row in rows if row.concern})
        said = tr("%n request|%n requests", len(rows)) if rows else tr("No request for help is recorded.")
        if rows:
            said = tr(
                "{requests}, {concerns}. Requests about the same concern, or made on the same or the next day, "
                "count as one."
            )
            said = said.format(
                requests=tr("%n request|%n requests", len(rows)),
                concerns=tr("%n distinct concern|%n distinct concerns", concerns),
            )
        self._summary.setText(said)
        columns = [self._column(row) for row in rows]
        labels = [label for label, _ in columns[0]] if columns else []
        self.table.setHidden(not rows)
        self.table.clear()
        self.table.setColumnCount(len(rows))
        self.table.setRowCount(len(labels))
        self.table.setVerticalHeaderLabels(labels)
        self.table.setHorizontalHeaderLabels([when(row.entry) for row in rows])
        for x, column in enumerate(columns):
            for y, (label, text) in enumerate(column):
                item = QTableWidgetItem(text)
                item.setTextAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{label}: {text or tr('not recorded')}")
                self.table.setItem(y, x, item)
        self._apart.setText(self._notified())
        self._apart.setHidden(not requests.notifications)
        if rows:
            self.table.setCurrentCell(0, min(chosen, len(rows) - 1))
        self._fit()
        self._say_buttons()

    def _column(self, row: "Compared") -> list[tuple[str, str]]:
        entry, data = row.entry, row.entry.data
        level = f"{data['level']}" if data.get("level") else tr("Not recorded")
        concern = ", ".join(
            filter(None, (tr("Concern {n}").format(n=row.concern) if row.concern else "", data.get("incident")))
        )
        nothing = tr("Not recorded")
        outcome = option("referral", "outcome", data.get("outcome")) or nothing
        if data.get("outcome") == "early_help" and data.get("service_began") is False:
            outcome = tr("{outcome}, did not begin").format(outcome=outcome)
        decided = ", ".join(filter(None, (moment(data.get("decided_on")), data.get("decided_by"))))
        challenge = self._requests.challenges.get(entry.id)
        names = self._requests.names
        about = [(tr("About"), "\n".join(names[id_] for id_ in entry.children if id_ in names))] if names else []
        return [
            *about,
            (tr("Who asked"), who(entry)),
            (tr("Concern"), concern),
            (tr("Level of need"), level),
            (tr("What happened"), short(entry.what)),
            (tr("Types of neglect"), ", ".join(THEMES[theme] for theme in entry.themes)),
            (tr("Outcome"), outcome),
            (tr("Decided"), decided),
            (tr("Reason given"), short(str(data.get("decision_reason") or ""))),
            (tr("Still due"), "\n".join(self._clocks(row))),
            (tr("Marks"), "\n".join(marks(row))),
            (tr("Challenge"), tr("Stage {number}").format(number=challenge.stage) if challenge is not None else ""),
        ]

    def _clocks(self, row: "Compared") -> list[str]:
        today, said = self._requests.today, []
        if row.decision_due is not None:
            said.append(tr("Decision {due}").format(due=due(row.decision_due, today)))
        if row.written_due is not None:
            said.append(tr("Written follow-up {due}").format(due=due(row.written_due, today)))
        return said

    def _notified(self) -> str:
        said = [
            f"{when(each)}: {option('event', 'type', each.data.get('type'))}"
            for each in self._requests.notifications[:5]
        ]
        return tr("Apart from these, notifications of police and emergency departments: {them}.").format(
            them="; ".join(said)
        )

    def _say_buttons(self) -> None:
        entry = self._chosen()
        for button in (self.outcome_button, self.follow_up_button, self.challenge_button, self.show_button):
            button.setEnabled(entry is not None)
        sent = entry is not None and was_sent(entry)
        self.follow_up_button.setEnabled(sent)
        self.review_button.setEnabled(bool(self._requests.rows))
        self.copy_button.setEnabled(sent)

    def _chosen(self) -> "Entry | None":
        place = self.table.currentColumn()
        return self._requests.rows[place].entry if 0 <= place < len(self._requests.rows) else None

    # What is done with one

    def _outcome(self) -> None:
        from gcp2_app.services import referral_outcomes

        entry, session = self._chosen(), self._workspace.session
        if entry is None:
            return
        by_phone = entry.data.get("by_phone") is True
        names = (*_OUTCOME, *(("written_on",) if by_phone else ()))
        declared = {item.name: item for item in load_kinds()["referral"].items}
        begin = {name: entry.data.get(name) for name in names}
        id_ = entry.id

        def save(values: Values) -> "Entry":
            return referral_outcomes.record_outcome(session, id_, values)

        small_form(
            self,
            self._workspace,
            title=tr("What came of it"),
            about=tr("Request of {when}").format(when=when(entry)),
            items=tuple(declared[name] for name in names if name in declared),
            save=save,
            text=tr("Keep it"),
            begin=begin,
            then=self._read,
        )

    def _follow_up(self) -> None:
        from gcp2_app.services import referral_outcomes

        entry, session = self._chosen(), self._workspace.session
        if entry is None:
            return
        id_ = entry.id
        small_form(
            self,
            self._workspace,
            title=tr("Add to or correct what was sent"),
            about=tr(
                "What was sent stays as it was. This stands beside it, with your name and the time: send it, too."
            ),
            items=(
                Item(name="said", type=ItemType.TEXT, label=tr("What is added or corrected"), required=True),
                Item(name="how", type=ItemType.STRING, label=tr("How you told them")),
            ),
            save=lambda values: referral_outcomes.add_follow_up(
                session, id_, said=values["said"], how=values["how"] or ""
            ),
            text=tr("Add it"),
            then=self._read,
        )

    def _disagree(self) -> None:
        from gcp2_app.ui.referral.disagreeing import start_challenge
        from gcp2_app.ui.referral.ways import show_challenges

        entry = self._chosen()
        if entry is None:
            return
        if (running := self._requests.challenges.get(entry.id)) is not None and running.is_open(self._requests.today):
            show_challenges(self, self._workspace, self._shown)
        else:
            start_challenge(self, self._workspace, entry, then=self._read)

    def _go(self) -> None:
        entry = self._chosen()
        if entry is not None:
            self.accept()
            child = self._shown.child.id
            self._workspace.entry_shown_wanted.emit(child if child in entry.children else entry.children[0], entry.id)

    def _ask_review(self) -> None:
        from gcp2_app.services.trigger_review import START, step_for

        kind, _, value = step_for(self._workspace.session, START).partition("/")
        self.accept()
        self._workspace.entry_wanted.emit(self._shown.child.id, kind, value)

    def _ask(self) -> None:
        self.accept()
        self._workspace.entry_wanted.emit(self._shown.child.id, "referral", "")

    def _copy(self) -> None:
        from gcp2_app.services import referral_outcomes

        entry, session = self._chosen(), self._workspace.session
        if entry is None:
            return
        id_ = entry.id

        def copied(text: str) -> None:
            self._clipboard.copy(text)
            self.notice.show_note(tr("Copied. It leaves the clipboard in half a minute."))

        self._workspace.tasks.run(
            self,
            lambda: referral_outcomes.text(session, id_, reason="copied as text"),
            copied,
            self.notice.show_error,
        )

    def _lock(self) -> None:
        self._clipboard.clear()
        self.done(0)

    # Its size

    def _fit(self) -> None:
        """Give every request the same width, three of them at once where there is room."""
        count = self.table.columnCount()
        if not count:
            return
        head = self.table.verticalHeader()
        room = self.table.viewport().width()
        width = max(style.space(30), room // max(1, min(3, count)))
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        for place in range(count):
            self.table.setColumnWidth(place, min(width, style.space(90)))
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.table.resizeRowsToContents()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        if not event.spontaneous():
            self.resize(self.sizeHint())
        super().showEvent(event)
        self._fit()

    @override
    def sizeHint(self) -> QSize:
        room = self.screen().availableSize()
        return QSize(min(style.space(200), round(room.width() * 0.94)), round(room.height() * 0.88))
