"""What was read of a few children's records the last time, so that after one change only that is read again.

It is in memory, a few megabytes, for as long as the store is open. Each thing is kept with its version and is good for
that version alone; a transaction that fails takes all of it along, since the versions it wrote are none.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import TYPE_CHECKING, Final, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    from gcp2_app.domain.rules.record import Graded
    from gcp2_app.storage.rule_entries import RuleEntry

T = TypeVar("T")

#: How many children's records are remembered.
_CHILDREN: Final = 4
#: A record of so few things is read anew as fast as it is looked up.
_FEW: Final = 100


class Read(NamedTuple, Generic[T]):
    """Things of one child as they were read.

    Attributes:
        versions: what tells the version of each, by id.
        values: the things themselves, by id, in the same order.
    """

    versions: Mapping[str, Hashable]
    values: Mapping[str, T]

    def anew(self, versions: Mapping[str, Hashable], read: Callable[[Sequence[str]], Mapping[str, T]]) -> "Read[T]":
        """Return the things as they are now.

        Args:
            versions: what tells the version each has now, by id.
            read: reads things by their ids; called with those alone that are not what they were, if there are any.
        """
        changed = [id_ for id_, version in versions.items() if self.versions.get(id_) != version]
        found = {**self.values, **read(changed)} if changed else self.values
        return Read(versions, {id_: found[id_] for id_ in versions})


class Remembered(Generic[T]):
    """Things of one kind, by child and id, of the children asked about last."""

    def __init__(self, *, few: int = _FEW) -> None:
        self._few = few
        self._read: OrderedDict[str, Read[T]] = OrderedDict()

    def of(self, child: str) -> Read[T]:
        """Return what is remembered of a child: nothing of most."""
        return self._read.get(child, Read({}, {}))

    def keep(self, child: str, read: Read[T]) -> None:
        """Remember what was read of a child, in place of what was read before."""
        self._read.pop(child, None)
        if len(read.values) >= self._few:
            self._read[child] = read
        while len(self._read) > _CHILDREN:
            self._read.popitem(last=False)

    def forget(self) -> None:
        """Forget everything."""
        self._read.clear()


class Reading:
    """What the rules read of the children they were asked about last.

    Attributes:
        entries: by their revision.
        graded: assessments with their results, by their revision and the child's birth.
    """

    def __init__(self) -> None:
        self.entries: Remembered[RuleEntry] = Remembered()
        self.graded: Remembered[Graded | None] = Remembered(few=8)

    def forget(self) -> None:
        """Forget everything."""
        self.entries.forget()
        self.graded.forget()
