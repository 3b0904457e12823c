"""Where a passphrase comes from: a file, the environment, or a prompt; never an argument."""

import argparse
import getpass
import os
import sys
from pathlib import Path

from gcp2_app.errors import AppError, InvalidValue

_VARIABLE = "GCP2_PASSPHRASE"


def given(parsed: argparse.Namespace) -> str | None:
    """Return the passphrase given by file or environment, or None.

    Raises:
        InvalidValue: the file cannot be read or its first line is empty.
    """
    if parsed.passphrase_file is not None:
        return first_line(parsed.passphrase_file, "passphrase")
    return os.environ.get(_VARIABLE) or None


def asked(parsed: argparse.Namespace, prompt: str = "Passphrase: ") -> str:
    """Return the passphrase given, or ask for it at the terminal.

    Raises:
        AppError: none was given and there is no terminal to ask at.
    """
    return given(parsed) or _prompt(prompt)


def asked_new(file: Path | None, *, again: bool = True) -> str:
    """Return a new passphrase from a file, or ask for it twice.

    Raises:
        InvalidValue: the two do not agree.
    """
    if file is not None:
        return first_line(file, "passphrase")
    typed = _prompt("New passphrase: ")
    if again and typed != _prompt("New passphrase again: "):
        raise InvalidValue("The two passphrases are not the same.", "Type the same one twice.")
    return typed


def recovery_code(file: Path | None) -> str:
    """Return the recovery code from a file, or ask for it."""
    return _prompt("Recovery code: ") if file is None else first_line(file, "recovery code")


def first_line(file: Path, noun: str) -> str:
    """Return the first line of a secret's file.

    Raises:
        InvalidValue: the file cannot be read or its first line is empty.
    """
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise InvalidValue(
            f"The file {file} with the {noun} cannot be read.", "Check the path and its rights."
        ) from None
    if not lines or not lines[0].strip():
        raise InvalidValue(f"The file {file} holds no {noun}.", f"Put the {noun} on its first line.")
    return lines[0]


def _prompt(text: str) -> str:
    if not sys.stdin.isatty():
        raise AppError(
            "No passphrase was given and there is no terminal to ask at.",
            f"Set {_VARIABLE} or use --passphrase-file.",
        )
    try:
        return getpass.getpass(text)
    except (EOFError, KeyboardInterrupt):
        raise AppError("Nothing was typed.", "Start again.") from None
