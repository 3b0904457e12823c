"""Every kind of document by the name the command line has for it. A new kind is one line here.

Source: casefile.md, Commands; experience.md, Reports.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from gcp2_app.domain.entries import Entry
from gcp2_app.domain.readers import FAMILY, PROFESSIONALS, Audience
from gcp2_app.services.documents import (
    agency_conference,
    assessment,
    challenge,
    chronology,
    cin_review,
    conference,
    core_group,
    cumulative,
    deep_dive,
    family_summary,
    medicine_card,
    referral,
    stay_review,
    subject_access,
    supervision,
    team_learning,
    three_way,
)
from gcp2_app.services.documents.reading import Desk, Pages, Reading


class About(StrEnum):
    """What a kind of document is about."""

    CHILD = "child"
    ASSESSMENT = "assessment"
    ENTRY = "entry"
    STORE = "store"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of document.

    Attributes:
        name: the command line's.
        title: what people call it.
        about: what has to be chosen before it can be made.
        audiences: who it can be made for; the first where nobody is chosen.
        gather: reads a child's record within the transaction and returns what writes the pages.
        gather_store: the same for a document about the whole store.
        entry_kind: of the entry it is about; ``entry_type`` that entry's ``type`` where only one will do.
        fits: which of the entries it is about where none is chosen: the latest of these; without any, or where this is
            None, the latest of all.
        nothing: what is said where there is no such matter, one sentence.
        gives_analysis: what professionals make of the facts stands in it whoever reads it.
        takes_period: a first day can be chosen; what happened before is only counted.
    """

    name: str
    title: str
    about: About = About.CHILD
    audiences: tuple[Audience, ...] = PROFESSIONALS
    gather: Callable[[Reading], Pages] | None = None
    gather_store: Callable[[Desk], Pages] | None = None
    entry_kind: str = ""
    entry_type: str = ""
    fits: Callable[[Reading, Entry], bool] | None = None
    nothing: str = ""
    gives_analysis: bool = False
    takes_period: bool = False

    def is_about(self, entry: Entry) -> bool:
        """Whether an entry is one this kind can be about."""
        return entry.kind == self.entry_kind and self.entry_type in ("", entry.data.get("type"))


def _first(audience: Audience, *others: Audience) -> tuple[Audience, ...]:
    """Return every professional reader, one of them before the rest, and others after them."""
    return (audience, *(each for each in PROFESSIONALS if each is not audience), *others)


def _professionals_alone(audience: Audience) -> tuple[Audience, ...]:
    """Return the readers in whose room no parent sits, one of them before the rest."""
    return tuple(each for each in _first(audience) if each not in (Audience.CORE_GROUP, Audience.COURT))


_EVERY: Final = (
    Kind(
        name="assessment",
        title="Assessment",
        about=About.ASSESSMENT,
        audiences=(*PROFESSIONALS, *FAMILY),
        gather=assessment.gather,
        nothing="This child has no assessment yet.",
    ),
    Kind(
        name="cumulative",
        title=cumulative.TITLE,
        audiences=(*PROFESSIONALS, *FAMILY),
        gather=cumulative.gather,
        takes_period=True,
    ),
    Kind(
        name="cin_review",
        title=cin_review.TITLE,
        audiences=_first(Audience.CORE_GROUP, *FAMILY),
        gather=cin_review.gather,
        takes_period=True,
    ),
    Kind(
        name="conference",
        title=conference.TITLE,
        audiences=_first(Audience.CONFERENCE_CHAIR, *FAMILY),
        gather=conference.gather,
        takes_period=True,
    ),
    Kind(
        name="agency_conference",
        title=agency_conference.TITLE,
        audiences=_first(Audience.CONFERENCE_CHAIR, *FAMILY),
        gather=agency_conference.gather,
        takes_period=True,
    ),
    Kind(
        name="core_group",
        title=core_group.TITLE,
        audiences=_first(Audience.CORE_GROUP, *FAMILY),
        gather=core_group.gather,
        takes_period=True,
    ),
    Kind(
        name="referral",
        title=referral.TITLE,
        about=About.ENTRY,
        # What was sent was written as one text about everybody: it is not cut line by line, so no family reads it here.
        audiences=_professionals_alone(Audience.OTHER_PROFESSIONAL),
        gather=referral.gather,
        entry_kind="referral",
        nothing="No request for help about this child is recorded.",
    ),
    Kind(
        name="challenge",
        title=challenge.TITLE,
        about=About.ENTRY,
        audiences=_professionals_alone(Audience.OTHER_PROFESSIONAL),
        gather=challenge.gather,
        entry_kind="challenge",
        nothing="No challenge about this child is recorded.",
    ),
    Kind(
        name="stay_review",
        title=stay_review.TITLE,
        about=About.ENTRY,
        audiences=_first(Audience.OTHER_PROFESSIONAL, *FAMILY),
        gather=stay_review.gather,
        entry_kind="admission",
        nothing="No hospital stay of this child is recorded.",
    ),
    Kind(
        name="three_way",
        title=three_way.TITLE,
        audiences=_first(Audience.GP, *FAMILY),
        gather=three_way.gather,
    ),
    Kind(
        name="deep_dive",
        title=deep_dive.TITLE,
        about=About.ENTRY,
        gather=deep_dive.gather,
        entry_kind="deep_dive",
        nothing="No worksheet of a deep dive about this child is recorded.",
    ),
    Kind(
        name="supervision",
        title=supervision.TITLE,
        audiences=(Audience.OWN_AGENCY,),
        gather=supervision.gather,
        takes_period=True,
    ),
    Kind(name="chronology", title="Chronology", gather=chronology.professional, takes_period=True),
    Kind(
        name="chronology_family",
        title="Chronology for the family",
        audiences=FAMILY,
        gather=chronology.family,
        takes_period=True,
    ),
    Kind(
        name="chronology_court",
        title="Chronology for court",
        audiences=(Audience.COURT,),
        gather=chronology.court,
        takes_period=True,
    ),
    Kind(
        name="medicine_card",
        title="Medicine card, easy read",
        about=About.ENTRY,
        audiences=(Audience.OWN_AGENCY, *FAMILY, Audience.GP, Audience.OTHER_PROFESSIONAL),
        gather=medicine_card.gather,
        entry_kind="medicine",
        fits=medicine_card.holds,
        nothing="No medicine of this child is recorded.",
    ),
    Kind(
        name="family_summary",
        title="Your child’s care over time, easy read",
        audiences=FAMILY,
        gather=family_summary.gather,
    ),
    Kind(
        name="subject_access",
        title=subject_access.TITLE,
        # What is handed over comes first; the whole is made for the agency alone, when it is asked for.
        audiences=(Audience.CHILD, Audience.PARENT, Audience.OWN_AGENCY),
        gather=subject_access.gather,
        gives_analysis=True,
    ),
    Kind(
        name="team_learning",
        title=team_learning.TITLE,
        about=About.STORE,
        audiences=(Audience.PARTNERSHIP,),
        gather_store=team_learning.gather,
        takes_period=True,
    ),
)
#: By name.
KINDS: Final[Mapping[str, Kind]] = {kind.name: kind for kind in _EVERY}
