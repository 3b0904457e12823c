"""The lock, the declaration and the notices agree, and the lock names no place."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parent.parent.parent
LOCK = (ROOT / "packaging" / "requirements.lock").read_text(encoding="utf-8")
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
RUN_TIME: list[str] = PROJECT["project"]["dependencies"]
DECLARED: list[str] = sorted({*RUN_TIME, *PROJECT["dependency-groups"]["dev"], *PROJECT["build-system"]["requires"]})


def locked() -> dict[str, list[tuple[Version, int]]]:
    """Give the versions of each library of the lock, each with how many files it may come as."""
    found: dict[str, list[tuple[Version, int]]] = {}
    for block in re.split(r"\n(?=\S)", LOCK.strip()):
        first, *hashes = block.split(" \\\n")
        assert all(re.fullmatch(r"\s+--hash=sha256:[0-9a-f]{64}", line) for line in hashes), block
        requirement = Requirement(first)
        (pin,) = requirement.specifier
        assert pin.operator == "=="
        versions = found.setdefault(canonicalize_name(requirement.name), [])
        versions.append((Version(pin.version), len(hashes)))
    return found


def test_every_file_of_every_library_is_known_by_its_hash() -> None:
    libraries = locked()

    assert len(libraries) > 50
    assert [name for name, versions in libraries.items() if any(hashes == 0 for _, hashes in versions)] == []


@pytest.mark.parametrize("declared", DECLARED)
def test_the_lock_holds_what_the_project_declares(declared: str) -> None:
    requirement = Requirement(declared)

    versions = [version for version, _ in locked()[canonicalize_name(requirement.name)]]

    assert all(version in requirement.specifier for version in versions)


def test_the_lock_is_complete() -> None:
    # What is installed is exactly the lock, nothing resolved: whatever a library needs has to be in it.
    checked = subprocess.run([sys.executable, "-m", "pip", "check"], capture_output=True, text=True, check=False)

    assert checked.returncode == 0, checked.stdout


def test_the_lock_names_no_address_and_no_folder() -> None:
    # A hash and a marker have neither; an index, a link or the path of some machine has both.
    assert "/" not in LOCK
    assert "index" not in LOCK


@pytest.mark.parametrize("declared", RUN_TIME)
def test_the_notices_name_what_the_program_is_built_on(declared: str) -> None:
    notices = (ROOT / "NOTICES").read_text(encoding="utf-8")

    assert re.search(rf"^{re.escape(Requirement(declared).name)}  ", notices, re.MULTILINE)


def test_the_notices_name_every_font() -> None:
    notices = (ROOT / "NOTICES").read_text(encoding="utf-8").replace(" ", "")
    families = {path.stem.split("-")[0] for path in (ROOT / "resources").rglob("*.[ot]tf")}

    assert {family for family in families if family not in notices} == set()
