"""Types and converters that several kinds of subject share: how people meet, and at which level."""

from __future__ import annotations

from typing import Literal, get_args

from partnership.model import converters

__all__ = ["Level", "Mode", "level", "mode"]

Mode = Literal["in-person", "online", "hybrid"]
"""How people meet."""

Level = Literal["leaders", "ministers", "senior-officials", "ambassadors", "experts"]
"""Who meets, the highest first."""


def mode(value: Mode | None) -> Mode | None:
    """Convert how people meet."""
    return converters.one_of(get_args(Mode), value)  # type: ignore[no-any-return]


def level(value: Level | None) -> Level | None:
    """Convert the level of those who meet."""
    return converters.one_of(get_args(Level), value)  # type: ignore[no-any-return]
