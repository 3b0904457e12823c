"""Finish: what comes next for the assessment, and its way through the states so far."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from gcp2_app.domain.assessment import AssessmentState
from gcp2_app.domain.completeness import ungraded_without_reason
from gcp2_app.domain.progress import assessors_of, hold_on, holds
from gcp2_app.errors import AppError
from gcp2_app.overriding import override
from gcp2_app.ui import style, words
from gcp2_app.ui.agency.line import AgencyLine
from gcp2_app.ui.assess import wording
from gcp2_app.ui.assess.actions import HoldBackPanel, PlainPanel, ReasonPanel, StepPanel
from gcp2_app.ui.assess.carers_view import CarersView
from gcp2_app.ui.assess.draft import Draft
from gcp2_app.ui.assess.missing_list import MissingList
from gcp2_app.ui.assess.stages import Stages
from gcp2_app.ui.assess.step_page import StepPage
from gcp2_app.ui.assess.steps import Spot, Step
from gcp2_app.ui.assess.way_so_far import WaySoFar
from gcp2_app.ui.assess.wording import tr
from gcp2_app.ui.notice import Notice

if TYPE_CHECKING:
    from gcp2_app.services.assessments import Working

_State = AssessmentState
#: What is missing within a unit, and can be mended only while it is graded.
_IN_UNITS = frozenset({"evidence", "what_changed"})
_FINISHED = frozenset({_State.COMPLETE, _State.INCOMPLETE})
_SHARED = frozenset({_State.SHARED, _State.SHARING_HELD_BACK})


class FinishPage(StepPage):
    """The last step.

    Attributes:
        panels: the steps on offer now, by what they do.
        carers: takes what the carers say when the grades are shown to them.
        agency: says where a signed-off assessment stands in the agency's record.
        corrected: emitted with the new version after a correction was begun.
    """

    corrected = Signal(object)

    def __init__(self, draft: Draft, step: Step, parent: QWidget | None = None) -> None:
        super().__init__(draft, step, parent=parent)
        self.panels: dict[str, StepPanel] = {}
        self._offered: tuple[object, ...] = ()
        self.add_heading(self.tr("Finish"))
        self._stages = Stages()
        self.body.addWidget(self._stages)
        self._notice = Notice()
        self.body.addWidget(self._notice)
        self._says = style.label()
        self.body.addWidget(self._says)
        self._missing_frame, missing = style.card()
        self._missing_head = style.heading("", 2)
        missing.addWidget(self._missing_head)
        self.missing = MissingList(draft, on_card=True)
        self.missing.spot_wanted.connect(self.spot_wanted)
        missing.addWidget(self.missing)
        self.body.addWidget(self._missing_frame)
        self.carers = CarersView(draft)
        self.body.addWidget(self.carers)
        self.agency = AgencyLine(draft.workspace, "assessment")
        self.body.addWidget(self.agency)
        self._panels = QVBoxLayout()
        self._panels.setSpacing(style.space(2))
        self.body.addLayout(self._panels)
        self._way = WaySoFar(draft)
        self.body.addWidget(self._way)

    @override
    def refresh(self) -> None:
        draft = self._draft
        state = draft.value.state
        self._stages.show_state(state)
        self._stages.setVisible(not draft.value.recorded_elsewhere)
        text = self._sentence()
        self._says.setText(text)
        self._says.setVisible(bool(text))
        self.missing.refresh()
        lines = len(self.missing.lines)
        open_ = state not in {_State.SUBMITTED, _State.SIGNED_OFF}
        self._missing_frame.setVisible(bool(lines) and open_)
        self._missing_head.setText(self.missing.heading)
        self.missing.setFixedHeight(min(self.missing.whole_height, style.space(60)))
        self.carers.refresh()
        self.agency.show_record(draft.value.id if draft.value.locked else "")
        shared_and_blocked = state in _SHARED and self._blocking()
        held = holds(draft.value)
        offered = (state, draft.before_grading, self._ungraded(), shared_and_blocked, self._lacks_in_units(), held)
        if offered != self._offered:
            self._offered = offered
            self._notice.clear()
            self._draw_up()
        self._way.refresh()

    @override
    def go_to(self, spot: Spot) -> None:
        first = next(iter(self.panels.values()), None)
        target: QWidget | None = first.button if first is not None else self.back
        if first is None and self._lacks_in_units() and self._draft.may_work:
            target = self.missing
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)
        if target is None or self.shows_from_top(target):
            self.verticalScrollBar().setValue(0)
        else:
            self.reveal(target)

    # What is on offer

    def _ungraded(self) -> tuple[str, ...]:
        draft = self._draft
        if not draft.is_graded:
            return ()
        try:
            return ungraded_without_reason(draft.pack, draft.value, draft.child.born)
        except AppError:
            # Without an age band no unit can be graded; the list of what is missing asks for it.
            return ()

    def _blocking(self) -> bool:
        return any(item.blocks for item in self._draft.missing)

    def _lacks_in_units(self) -> bool:
        return any(item.blocks and item.field in _IN_UNITS for item in self._draft.missing)

    def _draw_up(self) -> None:
        focused: QWidget | None = QApplication.focusWidget()
        was_here = any(panel.isAncestorOf(focused) for panel in self.panels.values()) if focused is not None else False
        self._replace_panels()
        if was_here:
            self.go_to(Spot(self.step))

    def _replace_panels(self) -> None:
        for panel in self.panels.values():
            panel.hide()
            panel.deleteLater()
        self.panels = {}
        draft = self._draft
        state = draft.value.state
        if state is _State.SUBMITTED:
            self._offer_supervision()
        elif draft.value.recorded_elsewhere:
            self._offer_handing_on()
        elif draft.may_work and state is _State.IN_PROGRESS and draft.band and not self._lacks_in_units():
            self._offer_finish()
        elif draft.may_work and state in _FINISHED:
            self._offer_sharing()
        elif draft.may_work and state in _SHARED:
            self._offer_submit()
        elif draft.may_work and state is _State.RETURNED:
            self._offer_resume(primary=True)
        elif draft.may_work and state is _State.SIGNED_OFF:
            self._offer_correction()

    def _offer_finish(self) -> None:
        from gcp2_app.services import assessments

        id_, ungraded = self._draft.value.id, self._ungraded()
        if not ungraded:
            about = self.tr("Every unit has a grade or a reason for having none. The grades are closed after this.")
            self._add(
                "finish",
                PlainPanel(
                    self._draft,
                    self.tr("Finish grading"),
                    about,
                    self.tr("Finish grading"),
                    lambda session: assessments.finish(session, id_),
                    primary=True,
                ),
            )
            return
        about = tr(
            "%n of {of} units has neither a grade nor a reason. It will say “provisional” wherever it is shown."
            "|%n of {of} units have neither a grade nor a reason. It will say “provisional” wherever it is shown.",
            len(ungraded),
        ).format(of=len(self._draft.pack.units_in(self._draft.band)))
        self._add(
            "finish",
            ReasonPanel(
                self._draft,
                self.tr("Finish with units missing"),
                about,
                self.tr("Finish with units missing"),
                lambda session, reason: assessments.finish(session, id_, incomplete_reason=reason),
                question=self.tr("Why finish now?"),
                primary=False,
            ),
        )

    def _offer_sharing(self) -> None:
        from gcp2_app.services import assessments

        id_ = self._draft.value.id
        self._add(
            "share",
            PlainPanel(
                self._draft,
                self.tr("Share with the family"),
                self.tr("Show the carers the grades, strengths first, and write down above what they say."),
                self.tr("Shared with the family today"),
                lambda session: assessments.share(session, id_),
                primary=True,
            ),
        )
        self._add("hold back", HoldBackPanel(self._draft, primary=False))
        self._offer_resume(primary=False)

    def _offer_submit(self) -> None:
        from gcp2_app.services import assessments

        id_, state = self._draft.value.id, self._draft.value.state
        if not self._blocking():
            self._add_submit()
        if state is _State.SHARING_HELD_BACK:
            free = [carer for carer in self._draft.value.carers if hold_on(self._draft.value, carer) is None]
            names = self.tr(" and ").join(map(self._draft.name, free)) or self.tr("the family")
            about = self.tr("Show the grades to {names}; the others stay held back.").format(names=names)
            self._add(
                "share",
                PlainPanel(
                    self._draft,
                    self.tr("Share with {names}").format(names=names),
                    about if free else self.tr("Once the reason for holding back is gone."),
                    self.tr("Shared with {names} today").format(names=names),
                    lambda session: assessments.share(session, id_),
                    primary=False,
                ),
            )
        self._offer_ends()
        if state is _State.SHARED and len(self._draft.value.carers) > 1:
            self._add("hold back", HoldBackPanel(self._draft, primary=False))
        self._offer_resume(primary=False)

    def _offer_ends(self) -> None:
        """Offer to end what is held back from single carers, once the others have seen the grades."""
        from gcp2_app.services import assessments

        value = self._draft.value
        if value.state is not _State.SHARED:
            return
        for person in dict.fromkeys(each.person for each in holds(value) if each.person):
            name = self._draft.name(person)
            self._add(
                f"end hold {person}",
                PlainPanel(
                    self._draft,
                    self.tr("Held back from {name}").format(name=name),
                    self.tr("Once the reason for holding back is gone, and they have been shown the grades."),
                    self.tr("Shared with {name} today").format(name=name),
                    partial(assessments.end_hold, assessment_id=value.id, person=person),
                    primary=False,
                ),
            )

    def _add_submit(self) -> None:
        from gcp2_app.services import assessments

        id_ = self._draft.value.id
        self._add(
            "submit",
            PlainPanel(
                self._draft,
                self.tr("Submit"),
                self.tr("Hand it to a supervisor, who signs it off or sends it back."),
                self.tr("Submit to the supervisor"),
                lambda session: assessments.submit(session, id_),
                primary=True,
            ),
        )

    def _offer_handing_on(self) -> None:
        """Offer the steps of an assessment recorded elsewhere: nobody grades it here, or shares it."""
        if self._draft.may_work and self._draft.value.state is _State.IN_PROGRESS:
            self._offer_finish()
        elif self._draft.may_work and self._draft.value.state in _FINISHED and not self._blocking():
            self._add_submit()

    def _offer_resume(self, *, primary: bool) -> None:
        from gcp2_app.services import assessments

        id_ = self._draft.value.id
        self._add(
            "resume",
            PlainPanel(
                self._draft,
                self.tr("Go back to grading"),
                self.tr("Opens the grades. The assessment then has to be finished and shared again."),
                self.tr("Go back to grading"),
                lambda session: assessments.resume(session, id_),
                primary=primary,
            ),
        )

    def _offer_supervision(self) -> None:
        from gcp2_app.services import assessments

        draft, id_ = self._draft, self._draft.value.id
        if not draft.may_sign_off:
            return
        if draft.me not in assessors_of(draft.value):
            self._add(
                "sign off",
                PlainPanel(
                    draft,
                    self.tr("Sign off"),
                    self.tr("Locks the assessment. After this it can only be corrected, as a new version."),
                    self.tr("Sign off and lock"),
                    lambda session: assessments.sign_off(session, id_),
                    primary=True,
                ),
            )
        self._add(
            "return",
            ReasonPanel(
                draft,
                self.tr("Send it back"),
                "",
                self.tr("Send it back"),
                lambda session, reason: assessments.return_(session, id_, reason=reason),
                question=self.tr("What should be looked at again?"),
                primary=False,
            ),
        )

    def _offer_correction(self) -> None:
        from gcp2_app.services import assessments

        id_ = self._draft.value.id
        panel = ReasonPanel(
            self._draft,
            self.tr("Correct…"),
            self.tr("Makes a new version with its reason. This one stays as it is."),
            self.tr("Start a correction"),
            lambda session, reason: assessments.correct(session, id_, reason=reason),
            question=self.tr("What was wrong?"),
            primary=False,
        )
        self._add("correct", panel, corrects=True)

    def _add(self, name: str, panel: StepPanel, *, corrects: bool = False) -> None:
        panel.taken.connect(self.corrected if corrects else self._taken)
        panel.refused.connect(self._refused)
        self.panels[name] = panel
        self._panels.addWidget(panel)
        panel.show()

    def _taken(self, working: "Working") -> None:
        self._draft.go_on(working)

    def _refused(self, error: AppError) -> None:
        self._notice.show_error(error)
        self.verticalScrollBar().setValue(0)

    # What is said

    def _sentence(self) -> str:
        draft, value = self._draft, self._draft.value
        first = self._first_of_all()
        if first:
            return first
        if value.state is _State.IN_PROGRESS and value.corrects:
            return self.tr("This is a correction: {reason}").format(reason=value.correction_reason)
        if value.state is _State.SUBMITTED and draft.may_sign_off:
            return wording.signed_by_another(value) if draft.me in assessors_of(value) else ""
        if value.state is _State.SIGNED_OFF and value.signed_off_on is not None:
            text = self.tr("Signed off by {name} on {day}. It is locked.")
            return text.format(name=draft.name(value.signed_off_by), day=words.day(value.signed_off_on))
        return {
            _State.DRAFT: self.tr("Grading has not begun."),
            _State.INCOMPLETE: self.tr("Finished with units missing: {reason}"),
            _State.SUBMITTED: self.tr("It waits for the supervisor."),
            _State.RETURNED: wording.sent_back(value),
        }.get(value.state, "").format(reason=value.steps[-1].reason if value.steps else "")

    def _first_of_all(self) -> str:
        """Say what has to be done before the next step can be taken, or nothing."""
        draft, state = self._draft, self._draft.value.state
        if state is _State.IN_PROGRESS and draft.may_work and self._lacks_in_units():
            return self.tr(
                "Evidence and what you saw are written while grading is open. Finishing is offered here once the lines "
                "below that belong to a unit are done."
            )
        if state not in _SHARED or not self._blocking():
            return ""
        if self._lacks_in_units():
            return self.tr(
                "Before it can be submitted, evidence or what you saw has to be written with its unit: go back to "
                "grading for that."
            )
        return self.tr("It can be submitted once what is still missing is there.")
