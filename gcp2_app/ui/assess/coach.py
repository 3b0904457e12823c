"""The quality coach of one draft: what it suggests now, and what the person has set aside.

Set aside is remembered as long as the assessment stays open on screen, and nowhere else: it is nobody's record.
"""

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gcp2_app.domain.coaching import Place, Suggestion, suggestions, suggestions_at
from gcp2_app.errors import AppError
from gcp2_app.ui.assess.draft import Draft

if TYPE_CHECKING:
    from gcp2_app.services.coaching import Brief

__all__ = ["Coach", "coach_of"]

log = logging.getLogger(__name__)


class Coach(QObject):
    """What is worth another look.

    Attributes:
        changed: emitted when the suggestions may have changed by something else than the draft.
    """

    changed = Signal()

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft)
        self._draft = draft
        self._asked = False
        self._set_aside: set[Suggestion] = set()
        self._brief: Brief | None = None

    def look(self) -> None:
        """Ask for the words to look for and the texts to compare, once."""
        from gcp2_app.services import coaching

        workspace, id_ = self._draft.workspace, self._draft.value.id
        if self._asked or not workspace.is_unlocked or not self._draft.may_work:
            return
        self._asked = True
        session = workspace.session
        workspace.tasks.run(self, lambda: coaching.brief(session, id_), self._take, self._fail)

    @property
    def suggestions(self) -> tuple[Suggestion, ...]:
        """What it suggests and is not set aside; nothing to someone who cannot change the words any more."""
        draft = self._draft
        if self._brief is None or not draft.may_write:
            return ()
        found = suggestions(draft.pack, draft.seen, self._brief.words, self._brief.siblings)
        return tuple(each for each in found if each not in self._set_aside)

    def suggestions_at(self, place: Place) -> tuple[Suggestion, ...]:
        """What it suggests of one text and is not set aside."""
        draft = self._draft
        if self._brief is None or not draft.may_write:
            return ()
        found = suggestions_at(draft.pack, draft.seen, place, self._brief.words, self._brief.siblings)
        return tuple(each for each in found if each not in self._set_aside)

    @property
    def set_aside_count(self) -> int:
        """How many were set aside."""
        return len(self._set_aside)

    def set_aside(self, *suggestions: Suggestion) -> None:
        """Say no more of them while the assessment stays open; other words found there are told again."""
        self._set_aside.update(suggestions)
        self.changed.emit()

    def bring_back(self) -> None:
        """Tell again what was set aside."""
        self._set_aside.clear()
        self.changed.emit()

    def _take(self, brief: "Brief") -> None:
        self._brief = brief
        self.changed.emit()

    def _fail(self, error: AppError) -> None:
        # A coach that cannot look is no reason to interrupt anybody.
        log.warning("the coach could not look", exc_info=error)


def coach_of(draft: Draft) -> Coach:
    """Return the coach of a draft."""
    held = draft.findChild(Coach)
    return held if isinstance(held, Coach) else Coach(draft)
