"""Every picture by what it stands for, with its alternative text."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from gcp2_app.reports.pictures import medicines, people, things
from gcp2_app.reports.pictures.pen import Pen


class Picture(StrEnum):
    """What a picture stands for."""

    MEDICINE = "medicine"
    TABLETS = "tablets"
    SYRINGE = "syringe"
    SPOON = "spoon"
    INHALER = "inhaler"
    MORNING = "morning"
    NIGHT = "night"
    CLOCK = "clock"
    CALENDAR = "calendar"
    PHONE = "phone"
    PAPER = "paper"
    STOP = "stop"
    TICK = "tick"
    HOUSE = "house"
    BED = "bed"
    PLATE = "plate"
    CLOTHES = "clothes"
    TOOTHBRUSH = "toothbrush"
    DOCTOR = "doctor"
    SAFE = "safe"
    BOOK = "book"
    PLAYING = "playing"
    LOVING = "loving"
    TOGETHER = "together"
    EXPECTING = "expecting"
    LOOKING = "looking"
    TALKING = "talking"
    HELPING = "helping"


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """One picture.

    Attributes:
        alternative: what it shows, for those who cannot see it: one sentence.
        draw: draws it with a pen.
    """

    alternative: str
    draw: Callable[[Pen], None]


#: By what they stand for.
DRAWINGS: Final[Mapping[Picture, Drawing]] = {
    Picture.MEDICINE: Drawing(alternative="Picture: a medicine bottle with a label.", draw=medicines.medicine),
    Picture.TABLETS: Drawing(alternative="Picture: a tablet and a capsule.", draw=medicines.tablets),
    Picture.SYRINGE: Drawing(alternative="Picture: a syringe for the mouth, without a needle.", draw=medicines.syringe),
    Picture.SPOON: Drawing(alternative="Picture: a spoon.", draw=medicines.spoon),
    Picture.INHALER: Drawing(alternative="Picture: an inhaler.", draw=medicines.inhaler),
    Picture.MORNING: Drawing(alternative="Picture: the sun comes up.", draw=things.sunrise),
    Picture.NIGHT: Drawing(alternative="Picture: the moon and stars.", draw=things.moon),
    Picture.CLOCK: Drawing(alternative="Picture: an alarm clock without hands.", draw=things.clock),
    Picture.CALENDAR: Drawing(alternative="Picture: a calendar with one day marked.", draw=things.calendar),
    Picture.PHONE: Drawing(alternative="Picture: a telephone.", draw=things.phone),
    Picture.PAPER: Drawing(alternative="Picture: two sheets of paper.", draw=things.paper),
    Picture.STOP: Drawing(alternative="Picture: a stop sign.", draw=things.stop),
    Picture.TICK: Drawing(alternative="Picture: a tick.", draw=things.tick),
    Picture.HOUSE: Drawing(alternative="Picture: a house.", draw=things.house),
    Picture.BED: Drawing(alternative="Picture: a bed.", draw=things.bed),
    Picture.PLATE: Drawing(alternative="Picture: a plate with a knife and a fork.", draw=things.plate),
    Picture.CLOTHES: Drawing(alternative="Picture: a shirt.", draw=things.clothes),
    Picture.TOOTHBRUSH: Drawing(alternative="Picture: a toothbrush.", draw=things.toothbrush),
    Picture.DOCTOR: Drawing(alternative="Picture: a doctor.", draw=people.doctor),
    Picture.SAFE: Drawing(alternative="Picture: a gate across a doorway.", draw=things.safe),
    Picture.BOOK: Drawing(alternative="Picture: an open book.", draw=things.book),
    Picture.PLAYING: Drawing(alternative="Picture: building blocks and a ball.", draw=people.playing),
    Picture.LOVING: Drawing(alternative="Picture: a heart.", draw=people.loving),
    Picture.TOGETHER: Drawing(alternative="Picture: an adult and a child hand in hand.", draw=people.adult_and_child),
    Picture.EXPECTING: Drawing(alternative="Picture: a pram.", draw=people.expecting),
    Picture.LOOKING: Drawing(alternative="Picture: an eye.", draw=people.looking),
    Picture.TALKING: Drawing(alternative="Picture: two people talk.", draw=people.talking),
    Picture.HELPING: Drawing(alternative="Picture: two hands hold each other.", draw=people.helping),
}
