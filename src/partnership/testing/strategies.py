"""Hypothesis strategies: dates, sources, events of any class, and histories of a record.

Histories are dense on purpose: few subjects of one kind, few days, few sources. Of eleven faults that were planted in
the library, histories with many subjects missed six, dense ones none.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from typing import Any, Literal, get_args, get_type_hints

import attrs
from attrs import frozen
from hypothesis import strategies as st

from partnership.errors import InvalidEntry, InvalidEvent, SupersededWarning
from partnership.kinds import BUILT_IN
from partnership.model import converters, references
from partnership.model.entry import Entry
from partnership.model.event import Event, fields_of
from partnership.model.kind import Kind
from partnership.model.references import reference_of
from partnership.record.record import Record
from partnership.subjects.amendments import AMENDMENTS
from partnership.subjects.doubts import field_name, stored_name
from partnership.values.amounts import Bound, Count, Duration, Money, Percent
from partnership.values.sources import Certainty, Source, SourceKind
from partnership.values.when import When

_YEAR = 2020
_DOUBTED = ("meeting-held", "meeting-scheduled")
"""Events that doubts are about."""


def slugs() -> st.SearchStrategy[str]:
    """Generate slugs, few of them so that events meet."""
    return st.sampled_from(["a", "b", "c"])


@cache
def _days() -> st.SearchStrategy[date]:
    """Generate days, mostly the same few: claims that share a day meet in one occurrence, or contradict each other."""
    offsets = st.sampled_from([0, 5, 6, 16, 17, 18, 31, 40]) | st.integers(0, 40)
    return offsets.map(lambda days: date(_YEAR, 5, 15) + timedelta(days))


_TWO_DAYS = st.tuples(_days(), _days())


@st.composite
def whens(draw: st.DrawFn) -> When:
    """Generate dates in May and June 2020, in every form that `When` takes, vague ones too."""
    first, second = sorted(draw(_TWO_DAYS))
    day, month, year = first.isoformat(), f"{first:%Y-%m}", f"{first:%Y}"
    forms = [
        day,
        day,
        month,
        year,
        f"{day}~",
        f"{month}?",
        f"{first:%Y-%m}-{first.day // 10}X",
        f"{year}-22",
        f"{year}-34",
    ]
    if first < second:
        forms += [f"{first}/{second}", f"[{first}..{second}]", f"[{first},{second}]", f"{{{first},{second}}}"]
    forms += [f"../{day}", f"{day}/.."]
    return When(draw(st.sampled_from(forms)))


_PUBLISHED = st.none() | _days().map(str) | st.sampled_from(["2020-05", "2020-06~", "2020", "../2020-06-01"])
_RETRIEVED = st.none() | _days()
_SOURCE_KINDS: st.SearchStrategy[SourceKind | None] = st.sampled_from(
    [None, "official-text", "official-release", "news", "op-ed", "desk-note"]
)
_PUBLISHERS = st.sampled_from(["TASS", "VNA", "MFA"])
_LOCATORS = st.sampled_from([None, None, None, "page 2"])


@st.composite
def sources(draw: st.DrawFn) -> Source:
    """Generate sources of few publishers and days.

    Some have a vague day of publication or an upper bound; some have a day of retrieval instead, or both. Some are
    notes of the desk, which have a day as any other source.
    """
    published = draw(_PUBLISHED)
    retrieved = draw(_RETRIEVED if published else _days())
    kind = draw(_SOURCE_KINDS)
    publisher = "the desk" if kind == "desk-note" else draw(_PUBLISHERS)
    return Source(publisher, kind=kind, published=published, retrieved=retrieved, locator=draw(_LOCATORS))


def _bounds() -> st.SearchStrategy[Bound]:
    return st.sampled_from(get_args(Bound))


def _counts() -> st.SearchStrategy[Count]:
    return st.builds(Count, st.integers(0, 4), _bounds())


def _monies() -> st.SearchStrategy[Money]:
    return st.builds(Money, st.sampled_from(["1", "1.5", "2"]), st.sampled_from(["USD", "EUR"]), _bounds())


def _percents() -> st.SearchStrategy[Percent]:
    return st.builds(Percent, st.sampled_from(["-9.5", "0", "60"]), _bounds())


def _durations() -> st.SearchStrategy[Duration]:
    return st.builds(Duration, st.sampled_from(["P1Y", "P18M", "P2W"]), _bounds())


def _texts() -> st.SearchStrategy[str]:
    return st.sampled_from(["one", "two", "Hà Nội", "третий"])


def _codes() -> st.SearchStrategy[str]:
    return st.sampled_from(["ASEAN", "RU", "VN"])


def _some(items: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(items, min_size=1, max_size=2, unique=True)


_BY_CONVERTER: Mapping[Callable[..., Any], Callable[[], st.SearchStrategy[Any]]] = {
    converters.slug: slugs,
    references.needed_subject: lambda: st.sampled_from(["meeting:a", "meeting:b"]),
    stored_name: lambda: st.sampled_from(_DOUBTED),
    field_name: lambda: st.sampled_from(["on", "place"]),
    converters.slug_or_none: slugs,
    converters.day: whens,
    converters.needed_day: whens,
    converters.words: _texts,
    converters.name: _texts,
    converters.ordinal: _texts,
    converters.code: _codes,
    converters.needed_code: _codes,
    converters.codes: lambda: _some(_codes()),
    converters.texts: lambda: _some(_texts()),
    converters.names_of: lambda: _some(_texts()),
    converters.sorted_slugs: lambda: _some(slugs()),
    converters.whole: lambda: st.integers(0, 4),
    converters.needed_count: _counts,
    converters.count: _counts,
    converters.amount: _monies,
    converters.needed_amount: _monies,
    converters.needed_name: _texts,
    converters.percent: _percents,
    converters.duration: _durations,
    converters.number: lambda: st.sampled_from(["0", "1", "1.5", "200"]),
    converters.flag: st.booleans,
    converters.needed_words: _texts,
    converters.needed_whole: lambda: st.integers(0, 4),
    converters.needed_percent: _percents,
    converters.needed_duration: _durations,
    converters.needed_number: lambda: st.sampled_from(["0", "1", "1.5", "200"]),
    converters.needed_flag: st.booleans,
}


def _of_field(converter: Any, hint: Any) -> st.SearchStrategy[Any]:  # noqa: ANN401  of any field
    """Generate values of a field from its converter or, if that is not known, from its type."""
    if isinstance(converter, converters.Choice):
        return st.sampled_from(converter.allowed)
    if converter in _BY_CONVERTER:
        return _BY_CONVERTER[converter]()
    if reference := reference_of(converter):
        kinds = reference.kinds[:3] or ("meeting", "dialogue")  # few, so that several claims refer to one subject
        subjects = slugs() if len(kinds) == 1 else st.sampled_from([f"{kind}:a" for kind in kinds])
        return _some(subjects) if isinstance(reference, converters.References) else subjects
    return _by_type(hint)


@cache
def _of_fields(event: type[Event]) -> dict[str, st.SearchStrategy[Any]]:
    hints = get_type_hints(event)
    return {field.name: _of_field(field.converter, hints[field.name]) for field in attrs.fields(event)}


VALUES: Mapping[type, Callable[[], st.SearchStrategy[Any]]] = {
    When: whens,
    Source: sources,
    Count: _counts,
    Money: _monies,
    Percent: _percents,
    Duration: _durations,
}
"""Strategies by type, for ``st.from_type``."""


def events_of(
    event: type[Event], subject: st.SearchStrategy[str] | None = None, fields: Collection[str] | None = None
) -> st.SearchStrategy[Event]:
    """Generate events of one class, which may be a user's own.

    Each field is generated from its converter or, if that is not known, from its type.

    Args:
        event: the class.
        subject: slugs of the subjects; by default those of `slugs`.
        fields: the optional fields that may have a value; by default all.
    """
    strategies = _of_fields(event)  # type: ignore[arg-type]  # a class is hashable
    needed = {name for name, field in attrs.fields_dict(event).items() if field.default is attrs.NOTHING}
    required = {name: one for name, one in strategies.items() if name in needed}
    optional = {
        name: one for name, one in strategies.items() if name not in needed and (fields is None or name in fields)
    }
    if subject is not None:
        required["subject"] = subject

    def build(values: dict[str, Any]) -> Event | None:
        try:
            return event(**values)
        except InvalidEvent:  # fields that exclude each other
            return None

    events = st.fixed_dictionaries(required, optional=optional).map(build)
    return events.filter(lambda built: built is not None)  # type: ignore[return-value]  # mypy sees None still


_events_of = lru_cache(maxsize=1024)(events_of)  # a new strategy costs more than drawing from it


@cache
def _only(slug: str) -> st.SearchStrategy[str]:
    return st.just(slug)


def _by_type(hint: Any) -> st.SearchStrategy[Any]:  # noqa: ANN401  any type
    if Event in (hint, *get_args(hint)):
        return st.deferred(lambda: st.one_of([events_of(event) for event in _addable_events(BUILT_IN)]))
    words = [word for member in get_args(hint) for word in get_args(member)]  # of a Literal | None
    return st.sampled_from(words) if words else st.from_type(hint)


def _addable_events(kinds: Iterable[Kind[Any]]) -> list[type[Event]]:
    """Return the classes of events that `Record.add` takes: all but amendments."""
    return [event for kind in kinds for event in kind.events if event not in AMENDMENTS]


@frozen
class Act:
    """One change of a record.

    Attributes:
        verb: name of the method of `Record`.
        target: number of the earlier act whose entry is corrected, retracted or preferred.
        event: the event that is added, or with which the entry is corrected.
        source: the source; None if the recorder corrects its own mistake.
        remarks: the other arguments.
    """

    verb: Literal["add", "correct", "retract", "prefer", "same_as"]
    target: int = 0
    event: Event | None = None
    source: Source | None = None
    remarks: Mapping[str, Any] = {}


_SUBJECTS = st.sampled_from(["a", "a", "a", "b"])
_VERBS = st.sampled_from(["add"] * 6 + ["correct", "correct", "retract", "prefer", "same_as"])


@st.composite
def histories(draw: st.DrawFn, kind: str | Kind[Any] | None = None, most: int = 12) -> list[Act]:
    """Generate changes of a record: mostly events of one kind about two subjects.

    Half of the histories are dense: a few classes of events about one subject, with a few fields, from a few documents,
    each of which tells several of them. An amendment is as often the desk's own as a publisher's; what is corrected
    differs from what was claimed in a field or two, or in all of them.

    Args:
        draw: provided by Hypothesis.
        kind: a user's `Kind`, or the name of a built-in one; by default any built-in kind.
        most: maximal number of changes.
    """
    referring: list[type[Event]] = []  # events of other subjects that are part of the states
    if isinstance(kind, Kind):
        name, classes = kind.name, [*kind.events]
        referring += [BUILT_IN.events[stored] for stored in kind.foreign_steps]
    else:
        addable = _addable_events(BUILT_IN)
        name = kind or draw(st.sampled_from(sorted({event.kind for event in addable})))
        classes = [event for event in addable if event.kind == name]
    if name in ("dialogue", "document", "network", "series"):
        referring.append(BUILT_IN.events["meeting-held"])
    if name == "doubt":  # what it is about
        referring += [BUILT_IN.events[stored] for stored in _DOUBTED]
    subjects, documents, fields = _SUBJECTS, sources(), None
    if draw(st.booleans()):
        classes = draw(st.lists(st.sampled_from(classes), min_size=1, max_size=3, unique=True))
        subjects = _only("a")
        documents = st.sampled_from(draw(st.lists(sources(), min_size=1, max_size=4)))
        names = st.sampled_from(sorted({name for event in classes for name in fields_of(event).names}))
        dates = draw(st.sampled_from([("on",), ("planned",), ("on", "planned")]))
        references = [name for event in referring for name, _ in fields_of(event).refers]
        fields = frozenset({*draw(st.lists(names, max_size=3)), *dates, *references})
    every = (*classes, *referring)
    events = st.one_of([_events_of(event, subjects, fields) for event in every])  # type: ignore[arg-type]  # a class is hashable
    remarks, amending = _remarks(), st.none() | documents
    acts = [Act("add", event=draw(events), source=draw(documents), remarks=draw(remarks))]
    for number in range(1, draw(st.integers(1, most))):
        verb = draw(_VERBS)
        target = draw(st.integers(0, number - 1))
        source = draw(amending)
        if verb == "add":
            acts.append(Act("add", event=draw(events), source=draw(documents), remarks=draw(remarks)))
        elif verb == "correct":
            stated = {place: act.event for place, act in enumerate(acts) if act.event is not None}
            target = draw(st.sampled_from(sorted(stated)))
            acts.append(Act("correct", target, draw(_corrected(stated[target], events)), source))
        elif verb == "same_as":
            acts.append(Act("same_as", source=source, remarks={"one": f"{name}:a", "other": f"{name}:b"}))
        elif verb == "prefer":
            acts.append(Act("prefer", target, remarks=draw(_preferred_field(acts[target].event))))
        else:
            acts.append(Act("retract", target, source=source))
    return acts


@st.composite
def _corrected(draw: st.DrawFn, event: Event, events: st.SearchStrategy[Event]) -> Event:
    """Generate an event with some other fields than *event*, or another event."""
    if draw(st.booleans()):
        return draw(events)
    other = draw(_events_of(type(event), _only(event.subject)))  # type: ignore[arg-type]  # a class is hashable
    names = st.sampled_from(fields_of(type(event)).names)
    fields = draw(st.lists(names, min_size=1, max_size=2, unique=True))
    try:
        return attrs.evolve(event, **{name: getattr(other, name) for name in fields})
    except InvalidEvent:  # fields that exclude each other
        return other


@st.composite
def _preferred_field(draw: st.DrawFn, event: Event | None) -> dict[str, Any]:
    """Generate the field for which an entry is preferred, or none for all."""
    if event is None or draw(st.booleans()):
        return {}
    return {"field": draw(st.sampled_from(fields_of(type(event)).names))}


@st.composite
def _remarks(draw: st.DrawFn) -> dict[str, Any]:
    remarks: dict[str, Any] = {}
    if draw(st.booleans()):
        remarks["certainty"] = draw(st.sampled_from(get_args(Certainty)))
    if draw(st.booleans()):
        remarks["inferred"] = ["on"]
    return remarks


def ticking(start: datetime = datetime(2026, 1, 1, tzinfo=UTC)) -> Callable[[], datetime]:
    """Return a clock that advances by a second each time it is read."""
    now = [start]

    def clock() -> datetime:
        now[0] += timedelta(seconds=1)
        return now[0]

    return clock


def write(record: Record, history: list[Act]) -> list[Entry]:
    """Apply a history to a record; return the entry of each act."""
    entries: list[Entry] = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SupersededWarning)  # a history may add a superseded claim again
        for act in history:
            entries.append(_write(record, act, entries))
    return entries


def _write(record: Record, act: Act, entries: list[Entry]) -> Entry:
    if act.verb == "add":
        assert act.event is not None
        assert act.source is not None
        remarks = {**act.remarks}
        if "inferred" in remarks:
            remarks["inferred"] = [name for name in remarks["inferred"] if getattr(act.event, name) is not None]
        return record.add(act.event, source=act.source, **remarks)[0]
    if act.verb == "correct":
        assert act.event is not None
        try:
            return record.correct(entries[act.target], act.event, source=act.source, reason="corrected")
        except InvalidEntry:  # the entry states exactly this already
            return entries[act.target]
    if act.verb == "same_as":
        return record.same_as(source=act.source, **act.remarks)
    if act.verb == "prefer":
        return record.prefer(entries[act.target], **act.remarks)
    return record.retract(entries[act.target], source=act.source)
