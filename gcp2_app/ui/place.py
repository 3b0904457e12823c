"""Where in the window a person is, and the way back. Knows no widgets."""

from enum import StrEnum
from typing import NamedTuple

_MOST_KEPT = 50


class Screen(StrEnum):
    """The screens behind the unlock page."""

    CASELOAD = "caseload"
    CHILD = "child"
    ASSESSMENT = "assessment"
    FAMILY = "family"
    REPORTS = "reports"
    REPORT = "report"
    REVIEW = "review"
    AGENCY = "agency"
    ALERTS = "alerts"
    SUPERVISION = "supervision"
    LEARNING = "learning"
    SETTINGS = "settings"
    TODAY = "today"
    BEFORE_VISIT = "before_visit"
    SORTING = "sorting"


class Place(NamedTuple):
    """One thing on one screen.

    Attributes:
        id: the child or assessment shown, the child a report is about, the assessment of a family, the child to be
            visited, the visit whose notes are sorted, the section of the settings or of the learning page, the row
            whose brief is read, the section of the supervision page or ``child:`` with the child’s id, or empty.
        unit: code of the unit an assessment was opened at, or empty for where its user left it; of a family the unit
            that is worked on for each child, or empty for the grid; of a report the id of what it is about or the
            meeting it is for.
        report: which report, such as ``assessment``, or empty.
    """

    screen: Screen
    id: str = ""
    unit: str = ""
    report: str = ""


class Trail:
    """The places visited, the present one last."""

    def __init__(self) -> None:
        self._places: list[Place] = []

    @property
    def here(self) -> Place | None:
        """The present place, or None before the first."""
        return self._places[-1] if self._places else None

    @property
    def can_go_back(self) -> bool:
        """Whether there is an earlier place."""
        return len(self._places) > 1

    def go(self, place: Place) -> None:
        """Visit a place. The same thing visited twice in a row counts once, and so do the sections of the settings."""
        here = self.here
        if here is not None and here.screen is place.screen and (here.id == place.id or here.screen is Screen.SETTINGS):
            self._places[-1] = place
        else:
            self._places.append(place)
            del self._places[:-_MOST_KEPT]

    def back(self) -> Place | None:
        """Leave the present place and return the one before it, or None where there is none."""
        if not self.can_go_back:
            return None
        self._places.pop()
        return self._places[-1]

    def clear(self) -> None:
        """Forget every place."""
        self._places.clear()
