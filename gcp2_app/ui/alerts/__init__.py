"""Alerts on the screen: a child’s own, and those across the caseload."""
