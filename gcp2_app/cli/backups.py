"""Commands that keep a store safe: ``backup``, ``restore``, ``verify``."""

import argparse
import json
import sys

from gcp2_app.cli import passphrase
from gcp2_app.cli.signing_in import require_store, sign_in_name, signed_in
from gcp2_app.domain.words import counted
from gcp2_app.errors import AppError
from gcp2_app.services import backups, restoring, stores, verifying


def backup(parsed: argparse.Namespace) -> int:
    """Make a backup, and print where it is."""
    with signed_in(parsed) as session:
        done = backups.make(session)
        place = session.store.folder / "backups"
    if done.made is None:
        raise RuntimeError("a backup by hand is always made")
    path = place / done.made.name
    if parsed.json:
        answer = {
            "backup": str(path),
            "made_at": done.made.made_at.isoformat(),
            "bytes": done.made.size_bytes,
            "copied": done.copied is not None,
            "let_go": done.let_go,
        }
        print(json.dumps(answer))
    else:
        print(path)
    if done.not_copied is not None:
        print(f"Not copied off this computer: {done.not_copied}", file=sys.stderr)
    return 0


def restore(parsed: argparse.Namespace) -> int:
    """Put a backup in the place of a store, or where there is none."""
    folder, backup_folder = parsed.store, parsed.backup
    known = folder if stores.exists(folder) else backup_folder
    try:
        name = sign_in_name(known, parsed.user)
    except AppError:
        # The key file that is there may be damaged: then the backup's is asked.
        name = sign_in_name(backup_folder, parsed.user)
    code = passphrase.recovery_code(parsed.recovery_file) if parsed.recovery_file is not None else None
    typed = passphrase.asked(parsed, f"Passphrase of {name}: ")
    done = restoring.restore_backup(folder, backup_folder, name, typed, recovery_code=code)
    for line in restoring.in_words(done):
        print(line, file=sys.stderr)
    if parsed.json:
        kept = None if done.kept is None else str(folder / "backups" / done.kept.name)
        answer = {
            "store": str(folder),
            "as_of": None if done.made_at is None else done.made_at.isoformat(),
            "kept": kept,
            "old_passphrases": done.old_passphrases,
            "taken_away": list(done.taken_away),
            "not_back": list(done.not_back),
        }
        print(json.dumps(answer))
    return 0


def verify(parsed: argparse.Namespace) -> int:
    """Look through a store. Each finding is a line on standard error."""
    require_store(parsed.store)
    name = sign_in_name(parsed.store, parsed.user)
    typed = passphrase.asked(parsed, f"Passphrase of {name}: ")
    found = verifying.verify(parsed.store, name, typed)
    if parsed.json:
        answer = {
            "whole": not found.troubles,
            "findings": [{"part": each.part.value, "text": each.text} for each in found.troubles],
            "events": found.events,
            "signed_off": found.signed,
            "not_comparable": found.not_comparable,
        }
        print(json.dumps(answer))
    for each in found.troubles:
        print(f"gcp2: {each.part.value}: {each.text}", file=sys.stderr)
    if found.troubles:
        return 1
    print(
        f"Nothing is altered, missing or damaged: {counted(found.events, 'event')} of the audit trail, "
        f"{counted(found.signed, 'signed-off assessment')} compared.",
        file=sys.stderr,
    )
    if found.not_comparable:
        print(
            f"{counted(found.not_comparable, 'signed-off assessment')} from another store could not be compared.",
            file=sys.stderr,
        )
    return 0
