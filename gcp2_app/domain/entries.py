"""An entry: anything that happened to a child, in one stream.

The shape is that of the case-file format. What ``data`` holds is declared, kind by kind, in ``forms/entries``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from gcp2_app.domain.register import Agency
from gcp2_app.domain.when import When


class Theme(StrEnum):
    """Horwath's six types of neglect, and strengths.

    Source: Horwath, J. (2007) Child Neglect: identification and assessment.
    """

    MEDICAL = "medical"
    NUTRITIONAL = "nutritional"
    EMOTIONAL = "emotional"
    SUPERVISION = "supervision"
    EDUCATIONAL = "educational"
    PHYSICAL = "physical"
    STRENGTH = "strength"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Who an entry comes from."""

    name: str = ""
    role: str = ""
    agency: Agency | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file kept in the store with an entry. Its bytes are found by their digest.

    Attributes:
        size: bytes.
        media_type: such as ``application/pdf``.
    """

    name: str
    sha256: str
    size: int
    media_type: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyRecord:
    """Where the same fact stands in the agency's own record: a reference there, and the day it was put there."""

    reference: str
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EnteredInError:
    """Who said, when, and why an entry was made on the wrong child or by mistake."""

    by: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where an entry was taken in from: a row of another agency's chronology.

    Attributes:
        batch: id that all rows taken in together share.
        row: the row's number in the file, from 1, its heading counted.
        sha256: digest of the file.
        whose: the agency whose chronology it is; ``owner``: who there made it, where that is said.
        at: when it was taken in; ``by``: id of the professional who did.
        date_as_written: the words the date was read from, empty where there were none.
    """

    batch: str
    row: int
    sha256: str
    whose: Agency
    owner: str = ""
    at: datetime
    by: str | None = None
    date_as_written: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that happened.

    Attributes:
        kind: a kind declared in ``forms/entries``.
        children: ids of the children it concerns.
        relevance: per child id, what it means for that child.
        when: when it happened; ``known``: when it became known; ``recorded_at``: when it was written down here.
        what: what happened, facts only. For a statement, the child's words.
        data: the fields of the kind.
        themes: neglect types and strengths.
        third_party, harm_if_disclosed: marks that shared versions honour.
        withheld_from: ids of people it is withheld from.
        provenance: where it was taken in from, or None for one written here.
        revision: 1 for the first; a correction is the next.
    """

    id: str
    kind: str
    children: tuple[str, ...] = ()
    relevance: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    when: When | None = None
    known: When | None = None
    recorded_at: datetime | None = None
    recorded_by: str | None = None
    source: Source | None = None
    what: str = ""
    impact: str = ""
    carer_response: str = ""
    action_taken: str = ""
    outcome: str = ""
    significance: str = ""
    significance_why: str = ""
    themes: tuple[Theme, ...] = ()
    child_words: str = ""
    third_party: bool | None = None
    harm_if_disclosed: bool | None = None
    withheld_from: tuple[str, ...] = ()
    not_known: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    agency_record: AgencyRecord | None = None
    attachments: tuple[Attachment, ...] = ()
    provenance: Provenance | None = None
    data: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    revision: int = 1
    revision_reason: str = ""
    entered_in_error: EnteredInError | None = None
