"""Whether what an entry says comes from somebody else, so that copies for the family leave it out unless ticked."""

from typing import Final

from gcp2_app.domain.entries import Source
from gcp2_app.domain.register import Agency, Professional

#: People who are no agency, and who told something in confidence.
_CONFIDING: Final = frozenset({Agency.RELATIVE, Agency.NEIGHBOUR, Agency.ANONYMOUS})


def is_third_party_by_default(source: Source | None, recorder: Professional) -> bool:
    """Whether the third-party mark stands on an entry until somebody takes it off.

    On for neighbours, relatives, anonymous sources and every professional but the one who records.

    Args:
        source: who the entry comes from.
        recorder: who writes it down.

    Source: casework.md, One stream of entries.
    """
    if source is None or source.agency is None:
        return False
    if source.agency in _CONFIDING or source.agency is not recorder.agency:
        return True
    name = source.name.strip().casefold()
    return bool(name) and name != recorder.name.strip().casefold()
