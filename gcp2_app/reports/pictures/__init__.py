"""Pictures of our own drawing for easy-read papers: plain line drawings with one tint, each with its alternative text.

A picture stands beside words and never says anything alone. Knows nothing of children, medicines or papers.
"""
