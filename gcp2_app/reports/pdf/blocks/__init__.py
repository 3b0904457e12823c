"""Parts that many documents share: each a dataclass of what it says, and a function that writes it."""
