"""Grading again for calibration: who was asked, the blind grading itself, and both grades beside each other."""
