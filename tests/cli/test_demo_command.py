"""``gcp2 demo``: the practice family with its charts and reports, again and again, and never over anything real."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from gcp2_app.cli.main import main
from gcp2_app.domain.charting import ChartKind
from gcp2_app.services import stores
from gcp2_app.services.caseload import CaseloadQuery, page
from gcp2_app.services.documents.kinds import KINDS
from gcp2_app.services.invented import filling
from gcp2_app.services.session import Session
from tests.cli.running import REFUSED, WRONG_USAGE, Gcp2
from tests.stores import PASSPHRASE, make_session

#: What a shell calls a program that Ctrl-C ended.
STOPPED = 130


@pytest.fixture
def own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The folder for this user's stores, empty."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "own"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "own"))
    return tmp_path / "own"


def test_the_family_is_made_shown_and_reused(gcp2: Gcp2, tmp_path: Path, opened: list[Path | None]) -> None:
    folder, output = tmp_path / "practice", tmp_path / "papers"
    where = ("--store", folder, "--output", output)
    ran = gcp2("demo", *where, "--no-window")
    assert (ran.code, ran.err) == (0, "")
    names = sorted(path.name for path in output.iterdir())
    every = {
        f"practice-child-{number}-{kind}" for number in (1, 2, 3, 4, 5) for kind in ("trend.png", "assessment.pdf")
    }
    assert every <= set(names)
    assert {name for name in names if name.startswith("practice-child-1-") and name.endswith(".png")} == {
        f"practice-child-1-{kind.value}.png" for kind in ChartKind
    }
    kinds = [name.removesuffix(".pdf").rpartition("-")[2] for name in names if name.endswith(".pdf")]
    assert {kind: kinds.count(kind) for kind in KINDS} == {kind: 5 if kind == "assessment" else 1 for kind in KINDS}
    # Not born yet: there is no school to go to.
    assert "practice-child-5-attendance.png" not in names
    assert all(str(output / name) in ran.out for name in names)
    assert "only now" not in ran.out
    assert opened == []

    for path in output.iterdir():
        path.unlink()
    again = gcp2("demo", *where, "--children", "10", "--json")
    answer = json.loads(again.out)
    assert answer["store"] == str(folder)
    assert sorted(answer["written"]) == [str(output / name) for name in names]
    assert opened == [folder]
    session = stores.unlock(folder, "owner", PASSPHRASE)
    with session.store:
        found = page(session, CaseloadQuery())
        assert session.store.practice
        assert found.total == 10
        assert len([row for row in found.rows if row.id.startswith("neighbour-")]) == 5
        assert all("Practice-" in row.family_name for row in found.rows)
        assert [row.last_entry for row in found.rows if row.id.startswith("neighbour-") and row.last_entry]


def test_an_empty_practice_store_gets_the_family(gcp2: Gcp2, store: Path, tmp_path: Path) -> None:
    assert gcp2("demo", "--store", store, "--output", tmp_path / "papers", "--no-window").code == 0
    assert len(list((tmp_path / "papers").glob("*-trend.png"))) == 5
    assert len(list((tmp_path / "papers").glob("*-assessment.pdf"))) == 5


def test_a_store_for_real_children_is_refused(gcp2: Gcp2, tmp_path: Path) -> None:
    make_session(tmp_path / "real", practice=False).store.close()
    before = gcp2("export", tmp_path / "real").out
    ran = gcp2("demo", "--store", tmp_path / "real", "--no-window")
    assert (ran.code, ran.out) == (REFUSED, "")
    assert "real children" in ran.err
    assert gcp2("export", tmp_path / "real").out == before
    assert not (tmp_path / "real-documents").exists()


def test_a_folder_with_anything_in_it_is_left_alone(gcp2: Gcp2, tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "thesis.txt").write_text("precious", encoding="utf-8")
    ran = gcp2("demo", "--store", tmp_path / "papers", "--no-window")
    assert ran.code == REFUSED
    assert [path.name for path in tmp_path.iterdir()] == ["papers"]
    assert (tmp_path / "papers" / "thesis.txt").read_text(encoding="utf-8") == "precious"


def test_a_store_without_its_key_file_is_left_alone(gcp2: Gcp2, store: Path) -> None:
    (store / "keys.json").unlink()
    ran = gcp2("demo", "--store", store, "--no-window")
    assert ran.code == REFUSED
    assert (store / "store.db").is_file()


def test_a_wrong_passphrase_or_place_for_the_documents_is_refused(
    gcp2: Gcp2, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert "not a folder" in gcp2("demo", "--store", store, "--output", tmp_path / "file", "--no-window").err
    monkeypatch.setenv("GCP2_PASSPHRASE", "not the right one at all")
    assert "not right" in gcp2("demo", "--store", store, "--no-window").err


def test_without_passphrase_and_terminal_one_is_made_up_and_shown_once(
    gcp2: Gcp2, own_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GCP2_PASSPHRASE")
    first = gcp2("demo", "--no-window")
    assert (first.code, first.err) == (0, "")
    made_up = next(line for line in first.out.splitlines() if "shown only now" in line).rpartition(" ")[2]
    folder = stores.practice_store()
    assert own_folder in folder.parents
    before = (folder / "store.db").read_bytes()

    second = gcp2("demo", "--no-window", "--json")
    assert second.code == 0
    assert made_up not in second.out + second.err
    assert "locked" in second.err
    assert all(Path(path).is_file() for path in json.loads(second.out)["written"])
    assert (folder / "store.db").read_bytes() == before
    # A store that was named is not replaced by another behind one's back.
    assert gcp2("demo", "--store", folder, "--no-window").code == REFUSED

    monkeypatch.setenv("GCP2_PASSPHRASE", made_up)
    assert gcp2("export", folder).code == 0


@pytest.mark.parametrize("children", ["0", "-1", "many", "1000000000"])
def test_wrong_usage_says_how(gcp2: Gcp2, children: str) -> None:
    assert gcp2("demo", "--no-window", "--children", children).code == WRONG_USAGE


def test_ctrl_c_leaves_whole_families_and_says_how_many(
    gcp2: Gcp2, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "practice"
    assert gcp2("demo", "--store", folder, "--output", tmp_path / "papers", "--no-window").code == 0

    def fill(session: Session, children: int, *, tell: Callable[[int], object]) -> None:
        def and_stop(number: int) -> None:
            tell(number)
            if number > 5:  # The practice family has as many.
                raise KeyboardInterrupt

        filling_fill(session, children, tell=and_stop)

    filling_fill = filling.fill
    monkeypatch.setattr(filling, "fill", fill)
    command = ["demo", "--store", str(folder), "--output", str(tmp_path / "papers"), "--no-window", "--children", "500"]
    assert main(command, open_window=lambda _: 0) == STOPPED
    said = capsys.readouterr().err
    assert "children are in the store, each whole" in said
    session = stores.unlock(folder, "owner", PASSPHRASE)
    with session.store:
        assert f"{page(session, CaseloadQuery()).total:,} children are in the store" in said
