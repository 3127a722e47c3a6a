"""An event with remarks of its own, among others that are added in one call."""

from __future__ import annotations

from collections.abc import Iterable
from types import EllipsisType
from typing import Any

from attrs import field

from partnership._frozen import frozen
from partnership.model.converters import repeatable
from partnership.model.event import Event
from partnership.values.sources import Certainty


@frozen
class Remarked:
    """An event with its own remarks, for `Record.add` and a `Record.citing` block.

    What is left out is as the call gives it, for all its events; what is given, None included, replaces that.

    Attributes:
        event: what the source states.
        speaker: who is quoted; None for the document's own words.
        certainty: how certain the wording is.
        inferred: names of fields of the event that the recorder supplied.
        note: the recorder's own words.
        shared: whether the entry may be shared.

    >>> from partnership.events import MeetingHeld, ProjectApproved
    >>> import partnership as ps
    >>> record = ps.open(":memory:")
    >>> entries = record.add(
    ...     ps.Remarked(MeetingHeld("committee-3", on="2021-06-28"), inferred=["on"]),
    ...     ProjectApproved("solar-park", meeting="committee-3"),
    ...     source=ps.Source("VNA", published="2021-07-01"),
    ... )
    >>> [entry.remarks.inferred for entry in entries]
    [('on',), ()]
    """

    event: Event
    speaker: str | EllipsisType | None = field(default=..., kw_only=True)
    certainty: Certainty | EllipsisType | None = field(default=..., kw_only=True)
    inferred: Iterable[str] | EllipsisType = field(default=..., converter=repeatable, kw_only=True)
    note: str | EllipsisType | None = field(default=..., kw_only=True)
    shared: bool | EllipsisType | None = field(default=..., kw_only=True)


def with_remarks(event: Event | Remarked, defaults: dict[str, Any]) -> tuple[Event, dict[str, Any]]:
    """Return an event, and its speaker and remarks: its own ones, or else those of the call."""
    if not isinstance(event, Remarked):
        return event, defaults
    own = {name: getattr(event, name) for name in defaults}
    return event.event, {name: defaults[name] if value is ... else value for name, value in own.items()}
