"""The encrypted store: one folder with a SQLCipher database, its key file and its lock.

Everything above works with domain values; rows, statements and keys' wrapping stay in here.
"""
