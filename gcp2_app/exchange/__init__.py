"""What comes in and goes out: the open case file and the stateless roll-up.

Knows files, forms and the domain; knows no store, no window, no report.
"""
