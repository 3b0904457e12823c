"""What is taken out of a document on its way to the paper, and the list of it.

Every word a document prints passes through here, so that a new section cannot forget to.
"""

from collections.abc import Sequence

from gcp2_app.domain.withheld import Loss, Secret, Withheld, losses


class Redaction:
    """Takes what is withheld out of one document's words, and remembers where.

    Args:
        withheld: what the document's reader may not see.
        left_out: sections and secrets left out before the document was made.
    """

    def __init__(self, withheld: Withheld, left_out: Sequence[tuple[str, Secret]] = ()) -> None:
        self._withheld = withheld
        self._taken = list(left_out)
        self._section = "Front page"

    def enter(self, section: str) -> None:
        """Know that what follows stands in another section."""
        self._section = section

    def clean(self, text: str) -> str:
        """Return words without what is withheld."""
        scrubbed = self._withheld.scrub(text)
        self._taken.extend((self._section, secret) for secret in scrubbed.taken)
        return scrubbed.text

    @property
    def losses(self) -> tuple[Loss, ...]:
        """What was taken out, by section; never the thing itself."""
        return losses(self._taken)
