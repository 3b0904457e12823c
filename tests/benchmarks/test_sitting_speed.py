"""What a person waits for at the window, measured in a sitting of its own; nothing here fails on time."""

import json
import subprocess
import sys
from pathlib import Path

from gcp2_app.domain.charting import ChartKind
from tests.benchmarks.conftest import Closed, Say, in_words

ROOT = Path(__file__).parents[2]
Found = dict[str, list[float]]


def _sit(what: str, store: Closed) -> Found:
    command = [sys.executable, "-m", "tests.benchmarks.sittings", what, str(store.folder)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True, timeout=300)
    found: Found = json.loads(done.stdout)
    return found


def test_the_caseload(big_folder: Closed, children: int, say: Say) -> None:
    sittings = [_sit("caseload", big_folder) for _ in range(3)]
    beyond = [sitting["unlock"][0] - sitting["derivation"][1] for sitting in sittings]
    searches = [time for sitting in sittings for time in sitting["search"]]
    memory = max(sitting["memory leafed through"][0] for sitting in sittings)
    say(f"unlock beyond the key derivation → caseload of {children:,} painted: {in_words(beyond)} ms (bar 150)")
    say(f"a letter typed into the filter → rows painted: {in_words(searches)} ms (bar 50)")
    say(f"memory with {children:,} children leafed through: {memory * 1.048576:.0f} MB (bar 300)")


def test_a_child_with_much_in_the_record(long_folder: Closed, say: Say) -> None:
    found = _sit("child", long_folder)
    say(f"open a child with 40 assessments and 2 000 entries, trend drawn: {in_words(found['open'])} ms (bar 300)")
    say(f"the first child opened after unlock: {found['open first'][0]:.0f} ms (bar 300)")
    say(f"the trend drawn again: {in_words(found['redraw'])} ms (bar 60)")
    say(f"the window resized → the trend drawn again: {in_words(found['resized'])} ms")


def test_every_chart_of_a_child_with_much_in_the_record(long_folder: Closed, say: Say) -> None:
    found = _sit("charts", long_folder)
    for kind in ChartKind:
        say(f"the chart {kind.value} chosen → drawn: {found[f'{kind.value} shown'][0]:.0f} ms")
        say(f"the chart {kind.value} drawn again: {in_words(found[f'{kind.value} redraw'])} ms (bar 60)")
        say(f"the chart {kind.value} narrowed by a key → drawn: {in_words(found[f'{kind.value} narrowed'])} ms")


def test_a_grade_key(long_folder: Closed, say: Say) -> None:
    found = _sit("grading", long_folder)
    say(f"press a grade key → painted: {in_words(found['screen'])} ms")
    say(f"longest the window was blocked meanwhile: {in_words(found['blocked'])} ms (bar 16)")
    say(f"press a grade key → safely on disk: {in_words(found['disk'])} ms (bar 50)")
