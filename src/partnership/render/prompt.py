"""The display of a record or view at a prompt and in a notebook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any

from partnership.engine.query import Scope
from partnership.engine.resolution import most_official
from partnership.model.value_text import name_in_words
from partnership.render.state_table import tone_of
from partnership.values.date_words import moment_in_words
from partnership.values.display import MAX_ROWS, Html, counted, dotted, html, one_line, table
from partnership.values.sources import Source


def view_line(name: str, partnership: str | None, scope: Scope, size: int) -> str:
    """Return one line that names a view, its partnership, its scope and how many entries its log has."""
    arguments = scope_arguments(scope)
    day = arguments.get("on")
    texts = []
    if day is not None and day == arguments.get("known"):  # `as_of(day)` sets both
        del arguments["on"], arguments["known"]
        texts.append(day)
    texts += [f"{argument}={value}" for argument, value in arguments.items()]
    of = f" of {one_line(partnership)}" if partnership else ""
    selection = f" as of {', '.join(texts)}, cut from " if texts else ": "
    return f"{name}{of}{selection}{counted(size, 'entry', 'entries')}"


def scope_arguments(scope: Scope) -> dict[str, str]:
    """Return the arguments of `Record.as_of` that give a scope, as texts, without those that have their default."""
    days = {"on": scope.on, "known": scope.known, "recorded": scope.recorded}
    functions = {"sources": scope.sources, "policy": None if scope.policy is most_official else scope.policy}
    arguments = {name: moment_in_words(day) for name, day in days.items() if day is not None}
    for name, function in functions.items():
        if function is not None:
            arguments[name] = one_line(getattr(function, "__name__", type(function).__name__))
    return arguments


def summary_table(title: str, states: Iterable[tuple[str, Collection[Any]]], sources: Collection[Source]) -> str:
    """Return a table in HTML of how many subjects of each kind there are, by status.

    A kind without states has no row. All documents that are cited are counted below the table.
    """
    rows = [(html(plural.replace("_", " ")), len(group), _statuses(group)) for plural, group in states if group]
    publishers = counted(len({source.publisher for source in sources}), "publisher", "publishers")
    documents = f"{counted(len(sources), 'document', 'documents')} of {publishers}"
    more = max(len(rows) - MAX_ROWS, 0)
    return table(title, ("what", "how many", "where they stand"), rows[:MAX_ROWS], more=more, notes=(documents,))


def _statuses(states: Iterable[Any]) -> Html:
    """Return the number of states by status, the most frequent first, and the number on which sources differ."""
    counts = Counter(status for state in states if isinstance(status := getattr(state, "status", None), str))
    texts = [dotted(f"{name_in_words(status)} {count}", tone_of(status)) for status, count in counts.most_common()]
    disputed = sum(bool(state.disputed) for state in states)
    texts += [dotted(f"sources differ on {disputed}", "off")] if disputed else []
    return Html(", ".join(texts))
