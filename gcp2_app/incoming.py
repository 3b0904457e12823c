"""Reading a file that came from outside, and never more of it than is wanted. Knows nothing of what is in it."""

from pathlib import Path

from gcp2_app.errors import BadFile, NotFound


def read_start(path: Path, most_bytes: int) -> bytes:
    """Return a file's bytes; of one larger than is wanted, one byte more than that, which tells.

    Raises:
        NotFound: there is no such file.
        BadFile: it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return file.read(most_bytes + 1)
    except FileNotFoundError:
        raise NotFound(f"There is no file {path}.", "Check the path.") from None
    except OSError as error:
        raise BadFile(
            str(path), "", f"it cannot be read ({error.strerror}).", "Check the path and its rights."
        ) from None
