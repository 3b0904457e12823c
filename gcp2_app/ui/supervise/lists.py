"""Lists across the team: families who moved in with a history, and parents with a learning need where there is neglect.

By name; nothing ranks a family.
"""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gcp2_app.errors import AppError
from gcp2_app.overriding import override
from gcp2_app.ui import style, words
from gcp2_app.ui.column import Column
from gcp2_app.ui.notice import Notice
from gcp2_app.ui.supervise.team_table import tr
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.services.supervision.cohorts import Cohorts


class ListsSection(Column):
    """Both lists."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(110, parent, centred=False)
        self._workspace = workspace
        self._stale = True
        self.notice = Notice()
        self.body.addWidget(style.heading(tr("Lists across the team")))
        self.body.addWidget(self.notice)
        self._lists = QVBoxLayout()
        self._lists.setSpacing(style.space(2))
        self.body.addLayout(self._lists)
        self.body.addStretch(1)
        workspace.changed.connect(self._changed)
        workspace.locking.connect(self._clear)

    def _ask(self) -> None:
        from gcp2_app.services.supervision import cohorts

        self._stale = False
        session = self._workspace.session
        self._workspace.tasks.run(self, lambda: cohorts.cohorts(session), self._show, self._fail)

    def _show(self, found: "Cohorts") -> None:
        self._clear()
        self._stale = False
        moved = [
            (
                each.child,
                each.name,
                [
                    tr("Moved in on {day} after {others}.").format(
                        day=words.day(each.on), others=", ".join(each.others)
                    ),
                    tr("Neglect is marked in the record.") if each.neglect else "",
                    "" if each.history_known else tr("No records of an earlier authority were received."),
                    tr("A deep dive was held.") if each.deep_dive_held else tr("No deep dive is recorded since."),
                ],
            )
            for each in found.moved_in
        ]
        needs = [
            (
                each.child,
                each.name,
                [
                    tr("Learning need recorded for {names}.").format(names=", ".join(each.carers)),
                    tr("How we work is adjusted for each of them.")
                    if each.adjusted
                    else tr("How we work is not recorded as adjusted for each of them."),
                ],
            )
            for each in found.learning_need
        ]
        self._add(
            tr("Moved in, with a long history"),
            tr("Lived under other authorities in the last years, with neglect, a plan or a history not known (R2)."),
            moved,
        )
        self._add(
            tr("A carer’s learning need, and neglect"),
            tr("A carer’s learning need is recorded, and neglect is marked in the last twelve months (R4)."),
            needs,
        )

    def _add(self, title: str, about: str, rows: list[tuple[str, str, list[str]]]) -> None:
        frame, layout = style.card()
        layout.addWidget(style.heading(f"{title} ({len(rows)})", 2))
        layout.addWidget(style.label(about, "quiet"))
        for child, name, said in rows:
            open_ = style.button(name, "link")
            open_.setAccessibleName(tr("Twenty minutes for {name}").format(name=name))
            open_.clicked.connect(partial(self._open, child))
            layout.addLayout(style.row(open_))
            layout.addWidget(style.label(" ".join(filter(None, said))))
        if not rows:
            layout.addWidget(style.label(tr("Nobody.")))
        self._lists.addWidget(frame)

    def _open(self, child: str, _checked: bool = False) -> None:  # noqa: FBT002 - Qt's
        self._workspace.supervision_wanted.emit(f"child:{child}")

    def _fail(self, error: AppError) -> None:
        self.notice.show_error(error)

    def _changed(self, _kind: str, _id: str) -> None:
        self._stale = True

    def _clear(self) -> None:
        self._stale = True
        while (item := self._lists.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale and self._workspace.is_unlocked:
            self._ask()
