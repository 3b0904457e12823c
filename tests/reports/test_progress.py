"""How far a document is: what its writer tells of it, and that it stops wherever it is told to."""

import io
from collections.abc import Callable

import pytest
from pypdf import PdfReader

from gcp2_app.domain.withheld import Withheld
from gcp2_app.errors import Stopped
from gcp2_app.reports.pdf.document import Document
from gcp2_app.reports.pdf.progress import Progress, Stage, Step
from gcp2_app.reports.pdf.redaction import Redaction
from tests.reports.test_document import running


def write(progress: Progress, *, rows: int = 400) -> bytes:
    """Write a document of a few sections and one long table."""
    made = Document(title="A long one", running=running(), redaction=Redaction(Withheld(), progress=progress))
    made.heading(1, "A long one")
    made.heading(2, "Summary")
    made.paragraph("A few words.")
    made.inset(["Set in."])
    made.bullets(["One", "Two"])
    made.heading(2, "What happened")
    made.table(["When", "What"], [[f"Day {number}", "Seen at home. " * 12] for number in range(rows)], [1, 4])
    return made.to_pdf()


def page_count(content: bytes) -> int:
    return len(PdfReader(io.BytesIO(content)).pages)


def told(**more: int) -> tuple[list[Step], bytes]:
    steps: list[Step] = []
    return steps, write(Progress(steps.append), **more)


def test_parts_are_named_and_then_every_page_is_counted() -> None:
    steps, content = told()
    named = [step.part for step in steps if step.stage is Stage.PARTS]
    assert named == ["Summary", "What happened"]
    assert all(step.percent is None for step in steps if step.stage is Stage.PARTS)
    pages = page_count(content)
    assert sorted({step.page for step in steps if step.stage is Stage.PAGES}) == list(range(1, pages + 1))
    order = [step.stage for step in steps]
    assert list(dict.fromkeys(order)) == [Stage.PARTS, Stage.LAYOUT, Stage.PAGES, Stage.FINISH]


def test_it_only_grows_and_ends_at_all_of_it() -> None:
    steps, _ = told()
    done = [step.percent for step in steps if step.percent is not None]
    assert done == sorted(done)
    assert (done[0], done[-1]) == (0, 100)


def test_the_number_of_pages_is_told_before_the_last_and_close_to_what_it_becomes() -> None:
    steps, content = told(rows=600)
    pages = page_count(content)
    assert pages > 20
    said = [step for step in steps if step.stage is Stage.PAGES and step.page > pages // 4]
    assert all(abs(step.pages - pages) <= 10 for step in said)
    assert all(step.pages >= step.page for step in said)
    assert not any(step.pages for step in steps if step.page == 1)


def test_a_short_one_says_its_pages_as_they_are() -> None:
    steps, content = told(rows=30)
    last = [step for step in steps if step.stage is Stage.PAGES][-1]
    assert last.page == page_count(content) < 10
    assert last.pages == last.page


@pytest.mark.parametrize(
    "here",
    [
        lambda step: step.part == "Summary",
        lambda step: step.stage is Stage.LAYOUT,
        lambda step: step.page == 3,
        lambda step: step.stage is Stage.FINISH,
        lambda step: step.stage is Stage.FINISH and (step.percent or 0) >= 80,
    ],
    ids=["in a part", "before the pages", "on a page", "in the structure", "in the file"],
)
def test_it_stops_at_the_next_word(here: Callable[[Step], bool]) -> None:
    steps: list[Step] = []

    def tell(step: Step) -> None:
        steps.append(step)
        if here(step):
            progress.stop()

    progress = Progress(tell)
    with pytest.raises(Stopped):
        write(progress)
    assert here(steps[-1])


def test_being_followed_changes_nothing_of_the_file() -> None:
    assert write(Progress()) == told()[1]


def test_a_document_can_be_written_twice() -> None:
    steps: list[Step] = []
    made = Document(title="One", running=running(), redaction=Redaction(Withheld(), progress=Progress(steps.append)))
    made.paragraph("Words.")
    first = made.to_pdf()
    assert made.to_pdf() == first
    assert [step.percent for step in steps].count(100) == 2


def test_a_document_without_words_is_written() -> None:
    steps: list[Step] = []
    redaction = Redaction(Withheld(), progress=Progress(steps.append))
    assert page_count(Document(title="", running=running(), redaction=redaction).to_pdf()) <= 1
    assert {step.percent for step in steps} == {0}
