"""Numbers that others gave a child, and whether they can be right.

What came in wrong is marked; what is typed wrong is refused.
"""

from typing import Final

_NHS_WEIGHTS: Final = range(10, 1, -1)


def nhs_number_holds(number: str) -> bool:
    """Whether an NHS number has ten digits and the right check digit; spaces do not count.

    Source: NHS Data Dictionary, NHS NUMBER, modulus 11 (weights 10 to 2; a check digit of 10 is never issued).
    """
    digits = number.replace(" ", "")
    if len(digits) != 10 or not digits.isascii() or not digits.isdecimal():
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_NHS_WEIGHTS, digits[:9], strict=True))
    check = 11 - total % 11
    return check != 10 and check % 11 == int(digits[9])
