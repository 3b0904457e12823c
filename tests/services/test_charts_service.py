"""Charts made for one of the people around the child leave out what is withheld from them."""

from gcp2_app.domain.charting import ChartKind
from gcp2_app.domain.entries import Entry, Source
from gcp2_app.domain.register import Agency, Carer, Child, Person
from gcp2_app.domain.when import When
from gcp2_app.domain.withheld import Secret, SecretKind, Withheld
from gcp2_app.services import charts, trends, withholding
from gcp2_app.services.session import Session
from tests.stores import actions


def test_a_chart_made_for_a_reader_leaves_out_what_is_withheld_from_them(session: Session) -> None:
    said = Entry(id="e1", kind="note", children=("c1",), when=When("2026-01-12"), what="She is afraid of him.")
    with session.store.transaction() as tx:
        tx.people.put(Person(id="p1", name="Dean"), by=session.user.id)
        tx.children.put(Child(id="c1", given_names="Wren", carers=(Carer(person="p1"),)), by=session.user.id)
        for entry in (said, Entry(id="e2", kind="note", children=("c1",), what="Secret", withheld_from=("p1",))):
            tx.entries.put(entry, by=session.user.id)
    everything = charts.chart(session, "c1", ChartKind.LANES)
    theirs = charts.chart(session, "c1", ChartKind.LANES, reader="p1")
    assert {row.entry for row in everything.table.rows} == {"e1", "e2"}
    assert {row.entry for row in theirs.table.rows} == {"e1"}
    table = charts.file(session, "c1", theirs, ".csv", reader="p1").decode("utf-8-sig")
    assert theirs.table.title in table
    assert "She is afraid of him." in table
    assert "Secret" not in table
    charts.file(session, "c1", theirs, ".svg", reader="p1")
    assert actions(session)[0] == "chart exported"


def test_a_chart_made_for_a_reader_holds_what_a_copy_for_them_would(session: Session) -> None:
    vole = Source(name="Mrs Jane Vole", agency=Agency.NEIGHBOUR)
    entries = (
        Entry(id="open", kind="note", children=("c1",), when=When("2026-01-12"), what="Mrs Vole was named."),
        Entry(id="third", kind="note", children=("c1",), when=When("2026-01-13"), what="Told.", third_party=True),
        Entry(id="harm", kind="note", children=("c1",), when=When("2026-01-14"), what="Plan.", harm_if_disclosed=True),
        Entry(id="told", kind="note", children=("c1",), when=When("2026-01-15"), what="Crying.", source=vole),
        Entry(id="said", kind="statement", children=("c1",), when=When("2026-01-16"), what="I am cold."),
        Entry(id="dog", kind="note", children=("c1",), when=When("2026-01-17"), data={"worker_safety": True}),
    )
    with session.store.transaction() as tx:
        tx.people.put(Person(id="p1", name="Dean"), by=session.user.id)
        tx.children.put(Child(id="c1", given_names="Wren", carers=(Carer(person="p1"),)), by=session.user.id)
        for entry in entries:
            tx.entries.put(entry, by=session.user.id)
    for reader, kept in (("p1", {"open"}), ("c1", {"open", "said"})):
        theirs = charts.chart(session, "c1", ChartKind.LANES, reader=reader)
        assert {row.entry for row in theirs.table.rows} == kept
        assert "Vole" not in charts.file(session, "c1", theirs, ".csv", reader=reader).decode("utf-8-sig")


def test_every_chart_read_alone_is_the_same_as_of_the_whole_record(session: Session) -> None:
    kinds = ("action", "attendance", "circumstance", "referral", "note", "appointment", "measure")
    with session.store.transaction() as tx:
        tx.children.put(Child(id="c1", given_names="Wren"), by=session.user.id)
        for kind in kinds:
            lasted = {} if kind == "circumstance" else {"to": "2026-02-06"}
            data = {"from": "2026-01-05", **lasted, "name": "Strike", "what": "Gate", "possible": 20}
            made = Entry(id=kind, kind=kind, children=("c1",), when=When("2026-01-12"), data=data)
            tx.entries.put(made, by=session.user.id)
    whole = {chart.kind: chart for chart in charts.every(session, "c1")}
    for kind in ChartKind:
        alone = charts.chart(session, "c1", kind)
        assert alone.data == whole[kind].data
        assert "Circumstances that changed the work: Strike" in alone.sentence


def test_a_trend_shades_circumstances_and_scrubs_them_for_a_reader(session: Session) -> None:
    with session.store.transaction() as tx:
        child = Child(id="c1", given_names="Wren")
        tx.children.put(child, by=session.user.id)
        data = {"from": "2026-11-02", "name": "Flood at 4 Mill Lane"}
        flood = Entry(id="e1", kind="circumstance", children=(), when=When("2026-11-02"), data=data)
        tx.entries.put(flood, by=session.user.id)
    trend = trends.trend(session, "c1")
    assert [each.words for each in trend.circumstances] == ["Flood at 4 Mill Lane, since 2 November 2026"]
    hidden = Withheld(secrets=(Secret(SecretKind.ADDRESS, "4 Mill Lane"),))
    (theirs,) = withholding.trend_for(trend, child, hidden).circumstances
    assert "Mill Lane" not in theirs.words
