"""The last day counts, and what closes a pack's wording closes nothing else."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from gcp2_app.domain.instrument import Licence, LicenceKind, Pack
from gcp2_app.domain.licensing import Closed, Confirmation, Training, Why, licence_ends, why_closed, without_wording
from tests.domain.packs import make_pack

LAST = date(2027, 3, 31)
DAY = timedelta(days=1)
CONFIRMED = Confirmation(by="w9", on=date(2026, 1, 6), seen="the certificate")
TRAINED = Training(
    person="w1", course="gcp2", on=date(2026, 1, 5), licence="Westshire", expires=LAST, confirmation=CONFIRMED
)


def licensed(*, expires: date = date(2028, 1, 1), version: str = "1.0.0", area: str = "Westshire") -> Pack:
    """Return a licensed pack."""
    licence = Licence(
        kind=LicenceKind.LICENSED, holder="Holder", copyright="© Holder", area=area, expires=expires, course="gcp2"
    )
    return replace(make_pack(), id="licensed", version=version, licence=licence)


def closed(pack: Pack, *trainings: Training, today: date = LAST) -> Closed | None:
    """Ask for w1."""
    return why_closed(pack, trainings, person="w1", today=today, ends=licence_ends(pack, [pack]))


def test_an_open_pack_is_closed_to_nobody() -> None:
    assert closed(make_pack()) is None


def test_the_last_day_of_training_is_inclusive() -> None:
    assert closed(licensed(), TRAINED, today=LAST) is None
    assert closed(licensed(), TRAINED, today=LAST + DAY) == Closed(why=Why.TRAINING_ENDED, on=LAST)


def test_the_last_day_of_the_licence_is_inclusive() -> None:
    unending = replace(TRAINED, expires=None)
    assert closed(licensed(expires=LAST), unending, today=LAST) is None
    assert closed(licensed(expires=LAST), unending, today=LAST + DAY) == Closed(why=Why.LICENCE_ENDED, on=LAST)


def test_the_day_of_the_course_is_inclusive() -> None:
    assert closed(licensed(), TRAINED, today=TRAINED.on) is None
    assert closed(licensed(), TRAINED, today=TRAINED.on - DAY) == Closed(why=Why.NOT_TRAINED)


@pytest.mark.parametrize("change", [{"person": "w2"}, {"course": "neglect"}, {"licence": "Eastshire"}, {"licence": ""}])
def test_training_is_the_readers_own_for_this_course_and_licence(change: dict[str, str]) -> None:
    assert closed(licensed(), replace(TRAINED, **change)) == Closed(why=Why.NOT_TRAINED)  # type: ignore[arg-type]


def test_the_name_of_a_licence_is_read_without_case_and_spaces() -> None:
    assert closed(licensed(), replace(TRAINED, licence="  WESTSHIRE ")) is None


def test_any_current_training_opens_and_the_latest_end_is_told() -> None:
    earlier = replace(TRAINED, expires=LAST - DAY)
    assert closed(licensed(), earlier, TRAINED) is None
    assert closed(licensed(), TRAINED, earlier, today=LAST + DAY) == Closed(why=Why.TRAINING_ENDED, on=LAST)


def test_training_that_nobody_confirmed_opens_nothing() -> None:
    claimed = replace(TRAINED, confirmation=None)
    assert closed(licensed(), claimed) == Closed(why=Why.NOT_CONFIRMED, on=TRAINED.on)
    assert closed(licensed(), claimed, replace(TRAINED, expires=LAST - DAY)) == Closed(
        why=Why.NOT_CONFIRMED, on=TRAINED.on
    )
    assert closed(licensed(), claimed, TRAINED) is None
    assert closed(licensed(), claimed, today=LAST + DAY) == Closed(why=Why.TRAINING_ENDED, on=LAST)


def test_a_renewed_licence_opens_the_older_version() -> None:
    old, new = licensed(expires=LAST), licensed(expires=LAST + DAY, version="1.0.1")
    assert licence_ends(old, [old, new]) == LAST + DAY
    assert licence_ends(old, [old, licensed(expires=LAST + DAY, area="Eastshire")]) == LAST
    assert licence_ends(old, [replace(new, id="another")]) == LAST
    assert licence_ends(old, [replace(make_pack(), id="licensed")]) == LAST
    assert licence_ends(make_pack(), []) is None


def test_without_its_wording_a_pack_keeps_its_structure_and_grades() -> None:
    pack = replace(licensed(), how_to_grade=("A rule.",))
    bare = without_wording(pack, "Hidden, because.")
    assert (bare.grades, bare.bands, bare.thresholds, bare.sha256) == (
        pack.grades,
        pack.bands,
        pack.thresholds,
        pack.sha256,
    )
    assert bare.unit_codes == pack.unit_codes
    assert not bare.how_to_grade
    for area in bare.areas:
        assert not area.about
        for subarea in area.subareas:
            assert not subarea.about
            for unit in subarea.units:
                assert unit.prompt == "Hidden, because."
                assert not unit.look_for
                assert not unit.guidance
                assert unit.label
                for descriptors in unit.descriptors:
                    assert len(descriptors.grades) == len(pack.grades)
                    assert not any(descriptors.grades)
