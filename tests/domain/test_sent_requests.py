"""What was sent is kept as sent, and requests stand side by side."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from gcp2_app.domain.entries import Entry, Source
from gcp2_app.domain.register import Agency
from gcp2_app.domain.requests_compared import compare, joins
from gcp2_app.domain.sent_requests import (
    changed_after_sending,
    digest,
    is_as_sent,
    lines,
    plain_text,
    put_back_as_sent,
    was_sent,
)
from gcp2_app.domain.when import When
from gcp2_app.forms.referral import shipped_request_form
from gcp2_app.forms.rule_policy import shipped_working_days

#: A Friday.
DAY = date(2026, 3, 6)


def sent(**data: Any) -> Entry:
    held = {
        "by_agency": "school",
        "level": 3,
        "sent": {"at": "2026-03-06T10:00:00+00:00", "how": "portal"},
        "content": [{"block": "Why now", "label": "What happened?", "text": "Robin came without a coat."}],
        **data,
    }
    held["sent"] = {**held["sent"], "digest": digest(held)}
    return Entry(id="r1", kind="referral", children=("c1",), when=When.on(DAY), what="Robin came cold.", data=held)


def with_data(entry: Entry, **data: Any) -> Entry:
    return replace(entry, data={**entry.data, **data})


def test_a_request_that_was_sent_knows_whether_it_still_says_what_was_sent() -> None:
    entry = sent()
    assert was_sent(entry)
    assert is_as_sent(entry)
    assert not is_as_sent(with_data(entry, level=4))
    assert is_as_sent(with_data(entry, outcome="advice", decided_on="2026-03-09", incident="cold"))
    assert not was_sent(Entry(id="r2", kind="referral", data={"level": 3}))
    assert not was_sent(replace(entry, kind="note"))
    # Lists and tuples, and keys in another order, say the same.
    assert digest({**dict(reversed(list(entry.data.items()))), "content": tuple(entry.data["content"])}) == digest(
        entry.data
    )


@pytest.mark.parametrize(
    ("change", "names"),
    [
        ({"level": 4}, ("data.level",)),
        ({"told": {"agreed": True}}, ("data.told",)),
        ({"content": []}, ("data.content",)),
        ({"outcome": "advice", "acknowledged_on": "2026-03-07", "written_on": "2026-03-07"}, ()),
        ({"follow_ups": [{"on": "2026-03-07", "text": "It was a jacket."}]}, ()),
    ],
)
def test_what_was_sent_stays_and_what_came_of_it_is_added(change: dict[str, Any], names: tuple[str, ...]) -> None:
    entry = sent()
    assert changed_after_sending(entry, with_data(entry, **change)) == names


def test_words_that_were_sent_and_follow_ups_stay() -> None:
    entry = with_data(sent(), follow_ups=[{"on": "2026-03-07", "text": "It was a jacket."}])
    assert changed_after_sending(entry, replace(entry, what="Warm.")) == ("what",)
    assert changed_after_sending(entry, with_data(entry, follow_ups=None)) == ("data.follow_ups",)
    more = [*entry.data["follow_ups"], {"on": "2026-03-08", "text": "And boots."}]
    assert changed_after_sending(entry, with_data(entry, follow_ups=more)) == ()
    # One that was typed in as a record of somebody else's request, or altered elsewhere, is corrected as any entry.
    other = Entry(id="r2", kind="referral", data={"level": 3})
    assert changed_after_sending(other, with_data(other, level=4)) == ()


def test_blanks_that_a_form_does_not_keep_are_no_change_and_are_put_back() -> None:
    entry = replace(sent(override_reason="They  asked.\nTwice. "), what=" Robin came  cold. ")
    tidied = with_data(replace(entry, what="Robin came cold."), override_reason="They asked. Twice.", outcome="advice")
    tidied = with_data(tidied, told={"why_not": "", "agreed": None})
    assert changed_after_sending(entry, tidied) == ()
    back = put_back_as_sent(entry, tidied)
    assert is_as_sent(back)
    assert (back.what, back.data["outcome"], "told" in back.data) == (entry.what, "advice", False)
    other = Entry(id="r2", kind="referral", data={"level": 3})
    assert put_back_as_sent(other, with_data(other, level=4)).data["level"] == 4


def test_what_is_sent_holds_the_answers_in_words_and_only_what_was_asked() -> None:
    form = shipped_request_form()
    values = {
        "emergency": False,
        "phoned_to": "left from before",
        "level": "3",
        "family_told": True,
        "lawful_basis": "our own words",
        "about": ["c1", "c2"],
        "themes": ["physical", "medical"],
        "sent_at": "2026-03-06T10:00:00+00:00",
        "happened": " \n ",
    }
    said = {line["label"]: line["text"] for line in lines(form, values, {"c1": "Robin Ash"})}
    assert said["Could this child be harmed, or evidence lost, before tomorrow?"] == "No"
    assert "Whom did you phone?" not in said
    assert "What happened?" not in said
    assert said["Level of need"].startswith("3 Multiple")
    assert said["Whom is it about?"] == "Robin Ash, someone not in this record"
    assert said["Types of neglect"] == "Physical, Medical"
    assert said["Why may this be shared?"] == "our own words"
    assert "6 March 2026" in said["Sent at"]
    twice = [{"block": "A", "label": "B", "text": "C"}, {"block": "A", "label": "D", "text": "E"}]
    assert plain_text("T", twice) == "T\n\nA\nB\nC\nD\nE\n"
    text = plain_text("Request for Help", lines(form, values, {}))
    assert text.startswith("Request for Help\n\nDANGER FIRST\nCould this child")
    assert text.count("WHERE IT GOES") == 0
    assert "\n\nWHETHER THEY WERE TOLD\n" in text


def request(id_: str, on: date | None, **data: Any) -> Entry:
    when = When.on(on) if on is not None else When({"about": "2026-03"})
    return Entry(id=id_, kind="referral", children=("c1",), when=when, source=Source(agency=Agency.SCHOOL), data=data)


def days(count: int) -> timedelta:
    return timedelta(days=count)


def test_requests_within_three_days_are_offered_as_one_concern_the_nearest_first() -> None:
    found = joins(
        [
            request("a", DAY - days(4)),
            request("b", DAY - days(3)),
            request("c", DAY + days(3)),
            request("d", DAY),
            request("e", DAY + days(4)),
            request("f", None),
            replace(request("g", DAY), kind="note"),
        ],
        on=DAY,
        within=3,
    )
    assert [entry.id for entry in found] == ["d", "b", "c"]


def test_requests_stand_side_by_side_with_their_clocks() -> None:
    found = compare(
        [
            request("old", date(2025, 3, 5), outcome="early_help", service_began=False),
            request("first", date(2026, 3, 5), outcome="advice"),
            request("voice", DAY, by_phone=True),
            request("undated", None),
            replace(request("note", DAY), kind="note"),
        ],
        shipped_working_days(),
        decision_days=1,
        written_hours=24,
    )
    assert [each.entry.id for each in found] == ["voice", "first", "old", "undated"]
    voice, first, old, undated = found
    # Friday's request is decided by Monday; the call is followed up on Saturday.
    assert (voice.decision_due, voice.written_due) == (date(2026, 3, 9), date(2026, 3, 7))
    assert (first.decision_due, first.written_due) == (None, None)
    assert (voice.concern, first.concern, old.concern, undated.concern) == (2, 2, 1, 0)
    assert (old.low, first.low, voice.low) == (True, True, False)
    assert (old.again, first.again, voice.again) == (False, True, True)
    assert undated.decision_due is None


@pytest.mark.parametrize(("ago", "again"), [(364, True), (365, True), (366, False)])
def test_a_request_within_twelve_months_of_the_one_before_is_made_again(ago: int, again: bool) -> None:
    found = compare(
        [request("a", DAY - days(ago)), request("b", DAY, acknowledged_on="2026-03-06", written_on="2026-03-06")],
        shipped_working_days(),
        decision_days=1,
        written_hours=24,
    )
    assert found[0].again is again
    assert found[0].decision_due is None
