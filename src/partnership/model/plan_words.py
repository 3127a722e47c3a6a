"""The words of plans that several kinds of subject share: how strongly a source puts a plan.

Every event that plans something has three fields for what its date does not say: ``timing``, ``is_undated`` and
``force``. A date, as `When`, says which days are meant.
"""

from __future__ import annotations

from typing import Final, Literal

from partnership.values.labels import word

Force = Literal["possible", "hoped", "intended", "expected", "confirmed"]
"""How strongly a source puts a plan, the weakest first: it may be, is hoped for, intended, expected, confirmed."""

PLAN_WORDS: Final = ("timing", "is_undated", "force")
"""Fields that say of a plan what its date does not; they end with the date that they qualify."""


def force_in_words(value: Force | None) -> str:
    """Return how strongly a source puts a plan, in words behind its date; empty if it simply plans it."""
    return word("force", value) if value else ""
