"""The ways to requests for help and challenges, from wherever a child is shown."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.domain.entries import Entry
    from gcp2_app.services.challenging import ChallengeFile
    from gcp2_app.services.referral_outcomes import Requests
    from gcp2_app.services.referring import Request
    from gcp2_app.ui.child.shown import Shown


def ask_for_help(parent: QWidget, workspace: Workspace, shown: "Shown") -> None:
    """Open a request for help about a child, or the draft of one, once it is read."""
    from gcp2_app.services import referring

    session, child, why = workspace.session, shown.child.id, shown.why

    def show(request: "Request") -> None:
        from gcp2_app.ui.referral.request import RequestDialog

        if workspace.is_unlocked:
            RequestDialog(parent, workspace, shown, request).open()

    workspace.tasks.run(parent, lambda: referring.begin(session, child, why=why), show)


def show_requests(parent: QWidget, workspace: Workspace, shown: "Shown") -> None:
    """Open the requests for help about a child, side by side."""
    from gcp2_app.services import referral_outcomes

    session, child, why = workspace.session, shown.child.id, shown.why

    def show(requests: "Requests") -> None:
        from gcp2_app.ui.referral.requests import RequestsDialog

        if workspace.is_unlocked:
            RequestsDialog(parent, workspace, shown, requests).open()

    workspace.tasks.run(parent, lambda: referral_outcomes.of_child(session, child, why=why), show)


def show_challenges(parent: QWidget, workspace: Workspace, shown: "Shown") -> None:
    """Open the challenges about a child."""
    from gcp2_app.services import challenging

    session, child, why = workspace.session, shown.child.id, shown.why

    def show(files: "tuple[ChallengeFile, ...]") -> None:
        from gcp2_app.ui.referral.challenges import ChallengesDialog

        if workspace.is_unlocked:
            ChallengesDialog(parent, workspace, shown, files).open()

    workspace.tasks.run(parent, lambda: challenging.of_child(session, child, why=why), show)


def disagree(parent: QWidget, workspace: Workspace, shown: "Shown", about: "Entry") -> None:
    """Begin a challenge to a decision, and show it once it is kept."""
    from gcp2_app.ui.referral.disagreeing import start_challenge

    start_challenge(parent, workspace, about, then=lambda: show_challenges(parent, workspace, shown))
