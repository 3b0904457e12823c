"""The unit of work: every kind of record, and the audit event, in one transaction."""

from collections.abc import Callable, Iterable
from datetime import date, datetime

from sqlalchemy.orm import Session

from gcp2_app.domain.assessment import Assessment
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.instrument import Pack
from gcp2_app.domain.learning import ReadReceipt
from gcp2_app.domain.local_services import LocalService
from gcp2_app.domain.register import Household, Person, Professional
from gcp2_app.domain.scoring import Profile
from gcp2_app.domain.second_grading import SecondGrading
from gcp2_app.domain.users import User
from gcp2_app.storage import audit, records, relations, results, settings
from gcp2_app.storage.alerts import write_stale
from gcp2_app.storage.child_merges import CHILD_MERGE, ChildMergeRecords, ChildRecords
from gcp2_app.storage.child_records import (
    AssessmentRecords,
    ChronologyRecords,
    EntryRecords,
    SupervisionRecords,
)
from gcp2_app.storage.records import Records
from gcp2_app.storage.remembered import Reading
from gcp2_app.storage.seal import write_seal
from gcp2_app.storage.second_gradings import SECOND_GRADING
from gcp2_app.storage.settings import Place
from gcp2_app.storage.summaries import mark_stale, refresh_stale


class Transaction:
    """What one block of :meth:`gcp2_app.storage.store.Store.transaction` works with.

    Attributes:
        session: SQLAlchemy's, for the queries of this layer alone.
        clock: gives the present instant, aware.
        reading: what the rules read of a few children the last time.
        children, child_merges, people, professionals, households, assessments, entries, chronologies, supervisions,
            local_services, users, read_receipts, second_gradings: the records.
    """

    def __init__(
        self, session: Session, clock: Callable[[], datetime], seal_key: bytes | bytearray, reading: Reading
    ) -> None:
        self.session = session
        self.reading = reading
        self.clock = clock
        self.children = ChildRecords(session, records.CHILD, clock)
        self.child_merges = ChildMergeRecords(session, CHILD_MERGE, clock)
        self.people: Records[Person] = Records(session, records.PERSON, clock)
        self.professionals: Records[Professional] = Records(session, records.PROFESSIONAL, clock)
        self.households: Records[Household] = Records(session, records.HOUSEHOLD, clock)
        self.assessments = AssessmentRecords(session, records.ASSESSMENT, clock)
        self.entries = EntryRecords(session, records.ENTRY, clock)
        self.chronologies = ChronologyRecords(session, records.CHRONOLOGY, clock)
        self.supervisions = SupervisionRecords(session, records.SUPERVISION, clock)
        self.local_services: Records[LocalService] = Records(session, records.LOCAL_SERVICE, clock)
        self.users: Records[User] = Records(session, records.USER, clock)
        self.read_receipts: Records[ReadReceipt] = Records(session, records.READ_RECEIPT, clock)
        self.second_gradings: Records[SecondGrading] = Records(session, SECOND_GRADING, clock)
        self._seal_key = seal_key
        self._recorded = False

    def put_results(self, assessment: Assessment, profile: Profile, pack: Pack) -> None:
        """Store the results of an assessment beside it; see :mod:`gcp2_app.storage.results`."""
        results.put_results(self, assessment, profile, pack)
        mark_stale(self.session, assessment.child)

    def latest_signed_before(self, child: str, day: date) -> Assessment | None:
        """Return the child's latest signed-off assessment whose window began before a day, in its corrected version."""
        return relations.latest_signed_before(self, child, day)

    def unannounced_visits(self, child: str) -> frozenset[str]:
        """Return ids of the visits to a child that are known to have been unannounced."""
        return relations.unannounced_visits(self, child)

    def visits_since(self, child: str, day: date) -> tuple[Entry, ...]:
        """Return the visits to a child that ended on or after a day, in time."""
        return relations.visits_since(self, child, day)

    def entries_on(self, kind: str, day: date) -> tuple[Entry, ...]:
        """Return the entries of a kind that happened on one day, whichever child's, in time."""
        return relations.entries_on(self, kind, day)

    def user_named(self, sign_in_name: str) -> User | None:
        """Return the user of a sign-in name, without regard to case."""
        return relations.user_named(self, sign_in_name)

    def store_id(self) -> str:
        """Return the store's own id."""
        return settings.store_id(self)

    def setting(self, key: str) -> str | None:
        """Return a setting of the store, or None where it was never set."""
        return settings.setting(self, key)

    def settings_of(self, beginning: str) -> dict[str, str]:
        """Return the settings whose key begins in this way, by key."""
        return settings.settings_of(self, beginning)

    def set_setting(self, key: str, value: str | None) -> None:
        """Keep a setting; None takes it away."""
        settings.set_setting(self, key, value)

    def add_pack(self, pack: str, version: str, sha256: str, content: bytes) -> None:
        """Keep a pack's file. A version that is there already is never replaced."""
        settings.add_pack(self, pack, version, sha256, content)

    def packs(self) -> tuple[tuple[str, str, bytes], ...]:
        """Return id, version and file of every installed pack."""
        return settings.packs(self)

    def place(self, user: str, assessment: str) -> str:
        """Return the unit a user was at in an assessment, or an empty string."""
        return settings.place(self, user, assessment)

    def last_place(self, user: str) -> Place | None:
        """Return where a user was last, in any assessment."""
        return settings.last_place(self, user)

    def set_place(self, user: str, assessment: str, unit: str) -> None:
        """Remember where a user is."""
        settings.set_place(self, user, assessment, unit)

    def record(
        self,
        action: str,
        *,
        by: str | None,
        kind: str = "",
        id: str = "",  # noqa: A002 - the audit event's own name
        fields: Iterable[str] = (),
        count: int | None = None,
        reason: str = "",
        at: datetime | None = None,
    ) -> None:
        """Write an audit event in this transaction.

        Args:
            action: what was done, such as ``view`` or ``change``.
            by: id of the user; None for the program itself, or where nobody had signed in.
            kind: kind of the record, or empty.
            id: id of the record, or empty.
            fields: names of fields; never their values.
            count: how many records a list or search showed.
            reason: why, where it was asked for.
            at: when it happened, where that was earlier (a failed unlock); otherwise now.
        """
        audit.write(
            self.session,
            at=at or self.clock(),
            user=by,
            action=action,
            kind=kind,
            id=id,
            fields=tuple(fields),
            count=count,
            reason=reason,
        )
        self._recorded = True

    def finish(self) -> None:
        """Bring the caseload up to date and seal the audit trail; the store does this before it commits."""
        refresh_stale(self.session)
        write_stale(self.session)
        if self._recorded:
            write_seal(self.session, self._seal_key)
