"""Asking for help and disagreeing: the steps of a request, requests side by side, and the ladder of a challenge."""
