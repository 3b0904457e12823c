"""Synthetic records for the tests of the charts beside the trend. Nobody here exists."""

import random
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from gcp2_app.domain.assessment import Assessment
from gcp2_app.domain.breaks import Break
from gcp2_app.domain.charting import ChartRecord
from gcp2_app.domain.entries import Entry, Source, Theme
from gcp2_app.domain.instrument import Pack
from gcp2_app.domain.register import Agency, Allocation, Child, Status, StatusKind
from gcp2_app.domain.scoring import score_assessment
from gcp2_app.domain.when import When
from tests.reports.records import BORN, open_pack, trend_of

TODAY = date(2026, 6, 1)


def record(
    assessments: Sequence[Assessment] = (),
    entries: Iterable[Entry] = (),
    *,
    packs: Iterable[Pack] = (),
    child: Child | None = None,
    practice: bool = False,
    breaks: Iterable[Break] = (),
) -> ChartRecord:
    """A record with assessments of one child and entries about it."""
    known = {(pack.id, pack.version): pack for pack in (open_pack(), *packs)}
    child = child or Child(id="c1", date_of_birth=BORN)
    born = child.born or BORN
    entries = tuple(entries)
    trend = trend_of(
        assessments, through=TODAY, packs=packs, practice=practice, born=born, birth=child.date_of_birth, breaks=breaks
    )
    return ChartRecord(
        child=child,
        label="Ivy Marsh",
        today=TODAY,
        trend=trend,
        entries=entries,
        assessments=tuple(assessments),
        packs=known,
        profiles={one.id: score_assessment(known[one.pack, one.pack_version], one, born) for one in assessments},
        names={"w1": "Jo Reed"},
        kinds={"note": "Note", "referral": "Request for help"},
        practice=practice,
    )


def entry(id_: str, kind: str, when: Any = None, *, agency: Agency | None = None, **data: Any) -> Entry:
    """An entry with the fields of its kind; ``themes`` and ``what`` are its own."""
    themes = tuple(Theme(theme) for theme in data.pop("themes", ()))
    return Entry(
        id=id_,
        kind=kind,
        children=("c1",),
        when=None if when is None else When(when),
        source=Source(agency=agency) if agency is not None else None,
        what=data.pop("what", ""),
        significance=data.pop("significance", ""),
        themes=themes,
        data=data,
    )


def span(first: str, last: str = "") -> dict[str, Any]:
    """The days of something that lasted."""
    return {"from": first, **({"to": last} if last else {})}


def everything() -> list[Entry]:
    """One of each thing that a lane can hold, and some without a day."""
    return [
        entry("r1", "referral", "2025-02-03", agency=Agency.SCHOOL, outcome="early_help", level=2, themes=["physical"]),
        entry("r2", "referral", "2025-08-04", agency=Agency.GP),
        entry("h1", "admission", "2025-03-01", hospital="Northfield", admitted="2025-03-01", discharged="2025-03-09"),
        entry("h2", "admission", "2026-05-20", hospital="Northfield", admitted="2026-05-20"),
        entry("n1", "appointment", "2025-04-01", service="Dentist", status="not_brought"),
        entry("n2", "appointment", "2025-04-21", service="Dentist", status="cancelled_by_family"),
        entry(
            "t1",
            "attendance",
            **span("2025-09-02", "2025-10-24"),
            possible=70,
            attended=50,
            unauthorised=9,
            codes={"I": 8, "O": 9},
        ),
        entry("t2", "attendance", **span("2025-10-01", "2025-12-19"), possible=60, attended=60),
        entry("t3", "attendance", possible=60, attended=60),
        entry("s1", "support", name="Family worker", **span("2025-03-10")),
        entry("m1", "meeting", "2025-05-02", type="core_group", held="2025-05-02"),
        entry("m2", "meeting", "2026-05-02", type="rcpc", planned_for="2026-08-02"),
        entry("x1", "challenge", "2025-06-02", stage=2, stage_started="2025-06-02"),
        entry("v1", "move", "2025-07-02", to_authority="Elsewhere", on="2025-07-02"),
        entry("v2", "event", {"about": "2025"}, type="new_adult"),
        entry("v3", "event", {"unknown": "nobody remembers"}, type="household_change"),
        entry("d1", "measure", "2025-07-12", measure="dental", value_as_recorded="two teeth out", by="Dentist"),
        entry("c1", "circumstance", name="Office flood", **span("2025-06-12", "2025-08-18")),
        entry("o1", "note", "2025-05-15", agency=Agency.POLICE, significance="high", themes=["physical", "medical"]),
    ]


def a_child() -> Child:
    """A child with a status and two workers."""
    return Child(
        id="c1",
        date_of_birth=BORN,
        statuses=(Status(status=StatusKind.CHILD_PROTECTION, from_=date(2025, 1, 10)),),
        allocated=(
            Allocation(professional="w1", from_=date(2025, 1, 10), to=date(2025, 9, 1)),
            Allocation(professional="w2", role="social_worker"),
        ),
    )


def busy(first: date = date(2019, 9, 2), *, years: int = 6) -> list[Entry]:
    """Years of entries of every kind that a chart draws, repeatable."""
    chance = random.Random(7)
    agencies = list(Agency)
    made: list[Entry] = []
    for number in range(years * 20):
        day = first + timedelta(days=18 * number)
        on = day.isoformat()
        kind = chance.choice(("note", "note", "referral", "appointment", "meeting", "measure"))
        fields: dict[str, dict[str, Any]] = {
            "note": {"themes": chance.sample(["physical", "medical", "emotional", "nutritional", "educational"], 2)},
            "referral": {"outcome": chance.choice(["early_help", "no_further_action", ""]), "level": 2},
            "appointment": {"service": chance.choice(["Dentist", "Health visitor"]), "status": "not_brought"},
            "meeting": {"type": "core_group", "held": on},
            "measure": {"measure": "weight", "value_as_recorded": f"{8 + number / 10} kg"},
        }
        more = {**fields.get(kind, {}), "significance": "high" if number % 9 == 0 else ""}
        made.append(entry(f"b{number}", kind, on, agency=agencies[number % len(agencies)], **more))
    for number in range(years * 3):
        day = first + timedelta(days=110 * number)
        found = chance.choice(["done", "part", "not_done", "could_not_check", ""])
        agreed = day.isoformat()
        checked = (day + timedelta(days=40)).isoformat()
        action: dict[str, Any] = {
            "what": chance.choice(["Cot mended", "Register with a dentist and bring both children", "Stair gate"]),
            "who": chance.choice(["Ana Marsh", "Health visitor"]),
            "agreed_on": agreed,
            "due": (day + timedelta(days=30)).isoformat(),
        }
        if found:
            action |= {"said_done_on": checked, "checked_on": checked, "checked_result": found, "checked_by": "seen"}
        if number % 4 == 1:
            action["same_as"] = f"k{number - 1}"
        made.append(entry(f"k{number}", "action", agreed, **action))
        made.append(
            entry(
                f"t{number}",
                "attendance",
                **span(agreed, (day + timedelta(days=48)).isoformat()),
                possible=68,
                attended=chance.randint(20, 68),
                unauthorised=chance.randint(0, 9),
                codes={"I": 5, "O": 4, "M": 2},
            )
        )
    return made
