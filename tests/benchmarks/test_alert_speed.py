"""What asking the rules takes, measured; nothing here fails on time."""

import random
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from gcp2_app.domain.entries import Entry, Source, Theme
from gcp2_app.domain.register import Agency
from gcp2_app.domain.when import When
from gcp2_app.services import alerts
from gcp2_app.services.session import Session
from gcp2_app.storage.alerts import mark_alerts_stale, mark_all_alerts_stale
from gcp2_app.storage.store import now_utc
from tests.benchmarks.caseloads import fill
from tests.benchmarks.conftest import Say, Times, in_words
from tests.stores import make_session

#: Of a child who is much written about, by kind: two thousand in five years.
_KINDS = {"note": 900, "visit": 500, "appointment": 200, "action": 150, "attendance": 40, "measure": 60, "referral": 12}
_KINDS |= {"worker_contact": 60, "statement": 40, "meeting": 38}


def _data(kind: str, chance: random.Random, day: str) -> dict[str, Any]:
    data: dict[str, dict[str, Any]] = {
        "note": {"concern": chance.random() < 0.05},
        "visit": {"mode": chance.choice(["home", "home", "phone", "school"]), "announced": chance.random() < 0.7},
        "appointment": {"service": "dentist", "status": chance.choice(["brought", "brought", "not_brought"])},
        "action": {"what": "Registers with a dentist", "agreed_on": day, "said_done_on": day, "checked_on": day},
        "attendance": {"from": day, "to": day, "possible": 10, "attended": 8},
        "measure": {"measure": "dental", "value_as_recorded": "seen"},
        "referral": {"by_agency": "school", "outcome": chance.choice(["advice", "assessment"])},
        "worker_contact": {"to_role": "worker", "by_agency": "school", "tried_on": day, "reached": True},
        "statement": {},
        "meeting": {"type": "core_group", "held": day},
    }
    return data[kind]


def _write_much(session: Session, child: str) -> None:
    chance = random.Random(1)
    today = session.today()
    with session.store.transaction() as tx:
        for kind, count in _KINDS.items():
            for number in range(count):
                on = today - timedelta(days=chance.randrange(1, 1800))
                entry = Entry(
                    id=f"{kind}-{number}",
                    kind=kind,
                    children=(child,),
                    when=When.on(on),
                    what="What was seen and said in the home that day, in a few plain sentences. " * 3,
                    source=Source(agency=chance.choice(list(Agency))),
                    themes=(Theme.MEDICAL,) if chance.random() < 0.1 else (),
                    data=_data(kind, chance, on.isoformat()),
                )
                tx.entries.put(entry, by=None)


@pytest.fixture
def long(tmp_path: Path) -> Iterator[Session]:
    """A store with one child of 40 assessments and two thousand entries of every kind."""
    session = make_session(tmp_path / "store", clock=now_utc)
    (child,) = fill(session, 1, assessments=40)
    _write_much(session, child)
    with session.store:
        yield session


def test_the_alerts_of_a_child(long: Session, say: Say) -> None:
    with long.store.transaction() as tx:
        child = next(iter(tx.children.all())).id
    number = 0

    def ask() -> None:
        with long.store.transaction() as tx:
            mark_alerts_stale(tx.session, (child,))
            tx.reading.forget()
            assert alerts.fresh(long, tx, tx.children.get(child))

    def change() -> None:
        nonlocal number
        number += 1
        day = When.on(long.today())
        with long.store.transaction() as tx:
            tx.entries.put(
                Entry(id=f"new-{number}", kind="note", children=(child,), when=day, known=day, what="Seen."), by=None
            )
            assert alerts.fresh(long, tx, tx.children.get(child))

    def read() -> None:
        assert alerts.of_child(long, child)

    say(f"alerts of a child with 2 000 entries, all read and asked anew: {in_words(Times(ask, 10))} ms (bar 20)")
    say(f"alerts of a child with 2 000 entries, after one more entry: {in_words(Times(change, 20))} ms (bar 20)")
    say(f"alerts of a child, as kept: {in_words(Times(read, 20))} ms (bar 20)")


def test_the_alerts_of_a_caseload(big: Session, children: int, say: Say) -> None:
    with big.store.transaction() as tx:
        mark_all_alerts_stale(tx.session)
    asked = 0

    def some() -> None:
        nonlocal asked
        asked += alerts.ask_some(big)

    times = Times(some, 100)
    seconds = sum(times.busy) / asked * 10_000 / 1000
    say(f"alerts of 10 000 such children in the background: {seconds:.0f} s of the processor (bar 60)")
    say(f"a few of them, which whoever opens a child waits for: {in_words(times)} ms")
    listed = Times(lambda: alerts.across(big), 5)
    say(f"the list of alerts across {children:,} children: {in_words(listed)} ms")
    assert asked
