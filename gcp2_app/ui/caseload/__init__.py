"""The caseload: every child of this user as one table. Knows nothing of what a child's page shows."""
