"""Give tables to pandas, polars and anything else that takes an Arrow stream, with a type for every column."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from partnership.errors import NotInstalled
from partnership.io.table_columns import Cell, Column

_EPOCH = date(1970, 1, 1)
_PANDAS_TYPES = {
    "text": "string", "integer": "Int64", "number": "Float64", "flag": "boolean", "day": "datetime64[s]",
    "time": "datetime64[us, UTC]",
}  # fmt: skip
"""Types of pandas that have a missing value and hold what the cells do: days from year 1 on need seconds."""


def _cells(column: Column, values: Sequence[Any]) -> list[Any]:
    """Return the cells of a column as Arrow takes them: days and times as numbers since 1970."""
    if column.type == "number":
        return [None if value is None else float(value) for value in values]
    if column.type == "day":
        return [None if value is None else (value - _EPOCH).days for value in values]
    if column.type == "time":
        return [None if value is None else _microseconds(value) for value in values]
    return [*values]


def _microseconds(moment: datetime) -> int:
    since = moment - datetime(1970, 1, 1, tzinfo=UTC)
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def _in_columns(columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> list[tuple[Cell, ...]]:
    return [*zip(*rows, strict=True)] if rows else [()] * len(columns)


def arrow_stream(columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> object:
    """Return a table as the capsule of an Arrow stream with one batch.

    Raises:
        NotInstalled: nanoarrow is not installed.
    """
    try:
        import nanoarrow as na  # type: ignore[import-untyped]  # noqa: PLC0415  optional
    except ImportError:
        raise NotInstalled("nanoarrow", "frames") from None
    types = {
        "text": na.string(), "integer": na.int64(), "number": na.float64(), "flag": na.bool_(), "day": na.date32(),
        "time": na.timestamp("us", "UTC"),
    }  # fmt: skip
    by_column = zip(columns, _in_columns(columns, rows), strict=True)
    arrays = [na.c_array(_cells(column, values), types[column.type]) for column, values in by_column]
    schema = na.struct({column.name: types[column.type] for column in columns})
    batch = na.c_array_from_buffers(schema, len(rows), buffers=[None], children=arrays)
    return na.ArrayStream(na.Array(batch)).__arrow_c_stream__()


def pandas_frame(columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> Any:  # noqa: ANN401  pandas is optional
    """Return a table as a data frame of pandas.

    Raises:
        NotInstalled: pandas is not installed.
    """
    try:
        import pandas as pd  # type: ignore[import-untyped]  # noqa: PLC0415  optional
    except ImportError:
        raise NotInstalled("pandas", "") from None
    series = {}
    for column, values in zip(columns, _in_columns(columns, rows), strict=True):
        cells = values if column.type != "number" else _cells(column, values)
        series[column.name] = pd.Series([*cells], dtype=_PANDAS_TYPES[column.type])
    return pd.DataFrame(series)


def polars_frame(table: Any) -> Any:  # noqa: ANN401  anything with an Arrow stream
    """Return a table as a data frame of polars.

    Raises:
        NotInstalled: polars or nanoarrow is not installed.
    """
    try:
        import polars as pl  # noqa: PLC0415  optional
    except ImportError:
        raise NotInstalled("polars", "") from None
    return pl.DataFrame(table)
