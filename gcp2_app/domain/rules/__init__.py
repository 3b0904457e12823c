"""The rules of the review's rows: pure functions of a record, each with its source, a module a theme.

Loads none of its modules, so that threads which first ask for different ones never wait for each other.

Source: casework.md.
"""
