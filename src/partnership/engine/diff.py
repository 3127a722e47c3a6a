"""Compare the states of a projection in two views."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

import attrs

from partnership._frozen import frozen
from partnership.engine.fold import Folded
from partnership.model.expectations import Expectation
from partnership.model.value_text import is_row, is_same, name_in_words, row_fields, value_in_words
from partnership.values.display import Displayable


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

    _plural: ClassVar = "changes"
    _headings: ClassVar = ("what", "field", "change")

    def _cells(self) -> tuple[object, ...]:
        return self.subject, name_in_words(self.field), self._difference()

    def _text(self) -> str:
        return f"{self.subject} {self.field}: {self._difference()}"

    def _difference(self) -> str:
        before, after = self.before, self.after
        if not (isinstance(before, tuple) and isinstance(after, tuple)):
            return f"{shown(before)} → {shown(after)}"
        removed, added = list_difference(before, after)
        if removed and added and all(isinstance(value, Expectation) for value in (*removed, *added)):
            return f"{shown(removed)} → {shown(added)}"
        parts = [f"now also {shown(added)}"] if added else []
        parts += [f"no longer {shown(removed)}"] if removed else []
        return ", ".join(parts) or f"in another order: {shown(after)}"


def list_difference(before: Iterable[Any], after: Iterable[Any]) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """Return the values that a list has lost and those that it has got, of a repeated value each one by itself."""
    removed, added = list(before), []
    for value in after:
        index = next((index for index, other in enumerate(removed) if _tells_same(other, value)), None)
        if index is None:
            added.append(value)
        else:
            del removed[index]
    return tuple(removed), tuple(added)


def shown(value: Any) -> str:  # noqa: ANN401  a value of any field
    """Return a value of a state as one line of text, "nothing" if it is empty."""
    return value_in_words(value) or "nothing"


def changes(before: Mapping[str, Folded[Any]], after: Mapping[str, Folded[Any]]) -> Iterable[Change]:
    """Yield the differences between two sets of states of one projection, by key and field."""
    for key in sorted({*before, *after}):
        old, new = _fields(before.get(key)), _fields(after.get(key))
        for name in {**old, **new}:
            if name not in ("subject", "outcomes") and not _tells_same(old.get(name), new.get(name)):
                yield Change(key, name, old.get(name), new.get(name))


def _tells_same(value: object, other: object) -> bool:
    """Tell whether two values say the same of the world: a plan that more sources announce is the same plan."""
    return is_same(value, other) or is_same(_told(value), _told(other))


def _told(value: Any) -> Any:  # noqa: ANN401  a value of any field
    """Return a value without what only records who said it when, and without bounds of dates that it shows itself."""
    if isinstance(value, tuple):
        return tuple(map(_told, value))
    if isinstance(value, Expectation):
        return value.planned, value.act, value.by
    return tuple((name, _told(item)) for name, item in row_fields(value).items()) if is_row(value) else value


def _fields(folded: Folded[Any] | None) -> dict[str, Any]:
    if folded is None:
        return {}
    state = folded.state
    values = {field.name: getattr(state, field.name) for field in attrs.fields(type(state))}
    return {name: value for name, value in values.items() if value not in (None, ())}
