"""Runs of words that two packs share. Knows texts; nothing of who owns them.

Source: instrument.md, Licence: loading a licensed pack beside ours warns of any run of 8 words the two share.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

from gcp2_app.domain.instrument import Pack

#: How many words in a row are one run.
RUN_WORDS: Final = 8

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text: without case, punctuation or the look of an apostrophe."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    return tuple(_WORD.findall(plain))


def texts_of(pack: Pack) -> Iterator[str]:
    """Yield every text of a pack that somebody wrote: questions, hints, guidance, descriptors."""
    yield from pack.how_to_grade
    for area in pack.areas:
        yield area.about
        for subarea in area.subareas:
            yield subarea.about
            for unit in subarea.units:
                yield unit.prompt
                yield from unit.look_for
                yield unit.guidance
                for descriptors in unit.descriptors:
                    yield from descriptors.grades


def shared_runs(one: Iterable[str], other: Iterable[str], *, length: int = RUN_WORDS) -> tuple[str, ...]:
    """Return the runs of words that stand in both, each as long as it is, in the order of the first.

    A run does not go on from one text into the next.

    Args:
        one: texts.
        other: texts.
        length: the fewest words that count as a run.
    """
    known = {run for text in other for run in _runs(words_of(text), length)}
    found: dict[str, None] = {}
    for text in one:
        words = words_of(text)
        begun: int | None = None
        runs = [run in known for run in _runs(words, length)]
        for i, shared in enumerate([*runs, False]):
            if shared and begun is None:
                begun = i
            elif not shared and begun is not None:
                found[" ".join(words[begun : i - 1 + length])] = None
                begun = None
    return tuple(found)


def _runs(words: tuple[str, ...], length: int) -> Iterator[tuple[str, ...]]:
    for i in range(len(words) - length + 1):
        yield words[i : i + length]
