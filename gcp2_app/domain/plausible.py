"""What a person types and that cannot be right, although it is well formed: a child born in 1890, a due date years off.

Forms refuse it where it is typed. What comes from elsewhere is taken as it is: a wrong date on a letter is a fact too.
"""

from datetime import date, timedelta
from typing import Final

from gcp2_app.domain.when import completed_months

#: The greatest age of a child on record: leaving care is planned until 25.
#: Source: Children and Social Work Act 2017, section 3 (advice and support to care leavers until 25).
MOST_CHILD_YEARS: Final = 25
#: Nobody on record is older.
MOST_ADULT_YEARS: Final = 120
#: How far an expected date of birth may be from today, either way: a pregnancy is shorter.
MOST_EXPECTED_MONTHS: Final = 10
#: The longest sign-in name, in characters: it is typed and stands in the status bar.
MOST_SIGN_IN: Final = 32

_DAY: Final = timedelta(days=1)


def older_than(years: int, born: date, today: date) -> bool:
    """Whether someone is older than a number of years: born the same day that many years ago is not older."""
    return completed_months(born, today - _DAY) >= 12 * years


def expected_too_far(expected: date, today: date) -> bool:
    """Whether an expected date of birth is more than :data:`MOST_EXPECTED_MONTHS` before or after a day."""
    first, last = sorted((expected, today))
    return completed_months(first, last - _DAY) >= MOST_EXPECTED_MONTHS


def sign_in_name_holds(name: str) -> bool:
    """Whether a sign-in name is short and has no spaces within; those around it do not count."""
    tidy = name.strip()
    return 0 < len(tidy) <= MOST_SIGN_IN and not any(mark.isspace() for mark in tidy)
