"""A document that was read for its reader, and the file it becomes: pages, plain text, or a table."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Final

from gcp2_app.domain.withheld import Loss, Secret, Withheld
from gcp2_app.errors import InvalidValue
from gcp2_app.services.documents.kinds import Kind
from gcp2_app.services.documents.reading import Pages
from gcp2_app.services.documents.sorts import Form

if TYPE_CHECKING:
    from gcp2_app.reports.pdf.progress import Progress

#: How many digits of a document's digest stand at the foot of its pages.
_PRINTED: Final = 16


@dataclass(frozen=True, slots=True)
class Copy:
    """A document made for one reader.

    Attributes:
        content: the file: a PDF unless another form was asked for.
        losses: what was left out of it or taken out of its words, by section; never the thing itself.
        matter: id of the assessment or entry it is about, or empty.
        digest: of its content, as printed at the foot of each page.
    """

    content: bytes
    losses: tuple[Loss, ...] = ()
    matter: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document read, checked and audited, and not written yet: writing takes long and needs no store.

    Attributes:
        kind: of document.
        pages: writes them.
        withheld: what is taken out of every word.
        taken: what was left out before.
        matter: id of the assessment or entry it is about, or empty.
        made_at: for the file's own date.
    """

    kind: Kind
    pages: Pages = field(repr=False)
    withheld: Withheld = field(repr=False)
    taken: tuple[tuple[str, Secret], ...]
    matter: str
    made_at: datetime

    def write(self, form: Form = Form.PDF, password: str | None = None, *, progress: "Progress | None" = None) -> Copy:
        """Return the document as a file.

        Args:
            form: of the file.
            password: encrypts a PDF with AES-256; None for no encryption.
            progress: is told how far it is, and may stop it.

        Raises:
            InvalidValue: the password is empty, given for a file that cannot be encrypted, or the document has no
                table to be taken out.
            Stopped: the progress was stopped.
        """
        from gcp2_app.reports.pdf.plain import longest_table, plain_text
        from gcp2_app.reports.pdf.redaction import Redaction
        from gcp2_app.reports.tables import as_csv, as_xlsx

        if password is not None and form is not Form.PDF:
            raise InvalidValue("Only a PDF can be protected with a passphrase.", "Save a PDF, or leave it out.")
        self.kind.require_form(form)
        redaction = Redaction(self.withheld, self.taken, progress=progress)
        document = self.pages(redaction)
        if form is Form.PDF:
            content = document.to_pdf(password)
        elif form is Form.TEXT:
            content = plain_text(document).encode("utf-8")
        else:
            table = longest_table(document, made_at=self.made_at)
            content = as_csv(table) if form is Form.CSV else as_xlsx(table)
        return Copy(content, redaction.losses, self.matter, document.digest[:_PRINTED])
