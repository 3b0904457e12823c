"""Forms as data: packs and kinds of entry, read from TOML files, checked, and made into domain values.

Knows files and the domain; knows no store, no window, no report.
"""

from gcp2_app.forms.checking import check_form
from gcp2_app.forms.entry_kinds import load_kind, load_kinds
from gcp2_app.forms.packs import (
    ShippedPack,
    check_pack,
    find_pack,
    load_pack,
    read_pack,
    shipped_pack,
    shipped_packs,
)
from gcp2_app.forms.tables import read_bytes

__all__ = [
    "ShippedPack",
    "check_form",
    "check_pack",
    "find_pack",
    "load_kind",
    "load_kinds",
    "load_pack",
    "read_bytes",
    "read_pack",
    "shipped_pack",
    "shipped_packs",
]
