"""Curates a child's chronologies: picks and analysis, what it will say, and the frozen versions.

Every change of the draft is kept at once; there is no Save button.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QTabWidget, QVBoxLayout, QWidget

from gcp2_app.errors import AppError
from gcp2_app.overriding import override
from gcp2_app.ui import messages, style
from gcp2_app.ui.column import Column
from gcp2_app.ui.forms.choice import QuietComboBox
from gcp2_app.ui.notice import Notice
from gcp2_app.ui.timeline import curate_words
from gcp2_app.ui.timeline.curate_draft import DraftPage
from gcp2_app.ui.timeline.curate_table import VersionModel, VersionTable
from gcp2_app.ui.timeline.curate_versions import VersionsPage, open_version, save_table
from gcp2_app.ui.timeline.curate_words import tr
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.domain.chronologies import Chronology, ChronologyStyle
    from gcp2_app.services.chronologies import Changes, Desk, Layout, Version
    from gcp2_app.ui.child.shown import Shown


class CurateDialog(QDialog):
    """The draft of a style, and every version.

    Attributes:
        style_box: for whom it is made.
        tabs: the draft, how it reads, the versions.
        draft, reading, versions: what the tabs show.
        freeze_button: freezes the draft as the next version.
        notice: what went wrong, or was done.
    """

    def __init__(self, parent: QWidget, workspace: Workspace, shown: "Shown") -> None:
        super().__init__(parent)
        self._workspace, self._shown = workspace, shown
        self._latest_version = 0
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(tr("Curate a chronology"))
        self.style_box = QuietComboBox()
        for code, label in curate_words.styles().items():
            self.style_box.addItem(label, code.value)
        self.style_box.setAccessibleName(tr("For whom it is made"))
        self.style_box.setFixedWidth(style.space(34))
        self.notice = Notice()
        self._about = style.label("", "quiet")
        self._next = style.label("", wrap=False)
        self.draft = DraftPage(workspace, shown)
        self.model = VersionModel(self)
        self.reading = VersionTable(self.model)
        self.reading.setMinimumHeight(style.space(36))
        self._losses = style.label()
        self._whole = style.label()
        self.versions = VersionsPage()
        self.freeze_button = style.button(tr("Freeze this version…"), "primary")
        self.close_button = style.button(tr("Close"))
        self.tabs = QTabWidget()
        self._lay_out()
        self._connect()
        self._ask_desk()

    def _lay_out(self) -> None:
        margin = style.space(3)
        head = QWidget()
        lines = QVBoxLayout(head)
        lines.setContentsMargins(margin, style.space(1.5), margin, style.space(1))
        lines.setSpacing(style.space(1))
        name = style.label(tr("Made for"), wrap=False)
        name.setBuddy(self.style_box)
        lines.addLayout(style.row(name, self.style_box, self._next))
        lines.addWidget(self._about)
        lines.addWidget(self.notice)
        page = Column(400, centred=False)
        self._loss_card, inside = style.card("warning")
        inside.addWidget(style.heading(tr("Left out of it"), 3))
        inside.addWidget(self._losses)
        page.body.addWidget(self.reading, 1)
        page.body.addWidget(self._whole)
        page.body.addWidget(self._loss_card)
        self.tabs.setStyleSheet(f"QTabWidget::tab-bar {{ left: {style.space(2)}px; }}")
        self.tabs.addTab(self.draft, tr("Pick and analyse"))
        self.tabs.addTab(page, tr("How it will read"))
        self.tabs.addTab(self.versions, tr("Frozen versions"))
        bar = QFrame()
        bar.setProperty("role", "foot")
        for button in (self.freeze_button, self.close_button):
            button.setAutoDefault(False)
        buttons = style.row(self.freeze_button, self.close_button)
        buttons.setContentsMargins(margin, style.space(1.5), margin, style.space(1.5))
        bar.setLayout(buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(self.tabs, 1)
        layout.addWidget(bar)
        room = self.screen().availableSize()
        self.resize(round(room.width() * 0.94), round(room.height() * 0.92))

    def _connect(self) -> None:
        self.style_box.activated.connect(lambda _: self._other_style())
        self.tabs.currentChanged.connect(lambda _: self._show_tab())
        self.draft.changed.connect(self._save)
        self.draft.failed.connect(self.notice.show_error)
        self.freeze_button.clicked.connect(lambda _=False: self._ask_freeze())
        self.close_button.clicked.connect(self.reject)
        self.versions.opened.connect(self._open)
        self.versions.compared.connect(self._compare)
        self.versions.saved.connect(
            lambda version, kind: save_table(
                self, self._workspace, version, kind, why=self._shown.why, notice=self.notice
            )
        )
        self._workspace.locking.connect(self.reject)

    @property
    def chosen(self) -> "ChronologyStyle":
        """For whom it is made."""
        from gcp2_app.domain.chronologies import ChronologyStyle

        return ChronologyStyle(self.style_box.currentData())

    # The draft

    def _other_style(self) -> None:
        self._keep()
        self.notice.clear()
        self._ask_desk()

    def _ask_desk(self) -> None:
        from gcp2_app.services import chronologies

        session, child, why, chosen = self._workspace.session, self._shown.child.id, self._shown.why, self.chosen
        self._about.setText(curate_words.about(chosen))
        self.freeze_button.setEnabled(False)
        # What was made for others is not to be taken for this.
        self.model.show_rows((), (), ())
        self._loss_card.hide()
        self._whole.hide()
        self._workspace.tasks.run(
            self,
            lambda: chronologies.start(session, child, chosen, why=why),
            lambda desk: self._show_desk(chosen, desk),
            self.notice.show_error,
        )

    def _show_desk(self, chosen: "ChronologyStyle", desk: "Desk") -> None:
        if chosen is not self.chosen:
            return
        self._latest_version = desk.latest
        self._next.setText(tr("Next: version {number}").format(number=desk.latest + 1))
        self.draft.show_desk(desk)
        self.freeze_button.setEnabled(True)
        self._show_tab()

    def _save(self) -> None:
        from gcp2_app.services import chronologies

        draft = self.draft.draft()
        if draft is None or not self._workspace.is_unlocked:
            return
        session, why = self._workspace.session, self._shown.why
        self._workspace.tasks.run(
            self, lambda: chronologies.save(session, draft, why=why), None, self.notice.show_error, quiet=True
        )

    def _keep(self) -> None:
        """Keep at once what waits for a pause of the fingers."""
        if self.draft.waits:
            self.draft.settle()
            self._save()

    # How it reads

    def _show_tab(self) -> None:
        self._keep()
        if self.tabs.currentIndex() == 1:
            self._look()
        elif self.tabs.currentIndex() == 2:
            self._ask_versions()

    def _look(self) -> None:
        from gcp2_app.services import chronologies

        draft = self.draft.draft()
        if draft is None or draft.style is not self.chosen:
            return
        session, why = self._workspace.session, self._shown.why
        self._workspace.tasks.run(
            self,
            lambda: chronologies.look(session, draft, why=why),
            lambda found: self._show_layout(draft.style, found),
            self.notice.show_error,
        )

    def _show_layout(self, made_for: "ChronologyStyle", found: "Layout") -> None:
        if made_for is not self.chosen:
            return
        self.model.show_rows(found.columns, found.heads, found.rows)
        self._losses.setText(curate_words.losses(found.left_out))
        self._loss_card.setVisible(bool(found.left_out))
        self._whole.setText(tr("Analysis of the whole: {text}").format(text=found.analysis) if found.analysis else "")
        self._whole.setVisible(bool(found.analysis))

    # Freezing and what was frozen

    def _ask_freeze(self) -> None:
        self._keep()
        messages.ask(
            self,
            tr("Freeze version {number}?").format(number=self._latest_version + 1),
            tr(
                "It is kept as it reads now and never changes, even when an entry is corrected. The draft stays, and "
                "the next version starts from it. The timeline says that it was frozen."
            ),
            yes=tr("Freeze it"),
            no=tr("Go on working"),
            then=self._freeze,
        )

    def _freeze(self) -> None:
        from gcp2_app.services import chronologies

        draft = self.draft.draft()
        if draft is None:
            return
        session, why = self._workspace.session, self._shown.why
        self.freeze_button.setEnabled(False)
        self._workspace.tasks.run(
            self, lambda: chronologies.freeze(session, draft, why=why), self._frozen, self._not_frozen
        )

    def _frozen(self, made: "Chronology") -> None:
        self.freeze_button.setEnabled(True)
        self._latest_version = made.version
        self._next.setText(tr("Next: version {number}").format(number=made.version + 1))
        self.notice.show_note(tr("Version {number} is frozen.").format(number=made.version))
        self.tabs.setCurrentIndex(2)
        self._workspace.changed.emit("entry", made.frozen.entry if made.frozen is not None else "")

    def _not_frozen(self, error: AppError) -> None:
        self.freeze_button.setEnabled(True)
        self.notice.show_error(error)

    def _ask_versions(self) -> None:
        from gcp2_app.services import chronologies

        session, child, why = self._workspace.session, self._shown.child.id, self._shown.why
        self._workspace.tasks.run(
            self,
            lambda: chronologies.versions(session, child, why=why),
            lambda found: self.versions.show_versions(found, self.chosen),
            self.notice.show_error,
        )

    def _open(self, version: "Version") -> None:
        from gcp2_app.services import chronologies

        session, why = self._workspace.session, self._shown.why
        open_version(
            self,
            self._workspace,
            lambda: chronologies.open_(session, version.id, why=why),
            self.notice.show_error,
        )

    def _compare(self, version: "Version") -> None:
        from gcp2_app.services import chronologies

        draft = self.draft.draft()
        if draft is None:
            return
        session, why = self._workspace.session, self._shown.why

        def done(found: "Changes") -> None:
            self.notice.show_note(curate_words.changed(found, version.version))

        self._workspace.tasks.run(
            self,
            lambda: chronologies.changes_since(session, version.id, draft, why=why),
            done,
            self.notice.show_error,
        )

    @override
    def done(self, result: int) -> None:
        """Keep what was typed last, whichever way it closes."""
        self._keep()
        super().done(result)
