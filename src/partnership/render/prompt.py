"""How a record and a view show themselves: on one line, as a small table, and to rich (floor 7)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from partnership.engine.query import Query
from partnership.engine.resolution import most_official
from partnership.errors import StorageError
from partnership.model.value_text import name_in_words
from partnership.record.families import Families, consistent
from partnership.render.state_table import tone_of
from partnership.values.display import MOST, Displayable, Html, dotted, html, one_line, table

__all__ = ["Displayable", "Shown"]


class Shown(Families):
    """The claims of one partnership through one cut, and how they show themselves: to the desk, private entries too."""

    def __repr__(self) -> str:
        try:
            query = self._query()
        except StorageError as lost:  # closed, or its file is gone: a prompt must show it all the same
            return f"<{type(self).__name__} of {one_line(lost)}>"
        whose = f" of {one_line(self.partnership)}" if self.partnership else ""
        scope = dict(_asked(query))
        stands = "on" in scope and scope["on"] == scope.get("known")  # on one day, as `as_of(day)` does
        told = [scope.pop("on")] if stands and scope.pop("known") else []
        told += [f"{name}={value}" for name, value in scope.items()]
        through = f" as of {', '.join(told)}, cut from " if told else ": "
        return f"<{type(self).__name__}{whose}{through}{_many(query.index.head, 'entry', 'entries')}>"

    def __rich_repr__(self) -> Iterator[Any]:
        yield "partnership", self.partnership, None
        try:
            query = self._query()
        except StorageError as lost:
            yield one_line(lost)
            return
        yield "entries", query.index.head
        yield from _asked(query)

    def _repr_html_(self) -> str:
        try:
            return self._table()
        except StorageError:  # the title says it
            return table(repr(self)[1:-1], (), ())

    @consistent
    def _table(self) -> str:
        title = repr(self)[1:-1]
        if not self._query().index.is_at_hand:
            return table(title, (), (), notes=("They are not read to be shown: ask for some of them.",))
        kinds = [(name, tuple(self.states(name).values())) for name in self.kinds.plurals]
        told = [(name, states) for name, states in kinds if states]
        rows = [(html(name.replace("_", " ")), len(states), _statuses(states)) for name, states in told]
        cited = self.sources
        publishers = _many(len({one.publisher for one in cited}), "publisher", "publishers")
        documents = f"{_many(len(cited), 'document', 'documents')} of {publishers}"
        more = max(len(rows) - MOST, 0)
        return table(title, ("what", "how many", "where they stand"), rows[:MOST], more=more, notes=(documents,))


def _many(number: int, one: str, several: str) -> str:
    return f"{number:,} {one if number == 1 else several}"


def _asked(query: Query) -> Iterator[tuple[str, str]]:
    """Yield what a cut leaves out, by the names of the arguments of `as_of`."""
    scope = query.scope
    for name, value in (("on", scope.on), ("known", scope.known), ("recorded", scope.recorded)):
        if value is not None:
            yield name, str(value)
    chosen = (("sources", scope.sources), ("policy", None if scope.policy is most_official else scope.policy))
    for name, function in chosen:
        if function is not None:
            yield name, one_line(getattr(function, "__name__", type(function).__name__))


def _statuses(states: Iterable[Any]) -> Html:
    """Return how many stand where, the most first, and on how many sources differ."""
    counted = Counter(status for one in states if isinstance(status := getattr(one, "status", None), str))
    told = [dotted(f"{name_in_words(one)} {number}", tone_of(one)) for one, number in counted.most_common()]
    differ = sum(bool(one.disputed) for one in states)
    told += [dotted(f"sources differ on {differ}", "off")] if differ else []
    return Html(", ".join(told))
