"""The tables of the store.

A record is one JSON document with its revision; columns and tables beside it are projections made from the document, so
that lists and searches need not read documents. The migrations make these tables; a test holds both equal.
"""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    DDL,
    JSON,
    Boolean,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    TypeDecorator,
    UniqueConstraint,
    event,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from typing_extensions import override


class Instant(TypeDecorator[datetime]):
    """An aware instant, kept in UTC."""

    impl = DateTime
    cache_ok = True

    @override
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    @override
    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


class Table(DeclarativeBase):
    """What every table is declared from. Constraints have fixed names, so that a table can be rebuilt later."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: Instant, date: Date, bytes: LargeBinary, str: String}  # noqa: RUF012 - SQLAlchemy's


class RecordTable(Table):
    """What every table of records has."""

    __abstract__ = True
    id: Mapped[str] = mapped_column(primary_key=True, sort_order=-2)
    revision: Mapped[int] = mapped_column(sort_order=-1)
    # Last: what is read of a row before it does not touch the pages the document fills.
    document: Mapped[bytes] = mapped_column(sort_order=1)


def _owner(table: str) -> Any:
    """Return a key column that goes when its record goes."""
    return mapped_column(ForeignKey(f"{table}.id", ondelete="CASCADE"), primary_key=True)


def _later(table: str) -> ForeignKey:
    """Return a reference that must hold at the end of a transaction, not before."""
    return ForeignKey(f"{table}.id", deferrable=True, initially="DEFERRED")


_NARROW = {"sqlite_with_rowid": False}


class ChildRow(RecordTable):
    """A child."""

    __tablename__ = "child"
    date_of_birth: Mapped[date | None] = mapped_column(index=True)
    nhs_number: Mapped[str | None] = mapped_column(index=True)


class ChildSummaryRow(Table):
    """What the caseload shows of a child, narrow so that ten thousand are read at once.

    ``last_assessment`` is the latest by window that was finished, or else the latest begun, with ``areas`` its stored
    results; ``open_assessment`` the one being worked on; ``steps`` the areas over the latest assessments.
    """

    __tablename__ = "child_summary"
    __table_args__ = _NARROW
    child_id: Mapped[str] = _owner("child")
    given_names: Mapped[str]
    family_name: Mapped[str]
    sort_name: Mapped[str] = mapped_column(index=True)
    born: Mapped[date | None] = mapped_column(index=True)
    unborn: Mapped[bool] = mapped_column(Boolean)
    restricted: Mapped[bool] = mapped_column(Boolean)
    last_assessment: Mapped[str | None]
    last_from: Mapped[date | None]
    last_to: Mapped[date | None] = mapped_column(index=True)
    last_state: Mapped[str | None]
    open_assessment: Mapped[str | None]
    review_due: Mapped[date | None] = mapped_column(index=True)
    areas: Mapped[bytes | None]
    steps: Mapped[bytes | None]


class ChildAreaRow(Table):
    """The grade of one area in a child's line, laid out so that a team's are counted and found without decoding.

    ``rank`` is 1 for the best; empty where there is no grade, or too little was seen for it to show.
    """

    __tablename__ = "child_area"
    __table_args__ = (Index(None, "code", "rank"), _NARROW)
    child_id: Mapped[str] = _owner("child")
    code: Mapped[str] = mapped_column(primary_key=True)
    rank: Mapped[int | None]
    scale: Mapped[int]


class ChildStatusRow(Table):
    """One period of legal or plan status. ``rank`` orders statuses, the most serious highest."""

    __tablename__ = "child_status"
    __table_args__ = _NARROW
    child_id: Mapped[str] = _owner("child")
    position: Mapped[int] = mapped_column(primary_key=True)
    status: Mapped[str]
    rank: Mapped[int]
    category: Mapped[str | None]
    from_day: Mapped[date]
    to_day: Mapped[date | None]


class ChildAllocationRow(Table):
    """One allocation of a professional to a child."""

    __tablename__ = "child_allocation"
    __table_args__ = (Index(None, "professional_id", "child_id"), _NARROW)
    child_id: Mapped[str] = _owner("child")
    position: Mapped[int] = mapped_column(primary_key=True)
    professional_id: Mapped[str]
    role: Mapped[str]
    from_day: Mapped[date]
    to_day: Mapped[date | None]


class ChildCarerRow(Table):
    """One adult who cares for a child."""

    __tablename__ = "child_carer"
    __table_args__ = (Index(None, "person_id", "child_id"), _NARROW)
    child_id: Mapped[str] = _owner("child")
    position: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[str]
    main: Mapped[bool] = mapped_column(Boolean)


class ChildAlertsRow(Table):
    """What the rules say of a child, kept so that lists need not ask them.

    ``changes_on`` is the first day on which they can say something else; long ago where the record has changed since.
    ``urgent``, ``act`` and ``watch`` count the alerts that are not laid aside, empty until the rules were asked at all,
    and ``oldest`` is the day since which one of them has held; ``alerts`` is a JSON array of
    :class:`gcp2_app.domain.alerts.Alert`.
    """

    __tablename__ = "child_alerts"
    # Whoever has any is found, and put in order, without the pages that the alerts fill.
    __table_args__ = (Index(None, "urgent", "act", "watch", "child_id"),)
    child_id: Mapped[str] = _owner("child")
    changes_on: Mapped[date] = mapped_column(index=True)
    urgent: Mapped[int | None]
    act: Mapped[int | None]
    watch: Mapped[int | None]
    oldest: Mapped[date | None]
    alerts: Mapped[bytes]


class ChildMergeRow(RecordTable):
    """A record of a child that was merged into another: ``absorbed_id`` stands for ``child_id`` since.

    Neither is a reference: the absorbed record is in the document alone, and the other may be absorbed in turn.
    """

    __tablename__ = "child_merge"
    child_id: Mapped[str] = mapped_column(index=True)
    absorbed_id: Mapped[str] = mapped_column(unique=True)
    at: Mapped[datetime]


class PersonRow(RecordTable):
    """An adult in a child's life."""

    __tablename__ = "person"
    name: Mapped[str]
    date_of_birth: Mapped[date | None]


class ProfessionalRow(RecordTable):
    """A worker of any agency."""

    __tablename__ = "professional"
    name: Mapped[str]
    role: Mapped[str]
    agency: Mapped[str | None]
    team: Mapped[str] = mapped_column(index=True)


class HouseholdRow(RecordTable):
    """People who live together."""

    __tablename__ = "household"


class HouseholdMemberRow(Table):
    """One person's or child's time in a household."""

    __tablename__ = "household_member"
    __table_args__ = (Index(None, "who", "household_id"), _NARROW)
    household_id: Mapped[str] = _owner("household")
    position: Mapped[int] = mapped_column(primary_key=True)
    who: Mapped[str]
    from_day: Mapped[date | None]
    to_day: Mapped[date | None]


class HouseholdAddressRow(Table):
    """Where a household lived; the postcode without spaces, in small letters."""

    __tablename__ = "household_address"
    __table_args__ = _NARROW
    household_id: Mapped[str] = _owner("household")
    position: Mapped[int] = mapped_column(primary_key=True)
    postcode: Mapped[str]
    authority: Mapped[str]
    from_day: Mapped[date | None]
    to_day: Mapped[date | None]


class AssessmentRow(RecordTable):
    """One assessment of one child."""

    __tablename__ = "assessment"
    __table_args__ = (
        Index(None, "child_id", "window_to"),
        # With the state, so that whether a correction is signed off is answered by the index alone.
        Index(None, "corrects", "state"),
        Index("ix_assessment_unsigned", "state", sqlite_where=text("state <> 'signed_off'")),
    )
    child_id: Mapped[str] = mapped_column(_later("child"))
    state: Mapped[str]
    window_from: Mapped[date | None]
    window_to: Mapped[date | None]
    signed_off_on: Mapped[date | None]
    review_due: Mapped[date | None]
    corrects: Mapped[str | None]
    pack: Mapped[str]
    pack_version: Mapped[str]


class AssessmentAssessorRow(Table):
    """One practitioner who carries out an assessment."""

    __tablename__ = "assessment_assessor"
    __table_args__ = (Index(None, "professional_id", "assessment_id"), _NARROW)
    assessment_id: Mapped[str] = _owner("assessment")
    professional_id: Mapped[str] = mapped_column(primary_key=True)


class AssessmentProfileRow(Table):
    """The stored results of an assessment, and what they were made with.

    ``areas`` and ``subareas`` are JSON arrays of :class:`gcp2_app.storage.results.AreaGrade`: a list wants all of an
    assessment's areas at once, and a row for each grade would be most of what a grade key has to write.
    """

    __tablename__ = "assessment_profile"
    assessment_id: Mapped[str] = _owner("assessment")
    band: Mapped[str]
    units: Mapped[int]
    pack: Mapped[str]
    pack_version: Mapped[str]
    policy: Mapped[str]
    areas: Mapped[bytes]
    subareas: Mapped[bytes]


class EntryRow(RecordTable):
    """Anything that happened. ``number`` is what the word index knows it by."""

    __tablename__ = "entry"
    # With the day: today's visits are found among some hundred thousand.
    __table_args__ = (UniqueConstraint("id"), Index(None, "kind", "first_day"))
    number: Mapped[int] = mapped_column(Integer, primary_key=True, sort_order=-3)
    id: Mapped[str] = mapped_column(sort_order=-2)
    kind: Mapped[str]
    sort_key: Mapped[str]
    first_day: Mapped[date | None]
    last_day: Mapped[date | None]
    known_day: Mapped[date | None]
    in_error: Mapped[bool] = mapped_column(Boolean)
    certain: Mapped[bool] = mapped_column(Boolean)
    agency: Mapped[str | None]


class EntryChildRow(Table):
    """One child an entry concerns. ``last_day`` is empty for an entry made in error; ``seen``: a visit saw them."""

    __tablename__ = "entry_child"
    __table_args__ = (
        Index(None, "child_id", "last_day"),
        Index("ix_entry_child_seen", "child_id", "last_day", sqlite_where=text("seen")),
        _NARROW,
    )
    entry_id: Mapped[str] = _owner("entry")
    child_id: Mapped[str] = mapped_column(_later("child"), primary_key=True)
    sort_key: Mapped[str]
    last_day: Mapped[date | None]
    seen: Mapped[bool] = mapped_column(Boolean)


class EntryThemeRow(Table):
    """One theme of an entry."""

    __tablename__ = "entry_theme"
    __table_args__ = (Index(None, "theme", "entry_id"), _NARROW)
    entry_id: Mapped[str] = _owner("entry")
    theme: Mapped[str] = mapped_column(primary_key=True)


class ChronologyRow(RecordTable):
    """A curated chronology of a child: the draft of a style, or a frozen version. ``entry`` says it was frozen."""

    __tablename__ = "chronology"
    __table_args__ = (Index(None, "child_id", "style", "version"),)
    child_id: Mapped[str] = mapped_column(_later("child"))
    style: Mapped[str]
    version: Mapped[int]
    entry: Mapped[str | None] = mapped_column(index=True)


class AttachmentRow(Table):
    """The bytes of a file kept with entries, found by their digest. Two entries with the same file share them."""

    __tablename__ = "attachment"
    sha256: Mapped[str] = mapped_column(primary_key=True)
    size: Mapped[int]
    content: Mapped[bytes]


class UserRow(RecordTable):
    """One person who can sign in; ``sign_in_key`` is the name without regard to case."""

    __tablename__ = "user"
    sign_in_key: Mapped[str] = mapped_column(unique=True)


class ReadReceiptRow(RecordTable):
    """Somebody has read a brief; ``person_id`` is the professional's."""

    __tablename__ = "read_receipt"
    __table_args__ = (Index(None, "person_id", "row_code"),)
    person_id: Mapped[str]
    row_code: Mapped[str]
    read_on: Mapped[date]


class LocalServiceRow(RecordTable):
    """A service near here."""

    __tablename__ = "local_service"


class SupervisionRow(RecordTable):
    """A supervision about a child."""

    __tablename__ = "supervision"
    __table_args__ = (Index(None, "child_id", "held_on"),)
    child_id: Mapped[str] = mapped_column(_later("child"))
    held_on: Mapped[date]


class SecondGradingRow(RecordTable):
    """A second grading of a signed-off assessment; ``grader_id`` and ``asked_by_id`` are professionals'."""

    __tablename__ = "second_grading"
    __table_args__ = (Index(None, "assessment_id"), Index(None, "grader_id"))
    assessment_id: Mapped[str] = mapped_column(_later("assessment"))
    grader_id: Mapped[str]
    asked_by_id: Mapped[str]
    finished_on: Mapped[date | None]


class RecordRevisionRow(Table):
    """A document that was replaced, with who replaced it, when and why."""

    __tablename__ = "record_revision"
    __table_args__ = _NARROW
    kind: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    document: Mapped[bytes]
    replaced_at: Mapped[datetime]
    by: Mapped[str | None]
    reason: Mapped[str]


class SearchTextRow(Table):
    """Everything a record is found by, plain and run together, for matching any part."""

    __tablename__ = "search_text"
    __table_args__ = _NARROW
    kind: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str]


class NameWordRow(Table):
    """One word of a record's names."""

    __tablename__ = "name_word"
    __table_args__ = (Index(None, "kind", "id"), _NARROW)
    word: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)


class WordGramRow(Table):
    """One pair of letters of a word that is in use, for finding misspelt names."""

    __tablename__ = "word_gram"
    __table_args__ = (Index(None, "word"), _NARROW)
    gram: Mapped[str] = mapped_column(primary_key=True)
    word: Mapped[str] = mapped_column(primary_key=True)
    grams: Mapped[int]


class AuditRow(Table):
    """One event of the audit trail. Only ever added to."""

    __tablename__ = "audit"
    seq: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    user: Mapped[str | None]
    action: Mapped[str]
    kind: Mapped[str]
    id: Mapped[str]
    fields: Mapped[list[str]] = mapped_column(JSON)
    count: Mapped[int | None]
    reason: Mapped[str]
    previous: Mapped[str]
    digest: Mapped[str]


class StoreMetaRow(Table):
    """What the store knows of itself: its id, whether it is practice, the seal of the audit trail."""

    __tablename__ = "store_meta"
    __table_args__ = _NARROW
    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[bytes]


class SettingRow(Table):
    """A setting or approval of this store."""

    __tablename__ = "setting"
    __table_args__ = _NARROW
    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class InstalledPackRow(Table):
    """A pack brought in from a file, kept whole: a record opens in its own version for ever."""

    __tablename__ = "installed_pack"
    id: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[str] = mapped_column(primary_key=True)
    sha256: Mapped[str]
    content: Mapped[bytes]


class PlaceRow(Table):
    """Where a user was in an assessment."""

    __tablename__ = "place"
    __table_args__ = _NARROW
    user_id: Mapped[str] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    assessment_id: Mapped[str] = _owner("assessment")
    unit: Mapped[str]
    at: Mapped[datetime]


#: The trail is only ever added to, one after the last. ``INSERT OR REPLACE`` would delete without the delete trigger.
AUDIT_TRIGGERS = (
    """CREATE TRIGGER audit_never_changed BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit trail is never changed'); END""",
    """CREATE TRIGGER audit_never_removed BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit trail is never shortened'); END""",
    """CREATE TRIGGER audit_in_order BEFORE INSERT ON audit
WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM audit)
BEGIN SELECT RAISE(ABORT, 'the audit trail has no gaps'); END""",
)
for _trigger in AUDIT_TRIGGERS:
    event.listen(AuditRow.__table__, "after_create", DDL(_trigger))  # type: ignore[no-untyped-call]  # SQLAlchemy's own

#: The words of entries, without a copy of their texts; of what begins with three to five letters it knows beforehand.
#: Which words stand in an entry is all that is asked, never where.
ENTRY_WORDS = (
    """CREATE VIRTUAL TABLE entry_word USING fts5(said, content='', contentless_delete=1, detail=none, prefix='3 4 5',
tokenize='unicode61 remove_diacritics 2')""",
    """CREATE TRIGGER entry_word_goes AFTER DELETE ON entry
BEGIN DELETE FROM entry_word WHERE rowid = OLD.number; END""",
)
for _words in ENTRY_WORDS:
    event.listen(EntryRow.__table__, "after_create", DDL(_words))  # type: ignore[no-untyped-call]  # SQLAlchemy's own

#: A frozen version opens for ever as it was; it goes only when its child's whole record goes.
CHRONOLOGY_TRIGGER = """CREATE TRIGGER chronology_frozen_never_changed BEFORE UPDATE ON chronology
WHEN OLD.version > 0
BEGIN SELECT RAISE(ABORT, 'a frozen chronology is never changed'); END"""
event.listen(ChronologyRow.__table__, "after_create", DDL(CHRONOLOGY_TRIGGER))  # type: ignore[no-untyped-call]  # SQLAlchemy's own
