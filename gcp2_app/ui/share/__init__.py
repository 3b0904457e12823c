"""The share view: the family's own copy of an assessment on the whole window."""
