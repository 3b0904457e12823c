"""Offers earlier requests that may be about the same concern; a person confirms, one concern with two voices."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gcp2_app.domain.words import AGENCIES, capital
from gcp2_app.ui import style
from gcp2_app.ui.notice import Notice
from gcp2_app.ui.referral.words import tr
from gcp2_app.ui.timeline.words import when
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.domain.entries import Entry


class JoinOffer(QWidget):
    """Requests of the days around.

    Attributes:
        chosen: emitted with the words under which both stand as one concern.
    """

    chosen = Signal(str)

    def __init__(self, workspace: Workspace, joined: "Sequence[Entry]", days: int) -> None:
        super().__init__()
        self._workspace = workspace
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        frame, body = style.card("note")
        body.addWidget(style.heading(tr("Is it the same concern?"), 2))
        body.addWidget(
            style.label(
                tr(
                    "Requests within {days} days of each other may be two voices about one concern. They count as one "
                    "only where you say so, or where they were made on the same or the next day."
                ).format(days=days),
                "quiet",
            )
        )
        for entry in joined:
            body.addWidget(style.label(_line(entry)))
            join = style.button(tr("It is the same concern"))
            join.setAutoDefault(False)
            join.setAccessibleDescription(_line(entry))
            join.clicked.connect(partial(self._join, entry))
            body.addWidget(join)
        self.notice = Notice()
        body.addWidget(self.notice)
        layout.addWidget(frame)

    def _join(self, entry: "Entry", _checked: bool = False) -> None:  # noqa: FBT002 - Qt's
        from gcp2_app.services import referral_outcomes

        named = str(entry.data.get("incident") or "").strip()
        incident = named or tr("Concern of {when}").format(when=when(entry))
        if named:
            self._joined(incident)
            return
        session = self._workspace.session
        self._workspace.tasks.run(
            self,
            lambda: referral_outcomes.record_outcome(session, entry.id, {"incident": incident}),
            lambda _: self._joined(incident),
            self.notice.show_error,
        )

    def _joined(self, incident: str) -> None:
        self.notice.show_note(tr("Both stand under “{concern}” now.").format(concern=incident))
        self.chosen.emit(incident)


def _line(entry: "Entry") -> str:
    agency = entry.source.agency if entry.source is not None else None
    who = capital(AGENCIES[agency]) if agency is not None else tr("Agency not known")
    return ": ".join(filter(None, (f"{when(entry)}, {who}", entry.what)))
