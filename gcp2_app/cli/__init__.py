"""The command line: ``gcp2``. Every command is a thin use of a service.

Exit 0 done, 1 refused with one clear line on stderr, 2 wrong usage. Data goes to stdout, everything said to stderr.
"""

from gcp2_app.cli.main import main

__all__ = ["main"]
