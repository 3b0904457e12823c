"""What the rules say is kept, asked again where the record changed, and laid aside with a reason."""

from datetime import date, timedelta

import pytest

from gcp2_app.domain.alerts import Level
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.moment import Moment
from gcp2_app.domain.register import Allocation, Child, Household, Member
from gcp2_app.domain.users import Role
from gcp2_app.domain.when import When
from gcp2_app.errors import InvalidValue, NotAllowed, NotFound
from gcp2_app.services import alerts
from gcp2_app.services.session import Session
from gcp2_app.storage.alerts import AlertCounts, alert_counts, children_to_ask_about, keep_alerts
from tests.stores import TODAY, Clock, actions, add_user, as_user

YEAR = "LP9.three_in_year"


def put_child(session: Session, id_: str = "c1") -> None:
    mine = (Allocation(professional=session.professional.id),)
    with session.store.transaction() as tx:
        tx.children.put(Child(id=id_, given_names="Practice", family_name=id_, allocated=mine), by=None)


def put_request(session: Session, id_: str, on: date, *children: str, known: date | None = None) -> None:
    entry = Entry(
        id=id_,
        kind="referral",
        children=children or ("c1",),
        when=When.on(on),
        known=None if known is None else When.on(known),
        data={"by_agency": "school"},
    )
    with session.store.transaction() as tx:
        tx.entries.put(entry, by=None)


def put_three(session: Session) -> None:
    put_child(session)
    for id_, ago in (("e1", 200), ("e2", 150), ("e3", 100)):
        put_request(session, id_, TODAY - timedelta(days=ago))


def rules(session: Session, child: str = "c1") -> set[str]:
    return {alert.rule for alert in alerts.of_child(session, child)}


def waiting(session: Session) -> tuple[str, ...]:
    with session.store.transaction() as tx:
        return children_to_ask_about(tx, today=session.today(), limit=10)


def counts(session: Session) -> AlertCounts | None:
    with session.store.transaction() as tx:
        return alert_counts(tx, ("c1",)).get("c1")


def test_a_new_entry_is_seen_at_once(session: Session) -> None:
    put_three(session)
    assert YEAR in rules(session)
    put_request(session, "e4", TODAY)
    found = next(alert for alert in alerts.of_child(session, "c1") if alert.rule == YEAR)
    assert found.entries == ("e1", "e2", "e3", "e4")


def test_an_entry_that_goes_to_another_child_is_gone_from_the_first(session: Session) -> None:
    put_three(session)
    put_child(session, "c2")
    assert YEAR in rules(session)
    put_request(session, "e3", TODAY - timedelta(days=100), "c2")
    assert YEAR not in rules(session)


def test_a_child_is_asked_about_again_when_a_day_changes_the_answer(session: Session, clock: Clock) -> None:
    put_three(session)
    assert waiting(session) == ("c1",)
    assert alerts.ask_some(session) == 1
    assert alerts.ask_some(session) == 0
    assert waiting(session) == ()
    clock.move(days=166)
    assert waiting(session) == ("c1",)
    assert YEAR not in rules(session)


def test_a_request_about_a_brother_or_sister_is_asked_about_for_all_who_live_together(session: Session) -> None:
    put_three(session)
    put_child(session, "c2")
    with session.store.transaction() as tx:
        tx.households.put(Household(id="h1", members=(Member(who="c1"), Member(who="c2"))), by=None)
    assert "LP9.household" in rules(session, "c2")
    alerts.of_child(session, "c1")
    put_request(session, "e9", TODAY, "c2")
    assert set(waiting(session)) == {"c1", "c2"}


def test_the_most_urgent_children_come_first_and_only_the_users_own(session: Session) -> None:
    put_three(session)
    put_child(session, "c2")
    for id_, ago in (("f1", 40), ("f2", 20), ("f3", 1)):
        put_request(session, id_, TODAY - timedelta(days=ago), "c2")
    while alerts.ask_some(session):
        pass
    assert [each.child.id for each in alerts.across(session).children] == ["c2", "c1"]
    first, rest = alerts.across(session, limit=1), alerts.across(session, offset=1, limit=1)
    assert (len(first.children), first.more) == (1, True)
    assert (len(rest.children), rest.more) == (1, False)
    add_user(session, "other", Role.PRACTITIONER)
    assert alerts.across(as_user(session, "other")).children == ()


def test_what_is_said_of_brothers_and_sisters_because_of_the_same_entries_is_said_once(session: Session) -> None:
    for id_ in ("c1", "c2"):
        put_child(session, id_)
    for id_, ago in (("e1", 200), ("e2", 150), ("e3", 100)):
        put_request(session, id_, TODAY - timedelta(days=ago), "c1", "c2")
    while alerts.ask_some(session):
        pass
    (only,) = alerts.across(session).children
    assert [child.id for child in only.also[YEAR]] == ["c2"]
    # Who takes no line of their own takes no page with them.
    put_child(session, "c3")
    for id_, ago in (("f1", 40), ("f2", 20), ("f3", 1)):
        put_request(session, id_, TODAY - timedelta(days=ago), "c3")
    while alerts.ask_some(session):
        pass
    assert alerts.across(session, limit=2).more


def test_an_alert_is_laid_aside_with_a_reason_until_a_day(session: Session, clock: Clock) -> None:
    put_three(session)
    assert counts(session) is None
    alerts.of_child(session, "c1")
    kept = counts(session)
    assert kept is not None
    until = TODAY + timedelta(days=7)
    found = alerts.set_aside(session, "c1", YEAR, reason="The review is booked for Friday.", until=until)
    laid = next(alert for alert in found if alert.rule == YEAR)
    assert laid.set_aside is not None
    assert laid.set_aside.by == session.professional.id
    after = counts(session)
    assert after is not None
    assert after.act == kept.act - 1
    assert "alert set aside" in actions(session)
    clock.move(days=7)
    assert aside(session)
    clock.move(days=1)
    assert not aside(session)


def aside(session: Session) -> bool:
    return any(alert.set_aside is not None for alert in alerts.of_child(session, "c1"))


def test_a_newly_counted_entry_wakes_it(session: Session) -> None:
    put_three(session)
    alerts.set_aside(session, "c1", YEAR, reason="Booked.", until=TODAY + timedelta(days=7))
    assert aside(session)
    put_request(session, "e4", TODAY)
    assert not aside(session)


def test_it_can_be_taken_up_again(session: Session) -> None:
    put_three(session)
    alerts.set_aside(session, "c1", YEAR, reason="Booked.", until=TODAY + timedelta(days=7))
    assert all(alert.set_aside is None for alert in alerts.take_up_again(session, "c1", YEAR))


def test_what_cannot_be_laid_aside(session: Session) -> None:
    put_three(session)
    with pytest.raises(InvalidValue, match="reason"):
        alerts.set_aside(session, "c1", YEAR, reason=" ", until=TODAY)
    with pytest.raises(InvalidValue, match="passed"):
        alerts.set_aside(session, "c1", YEAR, reason="Booked.", until=TODAY - timedelta(days=1))
    with pytest.raises(NotFound):
        alerts.set_aside(session, "c1", "LP9.cluster", reason="Booked.", until=TODAY)


def test_an_urgent_one_is_laid_aside_by_a_supervisor(session: Session) -> None:
    add_user(session, "worker", Role.PRACTITIONER)
    worker = as_user(session, "worker")
    put_child(worker)
    for id_, ago in (("f1", 40), ("f2", 20), ("f3", 1)):
        put_request(session, id_, TODAY - timedelta(days=ago))
    until = TODAY + timedelta(days=2)
    with pytest.raises(NotAllowed, match="supervisor"):
        alerts.set_aside(worker, "c1", "LP9.cluster", reason="Booked.", until=until)
    add_user(session, "lead", Role.SUPERVISOR)
    found = alerts.set_aside(as_user(session, "lead"), "c1", "LP9.cluster", reason="Booked.", until=until)
    assert next(alert for alert in found if alert.rule == "LP9.cluster").level is Level.URGENT


def test_as_of_is_hindsight_and_known_on_is_not(session: Session) -> None:
    put_child(session)
    put_request(session, "e1", date(2026, 1, 1))
    put_request(session, "e2", date(2026, 2, 1), known=date(2026, 6, 1))
    put_request(session, "e3", date(2026, 3, 1))
    day = date(2026, 3, 1)

    def three(moment: Moment) -> bool:
        return YEAR in {alert.rule for alert in alerts.at(session, moment, "c1")}

    assert three(Moment(as_of=day))
    assert not three(Moment(as_of=day - timedelta(days=1)))
    assert not three(Moment(known_on=day))
    assert not three(Moment(as_of=day, known_on=date(2026, 5, 31)))
    assert three(Moment(as_of=day, known_on=date(2026, 6, 1)))
    assert three(Moment(known_on=date(2026, 6, 1)))
    assert three(Moment())


def test_an_administrator_reads_no_alerts(session: Session) -> None:
    put_three(session)
    add_user(session, "admin", Role.ADMINISTRATOR)
    with pytest.raises(NotAllowed):
        alerts.of_child(as_user(session, "admin"), "c1")
    with pytest.raises(NotAllowed):
        alerts.at(as_user(session, "admin"), Moment())


def test_what_other_rules_said_is_not_kept(session: Session) -> None:
    put_three(session)
    assert YEAR in rules(session)
    with session.store.transaction() as tx:
        keep_alerts(tx, "c1", (), changes_on=date.max)
    assert rules(session) == set()
    assert alerts.ask_some(session) == 0
    with session.store.transaction() as tx:
        tx.set_setting(alerts.ASKED_WITH, "rules of an earlier version")
    assert YEAR in rules(session)
    with session.store.transaction() as tx:
        keep_alerts(tx, "c1", (), changes_on=date.max)
        tx.set_setting(alerts.ASKED_WITH, "rules of an earlier version")
    assert alerts.ask_some(session) == 1
    assert YEAR in rules(session)
