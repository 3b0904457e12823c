"""Standing cautions: what every reader has to keep in mind, and what is provisional, thin or missing here.

Source: experience.md, Reports ("standing cautions printed"); instrument.md.
"""

from collections.abc import Iterable

from gcp2_app.reports.pdf.document import Document


def write_cautions(document: Document, standing: Iterable[str], missing: Iterable[str] = ()) -> None:
    """Write cautions beside a bar, and what is missing beside a stronger one.

    Args:
        document: takes it.
        standing: what the packs ask every page to say.
        missing: what makes this document less than whole.
    """
    document.inset(dict.fromkeys(standing))
    document.inset(dict.fromkeys(missing), strong=True)
