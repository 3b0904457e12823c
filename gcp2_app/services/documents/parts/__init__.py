"""Gathers the parts that many documents share, each for one reader; what they are written by is in reports."""
