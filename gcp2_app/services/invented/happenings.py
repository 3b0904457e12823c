"""What happened in an invented family: entries of every everyday kind, over years."""

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from gcp2_app.domain.entries import Entry, Source, Theme
from gcp2_app.domain.register import Agency, Child
from gcp2_app.domain.when import When
from gcp2_app.services.invented.families import Family

_AGENCIES: Final = (
    (Agency.CHILDRENS_SOCIAL_CARE, "social worker"),
    (Agency.CHILDRENS_SOCIAL_CARE, "family worker"),
    (Agency.SCHOOL, "designated safeguarding lead"),
    (Agency.HEALTH_VISITING, "health visitor"),
    (Agency.GP, "GP"),
    (Agency.SCHOOL_NURSING, "school nurse"),
    (Agency.HOSPITAL, "nurse"),
    (Agency.POLICE, "officer"),
    (Agency.HOUSING, "housing officer"),
)
_BEGINNINGS: Final = (
    "Mother opened the door and was expecting us",
    "Father rang to say the cooker is mended",
    "Nursery says breakfast was missed again",
    "The school office rang about a coat and dinner money",
    "The boiler has been off since the weekend",
    "Grandmother had the children overnight",
    "The pharmacist confirmed the prescription was collected",
    "The landlord wrote about arrears",
    "Bedding was washed and the room was warm",
    "The dentist could not be reached",
    "There was food in the fridge for several days",
    "The back gate is still broken",
)
_ENDINGS: Final = (
    "this was talked over with the family the same day.",
    "a plan for the week was written down together.",
    "nobody else was at home.",
    "the letter is on file.",
    "it will be looked at again at the next visit.",
    "the family asked for a later time of day.",
    "thanked for coming and for the food parcel.",
    "the child played on the floor throughout and laughed.",
)
_IMPACTS: Final = ("Came to school hungry.", "Slept in a coat.", "Missed the first lesson.", "Was tired all day.")
_SERVICES: Final = ("dentist", "immunisation clinic", "speech therapy", "hearing clinic", "paediatrician")
_ACTIONS: Final = ("Registers with a dentist", "Mends the back gate", "Puts up the stair gate", "Buys a bed")
_NEGLECT: Final = tuple(theme for theme in Theme if theme is not Theme.STRENGTH)
_PRE_SCHOOL_MONTHS: Final = 60
#: A fortnight of school, in sessions.
_SESSIONS: Final = 20


@dataclass(slots=True)
class _Told:
    """One thing as it is made up.

    Attributes:
        on: the day it happened, a weekday.
        today: nothing that was done was done later.
    """

    chance: random.Random
    child: Child
    on: date
    today: date

    @property
    def day(self) -> str:
        """The day, as a file writes it."""
        return self.on.isoformat()

    def later(self, days: int) -> str:
        """Return a day up to so many days later, today at the latest, as a file writes it."""
        return min(self.on + timedelta(days=self.chance.randrange(days)), self.today).isoformat()

    def ahead(self, days: int) -> str:
        """Return the day so many days later, as a file writes it."""
        return (self.on + timedelta(days=days)).isoformat()

    def at(self, hour: int) -> str:
        """Return an instant of the day, as a file writes it."""
        return f"{self.day}T{hour:02}:{self.chance.randrange(6)}0:00+00:00"

    def likely(self, share: float) -> bool:
        """Whether something comes about that comes about so often, 0 to 1."""
        return self.chance.random() < share


def _note(told: _Told) -> dict[str, Any]:
    return {"concern": True, "who_will_act": "The social worker"} if told.likely(0.08) else {}


def _visit(told: _Told) -> dict[str, Any]:
    mode = told.chance.choice(("home", "home", "home", "school", "doorstep", "phone", "video"))
    announced = told.likely(0.7)
    if told.likely(0.06):
        return {"mode": mode, "announced": announced, "cancelled_by": "family", "cancel_reason": "other"}
    if told.likely(0.08):
        return {"mode": mode, "announced": announced, "access": "no_answer", "child_seen": False}
    seen = mode != "phone" and told.likely(0.85)
    return {
        "mode": mode,
        "announced": announced,
        "access": "given",
        "started": told.at(10),
        "ended": told.at(11),
        "present": ["mother"],
        "rooms_seen": ["kitchen", "bedroom"] if mode == "home" else [],
        "child_seen": seen,
        "seen_alone": seen and told.likely(0.4),
        "seen_awake": seen,
        "bedroom_seen": mode == "home" and told.likely(0.6),
        "contact_rating": told.chance.choices(("green", "amber", "red"), (70, 26, 4))[0],
    }


def _appointment(told: _Told) -> dict[str, Any]:
    status = told.chance.choices(
        ("brought", "not_brought", "cancelled_by_family", "cancelled_by_service", "rearranged"), (70, 10, 8, 6, 6)
    )[0]
    return {"service": told.chance.choice(_SERVICES), "status": status}


def _worker_contact(told: _Told) -> dict[str, Any]:
    return {
        "to_role": told.chance.choice(("worker", "worker", "duty", "manager")),
        "by_agency": "school",
        "tried_on": told.at(9),
        "how": "phone",
        "reached": told.likely(0.8),
        "agreed": "A visit this week.",
    }


def _attendance(told: _Told) -> dict[str, Any]:
    missed = told.chance.choices((0, 1, 2, 4, 8), (30, 30, 20, 14, 6))[0]
    monday = told.on - timedelta(days=told.on.weekday())
    return {
        "from": (monday - timedelta(days=14)).isoformat(),
        "to": (monday - timedelta(days=3)).isoformat(),
        "possible": _SESSIONS,
        "attended": _SESSIONS - missed,
        "unauthorised": told.chance.randrange(missed + 1),
        "situation": "on_roll",
    }


def _measure(told: _Told) -> dict[str, Any]:
    return {
        "measure": told.chance.choice(("weight_centile", "height_centile", "dental", "speech", "development")),
        "value_as_recorded": told.chance.choice(("as expected", "between two lines of the chart", "to be seen again")),
        "by": "Practice nurse",
    }


def _action(told: _Told) -> dict[str, Any]:
    found = {"what": told.chance.choice(_ACTIONS), "who": "mother", "agreed_on": told.day, "due": told.ahead(28)}
    if told.likely(0.7):
        found["said_done_on"] = told.later(30)
        if told.likely(0.7):
            result = told.chance.choices(("done", "part", "not_done"), (75, 15, 10))[0]
            found |= {"checked_on": told.later(40), "checked_by": "seen", "checked_result": result}
    return found


def _statement(told: _Told) -> dict[str, Any]:
    return {"setting": "at school", "alone": told.likely(0.7), "safe_to_show": told.likely(0.9)}


def _meeting(told: _Told) -> dict[str, Any]:
    kind = told.chance.choice(("core_group", "core_group", "cin_review", "rcpc", "professionals"))
    invited = [{"role": "mother", "on": told.day, "attended": told.likely(0.7)}]
    return {"type": kind, "held": told.day, "chair": "Practice chair", "quorate": told.likely(0.9), "invited": invited}


def _event(told: _Told) -> dict[str, Any]:
    return {"type": told.chance.choice(("police_callout", "ed_attendance", "household_change", "new_adult", "other"))}


def _referral(told: _Told) -> dict[str, Any]:
    outcome = told.chance.choice(("advice", "early_help", "assessment", "no_further_action"))
    return {
        "to": "mash",
        "by_agency": told.chance.choice(("school", "gp", "police", "health_visiting")),
        "level": told.chance.randrange(2, 5),
        "written_on": told.day,
        "told": {"family_told": True, "agreed": told.likely(0.7)},
        "decided_on": told.day,
        "outcome": outcome,
    }


def _admission(told: _Told) -> dict[str, Any]:
    expected = [{"date": told.later(3), "said_on": told.day}]
    return {"hospital": "Practice Hospital", "admitted": told.day, "expected": expected, "discharged": told.later(5)}


def _challenge(told: _Told) -> dict[str, Any]:
    return {"stage": 1, "stage_started": told.day, "resolved_on": told.later(12), "resolution": "Agreed."}


def _advocacy(told: _Told) -> dict[str, Any]:
    status = told.chance.choice(("offered", "accepted", "declined"))
    return {"status": status, "for": "child", "on": told.day, "name": "Practice advocate"}


def _support(told: _Told) -> dict[str, Any]:
    return {"name": "Parenting group", "from": told.day, "to": told.later(80)}


def _health_plan(told: _Told) -> dict[str, Any]:
    return {"reviewed_on": told.day}


#: Kinds, and how many of a thousand entries are of each.
_KINDS: Final[Mapping[str, tuple[int, Callable[[_Told], dict[str, Any]]]]] = {
    "note": (315, _note),
    "visit": (270, _visit),
    "appointment": (110, _appointment),
    "action": (75, _action),
    "attendance": (50, _attendance),
    "worker_contact": (50, _worker_contact),
    "measure": (40, _measure),
    "meeting": (30, _meeting),
    "statement": (25, _statement),
    "event": (12, _event),
    "support": (6, _support),
    "advocacy": (5, _advocacy),
    "referral": (4, _referral),
    "admission": (3, _admission),
    "health_plan": (3, _health_plan),
    "challenge": (2, _challenge),
}
_NAMES: Final = tuple(_KINDS)
_SHARES: Final = tuple(share for share, _ in _KINDS.values())


def entries_of(chance: random.Random, family: Family, *, today: date) -> Iterator[Entry]:
    """Yield what is written about a family: for each child as many entries as it will have, none after today."""
    for child in family.children:
        days = max((today - family.known_since[child.id]).days, 1)
        kinds = chance.choices(_NAMES, _SHARES, k=family.entries[child.id])
        others = tuple(each.id for each in family.children if each is not child and each.date_of_birth)
        weeks: set[date] = set()
        for order, kind in enumerate(kinds):
            told = _Told(chance, child, _weekday(today - timedelta(days=chance.randrange(days))), today)
            also = others if chance.random() < 0.05 else ()
            yield _entry(told, _possible(told, kind, weeks), f"{child.id}-entry-{order + 1}", also)
        if family.moved_in:
            on = _weekday(family.known_since[child.id])
            yield _moved(_Told(chance, child, on, today), f"{child.id}-move")


def _weekday(day: date) -> date:
    """Return the day, or the Friday before where it is of a weekend."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def _possible(told: _Told, kind: str, weeks: set[date]) -> str:
    """Return the kind, or a note in place of school for a child too young, or a fortnight that is told already."""
    if kind != "attendance":
        return kind
    fortnight = date.fromordinal(told.on.toordinal() // 14 * 14)
    born = told.child.date_of_birth
    if born is None or (told.on - born).days < _PRE_SCHOOL_MONTHS * 30.5 or fortnight in weeks:
        return "note"
    weeks.add(fortnight)
    told.on = fortnight + timedelta(days=1)
    return kind


def _entry(told: _Told, kind: str, id_: str, also: tuple[str, ...]) -> Entry:
    chance = told.chance
    agency, role = chance.choice(_AGENCIES)
    grave = kind in {"note", "visit", "event", "referral"} and chance.random() < 0.12
    data = _KINDS[kind][1](told)
    when = When({"from": data["from"], "to": data["to"]}) if kind == "attendance" else When.on(told.on)
    return Entry(
        id=id_,
        kind=kind,
        children=(told.child.id, *also),
        when=when,
        known=When.on(told.on),
        recorded_at=datetime.combine(told.on, time(17), UTC),
        recorded_by=told.child.allocated[0].professional,
        source=Source(name=f"Practice {role}", role=role, agency=agency),
        what=f"{chance.choice(_BEGINNINGS)}; {chance.choice(_ENDINGS)} {chance.choice(_BEGINNINGS)}.",
        impact=chance.choice(_IMPACTS) if grave else "",
        significance="high" if grave else "",
        themes=(chance.choice(_NEGLECT),) if grave else (Theme.STRENGTH,) if chance.random() < 0.05 else (),
        data=data,
    )


def _moved(told: _Told, id_: str) -> Entry:
    data = {
        "from_authority": "Practice City",
        "to_authority": "Dudley",
        "on": told.day,
        "records": [{"authority": "Practice City", "asked_on": told.day}],
    }
    return Entry(
        id=id_,
        kind="move",
        children=(told.child.id,),
        when=When.on(told.on),
        known=When.on(told.on),
        source=Source(name="Practice social worker", role="social worker", agency=Agency.CHILDRENS_SOCIAL_CARE),
        what="The family moved in.",
        data=data,
    )
