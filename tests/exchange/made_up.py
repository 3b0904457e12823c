"""Hypothesis strategies for whole case files, entries of every kind included."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from hypothesis import strategies as st

from gcp2_app.domain.chronologies import (
    Chronology,
    ChronologyStyle,
    Frozen,
    LeftOut,
    Pick,
    Why,
    freeze,
    frozen_row,
)
from gcp2_app.domain.entries import AgencyRecord, EnteredInError, Entry, Provenance, Source, Theme
from gcp2_app.domain.kinds import Item, ItemType
from gcp2_app.domain.learning import ROW_CODES, ReadReceipt
from gcp2_app.domain.register import (
    Address,
    Agency,
    Allocation,
    Carer,
    Category,
    Child,
    Household,
    LearningNeed,
    Member,
    NeedState,
    Person,
    Professional,
    Status,
    StatusKind,
)
from gcp2_app.domain.when import When
from gcp2_app.exchange.casefile import CaseFile
from tests.exchange.cases import KINDS, TODAY

FIRST = date(1990, 1, 1)

texts = st.text(max_size=12)
words = st.text(min_size=1, max_size=12)
days = st.dates(FIRST, TODAY)
instants = st.datetimes(datetime(1990, 1, 1), datetime(2026, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds are naive
ranges = st.tuples(days, days).map(sorted)
whens = st.one_of(
    days.map(When.on),
    instants.map(lambda instant: When(instant.isoformat())),
    ranges.map(lambda pair: When({"from": pair[0].isoformat(), "to": pair[1].isoformat()})),
    days.map(lambda day: When({"month": f"{day:%Y-%m}"})),
    days.map(lambda day: When({"about": f"{day:%Y-%m}"})),
    days.map(lambda day: When({"about": f"{day:%Y}"})),
    words.map(lambda why: When({"unknown": why})),
)
maybe_day = st.none() | days
CHILDREN, PEOPLE, WORKERS = ("c1", "c2"), ("p1", "p2"), ("w1", "w2")
IDS = {
    "child": CHILDREN,
    "person": PEOPLE,
    "professional": WORKERS,
    "unit": ("A1.a",),
    "entry": ("e0",),
    "assessment": (),
}


def tuples_of(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(strategy, max_size=2).map(tuple)


def optional(choices: Iterable[Any]) -> st.SearchStrategy[Any]:
    return st.none() | st.sampled_from(list(choices))


def professional(id_: str) -> st.SearchStrategy[Professional]:
    return st.builds(
        Professional, id=st.just(id_), name=texts, role=texts, agency=optional(Agency), phone=texts, email=texts
    )


def person(id_: str) -> st.SearchStrategy[Person]:
    need = st.builds(LearningNeed, state=st.sampled_from(NeedState), source=texts, on=maybe_day)
    return st.builds(
        Person,
        id=st.just(id_),
        name=texts,
        date_of_birth=maybe_day,
        interpreter=st.none() | st.booleans(),
        learning_need=st.none() | need,
        formats_needed=tuples_of(words),
        note=texts,
    )


def child(id_: str) -> st.SearchStrategy[Child]:
    carer = st.builds(Carer, person=st.sampled_from(PEOPLE), relationship=texts, main=st.booleans())
    status = st.builds(
        Status, status=st.sampled_from(StatusKind), category=optional(Category), from_=days, to=maybe_day
    )
    allocation = st.builds(Allocation, professional=st.sampled_from(WORKERS), role=texts, from_=days, to=maybe_day)
    return st.builds(
        Child,
        id=st.just(id_),
        given_names=texts,
        family_name=texts,
        aliases=tuples_of(words),
        date_of_birth=maybe_day,
        expected_date=maybe_day,
        nhs_number=st.none() | words,
        carers=tuples_of(carer),
        statuses=tuples_of(status),
        allocated=tuples_of(allocation),
        restricted=st.booleans(),
        note=texts,
    )


def household(id_: str) -> st.SearchStrategy[Household]:
    member = st.builds(Member, who=st.sampled_from(CHILDREN + PEOPLE), from_=maybe_day, to=maybe_day)
    address = st.builds(Address, lines=tuples_of(words), postcode=texts, authority=texts, from_=maybe_day, to=maybe_day)
    return st.builds(Household, id=st.just(id_), members=tuples_of(member), addresses=tuples_of(address))


def value_of(item: Item) -> st.SearchStrategy[Any]:
    """Return values that fit an item."""
    single = _single(item)
    return st.lists(single, max_size=3) if item.repeats else single


def _single(item: Item) -> st.SearchStrategy[Any]:
    match item.type:
        case ItemType.INTEGER:
            return st.integers(item.least or 0, item.most or 99)
        case ItemType.CHOICE | ItemType.OPEN_CHOICE:
            return st.sampled_from([option.code for option in item.options])
        case ItemType.REFERENCE:
            return ids_of(item)
        case ItemType.GROUP:
            return data_of(item.items)
        case ItemType.MAP:
            values = st.integers(0, 9) if item.values is ItemType.INTEGER else words
            return st.dictionaries(words if item.of is None else ids_of(item), values, max_size=2)
        case _:
            return PLAIN[item.type]


PLAIN: Mapping[ItemType, st.SearchStrategy[Any]] = {
    ItemType.BOOLEAN: st.booleans(),
    ItemType.DATE: days.map(str),
    ItemType.DATE_TIME: days.map(str) | instants.map(datetime.isoformat),
    ItemType.STRING: words | st.integers(-99, 99),
    ItemType.TEXT: words,
}


def ids_of(item: Item) -> st.SearchStrategy[Any]:
    assert item.of is not None
    return st.sampled_from(IDS[item.of])


def data_of(items: tuple[Item, ...]) -> st.SearchStrategy[dict[str, Any]]:
    """Return data that fits a list of items."""
    return st.fixed_dictionaries(
        {item.name: value_of(item) for item in items if item.required},
        optional={item.name: value_of(item) for item in items if not item.required},
    )


def entry(id_: str, codes: list[str] | None = None) -> st.SearchStrategy[Entry]:
    """Return entries of any kind, or of some kinds."""

    def of_kind(code: str) -> st.SearchStrategy[Entry]:
        provenance = st.builds(
            Provenance,
            batch=words,
            row=st.integers(1, 9),
            sha256=words,
            whose=st.sampled_from(Agency),
            owner=texts,
            at=instants,
            by=optional(WORKERS),
            date_as_written=texts,
        )
        source = st.builds(Source, name=texts, role=texts, agency=optional(Agency))
        return st.builds(
            Entry,
            id=st.just(id_),
            kind=st.just(code),
            children=st.just(CHILDREN[:1]),
            when=st.none() | whens,
            known=st.none() | whens,
            recorded_at=st.none() | instants,
            source=st.none() | source,
            what=texts,
            significance=texts,
            themes=tuples_of(st.sampled_from(Theme)),
            third_party=st.none() | st.booleans(),
            relevance=st.dictionaries(st.sampled_from(CHILDREN), words, max_size=2),
            agency_record=st.none() | st.builds(AgencyRecord, reference=words, on=maybe_day),
            provenance=st.none() | provenance,
            entered_in_error=st.none()
            | st.builds(EnteredInError, by=st.sampled_from(WORKERS), at=instants, reason=words),
            data=data_of(KINDS[code].items),
            revision=st.integers(1, 9),
        )

    return st.sampled_from(codes or list(KINDS)).flatmap(of_kind)


def receipt(id_: str) -> st.SearchStrategy[ReadReceipt]:
    return st.builds(
        ReadReceipt,
        id=st.just(id_),
        person=st.sampled_from(WORKERS),
        row=st.sampled_from(ROW_CODES),
        on=days,
        edition=texts,
        digest=texts,
    )


def each(make: Any, ids: tuple[str, ...]) -> st.SearchStrategy[Any]:
    return st.tuples(*(make(id_) for id_ in ids))


def chronology(id_: str) -> st.SearchStrategy[Chronology]:
    pick = st.builds(Pick, entry=st.just("e0"), analysis=texts, shown=tuples_of(st.sampled_from(Why)))
    return st.builds(
        Chronology,
        id=st.just(id_),
        child=st.sampled_from(CHILDREN),
        style=st.sampled_from(ChronologyStyle),
        picks=tuples_of(pick),
        analysis=texts,
    )


def frozen(id_: str) -> st.SearchStrategy[Chronology]:
    def freeze_one(draft: Chronology, cells: list[str], at: datetime) -> Chronology:
        text = Frozen(
            at=at,
            by="w1",
            entry="e1",
            columns=("when", "what"),
            heads=("When", "What"),
            rows=(frozen_row("e0", 1, cells),),
            left_out=(LeftOut(why=Why.HARM, times=1),),
            sha256="",
        )
        return freeze(draft, text, version=1)

    return st.builds(freeze_one, chronology(id_), st.lists(texts, min_size=2, max_size=2), instants)


case_files = st.builds(
    CaseFile,
    practice=st.booleans(),
    professionals=each(professional, WORKERS),
    people=each(person, PEOPLE),
    children=each(child, CHILDREN),
    households=each(household, ("h1",)),
    entries=st.tuples(entry("e0", ["note"]), entry("e1"), entry("e2")),
    read_receipts=each(receipt, ("r1", "r2")),
    chronologies=st.tuples(chronology("k1"), frozen("k2")),
)
