"""Asks the store for the visits of an assessment's window, once for all that show them."""

from PySide6.QtCore import QObject, Signal

from gcp2_app.domain.planning import Plan, Visit, plan
from gcp2_app.errors import AppError
from gcp2_app.ui.assess.draft import Draft


class VisitFinder(QObject):
    """The visits of one draft's window; asked for when first wanted, and again when entries or the window change.

    Attributes:
        visits: oldest first, or None while they are not known yet.
        error: why they could not be read, or None.
        found: emitted when either changed.
    """

    found = Signal()

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft)
        self._draft = draft
        self._window = draft.value.window
        self._asked = 0
        self.visits: tuple[Visit, ...] | None = None
        self.error: AppError | None = None
        draft.workspace.changed.connect(self._changed)
        draft.computed.connect(self._computed)

    def look(self) -> None:
        """Ask for the visits, unless they are known or asked for."""
        if not self._asked:
            self._ask()

    def plan(self) -> Plan:
        """Return what the visits known so far covered, as far as the user may see it."""
        draft = self._draft
        return plan(draft.pack, draft.seen, draft.child, self.visits or ())

    def _ask(self) -> None:
        from gcp2_app.services import planning

        workspace, id_ = self._draft.workspace, self._draft.value.id
        if not workspace.is_unlocked:
            return
        self._asked += 1
        asked, session = self._asked, workspace.session
        workspace.tasks.run(
            self,
            lambda: planning.visits(session, id_),
            lambda visits: self._take(asked, visits, None),
            lambda error: self._take(asked, None, error),
        )

    def _take(self, asked: int, visits: tuple[Visit, ...] | None, error: AppError | None) -> None:
        if asked == self._asked:
            self.visits, self.error = visits, error
            self.found.emit()

    def _changed(self, kind: str, _id: str) -> None:
        if kind == "entry" and self._asked:
            self._ask()

    def _computed(self) -> None:
        window = self._draft.working.assessment.window
        if window != self._window:
            self._window = window
            if self._asked:
                self._ask()


def finder_of(draft: Draft) -> VisitFinder:
    """Return the one that asks for a draft's visits."""
    held = draft.findChild(VisitFinder)
    return held if isinstance(held, VisitFinder) else VisitFinder(draft)
