"""``demo``: the practice family with its charts and reports, for trying everything without real data."""

import argparse
import json
import secrets
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gcp2_app.cli import passphrase, window
from gcp2_app.cli.output import write
from gcp2_app.cli.signing_in import sign_in_name
from gcp2_app.domain.charting import ChartKind
from gcp2_app.domain.register import Agency
from gcp2_app.errors import InvalidValue, NotAllowed, NotFound, StoreError
from gcp2_app.services import charts, practice, reports, stores
from gcp2_app.services.documents import making
from gcp2_app.services.documents.kinds import KINDS, About
from gcp2_app.services.invented import filling
from gcp2_app.services.session import Session

if TYPE_CHECKING:
    from gcp2_app.reports.charts.catalogue import Chart

_FIRST_USER = "owner"
#: Why the documents leave the store, for the audit trail.
_WHY = "practice family"
#: How often it is said how far the families are.
_TELL_EVERY_S = 5.0
#: Dots an inch of the charts beside the trend: for a screen, and quick to write.
_SCREEN_DPI = 110.0
#: Eight groups of four letters that are not mistaken for one another: 158 bits.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True)
class _Practice:
    """The practice store of one run, open.

    Attributes:
        made_up: the passphrase that was made up for it, or None.
    """

    session: Session
    made_up: str | None = None


def demo(parsed: argparse.Namespace) -> int:
    """Make or reuse a practice store, write its charts and reports, and open the window unless told not to.

    Raises:
        NotAllowed: the store is for real children.
        AppError: the store cannot be opened or made, or a document cannot be written.
    """
    if not parsed.no_window:
        window.require_screen()
    folder: Path = (parsed.store or stores.practice_store()).resolve()
    output: Path = (parsed.output or folder.with_name(f"{folder.name}-documents")).resolve()
    _require_folder(output)
    with _practice(parsed, folder) as opened:
        if parsed.children is not None:
            _fill(opened.session, parsed.children)
        output.mkdir(parents=True, exist_ok=True)
        written = []
        for path in _documents(opened.session, output):
            written.append(str(path))
            if not parsed.json:
                print(f"Wrote {path}", flush=True)
    if parsed.json:
        made_up = {"passphrase": opened.made_up} if opened.made_up else {}
        print(json.dumps({"store": str(folder), **made_up, "written": written}))
    if parsed.no_window:
        return 0
    result: int = parsed.open_window(folder)
    return result


def _fill(session: Session, children: int) -> None:
    """Add invented families, telling on stderr how far it is; Ctrl-C leaves those that are whole."""
    begun = told = time.monotonic()
    there = 0

    def tell(number: int) -> None:
        nonlocal there, told
        there = number
        if (now := time.monotonic()) - told >= _TELL_EVERY_S or (number >= children and now - begun > _TELL_EVERY_S):
            told = now
            print(f"{number:,} of {children:,} invented children", file=sys.stderr, flush=True)

    try:
        filling.fill(session, children, tell=tell)
    except KeyboardInterrupt:
        print(f"{there:,} children are in the store, each whole. The same command goes on from there.", file=sys.stderr)
        raise


def _require_folder(output: Path) -> None:
    if output.exists() and not output.is_dir():
        raise StoreError(f"{output} is not a folder.", "Choose another with --output.")


@contextmanager
def _practice(parsed: argparse.Namespace, folder: Path) -> Iterator[_Practice]:
    given = passphrase.given(parsed)
    if not stores.exists(folder):
        made_up = None
        if given is None and not passphrase.can_be_asked():
            given = made_up = _random()
        with _made(folder, given or passphrase.asked_first(parsed), parsed.user) as session:
            _tell_made(parsed, folder, session, made_up)
            yield _Practice(session, made_up)
    elif given is None and parsed.store is None and not passphrase.can_be_asked():
        # Nobody can be asked for the passphrase of the person's own practice store: another is made to throw away.
        print(f"{folder} is locked; the documents come from another practice store, removed again.", file=sys.stderr)
        with (
            tempfile.TemporaryDirectory(prefix="gcp2-") as place,
            _made(Path(place) / "practice", _random(), parsed.user) as session,
        ):
            yield _Practice(session)
    else:
        with _reused(parsed, folder) as session:
            yield _Practice(session)


def _tell_made(parsed: argparse.Namespace, folder: Path, session: Session, made_up: str | None) -> None:
    if parsed.json:
        return
    print(f"Made the practice store {folder} for {session.user.sign_in_name}.", flush=True)
    if made_up is not None:
        print(f"Its passphrase, shown only now: {made_up}", flush=True)


@contextmanager
def _reused(parsed: argparse.Namespace, folder: Path) -> Iterator[Session]:
    name = sign_in_name(folder, parsed.user)
    session = stores.unlock(folder, name, passphrase.asked(parsed, f"Passphrase of {name}: "))
    try:
        if not session.store.practice:
            raise NotAllowed(f"{folder} is a store for real children.", "Choose another folder with --store.")
        practice.ensure_family(session)
        yield session
    finally:
        stores.lock(session)


@contextmanager
def _made(folder: Path, chosen: str, user: str | None) -> Iterator[Session]:
    name = user or _FIRST_USER
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
    try:
        try:
            practice.ensure_family(session)
        except BaseException:
            # Made just now, by this command, with nothing in it: no half practice store is left.
            stores.lock(session)
            shutil.rmtree(folder, ignore_errors=True)
            raise
        yield session
    finally:
        stores.lock(session)


def _documents(session: Session, output: Path) -> Iterator[Path]:
    """Write the practice family's charts, a report on each latest assessment, and every other kind of report once."""
    family = tuple(enumerate(practice.family(session), start=1))
    for number, child in family:
        made = charts.every(session, child)
        yield from _charts(session, child, made, output / f"practice-child-{number}")
        if made[0].data.assessments:
            assessment = reports.latest_assessment(session, child)
            report = output / f"practice-child-{number}-assessment.pdf"
            write(report, reports.assessment_report(session, assessment, recipient="", reason=_WHY))
            yield report
    for kind in KINDS.values():
        if kind.about is About.STORE:
            yield from _report(session, kind.name, "", output / f"practice-team-{kind.name}.pdf")
        elif kind.about is not About.ASSESSMENT:
            each = (
                _report(session, kind.name, child, output / f"practice-child-{number}-{kind.name}.pdf")
                for number, child in family
            )
            # Of the first child it can be made of: there is nothing to be about in the record of every one.
            yield from next(filter(None, map(tuple, each)), ())


def _report(session: Session, kind: str, child: str, path: Path) -> Iterator[Path]:
    """Write a report, if there is something for it to be about that holds today."""
    try:
        made = making.export(session, making.Wanted(kind=kind, child=child), reason=_WHY)
    except (InvalidValue, NotAllowed, NotFound):
        return
    write(path, made.content)
    yield path


def _charts(session: Session, child: str, every: "Iterable[Chart]", stem: Path) -> Iterator[Path]:
    """Write the trend, and every other chart that has something to show."""
    for made in every:
        if made.kind is ChartKind.TREND or made.table.rows:
            path = stem.with_name(f"{stem.name}-{made.kind.value}.png")
            write(path, charts.file(session, child, made, ".png", dpi=_SCREEN_DPI))
            yield path


def _random() -> str:
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(8))
