"""Tables in pandas, polars, pyarrow and Parquet, read by each of them."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from decimal import Decimal

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

import partnership as ps
from partnership.errors import NotInstalled
from partnership.events import CommitmentMade, DialogueLaunched, FundBalanceReported, MeetingHeld, MeetingScheduled

ARROW = {
    "text": pa.string(), "integer": pa.int64(), "number": pa.float64(), "flag": pa.bool_(), "day": pa.date32(),
    "time": pa.timestamp("us", "UTC"),
}  # fmt: skip
PANDAS = {
    "text": "string", "integer": "Int64", "number": "Float64", "flag": "boolean", "day": "datetime64[s]",
    "time": "datetime64[us, UTC]",
}  # fmt: skip
POLARS = {
    "text": pl.String(), "integer": pl.Int64(), "number": pl.Float64(), "flag": pl.Boolean(), "day": pl.Date(),
    "time": pl.Datetime("us", "UTC"),
}  # fmt: skip
TIDY = ("claims", "occurrences", "overdue", "upcoming", "calendar", "disputes", "meetings", "funds", "meeting-held")


@pytest.fixture
def record():
    """Return a record with something in every list."""
    with ps.open(":memory:", clock=lambda: datetime(2022, 1, 1, tzinfo=UTC)) as record:
        source = ps.Source("MFA of Russia", published="2021-09-24", kind="official-release")
        record.add(
            MeetingHeld("fmm", on="2020-06~", parties=["RU", "ASEAN"], participants=12),
            MeetingScheduled("next", planned="2021-12"),
            MeetingScheduled("late", planned="2022-03/.."),
            DialogueLaunched("ict", on="2021-09-23"),
            FundBalanceReported("fund", as_of="2021-01-01", amount=ps.Money("8130000.5", "USD", "at-least")),
            CommitmentMade("vaccine", by=["RU"], text="work together"),
            source=source,
        )
        record.add(DialogueLaunched("ict", on="2021-09-24"), source=ps.Source("TASS", published="2021-09-24"))
        yield record


def as_arrow(value):
    """Return a cell as Arrow has it."""
    return float(value) if isinstance(value, Decimal) else value


def rows_of(table):
    """Return the rows of a table as Arrow has them."""
    return [{name: as_arrow(value) for name, value in row.items()} for row in table.dicts()]


@pytest.mark.parametrize("name", TIDY)
def test_a_list_in_every_library(record, name, tmp_path):
    """Pyarrow, polars and pandas read every cell of it, with its type; and Parquet keeps all of it."""
    table = ps.table_of(name, record)
    assert len(table) > 0
    arrow, frame, pandas = pa.table(table), table.to_polars(), table.to_pandas()
    assert arrow.to_pylist() == frame.to_dicts() == rows_of(table)
    assert [field.type for field in arrow.schema] == [ARROW[column.type] for column in table.columns]
    assert list(frame.dtypes) == [POLARS[column.type] for column in table.columns]
    assert [str(dtype) for dtype in pandas.dtypes] == [PANDAS[column.type] for column in table.columns]
    for column in table.columns:
        cells = [None if pd.isna(cell) else cell for cell in pandas[column.name]]
        expected = [row[column.name] for row in rows_of(table)]
        assert [cell.date() if column.type == "day" and cell else cell for cell in cells] == expected
    parquet.write_table(arrow, tmp_path / "t.parquet")
    assert pl.read_parquet(tmp_path / "t.parquet").equals(frame)
    frame.write_parquet(tmp_path / "t.parquet")
    assert parquet.read_table(tmp_path / "t.parquet").to_pylist() == arrow.to_pylist()
    pandas.to_parquet(tmp_path / "t.parquet")
    read = parquet.read_table(tmp_path / "t.parquet")
    assert read.column_names == [*table.headings]
    assert read.num_rows == len(table)


@pytest.mark.parametrize("name", TIDY)
def test_an_empty_list(name):
    """It has the columns and the types of a full one."""
    with ps.open(":memory:") as record:
        table = ps.table_of(name, record)
        assert (len(table), table.to_polars().height, len(table.to_pandas())) == (0, 0, 0)
        assert [field.type for field in pa.table(table).schema] == [ARROW[column.type] for column in table.columns]
        assert list(table.to_polars().dtypes) == [POLARS[column.type] for column in table.columns]
        assert [str(dtype) for dtype in table.to_pandas().dtypes] == [PANDAS[column.type] for column in table.columns]


CELLS = {
    "text": st.text(st.characters(codec="utf-8"), max_size=5),
    "integer": st.integers(0, 2**53),
    "number": st.decimals(0, 10**6, places=2),
    "flag": st.booleans(),
    "day": st.dates(),
    "time": st.datetimes(timezones=st.just(UTC)),
}


@given(st.lists(st.tuples(*(st.none() | cells for cells in CELLS.values())), max_size=5))
def test_any_cells(rows):
    """Every day from year 1 to 9999, every time, number and text arrives in each library."""
    table = ps.TableData("any", tuple(ps.Column(name, name) for name in CELLS), tuple(rows))
    assert pa.table(table).to_pylist() == table.to_polars().to_dicts() == rows_of(table)
    pandas = table.to_pandas()
    for name in ("text", "integer", "flag", "number"):
        assert [None if pd.isna(cell) else cell for cell in pandas[name]] == [row[name] for row in rows_of(table)]
    days = [None if pd.isna(day) else date(day.year, day.month, day.day) for day in pandas["day"]]
    assert days == [row["day"] for row in rows_of(table)]


def test_other_consumers(record):
    """A consumer that asks for another schema casts to it itself."""
    table = ps.table_of("claims", record).to_polars().lazy()
    years = table.group_by(pl.col("on_earliest").dt.year()).len().collect()
    assert years["len"].sum() == 7
    one = ps.TableData("n", (ps.Column("n", "integer"),), ((1,),))
    assert pa.table(one, schema=pa.schema([("n", pa.int64())])).to_pylist() == [{"n": 1}]


@pytest.mark.parametrize("library", ["nanoarrow", "pandas", "polars"])
def test_a_library_that_is_not_installed(monkeypatch, library):
    """The error says what to install."""
    monkeypatch.setitem(sys.modules, library, None)
    table = ps.TableData("n", (ps.Column("n", "integer"),), ())
    ways = {"nanoarrow": table.__arrow_c_stream__, "pandas": table.to_pandas, "polars": table.to_polars}
    name = library
    with pytest.raises(NotInstalled, match=f"needs {library}; install it with: python -m pip install {name}"):
        ways[library]()
