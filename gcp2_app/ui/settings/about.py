"""What this program is, which version, and where it keeps things."""

import platform

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QFormLayout, QWidget

from gcp2_app import __version__, logs
from gcp2_app.ui import style
from gcp2_app.ui.column import Column
from gcp2_app.ui.workspace import Workspace


class AboutSection(Column):
    """A table of facts."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(104, parent, centred=False)
        self.body.addWidget(style.heading(self.tr("About gcp2")))
        frame, layout = style.card()
        facts = QFormLayout()
        facts.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        facts.setLabelAlignment(Qt.AlignmentFlag.AlignTop)
        facts.setHorizontalSpacing(style.space(4))
        facts.setVerticalSpacing(style.space(1))
        for name, fact in (
            (self.tr("Version"), __version__),
            (self.tr("Licence"), self.tr("Apache License 2.0; see LICENSE and NOTICES")),
            (self.tr("Made with"), f"Python {platform.python_version()}, Qt {qVersion()}"),
            (self.tr("This store"), style.path_text(workspace.session.store.folder)),
            (self.tr("Log, without case data"), style.path_text(logs.folder())),
        ):
            value = style.label(fact)
            value.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            value.setAccessibleName(f"{name}: {fact}")
            facts.addRow(style.label(name, "quiet", wrap=False), value)
        layout.addLayout(facts)
        self.body.addWidget(frame)
        note, text = style.card()
        text.addWidget(
            style.label(
                self.tr(
                    "The wording that comes with the program is open wording, written for it. It is not GCP2 and has "
                    "not been validated. An authority with a licence for another tool installs that tool’s own pack "
                    "under Packs."
                )
            )
        )
        self.body.addWidget(note)
        self.body.addStretch(1)
