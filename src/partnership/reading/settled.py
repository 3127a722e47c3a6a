"""Settle a group: from what was told of subjects that belong together to what is believed to have happened."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from attrs import frozen

from partnership.model.happening import Evidence, Finding, Happening
from partnership.model.making import maker
from partnership.reading.belief import Policy, believe, same_happening
from partnership.reading.claims import findings_about
from partnership.reading.mend import mend
from partnership.reading.select import is_desks_own

__all__ = ["NOTHING", "Settled", "settle"]


@frozen(eq=False, weakref_slot=False)
class Settled:
    """What a group of subjects comes to.

    Attributes:
        told: what entries tell of it, as the cut selects them.
        happenings: what is believed to have happened, those after the day too.
        undone: by claim, the pointers that undid it.
        findings: what is odd about the claims themselves.
        since: the first day on which anything of it was known.
        until: the day from which all of it was known.
    """

    told: Sequence[Evidence]
    happenings: tuple[Happening, ...]
    undone: Mapping[str, tuple[str, ...]]
    findings: tuple[Finding, ...]
    since: date
    until: date


_settled: Callable[..., Settled] = maker(Settled)
NOTHING = Settled((), (), {}, (), date.max, date.min)
"""Of a group of which nothing was known."""


def settle(told: Sequence[Evidence], names: Mapping[str, str], policy: Policy) -> Settled:
    """Return what a group comes to.

    Args:
        told: what entries tell of it, as a cut selects them.
        names: by subject, its one name, for subjects that are the same as others.
        policy: what is believed where sources differ.
    """
    mended = mend(told, names)
    believed = [believe(group, policy) for group in same_happening(mended.evidence)]
    happenings = tuple([one for one, _ in believed])
    days = [one.known_from for one in told]
    odd = tuple(findings_about(mended, believed))
    return _settled(told, happenings, mended.undone, odd, min(days), _until(told))


def _until(told: Sequence[Evidence]) -> date:
    """Return the day from which all that was told was known; what the desk mends is known when what it mends is."""
    return max((one.known_from for one in told if not is_desks_own(one)), default=date.max)
