"""The visit sheet: time in, who let me in, who is here, each child, rooms, four checks; and the notes beside it.

No grade and no descriptor stands here. Everything is kept as it is tapped.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from types import MappingProxyType

from PySide6.QtCore import QCoreApplication, Qt, QTime
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from gcp2_app.domain import visits
from gcp2_app.domain.openings import is_unborn
from gcp2_app.domain.register import Child
from gcp2_app.domain.visits import Found, Sighting
from gcp2_app.domain.when import LONDON
from gcp2_app.errors import AppError
from gcp2_app.forms.entry_kinds import load_kinds
from gcp2_app.overriding import override
from gcp2_app.ui import style, words
from gcp2_app.ui.child.names import child_name
from gcp2_app.ui.field import Field
from gcp2_app.ui.visit.keeper import Keeper
from gcp2_app.ui.visit.notes import Notes
from gcp2_app.ui.visit.picks import Picks

_YES, _NO = "yes", "no"
_SIDE_BY_SIDE_STEPS = 170
_NO_FOCUS = 0  # Qt.FocusPolicy.NoFocus


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("sheet", text)


def rooms() -> tuple[tuple[str, str], ...]:
    """Return the rooms to tap, as they are kept and as they read."""
    return (
        ("living room", tr("Living room")),
        ("kitchen", tr("Kitchen")),
        (visits.BEDROOM, tr("Child’s bedroom")),
        ("other bedrooms", tr("Other bedrooms")),
        ("bathroom", tr("Bathroom")),
        ("hall and stairs", tr("Hall and stairs")),
        ("garden", tr("Garden")),
    )


def answer_of(value: bool | None) -> tuple[str, ...]:
    """Return the codes to show for yes, no, or not noted."""
    return () if value is None else ((_YES,) if value else (_NO,))


class SheetPage(QScrollArea):
    """The sheet of one visit.

    Attributes:
        notes: the lines and their box.
        picks: the answers to tap, by name; those about a child as ``seen <id>``.
    """

    def __init__(self, keeper: Keeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keeper = keeper
        self.picks: dict[str, Picks] = {}
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        ground = QWidget()
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight, ground)
        margin = style.space(2)
        self._across.setContentsMargins(margin, margin, margin, margin)
        self._across.setSpacing(style.space(2))
        self._facts = QWidget()
        facts = QVBoxLayout(self._facts)
        facts.setContentsMargins(0, 0, style.space(1), 0)
        facts.setSpacing(style.space(2))
        for card in (self._door(), *map(self._child, self._children()), self._home()):
            facts.addWidget(card)
        facts.addStretch(1)
        self.notes = Notes(keeper)
        # Of its own, so that the box for notes never scrolls away.
        self._beside = QScrollArea()
        self._beside.setWidgetResizable(True)
        self._beside.setFrameShape(QFrame.Shape.NoFrame)
        self._beside.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._beside.setProperty("focusPolicy", _NO_FOCUS)
        self._beside.setWidget(self._facts)
        self._across.addWidget(self._beside, 5)
        noted, body = style.card()
        body.addWidget(self.notes)
        self._kept = style.label("", "quiet")
        body.addWidget(self._kept)
        self._across.addWidget(noted, 6)
        self.setWidget(ground)
        self._fit(wide=True)
        # Its controls take the focus. No proxy: it would keep Tab from what stands before the box.
        self.setProperty("focusPolicy", _NO_FOCUS)
        keeper.kept.connect(self._say_kept)
        keeper.not_kept.connect(self._say_not_kept)

    def _children(self) -> tuple[Child, ...]:
        return tuple(child for child in self._keeper.visit.children if not is_unborn(child))

    # At the door

    def _door(self) -> QFrame:
        frame, layout = style.card()
        sheet = self._keeper.sheet
        started = sheet.started.astimezone(LONDON) if sheet.started else None
        told = tr("announced") if sheet.announced else tr("unannounced")
        layout.addWidget(
            style.heading(tr("In at {time}, {told}").format(time=f"{started:%H:%M}" if started else "–", told=told), 2)
        )
        access = next(item for item in load_kinds()["visit"].items if item.name == "access")
        options = tuple((option.code, option.label) for option in access.options)
        layout.addWidget(self._pick("access", access.label, options, chosen=(sheet.access,)))
        names = tuple(dict.fromkeys(self._name(adult) for adult in self._keeper.visit.adults))
        adults = tuple((name, name) for name in names)
        if adults:
            layout.addWidget(self._pick("let_in_by", tr("Who let me in"), adults, chosen=(sheet.let_in_by,)))
            layout.addWidget(self._pick("present", tr("Who is here"), adults, chosen=sheet.present, many=True))
        self.let_in_by = QLineEdit("" if sheet.let_in_by in names else sheet.let_in_by)
        self.let_in_by.editingFinished.connect(self._changed)
        layout.addWidget(Field(tr("Someone else let me in"), self.let_in_by))
        self.others = QLineEdit(", ".join(name for name in sheet.present if name not in names))
        self.others.editingFinished.connect(self._changed)
        layout.addWidget(
            Field(tr("Others who are here"), self.others, tr("Names or who they are, with commas between."))
        )
        return frame

    def _name(self, adult: object) -> str:
        from gcp2_app.services.visits import Adult

        if not isinstance(adult, Adult):
            return ""
        return adult.person.name or adult.relationship or tr("Name not known")

    # The children

    def _child(self, child: Child) -> QFrame:
        frame, layout = style.card()
        sheet = self._keeper.sheet
        on = sheet.started.astimezone(LONDON) if sheet.started else self._keeper.visit.entry.recorded_at
        day = on.date() if on is not None else None
        age = words.age(child.date_of_birth, day) if day is not None else ""
        layout.addWidget(style.heading(f"{child_name(child)}, {age}", 2))
        mine = sheet.sighting(child.id)
        options = ((_YES, tr("Yes")), (_NO, tr("No")))
        name = child_name(child)
        asked = [("seen", tr("Seen"), mine.seen)]
        if day is not None and visits.asks_awake(child.date_of_birth, day):
            asked.append(("awake", tr("Awake"), mine.awake))
        asked.append(("alone", tr("Alone"), mine.alone))
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.setSpacing(style.space(3))
        for code, text, value in asked:
            picks = self._pick(f"{code} {child.id}", text, options, chosen=answer_of(value))
            for answer, button in picks.buttons.items():
                button.setAccessibleName(f"{name}, {text}: {dict(options)[answer]}")
            row.addWidget(picks)
        row.addStretch(1)
        layout.addLayout(row)
        return frame

    # The home

    def _home(self) -> QFrame:
        frame, layout = style.card()
        sheet = self._keeper.sheet
        layout.addWidget(style.heading(tr("The home"), 2))
        layout.addWidget(self._pick("rooms", tr("Rooms seen"), rooms(), chosen=sheet.rooms_seen, many=True))
        checks = next(item for item in load_kinds()["visit"].items if item.name == "checks")
        for item in checks.items:
            options = tuple((option.code, option.label) for option in item.options)
            found = sheet.checks.get(item.name)
            layout.addWidget(self._pick(item.name, item.label, options, chosen=(found.value,) if found else ()))
        return frame

    # Keeping

    def _pick(
        self,
        name: str,
        text: str,
        options: tuple[tuple[str, str], ...],
        *,
        chosen: tuple[str, ...] = (),
        many: bool = False,
    ) -> Picks:
        picks = Picks(text, options, many=many)
        picks.choose(chosen)
        picks.changed.connect(partial(self._picked, name))
        self.picks[name] = picks
        return picks

    def _picked(self, name: str) -> None:
        if name == "let_in_by" and self.picks[name].one:
            self.let_in_by.clear()
        self._changed()

    def _changed(self) -> None:
        sheet = self._keeper.sheet
        typed = tuple(filter(None, (part.strip() for part in self.others.text().split(","))))
        known = self.picks["present"].chosen if "present" in self.picks else ()
        chosen = self.picks["let_in_by"].one if "let_in_by" in self.picks else ""
        changed = replace(
            sheet,
            access=self.picks["access"].one,
            let_in_by=self.let_in_by.text().strip() or chosen,
            present=(*known, *typed),
            rooms_seen=self.picks["rooms"].chosen,
            checks=self._checks(),
        )
        for child in self._children():
            changed = changed.with_sighting(self._sighting(child.id))
        if changed != sheet:
            self._keeper.change(changed)

    def _checks(self) -> Mapping[str, Found]:
        found = {code: self.picks[code].one for code in visits.CHECKS if code in self.picks}
        return MappingProxyType({code: Found(one) for code, one in found.items() if one})

    def _sighting(self, child: str) -> Sighting:
        def answer(name: str) -> bool | None:
            picks = self.picks.get(f"{name} {child}")
            return None if picks is None or not picks.one else picks.one == _YES

        return Sighting(child=child, seen=answer("seen"), awake=answer("awake"), alone=answer("alone"))

    def _say_kept(self) -> None:
        self._kept.setText(tr("Saved {time}").format(time=QTime.currentTime().toString("HH:mm")))

    def _say_not_kept(self, _error: AppError) -> None:
        self._kept.setText(tr("Not saved yet"))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.viewport().width() >= style.space(_SIDE_BY_SIDE_STEPS)
        self._fit(wide=wide)

    def _fit(self, *, wide: bool) -> None:
        """Put facts and notes side by side; in a narrow window the notes come first, and one page scrolls."""
        self._across.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.BottomToTop)
        shown = Qt.ScrollBarPolicy.ScrollBarAsNeeded if wide else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self._beside.setVerticalScrollBarPolicy(shown)
        width = max(self.viewport().width() - 2 * style.space(2), 1)
        whole = max(self._facts.sizeHint().height(), self._facts.heightForWidth(width))
        self._beside.setMinimumHeight(0 if wide else whole + style.space(4))
