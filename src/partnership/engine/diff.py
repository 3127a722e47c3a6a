"""Compare the states of a projection in two views."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import attrs
from attrs import frozen

from partnership.engine.fold import Folded
from partnership.model.value_text import is_same, value_in_words
from partnership.values.display import Displayable

__all__ = ["Change", "changes", "shown"]


@frozen(repr=False)
class Change(Displayable):
    """A field of a state that differs between two views.

    Attributes:
        subject: the subject, ``kind:slug``.
        field: name of the field of its state.
        before: the value in the earlier view; None where it had none.
        after: the value in the later view; None where it has none.
    """

    subject: str
    field: str
    before: Any
    after: Any

    def _text(self) -> str:
        return f"{self.subject} {self.field}: {self._difference()}"

    def _difference(self) -> str:
        before, after = self.before, self.after
        if not (isinstance(before, tuple) and isinstance(after, tuple)):
            return f"{shown(before)} → {shown(after)}"
        added = tuple(value for value in after if value not in before)
        removed = tuple(value for value in before if value not in after)
        parts = [f"now also {shown(added)}"] if added else []
        parts += [f"no longer {shown(removed)}"] if removed else []
        return ", ".join(parts) or f"in another order: {shown(after)}"


def shown(value: Any) -> str:  # noqa: ANN401  a value of any field
    """Return a value of a state as one line of text, "nothing" if it is empty."""
    return value_in_words(value) or "nothing"


def changes(before: Mapping[str, Folded[Any]], after: Mapping[str, Folded[Any]]) -> Iterable[Change]:
    """Yield the differences between two sets of states of one projection, by key and field."""
    for key in sorted({*before, *after}):
        old, new = _fields(before.get(key)), _fields(after.get(key))
        for name in {**old, **new}:
            if name not in ("subject", "outcomes") and not is_same(old.get(name), new.get(name)):
                yield Change(key, name, old.get(name), new.get(name))


def _fields(folded: Folded[Any] | None) -> dict[str, Any]:
    if folded is None:
        return {}
    state = folded.state
    values = {field.name: getattr(state, field.name) for field in attrs.fields(type(state))}
    return {name: value for name, value in values.items() if value not in (None, ())}
