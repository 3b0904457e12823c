"""What documents are for, and what they leave the store as. Apart from the kinds, which take long to load."""

from enum import StrEnum


class Group(StrEnum):
    """What a kind of document is for, as people look for it."""

    MEETING = "meeting"
    UNDERSTANDING = "understanding"
    FAMILY = "family"
    HEALTH = "health"
    ASKING = "asking"
    TEAM = "team"
    OTHER = "other"


class Form(StrEnum):
    """What a document leaves the store as."""

    PDF = "pdf"
    TEXT = "txt"
    CSV = "csv"
    XLSX = "xlsx"

    @property
    def is_table(self) -> bool:
        """Whether it holds rows and columns alone."""
        return self in (Form.CSV, Form.XLSX)
