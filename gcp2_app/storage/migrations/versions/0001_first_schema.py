"""The first schema: records as documents, their projections, the name index, the audit trail.

Revision ID: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_CHRONOLOGY_TRIGGER = """CREATE TRIGGER chronology_frozen_never_changed BEFORE UPDATE ON chronology
WHEN OLD.version > 0
BEGIN SELECT RAISE(ABORT, 'a frozen chronology is never changed'); END"""
_ENTRY_WORDS = (
    """CREATE VIRTUAL TABLE entry_word USING fts5(said, content='', contentless_delete=1, detail=none, prefix='3 4 5',
tokenize='unicode61 remove_diacritics 2')""",
    """CREATE TRIGGER entry_word_goes AFTER DELETE ON entry
BEGIN DELETE FROM entry_word WHERE rowid = OLD.number; END""",
)
_AUDIT_TRIGGERS = (
    """CREATE TRIGGER audit_never_changed BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit trail is never changed'); END""",
    """CREATE TRIGGER audit_never_removed BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit trail is never shortened'); END""",
    """CREATE TRIGGER audit_in_order BEFORE INSERT ON audit
WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM audit)
BEGIN SELECT RAISE(ABORT, 'the audit trail has no gaps'); END""",
)


def upgrade() -> None:
    """Make every table."""
    op.create_table(
        "attachment",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_attachment"),
    )
    op.create_table(
        "audit",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("user", sa.String(), nullable=True),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_audit"),
    )
    op.create_table(
        "child",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("date_of_birth", sa.Date(), nullable=True),
        sa.Column("nhs_number", sa.String(), nullable=True),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_child"),
    )
    op.create_index("ix_child_date_of_birth", "child", ["date_of_birth"])
    op.create_index("ix_child_nhs_number", "child", ["nhs_number"])
    op.create_table(
        "entry",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("sort_key", sa.String(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("known_day", sa.Date(), nullable=True),
        sa.Column("in_error", sa.Boolean(), nullable=False),
        sa.Column("certain", sa.Boolean(), nullable=False),
        sa.Column("agency", sa.String(), nullable=True),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_entry"),
        sa.UniqueConstraint("id", name="uq_entry_id"),
    )
    op.create_index("ix_entry_kind_first_day", "entry", ["kind", "first_day"])
    op.create_table(
        "household",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_household"),
    )
    op.create_table(
        "installed_pack",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", "version", name="pk_installed_pack"),
    )
    op.create_table(
        "name_word",
        sa.Column("word", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("word", "kind", "id", name="pk_name_word"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_name_word_kind_id", "name_word", ["kind", "id"])
    op.create_table(
        "person",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("date_of_birth", sa.Date(), nullable=True),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
    )
    op.create_table(
        "professional",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("agency", sa.String(), nullable=True),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_professional"),
    )
    op.create_table(
        "record_revision",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("replaced_at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "id", "revision", name="pk_record_revision"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "search_text",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "id", name="pk_search_text"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "setting",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_setting"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "store_meta",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_store_meta"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "user",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("sign_in_key", sa.String(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_user"),
        sa.UniqueConstraint("sign_in_key", name="uq_user_sign_in_key"),
    )
    op.create_table(
        "word_gram",
        sa.Column("gram", sa.String(), nullable=False),
        sa.Column("word", sa.String(), nullable=False),
        sa.Column("grams", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("gram", "word", name="pk_word_gram"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_word_gram_word", "word_gram", ["word"])
    op.create_table(
        "assessment",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("child_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("window_from", sa.Date(), nullable=True),
        sa.Column("window_to", sa.Date(), nullable=True),
        sa.Column("signed_off_on", sa.Date(), nullable=True),
        sa.Column("review_due", sa.Date(), nullable=True),
        sa.Column("corrects", sa.String(), nullable=True),
        sa.Column("pack", sa.String(), nullable=False),
        sa.Column("pack_version", sa.String(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["child_id"], ["child.id"], name="fk_assessment_child_id_child", deferrable=True, initially="DEFERRED"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_assessment"),
    )
    op.create_index("ix_assessment_child_id_window_to", "assessment", ["child_id", "window_to"])
    op.create_index("ix_assessment_corrects_state", "assessment", ["corrects", "state"])
    op.create_index("ix_assessment_unsigned", "assessment", ["state"], sqlite_where=sa.text("state <> 'signed_off'"))
    op.create_table(
        "child_allocation",
        sa.Column("child_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("professional_id", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("to_day", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["child_id"], ["child.id"], name="fk_child_allocation_child_id_child", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("child_id", "position", name="pk_child_allocation"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_child_allocation_professional_id_child_id", "child_allocation", ["professional_id", "child_id"])
    op.create_table(
        "child_carer",
        sa.Column("child_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("main", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name="fk_child_carer_child_id_child", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("child_id", "position", name="pk_child_carer"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_child_carer_person_id_child_id", "child_carer", ["person_id", "child_id"])
    op.create_table(
        "child_status",
        sa.Column("child_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(), nullable=True),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("to_day", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name="fk_child_status_child_id_child", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("child_id", "position", name="pk_child_status"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "child_summary",
        sa.Column("child_id", sa.String(), nullable=False),
        sa.Column("given_names", sa.String(), nullable=False),
        sa.Column("family_name", sa.String(), nullable=False),
        sa.Column("sort_name", sa.String(), nullable=False),
        sa.Column("born", sa.Date(), nullable=True),
        sa.Column("unborn", sa.Boolean(), nullable=False),
        sa.Column("restricted", sa.Boolean(), nullable=False),
        sa.Column("last_assessment", sa.String(), nullable=True),
        sa.Column("last_from", sa.Date(), nullable=True),
        sa.Column("last_to", sa.Date(), nullable=True),
        sa.Column("last_state", sa.String(), nullable=True),
        sa.Column("open_assessment", sa.String(), nullable=True),
        sa.Column("review_due", sa.Date(), nullable=True),
        sa.Column("areas", sa.LargeBinary(), nullable=True),
        sa.Column("steps", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name="fk_child_summary_child_id_child", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("child_id", name="pk_child_summary"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_child_summary_born", "child_summary", ["born"])
    op.create_index("ix_child_summary_last_to", "child_summary", ["last_to"])
    op.create_index("ix_child_summary_review_due", "child_summary", ["review_due"])
    op.create_index("ix_child_summary_sort_name", "child_summary", ["sort_name"])
    op.create_table(
        "entry_child",
        sa.Column("entry_id", sa.String(), nullable=False),
        sa.Column("child_id", sa.String(), nullable=False),
        sa.Column("sort_key", sa.String(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("seen", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name="fk_entry_child_entry_id_entry", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["child_id"], ["child.id"], name="fk_entry_child_child_id_child", deferrable=True, initially="DEFERRED"
        ),
        sa.PrimaryKeyConstraint("entry_id", "child_id", name="pk_entry_child"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_entry_child_child_id_last_day", "entry_child", ["child_id", "last_day"])
    op.create_table(
        "entry_theme",
        sa.Column("entry_id", sa.String(), nullable=False),
        sa.Column("theme", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name="fk_entry_theme_entry_id_entry", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("entry_id", "theme", name="pk_entry_theme"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_entry_theme_theme_entry_id", "entry_theme", ["theme", "entry_id"])
    op.create_table(
        "household_address",
        sa.Column("household_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("postcode", sa.String(), nullable=False),
        sa.Column("authority", sa.String(), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=True),
        sa.Column("to_day", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name="fk_household_address_household_id_household", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("household_id", "position", name="pk_household_address"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "household_member",
        sa.Column("household_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=True),
        sa.Column("to_day", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name="fk_household_member_household_id_household", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("household_id", "position", name="pk_household_member"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_household_member_who_household_id", "household_member", ["who", "household_id"])
    op.create_table(
        "child_alerts",
        sa.Column("child_id", sa.String(), nullable=False),
        sa.Column("changes_on", sa.Date(), nullable=False),
        sa.Column("urgent", sa.Integer(), nullable=True),
        sa.Column("act", sa.Integer(), nullable=True),
        sa.Column("watch", sa.Integer(), nullable=True),
        sa.Column("oldest", sa.Date(), nullable=True),
        sa.Column("alerts", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name="fk_child_alerts_child_id_child", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("child_id", name="pk_child_alerts"),
    )
    op.create_index("ix_child_alerts_changes_on", "child_alerts", ["changes_on"])
    op.create_index("ix_child_alerts_urgent_act_watch_child_id", "child_alerts", ["urgent", "act", "watch", "child_id"])
    op.create_table(
        "assessment_assessor",
        sa.Column("assessment_id", sa.String(), nullable=False),
        sa.Column("professional_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessment.id"],
            name="fk_assessment_assessor_assessment_id_assessment",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("assessment_id", "professional_id", name="pk_assessment_assessor"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_assessment_assessor_professional_id_assessment_id",
        "assessment_assessor",
        ["professional_id", "assessment_id"],
    )
    op.create_table(
        "assessment_profile",
        sa.Column("assessment_id", sa.String(), nullable=False),
        sa.Column("band", sa.String(), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("pack", sa.String(), nullable=False),
        sa.Column("pack_version", sa.String(), nullable=False),
        sa.Column("policy", sa.String(), nullable=False),
        sa.Column("areas", sa.LargeBinary(), nullable=False),
        sa.Column("subareas", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessment.id"],
            name="fk_assessment_profile_assessment_id_assessment",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("assessment_id", name="pk_assessment_profile"),
    )
    op.create_table(
        "place",
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("assessment_id", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_place_user_id_user", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name="fk_place_assessment_id_assessment", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "assessment_id", name="pk_place"),
        sqlite_with_rowid=False,
    )
    _make_late_tables()


def _make_late_tables() -> None:
    _make_chronology()
    _make_read_receipts()
    _make_local_services()
    _make_supervision()
    _make_second_grading()
    _make_child_merge()
    for statement in (*_ENTRY_WORDS, *_AUDIT_TRIGGERS):
        op.execute(statement)


def _make_read_receipts() -> None:
    op.create_table(
        "read_receipt",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("row_code", sa.String(), nullable=False),
        sa.Column("read_on", sa.Date(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_read_receipt"),
    )
    op.create_index("ix_read_receipt_person_id_row_code", "read_receipt", ["person_id", "row_code"])


def _make_local_services() -> None:
    op.create_table(
        "local_service",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_local_service"),
    )


def _make_second_grading() -> None:
    op.create_table(
        "second_grading",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.String(), nullable=False),
        sa.Column("grader_id", sa.String(), nullable=False),
        sa.Column("asked_by_id", sa.String(), nullable=False),
        sa.Column("finished_on", sa.Date(), nullable=True),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessment.id"],
            name="fk_second_grading_assessment_id_assessment",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name="pk_second_grading"),
    )
    op.create_index("ix_second_grading_assessment_id", "second_grading", ["assessment_id"])
    op.create_index("ix_second_grading_grader_id", "second_grading", ["grader_id"])


def _make_supervision() -> None:
    op.create_index("ix_professional_team", "professional", ["team"])
    op.create_index("ix_entry_child_seen", "entry_child", ["child_id", "last_day"], sqlite_where=sa.text("seen"))
    op.create_table(
        "supervision",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("child_id", sa.String(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["child_id"], ["child.id"], name="fk_supervision_child_id_child", initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name="pk_supervision"),
    )
    op.create_index("ix_supervision_child_id_held_on", "supervision", ["child_id", "held_on"])
    op.create_table(
        "child_area",
        sa.Column("child_id", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("scale", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name="fk_child_area_child_id_child", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("child_id", "code", name="pk_child_area"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_child_area_code_rank", "child_area", ["code", "rank"])


def _make_chronology() -> None:
    op.create_table(
        "chronology",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("child_id", sa.String(), nullable=False),
        sa.Column("style", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entry", sa.String(), nullable=True),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["child_id"], ["child.id"], name="fk_chronology_child_id_child", initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name="pk_chronology"),
    )
    op.create_index("ix_chronology_child_id_style_version", "chronology", ["child_id", "style", "version"])
    op.create_index("ix_chronology_entry", "chronology", ["entry"])
    op.execute(_CHRONOLOGY_TRIGGER)


def _make_child_merge() -> None:
    op.create_table(
        "child_merge",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("child_id", sa.String(), nullable=False),
        sa.Column("absorbed_id", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_child_merge"),
        sa.UniqueConstraint("absorbed_id", name="uq_child_merge_absorbed_id"),
    )
    op.create_index("ix_child_merge_child_id", "child_merge", ["child_id"])
