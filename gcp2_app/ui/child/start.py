"""Starting an assessment: whose care, which days, which age band, with which pack.

The questions depend on the child and the pack, so the form is declared here, in the shape every form has.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from gcp2_app.domain.instrument import LicenceKind, Subject
from gcp2_app.domain.kinds import EntryKind, Item, ItemType, Option
from gcp2_app.domain.learning import Where
from gcp2_app.domain.openings import band_at_start, is_unborn
from gcp2_app.domain.users import Duty
from gcp2_app.domain.when import parse_date
from gcp2_app.errors import AppError, InvalidValue
from gcp2_app.ui import messages, style, words
from gcp2_app.ui.child import names
from gcp2_app.ui.forms.checks import no_end_before_start
from gcp2_app.ui.forms.dialog import FormDialog, Saving, Values
from gcp2_app.ui.forms.directory import Directory
from gcp2_app.ui.forms.registry import make_context
from gcp2_app.ui.learn.beside import learned_fold
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.domain.instrument import Pack
    from gcp2_app.domain.register import Child
    from gcp2_app.services.session import Session
    from gcp2_app.ui.child.shown import Shown


@dataclass(frozen=True, slots=True)
class Offer:
    """A pack the assessment can be started with.

    Attributes:
        approved: it may be used for a child of this store.
        hidden: why its licence or this user's training keeps it closed, or empty.
    """

    pack: "Pack"
    approved: bool
    hidden: str = ""


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("start", text)


def start_assessment(parent: QWidget, workspace: Workspace, shown: "Shown", *, to_people: Callable[[], object]) -> None:
    """Open the form that starts an assessment, or say why none can be started.

    Args:
        parent: the page it opens over.
        workspace: what the page asks the store through.
        shown: the child.
        to_people: goes to where carers are added.
    """
    session = workspace.session
    if not shown.child.carers:
        messages.ask(
            parent,
            tr("Add a carer first."),
            tr("An assessment looks at the care given by named people. Add them under People."),
            yes=tr("Go to People"),
            no=tr("Close"),
            then=to_people,
        )
        return
    workspace.tasks.run(
        parent,
        lambda: _offers(session, shown),
        lambda found: _open(parent, workspace, shown, *found),
        lambda error: _refuse(parent, error),
    )


def _refuse(parent: QWidget, error: AppError) -> None:
    messages.show_error(parent, error)


def _offers(session: "Session", shown: "Shown") -> tuple[tuple[Offer, ...], tuple[str, ...]]:
    """Return the packs that fit the child, the newest version of each, and who can approve one.

    Runs on the database thread.

    One that was used before the birth comes first as long as it still fits.
    """
    from gcp2_app.services import packs

    newest: dict[str, Pack] = {}
    for pack in packs.available(session):
        known = newest.get(pack.id)
        if _fits(pack, shown.child, shown.today) and (known is None or _version(pack) > _version(known)):
            newest[pack.id] = pack
    used = {each.pack for each in shown.file.assessments}
    first = sorted(newest.values(), key=lambda pack: not (pack.subject is Subject.UNBORN and pack.id in used))
    offers = tuple(
        Offer(
            pack,
            approved=session.store.practice
            or pack.licence.kind is not LicenceKind.OPEN
            or packs.is_approved(session, pack),
            hidden=packs.why_hidden(session, pack),
        )
        for pack in first
    )
    return offers, packs.approvers(session)


def _fits(pack: "Pack", child: "Child", today: date) -> bool:
    """Whether a pack is about such a child: one for unborn children goes on for a while after the birth."""
    if pack.subject is not Subject.UNBORN:
        return not is_unborn(child)
    if child.born is None:
        return False
    try:
        band_at_start(pack, child, today)
    except InvalidValue:
        return False
    return True


def _version(pack: "Pack") -> tuple[int, ...]:
    return tuple(int(part) if part.isdecimal() else 0 for part in pack.version.split("."))


def _open(
    parent: QWidget, workspace: Workspace, shown: "Shown", offers: tuple[Offer, ...], approvers: tuple[str, ...]
) -> None:
    if not offers:
        messages.show_note(
            parent,
            tr("There is no pack for this child."),
            tr("No pack is about a child of this age. Check the date of birth, or the expected date."),
        )
        return
    _StartForm(workspace, shown, offers, approvers).open(parent)


class _StartForm:
    """The form that starts an assessment, with what hangs on its answers."""

    def __init__(
        self, workspace: Workspace, shown: "Shown", offers: tuple[Offer, ...], approvers: tuple[str, ...]
    ) -> None:
        self._workspace = workspace
        self._shown = shown
        self._offers = {offer.pack.id: offer for offer in offers}
        self._approvers = approvers
        self._may_approve = workspace.session.user.may(Duty.MANAGE_STORE)
        self._band_chosen = False

    def open(self, parent: QWidget) -> FormDialog:
        """Open it."""
        today = self._shown.today
        offer = next(iter(self._offers.values()))
        rule = offer.pack.window
        context = make_context(today, Directory(self._workspace))
        saving = Saving(save=self._save, saved=self._saved, problems=self._problems, text=tr("Start the assessment"))
        title = tr("Start an assessment")
        about = tr("Of the care given to {name}.").format(name=names.child_name(self._shown.child))
        self._dialog = FormDialog(
            parent,
            self._workspace,
            title=title,
            kind=self._kind(title),
            context=context,
            saving=saving,
            about=about,
        )
        self._caution, caution_body = style.card()
        self._title = style.heading("", 3)
        self._words = style.label("", "quiet")
        self._approval = style.label("", "error")
        self._approve = style.button(tr("Go to Settings, Packs"), "link")
        self._approve.setAutoDefault(False)
        self._approve.clicked.connect(self._go_to_packs)
        for widget in (self._title, self._words, self._approval, self._approve):
            caution_body.addWidget(widget)
        self._dialog.put_above(self._caution)
        learned = learned_fold(self._workspace, Where.START, leads_away=False)
        caution_body.addWidget(learned)
        caution_body.addLayout(learned.place)
        carers = self._shown.child.carers
        main = [carer.person for carer in carers if carer.main] or [carers[0].person]
        self._dialog.show_values(
            {
                "pack": offer.pack.id,
                "carers": main,
                "from": today.isoformat(),
                "to": (today + timedelta(days=rule.default_days - 1)).isoformat(),
            }
        )
        self._dialog.form.changed.connect(self._follow)
        self._follow("")
        self._dialog.open()
        return self._dialog

    def _kind(self, title: str) -> EntryKind:
        items = (
            Item(
                name="pack",
                type=ItemType.CHOICE,
                label=tr("Pack"),
                required=True,
                help=self._both_words(),
                options=tuple(
                    Option(code=id_, label=f"{offer.pack.short_title}, {offer.pack.version}")
                    for id_, offer in self._offers.items()
                ),
            ),
            Item(
                name="carers",
                type=ItemType.CHOICE,
                repeats=True,
                required=True,
                label=tr("Whose care is assessed?"),
                help=tr("Carers who live apart, or whose care differs, get an assessment each."),
                options=tuple(
                    Option(code=carer.person, label=self._carer_label(carer.person, carer.relationship))
                    for carer in self._shown.child.carers
                ),
            ),
            Item(name="from", type=ItemType.DATE, label=tr("First day"), required=True),
            Item(
                name="to",
                type=ItemType.DATE,
                label=tr("Last day"),
                required=True,
                help=tr("Usually four weeks, with four to six visits, announced and unannounced."),
            ),
            Item(
                name="window_reason",
                type=ItemType.TEXT,
                label=tr("Why does it take so long?"),
                required=True,
            ),
            Item(
                name="band",
                type=ItemType.CHOICE,
                label=tr("Age band"),
                required=True,
                options=tuple(
                    Option(code=band.code, label=band.label)
                    for band in {
                        band.code: band for offer in self._offers.values() for band in offer.pack.bands
                    }.values()
                ),
            ),
            Item(
                name="band_reason",
                type=ItemType.TEXT,
                label=tr("Why another band than the one for the child’s age?"),
                required=True,
            ),
        )
        return EntryKind(code="start", title=title, plural=title, about=title, items=items)

    def _both_words(self) -> str:
        """Return what tells the packs of a young baby apart, or nothing where there is no such choice."""
        both = [offer.pack for offer in self._offers.values()]
        ends = next((pack.bands[-1].to_months for pack in both if pack.subject is Subject.UNBORN), None)
        if len(both) < 2 or ends is None or all(pack.subject is Subject.UNBORN for pack in both):
            return ""
        fit = tr("Under {months} months both fit.") if len(both) == 2 else tr("Under {months} months all of these fit.")
        apart = tr(
            "The one before and after birth goes on from the pregnancy and looks at the first weeks; the child’s own "
            "profile looks at every area of care and takes over at {months} months."
        )
        return f"{fit} {apart}".format(months=ends)

    def _carer_label(self, person_id: str, relationship: str) -> str:
        person = self._shown.file.people.get(person_id)
        name = person.name if person is not None else tr("Someone not in this record")
        return f"{name} ({relationship})" if relationship else name

    def _follow(self, name: str) -> None:
        """Show what hangs on the answers."""
        form = self._dialog.form
        values = form.values()
        if name == "band":
            self._band_chosen = True
        offer = self._offers.get(values["pack"] or "")
        by_age = self._band_by_age(values)
        if not self._band_chosen and by_age:
            form.fields["band"].editor.set_value(by_age)
        band = form.fields["band"].editor.value()
        form.fields["band"].show_warning(self._age_words(values))
        form.show_field("pack", shown=len(self._offers) > 1)
        form.show_field("band_reason", shown=bool(by_age and band and band != by_age))
        days = _days(values)
        longest = offer.pack.window.reason_beyond_days if offer is not None else 0
        form.show_field("window_reason", shown=bool(longest and days is not None and days > longest))
        form.fields["to"].show_warning(tr("{days} days").format(days=days) if days is not None and days > 0 else "")
        if offer is not None:
            pack = offer.pack
            self._title.setText(f"{pack.title}, {pack.version}")
            self._words.setText(pack.caution)
            why = offer.hidden if offer.approved else self._not_approved()
            self._approval.setText(why)
            self._approval.setVisible(bool(why))
            self._approve.setVisible(not offer.approved and self._may_approve)
            # Nothing is filled in for a start that would be refused.
            self._dialog.hold_saving(why)

    def _not_approved(self) -> str:
        """Return that the pack is not approved here, and who can do that."""
        if self._may_approve:
            return tr("Not approved for real children in this store yet. You can approve it, under Settings, Packs.")
        text = tr("Not approved for real children in this store yet. Ask who can approve it: {names}.")
        return text.format(names=", ".join(self._approvers))

    def _go_to_packs(self) -> None:
        self._dialog.close_at_once()
        self._workspace.settings_wanted.emit("packs")

    def _band_by_age(self, values: Values) -> str:
        """Return the band by age at the first day, or nothing where it is not known."""
        offer = self._offers.get(values["pack"] or "")
        if offer is None or not values["from"]:
            return ""
        try:
            return band_at_start(offer.pack, self._shown.child, parse_date(values["from"]))
        except InvalidValue:
            return ""

    def _age_words(self, values: Values) -> str:
        born = self._shown.child.date_of_birth
        if is_unborn(self._shown.child):
            return words.age(self._shown.child.born, self._shown.today, expected=True)
        if born is None:
            return tr("The date of birth is not known: choose the band that fits the child.")
        if not values["from"] or parse_date(values["from"]) < born:
            return ""
        age = words.age(born, parse_date(values["from"]))
        return tr("The child is {age} old on the first day.").format(age=age)

    def _problems(self, values: Values) -> Mapping[str, str]:
        problems = dict(no_end_before_start(values))
        offer = self._offers.get(values["pack"] or "")
        if offer is not None and values["band"] and not offer.pack.has_band(values["band"]):
            problems["band"] = tr("This age band belongs to another pack.")
        return problems

    def _save(self, values: Values) -> str:
        from gcp2_app.domain.assessment import Window
        from gcp2_app.services import assessments

        by_age = self._band_by_age(values)
        pack = self._offers[values["pack"]].pack
        order = [carer.person for carer in sorted(self._shown.child.carers, key=lambda carer: not carer.main)]
        other = values["band"] != by_age
        working = assessments.start(
            self._workspace.session,
            assessments.Start(
                child=self._shown.child.id,
                carers=tuple(person for person in order if person in values["carers"]),
                window=Window(from_=parse_date(values["from"]), to=parse_date(values["to"])),
                pack=pack.id,
                pack_version=pack.version,
                band=values["band"] if other else "",
                band_reason=(values["band_reason"] or "") if other else "",
                window_reason=values["window_reason"] or "",
            ),
        )
        return working.assessment.id

    def _saved(self, assessment_id: str) -> None:
        self._workspace.changed.emit("assessment", assessment_id)
        self._workspace.assessment_wanted.emit(assessment_id)


def _days(values: Values) -> int | None:
    """Return the length of the window in days, both ends included."""
    if not values["from"] or not values["to"]:
        return None
    first, last = parse_date(values["from"]), parse_date(values["to"])
    return (last - first).days + 1 if first <= last else None
