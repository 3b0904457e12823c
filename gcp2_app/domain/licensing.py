"""Who may read a licensed pack's wording today: the licence runs, and the reader's training for it is current.

Knows packs and what was recorded of training; no store and no clock. Last days are inclusive. What was graded with a
pack stays readable whatever is answered here.

Source: instrument.md, Licence.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from gcp2_app.domain.instrument import Area, LicenceKind, Pack, Subarea, Unit


class Why(StrEnum):
    """Why a pack's wording is closed to somebody."""

    LICENCE_ENDED = "licence ended"
    NOT_TRAINED = "not trained"
    NOT_CONFIRMED = "not confirmed"
    TRAINING_ENDED = "training ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """A pack's wording is closed.

    Attributes:
        on: the last day of the licence or of the training, where one ended; the day of the course, where it is not
            confirmed.
    """

    why: Why
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """Somebody answers for it that a course was completed as recorded.

    Attributes:
        by: id of the professional who confirms.
        on: the day.
        seen: what they saw, such as a certificate.
        alone: they confirm their own training, since nobody else in the store could.
    """

    by: str
    on: date
    seen: str
    alone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Training:
    """One course a professional completed.

    Attributes:
        person: id of the professional.
        course: its code, such as ``gcp2``.
        on: the day it was completed.
        licence: area of the licence it was for, or empty.
        expires: its last day, or None where it has none.
        confirmation: who answers for it, or None where nobody does yet.
    """

    person: str
    course: str
    on: date
    licence: str = ""
    expires: date | None = None
    confirmation: Confirmation | None = None


def licence_ends(pack: Pack, versions: Iterable[Pack]) -> date | None:
    """Return the last day of a pack's licence: a renewal comes as a newer version, and opens the older ones too.

    Args:
        pack: the pack.
        versions: the packs that are installed, this one or not.
    """
    ends = [pack.licence.expires] + [
        other.licence.expires
        for other in versions
        if other.id == pack.id
        and other.licence.kind is LicenceKind.LICENSED
        and _same_licence(other.licence.area, pack.licence.area)
    ]
    return max((day for day in ends if day is not None), default=None)


def why_closed(
    pack: Pack, trainings: Iterable[Training], *, person: str, today: date, ends: date | None
) -> Closed | None:
    """Return why a pack's wording is closed to a person today, or None where it is open.

    Nobody opens it for themselves: training counts once somebody else answers for it.

    Args:
        pack: the pack; an open one is closed to nobody.
        trainings: what is recorded of training, of anyone.
        person: id of the professional.
        today: the day.
        ends: last day of the licence; see :func:`licence_ends`.
    """
    if pack.licence.kind is LicenceKind.OPEN:
        return None
    if ends is not None and ends < today:
        return Closed(why=Why.LICENCE_ENDED, on=ends)
    own = [
        each
        for each in trainings
        if each.person == person
        and each.course == pack.licence.course
        and each.on <= today
        and _same_licence(each.licence, pack.licence.area)
    ]
    if not own:
        return Closed(why=Why.NOT_TRAINED)
    current = [each for each in own if each.expires is None or each.expires >= today]
    if any(each.confirmation is not None for each in current):
        return None
    if current:
        return Closed(why=Why.NOT_CONFIRMED, on=max(each.on for each in current))
    return Closed(why=Why.TRAINING_ENDED, on=max(each.expires for each in own if each.expires is not None))


def _same_licence(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def without_wording(pack: Pack, instead: str) -> Pack:
    """Return a pack with its structure and grades, and without the wording its licence is about.

    Args:
        pack: the pack.
        instead: a sentence that says why, shown in place of each unit's question.
    """
    return replace(pack, areas=tuple(_bare_area(area, instead) for area in pack.areas), how_to_grade=())


def _bare_area(area: Area, instead: str) -> Area:
    return replace(area, about="", subareas=tuple(_bare_subarea(subarea, instead) for subarea in area.subareas))


def _bare_subarea(subarea: Subarea, instead: str) -> Subarea:
    return replace(subarea, about="", units=tuple(_bare_unit(unit, instead) for unit in subarea.units))


def _bare_unit(unit: Unit, instead: str) -> Unit:
    bare = tuple(replace(descriptors, grades=tuple("" for _ in descriptors.grades)) for descriptors in unit.descriptors)
    return replace(unit, prompt=instead, look_for=(), guidance="", descriptors=bare)
