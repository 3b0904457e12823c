"""What the pages of grading again say. Knows no widgets."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from gcp2_app.ui import words

if TYPE_CHECKING:
    from gcp2_app.services.supervision.second_gradings import Listed


def tr(text: str, count: int = -1) -> str:
    """Translate a text of grading again; ``%n`` in it becomes the count."""
    if count < 0:
        return QCoreApplication.translate("again", text)
    one, _, many = text.partition("|")
    return QCoreApplication.translate("again", one if count == 1 else many or one).replace("%n", str(count))


def title(listed: "Listed") -> str:
    """Return which assessment it is about: the child and the days."""
    window = words.window(listed.window) if listed.window is not None else ""
    return ", ".join(filter(None, (listed.child, window)))


def state(listed: "Listed") -> str:
    """Return who was asked by whom, and how far it is."""
    asked = tr("Asked by {who} on {day}").format(who=listed.asked_by, day=words.day(listed.grading.asked_on))
    grades = tr("graded again by {who}").format(who=tr("you") if listed.mine else listed.grader)
    if listed.grading.finished_on is not None:
        how = tr("finished on {day}").format(day=words.day(listed.grading.finished_on))
    else:
        how = tr("{done} of {of} units graded so far").format(done=listed.graded, of=listed.units)
    return f"{asked}; {grades}; {how}."
