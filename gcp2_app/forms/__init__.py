"""Forms as data: packs and kinds of entry, read from TOML files, checked, and made into domain values.

Knows files and the domain; knows no store, no window, no report.
"""
