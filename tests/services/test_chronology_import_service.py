"""Another agency's chronology: looked at, taken in with where it came from, and taken out again whole."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gcp2_app.domain.register import Agency, Child
from gcp2_app.domain.users import Role
from gcp2_app.domain.when import When
from gcp2_app.errors import InvalidValue, NotAllowed, NotFound
from gcp2_app.services import casefiles, chronology_import, entries, register, stream
from gcp2_app.services.chronology_import import Holds, Wanted, Whose
from gcp2_app.services.register import ReasonNeeded
from gcp2_app.services.session import Session
from gcp2_app.services.stream import StreamQuery
from tests import stores
from tests.services.families import Oaks, add_oaks
from tests.services.test_entries_service import SCHOOL, events, exported, note
from tests.stores import TODAY

HEADINGS = "Date,Event,Agency,Colour\n"
ROWS = (
    "3/2/24,Came in slippers,School,red\n"
    "w/c 5/2/24,No lunch all week,School,red\n"
    "sometime,A burn,HV,blue\n"
    "4/3/24,,School,blue\n"
    "20/11/26,Came in slippers.,School,blue\n"
)
NAME = "Robin Practice-Oak chronology.csv"


@pytest.fixture
def oaks(session: Session) -> Oaks:
    """A family of three children."""
    return add_oaks(session)


def wanted(folder: Path, text: str = HEADINGS + ROWS, columns: Mapping[int, Holds] | None = None) -> Wanted:
    path = folder / NAME
    path.write_text(text)
    file = chronology_import.load_chronology(path)
    heading = chronology_import.heading_row(file.sheets[0])
    whose = Whose(agency=Agency.SCHOOL, owner=" Hollow  Lane ")
    given = {0: Holds.DATE, 1: Holds.WHAT, 2: Holds.AGENCY} if columns is None else columns
    return Wanted(file=file, sheet=0, heading=heading, columns=given, whose=whose)


def says(session: Session, child: Child) -> list[str]:
    places = stream.outline(session, StreamQuery(child=child.id)).places
    return [each.what for each in stream.read(session, child.id, [place.id for place in places if not place.in_error])]


def test_it_is_looked_at_before_anything_is_changed(session: Session, oaks: Oaks, tmp_path: Path) -> None:
    there = entries.add(session, note(oaks.robin, source=SCHOOL))
    other = entries.add(session, note(oaks.robin, "The boiler was mended.", source=SCHOOL))
    found = chronology_import.preview(session, oaks.robin.id, wanted(tmp_path))
    assert [(row.number, row.entry.what, row.like, row.same) for row in found.rows] == [
        (2, "Came in slippers", (), False),
        (3, "No lunch all week", (), False),
        (4, "A burn", (), False),
        (6, "Came in slippers.", (there.id,), True),
    ]
    assert [(bad.number, bad.reason) for bad in found.bad] == [(5, "Left out: it does not say what happened.")]
    assert (found.left, set(found.there)) == (("Colour",), {there.id})
    assert found.rows[2].entry.when == When({"unknown": "sometime"})
    assert len(says(session, oaks.robin)) == 2
    assert other.id not in found.there


def test_what_is_like_another_row_is_marked_too(session: Session, oaks: Oaks, tmp_path: Path) -> None:
    rows = "3/2/24,Came in slippers,School\n3/2/24,Came in slippers,School\n3/2/24,The police were called,HV\n"
    found = chronology_import.preview(session, oaks.robin.id, wanted(tmp_path, HEADINGS + rows))
    assert [(row.like_row, row.same) for row in found.rows] == [(0, False), (2, True), (0, False)]
    near = "3/2/24,Came in slippers to school today,School\n3/2/24,Came in slippers to school once more,School\n"
    found = chronology_import.preview(session, oaks.robin.id, wanted(tmp_path, HEADINGS + near))
    assert [(row.like_row, row.same) for row in found.rows] == [(0, False), (2, False)]


def test_what_is_taken_in_says_where_it_came_from(session: Session, oaks: Oaks, tmp_path: Path) -> None:
    file = wanted(tmp_path)
    taken = chronology_import.take_in(session, oaks.robin.id, file, leave_out={6})
    made = stream.read(session, oaks.robin.id, taken.ids)
    assert [each.what for each in made] == ["Came in slippers", "No lunch all week", "A burn"]
    assert [bad.number for bad in taken.bad] == [5]
    first, week, burn = made
    assert first.provenance is not None
    assert (first.provenance.batch, first.provenance.row) == (taken.batch, 2)
    assert (first.provenance.sha256, first.provenance.at) == (file.file.sha256, session.now())
    assert (first.provenance.whose, first.provenance.owner) == (Agency.SCHOOL, "Hollow Lane")
    assert (first.provenance.by, first.provenance.date_as_written) == (session.professional.id, "3/2/24")
    assert (first.known, first.third_party) == (When.on(TODAY), True)
    assert week.when == When({"from": "2024-02-05", "to": "2024-02-11"})
    assert burn.provenance is not None
    assert burn.provenance.date_as_written == "sometime"
    (batch,) = chronology_import.batches(session, oaks.robin.id)
    assert (batch.id, batch.count, batch.corrected, batch.whose) == (taken.batch, 3, 0, Agency.SCHOOL)


def test_the_trail_says_what_was_done_and_never_what_was_said(session: Session, oaks: Oaks, tmp_path: Path) -> None:
    chronology_import.preview(session, oaks.robin.id, wanted(tmp_path))
    taken = chronology_import.take_in(session, oaks.robin.id, wanted(tmp_path))
    trail = events(session)
    assert trail[0][:2] == ("chronology taken in", taken.batch)
    assert [action for action, *_ in trail[1:5]] == ["entry added"] * 4
    assert [action for action, *_ in trail[5:7]] == ["backup made", "chronology looked at"]
    whole = str(trail)
    assert "slippers" not in whole
    assert "Practice-Oak" not in whole


def test_where_it_came_from_survives_export_and_import(session: Session, oaks: Oaks, tmp_path: Path) -> None:
    chronology_import.take_in(session, oaks.robin.id, wanted(tmp_path))
    before = exported(session, None)
    assert '"provenance"' in before
    assert NAME not in before
    other = stores.make_session(tmp_path / "other", name="bjones")
    try:
        path = tmp_path / "case.json"
        path.write_text(before)
        imported = casefiles.import_(other, path)
        assert not imported.quarantined
        assert exported(other, None) == before
        assert chronology_import.batches(other, oaks.robin.id)[0].count == 4
    finally:
        other.store.close()


def test_columns_are_remembered_for_the_next_file_of_its_sort(session: Session, oaks: Oaks, tmp_path: Path) -> None:
    names = ("Date", "Event", "Agency", "Colour")
    assert chronology_import.remembered(session, names) == {0: Holds.DATE, 1: Holds.WHAT, 2: Holds.AGENCY}
    said = {0: Holds.DATE, 1: Holds.WHAT, 3: Holds.SIGNIFICANCE}
    chronology_import.take_in(session, oaks.robin.id, wanted(tmp_path, columns=said))
    assert chronology_import.remembered(session, names) == said
    assert chronology_import.remembered(session, ("Date", "Event")) == {0: Holds.DATE, 1: Holds.WHAT}
    assert chronology_import.remembered(session, ()) == {}


def test_a_chronology_is_taken_out_again_whole(session: Session, oaks: Oaks, tmp_path: Path) -> None:
    mine = entries.add(session, note(oaks.robin, "My own."))
    taken = chronology_import.take_in(session, oaks.robin.id, wanted(tmp_path))
    first = stream.open_(session, taken.ids[0]).entry
    entries.enter_in_error(session, taken.ids[1], reason="twice")
    revised = entries.revise(session, with_another_mark(first), reason="spelling")
    assert revised.provenance == first.provenance
    (batch,) = chronology_import.batches(session, oaks.robin.id)
    assert (batch.count, batch.corrected) == (3, 1)
    with pytest.raises(InvalidValue, match="why"):
        chronology_import.undo(session, oaks.robin.id, taken.batch, reason=" ")
    assert chronology_import.undo(session, oaks.robin.id, taken.batch, reason="another child's") == 3
    assert events(session)[0][0] == "chronology taken out"
    assert says(session, oaks.robin) == ["My own."]
    assert chronology_import.batches(session, oaks.robin.id) == ()
    assert "slippers" not in exported(session, oaks.robin)
    with pytest.raises(NotFound, match="any more"):
        chronology_import.undo(session, oaks.robin.id, taken.batch, reason="again")
    assert stream.open_(session, mine.id).entry.entered_in_error is None


def with_another_mark(entry: Any) -> Any:

    return replace(entry, what="Came in slippers!", provenance=None)


def test_an_entry_written_here_claims_no_other_origin(session: Session, oaks: Oaks, tmp_path: Path) -> None:

    taken = chronology_import.take_in(session, oaks.robin.id, wanted(tmp_path))
    first = stream.open_(session, taken.ids[0]).entry
    assert entries.add(session, replace(first, attachments=())).provenance is None


def test_nothing_goes_in_where_something_is_missing(session: Session, oaks: Oaks, tmp_path: Path) -> None:
    with pytest.raises(InvalidValue, match="No column says"):
        chronology_import.preview(session, oaks.robin.id, wanted(tmp_path, columns={0: Holds.DATE}))
    with pytest.raises(InvalidValue, match="No row"):
        chronology_import.take_in(session, oaks.robin.id, wanted(tmp_path), leave_out={2, 3, 4, 6})
    with pytest.raises(NotFound):
        chronology_import.preview(session, "nobody", wanted(tmp_path))
    assert says(session, oaks.robin) == []


def test_only_who_works_on_the_case_takes_one_in(session: Session, oaks: Oaks, tmp_path: Path) -> None:

    stores.add_user(session, "bea", Role.PRACTITIONER)
    bea = stores.as_user(session, "bea")
    for act in (
        lambda: chronology_import.preview(bea, oaks.robin.id, wanted(tmp_path)),
        lambda: chronology_import.take_in(bea, oaks.robin.id, wanted(tmp_path)),
        lambda: chronology_import.batches(bea, oaks.robin.id),
        lambda: chronology_import.undo(bea, oaks.robin.id, "b", reason="x"),
    ):
        with pytest.raises(NotAllowed):
            act()
    stores.add_user(session, "ada", Role.ADMINISTRATOR)
    with pytest.raises(NotAllowed):
        chronology_import.remembered(stores.as_user(session, "ada"), ())


def test_a_restricted_record_asks_why(session: Session, oaks: Oaks, tmp_path: Path) -> None:

    register.save_child(session, replace(oaks.robin, restricted=True))
    with pytest.raises(ReasonNeeded):
        chronology_import.preview(session, oaks.robin.id, wanted(tmp_path))
    taken = chronology_import.take_in(session, oaks.robin.id, wanted(tmp_path), why="duty")
    assert events(session)[0][3] == "duty"
    assert len(chronology_import.batches(session, oaks.robin.id, why="duty")) == 1
    assert chronology_import.undo(session, oaks.robin.id, taken.batch, reason="wrong", why="duty") == 4


def test_the_document_of_an_entry_holds_its_origin_once(session: Session, oaks: Oaks, tmp_path: Path) -> None:
    chronology_import.take_in(session, oaks.robin.id, wanted(tmp_path))
    document = json.loads(exported(session, oaks.robin))
    rows = sorted(each["provenance"]["row"] for each in document["entries"])
    assert rows == [2, 3, 4, 6]
