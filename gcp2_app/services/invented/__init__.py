"""Invented families of any number, for a practice store: everyone in them and everything that happened is made up.

The same number, day and pack give the same family every time. Knows domain values; only ``filling`` knows the store.
"""
