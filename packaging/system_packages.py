"""What the program needs of a Debian or Ubuntu system, and how it gets there.

It may use the standard library only, and installs nothing unless it may do so without asking.
"""

import importlib.util
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Sequence

# What Qt's platform plugins (xcb, wayland, offscreen) link against and do not bring along, as
# (library, the Debian package that has it). Found by reading what each plugin says it needs.
QT_LIBRARIES = (
    ("libEGL.so.1", "libegl1"),
    ("libGL.so.1", "libgl1"),
    ("libX11-xcb.so.1", "libx11-xcb1"),
    ("libX11.so.6", "libx11-6"),
    ("libbrotlidec.so.1", "libbrotli1"),
    ("libdbus-1.so.3", "libdbus-1-3"),
    ("libfontconfig.so.1", "libfontconfig1"),
    ("libfreetype.so.6", "libfreetype6"),
    ("libglib-2.0.so.0", "libglib2.0-0"),
    ("libgssapi_krb5.so.2", "libgssapi-krb5-2"),
    ("libwayland-client.so.0", "libwayland-client0"),
    ("libwayland-cursor.so.0", "libwayland-cursor0"),
    ("libwayland-egl.so.1", "libwayland-egl1"),
    ("libxcb-cursor.so.0", "libxcb-cursor0"),
    ("libxcb-glx.so.0", "libxcb-glx0"),
    ("libxcb-icccm.so.4", "libxcb-icccm4"),
    ("libxcb-image.so.0", "libxcb-image0"),
    ("libxcb-keysyms.so.1", "libxcb-keysyms1"),
    ("libxcb-randr.so.0", "libxcb-randr0"),
    ("libxcb-render-util.so.0", "libxcb-render-util0"),
    ("libxcb-render.so.0", "libxcb-render0"),
    ("libxcb-shape.so.0", "libxcb-shape0"),
    ("libxcb-shm.so.0", "libxcb-shm0"),
    ("libxcb-sync.so.1", "libxcb-sync1"),
    ("libxcb-util.so.1", "libxcb-util1"),
    ("libxcb-xfixes.so.0", "libxcb-xfixes0"),
    ("libxcb-xkb.so.1", "libxcb-xkb1"),
    ("libxcb.so.1", "libxcb1"),
    ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
    ("libxkbcommon.so.0", "libxkbcommon0"),
)
# What the tests use besides, as (program, the Debian package that has it): a screen for the
# journeys, and a second opinion on the reports.
TEST_PROGRAMS = (("Xvfb", "xvfb"), ("openbox", "openbox"), ("pdftotext", "poppler-utils"))


class SystemNotReady(Exception):
    """Something of the system is missing and needed; the sentence says what to do."""


def missing_libraries(ldconfig_listing: str) -> list[str]:
    """Tell which Debian packages are wanted, given what ``ldconfig -p`` printed."""
    known = {line.split()[0] for line in ldconfig_listing.splitlines() if "=>" in line}
    return [package for library, package in QT_LIBRARIES if library not in known]


def can_make_environments() -> bool:
    """Tell whether this Python has ensurepip, which Debian puts in a package of its own."""
    return importlib.util.find_spec("ensurepip") is not None


def missing_packages(*, for_tests: bool, new_environment: bool) -> list[str]:
    """Tell which Debian packages this Linux machine lacks, in order, without repeats."""
    packages = []
    if new_environment and sys.base_prefix == "/usr" and not can_make_environments():
        packages.append(f"python3.{sys.version_info[1]}-venv")
    ldconfig = shutil.which("ldconfig", path=os.pathsep.join((os.environ["PATH"], "/sbin")))
    if ldconfig is not None:
        listing = subprocess.run([ldconfig, "-p"], capture_output=True, text=True, check=True)
        packages += missing_libraries(listing.stdout)
    if for_tests:
        packages += [package for program, package in TEST_PROGRAMS if not shutil.which(program)]
    return packages


def apt_commands(packages: Sequence[str], *, prefix: Sequence[str]) -> list[list[str]]:
    """Give the commands that install packages, each with the prefix that makes it root's."""
    return [
        [*prefix, "apt-get", "update"],
        [*prefix, "apt-get", "install", "--yes", "--no-install-recommends", *packages],
    ]


def root_prefix() -> list[str] | None:
    """Give what makes a command run as root without asking, or None where nothing does."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and not subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode:
        return ["sudo", "-n"]
    return None


def prepare(*, for_tests: bool, new_environment: bool, must: bool) -> None:
    """Install what Debian and Ubuntu lack, or show the command that does.

    Args:
        for_tests: Whether the tools of the tests are wanted too.
        new_environment: Whether a virtual environment is still to be made.
        must: Whether to stop when something is missing and may not be installed.

    Raises:
        SystemNotReady: If something is missing, may not be installed, and is needed.
    """
    if not sys.platform.startswith("linux"):
        return
    packages = missing_packages(for_tests=for_tests, new_environment=new_environment)
    if not packages:
        return
    if shutil.which("apt-get") is None:
        print("This system may lack (by their Debian names): " + " ".join(packages))
        return
    needed = must or packages[0].endswith("-venv")
    prefix = root_prefix()
    if prefix is None:
        shown = " && ".join(shlex.join(each) for each in apt_commands(packages, prefix=["sudo"]))
        report(f"Some system packages are missing. To install them:\n{shown}", needed=needed)
        return
    print("Installing system packages: " + " ".join(packages), flush=True)
    for command in apt_commands(packages, prefix=prefix):
        # What apt-get prints is of interest only when it fails.
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        )
        if done.returncode:
            failure = f"{done.stdout}{done.stderr}This failed: {shlex.join(command)}"
            report(failure, needed=needed)
            return


def report(sentence: str, *, needed: bool) -> None:
    """Say what is missing.

    Raises:
        SystemNotReady: If nothing can be done without it.
    """
    if needed:
        raise SystemNotReady(f"{sentence}\nThen run this again.")
    print(f"{sentence}\n(The window needs them; the rest goes on.)", flush=True)
