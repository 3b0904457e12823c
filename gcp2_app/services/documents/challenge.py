"""What the letter of a professional challenge says, gathered for one reader; it is about one challenge."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from gcp2_app.domain import challenging
from gcp2_app.domain.challenging import DECISION, LOG, Challenge
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.letters import heading_of, signature
from gcp2_app.domain.rules.record import day_of
from gcp2_app.domain.words import long_date
from gcp2_app.errors import NotFound
from gcp2_app.forms.policy import shipped_policy
from gcp2_app.forms.rule_policy import shipped_rules, shipped_working_days
from gcp2_app.services.challenging import decision_in_full
from gcp2_app.services.documents.reading import Pages, Reading

if TYPE_CHECKING:
    from gcp2_app.reports.pdf.challenge import StageLine

TITLE = "Professional challenge"


def gather(reading: Reading) -> Pages:
    """Return what writes the letter of the stage the challenge stands at, with its ladder so far.

    Raises:
        NotFound: the challenge is not in the record as it is read.
    """
    from gcp2_app.reports.pdf.challenge import ChallengeReport, write_challenge

    matter = reading.entry
    stages = [_as_of(reading, each) for each in reading.entries(LOG, challenging.KIND)]
    found = next(
        (each for each in challenging.challenges(stages) if any(stage.id == matter.id for stage in each.stages)), None
    )
    if found is None:
        raise NotFound("This challenge is not in the record as it is read here.", "Choose another, or another day.")
    report = ChallengeReport(
        letter=challenging.letter(
            found,
            shipped_policy().challenge,
            heading=heading_of(reading.child, name=reading.label, to="", on=reading.made_on),
            decision=_decision(reading, found),
            sender=signature(reading.session.professional),
            due=_due(found),
        ),
        stages=tuple(_stage(found, each) for each in range(len(found.stages))),
        moment=reading.moment_words,
        recipient=reading.recipient,
        practice=reading.practice,
    )
    return lambda redaction: write_challenge(report, redaction)


def _as_of(reading: Reading, entry: Entry) -> Entry:
    """Return a stage with only what had happened by the day the record is read."""

    def late(value: Any) -> bool:
        day = day_of(value)
        return day is not None and day > reading.day

    data: dict[str, Any] = dict(entry.data)
    if late(data.get("reply_on")):
        data = {name: value for name, value in data.items() if name not in ("reply_on", "reply")}
    if late(data.get("resolved_on")):
        data = {name: value for name, value in data.items() if name not in ("resolved_on", "resolution")}
    if data.get("contacts"):
        data["contacts"] = [each for each in data["contacts"] if not late(each.get("on"))]
    return replace(entry, data=data)


def _decision(reading: Reading, challenge: Challenge) -> str:
    if not challenge.about:
        return "It is not recorded which decision this is about."
    about = next((each for each in reading.entries(DECISION) if each.id == challenge.about), None)
    return decision_in_full(about) if about is not None else "A decision that is not in this copy."


def _due(challenge: Challenge) -> date | None:
    return challenge.due(shipped_working_days(), shipped_rules()["LP10.stage_overdue"].numbers)


def _stage(challenge: Challenge, place: int) -> "StageLine":
    from gcp2_app.reports.pdf.challenge import StageLine

    one = Challenge(about=challenge.about, stages=(challenge.stages[place],))
    data, rungs = one.latest.data, shipped_policy().challenge.stages
    title = f": {rungs[one.stage - 1].title.lower()}" if 1 <= one.stage <= len(rungs) else ""
    resolved = day_of(data.get("resolved_on"))
    said = str(data.get("resolution") or "")
    return StageLine(
        stage=f"{one.stage or 'Not recorded'}{title}",
        began=_day(day_of(data.get("stage_started"))),
        due=_day(_due(one)) if _due(one) is not None else "No clock runs",
        answered=_day(day_of(data.get("reply_on")), "Not yet"),
        resolved=": ".join(filter(None, (long_date(resolved) if resolved is not None else "", said))) or "Not yet",
    )


def _day(day: date | None, without: str = "Not recorded") -> str:
    return long_date(day) if day is not None else without
