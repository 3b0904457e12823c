"""The questions about harm that adds up, to be read and talked about, with where the record has something to count."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QWidget

from gcp2_app.domain.learning import Countable
from gcp2_app.ui import style
from gcp2_app.ui.column import Column
from gcp2_app.ui.learn.texts import MEASURE, prose

if TYPE_CHECKING:
    from gcp2_app.domain.learning import HarmQuestions


class QuestionsSection(Column):
    """A card a question; it says where the record itself has something to say."""

    def __init__(self, questions: "HarmQuestions", parent: QWidget | None = None) -> None:
        super().__init__(MEASURE, parent, centred=False)
        self.setProperty("role", "reading")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(questions.title)
        self.body.addWidget(style.heading(questions.title))
        self.body.addWidget(style.label(questions.about))
        for number, question in enumerate(questions.questions, start=1):
            frame, layout = style.card()
            layout.addWidget(style.heading(f"{number}. {question.asks}", 3))
            layout.addWidget(prose(question.help))
            named = _names()
            facts = "; ".join(named[fact] for fact in question.counted)
            said = (
                self.tr("In the record: {facts}.").format(facts=facts)
                if facts
                else self.tr("Only people can answer this.")
            )
            layout.addWidget(style.label(said, "quiet"))
            self.body.addWidget(frame)
        source = self.tr("Source: {source}. Edition {edition}.")
        self.body.addWidget(style.label(source.format(source=questions.source, edition=questions.edition), "quiet"))
        self.body.addStretch(1)


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("questions", text)


def _names() -> Mapping[Countable, str]:
    return {
        Countable.FIRST_CONCERN: tr("the first worry"),
        Countable.NEGLECT_TYPES: tr("types of neglect"),
        Countable.TYPES_BY_QUARTER: tr("types by quarter of a year"),
        Countable.UNITS_AT_WORSE_END: tr("units at the worse end more than once"),
        Countable.RESTARTS: tr("work closed and begun again"),
        Countable.REFERRALS: tr("requests for help and their outcomes"),
        Countable.SUPPORT: tr("support, from when to when"),
        Countable.GAINS_NOT_HELD: tr("gains that did not hold"),
        Countable.NOT_BROUGHT: tr("appointments the child was not brought to"),
        Countable.ATTENDANCE: tr("sessions at school"),
        Countable.MEASURES: tr("measures"),
        Countable.MOVES: tr("homes and authorities"),
        Countable.WORKER_CHANGES: tr("changes of the allocated worker"),
        Countable.GAPS: tr("times without a record"),
        Countable.REMOTE_CONTACTS: tr("contacts by phone, video or through others"),
        Countable.STATEMENTS: tr("the child’s words"),
    }
