"""Every document that leaves the store: which kinds there are, and how one is made for one reader.

A kind is three things: a pure module in :mod:`gcp2_app.reports.pdf` that writes it, a module here that gathers what it
says within a transaction, and a line in :mod:`gcp2_app.services.documents.kinds`.
"""
