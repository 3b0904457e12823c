"""What a store remembers besides records: approvals and settings, installed packs, where a user was."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import bindparam, delete, insert, select

from gcp2_app.storage.schema import InstalledPackRow, PlaceRow, SettingRow, StoreMetaRow
from gcp2_app.storage.statements import replace_row
from gcp2_app.storage.work import Work


@dataclass(frozen=True, slots=True)
class Place:
    """Where a user was.

    Attributes:
        assessment: id of the assessment.
        unit: code of the unit.
    """

    assessment: str
    unit: str


# Built once: every grade key, and the rules of every child, ask for them.
_SETTING: Final = select(SettingRow.value).where(SettingRow.key == bindparam("key"))
_PACKS: Final = select(InstalledPackRow.id, InstalledPackRow.version, InstalledPackRow.content).order_by(
    InstalledPackRow.id, InstalledPackRow.version
)


def store_id(tx: Work) -> str:
    """Return the store's own id."""
    return tx.session.scalars(select(StoreMetaRow.value).where(StoreMetaRow.key == "id")).one().decode()


def setting(tx: Work, key: str) -> str | None:
    """Return a setting of the store, or None where it was never set."""
    found: str | None = tx.session.connection().execute(_SETTING, {"key": key}).scalar_one_or_none()
    return found


def set_setting(tx: Work, key: str, value: str | None) -> None:
    """Keep a setting; None takes it away."""
    if value is None:
        tx.session.execute(delete(SettingRow).where(SettingRow.key == key))
        return
    replace_row(tx.session, SettingRow, {"key": key, "value": value})


def settings_of(tx: Work, beginning: str) -> dict[str, str]:
    """Return the settings whose key begins in this way."""
    row = SettingRow
    found = tx.session.execute(select(row.key, row.value).where(row.key.startswith(beginning, autoescape=True)))
    return {each.key: each.value for each in found.all()}


def add_pack(tx: Work, pack: str, version: str, sha256: str, content: bytes) -> None:
    """Keep a pack's file. A version that is there already is never replaced."""
    tx.session.execute(insert(InstalledPackRow).values(id=pack, version=version, sha256=sha256, content=content))


def packs(tx: Work) -> tuple[tuple[str, str, bytes], ...]:
    """Return id, version and file of every installed pack."""
    return tuple((each.id, each.version, each.content) for each in tx.session.connection().execute(_PACKS))


def place(tx: Work, user: str, assessment: str) -> str:
    """Return the unit a user was at in an assessment, or an empty string."""
    unit = tx.session.scalar(
        select(PlaceRow.unit).where(PlaceRow.user_id == user, PlaceRow.assessment_id == assessment)
    )
    return unit or ""


def last_place(tx: Work, user: str) -> Place | None:
    """Return where a user was last, in any assessment."""
    row = tx.session.scalar(select(PlaceRow).where(PlaceRow.user_id == user).order_by(PlaceRow.at.desc()).limit(1))
    return None if row is None else Place(assessment=row.assessment_id, unit=row.unit)


def set_place(tx: Work, user: str, assessment: str, unit: str) -> None:
    """Remember where a user is."""
    row = {"user_id": user, "assessment_id": assessment, "unit": unit, "at": tx.clock()}
    replace_row(tx.session, PlaceRow, row)
