"""The numbers of the rules, read from the tables under ``rules`` of a policy file, and the calendar they count in.

Each rule says which numbers it has (:class:`gcp2_app.domain.rules.registry.Rule`); a table has those keys and no
others. Read apart from the rest of the policy, which is needed before anything heavy is loaded.
"""

import dataclasses
import hashlib
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import msgspec

from gcp2_app import __version__, wire
from gcp2_app.domain.calendar import WorkingDays
from gcp2_app.domain.policy import CalendarPolicy, RulePolicy
from gcp2_app.domain.rules.registry import Rule
from gcp2_app.domain.rules.themes import RULES
from gcp2_app.errors import BadFile
from gcp2_app.forms.policy import (
    FORMAT,
    FORMAT_VERSION,
    OriginTable,
    check_checked_on,
    make_origin,
    shipped_file,
    shipped_policy,
)
from gcp2_app.forms.tables import check_format, read_bytes, read_tables

_MEND: Final = "See forms/README.md for the keys."
_ORIGIN_KEYS: Final = frozenset(OriginTable.__struct_fields__)
#: The years bank holidays are worked out for: every deadline that can stand in a record, and the planned ones.
_YEARS: Final = range(1990, 2061)


def load_rules(path: Path) -> Mapping[str, RulePolicy]:
    """Read the numbers of every rule from a policy file.

    Raises:
        NotFound: there is no such file.
        BadFile: a rule has no table, a table has no rule, or a number is missing, unknown or of the wrong kind.
    """
    name = path.name
    tables = read_tables(read_bytes(path), name)
    check_format(tables, name, expected=FORMAT, version=FORMAT_VERSION)
    found = tables.get("rules")
    if not isinstance(found, dict):
        raise BadFile(name, "rules", "the numbers of the rules are missing.", _MEND)
    if unknown := found.keys() - RULES.keys():
        place = f"rules.{min(unknown)}"
        raise BadFile(name, place, "there is no such rule.", f"The rules are {', '.join(RULES)}.")
    return MappingProxyType({rule: _rule(one, found.get(rule), name) for rule, one in RULES.items()})


def _rule(rule: Rule, table: object, name: str) -> RulePolicy:
    place = f"rules.{rule.name}"
    keys = tuple(field.name for field in dataclasses.fields(rule.numbers))
    if not isinstance(table, dict):
        raise BadFile(name, place, "this rule has no table.", f"Give source, status, checked_on, {', '.join(keys)}.")
    if unknown := table.keys() - _ORIGIN_KEYS - set(keys):
        raise BadFile(name, f"{place}.{min(unknown)}", "this key is not known.", f"The keys are {', '.join(keys)}.")
    origin: OriginTable = _convert({key: table[key] for key in _ORIGIN_KEYS & table.keys()}, OriginTable, name, place)
    check_checked_on(origin, name, place)
    numbers = _convert({key: table[key] for key in keys if key in table}, rule.numbers, name, place)
    for key in keys:
        value = getattr(numbers, key)
        if isinstance(value, int) and value < 0:
            raise BadFile(name, f"{place}.{key}", "this is less than nothing.", "Give a whole number, 0 or more.")
    return RulePolicy(origin=make_origin(origin), numbers=numbers)


def _convert(table: dict[str, Any], kind: type, name: str, place: str) -> Any:
    try:
        return msgspec.convert(table, kind)
    except msgspec.ValidationError as error:
        inner, sentence = wire.explain(error)
        raise BadFile(name, f"{place}.{inner}" if inner else place, sentence, _MEND) from None


@lru_cache(maxsize=1)
def shipped_rules() -> Mapping[str, RulePolicy]:
    """Return the numbers that come with the program. Kept once read.

    Raises:
        NotFound: the installation is incomplete.
        BadFile: the file has an error in it.
    """
    return load_rules(shipped_file())


@lru_cache(maxsize=1)
def rules_digest() -> str:
    """Return what tells these rules and their numbers from those of another version of the program or its policy."""
    return hashlib.sha256(__version__.encode() + read_bytes(shipped_file())).hexdigest()


def make_working_days(policy: CalendarPolicy) -> WorkingDays:
    """Return the working days of an area: its bank holidays and its own closures left out.

    Raises:
        BadFile: the bank holidays of this country or part of it are not known.
    """
    import holidays  # a quarter of a second, and no screen needs it before the first alert

    try:
        public = holidays.country_holidays(policy.country, subdiv=policy.subdivision, years=_YEARS)
    except NotImplementedError:
        raise BadFile(
            "policy",
            "calendar",
            f"the bank holidays of “{policy.country}”, “{policy.subdivision}” are not known.",
            "Give ISO 3166 codes, such as GB and ENG.",
        ) from None
    return WorkingDays(frozenset(public) | frozenset(map(date.fromisoformat, policy.closed)))


@lru_cache(maxsize=1)
def shipped_working_days() -> WorkingDays:
    """Return the working days of the shipped policy. Kept once made."""
    return make_working_days(shipped_policy().calendar)
