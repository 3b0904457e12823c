"""What help exists near here: the list of local services, to read, add to and keep right; and the same in a form."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QPushButton, QVBoxLayout, QWidget

from gcp2_app.errors import AppError
from gcp2_app.ui import style, words
from gcp2_app.ui.column import Column
from gcp2_app.ui.forms import register
from gcp2_app.ui.forms.dialog import FormDialog, Saving
from gcp2_app.ui.learn.texts import MEASURE
from gcp2_app.ui.notice import Notice
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.domain.entries import Theme
    from gcp2_app.domain.local_services import LocalService

Act = Callable[["LocalService"], object]


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("local_services", text)


class LocalServicesSection(Column):
    """A card a service, found by any of its words; those no longer offered come last.

    Attributes:
        shown: emitted after the list was shown anew.
        cards: by id of the service, in the order they stand.
    """

    shown = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(MEASURE, parent, centred=False)
        self._workspace = workspace
        self._services: tuple[LocalService, ...] = ()
        self._may_change = False
        self.cards: dict[str, QFrame] = {}
        self.body.addWidget(style.heading(self.tr("Help near here")))
        about = self.tr(
            "Services that families here can be offered. The list is your own: it comes empty, everyone of this store "
            "reads it, and it says nothing about any family. What is here can be picked when support is written down."
        )
        self.body.addWidget(style.label(about, "quiet"))
        self.notice = Notice()
        self.body.addWidget(self.notice)
        self.add_button = style.button(self.tr("Add a service…"), "primary")
        self.add_button.clicked.connect(lambda: self.ask(None))
        self.add_button.hide()
        self.body.addLayout(style.row(self.add_button))
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Find by any word, such as a name, a need or a place"))
        self.search.setAccessibleName(self.tr("Find a service by any word"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._fill)
        self.search.hide()
        self.body.addWidget(self.search)
        self.count = style.label("", "quiet")
        self.count.hide()
        self.body.addWidget(self.count)
        self._list = QVBoxLayout()
        self._list.setSpacing(style.space(1.5))
        self.body.addLayout(self._list)
        self.body.addStretch(1)
        self.refresh()

    def refresh(self) -> None:
        """Read the services again."""
        session = self._workspace.session

        def work() -> "tuple[bool, tuple[LocalService, ...]]":
            from gcp2_app.services import local_services

            return local_services.may_change(session), local_services.all_(session)

        self._workspace.tasks.run(self, work, lambda found: self._show(*found), self._failed)

    def ask(self, service: "LocalService | None") -> FormDialog:
        """Open the form of a service, or of a new one."""
        from gcp2_app.domain.local_services import LocalService
        from gcp2_app.services import local_services

        session, held = self._workspace.session, service or LocalService(id="", name="")
        title = self.tr("Add a service") if service is None else self.tr("Change a service")
        saving = Saving(
            save=lambda values: local_services.save(session, register.with_values(held, values)),
            saved=lambda kept: self._kept(self.tr("“{name}” is kept.").format(name=kept.name)),
        )
        return register.open_form(
            self, self._workspace, code="service", title=title, values=register.to_values(held), saving=saving
        )

    def make_sure(self, service: "LocalService") -> None:
        """Keep that what stands there is right today."""
        from dataclasses import replace

        from gcp2_app.services import local_services

        session = self._workspace.session
        checked = replace(service, checked_on=session.today())
        said = self.tr("“{name}” is checked as of today.").format(name=service.name)
        self._workspace.tasks.run(
            self, lambda: local_services.save(session, checked), lambda _: self._kept(said), self._failed
        )

    def _show(self, may_change: bool, services: "tuple[LocalService, ...]") -> None:
        today = self._workspace.session.today()
        self._services = tuple(sorted(services, key=lambda each: not each.is_offered(today)))
        self.add_button.setVisible(may_change)
        self.search.setVisible(len(services) > 1)
        self._may_change = may_change
        self._fill()
        self.shown.emit()

    def _fill(self) -> None:
        today = self._workspace.session.today()
        for card in self.cards.values():
            self._list.removeWidget(card)
            card.hide()
            card.deleteLater()
        wanted = self.search.text().casefold().split()
        found = [each for each in self._services if all(word in _searched(each) for word in wanted)]
        self.cards = {}
        for each in found:
            frame, layout = service_card(each, today)
            if self._may_change:
                layout.addLayout(style.row(*self._buttons(each, offered=each.is_offered(today))))
            self.cards[each.id] = frame
            self._list.addWidget(frame)
            frame.show()
        if not self._services:
            self.count.setText(self.tr("No service is in the list yet."))
        elif wanted:
            counted = self.tr("{count} of {of} services have these words.")
            self.count.setText(counted.format(count=len(found), of=len(self._services)))
        self.count.setVisible(not self._services or bool(wanted))

    def _buttons(self, service: "LocalService", *, offered: bool) -> list[QPushButton]:
        change = style.button(self.tr("Change…"))
        change.setAccessibleName(self.tr("Change {name}").format(name=service.name))
        change.clicked.connect(partial(_run, self.ask, service))
        sure = style.button(self.tr("Still right today"))
        sure.setAccessibleName(self.tr("What is written about {name} is still right today").format(name=service.name))
        sure.clicked.connect(partial(_run, self.make_sure, service))
        return [change, sure] if offered else [change]

    def _kept(self, said: str) -> None:
        self.notice.show_note(said)
        self.refresh()

    def _failed(self, error: AppError) -> None:
        self.notice.show_error(error)
        self.ensureWidgetVisible(self.notice)


class LocalServicesPane(QFrame):
    """The services offered now, to pick one from: in a form that asks what support a family has.

    Args:
        themes: what the support is for; services that help with it come first.
        pick: gets the service that was picked.

    Attributes:
        shown: emitted once the services are there.
        buttons: by id of the service.
    """

    shown = Signal()

    def __init__(self, workspace: Workspace, themes: Callable[[], tuple[str, ...]], pick: Act) -> None:
        super().__init__()
        self.setProperty("role", "note")
        self._today = workspace.session.today()
        self._themes, self._pick = themes, pick
        self.buttons: dict[str, QPushButton] = {}
        self._body = QVBoxLayout(self)
        margin = style.space(2)
        self._body.setContentsMargins(margin, margin, margin, margin)
        self._body.setSpacing(style.space(1.5))
        session = workspace.session

        def work() -> "tuple[LocalService, ...]":
            from gcp2_app.services import local_services

            return local_services.all_(session)

        workspace.tasks.run(self, work, self._show)

    def _show(self, services: "tuple[LocalService, ...]") -> None:
        from gcp2_app.domain.local_services import matching

        for each in matching(services, self._themes(), self._today):
            frame, layout = service_card(each, self._today)
            use = style.button(tr("Write this in"))
            use.setAccessibleName(tr("Write {name} in").format(name=each.name))
            use.clicked.connect(partial(_run, self._pick, each))
            layout.addLayout(style.row(use))
            self.buttons[each.id] = use
            self._body.addWidget(frame)
        if not self.buttons:
            said = tr("No service is in the list yet. It is kept under Learning, Help near here.")
            self._body.addWidget(style.label(said, "quiet"))
        self.shown.emit()


def service_card(service: "LocalService", today: date) -> tuple[QFrame, QVBoxLayout]:
    """Return what is known of a service as a card, and its layout for what can be done with it."""
    frame, layout = style.card()
    layout.addWidget(style.heading(service.name, 3))
    if service.helps:
        layout.addWidget(style.label(service.helps))
    facts = (
        (tr("Helps with: {what}"), "; ".join(_theme_names(service.themes))),
        (tr("Who can have it: {what}"), service.for_whom),
        (tr("How it is asked for: {what}"), service.ask),
        (tr("Phone: {what}"), service.phone),
        (tr("Web page or email: {what}"), service.web),
    )
    for text, what in facts:
        if what:
            layout.addWidget(style.label(text.format(what=what)))
    layout.addWidget(style.label(*_state(service, today)))
    return frame, layout


def _state(service: "LocalService", today: date) -> tuple[str, str]:
    """Return whether it can be relied on, and the role of the label that says so."""
    if not service.is_offered(today):
        assert service.ended_on is not None  # noqa: S101 - it ended
        return tr("No longer offered: {day} was the last day.").format(day=words.day(service.ended_on)), "quiet"
    if service.checked_on is None:
        return tr("Nobody has checked this yet. Ring before you rely on it."), "quiet"
    sure = tr("Checked on {day}.").format(day=words.day(service.checked_on))
    if service.is_to_check(today):
        return sure + tr(" That is more than six months ago: ring before you rely on it."), "quiet"
    return sure, "quiet"


def _theme_names(themes: "tuple[Theme, ...]") -> tuple[str, ...]:
    """Return what the form calls the needs a service helps with."""
    options = next(item.options for item in register.kinds()["service"].items if item.name == "themes")
    return tuple(option.label.lower() for option in options if option.code in themes)


def _searched(service: "LocalService") -> str:
    """Return all that a service can be found by."""
    said = (service.name, service.helps, service.for_whom, service.ask, service.phone, service.web)
    return " ".join((*said, *_theme_names(service.themes))).casefold()


def _run(run: Act, service: "LocalService", _checked: object = None) -> None:
    run(service)
