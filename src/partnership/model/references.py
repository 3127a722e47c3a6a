"""Converters of references for which `partnership.fields` has no function, or none that type checkers can follow.

Every one of them takes ``kind:slug``, and a slug alone for a subject of the usual kind: ``body="jec"`` is
``body="series:jec"``. What is stored does not depend on how it was written.

They are functions, because type checkers read the accepted types of a converter from a function. `reference_of` returns
the kinds that fit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from partnership.model.converters import Reference, References

WHOLES = ("commitment", "project", "document", "plan", "fund")
"""What most things may be a part of."""


def needed_meeting(value: str) -> str:
    """Convert a reference to a meeting, which must be given."""
    return _needed(needed_meeting, value)


def needed_plan(value: str) -> str:
    """Convert a reference to a plan, which must be given."""
    return _needed(needed_plan, value)


def added_projects(value: str | Iterable[str] | None) -> tuple[str, ...]:
    """Convert references to what a project adds to."""
    return _several(added_projects, value)


def dialogue_or_series(value: str | None) -> str | None:
    """Convert a reference to what a dialogue is merged into."""
    return _single(dialogue_or_series, value)


def series_or_dialogue(value: str | None) -> str | None:
    """Convert a reference to what a series is merged into."""
    return _single(series_or_dialogue, value)


def added_commitments(value: str | Iterable[str] | None) -> tuple[str, ...]:
    """Convert references to what a commitment adds to."""
    return _several(added_commitments, value)


def added_aid(value: str | Iterable[str] | None) -> tuple[str, ...]:
    """Convert references to what a promise of aid adds to."""
    return _several(added_aid, value)


def body(value: str | None) -> str | None:
    """Convert a reference to what meets, or has parts that meet."""
    return _single(body, value)


def role_body(value: str | None) -> str | None:
    """Convert a reference to what has a role: all that meets, and what somebody chairs, leads or coordinates."""
    return _single(role_body, value)


def assessed(value: str) -> str:
    """Convert a reference to what can be implemented, which must be given."""
    return _needed(assessed, value)


def adopted(value: str | Iterable[str] | None) -> tuple[str, ...]:
    """Convert references to what a meeting adopts."""
    return _several(adopted, value)


def prepared(value: str | Iterable[str] | None) -> tuple[str, ...]:
    """Convert references to what a meeting prepares."""
    return _several(prepared, value)


def occasions(value: str | Iterable[str] | None) -> tuple[str, ...]:
    """Convert references to larger events, on whose sidelines a meeting takes place."""
    return _several(occasions, value)


def needed_subject(value: str) -> str:
    """Convert a reference to a subject of any kind, which must be given."""
    return _needed(needed_subject, value)


def subjects(value: str | Iterable[str] | None) -> tuple[str, ...]:
    """Convert references to subjects of any kind."""
    return _several(subjects, value)


_BODIES = (
    *("series", "dialogue", "network", "relation", "document", "plan", "project", "fund", "mission", "party"),
    "themed-year",
)
_IMPLEMENTED = (
    *("plan", "line", "commitment", "document", "project", "proposal", "request", "measure", "aid", "course"),
    "fund",
)
_ADOPTED = ("document", "plan", "project", "proposal", "statement", "measure", "commitment")
_PREPARED = ("meeting", "visit", "document", "plan", "themed-year", "external-event")
_OCCASIONS = ("meeting", "visit", "external-event", "series", "dialogue", "network", "themed-year", "course")

REFERENCES: Mapping[Callable[[Any], Any], Reference] = {
    needed_meeting: Reference(("meeting",), is_needed=True),
    needed_plan: Reference(("plan",), is_needed=True),
    added_projects: References(("project", "commitment", "document", "plan", "fund")),
    dialogue_or_series: Reference(("dialogue", "series", "network"), is_open=True),
    series_or_dialogue: Reference(("series", "dialogue", "network"), is_open=True),
    added_commitments: References(WHOLES),
    added_aid: References(("aid", *WHOLES)),
    body: Reference(_BODIES, is_open=True),
    role_body: Reference((*_BODIES, "meeting", "course", "line"), is_open=True),
    assessed: Reference(_IMPLEMENTED, is_needed=True, is_open=True),
    adopted: References(_ADOPTED, is_open=True),
    prepared: References(_PREPARED, is_open=True),
    occasions: References(_OCCASIONS, is_open=True),
    needed_subject: Reference((), is_needed=True),
    subjects: References(()),
}
"""The kinds that fit for each converter, the usual one first."""


def reference_of(converter: object) -> Reference | None:
    """Return which kinds a converter accepts; None if it is not one of references."""
    if isinstance(converter, Reference):
        return converter
    return next((reference for function, reference in REFERENCES.items() if function is converter), None)


def _single(function: Callable[[Any], Any], value: object) -> str | None:
    converted: str | None = REFERENCES[function](value)
    return converted


def _needed(function: Callable[[Any], Any], value: object) -> str:
    converted: str = REFERENCES[function](value)
    return converted


def _several(function: Callable[[Any], Any], value: object) -> tuple[str, ...]:
    converted: tuple[str, ...] = REFERENCES[function](value)
    return converted
