"""The editor of several people: those around the child to tick, and a search for somebody else."""

from typing import Any

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from gcp2_app.domain.kinds import Item
from gcp2_app.overriding import override
from gcp2_app.ui import style
from gcp2_app.ui.flow import Flow
from gcp2_app.ui.forms.directory import Found
from gcp2_app.ui.forms.editor import Context, Editor
from gcp2_app.ui.forms.reference import ReferenceEditor


class PeopleEditor(Editor):
    """Several references: a tick for each person offered or chosen.

    Attributes:
        ticks: by the person's id.
        somebody_else: finds and adds who is not offered.
    """

    def __init__(self, item: Item, context: Context) -> None:
        self._directory = context.directory
        self.ticks: dict[str, QCheckBox] = {}
        ground = QWidget()
        layout = QVBoxLayout(ground)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.space(1))
        self._flow = Flow()
        self._flow.setSpacing(style.space(2))
        layout.addLayout(self._flow)
        self.somebody_else = ReferenceEditor(item, context)
        self.somebody_else.name_control(self.tr("{what}: somebody else").format(what=item.label))
        layout.addWidget(style.label(self.tr("Somebody else:"), "quiet"))
        layout.addWidget(self.somebody_else)
        super().__init__(item, ground)
        for found in self._directory.offered(item.of) if item.of is not None else ():
            self._add(found)
        self.setFocusProxy(next(iter(self.ticks.values()), self.somebody_else))
        self.somebody_else.changed.connect(self._take)

    @override
    def value(self) -> list[str]:
        return [id_ for id_, tick in self.ticks.items() if tick.isChecked()]

    @override
    def set_value(self, value: Any) -> None:
        chosen = list(value or ())
        for id_ in chosen:
            if id_ not in self.ticks:
                self._add(self._directory.found(id_))
        for id_, tick in self.ticks.items():
            tick.setChecked(id_ in chosen)

    @override
    def problem(self) -> str:
        return self.somebody_else.problem()

    @override
    def name_control(self, text: str) -> None:
        super().name_control(text)
        for tick in self.ticks.values():
            tick.setAccessibleName(f"{text} {tick.text()}")

    def _add(self, found: Found) -> None:
        tick = QCheckBox(found.name)
        tick.setAccessibleName(f"{self.item.label} {found.name}")
        tick.setToolTip(found.more)
        tick.clicked.connect(lambda _: self.changed.emit())
        self.ticks[found.id] = tick
        self._flow.addWidget(tick)

    def _take(self) -> None:
        """Make a tick of whom the search found."""
        id_ = self.somebody_else.value()
        if id_ is not None:
            if id_ not in self.ticks:
                self._add(self._directory.found(id_))
            self.ticks[id_].setChecked(True)
            self.somebody_else.set_value(None)
            self.ticks[id_].setFocus()
        self.changed.emit()
