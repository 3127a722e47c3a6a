"""Distinctions that a source claims: the first, the largest, the only one; among what, and since when."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import field

from partnership import fields
from partnership._frozen import frozen
from partnership.model import converters
from partnership.model.construct import replace
from partnership.model.converters import ACCOUNT, LABEL, PERSON, PLACE
from partnership.model.event import Event
from partnership.model.kind import BuiltInKind, Kind
from partnership.model.occurrence import Occurrence
from partnership.model.ordinals import ordinal_number
from partnership.model.projection import Projection, copy_fields
from partnership.model.value_text import value_in_words
from partnership.values.amounts import Duration
from partnership.values.when import When

__all__ = ["DistinctionStated"]


def _place(ranking: str) -> frozenset[int]:
    return frozenset({ordinal_number(ranking) or 1})


_RANKING: Mapping[str, Any] = {"meaning": _place}
"""Metadata of a ranking: "second largest" is the second place, and a word without a number is the first one."""


@frozen(kw_only=True)
class DistinctionStated(Event):
    """A source states that something is the first, the largest or the only one of its sort.

    Only one can have a distinction, so the subject stands for the distinction and not for what has it: sources that
    name different holders, or another place in the ranking, are a dispute.

    Attributes:
        ranking: the place: "first", "second", "largest", "second largest", "only".
        of: among what, in words that can follow the ranking: "visit of a British prime minister to China".
        since: the time that the source names: 2018 in "the first since 2018", 2009 in "the largest since 2009".
        duration: how long it has been held without interruption: "the largest for nine years in a row".
        concerns: what has the distinction, ``kind:slug``.
        party: the party that has it.
        person: name of the person who has it.
        place: city, country or region within which it holds.
        text: the statement in the source's words.
        interval: how long there was none before, if the source gives no date: "the first in nine years".
    """

    name = "distinction-stated"
    kind = "distinction"
    rank = 10

    ranking: str = field(converter=converters.needed_name, metadata=_RANKING)
    of: str | None = field(default=None, converter=converters.name, metadata=LABEL)
    since: When | None = field(default=None, converter=converters.day)
    duration: Duration | None = field(default=None, converter=converters.duration)
    concerns: str | None = fields.ref()
    party: str | None = field(default=None, converter=converters.code)
    person: str | None = field(default=None, converter=converters.name, metadata=PERSON)
    place: str | None = field(default=None, converter=converters.name, metadata=PLACE)
    text: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    interval: Duration | None = field(default=None, converter=converters.duration)


@frozen
class Distinction:
    """The state of one distinction.

    Attributes:
        subject: the distinction, ``distinction:slug``.
        ranking: the place: "first", "second largest".
        concerns: what has the distinction, ``kind:slug``.
        stated_on: date of the statement, if a source says so.
        disputed: names of the fields on which sources differ.
    """

    subject: str
    ranking: str | None = None
    of: str | None = None
    since: When | None = None
    duration: Duration | None = None
    concerns: str | None = None
    party: str | None = None
    person: str | None = None
    place: str | None = None
    text: str | None = None
    texts: tuple[str, ...] = ()
    interval: Duration | None = None
    stated_on: When | None = None
    disputed: tuple[str, ...] = ()

    @property
    def title(self) -> str | None:
        """The distinction in words: "first visit of a British prime minister to China since 2018"."""
        since = f"since {value_in_words(self.since)}" if self.since else None
        interval = f"in {value_in_words(self.interval)}" if self.interval else None
        duration = f"for {value_in_words(self.duration)}" if self.duration else None
        return " ".join(part for part in (self.ranking, self.of, since or interval, duration) if part) or None


_COPIED_FIELDS = ("ranking", "of", "since", "duration", "concerns", "party", "person", "place", "text", "interval")


def evolve(state: Distinction, occurrence: Occurrence) -> Distinction:
    """Return the distinction after one more occurrence."""
    if not isinstance(occurrence.event, DistinctionStated):
        return state
    state = copy_fields(state, occurrence, *_COPIED_FIELDS, stated_on="on")
    return replace(state, texts=occurrence.labels["text"])


distinctions: Kind[Distinction] = BuiltInKind(
    "distinction",
    events=(DistinctionStated,),
    projection=Projection("distinctions", Distinction, evolve, kind="distinction"),
)
"""The kind of subject: distinction."""
