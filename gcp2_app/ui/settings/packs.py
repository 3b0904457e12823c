"""The packs an assessment can be made with: whose wording, which version, approved for real children or not."""

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QFrame, QPlainTextEdit, QVBoxLayout, QWidget

from gcp2_app.domain.instrument import LicenceKind, Pack
from gcp2_app.domain.users import Duty
from gcp2_app.errors import AppError
from gcp2_app.overriding import override
from gcp2_app.ui import messages, style, words
from gcp2_app.ui.column import Column
from gcp2_app.ui.field import Field
from gcp2_app.ui.notice import Notice
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gcp2_app.services.packs import Approval


class Held(NamedTuple):
    """A pack as this store holds it.

    Attributes:
        approved: an open one may be used for real children here.
        approval: its own approval.
        hidden: why its wording is closed to this user, or empty.
    """

    pack: Pack
    approved: bool
    approval: "Approval"
    hidden: str


class PacksSection(Column):
    """A card a pack.

    Attributes:
        shown: emitted after the packs were shown anew.
    """

    shown = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(104, parent, centred=False)
        self._workspace = workspace
        self._manages = workspace.session.user.may(Duty.MANAGE_STORE)
        self.cards: dict[tuple[str, str], PackCard] = {}
        self.body.addWidget(style.heading(self.tr("Packs")))
        self.body.addWidget(
            style.label(self.tr("A pack holds the wording and the rules of one kind of assessment."), "quiet")
        )
        self.notice = Notice()
        self.body.addWidget(self.notice)
        if self._manages:
            self.install_button = style.button(self.tr("Install a pack file…"))
            self.install_button.clicked.connect(self._choose)
            self.body.addLayout(style.row(self.install_button))
        self._list = QVBoxLayout()
        self._list.setSpacing(style.space(1.5))
        self.body.addLayout(self._list)
        self.body.addStretch(1)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        # Training and licences end, and are corrected elsewhere, while this stands behind another section.
        self.refresh()
        super().showEvent(event)

    def refresh(self) -> None:
        """Read the packs again."""
        session = self._workspace.session

        def work() -> "Sequence[Held]":
            from gcp2_app.services import packs

            return [
                Held(
                    pack,
                    packs.is_approved(session, pack),
                    packs.approval_of(session, pack),
                    packs.why_hidden(session, pack),
                )
                for pack in packs.available(session)
            ]

        self._workspace.tasks.run(self, work, self._show, self.notice.show_error)

    def install(self, path: Path, sharing_reason: str = "") -> None:
        """Check a pack file and keep it in the store.

        Args:
            sharing_reason: why it is installed though it shares words with the open pack, or empty.
        """
        session = self._workspace.session
        self.notice.clear()

        def work() -> Pack:
            from gcp2_app.services import packs

            return packs.install(session, path, sharing_reason=sharing_reason)

        self._workspace.tasks.run(self, work, self._installed, lambda error: self._not_installed(path, error))

    def approve(self, pack: Pack, reason: str) -> None:
        """Record that the open wording may be used for real children here."""
        session = self._workspace.session
        self.notice.clear()

        def work() -> None:
            from gcp2_app.services import packs

            packs.approve_open_pack(session, pack, reason=reason)

        self._workspace.tasks.run(self, work, lambda _: self.refresh(), self._failed)

    def _choose(self) -> None:
        messages.choose_file(self, self.tr("Install a pack file"), self.tr("Pack (*.toml)"), self.install)

    def _installed(self, pack: Pack) -> None:
        self.notice.show_note(self.tr("{title} {version} is installed.").format(title=pack.title, version=pack.version))
        self.refresh()

    def _not_installed(self, path: Path, error: AppError) -> None:
        from gcp2_app.services.packs import SharesWords
        from gcp2_app.ui.settings.shared_words import ask_shared_words

        if isinstance(error, SharesWords):
            ask_shared_words(self, self._workspace, error, lambda reason: self.install(path, reason))
        else:
            self._failed(error)

    def _failed(self, error: AppError) -> None:
        self.notice.show_error(error)
        self.ensureWidgetVisible(self.notice)

    def _show(self, found: "Sequence[Held]") -> None:
        for card in self.cards.values():
            self._list.removeWidget(card)
            card.deleteLater()
        self.cards = {}
        for held in found:
            pack = held.pack
            card = PackCard(held, practice=self._workspace.session.store.practice)
            card.offer_approval(offered=self._manages)
            card.approval_wanted.connect(self._ask_approval)
            self.cards[pack.id, pack.version] = card
            self._list.addWidget(card)
        self.shown.emit()

    def _ask_approval(self, pack: Pack) -> None:
        form = ApprovePack(pack, self)
        form.approved.connect(self.approve)
        form.open()


class PackCard(QFrame):
    """One pack: title, version, licence, and whether it may be used for real children.

    Attributes:
        approval_wanted: emitted with the pack.
    """

    approval_wanted = Signal(object)

    def __init__(self, held: Held, *, practice: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        pack = held.pack
        self._pack = pack
        self._held = held
        self._needs_approval = pack.licence.kind is LicenceKind.OPEN and not held.approved and not practice
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.space(2.5), style.space(1.5), style.space(2.5), style.space(1.5))
        layout.setSpacing(max(2, style.space(0.5)))
        layout.addWidget(style.heading(pack.title, 3))
        layout.addWidget(style.label(self._facts(), "quiet"))
        if pack.licence.kind is LicenceKind.LICENSED:
            layout.addWidget(style.label(pack.licence.copyright, "quiet"))
        if pack.caution:
            layout.addWidget(style.label(pack.caution))
        self.state = style.label(*self._state(practice=practice))
        layout.addWidget(self.state)
        self.approve_button = style.button(self.tr("Approve for real children…"))
        self.approve_button.setAccessibleName(self.tr("Approve {title} for real children").format(title=pack.title))
        self.approve_button.clicked.connect(lambda: self.approval_wanted.emit(pack))
        self.approve_button.hide()
        layout.addWidget(self.approve_button)

    def offer_approval(self, *, offered: bool) -> None:
        """Show the button that approves, where there is something to approve."""
        self.approve_button.setVisible(offered and self._needs_approval)

    def _facts(self) -> str:
        licence = self._pack.licence
        parts = [
            self.tr("Version {version}").format(version=self._pack.version),
            words.say(licence.kind),
            licence.holder,
            licence.area,
        ]
        if licence.expires is not None:
            parts.append(self.tr("until {day}").format(day=words.day(licence.expires)))
        return " · ".join(part for part in parts if part)

    def _state(self, *, practice: bool) -> tuple[str, str]:
        held = self._held
        if held.hidden:
            return held.hidden, "error"
        if self._pack.licence.kind is LicenceKind.LICENSED:
            return self.tr("Used under its licence."), "good"
        if held.approval.on is not None:
            text = self.tr("Approved for real children in this store on {day}, in this version.")
            return text.format(day=words.day(held.approval.on)), "good"
        if held.approved:
            return self.tr("Approved for real children in this store, with the pack that follows it."), "good"
        return (self.tr("In use for practice."), "good") if practice else (self._not_approved(), "error")

    def _not_approved(self) -> str:
        old = self._held.approval.without_version
        if old is None:
            return self.tr("Not approved for real children in this store yet. Each version is approved by itself.")
        text = self.tr(
            "Not approved for real children in this store yet. The approval of {day} named no version, so it does not "
            "count: approve this version."
        )
        return text.format(day=words.day(old))


class ApprovePack(QDialog):
    """Asks who agreed to the open wording.

    Attributes:
        approved: emitted with the pack and the reason.
    """

    approved = Signal(object, str)

    def __init__(self, pack: Pack, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Approve a pack"))
        self._pack = pack
        layout = QVBoxLayout(self)
        margin = style.space(3)
        layout.setContentsMargins(margin, margin, margin, margin)
        layout.setSpacing(style.space(2))
        title = self.tr("Approve {title}, version {version}, for real children?")
        layout.addWidget(style.heading(title.format(title=pack.title, version=pack.version), 2))
        layout.addWidget(style.label(pack.caution))
        self.reason = QPlainTextEdit()
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(style.space(16))
        self._field = Field(
            self.tr("Who agreed to this wording, and when?"), self.reason, self.tr("It is kept in the audit trail.")
        )
        layout.addWidget(self._field)
        self.approve_button = style.button(self.tr("Approve"), "primary")
        self.approve_button.clicked.connect(self._send)
        cancel = style.button(self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        layout.addLayout(style.row(self.approve_button, cancel))
        self.setMinimumWidth(style.space(90))

    def _send(self) -> None:
        reason = self.reason.toPlainText().strip()
        if not reason:
            self._field.show_error(self.tr("Say who agreed, and when."))
            self.reason.setFocus()
            return
        self.approved.emit(self._pack, reason)
        self.accept()
