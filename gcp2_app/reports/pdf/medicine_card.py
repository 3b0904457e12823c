"""The easy-read medicine card: what the prescriber wrote, word for word, with pictures and few words around it.

No dose, time or amount is read, changed, worked out or made here: what was transcribed is printed as it stands.

Source: casework.md, row LP5; experience.md, Reports.
"""

from dataclasses import dataclass

from gcp2_app.reports.pdf.document import Document
from gcp2_app.reports.pdf.front import Front, begin_easily
from gcp2_app.reports.pdf.insets import labelled
from gcp2_app.reports.pdf.redaction import Redaction
from gcp2_app.reports.pictures.catalogue import Picture
from gcp2_app.reports.pictures.chosen import for_device, for_time


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownLine:
    """One time somebody showed how they give the medicine.

    Attributes:
        who: showed it.
        found: what was seen and when, in words.
        right: it was given as prescribed.
        seen_by: who watched, or empty.
    """

    who: str
    found: str
    right: bool
    seen_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MedicineCardReport:
    """Everything the card says. Those marked so are the prescriber's or the label's own words, never changed.

    Attributes:
        name: the prescriber's.
        strength, dose, device: the prescriber's; all but the dose may be empty.
        times: the prescriber's, a line each.
        missed: the prescriber's words on a dose that was missed, or empty.
        must_not_miss: marked so by whoever wrote it down.
        prescriber: who prescribed it.
        given_by: who gives it safely until others have shown that they can.
        checked_by, checked_on: who checked the words, and the day in words.
        until: the last day the card is good for, in words.
        holders: who holds a copy, with the day, in words.
        shown: who showed how they give it; the latest first.
    """

    front: Front
    name: str
    dose: str
    strength: str = ""
    device: str = ""
    times: tuple[str, ...] = ()
    missed: str = ""
    must_not_miss: bool = False
    prescriber: str = ""
    given_by: str
    checked_by: str
    checked_on: str = ""
    until: str
    holders: tuple[str, ...] = ()
    shown: tuple[ShownLine, ...] = ()


def write_medicine_card(report: MedicineCardReport, redaction: Redaction | None = None) -> Document:
    """Write the card; see :func:`gcp2_app.reports.pdf.cumulative.write_cumulative`."""
    document = begin_easily(report.front, redaction)
    _write_medicine(document, report)
    _write_label(document)
    _write_how(document, report)
    _write_missed(document, report)
    document.heading(2, "If the medicine changes")
    document.pictured(Picture.STOP, [("Then this card is old.", ""), ("", "Give it back. Ask for a new card.")])
    _write_who(document, report)
    _write_card(document, report)
    return document


def _write_medicine(document: Document, report: MedicineCardReport) -> None:
    document.pictured(
        Picture.MEDICINE,
        [
            (report.name, ""),
            labelled("Strength:", report.strength),
            ("", "This card is for this one medicine only."),
        ],
    )
    document.pictured(Picture.CALENDAR, [(f"Good until {report.until}.", ""), ("", "Do not use it after that day.")])


def _write_label(document: Document) -> None:
    # Before the dose, and with it on the first page: a card is followed from the top.
    document.heading(2, "The label comes first")
    document.pictured(Picture.LOOKING, [("Look at the label every time.", ""), ("", "Follow the label.")])
    document.pictured(
        Picture.PHONE,
        [
            ("Does this card say something else?", ""),
            ("", "Then do not use the card."),
            ("", "Ask the pharmacy or ring 111."),
            ("", "In an emergency ring 999."),
        ],
    )


def _write_how(document: Document, report: MedicineCardReport) -> None:
    document.heading(2, "What the prescriber wrote")
    document.inset([report.dose], strong=True)
    document.pictured(Picture.DOCTOR, [labelled("Prescribed by:", report.prescriber)])
    document.pictured(for_device(report.device), [labelled("Give it with:", report.device)])
    if report.times:
        document.heading(2, "When")
        for time in report.times:
            document.pictured(for_time(time), [("", time)])


def _write_missed(document: Document, report: MedicineCardReport) -> None:
    document.heading(2, "If a dose is missed" + (": what the prescriber wrote" if report.missed else ""))
    document.inset([report.missed], strong=True)
    if report.must_not_miss:
        document.paragraph("This medicine must not be missed.", style="strong")
    ask = "Not sure? Ask" if report.missed else "Ask"
    document.pictured(
        Picture.PHONE, [(f"{ask} the prescriber or the pharmacy, or ring 111.", ""), ("", "Ask on the same day.")]
    )


def _write_who(document: Document, report: MedicineCardReport) -> None:
    document.heading(2, "Who gives it")
    document.pictured(
        Picture.TOGETHER,
        [
            (report.given_by, ""),
            ("", "Others first show a nurse or pharmacist how they give it."),
        ],
    )
    document.heading(2, "Who has shown how they give it")
    for line in report.shown:
        document.pictured(
            Picture.TICK if line.right else Picture.STOP,
            [(line.who, ""), ("", line.found), labelled("Seen by:", line.seen_by)],
        )
    if not report.shown:
        document.paragraph("Nothing about this is on this card.")


def _write_card(document: Document, report: MedicineCardReport) -> None:
    document.heading(2, "About this card")
    document.pictured(
        Picture.TICK,
        [labelled("Checked by:", report.checked_by), labelled("Checked on:", report.checked_on)],
    )
    document.pictured(
        Picture.PAPER,
        [
            ("Who has a copy", ""),
            *(("", holder) for holder in report.holders or ("Nobody is written down yet.",)),
        ],
    )
