"""The rules of the review's rows: pure functions of a record, each with its source, a module a theme.

Importing this package registers every rule.

Source: casework.md.
"""

from gcp2_app.domain.rules import (
    advocates,
    agreements,
    assessing,
    challenges,
    chronology,
    concern,
    contact,
    cumulative,
    decisions,
    health,
    learning,
    learning_needs,
    medicines,
    meetings,
    moves,
    patterns,
    requests,
    schooling,
    stays,
    visiting,
    workers,
)
from gcp2_app.domain.rules.engine import Answer, Before, ask_about_child, ask_about_professional
from gcp2_app.domain.rules.person import PersonRecord, PersonView
from gcp2_app.domain.rules.record import ChildRecord, Counting, Graded
from gcp2_app.domain.rules.registry import RULES, About, Finding, Rule
from gcp2_app.domain.rules.view import View

#: The modules that hold rules. Naming them here is what registers them.
THEMES = (
    cumulative,
    patterns,
    chronology,
    concern,
    stays,
    medicines,
    advocates,
    contact,
    workers,
    requests,
    challenges,
    learning,
    agreements,
    visiting,
    health,
    schooling,
    assessing,
    moves,
    learning_needs,
    decisions,
    meetings,
)

__all__ = [
    "RULES",
    "THEMES",
    "About",
    "Answer",
    "Before",
    "ChildRecord",
    "Counting",
    "Finding",
    "Graded",
    "PersonRecord",
    "PersonView",
    "Rule",
    "View",
    "ask_about_child",
    "ask_about_professional",
]
