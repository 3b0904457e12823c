"""What is asked before a document leaves the store: what of, who reads it and why, as of when, and in which form."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QVBoxLayout, QWidget

from gcp2_app.domain.moment import Moment
from gcp2_app.domain.readers import Audience
from gcp2_app.errors import InvalidValue
from gcp2_app.services.documents.sorts import Form
from gcp2_app.ui import style
from gcp2_app.ui.child.take_copy import reveal
from gcp2_app.ui.field import Field
from gcp2_app.ui.forms.choice import QuietComboBox
from gcp2_app.ui.notice import Notice
from gcp2_app.ui.reports.days import Days
from gcp2_app.ui.reports.for_meeting import ForMeeting
from gcp2_app.ui.reports.loss_list import LossList
from gcp2_app.ui.reports.words import readers as reader_names
from gcp2_app.ui.tasks import Tasks
from gcp2_app.ui.unlock.new_passphrase import NewPassphrase

if TYPE_CHECKING:
    from datetime import date

    from gcp2_app.services.documents.making import Wanted
    from gcp2_app.services.documents.offers import Offer, Offers

_PAUSE_MILLISECONDS: Final = 900
_NAME_ROLE = Qt.ItemDataRole.UserRole + 1


class ReportForm(QWidget):
    """Matter, reader, recipient, reason, days and form of one copy.

    Its notice and its buttons stand at the foot of the page, where they are always in view.

    Attributes:
        matter: the assessment or entry it is about, where there are several.
        meeting: which meeting it is for, with its clocks.
        audience: who reads it; decides what is left out.
        reader: the person around the child it is for, if it is one of them.
        losses: what is left out of the copy.
        choose_button: opens what can be put in or taken out.
        notice, save_button, copy_button: for whoever lays out the foot.
        wanted_changed: emitted a moment after anything that changes the pages.
        save_wanted: emitted when everything is there and the copy is to be saved.
        copy_wanted: the same for its words, to be pasted.
    """

    wanted_changed = Signal()
    save_wanted = Signal()
    copy_wanted = Signal()

    def __init__(self, tasks: Tasks, today: "date", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offer: Offer | None = None
        self._child = ""
        self._matter = ""
        self._shown: frozenset[str] = frozenset()
        self._without: frozenset[str] = frozenset()
        self.matter, self.audience, self.reader, self.form = (QuietComboBox(narrow=True) for _ in range(4))
        self.recipient, self.reason = QLineEdit(), QLineEdit()
        self.meeting = ForMeeting(today)
        self.days = Days(today)
        self.losses = LossList()
        self.choose_button = style.button(self.tr("Choose what stands in it…"), "link")
        self._chosen = style.label("", "quiet")
        self.protect = QCheckBox(self.tr("Protect the file with a passphrase"))
        self.passphrase = NewPassphrase(tasks)
        self.save_button = style.button(self.tr("Save PDF…"), "primary")
        self.copy_button = style.button(self.tr("Copy as text"))
        self.copy_button.setToolTip(
            self.tr("For pasting into another system. It leaves the clipboard after half a minute.")
        )
        self.notice = Notice()
        self._said: Any = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MILLISECONDS)
        self._matter_field = Field(self.tr("Which one is it about?"), self.matter)
        self._audience_field = Field(
            self.tr("Who reads it?"), self.audience, self.tr("What such a reader may not see is left out.")
        )
        self._reader_field = Field(
            self.tr("Is it for someone around the child?"),
            self.reader,
            self.tr("What is withheld from them is then left out."),
        )
        self._recipient_field = Field(
            self.tr("Who is this copy for?"), self.recipient, self.tr("Stands across every page.")
        )
        self._reason_field = Field(self.tr("Why do they need it?"), self.reason)
        self._form_field = Field(self.tr("Save it as"), self.form)
        self._open_file = style.label(self.tr("Without a passphrase, whoever comes by the file can read it."), "quiet")
        self._tell = style.label(
            self.tr("Tell the passphrase by telephone or in person, never in the message with the file."), "quiet"
        )
        self._lay_out()
        self._connect()
        self._say_form()

    # What is offered

    def offer(self, offers: "Offers", offer: "Offer", matter: str = "", meeting: str = "") -> None:
        """Offer what a kind of document can be made of, for whom and as what; what was typed stays.

        Args:
            offers: what can be made of the child.
            offer: the kind.
            matter: id of the assessment or entry it is about; empty for the latest.
            meeting: id of the meeting it is for, or empty.
        """
        self._offer, self._child = offer, offers.child
        kind = offer.kind
        self._matter = matter or self._matter
        _fill(self.matter, [(each.words, each.id) for each in offer.matters], self._matter)
        self._matter_field.setVisible(bool(offer.matters))
        self.meeting.offer(offers.meetings_of(offer, meeting), meeting)
        names = reader_names()
        _fill(self.audience, [(names[each], each.value) for each in kind.audiences], self.audience.currentData())
        self._audience_field.setVisible(len(kind.audiences) > 1)
        # Of the whole store nothing is chosen thing by thing: it names nobody.
        self.choose_button.setVisible(bool(offers.child))
        self._offer_readers(offers)
        self.days.offer(period=kind.takes_period, moment=kind.takes_moment)
        forms = {
            Form.PDF: self.tr("PDF, as it prints"),
            Form.TEXT: self.tr("Plain text"),
            Form.CSV: self.tr("Table, CSV"),
            Form.XLSX: self.tr("Table, Excel"),
        }
        can = [form for form in forms if kind.is_table or not form.is_table]
        _fill(self.form, [(forms[form], form.value) for form in can], self.form.currentData())
        self._say_form()
        self._said = self._wants()

    def _offer_readers(self, offers: "Offers") -> None:
        readers = offers.readers
        chosen = self.reader_id
        self.reader.clear()
        self.reader.addItem(self.tr("No, for someone else"), "")
        for id_, name in readers.names.items():
            withheld = id_ in readers.something_withheld
            self.reader.addItem(self.tr("{name} (withheld from)").format(name=name) if withheld else name, id_)
            self.reader.setItemData(self.reader.count() - 1, name, _NAME_ROLE)
        self.reader.setCurrentIndex(max(self.reader.findData(chosen), 0))
        self._reader_field.setVisible(bool(readers.names))

    # What is wanted

    @property
    def reader_id(self) -> str:
        """Id of the person around the child it is for, or empty."""
        return str(self.reader.currentData() or "")

    @property
    def recipient_name(self) -> str:
        """Who the copy is for."""
        return self.recipient.text().strip()

    @property
    def why(self) -> str:
        """Why they need it."""
        return self.reason.text().strip()

    @property
    def saved_as(self) -> Form:
        """In which form it is saved."""
        return Form(self.form.currentData() or Form.PDF)

    @property
    def password(self) -> str | None:
        """The passphrase of the file, or None for none."""
        return self.passphrase.text if self.protect.isChecked() and not self.protect.isHidden() else None

    def wanted(self) -> "Wanted":
        """Return which document, of what, for whom and as of when."""
        from gcp2_app.services.documents.making import Wanted

        assert self._offer is not None  # noqa: S101 - asked for once a document is offered
        days = self.days.values
        return Wanted(
            kind=self._offer.kind.name,
            child=self._child,
            matter=self._matter,
            audience=Audience(self.audience.currentData()),
            person=self.reader_id,
            recipient=self.recipient_name,
            moment=Moment(as_of=days.as_of, known_on=days.known_on),
            since=days.since,
            shown=self._shown,
            without=self._without,
        )

    def settle_matter(self, matter: str) -> None:
        """Show which one the document was made about where none was chosen: the kind itself knows which fits."""
        place = self.matter.findData(matter)
        if place >= 0 and not self._matter:
            self.matter.setCurrentIndex(place)
            self._matter = matter
            self._said = self._wants()

    def use_choices(self, shown: Iterable[str], without: Iterable[str]) -> None:
        """Put in and take out what was chosen one by one; another reader begins without."""
        self._shown, self._without = frozenset(shown), frozenset(without)
        said = [
            self.tr("%n thing put in by you", "", len(self._shown)) if self._shown else "",
            self.tr("%n thing taken out by you", "", len(self._without)) if self._without else "",
        ]
        self._chosen.setText(", ".join(filter(None, said)))
        self._chosen.setVisible(bool(self._chosen.text()))
        self._say_wanted()

    # What is pressed

    def save(self) -> None:
        """Ask for the copy to be saved, or show what is missing."""
        if self._is_complete(protected=self.password is not None):
            self.save_wanted.emit()

    def copy(self) -> None:
        """Ask for the words to be copied, or show what is missing."""
        if self._is_complete(protected=False):
            self.copy_wanted.emit()

    def _is_complete(self, *, protected: bool) -> bool:
        # Keys come here, too, while a copy is on its way.
        if not self.save_button.isEnabled():
            return False
        # What was typed last is shown now, and not while the copy is on its way.
        self._say_wanted()
        missing = [
            self._require(self._recipient_field, self.recipient_name, self.tr("Say who this copy is for.")),
            self._require(self._reason_field, self.why, self.tr("Say why they need it.")),
        ]
        if protected:
            self.passphrase.settle()
        weak = protected and not self.passphrase.is_valid
        if weak:
            self.passphrase.complain()
        first = next((field.control for field in missing if field is not None), self.passphrase if weak else None)
        first = first or self.days.first_problem()
        if first is None:
            self.notice.clear()
            return True
        self.notice.show_error(InvalidValue(self.tr("Not saved yet."), self.tr("Correct what is marked above.")))
        first.setFocus()
        reveal(first)
        return False

    def show_busy(self, *, busy: bool) -> None:
        """Show that a copy is being saved, or that it is done."""
        self.save_button.setEnabled(not busy)
        self.copy_button.setEnabled(not busy)
        self._say_form(busy=busy)

    def forget_passphrase(self) -> None:
        """Drop the passphrase: the next copy has one of its own."""
        self.passphrase.clear()
        self.protect.setChecked(False)

    def clear(self) -> None:
        """Forget everything typed and chosen."""
        self._pause.stop()
        self._offer, self._child, self._matter, self._said = None, "", "", None
        self._shown = self._without = frozenset()
        self._chosen.clear()
        self._chosen.hide()
        self.meeting.clear()
        for choice in (self.matter, self.audience, self.reader, self.form):
            choice.clear()
        self.losses.show_losses(())
        self.recipient.clear()
        self.reason.clear()
        self.days.clear()
        for field in (self._recipient_field, self._reason_field):
            field.show_error("")
        self.forget_passphrase()
        self.notice.clear()
        self.show_busy(busy=False)

    # Laying out

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.space(2.5))
        self._chosen.hide()
        parts: tuple[QWidget, ...] = (
            *(
                self._matter_field,
                self.meeting,
                self._audience_field,
                self._reader_field,
                self._recipient_field,
                self._reason_field,
            ),
            *(self.days, self.losses, self._chosen, self.choose_button),
            *(self._form_field, self.protect, self.passphrase, self._tell, self._open_file),
        )
        for widget in parts:
            layout.addWidget(widget)

    def _connect(self) -> None:
        self.meeting.changed.connect(self._take_reason)
        self.matter.activated.connect(lambda _: self._choose_matter())
        self.audience.activated.connect(lambda _: self._change_reading())
        self.reader.activated.connect(lambda _: self._choose_reader())
        self.recipient.textEdited.connect(lambda _: self._pause.start())
        self.recipient.editingFinished.connect(self._say_wanted)
        self._pause.timeout.connect(self._say_wanted)
        self.days.changed.connect(self._say_wanted)
        self.form.activated.connect(lambda _: self._say_form())
        self.protect.toggled.connect(lambda _: self._say_form())
        self.save_button.clicked.connect(self.save)
        self.copy_button.clicked.connect(self.copy)
        for line in (self.recipient, self.reason):
            line.returnPressed.connect(self.save)

    def _require(self, field: Field, value: str, error: str) -> Field | None:
        field.show_error("" if value else error)
        return None if value else field

    def _say_form(self, *, busy: bool = False) -> None:
        pdf = self.saved_as is Form.PDF
        protected = pdf and self.protect.isChecked()
        self.protect.setVisible(pdf)
        self.passphrase.setVisible(protected)
        self._tell.setVisible(protected)
        self._open_file.setVisible(not protected)
        if not protected:
            self.passphrase.clear()
        idle = self.tr("Save PDF…") if pdf else self.tr("Save file…")
        self.save_button.setText(self.tr("Saving…") if busy else idle)

    def _choose_matter(self) -> None:
        self._matter = self.matter.currentData() or ""
        self._change_reading()

    def _take_reason(self, before: str, now: str) -> None:
        """Let the meeting be the reason, unless another one was typed."""
        if self.why in ("", before):
            self.reason.setText(now)
            self.reason.setCursorPosition(0)

    def _choose_reader(self) -> None:
        if self.reader_id:
            self.recipient.setText(str(self.reader.currentData(_NAME_ROLE)))
            fits = Audience.CHILD if self.reader_id == self._child else Audience.PARENT
            place = self.audience.findData(fits.value)
            if place >= 0:
                self.audience.setCurrentIndex(place)
        self._change_reading()

    def _change_reading(self) -> None:
        # What was ticked for one reader was not ticked for another.
        self.use_choices((), ())

    def _wants(self) -> object:
        return self.wanted() if self._offer is not None else None

    def _say_wanted(self) -> None:
        self._pause.stop()
        wants = self._wants()
        if wants != self._said:
            self._said = wants
            self.wanted_changed.emit()


def _fill(box: QComboBox, items: Iterable[tuple[str, str]], chosen: str | None) -> None:
    """Put answers into a list; the one chosen stays, if it is still there."""
    box.clear()
    for text, data in items:
        box.addItem(text, data)
    box.setCurrentIndex(max(box.findData(chosen) if chosen else 0, 0))
