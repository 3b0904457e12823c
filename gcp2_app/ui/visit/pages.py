"""Makes the pages about visits that stand in the shell, each with what has it show a place."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from gcp2_app.ui.place import Place, Screen
from gcp2_app.ui.workspace import Workspace


def make_page(
    screen: Screen, workspace: Workspace, go_on: Callable[[], object]
) -> tuple[QWidget, Callable[[Place], object]]:
    """Return a new page and what has it show a place.

    Args:
        go_on: leads from the neutral page to where the user was.
    """
    if screen is Screen.TODAY:
        from gcp2_app.ui.visit.today_page import TodayPage

        today = TodayPage(workspace)
        today.go_on_wanted.connect(go_on)
        return today, lambda _: today.show_today()
    if screen is Screen.BEFORE_VISIT:
        from gcp2_app.ui.visit.before_page import BeforePage

        before = BeforePage(workspace)
        return before, lambda place: before.show_child(place.id)
    from gcp2_app.ui.visit.sorting_page import SortingPage

    sorting = SortingPage(workspace)
    return sorting, lambda place: sorting.show_visit(place.id)
