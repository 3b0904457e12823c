"""The first tab of a child's page: what is under way, the latest grades, grades over time, and who the child is."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from gcp2_app.domain.assessment import AssessmentState
from gcp2_app.domain.learning import Where
from gcp2_app.domain.openings import is_past, is_unborn
from gcp2_app.domain.users import Duty
from gcp2_app.forms.policy import shipped_policy
from gcp2_app.overriding import override
from gcp2_app.ui import style, words
from gcp2_app.ui.alerts.card import AlertCard
from gcp2_app.ui.caseload import areas
from gcp2_app.ui.child.grade_tile import grade_tile
from gcp2_app.ui.child.summary import summary_card
from gcp2_app.ui.child.tiles import Tiles
from gcp2_app.ui.flow import Flow
from gcp2_app.ui.learn.beside import learned_fold
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.storage.results import AssessmentSummary
    from gcp2_app.ui.charts.trend_view import TrendView
    from gcp2_app.ui.child.shown import Shown

#: The declared parts of a child, in the order they are shown.
PARTS = ("child", "child_needs", "child_services")


class Overview(QScrollArea):
    """One child at a glance.

    Attributes:
        start_wanted: emitted when an assessment is to be started.
        birth_wanted: emitted when the birth of a child not born yet is to be recorded.
        part_wanted: emitted with the code of the part of the child that is to be changed.
    """

    start_wanted = Signal()
    birth_wanted = Signal()
    part_wanted = Signal(str)

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
        self._body.setSpacing(style.space(2))
        self._now = QVBoxLayout()
        self._who = QVBoxLayout()
        self._who_shown: QWidget | None = None
        self._trend_frame, self._trend_body = style.card()
        self._trend_body.addWidget(style.heading(self.tr("Grades over time"), 2))
        self._trend_frame.hide()
        self._trend: TrendView | None = None
        self.alerts = AlertCard(workspace)
        self._body.addWidget(self.alerts)
        self._body.addLayout(self._now)
        self._body.addWidget(self._trend_frame)
        self._body.addLayout(self._who)
        self.learned = learned_fold(workspace, Where.CHILD)
        self._body.addWidget(self.learned)
        self._body.addLayout(self.learned.place)
        self._body.addStretch(1)
        self.setWidget(ground)

    def say(self, shown: "Shown") -> None:
        """Show a child."""
        may_work = self._workspace.session.user.may(Duty.WORK_CASES)
        _empty(self._now)
        _empty(self._who)
        self.alerts.show_child(shown.child.id)
        if may_work:
            self._now.addWidget(self._make_visits(shown))
        for summary in shown.under_way:
            self._now.addWidget(self._make_under_way(summary, shown, may_work=may_work))
        if shown.latest is not None:
            self._now.addWidget(self._make_latest(shown.latest, shown, may_work=may_work))
        elif not shown.under_way:
            self._now.addWidget(self._make_first(may_work=may_work))
        self._show_trend(shown)
        self._who_shown = self._make_who(shown, may_work=may_work)
        self._who.addWidget(self._who_shown)

    def wait(self, *, waiting: bool) -> None:
        """Let nothing be changed while the child is read anew: a form must not start from what is out of date."""
        if self._who_shown is not None:
            self._who_shown.setDisabled(waiting)

    def forget(self) -> None:
        """Let go of the child."""
        self._who_shown = None
        _empty(self._now)
        _empty(self._who)
        self._trend_frame.hide()
        self.alerts.forget()

    def _make_visits(self, shown: "Shown") -> QWidget:
        """Return the ways to a visit, to the notes of earlier ones, and to a request for help."""
        row = QWidget()
        flow = Flow(row)
        flow.setContentsMargins(0, 0, 0, 0)
        flow.setSpacing(style.space(1.5))
        visit = style.button(self.tr("Start a visit"))
        visit.setObjectName("start-visit")
        visit.clicked.connect(lambda: self._workspace.visit_wanted.emit(shown.child.id))
        flow.addWidget(visit)
        policy = shipped_policy().referral
        ask = style.button(self.tr("Ask for help ({form})…").format(form=policy.alias))
        ask.setObjectName("ask-for-help")
        ask.setToolTip(policy.name)
        ask.clicked.connect(lambda: self._workspace.entry_wanted.emit(shown.child.id, "referral", ""))
        flow.addWidget(ask)
        if is_unborn(shown.child):
            birth = style.button(self.tr("Record the birth…"))
            birth.setObjectName("record-birth")
            birth.clicked.connect(self.birth_wanted)
            flow.addWidget(birth)
        for waiting in shown.unsorted:
            sort = style.button(waiting.what, "link")
            sort.setObjectName(f"sort-{waiting.visit}")
            sort.setToolTip(self.tr("Sort them to units and children"))
            sort.clicked.connect(partial(self._workspace.sorting_wanted.emit, waiting.visit))
            flow.addWidget(sort)
        return row

    def _make_under_way(self, summary: "AssessmentSummary", shown: "Shown", *, may_work: bool) -> QFrame:
        frame, layout = style.card()
        window = words.window(summary.window) if summary.window else self.tr("no dates yet")
        if summary.corrects:
            title = self.tr("Correction under way")
        elif summary.state is AssessmentState.RETURNED:
            title = self.tr("Assessment returned by the supervisor")
        else:
            title = self.tr("Assessment under way")
        who = ", ".join(
            professional.name
            for id_ in summary.assessors
            if (professional := shown.file.professionals.get(id_)) is not None
        )
        texts = QVBoxLayout()
        texts.addWidget(style.heading(title, 2))
        texts.addWidget(style.label(" · ".join(filter(None, (window, words.say(summary.state), who)))))
        go_on = style.button(self.tr("Continue the assessment") if may_work else self.tr("Open the assessment"))
        if summary is shown.under_way[0]:
            go_on.setProperty("role", "primary")
        go_on.setObjectName(f"continue-{summary.id}")
        go_on.setAccessibleDescription(window)
        go_on.clicked.connect(partial(self._open, summary.id))
        across = QHBoxLayout()
        across.addLayout(texts, 1)
        across.addWidget(go_on)
        layout.addLayout(across)
        return frame

    def _make_latest(self, summary: "AssessmentSummary", shown: "Shown", *, may_work: bool) -> QFrame:
        frame, layout = style.card()
        head = Flow()
        head.setSpacing(style.space(2))
        head.addWidget(style.heading(self.tr("Latest grades"), 2))
        window = words.window(summary.window) if summary.window else ""
        stand = " · ".join(filter(None, (window, words.say(summary.state))))
        head.addWidget(style.label(stand, "quiet", wrap=False))
        head.push()
        see = style.button(self.tr("Open this assessment"), "link")
        see.setObjectName("open-latest")
        see.clicked.connect(partial(self._open, summary.id))
        head.addWidget(see)
        if may_work and not shown.under_way:
            start = style.button(self.tr("Start the next assessment"), "primary")
            start.setObjectName("start-next")
            start.clicked.connect(self.start_wanted)
            head.addWidget(start)
        layout.addLayout(head)
        labels, pack = shown.area_labels(summary), shown.pack(summary)
        if summary.areas:
            tiles = [grade_tile(area, labels.get(area.code, ""), pack) for area in summary.areas]
            layout.addWidget(Tiles(tiles, 46))
        else:
            layout.addWidget(style.label(areas.spoken(())))
        if pack is not None:
            if is_past(pack, shown.child, shown.today):
                text = self.tr("The child’s own profile takes over now. What was graded before stays in the record.")
                layout.addWidget(style.label(text))
            layout.addWidget(style.label(pack.caution, "quiet"))
        return frame

    def _make_first(self, *, may_work: bool) -> QFrame:
        frame, layout = style.card()
        layout.addWidget(style.heading(self.tr("No assessment yet"), 2))
        layout.addWidget(
            style.label(
                self.tr(
                    "An assessment looks at the everyday care this child gets, over several visits in about four weeks."
                )
            )
        )
        if may_work:
            start = style.button(self.tr("Start an assessment"), "primary")
            start.setObjectName("start-first")
            start.clicked.connect(self.start_wanted)
            layout.addLayout(style.row(start))
        return frame

    def _make_who(self, shown: "Shown", *, may_work: bool) -> QWidget:
        from gcp2_app.ui.forms import register

        kinds, values = register.kinds(), register.to_values(shown.child)
        names = {person.id: person.name for person in shown.file.people.values()}
        unborn = shown.child.date_of_birth is None and shown.child.expected_date is not None
        hidden = frozenset({"date_of_birth"} if unborn else {"expected_date"})
        cards: list[QWidget] = [
            summary_card(
                kinds[code],
                values,
                change=partial(self.part_wanted.emit, code) if may_work else None,
                hidden=hidden,
                names=names,
            )
            for code in PARTS
        ]
        return Tiles(cards, 72)

    def _show_trend(self, shown: "Shown") -> None:
        if not any(each.areas and each.window for each in shown.file.assessments):
            self._trend_frame.hide()
            return
        if self._trend is None:
            from gcp2_app.ui.charts.trend_view import TrendView

            self._trend = TrendView(self._workspace)
            self._trend_body.addWidget(self._trend)
        self._trend_frame.show()
        self._fit_trend()
        self._trend.show_child(shown.child.id)

    def _fit_trend(self) -> None:
        """Let the chart fill what is seen of the page at once."""
        if self._trend is not None:
            self._trend.setMinimumHeight(max(style.space(90), self.viewport().height() - style.space(16)))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_trend()

    def _open(self, assessment_id: str) -> None:
        self._workspace.assessment_wanted.emit(assessment_id)


def _empty(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            # At once out of the page, so that nobody finds it there; gone when Qt is ready.
            # Hidden first: what was just laid out is shown by a call on its way, which would make it a window.
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
