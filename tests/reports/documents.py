"""A small document with a piece of every kind, and names that are hard to set."""

from datetime import date

from gcp2_app.reports.pdf.document import Band, Document
from gcp2_app.reports.pdf.running import Running
from gcp2_app.reports.pictures.catalogue import Picture

LONG_WORD = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch" * 4
LONG_NAME = "Maximiliana-Bartholomea Featherstonehaugh Cholmondeley of Kirkby-in-Ashfield-on-the-Hill"


def small_document(*, large: bool = False) -> Document:
    """Return it; every test may add to it."""
    made = Document(
        title="A test document",
        large=large,
        running=Running(
            head="Test report",
            subject="Ivy Marsh",
            caution="",
            classification="OFFICIAL-SENSITIVE",
            practice=True,
            recipient="Dr Petra Obi",
            made_on=date(2026, 2, 3),
        ),
    )
    made.heading(1, "Care of Ivy")
    made.paragraph("First words.")
    made.heading(2, "Facts")
    made.facts([("Child", "Ivy Marsh"), ("Born", "4 March 2019")])
    made.bullets(["Sleeps well", "Eats well"], lead="Seen")
    made.table(["A", "B"], [Band(text="Across"), ["one", "two\nthree"], ["four", ""]], [1, 1])
    made.heading(3, "Nearer")
    made.pictured(Picture.HOUSE, [("Home", ""), ("", "Warm and dry.")])
    made.room_to_write("Write it here:", lines=2)
    return made
