"""Reported progress: counts of what is done, day by day, and rules that find what is odd about them.

Sources do not say which items they count, and their words for "done" differ. So the figures are kept as reported, and
never mixed with what a record can count itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from partnership._frozen import frozen
from partnership.model.construct import replace
from partnership.model.findings import oddity
from partnership.model.money_words import UseStage, equivalents_of
from partnership.model.occurrence import Finding, Occurrence
from partnership.model.state_rows import by_day, with_row
from partnership.values.amounts import Count, Money, Percent, surely_below
from partnership.values.when import When


@frozen
class Progress:
    """One report of how much is done.

    Attributes:
        as_of: the day of the count.
        done: how many are done.
        total: how many there are in all.
        share: the share that is done, where the source gives a percentage.
        verb: the source's word for done.
        is_disputed: sources give different figures for that day.
        stage: for money, what became of it: only disbursed money has reached its recipient.
        amount: the amount of money that has come to that stage.
        equivalent: the amount in a second currency, as the source prints it.
    """

    as_of: When
    done: Count | None
    total: Count | None
    share: Percent | None
    verb: str | None
    is_disputed: bool
    stage: UseStage | None = None
    amount: Money | None = None
    equivalent: Money | None = None


def with_count(rows: tuple[Progress, ...], occurrence: Occurrence) -> tuple[Progress, ...]:
    """Return the rows with one more report, sorted by day."""
    event: Any = occurrence.event  # any report of progress
    is_disputed = not {"done", "share", "amount"}.isdisjoint(occurrence.disputed)
    row = Progress(event.as_of, event.done, event.total, event.share, event.verb, is_disputed)
    if (amount := getattr(event, "amount", None)) is not None:
        row = replace(row, amount=amount, equivalent=next(iter(equivalents_of(occurrence)), None))
    if (stage := getattr(event, "stage", None)) is not None:
        row = replace(row, stage=stage)
    return with_row(rows, row, lambda progress: by_day(progress.as_of))


def odd_counts(subject: str, occurrences: Iterable[Any]) -> Iterable[Finding]:
    """Find what is odd in reports of progress; a source may have printed it, so it was recorded.

    ``done-over-total``; ``share-disagrees`` (with the count in the same report); and for two reports of which one is
    surely of a later day, ``progress-falls`` and ``total-changes``. Figures that are "at least", "at most" or "about"
    contradict fewer others than exact ones.
    """
    reports = sorted(occurrences, key=lambda occurrence: by_day(occurrence.event.as_of))
    for report in reports:
        done, total, share = report.event.done, report.event.total, report.event.share
        if done and total and surely_below(total, done):
            yield oddity("done-over-total", subject, f"has {done} done of {total}", report)
        if done and total and share and _disagrees(done, total, share):
            yield oddity("share-disagrees", subject, f"has {done} done of {total}, which is not {share}", report)
    for name in ("done", "share"):
        for before, after in _consecutive(reports, name):
            old, new = getattr(before.event, name), getattr(after.event, name)
            if surely_below(new, old):
                yield oddity("progress-falls", subject, f"fell from {old} to {new} done", before, after)
    for before, after in _consecutive(reports, "total"):
        old, new = before.event.total, after.event.total
        if surely_below(new, old) or surely_below(old, new):
            yield oddity("total-changes", subject, f"was counted of {old}, then of {new}", before, after)


def _disagrees(done: Count, total: Count, share: Percent) -> bool:
    """Tell whether a share differs by more than one percentage point from the exact count in the same report."""
    if done.bound != "exact" or total.bound != "exact":
        return False
    hundredths = 100 * done.number
    is_under = hundredths <= (share.number - 1) * total.number
    is_over = hundredths >= (share.number + 1) * total.number
    return (is_under and share.bound in ("exact", "at-least")) or (is_over and share.bound in ("exact", "at-most"))


def _stage(report: Any) -> UseStage | None:  # noqa: ANN401  an occurrence
    stage: UseStage | None = getattr(report.event, "stage", None)
    return stage


def _consecutive(reports: Sequence[Any], name: str) -> Iterable[tuple[Any, Any]]:
    """Yield each report with the figure *name*, preceded by the last one with it that is surely of an earlier day."""
    earlier: dict[UseStage | None, list[Any]] = defaultdict(list)
    for after in reports:
        if getattr(after.event, name) is not None:
            known = earlier[_stage(after)]
            before = next((one for one in reversed(known) if one.event.as_of.surely_before(after.event.as_of)), None)
            if before:
                yield before, after
            known.append(after)
