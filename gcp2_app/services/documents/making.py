"""Making a document for one reader: checked, gathered and audited in one transaction, then written.

What the reader may not see is decided here and nowhere else: by the preset, by who around the child will read it, and
by whose names stand in the recipient.
"""

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from datetime import date

from gcp2_app.domain.confiding import names_of_tellers
from gcp2_app.domain.moment import Moment
from gcp2_app.domain.openings import is_unborn
from gcp2_app.domain.readers import ANALYSIS, AUDIENCES, Audience, Copying, Reader
from gcp2_app.domain.register import Child, Household, Person
from gcp2_app.domain.users import Duty
from gcp2_app.domain.withheld import Around, Secret, SecretKind, Why, Withheld
from gcp2_app.domain.withheld_marks import marks
from gcp2_app.errors import InvalidValue, NotAllowed, NotFound
from gcp2_app.services import withholding
from gcp2_app.services.documents.kinds import KINDS, About, Kind
from gcp2_app.services.documents.prepared import Copy, Prepared
from gcp2_app.services.documents.reading import Desk, Pages, Reading
from gcp2_app.services.documents.sorts import Form
from gcp2_app.services.session import Session
from gcp2_app.services.visit_people import reached
from gcp2_app.storage.store import Transaction

__all__ = [
    "Copy",
    "Form",
    "Prepared",
    "Wanted",
    "export",
    "kind_of",
    "note_not_saved",
    "prepare_export",
    "prepare_preview",
    "preview",
    "read",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which document, of what, for whom.

    Attributes:
        kind: a name in :data:`gcp2_app.services.documents.kinds.KINDS`.
        child: id of whose; empty for a document about the store.
        matter: id of the assessment or entry it is about; empty for the latest.
        audience: recipient preset; None for what fits ``person``, or the kind's own.
        person: id of someone around the child who will read it, or empty.
        recipient: who it is for in words, printed across every page. Whoever around the child has their whole name in
            it counts as a reader.
        moment: which past is read.
        since: the first day; what happened before is only counted. Only for a kind that takes a period.
        shown: what a mark would leave out and was ticked; see :class:`gcp2_app.domain.readers.Reader`.
        without: ids of entries taken out besides.
    """

    kind: str
    child: str = ""
    matter: str = ""
    audience: Audience | None = None
    person: str = ""
    recipient: str = ""
    moment: Moment = field(default_factory=Moment)
    since: date | None = None
    shown: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()


def preview(session: Session, wanted: Wanted, *, why: str = "") -> Copy:
    """Return the very pages that :func:`export` would write, and what is left out. Audited as a view.

    Args:
        session: who asks.
        wanted: which document.
        why: the reason a restricted record is opened for.

    Raises:
        NotFound: no such child, or nothing for the document to be about.
        NotAllowed: the user may not read this case, or what it is about may not be shown to its reader.
        ReasonNeeded: the record is restricted and no reason was given.
        InvalidValue: no such kind, or it is not made for this reader.
    """
    return prepare_preview(session, wanted, why=why).write()


def prepare_preview(session: Session, wanted: Wanted, *, why: str = "") -> Prepared:
    """Read and audit what :func:`preview` shows; its pages are written after."""
    return _prepared(session, wanted, action="report previewed", said=why, why=why)


def export(
    session: Session,
    wanted: Wanted,
    *,
    reason: str,
    form: Form = Form.PDF,
    password: str | None = None,
    why: str = "",
    put: Callable[[bytes], object] | None = None,
) -> Copy:
    """Return a document to be handed on, put where it goes. The export is audited with recipient and reason.

    Args:
        session: who asks.
        wanted: which document.
        reason: why it leaves the store.
        form: of the file.
        password: encrypts the PDF with AES-256; None for no encryption.
        why: the reason a restricted record is opened for; the export's own where empty.
        put: puts the file where it goes, or None; where that fails, or it is stopped, the trail says so.

    Raises:
        NotFound: no such child, or nothing for the document to be about.
        NotAllowed: the user may not read this case, or what it is about may not be shown to its reader.
        ReasonNeeded: the record is restricted and no reason was given.
        InvalidValue: no such kind, it is not made for this reader or in this form, or the password is empty.
        AppError: it could not be put where it goes.
    """
    prepared = prepare_export(session, wanted, reason=reason, form=form, why=why)
    try:
        copy = prepared.write(form, password)
        if put is not None:
            put(copy.content)
    except BaseException:
        note_not_saved(session, wanted, why=why or reason)
        raise
    return copy


def prepare_export(session: Session, wanted: Wanted, *, reason: str, form: Form = Form.PDF, why: str = "") -> Prepared:
    """Read and audit what leaves the store; the file is written after. Arguments and errors as for :func:`export`.

    What cannot leave in this form is refused before the trail says that it left.

    Args:
        session: who asks.
        wanted: which document.
        reason: why it leaves the store.
        form: of the file.
        why: the reason a restricted record is opened for; the export's own where empty.
    """
    kind_of(wanted).require_form(form)
    said = "; ".join(part for part in (reason, *_for(wanted)) if part)
    fields = () if form is Form.PDF else (form.value,)
    return _prepared(session, wanted, action="report exported", said=said, why=why or reason, fields=fields)


def note_not_saved(session: Session, wanted: Wanted, *, why: str = "") -> None:
    """Say in the trail that an export that stands there left no file: it was cancelled, or the disk refused.

    Raises:
        NotAllowed: the user may not read this case.
        InvalidValue: no such kind.
    """
    session.require(Duty.READ_CASES)
    kind = kind_of(wanted)
    with session.store.transaction() as tx:
        if kind.about is not About.STORE:
            reached(session, tx, wanted.child, why or "not saved")
        about, id_ = ("caseload", "") if kind.about is About.STORE else ("child", wanted.child)
        tx.record(
            "report not saved",
            by=session.user.id,
            kind=about,
            id=id_,
            fields=(kind.name,),
            reason="; ".join(_for(wanted)),
        )


def _for(wanted: Wanted) -> tuple[str, ...]:
    recipient = wanted.recipient.strip()
    return (f"for {recipient}",) if recipient else ()


def kind_of(wanted: Wanted) -> Kind:
    """Return the kind of document that is wanted.

    Raises:
        InvalidValue: there is none of this name, or it does not begin on a chosen day.
    """
    kind = KINDS.get(wanted.kind)
    if kind is None:
        raise InvalidValue("There is no report of this kind.", f"Choose one of: {', '.join(KINDS)}.")
    if wanted.since is not None and not kind.takes_period:
        periods = ", ".join(each.name for each in KINDS.values() if each.takes_period)
        raise InvalidValue(f"{kind.title}: this does not begin on a chosen day.", f"These do: {periods}.")
    return kind


def read(session: Session, tx: Transaction, wanted: Wanted, *, why: str = "") -> Reading:
    """Return a child's record as the reader of a document may see it, within a running transaction. Audits nothing.

    Raises:
        NotFound: no such child, or nothing for the document to be about.
        NotAllowed: the user may not read this case, or what it is about may not be shown to its reader.
        ReasonNeeded: the record is restricted and no reason was given.
        InvalidValue: no such kind, or it is not made for this reader.
    """
    kind = kind_of(wanted)
    child = reached(session, tx, wanted.child, why)
    around = withholding.around(tx, child)
    recipient = wanted.recipient.strip()
    reader = _reader(kind, wanted, child, around)
    reading = Reading(
        session=session,
        tx=tx,
        copying=Copying(reader),
        recipient=recipient,
        moment=wanted.moment,
        since=wanted.since,
        child=wanted.moment.child(child),
        around=around,
        withheld=_withheld(session, child, around, reader),
        matter=wanted.matter,
    )
    if reader.reaches_the_family:
        tellers = names_of_tellers(reading.record, around)
        reading = replace(reading, withheld=Withheld(secrets=(*reading.withheld.secrets, *tellers)))
    return _about_its_matter(kind, reading)


def _prepared(
    session: Session, wanted: Wanted, *, action: str, said: str, why: str, fields: tuple[str, ...] = ()
) -> Prepared:
    session.require(Duty.READ_CASES)
    kind = kind_of(wanted)
    session.require(kind.duty)
    if wanted.since is not None and wanted.since > (wanted.moment.day or session.today()):
        raise InvalidValue("The first day lies after the day that is looked at.", "Choose an earlier first day.")
    with session.store.transaction() as tx:
        desk: Desk
        if kind.about is About.STORE:
            desk = _store_desk(session, tx, kind, wanted)
            pages, withheld, matter = _gathered_of_store(kind, desk), Withheld(), ""
            tx.record(action, by=session.user.id, kind="caseload", fields=(kind.name, *fields), reason=said)
        else:
            reading = read(session, tx, wanted, why=why)
            desk, matter, withheld = reading, reading.matter, reading.withheld
            pages = _gathered(kind, reading)
            about = kind.about.value
            id_ = matter or reading.child.id
            tx.record(action, by=session.user.id, kind=about, id=id_, fields=(kind.name, *fields), reason=said)
    return Prepared(kind, pages, withheld, tuple(desk.copying.taken), matter, session.now())


def _gathered(kind: Kind, reading: Reading) -> Pages:
    if kind.gather is None:
        raise InvalidValue("This report is about the whole store.", "Leave the child out.")
    return kind.gather(reading)


def _gathered_of_store(kind: Kind, desk: Desk) -> Pages:
    if kind.gather_store is None:
        raise InvalidValue("This report is about a child.", "Say which child.")
    return kind.gather_store(desk)


def _store_desk(session: Session, tx: Transaction, kind: Kind, wanted: Wanted) -> Desk:
    reader = Reader(audience=_audience(kind, wanted.audience or kind.audiences[0]))
    return Desk(
        session=session,
        tx=tx,
        copying=Copying(reader),
        recipient=wanted.recipient.strip(),
        moment=wanted.moment,
        since=wanted.since,
    )


def _reader(kind: Kind, wanted: Wanted, child: Child, around: Around) -> Reader:
    people = withholding.named_in(around, wanted.recipient) | ({wanted.person} if wanted.person else set())
    known = {each.id for each in around.people} | {each.id for each in around.children}
    if wanted.person and wanted.person not in known:
        raise NotFound(
            "Nobody around this child has this id.",
            f"Give the id of a carer or someone who lives there, or a sort of reader: {', '.join(Audience)}.",
        )
    audience = wanted.audience
    if audience is None and wanted.person:
        audience = Audience.CHILD if wanted.person == child.id else Audience.PARENT
    if audience is None:
        # Nobody hands a copy to a child who is not born yet.
        audience = next(each for each in kind.audiences if each is not Audience.CHILD or not is_unborn(child))
    elif audience is Audience.CHILD and is_unborn(child):
        raise InvalidValue("This child is not born yet: there is no copy for the child.", "Choose another reader.")
    if audience is Audience.CHILD and not people:
        people = frozenset({child.id})
    return Reader(
        audience=_audience(kind, audience),
        people=frozenset(people),
        known_as=around.known_as(people),
        carers=frozenset(carer.person for carer in child.carers),
        name=_name_of_one(people, around),
        shown=wanted.shown | (frozenset({ANALYSIS}) if kind.gives_analysis else frozenset()),
        without=wanted.without,
    )


def _name_of_one(people: Collection[str], around: Around) -> str:
    """Return what the one adult who reads it is called; empty for several, and where somebody else bears the name."""
    everybody: tuple[Child | Person, ...] = (*around.people, *around.children)
    every = Counter(each.name.strip().casefold() for each in everybody)
    names = [each.name for each in around.people if each.id in people]
    return names[0] if len(people) == 1 and names and every[names[0].strip().casefold()] == 1 else ""


def _audience(kind: Kind, audience: Audience) -> Audience:
    if audience not in kind.audiences:
        made_for = ", ".join(AUDIENCES[each].lower() if each is not Audience.GP else "GP" for each in kind.audiences)
        raise InvalidValue(f"{kind.title}: this is not made for that reader.", f"It is made for: {made_for}.")
    return audience


def _withheld(session: Session, child: Child, around: Around, reader: Reader) -> Withheld:
    """Return what is taken out of every word: withheld from those who read it, or from anybody who may come to."""
    viewers = set(reader.people)
    if reader.reaches_the_family and not viewers - {child.id}:
        records: tuple[Child | Person | Household, ...] = (*around.children, *around.people, *around.households)
        # A young person's own copy keeps what is withheld from others alone.
        if reader.audience is not Audience.CHILD:
            viewers |= {who for record in records for _, who in marks(record)}
    withheld = withholding.hidden_from(session, around, viewers)
    if reader.is_anonymous:
        withheld = Withheld(secrets=(*withheld.secrets, *_identifying(around)))
    return withheld


def _identifying(around: Around) -> tuple[Secret, ...]:
    """Return every name, place and number by which somebody could be recognised."""
    found = [
        (SecretKind.NAME, text)
        for each in (*around.children, *around.earlier)
        for text in (each.name, each.given_names, each.family_name, *each.aliases)
    ]
    found += [(SecretKind.NAME, text) for each in around.people for text in (each.name, *each.name.split())]
    found += [(SecretKind.SCHOOL, each.school) for each in (*around.children, *around.earlier)]
    found += [(SecretKind.GP, each.gp) for each in (*around.children, *around.earlier)]
    for household in around.households:
        for address in household.addresses:
            found += [(SecretKind.ADDRESS, line) for line in (" ".join(address.lines), *address.lines)]
            found.append((SecretKind.POSTCODE, address.postcode))
    return tuple(dict.fromkeys(Secret(kind, text, Why.IDENTIFIES) for kind, text in found if text.strip()))


def _about_its_matter(kind: Kind, reading: Reading) -> Reading:
    """Return the reading with the assessment or entry it is about: the one that was asked for, else the latest."""
    if kind.about is About.ASSESSMENT:
        return replace(reading, matter=_assessment(kind, reading))
    if kind.about is not About.ENTRY:
        return reading
    found = [entry for entry in reading.record if kind.is_about(entry)]
    if reading.matter:
        found = [entry for entry in found if entry.id == reading.matter]
    elif kind.fits is not None:
        found = [entry for entry in found if kind.fits(reading, entry)] or found
    if not found and reading.matter:
        raise NotFound("This report cannot be about this entry.", "Check the child, the entry and the day.")
    if not found:
        raise NotFound(kind.nothing, "Check the child, the entry and the day.")
    if reading.reader.why_not(found[-1]) is not None:
        raise NotAllowed("What this is about may not be shown to this reader.", "Choose another reader.")
    return replace(reading, matter=found[-1].id)


def _assessment(kind: Kind, reading: Reading) -> str:
    if reading.matter:
        if reading.assessment.child != reading.child.id:
            raise NotFound("This assessment is not of this child.", "Check both ids.")
        return reading.matter
    stored = reading.tx.assessments.of_child(reading.child.id)
    every = reading.moment.assessments(stored)
    # What has no dates comes first in time, and is better than nothing.
    found = [each for each in every if each.window is not None] or every
    if not found and stored:
        raise NotFound("No assessment of this child counts on that day yet.", "Choose a later day.")
    if not found:
        raise NotFound(kind.nothing, "Start one from the child's page.")
    signed = [each for each in found if each.locked]
    return (signed or found)[-1].id
