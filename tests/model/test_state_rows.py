"""Rows of a state: one more is where sorting all of them would put it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from partnership.model.state_rows import find_row, with_row

ROWS = st.lists(st.tuples(st.integers(0, 4), st.integers()), max_size=12)


def key(row):
    """Return what rows are sorted by."""
    return row[0]


@given(given_rows=ROWS)
def test_rows_are_added_one_by_one(given_rows):
    """They are sorted, those that are equal in the order in which they came; or the last of these replaces them."""
    rows, unique = (), ()
    for row in given_rows:
        rows, unique = with_row(rows, row, key), with_row(unique, row, key, replaces=True)
        assert find_row(unique, row[0], key) == row
    assert rows == tuple(sorted(given_rows, key=key))
    assert unique == tuple(sorted(dict(given_rows).items()))
    assert [find_row(rows, wanted, key) for wanted in range(6)] == [
        next((row for row in rows if row[0] == wanted), None) for wanted in range(6)
    ]
