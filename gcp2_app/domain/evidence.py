"""Pieces of evidence and the units they hang on: put there, changed there, taken away. Each from value to value."""

from collections.abc import Collection
from dataclasses import replace

from gcp2_app.domain.answers import NOT_STARTED, Evidence
from gcp2_app.domain.assessment import Assessment


def units_with(assessment: Assessment, evidence_id: str) -> tuple[str, ...]:
    """Return codes of the units a piece of evidence hangs on."""
    return tuple(
        code for code, answer in assessment.units.items() if any(piece.id == evidence_id for piece in answer.evidence)
    )


def piece_in(assessment: Assessment, evidence_id: str) -> Evidence | None:
    """Return a piece of evidence as the assessment holds it, or None."""
    held = (piece for answer in assessment.units.values() for piece in answer.evidence if piece.id == evidence_id)
    return next(held, None)


def with_evidence(assessment: Assessment, codes: Collection[str], evidence: Evidence) -> Assessment:
    """Return the assessment with a piece of evidence on exactly these units, changed or new."""
    units = dict(assessment.units)
    for code in dict.fromkeys([*units, *codes]):
        answer = units.get(code, NOT_STARTED)
        held = any(piece.id == evidence.id for piece in answer.evidence)
        if code in codes and held:
            pieces = tuple(evidence if piece.id == evidence.id else piece for piece in answer.evidence)
        elif code in codes:
            pieces = (*answer.evidence, evidence)
        elif held:
            pieces = tuple(piece for piece in answer.evidence if piece.id != evidence.id)
        else:
            continue
        units[code] = replace(answer, evidence=pieces)
        if units[code] == NOT_STARTED:
            del units[code]
    return replace(assessment, units=units)


def without_evidence(assessment: Assessment, evidence: Evidence) -> Assessment:
    """Return the assessment without a piece of evidence, on whichever units it hung."""
    return with_evidence(assessment, (), evidence)
