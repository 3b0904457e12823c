"""Everything that happens to a child: adding an entry, correcting it, taking out one made in error.

An entry is never overwritten: a correction is its next revision, with a reason. What is back from a function here is on
disk, with its audit event.
"""

import uuid
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from gcp2_app.domain.entered_in_error import sealed
from gcp2_app.domain.entries import EnteredInError, Entry, Source
from gcp2_app.domain.entry_times import own_when
from gcp2_app.domain.healthcare.cards import void_where_changed, writes_words_or_check
from gcp2_app.domain.kinds import EntryKind, RecordKind, check_data, references
from gcp2_app.domain.register import Child
from gcp2_app.domain.sent_requests import changed_after_sending, put_back_as_sent
from gcp2_app.domain.third_party import is_third_party_by_default
from gcp2_app.domain.users import Duty
from gcp2_app.domain.when import When
from gcp2_app.errors import InvalidValue, NotAllowed
from gcp2_app.exchange.casefile_checks import ENTRY_NOT_KNOWN
from gcp2_app.forms.entry_kinds import load_kinds
from gcp2_app.services import attachments, clinical_safety, second_person
from gcp2_app.services.attachments import NewFile
from gcp2_app.services.entry_children import put_back, reach, require_reached
from gcp2_app.services.meeting_gate import require_advocate
from gcp2_app.services.second_person import SecondPerson, SecondPersonNeeded
from gcp2_app.services.session import Session
from gcp2_app.services.visit_people import stored as visit_under_way
from gcp2_app.storage.entry_words import forget_words
from gcp2_app.storage.store import Transaction
from gcp2_app.wire import without_blanks

__all__ = [
    "NewFile",
    "add",
    "destroy_sealed",
    "enter_in_error",
    "kinds",
    "make",
    "needs_second_person",
    "put_new",
    "revise",
    "seal",
]

#: Whose training it is settles who may open licensed wording, so that it has rules of its own.
_TRAINING = "training"


def kinds() -> dict[str, EntryKind]:
    """Return every kind of entry by its code.

    Raises:
        BadFile: a declaration has an error in it.
    """
    return dict(load_kinds())


def add(session: Session, entry: Entry, *, files: Iterable[NewFile] = ()) -> Entry:
    """Add an entry. What is not said of when it became known, or of the third-party mark, is settled here.

    Args:
        entry: its id is made here; without ``when`` the date its own fields say counts.
        files: kept with it.

    Raises:
        NotAllowed: the user may not work on cases, or with one of the children; or it is a medicine or a teach-back,
            and those are off in this store.
        InvalidValue: it fits not its kind, says nothing, or names nobody; the message says what is missing.
        ReasonForNoAdvocate: invitations are marked sent without the child's advocate, and it is not said why.
        NotFound: it names a child who is not in the store.
    """
    session.require(Duty.WORK_CASES)
    with session.store.transaction() as tx:
        if writes_words_or_check(None, entry):
            clinical_safety.require_on(session, tx)
        made = make(session, tx, replace(entry, provenance=None), files=files)
        put_new(session, tx, made)
        return made


def make(session: Session, tx: Transaction, entry: Entry, *, files: Iterable[NewFile] = ()) -> Entry:
    """Return a new entry as it would be kept, within a running transaction; it is not kept yet.

    Arguments and errors as for :func:`add`.
    """
    children = _children(tx, entry.children)
    require_reached(session, children)
    made = _tidy(replace(entry, id=str(uuid.uuid4()), attachments=attachments.keep(tx, files)))
    made = _with_planned_day(made, session.today())
    marked = made.third_party
    made = replace(
        made,
        known=made.known or When.on(session.today()),
        third_party=is_third_party_by_default(made.source, session.professional) if marked is None else marked,
        recorded_at=session.now(),
        recorded_by=session.professional.id,
        revision=1,
        revision_reason="",
        entered_in_error=None,
        agency_record=None,
    )
    _check(session, tx, made)
    require_advocate(session, tx, made, children)
    return made


def put_new(session: Session, tx: Transaction, made: Entry) -> None:
    """Keep a new entry that :func:`make` made, with its audit event."""
    change = tx.entries.put(made, by=session.user.id)
    tx.record("entry added", by=session.user.id, kind="entry", id=made.id, fields=_said(change.fields, made))


def needs_second_person(session: Session, entry: Entry) -> tuple[str, ...]:
    """Return names of the fields in which a correction would let somebody see what is withheld from them so far.

    Raises:
        NotFound: no such entry.
        NotAllowed: the user may not work on this case.
    """
    session.require(Duty.WORK_CASES)
    with session.store.transaction() as tx:
        held = tx.entries.get(entry.id)
        reach(session, tx, held)
        return _shown_again(held, entry)


def _shown_again(before: Entry, entry: Entry) -> tuple[str, ...]:
    return ("withheld_from",) if set(before.withheld_from) - set(entry.withheld_from) else ()


def revise(session: Session, entry: Entry, *, reason: str, second: SecondPerson | None = None) -> Entry:
    """Correct an entry: what it said before is kept, with the reason.

    A medicine whose words change loses its check: see :func:`gcp2_app.domain.healthcare.cards.void_where_changed`.
    Who wrote it down first and when, its files, where it was taken in from and where it stands in the agency's record
    stay as they are; so does
    what concerns children this user does not work with.

    Args:
        entry: with the revision it was opened in.
        reason: why it is corrected.
        second: who confirms that it is withheld from somebody no longer.

    Raises:
        SecondPersonNeeded: it would be withheld from somebody no longer, and nobody else confirmed it.
        NotAllowed: as :func:`add`; or it was entered in error, changed meanwhile, is a visit under way, or was sent.
        InvalidValue: as :func:`add`; or no reason is given.
        ReasonForNoAdvocate: as :func:`add`.
        NotFound: no such entry.
    """
    session.require(Duty.WORK_CASES)
    if not reason.strip():
        raise InvalidValue("A correction needs its reason.", "Say why the entry is corrected.")
    seconded = second_person.confirm(session, second) if needs_second_person(session, entry) else None
    with session.store.transaction() as tx:
        before = tx.entries.get(entry.id)
        children = reach(session, tx, before)
        _require_open(session, tx, before)
        if entry.revision != before.revision:
            raise NotAllowed("Somebody changed this entry meanwhile.", "Open it again, and correct what it says now.")
        if entry.kind != before.kind:
            raise InvalidValue("An entry keeps its kind.", "Add another entry, and enter this one in error.")
        require_reached(session, _children(tx, set(entry.children) - {child.id for child in children}))
        kind = load_kinds().get(entry.kind)
        made = put_back(before, entry, reached={child.id for child in children}, kind=kind)
        made = replace(
            _tidy(made),
            recorded_at=before.recorded_at,
            recorded_by=before.recorded_by,
            attachments=before.attachments,
            agency_record=before.agency_record,
            provenance=before.provenance,
            entered_in_error=None,
            revision=before.revision,
            revision_reason=before.revision_reason,
        )
        if writes_words_or_check(before, made):
            clinical_safety.require_on(session, tx)
        made = void_where_changed(before, made)
        _check(session, tx, made)
        if changed_after_sending(before, made):
            raise NotAllowed(
                "This request for help was sent, and is kept as it was sent.",
                "Add what is missing or wrong as a follow-up, from the list of requests for help.",
            )
        made = put_back_as_sent(before, made)
        require_advocate(session, tx, made, children, before)
        if made == before:
            return before
        made = replace(made, revision=before.revision + 1, revision_reason=reason.strip())
        if shown_again := _shown_again(before, made):
            # Marked by somebody else since it was looked at.
            seconded = seconded or second_person.confirm(session, None)
            tx.record("withholding ended, confirmed", by=seconded.id, kind="entry", id=made.id, fields=shown_again)
        _put(session, tx, before, made, "entry revised")
        return made


def enter_in_error(session: Session, entry_id: str, *, reason: str) -> Entry:
    """Take an entry out of the record that was made on the wrong child or by mistake.

    It leaves every list, count and export at once. That it was there, who took it out, when and why stays; its content
    is sealed: kept in the store, and shown to nobody.

    Raises:
        NotAllowed: the user may not work on this case, the entry is out already, or it is a visit under way.
        InvalidValue: no reason is given.
        NotFound: no such entry.
    """
    session.require(Duty.WORK_CASES)
    with session.store.transaction() as tx:
        return seal(session, tx, entry_id, reason=reason)


def seal(session: Session, tx: Transaction, entry_id: str, *, reason: str) -> Entry:
    """Take an entry out of the record within a running transaction. Arguments and errors as :func:`enter_in_error`."""
    if not reason.strip():
        raise InvalidValue("Say why the entry does not belong here.", "The reason stays with the record.")
    before = tx.entries.get(entry_id)
    reach(session, tx, before)
    _require_open(session, tx, before)
    error = EnteredInError(by=session.professional.id, at=session.now(), reason=reason.strip())
    made = sealed(before, load_kinds().get(before.kind), error)
    tx.entries.put(made, by=session.user.id, reason=reason.strip())
    tx.child_merges.forget_entry(before.children, entry_id)
    tx.record("entry entered in error", by=session.user.id, kind="entry", id=entry_id, reason=reason.strip())
    return made


def destroy_sealed(session: Session, entry_id: str, *, reason: str, second: SecondPerson | None = None) -> None:
    """Destroy what an entry made in error said, with its files. Two people have to want it.

    That it was entered in error, when, by whom and why stays. Backups made before still hold it until they expire.

    Raises:
        SecondPersonNeeded: nobody else confirmed it.
        NotAllowed: the user may not work on this case, or the entry was not made in error.
        InvalidValue: no reason is given, or nothing is left to destroy.
        NotFound: no such entry.
    """
    session.require(Duty.WORK_CASES)
    if not reason.strip():
        raise InvalidValue("Say why it is destroyed.", "The reason stays with the record.")
    with session.store.transaction() as tx:
        children = reach(session, tx, tx.entries.get(entry_id))
    if second is None:
        raise SecondPersonNeeded(
            "Destroying what was written needs a second person.",
            "Ask a colleague or supervisor to confirm it with their own sign-in.",
        )
    seconded = second_person.confirm(session, second, child=children[0] if children else None)
    with session.store.transaction() as tx:
        entry = tx.entries.get(entry_id)
        reach(session, tx, entry)
        if entry.entered_in_error is None:
            raise NotAllowed("This entry was not entered in error.", "Only what was sealed can be destroyed.")
        files = {file.sha256 for state in tx.entries.revisions(entry_id) for file in state.value.attachments}
        if not tx.entries.destroy_revisions(entry_id):
            raise InvalidValue("What it said is destroyed already.")
        forget_words(tx)
        attachments.destroy_unused(tx, sorted(files))
        for child_id in entry.children:
            tx.chronologies.destroy_text(child_id, entry_id)
        for by in (session.user.id, seconded.id):
            tx.record("sealed entry destroyed", by=by, kind="entry", id=entry_id, reason=reason.strip())


def _put(session: Session, tx: Transaction, before: Entry, made: Entry, action: str) -> None:
    change = tx.entries.put(made, by=session.user.id, reason=made.revision_reason)
    names = {name for name in made.data.keys() | before.data.keys() if made.data.get(name) != before.data.get(name)}
    fields = [name for name in change.fields if name not in {"data", "revision", "revision_reason"}]
    fields += [f"data.{name}" for name in sorted(names)]
    tx.record(action, by=session.user.id, kind="entry", id=made.id, fields=fields, reason=made.revision_reason)


def _said(fields: Iterable[str], entry: Entry) -> tuple[str, ...]:
    """Return names of the fields a new entry holds, those of its kind included."""
    return (*(name for name in fields if name != "data"), *(f"data.{name}" for name in sorted(entry.data)))


def _require_open(session: Session, tx: Transaction, entry: Entry) -> None:
    if entry.entered_in_error is not None:
        raise NotAllowed("This entry was entered in error.", "It is sealed, and is not changed any more.")
    if visit_under_way(session, tx).get("visit") == entry.id:
        raise NotAllowed("This visit is still under way.", "End it first.")


def _children(tx: Transaction, ids: Iterable[str]) -> tuple[Child, ...]:
    return tuple(tx.children.get(id_) for id_ in ids)


def _tidy(entry: Entry) -> Entry:
    """Return an entry without blanks; without a date of its own it takes the one its kind's fields say."""
    data = {name: value for name, value in without_blanks(dict(entry.data)).items() if value not in ([], {})}
    source = _tidy_source(entry.source)
    when = entry.when
    kind = load_kinds().get(entry.kind)
    if when is None and kind is not None:
        when = own_when(kind, data)
    texts = ("what", "impact", "carer_response", "action_taken", "outcome", "significance_why", "child_words")
    return replace(
        entry,
        children=tuple(dict.fromkeys(entry.children)),
        relevance={id_: text.strip() for id_, text in entry.relevance.items() if text.strip()},
        when=when,
        source=source,
        not_known={name: why.strip() for name, why in entry.not_known.items() if why.strip()},
        data=data,
        **{name: getattr(entry, name).strip() for name in texts},
    )


def _with_planned_day(entry: Entry, today: date) -> Entry:
    """Return a meeting whose one day is still to come as planned for that day, where nothing else is said of it."""
    when = entry.when
    if entry.kind != "meeting" or when is None or when.last is None or entry.data.keys() & {"held", "planned_for"}:
        return entry
    if not when.certain or when.first != when.last or when.last <= today:
        return entry
    return replace(entry, data={**entry.data, "planned_for": when.last.isoformat()})


def _tidy_source(source: Source | None) -> Source | None:
    if source is None:
        return None
    tidy = replace(source, name=" ".join(source.name.split()), role=" ".join(source.role.split()))
    return tidy if tidy != Source() else None


def _check(session: Session, tx: Transaction, entry: Entry) -> None:
    kind = load_kinds().get(entry.kind)
    if kind is None:
        raise InvalidValue("There is no such kind of entry.", "Choose one of the kinds.")
    if not entry.children and not kind.children_may_be_empty:
        raise InvalidValue("The entry is about no child.", "Choose the child it is about.")
    _check_common(session, entry, kind)
    has_agency = entry.source is not None and entry.source.agency is not None
    check_data(kind, entry.data, not_known=entry.not_known, has_source_agency=has_agency)
    for name in entry.not_known.keys() - {item.name for item in kind.items} - ENTRY_NOT_KNOWN:
        raise InvalidValue(f"not_known.{name}: this key is not known here.")
    _check_names(tx, entry, kind)
    if entry.kind == _TRAINING and entry.data.get("person") != session.professional.id:
        session.require(Duty.MANAGE_STORE)


def _check_common(session: Session, entry: Entry, kind: EntryKind) -> None:
    if entry.when is None and "when" not in entry.not_known:
        raise InvalidValue("It is not said when it happened.", "Give the date, or “not known:” and why.")
    if entry.known is not None and entry.known.first is not None and entry.known.first > session.today():
        raise InvalidValue("It cannot have become known in the future.", "Give the day it became known, or today.")
    agency = entry.source.agency if entry.source is not None else None
    if agency is None and "source" not in entry.not_known:
        raise InvalidValue(
            "It is not said which agency this comes from.", "Choose it, or say why it is not known who it comes from."
        )
    if not entry.what and "what" not in entry.not_known and (kind.what_required or not entry.data):
        raise InvalidValue("It is not said what happened.", "Write it down, facts only.")
    if set(entry.relevance) - set(entry.children):
        raise InvalidValue("It says what it means for a child it is not about.", "Choose that child too.")


def _check_names(tx: Transaction, entry: Entry, kind: EntryKind) -> None:
    records = {
        RecordKind.PROFESSIONAL: tx.professionals,
        RecordKind.PERSON: tx.people,
        RecordKind.CHILD: tx.children,
        RecordKind.ASSESSMENT: tx.assessments,
        RecordKind.ENTRY: tx.entries,
    }
    for reference in references(kind, entry.data):
        if records[reference.of].find(reference.id) is None:  # type: ignore[attr-defined]  # each finds by id
            raise InvalidValue(f"{reference.place}: nobody and nothing in this store has this id.", "Choose again.")
