"""What a rule and a record refuse."""

import pytest

from gcp2_app.domain.alerts import Job
from gcp2_app.domain.rules.record import Counting, Fact
from gcp2_app.domain.rules.registry import NoNumbers, rule
from gcp2_app.domain.rules.themes import RULES
from gcp2_app.storage.rule_entries import RuleEntry
from tests.rules import DAY, entry


def test_two_rules_never_have_one_name() -> None:
    name = next(iter(RULES))
    with pytest.raises(ValueError, match=name):
        rule(name, NoNumbers, next="", job=Job.LEAD)(RULES[name].check)


def test_the_whole_entry_is_there_only_where_it_was_read() -> None:
    note = entry("e1", "note", DAY)
    assert Fact(note, Counting.KNOWN).whole is note
    with pytest.raises(TypeError, match="for the rules alone"):
        Fact(RuleEntry(id="e1", kind="note"), Counting.KNOWN).whole  # noqa: B018 - reading it is what is tested
