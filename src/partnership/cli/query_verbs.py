"""The verbs that ask: show, overdue, why, diff. On the desk's own terminal they show all that the record holds."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from difflib import get_close_matches
from typing import Any, TypeVar

import partnership as ps
from partnership.cli.json_output import in_json, why_in_json
from partnership.cli.open_record import exact_day, opened, view_of
from partnership.cli.terminal_tables import Answer, Table
from partnership.errors import InvalidValue, UnknownSubject
from partnership.model.value_text import name_in_words, value_in_words
from partnership.queries.dossier import name_of
from partnership.render.state_table import standing
from partnership.values.date_words import in_words

__all__ = ["diff", "overdue", "show", "why"]

T = TypeVar("T")

_NEAR = 3
"""Subjects at the most that one who asked for another is told of."""
_MONTH, _YEAR = 30.44, 365.25  # days, on an average
_SAID_TWICE = {"titles", "texts", "disputed"}
"""Fields of states that say of others what these say themselves."""


def show(asked: Namespace) -> Answer:
    """Answer what is known: of all, of a family, or of one subject."""
    with opened(asked) as record:
        view = view_of(record, asked)
        plurals = view.kinds.plurals
        named = "" if asked.what is None else asked.what.lower().replace("-", "_").replace(" ", "_")
        if asked.what is not None and named not in plurals:
            return _dossier(_found(view, asked.what, view.dossier, plurals))
        wanted = plurals if asked.what is None else [named]
        states, today = _states(view, wanted)
    tables = [_family(name, each) for name, each in states.items() if each or asked.what]
    many = len({one.subject for each in states.values() for one in each})
    subjects = "1 subject" if many == 1 else f"{many} subjects"
    head = f"{record.partnership or 'This record'} as of {value_in_words(ps.When(today))}: {subjects}"
    return Answer((head, "", *tables), {"today": in_json(today), "families": in_json(states)})


def _states(view: ps.View, plurals: Iterable[str]) -> tuple[dict[str, tuple[Any, ...]], date]:
    with view.consistent():
        return {name: tuple(view.states(name).values()) for name in plurals}, view.today


def _found(view: ps.View, name: str, ask: Callable[[str], T], plurals: Sequence[str] = ()) -> T:
    """Return what is answered of a subject; one that is not known is refused with those that may be meant.

    Raises:
        UnknownSubject: nothing is recorded of it.
    """
    try:
        return ask(name)
    except UnknownSubject as refused:
        slug = name.rpartition(":")[2].lower()
        near = [*refused.near, *get_close_matches(slug.replace("-", "_"), plurals, 1)]
        known = dict.fromkeys(one.subject for each in view.kinds.plurals for one in view.states(each).values())
        near += [one for one in known if slug in one] if slug else []
        raise UnknownSubject(name, tuple(near[:_NEAR])) from None


def _family(name: str, states: Iterable[Any]) -> Table:
    rows = [((one.subject, name_of([one]) or ""), standing(one)) for one in states]
    return Table(f"{name_in_words(name)}: {len(rows)}", ("what", "where it stands"), rows)


def _dossier(dossier: ps.Dossier) -> Answer:
    wanted = ("today", "subject", "names", "title", "states", "expected", "findings", "links", "sources")
    values = {name: in_json(getattr(dossier, name)) for name in wanted}
    values["disputes"] = [{"fields": list(one.fields), "sentence": one.sentence} for one in dossier.disputes]
    return Answer(tuple(str(dossier).split("\n")), values)


def overdue(asked: Namespace) -> Answer:
    """Answer what should have come, and who said that it would."""
    with opened(asked) as record:
        found, today, said = _overdue(view_of(record, asked))
    day = value_in_words(ps.When(today))
    if not found:
        return Answer((f"Nothing is overdue on {day}.",), {"today": in_json(today), "overdue": []})
    table = _expected(f"Overdue on {day}: {len(found)}, the longest first", found, said, today)
    due = [_in_keys(one, each, today) for one, each in zip(found, said, strict=True)]
    return Answer((table,), {"today": in_json(today), "overdue": due})


def _overdue(view: ps.View) -> tuple[tuple[ps.PlannedItem, ...], date, list[list[ps.Entry]]]:
    with view.consistent():
        items = view.overdue()
        return items, view.today, [_said(view, item) for item in items]


def _said(view: ps.View, expected: ps.PlannedItem) -> list[ps.Entry]:
    """Return the entries that say when something will come, one for each claim."""
    told = {one.claim.id: one for one in view.entries(subject=expected.subject)}
    return [told[claim] for claim in expected.claims]


def _expected(title: str, found: Iterable[ps.PlannedItem], said: Iterable[list[ps.Entry]], today: date) -> Table:
    rows = [
        (
            (in_words(one.planned), _ago(_late(one, today))),
            (
                one.subject,
                one.title or "",
                f"planned before for {value_in_words(one.previous_dates)}" if one.previous_dates else "",
                *dict.fromkeys(f"said by {_cited(entry)}" for entry in each),
            ),
        )
        for one, each in zip(found, said, strict=True)
    ]
    return Table(title, ("planned", "what, and who said so"), rows, "red")


def _late(one: ps.PlannedItem, today: date) -> int:
    latest = one.planned.latest
    assert latest is not None
    return (today - latest).days


def _ago(days: int) -> str:
    for length, unit in ((_YEAR, "years"), (_MONTH, "months")):
        if days >= 2 * length:
            return f"{int(days / length)} {unit} ago"
    return "1 day ago" if days == 1 else f"{days} days ago"


def _cited(entry: ps.Entry) -> str:
    """Return who said something, when, and in whose words."""
    source = entry.source
    read = f"read on {in_words(ps.When(source.retrieved))}" if source.retrieved else ""
    said = (
        source.publisher,
        in_words(source.published) if source.published else read,
        f"via {source.via}" if source.via else "",
        f"in the words of {entry.speaker}" if entry.speaker else "",
    )
    return ", ".join(one for one in said if one)


def _in_keys(one: ps.PlannedItem, said: Iterable[ps.Entry], today: date) -> dict[str, Any]:
    names = ("subject", "title", "planned", "since", "previous_dates", "claims")
    return {name: in_json(getattr(one, name)) for name in names} | {
        "days": _late(one, today),
        "said_by": [
            {"source": in_json(each.source), "speaker": each.speaker, "certainty": each.remarks.certainty}
            for each in said
        ],
    }


def why(asked: Namespace) -> Answer:
    """Answer who said what of a subject, when, and what lost."""
    with opened(asked) as record:
        view = view_of(record, asked)
        found = _found(view, asked.subject, view.why)
        if asked.field is not None:
            field = asked.field.lower().replace(" ", "_").replace("-", "_")  # as `show` has it, or a state
            if field not in found.reasons:
                known = ", ".join(name for name in found.reasons if name != "outcomes")  # as `why` itself has it
                raise InvalidValue(
                    asked.field,
                    f"is not known of {found.subject}",
                    f"write one of {known}" if known else "leave --field out",
                )
            found = view.why(asked.subject, field)
        return Answer(tuple(str(found).split("\n")), why_in_json(found))


def diff(asked: Namespace) -> Answer:
    """Answer what was learned, what happened and what fell due between two days."""
    with opened(asked) as record:
        days = (exact_day(asked.before, "BEFORE"), exact_day(asked.after, "AFTER"))
        found, today, said = _diff(record, *days)
    first, last = (value_in_words(ps.When(each)) for each in days)
    tables = [
        _changed(f"Learned by {last} of what was so on {first}", found.learned),
        _changed(f"Happened from {first} to {last}", found.happened),
        _expected(f"Fell due from {first} to {last}: {len(said)}", found.fell_due, said, today),
    ]
    values = {
        "before": in_json(days[0]),
        "after": in_json(days[1]),
        "learned": in_json(found.learned),
        "happened": in_json(found.happened),
        "fell_due": [_in_keys(one, each, today) for one, each in zip(found.fell_due, said, strict=True)],
    }
    told = tuple(one for one in tables if one.rows)
    return Answer(told or (f"Nothing changed from {first} to {last}.",), values)


def _diff(record: ps.Record, first: date, last: date) -> tuple[ps.Diff, date, list[list[ps.Entry]]]:
    with record.consistent():
        diff, view = record.diff(first, last), record.as_of(last)
        return diff, view.today, [_said(view, item) for item in diff.fell_due]


def _changed(title: str, changes: Iterable[ps.Change]) -> Table:
    by_subject: dict[str, list[str]] = {}
    for one in changes:
        if one.field not in _SAID_TWICE:
            by_subject.setdefault(one.subject, []).append(f"{name_in_words(one.field)}: {_moved(one)}")
    rows = [((subject,), tuple(dict.fromkeys(told))) for subject, told in by_subject.items()]  # once of two families
    return Table(f"{title}: {len(rows)}", ("what", "what changed"), rows)


def _moved(change: ps.Change) -> str:
    """Return what a field was and is; of a list, only the members that came and went."""
    before, after = change.before or (), change.after or ()
    if isinstance(before, tuple) and isinstance(after, tuple):
        before, after = tuple(x for x in before if x not in after), tuple(x for x in after if x not in before)
    told = [value_in_words(one) for one in (before, after) if one not in (None, ())]
    return " → ".join(told) if after != () else f"{told[0]} → nothing"
