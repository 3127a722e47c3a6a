"""The states that a view returns, and the days and times that its methods take."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time
from typing import Any, Generic, NoReturn, Protocol, TypeVar, overload

from partnership.engine.query import Query
from partnership.errors import InvalidValue, StorageError, UnknownSubject
from partnership.model.projection import Projection
from partnership.serialization.index_keys import subjects_of
from partnership.values.display import MAX_ROWS, one_line, table
from partnership.values.text import nearest, split_subject
from partnership.values.when import When

S = TypeVar("S")
T = TypeVar("T")

_NAMES_AT_A_PROMPT = 8


def day_of(value: object, argument: str) -> date | None:
    """Return an exact day, or None for None.

    Args:
        value: a date or its text.
        argument: name of the argument, for the error.

    Raises:
        InvalidValue: it is not a day, or a vague one.
    """
    if value is None or type(value) is date:
        return value
    example: object = "2021-02-01"
    if isinstance(value, str | When | datetime):
        try:
            when = When(value)
        except InvalidValue:
            if any(map(str.isdigit, str(value))):  # the error says what is wrong with the date
                raise
            raise InvalidValue(str(value), f"is not a day, as {argument} needs", f"write one as {example}") from None
        if when.is_day:
            return when.earliest
        example = when.latest or when.earliest
    raise InvalidValue(str(value), f"is not a day, as {argument} needs", f"write an exact one, as {example}")


def in_utc(moment: datetime) -> datetime:
    """Return an aware moment in UTC, as a plain `datetime`; the nearest one if the calendar has none."""
    try:
        moved = datetime.astimezone(moment, UTC)
    except OverflowError:
        return datetime.min.replace(tzinfo=UTC) if moment.year == 1 else datetime.max.replace(tzinfo=UTC)
    return datetime.combine(datetime.date(moved), datetime.time(moved), UTC)  # a subclass may say that it is another


def refuse_copy(value: object) -> NoReturn:
    """Refuse to pickle or copy what reads from an open record.

    Raises:
        InvalidValue: always.
    """
    advice = "open the record where it is needed, or pass on what was asked of it: dict(record.meetings)"
    raise InvalidValue(repr(value), "reads from an open record, and cannot be pickled or copied", advice)


def instant_of(value: object) -> datetime | None:
    """Return a time in UTC; for a day, its end.

    Raises:
        InvalidValue: it is a datetime without a time zone, or not an exact day.
    """
    if value is None:
        return None
    if isinstance(value, datetime):
        if value.utcoffset() is None:
            raise InvalidValue(str(value), "has no time zone", "write datetime(2021, 2, 1, tzinfo=UTC), or a day")
        return in_utc(value)
    day = day_of(value, "recorded=")
    return datetime.combine(day, time.max, UTC) if day else None


def unknown_subject(
    query: Query, name: str, near: Iterable[str] = (), kinds: Collection[str] | None = None
) -> UnknownSubject:
    """Return the error for a subject of which a query has nothing, with the day from which something is known.

    Args:
        query: the query, perhaps as of a day before that.
        name: ``kind:slug``, or a bare slug.
        near: subjects with similar names.
        kinds: the kinds of which a bare slug may be; by default all.
    """
    source, known = query.index.entry_source, query.scope.known
    if known is None:
        return UnknownSubject(name, (*near,))
    subjects = {name} if ":" in name else {f"{kind}:{name}" for kind in (source.kinds if kinds is None else kinds)}
    found = (item for _, item in source.find(subjects=subjects) if not subjects.isdisjoint(subjects_of(item.event)))
    first = min((item.known_from for item in found if item.known_from < date.max), default=known)
    return UnknownSubject(name, (), known, first) if first > known else UnknownSubject(name, (*near,))


class States(Mapping[str, S], Generic[S]):
    """The states of a projection, by slug if it is about one kind of subject, otherwise by its own keys.

    A subject is found by any of its names, with or without its kind: ``meeting:slug`` as well as ``slug``.

    The states are those of the moment at which the view returned this mapping. Ask the view again to see later entries.
    """

    def __init__(self, projection: Projection[S], query: Query) -> None:
        self._projection = projection
        self._query = query
        self._head = query.index.head
        self._loaded: Mapping[str, S] | None = None

    def __getitem__(self, name: str) -> S:
        if not isinstance(name, str):
            raise UnknownSubject(repr(name))
        state = self._state(name)
        if state is None:
            known = list(self) if self._query.index.is_quick_to_load else []
            kinds = [self._projection.kind] if self._projection.kind else []
            raise unknown_subject(self._query, name, nearest(name, known), kinds)
        return state

    @overload
    def get(self, name: str, /) -> S | None: ...
    @overload
    def get(self, name: str, default: S | T, /) -> S | T: ...
    def get(self, name: str, default: S | T | None = None, /) -> S | T | None:
        """Return the state of a subject, or the default if it has none."""
        return self[name] if name in self else default  # noqa: SIM401  this is `get`

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self._state(name) is not None

    def key(self, name: str) -> str:
        """Return the key for a name, ``kind:slug`` with the canonical name, whether or not it has a state."""
        kind = self._projection.kind
        key = f"{kind}:{name}" if kind and ":" not in name else name
        with self._query.index.lock:
            return self._query_then().names.get(key, key)

    def __iter__(self) -> Iterator[str]:
        return iter([split_subject(key)[1] if self._projection.kind else key for key in self._load()])

    def __len__(self) -> int:
        return len(self._load())

    def _query_then(self) -> Query:
        """Return a query of the entries at the time of this mapping; the caller holds the lock of the index."""
        self._query = self._query.at(self._head)
        return self._query

    def _state(self, name: str) -> S | None:
        with self._query.index.lock:
            key = self.key(name)
            if self._loaded is None:
                return self._query_then().state(self._projection, key)
            return self._loaded.get(key)

    def _load(self) -> Mapping[str, S]:
        """Return all states by key; they are read once."""
        with self._query.index.lock:
            if self._loaded is None:
                self._loaded = self._query_then().states(self._projection)
            return self._loaded

    def __reduce__(self) -> NoReturn:
        refuse_copy(self)

    def __repr__(self) -> str:
        names = self._names()
        if isinstance(names, str):
            return f"<{one_line(self._projection.name)} of {names}>"
        listed = [*names[:_NAMES_AT_A_PROMPT], *(["…"] if len(names) > _NAMES_AT_A_PROMPT else [])]
        return f"<{one_line(self._projection.name)}: {', '.join(map(one_line, listed))}>"

    def __rich_repr__(self) -> Iterator[Any]:
        from partnership.render.state_table import in_brief  # noqa: PLC0415  loaded on first use

        names = self._names()
        yield self._projection.name
        if isinstance(names, str):
            yield names
            return
        yield "states", len(names)
        yield from ((one_line(name), in_brief(self[name])) for name in names[:MAX_ROWS])

    def _repr_html_(self) -> str:
        from partnership.render.state_table import states_table  # noqa: PLC0415  loaded on first use

        with self._query.index.lock:
            names = self._names()
            if isinstance(names, str):
                return table(f"{self._projection.name} of {names}", (), ())
            return states_table(self._projection, names, self._query_then())

    def _names(self) -> list[str] | str:
        """Return the names of all states, or a text that says why they are not loaded: a prompt must show that too."""
        if not self._query.index.is_quick_to_load:
            return f"{self._head:,} entries, which are not read to be shown"
        try:
            return list(self)
        except StorageError as error:
            return one_line(error)


class HasStates(Protocol):
    """An object with states of several kinds: a view."""

    def states(self, kind: str, /) -> States[Any]:
        """Return the states of a kind of subject."""
        ...


class StatesProperty(Generic[S]):
    """Property of a view with the states of one built-in kind, typed with the class of the states.

    Attributes:
        plural: plural of the kind, which is the name of the property.
    """

    __slots__ = ("plural",)

    def __init__(self, plural: str) -> None:
        self.plural = plural

    @overload
    def __get__(self, view: None, owner: type) -> StatesProperty[S]: ...
    @overload
    def __get__(self, view: HasStates, owner: type) -> States[S]: ...
    def __get__(self, view: HasStates | None, owner: type) -> StatesProperty[S] | States[S]:
        return self if view is None else view.states(self.plural)
