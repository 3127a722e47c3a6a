"""Parts and wholes: what all subjects share that may be part of another, add to another or carry on another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from partnership.model.findings import oddity
from partnership.model.occurrence import Finding, Occurrence
from partnership.model.ranges import NOTHING, range_of
from partnership.values.amounts import Money


def impossible_parts(event: Any) -> tuple[str, ...]:  # noqa: ANN401  an event with some of the three fields
    """Return why an event cannot be part of, add to or continue what it names: its own subject, or one as both."""
    whole, additional = getattr(event, "part_of", None), getattr(event, "additional_to", ())
    if whole == event.about:
        return (f"part_of: {whole!r} is no part of itself; name the whole",)
    if event.about in additional:
        return (f"additional_to: {event.about!r} does not add to itself; name the other one",)
    if whole is not None and whole in additional:
        return (f"additional_to: a part of {whole!r} does not add to it; keep one of the two",)
    if getattr(event, "continues", None) == event.subject:
        return (f"continues: {event.subject!r} does not continue itself; name the earlier one",)
    return ()


def odd_parts(
    subject: str, whole: Money | None, parts: Sequence[Occurrence], stating: Sequence[Occurrence], name: str
) -> Iterable[Finding]:
    """Find ``parts-exceed-whole``: the sums of the parts in the currency of the whole are surely more than it.

    Of each part the last sum counts that a report gives which also says what it is a part of.

    Args:
        subject: the whole, ``kind:slug``.
        whole: its sum.
        parts: occurrences about its parts that may state their sums, in order.
        stating: occurrences about the whole that may state its sum.
        name: the field of these events with the sum.
    """
    if whole is None:
        return

    def in_its_currency(occurrences: Sequence[Occurrence]) -> list[Occurrence]:
        sums = [(item, getattr(item.event, name, None)) for item in occurrences]
        return [item for item, amount in sums if amount is not None and amount.currency == whole.currency]

    latest = {item.subject: item for item in in_its_currency(parts)}
    total = sum((range_of(getattr(item.event, name)) for item in latest.values()), NOTHING)
    if range_of(whole).surely_below(total):
        sentence = f"is {whole}, and its parts are {' + '.join(str(getattr(i.event, name)) for i in latest.values())}"
        yield oddity("parts-exceed-whole", subject, sentence, *in_its_currency(stating), *latest.values())
