"""A report leaves for one reader, protected; what was typed, and what they may not see, stands nowhere in the clear."""

from pathlib import Path

import pypdf

from tests.journeys.chapters import PASSPHRASE
from tests.journeys.playing import left_behind, plays
from tests.journeys.report_chapters import EXPLAINED, FILE_PASSPHRASE, REASON
from tests.reports.leaks import found_in


def test_a_report_leaves_for_a_parent_and_says_only_what_they_may_read(tmp_path: Path) -> None:
    plays("first_run", tmp_path)
    plays("a_report_for_a_parent", tmp_path)
    assert left_behind((PASSPHRASE, FILE_PASSPHRASE, REASON, EXPLAINED, "Kerry Practice-Ashdown"), tmp_path) == []
    (report,) = tmp_path.glob("*.pdf")
    assert pypdf.PdfReader(report).is_encrypted
    words = ("Corey Practice-Ashdown", "This copy is for", "Police called by a neighbour")
    assert found_in(report.read_bytes(), words, password=FILE_PASSPHRASE) == set(words[:2])
