"""What a copy of a record says to the person it is about, gathered for one reader; or the whole of it.

The copy that is handed over is cut to its reader as every document is. Analysis stands in it: what somebody thinks of a
person is about that person, and no exemption lets it be kept back.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from gcp2_app.domain.answers import UnitAnswer, UnitState
from gcp2_app.domain.assessment import Assessment
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.instrument import Pack
from gcp2_app.domain.readers import Audience
from gcp2_app.domain.register import Address, Child, Member
from gcp2_app.domain.supervision import Decision
from gcp2_app.domain.visits import How, has_lines, without_lines
from gcp2_app.domain.withheld import MARK, Secret, SecretKind, Why
from gcp2_app.domain.words import capital, counted, listed, long_date
from gcp2_app.forms.child_day import day_told
from gcp2_app.reports.pdf.subject_access import ASSESSMENTS, ENTRIES, REGISTER
from gcp2_app.reports.words import long_range, status_words
from gcp2_app.services.documents.front import front
from gcp2_app.services.documents.parts import family
from gcp2_app.services.documents.parts.grades import assessed_words
from gcp2_app.services.documents.parts.happened import happened
from gcp2_app.services.documents.reading import GRADES, GRADES_OVER_TIME, Pages, Reading

if TYPE_CHECKING:
    from gcp2_app.reports.pdf.blocks.happened import HappenedLine
    from gcp2_app.reports.pdf.subject_access import CopiedAssessment, CopiedUnit

TITLE: Final = "Copy of a record"
_TITLES: Final = {
    Audience.OWN_AGENCY: "The whole record",
    Audience.CHILD: "Copy of your record",
    Audience.PARENT: "Copy of the record",
}
_SEXES: Final = {"F": "Female", "M": "Male", "I": "Indeterminate"}
#: Kinds of entry about one adult: in nobody's copy but that adult's.
_ABOUT_AN_ADULT: Final = ("learning_support", "teach_back")
_KEEP: Final = (
    "For the agency that answers the request, and not to be handed over: "
    "it holds what other people said, and what could cause harm."
)
_BEFORE: Final = """\
The copy that is handed over is made for whoever asked. What the record marks as another person’s, as told in \
confidence, as harmful or as withheld is left out of it. Its last part lists what was left out, and on which ground.
Evidence from workers of other agencies is left out until somebody has looked at it, piece by piece. That a worker \
said it, in their work, is no ground to keep it back by itself: under “What stands in this copy” each piece can be put \
in. What could do harm, is withheld or keeps workers safe cannot.
Before it is handed over, somebody reads it through. A nickname or a description (“the house by the church”) is not \
found by a program, and whether an exemption holds is for a person to decide. Where serious harm is the ground, the \
law asks for an opinion first: for health data, that of a health professional.
Files kept with an entry are named here, not printed. They are read through and given apart."""
_HANDED_OVER: Final = """\
Everything stands as it was written down, with the day and who said it. Some of it may be hard to read. You can ask \
for somebody to go through it with you, or for another format.
Where something is left out of a text, “[withheld]” stands in its place. The last part lists everything that was \
left out, with the reason.
Files kept with an entry are named here, not printed. Notes of supervision are not in this copy. Ask for them: they \
are read through first and given apart.
If something here is wrong, you can ask for it to be put right, or for what you say to stand beside it. If you do \
not agree with what was left out, ask for that to be looked at again. You can also complain to the Information \
Commissioner’s Office (ico.org.uk).
Why this is held, for how long, and with whom it is shared, stands in the privacy notice of the agency. Ask for it."""


def gather(reading: Reading) -> Pages:
    """Return what writes the copy."""
    from gcp2_app.reports.pdf.subject_access import SubjectAccessReport, write_subject_access

    whole = reading.reader.audience is Audience.OWN_AGENCY
    report = SubjectAccessReport(
        front=front(reading, _TITLES[reading.reader.audience]),
        about=tuple(_BEFORE.splitlines()) if whole else (_asked(reading), *_HANDED_OVER.splitlines()),
        keep=(_KEEP,) if whole else (),
        register=tuple(_register(reading)),
        known=tuple(_known(reading, whole=whole)),
        family=family.family(reading) if whole else None,
        statuses=tuple(status_words(each) for each in sorted(reading.child.statuses, key=lambda each: each.since)),
        assessments=tuple(_assessments(reading)),
        entries=tuple(_lines(reading, _entries(reading, whole=whole))),
        notes=tuple(_notes(reading)) if whole else (),
    )
    return lambda redaction: write_subject_access(report, redaction)


def _asked(reading: Reading) -> str:
    if reading.reader.audience is Audience.CHILD:
        return "You asked for what is held about you. This is a copy of it."
    return (
        f"You asked for what is held about {reading.label}, and about you in the same record. "
        "This is a copy of it, made for you."
    )


def _register(reading: Reading) -> Iterator[tuple[str, str]]:
    stands = tuple(_said_of(reading.child, reading.label))
    yield from stands
    # What a record said that was merged into this one, and this one does not say, is held about the child, too.
    for merge in reading.tx.child_merges.into(reading.child.id):
        other = (pair for pair in _said_of(merge.absorbed, merge.absorbed.name) if pair not in stands and pair[1])
        said = "\n".join(f"{term}: {text}" for term, text in other)
        yield f"Another record, merged on {long_date(merge.on)}", f"{said}\nReason: {merge.reason}".strip()


def _said_of(child: Child, name: str) -> Iterator[tuple[str, str]]:
    yield "Name", name
    yield "Also known as", listed(child.aliases) if child.aliases else ""
    yield "Born", long_date(child.date_of_birth) if child.date_of_birth is not None else ""
    yield "Expected", long_date(child.expected_date) if child.expected_date is not None else ""
    yield "Sex", _SEXES.get(child.sex, child.sex)
    yield "Ethnicity", child.ethnicity
    yield "Language", child.language
    yield "Communication", child.communication_needs
    yield "Disability or long-term illness", child.disability
    since = child.long_term_condition_since
    yield "Known since", long_date(since) if since is not None else ""
    yield "NHS number", child.nhs_number or ""
    yield "Unique pupil number", child.upn or ""
    yield "Local authority number", child.authority_id or ""
    yield "School or nursery", child.school
    yield "GP practice", child.gp
    yield "Health visitor or school nurse", child.health_worker
    yield "Note", child.note


def _known(reading: Reading, *, whole: bool) -> Iterator[tuple[str, str]]:
    child, names = reading.child, reading.people
    yield "Carers", listed(_carer(names.get(each.person), each.relationship) for each in child.carers)
    homes = [each for each in reading.around.households if any(one.who == child.id for one in each.members)]
    if not whole:
        with_them = dict.fromkeys(one.who for home in homes for one in home.members if one.who != child.id)
        yield "Lived in the same home", listed(names.get(id_) or "somebody not named" for id_ in with_them)
        yield from _own(reading)
    addresses = (
        _address(each, member) for home in homes for member in home.members if member.who == child.id
        for each in home.addresses
    )  # fmt: skip
    yield "Addresses", "\n".join(filter(None, addresses))
    workers = dict.fromkeys(reading.workers.get(each.professional, "") for each in child.allocated)
    yield "Workers", "\n".join(filter(None, workers))


def _address(address: Address, member: Member) -> str:
    """Return an address with the days somebody lived there; empty where they did not."""
    first = max((each for each in (address.from_, member.from_) if each is not None), default=None)
    last = min((each for each in (address.to, member.to) if each is not None), default=None)
    text = ", ".join(filter(None, (*address.lines, address.postcode)))
    if not text or (first is not None and last is not None and last < first):
        return ""
    since = f" from {long_date(first)}" if first is not None else ""
    return f"{text}{since}{f' to {long_date(last)}' if last is not None else ''}"


def _carer(name: str | None, relationship: str) -> str:
    return f"{name or 'somebody not named'}{f' ({relationship})' if relationship else ''}"


def _own(reading: Reading) -> Iterator[tuple[str, str]]:
    """Yield what the register says of those adults who read the copy; of others only that it is left out."""
    for person in reading.around.people:
        said = {
            "Date of birth": long_date(person.date_of_birth) if person.date_of_birth is not None else "",
            "Telephone": person.phone,
            "Language": person.language,
            "Formats needed": listed(each.replace("_", " ") for each in person.formats_needed),
            "Learning need": _need(reading, person.id),
            "Note": person.note,
        }
        if person.id in reading.reader.people:
            yield from ((f"About you: {term.lower()}", text) for term, text in said.items() if text)
        elif any(said.values()):
            reading.copying.taken.append((REGISTER, Secret(SecretKind.WORDS, "", Why.THIRD_PARTY)))


def _need(reading: Reading, id_: str) -> str:
    need = next((each.learning_need for each in reading.around.people if each.id == id_), None)
    if need is None:
        return ""
    on = f", {long_date(need.on)}" if need.on is not None else ""
    return f"{capital(need.state.value.replace('_', ' '))}{f' ({need.source}{on})' if need.source else ''}"


# Assessments


def _assessments(reading: Reading) -> Iterator["CopiedAssessment"]:
    yield from (_assessment(reading, each) for each in reversed(reading.assessments))
    # What the trend does not show of the entries is listed once, with the entries: there is no trend here.
    for sections in reading.copying.asked.values():
        sections[:] = [each for each in sections if each != GRADES_OVER_TIME]
    reading.copying.taken[:] = [
        (ASSESSMENTS if where == GRADES else where, secret)
        for where, secret in reading.copying.taken
        if where != GRADES_OVER_TIME
    ]


def _assessment(reading: Reading, assessment: Assessment) -> "CopiedAssessment":
    from gcp2_app.reports.pdf.subject_access import CopiedAssessment

    pack, window = reading.pack_of(assessment), assessment.window
    words = (
        ("What the child shows and says", assessment.child_voice),
        ("Wishes", assessment.child_wishes),
        ("In their own words, written by themselves", assessment.child_own_views),
        ("A day, as it was told", "\n".join(f"{part}: {text}" for part, text in day_told(assessment))),
        ("Analysis", assessment.analysis),
        ("What this has meant so far", assessment.meaning_so_far),
        ("What it could mean", assessment.meaning_ahead),
        ("Why it was finished with parts missing", assessment.incomplete_reason),
        ("Why it was corrected", assessment.correction_reason),
        ("Why it was not shown to somebody", "\n".join(each.reason for each in assessment.held_back)),
    )
    return CopiedAssessment(
        heading=f"{pack.title}, {long_range(window)}" if window is not None else f"{pack.title}, without dates",
        facts=(
            ("About it", assessed_words(reading, assessment).removeprefix("Latest assessment: ")),
            ("Targets", "\n".join(_targets(pack, assessment))),
            ("To be reviewed by", long_date(assessment.review_due) if assessment.review_due is not None else ""),
        ),
        words=tuple((term, text) for term, text in words if text.strip()),
        units=tuple(_units(reading, pack, assessment)),
    )


def _targets(pack: Pack, assessment: Assessment) -> Iterator[str]:
    for each in assessment.targets:
        by = f", by {long_date(each.due)}" if each.due is not None else ""
        help_ = "; ".join(part.rstrip(" .") for part in (each.support, each.owner) if part)
        more = f" ({help_})" if help_ else ""
        more += f". First: {each.safety_step.step}" if each.safety_step is not None else ""
        yield f"{_label(pack, each.unit)}: from {each.current} to {each.target}{by}{more}"


def _units(reading: Reading, pack: Pack, assessment: Assessment) -> Iterator["CopiedUnit"]:
    from gcp2_app.reports.pdf.assessment_words import UNSCORED
    from gcp2_app.reports.pdf.subject_access import CopiedUnit

    hears = reading.reader.hears_all(assessment.carers)
    whole = reading.whole(assessment)
    for code, answer in assessment.units.items():
        if answer.carer_grade is not None and not hears:
            reading.copying.taken.append((ASSESSMENTS, Secret(SecretKind.WORDS, "", Why.THIRD_PARTY)))
            answer = replace(answer, carer_grade=None)  # noqa: PLW2901 - without what the carer says of it
        words = "\n".join(_answer(answer, marks=reading.reader.sees_marks))
        if answer.state is UnitState.SCORED and answer.grade is not None:
            grade = f"{answer.grade}, {pack.grades_by_value[answer.grade].label}"
        else:
            grade = UNSCORED.get(answer.state, "Not graded")
        if words or answer.state is UnitState.SCORED:
            # Where all of it was taken out, something was written.
            written = any(_answer(whole.answer(code), marks=False))
            words = words or (MARK if written else "Nothing was written")
            yield CopiedUnit(unit=_label(pack, code), grade=grade, words=words)


def _answer(answer: UnitAnswer, *, marks: bool) -> Iterator[str]:
    from gcp2_app.reports.pdf.assessment_words import SOURCES, marks_of

    for piece in answer.evidence:
        on = f", {long_date(piece.on)}" if piece.on is not None else ""
        yield f"{piece.text} ({SOURCES[piece.source].lower()}{on}){marks_of(piece) if marks else ''}"
    yield from filter(None, (answer.note, answer.reason, answer.what_changed, answer.agreed_reason))
    if answer.unverified_reason:
        yield f"Graded without evidence that was seen, because: {answer.unverified_reason}"
    if answer.carer_grade is not None:
        yield f"The carer’s own grade: {answer.carer_grade}"
    if answer.carer_comment:
        yield f"The carer says: {answer.carer_comment}"


def _label(pack: Pack, code: str) -> str:
    unit = next((each for band in pack.bands if (each := pack.units_in(band.code).get(code))), None)
    return f"{code} {unit.label}" if unit is not None else code


# Entries


def _entries(reading: Reading, *, whole: bool) -> Iterator[Entry]:
    found = reading.entries(ENTRIES)
    return iter(found) if whole else (cut for entry in found if (cut := _cut(reading, entry)) is not None)


def _cut(reading: Reading, entry: Entry) -> Entry | None:
    """Return an entry without what is another person's in a part of it; None where all of it is."""
    if entry.id in reading.reader.shown:
        return entry
    theirs = entry.kind in _ABOUT_AN_ADULT and entry.data.get("person") not in reading.reader.people
    # A medicine of a brother or sister, written down for both.
    if theirs or entry.data.get("for_child") not in (None, "", reading.child.id):
        _lose(reading, SecretKind.ENTRY)
        return None
    carers = [each.person for each in reading.child.carers]
    said = bool(entry.carer_response.strip()) or has_lines(entry, How.CARER_SAID)
    if said and not reading.reader.hears_all(carers):
        _lose(reading, SecretKind.WORDS)
        entry = without_lines(replace(entry, carer_response=""), How.CARER_SAID)
    return entry


def _lose(reading: Reading, kind: SecretKind) -> None:
    reading.copying.taken.append((ENTRIES, Secret(kind, "", Why.THIRD_PARTY)))


def _lines(reading: Reading, entries: Iterable[Entry]) -> Iterator["HappenedLine"]:
    found = tuple(entries)
    for entry, line in zip(found, happened(reading, found, fields=True), strict=True):
        yield replace(line, more="\n".join(filter(None, (line.more, *_around(entry)))))


def _around(entry: Entry) -> Iterator[str]:
    """Yield what stands around what happened: what it was taken to mean, when it was known, files kept with it."""
    if entry.significance_why:
        yield f"Why it matters: {entry.significance_why}"
    for meaning in entry.relevance.values():
        yield f"What it means for the child: {meaning}"
    if entry.attachments:
        names = listed(f"“{each.name}”" for each in entry.attachments)
        yield f"{capital(counted(len(entry.attachments), 'file'))} kept with it: {names}"


def _notes(reading: Reading) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what bears no marks, and so is in the whole copy alone."""
    held = [each for each in reading.tx.supervisions.of_child(reading.child.id) if each.on <= reading.day]
    if held:
        yield (
            "Supervision",
            tuple(
                f"{long_date(each.on)}: "
                + " ".join(filter(None, (each.discussed, each.question, _decided(each.decisions))))
                for each in held
            ),
        )
    child = reading.child
    aside = [f"{long_date(each.on)}: {each.reason}" for each in child.set_asides if each.on <= reading.day]
    if aside:
        yield "Why alerts were set aside", tuple(aside)
    asked = [
        f"{long_date(each.on)}: {each.whom}: {each.answer}" for each in child.alerts_asked if each.on <= reading.day
    ]
    if asked:
        yield "Who was asked about what was not found", tuple(asked)


def _decided(decisions: Iterable[Decision]) -> str:
    return " ".join(f"Decided: {each.what}, because {each.why}." for each in decisions)
