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
    assert shipped_policy() is policy


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
        ('format = "gcp2-policy"', 'format = "gcp2-pack"', "format"),
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
