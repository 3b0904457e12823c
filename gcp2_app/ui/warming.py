"""Loads what the next screens need while nobody waits for it, a little at a time.

A library that draws or prints takes up to a second to load, and the first who asks would wait for it. Knows names of
modules; nothing of what they do.
"""

from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from typing import Final

from PySide6.QtCore import QObject, QTimer

from gcp2_app.ui.rubbish import keep_what_is_loaded
from gcp2_app.ui.tasks import Tasks

#: The caseload is on screen by then, and the person has begun to look at it.
_SHOWN_MILLISECONDS: Final = 400
#: In the order people get to them. A step in the way of something asked for holds it up by its own length at most.
#: What writes documents is loaded when the first is asked for: it takes twenty megabytes, and a third of a second.
_MODULES: Final = (
    "gcp2_app.ui.child.page",
    "gcp2_app.ui.child.shown",
    "gcp2_app.services.register",
    "gcp2_app.services.elsewhere",
    "gcp2_app.services.glance",
    "gcp2_app.services.referral_outcomes",
    "gcp2_app.services.sorting",
    "gcp2_app.services.alert_cards",
    "gcp2_app.services.trigger_review",
    "gcp2_app.services.charts",
    "gcp2_app.ui.forms.register",
    "gcp2_app.ui.referral.words",
    "gcp2_app.ui.charts.gallery",
    "numpy",
    "gcp2_app.reports.charts.library",
    "gcp2_app.reports.charts.output",
    "gcp2_app.reports.charts.catalogue",
    "gcp2_app.ui.assess.page",
    "gcp2_app.services.assessments",
)


def warm_up(owner: QObject, tasks: Tasks, loaded: Callable[[], object]) -> None:
    """Begin to load what comes after the caseload.

    Args:
        owner: with it, or with the session, the loading ends.
        tasks: the computing thread loads.
        loaded: called on the window's thread when all of it is there.
    """
    load = (partial(import_module, name) for name in _MODULES)
    steps: list[Callable[[], object]] = [_read_forms, _read_rules, *load]
    QTimer.singleShot(_SHOWN_MILLISECONDS, owner, lambda: _go_on(owner, tasks, steps, loaded))


def _go_on(owner: QObject, tasks: Tasks, steps: Sequence[Callable[[], object]], loaded: Callable[[], object]) -> None:
    if steps:
        tasks.compute(owner, steps[0], lambda _: _go_on(owner, tasks, steps[1:], loaded), quiet=True)
    else:
        loaded()
        keep_what_is_loaded()


def _read_forms() -> None:
    from gcp2_app.forms.entry_kinds import load_kinds
    from gcp2_app.forms.packs import shipped_pack, shipped_packs
    from gcp2_app.paths import data_folder

    load_kinds(data_folder("forms") / "register")
    for pack in shipped_packs():
        shipped_pack(pack.id, pack.version)


def _read_rules() -> None:
    from gcp2_app.forms.rule_policy import shipped_rules, shipped_working_days

    shipped_rules()
    shipped_working_days()
