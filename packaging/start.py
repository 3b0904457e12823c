"""The two commands of the README, from a fresh machine: ``start.py`` and ``start.py test``.

It may use the standard library only, since it runs before anything is installed, and this file
must still parse under Pythons too old for the program, so that they can be told so.
"""

import sys

SUPPORTED = ((3, 11), (3, 12), (3, 13))


def refusal(version: "tuple[int, ...]", executable: str) -> "str | None":
    """Say why a Python cannot run the program, or None where it can."""
    if version[:2] in SUPPORTED:
        return None
    return (
        f"gcp2 needs Python 3.11, 3.12 or 3.13, and {executable} is Python "
        f"{version[0]}.{version[1]}: get one from https://www.python.org/downloads/ or your "
        "system's package manager (on Debian and Ubuntu: sudo apt-get install python3 "
        "python3-venv), then run this again with it."
    )


# Before anything newer is imported or defined.
unfit = refusal(tuple(sys.version_info[:2]), sys.executable)
if unfit is not None:
    sys.exit(unfit)

import contextlib
import hashlib
import os
import shlex
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

import system_packages

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "packaging" / "requirements.lock"
VENV = ROOT / ".venv"
STAMP = "gcp2-setup.txt"
#: Virtual screens of the journeys, and so how many are played at once; 0 where they are played on the one there is.
SCREENS = 2 if sys.platform.startswith("linux") else 0

USAGE = """\
usage: start.py [run] [arguments of `gcp2 open`, or of `gcp2 demo` where there is no display]
       start.py setup    prepare everything, the tools of `test` included, and stop
       start.py test     prepare everything and run every check
"""


class Stop(Exception):
    """Setting up or checking cannot go on; the sentence says what to do."""


# ------------------------------------------------------------------------ the virtual environment


def venv_program(name: str) -> Path:
    """Give the path of a program of the virtual environment."""
    if os.name == "nt":
        return VENV / "Scripts" / f"{name}.exe"
    return VENV / "bin" / name


def venv_python() -> Path:
    """Give the path of the virtual environment's Python."""
    return venv_program("python")


def expected_stamp(python_version: str) -> list[str]:
    """Say what an up-to-date environment was made of: its Python, its folder, its contents.

    The folder counts because the programs of a virtual environment do not survive a move.
    """
    content = LOCK.read_bytes() + (ROOT / "pyproject.toml").read_bytes()
    return [python_version, str(ROOT), hashlib.sha256(content).hexdigest()]


def venv_version() -> str | None:
    """Give the environment's Python, such as "3.11", or None if there is none that runs."""
    try:
        done = subprocess.run(
            [venv_python(), "-c", "import sys; print('%d.%d' % sys.version_info[:2])"],
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout.strip()


def prepare(*, for_tests: bool, must: bool) -> None:
    """Do all the set-up that is not done yet.

    Args:
        for_tests: Whether the tools of the tests are wanted too.
        must: Whether to stop when the system lacks something that may not be installed.

    Raises:
        Stop: If the environment cannot be made or filled.
        SystemNotReady: If the system lacks something needed.
    """
    new = not venv_python().exists()
    system_packages.prepare(for_tests=for_tests, new_environment=new, must=must)
    prepare_environment()


def prepare_environment() -> None:
    """Make ``.venv`` and install the locked libraries and the program, if that is not done.

    Raises:
        Stop: If the environment cannot be made or filled.
    """
    version = venv_version()
    stamp = VENV / STAMP
    written = stamp.read_text(encoding="utf-8").splitlines() if stamp.exists() else []
    if version is not None and written == expected_stamp(version):
        return
    stamp.unlink(missing_ok=True)

    known = version is not None and tuple(map(int, version.split("."))) in SUPPORTED
    moved = version is not None and written and written[:2] != expected_stamp(version)[:2]
    if version is None or not known or moved:
        version = make_environment()
    python = str(venv_python())
    if subprocess.run([python, "-m", "pip", "--version"], capture_output=True, check=False).returncode:
        run([python, "-m", "ensurepip"], otherwise="pip could not be added to .venv: delete .venv.")

    pip = [python, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-input"]
    say("Installing the libraries (some 250 MB and a few minutes the first time) …")
    run(
        # The lock is complete, so nothing is resolved: pip would look at newer releases of what an extra asks
        # for, find no hash for them and refuse.
        [*pip, "--require-hashes", "--no-deps", "--only-binary", ":all:", "-r", str(LOCK)],
        otherwise="The libraries could not be installed. The first time needs a connection.",
    )
    run(
        [*pip, "--no-index", "--no-deps", "--no-build-isolation", "--editable", str(ROOT)],
        otherwise="The program itself could not be installed into .venv.",
    )
    stamp.write_text("\n".join(expected_stamp(version)), encoding="utf-8")


def make_environment() -> str:
    """Make an empty virtual environment and give its Python's version.

    Raises:
        Stop: If this Python cannot make one.
    """
    if not system_packages.can_make_environments():
        message = (
            "This Python cannot make a virtual environment: its ensurepip is missing. On Debian "
            "and Ubuntu run: sudo apt-get install python3-venv"
        )
        raise Stop(message)
    say("Making the virtual environment .venv …")
    # The Python behind an environment, should this run inside one.
    base = getattr(sys, "_base_executable", sys.executable)
    run([base, "-m", "venv", "--clear", str(VENV)], otherwise="The .venv could not be made.")
    version = venv_version()
    if version is None:
        message = "The virtual environment was made, but its Python does not start."
        raise Stop(message)
    return version


# ------------------------------------------------------------------------ what is done with it


def has_display(environment: Mapping[str, str]) -> bool:
    """Tell whether a window could be shown."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def open_program(arguments: Sequence[str]) -> int:
    """Open the program, or do its job without a window where there is no display."""
    display = has_display(os.environ)
    prepare(for_tests=False, must=display)
    if display:
        command = ["open", *arguments]
    else:
        say("No display here: the practice family is put to work without a window.")
        command = ["demo", "--no-window", *arguments]
    return subprocess.run([venv_program("gcp2"), *command], check=False).returncode


def checks() -> Iterable[tuple[str, list[str]]]:
    """List every check: its name and its command, in the order they run."""
    python = str(venv_python())
    pytest = [python, "-m", "pytest", "--quiet", "--cov", "--cov-report=", "--cov-fail-under=0"]
    coverage = [python, "-m", "coverage", "report"]
    return (
        ("format", [python, "-m", "ruff", "format", "--check", "."]),
        ("lint", [python, "-m", "ruff", "check", "."]),
        ("types", [python, "-m", "mypy"]),
        ("layers", [str(venv_program("lint-imports")), "--no-logo"]),
        ("tests", [*pytest, "--numprocesses=2"]),
        ("journeys", [*pytest, "--cov-append", f"--numprocesses={SCREENS}", "tests/journeys"]),
        ("coverage", coverage),
        (
            "coverage of the domain",
            [*coverage, "--include=gcp2_app/domain/*", "--fail-under=100"],
        ),
    )


def run_checks() -> int:
    """Run every check until one fails."""
    prepare(for_tests=True, must=True)
    for name, command in checks():
        say(f"== {name}")
        environment = dict(os.environ)
        with contextlib.ExitStack() as stack:
            if name == "journeys":
                screens = [stack.enter_context(journey_screen()) for _ in range(SCREENS)]
                environment.update(*screens[:1])
                # Each of the journeys played at once takes one: two windows on a screen would take each other's keys.
                environment["GCP2_JOURNEY_SCREENS"] = " ".join(screen["DISPLAY"] for screen in screens)
            done = subprocess.run(command, cwd=ROOT, env=environment, check=False)
        if done.returncode:
            say(f"Failed: {name}. Again by itself, in {ROOT}: {shlex.join(command)}")
            return 1
    say("Every check passed.")
    return 0


@contextlib.contextmanager
def journey_screen() -> Iterator[dict[str, str]]:
    """Give the environment of a virtual screen of its own to a journey.

    Raises:
        Stop: If the virtual screen does not start.
    """
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1366x768x24", "-nolisten", "tcp"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading, encoding="ascii") as answer:
            number = answer.readline().strip()
        if not number:
            message = "The virtual screen (Xvfb) did not start."
            raise Stop(message)
        screen = {"DISPLAY": f":{number}", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": "xcb"}
        # A window manager gives the keyboard back to the window when a dialog closes, as on a real desk.
        manager = subprocess.Popen(["openbox"], env={**os.environ, **screen}, stderr=subprocess.DEVNULL)
        try:
            yield screen
        finally:
            manager.terminate()
            manager.wait()
    finally:
        server.terminate()
        server.wait()


def run(command: Sequence[str], *, otherwise: str) -> None:
    """Run a command of the set-up; its complaints are shown as they come.

    Raises:
        Stop: If it fails, with the sentence given.
    """
    if subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=False).returncode:
        raise Stop(otherwise)


def say(sentence: str) -> None:
    """Print at once, also into a pipe."""
    print(sentence, flush=True)


def set_up() -> int:
    """Prepare everything, the tools of the tests included."""
    prepare(for_tests=True, must=True)
    say(f"Ready. The tools are in {venv_python().parent}.")
    return 0


def main(arguments: Sequence[str]) -> int:
    """Carry out one of the commands and give its exit status."""
    command, rest = (arguments[0], arguments[1:]) if arguments else ("run", [])
    if command in {"-h", "--help"}:
        say(USAGE)
        return 0
    action: Callable[[], int]
    if command == "run":
        action = partial(open_program, rest)
    elif command.startswith("-"):
        action = partial(open_program, arguments)
    elif command == "setup" and not rest:
        action = set_up
    elif command == "test" and not rest:
        action = run_checks
    else:
        print(USAGE, file=sys.stderr)
        return 2
    try:
        return action()
    except (Stop, system_packages.SystemNotReady) as stop:
        print(stop, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
