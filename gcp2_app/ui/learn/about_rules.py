"""About the rules: every number of the policy with where it comes from, every rule by its row, and what is still open.

Shows whatever parts the policy has.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from gcp2_app.domain.policy_parts import Check, PolicyPart, check_of, parts_of
from gcp2_app.ui import style
from gcp2_app.ui.column import Column
from gcp2_app.ui.learn import policy_words
from gcp2_app.ui.learn.texts import points, title_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from gcp2_app.domain.learning import Library
    from gcp2_app.domain.policy import AreaPolicy, RulePolicy


class AboutRulesSection(Column):
    """The policy part by part, then the rules row by row."""

    def __init__(
        self,
        library: "Library",
        policy: "AreaPolicy",
        rules: "Mapping[str, RulePolicy]",
        today: "date",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(120, parent, centred=False)
        self.setProperty("role", "reading")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("About the rules"))
        parts, numbers = parts_of(policy), {part.path[0]: part for part in parts_of(rules)}
        self._today = today
        self.body.addWidget(style.heading(self.tr("About the rules")))
        about = self.tr(
            "Rules notice what was recorded and say so in words. Their numbers are data of your area, to be read, "
            "checked and replaced. A rule makes no score of anybody."
        )
        self.body.addWidget(style.label(about))
        everything = (*parts, *numbers.values())
        wanting = sum(check_of(part, today) is not Check.VERIFIED for part in everything)
        said = self.tr("Policy of {area}, edition {edition}. {count} of its {of} parts want confirming or checking.")
        self.summary = style.label(
            said.format(area=policy.title, edition=policy.edition, count=wanting, of=len(everything)), "quiet"
        )
        self.body.addWidget(self.summary)
        self._add_heading(self.tr("What holds everywhere"))
        for part in parts:
            self.body.addWidget(self._part(part, policy.edition))
        self._add_rules(library, numbers)
        self._add_open(library)
        self.body.addStretch(1)

    def _add_heading(self, text: str) -> None:
        self.body.addSpacing(style.space(1))
        self.body.addWidget(style.heading(text, 2))

    def _part(self, part: PolicyPart, edition: str) -> QFrame:
        frame, layout = style.card()
        layout.addWidget(style.heading(policy_words.title_of(part.path), 3))
        check = check_of(part, self._today)
        role = "good" if check is Check.VERIFIED else "error" if check is Check.CHECK_NOW else ""
        layout.addWidget(style.label(policy_words.check_words(part.origin, check), role))
        source = self.tr("Source: {source}. Edition {edition}.")
        layout.addWidget(style.label(source.format(source=part.origin.source, edition=edition), "quiet"))
        if part.lines:
            lines = [(policy_words.label_of(line), policy_words.values_of(line)) for line in part.lines]
            layout.addLayout(_table(lines))
        return frame

    def _add_rules(self, library: "Library", numbers: "Mapping[str, PolicyPart]") -> None:
        """Show every rule of every row with its numbers, then those that no row tells of."""
        self._add_heading(self.tr("The rules, lesson by lesson"))
        told: set[str] = set()
        for row in library.rows:
            told.update(rule.name for rule in row.rules)
            rules = [(rule.name, rule.says) for rule in row.rules]
            self.body.addWidget(self._rules(title_of(row), rules, numbers))
        others = [(name, "") for name in numbers if name not in told]
        if others:
            self.body.addWidget(self._rules(self.tr("Other rules"), others, numbers))

    def _rules(self, heading: str, rules: list[tuple[str, str]], numbers: "Mapping[str, PolicyPart]") -> QFrame:
        frame, layout = style.card()
        layout.setSpacing(style.space(1.5))
        layout.addWidget(style.heading(heading, 3))
        sure = {name: self._how_sure(numbers[name]) for name, _ in rules if name in numbers}
        # What holds for all of them is said once.
        for_all = next(iter(sure.values())) if len(set(sure.values())) == 1 else ""
        if for_all:
            layout.addWidget(style.label(for_all, "quiet"))
        for name, says in rules:
            lines = QVBoxLayout()
            lines.setSpacing(0)
            lines.addWidget(style.label(says or name))
            part = numbers.get(name)
            counted = "; ".join(map(policy_words.number_words, part.lines)) if part is not None else ""
            if counted:
                lines.addWidget(style.label(counted))
            own = sure.get(name, "") if not for_all else ""
            rest = " – ".join(filter(None, (says and name, own)))
            if rest:
                lines.addWidget(style.label(rest, "quiet"))
            layout.addLayout(lines)
        return frame

    def _how_sure(self, part: PolicyPart) -> str:
        check = policy_words.check_words(part.origin, check_of(part, self._today))
        return f"{check} {self.tr('Source: {source}.').format(source=part.origin.source)}"

    def _add_open(self, library: "Library") -> None:
        self._add_heading(self.tr("Open questions for your partnership"))
        for row in library.rows:
            if row.open_questions:
                self.body.addWidget(style.heading(title_of(row), 3))
                self.body.addWidget(points(row.open_questions))


def _table(lines: list[tuple[str, str]]) -> QGridLayout:
    """Return names with what is said of each beside it; both go on in a next line where the width ends."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(style.space(3))
    grid.setVerticalSpacing(style.space(1))
    grid.setColumnStretch(0, 2)
    grid.setColumnStretch(1, 3)
    for i, (name, said) in enumerate(lines):
        value = style.label(said)
        value.setAccessibleName(f"{name}: {said}")
        grid.addWidget(style.label(name, "quiet"), i, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(value, i, 1, Qt.AlignmentFlag.AlignTop)
    return grid
