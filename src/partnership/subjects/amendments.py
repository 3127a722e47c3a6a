"""Corrections: claims about claims. A desk or a publisher mends what was recorded, and nothing is taken away.

A slip of the desk and a publisher's change of word are corrections; a change of the world or of a plan is a new
event; two names for one subject are *same*.

Source: ``design.md`` 4, settle; ``domain.md`` 1.
"""

from __future__ import annotations

from typing import Any

import attrs
from attrs import field, frozen

from partnership.errors import InvalidValue
from partnership.model import converters
from partnership.model.converters import LABEL
from partnership.model.event import Event
from partnership.model.kind import Kind

__all__ = ["AMENDMENTS", "ClaimCorrected", "ClaimPreferred", "ClaimRetracted", "SubjectsDeclaredSame"]


@frozen(kw_only=True)
class Amendment(Event):
    """An event that aims at a claim: its subject is the claim's id.

    Attributes:
        reason: why, in the desk's or the publisher's words.
        seen: ids of the amendments that aimed at the claim already. They make a second retraction, after the first
            was superseded, another claim than the first: in the same words it would be swallowed.
    """

    kind = "claim"

    reason: str | None = field(default=None, converter=converters.words, metadata=LABEL)
    seen: tuple[str, ...] = field(default=(), converter=converters.sorted_slugs)


def _event(value: Event) -> Event:
    return converters.convert(_whole, value)


def _whole(value: object) -> Event:
    if isinstance(value, Event):
        return value
    raise InvalidValue(value, "is not an event", "give the whole event as it should have been")


@frozen(kw_only=True)
class ClaimCorrected(Amendment):
    """The claim should have said this instead.

    Attributes:
        event: what it should have said, whole.
    """

    name = "claim-corrected"

    event: Event = field(converter=_event)


@frozen(kw_only=True)
class ClaimRetracted(Amendment):
    """The claim should not be there."""

    name = "claim-retracted"


@frozen(kw_only=True)
class ClaimPreferred(Amendment):
    """The desk believes this claim where sources differ: the only way to settle a source's own error.

    Attributes:
        field: the field on which it is preferred; all of them where absent.
    """

    name = "claim-preferred"

    field: str | None = attrs.field(default=None, converter=converters.name)


@frozen(kw_only=True)
class SubjectsDeclaredSame(Event):
    """Two subjects of one kind are one.

    Attributes:
        of: the kind of both.
        other: the slug of the second; the two stand in the order of the alphabet, for "same" has no direction.
        reason: why.
    """

    name = "subjects-declared-same"
    kind = "subject"

    of: str = field(converter=converters.slug)
    other: str = field(converter=converters.slug)
    reason: str | None = field(default=None, converter=converters.words, metadata=LABEL)

    def impossible(self) -> tuple[str, ...]:
        """Refuse one subject that is the same as itself, and two in the wrong order."""
        return () if self.subject < self.other else (f"other: must come after {self.subject!r} in the alphabet",)


AMENDMENTS: tuple[type[Event], ...] = (ClaimCorrected, ClaimRetracted, ClaimPreferred, SubjectsDeclaredSame)
"""Events that settle reads before it believes anything; they are folded into no state."""

claims: Kind[Any] = Kind("claim", events=(ClaimCorrected, ClaimPreferred, ClaimRetracted))
"""Claims, as the subjects of corrections."""

subjects: Kind[Any] = Kind("subject", events=(SubjectsDeclaredSame,))
"""Subjects, as the subjects of declarations that two are one."""
