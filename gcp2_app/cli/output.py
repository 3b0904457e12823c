"""Commands that draw and write: ``chart``, ``report``; and the atomic writing of what they make."""

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

from gcp2_app.cli.passphrase import first_line
from gcp2_app.cli.signing_in import signed_in
from gcp2_app.domain.charting import ChartKind
from gcp2_app.domain.moment import Moment
from gcp2_app.domain.readers import AUDIENCES, Audience
from gcp2_app.domain.words import counted
from gcp2_app.errors import AppError, NotFound, StoreError
from gcp2_app.services import charts, reports
from gcp2_app.services.documents import making
from gcp2_app.services.documents.kinds import KINDS, About
from gcp2_app.services.documents.making import Copy, Form, Wanted
from gcp2_app.services.session import Session

_FORMATS = (".png", ".svg")


def chart(parsed: argparse.Namespace) -> int:
    """Draw a chart to a file, or with ``--json`` answer with the series drawn, or both."""
    if parsed.out is None and not parsed.json:
        parsed.wrong_usage("give --out FILE.png or FILE.svg, or --json")
    if parsed.out is not None and parsed.out.suffix.lower() not in _FORMATS:
        raise AppError(f"{parsed.out} is neither PNG nor SVG.", "Name it FILE.png or FILE.svg.")
    if parsed.out is not None:
        require_folder(parsed.out)
    moment, kind = Moment(as_of=parsed.as_of, known_on=parsed.known_on), ChartKind(parsed.kind)
    with signed_in(parsed) as session:
        answer, picture = _drawn(session, parsed, kind, moment)
        if parsed.out is not None and picture is not None:
            write(parsed.out, picture)
            print(f"Wrote {parsed.out}", file=sys.stderr)
    if answer is not None:
        print(json.dumps(answer))
    return 0


def _drawn(
    session: Session, parsed: argparse.Namespace, kind: ChartKind, moment: Moment
) -> tuple[dict[str, Any] | None, bytes | None]:
    """Return the JSON answer and the picture, each only where it is asked for."""
    child, suffix = parsed.child, "" if parsed.out is None else parsed.out.suffix.lower()
    made = charts.chart(session, child, kind, moment)
    answer = None
    if parsed.json:
        # The trend's series have a shape of their own in the case-file contract.
        if kind is ChartKind.TREND:
            answer = reports.trend_series(session, child, made.data)
        else:
            answer = charts.document(session, child, made)
    return answer, charts.file(session, child, made, suffix) if suffix else None


def report(parsed: argparse.Namespace) -> int:
    """Write a report to a file, as what its ending says."""
    form, wanted = _form(parsed.out), _wanted(parsed)
    if parsed.password_file is not None and form is not Form.PDF:
        parsed.wrong_usage("--password-file: only a PDF can be protected; name it FILE.pdf, or leave the password out")
    KINDS[wanted.kind].require_form(form)
    password = first_line(parsed.password_file, "password") if parsed.password_file is not None else None
    require_folder(parsed.out)
    with signed_in(parsed) as session:
        copy = making.export(
            session,
            wanted,
            reason=parsed.reason,
            form=form,
            password=password,
            put=lambda content: write(parsed.out, content),
        )
    print(f"Wrote {parsed.out}", file=sys.stderr)
    if copy.losses and not parsed.json:
        times = counted(sum(loss.times for loss in copy.losses), "thing")
        print(f"Left out of this copy: {times}; --json lists where and why.", file=sys.stderr)
    if parsed.json:
        print(json.dumps(_answer(parsed, copy)))
    return 0


def _form(out: Path) -> Form:
    """Return what a file is written as.

    Raises:
        AppError: its ending says nothing that is known.
    """
    try:
        return Form(out.suffix.lower().removeprefix("."))
    except ValueError:
        raise AppError(
            f"{out} is neither a PDF, nor plain text, nor a table.",
            f"Name it {' or '.join(f'FILE.{each.value}' for each in Form)}.",
        ) from None


def _wanted(parsed: argparse.Namespace) -> Wanted:
    kind = KINDS[parsed.kind]
    if kind.about is About.STORE and parsed.child is not None:
        parsed.wrong_usage("this report is about the whole store: leave --child out")
    if kind.about is not About.STORE and parsed.child is None:
        parsed.wrong_usage("say which child with --child ID")
    if parsed.assessment is not None and parsed.entry is not None:
        parsed.wrong_usage("give --assessment or --entry, not both")
    preset = parsed.redact_for in {audience.value for audience in Audience}
    audience = Audience(parsed.redact_for) if preset else None
    return Wanted(
        kind=kind.name,
        child=parsed.child or "",
        matter=parsed.assessment or parsed.entry or "",
        audience=audience,
        person="" if preset else parsed.redact_for or "",
        recipient=parsed.recipient or (AUDIENCES[audience] if audience is not None else ""),
        moment=Moment(as_of=parsed.as_of, known_on=parsed.known_on),
        since=parsed.since,
    )


def _answer(parsed: argparse.Namespace, copy: Copy) -> dict[str, Any]:
    about = {"assessment": copy.matter} if KINDS[parsed.kind].about is About.ASSESSMENT else {"entry": copy.matter}
    return {
        "kind": parsed.kind,
        **(about if copy.matter else {}),
        "out": str(parsed.out),
        "bytes": len(copy.content),
        "left_out": [
            {"where": loss.where, "what": loss.kind.value, "why": loss.why.value, "times": loss.times}
            for loss in copy.losses
        ],
    }


def require_folder(path: Path) -> None:
    """Refuse a file whose folder is not there, before anything is read or made for it.

    Raises:
        NotFound: it is not.
    """
    if not path.parent.is_dir():
        raise NotFound(f"There is no folder {path.parent}.", "Make it first, or choose another.")


def write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all.

    Raises:
        NotFound: its folder is not there.
        StoreError: the disk refuses.
    """
    require_folder(path)
    beside = path.with_name(f".{path.name}.new")
    try:
        # For its owner alone: what is in it is about a child.
        with os.fdopen(os.open(beside, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise StoreError(
            f"{path} cannot be written ({error.strerror}).", "Check the folder and the free space."
        ) from None
