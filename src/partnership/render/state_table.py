"""States of subjects in a line of text, and as a table in HTML with colours and sources; states of any kind."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import attrs

from partnership.engine.provenance import Why, explain
from partnership.engine.query import Query
from partnership.model.projection import Projection
from partnership.model.value_text import is_row, name_in_words, value_in_words
from partnership.queries.dossier import name_of
from partnership.values.date_words import in_words
from partnership.values.display import MAX_ROWS, Footnotes, Html, Tone, dotted, in_lines, table
from partnership.values.when import When

_TONES: dict[Tone, str] = {
    "done": "accepted adopted answered completed convened delivered established held implemented in-force joined "
    "launched member open opened signed took-part",
    "open": "agreed announced applied appraised approved designated drafting funded in-progress initialled invited "
    "negotiated negotiating partly-delivered partly-signed planned pledged preparing proposed provisional scheduled "
    "started",
    "off": "absent adjourned blocked cancelled carried-over declined deferred dropped not-adopted not-invited paused "
    "postponed suspended withdrawn",
}
"""Statuses of the built-in kinds by tone. Any other status is shown without a colour."""
_TONE_OF: dict[str, Tone] = {status: tone for tone, statuses in _TONES.items() for status in statuses.split()}
_MAX_SOURCES = 3  # that a row cites; `why` cites all


def tone_of(status: str | None) -> Tone:
    """Return the tone of a status: done, open, off, or plain if it has none."""
    return _TONE_OF.get(status or "", "plain")


def describe_state(state: Any) -> tuple[str, ...]:  # noqa: ANN401  any state
    """Return a state in a few lines: its status and date, or how many rows it has, and the fields in dispute.

    A state that is not of a `Kind`, which a user's projection may have, is described by all its values.
    """
    if not (attrs.has(type(state)) and hasattr(state, "disputed")):
        return (value_in_words(state),)
    status, when = getattr(state, "status", None), date_in_words(state)
    word = "" if status == "planned" and when.startswith("planned ") else name_in_words(status or "")
    lines = [", ".join(text for text in (word, when) if text), *(() if status else row_counts(state))]
    if state.disputed:
        lines.append(f"sources differ on: {', '.join(map(name_in_words, state.disputed))}")
    return tuple(lines)


def in_brief(state: Any) -> str:  # noqa: ANN401  any state
    """Return the description of a state on one line."""
    return "; ".join(line for line in describe_state(state) if line)


def row_counts(state: Any) -> list[str]:  # noqa: ANN401  any state
    """Return how many rows the lists of a state have."""
    values = {field.name: getattr(state, field.name) for field in attrs.fields(type(state))}
    lists = {name: value for name, value in values.items() if isinstance(value, tuple) and any(map(is_row, value))}
    return [f"{name_in_words(name)}: {len(value)}" for name, value in lists.items()]


def date_in_words(state: Any) -> str:  # noqa: ANN401  any state
    """Return the date of a state: those for which it is planned, that of its status, or its last one."""
    if planned := [in_words(plan.planned) for plan in getattr(state, "outstanding", ())]:
        return f"planned {', '.join(planned)}"
    value = main_date(state)
    return in_words(value) if value else ""


def main_date(state: Any) -> When | None:  # noqa: ANN401  any state
    """Return the first date for which a state is planned, else that of its status, or its last one."""
    if planned := [plan.planned for plan in getattr(state, "outstanding", ())]:
        first: When = planned[0]
        return first
    dates = {
        field.name: getattr(state, field.name) for field in attrs.fields(type(state)) if field.name.endswith("_on")
    }
    known = [value for value in dates.values() if value]
    of_status = dates.get(f"{getattr(state, 'status', None)}_on".replace("-", "_"))
    value = of_status or (known[-1] if known else None)
    return value if isinstance(value, When) else None


def states_table(projection: Projection[Any], names: Sequence[str], query: Query) -> str:
    """Return the states of a projection as a small table in HTML, with its sources as footnotes.

    Args:
        projection: whose states.
        names: of the subjects, as `States` has them; those beyond the largest table are only counted.
        query: that folds and explains the states.
    """
    footnotes, rows = Footnotes(), []
    for name in names[:MAX_ROWS]:
        key = f"{projection.kind}:{name}" if projection.kind else name
        folded = query.folded(projection, key)
        assert folded is not None  # *names* has only subjects with states
        why = explain(projection, key, folded, (), policy=query.scope.policy)
        rows.append((name, name_of([folded.state]) or "", _state_cell(folded.state), _source_cell(why, footnotes)))
    has_titles = any(title for _, title, _, _ in rows)
    cells = [row if has_titles else (row[0], *row[2:]) for row in rows]
    headings = ("what", *(("title",) if has_titles else ()), "where it stands", "said by")
    title = f"{name_in_words(projection.name)}: {len(names):,}"
    return table(title, headings, cells, more=len(names) - len(rows), notes=footnotes.lines())


def _state_cell(state: Any) -> Html:  # noqa: ANN401
    status = getattr(state, "status", None)
    lines: list[object] = list(describe_state(state))
    if isinstance(status, str):
        lines[0] = dotted(str(lines[0]), tone_of(status))
    if getattr(state, "disputed", ()):  # the last line says so
        lines[-1] = dotted(str(lines[-1]), "off")
    return in_lines(line for line in lines if line)


def _source_cell(why: Why, footnotes: Footnotes) -> Html:
    """Return the footnotes of a status; of a state without a status, those of all its values."""
    reasons = [why.reasons["status"]] if "status" in why.reasons else why.reasons.values()
    sources = list(dict.fromkeys(evidence.source for reason in reasons for evidence in reason.because))
    cited = sources[:_MAX_SOURCES]
    marks = footnotes.mark((f"{source}{f': {source.title}' if source.title else ''}", source.url) for source in cited)
    return Html(f"{marks} and {len(sources) - _MAX_SOURCES} more") if len(sources) > _MAX_SOURCES else marks
