"""What the parts of the Health tab ask of the page: to open an entry, to correct one, to add one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Asks:
    """What a part can ask for.

    Attributes:
        open: shows an entry in the timeline, by its id.
        edit: opens the form of an entry, by its id; None for a user who may not.
        add: opens the form of a new entry of a kind, with values it begins with and what ids in them stand for; None
            for a user who may not.
    """

    open: Callable[[str], object]
    edit: Callable[[str], object] | None
    add: Callable[[str, dict[str, Any], Mapping[str, str]], object] | None
