"""What is said of sections that wait to be opened, and of a birth during an assessment. Knows no widgets."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from gcp2_app.domain.assessment import OpenedBy, Opening
from gcp2_app.domain.gates import concern_value, gates_in
from gcp2_app.domain.instrument import Gate, GateCondition, Pack
from gcp2_app.domain.openings import is_born_within, is_past, is_unborn
from gcp2_app.ui import words

if TYPE_CHECKING:
    from gcp2_app.ui.assess.draft import Draft


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("sections", text)


def name_of(pack: Pack, area: str) -> str:
    """Return a section's code and label: "R Getting ready for baby"."""
    label = next((each.label for each in pack.areas if each.code == area), "")
    return f"{area} {label}".strip()


def gate_of(draft: "Draft", area: str) -> Gate:
    """Return the gate that stands before a section."""
    return next(gate for gate in gates_in(draft.pack, draft.band) if gate.area == area)


def said(draft: "Draft", area: str) -> str:
    """Return in a few words whether a section is open: "Not open yet", "Open: concern"."""
    if area in draft.closed:
        return tr("Not open yet")
    opening = draft.value.opening(area)
    if opening is None:
        return tr("Open")
    return {
        OpenedBy.CONCERN: tr("Open: concern"),
        OpenedBy.BIRTH: tr("Open: baby is born"),
        OpenedBy.JUDGEMENT: tr("Open: your judgement")
        if opening.by == draft.me
        else tr("Open: practitioner’s judgement"),
    }[opening.because]


def condition(pack: Pack, gate: Gate) -> str:
    """Return what opens a section, as a sentence."""
    if gate.opens_by is GateCondition.BIRTH:
        return tr("It opens once the baby is born and the date of birth is in the child’s record.")
    value = concern_value(pack, gate)
    opens = tr("It opens by itself when “{section}” comes to a {grade} or worse.")
    sentence = opens.format(section=name_of(pack, gate.concern_in), grade=value)
    if gate.by_judgement:
        sentence = tr("{sentence} You can open it yourself too, and say why.").format(sentence=sentence)
    return sentence


def standing(draft: "Draft", area: str) -> str:
    """Return why a section is open, since when and by whom, or what would open it."""
    opening = draft.value.opening(area)
    if area in draft.closed:
        return tr("Not open yet. {condition}").format(condition=condition(draft.pack, gate_of(draft, area)))
    if opening is None:
        return tr("Open: something is recorded here.")
    return _opened(draft, opening)


def _opened(draft: "Draft", opening: Opening) -> str:
    since = tr(" on {day}").format(day=words.day(opening.on)) if opening.on is not None else ""
    if opening.because is OpenedBy.CONCERN:
        earlier = name_of(draft.pack, gate_of(draft, opening.area).concern_in)
        return tr("Opened{since} because of concern in “{section}”.").format(since=since, section=earlier)
    if opening.because is OpenedBy.BIRTH:
        born = draft.child.date_of_birth
        text = tr("Opened{since}: the baby was born.")
        if born is not None:
            text = tr("Opened{since}: the baby was born on {day}.").format(since="{since}", day=words.day(born))
        return text.format(since=since)
    text = tr("You opened it{since}: {reason}")
    if opening.by != draft.me:
        text = tr("{who} opened it{since}: {reason}")
    return text.format(since=since, who=draft.name(opening.by), reason=opening.reason or tr("no reason recorded"))


def about_birth(draft: "Draft") -> str:
    """Return what a reader has to know of the birth beside the window and the bands; empty where there is nothing."""
    pack, child, window = draft.pack, draft.child, draft.value.window
    if window is None or child.born is None or not draft.band:
        return ""
    if is_past(pack, child, draft.today):
        text = tr("The baby is {age} old: the child’s own profile takes over. What is graded here stays in the record.")
        return text.format(age=words.age(child.born, draft.today))
    if not pack.band(draft.band).is_before_birth:
        return ""
    if is_unborn(child):
        return _about_due_date(draft)
    if is_born_within(draft.value, child):
        text = tr("The baby was born on {day}. This assessment goes on, and everything graded before stays.")
    else:
        text = tr(
            "The baby was born on {day}, after the last day of this window. Start a new assessment for the time since."
        )
    return text.format(day=words.day(child.born))


def _about_due_date(draft: "Draft") -> str:
    due, window = draft.child.expected_date, draft.value.window
    if due is None or window is None or due > window.to:
        return ""
    text = tr(
        "The baby is due on {day}. When the date of birth is in the child’s record, this assessment goes on with it."
    )
    if due < draft.today:
        text = tr("The baby was due on {day}. If the baby is born, put the date of birth into the child’s record.")
    return text.format(day=words.day(due))
