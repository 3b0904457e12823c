"""Which page shows which step. A new kind of step is one line here."""

from collections.abc import Callable, Mapping
from typing import Final

from gcp2_app.ui.assess import sections
from gcp2_app.ui.assess.before_page import BeforePage
from gcp2_app.ui.assess.day_page import DayPage
from gcp2_app.ui.assess.draft import Draft
from gcp2_app.ui.assess.finish_page import FinishPage
from gcp2_app.ui.assess.history_page import HistoryPage
from gcp2_app.ui.assess.planner_page import PlannerPage
from gcp2_app.ui.assess.review_page import ReviewPage
from gcp2_app.ui.assess.section_page import SectionPage
from gcp2_app.ui.assess.step_page import StepPage
from gcp2_app.ui.assess.steps import (
    ANALYSIS,
    BEFORE,
    DAY,
    FINISH,
    HISTORY,
    REVIEW,
    TARGETS,
    THEN_AND_NOW,
    VISITS,
    VOICE,
    Step,
    StepKind,
    beside,
)
from gcp2_app.ui.assess.subarea_page import SubareaPage
from gcp2_app.ui.assess.targets_page import TargetsPage
from gcp2_app.ui.assess.then_now_page import ThenNowPage
from gcp2_app.ui.assess.wording import tr
from gcp2_app.ui.assess.words_page import make_analysis_page, make_voice_page

_PAGES: Final[Mapping[StepKind, Callable[[Draft, Step], StepPage]]] = {
    StepKind.HISTORY: HistoryPage,
    StepKind.BEFORE: BeforePage,
    StepKind.SECTION: SectionPage,
    StepKind.SUBAREA: SubareaPage,
    StepKind.VISITS: PlannerPage,
    StepKind.DAY: DayPage,
    StepKind.VOICE: make_voice_page,
    StepKind.THEN_AND_NOW: ThenNowPage,
    StepKind.REVIEW: ReviewPage,
    StepKind.ANALYSIS: make_analysis_page,
    StepKind.TARGETS: TargetsPage,
    StepKind.FINISH: FinishPage,
}


def make_page(draft: Draft, step: Step, steps: tuple[Step, ...]) -> StepPage:
    """Return the page of a step, with its ways back and on."""
    page = _PAGES[step.kind](draft, step)
    before, after = beside(steps, step, -1), beside(steps, step, 1)
    page.add_ways(step_name(draft, before) if before else "", step_name(draft, after) if after else "")
    return page


def step_name(draft: Draft, step: Step) -> str:
    """Return what a step is called."""
    if step.kind is StepKind.SUBAREA:
        subarea = draft.pack.subareas[step.code]
        return f"{subarea.code} {subarea.label}"
    if step.kind is StepKind.SECTION:
        return sections.name_of(draft.pack, step.code)
    return {
        HISTORY: tr("History"),
        BEFORE: tr("Before you start"),
        VISITS: tr("Visits"),
        DAY: tr("A day in the child’s life"),
        VOICE: tr("Child’s words"),
        THEN_AND_NOW: tr("Then and now"),
        REVIEW: tr("Review"),
        ANALYSIS: tr("Analysis"),
        TARGETS: tr("Targets"),
        FINISH: tr("Finish"),
    }[step]
