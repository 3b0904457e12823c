"""What the rules read is what the record holds, though less of it is read and results are not made anew."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from gcp2_app import wire
from gcp2_app.domain.entries import EnteredInError, Entry, Source
from gcp2_app.domain.register import Agency
from gcp2_app.domain.rules.record import ChildRecord, Counting, Fact, Recorded
from gcp2_app.domain.scoring import score_assessment
from gcp2_app.services import practice
from gcp2_app.services.alert_records import child_record
from gcp2_app.services.session import Session
from gcp2_app.storage.rule_entries import read_entry
from tests.domain.rules.test_replay import entries
from tests.exchange.cases import KINDS


def as_rules_see(entry: Recorded, counting: Counting) -> tuple[object, ...]:
    fact = Fact(entry, counting)
    times = fact.on, fact.noted, fact.counts_from, fact.order, entry.when, entry.known, entry.recorded_at
    return times, fact.id, entry.kind, entry.children, fact.agency, fact.data, entry.themes, entry.impact


@given(data=st.data(), counting=st.sampled_from(Counting))
@settings(max_examples=60)
def test_an_entry_read_for_the_rules_says_the_same_as_the_whole_entry(data: st.DataObject, counting: Counting) -> None:
    whole = data.draw(entries(data.draw(st.sampled_from(sorted(KINDS))), "e1"))
    lean = read_entry(wire.to_json(whole))
    assert as_rules_see(lean, counting) == as_rules_see(whole, counting)


def test_texts_and_marks_are_passed_over() -> None:
    source = Source(name="Ms Example", role="teacher", agency=Agency.SCHOOL)
    whole = Entry(id="e1", kind="note", what="Seen.", withheld_from=("p1",), third_party=True, source=source)
    assert read_entry(wire.to_json(whole)).source == source


def test_the_record_of_the_practice_child_is_whole(session: Session) -> None:
    practice.ensure_family(session)
    with session.store.transaction() as tx:
        for child in tx.children.all():
            record = child_record(tx, child)
            entries_ = [each for each in tx.entries.of_child(child.id) if each.entered_in_error is None]
            whole = ChildRecord(child=child, entries=tuple(entries_))
            assert {each.id for each in record.entries} == {each.id for each in entries_}
            assert [fact.order for fact in record.in_order()] == [fact.order for fact in whole.in_order()]
            for each in record.assessments:
                assert each.profile == score_assessment(each.pack, each.assessment, child.born)


def test_results_of_another_age_band_are_rolled_up_anew(session: Session) -> None:
    practice.ensure_family(session)
    with session.store.transaction() as tx:
        for child in tx.children.all():
            for assessment in tx.assessments.of_child(child.id):
                tx.session.connection().exec_driver_sql(
                    "UPDATE assessment_profile SET band = 'another', areas = '[]' WHERE assessment_id = ?",
                    (assessment.id,),
                )
            for each in child_record(tx, child).assessments:
                assert each.profile.areas
                assert each.profile == score_assessment(each.pack, each.assessment, child.born)


def test_an_entry_made_in_error_is_not_read(session: Session) -> None:
    practice.ensure_family(session)
    with session.store.transaction() as tx:
        child = next(iter(tx.children.all()))
        before = {each.id for each in child_record(tx, child).entries}
        entry = tx.entries.get(min(before))
        wrong = EnteredInError(by="u1", at=tx.clock(), reason="another child")
        tx.entries.put(replace(entry, entered_in_error=wrong), by=None)
        assert {each.id for each in child_record(tx, child).entries} == before - {entry.id}
