"""What the team learning report says, counted over the children a supervisor works with.

Families are counted and forgotten: nothing of a record but what a rule found and how long a step took leaves the loop.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from gcp2_app.domain import team_learning
from gcp2_app.domain.learning import RowCoverage
from gcp2_app.domain.register import Child
from gcp2_app.domain.rules.engine import ask_about_child
from gcp2_app.domain.rules.view import View
from gcp2_app.domain.small_cells import FEWEST, at_least, shown
from gcp2_app.domain.team_learning import STEPS, Span, Stood, Taken
from gcp2_app.domain.users import Duty
from gcp2_app.domain.words import MONTHS, capital, counted
from gcp2_app.forms.learning import shipped_library
from gcp2_app.forms.rule_policy import shipped_rules, shipped_working_days
from gcp2_app.services import learning
from gcp2_app.services.alert_records import child_record
from gcp2_app.services.documents.front import front
from gcp2_app.services.documents.reading import Desk, Pages

if TYPE_CHECKING:
    from gcp2_app.reports.pdf.team_learning import FoundRow, StepLine

TITLE: Final = "Team learning report"
_STEPS: Final = {
    "decision": "A request for help is acknowledged or decided",
    "reply": "A stage of a challenge is answered",
    "records": "Records of an earlier authority come",
    "check": "What was said to be done is checked",
}


def gather(desk: Desk) -> Pages:
    """Return what writes the report. It counts whole quarters, so that two of the same quarter say the same.

    Raises:
        NotAllowed: the user is no supervisor.
    """
    from gcp2_app.reports.pdf.team_learning import TeamLearningReport, write_team_learning

    desk.session.require(Duty.SUPERVISE)
    span = team_learning.whole_quarters(desk.day, desk.since)
    children = [each for each in desk.tx.children.all() if desk.session.may_reach(each) and not each.restricted]
    groups = team_learning.families({each.id: [carer.person for carer in each.carers] for each in children})
    found: dict[str, Mapping[str, Stood]] = {}
    taken: dict[str, Mapping[str, Taken]] = {}
    if len(groups) >= FEWEST:
        for child in children:
            found[child.id], taken[child.id] = _of_child(desk, child, span)
    of_rules, of_steps = team_learning.of_families(found, groups), team_learning.of_families(taken, groups)
    report = TeamLearningReport(
        # The day it is made says nothing of a family; what is read is the end of a quarter.
        front=replace(front(desk, TITLE), read_as_of=span.last),
        looked_at=(
            ("Quarters", _quarters(span)),
            ("Families", f"{capital(at_least(len(groups)))}; restricted records are left out"),
        ),
        rows=tuple(_rows(of_rules)) if found else (),
        steps=tuple(_steps(of_steps)),
        read=tuple(_read(learning.covered(desk.session, desk.tx).rows)),
    )
    return lambda redaction: write_team_learning(report, redaction)


def _of_child(desk: Desk, child: Child, span: Span) -> tuple[dict[str, Stood], dict[str, Taken]]:
    """Return what the rules found at the ends of quarters, with what became of it, and how long steps took."""
    policy, calendar = shipped_rules(), shipped_working_days()
    record = child_record(desk.tx, child)
    found: dict[str, Stood] = {}
    for day in span.ends:
        alerts = ask_about_child(record, policy, calendar, today=day).alerts
        found = dict.fromkeys((*found, *(alert.rule for alert in alerts)), Stood.ENDED)
        if day == span.last:
            found |= {alert.rule: team_learning.stood(alert.since, day) for alert in alerts}
    return found, team_learning.steps(View(record, calendar, today=span.last, policy=policy), span)


def _rows(became: Mapping[str, list[Stood]]) -> Iterator["FoundRow"]:
    from gcp2_app.reports.pdf.team_learning import FoundLine, FoundRow

    for row in shipped_library().rows:
        lines = [
            FoundLine(says=rule.says, counts=_counts(became.get(rule.name, []), Stood))
            for rule in row.rules
            if len(became.get(rule.name, [])) >= FEWEST
        ]
        yield FoundRow(title=f"{row.code}: {row.title}", lines=tuple(lines))


def _steps(became: Mapping[str, list[Taken]]) -> Iterator["StepLine"]:
    from gcp2_app.reports.pdf.team_learning import StepLine

    for name, says in _STEPS.items():
        if len(became.get(name, [])) >= FEWEST:
            yield StepLine(step=says, within=_within(name), counts=_counts(became[name], Taken))


def _counts(became: list[Any], kinds: Any) -> tuple[str, ...]:
    said = shown(team_learning.parts(became, kinds))
    return said.total, *said.parts


def _within(name: str) -> str:
    numbers = shipped_rules()[STEPS[name]].numbers
    if name == "reply":
        return "In time: within the days of its stage."
    days = numbers.working_days if name != "records" else numbers.working_days[-1]
    return f"In time: within {counted(days, 'working day')}."


def _read(rows: tuple[RowCoverage, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for each in rows:
        said = shown((len(each.read), len(each.unread)))
        if len(each.read) + len(each.unread) >= FEWEST:
            yield f"{each.row.code}: {each.row.title}", (said.total, *said.parts)


def _quarters(span: Span) -> str:
    first, last = span.first, span.last
    year = f" {first.year}" if first.year != last.year else ""
    return f"{MONTHS[first.month - 1]}{year} to {MONTHS[last.month - 1]} {last.year}"
