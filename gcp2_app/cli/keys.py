"""Commands on passphrases and the recovery kit: ``keys …``."""

import argparse
import json
import sys

from gcp2_app.cli import passphrase
from gcp2_app.cli.signing_in import require_store, sign_in_name, signed_in
from gcp2_app.services import stores, users


def list_(parsed: argparse.Namespace) -> int:
    """Say who can sign in and what protects each slot. Needs no passphrase: it is in the key file in clear."""
    require_store(parsed.store)
    names = stores.sign_in_names(parsed.store)
    slots = [{"user": name, "bound_to_this_computer": stores.is_bound(parsed.store, name)} for name in names]
    if parsed.json:
        print(json.dumps({"slots": slots}))
    else:
        for slot in slots:
            how = "passphrase and this computer's keyring" if slot["bound_to_this_computer"] else "passphrase"
            print(f"{slot['user']}: {how}")
    return 0


def change(parsed: argparse.Namespace) -> int:
    """Change a passphrase."""
    name = sign_in_name(parsed.store, parsed.user)
    old = passphrase.asked(parsed, f"Passphrase of {name}: ")
    session = stores.unlock(parsed.store, name, old)
    try:
        users.change_passphrase(session, old, passphrase.asked_new(parsed.new_passphrase_file))
    finally:
        stores.lock(session)
    print(f"The passphrase of {name} is changed.", file=sys.stderr)
    return 0


def recovery(parsed: argparse.Namespace) -> int:
    """Make a new recovery kit; its code goes to standard output, once."""
    with signed_in(parsed) as session:
        code = stores.new_recovery_code(session)
    print("Recovery code, shown only now. The earlier one no longer works:", file=sys.stderr)
    print(code)
    return 0


def recover(parsed: argparse.Namespace) -> int:
    """Set a new passphrase with the recovery kit."""
    name = sign_in_name(parsed.store, parsed.user)
    code = passphrase.recovery_code(parsed.recovery_file)
    new = passphrase.asked_new(parsed.new_passphrase_file, from_environment=True)
    session = stores.unlock_with_recovery(parsed.store, name, code, new)
    stores.lock(session)
    print(f"{name} has a new passphrase.", file=sys.stderr)
    return 0


def unbind(parsed: argparse.Namespace) -> int:
    """Let a sign-in rest on its passphrase alone, where this computer's keyring is gone."""
    name = sign_in_name(parsed.store, parsed.user)
    code = passphrase.recovery_code(parsed.recovery_file)
    new = passphrase.asked_new(parsed.new_passphrase_file, from_environment=True)
    stores.unbind(parsed.store, name, code, new)
    print(f"{name} signs in with the passphrase alone.", file=sys.stderr)
    return 0
