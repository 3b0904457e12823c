"""Gathers the plan: what was agreed, said, checked, and whether it lasts; only what the reader may see."""

from gcp2_app.domain.plans.board import Card, board, patterns
from gcp2_app.domain.register import Status, StatusKind
from gcp2_app.domain.words import STATUSES, listed, long_date
from gcp2_app.reports.pdf.blocks.plan import HEADING, ActionLine, PlanPart
from gcp2_app.services.documents.reading import Reading

#: Statuses under which actions are agreed in meetings.
PLANS = (StatusKind.CHILD_IN_NEED, StatusKind.CHILD_PROTECTION)
_RESULTS = {"done": "done", "part": "partly done", "not_done": "not done"}
_HOW = {"seen": "seen", "document": "by a document", "child": "the child said", "third_party": "by another person"}


def plan(reading: Reading) -> PlanPart:
    """Return the agreed actions, those due first at the top, with patterns whose three questions are answered.

    Source: casework.md, LP11 ("A pattern enters a report only once answered").
    """
    view = reading.view(HEADING)
    answered = [each.text for each in patterns(view) if each.may_be_reported]
    now = plan_now(reading)
    return PlanPart(
        lines=tuple(_line(card, earlier=now is not None and is_earlier(card, reading)) for card in board(view)),
        patterns=tuple(answered),
        now=f"{STATUSES[now.status]}, since {long_date(now.from_)}" if now is not None and now.from_ else "",
    )


def plan_now(reading: Reading) -> Status | None:
    """Return the plan the child is on, on the day that is read; None without one."""
    found = [each for each in reading.child.statuses if each.status in PLANS and each.open_on(reading.day)]
    return max(found, key=lambda each: each.since, default=None)


def is_earlier(card: Card, reading: Reading) -> bool:
    """Whether an action was agreed before the plan of now began; without one, before the latest plan ended."""
    now = plan_now(reading)
    if now is not None:
        return bool(now.from_ and card.agreed_on and card.agreed_on < now.from_)
    ended = (each.to for each in reading.child.statuses if each.status in PLANS and each.to is not None)
    over = max((day for day in ended if day <= reading.day), default=None)
    return bool(over and card.agreed_on and card.agreed_on <= over)


def _line(card: Card, *, earlier: bool) -> ActionLine:
    data = card.entry.data
    days = [long_date(day) for day in (*card.earlier, *([card.agreed_on] if card.agreed_on else []))]
    agreed = [f"Agreed {listed(days)}" if days else "Day of agreement not recorded"]
    agreed.append(f"Due {long_date(card.due)}" if card.due else "No day set")
    if card.overdue:
        agreed.append("The day has passed")
    said = long_date(card.said_done_on) if card.said_done_on else "Not said"
    return ActionLine(
        what=str(data.get("what") or card.entry.what),
        who=str(data.get("who") or ""),
        agreed="\n".join(agreed),
        said=said,
        checked=_checked(card),
        earlier=earlier,
    )


def _checked(card: Card) -> str:
    if card.could_not_check:
        return "Could not be checked"
    if not card.result:
        return "Not checked"
    how = _HOW.get(str(card.entry.data.get("checked_by")), "how is not recorded")
    on = f" on {long_date(card.checked_on)}" if card.checked_on else ""
    found = [f"Checked{on}, {how}: {_RESULTS.get(card.result, card.result)}"]
    if card.looked_again_on is not None:
        found.append(f"Looked at again on {long_date(card.looked_again_on)}: {_RESULTS.get(card.still, card.still)}")
    return "\n".join(found)
