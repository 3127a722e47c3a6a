"""Wholes that are parts of themselves: a mistake that no single claim shows, and two claims may make together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from partnership.model.findings import contradiction
from partnership.model.occurrence import Finding, Occurrence


def circular_parts(states: Iterable[Any], occurrences: Sequence[Occurrence]) -> Iterable[Finding]:
    """Yield a finding ``part-of-itself`` for each subject that is part of itself, through any number of wholes.

    Args:
        states: states of all kinds; those with `part_of` name their whole, ``kind:slug``.
        occurrences: of any subjects; those with `part_of` are cited.
    """
    wholes: dict[str, str] = {}
    for state in states:
        if whole := getattr(state, "part_of", None):
            wholes[state.subject] = whole
    citing: dict[str, list[int]] = defaultdict(list)
    for number, item in enumerate(occurrences):
        if item.subject in wholes and getattr(item.event, "part_of", None):
            citing[item.subject].append(number)
    circles = _circles(wholes)
    for subject in wholes:
        if circle := circles.get(subject):
            first = circle.index(subject)
            chain = [*circle[first:], *circle[:first]]
            numbers = sorted(number for each in chain for number in citing[each])
            through = f" through {', '.join(chain[1:])}" if len(chain) > 1 else ""
            cited = (occurrences[number] for number in numbers)
            yield contradiction("part-of-itself", subject, f"is said to be part of itself{through}", *cited)


def _circles(wholes: Mapping[str, str]) -> Mapping[str, Sequence[str]]:
    """Return, for each subject in a circle, the circle from part to whole; each subject is visited once."""
    circles: dict[str, list[str]] = {}
    seen: set[str] = set()
    for first in wholes:
        chain: dict[str, int] = {}
        subject: str | None = first
        while subject is not None and subject not in seen:
            seen.add(subject)
            chain[subject] = len(chain)
            subject = wholes.get(subject)
        if subject in chain:
            circle = [*chain][chain[subject] :]
            circles |= dict.fromkeys(circle, circle)
    return circles
