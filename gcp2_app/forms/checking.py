"""Checking any form file, whatever it says it is."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from gcp2_app.errors import AppError, BadFile
from gcp2_app.forms.child_day import FORMAT as DAY_FORMAT
from gcp2_app.forms.child_day import load_day
from gcp2_app.forms.coaching import FORMAT as COACHING_FORMAT
from gcp2_app.forms.coaching import load_coaching
from gcp2_app.forms.entry_kinds import FORMAT as KIND_FORMAT
from gcp2_app.forms.entry_kinds import load_kind
from gcp2_app.forms.learning import QUESTIONS_FORMAT, ROW_FORMAT, load_questions, load_row
from gcp2_app.forms.pack_tables import FORMAT as PACK_FORMAT
from gcp2_app.forms.packs import check_pack
from gcp2_app.forms.policy import FORMAT as POLICY_FORMAT
from gcp2_app.forms.policy import load_policy
from gcp2_app.forms.practice_case import CASE_FORMAT, load_case
from gcp2_app.forms.referral import FORMAT as REFERRAL_FORMAT
from gcp2_app.forms.referral import load_request_form
from gcp2_app.forms.rule_policy import load_rules
from gcp2_app.forms.tables import read_bytes, read_tables

#: Reads a form of each format but a pack's, and raises what is wrong with it.
_READERS: Final[Mapping[str, Callable[[Path], object]]] = {
    KIND_FORMAT: load_kind,
    COACHING_FORMAT: load_coaching,
    DAY_FORMAT: load_day,
    ROW_FORMAT: load_row,
    QUESTIONS_FORMAT: load_questions,
    CASE_FORMAT: load_case,
    REFERRAL_FORMAT: load_request_form,
}


def check_form(path: Path) -> tuple[AppError, ...]:
    """Return what is wrong with a form, whichever it is; nothing when it is in order."""
    try:
        named = read_tables(read_bytes(path), str(path)).get("format")
        if named == PACK_FORMAT:
            return check_pack(path)
        if named == POLICY_FORMAT:
            load_policy(path)
            load_rules(path)
        elif isinstance(named, str) and named in _READERS:
            _READERS[named](path)
        else:
            known = '", "'.join((PACK_FORMAT, POLICY_FORMAT, *_READERS))
            mend = f'Write format = "{known}" at the top.'.replace(f', "{REFERRAL_FORMAT}"', f' or "{REFERRAL_FORMAT}"')
            return (BadFile(str(path), "format", "this does not say which form it is.", mend),)
    except AppError as error:
        return (error,)
    return ()
