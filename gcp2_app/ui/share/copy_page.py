"""The family's copy itself: plain words, strengths first, in large type."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QVBoxLayout, QWidget

from gcp2_app.domain.assessment import AssessmentState, SaidOfUnit
from gcp2_app.domain.family_copy import Agreed, FamilyCopy, FamilyUnit
from gcp2_app.ui import style, words
from gcp2_app.ui.assess.draft import Draft
from gcp2_app.ui.assess.texts import KeptText
from gcp2_app.ui.column import Column
from gcp2_app.ui.field import Field
from gcp2_app.ui.share import large
from gcp2_app.ui.share.unit import UnitCard

_PAST_SHARING = frozenset({AssessmentState.SUBMITTED, AssessmentState.SIGNED_OFF})


class CopyPage(Column):
    """What a family reads.

    Attributes:
        units: by the unit's code.
        seen: "I have seen these grades"; None where it cannot be recorded now.
        own_views: the young person's own words; None in the carers' version.
        said: emitted with a SaidOfUnit after each change; ``seen_changed`` and ``views_changed`` as they say.
    """

    said = Signal(object)
    seen_changed = Signal(bool)
    views_changed = Signal(str)

    def __init__(
        self,
        draft: Draft,
        copy: FamilyCopy,
        *,
        child: str,
        young_person: bool,
        given: dict[str, SaidOfUnit],
        own_views: str,
        parent: QWidget | None = None,
    ) -> None:
        """Draw the page up.

        Args:
            draft: the assessment.
            copy: what it says.
            child: what the child is called for those present.
            young_person: it speaks to the young person.
            given: what those present are known to have said, by unit.
            own_views: what the young person wrote before, as far as those present may see it.
            parent: the widget it stands in.
        """
        super().__init__(130, parent)
        self._draft = draft
        self._young = young_person
        self._given = given
        self._own_views = own_views
        self._may_hear = draft.may_hear_carers and not young_person
        self.units: dict[str, UnitCard] = {}
        self.seen: QCheckBox | None = None
        self.own_views: KeptText | None = None
        self.body.setSpacing(style.space(3))
        self._begin(child)
        self._add_units(self.tr("What is going well"), copy.strengths)
        self._add_units(self._worries_text(), copy.worries)
        if copy.not_seen:
            self._add_list(self.tr("What we have not seen yet"), copy.not_seen)
        if copy.more:
            self._add_list(self.tr("What else we want to show you"), [piece.text for piece in copy.more])
        self._add_agreed(copy.agreed)
        self._add_next(copy)
        self._add_say()
        self.body.addStretch(1)

    def _worries_text(self) -> str:
        return self.tr("What could be better at home") if self._young else self.tr("What we are worried about")

    def _begin(self, child: str) -> None:
        value, pack = self._draft.value, self._draft.pack
        if self._young:
            self.body.addWidget(large.heading(self.tr("What we saw at home")))
            self.body.addWidget(
                style.label(
                    self.tr(
                        "This is about how you are looked after. None of it is your fault, and it is not a test of you."
                    )
                )
            )
        else:
            self.body.addWidget(large.heading(self.tr("The care of {child}: what we saw").format(child=child)))
        if value.window is not None:
            self.body.addWidget(style.label(self.tr("From {days}").format(days=words.window(value.window))))
        self.body.addWidget(style.label(pack.caution, "quiet"))

    def _add_units(self, text: str, units: tuple[FamilyUnit, ...]) -> None:
        self.body.addWidget(large.heading(text, 2))
        if not units:
            self.body.addWidget(style.label(self.tr("Nothing here yet.")))
        area = ""
        for unit in units:
            if unit.area != area:
                area = unit.area
                self.body.addWidget(large.heading(area, 3))
            given = self._given.get(unit.code, SaidOfUnit(unit=unit.code)) if self._may_hear else None
            card = UnitCard(self._draft.pack, unit, given)
            card.said.connect(self.said)
            self.units[unit.code] = card
            self.body.addWidget(card)

    def _add_list(self, text: str, lines: "tuple[str, ...] | list[str]") -> None:
        self.body.addWidget(large.heading(text, 2))
        self.body.addWidget(style.label("\n".join(f"•  {line}" for line in lines)))

    def _add_agreed(self, agreed: tuple[Agreed, ...]) -> None:
        self.body.addWidget(large.heading(self.tr("What we agreed"), 2))
        if not agreed:
            self.body.addWidget(style.label(self.tr("Nothing is agreed yet.")))
        for each in agreed:
            frame, layout = _card()
            layout.addWidget(large.heading(each.label, 3))
            lines = [
                self.tr("First, to keep everyone safe: {step}").format(step=each.first) if each.first else "",
                self.tr("What it should be like: {aim}").format(aim=each.aim),
                self.tr("Help for this: {support}").format(support=each.support) if each.support else "",
                self.tr("Who sees to it: {owner}").format(owner=each.owner) if each.owner else "",
                self.tr("By {day}").format(day=words.day(each.due)) if each.due else "",
            ]
            for line in filter(None, lines):
                layout.addWidget(style.label(line))
            self.body.addWidget(frame)

    def _add_next(self, copy: FamilyCopy) -> None:
        lines = []
        if self._draft.value.state not in _PAST_SHARING:
            lines.append(self.tr("What you say is kept beside what we saw. A supervisor then reads all of it."))
        if copy.review_due is not None:
            lines.append(self.tr("We look at it together again by {day}.").format(day=words.day(copy.review_due)))
        lines.append(self.tr("You can disagree with any of it, and you can ask for a copy to keep."))
        self._add_list(self.tr("What happens next"), lines)

    def _add_say(self) -> None:
        if not self._draft.may_write:
            return
        self.body.addWidget(large.heading(self.tr("What you say"), 2))
        frame, layout = _card()
        if self._young:
            self.own_views = KeptText(self.tr("Your own words"), lines=4)
            self.own_views.show_text(self._own_views)
            self.own_views.edited.connect(self.views_changed)
            hint = self.tr("What is right, what is not, what you want to be different. Your worker reads it.")
            layout.addWidget(Field(self.tr("Your own words"), self.own_views, hint))
        else:
            self.seen = QCheckBox(self.tr("I have seen these grades"))
            self.seen.setMinimumHeight(max(24, style.space(5)))
            self.seen.setEnabled(self._may_hear)
            self.seen.toggled.connect(self.seen_changed)
            layout.addWidget(self.seen)
            layout.addWidget(style.label(self.tr("It does not mean that you agree.")))
        self.body.addWidget(frame)


def _card() -> tuple[QFrame, QVBoxLayout]:
    frame, layout = style.card()
    layout.setSpacing(style.space(1.5))
    return frame, layout
