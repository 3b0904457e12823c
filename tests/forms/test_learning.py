"""The rows of the learning review as they are shipped, and what a slip of the pen does."""

import re
from pathlib import Path

import pytest

from gcp2_app.domain.learning import QUICK_WORDS, ROW_CODES, SLOW_WORDS, Countable, LearningRow, Where
from gcp2_app.errors import BadFile, NotFound
from gcp2_app.forms.checking import check_form
from gcp2_app.forms.entry_kinds import load_kinds
from gcp2_app.forms.learning import load_library, load_questions, load_row, shipped_library
from gcp2_app.forms.packs import shipped_pack, shipped_packs
from gcp2_app.paths import data_folder

FOLDER = data_folder("forms") / "learning"
#: Every name of a rule in the contract of the case file.
_RULES_OF = {
    "LP1": (
        "high_now",
        "high_twice",
        "high_thrice",
        "gain_not_held",
        "stuck",
        "type_persists",
        "disagree",
        "restarts",
    ),
    "LP2": (
        "gap",
        "chronology_missing",
    ),
    "LP3": ("concern_no_action",),
    "LP4": (
        "stay_long",
        "review_missing",
        "statutory_notice",
        "discharge",
    ),
    "LP5": (
        "coordinator",
        "teach_back",
        "not_yet_right",
        "retest",
    ),
    "LP6": (
        "no_advocate",
        "not_invited",
    ),
    "LP7": (
        "remote_only",
        "red_unseen",
        "impact_review",
    ),
    "LP8": (
        "allocated",
        "unanswered",
    ),
    "LP9": (
        "three_in_year",
        "three_in_succession",
        "cluster",
        "household",
        "review_due",
    ),
    "LP10": (
        "stage_overdue",
        "training",
    ),
    "LP11": (
        "checked_not_found",
        "not_checked",
        "cancellations",
        "no_access",
        "re_agreed",
        "around_review",
    ),
    "LP12": (
        "not_brought",
        "attendance",
        "attendance_drop",
        "unauthorised",
        "plan_missing",
        "plan_old",
        "no_school",
        "three_way",
    ),
    "R1": (
        "no_assessment",
        "review_overdue",
    ),
    "R2": (
        "deep_dive",
        "records",
        "transfer_in",
    ),
    "R4": (
        "no_adjustment",
        "adult_services",
    ),
    "R6": ("unread",),
    "REF": (
        "decision",
        "written",
    ),
    "MEET": (
        "due",
        "long_plan",
    ),
}
RULES = frozenset(f"{row}.{name}" for row, names in _RULES_OF.items() for name in names)
ROWS = pytest.mark.parametrize("row", shipped_library().rows, ids=lambda row: row.code)


def test_all_eighteen_rows_are_there_and_in_order() -> None:
    library = shipped_library()
    assert tuple(row.code for row in library.rows) == ROW_CODES
    assert len(ROW_CODES) == 18
    assert {path.stem for path in FOLDER.glob("*.toml")} == {*ROW_CODES, "questions", "practice-case"}
    assert shipped_library() is library


@ROWS
def test_a_brief_takes_between_four_and_eight_minutes(row: LearningRow) -> None:
    assert row.words / QUICK_WORDS >= 4
    assert row.words / SLOW_WORDS <= 8


@ROWS
def test_a_row_names_rules_units_and_kinds_that_exist(row: LearningRow) -> None:
    names = [rule.name for rule in row.rules]
    assert set(names) <= RULES
    assert len(names) == len(set(names))
    assert any(name.split(".")[0] in {row.code, row.shares_with} for name in names)
    assert row.beside.kinds <= set(load_kinds())
    packs = [shipped_pack(pack.id, pack.version) for pack in shipped_packs()]
    assert row.beside.units <= {unit.code for pack in packs for area in pack.subareas.values() for unit in area.units}
    assert row.beside.places


def test_every_rule_of_a_row_is_told_in_its_row() -> None:
    told = {(row.code, rule.name) for row in shipped_library().rows for rule in row.rules}
    for name in RULES:
        row = name.split(".")[0]
        if row in ROW_CODES:
            assert (row, name) in told


def test_rows_that_share_an_answer_name_each_other_and_the_same_rules() -> None:
    library = shipped_library()
    shared = {row.code: row.shares_with for row in library.rows if row.shares_with}
    assert shared == {"LP5": "R3", "R3": "LP5", "LP10": "R5", "R5": "LP10"}
    for code, other in shared.items():
        rules = [{rule.name for rule in library.row(each).rules} for each in (code, other)]
        assert rules[0] == rules[1]


@ROWS
def test_a_rule_is_told_without_the_numbers_of_the_policy(row: LearningRow) -> None:
    assert not any(re.search(r"\d", rule.says) for rule in row.rules)


@ROWS
def test_every_row_says_where_it_comes_from_and_when_it_came_out(row: LearningRow) -> None:
    assert "Dudley Safeguarding People Partnership" in row.source
    assert row.edition
    assert row.published_on.isoformat() == "2026-11-29"
    assert len(row.digest) == 64


def test_there_are_twelve_questions_and_the_record_counts_for_some() -> None:
    questions = shipped_library().questions.questions
    assert len(questions) == 12
    counted = [fact for one in questions for fact in one.counted]
    assert sorted(counted) == sorted(Countable)
    assert questions[-1].counted == ()


def test_a_row_that_is_not_there_is_said() -> None:
    with pytest.raises(NotFound):
        shipped_library().row("LP13")


# Slips


def changed(tmp_path: Path, name: str, old: str, new: str) -> Path:
    text = (FOLDER / name).read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / name
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('code = "LP5"', 'code = "LP6"', "code"),
        ('code = "LP5"', 'code = "LP55"', "code"),
        ('shares_with = "R3"', 'shares_with = "LP5"', "shares_with"),
        ('shares_with = "R3"', 'shares_with = "R9"', "shares_with"),
        ('published_on = "2026-11-29"', 'published_on = "2026-11-31"', "published_on"),
        ('edition = "1"', 'edition = " "', "edition"),
        ('name = "LP5.retest"', 'name = "LP5.Retest"', "rules[3].name"),
        ('name = "LP5.retest"', 'name = "LP13.retest"', "rules[3].name"),
        ('screen = "people"', 'screen = "cellar"', "works[0].screen"),
        ('screens = ["people", "medicine"]', 'places = ["people"]', "beside"),
        ("talk = [", 'talk = [\n  "One more?",', "brief.talk"),
        ("talk = [", 'talk = [\n  "",', "brief.talk[0]"),
        ('[brief]\nhappened = """', '[brief]\nhappened = ""\nodd = """', "brief"),
        ('format = "gcp2-learning-row"', 'format = "gcp2-learning"', "format"),
    ],
)
def test_a_slip_in_a_row_is_told_with_its_place(tmp_path: Path, old: str, new: str, place: str) -> None:
    path = changed(tmp_path, "LP5.toml", old, new)
    with pytest.raises(BadFile) as refused:
        load_row(path)
    assert refused.value.place.startswith(place)
    assert len(check_form(path)) == 1


def test_a_row_without_anything_to_do_is_refused(tmp_path: Path) -> None:
    text = (FOLDER / "LP1.toml").read_text(encoding="utf-8")
    path = tmp_path / "LP1.toml"
    path.write_text(re.sub(r"monday = \[.*?\n\]", "monday = []", text, flags=re.DOTALL), encoding="utf-8")
    with pytest.raises(BadFile) as refused:
        load_row(path)
    assert refused.value.place == "brief.monday"


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('code = "which_kinds"', 'code = "since_when"', "questions"),
        ('asks = "What keeps coming back?"', 'asks = ""', "questions[2].asks"),
        ('counted = ["first_concern"]', 'counted = ["guess"]', "questions[0].counted"),
        ('about = "Answer', 'abuot = "Answer', "abuot"),
    ],
)
def test_a_slip_in_the_questions_is_told_with_its_place(tmp_path: Path, old: str, new: str, place: str) -> None:
    path = changed(tmp_path, "questions.toml", old, new)
    with pytest.raises(BadFile) as refused:
        load_questions(path)
    assert place in refused.value.place
    assert len(check_form(path)) == 1


def test_questions_without_a_question_are_refused(tmp_path: Path) -> None:
    text = (FOLDER / "questions.toml").read_text(encoding="utf-8").split("[[questions]]")[0]
    path = tmp_path / "questions.toml"
    path.write_text(f"questions = []\n{text}", encoding="utf-8")
    with pytest.raises(BadFile) as refused:
        load_questions(path)
    assert refused.value.place == "questions"


def test_a_folder_without_one_of_the_rows_is_no_library(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        load_library(tmp_path)


def test_lines_of_a_text_run_on_and_a_blank_line_parts_paragraphs(tmp_path: Path) -> None:
    path = changed(tmp_path, "LP1.toml", 'matters = """', 'matters = """\nFirst\n  line.\n\n\nSecond.\n\n')
    assert load_row(path).brief.matters[:2] == ("First line.", "Second.")
    assert load_row(path).digest != shipped_library().row("LP1").digest


def test_every_place_is_beside_some_row() -> None:
    places = {place for row in shipped_library().rows for place in row.beside.places}
    # Nothing is learned beside the danger card: it holds nothing but what to do.
    assert places == set(Where) - {Where.DANGER, Where.ASSESSMENTS}
