"""Amendments: claims about claims. Nothing recorded is deleted; an amendment supersedes what it amends.

A desk's own mistake and a publisher's correction are amendments. A change of the world or of a plan is not: it is a new
event. Two names for one subject are declared the same.
"""

from __future__ import annotations

from typing import Any

import attrs
from attrs import field

from partnership._frozen import frozen
from partnership.errors import InvalidValue
from partnership.model import converters
from partnership.model.converters import ACCOUNT
from partnership.model.event import Event
from partnership.model.kind import BuiltInKind, Kind

__all__ = ["AMENDMENTS", "ClaimCorrected", "ClaimPreferred", "ClaimRetracted", "SubjectsDeclaredSame"]


@frozen(kw_only=True)
class Amendment(Event):
    """Base class of events that amend a claim; the subject is the id of that claim.

    Attributes:
        reason: the reason in the desk's or the publisher's words.
        seen: ids of the amendments of the claim that existed already. They make a second retraction, after the first
            was itself retracted, a different claim; otherwise it would have the id of the first and not be added.
    """

    kind = "claim"

    reason: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    seen: tuple[str, ...] = field(default=(), converter=converters.sorted_slugs)


def _convert_event(value: Event) -> Event:
    return converters.convert(_event, value)


def _event(value: object) -> Event:
    if isinstance(value, Event):
        return value
    raise InvalidValue(value, "is not an event", "give the whole event as it should have been")


@frozen(kw_only=True)
class ClaimCorrected(Amendment):
    """A claim is corrected.

    Attributes:
        event: the complete event that it should have had.
    """

    name = "claim-corrected"

    event: Event = field(converter=_convert_event)


@frozen(kw_only=True)
class ClaimRetracted(Amendment):
    """A claim is retracted."""

    name = "claim-retracted"


@frozen(kw_only=True)
class ClaimPreferred(Amendment):
    """The desk prefers a claim where sources differ, for example because another source is known to be wrong.

    Attributes:
        field: the field for which it is preferred; None for all.
    """

    name = "claim-preferred"

    field: str | None = attrs.field(default=None, converter=converters.name)


@frozen(kw_only=True)
class SubjectsDeclaredSame(Event):
    """Two subjects of one kind are declared to be the same.

    Attributes:
        of: the kind of both.
        other: the slug of the second; the two are in alphabetical order, since being the same has no direction.
        reason: the reason in the desk's words.
        seen: the same declaration in the same words, if it had been retracted before; it makes this one a new claim.
    """

    name = "subjects-declared-same"
    kind = "subject"

    of: str = field(converter=converters.slug)
    other: str = field(converter=converters.slug)
    reason: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    seen: tuple[str, ...] = field(default=(), converter=converters.sorted_slugs)

    def impossible(self) -> tuple[str, ...]:
        """Refuse two equal slugs, and two that are not in alphabetical order."""
        return () if self.subject < self.other else (f"other: must come after {self.subject!r} in the alphabet",)


AMENDMENTS: tuple[type[Event], ...] = (ClaimCorrected, ClaimRetracted, ClaimPreferred, SubjectsDeclaredSame)
"""Events that are applied to claims before anything is resolved; no state is computed from them."""

claims: Kind[Any] = BuiltInKind("claim", events=(ClaimCorrected, ClaimPreferred, ClaimRetracted))
"""The kind of subject: a claim that is amended."""

subjects: Kind[Any] = BuiltInKind("subject", events=(SubjectsDeclaredSame,))
"""The kind of subject: a subject that is declared to be the same as another."""
