"""Where a passphrase comes from: a file, the environment, or a prompt; never an argument."""

import argparse
import getpass
import os
import sys
from pathlib import Path

from gcp2_app.errors import AppError, InvalidValue

_VARIABLE = "GCP2_PASSPHRASE"
#: More than any passphrase; a wrong file must not be read for ever.
_MOST_BYTES = 64 * 1024


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
        InvalidValue: as :func:`given`.
    """
    return given(parsed) or _prompt(prompt, "passphrase", f"Set {_VARIABLE} or use --passphrase-file.")


def asked_first(parsed: argparse.Namespace) -> str:
    """Return the first passphrase of a new sign-in: the one given, or asked for twice.

    Raises:
        AppError: none was given and there is no terminal to ask at.
        InvalidValue: as :func:`given`, or the two that were typed do not agree.
    """
    return given(parsed) or _twice(f"Set {_VARIABLE} or use --passphrase-file.")


def asked_new(file: Path | None, *, from_environment: bool = False) -> str:
    """Return a new passphrase from a file, or ask for it twice.

    Args:
        file: the file, where one was named.
        from_environment: whether the environment's passphrase is the new one, there being no old one to give.

    Raises:
        AppError: none was given and there is no terminal to ask at.
        InvalidValue: the file cannot be read, or the two that were typed do not agree.
    """
    if file is not None:
        return first_line(file, "passphrase")
    if from_environment and (passphrase := os.environ.get(_VARIABLE)):
        return passphrase
    return _twice("Use --new-passphrase-file.")


def recovery_code(file: Path | None) -> str:
    """Return the recovery code from a file, or ask for it.

    Raises:
        AppError: none was given and there is no terminal to ask at.
        InvalidValue: the file cannot be read or its first line is empty.
    """
    if file is not None:
        return first_line(file, "recovery code")
    return _prompt("Recovery code: ", "recovery code", "Use --recovery-file.")


def first_line(file: Path, noun: str) -> str:
    """Return the first line of a secret's file.

    Raises:
        InvalidValue: the file cannot be read or its first line is empty.
    """
    try:
        with file.open("rb") as opened:
            # Editors on Windows put a mark before UTF-8 text; it is no part of the secret.
            lines = opened.read(_MOST_BYTES).decode("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        raise InvalidValue(
            f"The file {file} with the {noun} cannot be read.", "Check the path, its rights, and that it is UTF-8 text."
        ) from None
    if not lines or not lines[0].strip():
        raise InvalidValue(f"The file {file} holds no {noun}.", f"Put the {noun} on its first line.")
    return lines[0]


def can_be_asked() -> bool:
    """Whether there is a terminal to ask at."""
    return sys.stdin is not None and sys.stdin.isatty()


def _twice(otherwise: str) -> str:
    typed = _prompt("New passphrase: ", "new passphrase", otherwise)
    if typed != _prompt("New passphrase again: ", "new passphrase", otherwise):
        raise InvalidValue("The two passphrases are not the same.", "Type the same one twice.")
    return typed


def _prompt(text: str, noun: str, otherwise: str) -> str:
    if not can_be_asked():
        raise AppError(f"No {noun} was given and there is no terminal to ask at.", otherwise)
    try:
        return getpass.getpass(text)
    except EOFError:
        raise AppError("Nothing was typed.", "Start again.") from None
