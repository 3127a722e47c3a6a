"""How a record and a view show themselves: on one line, as a small table, and to rich (floor 7)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from partnership.errors import StorageError
from partnership.families import Families, consistent
from partnership.questions.phrases import name_in_english
from partnership.reading.belief import most_official
from partnership.reading.road import Reading
from partnership.showing.states import tone_of
from partnership.values.markup import MOST, Html, Printed, dotted, html, one_line, table

__all__ = ["Printed", "Shown"]


class Shown(Families):
    """The claims of one partnership through one cut, and how they show themselves: to the desk, private entries too."""

    def __repr__(self) -> str:
        try:
            reading = self._reading()
        except StorageError as lost:  # closed, or its file is gone: a prompt must show it all the same
            return f"<{type(self).__name__} of {one_line(lost)}>"
        whose = f" of {one_line(self.partnership)}" if self.partnership else ""
        cut = dict(_asked(reading))
        stands = "on" in cut and cut["on"] == cut.get("known")  # on one day, as `as_of(day)` does
        told = [cut.pop("on")] if stands and cut.pop("known") else []
        told += [f"{name}={value}" for name, value in cut.items()]
        through = f" as of {', '.join(told)}, cut from " if told else ": "
        return f"<{type(self).__name__}{whose}{through}{_many(reading.shelf.head, 'entry', 'entries')}>"

    def __rich_repr__(self) -> Iterator[Any]:
        yield "partnership", self.partnership, None
        try:
            reading = self._reading()
        except StorageError as lost:
            yield one_line(lost)
            return
        yield "entries", reading.shelf.head
        yield from _asked(reading)

    def _repr_html_(self) -> str:
        try:
            return self._table()
        except StorageError:  # the title says it
            return table(repr(self)[1:-1], (), ())

    @consistent
    def _table(self) -> str:
        title = repr(self)[1:-1]
        if not self._reading().shelf.is_at_hand:
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


def _asked(reading: Reading) -> Iterator[tuple[str, str]]:
    """Yield what a cut leaves out, by the names of the arguments of `as_of`."""
    cut = reading.cut
    for name, value in (("on", cut.on), ("known", cut.known), ("recorded", cut.recorded)):
        if value is not None:
            yield name, str(value)
    chosen = (("sources", cut.sources), ("policy", None if cut.policy is most_official else cut.policy))
    for name, function in chosen:
        if function is not None:
            yield name, one_line(getattr(function, "__name__", type(function).__name__))


def _statuses(states: Iterable[Any]) -> Html:
    """Return how many stand where, the most first, and on how many sources differ."""
    counted = Counter(status for one in states if isinstance(status := getattr(one, "status", None), str))
    told = [dotted(f"{name_in_english(one)} {number}", tone_of(one)) for one, number in counted.most_common()]
    differ = sum(bool(one.disputed) for one in states)
    told += [dotted(f"sources differ on {differ}", "off")] if differ else []
    return Html(", ".join(told))
