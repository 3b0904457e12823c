"""``demo``: the practice family with its charts and reports, for trying everything without real data."""

import argparse
import json
import secrets
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gcp2_app.cli import passphrase
from gcp2_app.cli.output import write
from gcp2_app.cli.signing_in import sign_in_name
from gcp2_app.domain.register import Agency
from gcp2_app.errors import NotAllowed
from gcp2_app.services import casefiles, reports, stores, trends
from gcp2_app.services.caseload import CaseloadQuery, page
from gcp2_app.services.session import Session

_FIRST_USER = "owner"
#: Eight groups of four letters that are not mistaken for one another: 152 bits.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def demo(parsed: argparse.Namespace) -> int:
    """Make or reuse a practice store, write its charts and reports, and open the window unless told not to."""
    with _practice_session(parsed) as session:
        folder = session.store.folder
        output: Path = parsed.output or folder.with_name(f"{folder.name}-documents")
        output.mkdir(parents=True, exist_ok=True)
        written = list(_documents(session, output))
    for path in written:
        print(f"Wrote {path}", file=sys.stderr)
    if parsed.json:
        print(json.dumps({"store": str(folder), "written": [str(path) for path in written]}))
    if parsed.no_window:
        return 0
    result: int = parsed.open_window(folder)
    return result


@contextmanager
def _practice_session(parsed: argparse.Namespace) -> Iterator[Session]:
    folder: Path = parsed.store or stores.practice_store()
    given = passphrase.given(parsed)
    if stores.exists(folder) and given is None and parsed.store is None and not sys.stdin.isatty():
        # Somebody's own practice store is there and nobody can be asked for its passphrase: one is made to throw away.
        with tempfile.TemporaryDirectory(prefix="gcp2-") as place:
            parsed.output = parsed.output or folder.with_name(f"{folder.name}-documents")
            parsed.no_window = True
            print("The practice store is locked: a second one is made and removed again.", file=sys.stderr)
            with _made(Path(place) / "practice", _random(), parsed.user) as session:
                yield session
        return
    if stores.exists(folder):
        name = sign_in_name(folder, parsed.user)
        session = stores.unlock(folder, name, passphrase.asked(parsed, f"Passphrase of {name}: "))
        try:
            if not session.store.practice:
                raise NotAllowed(f"{folder} is a store for real children.", "Choose another folder with --store.")
            yield session
        finally:
            stores.lock(session)
        return
    if given is None and not sys.stdin.isatty():
        given = _random()
        print(f"Passphrase of the practice store, shown only now: {given}", file=sys.stderr)
    with _made(folder, given or passphrase.asked_new(None), parsed.user) as session:
        yield session


@contextmanager
def _made(folder: Path, chosen: str, user: str | None) -> Iterator[Session]:
    folder.parent.mkdir(parents=True, exist_ok=True)
    name = user or _FIRST_USER
    try:
        session = stores.create(
            folder,
            stores.SetUp(
                sign_in_name=name,
                name=f"Practice {name}",
                role="practitioner",
                agency=Agency.CHILDRENS_SOCIAL_CARE,
                passphrase=chosen,
                practice=True,
            ),
        ).session
        casefiles.load_practice_family(session)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    try:
        print(f"Made the practice store {folder} for {name}.", file=sys.stderr)
        yield session
    finally:
        stores.lock(session)


def _documents(session: Session, output: Path) -> Iterator[Path]:
    for number, row in enumerate(page(session, CaseloadQuery(sort="age", descending=True)).rows, start=1):
        trend = trends.trend(session, row.id)
        chart = output / f"practice-child-{number}-trend.png"
        write(chart, reports.trend_file(session, row.id, trend, ".png"))
        yield chart
        if row.assessment is not None:
            report = output / f"practice-child-{number}-assessment.pdf"
            write(report, reports.assessment_report(session, row.assessment, recipient="", reason="practice family"))
            yield report


def _random() -> str:
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(8))
