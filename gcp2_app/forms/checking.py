"""Checking any form file, whatever it says it is."""

from pathlib import Path

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
from gcp2_app.forms.referral import FORMAT as REFERRAL_FORMAT
from gcp2_app.forms.referral import load_request_form
from gcp2_app.forms.rule_policy import load_rules
from gcp2_app.forms.tables import read_bytes, read_tables


def check_form(path: Path) -> tuple[AppError, ...]:
    """Return what is wrong with a form, whichever it is; nothing when it is in order."""
    try:
        tables = read_tables(read_bytes(path), str(path))
        match tables.get("format"):
            case str(named) if named == PACK_FORMAT:
                return check_pack(path)
            case str(named) if named == KIND_FORMAT:
                load_kind(path)
            case str(named) if named == POLICY_FORMAT:
                load_policy(path)
                load_rules(path)
            case str(named) if named == COACHING_FORMAT:
                load_coaching(path)
            case str(named) if named == DAY_FORMAT:
                load_day(path)
            case str(named) if named == ROW_FORMAT:
                load_row(path)
            case str(named) if named == QUESTIONS_FORMAT:
                load_questions(path)
            case str(named) if named == REFERRAL_FORMAT:
                load_request_form(path)
            case _:
                return (
                    BadFile(
                        str(path),
                        "format",
                        "this does not say which form it is.",
                        f'Write format = "{PACK_FORMAT}", "{KIND_FORMAT}", "{POLICY_FORMAT}", '
                        f'"{COACHING_FORMAT}", "{DAY_FORMAT}", "{ROW_FORMAT}", "{QUESTIONS_FORMAT}" or '
                        f'"{REFERRAL_FORMAT}" at the top.',
                    ),
                )
    except AppError as error:
        return (error,)
    return ()
