"""About the rules: every number of the policy with where it comes from, every rule by its row, and what is still open.

Shows whatever parts the policy has.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from gcp2_app.domain.policy_parts import Check, PolicyPart, check_of, parts_of
from gcp2_app.ui import style
from gcp2_app.ui.column import Column
from gcp2_app.ui.learn import policy_words
from gcp2_app.ui.learn.texts import points, title_of

if TYPE_CHECKING:
    from datetime import date

    from gcp2_app.domain.learning import Library
    from gcp2_app.domain.policy import AreaPolicy


class AboutRulesSection(Column):
    """The policy part by part, then the rules row by row."""

    def __init__(
        self,
        library: "Library",
        policy: "AreaPolicy",
        today: "date",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(120, parent, centred=False)
        self.setProperty("role", "reading")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("About the rules"))
        parts = parts_of(policy)
        checks = {part.path: check_of(part, today) for part in parts}
        self.body.addWidget(style.heading(self.tr("About the rules")))
        about = self.tr(
            "Rules notice what was recorded and say so in words. Their numbers are data of your area, to be read, "
            "checked and replaced. A rule makes no score of anybody."
        )
        self.body.addWidget(style.label(about))
        wanting = sum(check is not Check.VERIFIED for check in checks.values())
        said = self.tr("Policy of {area}, edition {edition}. {count} of its {of} parts want confirming or checking.")
        self.summary = style.label(
            said.format(area=policy.title, edition=policy.edition, count=wanting, of=len(parts)), "quiet"
        )
        self.body.addWidget(self.summary)
        self._add_heading(self.tr("The numbers"))
        for part in parts:
            self.body.addWidget(self._part(part, checks[part.path], policy.edition))
        self._add_rules(library)
        self._add_open(library)
        self.body.addStretch(1)

    def _add_heading(self, text: str) -> None:
        self.body.addSpacing(style.space(1))
        self.body.addWidget(style.heading(text, 2))

    def _part(self, part: PolicyPart, check: Check, edition: str) -> QFrame:
        frame, layout = style.card()
        layout.addWidget(style.heading(policy_words.title_of(part.path), 3))
        role = "good" if check is Check.VERIFIED else "error" if check is Check.CHECK_NOW else ""
        layout.addWidget(style.label(policy_words.check_words(part.origin, check), role))
        source = self.tr("Source: {source}. Edition {edition}.")
        layout.addWidget(style.label(source.format(source=part.origin.source, edition=edition), "quiet"))
        if part.lines:
            layout.addLayout(
                _table([(policy_words.label_of(line), policy_words.values_of(line)) for line in part.lines])
            )
        return frame

    def _add_rules(self, library: "Library") -> None:
        self._add_heading(self.tr("The rules, lesson by lesson"))
        for row in library.rows:
            frame, layout = style.card()
            layout.addWidget(style.heading(title_of(row), 3))
            if row.rules:
                layout.addLayout(_table([(rule.name, rule.says) for rule in row.rules]))
            layout.addWidget(style.label(self.tr("Source: {source}.").format(source=row.source), "quiet"))
            self.body.addWidget(frame)

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
