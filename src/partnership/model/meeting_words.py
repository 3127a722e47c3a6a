"""How people meet, and who: the words that the pages of meetings, takers-part and openings share."""

from __future__ import annotations

from typing import Literal, get_args

from partnership.model import converters

__all__ = ["Level", "Mode", "level", "mode"]

Mode = Literal["in-person", "online", "hybrid"]
"""How people met."""

Level = Literal["leaders", "ministers", "senior-officials", "ambassadors", "experts"]
"""Who met, the highest first."""


def mode(value: Mode | None) -> Mode | None:
    """Take how people meet."""
    return converters.one_of(get_args(Mode), value)  # type: ignore[no-any-return]


def level(value: Level | None) -> Level | None:
    """Take who meets."""
    return converters.one_of(get_args(Level), value)  # type: ignore[no-any-return]
