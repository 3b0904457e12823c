"""A canary for the window library: emitting a signal must not lose references to ``True``.

One release did, on Pythons where ``True`` is counted like any object, and aborted after some
thousands of emits. The bound in ``pyproject.toml`` says which; this says whether.
"""

import subprocess
import sys

EMITS = 20_000

PROGRAM = f"""
import sys
from PySide6.QtCore import QCoreApplication, QObject, Signal

class Bell(QObject):
    rang = Signal(bool)

application = QCoreApplication([])
bell = Bell()
heard = []
bell.rang.connect(lambda value: heard.append(1) if value else None)
before = sys.getrefcount(True)
for _ in range({EMITS}):
    bell.rang.emit(True)
print(len(heard), sys.getrefcount(True) - before)
"""


def test_emitting_a_bool_keeps_the_references_to_true() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    heard, difference = map(int, done.stdout.split())
    assert heard == EMITS
    # Other code may hold True a few times more or less; a leak or a loss would show at each emit.
    assert abs(difference) < EMITS // 100
