"""What the supervision pack says, gathered for a supervisor of the child's team."""

from datetime import timedelta

from gcp2_app.domain.charting import ChartKind
from gcp2_app.domain.supervision import Decision, Supervision
from gcp2_app.domain.twenty_minutes import Aside
from gcp2_app.domain.users import Duty
from gcp2_app.domain.words import FOLLOWED, long_date
from gcp2_app.errors import NotAllowed
from gcp2_app.services import alerts
from gcp2_app.services.documents.front import front
from gcp2_app.services.documents.parts import family, grades
from gcp2_app.services.documents.reading import Pages, Reading
from gcp2_app.services.supervision import recorded

TITLE = "Supervision pack"


def gather(reading: Reading) -> Pages:
    """Return what writes the pack. It is read as of today, whatever moment was asked for.

    Raises:
        NotAllowed: the user is no supervisor, or somebody around the child would read it.
    """
    from gcp2_app.reports.pdf.supervision import DecisionLine, SupervisionPack, write_supervision

    reading.session.require(Duty.SUPERVISE)
    if reading.reader.people:
        raise NotAllowed("A supervision pack is not for the family.", "Choose another report for them.")
    # The page counts from the day after; a first day that was chosen is itself looked at.
    after = reading.since - timedelta(days=1) if reading.since is not None else None
    found = recorded.within(reading.session, reading.tx, reading.child, after=after)
    page, last = found.page, found.page.last
    standing = alerts.fresh(reading.session, reading.tx, reading.child)
    decisions = last.decisions if last is not None else ()
    pack = SupervisionPack(
        front=front(reading, TITLE),
        cautions=grades.cautions(reading),
        since=long_date(reading.since or page.since),
        changed=(
            *(line.text for line in page.changed),
            *([f"{page.more_changed} more are in the timeline."] if page.more_changed else []),
        ),
        unchecked=tuple(line.text for line in page.unchecked),
        voices=tuple(line.text for line in page.voices),
        last=_held(last, found) if last is not None else "",
        question=last.question if last is not None else "",
        discussed=last.discussed if last is not None else "",
        decisions=tuple(
            DecisionLine(what=each.what, why=each.why, who=_who(each), became=became(each)) for each in decisions
        ),
        aside=tuple(aside_words(each, found) for each in page.aside),
        alerts=tuple(alert.text for alert in standing if alert.set_aside is None),
        at_odds=tuple(line.text for line in page.at_odds),
        family=family.family(reading),
        grades=grades.grades(reading, charts=(ChartKind.CUMULATIVE,)),
    )
    return lambda redaction: write_supervision(pack, redaction)


def _held(last: Supervision, found: recorded.SupervisionFile) -> str:
    by = found.workers.get(last.by, "a supervisor not named")
    worker = found.workers.get(last.worker or "", "")
    return f"Held on {long_date(last.on)} by {by}{f' with {worker}' if worker else ''}."


def _who(decision: Decision) -> str:
    by = f"by {long_date(decision.by)}" if decision.by is not None else ""
    return ", ".join(filter(None, (decision.who, by))) or "Not set"


def became(decision: Decision) -> str:
    """Return what became of a decision, in words."""
    if decision.followed is None:
        return "Nobody has said yet"
    on = f" ({long_date(decision.followed_on)})" if decision.followed_on is not None else ""
    said = f": {decision.followed_words}" if decision.followed_words else ""
    return f"{FOLLOWED[decision.followed]}{on}{said}"


def aside_words(aside: Aside, found: recorded.SupervisionFile) -> str:
    """Return an alert that is laid aside: which, why, by whom and until when."""
    by = found.workers.get(aside.by, "somebody not named")
    return f"{aside.alert.text} Set aside by {by} until {long_date(aside.until)}: {aside.reason}"
