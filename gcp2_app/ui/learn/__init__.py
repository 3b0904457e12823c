"""Learning: what the review asks, a brief for each row, who has read what, and where every rule comes from."""
