"""The one command, ``gcp2``: hands over to the command line, which opens the window when asked for nothing else."""

import sys
from pathlib import Path


def main() -> int:
    """Run the command given by the arguments and return its exit code."""
    from gcp2_app import cli

    return cli.main(sys.argv[1:], open_window=_open_window)


def _open_window(store: Path | None) -> int:
    # Qt is loaded only for the window.
    from gcp2_app.app import run_window

    return run_window(store)


if __name__ == "__main__":
    sys.exit(main())
