"""What a question is asked with and answered in: days, instants, states by name (floor 7)."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time
from typing import Any, Generic, Protocol, TypeVar, overload

from attrs import define, field, frozen

from partnership.engine.query import Query
from partnership.errors import InvalidValue, StorageError, UnknownSubject
from partnership.model.projection import Projection
from partnership.render.state_table import in_brief, states_table
from partnership.values.display import MOST, one_line, table
from partnership.values.text import split_subject
from partnership.values.when import When

__all__ = ["Asked", "States", "day_of", "instant_of"]

S = TypeVar("S")
T = TypeVar("T")

_NAMED = 8  # states that are named at a prompt


def day_of(value: object, what: str) -> date | None:
    """Return the day that a question is asked for: a day is a day, never a vague date.

    Raises:
        InvalidValue: it is no day, or not an exact one.
    """
    if value is None or type(value) is date:
        return value
    day: object = "2021-02-01"
    if isinstance(value, str | When | datetime):
        try:
            when = When(value)
        except InvalidValue:
            if any(map(str.isdigit, str(value))):  # which says what is wrong with a date
                raise
            raise InvalidValue(str(value), f"is not a day, as {what} needs", f"write one as {day}") from None
        if when.is_day:
            return when.earliest
        day = when.latest or when.earliest
    raise InvalidValue(str(value), f"is not a day, as {what} needs", f"write an exact one, as {day}")


def instant_of(value: object) -> datetime | None:
    """Return the instant that an audit is asked for; a day stands for its end in UTC."""
    if value is None:
        return None
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise InvalidValue(str(value), "has no time zone", "write datetime(2021, 2, 1, tzinfo=UTC), or a day")
        return value.astimezone(UTC)
    day = day_of(value, "recorded=")
    return datetime.combine(day, time.max, UTC) if day else None


@define(eq=False)
class States(Mapping[str, S], Generic[S]):
    """The states of a projection: by slug where it is about one kind of subject, by its own key otherwise.

    A subject that is the same as another is found by either name, and ``kind:slug`` is taken as well as the slug.

    They are those of the moment at which the view was asked for them, whatever is added later: ask the view again.
    """

    _projection: Projection[S]
    _query: Query
    _head: int = field(init=False)
    _all: Mapping[str, S] | None = field(init=False, default=None)

    def __attrs_post_init__(self) -> None:
        self._head = self._query.index.head

    def __getitem__(self, name: str) -> S:
        if not isinstance(name, str):
            raise UnknownSubject(repr(name))
        found = self._state(name)
        if found is None:
            known = list(self) if self._query.index.is_at_hand else []
            raise UnknownSubject(name, tuple(difflib.get_close_matches(name, known, 3)))
        return found

    @overload
    def get(self, name: str, /) -> S | None: ...
    @overload
    def get(self, name: str, default: S | T, /) -> S | T: ...
    def get(self, name: str, default: S | T | None = None, /) -> S | T | None:
        """Return a state by its name, or the default where there is none."""
        return self[name] if name in self else default  # noqa: SIM401  this is `get`

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self._state(name) is not None

    def key(self, name: str) -> str:
        """Return the key under which a name is kept, whether anything is or not."""
        kind = self._projection.kind
        key = f"{kind}:{name}" if kind and ":" not in name else name
        with self._query.index.lock:
            return self._then().names.get(key, key)

    def __iter__(self) -> Iterator[str]:
        return iter([split_subject(key)[1] if self._projection.kind else key for key in self._states()])

    def __len__(self) -> int:
        return len(self._states())

    def _then(self) -> Query:
        """Return the reading of what was there when these were asked for; whoever asks it holds the lock."""
        self._query = self._query.at(self._head)
        return self._query

    def _state(self, name: str) -> S | None:
        with self._query.index.lock:
            key = self.key(name)
            return self._then().state(self._projection, key) if self._all is None else self._all.get(key)

    def _states(self) -> Mapping[str, S]:
        """Return all of them by key, which stay as they are; they are read once."""
        with self._query.index.lock:
            if self._all is None:
                self._all = self._then().states(self._projection)
            return self._all

    def __repr__(self) -> str:
        names = self._names()
        if isinstance(names, str):
            return f"<{one_line(self._projection.name)} of {names}>"
        told = [*names[:_NAMED], *(["…"] if len(names) > _NAMED else [])]
        return f"<{one_line(self._projection.name)}: {', '.join(map(one_line, told))}>"

    def __rich_repr__(self) -> Iterator[Any]:
        names = self._names()
        yield self._projection.name
        if isinstance(names, str):
            yield names
            return
        yield "states", len(names)
        yield from ((one_line(name), in_brief(self[name])) for name in names[:MOST])

    def _repr_html_(self) -> str:
        with self._query.index.lock:
            names = self._names()
            if isinstance(names, str):
                return table(f"{self._projection.name} of {names}", (), ())
            return states_table(self._projection, names, self._then())

    def _names(self) -> list[str] | str:
        """Return the names of all states, or why they are not at hand: a prompt must show that too."""
        if not self._query.index.is_at_hand:
            return f"{self._head:,} entries, which are not read to be shown"
        try:
            return list(self)
        except StorageError as lost:
            return one_line(lost)


class HasStates(Protocol):
    """What has states: a view."""

    def states(self, kind: str, /) -> States[Any]:
        """Return the states of a kind of subject."""
        ...


@frozen
class Asked(Generic[S]):
    """A property of a view: the states of one built-in kind, so that type checkers know of what class they are."""

    plural: str

    @overload
    def __get__(self, view: None, owner: type) -> Asked[S]: ...
    @overload
    def __get__(self, view: HasStates, owner: type) -> States[S]: ...
    def __get__(self, view: HasStates | None, owner: type) -> Asked[S] | States[S]:
        return self if view is None else view.states(self.plural)
