"""How a pack's texts are read: the same rules on every page on which they are read."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gcp2_app.domain.instrument import Pack
from gcp2_app.ui import style
from gcp2_app.ui.fold import Fold


def heading_text() -> str:
    """Return what the rules are called."""
    return QCoreApplication.translate("assess", "How to read the texts")


def make_rules(pack: Pack) -> QWidget:
    """Return every rule as a line of its own."""
    rules = QWidget()
    layout = QVBoxLayout(rules)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(style.space(1))
    for rule in pack.how_to_grade:
        line = QHBoxLayout()
        line.setSpacing(style.space(1))
        line.addWidget(style.label("•", wrap=False), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(style.label(rule), 1)
        layout.addLayout(line)
    return rules


def make_fold(pack: Pack) -> Fold | None:
    """Return the rules folded away, or None where the pack has none."""
    return Fold(heading_text(), lambda: make_rules(pack)) if pack.how_to_grade else None
