"""The register of commitments: who owes what by when, and how much of it is done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from attrs import frozen

from partnership.model.expectations import Expectation
from partnership.model.plan_words import force_in_words
from partnership.model.progress import Progress
from partnership.model.value_text import value_in_words
from partnership.queries.calendar import standing_of
from partnership.subjects.assessments import Verdict
from partnership.subjects.commitments import Commitment
from partnership.values.date_words import planned_in_words
from partnership.values.display import Displayable
from partnership.values.text import name, search_form
from partnership.values.when import When

__all__ = ["Obligation", "obligations"]


@frozen(repr=False)
class Obligation(Displayable):
    """A commitment on a day.

    Attributes:
        commitment: its state.
        due: the outstanding due dates.
        progress: the last reported progress.
        verdicts: the last verdict of each assessor.
        is_overdue: whether a due date has surely passed, of more than a hope or a possibility; None where that is
            uncertain ("about June"), where no due date is known, or where it is not known to be made.
    """

    commitment: Commitment
    due: tuple[When, ...]
    progress: Progress | None
    verdicts: tuple[Verdict, ...]
    is_overdue: bool | None

    @property
    def subject(self) -> str:
        """The commitment, ``commitment:slug``."""
        return self.commitment.subject

    @property
    def status(self) -> str | None:
        """The status of the commitment."""
        return self.commitment.status

    def _text(self) -> str:
        commitment = self.commitment
        by = value_in_words(commitment.by) or "an unknown party"
        to = f" to {value_in_words(commitment.to)}" if commitment.to else ""
        perhaps = "perhaps overdue" if self.due else None
        details = [
            commitment.nature,
            *(value_in_words(figure) for figure in (commitment.amount, commitment.quantity) if figure is not None),
            f"due {', '.join(map(planned_in_words, self.due))}" if self.due else None,
            f"“{value_in_words(commitment.timing)}”" if commitment.timing else None,
            force_in_words(commitment.force),
            {True: "overdue", False: None, None: perhaps}[self.is_overdue],
            commitment.status or "not reported as made",
            f"reported: {value_in_words(self.progress)}" if self.progress else None,
        ]
        details += [
            f"delivered: {value_in_words((delivery.part, delivery.amount, delivery.quantity))}"
            for delivery in commitment.deliveries
            if delivery.amount or delivery.quantity
        ]
        details += [
            f"{verdict.assessor or 'an assessor'} finds it {verdict.core or verdict.value}" for verdict in self.verdicts
        ]
        what = value_in_words(commitment.text or self.subject)
        return f"owed by {by}{to}: {what} ({'; '.join(detail for detail in details if detail)})"


def obligations(
    commitments: Iterable[Commitment], today: date, party: str | None = None, topic: str | None = None
) -> tuple[Obligation, ...]:
    """Return commitments as of a day: the overdue first, then by due date, then those without one, then the closed.

    Args:
        commitments: states of commitments.
        today: the day to compare due dates with.
        party: only what this party owes.
        topic: only what has this topic, ignoring case and accents.
    """
    wanted = None if topic is None else search_form(name(topic))
    rows = [
        _obligation(commitment, today)
        for commitment in commitments
        if (party is None or party in commitment.by)
        and (wanted is None or wanted in map(search_form, commitment.topics))
    ]
    return tuple(sorted(rows, key=_urgency))


def _obligation(commitment: Commitment, today: date) -> Obligation:
    plans = commitment.outstanding
    last = {verdict.assessor: verdict for verdict in sorted(commitment.verdicts, key=_by_day)}
    return Obligation(
        commitment=commitment,
        due=tuple(plan.planned for plan in plans),
        progress=commitment.progress[-1] if commitment.progress else None,
        verdicts=tuple(sorted(last.values(), key=lambda verdict: verdict.assessor or "")),
        is_overdue=_is_overdue(commitment, plans, today),
    )


def _by_day(verdict: Verdict) -> tuple[date, str]:
    return (verdict.as_of.latest or date.max, verdict.as_of.text) if verdict.as_of else (date.min, "")


def _is_overdue(commitment: Commitment, plans: Sequence[Expectation], today: date) -> bool | None:
    if commitment.status not in ("made", "in-progress"):
        return None if commitment.status is None else False
    standings = {standing_of(plan.planned, today, plan.force) for plan in plans} or {standing_of(None, today)}
    return True if "overdue" in standings else False if standings <= {"to-come", "lapsed"} else None


def _urgency(row: Obligation) -> tuple[object, ...]:
    is_closed = row.status in ("delivered", "withdrawn", "superseded")
    first = min((day.latest or date.max for day in row.due), default=date.max)
    return (is_closed, row.is_overdue is not True, not row.due, first, row.subject)
