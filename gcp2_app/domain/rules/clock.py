"""The day a rule is asked about, and how far around that day its answer stays the same.

Every question a rule asks about time goes through :meth:`Clock.reached`. The clock remembers the nearest day before
and after at which one of those questions would have been answered otherwise; between them nothing can change. So the
first day on which an alert held is found in a few steps, and a record need not be looked at again before the day
something can change in it.

Source: casework.md, How rules read the record.
"""

from datetime import date, timedelta

from gcp2_app.domain.calendar import WorkingDays, add_months, quarter, quarter_start

_DAY = timedelta(days=1)


class Clock:
    """One day, with the calendar that deadlines are counted in.

    Attributes:
        today: the day the record is read as of (Europe/London).
        known_by: nothing that became known later counts; None where everything up to ``today`` does.
        calendar: England's working days.
        same_from: the first day from which every answer given so far is the same.
        changes_on: the first later day on which one of the answers is another; ``date.max`` for never.
        deciding: only whether the rule holds is wanted; what is costly to say can be left out.
    """

    __slots__ = ("calendar", "changes_on", "deciding", "known_by", "same_from", "today")

    def __init__(self, calendar: WorkingDays, *, today: date, known_by: date | None = None) -> None:
        self.calendar = calendar
        self.today = today
        self.known_by = known_by
        self.same_from = date.min
        self.changes_on = date.max
        self.deciding = False

    def forget(self) -> None:
        """Start anew: no question has been asked yet."""
        self.same_from = date.min
        self.changes_on = date.max

    def reached(self, day: date) -> bool:
        """Whether a day has come."""
        if day <= self.today:
            self.same_from = max(self.same_from, day)
            return True
        self.changes_on = min(self.changes_on, day)
        return False

    def known(self, day: date | None) -> date | None:
        """Return a date that stands in a record once it has come, and could be known; before that, None."""
        if day is None or (self.known_by is not None and day > self.known_by) or not self.reached(day):
            return None
        return day

    def passed(self, day: date, *, working: int = 0, months: int = 0, weeks: int = 0, days: int = 0) -> bool:
        """Whether more than so long has gone by since a day: true from the day after the last day that is allowed.

        Args:
            day: day 0.
            working: working days.
            months: calendar months.
            weeks: weeks.
            days: days. Give one of the four.
        """
        return self.reached(self.first_past(day, working=working, months=months, weeks=weeks, days=days))

    def first_past(self, day: date, *, working: int = 0, months: int = 0, weeks: int = 0, days: int = 0) -> date:
        """Return the first day on which more than so long has gone by since a day; asks nothing of today."""
        last = self.last_day(day, working=working, months=months, weeks=weeks, days=days)
        return last + _DAY if last < date.max else date.max

    def within(self, day: date, *, working: int = 0, months: int = 0, weeks: int = 0, days: int = 0) -> bool:
        """Whether a day has come and lies no longer back than so long; the last day counts."""
        return self.reached(day) and not self.passed(day, working=working, months=months, weeks=weeks, days=days)

    def last_day(self, day: date, *, working: int = 0, months: int = 0, weeks: int = 0, days: int = 0) -> date:
        """Return the last day that is still allowed, so long after day 0, or the calendar’s own last day."""
        try:
            if working:
                return self.calendar.after(day, working)
            if months:
                return add_months(day, months)
            return day + _DAY * (weeks * 7 + days)
        except (OverflowError, ValueError):
            return date.max

    def near(self, day: date, *, working: int) -> bool:
        """Whether a day to come is so many working days away or fewer, or has come: true from that working day on."""
        return self.reached(self.before(day, working=working))

    def before(self, day: date, *, working: int) -> date:
        """Return the working day so many working days before a day; the day itself where the calendar ends first."""
        try:
            return self.calendar.before(day, working)
        except OverflowError:
            return day

    def running_quarter(self) -> tuple[int, int]:
        """Return the calendar quarter that is running, as year and number."""
        year, number = quarter(self.today)
        self.reached(quarter_start(year, number))
        self.reached(quarter_start(year, number + 1))
        return year, number

    def running_year(self, first_month: int) -> date:
        """Return the first day of the year that is running, where years begin with this month: 9 for a school year."""
        start = date(self.today.year - (self.today.month < first_month), first_month, 1)
        self.reached(start)
        self.reached(add_months(start, 12))
        return start

    def waited(self, day: date) -> int:
        """Return how many working days have passed since a day, for a sentence; decides nothing."""
        return self.calendar.between(day, self.today)
