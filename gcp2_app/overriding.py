"""``override`` for the modules loaded before the first paint.

Importing typing_extensions takes about a sixth of the time in which a bare window opens. The type checker sees the real
decorator; at run time it does nothing. Modules loaded later import the real one.
"""

from typing import TYPE_CHECKING, TypeVar

__all__ = ["override"]

if TYPE_CHECKING:
    from typing_extensions import override
else:
    Method = TypeVar("Method")

    def override(method: Method) -> Method:
        """Mark a method that replaces one of a base class."""
        return method
