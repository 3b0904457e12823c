"""Gathers the child's voice and what carers say, as the reader may see them."""

from gcp2_app.domain.answers import UnitState
from gcp2_app.domain.assessment import Assessment
from gcp2_app.domain.readers import FAMILY
from gcp2_app.domain.words import capital, counted
from gcp2_app.forms.child_day import day_told
from gcp2_app.reports.entry_lines import source_words
from gcp2_app.reports.pdf.blocks.happened import HappenedLine
from gcp2_app.reports.pdf.blocks.voices import CARERS, VoicesPart
from gcp2_app.services.documents.parts.grades import latest_assessment, stage_words
from gcp2_app.services.documents.parts.happened import happened, is_since, when
from gcp2_app.services.documents.reading import Reading

_MOST = 12


def voices(reading: Reading) -> VoicesPart:
    """Return what the child shows and says, and what carers say, from the latest assessment and the statements."""
    section = f"What {reading.label} shows and says"
    latest = latest_assessment(reading)
    statements = [entry for entry in reading.entries(section, "statement") if is_since(reading, entry)]
    told = [entry for entry in reading.told if entry.carer_response.strip()]
    answers = [entry for entry in reading.copying.entries(told, CARERS) if entry.carer_response]
    near = [entry for entry in answers if is_since(reading, entry)][-_MOST:]
    earlier = len(answers) - len(near)
    return VoicesPart(
        child=_child(reading, latest) if latest is not None else (),
        said=happened(reading, statements[-_MOST:], titled=False),
        graded=_own_grades(latest),
        carers=tuple(
            HappenedLine(when=when(entry), what=entry.carer_response, who=source_words(entry.source)) for entry in near
        ),
        earlier=f"{capital(counted(earlier, 'earlier entry', 'earlier entries'))} in the record, not printed here."
        if earlier
        else "",
        left_out="What carers said is left out of this copy: one carer’s words are not another’s to read."
        if len(answers) < len(told) and reading.reader.audience in FAMILY
        else "",
    )


def _child(reading: Reading, assessment: Assessment) -> tuple[tuple[str, str], ...]:
    stage = stage_words(reading, assessment)
    return tuple(
        (term, text)
        for term, text in (
            (f"From the latest assessment{stage and f' ({stage})'}", assessment.child_voice),
            ("Wishes", assessment.child_wishes),
            ("In their own words, written by themselves", assessment.child_own_views),
            (
                "A day in their life, as it was told",
                "\n".join(f"{part}: {text}" for part, text in day_told(assessment)),
            ),
        )
        if text.strip()
    )


def _own_grades(assessment: Assessment | None) -> str:
    """Say how often carers graded themselves and how often they differ; never by how much."""
    answers = assessment.units.values() if assessment is not None else ()
    given = [each for each in answers if each.carer_grade is not None and each.state is UnitState.SCORED]
    if not given:
        return ""
    differing = sum(each.carer_grade != each.grade for each in given)
    verb = "differs" if differing == 1 else "differ"
    said = f"Carers gave their own grade for {counted(len(given), 'unit')}; {differing or 'none'} {verb} from ours."
    return f"{said} Both stand in the assessment."
