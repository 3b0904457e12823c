"""What was left out of a copy and why, in the words of a document that says so to the person it is about.

Source: Data Protection Act 2018: Schedule 2, Part 3 (paragraphs 16 and 17, other people's rights) and Part 4 (paragraph
19, legal professional privilege); Schedule 3, Part 2 (health data), Part 3 (social work data: paragraphs 10 and 11,
expectations and wishes, serious harm) and Part 4 (education data).
"""

from collections.abc import Mapping
from typing import Final

from gcp2_app.domain.withheld import Loss, SecretKind, Why
from gcp2_app.domain.words import counted

_THINGS: Final[Mapping[SecretKind, tuple[str, str]]] = {
    SecretKind.ADDRESS: ("address", "addresses"),
    SecretKind.POSTCODE: ("postcode", "postcodes"),
    SecretKind.AUTHORITY: ("name of an authority", "names of authorities"),
    SecretKind.PHONE: ("telephone number", "telephone numbers"),
    SecretKind.SCHOOL: ("name of a school or nursery", "names of schools or nurseries"),
    SecretKind.GP: ("name of a GP practice", "names of GP practices"),
    SecretKind.SERVICE: ("name of a service", "names of services"),
    SecretKind.NAME: ("name", "names"),
    SecretKind.ENTRY: ("whole entry", "whole entries"),
    SecretKind.EVIDENCE: ("piece of evidence", "pieces of evidence"),
    SecretKind.SOURCE: ("name of somebody who told us something", "names of people who told us something"),
    SecretKind.WORDS: ("passage", "passages"),
}
_OTHERS: Final = "Data Protection Act 2018, Schedule 2, Part 3: the rights of other people"
_ADVICE: Final = "Data Protection Act 2018, Schedule 2, Part 4: legal professional privilege"
_HARM: Final = "Data Protection Act 2018, Schedule 3: serious harm"
_WISHES: Final = "Data Protection Act 2018, Schedule 3: expectations and wishes"
_REASONS: Final[Mapping[Why, tuple[str, str]]] = {
    Why.MARKED: ("It is kept back from somebody who could read this copy, to keep a person safe.", _HARM),
    Why.GIVES_ADDRESS_AWAY: ("It would give away where somebody lives.", _HARM),
    Why.THIRD_PARTY: ("It is about another person, or another person said it.", _OTHERS),
    Why.CONFIDED: ("Somebody told it in confidence, and could be recognised by it.", _OTHERS),
    Why.HARM: ("It could seriously harm somebody’s physical or mental health.", _HARM),
    Why.WORKER_SAFETY: ("It is about how workers stay safe.", _OTHERS),
    Why.LEGAL: ("It is about legal advice to the agency.", _ADVICE),
    Why.CHILD_WORDS: ("A child said it, and did not expect it to be passed on.", _WISHES),
    Why.ANALYSIS: ("It is not given in this kind of copy. Ask for it.", ""),
    Why.IDENTIFIES: ("Somebody could be recognised by it.", _OTHERS),
    Why.CHOSEN: ("Whoever prepared this copy took it out. Ask them why.", ""),
}


def thing_words(loss: Loss) -> str:
    """Return what was left out, and how often: "2 whole entries"."""
    return counted(loss.times, *_THINGS[loss.kind])


def reason_words(loss: Loss) -> str:
    """Return why it was left out, in a sentence."""
    return _REASONS[loss.why][0]


def exemption_words(loss: Loss) -> str:
    """Return the exemption it rests on, or empty where it rests on none."""
    return _REASONS[loss.why][1]
