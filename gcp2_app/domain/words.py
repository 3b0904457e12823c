"""Words that both rules and documents use: dates, counts, agencies. Plain British English.

Knows plain values only. Ordinal grades are counted in words here, never added.
"""

from collections.abc import Iterable
from datetime import date

from gcp2_app.domain.register import Agency, StatusKind
from gcp2_app.domain.supervision import Followed

# Not the calendar module's names: those follow the computer's locale, and a document is in the pack's language.
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

#: What an agency, or someone who speaks for none, is called inside a sentence.
AGENCIES = {
    Agency.CHILDRENS_SOCIAL_CARE: "children’s social care",
    Agency.MASH: "multi-agency safeguarding hub (MASH)",
    Agency.GP: "GP practice",
    Agency.HEALTH_VISITING: "health visiting",
    Agency.SCHOOL_NURSING: "school nursing",
    Agency.HOSPITAL: "hospital",
    Agency.SCHOOL: "school",
    Agency.EARLY_YEARS: "early years",
    Agency.POLICE: "police",
    Agency.HOUSING: "housing",
    Agency.ADULT_SERVICES: "adult services",
    Agency.MENTAL_HEALTH: "mental health services",
    Agency.VOLUNTARY: "voluntary organisation",
    Agency.RELATIVE: "relative",
    Agency.NEIGHBOUR: "neighbour",
    Agency.ANONYMOUS: "anonymous",
    Agency.OTHER: "another agency",
}

#: What a child's legal or plan status is called.
FOLLOWED = {
    Followed.DONE: "Done",
    Followed.PART: "Done in part",
    Followed.NOT_DONE: "Not done",
    Followed.NO_LONGER_NEEDED: "No longer needed",
}

STATUSES = {
    StatusKind.UNIVERSAL: "Universal services",
    StatusKind.EARLY_HELP: "Early help",
    StatusKind.CHILD_IN_NEED: "Child in need plan",
    StatusKind.SECTION_47: "Section 47 enquiry",
    StatusKind.CHILD_PROTECTION: "Child protection plan",
    StatusKind.PRE_PROCEEDINGS: "Pre-proceedings",
    StatusKind.LOOKED_AFTER: "Looked after",
}


def long_date(day: date) -> str:
    """Return a date as people write it: "31 March 2027"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: "1 unit", "2 units", "no units"."""
    noun = one if number == 1 else many or f"{one}s"
    return f"{number or 'no'} {noun}"


def listed(parts: Iterable[str]) -> str:
    """Return a list in words: "a, b and c"."""
    *first, last = list(parts) or [""]
    return f"{', '.join(first)} and {last}" if first else last


def cut_short(text: str, longest: int) -> str:
    """Return a text on one line, cut at the end of a word where it is too long."""
    words = " ".join(text.split())
    return words if len(words) <= longest else f"{words[: longest - 2].rsplit(' ', 1)[0]} …"


def capital(text: str) -> str:
    """Return a text with a capital first letter, the rest as it is."""
    return text[:1].upper() + text[1:]
