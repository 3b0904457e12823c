"""What comes in and goes out: the open case file and the stateless roll-up.

Knows files, forms and the domain; knows no store, no window, no report.
"""

from gcp2_app.exchange.casefile import CaseFile, Mark, Quarantined, Record, Section, clash
from gcp2_app.exchange.casefile_reading import load_casefile, read_casefile
from gcp2_app.exchange.casefile_writing import as_document, write_casefile

__all__ = [
    "CaseFile",
    "Mark",
    "Quarantined",
    "Record",
    "Section",
    "as_document",
    "clash",
    "load_casefile",
    "read_casefile",
    "write_casefile",
]
