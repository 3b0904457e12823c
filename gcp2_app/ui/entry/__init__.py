"""One entry: its form, made from the declaration of its kind, and the ways to it."""
