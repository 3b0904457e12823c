"""Visit mode: before knocking, the sheet, its cover, the end, and sorting afterwards."""
