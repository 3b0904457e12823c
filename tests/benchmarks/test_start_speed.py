"""The window at start, side by side with a bare one, in processes of their own."""

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from tests.benchmarks.conftest import Say
from tests.stores import make_session

# Each prints its resident memory, in KiB, once its first window has been painted, and leaves.
_WATCH = """
import sys
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMainWindow

def leave():
    for line in open("/proc/self/status"):
        if line.startswith("VmRSS"):
            print(line.split()[1], flush=True)
    QApplication.closeAllWindows()
    QApplication.quit()

class Watch(QObject):
    done = False
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and isinstance(watched, KIND) and not self.done:
            self.done = True
            QTimer.singleShot(0, leave)
        return False

app = QApplication([])
watch = Watch()
app.installEventFilter(watch)
"""
_BARE = f"""{_WATCH.replace("KIND", "QLabel")}
window = QMainWindow()
window.setCentralWidget(QLabel("gcp2"))
window.show()
app.exec()
"""
_OURS = f"""{_WATCH.replace("KIND", "QLineEdit")}
from pathlib import Path
from gcp2_app.app import run_window
run_window(Path(sys.argv[1]))
"""


def _start(code: str, *arguments: str) -> tuple[float, int]:
    begun = time.perf_counter()
    with subprocess.Popen([sys.executable, "-c", code, *arguments], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        kib = int(child.stdout.readline())
        taken = time.perf_counter() - begun
    return taken, kib


def test_start_to_the_unlock_window(tmp_path: Path, say: Say) -> None:
    make_session(tmp_path / "store").store.close()
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    bare, ours = [], []
    for _ in range(7):
        bare.append(_start(_BARE))
        ours.append(_start(_OURS, str(tmp_path / "store")))
    bare_s, ours_s = (statistics.median(each[0] for each in runs) for runs in (bare, ours))
    bare_kib, ours_kib = (statistics.median(each[1] for each in runs) for runs in (bare, ours))
    say(f"start → unlock window usable: {ours_s * 1e3:.0f} ms, {ours_s / bare_s:.2f} × a bare window (bar 1.6)")
    say(f"memory then: {ours_kib / 1024:.0f} MiB, {ours_kib / bare_kib:.2f} × a bare window (bar 1.6)")
    assert len(ours) == 7
