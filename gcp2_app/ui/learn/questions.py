"""The questions about harm that adds up, to be read and talked about."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

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
            said = (
                self.tr("The record has something to say about this.")
                if question.counted
                else self.tr("Only people can answer this.")
            )
            layout.addWidget(style.label(said, "quiet"))
            self.body.addWidget(frame)
        source = self.tr("Source: {source}. Edition {edition}.")
        self.body.addWidget(style.label(source.format(source=questions.source, edition=questions.edition), "quiet"))
        self.body.addStretch(1)
