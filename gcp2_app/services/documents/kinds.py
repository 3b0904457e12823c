"""Every kind of document by the name the command line has for it. A new kind is one line here.

Source: casefile.md, Commands; experience.md, Reports.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from gcp2_app.domain.entries import Entry
from gcp2_app.domain.readers import FAMILY, PROFESSIONALS, Audience
from gcp2_app.domain.users import Duty
from gcp2_app.errors import InvalidValue
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
from gcp2_app.services.documents.sorts import Form, Group


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
        gives_evidence: the evidence of assessments stands in it piece by piece.
        takes_period: a first day can be chosen; what happened before is only counted.
        takes_moment: it can be read as of an earlier day.
        purpose: what it is for, one line; may be empty.
        group: where people look for it; without one it stands with those for its readers.
        meetings: types of meeting it is the report for, such as ``rcpc``.
        duty: what its maker has to be allowed besides reading the case.
        is_table: its pages hold one long table, which can be taken out as one.
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
    gives_evidence: bool = False
    takes_period: bool = False
    takes_moment: bool = True
    purpose: str = ""
    group: Group = Group.OTHER
    meetings: tuple[str, ...] = ()
    duty: Duty = Duty.READ_CASES
    is_table: bool = False

    @property
    def place(self) -> Group:
        """The group it stands in."""
        if self.group is not Group.OTHER:
            return self.group
        if self.about is About.STORE:
            return Group.TEAM
        return Group.FAMILY if set(self.audiences) <= set(FAMILY) else Group.OTHER

    def require_form(self, form: Form) -> None:
        """Refuse a form this kind does not leave in.

        Raises:
            InvalidValue: it is no table.
        """
        if form.is_table and not self.is_table:
            tables = ", ".join(kind.title for kind in KINDS.values() if kind.is_table)
            raise InvalidValue(
                f"{self.title}: this is not a table.", f"Save it as a PDF or as plain text. These are tables: {tables}."
            )

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
        gives_evidence=True,
        nothing="This child has no assessment yet.",
        purpose="One assessment with its grades, evidence and what changed since the one before.",
        group=Group.UNDERSTANDING,
    ),
    Kind(
        name="cumulative",
        title=cumulative.TITLE,
        audiences=(*PROFESSIONALS, *FAMILY),
        gather=cumulative.gather,
        takes_period=True,
        purpose="Care over time: every assessment, what lasted, what keeps coming back.",
        group=Group.UNDERSTANDING,
    ),
    Kind(
        name="cin_review",
        title=cin_review.TITLE,
        audiences=_first(Audience.CORE_GROUP, *FAMILY),
        gather=cin_review.gather,
        takes_period=True,
        purpose="What a review of a child in need decides from: needs now and before, the plan as seen, views.",
        group=Group.MEETING,
        meetings=("cin_planning", "cin_review"),
    ),
    Kind(
        name="conference",
        title=conference.TITLE,
        audiences=_first(Audience.CONFERENCE_CHAIR, *FAMILY),
        gather=conference.gather,
        takes_period=True,
        purpose="The social worker’s report to an initial or review child protection conference.",
        group=Group.MEETING,
        meetings=("icpc", "rcpc"),
    ),
    Kind(
        name="agency_conference",
        title=agency_conference.TITLE,
        audiences=_first(Audience.CONFERENCE_CHAIR, *FAMILY),
        gather=agency_conference.gather,
        takes_period=True,
        purpose="What one agency did and saw itself, facts apart from opinion, for the conference.",
        group=Group.MEETING,
        meetings=("icpc", "rcpc"),
    ),
    Kind(
        name="core_group",
        title=core_group.TITLE,
        audiences=_first(Audience.CORE_GROUP, *FAMILY),
        gather=core_group.gather,
        takes_period=True,
        purpose="What is new since the last core group, and the plan as seen.",
        group=Group.MEETING,
        meetings=("core_group",),
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
        purpose="What was sent to ask for help, as it was sent, with what came of it.",
        group=Group.ASKING,
    ),
    Kind(
        name="challenge",
        title=challenge.TITLE,
        about=About.ENTRY,
        audiences=_professionals_alone(Audience.OTHER_PROFESSIONAL),
        gather=challenge.gather,
        entry_kind="challenge",
        nothing="No challenge about this child is recorded.",
        purpose="The letter of a challenge: both positions, what is asked for and by when.",
        group=Group.ASKING,
    ),
    Kind(
        name="stay_review",
        title=stay_review.TITLE,
        about=About.ENTRY,
        audiences=_first(Audience.OTHER_PROFESSIONAL, *FAMILY),
        gather=stay_review.gather,
        entry_kind="admission",
        nothing="No hospital stay of this child is recorded.",
        purpose="Why a hospital stay goes on, day by day, and what was reviewed.",
        group=Group.HEALTH,
        meetings=("stay_review", "discharge"),
    ),
    Kind(
        name="three_way",
        title=three_way.TITLE,
        audiences=_first(Audience.GP, *FAMILY),
        gather=three_way.gather,
        purpose="Asks GP, school and school nurse what each knows of health and attendance.",
        group=Group.HEALTH,
        meetings=("three_way",),
    ),
    Kind(
        name="supervision",
        title=supervision.TITLE,
        audiences=(Audience.OWN_AGENCY,),
        gather=supervision.gather,
        purpose="Everything for twenty minutes of supervision, on paper.",
        group=Group.TEAM,
        takes_period=True,
        takes_moment=False,
        duty=Duty.SUPERVISE,
    ),
    Kind(
        name="chronology",
        title="Chronology",
        gather=chronology.professional,
        takes_period=True,
        purpose="What happened, in order of time, with sources and marks.",
        group=Group.UNDERSTANDING,
        # The rules ask for one before it, too (LP2.chronology_missing).
        meetings=("legal_planning",),
        is_table=True,
    ),
    Kind(
        name="deep_dive",
        title=deep_dive.TITLE,
        about=About.ENTRY,
        gather=deep_dive.gather,
        entry_kind="deep_dive",
        nothing="No worksheet of a deep dive about this child is recorded.",
        purpose="The worksheet of a family with long neglect that moved here.",
        group=Group.UNDERSTANDING,
        meetings=("deep_dive",),
    ),
    Kind(
        name="chronology_family",
        title="Chronology for the family",
        audiences=FAMILY,
        gather=chronology.family,
        takes_period=True,
        purpose="What happened, in a form a family can read.",
        group=Group.FAMILY,
        is_table=True,
    ),
    Kind(
        name="chronology_court",
        title="Chronology for court",
        audiences=(Audience.COURT,),
        gather=chronology.court,
        takes_period=True,
        purpose="What happened, with source and evidence, for the parties to read.",
        group=Group.UNDERSTANDING,
        is_table=True,
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
        purpose="The medicine as prescribed, in easy words with pictures.",
        group=Group.HEALTH,
        takes_moment=False,
    ),
    Kind(
        name="family_summary",
        title="Your child’s care over time, easy read",
        audiences=FAMILY,
        gather=family_summary.gather,
        purpose="What was seen over time, in easy words with pictures.",
        group=Group.FAMILY,
    ),
    Kind(
        name="subject_access",
        title=subject_access.TITLE,
        # What is handed over comes first; the whole is made for the agency alone, when it is asked for.
        audiences=(Audience.CHILD, Audience.PARENT, Audience.OWN_AGENCY),
        gather=subject_access.gather,
        gives_analysis=True,
        gives_evidence=True,
        purpose="Everything held about somebody who asked for it, with what is left out and why.",
        group=Group.ASKING,
    ),
    Kind(
        name="team_learning",
        title=team_learning.TITLE,
        about=About.STORE,
        audiences=(Audience.PARTNERSHIP,),
        gather_store=team_learning.gather,
        takes_period=True,
        purpose="How a team stands with the learning review; nobody can be recognised.",
        group=Group.TEAM,
    ),
)
#: By name.
KINDS: Final[Mapping[str, Kind]] = {kind.name: kind for kind in _EVERY}


def for_meeting(type_: str) -> tuple[Kind, ...]:
    """Return the kinds of document that are the report for a type of meeting, such as ``rcpc``."""
    return tuple(kind for kind in KINDS.values() if type_ in kind.meetings)
