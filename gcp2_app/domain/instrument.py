"""The instrument as data: a pack with its areas, sub-areas, units, grades, bands and thresholds.

A pack is made by :mod:`gcp2_app.forms` from a TOML file. Nothing here knows a particular pack.

Source: structure of the Graded Care Profile (Srivastava and Polnay, 1997) as publicly described; every number that
differs between authorities is a field of the pack.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType

from gcp2_app.errors import InvalidValue


class Policy(StrEnum):
    """How unit grades roll up into a sub-area's grade."""

    MODE_WITH_OVERRIDE = "mode-with-override"
    WORST = "worst"
    JUDGEMENT = "judgement"


class LicenceKind(StrEnum):
    """Whose wording a pack holds."""

    OPEN = "open"
    LICENSED = "licensed"


class Subject(StrEnum):
    """Who a pack is about."""

    CHILD = "child"
    UNBORN = "unborn"


class GateCondition(StrEnum):
    """What opens a section by itself: a closed set, named in packs."""

    CONCERN = "concern"
    BIRTH = "birth"


class Threshold(StrEnum):
    """The name of one of a pack's thresholds."""

    WATCH_FROM = "watch_from"
    ALERT_FROM = "alert_from"
    OVERRIDE_FROM = "override_from"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """One grade of the ordinal scale. Values order the grades; they are never added or averaged.

    Attributes:
        value: the stored number, strictly increasing from best to worst within a pack.
        label: the readers' words, from "needs met" to "needs not met".
        needs: what is met of the child's needs.
        commitment: whose needs come first.
        quality: the practitioner's word for the quality of care. Not shown to readers.
    """

    value: int
    label: str
    needs: str = ""
    commitment: str = ""
    quality: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A developmental band, half-open: ``from_months <= age < to_months`` in completed months."""

    code: str
    label: str
    from_months: int = 0
    to_months: int | None = None

    def holds(self, age_months: int) -> bool:
        """Whether a child of this age in completed months falls in the band."""
        return self.from_months <= age_months and (self.to_months is None or age_months < self.to_months)

    @property
    def is_before_birth(self) -> bool:
        """Whether it holds unborn children only: months before birth are negative."""
        return self.to_months is not None and self.to_months <= 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Descriptors:
    """The texts of one unit for one span of ages, one a grade, best first."""

    grades: tuple[str, ...]
    label: str = ""
    from_months: int = 0
    to_months: int | None = None

    def holds(self, age_months: int) -> bool:
        """Whether these texts are the ones for a child of this age in completed months."""
        return self.from_months <= age_months and (self.to_months is None or age_months < self.to_months)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """The smallest thing that is graded: an item, or a sub-area that is scored itself.

    Attributes:
        code: ``A1.a``, ``D1.i``, or the sub-area's own code where the sub-area is scored itself.
        bands: codes of the bands it exists in; empty means all. A unit is its code *and* band.
        household_level: the home's care rather than one child's; may be offered to siblings as proposed grades.
        may_not_apply: whether *not applicable* may be recorded for it.
        known_for_months: it applies only once a diagnosis has been known this long (months); 0 for no wait.
        may_rest_on: code of a sub-area it may rest on, with a comment, or empty.
    """

    code: str
    label: str
    prompt: str
    look_for: tuple[str, ...]
    guidance: str
    descriptors: tuple[Descriptors, ...]
    author: str
    written_on: date
    bands: tuple[str, ...] = ()
    household_level: bool = False
    may_not_apply: bool = False
    known_for_months: int = 0
    may_rest_on: str = ""

    def texts(self, age_months: int) -> Descriptors:
        """Return the descriptors for a child of this age in completed months.

        An age outside every span (a band picked by judgement) gets the nearest one.
        """
        for descriptors in self.descriptors:
            if descriptors.holds(age_months):
                return descriptors
        return self.descriptors[0] if age_months < self.descriptors[0].from_months else self.descriptors[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subarea:
    """A sub-area and its units over all bands.

    Attributes:
        safety_critical: a grade at ``alert_from`` here needs a safety step before targets.
    """

    code: str
    label: str
    units: tuple[Unit, ...]
    about: str = ""
    safety_critical: bool = False

    def units_in(self, band: str) -> tuple[Unit, ...]:
        """Return the units that exist in a band, in the pack's order."""
        return tuple(unit for unit in self.units if not unit.bands or band in unit.bands)


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """One of the pack's areas of care."""

    code: str
    label: str
    subareas: tuple[Subarea, ...]
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Licence:
    """Who owns the wording, and where and until when it may be used.

    Attributes:
        area: the licensed authority; empty for an open pack.
        expires: the last day of the licence, or None.
        course: the training course a user must hold currently, or empty.
    """

    kind: LicenceKind
    holder: str
    copyright: str
    area: str = ""
    expires: date | None = None
    course: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """Grade values from which a grade is watched, alerts, and overrides the roll-up."""

    watch_from: int
    alert_from: int
    override_from: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """An area that is graded only once something opens it. Until then its units are neither asked nor missing.

    Attributes:
        area: code of the area it closes.
        opens_by: what opens it by itself.
        concern_in: for *concern*, code of the area whose grade is looked at; else empty.
        concern_from: for *concern*, the threshold of the pack that grade is at or past; else None.
        by_judgement: a practitioner may open it too, and says why.
    """

    area: str
    opens_by: GateCondition
    concern_in: str = ""
    concern_from: Threshold | None = None
    by_judgement: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowRule:
    """Lengths of an assessment's window, in days."""

    default_days: int = 28
    reason_beyond_days: int = 42
    review_after_days: int = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetRule:
    """What a target may be.

    Attributes:
        never_worse_than: the worst grade value a default target may have.
        supervisor_reason_at: a target of this value needs a supervisor's reason.
        baby_under_months: for a child under this age a grade at ``alert_from`` needs a safety step in any unit.
    """

    never_worse_than: int
    supervisor_reason_at: int
    baby_under_months: int = 12


@dataclass(frozen=True, kw_only=True)
class Pack:
    """One published version of an instrument.

    Attributes:
        sha256: digest of the file it was read from; a stored record names it.
        grades: best first.
        how_to_grade: rules for reading every descriptor of the pack, shown beside them.
        gates: the areas that are not graded from the start, and what opens them.
        next_pack: for a pack about unborn children, id of the pack that takes over after its last band; else empty.
    """

    id: str
    version: str
    sha256: str
    title: str
    short_title: str
    language: str
    subject: Subject
    policy: Policy
    caution: str
    standing_note: str
    source: str
    licence: Licence
    thresholds: Thresholds
    window: WindowRule
    targets: TargetRule
    grades: tuple[Grade, ...]
    bands: tuple[Band, ...]
    areas: tuple[Area, ...] = field(repr=False)
    how_to_grade: tuple[str, ...] = field(default=(), repr=False)
    gates: tuple[Gate, ...] = ()
    next_pack: str = ""

    @cached_property
    def subareas(self) -> dict[str, Subarea]:
        """Every sub-area by its code, in order."""
        return {subarea.code: subarea for area in self.areas for subarea in area.subareas}

    @cached_property
    def grades_by_value(self) -> dict[int, Grade]:
        """Every grade by its value, best first."""
        return {grade.value: grade for grade in self.grades}

    @cached_property
    def area_of(self) -> dict[str, Area]:
        """The area of each sub-area code."""
        return {subarea.code: area for area in self.areas for subarea in area.subareas}

    def band(self, code: str) -> Band:
        """Return a band by its code.

        Raises:
            InvalidValue: the pack has no such band.
        """
        for band in self.bands:
            if band.code == code:
                return band
        raise InvalidValue(f"“{code}” is not an age band of {self.title}.", f"Use one of {self.band_codes}.")

    def has_band(self, code: str) -> bool:
        """Whether the pack has a band with this code."""
        return any(band.code == code for band in self.bands)

    @property
    def band_codes(self) -> str:
        """The band codes, for a message."""
        return ", ".join(band.code for band in self.bands)

    def band_at(self, age_months: int) -> Band:
        """Return the band of a child of this age in completed months.

        Raises:
            InvalidValue: no band covers the age.
        """
        for band in self.bands:
            if band.holds(age_months):
                return band
        raise InvalidValue(f"An age of {age_months} months is in no age band of {self.title}.")

    @cached_property
    def _units_by_band(self) -> dict[str, Mapping[str, Unit]]:
        return {
            band.code: MappingProxyType(
                {unit.code: unit for subarea in self.subareas.values() for unit in subarea.units_in(band.code)}
            )
            for band in self.bands
        }

    def units_in(self, band: str) -> Mapping[str, Unit]:
        """Return the units that exist in a band by code, in the pack's order; none where the pack has no such band."""
        return self._units_by_band.get(band, MappingProxyType({}))

    @cached_property
    def _subareas_by_unit(self) -> dict[str, Subarea]:
        return {unit.code: subarea for subarea in self.subareas.values() for unit in subarea.units}

    @cached_property
    def unit_codes(self) -> tuple[str, ...]:
        """Every unit code of any band once, in the pack's order."""
        return tuple(self._subareas_by_unit)

    def has_unit(self, code: str) -> bool:
        """Whether any band of the pack has a unit with this code."""
        return code in self._subareas_by_unit

    def subarea_of(self, code: str) -> Subarea:
        """Return the sub-area a unit belongs to; a sub-area's own code gives that sub-area.

        Raises:
            InvalidValue: the pack has no such unit in any band.
        """
        subarea = self._subareas_by_unit.get(code) or self.subareas.get(code)
        if subarea is None:
            raise InvalidValue(f"“{code[:40]}” is not a unit of {self.title}.")
        return subarea

    def rank(self, value: int) -> int:
        """Return the rank of a grade, 1 the best.

        Raises:
            InvalidValue: the value is not on this pack's scale.
        """
        for rank, grade in enumerate(self.grades, start=1):
            if grade.value == value:
                return rank
        scale = ", ".join(str(grade.value) for grade in self.grades)
        raise InvalidValue(f"{value} is not a grade of {self.title}.", f"Use one of {scale}.")

    def better_by_one(self, value: int) -> int:
        """Return the value one grade better, or the best."""
        return self.grades[max(self.rank(value) - 2, 0)].value
