"""The charts of a child: the record they draw is read here, as it stood on a day."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from gcp2_app.domain.charting import ChartKind, ChartRecord
from gcp2_app.domain.confiding import names_of_tellers
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.moment import Moment
from gcp2_app.domain.one_picture import KINDS as PICTURE_KINDS
from gcp2_app.domain.one_picture import first_day
from gcp2_app.domain.readers import Audience, Copying, Reader
from gcp2_app.domain.users import Duty
from gcp2_app.domain.withheld import Withheld
from gcp2_app.forms.entry_kinds import load_kinds
from gcp2_app.services import names, trends, withholding
from gcp2_app.services.session import Session
from gcp2_app.storage.relations import entries_without_child
from gcp2_app.storage.search import households_of
from gcp2_app.storage.store import Transaction

if TYPE_CHECKING:
    from gcp2_app.reports.charts.catalogue import Chart

# matplotlib is imported when something is drawn, not when services are.

_NOW = Moment()
#: The kinds of entry a chart draws, where it does not draw all. Reading thousands for nothing would keep people
#: waiting, and the trend is what is looked at first; circumstances are shaded on every chart.
_KINDS = {
    ChartKind.TREND: ("circumstance",),
    ChartKind.CUMULATIVE: ("circumstance",),
    ChartKind.UNITS: ("circumstance",),
    ChartKind.PICTURE: PICTURE_KINDS,
    ChartKind.ACTIONS: ("action", "circumstance"),
    ChartKind.ATTENDANCE: ("attendance", "circumstance"),
}
_TABLES = (".csv", ".xlsx")
#: Sharp enough for print.
PRINT_DPI = 192.0


def chart(session: Session, child_id: str, kind: ChartKind, moment: Moment = _NOW, *, reader: str = "") -> "Chart":
    """Return a chart of a child, everything counted, ready to be drawn.

    Args:
        session: who asks.
        child_id: whose.
        kind: which chart.
        moment: which past it shows.
        reader: id of the person around the child it is made for, or empty; it holds what a copy for them would.

    Raises:
        NotFound: no such child.
        NotAllowed: the user may not read this case.
    """
    from gcp2_app.reports.charts.catalogue import make_chart

    session.require(Duty.READ_CASES)
    with session.store.transaction() as tx:
        session.require_reach(tx.children.get(child_id))
        tx.record("chart viewed", by=session.user.id, kind="child", id=child_id, reason=kind.value)
        return make_chart(kind, _record(session, tx, child_id, kind, moment, reader=reader))


def every(session: Session, child_id: str) -> "tuple[Chart, ...]":
    """Return every chart of a child as of today; the record is read once for most of them.

    Raises:
        NotFound: no such child.
        NotAllowed: the user may not read this case.
    """
    from gcp2_app.reports.charts.catalogue import make_chart

    session.require(Duty.READ_CASES)
    with session.store.transaction() as tx:
        session.require_reach(tx.children.get(child_id))
        tx.record("chart viewed", by=session.user.id, kind="child", id=child_id, reason="every chart")
        picture = _record(session, tx, child_id, ChartKind.PICTURE, _NOW, reader="")
        others = _record(session, tx, child_id, ChartKind.LANES, _NOW, reader="")
    return tuple(make_chart(kind, picture if kind is ChartKind.PICTURE else others) for kind in ChartKind)


def file(
    session: Session, child_id: str, made: "Chart", suffix: str, *, reader: str = "", dpi: float = PRINT_DPI
) -> bytes:
    """Return a chart as a picture, or its series as a table. The export is audited.

    Args:
        session: who asks.
        child_id: whose chart it is.
        made: from :func:`chart`, made for the same reader.
        suffix: ``.png`` or ``.svg``; ``.csv`` or ``.xlsx`` for the table.
        reader: id of the person it is made for, or empty.
        dpi: dots an inch of a PNG.
    """
    session.require(Duty.READ_CASES)
    content = _table(session, made, suffix) if suffix in _TABLES else _picture(made, suffix, dpi)
    _exported(session, child_id, f"{made.kind.value}, {suffix[1:]}" + (f", for {reader}" if reader else ""))
    return content


def _picture(made: "Chart", suffix: str, dpi: float) -> bytes:
    from gcp2_app.reports.charts.catalogue import EXPORT_WIDTH
    from gcp2_app.reports.charts.output import chart_png, chart_svg

    drawing, title = made.draw(width=EXPORT_WIDTH), made.table.title
    return chart_svg(drawing, title=title) if suffix == ".svg" else chart_png(drawing, title=title, dpi=dpi)


def _table(session: Session, made: "Chart", suffix: str) -> bytes:
    from gcp2_app.reports.tables import Table, as_csv, as_xlsx

    twin = made.table
    table = Table(
        title=made.title,
        heads=twin.columns,
        rows=tuple(row.cells for row in twin.rows),
        before=(twin.title,),
        after=tuple(f"{part}." for part in made.parts),
        made_at=session.now(),
    )
    return as_csv(table) if suffix == ".csv" else as_xlsx(table)


def document(session: Session, child_id: str, made: "Chart") -> dict[str, Any]:
    """Return a chart's table and words as JSON values. Audited as the picture is."""
    session.require(Duty.READ_CASES)
    _exported(session, child_id, f"{made.kind.value}, table")
    return made.document()


def _exported(session: Session, child_id: str, why: str) -> None:
    with session.store.transaction() as tx:
        session.require_reach(tx.children.get(child_id))
        tx.record("chart exported", by=session.user.id, kind="child", id=child_id, reason=why)


def _record(
    session: Session, tx: Transaction, child_id: str, kind: ChartKind, moment: Moment, *, reader: str
) -> ChartRecord:
    if not reader:
        return read(session, tx, child_id, kind, moment)
    child = tx.children.get(child_id)
    found = withholding.around(tx, child)
    tellers = names_of_tellers(tx.entries.of_child(child_id), found)
    hidden = withholding.hidden_from(session, found, {reader})
    # A picture is taken away as a document is, and is cut to its reader in the same way.
    audience = Audience.CHILD if reader == child_id else Audience.PARENT
    copying = Copying(
        Reader(
            audience=audience,
            people=frozenset({reader}),
            known_as=found.known_as({reader}),
            carers=frozenset(carer.person for carer in child.carers),
        )
    )
    return read(
        session,
        tx,
        child_id,
        kind,
        moment,
        withheld=Withheld(secrets=(*hidden.secrets, *tellers)),
        keep=lambda entries: copying.entries(entries, kind.value),
    )


def read(
    session: Session,
    tx: Transaction,
    child_id: str,
    kind: ChartKind,
    moment: Moment,
    *,
    withheld: Withheld | None = None,
    keep: Callable[[tuple[Entry, ...]], tuple[Entry, ...]] = tuple,
    shown: trends.Shown | None = None,
) -> ChartRecord:
    """Return what a chart draws within a running transaction; the caller has checked and audited.

    Args:
        session: who asks.
        tx: a running transaction.
        child_id: whose.
        kind: which chart.
        moment: which past it shows.
        withheld: what is taken out of everything the chart says, or None.
        keep: returns the entries that may be drawn.
        shown: the child's trend at this moment where it was read before, for the same eyes.
    """
    child = moment.child(tx.children.get(child_id))
    kinds = _KINDS.get(kind)
    entries = (*tx.entries.of_child(child_id, kinds=kinds), *entries_without_child(tx, "circumstance"))
    entries = keep(moment.entries(entries))
    households = tuple(tx.households.get(id_) for id_ in households_of(tx, child_id))
    since = first_day(child, entries) if kind is ChartKind.PICTURE else None
    if shown is None or since is not None:
        shown = trends.read(session, tx, child, moment, since=since, keep=keep)
    label, trend, declared = names.of_child(child), shown.trend, load_kinds()
    workers = tx.professionals.get_many(tuple({each.professional for each in child.allocated}))
    called = {id_: worker.name for id_, worker in workers.items()}
    if withheld is not None and withheld.secrets:
        label, trend = withholding.label_for(child, withheld), withholding.trend_for(trend, child, withheld)
        entries = tuple(_scrubbed(entry, withheld) for entry in entries)
        called = {id_: withheld.scrub(name).text for id_, name in called.items()}
    return ChartRecord(
        child=child,
        label=label,
        today=moment.day or session.today(),
        moment=moment,
        trend=trend,
        entries=entries,
        assessments=shown.assessments,
        packs=shown.packs,
        profiles=shown.profiles,
        households=households,
        names=called,
        kinds={code: kind.title for code, kind in declared.items()},
        options={
            (code, item.name, option.code): option.label
            for code, kind in declared.items()
            for item in kind.items
            for option in item.options
        },
        unannounced=tx.unannounced_visits(child_id),
        practice=session.store.practice,
    )


def _scrubbed(entry: Entry, withheld: Withheld) -> Entry:
    """Return an entry without what is withheld, in whatever a chart says of it."""
    source = entry.source
    if source is not None:
        source = replace(source, name=withheld.scrub(source.name).text, role=withheld.scrub(source.role).text)
    return replace(entry, what=withheld.scrub(entry.what).text, source=source, data=_clean(entry.data, withheld))


def _clean(value: Any, withheld: Withheld) -> Any:
    if isinstance(value, str):
        return withheld.scrub(value).text
    if isinstance(value, Mapping):
        return {key: _clean(each, withheld) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(each, withheld) for each in value]
    return value
