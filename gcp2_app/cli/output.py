"""Commands that draw and write: ``chart``, ``report``; and the atomic writing of what they make."""

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

from gcp2_app.cli.signing_in import signed_in
from gcp2_app.domain.charting import ChartKind
from gcp2_app.domain.moment import Moment
from gcp2_app.errors import AppError, NotFound, StoreError
from gcp2_app.services import charts, reports, trends
from gcp2_app.services.session import Session

_FORMATS = (".png", ".svg")


def chart(parsed: argparse.Namespace) -> int:
    """Draw a chart to a file, or with ``--json`` answer with the series drawn, or both."""
    if parsed.out is None and not parsed.json:
        parsed.wrong_usage("give --out FILE.png or FILE.svg, or --json")
    if parsed.out is not None and parsed.out.suffix.lower() not in _FORMATS:
        raise AppError(f"{parsed.out} is neither PNG nor SVG.", "Name it FILE.png or FILE.svg.")
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
    if kind is ChartKind.TREND:
        trend = trends.trend(session, child, moment)
        series = reports.trend_series(session, child, trend) if parsed.json else None
        return series, reports.trend_file(session, child, trend, suffix) if suffix else None
    made = charts.chart(session, child, kind, moment)
    table = charts.document(session, child, made) if parsed.json else None
    return table, charts.file(session, child, made, suffix) if suffix else None


def report(parsed: argparse.Namespace) -> int:
    """Write a report to a file."""
    if parsed.out.suffix.lower() != ".pdf":
        raise AppError(f"{parsed.out} is not a PDF name.", "Name it FILE.pdf.")
    with signed_in(parsed) as session:
        assessment = parsed.assessment or reports.latest_assessment(session, parsed.child)
        reports.require_of_child(session, assessment, parsed.child)
        content = reports.assessment_report(session, assessment, recipient=parsed.recipient, reason=parsed.reason)
        write(parsed.out, content)
    print(f"Wrote {parsed.out}", file=sys.stderr)
    if parsed.json:
        print(json.dumps({"assessment": assessment, "out": str(parsed.out), "bytes": len(content)}))
    return 0


def write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all.

    Raises:
        NotFound: its folder is not there.
        StoreError: the disk refuses.
    """
    if not path.parent.is_dir():
        raise NotFound(f"There is no folder {path.parent}.", "Make it first, or choose another.")
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
