"""The audit chain: whole as written, broken by any change."""

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcp2_app.domain.audit import FIRST, AuditEvent, chained, digest_of, verify
from gcp2_app.errors import InvalidValue

AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def _trail(length: int) -> list[AuditEvent]:
    trail: list[AuditEvent] = []
    previous = FIRST
    for seq in range(1, length + 1):
        event = AuditEvent(
            seq=seq,
            at=AT + timedelta(seconds=seq),
            user="u1",
            action="changed",
            kind="assessment",
            id=f"a{seq}",
            fields=("units", "analysis"),
            count=seq,
            reason="because",
        )
        trail.append(chained(event, previous))
        previous = trail[-1].digest
    return trail


def test_an_untouched_trail_is_whole() -> None:
    assert verify([]) is None
    assert verify(iter(_trail(5))) is None


CHANGES: list[dict[str, object]] = [
    {"seq": 9},
    {"at": AT},
    {"user": "u2"},
    {"user": None},
    {"action": "viewed"},
    {"kind": "entry"},
    {"id": "a9"},
    {"fields": ("units,analysis",)},
    {"fields": ()},
    {"count": None},
    {"reason": ""},
    {"previous": FIRST},
    {"digest": "0" * 64},
]


@pytest.mark.parametrize("change", CHANGES, ids=str)
def test_any_altered_field_breaks_the_trail_at_its_event(change: dict[str, object]) -> None:
    trail = _trail(5)
    trail[2] = replace(trail[2], **change)  # type: ignore[arg-type]  # one field of many
    assert verify(trail) == 3


def test_a_missing_added_or_reordered_event_breaks_the_trail() -> None:
    trail = _trail(5)
    assert verify(trail[1:]) == 1
    assert verify(trail[:2] + trail[3:]) == 3
    assert verify([trail[0], trail[0], *trail[1:]]) == 2
    assert verify([trail[0], trail[2], trail[1], *trail[3:]]) == 2


def test_an_altered_event_with_its_digest_made_again_breaks_the_next() -> None:
    trail = _trail(5)
    altered = replace(trail[2], reason="another")
    trail[2] = chained(altered, altered.previous)
    assert verify(trail) == 4


def test_the_same_instant_in_another_zone_has_the_same_digest() -> None:
    event = _trail(1)[0]
    elsewhere = replace(event, at=event.at.astimezone(timezone(timedelta(hours=1))))
    assert digest_of(elsewhere, FIRST) == event.digest


def test_an_event_without_a_zone_is_not_chained() -> None:
    with pytest.raises(InvalidValue, match="zone"):
        chained(AuditEvent(seq=1, at=AT.replace(tzinfo=None), user=None, action="unlocked"), FIRST)


@given(st.lists(st.text(), max_size=3), st.lists(st.text(), max_size=3), st.text(), st.text())
def test_different_events_have_different_digests(one: list[str], other: list[str], a: str, b: str) -> None:
    event = AuditEvent(seq=1, at=AT, user=a, action=b, fields=tuple(one))
    changed = AuditEvent(seq=1, at=AT, user=b, action=a, fields=tuple(other))
    assert (event == changed) == (digest_of(event, FIRST) == digest_of(changed, FIRST))


@given(st.lists(st.text(), min_size=2, max_size=4), st.none() | st.integers(), st.none() | st.text(), st.datetimes())
def test_the_digest_is_that_of_a_json_array(
    texts: list[str], count: int | None, user: str | None, at: datetime
) -> None:
    at, (action, reason, *fields) = at.replace(tzinfo=UTC), texts
    event = AuditEvent(seq=7, at=at, user=user, action=action, fields=tuple(fields), count=count, reason=reason)
    array = [FIRST, 7, at.isoformat(), user, action, "", "", fields, count, reason]
    document = json.dumps(array, separators=(",", ":"))
    assert digest_of(event, FIRST) == hashlib.sha256(document.encode("ascii")).hexdigest()
