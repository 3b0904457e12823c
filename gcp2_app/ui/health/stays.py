"""Hospital stays: every date that was expected, why a stay goes on, and the days by which it is reviewed."""

from functools import partial

from PySide6.QtWidgets import QFrame

from gcp2_app.domain.entry_fields import DATA
from gcp2_app.domain.healthcare.stays import Expected, Review, Stay
from gcp2_app.domain.words import capital
from gcp2_app.ui import words
from gcp2_app.ui.child.part_card import Action, Line, part_card
from gcp2_app.ui.health.asks import Asks
from gcp2_app.ui.plans.words import label, tr


def stays_card(stays: tuple[Stay, ...], asks: Asks, today: str) -> QFrame:
    """Return the panel.

    Args:
        stays: the latest first.
        asks: what the panel can ask for.
        today: ISO day a new entry begins with.
    """
    actions = []
    if asks.add is not None:
        actions.append(Action("add-admission", tr("Add a hospital stay…"), partial(_add, asks, "admission", {})))
        begin = {f"{DATA}type": "stay_review", "when": today}
        actions.append(Action("add-stay-review", tr("Add a stay review…"), partial(_add, asks, "meeting", begin)))
    lines = [_line(stay, asks) for stay in stays]
    return part_card(tr("Hospital stays"), lines, actions, tr("No hospital stay is recorded."))


def _add(asks: Asks, kind: str, begin: dict[str, str], _checked: object = None) -> None:
    assert asks.add is not None  # noqa: S101 - its button is there only where it is
    asks.add(kind, begin, {})


def _line(stay: Stay, asks: Asks) -> Line:
    id_ = stay.fact.id
    actions = [Action(f"open-{id_}", tr("Open"), partial(_run, asks.open, id_), tr("Open this hospital stay"))]
    if asks.edit is not None:
        edit = Action(f"edit-{id_}", tr("Add dates…"), partial(_run, asks.edit, id_), tr("Add dates to this stay"))
        actions.insert(0, edit)
    return Line(
        text=_title(stay),
        details=(
            *(_expected(number, each) for number, each in enumerate(stay.expected)),
            tr("Fit to leave since {day}").format(day=words.day(stay.fit_on)) if stay.fit_on else "",
            tr("Discharge planned for {day}").format(day=words.day(stay.leaving_planned))
            if stay.leaving_planned and stay.is_in
            else "",
            _extra(stay),
            tr("Section 85 notice given on {day}").format(day=words.day(stay.notified_on)) if stay.notified_on else "",
            *(_review(each) for each in stay.reviews),
        ),
        actions=tuple(actions),
        past=not stay.is_in,
        mark=_mark(stay),
    )


def _run(run: object, id_: str, _checked: object = None) -> None:
    assert callable(run)  # noqa: S101 - one of the page's own
    run(id_)


def _title(stay: Stay) -> str:
    where = stay.hospital or tr("Hospital not known")
    admitted = words.day(stay.admitted) if stay.admitted else tr("a day that is not known")
    if stay.discharged is not None:
        text = tr("{where}: {admitted} to {discharged}")
        text = text.format(where=where, admitted=admitted, discharged=words.day(stay.discharged))
    else:
        text = tr("{where}: in hospital since {admitted}").format(where=where, admitted=admitted)
    return f"{text}, {tr('%n day|%n days', stay.days)}" if stay.days is not None else text


def _mark(stay: Stay) -> str:
    said = list(stay.why_long)
    if any(each.overdue for each in stay.reviews):
        said.append(tr("a stay review is overdue"))
    return capital("; ".join(said))


def _expected(number: int, each: Expected) -> str:
    text = tr("First expected to leave {day}") if number == 0 else tr("Then expected to leave {day}")
    said = tr("said {day}").format(day=words.day(each.said_on)) if each.said_on else ""
    return ", ".join(filter(None, (text.format(day=words.day(each.day)), said)))


def _extra(stay: Stay) -> str:
    parts = []
    for reason, days in stay.extra:
        said = label("admission", reason, "extra_days", "reason") or tr("reason not known")
        parts.append(f"{said.lower()} ({tr('%n day|%n days', days)})" if days is not None else said.lower())
    return tr("Extra days: {reasons}").format(reasons=", ".join(parts)) if parts else ""


def _review(each: Review) -> str:
    if each.held:
        days = ", ".join(words.day(day) for day in each.held)
        return tr("Stay review due by {due}: held {days}").format(due=words.day(each.due), days=days)
    return tr("Stay review {words}").format(words=each.words)
