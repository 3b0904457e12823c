"""What stands above the questions of a request for help: danger, a draft, a mark."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from gcp2_app.domain.learning import Where
from gcp2_app.forms.policy import shipped_policy
from gcp2_app.ui import style
from gcp2_app.ui.learn.beside import learned_fold
from gcp2_app.ui.referral.words import tr
from gcp2_app.ui.workspace import Workspace


def danger(workspace: Workspace) -> QFrame:
    """Return what is said when a child could be harmed before tomorrow."""
    policy = shipped_policy().danger
    frame, layout = style.card("warning")
    layout.addWidget(style.heading(policy.act, 2))
    layout.addWidget(style.label(policy.if_told))
    signs = [sign.what for sign in policy.signs if sign.do_not_tell_first]
    if signs:
        told = "; ".join(sign[:1].lower() + sign[1:] for sign in signs)
        layout.addWidget(style.label(f"{policy.do_not_tell} {tr('So with:')} {told}."))
    numbers = style.button(tr("Show the numbers"), "primary")
    numbers.setAutoDefault(False)
    numbers.clicked.connect(workspace.danger_wanted)
    layout.addWidget(numbers)
    return frame


def learned(workspace: Workspace, step: str) -> QWidget:
    """Return what the review learned about asking for help, folded away; a request is not lost by reading it."""
    made = QWidget()
    layout = QVBoxLayout(made)
    layout.setContentsMargins(0, 0, 0, 0)
    fold = learned_fold(workspace, Where.REFERRAL, leads_away=False)
    fold.setObjectName(f"learned-{step}")
    layout.addWidget(fold)
    layout.addLayout(fold.place)
    return made


def draft(throw_away: Callable[[], object]) -> QFrame:
    """Return what is said of a draft, with the way to throw it away."""
    frame, layout = style.card("note")
    layout.addWidget(style.label(tr("This is your draft, as you left it.")))
    again = style.button(tr("Throw it away and begin with the record"), "link")
    again.setAutoDefault(False)
    again.clicked.connect(lambda _=False: throw_away())
    layout.addWidget(again)
    return frame


def marked() -> QFrame:
    """Return what is said where something in the request is withheld from somebody."""
    frame, layout = style.card("warning")
    layout.addWidget(
        style.label(
            tr(
                "Something here is withheld from somebody around this child. It is marked where it stands, and the "
                "request is marked, too: no copy of it goes to them."
            )
        )
    )
    return frame
