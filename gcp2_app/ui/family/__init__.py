"""The children of one family beside each other: the grid of their grades, and one unit across them."""
