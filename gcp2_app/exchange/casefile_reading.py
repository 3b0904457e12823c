"""Reading a case file that came from outside.

The file is hostile until read: size and depth are limited, the top is refused whole where it is wrong, and every record
is taken or quarantined by itself, with those that point at it. Nothing here writes to a store.
"""

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import msgspec

from gcp2_app import wire
from gcp2_app.domain.answers import UnitAnswer
from gcp2_app.domain.assessment import Assessment, Judgement
from gcp2_app.domain.child_merges import ChildMerge, brought_up
from gcp2_app.domain.chronologies import Chronology
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.instrument import Pack
from gcp2_app.domain.kinds import EntryKind
from gcp2_app.domain.register import Child, Household
from gcp2_app.domain.supervision import Supervision
from gcp2_app.errors import AppError, InvalidValue
from gcp2_app.exchange import casefile_top
from gcp2_app.exchange.casefile import (
    RECORD_TYPES,
    CaseFile,
    Mark,
    Quarantined,
    Record,
    Section,
    Stored,
    clash,
    nothing_stored,
)
from gcp2_app.exchange.casefile_checks import Checks, FindPack
from gcp2_app.exchange.casefile_links import Link, links
from gcp2_app.exchange.casefile_marks import Alike, Beside, marks_between, nobody_alike
from gcp2_app.exchange.casefile_merges import LEFT_OUT, NOBODY, TWO_HERE, MergesHere, Merging, NoMerges
from gcp2_app.exchange.casefile_top import AS_UTF_8, read_list, read_practice, read_top, shown, standing_twice
from gcp2_app.forms.packs import shipped_pack
from gcp2_app.incoming import read_start

#: How deep lists and groups may stand in one another in a record.
MAX_DEPTH: Final = 16

_Key = tuple[Section, str]


def load_casefile(
    path: Path,
    kinds: Mapping[str, EntryKind],
    *,
    today: date,
    find_pack: FindPack = shipped_pack,
    stored: Stored = nothing_stored,
    alike: Alike = nobody_alike,
    merges: MergesHere | None = None,
) -> CaseFile:
    """Return the case file in a file. Arguments and errors as for :func:`read_casefile`.

    Raises:
        NotFound: no such file.
        BadFile: it cannot be read, or as for :func:`read_casefile`.
    """
    raw = read_start(path, casefile_top.MAX_BYTES)
    return read_casefile(
        raw, str(path), kinds, today=today, find_pack=find_pack, stored=stored, alike=alike, merges=merges
    )


def read_casefile(
    raw: bytes,
    name: str,
    kinds: Mapping[str, EntryKind],
    *,
    today: date,
    find_pack: FindPack = shipped_pack,
    stored: Stored = nothing_stored,
    alike: Alike = nobody_alike,
    merges: MergesHere | None = None,
) -> CaseFile:
    """Return the case file in a file's bytes: the records that may go in, and what was quarantined or marked.

    Args:
        raw: the bytes.
        name: the file's name, for messages.
        kinds: every kind of entry.
        today: the day in Europe/London; a date of birth after it is refused.
        find_pack: answers with the pack of an id and version.
        stored: answers with the stored record of a section and id, for references and clashes.
        alike: answers with ids of stored children who seem to be the same as one of the file.
        merges: of the store: what is about a record that was merged into another goes to that one.

    Raises:
        BadFile: too large, not JSON, not a case file, of another version, or with an unknown key at the top.
    """
    top = read_top(raw, name)
    reading = _Reading(
        checks=Checks(kinds=kinds, find_pack=_kept(find_pack), today=today),
        stored=stored,
        alike=alike,
        here=merges or NoMerges(),
    )
    # First which record stands for which, since every other record may name either.
    for section in (Section.MERGES, *(each for each in Section if each is not Section.MERGES)):
        for i, item in enumerate(read_list(top, section, name)):
            reading.take(section, f"{section}[{i}]", item)
    reading.follow_links()
    return reading.case_file(practice=read_practice(top, name))


def _kept(find_pack: FindPack) -> FindPack:
    @lru_cache(maxsize=64)
    def find(id_: str, version: str) -> Pack:
        return find_pack(id_, version)

    return find


# The records --------------------------------------------------------------------------------------


@dataclass(slots=True, kw_only=True)
class _Reading:
    """The records of one file on their way in."""

    checks: Checks
    stored: Stored
    alike: Alike
    here: MergesHere
    good: dict[_Key, tuple[str, Record]] = field(default_factory=dict)
    bad: set[_Key] = field(default_factory=set)
    quarantined: list[Quarantined] = field(default_factory=list)
    marks: list[tuple[_Key, Mark]] = field(default_factory=list)
    known: dict[_Key, Record | None] = field(default_factory=dict)
    stood_in: set[_Key] = field(default_factory=set)
    listed: set[str] = field(default_factory=set)
    merging: Merging = field(init=False)

    def __post_init__(self) -> None:
        self.merging = Merging(
            stored=lambda section, id_: self._find((section, id_)), here=self.here, kinds=self.checks.kinds
        )

    def take(self, section: Section, path: str, raw: msgspec.Raw) -> None:
        """Take one record, or quarantine it."""
        try:
            value = msgspec.json.decode(raw)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            no_text = isinstance(error, UnicodeDecodeError)
            reason = f"this is not UTF-8 text. {AS_UTF_8}" if no_text else "this is not JSON text that can be read."
            self._keep_out(section, path, "", reason)
            return
        id_ = value.get("id") if isinstance(value, dict) else None
        id_ = id_ if isinstance(id_, str) else ""
        if _too_deep(value):
            self._keep_out(section, path, id_, "its lists and groups are nested too deeply.")
            return
        if twice := standing_twice(raw, depth=MAX_DEPTH):
            self._keep_out(section, path, id_, f"the key “{twice}” stands twice in one group.")
            return
        try:
            record: Record = wire.from_builtins(RECORD_TYPES[section], value)
        except InvalidValue as error:
            place, reason = _exact(value, error)
            self._keep_out(section, f"{path}.{place}" if place else path, id_, reason)
            return
        if isinstance(record, Child):
            self._take_child(path, record)
        else:
            self._take_record(section, path, record)

    def _take_record(self, section: Section, path: str, record: Record) -> None:
        """Take any other record; what is about a child whose record was merged goes to the one that stands."""
        if isinstance(record, ChildMerge):
            self.listed.add(record.id)
        if isinstance(record, Entry | Household | Assessment | Chronology | Supervision):
            record = self.merging.record_of(record)
        if isinstance(record, Chronology) and (left_out := self.merging.left_out(record)) is not None:
            if left_out:
                self.quarantined.append(Quarantined(shown(path), shown(record.id), left_out))
        elif self._is_new(section, path, record):
            self._check(section, path, record)

    def _take_child(self, path: str, child: Child) -> None:
        """Take a child; of one who is part of a merged record here, what changed where the file comes from."""
        stands = self.merging.stands_for(child.id)
        key = Section.CHILDREN, stands
        if (Section.CHILDREN, child.id) in self.bad:
            self._keep_out(Section.CHILDREN, path, child.id, TWO_HERE)
            return
        base = self.merging.base_of(child.id, listed=self.listed)
        if base is None:
            if key in self.stood_in or self._is_new(Section.CHILDREN, path, child):
                self._check(Section.CHILDREN, path, child)
            return
        held = self.good[key][1] if key in self.good else self._find(key)
        if not isinstance(held, Child):
            self.marks.append((key, Mark(shown(path), shown(child.id), NOBODY)))
            return
        reason = clash(base, child)
        if reason:
            self._keep_out(Section.CHILDREN, path, child.id, reason)
            return
        made, left = brought_up(held, base, child)
        if left:
            note = LEFT_OUT.format(fields=", ".join(left))
            self.marks.append((key, Mark(shown(path), shown(child.id), note)))
        self.good[key] = path, made
        self.stood_in.add(key)

    def _is_new(self, section: Section, path: str, record: Record) -> bool:
        """Whether no record of this id came before it in the file; the first of two stays."""
        if (section, record.id) in self.good:
            if self.good[section, record.id][1] != record:
                reason = "another record of this file has this id."
                self.quarantined.append(Quarantined(path, shown(record.id), reason))
            return False
        return True

    def _check(self, section: Section, path: str, record: Record) -> None:
        key = section, record.id
        for finding in self.checks.findings(record):
            at = f"{path}.{finding.place}"
            if finding.refuses:
                self._keep_out(section, at, record.id, finding.sentence)
                return
            self.marks.append((key, Mark(shown(at), shown(record.id), finding.sentence)))
        if isinstance(record, ChildMerge) and (why_not := self.merging.why_not(record)):
            self._keep_out(section, path, record.id, why_not)
            if why_not == TWO_HERE:
                self.bad.add((Section.CHILDREN, record.child))
            return
        existing = self._find(key)
        compared = self.merging.before(record) if isinstance(record, Child) else record
        reason = clash(existing, compared) if existing is not None else ""
        if reason:
            self._keep_out(section, path, record.id, reason)
        else:
            self.good[key] = path, record
            if isinstance(record, ChildMerge):
                self.merging.take(record)

    def _keep_out(self, section: Section, path: str, id_: str, reason: str) -> None:
        self.quarantined.append(Quarantined(shown(path), shown(id_), shown(reason)))
        if id_ and (section, id_) not in self.good:
            self.bad.add((section, id_))

    def _find(self, key: _Key) -> Record | None:
        if key not in self.known:
            self.known[key] = self.stored(*key)
        return self.known[key]

    def follow_links(self) -> None:
        """Quarantine the records that point at a quarantined one, or at nothing, and those that point at them."""
        pointing: defaultdict[_Key, list[tuple[_Key, Link]]] = defaultdict(list)
        waiting: deque[tuple[_Key, Link, str]] = deque()
        for key, link in self._links():
            targets = [self._target(section, link.id) for section in link.sections]
            here = [target for target in targets if target in self.good]
            if here:
                pointing[here[0]].append((key, link))
            elif any(target in self.bad for target in targets):
                waiting.append((key, link, "the record this points at is quarantined."))
            elif all(self._find(target) is None for target in targets):
                if link.needed:
                    waiting.append((key, link, "there is no such record in the file or the store."))
                else:
                    note = "this names a record that is neither in the file nor in the store."
                    at = f"{self.good[key][0]}.{link.place}"
                    self.marks.append((key, Mark(shown(at), shown(key[1]), note)))
        while waiting:
            key, link, reason = waiting.popleft()
            if key not in self.good:
                continue
            path, _ = self.good.pop(key)
            self._keep_out(key[0], f"{path}.{link.place}", key[1], reason)
            waiting.extend((*each, "the record this points at is quarantined.") for each in pointing[key])

    def _links(self) -> Iterator[tuple[_Key, Link]]:
        for key, (_, record) in self.good.items():
            for link in links(record, self.checks.kinds):
                yield key, link

    def _target(self, section: Section, id_: str) -> _Key:
        return section, self.merging.stands_for(id_) if section is Section.CHILDREN else id_

    def case_file(self, *, practice: bool) -> CaseFile:
        """Return what was taken."""
        sections: dict[str, list[Record]] = {section.value: [] for section in Section}
        for (section, _), (_, record) in self.good.items():
            sections[section.value].append(record)
        records: Any = {name: tuple(values) for name, values in sections.items()}
        return CaseFile(
            practice=practice,
            quarantined=tuple(self.quarantined),
            marks=(*(mark for key, mark in self.marks if key in self.good), *self._marks_between()),
            **records,
        )

    def _marks_between(self) -> Iterator[Mark]:
        def find(section: Section, id_: str) -> Record | None:
            here = self.good.get((section, id_))
            return here[1] if here is not None else self._find((section, id_))

        beside = Beside(
            find=find,
            stored=lambda section, id_: self._find((section, id_)),
            alike=self.alike,
            find_pack=self.checks.find_pack,
            today=self.checks.today,
        )
        for mark in marks_between(self.good, beside):
            yield Mark(shown(mark.path), shown(mark.id), shown(mark.note))


def _too_deep(value: Any) -> bool:
    layer, depth = [value], 0
    while layer:
        depth += 1
        if depth > MAX_DEPTH:
            return True
        inner: list[Any] = []
        for item in layer:
            inner.extend(item.values() if isinstance(item, dict) else item if isinstance(item, list) else ())
        layer = inner
    return False


#: Groups with keys that are not fixed, in which a key path cannot name the key by itself.
_FREE_KEYS: Final[Mapping[str, type | None]] = {
    "units": UnitAnswer,
    "judgements": Judgement,
    "relevance": None,
    "not_known": None,
}


def _exact(value: Any, error: AppError) -> tuple[str, str]:
    """Return key path and reason of a refusal, with the unit code or other free key named."""
    message = str(error)
    head, bracket, _ = message.partition("[...]")
    kind = _FREE_KEYS.get(head)
    if bracket and head in _FREE_KEYS:
        for key, item in value[head].items():
            if kind is None:
                if not isinstance(item, str):
                    return f"{head}.{key}", "expected text."
                continue
            try:
                wire.from_builtins(kind, item)
            except InvalidValue as inner:
                place, reason = _split(str(inner))
                return f"{head}.{key}.{place}" if place else f"{head}.{key}", reason
    return _split(message)


def _split(message: str) -> tuple[str, str]:
    """Part a message of :func:`gcp2_app.wire.from_builtins` into key path and reason."""
    place, colon, reason = message.partition(": ")
    return (place, reason) if colon and " " not in place else ("", message)
