"""The command ``alerts``: what the rules say, as one JSON array on standard output."""

import argparse
import json
from typing import Any

from gcp2_app.cli.signing_in import signed_in
from gcp2_app.domain.alerts import Alert, SetAside
from gcp2_app.domain.moment import Moment
from gcp2_app.services import alerts as service


def alerts(parsed: argparse.Namespace) -> int:
    """Answer with the alerts of a child or a store, as of a day, as far as it was known on a day."""
    with signed_in(parsed) as session:
        found = service.at(session, Moment(as_of=parsed.as_of, known_on=parsed.known_on), parsed.child)
    print(json.dumps([_document(alert) for alert in found], ensure_ascii=False))
    return 0


def _document(alert: Alert) -> dict[str, Any]:
    """Return the keys of the contract and no others."""
    return {
        "rule": alert.rule,
        "row": alert.row,
        "level": alert.level.value,
        "child": alert.child,
        "since": alert.since.isoformat(),
        "text": alert.text,
        "entries": list(alert.entries),
        "next": alert.next,
        "set_aside": None if alert.set_aside is None else _aside(alert.set_aside),
    }


def _aside(aside: SetAside) -> dict[str, str]:
    return {
        "reason": aside.reason,
        "by": aside.by,
        "on": aside.on.isoformat(),
        "until": aside.until.isoformat(),
    }
