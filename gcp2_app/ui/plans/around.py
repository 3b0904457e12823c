"""Panels of what stands around plans: moves and records asked for, exceptional times, support, the case."""

import re
from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtWidgets import QFrame

from gcp2_app.domain.plans.around import Around, Asked, Move, Period, Turn
from gcp2_app.domain.rules.record import Fact
from gcp2_app.domain.words import listed
from gcp2_app.ui import words
from gcp2_app.ui.child import names
from gcp2_app.ui.child.part_card import Action, Line, part_card
from gcp2_app.ui.plans.words import label, tr

Run = Callable[[str], object]
_SENTENCES: Final = re.compile(r"(?<=\.) (?=[A-Z])")


def moves_card(
    found: Around,
    open_: Run,
    add: Run | None,
    dive: Callable[[], object] | None,
    plan: Callable[[Fact], object] | None,
) -> QFrame:
    """Return the panel of moves, with the worksheets of deep dives.

    Args:
        dive: begins a worksheet, where that is allowed.
        plan: plans the meeting of a worksheet, where that is allowed.
    """
    lines = _said(found.moves_said) + [_move(move, open_) for move in found.moves]
    lines += [_dive(fact, open_, plan) for fact in found.deep_dives]
    none = tr("No move between authorities is recorded.")
    actions = _adds(add, "move", tr("Add a move…"))
    actions += [] if dive is None else [Action("begin-deep-dive", tr("Begin a deep dive worksheet…"), dive)]
    return part_card(tr("Moves, and records asked for"), lines, actions, none)


def _dive(fact: Fact, open_: Run, plan: Callable[[Fact], object] | None) -> Line:
    day = words.day(fact.on) if fact.on is not None else tr("day not known")
    text = tr("Deep dive worksheet, {day}").format(day=day)
    named = listed(str(each.get("authority") or "") for each in fact.groups("authorities") if each.get("authority"))
    actions = [_open(fact.id, open_, text)]
    meeting = str(fact.data.get("meeting") or "")
    if meeting:
        said = tr("Its meeting: {what}").format(what=text)
        actions.insert(0, Action(f"dive-meeting-{fact.id}", tr("Its meeting"), partial(_run, open_, meeting), said))
    elif plan is not None:
        said = tr("Plan the meeting: {what}").format(what=text)
        actions.insert(0, Action(f"plan-dive-{fact.id}", tr("Plan the meeting…"), partial(plan, fact), said))
    return Line(text=text, details=(named,) if named else (), actions=tuple(actions))


def _said(text: str) -> list[Line]:
    """Return what a rule says: its first sentence, and what it counted below."""
    first, *rest = _SENTENCES.split(text)
    return [Line(text=first, details=tuple(rest))] if first else []


def _move(move: Move, open_: Run) -> Line:
    data = move.fact.data
    before, after = data.get("from_authority") or tr("not known"), data.get("to_authority") or tr("not known")
    day = words.day(move.on) if move.on is not None else tr("day not known")
    plan = tr("with a child protection plan") if data.get("cp_plan") is True else ""
    text = tr("{before} to {after}").format(before=before, after=after)
    details = (" · ".join(filter(None, (day, plan))), *(_asked(each) for each in move.records))
    return Line(text=text, details=details, actions=(_open(move.fact.id, open_, text),))


def _asked(each: Asked) -> str:
    who = each.authority or tr("An authority that is not named")
    if each.received_on is not None:
        return tr("{who}: records received {day}").format(who=who, day=words.day(each.received_on))
    if each.asked_on is None:
        return tr("{who}: not asked yet").format(who=who)
    waited = tr("waiting for %n working day|waiting for %n working days", each.waited_working_days or 0)
    return tr("{who}: asked {day}, {waited}").format(who=who, day=words.day(each.asked_on), waited=waited)


def times_card(found: Around, open_: Run, add: Run | None) -> QFrame:
    """Return the panel of exceptional times."""
    lines = _said(found.times_said) + [_period(each, open_, "changed", "impact_review_on") for each in found.times]
    none = tr("No exceptional time is recorded.")
    return part_card(tr("Exceptional times"), lines, _adds(add, "circumstance", tr("Add an exceptional time…")), none)


def support_card(found: Around, open_: Run, add: Run | None, services: Callable[[], object]) -> QFrame:
    """Return the panel of support, and whether gains lasted.

    Args:
        services: shows what help exists near here.
    """
    lines = _said(found.support_said) + [_period(each, open_, "outcome", "") for each in found.support]
    none = tr("No support is recorded.")
    actions = [
        *_adds(add, "support", tr("Add support…")),
        Action("more-help-near-here", tr("Help near here"), services),
    ]
    return part_card(tr("Support, and whether gains lasted"), lines, actions, none)


def _period(each: Period, open_: Run, what: str, reviewed: str) -> Line:
    data = each.fact.data
    kind = each.fact.entry.kind
    for_ = ", ".join(label(kind, theme, "themes").lower() for theme in data.get("themes") or ()) if not reviewed else ""
    looked = each.fact.day(reviewed) if reviewed else None
    details = (
        names.period(each.from_, each.to),
        tr("For: {what}").format(what=for_) if for_ else "",
        str(data.get(what) or ""),
        tr("Effect on the child looked at on {day}").format(day=words.day(looked)) if looked else "",
    )
    name = each.name or tr("Not named")
    return Line(text=name, details=details, actions=(_open(each.fact.id, open_, name),), past=not each.running)


def case_card(found: Around, open_: Run, add: Run | None) -> QFrame:
    """Return the panel of the case: opened, closed, opened again."""
    actions = [
        *_adds(add, "case_opened", tr("Case opened…")),
        *_adds(add, "case_closed", tr("Case closed…")),
    ]
    lines = [_turn(turn, open_) for turn in found.turns]
    return part_card(tr("The case"), lines, actions, tr("Neither opening nor closing is recorded."))


def _turn(turn: Turn, open_: Run) -> Line:
    text = tr("Opened again") if turn.again else tr("Opened") if turn.opened else tr("Closed")
    day = words.day(turn.on) if turn.on is not None else tr("day not known")
    line = f"{text}, {day}"
    return Line(
        text=line, details=(str(turn.fact.data.get("reason") or ""),), actions=(_open(turn.fact.id, open_, line),)
    )


def _open(id_: str, open_: Run, what: str) -> Action:
    return Action(f"open-{id_}", tr("Open"), partial(_run, open_, id_), tr("Open: {what}").format(what=what))


def _adds(add: Run | None, kind: str, text: str) -> list[Action]:
    return [] if add is None else [Action(f"add-{kind}", text, partial(_run, add, kind))]


def _run(run: Run, value: str, _checked: object = None) -> None:
    run(value)
