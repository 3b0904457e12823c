"""The list of what is left out of a copy because it is withheld from whoever it is for. Never the thing itself."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from gcp2_app.domain.withheld import Loss, SecretKind, Why
from gcp2_app.ui import style

#: Sections named of one loss before the rest is counted.
_MOST_PLACES: Final = 2


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("loss_list", text)


def why_words(why: Why) -> str:
    """Return a reason as inside a sentence: "it was told in confidence"."""
    return {
        Why.MARKED: tr("it is withheld from them"),
        Why.GIVES_ADDRESS_AWAY: tr("it would give a withheld address away"),
        Why.THIRD_PARTY: tr("it comes from a third party"),
        Why.CONFIDED: tr("it was told in confidence"),
        Why.HARM: tr("reading it could do harm"),
        Why.WORKER_SAFETY: tr("it is about the safety of workers"),
        Why.LEGAL: tr("it is a lawyer’s advice to the agency"),
        Why.CHILD_WORDS: tr("it is what the child said"),
        Why.ANALYSIS: tr("it is analysis"),
        Why.IDENTIFIES: tr("it says who somebody is"),
        Why.CHOSEN: tr("whoever made the copy took it out"),
    }[why]


def loss_words(loss: Loss) -> str:
    """Return one line: "History: a postcode (2 times), because it is withheld from them"."""
    times = "" if loss.times == 1 else tr(" ({times} times)").format(times=loss.times)
    return tr("{where}: {what}{times}, because {why}").format(
        where=loss.where, what=_kind_words(loss.kind), times=times, why=why_words(loss.why)
    )


def loss_lines(losses: Sequence[Loss]) -> tuple[str, ...]:
    """Return a line for each thing and reason; one that is lost in many sections names the first of them."""
    grouped: dict[tuple[SecretKind, Why], list[Loss]] = {}
    for loss in losses:
        grouped.setdefault((loss.kind, loss.why), []).append(loss)
    return tuple(_line(group) for group in grouped.values())


def _line(group: Sequence[Loss]) -> str:
    if len(group) == 1:
        return loss_words(group[0])
    places = [each.where if each.times == 1 else f"{each.where} ({each.times})" for each in group]
    more = len(places) - _MOST_PLACES
    named = ", ".join(places)
    if more > 1:
        first = ", ".join(places[:_MOST_PLACES])
        named = tr("{places} and {count} more sections").format(places=first, count=more)
    text = tr("{what}, because {why}, in: {places}")
    said = text.format(what=_kind_words(group[0].kind), why=why_words(group[0].why), places=named)
    return said[0].upper() + said[1:]


def _kind_words(kind: SecretKind) -> str:
    return {
        SecretKind.ADDRESS: tr("an address"),
        SecretKind.POSTCODE: tr("a postcode"),
        SecretKind.AUTHORITY: tr("a local authority"),
        SecretKind.PHONE: tr("a phone number"),
        SecretKind.SCHOOL: tr("a school or nursery"),
        SecretKind.GP: tr("a GP practice"),
        SecretKind.SERVICE: tr("a health visitor or school nurse"),
        SecretKind.NAME: tr("a name"),
        SecretKind.ENTRY: tr("an entry"),
        SecretKind.EVIDENCE: tr("a piece of evidence"),
        SecretKind.SOURCE: tr("who said it"),
        SecretKind.WORDS: tr("words"),
    }[kind]


class LossList(QFrame):
    """A panel with a line for each loss; it is not there where nothing is left out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "warning")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.space(2), style.space(1.5), style.space(2), style.space(1.5))
        layout.setSpacing(style.space(1))
        layout.addWidget(style.heading(tr("Left out of this copy"), 3))
        self._lines = style.label()
        layout.addWidget(self._lines)
        self.hide()

    @property
    def text(self) -> str:
        """The lines, or empty."""
        return self._lines.text()

    def show_losses(self, losses: Sequence[Loss]) -> None:
        """Show what is left out."""
        self._lines.setText("\n".join(f"• {line}" for line in loss_lines(losses)))
        self.setVisible(bool(losses))
