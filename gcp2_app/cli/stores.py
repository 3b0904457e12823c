"""Commands on a store: ``init``, ``import``, ``export``."""

import argparse
import json
import sys

from gcp2_app.cli import passphrase
from gcp2_app.cli.signing_in import signed_in
from gcp2_app.domain.register import Agency
from gcp2_app.services import casefiles, stores

_FIRST_USER = "owner"


def init(parsed: argparse.Namespace) -> int:
    """Make a store. The recovery code goes to standard output, once."""
    name = parsed.user or _FIRST_USER
    created = stores.create(
        parsed.store,
        stores.SetUp(
            sign_in_name=name,
            name=name,
            role="",
            agency=Agency.OTHER,
            passphrase=passphrase.given(parsed) or passphrase.asked_new(None),
            practice=parsed.practice,
        ),
    )
    stores.lock(created.session)
    print(f"Made the store {parsed.store} for {name}.", file=sys.stderr)
    print("Recovery code, shown only now. Print it and keep it away from this computer:", file=sys.stderr)
    print(created.recovery_code)
    return 0


def import_(parsed: argparse.Namespace) -> int:
    """Take a case file in; what stayed out is named on standard error."""
    with signed_in(parsed) as session:
        done = casefiles.import_(session, parsed.file)
    for record in done.quarantined:
        print(f"left out: {record.path} {record.id}: {record.reason}", file=sys.stderr)
    for mark in done.marks:
        print(f"marked: {mark.path} {mark.id}: {mark.note}", file=sys.stderr)
    if parsed.json:
        print(
            json.dumps(
                {
                    "added": dict(done.added),
                    "revised": dict(done.revised),
                    "unchanged": dict(done.unchanged),
                    "quarantined": [
                        {"path": record.path, "id": record.id, "reason": record.reason} for record in done.quarantined
                    ],
                    "marks": [{"path": mark.path, "id": mark.id, "note": mark.note} for mark in done.marks],
                }
            )
        )
    print(
        f"{sum(done.added.values())} added, {sum(done.revised.values())} revised, "
        f"{sum(done.unchanged.values())} unchanged, {len(done.quarantined)} left out, {len(done.marks)} marked.",
        file=sys.stderr,
    )
    return 0


def export(parsed: argparse.Namespace) -> int:
    """Write a case file to standard output."""
    with signed_in(parsed) as session:
        for part in casefiles.export(session, parsed.child, recipient=parsed.recipient, reason=parsed.reason):
            sys.stdout.buffer.write(part)
        sys.stdout.buffer.flush()
    return 0
