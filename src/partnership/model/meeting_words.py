"""What several kinds of subject share: how people meet, at which level, and how meetings are put off."""

from __future__ import annotations

from typing import Literal

from partnership.values.amounts import Count
from partnership.values.date_words import ordinal_in_figures

Mode = Literal["in-person", "online", "hybrid"]
"""How people meet."""

Level = Literal[
    "leaders",
    "deputy-leaders",
    "ministers",
    "deputy-ministers",
    "senior-officials",
    "ambassadors",
    "experts",
    "parliamentarians",
    "business",
]
"""Who meets: of a government, the highest first; members of parliaments; people of business.

``"deputy-leaders"`` are vice-presidents and deputy prime ministers, ``"deputy-ministers"`` also vice-ministers.
"""


def put_off_in_words(is_indefinite: bool | None, is_mutual: bool | None, times: Count | None) -> str:  # noqa: FBT001
    """Return how something was put off, "put off indefinitely, by mutual consent"; empty if nothing is known of it."""
    how = ["indefinitely"] if is_indefinite else []
    how += ["by mutual consent"] if is_mutual else []
    if times:
        is_exact = times.bound == "exact"
        how.append(f"for the {ordinal_in_figures(times.number)} time" if is_exact else f"{times} times")
    return f"put off {', '.join(how)}" if how else ""
