"""The request that GP, school and school nurse look at a child's health together, made from the record.

Holds counts and dates; no dose, no grade, no words of other people.

Source: casework.md, row LP12: "three-way check meeting and request letters".
"""

from gcp2_app.domain.healthcare.panel import attendance, plan, services
from gcp2_app.domain.letters import FAREWELL, GREETING, born_words, signature
from gcp2_app.domain.register import Professional
from gcp2_app.domain.rules.view import View
from gcp2_app.domain.words import counted, listed, long_date

_ATTENDANCE_SHOWN = 3
#: What the request begins with.
ASK = (
    "We ask you to look at this child’s health, attendance and medicines together, and to tell us what you find. "
    "Each service holds a part of the picture."
)
#: What each of the three is asked.
ASKS = (
    "What does each of you know of the child’s health and of how treatment is kept up at home?",
    "Which appointments, letters or messages has one of you had that the others have not?",
    "What does it mean for the child if nothing changes, and who will do what, by when?",
)
#: Heading of what stands in our record.
HOLDS = "What our record holds"
#: What the request ends with.
CLOSING = "Please do not wait for the meeting where the child could be harmed before then."


def request_letter(view: View, *, by: Professional) -> str:
    """Return the text of the letter, addressed to GP, school or nursery, and school nurse or health visitor.

    Args:
        view: the child's record.
        by: who asks.
    """
    child = view.record.child
    name = child.name or "the child named in our covering message"
    parts = [
        "Request for a three-way health check",
        "To: the GP practice; the school or nursery; the school nurse or health visitor",
        " ".join(filter(None, (f"About: {name}.", born_words(child)))),
        f"Date: {long_date(view.today)}",
        "",
        GREETING,
        "",
        ASK,
        "",
        *_why(view),
        *_record(view),
        "We ask:",
        *(f"{number}. {text}" for number, text in enumerate(ASKS, start=1)),
        "",
        CLOSING,
        "",
        FAREWELL,
        signature(by),
    ]
    return "\n".join(parts).rstrip() + "\n"


def _why(view: View) -> list[str]:
    found = view.also("LP12.three_way")
    return [f"Why now: {found.text}", ""] if found is not None else []


def _record(view: View) -> list[str]:
    """Return what our record holds; that nothing is recorded is said so."""
    missed = [(service.name or "a service", service.counts.get("not_brought", 0)) for service in services(view)]
    said = [f"{name}: {counted(times, 'time')}" for name, times in missed if times]
    lines = [
        f"Appointments the child was not brought to, as recorded here: {'; '.join(said) if said else 'none'}.",
    ]
    spans = attendance(view)[:_ATTENDANCE_SHOWN]
    sessions = [
        f"{long_date(span.from_)} to {long_date(span.to)}: {span.attended} of {span.possible} sessions"
        for span in reversed(spans)
    ]
    lines.append(f"Attendance, as recorded here: {'; '.join(sessions) if sessions else 'none'}.")
    reviewed = plan(view).reviewed_on
    lines.append(
        f"Individual healthcare plan: last reviewed {long_date(reviewed)}."
        if reviewed is not None
        else "Individual healthcare plan: none recorded here."
    )
    medicines = [str(fact.data.get("name")) for fact in view.facts("medicine") if fact.data.get("name")]
    if medicines:
        lines.append(
            f"Medicines recorded here: {listed(dict.fromkeys(medicines))}. The label and the prescriber say how."
        )
    return [*lines, ""]
