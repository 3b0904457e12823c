"""Errors whose text may be shown to the person at the screen.

An :class:`AppError` carries a plain sentence and, where there is one, the mend. Anything else that is raised is a bug.
This module knows nothing of the rest of the program.
"""

from gcp2_app.overriding import override


class AppError(Exception):
    """Something the person can understand and act on.

    Attributes:
        message: one plain sentence saying what is wrong. Never holds a value about a child.
        mend: what to do about it, or an empty string.
    """

    def __init__(self, message: str, mend: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.mend = mend

    @override
    def __str__(self) -> str:
        """Return message and mend on one line, as the command line prints it."""
        return f"{self.message} {self.mend}".strip()


class InvalidValue(AppError):
    """A value that cannot be recorded: a grade off the scale, a date of birth in the future."""


class NotAllowed(AppError):
    """The signed-in user's roles, or the state of the record, do not allow this."""


class Stopped(AppError):
    """The person had long work stopped before it was done."""


class NotFound(AppError):
    """A record, form or file that is not there."""


class MergedAway(NotFound):
    """A record of a child that was merged into another record of the same child.

    Attributes:
        into: id of the record that stands.
    """

    def __init__(self, child: str, into: str) -> None:
        super().__init__(
            f"The record {child} was merged into the record {into}: they are of the same child.",
            f"Use {into}. Everything of both is there.",
        )
        self.into = into


class BadFile(AppError):
    """A file that came in and cannot be used.

    Attributes:
        file: the file's name as the user gave it.
        place: the line, key path or record inside it, or an empty string.
    """

    def __init__(self, file: str, place: str, message: str, mend: str = "") -> None:
        where = f"{file}, {place}" if place else file
        super().__init__(f"{where}: {message}", mend)
        self.file = file
        self.place = place


class StoreError(AppError):
    """The store as a whole cannot be used: missing, locked by another process, full disk, read-only, newer schema."""


class NotEncrypted(StoreError):
    """The database file is not encrypted; the program refuses to run on it."""


class DamagedStore(StoreError):
    """The database cannot be read with the right key."""


class KeyFileError(StoreError):
    """The key file is missing, damaged or was altered."""


class WrongPassphrase(AppError):
    """The passphrase does not open this person's slot. The key file itself is whole."""


class KeyringUnavailable(AppError):
    """A slot bound to this computer cannot be opened because its keyring does not answer."""
