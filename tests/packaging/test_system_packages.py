"""What a Debian machine lacks is found, and installed only where that may be done unasked."""

import os
import sys
from pathlib import Path

import pytest

import system_packages
from system_packages import QT_LIBRARIES, SystemNotReady

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="apt-get is a Linux affair")


def listing(*, without: str = "") -> str:
    """Give what ``ldconfig -p`` prints where every library but one is there."""
    lines = [f"{len(QT_LIBRARIES)} libs found in cache"]
    lines += [f"\t{name} (libc6,x86-64) => /lib/{name}" for name, _ in QT_LIBRARIES if name != without]
    return "\n".join(lines)


class Machine:
    """A folder of programs that stands for a machine: what it lists, and what it is asked to do."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.asked = folder / "asked"
        self.program("ldconfig", f"echo '{listing(without='libxcb-cursor.so.0')}'")
        self.program("apt-get", f'echo "$@" >> {self.asked}')

    def program(self, name: str, script: str) -> None:
        path = self.folder / name
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(0o755)

    def prepare(self, *, must: bool = True) -> None:
        system_packages.prepare(for_tests=False, new_environment=False, must=must)

    def asked_of_apt(self) -> list[str]:
        return self.asked.read_text(encoding="utf-8").splitlines() if self.asked.exists() else []


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """A machine that lacks one library and gives nobody any rights."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    machine = Machine(tmp_path)
    machine.program("sudo", "exit 1")
    return machine


def test_a_machine_with_every_library_lacks_nothing() -> None:
    assert system_packages.missing_libraries(listing()) == []


@pytest.mark.parametrize(("library", "package"), QT_LIBRARIES)
def test_each_missing_library_is_named_by_its_package(library: str, package: str) -> None:
    assert system_packages.missing_libraries(listing(without=library)) == [package]


def test_root_installs_what_is_missing(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)

    machine.prepare()

    assert machine.asked_of_apt() == ["update", "install --yes --no-install-recommends libxcb-cursor0"]


def test_sudo_that_asks_nothing_installs_what_is_missing(machine: Machine) -> None:
    machine.program("sudo", 'test "$1" = -n || exit 1; shift; "$@"')

    machine.prepare()

    assert machine.asked_of_apt() == ["update", "install --yes --no-install-recommends libxcb-cursor0"]


def test_without_rights_the_exact_command_is_shown(machine: Machine) -> None:
    with pytest.raises(SystemNotReady, match="sudo apt-get install --yes --no-install-recommends libxcb-cursor0"):
        machine.prepare()

    assert machine.asked_of_apt() == []


def test_without_a_display_the_work_goes_on(machine: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    machine.prepare(must=False)

    assert "sudo apt-get install --yes --no-install-recommends libxcb-cursor0" in capsys.readouterr().out


def test_what_apt_says_of_its_failure_is_passed_on(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    machine.program("apt-get", "echo 'No route to the archive' >&2; exit 100")

    with pytest.raises(SystemNotReady, match="No route to the archive"):
        machine.prepare()


def test_other_systems_are_told_what_they_may_lack(machine: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    (machine.folder / "apt-get").unlink()

    machine.prepare()

    assert "libxcb-cursor0" in capsys.readouterr().out


def test_a_whole_machine_is_left_alone(machine: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    machine.program("ldconfig", f"echo '{listing()}'")

    machine.prepare()

    assert machine.asked_of_apt() == []
    assert capsys.readouterr().out == ""
