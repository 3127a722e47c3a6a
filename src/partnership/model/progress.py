"""How much is done: counts that sources report day by day, and what is odd about a row of them.

The figures are opaque: nobody says which lines they count, and the words for *done* differ (AR-020 to AR-023). They
are kept as they were said, and never mixed with what a record can count by itself.

Source: ``domain.md`` 0, finding 5, and 2.7.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from attrs import frozen

from partnership.model.findings import oddity
from partnership.model.occurrence import Finding, Occurrence
from partnership.values.amounts import Count, Percent, surely_below
from partnership.values.when import When

__all__ = ["Progress", "odd_counts", "with_count"]


@frozen
class Progress:
    """One count of what is done.

    Attributes:
        as_of: the day of the count.
        done: how much is done.
        total: of how much.
        share: the same in hundredths, where the source gives it so.
        verb: the source's word for done.
        is_disputed: sources give different figures for that day.
    """

    as_of: When
    done: Count | None
    total: Count | None
    share: Percent | None
    verb: str | None
    is_disputed: bool


def with_count(rows: Sequence[Progress], occurrence: Occurrence) -> tuple[Progress, ...]:
    """Return the counts with one more, in the order of their days."""
    event: Any = occurrence.event  # any report of progress
    is_disputed = not {"done", "share"}.isdisjoint(occurrence.disputed)
    row = Progress(event.as_of, event.done, event.total, event.share, event.verb, is_disputed)
    return tuple(sorted((*rows, row), key=lambda one: _by_day(one.as_of)))


def _by_day(as_of: When) -> tuple[date, str]:
    return (as_of.latest or date.max, as_of.text)


def odd_counts(subject: str, counts: Iterable[Any]) -> Iterable[Finding]:
    """Find what is odd in reports of progress.

    ``done-over-total``, ``share-disagrees`` (with the count beside it), and of two days that surely follow one another
    ``progress-falls`` and ``total-changes``. Figures that are only a floor, a ceiling or a guess prove little.

    Source: ``domain.md`` 2.7: a source may have printed it, so it is recorded and found.
    """
    reports = sorted(counts, key=lambda one: _by_day(one.event.as_of))
    for one in reports:
        done, total, share = one.event.done, one.event.total, one.event.share
        if done and total and surely_below(total, done):
            yield oddity("done-over-total", subject, f"has {done} done of {total}", one)
        if done and total and share and _disagrees(done, total, share):
            yield oddity("share-disagrees", subject, f"has {done} done of {total}, which is not {share}", one)
    for name in ("done", "share"):
        for before, after in _in_turn(reports, name):
            old, new = getattr(before.event, name), getattr(after.event, name)
            if surely_below(new, old):
                yield oddity("progress-falls", subject, f"fell from {old} to {new} done", before, after)
    for before, after in _in_turn(reports, "total"):
        old, new = before.event.total, after.event.total
        if surely_below(new, old) or surely_below(old, new):
            yield oddity("total-changes", subject, f"was counted of {old}, then of {new}", before, after)


def _disagrees(done: Count, total: Count, share: Percent) -> bool:
    """Tell whether a share is more than one hundredth away from the exact count beside it."""
    if done.bound != "exact" or total.bound != "exact":
        return False
    hundredths = 100 * done.number
    is_under = hundredths <= (share.number - 1) * total.number
    is_over = hundredths >= (share.number + 1) * total.number
    return (is_under and share.bound in ("exact", "at-least")) or (is_over and share.bound in ("exact", "at-most"))


def _in_turn(reports: Sequence[Any], name: str) -> Iterable[tuple[Any, Any]]:
    """Yield each report that has a figure, behind the last one that has it and is surely of an earlier day."""
    having = [one for one in reports if getattr(one.event, name) is not None]
    for place, after in enumerate(having):
        before = [one for one in having[:place] if one.event.as_of.surely_before(after.event.as_of)]
        if before:
            yield before[-1], after
