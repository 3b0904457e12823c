"""Words of requests for help and challenges that several of their screens say."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from gcp2_app.domain.entries import Entry
from gcp2_app.domain.kinds import EntryKind
from gcp2_app.domain.typed_dates import when_words
from gcp2_app.domain.when import When
from gcp2_app.forms.entry_kinds import load_kinds
from gcp2_app.ui import words

if TYPE_CHECKING:
    from gcp2_app.services.referral_outcomes import OpenChallenge


def tr(text: str, count: int = -1) -> str:
    """Translate a text of this package; ``one|many`` is chosen by the count, which replaces ``%n``."""
    if count < 0:
        return QCoreApplication.translate("referral", text)
    one, _, many = text.partition("|")
    return QCoreApplication.translate("referral", one if count == 1 else many or one).replace("%n", str(count))


def option(kind: str, item: str, code: object) -> str:
    """Return what an answer of a kind's choice is called, or the code where it is none."""
    found: EntryKind | None = load_kinds().get(kind)
    items = found.items if found is not None else ()
    options = next((each.options for each in items if each.name == item), ())
    return next((each.label for each in options if each.code == code), str(code or ""))


def moment(raw: object) -> str:
    """Return a stored day or instant in words, or nothing."""
    return when_words(When(raw)) if isinstance(raw, str) and raw else ""


def tried(entry: Entry) -> str:
    """Return a try to speak with somebody in a line."""
    data = entry.data
    who = ", ".join(filter(None, (option("worker_contact", "to_role", data.get("to_role")), data.get("to_name"))))
    how = str(data.get("how") or "")
    came = tr("spoken to") if data.get("reached") is True else tr("not reached")
    told = ". ".join(filter(None, (", ".join(filter(None, (who, how))) + f": {came}", data.get("agreed"))))
    return f"{moment(data.get('tried_on'))}: {told}"


def due(day: date, today: date) -> str:
    """Return a deadline with how it stands."""
    if day < today:
        return tr("was due by {day}").format(day=words.day(day))
    return tr("due today") if day == today else tr("due by {day}").format(day=words.day(day))


def challenge(standing: "OpenChallenge", today: date) -> str:
    """Return a challenge that is open in a line."""
    stage = tr("Open challenge: stage {number}").format(number=standing.challenge.stage)
    if standing.due is None:
        return tr("{stage}, answered, not resolved").format(stage=stage)
    return tr("{stage}, answer {due}").format(stage=stage, due=due(standing.due, today))


def answered(asked: int, open_: list[str], *, danger: bool) -> str:
    """Return how many of the questions of a request are answered, and which are still open.

    Args:
        asked: how many there are.
        open_: the labels of those without an answer.
        danger: a child may be in danger, and nothing is waited for.
    """
    if not open_:
        return tr("All {count} answers are there.").format(count=asked)
    said = tr("{have} of {count} answers.").format(have=asked - len(open_), count=asked)
    if danger:
        return f"{said} {tr('Send it as it is: a child in danger does not wait for a form.')}"
    more = tr(" and %n more", len(open_) - 3) if len(open_) > 3 else ""
    return f"{said} {tr('Still open:')} {' · '.join(open_[:3])}{more}"
