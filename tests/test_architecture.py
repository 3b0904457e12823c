"""What the linters cannot see of the architecture (docs/adr/0001)."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

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


def each_node() -> Iterator[tuple[Path, ast.AST]]:
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), filename=str(path))):
            yield path.relative_to(ROOT), node


def imported(node: ast.AST) -> list[str]:
    """Give the full names that an import statement brings in; nothing for other nodes."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [f"{node.module}.{alias.name}" for alias in node.names]
    return []


def test_no_module_has_an_empty_name() -> None:
    found = [path for path in MODULES if {*path.relative_to(PACKAGE).with_suffix("").parts} & EMPTY_NAMES]

    assert found == []


def test_the_domain_rests_on_the_standard_library_alone() -> None:
    allowed = {*sys.stdlib_module_names, "typing_extensions"}
    found = [
        (str(path), name)
        for path, node in each_node()
        if path.parts[1] == "domain"
        for name in imported(node)
        if name.split(".")[0] not in allowed
        and not name.startswith(("gcp2_app.domain.", "gcp2_app.errors."))
        and name != "gcp2_app.domain"
    ]

    assert found == []


def test_the_domain_has_no_clock() -> None:
    found = [
        f"{path}:{node.lineno}"
        for path, node in each_node()
        if path.parts[1] == "domain"
        and isinstance(node, ast.Attribute)
        and node.attr in {"today", "now", "utcnow", "monotonic", "perf_counter"}
        and isinstance(node.value, ast.Name)
        and node.value.id in {"date", "datetime", "time"}
    ]

    assert found == []


@pytest.mark.parametrize("name", ["processEvents", "QRunnable", "QtAsyncio", "exec_"])
def test_the_event_loop_is_never_nested_or_bypassed(name: str) -> None:
    found = [
        f"{path}:{node.lineno}"
        for path, node in each_node()
        if (isinstance(node, ast.Attribute) and node.attr == name) or (isinstance(node, ast.Name) and node.id == name)
    ]

    assert found == []


def test_pyplot_is_never_imported() -> None:
    found = [f"{path}" for path, node in each_node() for name in imported(node) if "pyplot" in name.split(".")]

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
    names = {line.rpartition("|")[2].strip().split(".")[0] for line in done.stderr.splitlines() if "|" in line}
    assert "gcp2_app" in names
    assert names & HEAVY == set()
