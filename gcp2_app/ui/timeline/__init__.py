"""A child’s timeline: the stream of entries with its lanes, filters and gaps, and one entry read in full."""
