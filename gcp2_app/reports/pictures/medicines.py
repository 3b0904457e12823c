"""Pictures of medicines and what they are given with. None shows an amount: no line, no figure, no level."""

from gcp2_app.reports.pictures.pen import Pen


def medicine(pen: Pen) -> None:
    """Draw a medicine bottle with its label."""
    pen.box(34, 76, 32, 16, round_by=3, tint=False)
    pen.curve(
        (40, 76),
        ((40, 66), (22, 70), (22, 54)),
        ((22, 40), (22, 26), (22, 12)),
        ((22, 8), (24, 6), (28, 6)),
        ((44, 6), (58, 6), (72, 6)),
        ((76, 6), (78, 8), (78, 12)),
        ((78, 26), (78, 40), (78, 54)),
        ((78, 70), (60, 66), (60, 76)),
        closed=True,
    )
    pen.box(22, 18, 56, 32, round_by=2, tint=False)
    pen.line((32, 40), (68, 40))
    pen.line((32, 28), (56, 28))


def tablets(pen: Pen) -> None:
    """Draw a tablet and a capsule."""
    pen.circle(32, 36, 24, tint=False)
    pen.line((15, 19), (49, 53))
    pen.curve((60, 74), ((44, 66), (56, 42), (72, 50)), ((72, 50), (60, 74), (60, 74)), closed=True)
    pen.curve((72, 50), ((78, 53), (82, 55), (88, 58)), ((104, 68), (90, 90), (76, 82)), closed=True, tint=False)
    pen.line((60, 74), (76, 82))


def syringe(pen: Pen) -> None:
    """Draw a syringe for the mouth, without a needle and without marks."""
    pen.box(30, 38, 46, 24, round_by=2)
    pen.shape((76, 44), (92, 47), (92, 53), (76, 56), tint=False)
    pen.line((30, 30), (30, 70))
    pen.line((30, 50), (8, 50))
    pen.line((8, 36), (8, 64))


def spoon(pen: Pen) -> None:
    """Draw a spoon."""
    pen.curve((50, 48), ((62, 78), (92, 90), (90, 68)), ((88, 50), (66, 42), (50, 48)), closed=True)
    pen.line((52, 50), (8, 14))


def inhaler(pen: Pen) -> None:
    """Draw an inhaler."""
    pen.box(44, 52, 26, 40, round_by=4)
    pen.shape((38, 62), (76, 62), (76, 8), (20, 8), (20, 28), (38, 28), tint=False)
