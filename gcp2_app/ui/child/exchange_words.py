"""What a colleague's copy would do here, and what comes after it was taken in, in sentences."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from gcp2_app.ui import words

if TYPE_CHECKING:
    from gcp2_app.domain.merging import Merge
    from gcp2_app.domain.signed_copies import Beside
    from gcp2_app.services.exchanges import Coming, Preview

#: More units than these are counted, not named.
_MOST_NAMED: Final = 10


def tr(text: str, count: int = -1) -> str:
    """Translate a text of this module; ``one|many`` is chosen by the count, which replaces ``%n``."""
    if count < 0:
        return QCoreApplication.translate("exchange", text)
    one, _, many = text.partition("|")
    return QCoreApplication.translate("exchange", one if count == 1 else many or one).replace("%n", str(count))


def lines(found: "Preview") -> Iterator[str]:
    """Yield what a file would do, a line each."""
    if found.child_new:
        yield tr("This child is new here and comes onto your caseload.")
    for coming in found.coming:
        yield from _assessment(coming)
    if found.kept:
        yield tr(
            "%n other record differs from yours, which stays as it is."
            "|%n other records differ from yours, which stay as they are.",
            found.kept,
        )
    if found.quarantined:
        yield tr(
            "%n record cannot be read and stays out.|%n records cannot be read and stay out.", len(found.quarantined)
        )
    if not found.changes and not any(coming.met.refused for coming in found.coming):
        yield tr("There is nothing in it that is not here already.")


def what_next(done: "Preview") -> str:
    """Say that it was taken in, and what there is to do now."""
    said = [tr("It is taken in. What was there before is kept in the history.")]
    differ = [code for coming in done.coming if coming.met.merged for code in coming.met.merged.differ]
    if differ:
        text = tr(
            "You differ on {units}. Agree a grade with your colleague there. Until then the one with greater need "
            "counts."
        )
        said.append(text.format(units=_units(differ)))
    elif any(coming.met.signed is not None or coming.met.value.locked for coming in done.coming):
        said.append(tr("It is signed off and locked."))
    elif any(coming.new for coming in done.coming):
        said.append(tr("Your colleague’s grade of a unit shows once you have graded it yourself."))
    return " ".join(said)


def _assessment(coming: "Coming") -> Iterator[str]:
    window, met = coming.met.value.window, coming.met
    when = words.window(window) if window is not None else tr("no dates yet")
    if coming.new:
        yield tr("The assessment of {when} is new here.").format(when=when)
    elif met.signed is not None:
        yield tr("The assessment of {when} was signed off. It is locked here too.").format(when=when)
        yield from _signed(met.signed)
    elif met.merged is not None:
        gains = list(_gains(met.merged))
        if gains:
            yield tr("The assessment of {when} gains:").format(when=when)
            yield from gains
        else:
            yield tr("The assessment of {when} gains facts that were not filled in here.").format(when=when)
        if met.merged.kept:
            yield tr("Different in the copy, and yours stays: {fields}.").format(fields=named(met.merged.kept))
        if met.merged.differ:
            text = tr("You will differ on {units}, until you agree a grade.")
            yield text.format(units=_units(met.merged.differ))


def _gains(merged: "Merge") -> Iterator[str]:
    if merged.graded:
        yield tr("•  your colleague’s grade of {units}").format(units=_units(merged.graded))
    if merged.evidence:
        yield tr("•  %n piece of evidence|•  %n pieces of evidence", merged.evidence)
    if merged.added:
        yield tr("•  words in: {fields}. Yours stay above them").format(fields=named(merged.added))


def _signed(beside: "Beside") -> Iterator[str]:
    yield tr("Every grade and every piece of evidence of yours is in it.")
    if beside.reworded:
        text = tr("These words read differently in it: {fields}. Yours stay in the history.")
        yield text.format(fields=named(beside.reworded))


def _units(codes: "list[str] | tuple[str, ...]") -> str:
    return ", ".join(codes) if len(codes) <= _MOST_NAMED else tr("%n unit|%n units", len(codes))


def named(fields: Iterable[str]) -> str:
    """Return fields and units as people read them: "A1.a", "the carer’s grade of A1.a", "the analysis"."""
    return ", ".join(dict.fromkeys(_named(field) for field in fields))


def _named(field: str) -> str:
    whole = field.removeprefix("units.")
    if whole == field:
        return _of_assessment().get(field, field.replace("_", " "))
    unit, _, of_unit = whole.rpartition(".")
    return _of_unit().get(of_unit, of_unit.replace("_", " ")) + tr(" of {unit}").format(unit=unit)


def _of_assessment() -> dict[str, str]:
    return {
        "analysis": tr("the analysis"),
        "band": tr("the age band"),
        "band_reason": tr("why this age band"),
        "carers": tr("whose care is assessed"),
        "child_own_views": tr("the young person’s own views"),
        "child_voice": tr("what the child shows and says"),
        "child_wishes": tr("what the child wishes for"),
        "day_in_life": tr("a day in the child’s life"),
        "explained": tr("what was explained"),
        "judgements": tr("a grade given by judgement"),
        "meaning_ahead": tr("what it will mean if nothing changes"),
        "meaning_so_far": tr("what this has meant for the child so far"),
        "openings": tr("the sections opened"),
        "review_due": tr("the day of the next review"),
        "sharings": tr("how it was shared"),
        "targets": tr("a target"),
        "window": tr("the dates"),
        "window_reason": tr("why it takes so long"),
    }


def _of_unit() -> dict[str, str]:
    return {
        "carer_grade": tr("the carer’s grade"),
        "carer_has_seen": tr("whether the carer has seen the grade"),
        "temporary": tr("whether it is a passing crisis"),
        "with_support": tr("the support in place"),
    }
