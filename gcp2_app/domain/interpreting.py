"""Who may interpret for a family: never a child, never a relative.

Source: instrument.md, Before the first grade.
"""

import re
from collections.abc import Collection
from typing import Final

_WORD = re.compile(r"[^\W_]+")
#: "not a relative", "no child": what follows a denial up to the next pause says who it is not.
_DENIED = re.compile(r"\b(?:no|not|never|none)\b[^.,;]*", re.IGNORECASE)
_RELATIONS: Final = frozenset(
    {
        *("mother", "mum", "mummy", "father", "dad", "daddy", "parent", "stepmother", "stepfather", "partner"),
        *("husband", "wife", "brother", "sister", "sibling", "son", "daughter", "child", "aunt", "auntie", "uncle"),
        *("cousin", "niece", "nephew", "grandmother", "grandfather", "grandparent", "gran", "nan", "grandad"),
        *("relative", "relation"),
    }
)


def why_not(interpreter: str, family: Collection[str]) -> str:
    """Return why somebody may not interpret, in a sentence; empty where nothing speaks against it.

    Args:
        interpreter: who interprets, as it was written; "none needed" is fine.
        family: names of the children and of the adults around them.
    """
    said = [word.casefold() for word in _WORD.findall(interpreter)]
    for name in family:
        words = [word.casefold() for word in _WORD.findall(name)]
        # A given name alone may be anybody's; as the whole answer it is theirs.
        if words and (set(words) <= set(said) or said == words[:1]):
            return f"{name} is of the family. An interpreter is never a child or a relative."
    for word in _WORD.findall(_DENIED.sub("", interpreter)):
        if word.casefold() in _RELATIONS:
            return f"“{word}” sounds like a relative or a child. An interpreter is never one: use a service."
    return ""
