"""An assessment's way so far: its steps, each time the family saw their copy, and what is held back."""

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from gcp2_app.domain.assessment import Sharing, SharingHeldBack
from gcp2_app.ui import style, words
from gcp2_app.ui.assess.draft import Draft
from gcp2_app.ui.assess.wording import tr


class WaySoFar(QFrame):
    """A panel; it is not there before the first step."""

    def __init__(self, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self._shown: object = None
        self.setProperty("role", "card")
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(style.space(2.5), style.space(2), style.space(2.5), style.space(2))
        self._lines.setSpacing(style.space(1))

    def refresh(self) -> None:
        """Show what is held now."""
        value = self._draft.value
        shown = (value.steps, value.sharings, value.held_back)
        if shown == self._shown:
            return
        self._shown = shown
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.setVisible(bool(value.steps or value.sharings))
        self._lines.addWidget(style.heading(self.tr("Steps so far"), 2))
        for step in value.steps:
            text = self.tr("{when}: {state}, {name}").format(
                when=words.moment(step.at), state=words.say(step.state), name=self._draft.name(step.by)
            )
            self._lines.addWidget(style.label(text))
            if step.reason:
                self._lines.addWidget(style.label(step.reason, "quiet"))
        for sharing in value.sharings:
            self._lines.addWidget(style.label(self._sharing_words(sharing), "quiet"))
        for held in value.held_back:
            self._lines.addWidget(style.label(self._held_words(held), "quiet"))

    def _held_words(self, held: SharingHeldBack) -> str:
        text = self.tr("Held back from {whom}, agreed by {name}, looked at again on {day}").format(
            whom=self._draft.name(held.person) if held.person else self.tr("all carers"),
            name=held.agreed_by,
            day=words.day(held.look_again_on),
        )
        if held.ended_on is None:
            return text
        return self.tr("{held}; ended on {day}").format(held=text, day=words.day(held.ended_on))

    def _sharing_words(self, sharing: Sharing) -> str:
        who = ", ".join([*map(self._family_name, sharing.present), *filter(None, (sharing.others,))])
        text = self.tr("{when}: the family’s copy was shown to {who}, by {name}").format(
            when=words.moment(sharing.at), who=who, name=self._draft.name(sharing.by)
        )
        besides, differently = len(sharing.also_shown), len(sharing.disagreed)
        more = (
            self.tr("the young person’s version") if sharing.young_person else "",
            self.tr("they have seen the grades") if sharing.seen else "",
            tr("shown besides: %n piece|shown besides: %n pieces", besides) if besides else "",
            tr("%n unit seen differently|%n units seen differently", differently) if differently else "",
        )
        return "; ".join([text, *filter(None, more)])

    def _family_name(self, id_: str) -> str:
        return self._draft.child.name if id_ == self._draft.child.id else self._draft.name(id_)
