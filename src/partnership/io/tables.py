"""Answers as tables: one tidy form for CSV files, workbooks, data frames and the terminal.

Every row is one thing, every column has one type, and the names of columns are public. A date stands in four columns:
in words under the name of its field, then as EDTF, and its earliest and latest day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter
from os import PathLike
from typing import Any, TextIO

import attrs
from attrs import frozen

from partnership.engine.amendment_index import is_desk_amendment
from partnership.engine.diff import Change
from partnership.errors import InvalidValue
from partnership.io.table_columns import Cell, Column, Part, date_parts, field_parts, joined, part, through, value_parts
from partnership.io.table_files import write_csv, write_workbook
from partnership.model.entry import Entry
from partnership.model.event import Event, fields_of
from partnership.model.occurrence import Candidate, Finding, Occurrence
from partnership.model.value_text import is_empty, name_in_words, value_in_words
from partnership.queries.calendar import Calendar, PlannedItem
from partnership.queries.comparison import Comparison
from partnership.queries.disputes import Dispute
from partnership.queries.holders import Holding
from partnership.queries.outcomes import PlanOutcome
from partnership.record.record import Diff
from partnership.record.states import States
from partnership.record.view import View
from partnership.subjects.amendments import ClaimCorrected
from partnership.values.display import MAX_ROWS, table
from partnership.values.sources import Source
from partnership.values.text import nearest
from partnership.values.when import When


@frozen(repr=False)
class TableData:
    """A table: named columns of one type each, and rows.

    Attributes:
        name: of what it lists, such as ``'overdue'`` or ``'meetings'``.
        columns: in order.
        rows: a value for each column, None where there is none.
        left_out: number of private entries that were left out of the view it was made from.

    >>> import partnership as ps
    >>> record = ps.open(":memory:")
    >>> entries = record.add(ps.events.MeetingHeld("fmm-3", on="2020-06"), source=ps.Source("VNA", published="2020-07"))
    >>> held = ps.table_of(record.meetings, record)
    >>> [(row["subject"], row["held_on"], str(row["held_on_latest"])) for row in held.dicts()]
    [('meeting:fmm-3', 'June 2020', '2020-06-30')]
    """

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    left_out: int = 0

    @property
    def headings(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(column.name for column in self.columns)

    def __len__(self) -> int:
        return len(self.rows)

    def dicts(self) -> list[dict[str, Cell]]:
        """Return every row by the names of the columns."""
        return [dict(zip(self.headings, row, strict=True)) for row in self.rows]

    def to_csv(self, target: str | PathLike[str] | TextIO) -> None:
        """Write the table as CSV, as a whole or not at all.

        A file has a byte order mark, without which Excel takes UTF-8 for the local encoding, and lines end with CR LF.
        Text that a spreadsheet would take for a formula has an apostrophe in front of it, which `read_sheet` removes.
        Days are written as 2020-06-17, yes and no as TRUE and FALSE, numbers without separators.

        Args:
            target: a path, where a table with the same columns is replaced; or an open text file, such as `sys.stdout`,
                which gets no mark.

        Raises:
            InvalidValue: the path is not a path.
            NotARecord: the path has a file that does not begin with these columns; it is not overwritten.
            ReadOnly, StorageFull, StorageError: the file cannot be written. An existing file is unchanged.
        """
        write_csv(self.headings, self.rows, target)

    def to_xlsx(self, path: str | PathLike[str]) -> None:
        """Write the table as a workbook with one sheet, as a whole or not at all.

        Days are cells with dates, if they are from March 1900 on, as Excel has no earlier ones; those are texts. No
        text is a formula; only addresses that begin with http:// or https:// are links. A text of over 32,767
        characters, the most that a cell holds, is cut and ends with "…".

        Args:
            path: the file, ``.xlsx``; a workbook that this method wrote is replaced.

        Raises:
            InvalidValue: the path does not end with ``.xlsx``, or a sheet cannot hold so many rows.
            NotARecord: the path has anything else; it is not overwritten.
            NotInstalled: xlsxwriter is not installed.
            ReadOnly, StorageFull, StorageError: the file cannot be written. An existing file is unchanged.
        """
        write_workbook(self.name, self.headings, self.rows, path)

    # ---- data frames ----

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Return the table as an Arrow stream: pyarrow, polars, DuckDB and others take the table itself.

        Columns are of the types string, int64, float64, bool, date32 and timestamp in microseconds and UTC, each with
        missing values. An empty table has the columns of a full one. A consumer casts to another schema itself.

        Raises:
            NotInstalled: nanoarrow is not installed.
        """
        from partnership.io.frames import arrow_stream  # noqa: PLC0415  loaded on first use

        return arrow_stream(self.columns, self.rows)

    def to_pandas(self) -> Any:  # noqa: ANN401  pandas is optional
        """Return the table as a data frame of pandas, with types that have a missing value.

        They are string, Int64, Float64, boolean, datetime64[s] for days, and datetime64[us, UTC].

        Raises:
            NotInstalled: pandas is not installed.
        """
        from partnership.io.frames import pandas_frame  # noqa: PLC0415  loaded on first use

        return pandas_frame(self.columns, self.rows)

    def to_polars(self) -> Any:  # noqa: ANN401  polars is optional
        """Return the table as a data frame of polars.

        Raises:
            NotInstalled: polars or nanoarrow is not installed.
        """
        from partnership.io.frames import polars_frame  # noqa: PLC0415  loaded on first use

        return polars_frame(self)

    def __repr__(self) -> str:
        return f"<TableData {self.name}: {len(self.rows):,} rows, {len(self.columns)} columns>"

    def _repr_html_(self) -> str:
        shown = [["" if value is None else value for value in row] for row in self.rows[:MAX_ROWS]]
        return table(self.name, self.headings, shown, more=max(len(self.rows) - MAX_ROWS, 0))


# ---- what a row of each list has ----

_get = attrgetter


def _planned(event: Event) -> When | None:
    planned = getattr(event, "planned", None)
    return planned if isinstance(planned, When) else None


def _words_of(event: Event) -> str | None:
    """Return all fields of an event in words; None if it has only its subject and date."""
    fields = [(name, getattr(event, name)) for name in fields_of(type(event)).names if name not in ("on", "planned")]
    words = [f"{name_in_words(name)} {value_in_words(value)}" for name, value in fields if not is_empty(value)]
    return joined(words)


_SOURCE: tuple[Part, ...] = field_parts(Source)
_OCCURRENCE: tuple[Part, ...] = (
    part("subject", "text", _get("subject"), "the subject, kind:slug."),
    part("kind", "text", _get("event.kind"), "the kind of the subject."),
    part("event", "text", _get("event.name"), "the stored name of the event."),
    *date_parts("on", _get("event.dated"), "when it happened."),
    *date_parts("planned", lambda item: _planned(item.event), "for when it is planned."),
    part("earliest", "day", _get("earliest"), "the first day on which it may have begun."),
    part("latest", "day", _get("latest"), "the last day on which it may have ended."),
    part("said", "day", _get("said"), "the day of the first publication."),
    part("fields", "text", lambda item: _words_of(item.event), "everything else that is believed of it, in words."),
    part("disputed", "text", lambda item: joined(item.disputed), "the fields on which sources differ."),
    part("is_refuted", "flag", _get("is_refuted"), "whether another outcome is believed, which excludes this one."),
    part("publishers", "text", lambda item: _publishers(item.evidence), "who says so."),
    part("sources", "text", lambda item: joined(dict.fromkeys(one.source for one in item.evidence)), "the documents."),
    part("claims", "text", lambda item: joined(item.claims), "ids of the claims."),
)


def _publishers(evidence: Iterable[Any]) -> str | None:
    return joined(dict.fromkeys(item.source.publisher for item in evidence))


@frozen
class _Side:
    """One value of a dispute."""

    dispute: Dispute
    side: Candidate
    is_chosen: bool


_DISPUTE: tuple[Part, ...] = (
    part("subject", "text", _get("dispute.subject"), "the subject, kind:slug."),
    part("event", "text", lambda item: item.dispute.event.rstrip(", ") or None, "the event of the fact."),
    part("field", "text", lambda item: joined(item.dispute.names), "the field on which sources differ."),
    *date_parts("value", _get("side.value"), "one value; each side of a dispute is a row."),
    part("is_chosen", "flag", _get("is_chosen"), "whether the state has this value."),
    part("publishers", "text", lambda item: _publishers(item.side.evidence), "who states it."),
    part("sources", "text", lambda item: joined(one.source for one in item.side.evidence), "the documents that do."),
    part("claims", "text", lambda item: joined(one.claim for one in item.side.evidence), "ids of the claims."),
    part("rule", "text", _get("dispute.rule"), "the rule that chose."),
    part("doubt", "text", _get("dispute.doubt"), "the denial that is a side, doubt:slug."),
)


@frozen
class _Changed:
    """A change, and why it is one."""

    part: str
    change: Any


_CHANGE: tuple[Part, ...] = (
    part("subject", "text", _get("change.subject"), "the subject, kind:slug."),
    part("part", "text", _get("part"), "learned, happened or fell due; of two views: differs, only here, only there."),
    part("field", "text", lambda item: item.change.field or None, "the field of its state."),
    *date_parts("before", _get("change.before"), "the value in the earlier view."),
    *date_parts("after", _get("change.after"), "the value in the later view."),
)


@frozen
class _Claim:
    """An entry as a row, with its event and source, and whether its claim is superseded."""

    entry: Entry
    event: Event
    source: Source
    is_superseded: bool


def _claim_parts(event: type[Event] | None = None) -> tuple[Part, ...]:
    """Return the columns of claims; of those of one event, with a column for each of its fields."""
    about = (
        part("position", "integer", _get("entry.position"), "of the entry in this log."),
        part("subject", "text", _get("event.about"), "the subject, kind:slug."),
        part("kind", "text", _get("event.kind"), "the kind of the subject."),
        part("event", "text", _get("event.name"), "the stored name of the event."),
    )
    if event is None:
        fields = (
            *date_parts("on", _get("event.dated"), "when it happened."),
            *date_parts("planned", lambda item: _planned(item.event), "for when it is planned."),
            part("fields", "text", lambda item: _words_of(item.event), "everything else that is claimed, in words."),
        )
    else:
        fields = tuple(
            through(one, _get("event"), {"event": "corrected_event"}.get(one.column.name))
            for one in field_parts(event, without=("subject",))
        )
    taken = {one.column.name for one in (*about, *fields)} | {"kind", "title"}
    source = tuple(
        through(one, _get("source"), f"source_{name}" if (name := one.column.name) in taken else name)
        for one in _SOURCE
    )
    remarks = (
        part("speaker", "text", _get("entry.speaker"), "the person whom the document quotes."),
        part("certainty", "text", _get("entry.remarks.certainty"), "of the wording; none counts as reported."),
        part("inferred", "text", lambda item: joined(item.entry.remarks.inferred), "fields that the desk supplied."),
        part("note", "text", _get("entry.remarks.note"), "the recorder's own words."),
        part("may_be_shared", "flag", _get("entry.may_be_shared"), "whether its own marks let it leave the desk."),
        part("is_superseded", "flag", _get("is_superseded"), "whether it was corrected or retracted."),
        part("recorded_at", "time", _get("entry.recorded_at"), "when this log stored it."),
        part("recorded_by", "text", _get("entry.by"), "who recorded it."),
        part("claim", "text", _get("entry.claim.id"), "the id of the claim."),
    )
    return (*about, *fields, *source, *remarks)


# ---- lists ----

_LISTS: Mapping[str, Callable[[View], Any]] = {
    "claims": lambda view: view.entries(),
    "occurrences": lambda view: view.occurrences,
    "timeline": lambda view: view.timeline(),
    "possible": lambda view: view.possible,
    "overdue": lambda view: view.overdue(),
    "upcoming": lambda view: view.upcoming(),
    "calendar": lambda view: view.calendar(),
    "outcomes": lambda view: view.outcomes(),
    "disputes": lambda view: view.disputes(),
    "findings": lambda view: view.findings(),
    "sources": lambda view: view.sources,
}
"""The lists of a view by name."""
_CLASS_OF_LIST: Mapping[str, type] = {
    "claims": Entry,
    **dict.fromkeys(("occurrences", "timeline", "possible"), Occurrence),
    **dict.fromkeys(("overdue", "upcoming", "calendar"), PlannedItem),
    "outcomes": PlanOutcome,
    "disputes": Dispute,
    "findings": Finding,
    "holders": Holding,
    "sources": Source,
    "changes": Change,
}
"""What each list lists."""


def table_of(answer: object, view: View, name: str | None = None, *, shared_only: bool = True) -> TableData:
    """Return an answer as a table.

    Args:
        answer: the name of a list; or the states of a kind, a calendar, what `diff` or `compare` returned, or a list
            that a view returned. Names are ``'claims'``, ``'occurrences'``, ``'timeline'``, ``'possible'``,
            ``'overdue'``, ``'upcoming'``, ``'calendar'``, ``'outcomes'``, ``'disputes'``, ``'findings'``,
            ``'sources'``, a kind or its plural (``'meetings'``) for its states, and the stored name of an event
            (``'meeting-held'``) for its claims with a column for each field.
        view: the view that is asked, or was.
        name: the name of a list, where an answer may be empty and so would not say what it lists.
        shared_only: for the name of a list, whether private entries are left out, as they are of all that is handed
            on; `TableData.left_out` is their number. A list that is given is taken as it is.

    Raises:
        InvalidValue: there is no list of that name, or an empty list is given without a name.
    """
    if not isinstance(view, View):
        raise InvalidValue(view, "is not a view", "give a record, or what as_of returns")
    if isinstance(answer, str):
        with view.consistent():
            left_out = view.private_count() if shared_only else 0
            asked = view.shareable() if left_out else view
            return attrs.evolve(_table(_answer(answer, asked), asked, answer), left_out=left_out)
    with view.consistent():
        return _table(answer, view, name)


def _answer(name: str, view: View) -> Any:  # noqa: ANN401  any list
    if name in _LISTS:
        return _LISTS[name](view)
    if name in view.kinds.events:
        return tuple(entry for entry in view.entries() if entry.event.name == name)
    if name in view.kinds:
        return view.states(name)
    names = (*_LISTS, *view.kinds.plurals, *view.kinds.names, *view.kinds.events)
    near = nearest(name, names)
    rule = " or ".join(map(repr, near)) if near else f"{', '.join(map(repr, _LISTS))}, a kind or an event"
    raise InvalidValue(name, "is not a list of a view", f"write {rule}")


def _table(answer: Any, view: View, name: str | None) -> TableData:  # noqa: ANN401  any answer
    if isinstance(answer, States):
        return _states_table(answer, name)
    if isinstance(answer, Calendar):
        return _rows_table(name or "calendar", PlannedItem, (*answer.overdue, *answer.planned), view)
    if isinstance(answer, Diff):
        return _diff_table(name or "diff", answer)
    if isinstance(answer, Comparison):
        return _comparison_table(name or "comparison", answer)
    items = tuple(answer) if isinstance(answer, Iterable) else (answer,)
    if not items and name is None:
        raise InvalidValue(answer, "is empty, and does not say what it lists", "give name=, such as name='overdue'")
    event = view.kinds.events.get(name) if name else None
    cls = type(items[0]) if items else Entry if event else _CLASS_OF_LIST.get(str(name))
    if cls is None:  # the name of a kind, or nothing that is known
        return _states_table(_answer(str(name), view), name, ())
    return _rows_table(name or _NAME_OF_CLASS.get(cls, cls.__name__.lower()), cls, items, view, event)


_NAME_OF_CLASS: Mapping[type, str] = {
    Entry: "claims",
    Occurrence: "occurrences",
    PlannedItem: "planned",
    PlanOutcome: "outcomes",
    Dispute: "disputes",
    Finding: "findings",
    Source: "sources",
    Change: "changes",
}


def _states_table(states: States[Any], name: str | None, items: Sequence[Any] | None = None) -> TableData:
    projection = states._projection  # noqa: SLF001  a mapping cannot have more public names
    cls = type(projection.initial(f"{projection.kind}:a" if projection.kind else "a"))
    pairs = list(states.items()) if items is None else []
    return TableData(name or projection.name, *_spread(_state_parts(cls), pairs))


def _state_parts(cls: type) -> tuple[Part, ...]:
    """Return the columns of the states of a class; a state without a subject has the key of its projection."""
    key = part("key", "text", lambda pair: pair[0], "the key of the projection.")
    if not attrs.has(cls):
        return (key, *value_parts("value", Any, lambda pair: pair[1]))
    parts = tuple(through(one, lambda pair: pair[1]) for one in field_parts(cls, without=("outcomes",)))
    return parts if any(one.column.name == "subject" for one in parts) else (key, *parts)


def _diff_table(name: str, diff: Diff) -> TableData:
    changes = [
        *(_Changed("learned", change) for change in diff.learned),
        *(_Changed("happened", change) for change in diff.happened),
        *(_Changed("fell due", Change(item.subject, "planned", None, item.planned)) for item in diff.fell_due),
    ]
    return TableData(name, *_spread(_CHANGE, changes))


def _comparison_table(name: str, comparison: Comparison) -> TableData:
    """Return a table in which the view that was asked stands before the other one."""
    rows = [
        *(_Changed("differs", change) for change in comparison.changes),
        *(_Changed("only here", Change(subject, "", None, None)) for subject in comparison.only_here),
        *(_Changed("only there", Change(subject, "", None, None)) for subject in comparison.only_there),
        *(
            _Changed("overdue here", Change(item.subject, "planned", item.planned, None))
            for item in comparison.overdue_here
        ),
        *(
            _Changed("overdue there", Change(item.subject, "planned", None, item.planned))
            for item in comparison.overdue_there
        ),
    ]
    return TableData(name, *_spread(_CHANGE, rows))


def _rows_table(name: str, cls: type, items: Sequence[Any], view: View, event: type[Event] | None = None) -> TableData:
    if issubclass(cls, Entry):
        superseded = view._refresh().superseded  # noqa: SLF001  as the methods of a view use it
        rows: Iterable[Any] = (
            _Claim(entry, entry.event, entry.source, entry.claim.id in superseded) for entry in items
        )
        return TableData(name, *_spread(_claim_parts(event), rows))
    if issubclass(cls, Dispute):
        rows = (_Side(item, side, side is item.sides[0]) for item in items for side in item.sides)
        return TableData(name, *_spread(_DISPUTE, rows))
    if issubclass(cls, Change):
        return TableData(name, *_spread(_CHANGE[:1] + _CHANGE[2:], (_Changed("", change) for change in items)))
    if issubclass(cls, Occurrence):
        return TableData(name, *_spread(_OCCURRENCE, items))
    if issubclass(cls, PlannedItem):
        parts = field_parts(cls)
        after = next(place for place, one in enumerate(parts, 1) if one.column.name == "sources")
        return TableData(name, *_spread((*parts[:after], _speakers_part(items, view), *parts[after:]), items))
    if not attrs.has(cls):
        raise InvalidValue(items[0], "is not a row of a table", "give a list that a view returned")
    return TableData(name, *_spread(field_parts(cls), items))


def _speakers_part(items: Iterable[PlannedItem], view: View) -> Part:
    """Return the column of the persons whom the documents behind plans quote.

    Of a claim that the desk has corrected without a source, it is whom the corrected claim quotes.
    """
    entries: dict[str, Entry] = {}
    wanted = {claim for item in items for claim in item.claims}
    while wanted:
        found = {claim: group[0] for claim, group in view._refresh().entries_by_claim(wanted).items()}  # noqa: SLF001  as above
        entries |= found
        wanted = {entry.event.subject for entry in found.values() if _corrects_by_desk(entry)} - entries.keys()

    def speaker(claim: str) -> str | None:
        entry = entries.get(claim)
        while entry is not None and _corrects_by_desk(entry):
            entry = entries.get(entry.event.subject)
        return entry.speaker if entry else None

    return part(
        "speakers",
        "text",
        lambda item: joined(dict.fromkeys(filter(None, map(speaker, item.claims)))),
        "the persons whom the documents quote.",
    )


def _corrects_by_desk(entry: Entry) -> bool:
    return isinstance(entry.event, ClaimCorrected) and is_desk_amendment(entry)


def _spread(parts: Sequence[Part], items: Iterable[Any]) -> tuple[tuple[Column, ...], tuple[tuple[Cell, ...], ...]]:
    """Return the columns and the rows of items."""
    return tuple(one.column for one in parts), tuple(tuple(one.read(item) for one in parts) for item in items)
