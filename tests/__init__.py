"""Tests of gcp2: they mirror the tree of the package."""
