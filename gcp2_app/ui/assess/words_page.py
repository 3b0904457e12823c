"""Words of the assessment that are no grades: the child's own, and the analysis."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from gcp2_app.domain.coaching import Place
from gcp2_app.domain.openings import is_unborn
from gcp2_app.overriding import override
from gcp2_app.ui.assess.coach_hint import CoachHint
from gcp2_app.ui.assess.day_page import day_fold
from gcp2_app.ui.assess.draft import Draft
from gcp2_app.ui.assess.step_page import StepPage
from gcp2_app.ui.assess.steps import Spot, Step
from gcp2_app.ui.assess.texts import KeptText
from gcp2_app.ui.field import Field


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("assess", text)


class WordsPage(StepPage):
    """A page of texts of the assessment.

    Attributes:
        texts: by the name of the assessment's field.
        hints: what the coach says beside each, by the same names.
    """

    def __init__(
        self,
        draft: Draft,
        step: Step,
        heading: tuple[str, str],
        fields: Sequence[tuple[str, str, str]],
        parent: QWidget | None = None,
    ) -> None:
        """Draw the page up.

        Args:
            draft: the assessment.
            step: the step.
            heading: the heading and what the page is about.
            fields: name of the assessment's field, label and hint of each text.
            parent: the widget it stands in.
        """
        super().__init__(draft, step, parent=parent)
        self.add_heading(*heading)
        layout = self.add_card()
        self.texts: dict[str, KeptText] = {}
        self.hints: dict[str, CoachHint] = {}
        for name, label, hint in fields:
            text = KeptText(label, lines=4, most_lines=24)
            text.edited.connect(lambda typed, name=name: self._keep(name, typed))
            self.texts[name] = text
            layout.addWidget(Field(label, text, hint))
            self.hints[name] = CoachHint(draft, Place(field=name), self, beside=text)
            layout.addWidget(self.hints[name])

    @override
    def refresh(self) -> None:
        for name, text in self.texts.items():
            text.show_text(getattr(self._draft.value, name))
            text.setReadOnly(not self._draft.may_write)

    @override
    def go_to(self, spot: Spot) -> None:
        self.focus(self.texts.get(spot.field, next(iter(self.texts.values()))))

    def _keep(self, name: str, typed: str) -> None:
        change: dict[str, Any] = {name: typed}
        self._draft.change(replace(self._draft.value, **change), name)


def make_voice_page(draft: Draft, step: Step) -> WordsPage:
    """Return the page of the child's words."""
    if is_unborn(draft.child):
        seen = tr("For a baby not born yet: what is told of them, such as how they grow and move, and by whom.")
    else:
        seen = tr("For a baby: what is seen, such as settling, crying, reaching, looking for the carer.")
    return WordsPage(
        draft,
        step,
        (tr("Child’s words"), tr("In the child’s own words where there are any.")),
        (
            ("child_voice", tr("What this child shows and says"), seen),
            ("child_wishes", tr("What this child wishes for"), ""),
        ),
    )


def make_analysis_page(draft: Draft, step: Step) -> WordsPage:
    """Return the page of the analysis, with the child's day to read below it."""
    page = WordsPage(
        draft,
        step,
        (tr("Analysis"), tr("The grades say what care is given. Here you say why, and what it means for this child.")),
        (
            (
                "analysis",
                tr("What explains the care this child is given?"),
                tr("Strengths, worries, causes, what helps and what gets in the way."),
            ),
            (
                "meaning_so_far",
                tr("What has this meant for this child so far?"),
                tr("Health, growth, learning, feelings, friendships: what can be seen in this child."),
            ),
            ("meaning_ahead", tr("What will it mean for this child if nothing changes?"), ""),
        ),
    )
    fold = day_fold(draft)
    page.body.addWidget(fold)
    page.body.addLayout(fold.place)
    return page
