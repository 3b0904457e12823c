"""The developmental band an assessment is graded in: by age, or picked with its reason."""

from dataclasses import replace

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from gcp2_app.domain import progress
from gcp2_app.domain.openings import band_at_start
from gcp2_app.errors import AppError, InvalidValue
from gcp2_app.ui import messages, style, words
from gcp2_app.ui.assess.draft import Draft
from gcp2_app.ui.assess.texts import KeptLine
from gcp2_app.ui.field import Field
from gcp2_app.ui.forms.choice import QuietComboBox


class BandCard(QFrame):
    """Shows the band and takes another one; where none is known it asks for one, or for the date of birth.

    Attributes:
        band, reason: what is picked, and why.
        open_child: leads to the child's record; only where the band is not known.
        use: takes the picked band; only where the band is not known, else picking is taking.
    """

    def __init__(self, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self._unknown = not draft.band
        self.setProperty("role", "warning" if self._unknown else "card")
        self.band = QuietComboBox()
        self.reason = KeptLine(self.tr("Why this age band?"))
        self.band_field = Field(self.tr("Graded in the band"), self.band)
        why = self.tr("Why this age band?") if self._unknown else self.tr("Why this age band, and not the one by age?")
        self.reason_field = Field(why, self.reason)
        self.open_child = style.button(self.tr("Open the child’s record"))
        self.use = style.button(self.tr("Use this age band"))
        for button in (self.open_child, self.use):
            # Asked for only while the band is not known, and never a window of their own.
            button.setParent(self)
            button.setVisible(self._unknown)
        self._by_age = style.label("", "" if self._unknown else "quiet")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.space(2.5), style.space(2), style.space(2.5), style.space(2))
        layout.setSpacing(style.space(2))
        known = self.tr("Age band")
        layout.addWidget(style.heading(self.tr("Which age band?") if self._unknown else known, 2))
        layout.addWidget(self._by_age)
        if self._unknown:
            layout.addLayout(style.row(self.open_child))
            layout.addWidget(style.label(self.tr("Or pick the band that fits this child’s development, and say why.")))
            self.band.addItem(self.tr("Choose…"), None)
        for band in self._draft.pack.bands:
            self.band.addItem(band.label, band.code)
        layout.addWidget(self.band_field)
        layout.addWidget(self.reason_field)
        if self._unknown:
            layout.addLayout(style.row(self.use))

    def _connect(self) -> None:
        if self._unknown:
            self.open_child.clicked.connect(self._draft.want_child)
            self.use.clicked.connect(self._use)
            return
        self.band.activated.connect(lambda _: self._choose())
        self.reason.edited.connect(self._keep_reason)

    @property
    def first_asked(self) -> QWidget:
        """The control that takes what is asked for first."""
        return self.band if self._unknown or self.reason_field.isHidden() else self.reason

    def refresh(self) -> None:
        """Show what is held now."""
        draft = self._draft
        may = draft.may_write and draft.is_graded
        if self._unknown:
            self._by_age.setText(self._why_unknown())
            for control in (self.band, self.use, self.reason):
                control.setEnabled(may)
            return
        by_age = self._band_by_age()
        before_birth = bool(draft.band) and draft.pack.band(draft.band).is_before_birth
        if before_birth:
            self._by_age.setText(self.tr("Before birth, counted from the expected date. A birth does not change it."))
        elif by_age and draft.value.window is not None:
            age = words.age(draft.child.born, draft.value.window.from_)
            text = self.tr("By age ({age} at the first day): {band}.")
            self._by_age.setText(text.format(age=age, band=draft.pack.band(by_age).label))
        else:
            self._by_age.setText(self.tr("By age no band is known: it was picked."))
        self.band.setCurrentIndex(self.band.findData(draft.band))
        self.band.setEnabled(may)
        self.reason_field.setVisible(draft.band != by_age and not before_birth)
        self.reason.show_text(draft.value.band_reason)
        self.reason.setReadOnly(not draft.may_write)

    def _why_unknown(self) -> str:
        draft = self._draft
        if draft.value.window is None:
            return self.tr("The window has no dates, so the age is not known. Give the first day below.")
        if draft.child.born is None:
            return self.tr(
                "No date of birth is recorded for this child, so it is not known which units apply. Give it in the "
                "child’s record."
            )
        return self.tr("The child’s age at the first day is in no age band, or the recorded units fit none.")

    def _band_by_age(self) -> str:
        draft = self._draft
        window = draft.value.window
        if window is None:
            return ""
        try:
            return band_at_start(draft.pack, draft.child, window.from_)
        except InvalidValue:
            return ""

    # Picking

    def _use(self) -> None:
        band, reason = self.band.currentData(), self.reason.text().strip()
        self.band_field.show_error("" if band else self.tr("Pick an age band."))
        self.reason_field.show_error("" if reason else self.tr("Say why."))
        if not band:
            self.band.setFocus()
        elif not reason:
            self.reason.setFocus()
        else:
            self._change(str(band), reason)

    def _choose(self) -> None:
        draft, chosen = self._draft, str(self.band.currentData())
        if chosen == draft.band:
            return
        try:
            left = progress.units_left_behind(draft.pack, draft.value, draft.child.born, band=chosen)
        except AppError as error:
            messages.show_error(self, error)
            return
        reason = "" if chosen == self._band_by_age() else draft.value.band_reason
        if not left:
            self._change(chosen, reason)
            return
        messages.ask(
            self,
            self.tr("Change the age band?"),
            self.tr("What is recorded for {units} does not exist in the other band and will be taken out.").format(
                units=", ".join(left)
            ),
            yes=self.tr("Change the band"),
            no=self.tr("Keep the band"),
            then=lambda: self._change(chosen, reason),
        )
        self.refresh()

    def _change(self, chosen: str, reason: str) -> None:
        draft = self._draft
        try:
            value = progress.change_band(draft.pack, draft.value, draft.child.born, band=chosen, reason=reason)
        except AppError as error:
            messages.show_error(self, error)
            return
        draft.change(value)
        self.refresh()

    def _keep_reason(self, text: str) -> None:
        draft = self._draft
        draft.change(replace(draft.value, band_reason=text), "band_reason")
