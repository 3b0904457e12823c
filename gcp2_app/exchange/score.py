"""The stateless roll-up of ``gcp2 score``: a document of grades in, the results out. Nothing is stored.

Documents come from outside and are checked key by key; an error names the unit.

Source: casefile.md, Commands, ``gcp2 score``.
"""

import json
from collections.abc import Iterator
from typing import Any

from gcp2_app.domain.answers import UnitAnswer, UnitState
from gcp2_app.domain.grading import check_grade
from gcp2_app.domain.instrument import Pack
from gcp2_app.domain.scoring import Result, check_answer, score
from gcp2_app.errors import BadFile, InvalidValue

_KEYS = frozenset({"age_months", "units", "opened"})
_STATES = {state.value: state for state in UnitState if state is not UnitState.SCORED}


def score_document(pack: Pack, document: object, age_months: int | None = None) -> dict[str, Any]:
    """Return the roll-up of one document.

    Args:
        pack: the instrument.
        document: ``{"age_months": 40, "units": {"A1.a": 3, "A5.d": "not_applicable", "A1.b": null}}``. A unit that is
            missing or null is not started. For a pack with gates ``"opened": ["R"]`` names areas that judgement, or a
            birth, opened; concern is worked out.
        age_months: age in completed months for a document that has none.

    Returns:
        ``units`` (the number that apply), ``subareas`` and ``areas`` by code, each with ``grade``, ``reason``,
        ``scored``, ``of``, ``provisional`` and ``thin``. For a pack with gates also ``closed``, the codes of the areas
        that are not open; they have no result.

    Raises:
        InvalidValue: an unknown key, no age, a unit the age band does not have, a grade off the scale, or *not
            applicable* where the pack does not allow it. The message names the place.
    """
    if not isinstance(document, dict):
        raise InvalidValue("The document is not an object.", 'Write {"age_months": …, "units": {…}}.')
    for key in document:
        if key not in _KEYS:
            raise InvalidValue(f"“{str(key)[:40]}” is not a key.", "Use age_months, units and opened.")
    band = pack.band_at(_age(document.get("age_months"), age_months)).code
    units = document.get("units")
    if units is None:
        units = {}
    if not isinstance(units, dict):
        raise InvalidValue("units: this is not an object.", "Write unit codes with their grades.")
    answers = {code: _answer(pack, band, code, value) for code, value in units.items()}
    profile = score(pack, band, answers, opened=_opened(pack, document.get("opened")))
    closed = {"closed": [area.code for area in pack.areas if area.code in profile.closed]} if pack.gates else {}
    return {
        "units": profile.units,
        "subareas": {code: _shown(result) for code, result in profile.subareas.items()},
        "areas": {code: _shown(result) for code, result in profile.areas.items()},
        **closed,
    }


def score_text(pack: Pack, text: str, *, file: str, age_months: int | None = None) -> Iterator[dict[str, Any]]:
    """Return the roll-up of a text that holds one document, or one a line; blank lines are passed over.

    Args:
        pack: the instrument.
        text: the text.
        file: the file's name as the user gave it, for messages.
        age_months: age in completed months for documents that have none.

    Raises:
        BadFile: it is not JSON, or a document cannot be scored. The message names the file and the line.
    """
    try:
        whole = _parse(text)
    except ValueError as error:
        lines = [(number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip()]
        if not lines or not _stands_alone(lines[0][1]):
            raise BadFile(file, "", _why(error), "Write one document, or one a line.") from None
    else:
        yield _scored(pack, whole, file, "", age_months)
        return
    for number, line in lines:
        place = f"line {number}"
        try:
            document = _parse(line)
        except ValueError as error:
            raise BadFile(file, place, _why(error, in_line=True), "Write one document, or one a line.") from None
        yield _scored(pack, document, file, place, age_months)


class _Unreadable(ValueError):
    """JSON that is well formed and cannot be used all the same."""


def _scored(pack: Pack, document: object, file: str, place: str, age_months: int | None) -> dict[str, Any]:
    try:
        return score_document(pack, document, age_months)
    except InvalidValue as error:
        raise BadFile(file, place, error.message, error.mend) from None


def _parse(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_object)
    except RecursionError:
        raise _Unreadable("nested too deeply") from None


def _stands_alone(line: str) -> bool:
    try:
        _parse(line)
    except ValueError:
        return False
    return True


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _Unreadable("a key stands twice")
    return found


def _why(error: ValueError, *, in_line: bool = False) -> str:
    if isinstance(error, json.JSONDecodeError):
        line = "" if in_line else f"line {error.lineno}, "
        return f"this is not JSON ({error.msg}, {line}column {error.colno})."
    # Any other is a number with more digits than Python reads.
    return f"this cannot be read: {error if isinstance(error, _Unreadable) else 'a number is too long'}."


def _age(given: object, otherwise: int | None) -> int:
    age = otherwise if given is None else given
    if age is None:
        raise InvalidValue("age_months: the age is missing.", "Give it, or use --age-months.")
    if type(age) is not int:
        raise InvalidValue("age_months: this is not an age.", "Give completed months, such as 40.")
    return age


def _opened(pack: Pack, given: object) -> tuple[str, ...]:
    gated = [gate.area for gate in pack.gates]
    if given is None:
        return ()
    if not isinstance(given, list) or any(code not in gated for code in given):
        mend = f"Use a list of {', '.join(gated)}." if gated else "This pack has none: leave the key out."
        raise InvalidValue("opened: these are not areas that wait to be opened.", mend)
    return tuple(given)


def _answer(pack: Pack, band: str, code: str, value: object) -> UnitAnswer:
    try:
        if value is None:
            answer = UnitAnswer()
        elif isinstance(value, str):
            if value not in _STATES:
                raise InvalidValue(
                    f"This is neither a grade of {pack.title} nor a state.",
                    f"Use a number, null or one of {', '.join(_STATES)}.",
                )
            answer = UnitAnswer(state=_STATES[value])
        else:
            answer = UnitAnswer(state=UnitState.SCORED, grade=check_grade(pack, value))
    except InvalidValue as error:
        raise InvalidValue(f"units.{code[:40]}: {error.message}", error.mend) from None
    check_answer(pack, band, code, answer)
    return answer


def _shown(result: Result) -> dict[str, Any]:
    return {
        "grade": result.grade,
        "reason": result.reason.value,
        "scored": result.scored,
        "of": result.of,
        "provisional": result.provisional,
        "thin": result.thin,
    }
