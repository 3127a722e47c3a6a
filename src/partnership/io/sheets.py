"""Read claims from a sheet: the template of the library, or anybody's own table.

A row is a claim. Its columns are the event, the subject, the fields of the event, the source and remarks. What cannot
be taken is refused with the address of its cell, everything at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from os import PathLike
from types import MappingProxyType
from typing import Any, Literal, get_args, get_origin

import attrs
from attrs import frozen

from partnership.errors import InvalidSubmission, InvalidValue, Refusal, Setting
from partnership.io.cell_lists import split_members
from partnership.io.sheet_cells import address, is_blank, read_cells
from partnership.io.sheet_dates import date_in_cell
from partnership.io.sheet_numbers import bounded, figure_in_cell, number_in_cell, whole_in_cell
from partnership.io.submission import REMARKS, hints_of, kinds_of, read_claim, read_source
from partnership.kinds import BUILT_IN, Kinds
from partnership.model.converters import PARTIES, sorted_slugs
from partnership.model.event import Event
from partnership.model.field_docs import field_docs
from partnership.model.kind import Kind
from partnership.model.references import reference_of
from partnership.record.remarked import Remarked
from partnership.record.submissions import Submission
from partnership.subjects.amendments import AMENDMENTS
from partnership.values.amounts import Count, Duration, Money, Percent
from partnership.values.labels import label
from partnership.values.sources import Certainty, Source, SourceKind
from partnership.values.text import nearest
from partnership.values.when import When

EXAMPLE = "example:"
"""A row whose subject begins with this is an example, and is not read."""
SOURCE_FIELDS = tuple(field.name for field in attrs.fields(Source))
_NEAR = 0.75
"""How similar a word must be to what may be meant. "Ort" is not near to "format", nor "plaec" to "plan_title"."""
_ERRORS = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!")
"""What a cell shows whose formula fails."""
_SEARCHED = 20
"""Rows at the top among which the headings are looked for."""
_PARTS: Mapping[Any, tuple[str, ...]] = {
    Money: ("currency", "bound"),
    Count: ("bound",),
    Percent: ("bound",),
    Duration: ("bound",),
}
"""Columns that a figure may have beside the one of its name."""

EventClass = Any  # attrs and typing have no narrower type
CellValue = Any  # whatever a spreadsheet has
Json = Any
Hint = Any

NO_PARTS: Mapping[str, str] = MappingProxyType({})
_NO_FIELD, _WITHOUT_VALUE = "is not a field of", "is inferred, and has no value"
"""Reasons of `read_claim`."""


@frozen
class _Target:
    """What the cells of a column are.

    Attributes:
        group: event and subject, fields of the event, the source, or remarks on the claim.
        field: the field, as plain JSON has it.
        part: of a figure, such as its currency; empty for the whole value.
    """

    group: Literal["claim", "source"]
    field: str
    part: str = ""


def read_sheet(
    path: str | PathLike[str],
    kinds: Kinds | Iterable[Kind[Any]] = BUILT_IN,
    *,
    column_map: Mapping[str, str | None] | None = None,
    day_first: bool = False,
    event: str | None = None,
    source: Source | None = None,
    sheet: str | None = None,
) -> tuple[Submission, ...]:
    r"""Return what a sheet states, by source: a workbook (.xlsx, .ods) or CSV as Excel writes it.

    Rows without a value are left out, and so are rows whose subject begins with "example:"; there must be another one.

    Args:
        path: the file.
        kinds: those of the record, ``record.kinds``, or a user's own kinds, as `partnership.open` takes them.
        column_map: for headings of the sheet that are not those of the template, the column that is meant:
            ``{"Datum": "on", "Ort": "place"}``; an empty text or None leaves the column out.
        day_first: whether 03/04/2026 is 3 April; such a date is refused unless this is told.
        event: the event of rows that name none.
        source: the source of rows that name none. Of a row that names a page or an address and no publisher, the rest.
        sheet: the name of the sheet in a workbook that has several.

    Raises:
        InvalidSubmission: something cannot be taken; with every refusal, each with the address of its cell.
        InvalidValue: an argument is wrong, or the workbook has several sheets and none is named.
        NotARecord: it is no sheet, or over a limit.
        NotInstalled: a workbook is given and python-calamine is not installed.
        StorageError: the file cannot be read.

    >>> import tempfile, pathlib
    >>> import partnership as ps
    >>> path = pathlib.Path(tempfile.mkdtemp(), "held.csv")
    >>> _ = path.write_text("event;subject;on;publisher\nmeeting-held;fmm-3;17 June 2020;VNA\n")
    >>> (submission,) = ps.read_sheet(path)
    >>> submission.source.publisher, submission.claims[0].on
    ('VNA', When('2020-06-17'))
    """
    known = kinds_of(kinds)
    default_event = _known_event(event, known)
    mapped = _checked_map(column_map)
    if not isinstance(source, Source | None):
        raise InvalidValue(source, "is not a source", "give source=Source('VNA', published='2020-11-16')")
    rows = read_cells(path, sheet)
    heading, targets, refusals = _columns(rows, known, mapped, default_event)
    if refusals:
        raise InvalidSubmission(tuple(refusals))
    headings = enumerate(rows[heading - 1] if heading else ())
    left_out = {place for place, cell in headings if cell is not None and place not in targets}
    by_source: dict[Source, list[Event | Remarked]] = {}
    for number, cells in enumerate(rows[heading:], heading + 1):
        row = [None if place in left_out else cell for place, cell in enumerate(cells)]
        if is_blank(row) or _is_example(row, targets):
            continue
        reader = _Row(number, row, targets, known, day_first)
        claim, given = reader.read(default_event, source)
        reader.refusals += _without_heading(number, row, rows[heading - 1])
        refusals += sorted(reader.refusals, key=lambda refusal: (len(refusal.where), refusal.where))
        if claim is not None and given is not None:
            by_source.setdefault(given, []).append(claim)
    if not (refusals or by_source):
        refusals = [_without_rows(rows, heading)]
    if refusals:
        raise InvalidSubmission(tuple(refusals))
    return tuple(Submission(given, None, tuple(claims)) for given, claims in by_source.items())


def _without_rows(rows: Sequence[Sequence[Any]], heading: int) -> Refusal:
    """Return why a sheet in which no row is filled in is refused."""
    if not heading:
        advice = "write the names of the columns into its first row, and a row for each claim; a template has them"
    elif all(map(is_blank, rows[heading:])):
        advice = "below its headings, write a row for each claim"
    else:
        advice = f"below the example, write a row for each claim; its subject does not begin with {EXAMPLE!r}"
    return Refusal("the sheet", None, "has no row that is filled in", advice)


def _known_event(event: str | None, kinds: Kinds) -> str | None:
    cls = kinds.events.get(event) if isinstance(event, str) else None
    if event is None or (cls is not None and not issubclass(cls, AMENDMENTS)):
        return event
    near = _near(str(event), kinds.events)
    advice = f"write {' or '.join(map(repr, near))}" if near else "`partnership schema` lists the events"
    raise InvalidValue(event, "is not an event here", advice)


def _checked_map(given: object) -> Mapping[str, str | None]:
    """Return a mapping of headings to columns."""
    if given is None:
        return {}
    if isinstance(given, Mapping) and all(isinstance(key, str) and isinstance(given[key], str | None) for key in given):
        return given
    raise InvalidValue(given, "is not a mapping of headings", "write column_map={'Datum': 'on', 'Nr': ''}")


def _near(word: str, known: Iterable[str]) -> tuple[str, ...]:
    return nearest(word, known, similarity=_NEAR)


def _is_example(row: Sequence[Any], targets: Mapping[int, _Target]) -> bool:
    subjects = (row[place] for place, target in targets.items() if target.field == "subject" and place < len(row))
    return any(isinstance(cell, str) and cell.lower().startswith(EXAMPLE) for cell in subjects)


def _without_heading(number: int, row: Sequence[Any], headings: Sequence[Any]) -> list[Refusal]:
    return [
        Refusal(address(number, place), _shown(cell), "stands in a column without a heading", "give it one")
        for place, cell in enumerate(row)
        if cell is not None and (place >= len(headings) or headings[place] is None)
    ]


# ---- columns ----


def source_columns(fields: Iterable[str]) -> dict[str, str]:
    """Return the columns of a source by their fields, beside columns of these fields of events."""
    taken = {*fields, "kind", "title"}
    return {name: f"source_{name}" if name in taken else name for name in SOURCE_FIELDS}


def parts_of_field(cls: EventClass, name: str) -> tuple[str, ...]:
    """Return the columns that a field may have beside the one of its name: the currency of an amount."""
    return _PARTS.get(hints_of(cls).get(name), ())


def _normalized(heading: object) -> str:
    """Return a heading as the name of a column has it: "Co-chairs" as "co_chairs"."""
    return re.sub(r"[^\w]+", "_", str(heading).strip().lower()).strip("_")


def _columns(
    rows: Sequence[Sequence[Any]], kinds: Kinds, column_map: Mapping[str, str | None], event: str | None
) -> tuple[int, dict[int, _Target], list[Refusal]]:
    """Return the number of rows up to the headings, what the columns hold by their places, and what is wrong."""
    classes = _classes(rows, kinds, event)
    known = _known_columns(classes)
    mapped = {_normalized(heading): name for heading, name in column_map.items()}
    best = _heading_row(rows, {*known, *mapped})
    if best is None:
        return 0, {}, []
    targets: dict[int, _Target] = {}
    not_columns, refusals = _wrong_targets(column_map, known), list[Refusal]()
    unknown = [heading for heading, name in column_map.items() if name and _normalized(name) not in known]
    for place, cell in enumerate(rows[best]):
        heading = _normalized(cell) if cell is not None else ""
        name = mapped.get(heading, heading)
        if not name:
            continue
        target = known.get(_normalized(name))
        if target is None:
            if heading in mapped or all(place >= len(row) or row[place] is None for row in rows[best + 1 :]):
                continue
            unknown.append(str(cell).strip())
            near = _near(_normalized(name), known)
            not_columns.append(Refusal(address(best + 1, place), str(cell), _NO_COLUMN, "", near))
        elif target in targets.values():
            first = next(address(best + 1, other) for other, one in targets.items() if one == target)
            refusals.append(Refusal(address(best + 1, place), str(cell), f"is the same column as {first}", "keep one"))
        else:
            targets[place] = target
    if not_columns:
        not_columns[-1] = _with_advice(not_columns[-1], unknown[0], classes)
    headings = [str(cell).strip() for cell in rows[best] if cell is not None]
    refusals += [
        Refusal("the mapping", heading, "is not a heading of the sheet", f"its headings are {', '.join(headings)}")
        for heading in column_map
        if _normalized(heading) not in map(_normalized, headings)
    ]
    refusals += _missing_columns(best + 1, targets, event)
    return best + 1, targets, [*not_columns, *refusals]


def _heading_row(rows: Sequence[Sequence[Any]], names: Collection[str]) -> int | None:
    """Return the place of the first row that has most of some names; None if all rows are blank."""
    found = {
        place: sum(_normalized(cell) in names for cell in row if cell is not None)
        for place, row in enumerate(rows[:_SEARCHED])
        if not is_blank(row)
    }
    return max(found, key=found.__getitem__, default=None)


def _missing_columns(row: int, targets: Mapping[int, _Target], event: str | None) -> list[Refusal]:
    """Refuse parts of fields that have no column, and a sheet without the columns that every claim needs."""
    names = {target.field for target in targets.values() if target.group == "claim" and not target.part}
    refusals = [
        Refusal(address(row, place), target.part, f"is a part of {target.field!r}, which has no column", "add it")
        for place, target in targets.items()
        if target.part and target.field not in names
    ]
    if "subject" not in names:
        advice = "add one with a slug for each thing, such as 'special-fmm-2020'"
        refusals.append(Refusal(f"row {row}", None, "has no column 'subject'", advice))
    if "event" not in names and event is None:
        setting = Setting("or say which event all rows are", "event", "meeting-held")
        refusals.append(Refusal(f"row {row}", None, "has no column 'event'", "add one", (), setting))
    return refusals


def _wrong_targets(column_map: Mapping[str, str | None], known: Iterable[str]) -> list[Refusal]:
    """Refuse headings that are mapped to what is no column."""
    names = [*known]
    return [
        Refusal(f"the mapping of {heading!r}", name, _NO_COLUMN, "", _near(_normalized(name), names))
        for heading, name in column_map.items()
        if name and _normalized(name) not in names
    ]


_NO_COLUMN = "is not a column of these events"


def _with_advice(last: Refusal, heading: str, classes: Sequence[EventClass]) -> Refusal:
    """Return the last of the refusals of headings that are no columns, with what to do about all of them.

    Args:
        last: the refusal.
        heading: one of the headings, as an example.
        classes: the events whose columns are listed.
    """
    setting = Setting("map each heading to a column, or to '' to leave it out", "column_map", {heading: ""})
    is_of_one_kind = len({cls.kind for cls in classes}) == 1
    listed = (
        f"the columns are {', '.join(_listed_columns(classes))}" if is_of_one_kind else "a template has the columns"
    )
    return last._replace(advice=listed, setting=setting)


def _classes(rows: Sequence[Sequence[Any]], kinds: Kinds, event: str | None) -> list[EventClass]:
    """Return the events of the kinds of which a sheet names one anywhere; all events if it names none."""
    cells = {_event_name(cell, kinds) for row in rows for cell in row if isinstance(cell, str) and len(cell) < 100}  # noqa: PLR2004
    named = {kinds.kind_of(name) for name in kinds.events if name in cells or name == event}
    events = (kinds.events[name] for name in kinds.events if not named or kinds.kind_of(name) in named)
    return [cls for cls in events if not issubclass(cls, AMENDMENTS)]


def _event_name(cell: str, kinds: Kinds) -> str:
    """Return the stored name of an event that a cell has in words, "Meeting held"; else the text as it is."""
    name = re.sub("[ _]+", "-", cell.strip().lower())
    return name if name in kinds.events else cell.strip()


def _listed_columns(classes: Iterable[EventClass]) -> list[str]:
    """Return the names of all columns, each once, as a template has them."""
    fields = dict.fromkeys(["event", "subject", *(name for cls in classes for name in field_docs(cls))])
    remarks = (name for name in REMARKS if name not in fields)
    return [*fields, *source_columns(fields).values(), *remarks]


def _known_columns(classes: Iterable[EventClass]) -> dict[str, _Target]:
    """Return what a column of each name holds, in sheets of these events."""
    columns: dict[str, _Target] = {"event": _Target("claim", "event"), "subject": _Target("claim", "subject")}
    parts: dict[str, _Target] = {}
    for cls in classes:
        for name in field_docs(cls):
            columns.setdefault(name, _Target("claim", name))
            parts |= {f"{name}_{part}": _Target("claim", name, part) for part in parts_of_field(cls, name)}
    fields = set(columns)
    columns |= {name: _Target("claim", name) for name in REMARKS if name not in fields}
    source = source_columns(fields)
    columns |= {source[name]: _Target("source", name) for name in SOURCE_FIELDS}
    columns |= {f"source_{name}": _Target("source", name) for name in SOURCE_FIELDS if f"source_{name}" not in fields}
    labels = {_normalized(label(name)): target for name, target in columns.items()}
    return {**labels, **parts, **columns}


# ---- rows ----


class _Row:
    """A row of a sheet while it is read, by what its columns hold."""

    def __init__(
        self,
        number: int,
        cells: Sequence[Any],
        targets: Mapping[int, _Target],
        kinds: Kinds,
        day_first: bool,  # noqa: FBT001
    ) -> None:
        self._number = number
        self._kinds = kinds
        self._day_first = day_first
        self._places = {target: place for place, target in targets.items()}
        self._parts: dict[str, list[_Target]] = {}
        for target in targets.values():
            if target.part:
                self._parts.setdefault(target.field, []).append(target)
        self.refusals: list[Refusal] = []
        self._values: dict[_Target, CellValue] = {}
        for target, cell in ((target, cells[place]) for place, target in targets.items() if place < len(cells)):
            if isinstance(cell, str) and cell.strip() in _ERRORS:
                reason, advice = "is an error of the spreadsheet", "write what the cell should show"
                self.refusals.append(Refusal(address(number, self._places[target]), cell, reason, advice))
            if cell not in _ERRORS:
                self._values[target] = cell

    def read(self, event: str | None, source: Source | None) -> tuple[Event | Remarked | None, Source | None]:
        """Return the claim and its source; None where something is refused."""
        cell = self._values.get(_Target("claim", "event"))
        stored = "" if cell is None else str(cell)
        name = _event_name(stored, self._kinds) if stored else event
        cls = self._kinds.events.get(name) if name else None
        claim_data = self._converted("claim", lambda target: self._convert_claim(target, cls))
        claim_data["event"] = name
        refused = {refusal.where for refusal in self.refusals}
        claim, refusals = read_claim(
            {key: value for key, value in claim_data.items() if value is not None}, self._kinds
        )
        self._refuse(refusals, "claim", refused)
        given = self._source(source, refused)
        return (None, None) if self.refusals else (claim, given)

    def _source(self, default: Source | None, refused: set[str]) -> Source | None:
        data = self._converted("source", self._convert_source)
        refused = refused | {refusal.where for refusal in self.refusals}
        if "publisher" not in data and default is not None:
            base = {field: getattr(default, field) for field in SOURCE_FIELDS}
            given = {key: _plain(value) for key, value in base.items() if value is not None}
            data = {**given, **data}
        elif not data and not self._is_refused("source"):
            setting = Setting("or name one source for all such rows", "source")
            place = self._place("source", "publisher")
            self.refusals.append(Refusal(place, None, "has no source", "fill in its publisher", (), setting))
            return None
        source, refusals = read_source(data, "")
        self._refuse(refusals, "source", refused)
        return source

    def _is_refused(self, group: str) -> bool:
        wheres = {refusal.where for refusal in self.refusals}
        return any(
            address(self._number, place) in wheres for target, place in self._places.items() if target.group == group
        )

    # ---- places ----

    def _place(self, group: str, field: str) -> str:
        """Return the address of the cell of a field; the row, if the sheet has no such column."""
        places = [place for target, place in self._places.items() if (target.group, target.field) == (group, field)]
        return address(self._number, min(places)) if places else f"row {self._number}"

    def _refuse(self, refusals: Iterable[Refusal], group: Literal["claim", "source"], refused: set[str]) -> None:
        """Add refusals of plain JSON with the addresses of the cells; none for cells that are refused already."""
        for refusal in refusals:
            field, part = re.match(r"([^.\[]*)(.*)", refusal.where).groups()  # type: ignore[union-attr]  # matches anything
            where = self._place(group, field)
            if part.startswith(".") and _Target(group, field, part[1:]) in self._places:
                where = address(self._number, self._places[_Target(group, field, part[1:])])
            if where in refused or (
                refusal.reason == _WITHOUT_VALUE and self._place(group, str(refusal.value)) in refused
            ):
                continue
            if refusal.reason.startswith(_NO_FIELD) and not part:
                reason = f"stands under {field!r}, which {refusal.reason}"
                value = _shown(self._values[_Target(group, field)])
                self.refusals.append(Refusal(where, value, reason, "leave the cell empty, or name another event"))
                continue
            value, reason, advice = refusal.value, refusal.reason, refusal.advice
            if value is None and reason == "is missing":
                reason = f"has no {part.lstrip('.') or field}"
                if part == ".currency":
                    value = _shown(self._values.get(_Target(group, field)))
                    advice = f"write '{value} USD', or fill in {field}_currency, with the currency that is meant"
            elif value is None and not where.startswith("row"):
                value = _shown(self._values.get(_Target(group, field)))
            elif value is None:
                reason = f"{field} {reason}".strip()
            elif not part:
                value = _shown(self._values.get(_Target(group, field), value))
            self.refusals.append(Refusal(where, value, reason, advice, refusal.near))

    # ---- values ----

    def _converted(self, group: str, convert: Callable[[_Target], Any]) -> dict[str, Any]:
        """Return the values of a group as plain JSON, and refuse those that cannot be read."""
        data: dict[str, Any] = {}
        for target, cell in self._values.items():
            if target.group != group or target.part or target.field == "event":
                continue
            if cell is None and (group == "source" or target.field not in self._parts):
                continue
            try:
                value = convert(target)
            except InvalidValue as error:
                place, shown = address(self._number, self._places[target]), _shown(self._values[target])
                self.refusals.append(Refusal(place, shown, error.reason, error.instead, (), error.setting))
                continue
            if value is not None:
                data[target.field] = value
        return data

    def _convert_source(self, target: _Target) -> Json:
        cell = self._values[target]
        if target.field in ("published", "retrieved"):
            return date_in_cell(cell, day_first=self._day_first)
        text = _text(cell).strip()
        return _word(text, get_args(SourceKind)) if target.field == "kind" else text

    def _convert_claim(self, target: _Target, cls: EventClass | None) -> Json:
        cell, name = self._values[target], target.field
        parts = {
            one.part: _text(self._values[one]).strip()
            for one in self._parts.get(name, ())
            if self._values.get(one) is not None
        }
        if cell is None:
            if parts:
                raise InvalidValue("", "is empty, and another column of it is not", "fill in both, or neither")
            return None
        if cls is None or name == "subject" or name not in field_docs(cls):
            return self._convert_remark(name, cell)
        return value_in_cell(cls, name, cell, day_first=self._day_first, parts=parts)

    def _convert_remark(self, name: str, cell: CellValue) -> Json:
        if name == "shared":
            return _flag(cell)
        if name == "inferred":
            return [_normalized(member) for member in split_members(_text(cell), commas=True)]
        text = _text(cell)
        return text if name == "note" else _word(text.strip(), get_args(Certainty) if name == "certainty" else ())


# ---- values ----


def value_in_cell(
    cls: EventClass, name: str, cell: CellValue, *, day_first: bool = False, parts: Mapping[str, str] = NO_PARTS
) -> Json:
    """Return what a cell, or a text that somebody typed, holds for a field of an event, as plain JSON.

    Args:
        cls: the class of the event.
        name: the field.
        cell: the cell, which is not empty.
        day_first: whether of two numbers in a date the first is the day.
        parts: of a figure, what stands in other cells, such as its currency.

    Raises:
        InvalidValue: it holds no such value.

    >>> from partnership.events import CommitmentMade
    >>> value_in_cell(CommitmentMade, "due", "June 2026"), value_in_cell(CommitmentMade, "by", "RU, VN")
    ('2026-06', ['RU', 'VN'])
    """
    kind, allowed, is_code = _how_to_read(cls, name)
    origin: object = get_origin(kind)
    if origin is tuple:
        inner = get_args(kind)[0]
        if inner is str or get_origin(inner) is Literal:
            return [_word(member, allowed) for member in split_members(_text(cell), commas=is_code)]
        members = split_members(cell) if isinstance(cell, str) else [cell]
        return [_value_of_type(member, inner, day_first=day_first) for member in members]
    if allowed:
        return _word(_text(cell).strip(), allowed)
    value = _value_of_type(cell, kind, day_first=day_first, parts=parts)
    return value.strip() if is_code and isinstance(value, str) else value


def _value_of_type(cell: CellValue, kind: Hint, *, day_first: bool, parts: Mapping[str, str] = NO_PARTS) -> Json:
    if kind in (When, date):
        return date_in_cell(cell, day_first=day_first)
    if kind is Money:
        return {**_money(cell), **_parts(parts)}
    if kind in (Count, Percent):
        return {**figure_in_cell(cell, "count" if kind is Count else "percent"), **_parts(parts)}
    if kind is Duration:
        bound, text = bounded(_text(cell).strip())
        return {"text": text, "bound": bound, **_parts(parts)}
    return _OF_TYPE.get(kind, _text)(cell)


@lru_cache(maxsize=4096)
def _how_to_read(cls: EventClass, name: str) -> tuple[Hint, tuple[str, ...], bool]:
    """Return the type of a field, the words that it may hold, and whether it holds words, codes or slugs."""
    converter: Any = attrs.fields_dict(cls)[name].converter
    allowed = field_docs(cls)[name].allowed
    is_code = bool(allowed) or converter in (*PARTIES, sorted_slugs) or reference_of(converter) is not None
    return hints_of(cls).get(name), allowed, is_code


def _parts(parts: Mapping[str, str]) -> dict[str, str]:
    """Return the parts of a figure as plain JSON: bounds as they are stored, "at least" as "at-least"."""
    return {name: text.lower().replace(" ", "-") if name == "bound" else text for name, text in parts.items()}


def _money(cell: CellValue) -> dict[str, str]:
    """Return an amount of money in a cell as plain JSON, without its currency if that stands elsewhere."""
    bound, rest = bounded(cell.strip()) if isinstance(cell, str) else ("exact", cell)
    found = (
        re.fullmatch(r"(?:([A-Z]{3})\s*)?([^A-Za-z]*[0-9][^A-Za-z]*?)(?:\s*([A-Z]{3}))?", rest)
        if isinstance(rest, str)
        else None
    )
    currency = (found[1] or found[3]) if found else None
    data = {"amount": number_in_cell(found[2] if found else rest), "bound": bound}
    return {**data, "currency": currency} if currency else data


def _flag(cell: CellValue) -> bool:
    if isinstance(cell, bool):
        return cell
    word = cell.strip().lower() if isinstance(cell, str) else ""
    if word in ("yes", "true", "no", "false"):
        return word in ("yes", "true")
    raise InvalidValue(cell, "is neither yes nor no", "write 'yes' or 'no', or leave the cell empty if nobody said")


def _word(text: str, allowed: Sequence[str]) -> str:
    """Return a word of a closed list that is written with spaces or capitals; else the text as it is."""
    word = re.sub("[ _]+", "-", text.lower())
    return word if word in allowed else text


def _text(cell: CellValue) -> str:
    """Return the text in a cell; a number as its digits. Dates and flags of a spreadsheet are not texts."""
    if isinstance(cell, str):
        return cell.replace("\r\n", "\n").replace("\r", "\n")
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return number_in_cell(cell)
    what = "a flag" if isinstance(cell, bool) else "a date or a time"
    raise InvalidValue(
        _shown(cell),
        f"is {what} of the spreadsheet, and a text is needed",
        "give the cell the format of a text, and write it again",
    )


_OF_TYPE: Mapping[Any, Callable[[Any], Any]] = {bool: _flag, int: whole_in_cell, Decimal: number_in_cell}
"""How a cell of each type is read; any other is a text."""


def _plain(value: object) -> object:
    return value.text if isinstance(value, When) else value.isoformat() if isinstance(value, date) else value


def _shown(cell: CellValue) -> Json:
    """Return a cell as a person sees it in a sheet."""
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return (
        cell.isoformat()
        if isinstance(cell, date)
        else cell
        if isinstance(cell, str | int | float | None)
        else str(cell)
    )
