"""Whether what is written here stands in the agency's own record, and what does not yet."""
