"""What a graded care assessment and a child's record are: values and pure functions.

Knows no clock, no file, no window, no database.
"""
