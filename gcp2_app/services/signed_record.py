"""The digest of a signed-off assessment: printed in its report, written into the audit trail, and compared later."""

import hashlib
from dataclasses import replace
from typing import Final

from gcp2_app import wire
from gcp2_app.domain.assessment import Assessment

#: How the digest is named among the fields of the event of a signature.
DIGEST: Final = "digest "


def digest_of(assessment: Assessment) -> str:
    """Return the digest of what was signed: where it stands in the agency's record is written after, and no part.

    Neither is it that the record of the child it was signed for was merged into another since.
    """
    signed = replace(assessment, agency_record=None, child=assessment.made_for or assessment.child, made_for="")
    return hashlib.sha256(wire.to_json(signed)).hexdigest()
