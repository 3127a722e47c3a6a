"""The register of commitments: who owes what by when, and how much of it is done."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import get_args

from attrs import frozen

from partnership.model.expectations import Expectation
from partnership.model.money_words import Instrument, UseStage, kinds_in_words, kinds_of_money
from partnership.model.plan_words import force_in_words
from partnership.model.progress import Progress
from partnership.model.value_text import value_in_words
from partnership.queries.calendar import standing_of
from partnership.queries.fund_ledger import Total, total_of
from partnership.subjects.assessments import Verdict
from partnership.subjects.commitments import Commitment
from partnership.values.amounts import Money
from partnership.values.date_words import planned_in_words
from partnership.values.display import Displayable
from partnership.values.text import name, search_form
from partnership.values.when import When, month_length


@frozen(repr=False)
class Obligation(Displayable):
    """A commitment on a day.

    Attributes:
        commitment: its state.
        due: the outstanding due dates.
        progress: the last reported progress, without that of money.
        verdicts: the last verdict of each assessor.
        uses: for money, the last report of each stage, pledged, committed, allocated, drawn, disbursed, spent, and of
            none. The stages are never added to each other, nor to what is promised.
        is_overdue: whether a due date has surely passed, of more than a hope or a possibility; None where that is
            uncertain ("about June"), where no due date is known, or where it is not known to be made.
        is_time_past: whether the time over which it runs is surely past, and it is still open: its period, or its
            duration in years from the day on which it was made. Without a due date, nothing else shows that.
    """

    commitment: Commitment
    due: tuple[When, ...]
    progress: Progress | None
    verdicts: tuple[Verdict, ...]
    is_overdue: bool | None
    uses: tuple[Progress, ...] = ()
    is_time_past: bool = False

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
        by = value_in_words(commitment.owing) or "an unknown party"
        to = f" to {value_in_words(commitment.to)}" if commitment.to else ""
        perhaps = "perhaps overdue" if self.due else None
        details = [
            commitment.nature,
            f"{commitment.count} of them" if commitment.count else None,
            *_terms(commitment),
            f"due {', '.join(map(planned_in_words, self.due))}" if self.due else None,
            f"“{value_in_words(commitment.timing)}”" if commitment.timing else None,
            force_in_words(commitment.force),
            {True: "overdue", False: None, None: perhaps}[self.is_overdue],
            "this time is past" if self.is_time_past and not self.due else None,
            commitment.status or "not reported as made",
            f"{value_in_words(commitment.withdrawn_by)} withdrew" if commitment.owing != commitment.by else None,
            f"reported: {value_in_words(self.progress)}" if self.progress else None,
            *map(_use_text, self.uses),
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


def _terms(commitment: Commitment) -> Iterable[str]:
    """Yield what is promised, in which kind of money, by whom and over which time, and what it belongs to."""
    rate = f" a {commitment.per}" if commitment.per else ""
    if commitment.amount is not None:
        printed = f" = {commitment.equivalent}" if commitment.equivalent else ""
        yield f"{commitment.amount}{printed}{rate}{kinds_in_words(commitment)}"
    if commitment.quantity is not None:
        yield f"{commitment.quantity}{rate}"
    if commitment.giver:
        yield f"from {value_in_words(commitment.giver)}"
    if commitment.channel:
        yield f"through {value_in_words(commitment.channel)}"
    if commitment.period or commitment.duration:
        yield f"over {value_in_words(commitment.period or commitment.duration)}"
    links = {
        "part of": commitment.part_of,
        "in addition to": commitment.additional_to,
        "carries over": f"commitment:{commitment.continues}" if commitment.continues else None,
    }
    yield from (f"{words} {value_in_words(subjects)}" for words, subjects in links.items() if subjects)


def _use_text(use: Progress) -> str:
    figures = " = ".join(map(str, filter(None, (use.amount, use.equivalent)))) or value_in_words(use.share or use.done)
    stage = f" {use.stage}" if use.stage else ""
    return f"{figures or 'an unknown sum'}{stage} as of {value_in_words(use.as_of)}"


def obligations(
    commitments: Iterable[Commitment], today: date, party: str | None = None, topic: str | None = None
) -> tuple[Obligation, ...]:
    """Return commitments as of a day: the overdue first, then by due date, then those without one, then the closed.

    The parts of a commitment stand behind it, and it is as urgent as the most urgent of them.

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
        if (party is None or party in commitment.owing)
        and (wanted is None or wanted in map(search_form, commitment.topics))
    ]
    return tuple(_parts_behind_wholes(sorted(rows, key=_urgency)))


def _parts_behind_wholes(rows: Sequence[Obligation]) -> Iterable[Obligation]:
    """Yield each commitment followed by its parts. Those that are parts of each other, in a circle, come last."""
    by_subject = {row.subject: row for row in rows}
    parts: dict[str | None, list[Obligation]] = {}
    for row in rows:
        named = row.commitment.part_of
        parts.setdefault(named if named in by_subject else None, []).append(row)
    shown: set[str] = set()

    def with_parts(whole: Obligation) -> Iterable[Obligation]:
        waiting = [whole]
        while waiting:
            row = waiting.pop()
            if row.subject not in shown:
                shown.add(row.subject)
                yield row
                waiting += reversed(parts.get(row.subject, ()))

    wholes: dict[str, Obligation] = {}
    for whole in parts.get(None, ()):
        waiting = [whole]
        while waiting:
            row = waiting.pop()
            wholes[row.subject] = whole
            waiting += parts.get(row.subject, ())
    for row in rows:
        if row.subject in wholes:
            yield from with_parts(wholes[row.subject])
    for row in rows:
        yield from with_parts(row)


def commitment_totals(
    commitments: Iterable[Commitment], party: str | None = None, currency: str | None = None
) -> Mapping[tuple[str, ...], tuple[Total, ...]]:
    """Return what parties have promised in money, in total, by the parties that promise together.

    Only sums of one kind of money and one currency are added. A part is not added to a whole that has a sum, nor what a
    later commitment with a sum carries over; what is additional is added. What was withdrawn or superseded, or of which
    no report says that it was promised, is left out; so is what is promised for each year, which is no total.

    Args:
        commitments: states of commitments.
        party: only what this party owes, alone or with others.
        currency: only what is in this currency.
    """
    by_subject = {item.subject: item for item in commitments}
    carried_over = {
        f"commitment:{item.continues}"
        for item in by_subject.values()
        if item.continues and item.amount is not None and not item.per
    }
    amounts: dict[tuple[str, ...], dict[tuple[tuple[Instrument, ...], str], list[Money]]] = {}
    for item in by_subject.values():
        if item.amount is None or item.per or item.status not in ("made", "in-progress", "delivered"):
            continue
        is_counted = item.subject in carried_over or _is_within(item, by_subject)
        if (
            is_counted
            or (party is not None and party not in item.owing)
            or currency not in (None, item.amount.currency)
        ):
            continue
        key = (kinds_of_money(item), item.amount.currency)
        amounts.setdefault(item.owing, {}).setdefault(key, []).append(item.amount)
    return {
        by: tuple(total_of("promised", kinds, sums) for (kinds, _), sums in sorted(by_kind.items()))
        for by, by_kind in sorted(amounts.items())
    }


def _is_within(commitment: Commitment, by_subject: Mapping[str, Commitment]) -> bool:
    """Tell whether a commitment is a part, directly or not, of one with a sum; in a circle, each is part of another."""
    seen: set[str] = set()
    whole = by_subject.get(commitment.part_of or "")
    while whole is not None and whole.subject not in seen:
        if whole.amount is not None and not whole.per:
            return True
        seen.add(whole.subject)
        whole = by_subject.get(whole.part_of or "")
    return False


def _obligation(commitment: Commitment, today: date) -> Obligation:
    plans, uses = commitment.outstanding, [report for report in commitment.progress if _is_use(report)]
    last = {verdict.assessor: verdict for verdict in sorted(commitment.verdicts, key=_by_day)}
    return Obligation(
        commitment=commitment,
        due=tuple(plan.planned for plan in plans),
        progress=next((report for report in reversed(commitment.progress) if not _is_use(report)), None),
        uses=tuple(
            next(report for report in reversed(uses) if report.stage == stage)
            for stage in (*get_args(UseStage), None)
            if any(report.stage == stage for report in uses)
        ),
        verdicts=tuple(sorted(last.values(), key=lambda verdict: verdict.assessor or "")),
        is_overdue=_is_overdue(commitment, plans, today),
        is_time_past=commitment.status in ("made", "in-progress") and _ends(commitment) < today,
    )


def _ends(commitment: Commitment) -> date:
    """Return the last day of the time over which a commitment runs; the last of all days if it is not known."""
    period, made, duration = commitment.period, commitment.made_on, commitment.duration
    if period or not (made and made.latest and duration):
        return (period.latest if period else None) or date.max
    years = re.fullmatch(r"P(\d{1,3})Y", duration.text) if duration.bound == "exact" else None
    day = made.latest
    year = day.year + int(years[1]) if years else date.max.year + 1
    return date.max if year > date.max.year else day.replace(year=year, day=min(day.day, month_length(1, day.month)))


def _is_use(report: Progress) -> bool:
    """Tell whether a report of progress is one of money; its source need not say what became of that."""
    return report.stage is not None or report.amount is not None


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
