"""What the record itself can say to the twelve questions about harm that adds up, for a person to correct.

Things are counted and listed, each with its day; nothing is added up to a number, and nobody is judged. What the record
does not hold is left to people.

Source: casework.md, row LP2: "twelve cumulative-harm questions … once a household per review with differences per
child, the countable ones pre-filled"; forms/learning/questions.toml.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date

from gcp2_app.domain.gaps import gaps
from gcp2_app.domain.learning import Countable, HarmQuestion
from gcp2_app.domain.neglect_types import TYPES, quarter_of
from gcp2_app.domain.referring import is_of_social_worker
from gcp2_app.domain.register import StatusKind
from gcp2_app.domain.rules.gradings import name_of
from gcp2_app.domain.rules.reading import Contact, certain, is_concern, visits, voice_of
from gcp2_app.domain.rules.record import Fact, Graded
from gcp2_app.domain.rules.sessions import attended_of, spans
from gcp2_app.domain.rules.view import View
from gcp2_app.domain.words import AGENCIES, counted, listed, long_date


def answers(view: View, questions: Iterable[HarmQuestion]) -> dict[str, str]:
    """Return what the record of one child says to each question, by the question's code; nothing where it says nothing.

    Args:
        view: the child's record, on the day that is looked at.
        questions: those that are asked, with the facts each can be filled in from.
    """
    found: dict[str, str] = {}
    for question in questions:
        said = [text for fact in question.counted if (text := _SAYS[fact](view))]
        if said:
            found[question.code] = " ".join(said)
    return found


def together(by_name: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Return one answer to each question for a household: what is the same of every child is said once.

    Args:
        by_name: what :func:`answers` found, by the child's name.
    """
    found: dict[str, str] = {}
    for code in dict.fromkeys(code for each in by_name.values() for code in each):
        texts = {name: each[code] for name, each in by_name.items() if code in each}
        is_same = len(texts) == len(by_name) and len(set(texts.values())) == 1
        found[code] = (
            next(iter(texts.values())) if is_same else "\n".join(f"{name}: {text}" for name, text in texts.items())
        )
    return found


def _dated(facts: Iterable[Fact]) -> list[tuple[date, Fact]]:
    return [(fact.on, fact) for fact in certain(facts) if fact.on is not None]


def _days(found: Iterable[date]) -> str:
    return listed(long_date(day) for day in found)


def _first_concern(view: View) -> str:
    found = [pair for pair in _dated(view.facts("note", "referral")) if is_concern(pair[1])]
    if not found:
        return ""
    on, fact = found[0]
    agency = voice_of(fact)
    who = AGENCIES[agency] if agency is not None else "an agency that was not recorded"
    return f"The first concern recorded here is of {long_date(on)}, from {who}."


def _neglect_types(view: View) -> str:
    found = Counter(theme for fact in view.all_facts() for theme in fact.entry.themes if theme in TYPES)
    said = [f"{theme.value} ({counted(found[theme], 'entry', 'entries')})" for theme in TYPES if found[theme]]
    return f"Types of neglect recorded: {listed(said)}." if said else ""


def _types_by_quarter(view: View) -> str:
    dated = _dated(view.all_facts())
    found = {theme: {quarter_of(on) for on, fact in dated if theme in fact.entry.themes} for theme in TYPES}
    said = [
        f"{theme.value} in {listed(f'{each.year} quarter {each.number}' for each in sorted(quarters))}"
        for theme, quarters in found.items()
        if len(quarters) > 1
    ]
    return f"In more than one quarter of a year: {'; '.join(said)}." if said else ""


def _at_worse_end(view: View) -> str:
    times: Counter[str] = Counter()
    latest: dict[str, Graded] = {}
    for each in view.assessments():
        for code, grade in each.units.items():
            if each.is_high(grade):
                times[code] += 1
                latest[code] = each
    said = [f"{name_of(latest[code], code)} ({times[code]} times)" for code in sorted(times) if times[code] > 1]
    return f"At the worse end in more than one assessment: {listed(said)}." if said else ""


def _restarts(view: View) -> str:
    closed = [on for on, _ in _dated(view.facts("case_closed"))]
    again = [on for on, _ in _dated(view.facts("case_opened")) if closed and on >= closed[0]]
    if not closed:
        return ""
    opened = f", and opened again on {_days(again)}" if again else ""
    return f"Closed on {_days(closed)}{opened}."


def _referrals(view: View) -> str:
    said = []
    for on, fact in _dated(view.facts("referral")):
        agency, outcome = voice_of(fact), str(fact.data.get("outcome") or "")
        who = f" ({AGENCIES[agency]})" if agency is not None else ""
        began = ", and the help did not begin" if fact.data.get("service_began") is False else ""
        said.append(f"{long_date(on)}{who}: {outcome.replace('_', ' ') or 'no outcome recorded'}{began}")
    return f"Requests for help: {'; '.join(said)}." if said else ""


def _support(view: View) -> str:
    said = []
    for fact in view.facts("support"):
        began, ended = fact.day("from"), view.field(fact, "to")
        span = f"from {long_date(began)}" if began is not None else "from a day that is not known"
        span += f" to {long_date(ended)}" if ended is not None else ", still given"
        outcome = str(fact.data.get("outcome") or "").strip()
        said.append(f"{fact.data.get('name', '')} {span}{f': {outcome}' if outcome else ''}")
    return f"Support: {'; '.join(said)}." if said else ""


def _gains_not_held(view: View) -> str:
    found = view.also("LP1.gain_not_held")
    return found.text if found is not None else ""


def _not_brought(view: View) -> str:
    days = [on for on, fact in _dated(view.facts("appointment")) if fact.data.get("status") == "not_brought"]
    return f"Not brought to {counted(len(days), 'appointment')}: {_days(days)}." if days else ""


def _attendance(view: View) -> str:
    found = spans(view)
    attended, possible = attended_of(found)
    if not possible:
        return ""
    since, until = long_date(found[0].from_), long_date(found[-1].to)
    return f"{counted(attended, 'session')} at school of {possible} possible ones, from {since} to {until}."


def _measures(view: View) -> str:
    said = [
        f"{str(fact.data.get('measure', '')).replace('_', ' ')} {fact.data.get('value_as_recorded', '')} "
        f"({long_date(on)})"
        for on, fact in _dated(view.facts("measure"))
    ]
    return f"Measures as recorded: {'; '.join(said)}." if said else ""


def _moves(view: View) -> str:
    said = [
        f"{fact.data.get('from_authority') or 'an authority that is not known'} to {fact.data.get('to_authority', '')} "
        f"({long_date(on)})"
        for fact in view.facts("move")
        if (on := view.field(fact, "on")) is not None
    ]
    return f"Moves: {'; '.join(said)}." if said else ""


def _worker_changes(view: View) -> str:
    begun = {
        each.since
        for each in view.record.child.allocated
        if is_of_social_worker(each, view.record.professionals) and each.since > date.min and view.known(each.since)
    }
    return f"Social workers were allocated anew on {_days(sorted(begun))}." if len(begun) > 1 else ""


def _gaps(view: View) -> str:
    numbers = view.numbers("LP2.gap")
    limits = {
        StatusKind.CHILD_PROTECTION: numbers.child_protection_weeks * 7,
        StatusKind.CHILD_IN_NEED: numbers.child_in_need_weeks * 7,
    }
    days = [on for on, _ in _dated(view.all_facts())]
    found = gaps(days, view.record.child.statuses, today=view.today, limits=limits)
    said = [
        f"after {long_date(each.after)} {f'until {long_date(each.before)}' if each.before is not None else 'until now'}"
        for each in reversed(found)
    ]
    return f"Nothing recorded while there was a plan: {'; '.join(said)}." if said else ""


def _remote_contacts(view: View) -> str:
    remote, met = visits(view, Contact.REMOTE), visits(view, Contact.IN_PERSON)
    if not remote:
        return ""
    return (
        f"{counted(len(remote), 'contact')} by phone, video or through others, and "
        f"{counted(len(met), 'contact')} in person."
    )


def _statements(view: View) -> str:
    days = [on for on, _ in _dated(view.facts("statement"))]
    return f"The child’s own words are recorded on {_days(days)}: read them there." if days else ""


_SAYS: Mapping[Countable, Callable[[View], str]] = {
    Countable.FIRST_CONCERN: _first_concern,
    Countable.NEGLECT_TYPES: _neglect_types,
    Countable.TYPES_BY_QUARTER: _types_by_quarter,
    Countable.UNITS_AT_WORSE_END: _at_worse_end,
    Countable.RESTARTS: _restarts,
    Countable.REFERRALS: _referrals,
    Countable.SUPPORT: _support,
    Countable.GAINS_NOT_HELD: _gains_not_held,
    Countable.NOT_BROUGHT: _not_brought,
    Countable.ATTENDANCE: _attendance,
    Countable.MEASURES: _measures,
    Countable.MOVES: _moves,
    Countable.WORKER_CHANGES: _worker_changes,
    Countable.GAPS: _gaps,
    Countable.REMOTE_CONTACTS: _remote_contacts,
    Countable.STATEMENTS: _statements,
}
