"""Opening the store a command names, as the user it names, and closing it whatever happens."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gcp2_app.cli import passphrase
from gcp2_app.errors import AppError, NotFound
from gcp2_app.services import stores
from gcp2_app.services.session import Session


def sign_in_name(folder: Path, wanted: str | None) -> str:
    """Return who signs in: the one named, or the only user.

    Raises:
        NotFound: there is no store in the folder.
        KeyFileError: the store's key file is missing, damaged or altered.
        AppError: there are several users and none was named.
    """
    require_store(folder)
    names = stores.sign_in_names(folder)
    if wanted is not None:
        return wanted
    if len(names) != 1:
        raise AppError(f"Several people sign in to this store: {', '.join(names)}.", "Say who with --user.")
    return names[0]


def require_store(folder: Path) -> None:
    """Refuse a folder with neither keys nor database; one that has only one of them is told apart later.

    Raises:
        NotFound: there is no store in the folder.
    """
    if not stores.exists(folder) and not stores.has_database(folder):
        raise NotFound(f"There is no store in {folder}.", "Check the path, or make one with gcp2 init.")


@contextmanager
def signed_in(parsed: argparse.Namespace) -> Iterator[Session]:
    """Unlock the store of a command for the length of a block.

    Raises:
        AppError: as :func:`gcp2_app.services.stores.unlock`.
    """
    name = sign_in_name(parsed.store, parsed.user)
    session = stores.unlock(parsed.store, name, passphrase.asked(parsed, f"Passphrase of {name}: "))
    try:
        yield session
    finally:
        stores.lock(session)
