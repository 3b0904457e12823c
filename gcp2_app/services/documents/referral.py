"""What a request for help says as it was sent, gathered for one reader; it is about one request."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from gcp2_app.domain.entries import Entry
from gcp2_app.domain.entry_fields import DATA
from gcp2_app.domain.kinds import EntryKind, Item
from gcp2_app.domain.referring import social_worker_on
from gcp2_app.domain.rules.record import day_of
from gcp2_app.domain.sent_requests import is_as_sent, was_sent
from gcp2_app.domain.typed_dates import when_words
from gcp2_app.domain.when import When
from gcp2_app.domain.words import capital, long_date
from gcp2_app.forms.policy import shipped_policy
from gcp2_app.reports.entry_lines import entry_lines, source_words, value_words
from gcp2_app.reports.pdf.referral import SENT, TRIES
from gcp2_app.services.documents.front import front
from gcp2_app.services.documents.parts.happened import option_words, when
from gcp2_app.services.documents.reading import Pages, Reading

if TYPE_CHECKING:
    from gcp2_app.reports.pdf.referral import TryLine

TITLE = "Request for help"
#: What is said where no social worker was allocated.
_NOBODY = "No social worker, as far as it is recorded here"
#: Tries from so long before a request count as tries before it.
_BEFORE = timedelta(days=14)
#: Lines of an entry that stand in a part of their own, or say nothing of what was asked for.
_APART = frozenset(
    {
        *("when", "known", "children", "source", "significance", "significance_why", "outcome", "action_taken"),
        *("third_party", "harm_if_disclosed", "withheld_from"),
        *(
            f"{DATA}{name}"
            for name in (
                *("to", "by_agency", "level", "emergency", "by_phone", "written_on", "told", "acknowledged_on"),
                *("decided_on", "outcome", "service_began", "override_reason", "lead", "decided_by"),
                *("decision_reason", "sent", "content", "follow_ups"),
            )
        ),
    }
)
#: What came of it, by name of the field.
_AFTER = ("acknowledged_on", "decided_on", "outcome", "decided_by", "decision_reason", "service_began", "written_on")


def gather(reading: Reading) -> Pages:
    """Return what writes the request."""
    from gcp2_app.reports.pdf.referral import ReferralReport, write_referral

    entry, kind = reading.entry, reading.kinds["referral"]
    data, sent = entry.data, entry.data.get("sent") or {}
    told, lead = data.get("told") or {}, data.get("lead") or {}
    allocated = _allocated(reading, entry)
    report = ReferralReport(
        front=front(
            reading,
            shipped_policy().referral.name if was_sent(entry) else TITLE,
            facts=(
                ("Sent to", option_words(kind, "to", data.get("to"))),
                ("Sent", _sent(kind, entry, sent)),
                ("By", source_words(entry.source)),
                ("Taken by", str(sent.get("taken_by") or "")),
                ("Form", str(sent.get("form") or "")),
            ),
        ),
        danger=_danger(entry),
        tries=tuple(_try(reading, each) for each in _tries(reading, entry)),
        is_allocated=allocated != _NOBODY,
        worker=(
            ("Allocated then", allocated),
            ("Why it was sent all the same", str(data.get("override_reason") or "")),
        ),
        level=(("Level", _level(data.get("level"))),),
        told=tuple(_group(kind, "told", told)),
        is_whole=bool(data.get("content")),
        kept=_kept(entry),
        content=_content(reading, entry, kind),
        lead=tuple(_group(kind, "lead", lead)),
        after=_after(reading, entry, kind),
        follow_ups=tuple(
            _follow_up(each) for each in data.get("follow_ups") or () if not _is_later(reading, each.get("on"))
        ),
        digest=str(sent.get("digest") or ""),
    )
    return lambda redaction: write_referral(report, redaction)


def _sent(kind: EntryKind, entry: Entry, sent: Any) -> str:
    if not sent.get("at"):
        return when(entry)
    how = option_words(kind, "sent", sent.get("how"), within="how")
    return ", ".join(filter(None, (capital(when_words(When(str(sent["at"])))), how[:1].lower() + how[1:])))


def _danger(entry: Entry) -> tuple[str, ...]:
    emergency = entry.data.get("emergency")
    if emergency is None:
        said = "It is not recorded whether the child could have been harmed, or evidence lost, before the next day."
    elif emergency:
        said = "The child could have been harmed, or evidence lost, before the next day."
    else:
        said = "Not an emergency: no harm, or loss of evidence, was expected before the next day."
    phone = entry.data.get("by_phone")
    return (said, *(["It was made by phone." if phone else "It was not made by phone."] if phone is not None else []))


def _tries(reading: Reading, entry: Entry) -> list[Entry]:
    sent = entry.when.last if entry.when is not None else None
    if sent is None:
        return []
    return [
        each
        for each in reading.entries(TRIES, "worker_contact")
        if (day := day_of(each.data.get("tried_on"))) is not None and sent - _BEFORE <= day <= sent
    ]


def _try(reading: Reading, entry: Entry) -> "TryLine":
    from gcp2_app.reports.pdf.referral import TryLine

    kind, data = reading.kinds["worker_contact"], entry.data
    reached, replied = data.get("reached"), day_of(data.get("reply_on"))
    became = "Not recorded" if reached is None else "Spoken to" if reached else "Nobody was reached"
    if not reached and replied is not None and not _is_later(reading, data["reply_on"]):
        became = f"{became}; an answer came on {long_date(replied)}"
    agreed = str(data.get("agreed") or "")
    return TryLine(
        when=capital(when_words(When(str(data["tried_on"])))),
        whom=": ".join(
            filter(None, (option_words(kind, "to_role", data.get("to_role")), str(data.get("to_name") or "")))
        ),
        how=capital(str(data.get("how") or "Not recorded")),
        became=f"{became}. Agreed: {agreed}" if agreed else f"{became}.",
    )


def _allocated(reading: Reading, entry: Entry) -> str:
    sent = entry.when.last if entry.when is not None else None
    if sent is None:
        return "Not known"
    workers = reading.tx.professionals.get_many(tuple(each.professional for each in reading.child.allocated))
    found = social_worker_on(sent, reading.child.allocated, workers)
    if found is None:
        return _NOBODY
    who = reading.workers.get(found.professional, "A social worker not named")
    confirmed = found.confirmed_on if found.confirmed_on is not None and found.confirmed_on <= sent else None
    said = (
        f"confirmed on {long_date(confirmed)}" if confirmed is not None else "the allocation was not confirmed by then"
    )
    return f"{who}; {said}"


def _level(level: object) -> str:
    words = {1: "universal", 2: "additional, single agency", 3: "multiple needs, multi-agency", 4: "acute or statutory"}
    return f"{level}: {words[level]}" if isinstance(level, int) and level in words else "Not recorded"


def _group(kind: EntryKind, name: str, values: Any) -> list[tuple[str, str]]:
    items: tuple[Item, ...] = next((item.items for item in kind.items if item.name == name), ())
    return [
        (item.label, value_words(item, values[item.name], {}))
        for item in items
        if values.get(item.name) not in (None, "")
    ]


def _kept(entry: Entry) -> str:
    if not was_sent(entry):
        return "It was not sent from this record: this is what is recorded of it here."
    if is_as_sent(entry):
        return "Word by word as it was sent. What is kept was checked against its digest when this copy was made."
    return "What is kept does not match the digest of what was sent. Ask for the copy of whoever received it."


def _content(reading: Reading, entry: Entry, kind: EntryKind) -> tuple[tuple[str, str, str], ...]:
    lines = entry.data.get("content") or ()
    if lines:
        return tuple((str(each.get("block") or SENT), str(each.get("label")), str(each.get("text"))) for each in lines)
    found = entry_lines(entry, kind, reading.names_in(entry))
    return tuple(("As recorded", line.label, capital(line.text)) for line in found if line.name not in _APART)


def _after(reading: Reading, entry: Entry, kind: EntryKind) -> tuple[tuple[str, str], ...]:
    """Return what came of it, by the day the record is read as of."""
    data = entry.data
    undecided = _is_later(reading, data.get("decided_on"))
    told = [item for name in _AFTER for item in kind.items if item.name == name and data.get(name) not in (None, "")]
    dated = ("acknowledged_on", "written_on")
    unsaid = () if undecided or not data.get("decided_on") else ("decided_by", "decision_reason")
    return (
        *(
            (item.label, value_words(item, data[item.name], {}))
            for item in told
            if not (_is_later(reading, data[item.name]) if item.name in dated else undecided)
        ),
        # Whoever asked is to be told who decided, and why.
        *((item.label, "Not recorded") for item in kind.items if item.name in unsaid and not data.get(item.name)),
        ("Action taken", "" if undecided else entry.action_taken),
        ("What came of it", "" if undecided else entry.outcome),
    )


def _is_later(reading: Reading, day: object) -> bool:
    found = day_of(day)
    return found is not None and found > reading.day


def _follow_up(each: Any) -> tuple[str, str]:
    on = capital(when_words(When(str(each["on"])))) if each.get("on") else "On a day not recorded"
    how = ", ".join(filter(None, (str(each.get("by") or ""), str(each.get("how") or ""))))
    return (f"{on} ({how})" if how else on), str(each.get("text") or "")
