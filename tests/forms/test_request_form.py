"""The steps of a request for help, and what a slip of the pen in them or in the policy does."""

from pathlib import Path

import pytest

from gcp2_app.domain.referring import STEPS
from gcp2_app.errors import BadFile
from gcp2_app.forms.policy import load_policy, shipped_policy
from gcp2_app.forms.referral import load_request_form, shipped_request_form
from gcp2_app.paths import data_folder

STEPS_FILE = data_folder("forms") / "referral" / "dudley.toml"
POLICY_FILE = data_folder("forms") / "policy" / "dudley.toml"


def changed(tmp_path: Path, file: Path, old: str, new: str) -> Path:
    text = file.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "changed.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def test_danger_comes_first_then_the_allocated_worker() -> None:
    form = shipped_request_form()
    assert tuple(step.code for step in form.steps) == STEPS
    assert form.steps[0].questions[0].item.name == "emergency"
    policy = shipped_policy().referral
    assert (policy.name, policy.alias) == ("Request for Help and Support", "MARF")
    assert (policy.confirmed_working_days, policy.answer_hours, policy.join_days) == (10, 2, 3)


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('code = "level"', 'code = "levels"', "steps"),
        ('name = "phoned_at"', 'name = "phoned_to"', "steps[0].items[2] (phoned_to)"),
        ("needed = true", "required = true", "steps[0].items[0] (emergency)"),
        ('shown_if = "emergency"', 'shown_if = "level"', "steps[0].items[1] (phoned_to)"),
        ('  { code = "mash", label = "MASH (multi-agency safeguarding hub)" },\n', "", "steps[4].items[0] (to)"),
    ],
)
def test_a_slip_in_the_steps_is_told_with_its_place(tmp_path: Path, old: str, new: str, place: str) -> None:
    with pytest.raises(BadFile) as refused:
        load_request_form(changed(tmp_path, STEPS_FILE, old, new))
    assert refused.value.place == place


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('alias = "MARF"', 'alias = " "', "referral.alias"),
        ("join_days = 3", "join_days = 0", "referral.join_days"),
        ('close_of_day = "17:00"', 'close_of_day = "24:00"', "referral.close_of_day"),
        ("urgent_stage = 3", "urgent_stage = 5", "challenge.urgent_stage"),
        (
            '[[challenge.stages]]\ntitle = "Worker to worker"\nwho = "Whoever disagrees speaks with whoever',
            '[[danger.signs]]\nwhat = "',
            "challenge.stages",
        ),
    ],
)
def test_a_slip_in_the_policy_is_told_with_its_place(tmp_path: Path, old: str, new: str, place: str) -> None:
    with pytest.raises(BadFile) as refused:
        load_policy(changed(tmp_path, POLICY_FILE, old, new))
    assert refused.value.place == place
