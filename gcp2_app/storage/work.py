"""What a query needs of a transaction. The transaction itself knows the queries, so they cannot name it."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from sqlalchemy.orm import Session


class Work(Protocol):
    """A running transaction."""

    @property
    def session(self) -> Session:
        """SQLAlchemy's unit of work; it does not leave this layer."""
        ...

    @property
    def clock(self) -> Callable[[], datetime]:
        """Gives the present instant, aware."""
        ...
