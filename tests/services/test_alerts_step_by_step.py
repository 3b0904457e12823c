"""What the rules say after each change is what they would say of the whole record, had they never been asked before."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gcp2_app.domain.alerts import Alert
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.register import Child
from gcp2_app.domain.rules.engine import Before, ask_about_child
from gcp2_app.domain.when import When
from gcp2_app.forms.rule_policy import shipped_rules, shipped_working_days
from gcp2_app.services import alerts
from gcp2_app.services.alert_records import child_record
from gcp2_app.services.session import Session
from tests.domain.rules.test_replay import TODAY as REPLAYED
from tests.domain.rules.test_replay import children, entries
from tests.rules import DAY, days, entry, record
from tests.stores import TODAY, Clock, make_session

#: Kinds that a few rules with long memories read, so that alerts begin, go on and end.
KINDS_OFTEN = ("referral", "note", "visit", "appointment", "action", "attendance", "case_opened", "meeting", "medicine")
NUMBERS = count()


@dataclass
class Kept:
    """A store that stays open for all examples."""

    session: Session
    clock: Clock


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    clock = Clock()
    session = make_session(tmp_path_factory.mktemp("steps") / "store", clock=clock)
    yield Kept(session, clock)
    session.store.close()


def moved(it: Entry, child: str, id_: str) -> Entry:
    """The entry about this child, as near to the day of the store as it was to the day it was drawn for."""
    by = TODAY - REPLAYED
    when, known = (None if one is None else one.moved(by) for one in (it.when, it.known))
    return replace(it, id=id_, children=(child,), when=when, known=known)


def anew(session: Session, child: Child) -> tuple[Alert, ...]:
    with session.store.transaction() as tx:
        whole = child_record(tx, tx.children.get(child.id))
    return ask_about_child(whole, shipped_rules(), shipped_working_days(), today=session.today()).alerts


@given(data=st.data())
@settings(max_examples=25)
def test_step_by_step_the_alerts_are_those_of_the_whole_record(kept: Kept, data: st.DataObject) -> None:
    kept.clock.instant = Clock().instant
    session = kept.session
    child = replace(data.draw(children()), id=f"k{next(NUMBERS)}", allocated=())
    with session.store.transaction() as tx:
        tx.children.put(child, by=None)
    assert alerts.of_child(session, child.id) == anew(session, child)
    for step in range(data.draw(st.integers(3, 8))):
        kind = data.draw(st.sampled_from(KINDS_OFTEN))
        it = moved(data.draw(entries(kind, "e")), child.id, f"{child.id}-{step}")
        with session.store.transaction() as tx:
            tx.entries.put(it, by=None)
        if data.draw(st.booleans()):
            assert alerts.of_child(session, child.id) == anew(session, child)
        kept.clock.instant += timedelta(days=data.draw(st.sampled_from([0, 0, 1, 9])))
        assert alerts.of_child(session, child.id) == anew(session, child)


def test_requests_one_after_the_other(kept: Kept) -> None:
    kept.clock.instant = Clock().instant
    session, child = kept.session, Child(id="steady", given_names="Practice", family_name="Oak")
    with session.store.transaction() as tx:
        tx.children.put(child, by=None)
    for number, away in enumerate((-300, -200, -100, -50, -20, 0, -400, -10)):
        request = Entry(
            id=f"steady-{number}",
            kind="referral",
            children=("steady",),
            when=When.on(TODAY + timedelta(days=away)),
            data={"by_agency": "school"},
        )
        with session.store.transaction() as tx:
            tx.entries.put(request, by=None)
        assert alerts.of_child(session, "steady") == anew(session, child)
    found = {alert.rule: alert.since for alert in alerts.of_child(session, "steady")}
    assert found["LP9.three_in_year"] == TODAY - timedelta(days=200)


def test_looking_back_ends_where_it_ended_before() -> None:
    requests = [entry(f"e{number}", "referral", DAY - days(number * 30), by_agency="school") for number in range(20)]
    about, rules, working = record(*requests), shipped_rules(), shipped_working_days()
    said = DAY - days(500)

    def since(until: int, rule: str = "LP9.three_in_succession") -> dict[str, object]:
        before = Before(DAY - days(until), {rule: said})
        found = ask_about_child(about, rules, working, today=DAY, names=["LP9.three_in_year"], before=before)
        return {alert.rule: alert.since for alert in found.alerts}

    whole = ask_about_child(about, rules, working, today=DAY, names=["LP9.three_in_year"]).alerts[0].since
    assert since(0, "LP9.three_in_year") == {"LP9.three_in_year": said}
    assert since(290, "LP9.three_in_year") == {"LP9.three_in_year": said}
    assert since(600, "LP9.three_in_year") == {"LP9.three_in_year": whole}
    assert since(0) == {"LP9.three_in_year": whole}
