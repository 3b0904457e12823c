"""Several threads load the program's modules at once, in any order, and none waits for another in a circle.

Python takes a module's lock, then that of the package it is in, then those of the modules it imports. Where these locks
have no circle, no threads can meet in one; where they had, one of them got a module that was not finished, or an error.
"""

import ast
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from tests.test_architecture import MODULES, PACKAGE, ROOT

#: One thread alone runs the command line, and its package is what the installed command calls.
ONE_THREAD = "gcp2_app.cli"

#: All of them ask at the same instant, and change places as often as Python lets them.
PROGRAM = """
import importlib, sys, threading, typing

names = sys.argv[1:]
together = threading.Barrier(len(names))

def load(name):
    together.wait()
    importlib.import_module(name)

wrong = []
threading.excepthook = lambda each: wrong.append(repr(each.exc_value))
sys.setswitchinterval(1e-6)
threads = [threading.Thread(target=load, args=(name,)) for name in names]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
sys.exit("; ".join(wrong) or 0)
"""


def _name(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _loaded_with(body: list[ast.stmt]) -> Iterator[str]:
    """Yield what is imported when a module is loaded: not in a function, nor for the type checker alone."""
    for each in body:
        match each:
            case ast.Import():
                yield from (alias.name for alias in each.names)
            case ast.ImportFrom(module=str(module)):
                yield module
                yield from (f"{module}.{alias.name}" for alias in each.names)
            case ast.If(test=ast.Name(id="TYPE_CHECKING")):
                yield from _loaded_with(each.orelse)
            case ast.If() | ast.Try() | ast.With() | ast.ClassDef():
                for inner in ("body", "orelse", "handlers", "finalbody"):
                    yield from _loaded_with(getattr(each, inner, []))
            case ast.ExceptHandler():
                yield from _loaded_with(each.body)


def test_no_module_waits_for_one_that_waits_for_it() -> None:
    names = {_name(path): path for path in MODULES}
    waits: dict[str, set[str]] = {}
    for name, path in names.items():
        brought = {each for each in _loaded_with(ast.parse(path.read_text(encoding="utf-8")).body) if each in names}
        waits[name] = {*brought, name.rpartition(".")[0]} - {"", name}
    waits[ONE_THREAD] = set()

    # A circle is an error that names its modules.
    assert {*TopologicalSorter(waits).static_order()} >= names.keys()


@pytest.mark.parametrize(
    "modules",
    [
        ("domain.rules.themes", "domain.rules.record", "domain.rules.meetings", "domain.rules.view", "services.glance"),
        ("forms.packs", "forms.rule_policy", "forms.entry_kinds", "forms.tables", "forms.pack_tables"),
        ("exchange.casefile", "exchange.casefile_reading", "exchange.casefile_writing", "exchange.schema"),
    ],
)
def test_threads_that_ask_at_the_same_instant_all_get_their_modules(modules: tuple[str, ...]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *(f"gcp2_app.{name}" for name in modules)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
