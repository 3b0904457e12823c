"""What the report to a hospital stay review says, gathered for one reader; it is about one stay."""

from datetime import date

from gcp2_app.domain.entries import Entry
from gcp2_app.domain.healthcare.stays import Review, Stay, stays
from gcp2_app.domain.words import counted, listed, long_date
from gcp2_app.reports.pdf.stay_review import DURING
from gcp2_app.services.documents.front import front
from gcp2_app.services.documents.parts import capacity, family, grades, health, plan, review, shared, voices
from gcp2_app.services.documents.parts.happened import happened, option_words
from gcp2_app.services.documents.reading import Pages, Reading

TITLE = "Hospital stay review"
_SECTION = "The stay"
_KINDS = ("event", "visit", "meeting", "note", "teach_back", "learning_support", "statement", "challenge")
_NOT_KNOWN = "Not recorded"


def gather(reading: Reading) -> Pages:
    """Return what writes the report."""
    from gcp2_app.reports.pdf.stay_review import StayPart, StayReport, write_stay_review

    entry = reading.entry
    every = stays(reading.view(_SECTION))
    stay = next((each for each in every if each.fact.id == entry.id), None)
    others = tuple(_other(each) for each in every if each.fact.id != entry.id)
    part = StayPart(facts=(("Hospital", str(entry.data.get("hospital") or _NOT_KNOWN)),), others=others)
    if stay is not None:
        part = StayPart(
            facts=tuple(_facts(stay)),
            why_long=stay.why_long,
            expected=tuple(
                (long_date(each.day), long_date(each.said_on) if each.said_on else _NOT_KNOWN) for each in stay.expected
            ),
            extra=tuple(_extra(reading, reason, days) for reason, days in stay.extra),
            is_over=not stay.is_in,
            reviews=tuple(_review(each) for each in stay.reviews),
            others=others,
        )
    report = StayReport(
        front=front(reading, TITLE),
        cautions=grades.cautions(reading),
        stay=part,
        during=happened(reading, _during(reading, stay)),
        family=family.family(reading),
        health=health.health(reading),
        grades=grades.grades(reading),
        capacity=capacity.capacity(reading),
        voices=voices.voices(reading),
        plan=plan.plan(reading),
        review=review.review(reading, "stay_review", "discharge"),
        shared=shared.shared(reading),
    )
    return lambda redaction: write_stay_review(report, redaction)


def _facts(stay: Stay) -> list[tuple[str, str]]:
    still = "still in hospital" if stay.is_in else "until discharge"
    return [
        ("Hospital", stay.hospital or _NOT_KNOWN),
        ("Admitted", _day(stay.admitted)),
        ("How long", f"{counted(stay.days, 'day')}, {still}" if stay.days is not None else ""),
        ("Medically fit to leave", _day(stay.fit_on)),
        ("Discharge planned for", _day(stay.leaving_planned)),
        ("Discharged", _day(stay.discharged) if not stay.is_in else "Not yet"),
        ("Section 85 notice given", long_date(stay.notified_on) if stay.notified_on else ""),
    ]


def _day(day: date | None) -> str:
    return long_date(day) if day is not None else _NOT_KNOWN


def _extra(reading: Reading, reason: str, days: int | None) -> tuple[str, str]:
    words = option_words(reading.kinds["admission"], "extra_days", reason, within="reason")
    return words or _NOT_KNOWN, counted(days, "day") if days is not None else _NOT_KNOWN


def _review(each: Review) -> tuple[str, str]:
    held = listed(long_date(day) for day in each.held)
    return long_date(each.due), held or ("Not held, and the day has passed" if each.overdue else "Not yet held")


def _other(stay: Stay) -> str:
    until = "still there" if stay.is_in else f"to {_day(stay.discharged)}" if stay.discharged else "end not recorded"
    return f"{stay.hospital or 'A hospital not named'}: from {_day(stay.admitted)}, {until}."


def _during(reading: Reading, stay: Stay | None) -> list[Entry]:
    """Return what happened in the days of the stay; of an entry without a certain day, nothing is said."""
    if stay is None or stay.admitted is None:
        return []
    last = stay.discharged or reading.day
    return [
        entry
        for entry in reading.entries(DURING, *_KINDS)
        if entry.when is not None
        and entry.when.first is not None
        and entry.when.last is not None
        and entry.when.first >= stay.admitted
        and entry.when.last <= last
    ]
