"""What is taken out of a document on its way to the paper, and the list of it.

Every word a document prints passes through here, so that a new section cannot forget to.
"""

from collections.abc import Sequence
from typing import Final

from gcp2_app.domain.withheld import Loss, Secret, Withheld, losses
from gcp2_app.reports.pdf.progress import Progress

#: Said in every copy from which something was left out; never of what, or of how much.
LEFT_OUT: Final = "Some things are left out of this copy, because of who it is for."


class Redaction:
    """Takes what is withheld out of one document's words, and remembers where.

    Args:
        withheld: what the document's reader may not see.
        left_out: sections and secrets left out before the document was made.
        progress: is told which section is put together; every word is a place to stop at.

    Attributes:
        progress: the same; follows the document to its last page.
    """

    def __init__(
        self, withheld: Withheld, left_out: Sequence[tuple[str, Secret]] = (), *, progress: Progress | None = None
    ) -> None:
        self.progress = progress or Progress()
        self._withheld = withheld
        self._taken = list(left_out)
        self._section = "Front page"
        self._has_said = False

    def enter(self, section: str) -> None:
        """Know that what follows stands in another section."""
        self._section = section
        self.progress.put_together(section)

    def clean(self, text: str) -> str:
        """Return words without what is withheld."""
        self.progress.look()
        scrubbed = self._withheld.scrub(text)
        self._taken.extend((self._section, secret) for secret in scrubbed.taken)
        return scrubbed.text

    def left_out(self) -> str:
        """Return, once, that something was left out; empty while nothing was, and where it has been said."""
        if not self._taken or self._has_said:
            return ""
        self._has_said = True
        return LEFT_OUT

    @property
    def losses(self) -> tuple[Loss, ...]:
        """What was taken out, by section; never the thing itself."""
        return losses(self._taken)
