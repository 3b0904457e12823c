"""Use cases: one module a noun. Each checks the user's duty, works in one transaction and leaves its audit event there.

Knows the store, the forms and the domain; knows no window and no command line.
"""
