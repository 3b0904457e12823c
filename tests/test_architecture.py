"""What the linters cannot see of the architecture (docs/adr/0001)."""

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "gcp2_app"
MODULES = sorted(PACKAGE.rglob("*.py"))

# Names that say nothing, and so collect everything.
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "base", "manager", "managers", "misc"}
HEAVY = {
    *("sqlalchemy", "alembic", "sqlcipher3", "msgspec", "cryptography", "keyring", "zxcvbn"),
    *("matplotlib", "numpy", "reportlab", "pikepdf", "pypdfium2", "PIL"),
}


class Named(NamedTuple):
    """A name that stands in a module: ``date.today`` has the name "today" and the owner "date"."""

    path: Path
    line: int
    name: str
    owner: str


def imports() -> tuple[tuple[Path, str], ...]:
    """Give every import of the package as its file and the full name brought in."""
    return _read()[0]


def names() -> tuple[Named, ...]:
    """Give every name that is read or set in the package."""
    return _read()[1]


@cache
def _read() -> tuple[tuple[tuple[Path, str], ...], tuple[Named, ...]]:
    # Read once and let go of: a thousand syntax trees are too slow to make again and too large to keep.
    brought: list[tuple[Path, str]] = []
    named: list[Named] = []
    for path in MODULES:
        here = path.relative_to(ROOT)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), filename=str(path))):
            if isinstance(node, ast.Import):
                brought += [(here, alias.name) for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                brought += [(here, f"{node.module}.{alias.name}") for alias in node.names]
            elif isinstance(node, ast.Attribute):
                owner = node.value.id if isinstance(node.value, ast.Name) else ""
                named.append(Named(here, node.lineno, node.attr, owner))
            elif isinstance(node, ast.Name):
                named.append(Named(here, node.lineno, node.id, ""))
    return tuple(brought), tuple(named)


def test_no_module_has_an_empty_name() -> None:
    found = [path for path in MODULES if {*path.relative_to(PACKAGE).with_suffix("").parts} & EMPTY_NAMES]

    assert found == []


def test_the_domain_rests_on_the_standard_library_alone() -> None:
    allowed = {*sys.stdlib_module_names, "typing_extensions"}
    found = [
        (str(path), name)
        for path, name in imports()
        if path.parts[1] == "domain"
        and name.split(".")[0] not in allowed
        and not name.startswith(("gcp2_app.domain.", "gcp2_app.errors."))
        and name != "gcp2_app.domain"
    ]

    assert found == []


def test_the_domain_has_no_clock() -> None:
    found = [
        f"{each.path}:{each.line}"
        for each in names()
        if each.path.parts[1] == "domain"
        and each.name in {"today", "now", "utcnow", "monotonic", "perf_counter"}
        and each.owner in {"date", "datetime", "time"}
    ]

    assert found == []


@pytest.mark.parametrize("name", ["processEvents", "QRunnable", "QtAsyncio", "exec_"])
def test_the_event_loop_is_never_nested_or_bypassed(name: str) -> None:
    found = [f"{each.path}:{each.line}" for each in names() if each.name == name]

    assert found == []


def test_matplotlib_is_loaded_in_one_place() -> None:
    """Two threads that load parts of it at the same time get modules that are not finished."""
    found = {path.as_posix() for path, name in imports() if name.split(".")[0] == "matplotlib"}

    assert found == {"gcp2_app/reports/charts/library.py"}


def test_pyplot_is_never_imported() -> None:
    found = [f"{path}" for path, name in imports() if "pyplot" in name.split(".")]

    assert found == []


def test_starting_imports_nothing_heavy() -> None:
    """The unlock window appears at once; the libraries of the store and of paper come later."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", "import gcp2_app.app"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    # Lines such as "import time:       213 |        213 |   sqlalchemy.util"
    loaded = {line.rpartition("|")[2].strip().split(".")[0] for line in done.stderr.splitlines() if "|" in line}
    assert "gcp2_app" in loaded
    assert loaded & HEAVY == set()
