"""Files kept with an entry: their bytes, who may, and that an altered one is told."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import update

from gcp2_app.domain.entries import Entry, Source
from gcp2_app.domain.register import Agency
from gcp2_app.domain.users import Role
from gcp2_app.domain.when import When
from gcp2_app.errors import BadFile, DamagedStore, InvalidValue, NotAllowed, NotFound
from gcp2_app.services import attachments, entries, stream
from gcp2_app.services.attachments import MOST_BYTES, NewFile
from gcp2_app.services.session import Session
from gcp2_app.storage import audit
from gcp2_app.storage.schema import AttachmentRow
from tests import stores

LETTER = NewFile(name="letter.pdf", content=b"%PDF a letter about Robin")
SCAN = NewFile(name="scan.png", content=b"a picture")


@pytest.fixture
def made(session: Session) -> Entry:
    """An entry with one file."""
    child, _ = stores.add_family(session)
    source = Source(name="Practice Alex Smith", agency=Agency.CHILDRENS_SOCIAL_CARE)
    entry = Entry(id="", kind="note", children=(child.id,), when=When("2026-11-20"), source=source, what="A letter.")
    return entries.add(session, entry, files=(LETTER,))


def test_a_file_is_kept_with_its_entry_and_comes_out_as_it_went_in(session: Session, made: Entry) -> None:
    (held,) = made.attachments
    assert (held.name, held.size, held.media_type) == ("letter.pdf", len(LETTER.content), "application/pdf")
    got = attachments.content(session, made.id, held.sha256, recipient="Kit Hill", reason="conference")
    assert got == LETTER.content
    with session.store.transaction() as tx:
        (event,) = audit.page(tx, limit=1)
    assert (event.action, event.id, event.reason) == ("attachment exported", made.id, "conference; for Kit Hill")
    assert "letter" not in repr(event)


def test_a_file_is_added_once_and_taken_away_with_a_reason(session: Session, made: Entry) -> None:
    attachments.add(session, made.id, (LETTER, SCAN, SCAN))
    now = stream.open_(session, made.id).entry
    assert [each.name for each in now.attachments] == ["letter.pdf", "scan.png"]
    assert attachments.add(session, made.id, (SCAN,)) == now
    letter = now.attachments[0].sha256
    with pytest.raises(InvalidValue, match="taken away"):
        attachments.remove(session, made.id, letter, reason=" ")
    attachments.remove(session, made.id, letter, reason="wrong family")
    steps = stream.history(session, made.id)
    assert [[each.name for each in step.entry.attachments] for step in steps] == [
        ["scan.png"],
        ["letter.pdf", "scan.png"],
        ["letter.pdf"],
    ]
    assert [step.reason for step in steps] == ["wrong family", "", ""]
    with pytest.raises(NotFound, match="not with the entry any more"):
        attachments.content(session, made.id, letter, reason="x")
    with pytest.raises(NotFound, match="not with the entry any more"):
        attachments.remove(session, made.id, letter, reason="x")


def test_a_correction_leaves_the_files_as_they_are(session: Session, made: Entry) -> None:
    from dataclasses import replace

    again = entries.revise(session, replace(made, what="Another letter.", attachments=()), reason="misread")
    assert again.attachments == made.attachments


def test_files_of_a_sealed_entry_come_out_no_more(session: Session, made: Entry) -> None:
    entries.enter_in_error(session, made.id, reason="wrong child")
    with pytest.raises(NotFound):
        attachments.content(session, made.id, made.attachments[0].sha256, reason="x")
    with pytest.raises(NotAllowed, match="entered in error"):
        attachments.add(session, made.id, (SCAN,))


def test_only_those_who_work_with_the_child_may(session: Session, made: Entry) -> None:
    stores.add_user(session, "stranger", Role.PRACTITIONER)
    stranger, sha256 = stores.as_user(session, "stranger"), made.attachments[0].sha256
    refused: tuple[Callable[[], object], ...] = (
        lambda: attachments.add(stranger, made.id, (SCAN,)),
        lambda: attachments.remove(stranger, made.id, sha256, reason="x"),
        lambda: attachments.content(stranger, made.id, sha256, reason="x"),
    )
    for attempt in refused:
        with pytest.raises(NotAllowed, match="caseload"):
            attempt()
    with pytest.raises(InvalidValue, match="copy is for"):
        attachments.content(session, made.id, sha256, reason="")


def test_a_file_that_was_altered_or_never_came_is_told(session: Session, made: Entry) -> None:
    sha256 = made.attachments[0].sha256
    with session.store.transaction() as tx:
        tx.session.execute(update(AttachmentRow).values(content=b"something else"))
    with pytest.raises(DamagedStore, match="altered"):
        attachments.content(session, made.id, sha256, reason="x")
    with session.store.transaction() as tx:
        tx.session.delete(tx.session.get_one(AttachmentRow, sha256))
    with pytest.raises(NotFound, match="not in this store"):
        attachments.content(session, made.id, sha256, reason="x")


def test_only_files_of_a_fair_size_are_read(tmp_path: Path, session: Session, made: Entry) -> None:
    large, empty, fair = tmp_path / "large.pdf", tmp_path / "empty.pdf", tmp_path / "fair.pdf"
    with large.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    empty.write_bytes(b"")
    fair.write_bytes(b"x")
    with pytest.raises(BadFile, match="larger than 25 MB"):
        attachments.read_file(large)
    with pytest.raises(BadFile, match="empty"):
        attachments.read_file(empty)
    with pytest.raises(NotFound):
        attachments.read_file(tmp_path / "gone.pdf")
    assert attachments.read_file(fair) == NewFile(name="fair.pdf", content=b"x")
    with pytest.raises(BadFile):
        attachments.add(session, made.id, (NewFile(name="empty", content=b""),))


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\jo\\letter.pdf", "letter.pdf"),
        ("a\u202egnp.exe\n", "agnp.exe"),
        (" .. ", "file"),
        ("x" * 300 + ".pdf", "x" * 146 + ".pdf"),
        ("x" * 300, "x" * 150),
    ],
)
def test_a_files_name_is_made_harmless(session: Session, made: Entry, name: str, kept: str) -> None:
    entry = attachments.add(session, made.id, (NewFile(name=name, content=b"x"),))
    assert entry.attachments[-1].name == kept
