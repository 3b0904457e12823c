"""What of each kind of record is laid out in columns, so that lists need not read documents.

One function a kind. Knows domain values and tables; whoever calls has the transaction.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from gcp2_app.domain.assessment import Assessment
from gcp2_app.domain.before_visit import last_seen
from gcp2_app.domain.chronologies import Chronology
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.entry_times import counts_from
from gcp2_app.domain.learning import ReadReceipt
from gcp2_app.domain.local_services import LocalService
from gcp2_app.domain.register import Child, Household, Person, Professional, StatusKind
from gcp2_app.domain.supervision import Supervision
from gcp2_app.domain.users import User
from gcp2_app.storage import schema
from gcp2_app.storage.absorbed import absorbed_into
from gcp2_app.storage.alerts import begin_alerts, mark_alerts_stale, mark_all_alerts_stale
from gcp2_app.storage.entry_words import index_entries
from gcp2_app.storage.names import index_names
from gcp2_app.storage.statements import Row, delete_rows, insert_rows
from gcp2_app.storage.summaries import mark_stale, write_summary
from gcp2_app.storage.words import run_together, sign_in_key
from gcp2_app.wire import from_json

#: From the least to the most serious, for sorting the caseload.
_RANK: Final = {
    StatusKind.UNIVERSAL: 0,
    StatusKind.EARLY_HELP: 1,
    StatusKind.CHILD_IN_NEED: 2,
    StatusKind.SECTION_47: 3,
    StatusKind.CHILD_PROTECTION: 4,
    StatusKind.PRE_PROCEEDINGS: 5,
    StatusKind.LOOKED_AFTER: 6,
}


@dataclass(frozen=True, slots=True)
class Links:
    """The rows of one linked table that belong to a record, in place of those there were."""

    table: type[schema.Table]
    owner: str
    rows: tuple[Row, ...]


def replace_links(session: Session, record: str, links: Iterable[Links], *, new: bool) -> None:
    """Put a record's linked rows in place of those there were."""
    for each in links:
        if not new:
            delete_rows(session, each.table, each.owner, record)
        insert_rows(session, each.table, [{each.owner: record, **row} for row in each.rows])


_POSTCODES: Final = (
    select(schema.HouseholdAddressRow.postcode)
    .join(schema.HouseholdMemberRow, schema.HouseholdMemberRow.household_id == schema.HouseholdAddressRow.household_id)
    .where(schema.HouseholdMemberRow.who == bindparam("child"))
    .order_by(schema.HouseholdAddressRow.household_id, schema.HouseholdAddressRow.position)
)


def child_columns(child: Child) -> Row:
    """Return the columns of a child."""
    return {
        "date_of_birth": child.date_of_birth,
        "nhs_number": run_together(child.nhs_number or "") or None,
    }


def project_child(session: Session, child: Child, *, new: bool) -> None:
    """Lay out a child's statuses, allocations and carers, and make the child findable."""
    statuses = tuple(
        {
            "position": position,
            "status": status.status.value,
            "rank": _RANK[status.status],
            "category": status.category.value if status.category else None,
            "from_day": status.since,
            "to_day": status.to,
        }
        for position, status in enumerate(child.statuses)
    )
    allocations = tuple(
        {
            "position": position,
            "professional_id": allocation.professional,
            "role": allocation.role,
            "from_day": allocation.since,
            "to_day": allocation.to,
        }
        for position, allocation in enumerate(child.allocated)
    )
    carers = tuple(
        {"position": position, "person_id": carer.person, "main": carer.main}
        for position, carer in enumerate(child.carers)
    )
    replace_links(
        session,
        child.id,
        (
            Links(schema.ChildStatusRow, "child_id", statuses),
            Links(schema.ChildAllocationRow, "child_id", allocations),
            Links(schema.ChildCarerRow, "child_id", carers),
        ),
        new=new,
    )
    write_summary(session, child, new=new)
    _index_child(session, child, new=new)
    if new:
        begin_alerts(session, child.id)
    else:
        mark_alerts_stale(session, (child.id,))


def _index_child(session: Session, child: Child, *, new: bool) -> None:
    """Let a child be found by what its record says, and by what those said that were merged into it."""
    postcodes = session.connection().scalars(_POSTCODES, {"child": child.id})
    absorbed = absorbed_into(session, child.id)
    index_names(
        session,
        "child",
        child.id,
        names=[name for each in (child, *absorbed) for name in (each.given_names, each.family_name, *each.aliases)],
        numbers=(*_numbers(child), *postcodes, *(number for each in absorbed for number in _numbers(each))),
        new=new,
    )


def _numbers(child: Child) -> tuple[str, ...]:
    return (child.nhs_number or "", child.upn or "", child.authority_id or "")


def index_children(session: Session, children: Iterable[str]) -> None:
    """Let children be found by what they are found by now."""
    documents = session.scalars(select(schema.ChildRow.document).where(schema.ChildRow.id.in_(tuple(children))))
    for document in documents.all():
        _index_child(session, from_json(Child, document), new=False)


def person_columns(person: Person) -> Row:
    """Return the columns of an adult."""
    return {"name": person.name, "date_of_birth": person.date_of_birth}


def project_person(session: Session, person: Person, *, new: bool) -> None:
    """Make an adult findable."""
    index_names(session, "person", person.id, names=(person.name,), numbers=(person.phone,), new=new)
    if not new:
        cared_for = select(schema.ChildCarerRow.child_id).where(schema.ChildCarerRow.person_id == person.id)
        mark_alerts_stale(session, session.scalars(cared_for))


def professional_columns(professional: Professional) -> Row:
    """Return the columns of a professional."""
    agency = professional.agency.value if professional.agency else None
    return {
        "name": professional.name,
        "role": professional.role,
        "agency": agency,
        "team": professional.team.strip().casefold(),
    }


def project_professional(session: Session, professional: Professional, *, new: bool) -> None:
    """Make a professional findable by name, role and agency."""
    agency = professional.agency.value.replace("_", " ") if professional.agency else ""
    index_names(
        session,
        "professional",
        professional.id,
        names=(professional.name, professional.role, agency),
        new=new,
    )
    if not new:
        row = schema.ChildAllocationRow
        mark_alerts_stale(session, session.scalars(select(row.child_id).where(row.professional_id == professional.id)))


def household_columns(household: Household) -> Row:  # noqa: ARG001 - one shape for all kinds
    """Return the columns of a household: none of its own."""
    return {}


def project_household(session: Session, household: Household, *, new: bool) -> None:
    """Lay out members and addresses, and let its children be found by its postcodes."""
    members = tuple(
        {"position": position, "who": member.who, "from_day": member.from_, "to_day": member.to}
        for position, member in enumerate(household.members)
    )
    addresses = tuple(
        {
            "position": position,
            "postcode": run_together(address.postcode),
            "authority": address.authority,
            "from_day": address.from_,
            "to_day": address.to,
        }
        for position, address in enumerate(household.addresses)
    )
    earlier: set[str] = set()
    if not new:
        earlier = set(
            session.scalars(
                select(schema.HouseholdMemberRow.who).where(schema.HouseholdMemberRow.household_id == household.id)
            )
        )
    replace_links(
        session,
        household.id,
        (
            Links(schema.HouseholdMemberRow, "household_id", members),
            Links(schema.HouseholdAddressRow, "household_id", addresses),
        ),
        new=new,
    )
    index_names(
        session,
        "household",
        household.id,
        names=[line for address in household.addresses for line in address.lines],
        numbers=[address.postcode for address in household.addresses],
        new=new,
    )
    touched = earlier | {member.who for member in household.members}
    mark_alerts_stale(session, touched)
    index_children(session, touched)


def assessment_columns(assessment: Assessment) -> Row:
    """Return the columns of an assessment."""
    window = assessment.window
    return {
        "child_id": assessment.child,
        "state": assessment.state.value,
        "window_from": window.from_ if window else None,
        "window_to": window.to if window else None,
        "signed_off_on": assessment.signed_off_on,
        "review_due": assessment.review_due,
        "corrects": assessment.corrects,
        "pack": assessment.pack,
        "pack_version": assessment.pack_version,
    }


def project_assessment(session: Session, assessment: Assessment, *, new: bool) -> None:
    """Lay out the assessors, and bring the child's line of the caseload up to date."""
    assessors = tuple({"professional_id": by} for by in dict.fromkeys(assessment.assessors))
    replace_links(
        session,
        assessment.id,
        (Links(schema.AssessmentAssessorRow, "assessment_id", assessors),),
        new=new,
    )
    mark_stale(session, assessment.child)
    if assessment.locked or assessment.recorded_elsewhere:  # The rules read no others.
        mark_alerts_stale(session, (assessment.child,))


def entry_columns(entry: Entry) -> Row:
    """Return the columns of an entry."""
    return {
        "kind": entry.kind,
        "sort_key": entry.when.sort_key if entry.when else "",
        "first_day": entry.when.first if entry.when else None,
        "last_day": entry.when.last if entry.when else None,
        "known_day": entry.known.last if entry.known else None,
        "in_error": entry.entered_in_error is not None,
        "certain": entry.when is not None and entry.when.certain,
        "agency": entry.source.agency.value if entry.source and entry.source.agency else None,
    }


def project_entry(session: Session, entry: Entry, *, new: bool) -> None:
    """Lay out the children an entry concerns, and its themes."""
    _mark_alerts(session, entry, new=new)
    replace_links(session, entry.id, _entry_links(entry), new=new)
    index_entries(session, (entry,), new=new)


def project_new_entries(session: Session, entries: Sequence[Entry]) -> None:
    """Lay out many new entries at once: what :func:`project_entry` does for each, in one statement a table."""
    rows: dict[type[schema.Table], list[Row]] = {}
    for entry in entries:
        _mark_alerts(session, entry, new=True)
        for links in _entry_links(entry):
            rows.setdefault(links.table, []).extend({links.owner: entry.id, **row} for row in links.rows)
    for table, found in rows.items():
        insert_rows(session, table, found)
    index_entries(session, entries, new=True)


def _entry_links(entry: Entry) -> tuple[Links, ...]:
    counted = entry.when if entry.when and entry.entered_in_error is None else None
    children = tuple(
        {
            "child_id": child,
            "sort_key": entry.when.sort_key if entry.when else "",
            "last_day": counted.last if counted else None,
            "seen": counted is not None and entry.kind == "visit" and last_seen((entry,), child).seen is not None,
        }
        for child in dict.fromkeys(entry.children)
    )
    themes = tuple({"theme": theme.value} for theme in dict.fromkeys(entry.themes))
    return (
        Links(schema.EntryChildRow, "entry_id", children),
        Links(schema.EntryThemeRow, "entry_id", themes),
    )


#: Kinds of entry that rules also look up by id or name, whether or not they count yet.
_READ_WHOLE = frozenset({"action", "medicine"})


def _mark_alerts(session: Session, entry: Entry, *, new: bool) -> None:
    if entry.kind == "circumstance":  # It may be everybody's.
        mark_all_alerts_stale(session)
        return
    household = entry.kind == "referral"
    if new and entry.kind not in _READ_WHOLE:
        from_ = counts_from(entry.kind, entry.data, entry.when, entry.known, entry.recorded_at)
        mark_alerts_stale(session, entry.children, household=household, from_=from_)
        return
    mark_alerts_stale(session, entry.children, household=household)
    if not new:
        row = schema.EntryChildRow
        before = session.scalars(select(row.child_id).where(row.entry_id == entry.id))
        mark_alerts_stale(session, before, household=household)


def read_receipt_columns(receipt: ReadReceipt) -> Row:
    """Return the columns of a read receipt."""
    return {"person_id": receipt.person, "row_code": receipt.row, "read_on": receipt.on}


def project_read_receipt(session: Session, receipt: ReadReceipt, *, new: bool) -> None:
    """Nothing of a read receipt is laid out further."""


def local_service_columns(service: LocalService) -> Row:  # noqa: ARG001 - one shape for all kinds
    """Return the columns of a local service: none of its own."""
    return {}


def project_local_service(session: Session, service: LocalService, *, new: bool) -> None:
    """Nothing of a local service is laid out further: there are few, and they are read together."""


def supervision_columns(supervision: Supervision) -> Row:
    """Return the columns of a supervision."""
    return {"child_id": supervision.child, "held_on": supervision.on}


def project_supervision(session: Session, supervision: Supervision, *, new: bool) -> None:
    """Nothing of a supervision is laid out further."""


def chronology_columns(chronology: Chronology) -> Row:
    """Return the columns of a curated chronology."""
    return {
        "child_id": chronology.child,
        "style": chronology.style.value,
        "version": chronology.version,
        "entry": chronology.frozen.entry or None if chronology.frozen else None,
    }


def project_chronology(session: Session, chronology: Chronology, *, new: bool) -> None:
    """Nothing of a chronology is laid out further."""


def user_columns(user: User) -> Row:
    """Return the columns of a user."""
    return {"sign_in_key": sign_in_key(user.sign_in_name)}


def project_user(session: Session, user: User, *, new: bool) -> None:
    """Nothing of a user is laid out further."""
