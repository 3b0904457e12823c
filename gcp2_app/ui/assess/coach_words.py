"""What the quality coach says: what was found, why it is worth another look, and where. Knows no widgets."""

from typing import Final, NamedTuple

from PySide6.QtCore import QCoreApplication

from gcp2_app.domain.coaching import Advice, Suggestion
from gcp2_app.domain.completeness import Missing
from gcp2_app.domain.instrument import Pack
from gcp2_app.ui.assess.steps import REVIEW, VOICE, Spot, mended_at, spot_of_unit
from gcp2_app.ui.assess.wording import name_of

#: What is said of one text among others, and so says where it stands.
_OF_ONE_TEXT: Final = frozenset({Advice.INITIALS, Advice.OPINION, Advice.SAME_AS_SIBLING, Advice.REPEATS_DESCRIPTOR})


class Told(NamedTuple):
    """One suggestion in words.

    Attributes:
        what: what was found, and where.
        why: why it is worth another look.
        spot: the place, or None where it is about all units.
    """

    what: str
    why: str
    spot: Spot | None


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("coach", text)


def tell(pack: Pack, band: str, found: Suggestion) -> Told:
    """Return a suggestion in words."""
    what, why = tell_beside(found)
    if found.advice in _OF_ONE_TEXT:
        where = _where(pack, band, found)
        what = tr("{where}: {what}").format(where=where, what=f"{what[:1].lower()}{what[1:]}")
    return Told(what, why, _spot(pack, found))


def tell_beside(found: Suggestion) -> tuple[str, str]:
    """Return what was found, without the place where it stands, and why it is worth another look."""
    quoted = ", ".join(f"“{word}”" for word in found.found)
    match found.advice:
        case Advice.INITIALS:
            what = tr("Perhaps initials, {found}").format(found=quoted)
            why = tr("Whoever reads it in some years should know who is meant: a name, or what they are to the child.")
        case Advice.OPINION:
            what = tr("Words of opinion in what was seen, {found}").format(found=quoted)
            why = tr("What you saw, heard or smelled says more, whoever reads it.")
        case Advice.SAME_AS_SIBLING:
            names = ", ".join(found.found)
            what = tr("The same text stands in the assessment of {names}").format(names=names)
            why = tr("Each child has their own day. What is it for this one?")
        case Advice.REPEATS_DESCRIPTOR:
            what = tr("The evidence has the words of the grade’s text")
            why = tr("Say what was seen or said that made you choose it.")
        case Advice.MOSTLY_MIDDLE:
            at, of, grade = found.found
            what = tr("{at} of {of} graded units are at {grade}").format(at=at, of=of, grade=grade)
            why = tr("That can be how it is. Where you were unsure, what would the next visit have to show?")
        case Advice.VOICE_EMPTY:
            what = tr("The child’s words are empty")
            why = tr("Children who do not speak yet show a lot: what did this one do, look for, turn away from?")
        case _:
            what = tr("The child’s words would fit any child")
            why = tr("What did this child say or show, in their own way?")
    return what, why


def _where(pack: Pack, band: str, found: Suggestion) -> str:
    if found.code:
        unit = pack.units_in(band).get(found.code)
        return name_of(unit) if unit is not None else found.code
    return {
        "child_voice": tr("Child’s words"),
        "child_wishes": tr("Child’s wishes"),
        "analysis": tr("Analysis"),
        "meaning_so_far": tr("What this has meant so far"),
        "meaning_ahead": tr("What it will mean if nothing changes"),
    }.get(found.field, "")


def _spot(pack: Pack, found: Suggestion) -> Spot | None:
    if found.code:
        return spot_of_unit(pack, found.code, "evidence" if found.field == "evidence" else "")
    if found.field == "child_wishes":
        return Spot(VOICE, field="child_wishes")
    spot = mended_at(pack, Missing(field=found.field, what=""))
    return None if found.field == "units" or spot.step == REVIEW else spot
