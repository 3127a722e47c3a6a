"""Diff: what we learned between two days, what happened, and what merely fell due."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import attrs
from attrs import frozen

from partnership.reading.project import Folded
from partnership.values.markup import Printed

__all__ = ["Change", "changes", "shown"]


@frozen(repr=False)
class Change(Printed):
    """A field of a state that is not what it was.

    Attributes:
        subject: of what, ``kind:slug``.
        field: of its state.
        before: what it was; None where there was nothing.
        after: what it is; None where there is nothing any more.
    """

    subject: str
    field: str
    before: Any
    after: Any

    def __str__(self) -> str:
        return f"{self.subject} {self.field}: {shown(self.before)} → {shown(self.after)}"


def shown(value: object) -> str:
    """Return a value of a state in words, for a line of text."""
    if isinstance(value, tuple):
        return ", ".join(map(shown, value)) or "nothing"
    return "nothing" if value is None else " ".join(str(getattr(value, "planned", value)).split())


def changes(before: Mapping[str, Folded[Any]], after: Mapping[str, Folded[Any]]) -> Iterable[Change]:
    """Return what differs between two sets of states of one projection, by key and field."""
    for key in sorted({*before, *after}):
        old, new = _fields(before.get(key)), _fields(after.get(key))
        for name in {**old, **new}:
            if name not in ("subject", "outcomes") and old.get(name) != new.get(name):
                yield Change(key, name, old.get(name), new.get(name))


def _fields(folded: Folded[Any] | None) -> dict[str, Any]:
    if folded is None:
        return {}
    state = folded.state
    return {
        one.name: value for one in attrs.fields(type(state)) if (value := getattr(state, one.name)) not in (None, ())
    }
