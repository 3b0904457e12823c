"""How far a document is, as the bar says it, and a copy that is stopped while its pages are written."""

import threading
from pathlib import Path

import pytest
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from gcp2_app.domain.readers import Audience
from gcp2_app.reports.pdf.progress import Progress, Stage, Step
from gcp2_app.reports.pdf.structure import Element, Kind
from gcp2_app.services.documents.making import Wanted
from gcp2_app.services.documents.sorts import Form
from gcp2_app.services.session import Session
from gcp2_app.ui.reports.leaving import Export, Leaving
from gcp2_app.ui.reports.writing import write_whole
from gcp2_app.ui.reports.writing_bar import WritingBar
from gcp2_app.ui.workspace import Workspace
from tests.stores import actions
from tests.ui.conftest import OnDatabase
from tests.ui.families import CHILD, add_family

PATIENCE = 60_000


@pytest.fixture
def bar(qtbot: QtBot) -> WritingBar:
    made = WritingBar("Saving the copy")
    qtbot.addWidget(made)
    return made


def wait_for(qtbot: QtBot, bar: WritingBar, words: str) -> None:
    qtbot.waitUntil(lambda: bar.said.text() == words, timeout=PATIENCE)


def test_the_bar_says_what_the_writer_tells(qtbot: QtBot, bar: WritingBar) -> None:
    progress = bar.begin()
    assert bar.isVisible()
    assert bar.said.text() == "Reading the record"
    assert bar.bar.maximum() == 0
    progress.put_together("Analysis of harm")
    wait_for(qtbot, bar, "Putting together: Analysis of harm")
    assert bar.bar.maximum() == 0
    root = Element(kind=Kind.DOCUMENT)
    words = [root.add(Kind.PARAGRAPH, "Words. " * 10) for _ in range(4)]
    progress.begin(root)
    wait_for(qtbot, bar, "Laying out the pages")
    progress.draw(words[0], 1)
    wait_for(qtbot, bar, "Writing page 1")
    for page, each in enumerate(words[1:], start=2):
        progress.draw(each, page)
    wait_for(qtbot, bar, "Writing page 4 of about 4")
    assert (bar.bar.minimum(), bar.bar.value(), bar.bar.maximum()) == (0, 75, 100)
    for each in words:
        progress.tag(each)
    wait_for(qtbot, bar, "Finishing the file")
    assert bar.bar.value() == 87
    bar.end()
    assert bar.isHidden()
    assert bar.said.text() == ""


def test_a_screen_reader_hears_what_is_done_and_how_much(qtbot: QtBot, bar: WritingBar) -> None:
    progress = bar.begin()
    root = Element(kind=Kind.DOCUMENT)
    progress.begin(root)
    wait_for(qtbot, bar, "Laying out the pages")
    spoken = QAccessible.queryAccessibleInterface(bar.bar)
    assert spoken.text(QAccessible.Text.Name) == "Saving the copy"
    assert spoken.text(QAccessible.Text.Description) == "Laying out the pages"
    value = spoken.valueInterface()
    assert (value.minimumValue(), value.currentValue(), value.maximumValue()) == (0, 0, 100)
    bar.end()


def test_the_next_document_begins_anew(qtbot: QtBot, bar: WritingBar) -> None:
    first = bar.begin()
    first.put_together("History")
    wait_for(qtbot, bar, "Putting together: History")
    bar.begin()
    assert bar.said.text() == "Reading the record"
    # Who was before tells nobody any more.
    first.put_together("Views")
    bar._look()
    assert bar.said.text() == "Reading the record"
    bar.end()


def test_a_copy_stopped_while_its_pages_are_written_is_written_no_further(
    qtbot: QtBot, workspace: Workspace, session: Session, on_database: OnDatabase, tmp_path: Path
) -> None:
    on_database(lambda: add_family(session, tmp_path))
    reached, go_on = threading.Event(), threading.Event()
    steps: list[Step] = []

    def tell(step: Step) -> None:
        steps.append(step)
        if step.stage is Stage.PAGES and not reached.is_set():
            reached.set()
            assert go_on.wait(PATIENCE / 1000)

    leaving = Leaving(workspace, workspace)
    target = tmp_path / "copy.pdf"
    export = Export(
        wanted=Wanted(kind="assessment", child=CHILD, audience=Audience.OWN_AGENCY, recipient="Ms Pole"),
        form=Form.PDF,
        reason="core group",
        progress=Progress(tell),
        put=lambda content: write_whole(target, content),
    )
    leaving.begin(export)
    qtbot.waitUntil(reached.is_set, timeout=PATIENCE)
    with qtbot.waitSignal(leaving.stopped):
        leaving.stop()
    assert not leaving.is_under_way
    go_on.set()
    qtbot.waitUntil(lambda: on_database(lambda: actions(session))[0] == "report not saved", timeout=PATIENCE)
    with qtbot.waitCallback(timeout=PATIENCE) as done:
        # One thread writes: when it does something else, it has let go.
        workspace.tasks.compute(workspace, lambda: None, done)
    assert steps[-1].page == 1
    assert not target.exists()
