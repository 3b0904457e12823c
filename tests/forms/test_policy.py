"""The policy of an area: what is shipped, and what a slip of the pen does."""

from pathlib import Path

import pytest

from gcp2_app.domain.policy import PolicyStatus
from gcp2_app.errors import BadFile, NotFound
from gcp2_app.forms.policy import DANGER_CODES, load_policy, shipped_policy
from gcp2_app.paths import data_folder

SHIPPED = data_folder("forms") / "policy" / "dudley.toml"


def changed(tmp_path: Path, old: str, new: str) -> Path:
    """Return a copy of the shipped policy with one place changed."""
    text = SHIPPED.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "policy.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def test_the_shipped_policy_names_whom_to_ring() -> None:
    policy = shipped_policy()
    numbers = {number.code: number for number in policy.danger.numbers}
    assert tuple(numbers) == DANGER_CODES
    assert numbers["emergency"].number == "999"
    assert (numbers["daytime"].number, numbers["daytime"].then) == ("0300 555 0050", "option 3")
    assert numbers["out_of_hours"].number == "0300 555 8574"
    assert policy.danger.origin.status is PolicyStatus.DEFAULT
    assert policy.danger.origin.checked_on == "2025-02"
    assert policy.lock.idle_minutes == 5
    assert policy.lock.idle_minutes_most >= policy.lock.idle_minutes
    assert policy.sharing.young_person_from_years == 12
    assert policy.lock.neutral_after_minutes == 15
    assert (policy.lock.cover_minutes_most, policy.lock.cover_tries) == (60, 3)
    assert (policy.backup.unlock_hours, policy.backup.every_minutes, policy.backup.copy_working_days) == (24, 30, 3)
    reports = policy.reports
    assert (reports.chair_before_conference_working_days, reports.chair_before_review_working_days) == (3, 5)
    assert reports.origin.status is PolicyStatus.LOCAL_ANALOGUE
    assert shipped_policy() is policy


def test_the_shipped_policy_asks_the_question_and_says_of_what_the_carer_is_not_told_first() -> None:
    danger = shipped_policy().danger
    assert danger.question == "Could this child be harmed, or evidence lost, before tomorrow?"
    assert len(danger.signs) == 7
    held_back = [sign.what for sign in danger.signs if sign.do_not_tell_first]
    assert len(held_back) == 2
    assert any("sexual abuse" in what for what in held_back)
    assert "Do not tell the carer first" in danger.do_not_tell


def test_a_policy_without_signs_of_danger_is_refused(tmp_path: Path) -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    start, end = text.index("[[danger.signs]]"), text.index("[[danger.numbers]]")
    path = tmp_path / "policy.toml"
    path.write_text(text[:start].replace("[danger]", "[danger]\nsigns = []") + text[end:], encoding="utf-8")
    with pytest.raises(BadFile) as refused:
        load_policy(path)
    assert refused.value.place == "danger.signs"


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('id = "dudley"', 'id = "dudley"\nidd = 1', "idd"),
        ('number = "999"', 'numbr = "999"', "danger.numbers[0]"),
        ('status = "default"', 'status = "sure"', "danger.status"),
        ('checked_on = "2025-02"', 'checked_on = "last week"', "danger.checked_on"),
        ('checked_on = "2026-11"', 'checked_on = "2026-13"', "lock.checked_on"),
        ('code = "daytime"', 'code = "emergency"', "danger.numbers"),
        ("idle_minutes = 5", "idle_minutes = 0", "lock.idle_minutes"),
        ("idle_minutes = 5", "idle_minutes = 16", "lock.idle_minutes"),
        ("idle_minutes = 5", 'idle_minutes = "5"', "lock.idle_minutes"),
        ("young_person_from_years = 12", "young_person_from_years = 19", "sharing.young_person_from_years"),
        (
            "chair_before_review_working_days = 5",
            "chair_before_review_working_days = -1",
            "reports.chair_before_review_working_days",
        ),
        ('format = "gcp2-policy"', 'format = "gcp2-pack"', "format"),
        ('what = "Urgent treatment refused"', 'what = " "', "danger.signs[4].what"),
        ('act = "Phone now. Write afterwards."', 'act = ""', "danger.act"),
        ("cover_tries = 3", "cover_tries = 0", "lock.cover_tries"),
        ("neutral_after_minutes = 15", "neutral_after_minutes = 0", "lock.neutral_after_minutes"),
        ("hourly = 8", "hourly = 0", "backup.hourly"),
        ("copy_working_days = 3", "copy_working_days = -1", "backup.copy_working_days"),
        ("[danger]", "[danger", "line"),
    ],
)
def test_a_slip_of_the_pen_is_named_with_its_place(tmp_path: Path, old: str, new: str, place: str) -> None:
    with pytest.raises(BadFile) as refused:
        load_policy(changed(tmp_path, old, new))
    assert place in refused.value.place
    assert refused.value.mend


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        load_policy(tmp_path / "nothing.toml")
