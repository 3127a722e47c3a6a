"""What every file that leaves is made of: a view without private entries, and a path."""

from __future__ import annotations

from partnership.errors import InvalidValue
from partnership.record.view import View, private_note

__all__ = ["counted", "private_note", "without_private"]


def without_private(view: View) -> tuple[View, int]:
    """Return a view without private entries, and how many there are.

    Raises:
        InvalidValue: it is not a view.
    """
    if not isinstance(view, View):
        raise InvalidValue(view, "is not a view", "give a record, or what as_of returns")
    with view.consistent():
        return view.shareable(), view.private_count()


def counted(number: int, singular: str, plural: str) -> str:
    """Return a number with the noun that it counts."""
    return f"{number:,} {singular if number == 1 else plural}"
