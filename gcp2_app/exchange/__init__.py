"""Files that come in and go out: the case file and the stateless roll-up."""
