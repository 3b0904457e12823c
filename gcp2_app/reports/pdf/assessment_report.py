"""What an assessment report is made from: domain values, and the names its reader may see.

Whoever makes one decides what its reader may see; nothing is left out later.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gcp2_app.domain.assessment import Assessment
from gcp2_app.domain.comparison import Comparison
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.instrument import Area, Pack
from gcp2_app.domain.scoring import Profile, Result
from gcp2_app.domain.trend import Trend
from gcp2_app.domain.words import listed


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentReport:
    """Everything an assessment report says.

    Attributes:
        pack: the pack version the assessment was made with.
        assessment: the assessment.
        profile: its results.
        child_label: what the child is called in this report.
        born: date of birth, or expected date before birth; the report prints the age only.
        made_on: the day the report is made.
        names: by the ids of carers and professionals, what the report calls them, such as "Jo Reed, social worker".
        statuses: the child's legal and plan statuses in words, with their dates.
        history: entries that belong on the first pages, oldest first, already chosen for this reader.
        history_since: the first day the history covers, or None where it covers everything.
        history_before: how many entries from before that day are in the record and not printed.
        history_kept_back: how many are not printed because of a mark: third party, harm, withheld.
        visits: the visits made for this assessment, oldest first.
        earlier: the assessment before it, or None.
        comparison: with the one before, or None.
        trend: the child's grades over time, or None.
        classification: printed on every page.
        recipient: who this copy is for; printed across every page.
        practice: no real child; printed across every page.
        marks: evidence says that it is somebody else's or could do harm, so that it goes no further.
        cut: codes of units some of whose evidence is not in this copy.
        unheard: codes of units of which what the carer says is not in this copy.
        left_out: codes of units graded by someone else and not yet by whoever makes this copy: not in it.
        record_digest: digest of the signed-off record as stored, or empty.
        moment: which past is read, in words; empty for today.
    """

    pack: Pack
    assessment: Assessment
    profile: Profile
    child_label: str
    born: date | None
    made_on: date
    names: Mapping[str, str]
    statuses: tuple[str, ...] = ()
    history: tuple[Entry, ...] = ()
    history_since: date | None = None
    history_before: int = 0
    history_kept_back: int = 0
    visits: tuple[Entry, ...] = ()
    earlier: Assessment | None = None
    comparison: Comparison | None = None
    trend: Trend | None = None
    classification: str = "OFFICIAL-SENSITIVE"
    recipient: str = ""
    practice: bool = False
    marks: bool = False
    cut: frozenset[str] = frozenset()
    unheard: frozenset[str] = frozenset()
    left_out: tuple[str, ...] = ()
    record_digest: str = ""
    moment: str = ""

    def name(self, id_: str | None) -> str:
        """Return what the report calls a person."""
        return (self.names.get(id_) if id_ else None) or "a person not named"

    def people(self, ids: tuple[str, ...]) -> str:
        """Return several people in words, or "not recorded"."""
        return listed(self.name(id_) for id_ in ids) if ids else "not recorded"

    def grade(self, value: int) -> str:
        """Return a grade as readers see it: its number and label."""
        return f"{value}, {self.pack.grades_by_value[value].label}"

    @property
    def alert_words(self) -> str:
        """The grades at or past ``alert_from``: "4 or 5"."""
        return self._from(self.pack.thresholds.alert_from)

    @property
    def override_words(self) -> str:
        """The grades that decide by themselves: "4 or 5"."""
        return self._from(self.pack.thresholds.override_from)

    @property
    def areas(self) -> tuple[tuple[Area, Result], ...]:
        """The areas that have a result, in the pack's order."""
        return tuple(
            (area, self.profile.areas[area.code]) for area in self.pack.areas if area.code in self.profile.areas
        )

    @property
    def scored(self) -> tuple[int, int]:
        """How many units are scored, of those that apply."""
        results = self.profile.subareas.values()
        return sum(result.scored for result in results), sum(result.of for result in results)

    def _from(self, value: int) -> str:
        return " or ".join(str(grade.value) for grade in self.pack.grades if grade.value >= value)
