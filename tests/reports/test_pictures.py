"""Pictures: each says what it shows, each is drawn, and none is chosen where the words leave a doubt."""

import io

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from gcp2_app.forms.packs import shipped_pack
from gcp2_app.reports.pictures.care import in_plain_words
from gcp2_app.reports.pictures.catalogue import DRAWINGS, Picture
from gcp2_app.reports.pictures.chosen import for_device, for_time
from gcp2_app.reports.pictures.pen import Pen


@pytest.mark.parametrize("picture", Picture)
def test_each_picture_is_drawn_within_its_square_and_says_what_it_shows(picture: Picture) -> None:
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=(100, 100), pageCompression=0)
    DRAWINGS[picture].draw(Pen(canvas, 100))
    canvas.showPage()
    canvas.save()
    assert DRAWINGS[picture].alternative.startswith("Picture: ")
    assert DRAWINGS[picture].alternative.endswith(".")
    with pikepdf.open(io.BytesIO(made.getvalue())) as pdf:
        steps = list(pikepdf.parse_content_stream(pdf.pages[0]))
    places = [float(each) for step in steps if str(step.operator) in ("m", "l") for each in step.operands]
    assert any(str(step.operator) in ("S", "s", "B", "B*", "b", "b*") for step in steps)
    assert places
    assert all(-2 <= place <= 102 for place in places)


def test_no_two_pictures_say_the_same() -> None:
    assert len({drawing.alternative for drawing in DRAWINGS.values()}) == len(Picture)


@pytest.mark.parametrize(
    ("words", "picture"),
    [
        ("morning, as on the label", Picture.MORNING),
        ("In the Morning", Picture.MORNING),
        ("evening, as on the label", Picture.NIGHT),
        ("at bedtime", Picture.NIGHT),
        ("every night", Picture.NIGHT),
        ("morning and night", Picture.CLOCK),
        ("not in the morning", Picture.CLOCK),
        ("morning or evening", Picture.CLOCK),
        ("morning and midday", Picture.CLOCK),
        ("8 am", Picture.CLOCK),
        ("mornings", Picture.CLOCK),
        ("every 12 hours", Picture.CLOCK),
        ("", Picture.CLOCK),
    ],
)
def test_a_time_has_a_picture_only_where_its_words_leave_no_doubt(words: str, picture: Picture) -> None:
    assert for_time(words) is picture


@pytest.mark.parametrize(
    ("words", "picture"),
    [
        ("oral syringe, supplied with the bottle", Picture.SYRINGE),
        ("Inhaler", Picture.INHALER),
        ("inhaler with a spacer", Picture.MEDICINE),
        ("the syringe, not the spoon", Picture.MEDICINE),
        ("spoon", Picture.SPOON),
        ("tablets", Picture.TABLETS),
        ("syringe with a needle", Picture.MEDICINE),
        ("", Picture.MEDICINE),
    ],
)
def test_a_device_has_a_picture_only_where_its_words_leave_no_doubt(words: str, picture: Picture) -> None:
    assert for_device(words) is picture


@given(st.text())
def test_any_words_have_a_picture(words: str) -> None:
    assert for_time(words) in (Picture.MORNING, Picture.NIGHT, Picture.CLOCK)
    assert for_device(words) in Picture


@pytest.mark.parametrize("pack", ["graded-care", "graded-care-antenatal"])
def test_every_area_of_the_shipped_packs_has_plain_words_and_a_picture(pack: str) -> None:
    shipped = shipped_pack(pack, "1.0.0")
    for code in [*(area.code for area in shipped.areas), *shipped.subareas]:
        assert in_plain_words(pack, code, "")[1]
    assert in_plain_words("another", "A1", "Its own words") == (Picture.LOOKING, "Its own words")
