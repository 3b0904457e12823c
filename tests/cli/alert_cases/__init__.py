"""Cases of every rule, each about a child of its own, written from the words of the specification alone.

Every case is asked about on three days: the day before, the day and the day after 11 March 2026, a Wednesday. No bank
holiday lies between 2 January and 2 April 2026, so that working days can be counted on a calendar by hand.
"""
