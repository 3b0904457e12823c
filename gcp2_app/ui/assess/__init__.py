"""The guided assessment: one sub-area a page, everything kept at once, the way from a first visit to sign-off."""
