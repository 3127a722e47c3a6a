"""Verbs that query a record: show, overdue, why, diff. They print private entries too."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from difflib import get_close_matches
from typing import Any, TypeVar

import partnership as ps
from partnership.cli.json_output import in_json, why_in_json
from partnership.cli.open_record import open_existing, parse_day, select_view, warn_of_unknown_events
from partnership.cli.terminal_tables import Answer, Table
from partnership.engine.diff import list_difference
from partnership.errors import InvalidValue, UnknownSubject
from partnership.model.value_text import is_empty, name_in_words, value_in_words
from partnership.queries.dossier import name_of
from partnership.render.state_table import describe_state
from partnership.values.date_words import in_words, planned_in_words

__all__ = ["diff", "overdue", "show", "why"]

T = TypeVar("T")

_MOST_SUGGESTIONS = 3
"""Subjects that an error suggests in place of an unknown one."""
_DAYS_PER_MONTH, _DAYS_PER_YEAR = 30.44, 365.25
_REDUNDANT_FIELDS = {"titles", "texts", "disputed"}
"""Fields of states whose changes repeat those of other fields."""


def show(args: Namespace) -> Answer:
    """Return what is known of all subjects, of one kind, or of one subject."""
    with open_existing(args) as record:
        view = select_view(record, args)
        plurals = view.kinds.plurals
        plural = "" if args.what is None else _as_name(args.what)
        if args.what is not None and plural not in plurals:
            return _dossier_answer(_query_subject(view, args.what, view.dossier, plurals))
        warn_of_unknown_events(view)
        states, today = _states(view, plurals if args.what is None else [plural])
    tables = [_states_table(name, members) for name, members in states.items() if members or args.what]
    number = len({state.subject for members in states.values() for state in members})
    subjects = "1 subject" if number == 1 else f"{number} subjects"
    heading = f"{record.partnership or 'This record'} as of {value_in_words(ps.When(today))}: {subjects}"
    return Answer((heading, "", *tables), {"today": in_json(today), "families": in_json(states)})


def _as_name(text: str) -> str:
    """Return a word of the command line as the name of a kind or of a field: "Themed years" is ``themed_years``."""
    return text.lower().replace("-", "_").replace(" ", "_")


def _states(view: ps.View, plurals: Iterable[str]) -> tuple[dict[str, tuple[Any, ...]], date]:
    with view.consistent():
        return {name: tuple(view.states(name).values()) for name in plurals}, view.today


def _query_subject(view: ps.View, name: str, query: Callable[[str], T], plurals: Sequence[str] = ()) -> T:
    """Return the result of a query about one subject; an unknown one raises with suggestions.

    Args:
        view: whose subjects, and whose kinds in *plurals*, are suggested.
        name: ``kind:slug`` or a slug.
        query: a method of the view that takes the name.
        plurals: names of kinds that may be meant.

    Raises:
        UnknownSubject: nothing is recorded of it.
    """
    try:
        return query(name)
    except UnknownSubject as error:
        slug = name.rpartition(":")[2].lower()
        near = [*error.near, *get_close_matches(_as_name(slug), plurals, 1)]
        known = dict.fromkeys(state.subject for plural in view.kinds.plurals for state in view.states(plural).values())
        near += [subject for subject in known if slug in subject] if slug else []
        raise UnknownSubject(name, tuple(near[:_MOST_SUGGESTIONS])) from None


def _states_table(plural: str, states: Iterable[Any]) -> Table:
    rows = [((state.subject, name_of([state]) or ""), describe_state(state)) for state in states]
    return Table(f"{name_in_words(plural)}: {len(rows)}", ("what", "where it stands"), rows)


def _dossier_answer(dossier: ps.Dossier) -> Answer:
    names = ("today", "subject", "names", "title", "states", "expected", "findings", "links", "sources")
    values = {name: in_json(getattr(dossier, name)) for name in names}
    values["disputes"] = [
        {"fields": list(dispute.fields), "sentence": dispute.sentence} for dispute in dossier.disputes
    ]
    values["doubts"] = [
        {"subject": item.doubt.subject, "status": item.doubt.status, "words": item.words} for item in dossier.doubts
    ]
    return Answer(tuple(str(dossier).split("\n")), values)


def overdue(args: Namespace) -> Answer:
    """Return what is past its planned day, surely or perhaps, or has no date, with no known outcome; who announced it.

    The tables are apart: what is surely overdue, what is perhaps overdue, what was only possible or hoped for, and what
    is open without a date.
    """
    with open_existing(args) as record:
        view = select_view(record, args)
        warn_of_unknown_events(view)
        items, today, entries = _overdue(view)
    day = value_in_words(ps.When(today))
    pairs = {
        standing: [pair for pair in zip(items, entries, strict=True) if pair[0].standing == standing]
        for standing in ("overdue", "perhaps-overdue", "lapsed", "without-date")
    }
    blocks: list[Table | str] = []
    for standing, title in (
        ("overdue", f"Overdue on {day}"),
        ("perhaps-overdue", f"Perhaps overdue on {day}"),
        ("lapsed", f"Past and only possible or hoped for on {day}"),
        ("without-date", f"Open without a date on {day}"),
    ):
        if found := pairs[standing]:
            blocks.append(_items_table(f"{title}: {len(found)}, the longest first", found, today))
        elif standing == "overdue":
            blocks.append(f"Nothing is overdue on {day}.")
    values = {
        name: [_item_in_json(*pair, today) for pair in pairs[standing]]
        for name, standing in (
            ("overdue", "overdue"), ("perhaps_overdue", "perhaps-overdue"), ("lapsed", "lapsed"),
            ("without_date", "without-date"),
        )
    }  # fmt: skip
    return Answer(tuple(blocks), {"today": in_json(today), **values})


def _overdue(view: ps.View) -> tuple[tuple[ps.PlannedItem, ...], date, list[list[ps.Entry]]]:
    with view.consistent():
        items = view.overdue()
        return items, view.today, [_planning_entries(view, item) for item in items]


def _planning_entries(view: ps.View, item: ps.PlannedItem) -> list[ps.Entry]:
    """Return the entries that announce a planned item, one for each claim."""
    entries = {entry.claim.id: entry for entry in view.entries(subject=item.subject)}
    return [entries[claim] for claim in item.claims]


def _items_table(title: str, pairs: Iterable[tuple[ps.PlannedItem, list[ps.Entry]]], today: date) -> Table:
    """Return a table of planned items, each given with the entries that announce it."""
    rows = [
        (
            _planned_and_elapsed(item, today),
            (
                item.subject,
                item.title or "",
                item.act_in_words,
                item.qualified.removeprefix(", "),
                f"planned before for {value_in_words(item.previous_dates)}" if item.previous_dates else "",
                *dict.fromkeys(f"said by {_citation(entry)}" for entry in planning),
            ),
        )
        for item, planning in pairs
    ]
    return Table(title, ("planned", "what, and who said so"), rows, "red")


def _planned_and_elapsed(item: ps.PlannedItem, today: date) -> tuple[str, str]:
    """Return the planned date of an overdue item and how long ago that was; without a date, since when it is open."""
    if item.planned is None:
        return "without a date", f"since {value_in_words(ps.When(item.since))}"
    return planned_in_words(item.planned), _elapsed(_days_late(item, today))


def _days_late(item: ps.PlannedItem, today: date) -> int:
    """Return the days since the last planned day, or since an item was first known to have no date."""
    latest = item.planned.latest if item.planned else item.since
    assert latest is not None  # a plan without a last day is never overdue
    return (today - latest).days


def _elapsed(days: int) -> str:
    for length, unit in ((_DAYS_PER_YEAR, "years"), (_DAYS_PER_MONTH, "months")):
        if days >= 2 * length:
            return f"{int(days / length)} {unit} ago"
    return "1 day ago" if days == 1 else f"{days} days ago"


def _citation(entry: ps.Entry) -> str:
    """Return the publisher of an entry, the day it was published or read, and the speaker."""
    source = entry.source
    read = f"read on {in_words(ps.When(source.retrieved))}" if source.retrieved else ""
    parts = (
        source.publisher,
        in_words(source.published) if source.published else read,
        f"via {source.via}" if source.via else "",
        f"in the words of {entry.speaker}" if entry.speaker else "",
    )
    return ", ".join(part for part in parts if part)


def _item_in_json(item: ps.PlannedItem, entries: Iterable[ps.Entry], today: date) -> dict[str, Any]:
    names = (
        *("subject", "title", "act", "planned", "timing", "is_undated", "force", "since", "previous_dates"),
        "claims",
    )
    return {name: in_json(getattr(item, name)) for name in names} | {
        "days": _days_late(item, today),
        "said_by": [
            {"source": in_json(entry.source), "speaker": entry.speaker, "certainty": entry.remarks.certainty}
            for entry in entries
        ],
    }


def why(args: Namespace) -> Answer:
    """Return which sources support each value of a subject, and which say otherwise."""
    with open_existing(args) as record:
        view = select_view(record, args)
        explanation = _query_subject(view, args.subject, view.why)
        if args.field is not None:
            field = _as_name(args.field)
            if field not in explanation.reasons:
                known = ", ".join(name for name in explanation.reasons if name != "outcomes")  # `why` hides it too
                raise InvalidValue(
                    args.field,
                    f"is not known of {explanation.subject}",
                    f"write one of {known}" if known else "leave --field out",
                )
            explanation = view.why(args.subject, field)
        return Answer(tuple(str(explanation).split("\n")), why_in_json(explanation))


def diff(args: Namespace) -> Answer:
    """Return what was learned, what happened and what fell due between two days."""
    with open_existing(args) as record:
        days = (parse_day(args.before, "BEFORE"), parse_day(args.after, "AFTER"))
        warn_of_unknown_events(record)
        difference, today, entries = _diff(record, *days)
    first, last = (value_in_words(ps.When(day)) for day in days)
    tables = [
        _changes_table(f"Learned by {last} of what was so on {first}", difference.learned),
        _changes_table(f"Happened from {first} to {last}", difference.happened),
        _items_table(
            f"Fell due from {first} to {last}: {len(entries)}", zip(difference.fell_due, entries, strict=True), today
        ),
    ]
    values = {
        "before": in_json(days[0]),
        "after": in_json(days[1]),
        "learned": in_json(difference.learned),
        "happened": in_json(difference.happened),
        "fell_due": [_item_in_json(*item, today) for item in zip(difference.fell_due, entries, strict=True)],
    }
    blocks = tuple(table for table in tables if table.rows)
    return Answer(blocks or (f"Nothing changed from {first} to {last}.",), values)


def _diff(record: ps.Record, first: date, last: date) -> tuple[ps.Diff, date, list[list[ps.Entry]]]:
    with record.consistent():
        difference, view = record.diff(first, last), record.as_of(last)
        return difference, view.today, [_planning_entries(view, item) for item in difference.fell_due]


def _changes_table(title: str, changes: Iterable[ps.Change]) -> Table:
    by_subject: dict[str, dict[str, None]] = {}  # no text twice: two projections of a kind may change alike
    for change in changes:
        if change.field not in _REDUNDANT_FIELDS:
            text = f"{name_in_words(change.field)}: {_change_text(change)}"
            by_subject.setdefault(change.subject, {})[text] = None
    rows = [((subject,), tuple(texts)) for subject, texts in by_subject.items()]
    return Table(f"{title}: {len(rows)}", ("what", "what changed"), rows)


def _change_text(change: ps.Change) -> str:
    """Return the value before and after; of a list, only the values that were removed and added."""
    before, after = (() if value is None else value for value in (change.before, change.after))
    if isinstance(before, tuple) and isinstance(after, tuple):
        before, after = list_difference(before, after)
        if not before and not after:
            return f"in another order: {value_in_words(change.after)}"
    texts = [value_in_words(value) for value in (before, after) if not is_empty(value)]
    return f"{texts[0]} → nothing" if is_empty(after) else " → ".join(texts)
