"""A child's stream: its order, its filters, its gaps, and pages that fit its outline."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gcp2_app.domain.entries import EnteredInError, Entry, Source, Theme
from gcp2_app.domain.register import Agency, Status, StatusKind
from gcp2_app.domain.when import When
from gcp2_app.services import register, stream
from gcp2_app.services.session import Session
from gcp2_app.services.stream import StreamQuery
from gcp2_app.storage import audit
from tests.services.families import Oaks, add_oaks
from tests.stores import TODAY


@pytest.fixture
def oaks(session: Session) -> Oaks:
    """A family of three children."""
    return add_oaks(session)


def put(session: Session, child: str, id_: str, when: Any, **more: Any) -> None:
    with session.store.transaction() as tx:
        entry = Entry(id=id_, kind="note", children=(child,), when=None if when is None else When(when))
        tx.entries.put(replace(entry, **more), by=session.user.id)


def listed(session: Session, child: str, **query: Any) -> list[str]:
    found = stream.outline(session, StreamQuery(child=child, **query))
    return [place.id for place in found.places]


def test_the_newest_stands_first_and_what_has_no_date_last(session: Session, oaks: Oaks) -> None:
    child = oaks.robin.id
    put(session, child, "day", "2026-03-14")
    put(session, child, "late", "2026-03-14T20:00:00+00:00")
    put(session, child, "range", {"from": "2026-01-01", "to": "2026-03-20"})
    put(session, child, "month", {"month": "2026-03"})
    put(session, child, "unknown", {"unknown": "mother unsure"})
    put(session, child, "none", None)
    put(session, oaks.fern.id, "other", "2026-03-15")
    assert listed(session, child) == ["month", "range", "late", "day", "none", "unknown"]
    places = {place.id: place for place in stream.outline(session, StreamQuery(child=child)).places}
    assert (places["range"].last_day, places["range"].certain) == (date(2026, 3, 20), True)
    assert (places["unknown"].last_day, places["unknown"].certain) == (None, False)


def test_filters_leave_out_what_does_not_fit(session: Session, oaks: Oaks) -> None:
    child = oaks.robin.id
    school = Source(name="Élodie Webb", role="teacher", agency=Agency.SCHOOL)
    put(session, child, "a", "2026-03-01", themes=(Theme.MEDICAL, Theme.PHYSICAL), source=school, what="100% wet")
    put(session, child, "b", "2026-03-02", kind="event", data={"type": "injury"}, impact="Bruise on the ARM")
    put(session, child, "c", "2026-03-03", themes=(Theme.STRENGTH,), source=Source(agency=Agency.GP))
    assert listed(session, child, kinds=("event",)) == ["b"]
    assert listed(session, child, kinds=("event", "note")) == ["c", "b", "a"]
    assert listed(session, child, themes=(Theme.PHYSICAL, Theme.STRENGTH)) == ["c", "a"]
    assert listed(session, child, agencies=(Agency.SCHOOL,)) == ["a"]
    assert listed(session, child, text="bruise arm") == ["b"]
    assert listed(session, child, text="injury") == ["b"]
    assert listed(session, child, text="élodie teach") == ["a"]
    assert listed(session, child, text="100%") == ["a"]
    assert listed(session, child, text="1_0%") == []
    assert listed(session, child, agencies=(Agency.SCHOOL,), kinds=("event",)) == []
    assert stream.outline(session, StreamQuery(child=child, text="bruise")).total == 3


def test_entries_are_read_in_the_order_they_are_asked_for(session: Session, oaks: Oaks) -> None:
    child = oaks.robin.id
    for number in range(5):
        put(session, child, f"e{number}", f"2026-01-0{number + 1}")
    put(session, oaks.fern.id, "other", "2026-01-03")
    read = stream.read(session, child, ["e3", "other", "gone", "e0", "e4"])
    assert [entry.id for entry in read] == ["e3", "e0", "e4"]
    assert stream.read(session, child, []) == ()


def test_what_was_entered_in_error_answers_to_no_filter_and_fills_no_gap(session: Session, oaks: Oaks) -> None:
    child = oaks.robin.id
    since = TODAY - timedelta(days=40)
    plan = Status(status=StatusKind.CHILD_PROTECTION, from_=since)
    register.save_child(session, replace(oaks.robin, statuses=(plan,)))
    error = EnteredInError(by="w1", at=datetime(2026, 11, 20, tzinfo=UTC), reason="wrong child")
    put(session, child, "wrong", (TODAY - timedelta(days=20)).isoformat(), entered_in_error=error, what="secret")
    put(session, child, "about", {"about": "2026-11"})
    found = stream.outline(session, StreamQuery(child=child))
    assert {place.id for place in found.places} == {"wrong", "about"}
    assert found.total == 1
    assert [(gap.after, gap.before, gap.days) for gap in found.gaps] == [(since, None, 40)]
    assert listed(session, child, text="secret") == []
    put(session, child, "seen", (TODAY - timedelta(days=20)).isoformat())
    assert stream.outline(session, StreamQuery(child=child)).gaps == ()
    assert stream.outline(session, StreamQuery(child=child, kinds=("visit",))).gaps == ()


def test_a_search_is_in_the_trail_by_its_count_and_never_its_words(session: Session, oaks: Oaks) -> None:
    put(session, oaks.robin.id, "a", "2026-03-01", what="wet")
    stream.outline(session, StreamQuery(child=oaks.robin.id))
    stream.outline(session, StreamQuery(child=oaks.robin.id, text="wet"))
    with session.store.transaction() as tx:
        searched, viewed = audit.page(tx, limit=2)
    assert (viewed.action, viewed.id, viewed.count) == ("timeline listed", oaks.robin.id, 1)
    assert (searched.action, searched.count) == ("timeline searched", 1)
    assert "wet" not in repr(searched)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """One store for all examples."""
    from tests.stores import add_family, make_session

    session = make_session(tmp_path_factory.mktemp("stream") / "store")
    child, _ = add_family(session)
    yield session, child.id
    session.store.close()


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    whens=st.lists(
        st.one_of(
            st.dates(date(2020, 1, 1), date(2027, 1, 1)).map(date.isoformat),
            st.datetimes(datetime(2020, 1, 1), datetime(2027, 1, 1)).map(  # noqa: DTZ001 - the zone is added below
                lambda at: at.replace(microsecond=0, tzinfo=UTC).isoformat()
            ),
        ),
        max_size=12,
    )
)
def test_months_follow_one_another_in_the_order_of_the_stream(kept: tuple[Session, str], whens: Sequence[str]) -> None:
    session, child = kept
    with session.store.transaction() as tx:
        for number, when in enumerate(whens):
            tx.entries.put(Entry(id=f"e{number}", kind="note", children=(child,), when=When(when)), by=None)
    days = [place.last_day for place in stream.outline(session, StreamQuery(child=child)).places]
    months = [(day.year, day.month) for day in days if day is not None]
    assert months == sorted(months, reverse=True)
