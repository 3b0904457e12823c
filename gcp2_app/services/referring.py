"""Asking for help: what the form begins with, its draft, the tries to ring first, and sending.

The program sends nothing itself: it keeps what was sent, how and when. What is back from a function here is on disk,
with its audit event.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from gcp2_app.domain import referral_content, referring
from gcp2_app.domain.entries import Entry, Source, Theme
from gcp2_app.domain.referring import First, RequestForm, Tries
from gcp2_app.domain.register import Allocation, Child, Professional
from gcp2_app.domain.requests_compared import joins
from gcp2_app.domain.sent_requests import FILE, digest, lines, plain_text
from gcp2_app.domain.typed_dates import when_words
from gcp2_app.domain.users import Duty
from gcp2_app.domain.when import LONDON, When
from gcp2_app.domain.words import capital, listed
from gcp2_app.errors import InvalidValue
from gcp2_app.forms.policy import shipped_policy
from gcp2_app.forms.referral import shipped_request_form
from gcp2_app.forms.rule_policy import shipped_working_days
from gcp2_app.reports.entry_lines import source_words
from gcp2_app.services import entries
from gcp2_app.services.alert_records import child_record
from gcp2_app.services.attachments import NewFile
from gcp2_app.services.names import of_child
from gcp2_app.services.session import Session
from gcp2_app.services.visit_people import reached
from gcp2_app.storage.search import children_among, children_with_carers
from gcp2_app.storage.store import Transaction

_CONTACT: Final = "worker_contact"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request for help that is being written.

    Attributes:
        values: the answers: those of the draft, or what the record says.
        is_draft: whether they are a draft's.
        first: whom to speak with before it is sent.
        worker: who is allocated, where that is a social worker; ``allocation``: how that is known.
        tries: the tries to speak with somebody, of today and yesterday, the first first.
        joined: earlier requests that may be about the same concern.
        names: of the children it can be about, by id.
        marked: something in it is withheld from somebody, so that the request is marked, too.
    """

    child: Child
    form: RequestForm
    values: Mapping[str, Any]
    is_draft: bool
    first: First
    worker: Professional | None
    allocation: Allocation | None
    tries: tuple[Entry, ...]
    joined: tuple[Entry, ...]
    names: Mapping[str, str]
    marked: bool

    def waiting(self, now: datetime) -> Tries:
        """Return what the tries came to."""
        return referring.tries(self.tries, now=now)


def begin(session: Session, child_id: str, *, why: str = "") -> Request:
    """Return what a request for help about a child begins with. The view is audited.

    Args:
        session: who asks.
        child_id: about whom.
        why: the reason given for a restricted record, or empty.

    Raises:
        NotAllowed: the user may not work on this case.
        ReasonNeeded: the record is restricted and no reason was given.
        NotFound: no such child.
    """
    session.require(Duty.WORK_CASES)
    with session.store.transaction() as tx:
        child = reached(session, tx, child_id, why)
        tx.record("request for help opened", by=session.user.id, kind="child", id=child_id, reason=why)
        record = child_record(tx, child)
        around = _around(session, tx, child)
        draft = _draft(session, tx, child_id)
        today, policy = session.today(), shipped_policy().referral
        allocation = referring.social_worker_on(today, child.allocated, record.professionals)
        held = tuple(each for each in tx.entries.of_child(child_id) if each.entered_in_error is None)
        contacts = [each for each in held if each.kind == _CONTACT]
        return Request(
            child=child,
            form=shipped_request_form(),
            values=referral_content.prefilled(record, held, around, today=today) if draft is None else draft,
            is_draft=draft is not None,
            first=referring.whom_first(
                allocation, today=today, days=shipped_working_days(), within=policy.confirmed_working_days
            ),
            worker=record.professionals.get(allocation.professional) if allocation is not None else None,
            allocation=allocation,
            tries=tuple(sorted(contacts, key=lambda each: str(each.data.get("tried_on") or ""))),
            joined=joins(held, on=today, within=policy.join_days),
            names={each.id: of_child(each) for each in (child, *around.siblings)},
            marked=bool(referral_content.withheld_from(record, today=today)),
        )


def _around(session: Session, tx: Transaction, child: Child) -> referral_content.Around:
    homes = child_record(tx, child).households
    members = {member.who for home in homes for member in home.members}
    carers = {carer.person for carer in child.carers}
    ids = (children_with_carers(tx, carers) | children_among(tx, members)) - {child.id}
    others = tuple(tx.children.get(id_) for id_ in sorted(ids))
    open_ = tuple(each for each in others if session.may_reach(each) and not each.restricted)
    return referral_content.Around(
        me=session.professional,
        siblings=open_,
        by_name=tuple(each for each in others if each not in open_),
        people=tx.people.get_many(tuple(carers | members)),
    )


# The draft


def _key(session: Session, child_id: str) -> str:
    return f"request draft {session.user.id} {child_id}"


def _draft(session: Session, tx: Transaction, child_id: str) -> dict[str, Any] | None:
    text = tx.setting(_key(session, child_id))
    if text is None:
        return None
    kept: dict[str, Any] = json.loads(text)
    return kept


def keep_draft(session: Session, child_id: str, values: Mapping[str, Any]) -> None:
    """Keep what is written so far; it outlives a lock, and only this user sees it.

    Raises:
        NotAllowed: the user may not work on this case.
    """
    session.require(Duty.WORK_CASES)
    with session.store.transaction() as tx:
        session.require_reach(tx.children.get(child_id))
        tx.set_setting(_key(session, child_id), json.dumps(dict(values)))


def drop_draft(session: Session, child_id: str) -> None:
    """Throw the draft away: the next request begins with the record again."""
    session.require(Duty.WORK_CASES)
    with session.store.transaction() as tx:
        session.require_reach(tx.children.get(child_id))
        tx.set_setting(_key(session, child_id), None)


# Ringing first


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """One try to speak with the allocated worker, the manager or duty.

    Attributes:
        to_role: ``worker``, ``manager`` or ``duty``.
        how: by which way, with the number.
        agreed: what was agreed, where somebody was spoken to.
    """

    to_role: str
    to_name: str = ""
    how: str = ""
    reached: bool
    agreed: str = ""


def record_try(session: Session, child_id: str, made: Try) -> Entry:
    """Keep a try, at the present minute, as an entry of the child's stream.

    Raises:
        NotAllowed: the user may not work on this case.
        InvalidValue: it was not said who was tried.
    """
    me = session.professional
    now = session.now().astimezone(LONDON).replace(second=0, microsecond=0)
    return entries.add(
        session,
        Entry(
            id="",
            kind=_CONTACT,
            children=(child_id,),
            when=When(now.isoformat()),
            source=_source(me),
            data={
                "to_role": made.to_role,
                "to_name": made.to_name,
                "by_agency": me.agency.value if me.agency is not None else None,
                "tried_on": now.isoformat(),
                "how": made.how,
                "reached": made.reached,
                "reply_on": now.isoformat() if made.reached else None,
                "agreed": made.agreed,
            },
        ),
    )


def _source(me: Professional) -> Source:
    return Source(name=me.name, role=me.role, agency=me.agency)


# Sending


def send(session: Session, child_id: str, values: Mapping[str, Any]) -> Entry:
    """Keep a request for help as sent, and throw its draft away.

    Where a social worker is allocated it asks why a request is sent all the same, unless a child is in danger. Nothing
    else is asked for but how and when it was sent.

    Raises:
        NotAllowed: the user may not work on this case.
        InvalidValue: how or when it was sent is missing, lies in the future, or the reason is missing.
    """
    session.require(Duty.WORK_CASES)
    with session.store.transaction() as tx:
        child = tx.children.get(child_id)
        session.require_reach(child)
        record = child_record(tx, child)
        around = _around(session, tx, child)
    names = {each.id: of_child(each) for each in (child, *around.siblings)}
    _check(session, values, referring.social_worker_on(session.today(), child.allocated, record.professionals))
    marked = referral_content.withheld_from(record, today=session.today())
    entry = _entry(session, child_id, values, names)
    entry = replace(entry, withheld_from=marked, harm_if_disclosed=True if marked else None)
    kept = entries.add(session, entry, files=(NewFile(name=FILE, content=_pdf(session, entry, names)),))
    drop_draft(session, child_id)
    return kept


def _pdf(session: Session, entry: Entry, names: Mapping[str, str]) -> bytes:
    """Return what was sent as a document, to be kept with it."""
    from gcp2_app.reports.pdf.request import RequestReport, request_report

    sent = entry.data["sent"]
    how = next(item for step in shipped_request_form().steps for item in step.questions if item.item.name == "how")
    told = next((option.label for option in how.item.options if option.code == sent["how"]), sent["how"])
    return request_report(
        RequestReport(
            title=shipped_policy().referral.name,
            child_label=listed(names[id_] for id_ in entry.children),
            facts=(
                ("Sent", f"{capital(when_words(When(sent['at'])))}, {told[:1].lower()}{told[1:]}"),
                ("By", source_words(entry.source)),
                ("Taken by", str(sent.get("taken_by") or "")),
                ("Form", str(sent["form"])),
            ),
            content=entry.data.get("content", ()),
            digest=sent["digest"],
            made_on=session.today(),
            practice=session.store.practice,
        )
    )


def _check(session: Session, values: Mapping[str, Any], allocation: Allocation | None) -> None:
    if not values.get("how"):
        raise InvalidValue("It is not said how the request is sent.", "Choose it under “How is it sent?”.")
    if not values.get("sent_at"):
        raise InvalidValue("It is not said when the request was sent.", "Give the day, with the time if known.")
    for name in ("sent_at", "phoned_at"):
        day = When(values[name]).first if values.get(name) else None
        if day is not None and day > session.today():
            raise InvalidValue("It cannot have been sent in the future.", "Give the day it was sent.")
    reason = str(values.get("override_reason") or "").strip()
    if allocation is not None and values.get("emergency") is not True and not reason:
        raise InvalidValue(
            "A social worker is allocated to this child.",
            "Say under “The allocated worker” why a request is sent all the same.",
        )


def _entry(session: Session, child_id: str, values: Mapping[str, Any], names: Mapping[str, str]) -> Entry:
    form, policy = shipped_request_form(), shipped_policy().referral
    me = session.professional
    emergency = values.get("emergency") is True
    phoned_at = values.get("phoned_at") if emergency else None
    by_phone = values["how"] == "phone" or phoned_at is not None
    written = values["sent_at"] if values["how"] != "phone" and phoned_at is not None else None
    data: dict[str, Any] = {
        "to": values.get("to"),
        "by_agency": me.agency.value if me.agency is not None else None,
        "level": int(values["level"]) if values.get("level") else None,
        "incident": values.get("incident"),
        "emergency": emergency,
        "by_phone": by_phone,
        "written_on": written,
        "told": _group(values, family_told="family_told", why_not="why_not", agreed="agreed")
        | ({"lawful_basis": _basis(form, values)} if values.get("lawful_basis") else {}),
        "override_reason": values.get("override_reason"),
        "lead": _group(values, name="lead_name", on="lead_on", said="lead_said"),
        "sent": {
            "form": f"{policy.name}, {form.edition}",
            **_group(values, at="sent_at", how="how", taken_by="taken_by"),
        },
        "content": list(lines(form, values, names)),
    }
    data = {name: value for name, value in data.items() if value not in (None, "", [], {})}
    data["sent"]["digest"] = digest(data)
    about = [id_ for id_ in values.get("about") or () if id_ in names] or [child_id]
    return Entry(
        id="",
        kind=referring.KIND,
        children=tuple(dict.fromkeys(about)),
        when=When(phoned_at or values["sent_at"]),
        source=_source(me),
        what=str(values.get("happened") or f"{policy.name} sent.").strip(),
        impact=str(values.get("daily_life") or ""),
        child_words=str(values.get("child_words") or ""),
        themes=tuple(Theme(code) for code in values.get("themes") or ()),
        data=data,
    )


def _group(values: Mapping[str, Any], **names: str) -> dict[str, Any]:
    return {key: values[name] for key, name in names.items() if values.get(name) not in (None, "")}


def _basis(form: RequestForm, values: Mapping[str, Any]) -> str:
    items = (question.item for step in form.steps for question in step.questions)
    options = next((item.options for item in items if item.name == "lawful_basis"), ())
    given = str(values["lawful_basis"])
    return next((option.label for option in options if option.code == given), given)


def draft_text(session: Session, child_id: str, values: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Return what would be sent as plain text, to be pasted into the form it is sent by. Audited as an export.

    Raises:
        NotAllowed: the user may not work on this case.
    """
    session.require(Duty.WORK_CASES)
    with session.store.transaction() as tx:
        session.require_reach(tx.children.get(child_id))
        tx.record("request for help copied", by=session.user.id, kind="child", id=child_id, reason="to be sent")
    return plain_text(shipped_policy().referral.name, lines(shipped_request_form(), values, names))
