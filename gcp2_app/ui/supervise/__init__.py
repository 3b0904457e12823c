"""The supervisor's screens: the desk, one child in twenty minutes, lists across the team, calibration."""
