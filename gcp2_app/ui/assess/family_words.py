"""What the screens say of the other children of a family. Knows no widgets and no store."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from gcp2_app.domain.openings import is_unborn
from gcp2_app.domain.register import Child

if TYPE_CHECKING:
    from gcp2_app.services.families import WhyNot
    from gcp2_app.services.proposals import NotOffered


def tr(text: str, count: int = -1) -> str:
    """Translate a text of this module; ``one|many`` is chosen by the count, which replaces ``%n``."""
    if count < 0:
        return QCoreApplication.translate("family", text)
    one, _, many = text.partition("|")
    return QCoreApplication.translate("family", one if count == 1 else many or one).replace("%n", str(count))


def called(child: Child) -> str:
    """Return what a child is called among its siblings."""
    known = child.given_names or ("" if is_unborn(child) else child.name)
    return known or tr("Unborn child")


def listed(names: Sequence[str]) -> str:
    """Return names as a person lists them: "Fern, Moss and Elm"."""
    if len(names) < 2:
        return "".join(names)
    return tr("{first} and {last}").format(first=", ".join(names[:-1]), last=names[-1])


def not_shown(count: int) -> str:
    """Return that there are children who may not be shown here, without naming them; empty for none."""
    if not count:
        return ""
    return tr(
        "There is one more child in this family whose record you cannot see here."
        "|There are %n more children in this family whose records you cannot see here.",
        count,
    )


def why_closed(why_not: "WhyNot") -> str:
    """Return why nothing can be put on a sibling's assessment, to stand behind the name."""
    return {
        "no assessment": tr("no assessment is started"),
        "grading is finished": tr("grading is finished"),
        "not explained yet": tr("what was explained is not recorded yet"),
        "age band not known": tr("the age band is not known"),
        "another pack": tr("made with another pack"),
    }[why_not.value]


def why_not_offered(why_not: "NotOffered") -> str:
    """Return why a grade cannot be offered to a sibling, to stand behind the name."""
    return {
        "other home": tr("lives in another home"),
        "no such unit": tr("this unit is not in the age band"),
        "graded already": tr("graded already"),
    }[why_not.value]
