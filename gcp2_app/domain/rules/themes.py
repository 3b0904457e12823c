"""Every rule there is. Loading this module loads them all, and whoever asks for all of them asks here."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from gcp2_app.domain.rules import (
    advocates,
    agreements,
    assessing,
    challenges,
    chronology,
    concern,
    contact,
    cumulative,
    decisions,
    health,
    learning,
    learning_needs,
    medicines,
    meetings,
    moves,
    patterns,
    requests,
    schooling,
    stays,
    visiting,
    workers,
)
from gcp2_app.domain.rules.registry import REGISTERED, Rule

#: The modules that hold rules. Naming them here is what registers them.
THEMES: Final = (
    cumulative,
    patterns,
    chronology,
    concern,
    stays,
    medicines,
    advocates,
    contact,
    workers,
    requests,
    challenges,
    learning,
    agreements,
    visiting,
    health,
    schooling,
    assessing,
    moves,
    learning_needs,
    decisions,
    meetings,
)

#: Every rule by name, in the order of the names, whichever module was loaded first.
RULES: Final[Mapping[str, Rule]] = MappingProxyType(dict(sorted(REGISTERED.items())))
