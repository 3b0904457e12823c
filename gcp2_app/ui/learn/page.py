"""The Learning page: sections on the left; the lessons, a brief, or another section beside them.

Every section and every brief is a place of its own, so that Back leads to where one came from.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QStackedWidget, QVBoxLayout, QWidget

from gcp2_app.domain.learning import ROW_CODES
from gcp2_app.domain.users import Duty
from gcp2_app.errors import AppError
from gcp2_app.ui import style
from gcp2_app.ui.again.section import AgainSection
from gcp2_app.ui.learn.about_rules import AboutRulesSection
from gcp2_app.ui.learn.brief import BriefView
from gcp2_app.ui.learn.guidance import GuidanceSection
from gcp2_app.ui.learn.local_services import LocalServicesSection
from gcp2_app.ui.learn.mine import MineSection
from gcp2_app.ui.learn.practice_case import PracticeCaseSection
from gcp2_app.ui.learn.questions import QuestionsSection
from gcp2_app.ui.learn.rows import RowsSection
from gcp2_app.ui.learn.team import TeamSection
from gcp2_app.ui.notice import Notice
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from gcp2_app.domain.instrument import Pack
    from gcp2_app.domain.kinds import EntryKind
    from gcp2_app.domain.policy import AreaPolicy, RulePolicy
    from gcp2_app.domain.practice_case import PracticeCase
    from gcp2_app.services.learning import Hub


@dataclass(frozen=True, slots=True)
class Known:
    """What the page shows, read in one go.

    Attributes:
        packs: the newest version of each.
        kinds: of entries, by code.
        rules: the numbers of each rule, by its name.
        case: the practice case, with the pack it is graded with.
    """

    hub: "Hub"
    packs: "tuple[Pack, ...]"
    kinds: "Mapping[str, EntryKind]"
    policy: "AreaPolicy"
    rules: "Mapping[str, RulePolicy]"
    case: "tuple[PracticeCase, Pack]"


class LearningPage(QWidget):
    """What one learns: rows, briefs, guidance, questions, a practice case, one's own page, grading again, the rules.

    Attributes:
        shown: emitted after a place was shown with its texts.
    """

    shown = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._known: Known | None = None
        self._place = ""
        self._made: dict[str, QWidget] = {}
        self._brief: BriefView | None = None
        sections = [
            ("", self.tr("The eighteen lessons")),
            ("units", self.tr("Guidance by unit")),
            ("questions", self.tr("Harm that adds up")),
            ("practice", self.tr("Practice case")),
            ("services", self.tr("Help near here")),
            ("mine", self.tr("My reading and training")),
            ("again", self.tr("Grading again")),
            ("team", self.tr("The team’s reading")),
            ("rules", self.tr("About the rules")),
        ]
        if not workspace.session.user.may(Duty.SIGN_OFF):
            sections = [each for each in sections if each[0] != "team"]
        if not workspace.session.user.may(Duty.WORK_CASES):
            sections = [each for each in sections if each[0] != "again"]
        self.section_ids = tuple(section_id for section_id, _ in sections)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Sections of learning"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.addItems([title for _, title in sections])
        self.list.setProperty("role", "sections")
        self.list.setFixedWidth(self.list.sizeHintForColumn(0) + style.space(4))
        self.list.setFixedHeight(self.list.sizeHintForRow(0) * self.list.count() + style.space(2))
        self._stack = QStackedWidget()
        self.notice = Notice()
        self._lay_out()
        self.list.currentRowChanged.connect(self._want_section)
        self.list.itemActivated.connect(lambda _: self._want_section(self.list.currentRow()))
        self.list.itemClicked.connect(lambda _: self._want_section(self.list.currentRow()))
        self._read()

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setContentsMargins(style.space(3), style.space(3), 0, style.space(3))
        left.setSpacing(style.space(2))
        left.addWidget(style.heading(self.tr("Learning"), 2))
        left.addWidget(self.list)
        left.addStretch(1)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.notice)
        right.addWidget(self._stack, 1)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.addLayout(left)
        across.addLayout(right, 1)
        self.setFocusProxy(self.list)

    @property
    def section(self) -> QWidget | None:
        """The section or brief shown, or None while the texts are read."""
        return self._stack.currentWidget()

    def show_place(self, place: str) -> None:
        """Show a section, or the brief of a row; the list of rows for an empty text or what is not known."""
        self._place = place if place in self.section_ids or place in ROW_CODES else ""
        with QSignalBlocker(self.list):
            self.list.setCurrentRow(self.section_ids.index("" if self._place in ROW_CODES else self._place))
        self._show()

    def mark_read(self, code: str) -> None:
        """Keep that this person has read a brief."""
        session = self._workspace.session

        def work() -> "Hub":
            from gcp2_app.services import learning

            learning.mark_read(session, code)
            return learning.hub(session)

        self._workspace.tasks.run(self, work, self._marked, self._fail)

    def _marked(self, hub: "Hub") -> None:
        known = self._known
        if known is not None:
            self._known = replace(known, hub=hub)
            self._say()
            self._workspace.changed.emit("read receipt", self._place)

    def _read(self) -> None:
        session = self._workspace.session

        def work() -> Known:
            from gcp2_app.forms.entry_kinds import load_kinds
            from gcp2_app.forms.packs import shipped_pack
            from gcp2_app.forms.policy import shipped_policy
            from gcp2_app.forms.practice_case import shipped_case
            from gcp2_app.forms.rule_policy import shipped_rules
            from gcp2_app.services import learning, packs

            newest = {pack.id: pack for pack in sorted(packs.available(session), key=lambda pack: pack.version)}
            hub, shown = learning.hub(session), tuple(newest.values())
            case = shipped_case()
            graded_with = shipped_pack(case.pack, case.pack_version)
            return Known(hub, shown, load_kinds(), shipped_policy(), shipped_rules(), (case, graded_with))

        self._workspace.tasks.run(self, work, self._know, self._fail)

    def _know(self, known: Known) -> None:
        self._known = known
        self._show()

    def _show(self) -> None:
        if self._known is None:
            return
        if self._place in ROW_CODES:
            page: QWidget = self._make_brief(self._known)
        else:
            if self._place not in self._made:
                self._made[self._place] = self._make(self._place, self._known)
                self._stack.addWidget(self._made[self._place])
            page = self._made[self._place]
        before = self._stack.currentWidget()
        self._stack.setCurrentWidget(page)
        if isinstance(page, TeamSection):
            page.refresh()
        self._say()
        self._point_focus(page, before)
        self.shown.emit()

    def _point_focus(self, page: QWidget, before: QWidget | None) -> None:
        """Say who takes the keys: a brief, the card of the brief one comes back from, or else the list."""
        in_list = self.list.hasFocus()
        if isinstance(page, BriefView):
            self.setFocusProxy(page)
        elif isinstance(page, RowsSection) and isinstance(before, BriefView) and not in_list:
            self.setFocusProxy(page.cards[before.code].read_button)
        else:
            self.setFocusProxy(self.list)
        if in_list:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self) -> None:
        """Say what was read, on whatever shows it."""
        if self._known is None:
            return
        hub = self._known.hub
        for page in self._made.values():
            if isinstance(page, RowsSection):
                page.say(hub, self._known.kinds)
            elif isinstance(page, MineSection):
                page.say(hub)
        if self._brief is not None:
            code = self._brief.code
            self._brief.say(next(reading for reading in hub.readings if reading.row.code == code))

    def _make_brief(self, known: Known) -> BriefView:
        if self._brief is not None:
            if self._brief.code == self._place:
                return self._brief
            self.setFocusProxy(self.list)
            self._stack.removeWidget(self._brief)
            self._brief.hide()
            self._brief.deleteLater()
        reading = next(each for each in known.hub.readings if each.row.code == self._place)
        self._brief = BriefView(known.hub.library, reading, known.kinds)
        self._brief.read_pressed.connect(self.mark_read)
        self._brief.row_wanted.connect(self._workspace.learning_wanted)
        self._stack.addWidget(self._brief)
        return self._brief

    def _make(self, section_id: str, known: Known) -> QWidget:
        workspace, library = self._workspace, known.hub.library
        alone: Mapping[str, Callable[[], QWidget]] = {
            "questions": lambda: QuestionsSection(library.questions),
            "practice": lambda: PracticeCaseSection(*known.case),
            "services": lambda: LocalServicesSection(workspace),
            "team": lambda: TeamSection(workspace),
            "again": lambda: AgainSection(workspace),
            "rules": lambda: AboutRulesSection(library, known.policy, known.rules, workspace.session.today()),
        }
        if section_id in alone:
            return alone[section_id]()
        made: RowsSection | GuidanceSection | MineSection
        if section_id == "units":
            made = GuidanceSection(library, known.packs, known.kinds)
        else:
            made = MineSection(workspace) if section_id == "mine" else RowsSection()
        made.row_wanted.connect(workspace.learning_wanted)
        return made

    def _want_section(self, row: int) -> None:
        section = self.section_ids[row]
        if section != self._place:
            self._workspace.learning_wanted.emit(section)

    def _fail(self, error: AppError) -> None:
        self.notice.show_error(error)
