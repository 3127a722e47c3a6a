"""Parts and wholes: what all subjects share that may be part of another, add to another or carry on another."""

from __future__ import annotations

from typing import Any

__all__ = ["impossible_parts"]


def impossible_parts(event: Any) -> tuple[str, ...]:  # noqa: ANN401  an event with some of the three fields
    """Return why an event cannot be part of, add to or continue what it names: its own subject, or one as both."""
    whole, additional = getattr(event, "part_of", None), getattr(event, "additional_to", ())
    if whole == event.about:
        return (f"part_of: {whole!r} is no part of itself; name the whole",)
    if event.about in additional:
        return (f"additional_to: {event.about!r} does not add to itself; name the other one",)
    if whole is not None and whole in additional:
        return (f"additional_to: a part of {whole!r} does not add to it; keep one of the two",)
    if getattr(event, "continues", None) == event.subject:
        return (f"continues: {event.subject!r} does not continue itself; name the earlier one",)
    return ()
