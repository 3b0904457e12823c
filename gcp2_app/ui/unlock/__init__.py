"""The way in: unlock, first set-up, recovery, practice. Knows keys only through the services."""
