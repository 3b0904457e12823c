"""The head of a child's page: who it is, and what must not be overlooked."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QVBoxLayout, QWidget

from gcp2_app.overriding import override
from gcp2_app.ui import style, words
from gcp2_app.ui.child import names
from gcp2_app.ui.elided import Elided
from gcp2_app.ui.flow import Flow

if TYPE_CHECKING:
    from gcp2_app.ui.child.shown import Shown


class Fact(QWidget):
    """A caption with its value below, and a quieter line below that.

    Attributes:
        warns: whether the line below is a warning.
    """

    def __init__(self, caption: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._caption = caption
        self.warns = False
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, style.space(3), 0)
        self._layout.setSpacing(0)
        value = style.label("", wrap=False)
        font = value.font()
        font.setWeight(font.Weight.DemiBold)
        value.setFont(font)
        self._value = Elided(value)
        self._more = Elided(style.label("", "quiet", wrap=False))
        self._lines = (style.label(caption, "quiet", wrap=False), self._value, self._more)
        for widget in self._lines:
            self._layout.addWidget(widget)
        self._layout.addStretch(1)

    @property
    def stacked_width(self) -> int:
        """The width it takes with its lines below each other, in pixels."""
        return max(line.sizeHint().width() for line in self._lines) + style.space(3)

    def show_in_line(self, *, in_line: bool, short: bool = False) -> None:
        """Put caption, value and what is below it side by side, or below each other.

        Args:
            short: leave out what is below the value, unless it is a warning.
        """
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._layout.setDirection(across if in_line else down)
        self._layout.setSpacing(style.space(1) if in_line else 0)
        # Below each other an empty line keeps its place, so that captions stay in one line.
        self._more.setHidden(in_line and (not self._more.text() or (short and not self.warns)))

    @property
    def text(self) -> str:
        """Value and the line below it."""
        return " ".join(filter(None, (self._value.text(), self._more.text())))

    def say(self, value: str, more: str = "", *, warn: bool = False) -> None:
        """Show a value.

        Args:
            warn: the line below is a warning.
        """
        self.warns = warn
        self._value.setText(value)
        self._more.setText(more)
        self._more.setProperty("role", "error" if warn else "quiet")
        self._more.style().unpolish(self._more)
        self._more.style().polish(self._more)
        self.setAccessibleName(f"{self._caption}: {self.text}")


class Banner(QFrame):
    """Who the child is, where the case stands, when the child was seen, and what is open.

    Attributes:
        requests, challenge: lead to the requests for help, and to the challenges.
        rest: shows or hides the facts there is no room for; there with large text or a narrow window alone.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self.name = Elided(style.heading(""))
        self.practice = style.label(self.tr("PRACTICE"), "badge", wrap=False)
        self.restricted = style.label(self.tr("RESTRICTED"), "badge", wrap=False)
        self.requests = style.button("", "link")
        self.challenge = style.button("", "link")
        self.rest = style.button("", "link")
        self.rest.setCheckable(True)
        self.age = Fact(self.tr("Age"))
        self.status = Fact(self.tr("Status"))
        self.worker = Fact(self.tr("Allocated to"))
        self.assessed = Fact(self.tr("Last assessed"))
        self.review = Fact(self.tr("Next review"))
        self.seen = Fact(self.tr("Seen alone or awake"))
        self.advocate = Fact(self.tr("Advocate"))
        top = Flow()
        top.setSpacing(style.space(2))
        for widget in (self.name, self.practice, self.restricted, self.requests, self.challenge, self.rest):
            top.addWidget(widget)
        self.rest.hide()
        self.rest.toggled.connect(self._fit)
        self._flow = facts = Flow()
        self._facts = (self.age, self.status, self.worker, self.assessed, self.review, self.seen, self.advocate)
        for fact in self._facts:
            facts.addWidget(fact)
        layout = QVBoxLayout(self)
        margin = style.space(3)
        layout.setContentsMargins(margin, style.space(2), margin, style.space(2))
        layout.setSpacing(style.space(1))
        layout.addLayout(top)
        layout.addLayout(facts)

    def say(self, shown: "Shown", *, practice: bool) -> None:
        """Show a child.

        Args:
            practice: the child is invented.
        """
        child, today = shown.child, shown.today
        self.name.setText(names.child_name(child))
        self.practice.setVisible(practice)
        self.restricted.setVisible(child.restricted)
        self._say_age(shown)
        statuses = sorted(
            (status for status in child.statuses if status.open_on(today)), key=lambda status: status.since
        )
        first = statuses[-1] if statuses else None
        self.status.say(
            " · ".join(words.status(status) for status in reversed(statuses)) or self.tr("None recorded"),
            names.period(first.from_, None) if first is not None else "",
        )
        self._say_worker(shown)
        self._say_assessed(shown)
        self._say_seen(shown)
        self._say_advocate(shown)
        self._say_requests(shown)
        self._fit()

    def _fit(self) -> None:
        """Take as little height as the text size and the width allow."""
        spaces = style.space(1) * (len(self._facts) - 1)
        wanted = sum(fact.stacked_width for fact in self._facts) + spaces
        in_line = wanted > self.width() - 2 * style.space(3)
        # What is below the banner needs the room: a few facts stay, with whatever warns.
        short = in_line and not self.rest.isChecked()
        self.rest.setVisible(in_line)
        self.rest.setText(self.tr("▸ More") if short else self.tr("▾ Less"))
        self.rest.setAccessibleName(self.tr("More about the case") if short else self.tr("Less about the case"))
        self._flow.setSpacing(style.space(0.4 if in_line else 1))
        for fact in self._facts:
            fact.show_in_line(in_line=in_line, short=short)
            fact.setHidden(short and not fact.warns and fact not in {self.status, self.seen})

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _say_age(self, shown: "Shown") -> None:
        child, today = shown.child, shown.today
        if child.date_of_birth is not None:
            born = self.tr("born {day}").format(day=words.day(child.date_of_birth))
            self.age.say(words.age(child.date_of_birth, today), born)
        elif child.expected_date is not None:
            self.age.say(self.tr("Not yet born"), self.tr("due {day}").format(day=words.day(child.expected_date)))
        else:
            self.age.say(self.tr("Not known"))

    def _say_worker(self, shown: "Shown") -> None:
        worker = shown.worker
        if worker is None:
            self.worker.say(self.tr("Nobody"), self.tr("no one is allocated"), warn=True)
        elif worker.confirmed_on is None:
            self.worker.say(names.professional_name(shown, worker.professional), self.tr("never confirmed"))
        else:
            confirmed = self.tr("confirmed {day}").format(day=words.day(worker.confirmed_on))
            self.worker.say(names.professional_name(shown, worker.professional), confirmed)

    def _say_requests(self, shown: "Shown") -> None:
        from gcp2_app.ui.referral import words as say

        standing = shown.standing
        count, open_ = (standing.requests, standing.open) if standing is not None else (0, ())
        self.requests.setText(self.tr("Requests for help ({count})").format(count=count))
        self.requests.setVisible(standing is not None)
        self.challenge.setVisible(bool(open_))
        if open_:
            late = sum(each.overdue for each in open_)
            first = next((each for each in open_ if each.overdue), open_[0])
            text = say.challenge(first, shown.today)
            more = say.tr(" (and %n more)", len(open_) - 1) if len(open_) > 1 else ""
            self.challenge.setText(f"{'! ' if late else ''}{text}{more}")
            self.challenge.setAccessibleName(f"{text}{more}")

    def _say_assessed(self, shown: "Shown") -> None:
        latest, due, today = shown.latest, shown.next_review, shown.today
        if latest is None or latest.window is None:
            self.assessed.say(self.tr("Not yet"))
        else:
            # Finished before the last day of its window: nothing was seen on days that have not come.
            ended = min(latest.window.to, latest.signed_off_on or today, today)
            self.assessed.say(names.days_ago((today - ended).days), words.day(ended))
        if due is None:
            self.review.say(self.tr("Nothing set"))
        elif due < today:
            overdue = names.tr("%n day overdue|%n days overdue", (today - due).days)
            self.review.say(words.day(due), overdue, warn=True)
        else:
            self.review.say(words.day(due))

    def _say_seen(self, shown: "Shown") -> None:
        found = shown.glance.seen if shown.glance is not None else None
        days = {
            self.tr("alone"): found.alone if found is not None else None,
            self.tr("awake"): found.awake if found is not None else None,
        }
        known = {how: day for how, day in days.items() if day is not None}
        if not known:
            self.seen.say(self.tr("Not recorded"))
            return
        latest = max(known.values())
        hows = self.tr(" and ").join(how for how, day in known.items() if day == latest)
        day = self.tr("{how}, {day}").format(how=hows, day=words.day(latest))
        self.seen.say(names.days_ago((shown.today - latest).days), day)

    def _say_advocate(self, shown: "Shown") -> None:
        found = shown.glance.advocacy if shown.glance is not None else None
        if found is None or (found.child is None and not found.on_plan):
            self.advocate.say(self.tr("None recorded"))
        elif found.child is None:
            self.advocate.say(self.tr("None recorded"), self.tr("to be offered"), warn=True)
        else:
            said = {
                "offered": self.tr("offered"),
                "accepted": self.tr("accepted"),
                "declined": self.tr("declined, offer again"),
                "non_instructed": self.tr("non-instructed"),
            }.get(found.child.status, "")
            self.advocate.say(found.name or self.tr("Nobody named"), said)
