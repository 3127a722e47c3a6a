"""States as a table: where each subject stands, by word and colour, and who says so. A user's own states too."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

import attrs

from partnership.engine.provenance import Why, explain
from partnership.engine.query import Query
from partnership.model.projection import Projection
from partnership.model.value_text import is_row, name_in_words, value_in_words
from partnership.queries.dossier import name_of
from partnership.values.date_words import in_words
from partnership.values.display import MAX_ROWS, Footnotes, Html, Tone, dotted, in_lines, table
from partnership.values.when import When

__all__ = ["in_brief", "describe_state", "states_table", "tone_of"]

S = TypeVar("S")

_TONES: dict[Tone, str] = {
    "done": "accepted adopted answered completed convened delivered established held implemented in-force joined "
    "launched member open opened signed took-part",
    "open": "agreed announced applied appraised approved designated drafting funded in-progress invited negotiated "
    "partly-delivered partly-signed planned pledged preparing proposed provisional scheduled started",
    "off": "adjourned cancelled carried-over declined deferred dropped not-adopted not-invited postponed suspended "
    "withdrawn",
}
"""Statuses of the pages by what they are about; one that stands in none has no colour, and its word all the same."""
_TONE_OF: dict[str, Tone] = {status: tone for tone, statuses in _TONES.items() for status in statuses.split()}
_CITED = 3  # documents that a row names; `why` has all of them


def tone_of(status: str | None) -> Tone:
    """Return what a status is about; of one that nobody classed, nothing."""
    return _TONE_OF.get(status or "", "plain")


def describe_state(state: Any) -> tuple[str, ...]:  # noqa: ANN401  any state
    """Return where a subject stands: its status, or how much is known, row by row, of one that has none.

    Of a state that is none of the pages', a user's own, all that it says.
    """
    if not (attrs.has(type(state)) and hasattr(state, "disputed")):
        return (value_in_words(state),)
    status, when = getattr(state, "status", None), _when(state)
    word = "" if status == "planned" and when.startswith("planned ") else name_in_words(status or "")
    told = [", ".join(one for one in (word, when) if one), *(() if status else _counted(state))]
    if state.disputed:
        told.append(f"sources differ on: {', '.join(map(name_in_words, state.disputed))}")
    return tuple(told)


def in_brief(state: Any) -> str:  # noqa: ANN401  any state
    """Return where a subject stands, in one line."""
    return "; ".join(one for one in describe_state(state) if one)


def _counted(state: Any) -> list[str]:  # noqa: ANN401
    held = {one.name: getattr(state, one.name) for one in attrs.fields(type(state))}
    rows = {name: value for name, value in held.items() if isinstance(value, tuple) and any(map(is_row, value))}
    return [f"{name_in_words(name)}: {len(value)}" for name, value in rows.items()]


def _when(state: Any) -> str:  # noqa: ANN401
    """Return the day of a state: that for which it is planned, that of its status, or the last one that it names."""
    if planned := [in_words(one.planned) for one in getattr(state, "outstanding", ())]:
        return f"planned {', '.join(planned)}"
    days = {one.name: getattr(state, one.name) for one in attrs.fields(type(state)) if one.name.endswith("_on")}
    of_status = days.get(f"{getattr(state, 'status', None)}_on".replace("-", "_"))
    told = [one for one in days.values() if one]
    day = of_status or (told[-1] if told else None)
    return in_words(day) if isinstance(day, When) else ""


def states_table(projection: Projection[Any], names: Sequence[str], query: Query) -> str:
    """Return the states of a projection as a small table in HTML, the documents that say so below it.

    Args:
        projection: whose states.
        names: of all of them, as `States` has them.
        reading: in which they are found.
    """
    marks, rows = Footnotes(), []
    for name in names[:MAX_ROWS]:
        key = f"{projection.kind}:{name}" if projection.kind else name
        folded = query.folded(projection, key)
        assert folded is not None  # it is one of the names
        why = explain(projection, key, folded, (), policy=query.scope.policy)
        rows.append((name, name_of([folded.state]) or "", _standing(folded.state), _cited(why, marks)))
    told = any(title for _, title, _, _ in rows)
    kept = [row if told else (row[0], *row[2:]) for row in rows]
    headings = ("what", *(("title",) if told else ()), "where it stands", "said by")
    title = f"{name_in_words(projection.name)}: {len(names):,}"
    return table(title, headings, kept, more=len(names) - len(rows), notes=marks.lines())


def _standing(state: Any) -> Html:  # noqa: ANN401
    status = getattr(state, "status", None)
    is_disputed = bool(getattr(state, "disputed", ()))  # which stands last
    told: list[object] = list(describe_state(state))
    if isinstance(status, str):
        told[0] = dotted(str(told[0]), tone_of(status))
    if is_disputed:
        told[-1] = dotted(str(told[-1]), "off")
    return in_lines(one for one in told if one)


def _cited(why: Why, marks: Footnotes) -> Html:
    """Return the numbers of the documents behind a status, or behind all there is of a state that has none."""
    reasons = [why.reasons["status"]] if "status" in why.reasons else why.reasons.values()
    found = dict.fromkeys(one.source for reason in reasons for one in reason.because)
    cited = list(found)[:_CITED]
    mark = marks.mark((f"{one}{f': {one.title}' if one.title else ''}", one.url) for one in cited)
    return Html(f"{mark} and {len(found) - _CITED} more") if len(found) > _CITED else mark
