"""How far a document is, told by what writes it, and whether anybody still waits for it.

What has to be done is known once every word is there: each is measured, drawn on its page, tagged, and written to the
file. Nothing is guessed but the number of pages, from the share of the words that stand on those written. One thread
writes; another may stop it.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from gcp2_app.errors import Stopped
from gcp2_app.reports.pdf.structure import Element, Kind

#: Each word is measured, drawn, tagged and saved; what each takes beside the others, as it was found with long tables.
_SHARES: Final = (3, 3, 1, 1)
#: So large a part of the words, measured one after the other, is no longer a page that is being written.
_AHEAD: Final = 20
#: Up to so many pages their number is said as it comes out; more are said to the nearest ten.
_FEW_PAGES: Final = 20


class Stage(StrEnum):
    """What is being done."""

    PARTS = "parts"
    LAYOUT = "layout"
    PAGES = "pages"
    FINISH = "finish"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """How far it is.

    Attributes:
        stage: what is being done.
        part: heading of the section that is put together; empty before the first, and in other stages.
        page: being written, from 1; 0 in other stages.
        pages: about how many there will be, never fewer than ``page``; 0 while it cannot be told.
        percent: of the work; None while it is not known how much there is.
    """

    stage: Stage
    part: str = ""
    page: int = 0
    pages: int = 0
    percent: int | None = None


class Progress:
    """Follows one document.

    Args:
        tell: is given each step that differs from the one before, on the thread that writes.
    """

    def __init__(self, tell: Callable[[Step], object] = lambda _step: None) -> None:
        self._tell = tell
        self._step: Step | None = None
        self._stopped = threading.Event()
        self._total = 0
        self._measured: set[Element] = set()
        self._counts = [0] * len(_SHARES)
        self._page = self._pages = self._ahead = 0

    def stop(self) -> None:
        """Have the writer stop where it is; from any thread."""
        self._stopped.set()

    def look(self) -> None:
        """Go on, unless it was stopped.

        Raises:
            Stopped: it was.
        """
        if self._stopped.is_set():
            raise Stopped("Stopped.", "Nothing was saved.")

    def put_together(self, part: str) -> None:
        """Note the section that is being put together.

        Raises:
            Stopped: it was stopped.
        """
        self._say(Step(stage=Stage.PARTS, part=part))

    def begin(self, root: Element) -> None:
        """Note that every word is there, and how many they are.

        Raises:
            Stopped: it was stopped.
        """
        self._total = sum(map(_weight, root.walk()))
        self._counts = [0] * len(_SHARES)
        self._page = self._pages = self._ahead = 0
        self._measured.clear()
        self._say(Step(stage=Stage.LAYOUT, percent=0))

    def measure(self, element: Element) -> None:
        """Note that the room an element takes is being measured.

        Raises:
            Stopped: it was stopped.
        """
        self._count_measured(element)
        self._ahead += _weight(element)
        # A long table is measured whole before any row of it is drawn.
        is_layout = not self._page or self._ahead > self._total / _AHEAD
        self._say_work(Stage.LAYOUT if is_layout else Stage.PAGES)

    def draw(self, element: Element, page: int) -> None:
        """Note that an element is being drawn for the first time.

        Args:
            page: where, from 1.

        Raises:
            Stopped: it was stopped.
        """
        if page != self._page:
            share = self._counts[1] / self._total if self._total else 0
            self._pages = max(page, _about((page - 1) / share)) if share else 0
            self._page = page
        # What stands in a frame of its own is measured there.
        self._count_measured(element)
        self._ahead = 0
        self._counts[1] += _weight(element)
        self._say_work(Stage.PAGES)

    def tag(self, element: Element) -> None:
        """Note that an element goes into the structure of the file.

        Raises:
            Stopped: it was stopped.
        """
        self._counts[2] += _weight(element)
        self._say_work(Stage.FINISH)

    def save(self, percent: int) -> None:
        """Note how much of the file is written.

        Raises:
            Stopped: it was stopped.
        """
        self._counts[3] = self._total * percent // 100
        self._say_work(Stage.FINISH)

    def _count_measured(self, element: Element) -> None:
        if element not in self._measured:
            self._measured.add(element)
            self._counts[0] += _weight(element)

    def _say_work(self, stage: Stage) -> None:
        done = sum(share * count for share, count in zip(_SHARES, self._counts, strict=True))
        shown = stage is Stage.PAGES
        self._say(
            Step(
                stage=stage,
                page=self._page if shown else 0,
                pages=max(self._page, self._pages) if shown and self._pages else 0,
                percent=100 * done // (self._total * sum(_SHARES)) if self._total else 0,
            )
        )

    def _say(self, step: Step) -> None:
        self.look()
        if step != self._step:
            self._step = step
            self._tell(step)


def _weight(element: Element) -> int:
    """Return how many letters of an element are set; a picture brings its own."""
    return 0 if element.kind is Kind.FIGURE else len(element.text)


def _about(pages: float) -> int:
    return round(pages) if pages <= _FEW_PAGES else round(pages / 10) * 10
