"""What making a report takes, from the record to the bytes of the PDF; nothing here fails on time.

Source: architecture.md, Numbers to reach (assessment report 0.6 s, a conference report of twenty pages 1 s).
"""

import io
from collections.abc import Iterator

import pikepdf
import pytest

from gcp2_app.services import casefiles
from gcp2_app.services.documents.kinds import KINDS, About
from gcp2_app.services.documents.making import Wanted, preview
from gcp2_app.services.session import Session
from gcp2_app.storage.store import now_utc
from tests.benchmarks.conftest import Say, Times, in_words
from tests.stores import make_session

_BARS = {"assessment": 600, "conference": 1000}


@pytest.fixture(scope="module")
def family(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """The practice family, open: a record as it grows in four years."""
    session = make_session(tmp_path_factory.mktemp("family") / "store", clock=now_utc)
    casefiles.load_practice_family(session)
    yield session
    session.store.close()


@pytest.mark.parametrize("kind", [kind.name for kind in KINDS.values() if kind.about is not About.STORE])
def test_a_report(family: Session, say: Say, kind: str) -> None:
    child = casefiles.practice_children(family.today())[1]

    def make() -> bytes:
        return preview(family, Wanted(kind=kind, child=child)).content

    # The first one opens fonts and draws the grades' letters.
    with pikepdf.open(io.BytesIO(make())) as pdf:
        pages = len(pdf.pages)
    times = Times(make, 5)
    bar = f"; bar {_BARS[kind]}" if kind in _BARS else ""
    say(f"report {kind}, {pages} pages: ms {in_words(times)}{bar}")
    assert pages
