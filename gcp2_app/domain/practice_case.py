"""An invented case to grade for practice, and how a careful panel graded it. It is about nobody, and scores nobody.

The texts are in ``forms/learning``. Knows no store and keeps nothing.

Source: experience.md, screen 11 (practice case).
"""

from dataclasses import dataclass

from gcp2_app.domain.instrument import Pack


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseUnit:
    """One unit of the case.

    Attributes:
        code: of the unit in the case's pack.
        seen: what was seen and said, in paragraphs.
        grade: the panel's, a value of the pack; None where the panel marked it as not observed.
        why: the panel's reasons, in paragraphs.
        argued: what could be argued otherwise, and what parts the two.
    """

    code: str
    seen: tuple[str, ...]
    grade: int | None
    why: tuple[str, ...]
    argued: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeCase:
    """The case.

    Attributes:
        pack: id of the pack it is graded with; ``pack_version``: its version.
        age_months: how old the child is, which decides the texts of the grades.
        about: who it is about and what was looked at, in paragraphs.
        units: in the order they are graded.
    """

    title: str
    edition: str
    source: str
    pack: str
    pack_version: str
    age_months: int
    about: tuple[str, ...]
    units: tuple[CaseUnit, ...]


def steps_apart(pack: Pack, mine: int, theirs: int) -> int:
    """Return by how many steps of the scale the panel saw needs met less well than this; negative for better.

    Args:
        pack: the pack of the case.
        mine: a grade value of the pack; ``theirs``: the panel's.
    """
    return pack.rank(theirs) - pack.rank(mine)
