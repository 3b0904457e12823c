"""``start.py`` from a fresh folder: it sets up once, works from anywhere, and says what is wrong."""

import ast
import os
import socket
import subprocess
import sys
from pathlib import Path
from shutil import copy

import pytest

import start

ROOT = Path(__file__).parent.parent.parent
SCRIPTS = [ROOT / "packaging" / "start.py", ROOT / "packaging" / "system_packages.py"]

# A project small enough to be installed without a connection: it builds itself, and its `gcp2`
# says what it was asked, and exits with 3.
PYPROJECT = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]
"""
BACKEND = """
import zipfile

FILES = {
    "small.py": "import sys\\ndef main():\\n    print('asked:', *sys.argv[1:])\\n    return 3\\n",
    "gcp2-1.dist-info/METADATA": "Metadata-Version: 2.1\\nName: gcp2\\nVersion: 1\\n",
    "gcp2-1.dist-info/WHEEL": "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n",
    "gcp2-1.dist-info/entry_points.txt": "[console_scripts]\\ngcp2 = small:main\\n",
}

def build_editable(wheel_directory, config_settings=None, metadata_directory=None):
    name = "gcp2-1-py3-none-any.whl"
    with zipfile.ZipFile(f"{wheel_directory}/{name}", "w") as wheel:
        for path, text in FILES.items():
            wheel.writestr(path, text)
        wheel.writestr("gcp2-1.dist-info/RECORD", "".join(f"{path},,\\n" for path in FILES))
    return name
"""


def make_checkout(folder: Path) -> Path:
    """Lay out a checkout with the real scripts, nothing to download, and no environment yet."""
    packaging = folder / "packaging"
    packaging.mkdir(parents=True)
    for script in SCRIPTS:
        copy(script, packaging)
    (packaging / "requirements.lock").write_text("# nothing\n", encoding="utf-8")
    (folder / "pyproject.toml").write_text(PYPROJECT, encoding="utf-8")
    (folder / "backend.py").write_text(BACKEND, encoding="utf-8")
    return folder


def run_start(checkout: Path, *arguments: str, display: str = "") -> subprocess.CompletedProcess[str]:
    """Run the checkout's ``start.py`` from another folder, without a connection."""
    environment = {**os.environ, "PIP_NO_INDEX": "1", "DISPLAY": display, "WAYLAND_DISPLAY": ""}
    return subprocess.run(
        [sys.executable, checkout / "packaging" / "start.py", *arguments],
        cwd=checkout.parent,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a display")
def test_it_sets_up_once_and_again_after_a_move(tmp_path: Path) -> None:
    checkout = make_checkout(tmp_path / "first")

    fresh = run_start(checkout, "--store", "here")
    again = run_start(checkout, "run", "somewhere", display=":9")
    moved = run_start(checkout.rename(tmp_path / "second"), "run")

    assert "Making the virtual environment" in fresh.stdout, fresh.stderr
    assert "asked: demo --no-window --store here" in fresh.stdout
    assert fresh.returncode == 3
    assert again.stdout == "asked: open somewhere\n"
    assert again.returncode == 3
    assert "Making the virtual environment" in moved.stdout, moved.stderr
    assert "asked: demo --no-window" in moved.stdout


def test_a_set_up_that_failed_is_said_and_tried_again(tmp_path: Path) -> None:
    checkout = make_checkout(tmp_path / "checkout")
    (checkout / "packaging" / "requirements.lock").write_text("absent==1 --hash=sha256:" + "0" * 64)

    failed = run_start(checkout)
    (checkout / "packaging" / "requirements.lock").write_text("# nothing\n")
    mended = run_start(checkout)

    assert failed.returncode == 1
    assert "The first time needs a connection" in failed.stderr
    assert "asked: demo --no-window" in mended.stdout, mended.stderr


@pytest.mark.parametrize("version", [(3, 9, 18), (3, 10, 0), (3, 14, 0)])
def test_another_python_is_refused_with_the_way_to_get_one(version: tuple[int, ...]) -> None:
    sentence = start.refusal(version, "/usr/bin/python3")

    assert sentence is not None
    assert f"/usr/bin/python3 is Python {version[0]}.{version[1]}:" in sentence
    assert "https://www.python.org/downloads/" in sentence


@pytest.mark.parametrize("version", [(3, 11, 2), (3, 12, 0), (3, 13, 9)])
def test_a_supported_python_is_not_refused(version: tuple[int, ...]) -> None:
    assert start.refusal(version, "/usr/bin/python3") is None


def test_an_old_python_can_read_the_refusal() -> None:
    source = SCRIPTS[0].read_text(encoding="utf-8")

    tree = ast.parse(source, feature_version=(3, 7))

    early = tree.body[: [isinstance(node, ast.If) for node in tree.body].index(True)]
    imports = [node for node in early if isinstance(node, ast.Import | ast.ImportFrom)]
    assert [ast.unparse(node) for node in imports] == ["import sys"]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_only_the_standard_library_is_used(script: Path) -> None:
    names = {
        (node.module or "") if isinstance(node, ast.ImportFrom) else node.names[0].name
        for node in ast.walk(ast.parse(script.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
    }

    assert {name.split(".")[0] for name in names} - sys.stdlib_module_names - {"system_packages"} == set()


@pytest.mark.parametrize("arguments", [["tset"], ["setup", "--now"], ["test", "tests/domain"]])
def test_wrong_usage_is_told_the_right_one(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert start.main(arguments) == 2
    assert "usage: start.py" in capsys.readouterr().err


def test_help_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert start.main(["--help"]) == 0
    assert "usage: start.py" in capsys.readouterr().out


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere journeys use the real screen")
def test_journeys_get_a_screen_of_their_own() -> None:
    with start.journey_screen() as environment:
        number = environment["DISPLAY"].removeprefix(":")
        with socket.socket(socket.AF_UNIX) as display:
            display.connect(f"/tmp/.X11-unix/X{number}")  # noqa: S108 - where X servers listen

    assert environment["QT_QPA_PLATFORM"] == "xcb"


def test_the_readme_and_the_pipeline_call_these_commands() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    pipeline = (ROOT / ".ci" / "run").read_text(encoding="utf-8")

    assert "\npython3 packaging/start.py\npython3 packaging/start.py test\n" in readme
    assert pipeline.endswith("\npython3 packaging/start.py test\n")
