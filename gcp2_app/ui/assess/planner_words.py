"""What the planner says of the window, its visits and what is left. Knows no widgets."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication

from gcp2_app.domain.assessment import Window
from gcp2_app.domain.instrument import Pack
from gcp2_app.domain.planning import Access, ChildNeed, Countdown, EarlierReview, LateUnit, Need, Visit
from gcp2_app.ui import words
from gcp2_app.ui.assess.steps import Spot, Step, StepKind, spot_of_unit
from gcp2_app.ui.assess.wording import name_of

#: The order in which what is left is told: what weighs most first.
NEEDS: Final = (Need.NOT_VERIFIED, Need.NOT_OBSERVED, Need.NOTHING_YET, Need.NOT_SEEN)


def tr(text: str, count: int = -1) -> str:
    """Translate a text of this module; ``one|many`` is chosen by the count, which replaces ``%n``."""
    if count < 0:
        return QCoreApplication.translate("planner", text)
    one, _, many = text.partition("|")
    return QCoreApplication.translate("planner", one if count == 1 else many or one).replace("%n", str(count))


def countdown(found: Countdown) -> str:
    """Return where today stands: "Day 19 of 28, 9 days left"."""
    if found.day < 1:
        return tr("The window begins in %n day|The window begins in %n days", 1 - found.day)
    if found.days_left < 0:
        return tr("The window ended %n day ago|The window ended %n days ago", -found.days_left)
    left = tr("%n day left", 1) if found.days_left == 1 else tr("%n days left", found.days_left)
    if found.days_left == 0:
        left = tr("today is the last day")
    return tr("Day {day} of {days}, {left}").format(day=found.day, days=found.days, left=left)


def beyond(found: Countdown) -> str:
    """Return what there is to know of a window that is long, or over; empty for another."""
    if found.reason_needed:
        text = tr("The window is {days} days long: more than {most} need a reason.")
    elif found.days > found.reason_beyond_days:
        text = tr("The window is {days} days long, longer than {most}; the reason is written.")
    elif found.days > found.usual_days:
        text = tr("The window is {days} days long; {usual} are usual, and more than {most} need a reason.")
    elif found.day > found.days:
        text = tr("It can be made longer on the first page; more than {most} days need a reason.")
    else:
        return ""
    return text.format(days=found.days, usual=found.usual_days, most=found.reason_beyond_days)


def visit(found: Visit) -> str:
    """Return a visit's day, way and whether it was announced: "12 November 2026, at home, unannounced"."""
    day = words.day(found.on)
    parts = [day if found.certain else tr("about {day}").format(day=day)]
    if found.mode in _modes():
        parts.append(_modes()[found.mode])
    if found.announced is not None:
        parts.append(tr("announced") if found.announced else tr("unannounced"))
    else:
        parts.append(tr("not said whether announced"))
    if found.late:
        parts.append(tr("after the window’s end"))
    return ", ".join(parts)


def became(found: Visit) -> str:
    """Return what became of a visit and of the child on it."""
    parts = [_accesses()[found.access]]
    if found.took_place:
        seen = {
            tr("child seen"): found.seen,
            tr("seen awake"): found.awake,
            tr("seen alone"): found.alone,
        }
        said = [text for text, answer in seen.items() if answer]
        if not said:
            said = [tr("child not seen") if found.seen is False else tr("not said whether the child was seen")]
        parts += said
    text = ", ".join(part for part in parts if part)
    return f"{text[:1].upper()}{text[1:]}."


def child_need(found: ChildNeed) -> str:
    """Return what of the child, or of the visits, is still open."""
    return {
        ChildNeed.NO_VISIT: tr("No visit in person is written down in this window yet."),
        ChildNeed.NOT_SEEN: tr("See the child: no visit says that the child was seen."),
        ChildNeed.NOT_AWAKE: tr("See the child awake: no visit says so."),
        ChildNeed.NOT_ALONE: tr("See the child alone: no visit says so."),
        ChildNeed.NONE_UNANNOUNCED: tr("Come once unannounced: no visit says so."),
    }[found]


def need(found: Need, pack: Pack) -> str:
    """Return why the next visit has to look at some units."""
    alert = tr(" or ").join(str(grade.value) for grade in pack.grades if grade.value >= pack.thresholds.alert_from)
    return {
        Need.NOT_VERIFIED: tr("Graded {alert}, and nothing was seen or came from another professional").format(
            alert=alert
        ),
        Need.NOT_OBSERVED: tr("Not observed so far"),
        Need.NOTHING_YET: tr("No evidence yet"),
        Need.NOT_SEEN: tr("Nothing was seen yet"),
    }[found]


@dataclass(frozen=True, slots=True)
class Group:
    """Units told together, and where they are graded."""

    text: str
    spot: Spot


def groups(pack: Pack, band: str, codes: Iterable[str]) -> tuple[Group, ...]:
    """Return units as few words: one unit by its name, several of a sub-area by the sub-area and their number."""
    known = pack.units_in(band)
    by_subarea: dict[str, list[str]] = {}
    for code in codes:
        by_subarea.setdefault(pack.subarea_of(code).code, []).append(code)
    found: list[Group] = []
    for subarea, units in by_subarea.items():
        if len(units) == 1:
            found.append(Group(name_of(known[units[0]]), spot_of_unit(pack, units[0])))
        else:
            label = tr("%n unit|%n units", len(units))
            text = tr("{code} {label}: {units}").format(code=subarea, label=pack.subareas[subarea].label, units=label)
            found.append(Group(text, Spot(Step(StepKind.SUBAREA, subarea), units[0])))
    return tuple(found)


def late(found: LateUnit) -> str:
    """Return what of a unit came after the window's end, after its code."""
    return tr("{code}: {what}").format(code=found.code, what=_came_late(found))


def late_beside(found: LateUnit, window: Window) -> str:
    """Return what of a unit came after the window's end, as a sentence beside the unit."""
    text = tr("After the window’s last day, {day}: {what}.")
    return text.format(day=words.day(window.to), what=_came_late(found))


def _came_late(found: LateUnit) -> str:
    parts = []
    if found.graded_on is not None:
        parts.append(tr("graded on {day}").format(day=words.day(found.graded_on)))
    if found.evidence_on is not None:
        parts.append(tr("evidence of {day}").format(day=words.day(found.evidence_on)))
    return ", ".join(parts)


def earlier_review(found: EarlierReview) -> str:
    """Return what temporary circumstances do to the review."""
    marked = tr("Marked as a temporary circumstance: {codes}.").format(codes=", ".join(found.codes))
    if found.usual is None or found.due is None:
        return marked
    if found.days_earlier:
        days = tr("%n day|%n days", found.days_earlier)
        text = tr("The review is due on {due}, {days} before the usual {usual}.")
        return f"{marked} {text.format(due=words.day(found.due), days=days, usual=words.day(found.usual))}"
    text = tr("The review is due on {due} and is not brought forward yet; {usual} is usual.")
    return f"{marked} {text.format(due=words.day(found.due), usual=words.day(found.usual))}"


def _modes() -> Mapping[str, str]:
    return {
        "home": tr("at home"),
        "doorstep": tr("on the doorstep"),
        "school": tr("at school or nursery"),
        "clinic": tr("at a clinic"),
        "office": tr("at an office"),
        "video": tr("video call"),
        "phone": tr("phone call"),
        "third_party": tr("through someone else"),
    }


def _accesses() -> Mapping[Access, str]:
    return {
        Access.GIVEN: tr("access given"),
        Access.CHILD_ABSENT: tr("access given, the child was not there"),
        Access.REFUSED: tr("access refused"),
        Access.NO_ANSWER: tr("no answer"),
        Access.CANCELLED_BY_FAMILY: tr("cancelled by the family"),
        Access.CANCELLED_BY_SERVICE: tr("cancelled by the service"),
        Access.NOT_SAID: "",
    }
