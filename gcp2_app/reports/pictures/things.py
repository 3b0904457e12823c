"""Pictures of things at home, of days and hours, and of signs."""

from math import cos, radians, sin

from gcp2_app.reports.pictures.pen import Pen


def house(pen: Pen) -> None:
    """Draw a house with a door and a window."""
    pen.shape((18, 10), (18, 50), (82, 50), (82, 10))
    pen.shape((8, 48), (50, 88), (92, 48), tint=False)
    pen.box(30, 10, 16, 26, round_by=2, tint=False)
    pen.box(56, 22, 16, 16, round_by=2, tint=False)


def bed(pen: Pen) -> None:
    """Draw a bed with a pillow and a cover."""
    pen.line((8, 78), (8, 14))
    pen.line((92, 50), (92, 14))
    pen.box(8, 26, 84, 18, round_by=3, tint=False)
    pen.box(13, 44, 24, 14, round_by=6, tint=False)
    pen.curve((40, 44), ((44, 64), (84, 62), (92, 46)), ((92, 44), (92, 44), (92, 44)), closed=True)


def plate(pen: Pen) -> None:
    """Draw a plate with a fork and a knife."""
    pen.circle(50, 48, 28, tint=False)
    pen.circle(50, 48, 17)
    pen.line((10, 14), (10, 84))
    pen.line((4, 84), (4, 66), (16, 66), (16, 84))
    pen.line((88, 14), (88, 84))
    pen.curve((88, 84), ((98, 76), (98, 56), (88, 50)), closed=True, tint=False)


def toothbrush(pen: Pen) -> None:
    """Draw a toothbrush with paste on it."""
    pen.shape((6, 22), (10, 16), (94, 52), (90, 60))
    for x in (66, 73, 80, 87):
        pen.line((x, 45 + (x - 66) * 0.43), (x - 5, 61 + (x - 66) * 0.43))
    pen.curve((58, 62), ((62, 76), (74, 68), (76, 78)), ((80, 72), (76, 64), (84, 74)))


def clothes(pen: Pen) -> None:
    """Draw a shirt."""
    pen.shape(
        (28, 10),
        (28, 54),
        (16, 46),
        (5, 62),
        (32, 86),
        (42, 86),
        (50, 78),
        (58, 86),
        (68, 86),
        (95, 62),
        (84, 46),
        (72, 54),
        (72, 10),
    )


def book(pen: Pen) -> None:
    """Draw an open book."""
    pen.curve((50, 24), ((38, 34), (20, 34), (6, 28)), ((6, 28), (6, 74), (6, 74)), ((20, 80), (38, 80), (50, 70)))
    pen.shape((50, 24), (74, 32), (94, 28), (94, 74), (74, 78), (50, 70))
    pen.shape((50, 24), (26, 32), (6, 28), (6, 74), (26, 78), (50, 70), tint=False)
    for y in (64, 54, 44):
        pen.line((16, y), (38, y - 3))
        pen.line((62, y - 3), (84, y))


def safe(pen: Pen) -> None:
    """Draw a gate across a doorway."""
    pen.line((10, 8), (10, 90))
    pen.line((90, 8), (90, 90))
    pen.box(10, 14, 80, 46, round_by=3)
    for x in (26, 42, 58, 74):
        pen.line((x, 14), (x, 60))
    pen.line((10, 48), (90, 48))


def phone(pen: Pen) -> None:
    """Draw a telephone that rings."""
    pen.box(30, 6, 40, 78, round_by=7, tint=False)
    pen.box(36, 24, 28, 48, round_by=2)
    pen.dot(50, 15, 3.6)
    pen.arc(70, 84, 13, begin=-20, sweep=110)
    pen.arc(30, 84, 13, begin=90, sweep=110)


def calendar(pen: Pen) -> None:
    """Draw a page of a calendar with one day marked."""
    pen.box(10, 8, 80, 76, round_by=6, tint=False)
    pen.shape((10, 66), (90, 66), (90, 80), (84, 84), (16, 84), (10, 80))
    pen.line((30, 76), (30, 94))
    pen.line((70, 76), (70, 94))
    for x in (26, 42, 58, 74):
        for y in (52, 38, 24):
            pen.dot(x, y, 2.6)
    pen.arc(58, 38, 9, begin=0, sweep=360)


def paper(pen: Pen) -> None:
    """Draw two sheets of paper, one on the other."""
    pen.box(30, 20, 54, 70, round_by=3)
    pen.box(14, 8, 54, 70, round_by=3, tint=False)
    for y in (64, 51, 38):
        pen.line((24, y), (58, y))
    pen.line((24, 25), (44, 25))


def sunrise(pen: Pen) -> None:
    """Draw the sun as it comes up."""
    pen.curve((24, 34), ((24, 72), (76, 72), (76, 34)), closed=True)
    pen.line((4, 34), (96, 34))
    pen.line((22, 18), (78, 18))
    for angle in (25, 57, 90, 123, 155):
        x, y = cos(radians(angle)), sin(radians(angle))
        pen.line((50 + 38 * x, 36 + 40 * y), (50 + 50 * x, 36 + 52 * y))


def moon(pen: Pen) -> None:
    """Draw the moon and stars."""
    pen.curve(
        (52, 90),
        ((8, 90), (-2, 24), (42, 12)),
        ((60, 8), (76, 16), (84, 30)),
        ((48, 28), (32, 64), (52, 90)),
        closed=True,
    )
    for x, y, reach in ((72, 74, 9), (86, 52, 6)):
        pen.line((x - reach, y), (x + reach, y))
        pen.line((x, y - reach), (x, y + reach))


def clock(pen: Pen) -> None:
    """Draw an alarm clock without hands: it shows no time to go by."""
    pen.curve((12, 68), ((6, 86), (24, 98), (36, 88)), closed=True)
    pen.curve((88, 68), ((94, 86), (76, 98), (64, 88)), closed=True)
    pen.line((24, 14), (16, 4))
    pen.line((76, 14), (84, 4))
    pen.circle(50, 44, 39, tint=False)
    for angle in range(0, 360, 30):
        pen.dot(50 + 28 * cos(radians(angle)), 44 + 28 * sin(radians(angle)), 2.6)
    pen.dot(50, 44, 5)


def tick(pen: Pen) -> None:
    """Draw a tick in a circle."""
    pen.circle(50, 50, 42)
    pen.line((28, 50), (44, 33), (73, 66))


def stop(pen: Pen) -> None:
    """Draw a sign to stop and ask: an eight-sided sign with a bar."""
    corners = [(50 + 44 * cos(radians(a)), 50 + 44 * sin(radians(a))) for a in range(22, 360, 45)]
    pen.shape(*corners)
    pen.solid((28, 45), (72, 45), (72, 55), (28, 55))
