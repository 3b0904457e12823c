"""``gcp2`` as a process of its own: standard streams, a terminal, a full disk, a store that another process holds."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.stores import PASSPHRASE

GCP2 = [sys.executable, "-m", "gcp2_app"]
posix = pytest.mark.skipif(os.name != "posix", reason="there is no such thing on Windows")


def environment(**more: str) -> Mapping[str, str]:
    """Return the environment of a process, with the tests' passphrase."""
    return {**os.environ, "GCP2_PASSPHRASE": PASSPHRASE, **more}


def gcp2(*arguments: object, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run(
        [*GCP2, *map(str, arguments)],
        env=environment(**more),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with a child in it, made by the program itself."""
    folder = tmp_path_factory.mktemp("processes")
    assert gcp2("init", folder / "store").returncode == 0
    case = folder / "case.json"
    case.write_text('{"format": "gcp2-casefile", "version": 1, "children": [{"id": "c1"}]}', encoding="utf-8")
    assert gcp2("import", folder / "store", case).returncode == 0
    return folder / "store"


def test_what_one_process_puts_in_another_gets_out(store: Path) -> None:
    ran = gcp2("export", store)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert '"id":"c1"' in ran.stdout


@posix
def test_a_full_output_is_refused_and_not_a_trace(store: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        for arguments in (["version"], ["export", str(store)]):
            ran = subprocess.run(
                [*GCP2, *arguments], env=environment(), stdout=full, stderr=subprocess.PIPE, text=True, check=False
            )
            assert ran.returncode == 1
            assert ran.stderr == "gcp2: The disk or the output refused: No space left on device.\n"


@posix
def test_a_reader_that_goes_away_gets_no_complaint(tmp_path: Path) -> None:
    many = tmp_path / "many.json"
    many.write_text('{"age_months": 40}\n' * 2000, encoding="utf-8")
    with subprocess.Popen(
        [*GCP2, "score", "graded-care", str(many)],
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline().startswith(b'{"units": 32')
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 1


@posix
def test_a_disk_that_takes_no_more_leaves_the_store_as_it_was(store: Path, tmp_path: Path) -> None:
    case = tmp_path / "case.json"
    case.write_text('{"format": "gcp2-casefile", "version": 1, "children": [{"id": "c2"}]}', encoding="utf-8")
    before = gcp2("export", store).stdout
    for arguments in (["import", str(store), str(case)], ["init", str(tmp_path / "new")]):
        limited = "import resource, signal, runpy, sys\n"
        limited += "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        limited += "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        limited += f"sys.argv = ['gcp2', *{arguments!r}]\n"
        limited += "runpy.run_module('gcp2_app', run_name='__main__')\n"
        ran = subprocess.run(
            [sys.executable, "-c", limited], env=environment(), capture_output=True, text=True, check=False
        )
        assert ran.returncode == 1
        assert ran.stdout == ""
        assert len(ran.stderr.splitlines()) == 1
        assert ran.stderr.startswith("gcp2: ")
    assert gcp2("export", store).stdout == before
    assert not (tmp_path / "new").exists()


@posix
def test_ctrl_c_ends_quietly() -> None:
    # Whoever runs the tests may ignore Ctrl-C, and what they start with them.
    heeding = "import runpy, signal, sys\n"
    heeding += "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
    heeding += "sys.argv = ['gcp2', 'score', 'graded-care', '-']\n"
    heeding += "runpy.run_module('gcp2_app', run_name='__main__')\n"
    with subprocess.Popen(
        [sys.executable, "-c", heeding],
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        assert process.stderr is not None
        # Once it takes more than a pipe holds, it is reading.
        process.stdin.write(b" " * 1_000_000)
        process.stdin.flush()
        process.send_signal(signal.SIGINT)
        # A signal between two reads is heeded after the second: the end of the input brings that about.
        process.stdin.close()
        process.wait()
        assert process.stderr.read() == b"gcp2: Stopped.\n"
        assert process.returncode == 130


@posix
def test_at_a_terminal_the_passphrase_is_asked_for_and_not_shown(store: Path) -> None:
    # The terminal is made by a process of its own: this one may have threads, which must not be forked.
    at_a_terminal = "import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))"
    bare = {key: value for key, value in os.environ.items() if key != "GCP2_PASSPHRASE"}
    with subprocess.Popen(
        [sys.executable, "-c", at_a_terminal, *GCP2, "export", str(store)],
        env=bare,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        prompt = b"Passphrase of owner: "
        assert process.stdout.read(len(prompt)) == prompt
        process.stdin.write(PASSPHRASE.encode() + b"\n")
        process.stdin.flush()
        shown = process.stdout.read()
        assert process.wait() == 0
    assert b'"id":"c1"' in shown
    assert PASSPHRASE.encode() not in shown
