"""What the learning review asks, row by row, where in the program it belongs, and who has read it.

The texts are in ``forms/learning``; numbers of rules are in the policy. Knows no store, no file and no clock.

Source: casework.md, The eighteen rows (R6: hub, a brief for each row, read receipts, team coverage).
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from gcp2_app.errors import NotFound

#: The learning points and the recommendations, in the order of the review.
ROW_CODES: Final = (*(f"LP{number}" for number in range(1, 13)), *(f"R{number}" for number in range(1, 7)))

#: Words a minute of a slow and of a quick reader of such texts.
SLOW_WORDS: Final = 130
QUICK_WORDS: Final = 200


class Where(StrEnum):
    """A place in the program a row belongs to. The values are names for the program, not words for readers."""

    CASELOAD = "caseload"
    CHILD = "child"
    PEOPLE = "people"
    ASSESSMENTS = "assessments"
    START = "start"
    ASSESSMENT = "assessment"
    BEFORE_VISIT = "before_visit"
    VISIT = "visit"
    REPORT = "report"
    REVIEW = "review"
    DANGER = "danger"
    TRAINING = "training"
    LEARNING = "learning"
    TIMELINE = "timeline"
    HEALTH = "health"
    MEDICINE = "medicine"
    MEETINGS = "meetings"
    REFERRAL = "referral"
    CHALLENGE = "challenge"


class Countable(StrEnum):
    """A fact that the record can count or list for one of the questions about harm that adds up."""

    FIRST_CONCERN = "first_concern"
    NEGLECT_TYPES = "neglect_types"
    TYPES_BY_QUARTER = "types_by_quarter"
    UNITS_AT_WORSE_END = "units_at_worse_end"
    RESTARTS = "restarts"
    REFERRALS = "referrals"
    SUPPORT = "support"
    GAINS_NOT_HELD = "gains_not_held"
    NOT_BROUGHT = "not_brought"
    ATTENDANCE = "attendance"
    MEASURES = "measures"
    MOVES = "moves"
    WORKER_CHANGES = "worker_changes"
    GAPS = "gaps"
    REMOTE_CONTACTS = "remote_contacts"
    STATEMENTS = "statements"


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What the program does for a row in one place."""

    where: Where
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RowRule:
    """A rule of a row.

    Attributes:
        name: the rule's name in alerts, such as ``LP1.high_now``.
        says: what it notices, in a sentence without numbers: those are the policy's.
    """

    name: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """Beside what a row is worth reading.

    Attributes:
        places: in the program.
        kinds: codes of kinds of entry.
        units: codes of units.
    """

    places: frozenset[Where] = frozenset()
    kinds: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """A few minutes' reading, in paragraphs.

    Attributes:
        happened: in general terms; the review tells no family's story, and neither does the brief.
        matters: why it matters.
        good: what good work looks like.
        monday: what to do on Monday.
        talk: three questions to talk about.
    """

    happened: tuple[str, ...]
    matters: tuple[str, ...]
    good: tuple[str, ...]
    monday: tuple[str, ...]
    talk: tuple[str, ...]

    def paragraphs(self) -> Iterator[str]:
        """Yield every paragraph in the order it is read."""
        for part in (self.happened, self.matters, self.good, self.monday, self.talk):
            yield from part


@dataclass(frozen=True, slots=True, kw_only=True)
class LearningRow:
    """One row of the review in our own words.

    Attributes:
        code: ``LP1`` to ``LP12``, ``R1`` to ``R6``.
        shares_with: code of the row that asks for the same from the other side, or empty.
        edition: of the text; a new one is to be read anew.
        published_on: the day this edition came out.
        source: where it comes from.
        learned: what was learned.
        asks: what it asks of a practitioner.
        works: where in the program it works.
        open_questions: what a partnership has to settle for itself.
        digest: SHA-256 of the file's bytes, 64 hexadecimal digits.
    """

    code: str
    title: str
    edition: str
    published_on: date
    source: str
    learned: str
    asks: str
    works: tuple[Work, ...]
    rules: tuple[RowRule, ...]
    beside: Beside
    brief: Brief
    open_questions: tuple[str, ...] = ()
    shares_with: str = ""
    digest: str = ""

    @property
    def words(self) -> int:
        """How many words a reader of the brief reads, without its headings."""
        return sum(len(text.split()) for text in (self.learned, self.asks, *self.brief.paragraphs()))


@dataclass(frozen=True, slots=True, kw_only=True)
class HarmQuestion:
    """One question about harm that adds up.

    Attributes:
        counted: facts of the record from which an answer can be filled in, for a person to correct.
    """

    code: str
    asks: str
    help: str
    counted: tuple[Countable, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HarmQuestions:
    """The questions about harm that adds up, asked once a household at each review."""

    title: str
    edition: str
    source: str
    about: str
    questions: tuple[HarmQuestion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """Everything there is to learn.

    Attributes:
        rows: in the order of the review.
    """

    rows: tuple[LearningRow, ...]
    questions: HarmQuestions

    def row(self, code: str) -> LearningRow:
        """Return a row.

        Raises:
            NotFound: there is none of this code.
        """
        found = next((row for row in self.rows if row.code == code), None)
        if found is None:
            raise NotFound("There is no such row of the learning review.")
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadReceipt:
    """Somebody said that they have read a brief.

    Attributes:
        person: id of the professional.
        row: code of the row.
        on: the day, in Europe/London.
        edition: which edition they read, or empty where that was not kept.
        digest: SHA-256 of the text they read, or empty.
    """

    id: str
    person: str
    row: str
    on: date
    edition: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How one person stands with one row.

    Attributes:
        read_on: when they read its present edition, or None.
        earlier_on: when they last read an earlier edition and not yet this one, or None.
    """

    row: LearningRow
    read_on: date | None = None
    earlier_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RowCoverage:
    """Who has read one row in its present edition.

    Attributes:
        read, unread: ids of professionals, in the order they were given.
    """

    row: LearningRow
    read: tuple[str, ...]
    unread: tuple[str, ...]


def minutes_to_read(row: LearningRow) -> tuple[int, int]:
    """Return how many minutes a brief takes a quick and a slow reader, rounded up.

    Source: casework.md, R6 (a seven-minute brief).
    """
    return -(-row.words // QUICK_WORDS), -(-row.words // SLOW_WORDS)


def rows_beside(
    library: Library,
    *,
    where: Where | None = None,
    kind: str = "",
    units: Collection[str] = (),
) -> tuple[LearningRow, ...]:
    """Return the rows that belong beside something, those about its units or its kind of entry first.

    Args:
        library: the rows.
        where: the place in the program, or None.
        kind: code of a kind of entry, or empty.
        units: codes of the units on the page.
    """
    near = [row for row in library.rows if row.beside.units & frozenset(units) or kind in row.beside.kinds]
    also = [row for row in library.rows if where in row.beside.places and row not in near]
    return (*near, *also)


def readings(rows: Iterable[LearningRow], receipts: Iterable[ReadReceipt], person: str) -> tuple[Reading, ...]:
    """Return how a person stands with each row, in the order of the rows.

    A receipt that does not say its edition counts for the present one.
    """
    mine = [receipt for receipt in receipts if receipt.person == person]
    return tuple(_reading(row, mine) for row in rows)


def coverage(
    rows: Iterable[LearningRow], receipts: Iterable[ReadReceipt], people: Sequence[str]
) -> tuple[RowCoverage, ...]:
    """Return for each row who of these people has read its present edition, and who has not."""
    read = {(receipt.row, receipt.person, receipt.edition) for receipt in receipts}

    def has_read(row: LearningRow, person: str) -> bool:
        return any((row.code, person, edition) in read for edition in (row.edition, ""))

    return tuple(
        RowCoverage(
            row=row,
            read=tuple(person for person in people if has_read(row, person)),
            unread=tuple(person for person in people if not has_read(row, person)),
        )
        for row in rows
    )


def _reading(row: LearningRow, mine: Sequence[ReadReceipt]) -> Reading:
    about = [receipt for receipt in mine if receipt.row == row.code]
    present = [receipt.on for receipt in about if receipt.edition in {row.edition, ""}]
    if present:
        return Reading(row=row, read_on=min(present))
    return Reading(row=row, earlier_on=max((receipt.on for receipt in about), default=None))
