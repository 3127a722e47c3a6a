"""Rows of a state, one for each report: kept in order, so that one more is inserted without sorting all of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from partnership.values.when import When

R = TypeVar("R")


def by_day(day: When) -> tuple[date, str]:
    """Return what sorts days by their last possible one; a day without one comes after all others."""
    return (day.latest or date.max, day.text)


def find_row(rows: tuple[R, ...], wanted: Any, key: Callable[[R], Any]) -> R | None:  # noqa: ANN401  any sort key
    """Return the first row with a sort key, of rows in its order; None where there is none."""
    place = bisect_left(rows, wanted, key=key)
    return rows[place] if place < len(rows) and key(rows[place]) == wanted else None


def with_row(rows: tuple[R, ...], row: R, key: Callable[[R], Any], *, replaces: bool = False) -> tuple[R, ...]:
    """Return rows in the order of a sort key with one more.

    Args:
        rows: the rows, in this order.
        row: the new one; it comes after those with the same key.
        key: the sort key.
        replaces: it takes the place of those with the same key.
    """
    end = bisect_right(rows, wanted := key(row), key=key)
    return (*rows[: bisect_left(rows, wanted, key=key) if replaces else end], row, *rows[end:])
