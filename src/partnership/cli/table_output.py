"""Tables of lists for ``--csv`` and ``--xlsx``, in the form that all tables of the library have; what is private."""

from __future__ import annotations

import sys
import warnings
from argparse import Namespace
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from attrs import evolve, frozen

import partnership as ps
from partnership.cli.filters import Filter
from partnership.cli.open_record import select_view
from partnership.engine.amendment_index import stated_event
from partnership.record.view import private_note
from partnership.serialization.index_keys import subjects_of
from partnership.values.text import split_subject

if TYPE_CHECKING:  # tables are loaded where one is asked for
    from partnership.io.table_columns import Cell
    from partnership.io.tables import TableData

T = TypeVar("T")


@frozen
class Listed(Generic[T]):
    """What a verb lists.

    Attributes:
        view: the view that was asked; for a table, which is handed on, one without private entries.
        chosen: the subjects that ``--party`` and ``--kind`` select.
        answer: its answer.
        today: the day of the view.
        private: ids of its claims that stay at the desk.
        left_out: number of private entries that are behind the list with ``--all``, and not here.
    """

    view: ps.View
    chosen: Filter
    answer: T
    today: date
    private: frozenset[str]
    left_out: int = 0

    def table(
        self, args: Namespace, name: str, answer: object, subjects: Iterable[str] | None = None
    ) -> TableData | None:
        """Return an answer as a table, if ``--csv`` or ``--xlsx`` ask for one.

        Args:
            args: the command line.
            name: of the list.
            answer: as for `table_of`.
            subjects: those of which rows are kept, if not of all.
        """
        if not is_table_asked(args):
            return None
        table = evolve(ps.table_of(answer, self.view, name, shared_only=False), left_out=self.left_out)
        if subjects is None:
            return table
        chosen, place = {*subjects}, table.headings.index("subject")
        return evolve(table, rows=tuple(row for row in table.rows if row[place] in chosen))


def claims_of(items: Iterable[Any]) -> Iterator[str]:
    """Yield the ids of the claims behind some plans, holdings, disputes or findings."""
    return (claim for item in items for claim in item.claims)


def ask(
    record: ps.Record,
    args: Namespace,
    query: Callable[[Any, Filter], T],
    claims_behind: Callable[[ps.View, Any], Iterable[str]] = lambda _, items: claims_of(items),
    shareable: Callable[[Any], ps.View] = ps.View.shareable,
) -> Listed[T]:
    """Ask a view, or for a table that is handed on, one without private entries; and count those that are left out.

    Args:
        record: the record.
        args: the command line.
        query: asks a view, and keeps what a filter selects.
        claims_behind: returns the ids of the claims behind an answer of a view.
        shareable: returns the view without private entries.
    """
    full = select_view(record, args)
    with full.consistent():
        private = private_claims(full)
        view = shareable(full) if private and is_table_asked(args) and not args.all else full
        with view.consistent():
            chosen = Filter(view, args)
            listed = Listed(view, chosen, query(view, chosen), view.today, private)
        if view is full:
            return listed
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # the list itself has given them
            behind = private.intersection(claims_behind(full, query(full, Filter(full, args))))
        number = sum(entry.claim.id in behind for entry in full.entries())
        return evolve(listed, private=frozenset(), left_out=number)


def claims_about(view: ps.View, subjects: Iterable[str]) -> Iterator[str]:
    """Yield the ids of the claims about some subjects."""
    wanted = {*subjects}
    for entry in view.entries():
        if any(view.name_of(subject) in wanted for subject in subjects_of(entry.event)):
            yield entry.claim.id


def shared_copy(record: ps.Record) -> ps.Record:
    """Return a record in memory with the entries that may be shared."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "shared.jsonl"
        ps.write(record, path, partnership=record.partnership)
        return ps.read(path, kinds=record.kinds.own)


def private_claims(view: ps.View) -> frozenset[str]:
    """Return the ids of the claims that stay at the desk."""
    with view.consistent():
        shared = {entry.id for entry in view.shareable().entries()}
        return frozenset(entry.claim.id for entry in view.entries() if entry.id not in shared)


def private_subjects(view: ps.View) -> set[str]:
    """Return the subjects of which all claims stay at the desk."""
    if not (private := private_claims(view)):
        return set()
    subjects: dict[bool, set[str]] = {True: set(), False: set()}
    for entry in view.entries():
        subjects[entry.claim.id in private].add(stated_event(entry.event).about)
    names = {subject: view.name_of(subject) for subject in subjects[True] if split_subject(subject)[0] != "claim"}
    return {*names.values()} - {view.name_of(name) for name in subjects[False] if split_subject(name)[0] != "claim"}


def how_private(claims: Iterable[str], private: Container[str]) -> str:
    """Return "private" if some claims all stay at the desk, "partly private" if only some do, and nothing if none.

    Args:
        claims: their ids.
        private: ids of the claims that stay at the desk.
    """
    kept = [claim in private for claim in claims]
    return "private" if kept and all(kept) else "partly private" if any(kept) else ""


def is_table_asked(args: Namespace) -> bool:
    """Tell whether an answer is to be a table for a spreadsheet."""
    return args.csv or args.xlsx is not None


def with_column(table: TableData | None, name: str, meaning: str, cells: Sequence[Cell]) -> TableData | None:
    """Return a table with one more column of texts, with a cell for each row."""
    if table is None:
        return None
    from partnership.io.table_columns import Column  # noqa: PLC0415  as above

    column = Column(name, "text", meaning)
    rows = tuple((*row, cell) for row, cell in zip(table.rows, cells, strict=True))
    return evolve(table, columns=(*table.columns, column), rows=rows)


def print_table(table: TableData, args: Namespace) -> None:
    """Print a table as CSV, or write it to a workbook and say so."""
    if args.csv:
        table.to_csv(sys.stdout)
        if table.left_out:
            sys.stderr.write(f"partnership: {private_note(table.left_out)} --all includes them.\n")
        return
    table.to_xlsx(args.xlsx)
    rows = "1 row" if len(table) == 1 else f"{len(table)} rows"
    for line in (f"Wrote {rows} to {args.xlsx}.", private_note(table.left_out)):
        sys.stdout.write(f"{line}\n" if line else "")
