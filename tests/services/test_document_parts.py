"""Parts that several kinds of document share."""

from dataclasses import replace
from datetime import date, timedelta

from gcp2_app.domain.assessment import Target
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.register import Child
from gcp2_app.domain.when import When
from gcp2_app.services import register
from gcp2_app.services.documents.making import Wanted, preview
from gcp2_app.services.session import Session
from tests.reports.tags import read_tags
from tests.stores import TODAY, add_family, begin, grade_all


def test_a_target_names_its_unit_as_it_is_called_at_the_childs_age(session: Session) -> None:
    child, _ = add_family(session, born=date(2019, 3, 4))
    working = grade_all(session, begin(session, child, first=TODAY - timedelta(days=40)), 3)
    targets = (Target(unit="D1.i", current=3, target=2), Target(unit="Z9", current=3, target=2))
    with session.store.transaction() as tx:
        tx.assessments.put(replace(working.assessment, targets=targets), by=session.user.id)
    aloud = read_tags(preview(session, Wanted(kind="cin_review", child=child.id)).content).aloud
    assert "Unit: D1.i Education" in aloud
    assert "Unit: Z9 |" in aloud
    assert "D1.i Interaction" not in aloud


def test_of_a_visit_to_two_children_a_report_says_how_its_own_was_seen(session: Session) -> None:
    child, _ = add_family(session)
    sister = register.save_child(session, Child(id="", given_names="Wren", family_name="Practice-Alder"))
    seen = [{"child": child.id, "seen": True, "alone": True}, {"child": sister.id, "seen": False}]
    data = {"mode": "home", "access": "given", "child_seen": False, "seen": seen}
    when = When.on(TODAY - timedelta(days=3))
    with session.store.transaction() as tx:
        visit = Entry(id="e1", kind="visit", children=(child.id, sister.id), when=when, data=data)
        tx.entries.put(visit, by=session.user.id)
    said = {
        each.id: read_tags(preview(session, Wanted(kind="conference", child=each.id)).content).aloud
        for each in (child, sister)
    }
    assert "Seen, alone" in said[child.id]
    assert "Not seen" not in said[child.id]
    assert "Not seen" in said[sister.id]
