"""Whether two assessments, and one unit of both, can be compared at all.

Source: instrument.md, Comparison ("same child, pack, policy, carers; otherwise say why") and Structure ("a unit is its
code *and* band").
"""

from datetime import date

from gcp2_app.domain.assessment import Assessment
from gcp2_app.domain.instrument import Pack
from gcp2_app.domain.scoring import band_of
from gcp2_app.errors import InvalidValue


def why_not_comparable(earlier: Assessment, later: Assessment) -> str:
    """Return why two assessments cannot be compared, as a sentence, or an empty text where they can.

    Versions of a pack compare while their first number is the same: a change of what a grade means is a new one.
    """
    if earlier.child != later.child:
        return "They are about different children."
    if earlier.pack != later.pack or _main(earlier) != _main(later):
        return "They were made with different packs."
    if earlier.policy != later.policy:
        return "Their grades roll up by different policies."
    if set(earlier.carers) != set(later.carers):
        return "They are about different carers."
    return ""


def same_unit(pack: Pack, code: str, earlier: Assessment, later: Assessment, born: date | None) -> bool:
    """Whether a code is the same unit in both assessments: it is, in both bands, the pack's one unit.

    An assessment recorded elsewhere holds no units; one whose band is not known has none that can be compared.
    """
    if earlier.recorded_elsewhere or later.recorded_elsewhere:
        return False
    try:
        before = pack.units_in(band_of(pack, earlier, born)).get(code)
        after = pack.units_in(band_of(pack, later, born)).get(code)
    except InvalidValue:
        return False
    return before is not None and before is after


def _main(assessment: Assessment) -> str:
    return assessment.pack_version.partition(".")[0]
