"""Colours are computed against each other; text and distances grow together."""

import itertools

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from gcp2_app.paths import data_folder
from gcp2_app.ui import style
from gcp2_app.ui.colours import DARK, HIGH_CONTRAST, LIGHT, Colours, Theme
from gcp2_app.ui.sheet import make_sheet

THEMES = [pytest.param(theme, id=theme.name) for theme in (LIGHT, DARK, HIGH_CONTRAST)]
TEXT, MARK = 4.5, 3.0


def luminance(colour: str) -> float:
    """Return relative luminance, 0 to 1.

    Source: WCAG 2.2, definition of relative luminance.
    """
    made = QColor(colour)
    parts = (made.redF(), made.greenF(), made.blueF())
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_black_on_white_has_the_contrast_the_guideline_names() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("tone", THEMES)
def test_text_can_be_read_on_every_ground(tone: Colours) -> None:
    inks = (tone.text, tone.quiet, tone.accent, tone.warn, tone.good)
    for ink, ground in itertools.product(inks, (tone.page, tone.panel)):
        assert contrast(ink, ground) >= TEXT, (ink, ground)
    assert contrast(tone.on_accent, tone.accent) >= TEXT
    for ink in (tone.text, tone.warn):
        assert contrast(ink, tone.warn_ground) >= TEXT
    # The inverse band and badges of practice.
    assert contrast(tone.page, tone.text) >= TEXT


@pytest.mark.parametrize("tone", THEMES)
def test_grades_can_be_read_and_seen(tone: Colours) -> None:
    assert len(tone.grades) == len(tone.on_grades) == 5
    for ground, ink in zip(tone.grades, tone.on_grades, strict=True):
        assert contrast(ink, ground) >= TEXT, (ink, ground)
        for behind in (tone.page, tone.panel):
            assert contrast(ground, behind) >= MARK, (ground, behind)


@pytest.mark.parametrize("tone", THEMES)
def test_the_edges_of_controls_and_the_focus_can_be_seen(tone: Colours) -> None:
    for edge, ground in itertools.product((tone.quiet, tone.accent, tone.warn), (tone.page, tone.panel)):
        assert contrast(edge, ground) >= MARK, (edge, ground)


@pytest.mark.parametrize("tone", THEMES)
def test_every_picture_the_style_sheet_names_is_there(tone: Colours) -> None:
    sheet = make_sheet(tone, lambda steps: round(steps * 5))
    assert "$" not in sheet
    named = {part.split(")")[0] for part in sheet.split("url(")[1:]}
    assert len(named) == 4
    folder = (data_folder("resources") / "icons").as_posix()
    for path in named:
        assert path.startswith(folder)
        assert not QImage(path).isNull(), path


@pytest.fixture
def restored(qapp: QApplication) -> QApplication:
    """The application, in the light theme at the platform's text size again afterwards."""
    style.apply(qapp, Theme.LIGHT, 1.0)
    return qapp


@pytest.mark.parametrize(
    ("theme", "tone"), [(Theme.LIGHT, LIGHT), (Theme.DARK, DARK), (Theme.HIGH_CONTRAST, HIGH_CONTRAST)]
)
def test_a_theme_sets_colours_and_palette(restored: QApplication, theme: Theme, tone: Colours) -> None:
    style.apply(restored, theme, 1.0)
    assert style.colours() is tone
    assert restored.palette().window().color() == QColor(tone.page)
    style.apply(restored, Theme.LIGHT, 1.0)


def test_the_system_theme_follows_the_platforms_palette(restored: QApplication) -> None:
    style.apply(restored, Theme.SYSTEM, 1.0)
    # The offscreen platform is a light one.
    assert style.colours() is LIGHT
    style.apply(restored, Theme.LIGHT, 1.0)


def test_distances_grow_with_the_text(restored: QApplication, qtbot: QtBot) -> None:
    small = style.space(6)
    line = QLineEdit()
    qtbot.addWidget(line)
    low = line.sizeHint().height()
    style.apply(restored, Theme.LIGHT, 2.0)
    assert style.space(6) == pytest.approx(2 * small, rel=0.1)
    assert line.sizeHint().height() > 1.6 * low
    style.apply(restored, Theme.LIGHT, 1.0)
    assert style.space(6) == small


def test_targets_are_at_least_24_pixels_high(restored: QApplication, qtbot: QtBot) -> None:
    del restored
    for made in (style.button("Go"), style.button("Go", "primary"), style.button("Go", "link"), QLineEdit()):
        qtbot.addWidget(made)
        assert made.sizeHint().height() >= 24, made


def test_labels_never_read_markup(qtbot: QtBot) -> None:
    made = style.label("<b>Ash</b>")
    qtbot.addWidget(made)
    assert made.textFormat() is Qt.TextFormat.PlainText
    for level in (1, 2, 3):
        title = style.heading("<i>x</i>", level)
        qtbot.addWidget(title)
        assert title.textFormat() is Qt.TextFormat.PlainText


def painted(rank: int | None, of: int, *, hollow: bool = False) -> QImage:
    image = QImage(40, 40, QImage.Format.Format_ARGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    # Without its number, so that only shape and colour can differ.
    style.paint_grade(painter, QRectF(0, 0, 40, 40), rank, of, "", hollow=hollow)
    painter.end()
    return image


def outline(image: QImage) -> bytes:
    """Return where a picture is not white, whatever the colour."""
    return bytes(image.pixelColor(x, y) != QColor("white") for y in range(image.height()) for x in range(image.width()))


def test_each_grade_has_a_shape_of_its_own(qapp: QApplication) -> None:
    del qapp
    shapes = {outline(painted(rank, 5)) for rank in range(1, 6)} | {outline(painted(None, 5))}
    assert len(shapes) == 6


def test_a_provisional_grade_is_hollow(qapp: QApplication) -> None:
    del qapp
    assert painted(4, 5).pixelColor(20, 20) != QColor("white")
    assert painted(4, 5, hollow=True).pixelColor(20, 20) == QColor("white")


def test_a_scale_of_four_uses_the_ends_of_the_colours(restored: QApplication) -> None:
    del restored
    assert style.grade_colour(1, 4)[0] == QColor(LIGHT.grades[0])
    assert style.grade_colour(4, 4)[0] == QColor(LIGHT.grades[-1])
    assert len({style.grade_colour(rank, 4)[0].name() for rank in range(1, 5)}) == 4


def test_a_chip_says_what_it_shows(qtbot: QtBot) -> None:
    chip = style.GradeChip()
    qtbot.addWidget(chip)
    assert chip.accessibleName() == "No grade"
    chip.show_grade(4, 5, "4", "Grade 4, provisional", hollow=True)
    assert chip.accessibleName() == chip.toolTip() == "Grade 4, provisional"
    assert chip.sizeHint().width() >= 24
    assert not chip.grab().isNull()
