"""A supervisor's use cases: the desk, one child in twenty minutes, recorded supervision, lists, calibration."""
