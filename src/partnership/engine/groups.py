"""Settle a group: from what was told of subjects that belong together to what is believed to have happened."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from attrs import frozen

from partnership.engine.claim_findings import findings_about
from partnership.engine.corrections import apply_corrections
from partnership.engine.resolution import Policy, group_by_identity, resolve
from partnership.engine.visibility import is_desks_own
from partnership.model.construct import constructor
from partnership.model.occurrence import Evidence, Finding, Occurrence

__all__ = ["NOTHING", "ResolvedGroup", "resolve_group"]


@frozen(eq=False, weakref_slot=False)
class ResolvedGroup:
    """What a group of subjects comes to.

    Attributes:
        told: what entries tell of it, as the cut selects them.
        occurrences: what is believed to have happened, those after the day too.
        superseded: by claim, the amendments that undid it.
        findings: what is odd about the claims themselves.
        since: the first day on which anything of it was known.
        until: the day from which all of it was known.
    """

    told: Sequence[Evidence]
    occurrences: tuple[Occurrence, ...]
    superseded: Mapping[str, tuple[str, ...]]
    findings: tuple[Finding, ...]
    since: date
    until: date


_settled: Callable[..., ResolvedGroup] = constructor(ResolvedGroup)
NOTHING = ResolvedGroup((), (), {}, (), date.max, date.min)
"""Of a group of which nothing was known."""


def resolve_group(told: Sequence[Evidence], names: Mapping[str, str], policy: Policy) -> ResolvedGroup:
    """Return what a group comes to.

    Args:
        told: what entries tell of it, as a cut selects them.
        names: by subject, its one name, for subjects that are the same as others.
        policy: what is believed where sources differ.
    """
    effective = apply_corrections(told, names)
    believed = [resolve(group, policy) for group in group_by_identity(effective.evidence)]
    occurrences = tuple([one for one, _ in believed])
    days = [one.known_from for one in told]
    odd = tuple(findings_about(effective, believed))
    return _settled(told, occurrences, effective.superseded, odd, min(days), _until(told))


def _until(told: Sequence[Evidence]) -> date:
    """Return the day from which all that was told was known; what the desk mends is known when what it mends is."""
    return max((one.known_from for one in told if not is_desks_own(one)), default=date.max)
