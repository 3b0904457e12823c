"""Synthetic people and records with something in every field, for tests of the store."""

from datetime import UTC, date, datetime
from types import MappingProxyType

from gcp2_app.domain.answers import Evidence, EvidenceSource, PersonGrade, UnitAnswer, UnitState, WithSupport
from gcp2_app.domain.assessment import (
    Assessment,
    AssessmentState,
    CarerConsent,
    Consent,
    Explained,
    Judgement,
    SafetyStep,
    SharingHeldBack,
    Step,
    Target,
    TargetOutcome,
    Window,
)
from gcp2_app.domain.entries import AgencyRecord, Attachment, EnteredInError, Entry, Source, Theme
from gcp2_app.domain.learning import ReadReceipt
from gcp2_app.domain.register import (
    Address,
    Agency,
    Allocation,
    Carer,
    Category,
    Child,
    Household,
    KnownAnswer,
    LearningNeed,
    Member,
    NeedState,
    Person,
    Professional,
    Status,
    StatusKind,
)
from gcp2_app.domain.users import Role, User
from gcp2_app.domain.when import When

INSTANT = datetime(2026, 10, 1, 14, 5, 6, 789, tzinfo=UTC)

CHILD = Child(
    id="c1",
    given_names="Zoë Anne",
    family_name="O’Hara-Lindqvist",
    aliases=("Zozo",),
    date_of_birth=date(2019, 3, 4),
    sex="F",
    ethnicity="not asked yet",
    language="Welsh",
    interpreter=False,
    communication_needs="signs",
    disability="hearing",
    nhs_number="943 476 5919",
    upn="A123456789012",
    authority_id="LA-77",
    long_term_condition_since=date(2020, 1, 2),
    school="Hill Top",
    gp="The Green",
    health_worker="school nurse",
    school_withheld_from=("p2",),
    carers=(
        Carer(person="p1", relationship="mother", parental_responsibility=KnownAnswer.YES, main=True),
        Carer(person="p2", relationship="stepfather"),
    ),
    statuses=(
        Status(status=StatusKind.CHILD_IN_NEED, from_=date(2025, 1, 1), to=date(2025, 12, 31)),
        Status(status=StatusKind.CHILD_PROTECTION, category=Category.NEGLECT, from_=date(2026, 1, 1)),
    ),
    allocated=(
        Allocation(professional="w2", role="health_visitor", from_=date(2026, 5, 1)),
        Allocation(professional="w1", role="social_worker", from_=date(2026, 1, 10), confirmed_on=date(2026, 10, 20)),
    ),
    restricted=True,
    note="synthetic",
)
UNBORN = Child(id="c2", family_name="Lindqvist", expected_date=date(2027, 1, 15))
PERSON = Person(
    id="p1",
    name="Maren Lindqvist",
    date_of_birth=date(1992, 7, 8),
    phone="01632 960 123",
    learning_need=LearningNeed(state=NeedState.DIAGNOSED, source="letter", on=date(2021, 5, 1)),
    formats_needed=("easy_read",),
    withheld_from=("p2",),
)
PROFESSIONAL = Professional(
    id="w1", name="Ines Quillfeather", role="social worker", agency=Agency.CHILDRENS_SOCIAL_CARE, phone="1", email="i@q"
)
HOUSEHOLD = Household(
    id="h1",
    members=(Member(who="c1", from_=date(2019, 3, 4)), Member(who="p1")),
    addresses=(Address(lines=("7 Tarn Lane",), postcode="DY1 1AA", authority="Dudley", from_=date(2024, 1, 1)),),
    note="flat above the bakery",
)
ASSESSMENT = Assessment(
    id="a1",
    child="c1",
    carers=("p1", "p2"),
    pack_sha256="ab" * 32,
    window=Window(from_=date(2026, 1, 5), to=date(2026, 1, 26)),
    state=AssessmentState.SIGNED_OFF,
    signed_off_on=date(2026, 1, 28),
    signed_off_by="w9",
    assessors=("w1", "w2"),
    explained=Explained(
        what="what it is for", carers=(CarerConsent(person="p1", answer=Consent.AGREED, on=date(2026, 1, 5)),)
    ),
    units=MappingProxyType(
        {
            "A1.a": UnitAnswer(
                state=UnitState.SCORED,
                grade=3,
                note="n",
                grades=(PersonGrade(by="w1", on=date(2026, 1, 6), grade=3),),
                carer_grade=2,
                with_support=WithSupport.NONE,
                evidence=(Evidence(text="porridge", source=EvidenceSource.SEEN_AT_HOME, by="w1", on=date(2026, 1, 6)),),
            ),
            "A5.d": UnitAnswer(state=UnitState.NOT_APPLICABLE, reason="no long-term illness"),
        }
    ),
    judgements=MappingProxyType({"A1": Judgement(grade=3, reason="both")}),
    child_voice="likes the dog",
    analysis="steady",
    targets=(
        Target(
            unit="A1.a",
            current=3,
            target=2,
            due=date(2026, 4, 28),
            safety_step=SafetyStep(step="gate", owner="w1", by=date(2026, 1, 30)),
            actual=2,
            outcome=TargetOutcome.MET,
        ),
    ),
    review_due=date(2026, 4, 28),
    held_back=(SharingHeldBack(reason="r", agreed_by="w9", look_again_on=date(2026, 2, 1)),),
    opened_earlier=(date(2026, 1, 7),),
    steps=(Step(state=AssessmentState.DRAFT, at=INSTANT, by="w1"),),
)
ENTRY = Entry(
    id="e1",
    kind="visit",
    children=("c1", "c2"),
    relevance=MappingProxyType({"c1": "was asleep"}),
    when=When({"from": "2026-02-01", "to": "2026-02-02"}),
    known=When("2026-02-03T09:00:00+00:00"),
    recorded_at=INSTANT,
    recorded_by="w1",
    source=Source(name="Dr Fenn", role="GP", agency=Agency.GP),
    what="visited",
    themes=(Theme.MEDICAL, Theme.STRENGTH),
    third_party=True,
    not_known=MappingProxyType({"impact": "nobody asked"}),
    agency_record=AgencyRecord(reference="R-1", on=date(2026, 2, 4)),
    attachments=(Attachment(name="letter.pdf", sha256="cd" * 32, size=12, media_type="application/pdf"),),
    data=MappingProxyType(
        {"mode": "home", "announced": False, "present": ["p1"], "expected": [{"date": "2026-02-01"}]}
    ),
    entered_in_error=EnteredInError(by="w1", at=INSTANT, reason="wrong child"),
)
RECEIPT = ReadReceipt(id="r1", person="w1", row="LP4", on=date(2026, 11, 3), edition="1", digest="a" * 64)
USER = User(
    id="u1",
    sign_in_name="Ines",
    roles=frozenset({Role.PRACTITIONER, Role.AUDITOR}),
    professional="w1",
    created_at=INSTANT,
)
