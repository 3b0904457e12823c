"""The blind copy on screen: graded as an assessment is, kept as a second grading, with nothing else of the record."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gcp2_app.overriding import override
from gcp2_app.ui.assess import changes
from gcp2_app.ui.assess.draft import Draft, Keeping
from gcp2_app.ui.assess.family_beside import FamilyBeside
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.services.assessments import Working


class _NobodyBeside(FamilyBeside):
    """No family stands beside a blind copy."""

    @override
    def ask_again(self) -> None:
        """Read nothing."""


class SecondDraft(Draft):
    """One second grading under way."""

    def __init__(
        self, workspace: Workspace, working: "Working", names: Mapping[str, str], parent: QObject | None = None
    ) -> None:
        super().__init__(workspace, working, names, parent)
        self.family = _NobodyBeside(workspace, self)

    @property
    @override
    def grades_alone(self) -> bool:
        return True

    @property
    @override
    def may_show_family(self) -> bool:
        return False

    @override
    def remember(self, place: str) -> None:
        """Remember no place: the grading opens at its beginning."""

    @override
    def _send(self) -> None:
        from gcp2_app.services.supervision import second_gradings

        value, stored, session = self._value, self._stored, self._session

        def work() -> "Working":
            latest = changes.written_onto(value, stored.working.assessment)
            stored.working = second_gradings.keep(session, value.id, latest)
            return stored.working

        self._waiting = False
        self._say(Keeping.KEEPING)
        self._saving = self._workspace.tasks.run(self, work, self._kept, self._failed)

    @override
    def _kept(self, working: "Working") -> None:
        self._take(working)
        if self._waiting:
            self._send()
        elif working.assessment == self._value:
            self._say(Keeping.KEPT)

    @override
    def _look_again(self, error: object) -> None:
        """Leave it with the error: what is graded here is no assessment that could be read again."""

    @override
    def _read_on_another_day(self) -> None:
        """Let it be: whether a licence ended is found out when the next grade is kept."""
