"""The steps of agreed actions and meetings that take one press: said done, checked, looked at again, invitations sent.

Each is the next revision of its entry, with its own reason; what the entry said before is kept.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from gcp2_app.domain.entries import Entry, Source
from gcp2_app.errors import InvalidValue
from gcp2_app.services import entries
from gcp2_app.services.entry_step import Step, require_past, seen, take
from gcp2_app.services.session import Session

__all__ = ["Answers", "Step", "agree_again", "answer", "check", "look_again", "say_done", "send_invitations"]

_NOT_CHECKED = "could_not_check"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """The three questions that are asked before a pattern is named.

    Attributes:
        understood: it was understood, in a form they can use.
        able: they are able to do it: money, health.
        prevented: somebody prevents them.
        able_words, prevented_words: what is known of it.
    """

    understood: bool | None
    able: bool | None
    prevented: bool | None
    able_words: str = ""
    prevented_words: str = ""


def say_done(session: Session, step: Step, on: date) -> Entry:
    """Write down that an action was said to be done. That is no check.

    Raises:
        InvalidValue: the day is in the future.
        NotAllowed: the user may not work on this case, or the entry changed meanwhile.
    """
    require_past(session, on)
    return take(session, step, {"said_done_on": on.isoformat()}, "Said to be done")


def check(session: Session, step: Step, *, on: date, by: str, result: str) -> Entry:
    """Write down how an action was checked, and what was found.

    Args:
        session: who checked.
        step: the action.
        on: the day.
        by: ``seen``, ``document``, ``child``, ``third_party``; may be empty where it could not be checked.
        result: ``done``, ``part``, ``not_done``, ``could_not_check``.

    Raises:
        InvalidValue: the day is in the future, or it is not said how or what.
        NotAllowed: as :func:`say_done`.
    """
    require_past(session, on)
    if not result or (not by and result != _NOT_CHECKED):
        raise InvalidValue("It is not said how it was checked, or what was found.", "Choose both.")
    changed = {"checked_on": on.isoformat(), "checked_by": by or None, "checked_result": result}
    return take(session, step, changed, "Checked")


def look_again(session: Session, step: Step, *, on: date, by: str, result: str) -> Entry:
    """Write down that what was done was looked at again later, and whether it is still so.

    Raises:
        InvalidValue: the day is in the future or not after the check, or it is not said how or what.
        NotAllowed: as :func:`say_done`.
    """
    require_past(session, on)
    if not result or not by:
        raise InvalidValue("It is not said how it was looked at, or what was found.", "Choose both.")
    held = seen(session, step)
    checked = str(held.data.get("checked_on") or "")
    if checked and on.isoformat() <= checked[: len("2026-03-14")]:
        raise InvalidValue("That is no later than the check.", "Give a day after it.")
    again = [*held.data.get("looked_again", ()), {"on": on.isoformat(), "by": by, "result": result}]
    return take(session, step, {"looked_again": again}, "Looked at again")


def agree_again(session: Session, step: Step, *, agreed_on: date, due: date | None, who: str, what: str) -> Entry:
    """Agree an action anew: a new entry that says which earlier one it is the same as.

    Raises:
        InvalidValue: the day is in the future.
        NotAllowed: as :func:`say_done`.
    """
    require_past(session, agreed_on)
    before = seen(session, step)
    me = session.professional
    data = {
        "what": what or before.data.get("what"),
        "who": who or before.data.get("who"),
        "agreed_on": agreed_on.isoformat(),
        "due": due.isoformat() if due is not None else None,
        "same_as": before.id,
    }
    made = Entry(
        id="",
        kind=before.kind,
        children=before.children,
        themes=before.themes,
        source=Source(name=me.name, role=me.role, agency=me.agency),
        withheld_from=before.withheld_from,
        harm_if_disclosed=before.harm_if_disclosed,
        data={name: value for name, value in data.items() if value},
    )
    return entries.add(session, made)


def answer(session: Session, step: Step, answers: Answers) -> Entry:
    """Keep the answers to the three questions. One that is not known stays open.

    Raises:
        NotAllowed: as :func:`say_done`.
    """
    asked = {
        "able": answers.able,
        "able_words": answers.able_words,
        "prevented": answers.prevented,
        "prevented_words": answers.prevented_words,
        "on": session.today().isoformat(),
    }
    changed = {"understood": answers.understood, "asked": {k: v for k, v in asked.items() if v not in (None, "")}}
    return take(session, step, changed, "The three questions were asked")


def send_invitations(session: Session, step: Step, *, on: date, no_advocate_reason: str = "") -> Entry:
    """Write down that the invitations to a meeting were sent.

    Raises:
        InvalidValue: the day is in the future.
        ReasonForNoAdvocate: the child's advocate is not among the people invited, and it is not said why.
        NotAllowed: as :func:`say_done`.
    """
    require_past(session, on)
    changed: dict[str, Any] = {"invitations_sent_on": on.isoformat()}
    if no_advocate_reason.strip():
        changed["no_advocate_reason"] = no_advocate_reason.strip()
    return take(session, step, changed, "Invitations sent")
