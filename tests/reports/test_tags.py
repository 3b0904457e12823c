"""Every kind of report is tagged as it is read; checked and read aloud by a reader that knows nothing of our writer."""

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from gcp2_app.errors import NotAllowed, NotFound
from gcp2_app.reports.pictures.catalogue import DRAWINGS, Picture
from gcp2_app.services import casefiles, register
from gcp2_app.services.documents.kinds import KINDS, About
from gcp2_app.services.documents.making import Wanted, preview
from gcp2_app.services.session import Session
from tests.reports.documents import LONG_NAME, LONG_WORD, small_document
from tests.reports.tags import read_tags
from tests.stores import add_family, make_session


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """A session on the practice family."""
    made = make_session(tmp_path_factory.mktemp("practice") / "store")
    casefiles.load_practice_family(made)
    yield made
    made.store.close()


def _made(session: Session, kind: str) -> bytes:
    """Return a report of some kind about the first child of the practice family it can be made for."""
    if KINDS[kind].about is About.STORE:
        return preview(session, Wanted(kind=kind)).content
    for child in ("c1", "c2", "c3", "c4", "c5"):
        try:
            return preview(session, Wanted(kind=kind, child=child)).content
        except (NotFound, NotAllowed):
            continue
    pytest.fail(f"the practice family holds nothing for {kind}")


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_report_is_tagged_as_it_is_read(practice: Session, kind: str) -> None:
    found = read_tags(_made(practice, kind))
    assert found.faults == []
    aloud = found.aloud.splitlines()
    # A letter begins with whom it is written to.
    assert next(line for line in aloud if line.startswith("[")).startswith("[H1] ")
    assert sum(line.startswith("[H1]") for line in aloud) == 1
    # What stands on every page is passed over, and so it is never in the middle of a sentence.
    for furniture in ("OFFICIAL-SENSITIVE", "Page 1 of", "content digest", "PRACTICE: no real child"):
        assert furniture in "".join("".join(page.artifacts) for page in found.pages)
        assert not any(furniture in line for line in aloud if not line.startswith("[picture]"))
    for place, line in enumerate(aloud):
        if line.startswith("[picture]"):
            assert len(line) > len("[picture] Picture: ")
            assert not aloud[place + 1].startswith("["), "words stand after a picture"
        if line.startswith("[heads]") and " | " in line:
            assert aloud[place - 1].startswith("[table"), "a table begins with its heads"


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Session, str]]:
    """A session, and a child with a very long name of whom nothing else is recorded."""
    made = make_session(tmp_path_factory.mktemp("bare") / "store")
    child, _ = add_family(made)
    named = replace(child, given_names=LONG_NAME, family_name=LONG_WORD)
    yield made, register.save_child(made, named).id
    made.store.close()


@pytest.mark.parametrize("kind", [name for name, kind in KINDS.items() if kind.about is About.CHILD])
def test_a_report_on_a_child_of_whom_nothing_is_recorded_says_so(bare: tuple[Session, str], kind: str) -> None:
    session, child = bare
    found = read_tags(preview(session, Wanted(kind=kind, child=child)).content)
    assert found.faults == []
    aloud = found.aloud.splitlines()
    title = next(line for line in aloud if line.startswith("[H1]"))
    assert LONG_WORD in "".join(title.split())
    # No heading stands over nothing.
    for place, line in enumerate(aloud):
        if line.startswith("[H"):
            rest = aloud[place + 1 : place + 2]
            assert rest
            assert not rest[0].startswith("[H") or rest[0] > line[:4], f"nothing stands under {line}"


def test_it_is_read_aloud_in_the_order_it_was_written() -> None:
    found = read_tags(small_document().to_pdf())
    assert found.faults == []
    assert found.aloud.splitlines() == [
        "[H1] Care of Ivy",
        "First words.",
        "[H2] Facts",
        "[table, 2 rows]",
        "Child | Ivy Marsh",
        "Born | 4 March 2019",
        "[table ends]",
        "Seen",
        "[item] • Sleeps well",
        "[item] • Eats well",
        "[table, 4 rows]",
        "[heads] A | B",
        "[heads] Across",
        "A: one | B: two / three",
        "A: four | B: ",
        "[table ends]",
        "[H3] Nearer",
        f"[picture] {DRAWINGS[Picture.HOUSE].alternative}",
        "Home",
        "Warm and dry.",
        "Write it here:",
    ]


def test_a_report_with_a_password_is_read_by_its_tags_too() -> None:
    assert read_tags(small_document().to_pdf("correct horse"), password="correct horse").faults == []


def _element(pdf: pikepdf.Pdf, kind: str) -> Any:
    """Return the first element of a type in the file."""
    return next(
        item
        for item in pdf.objects
        if isinstance(item, Dictionary) and item.get("/Type") == "/StructElem" and item.get("/S") == f"/{kind}"
    )


def _drop(*path: str) -> Callable[[pikepdf.Pdf], None]:
    def drop(pdf: pikepdf.Pdf) -> None:
        held: Any = pdf.Root
        for name in path[:-1]:
            held = held[name]
        del held[path[-1]]

    return drop


def _without(kind: str, name: str) -> Callable[[pikepdf.Pdf], None]:
    def drop(pdf: pikepdf.Pdf) -> None:
        del _element(pdf, kind)[name]

    return drop


def _fonts_without(name: str) -> Callable[[pikepdf.Pdf], None]:
    def drop(pdf: pikepdf.Pdf) -> None:
        for item in pdf.objects:
            if isinstance(item, Dictionary) and name in item:
                del item[name]

    return drop


def _paint_outside(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].contents_add(b"0 0 10 10 re f")


def _swap_heading(pdf: pikepdf.Pdf) -> None:
    _element(pdf, "H2").S = Name.H3


def _lose_a_cell(pdf: pikepdf.Pdf) -> None:
    row = _element(pdf, "TR")
    row.K = Array(list(row.K.as_list())[:1])


def _retitle(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo.Title = String("Another")


def _rename_a_bookmark(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root[0].title = "Another"


def _swap_owners(pdf: pikepdf.Pdf) -> None:
    owners = pdf.Root.StructTreeRoot.ParentTree.Nums[1]
    owners[0], owners[1] = owners[1], owners[0]


def _forget_the_last(pdf: pikepdf.Pdf) -> None:
    owners = pdf.Root.StructTreeRoot.ParentTree.Nums[1]
    del owners[len(owners) - 1]


def _add_a_link(pdf: pikepdf.Pdf) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 10, 10]))
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])


def _orphan(pdf: pikepdf.Pdf) -> None:
    _element(pdf, "P").P = pdf.Root.StructTreeRoot


def _last_first(pdf: pikepdf.Pdf) -> None:
    document = _element(pdf, "Document")
    document.K = Array(list(reversed(document.K.as_list())))


def _empty_picture(pdf: pikepdf.Pdf) -> None:
    _element(pdf, "Figure").A.BBox = Array([0, 0, 9000, 10])


def _unlabelled(pdf: pikepdf.Pdf) -> None:
    item = _element(pdf, "LI")
    item.K = Array([item.K[1]])


def _open_mark(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].contents_add(b"/P <</MCID 0>> BDC")


def _not_pdf_ua(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as metadata:
        del metadata["{http://www.aiim.org/pdfua/ns/id/}part"]


def _no_tab_order(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].obj.Tabs


@pytest.mark.parametrize(
    ("broken", "fault"),
    [
        (_drop("/Lang"), "no language"),
        (_drop("/MarkInfo", "/Marked"), "does not say that it is tagged"),
        (_drop("/ViewerPreferences", "/DisplayDocTitle"), "title is not shown"),
        (_retitle, "title is not the same"),
        (_not_pdf_ua, "does not claim PDF/UA-1"),
        (_no_tab_order, "tab order"),
        (_fonts_without("/FontFile2"), "is not embedded"),
        (_fonts_without("/ToUnicode"), "has no letter for"),
        (_paint_outside, "f outside any mark"),
        (_open_mark, "a mark has no end"),
        (_swap_owners, "is not known to its element"),
        (_forget_the_last, "the parent tree knows"),
        (_drop("/StructTreeRoot", "/ParentTree", "/Nums"), "is not in the parent tree"),
        (_orphan, "does not point back"),
        (_swap_heading, "after level 1 comes H3"),
        (_rename_a_bookmark, "the bookmarks are not the headings"),
        (_without("TH", "/A"), "does not say what it heads"),
        (_lose_a_cell, "a table whose rows have"),
        (_without("Figure", "/Alt"), "without alternative text"),
        (_without("Figure", "/A"), "a figure without a place"),
        (_empty_picture, "not on its page"),
        (_unlabelled, "an item of a list holds"),
        (_add_a_link, "an annotation is in no Link"),
    ],
)
def test_the_reader_finds_what_is_broken(broken: Callable[[pikepdf.Pdf], None], fault: str) -> None:
    whole = io.BytesIO()
    with pikepdf.open(io.BytesIO(small_document().to_pdf())) as pdf:
        broken(pdf)
        pdf.save(whole)
    assert any(fault in each for each in read_tags(whole.getvalue()).faults)


def test_a_heading_out_of_its_place_is_found() -> None:
    made = small_document()
    made.paragraph("Many words. " * 900)
    made.paragraph("Last words.")
    whole = io.BytesIO()
    with pikepdf.open(io.BytesIO(made.to_pdf())) as pdf:
        _last_first(pdf)
        pdf.save(whole)
    assert any("stands before what is read before it" in each for each in read_tags(whole.getvalue()).faults)
