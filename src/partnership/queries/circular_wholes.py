"""Wholes that are parts of themselves: a mistake that no single claim shows, and two claims may make together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from partnership.model.findings import contradiction
from partnership.model.occurrence import Finding, Occurrence

__all__ = ["circular_parts"]


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
    for subject in wholes:
        chain = [subject]
        while (whole := wholes.get(chain[-1])) and whole not in chain:
            chain.append(whole)
        if whole == subject:
            cited = [item for item in occurrences if item.subject in chain and getattr(item.event, "part_of", None)]
            through = f" through {', '.join(chain[1:])}" if len(chain) > 1 else ""
            yield contradiction("part-of-itself", subject, f"is said to be part of itself{through}", *cited)
