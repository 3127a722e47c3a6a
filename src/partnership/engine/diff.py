"""Diff: what we learned between two days, what happened, and what merely fell due."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import attrs
from attrs import frozen

from partnership.engine.fold import Folded
from partnership.model.expectations import Outcome
from partnership.values.display import Displayable

__all__ = ["Change", "changes", "shown"]


@frozen(repr=False)
class Change(Displayable):
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

    def _text(self) -> str:
        return f"{self.subject} {self.field}: {self._moved()}"

    def _moved(self) -> str:
        """Return what the field was and is; of a list, what came and what went."""
        before, after = self.before, self.after
        if not (isinstance(before, tuple) and isinstance(after, tuple)):
            return f"{shown(before)} → {shown(after)}"
        came, gone = (tuple(x for x in one if x not in other) for one, other in ((after, before), (before, after)))
        told = [f"{word} {shown(each)}" for word, each in (("now also", came), ("no longer", gone)) if each]
        return ", ".join(told) or f"in another order: {shown(after)}"


def shown(value: Any) -> str:  # noqa: ANN401  a value of any field
    """Return a value of a state in words, for a line of text; a row field by field, without what is not said."""
    if isinstance(value, tuple):
        return ("; " if any(map(_is_row, value)) else ", ").join(map(shown, value)) or "nothing"
    if hasattr(value, "planned"):
        return shown(value.planned)
    if _is_row(value):
        told = ((one.name, getattr(value, one.name)) for one in attrs.fields(type(value)))
        return ", ".join(
            f"{name.replace('_', ' ')} {shown(one)}"
            for name, one in told
            if one not in (None, (), False) and not _is_bound(one)
        )
    return "nothing" if value is None else " ".join(str(value).split())


def _is_row(value: object) -> bool:
    """Tell whether a value is several fields, and no word of its own, as a day or an amount is."""
    return attrs.has(type(value)) and type(value).__str__ is object.__str__ and not hasattr(value, "planned")


def _is_bound(value: object) -> bool:
    """Tell whether a value only bounds when something was so."""
    return any(isinstance(one, Outcome) for one in (value if isinstance(value, tuple) else (value,)))


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
