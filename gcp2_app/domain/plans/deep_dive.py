"""What a deep dive begins with: the authorities a family lived under, in time, with the records asked for.

Source: casework.md, row R2: "moves, records asked for, received, merged; worksheet".
"""

from dataclasses import dataclass
from datetime import date

from gcp2_app.domain.rules.record import day_of
from gcp2_app.domain.rules.view import View


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """A family's time under one authority.

    Attributes:
        from_, to: first and last day as far as they are known.
        asked_on, received_on: when its records were asked for and came; the latest, where they were asked for again.
    """

    authority: str
    from_: date | None = None
    to: date | None = None
    asked_on: date | None = None
    received_on: date | None = None


def stays(view: View) -> tuple[Stay, ...]:
    """Return the authorities that moves and addresses name, each once, in the order in which the family was there.

    Of one they came back to: from the first day to the last. The order of those without a day is that of the record.
    """
    spans: dict[str, tuple[str, list[date], list[date]]] = {}

    def add(authority: object, from_: date | None, to: date | None) -> None:
        name = str(authority or "").strip()
        if name:
            _, first, last = spans.setdefault(name.casefold(), (name, [], []))
            first += [from_] if from_ is not None else []
            last += [to] if to is not None else []

    for move in view.facts("move"):
        on = view.field(move, "on")
        if on is not None:
            add(move.data.get("from_authority"), None, on)
            add(move.data.get("to_authority"), on, None)
    for household in view.record.households:
        left = max(each.to or date.max for each in household.members if each.who == view.record.child.id)
        for address in household.addresses:
            if address.from_ is None or (address.from_ <= left and view.known(address.from_) is not None):
                add(address.authority, address.from_, view.known(address.to))
    found = [
        Stay(
            authority=name,
            from_=min(first, default=None),
            to=max(last, default=None),
            asked_on=_latest(view, name, "asked_on"),
            received_on=_latest(view, name, "received_on"),
        )
        for name, first, last in spans.values()
    ]
    return tuple(sorted(found, key=lambda stay: stay.from_ or stay.to or date.min))


def _latest(view: View, authority: str, name: str) -> date | None:
    days = [
        view.known(day_of(each.get(name)))
        for move in view.facts("move")
        for each in move.groups("records")
        if str(each.get("authority") or "").strip().casefold() == authority.casefold()
    ]
    return max((day for day in days if day is not None), default=None)
