"""Gathers what rests on finding nothing: only once somebody wrote whom they asked and when.

The one seam: whatever keeps those answers is read here, and nowhere else.
"""

from gcp2_app.domain.alerts import Alert, asked_about
from gcp2_app.domain.readers import FAMILY
from gcp2_app.domain.rules.engine import ask_about_child
from gcp2_app.domain.rules.record import Counting
from gcp2_app.domain.words import long_date
from gcp2_app.forms.rule_policy import shipped_rules, shipped_working_days
from gcp2_app.reports.pdf.blocks.asked import AskedLine
from gcp2_app.services.alert_records import child_record
from gcp2_app.services.documents.reading import Reading


def asked(reading: Reading) -> tuple[AskedLine, ...]:
    """Return the alerts that rest on finding nothing and were asked about, in the words of whoever asked.

    That nothing is there is said of the whole record: what a reader may not see is there all the same. An alert that
    counts something the reader may not see is left out, and the family is told nothing of what others answered.
    """
    if reading.reader.audience in FAMILY:
        return ()
    moment = reading.moment
    record = child_record(
        reading.tx,
        reading.child,
        counting=Counting.KNOWN if moment.as_of is None else Counting.HAPPENED,
        known_by=None if moment.as_of is None else moment.known_on,
    )
    found = ask_about_child(record, shipped_rules(), shipped_working_days(), today=reading.day).alerts
    told = asked_about(found, reading.child.alerts_asked, today=reading.day)
    hidden = {entry.id for entry in reading.record if reading.reader.why_not(entry) is not None}
    return tuple(_line(alert) for alert in told if alert.asked is not None and hidden.isdisjoint(alert.entries))


def _line(alert: Alert) -> AskedLine:
    asked = alert.asked
    assert asked is not None  # noqa: S101 - only those that were asked about come here
    return AskedLine(text=alert.text, asked=f"{asked.whom}, {long_date(asked.on)}", answer=asked.answer)
