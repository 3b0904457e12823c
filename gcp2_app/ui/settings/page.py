"""The settings: sections on the left, one of them shown."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QStackedWidget, QVBoxLayout, QWidget

from gcp2_app.domain.users import Duty
from gcp2_app.ui import style
from gcp2_app.ui.place import Place, Screen
from gcp2_app.ui.preferences import Preferences
from gcp2_app.ui.settings.about import AboutSection
from gcp2_app.ui.settings.appearance import AppearanceSection
from gcp2_app.ui.settings.backup import BackupSection
from gcp2_app.ui.settings.danger_numbers import DangerSection
from gcp2_app.ui.settings.medicines import MedicinesSection
from gcp2_app.ui.settings.packs import PacksSection
from gcp2_app.ui.settings.people import PeopleSection
from gcp2_app.ui.settings.security import SecuritySection
from gcp2_app.ui.settings.training import TrainingSection
from gcp2_app.ui.workspace import Workspace


class SettingsPage(QWidget):
    """A list of sections; each is made when it is first looked at."""

    def __init__(self, workspace: Workspace, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        sections: list[tuple[str, str, Callable[[], QWidget]]] = [
            ("security", self.tr("Security"), lambda: SecuritySection(workspace, preferences)),
            ("backup", self.tr("Backups"), lambda: BackupSection(workspace)),
            ("packs", self.tr("Packs"), lambda: PacksSection(workspace)),
            ("training", self.tr("Training"), lambda: TrainingSection(workspace)),
            ("medicines", self.tr("Medicines"), lambda: MedicinesSection(workspace)),
            ("danger", self.tr("Danger numbers"), lambda: DangerSection(preferences)),
            ("appearance", self.tr("Appearance"), lambda: AppearanceSection(preferences)),
            ("about", self.tr("About"), lambda: AboutSection(workspace)),
        ]
        if workspace.session.user.may(Duty.MANAGE_STORE):
            sections.insert(1, ("people", self.tr("People who sign in"), lambda: PeopleSection(workspace)))
        self._sections = sections
        self._made: dict[str, QWidget] = {}
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Sections of the settings"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.addItems([title for _, title, _ in sections])
        self.list.setProperty("role", "sections")
        self.list.setFixedWidth(self.list.sizeHintForColumn(0) + style.space(4))
        self.list.setFixedHeight(self.list.sizeHintForRow(0) * self.list.count() + style.space(2))
        self._stack = QStackedWidget()
        left = QVBoxLayout()
        left.setContentsMargins(style.space(3), style.space(3), 0, style.space(3))
        left.setSpacing(style.space(2))
        left.addWidget(style.heading(self.tr("Settings"), 2))
        left.addWidget(self.list)
        left.addStretch(1)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.addLayout(left)
        across.addWidget(self._stack, 1)
        self.setFocusProxy(self.list)
        self.list.currentRowChanged.connect(self._show_row)

    @property
    def section(self) -> QWidget | None:
        """The section shown."""
        return self._stack.currentWidget()

    @property
    def section_ids(self) -> tuple[str, ...]:
        """The sections this user can open."""
        return tuple(section_id for section_id, _, _ in self._sections)

    def show_section(self, section_id: str) -> None:
        """Show a section; the one shown last for an empty id."""
        if section_id in self.section_ids:
            self.list.setCurrentRow(self.section_ids.index(section_id))
        elif self.list.currentRow() < 0:
            self.list.setCurrentRow(0)

    def _show_row(self, row: int) -> None:
        section_id, _, make = self._sections[row]
        if section_id not in self._made:
            self._made[section_id] = make()
            self._stack.addWidget(self._made[section_id])
        self._stack.setCurrentWidget(self._made[section_id])
        self._workspace.trail.go(Place(Screen.SETTINGS, section_id))
