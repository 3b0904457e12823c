"""Records of a case file about a child whose record was merged into another: here, or where the file comes from.

What happened goes to the record that stands, and so does what changed in either of the two where the file comes from.
Where a person chose another value than the one that changed, theirs stands. A file never merges two records that are
two here.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from gcp2_app.domain.child_merges import ChildMerge
from gcp2_app.domain.chronologies import Chronology
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.kinds import EntryKind, RecordKind, references
from gcp2_app.domain.one_child import OfChild, given_to, named_in
from gcp2_app.domain.register import Child
from gcp2_app.exchange.casefile import Section, Stored

TWO_HERE = "these are two records here: merge them here first, then take the file in again."
ONE_HERE = "these are one record here already."
LEFT_OUT = "this record is part of a merged one here, which says otherwise. Left out: {fields}. Compare them."
NOBODY = "this record was merged into one that is neither in the file nor in the store."

DRAFT_LEFT_OUT = "this draft was put together with another one here when two records were merged."


class MergesHere(Protocol):
    """The merges of a store."""

    def absorbing(self, child: str) -> ChildMerge | None:
        """Return the merge that a record went into another by, or None."""
        ...

    def into(self, child: str) -> Sequence[ChildMerge]:
        """Return the merges into a record."""
        ...


class NoMerges:
    """The merges of an empty store."""

    def absorbing(self, _child: str) -> ChildMerge | None:
        """Return None."""
        return None

    def into(self, _child: str) -> Sequence[ChildMerge]:
        """Return nothing."""
        return ()


@dataclass(slots=True, kw_only=True)
class Merging:
    """Which child's id stands for which, by the merges of the store first, then by those of the file.

    Attributes:
        stored: answers with a stored record.
        here: the merges of the store.
        kinds: every kind of entry.
        file: those of the file that are taken, by the id of the record that was merged into another.
    """

    stored: Stored
    here: MergesHere
    kinds: Mapping[str, EntryKind]
    file: dict[str, ChildMerge] = field(default_factory=dict)
    _found: dict[str, str] = field(default_factory=dict)

    def take(self, merge: ChildMerge) -> None:
        """Take a merge of the file."""
        self.file[merge.absorbed.id] = merge
        self._found.clear()

    def stands_for(self, child: str) -> str:
        """Return the id of the record that holds what a child's id stands for."""
        if child not in self._found:
            self._found[child] = self._follow(child)
        return self._found[child]

    def _follow(self, child: str) -> str:
        been = {child}
        while (merge := self._absorbing(child)) is not None and merge.child not in been:
            child = merge.child
            been.add(child)
        return child

    def _absorbing(self, child: str) -> ChildMerge | None:
        here = self.here.absorbing(child)
        if here is not None or self.stored(Section.CHILDREN, child) is not None:
            return here
        return self.file.get(child)

    def why_not(self, merge: ChildMerge) -> str:
        """Return why a merge of the file stays out, or an empty text."""
        if self.stored(Section.MERGES, merge.id) is not None:
            return ""
        if self.stands_for(merge.absorbed.id) == self.stands_for(merge.child):
            return ONE_HERE
        return TWO_HERE if self.stored(Section.CHILDREN, self.stands_for(merge.absorbed.id)) is not None else ""

    def record_of(self, record: OfChild) -> OfChild:
        """Return a record that is about the children whose records stand."""
        ids = set(named_in(record))
        kind = self.kinds.get(record.kind) if isinstance(record, Entry) else None
        if isinstance(record, Entry) and kind is not None:
            ids |= {each.id for each in references(kind, record.data) if each.of is RecordKind.CHILD}
        names = {id_: stands for id_ in ids if (stands := self.stands_for(id_)) != id_}
        return given_to(record, names, self.kinds) if names else record

    def base_of(self, child: str, *, listed: Collection[str]) -> Child | None:
        """Return a record as it went into a merge here that the file does not know of; None where it knows all.

        Args:
            child: id of the record.
            listed: ids of the merges the file holds.
        """
        absorbing = self._absorbing(child)
        if absorbing is not None:
            return absorbing.absorbed
        unknown = [each for each in self.here.into(child) if each.child == child and each.id not in listed]
        return min(unknown, key=lambda each: each.at).before if unknown else None

    def left_out(self, draft: Chronology) -> str | None:
        """Return why a draft stays out that was put together with another one here; None where it does not.

        Empty where it is, word for word, one of the two that were put together.
        """
        if draft.frozen is None:
            for merge in self.here.into(draft.child):
                for number, held in enumerate(merge.chronologies_before):
                    if held.id == draft.id and replace(draft, child=held.child) == held:
                        return ""
                    if held.id == draft.id and number % 2:
                        return DRAFT_LEFT_OUT
        return None

    def before(self, child: Child) -> Child:
        """Return a child's record as it was before the merges of the file made it what it is."""
        return next((merge.before for merge in self.file.values() if merge.child == child.id), child)
