"""Pictures of people, alone and together, and of what they do. Nobody in them is anybody in particular."""

from gcp2_app.reports.pictures.pen import Pen


def adult_and_child(pen: Pen) -> None:
    """Draw an adult who holds a child by the hand."""
    _person(pen, 36, head=11, top=82)
    _person(pen, 72, head=9, top=52, foot=8)
    pen.line((46, 50), (56, 34), (65, 36))


def doctor(pen: Pen) -> None:
    """Draw a person in a white coat, with a stethoscope."""
    pen.circle(50, 80, 13, tint=False)
    pen.shape((26, 8), (26, 44), (36, 58), (64, 58), (74, 44), (74, 8), tint=False)
    pen.line((50, 46), (50, 8))
    pen.curve((40, 58), ((38, 40), (48, 38), (50, 46)))
    pen.curve((60, 58), ((62, 40), (52, 38), (50, 46)))
    pen.circle(62, 28, 5)


def talking(pen: Pen) -> None:
    """Draw two people's speech bubbles."""
    pen.box(6, 46, 58, 42, round_by=10, tint=False)
    pen.line((20, 46), (16, 32), (34, 46))
    pen.line((18, 74), (52, 74))
    pen.line((18, 61), (42, 61))
    pen.box(46, 14, 48, 34, round_by=10)
    pen.line((76, 14), (84, 3), (62, 14))
    pen.line((57, 37), (83, 37))
    pen.line((57, 26), (76, 26))


def looking(pen: Pen) -> None:
    """Draw an open eye."""
    pen.curve((6, 50), ((28, 86), (72, 86), (94, 50)), ((72, 14), (28, 14), (6, 50)), closed=True, tint=False)
    pen.circle(50, 50, 17)
    pen.dot(50, 50, 7)


def helping(pen: Pen) -> None:
    """Draw two hands that meet."""
    pen.shape((2, 30), (16, 24), (26, 58), (12, 64))
    pen.shape((98, 30), (84, 24), (74, 58), (88, 64))
    pen.curve((24, 54), ((36, 70), (48, 66), (56, 60)))
    pen.curve((76, 54), ((64, 70), (56, 66), (46, 54)), ((44, 46), (52, 44), (58, 52)))
    pen.line((58, 52), (74, 34))
    pen.curve((19, 32), ((36, 20), (46, 20), (54, 26)), ((62, 24), (68, 28), (74, 34)))


def loving(pen: Pen) -> None:
    """Draw a heart."""
    pen.curve(
        (50, 14),
        ((2, 44), (6, 86), (32, 86)),
        ((42, 86), (48, 80), (50, 72)),
        ((52, 80), (58, 86), (68, 86)),
        ((94, 86), (98, 44), (50, 14)),
        closed=True,
    )


def playing(pen: Pen) -> None:
    """Draw building blocks and a ball."""
    pen.box(8, 10, 32, 32)
    pen.box(24, 44, 32, 32, tint=False)
    pen.circle(72, 27, 17)
    pen.arc(72, 27, 17, begin=0, sweep=360)
    pen.curve((58, 36), ((68, 30), (78, 30), (86, 36)))


def expecting(pen: Pen) -> None:
    """Draw a pram."""
    pen.curve((16, 50), ((16, 22), (76, 22), (76, 50)), closed=True)
    pen.curve((46, 50), ((46, 74), (40, 84), (24, 84)), ((16, 74), (14, 62), (16, 50)), closed=True, tint=False)
    pen.line((76, 50), (88, 66), (96, 66))
    pen.circle(32, 14, 8, tint=False)
    pen.circle(62, 14, 8, tint=False)


def _person(pen: Pen, x: float, *, head: float, top: float, foot: float = 8) -> None:
    """Draw a standing person with the middle of the head at a height."""
    shoulder, waist = top - head - 5, (top - head + foot) / 2
    half = head * 0.95
    pen.circle(x, top, head, tint=False)
    pen.shape((x - half, shoulder), (x + half, shoulder), (x + half * 0.9, waist), (x - half * 0.9, waist))
    pen.line((x - half * 0.55, waist), (x - half * 0.6, foot))
    pen.line((x + half * 0.55, waist), (x + half * 0.6, foot))
    pen.line((x - half, shoulder), (x - half * 1.5, waist + 4))
    pen.line((x + half, shoulder), (x + half * 1.4, waist + 6))
