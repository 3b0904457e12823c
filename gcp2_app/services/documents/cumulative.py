"""What the cumulative neglect summary says, gathered for one reader."""

from gcp2_app.domain.charting import ChartKind
from gcp2_app.domain.readers import FAMILY
from gcp2_app.services.documents.front import front
from gcp2_app.services.documents.parts import analysis, asked, family, grades, history, shared, voices
from gcp2_app.services.documents.reading import Pages, Reading

TITLE = "Cumulative neglect summary"
#: What the family's own copy is called.
FAMILY_TITLE = "Your child’s care over time"
CHILDS_TITLE = "Your care over time"
_CHARTS = (ChartKind.CUMULATIVE, ChartKind.TYPES)


def gather(reading: Reading) -> Pages:
    """Return what writes the summary."""
    from gcp2_app.domain.readers import Audience
    from gcp2_app.reports.pdf.cumulative import CumulativeReport, write_cumulative

    title = TITLE
    if reading.reader.audience in FAMILY:
        title = CHILDS_TITLE if reading.reader.audience is Audience.CHILD else FAMILY_TITLE
    analysed, source = analysis.analysis(reading)
    report = CumulativeReport(
        front=front(reading, title),
        cautions=grades.cautions(reading),
        family=family.family(reading),
        history=history.history(reading),
        grades=grades.grades(reading, charts=_CHARTS),
        voices=voices.voices(reading),
        analysis=analysed,
        analysis_from=source,
        asked=asked.asked(reading),
        shared=shared.shared(reading),
    )
    return lambda redaction: write_cumulative(report, redaction)
