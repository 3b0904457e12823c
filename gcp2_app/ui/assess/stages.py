"""The stages an assessment goes through, drawn as a line of four with the present one marked."""

from typing import Final

from PySide6.QtWidgets import QWidget

from gcp2_app.domain.assessment import AssessmentState
from gcp2_app.ui import style
from gcp2_app.ui.flow import Flow

_State = AssessmentState
#: How many stages are done in each state.
_DONE: Final = {
    _State.DRAFT: 0,
    _State.IN_PROGRESS: 0,
    _State.RETURNED: 0,
    _State.COMPLETE: 1,
    _State.INCOMPLETE: 1,
    _State.SHARED: 2,
    _State.SHARING_HELD_BACK: 2,
    _State.SUBMITTED: 3,
    _State.SIGNED_OFF: 4,
}


class Stages(QWidget):
    """Grading, family, supervisor, signed off."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = (
            self.tr("Grading"),
            self.tr("Shared with the family"),
            self.tr("With the supervisor"),
            self.tr("Signed off"),
        )
        flow = Flow(self)
        flow.setContentsMargins(0, 0, 0, 0)
        flow.setSpacing(style.space(2))
        self._labels = [style.label("", wrap=False) for _ in self._names]
        for label in self._labels:
            flow.addWidget(label)

    def show_state(self, state: AssessmentState) -> None:
        """Mark what is done and what comes now."""
        done = _DONE[state]
        for place, (label, name) in enumerate(zip(self._labels, self._names, strict=True)):
            font = label.font()
            font.setWeight(font.Weight.DemiBold if place == done else font.Weight.Normal)
            label.setFont(font)
            label.setProperty("role", "quiet" if place > done else "good" if place < done else "")
            label.style().unpolish(label)
            label.style().polish(label)
            said = name
            if place == 1 and state is _State.SHARING_HELD_BACK:
                said = self.tr("Held back from the family")
            mark = "✓" if place < done else str(place + 1)
            label.setText(f"{mark}  {said}")
            label.setAccessibleName(self._spoken(place - done).format(stage=said))

    def _spoken(self, ahead: int) -> str:
        if ahead < 0:
            return self.tr("{stage}, done")
        return self.tr("{stage}, not yet") if ahead else self.tr("{stage}, now")
