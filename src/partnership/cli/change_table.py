"""Changes of states in a table: the values before and after, in words."""

from __future__ import annotations

from collections.abc import Iterable

import partnership as ps
from partnership.cli.terminal_tables import Table
from partnership.engine.diff import list_difference
from partnership.model.value_text import is_empty, name_in_words, value_in_words

_REDUNDANT_FIELDS = {"titles", "texts", "disputed"}
"""Fields of states whose changes repeat those of other fields."""


def changes_table(title: str, changes: Iterable[ps.Change]) -> Table:
    """Return a table of changes, with those of one subject in one row."""
    by_subject: dict[str, dict[str, None]] = {}  # no text twice: two projections of a kind may change alike
    for change in changes:
        if change.field not in _REDUNDANT_FIELDS:
            text = f"{name_in_words(change.field)}: {_change_text(change)}"
            by_subject.setdefault(change.subject, {})[text] = None
    rows = [((subject,), tuple(texts)) for subject, texts in by_subject.items()]
    return Table(f"{title}: {len(rows)}", ("what", "what changed"), rows)


def _change_text(change: ps.Change) -> str:
    """Return the value before and after; of a list, only the values that were removed and added."""
    before, after = (() if value is None else value for value in (change.before, change.after))
    if isinstance(before, tuple) and isinstance(after, tuple):
        before, after = list_difference(before, after)
        if not before and not after:
            return f"in another order: {value_in_words(change.after)}"
    texts = [value_in_words(value) for value in (before, after) if not is_empty(value)]
    return f"{texts[0]} → nothing" if is_empty(after) else " → ".join(texts)
