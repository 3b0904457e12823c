"""Who there is: children, adults, households, professionals.

The shapes are those of the case-file format. Statuses, allocations, addresses and memberships are dated and kept.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gcp2_app.domain.alerts import Asked, SetAside


class Agency(StrEnum):
    """Agencies that work with families, and the people who are none."""

    CHILDRENS_SOCIAL_CARE = "childrens_social_care"
    MASH = "mash"
    GP = "gp"
    HEALTH_VISITING = "health_visiting"
    SCHOOL_NURSING = "school_nursing"
    HOSPITAL = "hospital"
    SCHOOL = "school"
    EARLY_YEARS = "early_years"
    POLICE = "police"
    HOUSING = "housing"
    ADULT_SERVICES = "adult_services"
    MENTAL_HEALTH = "mental_health"
    VOLUNTARY = "voluntary"
    RELATIVE = "relative"
    NEIGHBOUR = "neighbour"
    ANONYMOUS = "anonymous"
    OTHER = "other"


class StatusKind(StrEnum):
    """Legal or plan status of a child."""

    UNIVERSAL = "universal"
    EARLY_HELP = "early_help"
    CHILD_IN_NEED = "child_in_need"
    SECTION_47 = "section_47"
    CHILD_PROTECTION = "child_protection"
    PRE_PROCEEDINGS = "pre_proceedings"
    LOOKED_AFTER = "looked_after"


class Category(StrEnum):
    """Category of a child protection plan or of need."""

    NEGLECT = "neglect"
    PHYSICAL = "physical"
    SEXUAL = "sexual"
    EMOTIONAL = "emotional"


class NeedState(StrEnum):
    """What is known of an adult's learning need."""

    NONE_KNOWN = "none_known"
    SUSPECTED = "suspected"
    SAYS_SO = "says_so"
    DIAGNOSED = "diagnosed"


class KnownAnswer(StrEnum):
    """Yes, no, or not known."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True, kw_only=True)
class Professional:
    """A worker of any agency.

    Attributes:
        team: what the team is called; a supervisor works with the children of their own, or with every child where it
            is empty.
    """

    id: str
    name: str = ""
    role: str = ""
    agency: Agency | None = None
    phone: str = ""
    email: str = ""
    team: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LearningNeed:
    """An adult's learning need, with its source and date (an accuracy duty)."""

    state: NeedState
    source: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """An adult in a child's life.

    Attributes:
        formats_needed: formats they need to understand, such as ``easy_read``.
        withheld_from: ids of people from whom this person's details are withheld.
    """

    id: str
    name: str = ""
    date_of_birth: date | None = None
    phone: str = ""
    language: str = ""
    interpreter: bool | None = None
    learning_need: LearningNeed | None = None
    formats_needed: tuple[str, ...] = ()
    withheld_from: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One person's or child's time in a household; ``to`` is the last day, inclusive."""

    who: str
    from_: date | None = None
    to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where a household lived, and in which authority."""

    lines: tuple[str, ...] = ()
    postcode: str = ""
    authority: str = ""
    from_: date | None = None
    to: date | None = None
    withheld_from: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Household:
    """People who live together, with dated memberships and addresses."""

    id: str
    members: tuple[Member, ...] = ()
    addresses: tuple[Address, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Carer:
    """An adult who cares for a child."""

    person: str
    relationship: str = ""
    parental_responsibility: KnownAnswer | None = None
    main: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """A period of legal or plan status; ``to`` is the last day, inclusive."""

    status: StatusKind
    from_: date | None = None
    category: Category | None = None
    to: date | None = None

    @property
    def since(self) -> date:
        """The first day; one that is not known counts as long ago."""
        return self.from_ or date.min

    def open_on(self, day: date) -> bool:
        """Whether the period covers a day."""
        return self.since <= day and (self.to is None or day <= self.to)


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocation:
    """A professional's allocation to a child, with when it was last confirmed."""

    professional: str
    from_: date | None = None
    role: str = ""
    to: date | None = None
    confirmed_on: date | None = None

    @property
    def since(self) -> date:
        """The first day; one that is not known counts as long ago."""
        return self.from_ or date.min


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """A child, born or not yet born.

    Attributes:
        date_of_birth: None before birth.
        expected_date: expected date of delivery of an unborn child.
        nhs_number: ten digits with a right check digit, without spaces.
        long_term_condition_since: when a disability or long-term illness became known.
        restricted: opening the record asks why.
        set_asides: alerts about this child that were laid aside, oldest first.
        alerts_asked: who was asked because an alert rests on finding nothing, oldest first.
    """

    id: str
    given_names: str = ""
    family_name: str = ""
    aliases: tuple[str, ...] = ()
    date_of_birth: date | None = None
    expected_date: date | None = None
    sex: str = ""
    ethnicity: str = ""
    language: str = ""
    interpreter: bool | None = None
    communication_needs: str = ""
    disability: str = ""
    nhs_number: str | None = None
    upn: str | None = None
    authority_id: str | None = None
    long_term_condition_since: date | None = None
    school: str = ""
    gp: str = ""
    health_worker: str = ""
    school_withheld_from: tuple[str, ...] = ()
    gp_withheld_from: tuple[str, ...] = ()
    name_withheld_from: tuple[str, ...] = ()
    carers: tuple[Carer, ...] = ()
    statuses: tuple[Status, ...] = ()
    allocated: tuple[Allocation, ...] = ()
    restricted: bool = False
    set_asides: tuple[SetAside, ...] = ()
    alerts_asked: tuple[Asked, ...] = ()
    note: str = ""

    @property
    def name(self) -> str:
        """Given and family name; "Unborn child of …" is the screen's business."""
        return f"{self.given_names} {self.family_name}".strip()

    @property
    def born(self) -> date | None:
        """Date of birth, or the expected date before birth."""
        return self.date_of_birth or self.expected_date
