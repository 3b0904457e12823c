"""Types of neglect by quarter, cut into stretches that fit a page: nothing is lost and nothing counted twice."""

from gcp2_app.domain.charting import About
from gcp2_app.domain.entries import Theme
from gcp2_app.domain.neglect_types import NeglectTypes, Quarter, TypeCount, in_parts
from gcp2_app.domain.register import Agency


def types(quarters: int) -> NeglectTypes:
    every, quarter = [], Quarter(year=2022, number=3)
    for _ in range(quarters):
        every.append(quarter)
        quarter = quarter.following
    counts: dict[tuple[Theme, Quarter | None], TypeCount] = {
        (Theme.MEDICAL, each): TypeCount(entries=(f"e{number}",), agencies=(Agency.SCHOOL,))
        for number, each in enumerate(every)
    }
    counts |= {(Theme.PHYSICAL, each): counts[Theme.MEDICAL, each] for each in every}
    counts[Theme.MEDICAL, None] = TypeCount(entries=("undated",), agencies=(None,))
    return NeglectTypes(about=ABOUT, quarters=tuple(every), counts=counts, marked=quarters + 1)


ABOUT = About(child_label="Robin")


def test_the_latest_stretch_is_full_and_holds_what_has_no_day() -> None:
    whole = types(13)
    parts = in_parts(whole, most=5)
    assert [len(part.quarters) for part in parts] == [3, 5, 5]
    assert tuple(quarter for part in parts for quarter in part.quarters) == whole.quarters
    assert [part.has_undated for part in parts] == [False, False, True]
    # An entry that names two types counts once.
    assert [part.marked for part in parts] == [3, 5, 6]
    assert {key: count for part in parts for key, count in part.counts.items()} == whole.counts


def test_what_fits_stays_whole_and_nothing_at_all_is_one_stretch() -> None:
    assert in_parts(types(5), most=5) == (types(5),)
    (alone,) = in_parts(types(0), most=5)
    assert (alone.quarters, alone.has_undated, alone.marked) == ((), True, 1)
