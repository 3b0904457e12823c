"""What a practitioner may see of another's grades before giving their own, as the pages of an assessment ask for it."""

from gcp2_app.domain.blind import as_seen, hidden_units, is_hidden, missing_as_seen, stands_by_others

__all__ = ["as_seen", "hidden_units", "is_hidden", "missing_as_seen", "stands_by_others"]
