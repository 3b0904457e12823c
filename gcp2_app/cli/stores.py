"""Commands on a store: ``init``, ``import``, ``export``."""

import argparse
import json
import sys
from collections.abc import Mapping

from gcp2_app.cli import passphrase
from gcp2_app.cli.signing_in import signed_in
from gcp2_app.domain.register import Agency
from gcp2_app.exchange.casefile import Mark, Quarantined
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
            passphrase=passphrase.asked_first(parsed),
            practice=parsed.practice,
        ),
    )
    stores.lock(created.session)
    print(f"Made the store {parsed.store} for {name}.", file=sys.stderr)
    print("Recovery code, shown only now. Print it and keep it away from this computer:", file=sys.stderr)
    print(created.recovery_code)
    return 0


def import_(parsed: argparse.Namespace) -> int:
    """Take a case file in; what stayed out is named on standard error.

    Raises:
        AppError: as :func:`gcp2_app.services.casefiles.import_`; with ``--json`` the answer lists what stayed out.
    """
    with signed_in(parsed) as session:
        try:
            done = casefiles.import_(session, parsed.file)
        except casefiles.NothingWentIn as refusal:
            if parsed.json:
                _answer({}, {}, {}, refusal.quarantined, ())
            raise
    for record in done.quarantined:
        print(_line("left out", record.path, record.id, record.reason), file=sys.stderr)
    for mark in done.marks:
        print(_line("marked", mark.path, mark.id, mark.note), file=sys.stderr)
    if parsed.json:
        _answer(done.added, done.revised, done.unchanged, done.quarantined, done.marks)
    print(
        f"{sum(done.added.values())} added, {sum(done.revised.values())} revised, "
        f"{sum(done.unchanged.values())} unchanged, {len(done.quarantined)} left out, {len(done.marks)} marked.",
        file=sys.stderr,
    )
    return 0


def _line(verb: str, path: str, record: str, why: str) -> str:
    return f"{verb}: {path}{f' ({record})' if record else ''}: {why}"


def _answer(
    added: Mapping[str, int],
    revised: Mapping[str, int],
    unchanged: Mapping[str, int],
    quarantined: tuple[Quarantined, ...],
    marks: tuple[Mark, ...],
) -> None:
    answer = {
        "added": dict(added),
        "revised": dict(revised),
        "unchanged": dict(unchanged),
        "quarantined": [{"path": each.path, "id": each.id, "reason": each.reason} for each in quarantined],
        "marks": [{"path": each.path, "id": each.id, "note": each.note} for each in marks],
    }
    print(json.dumps(answer))


def export(parsed: argparse.Namespace) -> int:
    """Write a case file to standard output."""
    with signed_in(parsed) as session:
        for part in casefiles.export(session, parsed.child, recipient=parsed.recipient, reason=parsed.reason):
            sys.stdout.buffer.write(part)
        sys.stdout.buffer.flush()
    return 0
