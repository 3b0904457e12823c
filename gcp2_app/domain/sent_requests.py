"""What of a request for help was sent: in words, as plain text, and kept as sent under its digest.

A later correction is a follow-up beside it and changes nothing of it.

Source: casework.md, Referral ("What was sent is kept as sent").
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from gcp2_app.domain.entries import Entry
from gcp2_app.domain.kinds import Item, ItemType
from gcp2_app.domain.referring import KIND, RequestForm, is_blank
from gcp2_app.domain.typed_dates import when_words
from gcp2_app.domain.when import When

#: Fields of the kind that stay as they were sent; see :func:`changed_after_sending`.
FROZEN: Final = (
    "to",
    "by_agency",
    "level",
    "emergency",
    "by_phone",
    "told",
    "override_reason",
    "lead",
    "sent",
    "content",
)
#: Name of the document kept with a request that was sent.
FILE: Final = "request-as-sent.pdf"
#: Common fields of the entry that stay as they were sent.
_FROZEN_COMMON: Final = ("what", "impact", "child_words", "when", "source", "themes")


def lines(form: RequestForm, values: Mapping[str, Any], names: Mapping[str, str]) -> tuple[dict[str, str], ...]:
    """Return every answered question in words, in the order of the form: what is sent, and kept as sent.

    Args:
        form: the steps.
        values: the answers by name.
        names: what ids among them stand for.
    """
    made: list[dict[str, str]] = []
    for step in form.steps:
        block = step.title
        for question in step.questions:
            block = question.block or block
            text = _words(question.item, values.get(question.item.name), names)
            if text and question.is_asked(values):
                made.append({"block": block, "label": question.item.label, "text": text})
    return tuple(made)


def _words(item: Item, value: Any, names: Mapping[str, str]) -> str:
    if is_blank(value):
        return ""
    if item.type is ItemType.REFERENCE:
        return ", ".join(names.get(id_) or "someone not in this record" for id_ in value)
    if item.repeats:
        return ", ".join(_option(item, each) for each in value)
    if item.type is ItemType.BOOLEAN:
        return "Yes" if value else "No"
    if item.type in {ItemType.DATE, ItemType.DATE_TIME}:
        return when_words(When(value))
    return _option(item, value)


def _option(item: Item, value: Any) -> str:
    return next((option.label for option in item.options if option.code == value), str(value).strip())


def plain_text(title: str, content: Sequence[Mapping[str, Any]]) -> str:
    """Return what was sent as plain text, to be pasted into an online form or read out on the phone."""
    said, block = [title], ""
    for line in content:
        if line.get("block") != block:
            block = str(line.get("block") or "")
            said.append(f"\n{block.upper()}")
        said.append(f"{line.get('label', '')}\n{line.get('text', '')}")
    return "\n".join(said) + "\n"


def digest(data: Mapping[str, Any]) -> str:
    """Return the SHA-256 of everything that was sent, the digest itself left out, as 64 hexadecimal digits."""
    frozen = {name: data[name] for name in FROZEN if data.get(name) not in (None, "", [], {})}
    sent = {name: value for name, value in dict(frozen.get("sent") or {}).items() if name != "digest"}
    plain = json.dumps(_plain({**frozen, "sent": sent}), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list | tuple) else value


def _bare(value: Any) -> Any:
    """Return a value without what a form does not keep: blanks around and between words, and empty fields."""
    if isinstance(value, str):
        return " ".join(value.split()) or None
    if isinstance(value, Mapping):
        return {str(key): bare for key, each in value.items() if (bare := _bare(each)) is not None} or None
    if isinstance(value, list | tuple):
        return [_bare(each) for each in value] or None
    return value


def put_back_as_sent(before: Entry, after: Entry) -> Entry:
    """Return a changed entry with everything that was sent exactly as it was sent, to the blank.

    What :func:`changed_after_sending` names is refused before; what is left differs in blanks alone.
    """
    if not is_as_sent(before):
        return after
    data = {name: value for name, value in after.data.items() if name not in FROZEN}
    data |= {name: before.data[name] for name in FROZEN if name in before.data}
    return replace(after, data=data, **{name: getattr(before, name) for name in _FROZEN_COMMON})


def was_sent(entry: Entry) -> bool:
    """Whether an entry is a request that was sent from here, and so is kept as sent."""
    return entry.kind == KIND and bool((entry.data.get("sent") or {}).get("digest"))


def is_as_sent(entry: Entry) -> bool:
    """Whether what is kept is what was sent."""
    return was_sent(entry) and entry.data["sent"]["digest"] == digest(entry.data)


def changed_after_sending(before: Entry, after: Entry) -> tuple[str, ...]:
    """Return names of what would be changed although it was sent, a follow-up taken away among it.

    Source: casework.md, Referral: "What was sent is kept as sent".
    """
    if not is_as_sent(before):
        return ()
    names = [f"data.{name}" for name in FROZEN if _bare(before.data.get(name)) != _bare(after.data.get(name))]
    names += [name for name in _FROZEN_COMMON if _bare(getattr(before, name)) != _bare(getattr(after, name))]
    held, now = (_bare(list(each.data.get("follow_ups") or ())) or [] for each in (before, after))
    return (*names, *(("data.follow_ups",) if now[: len(held)] != held else ()))
