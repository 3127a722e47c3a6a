"""Verbs that query a record: show, why, diff, compare. They show private entries too."""

from __future__ import annotations

import re
from argparse import Namespace
from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import partnership as ps
from partnership.cli.change_table import changes_table
from partnership.cli.filters import Filter, as_name, query_subject
from partnership.cli.open_record import open_existing, parse_day, place_of, select_view, warn_of_unknown_events
from partnership.cli.planned_items import announced, item_in_json, items_table
from partnership.cli.table_output import (
    ask,
    claims_about,
    is_table_asked,
    private_claims,
    private_subjects,
    shared_copy,
)
from partnership.cli.terminal_tables import Answer, Table
from partnership.errors import InvalidValue, PartnershipError
from partnership.io.dicts import to_dict
from partnership.model.value_text import name_in_words, value_in_words
from partnership.queries.dossier import name_of
from partnership.render.state_table import describe_state
from partnership.values.display import counted
from partnership.values.text import nearest


def show(args: Namespace) -> Answer:
    """Return what is known of all subjects, of one kind, or of one subject."""
    with open_existing(args) as record:
        plurals = record.kinds.plurals
        plural = "" if args.what is None else as_name(args.what)
        if is_table_asked(args) and plural not in plurals:
            advice = f"name a family, {', '.join(plurals[:3])}, …; `partnership claims` lists what was entered"
            raise PartnershipError(f"this is not one table: {advice}")
        if args.what is not None and plural not in plurals:
            view = select_view(record, args)
            dossier = query_subject(view, args.what, view.dossier, plurals)
            private = private_claims(view)
            number = len({entry.id for entry in view.entries(subject=dossier.subject) if entry.claim.id in private})
            return _dossier_answer(dossier, number)
        names = plurals if args.what is None else [plural]
        listed = ask(
            record,
            args,
            lambda view, chosen: {name: chosen.of(view.states(name).values()) for name in names},
            lambda view, states: claims_about(view, _subjects_of(states)),
        )
        view, states, today = listed.view, listed.answer, listed.today
        warn_of_unknown_events(view)
        subjects = _subjects_of(states)
        table = listed.table(args, plural, view.states(plural), subjects) if plural else None
        at_desk = private_subjects(view)
        has_later = any(source.known_from and source.known_from > today for source in view.sources)
    tables = [_states_table(name, members, at_desk) for name, members in states.items() if members or args.what]
    later = ", with sources dated after that day" if has_later else ""
    in_all = counted(len(subjects), "subject", "subjects")
    heading = f"{record.partnership or 'This record'} as of {value_in_words(ps.When(today))}{later}: {in_all}"
    return Answer((heading, "", *tables), {"today": to_dict(today), "families": to_dict(states)}, table=table)


def _subjects_of(states: Mapping[str, Iterable[Any]]) -> set[str]:
    return {state.subject for members in states.values() for state in members}


def _states_table(plural: str, states: Iterable[Any], private: Container[str]) -> Table:
    """Return a table of states; those that only private claims have are marked."""
    rows = [
        (
            (state.subject, name_of([state]) or "", "private" if state.subject in private else ""),
            describe_state(state),
        )
        for state in states
    ]
    return Table(f"{name_in_words(plural)}: {len(rows)}", ("what", "where it stands"), rows)


def _dossier_answer(dossier: ps.Dossier, number_of_private: int) -> Answer:
    names = ("today", "subject", "names", "title", "states", "expected", "findings", "links", "sources")
    values = {name: to_dict(getattr(dossier, name)) for name in names}
    values["disputes"] = [
        {"fields": list(dispute.fields), "sentence": dispute.sentence} for dispute in dossier.disputes
    ]
    values["doubts"] = [
        {"subject": item.doubt.subject, "status": item.doubt.status, "words": item.words} for item in dossier.doubts
    ]
    note = f"private: {counted(number_of_private, 'entry', 'entries')} of these"
    return Answer((*str(dossier).split("\n"), *([note] if number_of_private else [])), values)


def why(args: Namespace) -> Answer:
    """Return which sources support each value of a subject, and which say otherwise."""
    with open_existing(args) as record:
        view = select_view(record, args)
        explanation = query_subject(view, args.subject, view.why)
        if args.field is not None:
            field = as_name(args.field)
            if field not in explanation.reasons:
                known = ", ".join(name for name in explanation.reasons if name != "outcomes")  # `why` hides it too
                raise InvalidValue(
                    args.field,
                    f"is not known of {explanation.subject}",
                    f"write one of {known}" if known else "leave --field out",
                )
            explanation = view.why(args.subject, field)
        return Answer(tuple(_in_words(explanation)), to_dict(explanation))


def _in_words(explanation: ps.Why) -> Iterator[str]:
    """Yield the lines of an explanation, with the names of fields and events in words, as `show` has them."""
    names = {
        *explanation.reasons,
        *(name for account in explanation.accounts for name in (account.field, account.event)),
    }
    for line in str(explanation).split("\n"):
        label, colon, rest = line.partition(":")
        is_label = label.startswith("  ") and not label.startswith("   ") and set(re.findall(r"[\w-]+", label)) & names
        yield f"{name_in_words(label)}{colon}{rest}" if is_label else line


def diff(args: Namespace) -> Answer:
    """Return what was learned, what happened and what fell due between two days."""
    with open_existing(args) as record:
        days = (parse_day(args.before, "BEFORE"), parse_day(args.after, "AFTER"))
        warn_of_unknown_events(record)
        args.as_of = args.known = None  # it has its own days
        listed = ask(
            record,
            args,
            lambda view, chosen: _diff(view, *days, chosen),
            lambda view, found: claims_about(view, _changed_subjects(found)),
            shared_copy,
        )
        asked: Any = listed.view  # a record
        difference, view = listed.answer, asked.as_of(days[1])
        today, fell_due = view.today, announced(view, difference.fell_due, private_claims(view))
        table = listed.table(args, "diff", difference)
    first, last = (value_in_words(ps.When(day)) for day in days)
    tables = [
        changes_table(f"Learned by {last} of what was so on {first}", difference.learned),
        changes_table(f"Happened from {first} to {last}", difference.happened),
        items_table(f"Fell due from {first} to {last}: {len(fell_due)}", fell_due, today),
    ]
    values = {
        "before": to_dict(days[0]),
        "after": to_dict(days[1]),
        "learned": to_dict(difference.learned),
        "happened": to_dict(difference.happened),
        "fell_due": [item_in_json(item, today) for item in fell_due],
    }
    blocks = tuple(table for table in tables if table.rows)
    return Answer(blocks or (f"Nothing changed from {first} to {last}.",), values, table=table)


def _diff(record: ps.Record, first: date, last: date, chosen: Filter) -> ps.Diff:
    difference = record.diff(first, last)
    return ps.Diff(chosen.of(difference.learned), chosen.of(difference.happened), chosen.of(difference.fell_due))


def _changed_subjects(found: ps.Diff) -> set[str]:
    rows: tuple[Any, ...] = (*found.learned, *found.happened, *found.fell_due)
    return {row.subject for row in rows}


def compare(args: Namespace) -> Answer:
    """Return what two records, or two publishers in one record, say differently."""
    if args.other is None and args.here is None and args.there is None:
        raise PartnershipError("what to compare with is not said: name another record, or --here and --there")
    other_args = Namespace(**{**vars(args), "record": args.record if args.other is None else args.other})
    with open_existing(args) as record, open_existing(other_args) as other:
        views = (_of_publisher(record, args, args.here), _of_publisher(other, args, args.there))
        comparison = views[0].compare(views[1])
    shown = {"here": args.here or place_of(args), "there": args.there or place_of(other_args)}
    lines = (f"Here is {shown['here']}, there is {shown['there']}.", *str(comparison).split("\n"))
    return Answer(lines, {**shown, **to_dict(comparison)})


def _of_publisher(record: ps.Record, args: Namespace, publisher: str | None) -> ps.View:
    """Return the view that the options select, of what one publisher says if it is named.

    Raises:
        InvalidValue: the record cites no such publisher.
    """
    if publisher is None:
        return select_view(record, args)
    known = sorted({source.publisher for source in record.sources})
    if publisher not in known:
        near = nearest(publisher, known) or known[:3]
        raise InvalidValue(publisher, "is not cited in this record", f"write {' or '.join(map(repr, near))}")
    return select_view(record, args, lambda source: source.publisher == publisher)
