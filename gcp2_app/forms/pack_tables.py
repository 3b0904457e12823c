"""The tables of a pack file, as strict wire types, and the domain value made from them.

Every key is defined in ``forms/README.md``; a key that is not here is an error. Checks that need more than one key
are in :mod:`gcp2_app.forms.pack_checks`.
"""

import dataclasses
from datetime import date

import msgspec

from gcp2_app.domain.instrument import GateCondition, LicenceKind, Pack, Policy, Subject, Threshold

FORMAT = "gcp2-pack"
FORMAT_VERSION = 1


class LicenceTable(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """``[licence]``: who owns the wording, and where and until when it may be used."""

    kind: LicenceKind
    holder: str
    copyright: str
    area: str = ""
    expires: date | None = None
    course: str = ""


class ThresholdsTable(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """``[thresholds]``: grade values."""

    watch_from: int
    alert_from: int
    override_from: int


class WindowTable(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """``[window]``: lengths in days."""

    default_days: int
    reason_beyond_days: int
    review_after_days: int


class TargetsTable(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """``[targets]``: grade values, and an age in months."""

    never_worse_than: int
    supervisor_reason_at: int
    baby_under_months: int


class GradeTable(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """``[[grades]]``: one grade of the ordinal scale, best first."""

    value: int
    label: str
    needs: str
    commitment: str
    quality: str


class BandTable(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """``[[bands]]``: a developmental band, half-open in completed months."""

    code: str
    label: str
    from_months: int
    to_months: int | None = None


class DescriptorsTable(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """``[[areas.subareas.units.descriptors]]``: the texts for one span of ages."""

    grades: tuple[str, ...]
    label: str = ""
    from_months: int = 0
    to_months: int | None = None


class UnitTable(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """``[[areas.subareas.units]]``: what is graded."""

    code: str
    label: str
    prompt: str
    look_for: tuple[str, ...]
    guidance: str
    author: str
    written_on: date
    descriptors: tuple[DescriptorsTable, ...]
    household_level: bool = False
    may_not_apply: bool = False
    known_for_months: int = 0
    may_rest_on: str = ""
    bands: tuple[str, ...] = ()


class SubareaTable(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """``[[areas.subareas]]``."""

    code: str
    label: str
    about: str
    units: tuple[UnitTable, ...]
    safety_critical: bool = False


class AreaTable(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """``[[areas]]``."""

    code: str
    label: str
    about: str
    subareas: tuple[SubareaTable, ...]


class GateTable(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """``[[gates]]``: an area that is graded only once something opens it."""

    area: str
    opens_by: GateCondition
    concern_in: str = ""
    concern_from: Threshold | None = None
    by_judgement: bool = False


class PackTable(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """The top of a pack file."""

    format: str
    format_version: int
    id: str
    version: str
    title: str
    short_title: str
    language: str
    subject: Subject
    policy: Policy
    caution: str
    standing_note: str
    how_to_grade: tuple[str, ...] = ()
    source: str
    licence: LicenceTable
    thresholds: ThresholdsTable
    window: WindowTable
    targets: TargetsTable
    grades: tuple[GradeTable, ...]
    bands: tuple[BandTable, ...]
    areas: tuple[AreaTable, ...]
    gates: tuple[GateTable, ...] = ()
    next_pack: str = ""


def make_pack(table: PackTable, *, sha256: str) -> Pack:
    """Return the domain value of a checked pack file.

    Args:
        table: the file's tables.
        sha256: digest of the file's bytes, in hexadecimal.
    """
    values = {field.name: getattr(table, field.name) for field in dataclasses.fields(Pack) if field.name != "sha256"}
    return msgspec.convert(values | {"sha256": sha256}, Pack, from_attributes=True)
