"""Verbs that list: overdue, calendar, outcomes, who, claims, find, disputes, findings. They show private entries."""

from __future__ import annotations

import re
from argparse import Namespace
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from attrs import evolve

import partnership as ps
from partnership.cli.filters import Filter, query_subject
from partnership.cli.open_record import open_existing, parse_day, select_view, warn_of_unknown_events
from partnership.cli.planned_items import (
    Announced,
    announced,
    item_in_json,
    items_table,
    outcome_in_json,
    outcomes_table,
    said_by,
    saying,
    sayings,
)
from partnership.cli.table_output import Listed, ask, claims_of, how_private, private_subjects, with_column
from partnership.cli.terminal_tables import Answer, Cell, Table
from partnership.engine.amendment_index import is_desk_amendment, stated_event
from partnership.errors import InvalidValue
from partnership.io.dicts import evidence_to_dict, to_dict
from partnership.model.event import Event, fields_of
from partnership.model.value_text import act_in_words, is_empty, labelled_in_words, name_in_words
from partnership.queries.calendar import last_known_day
from partnership.subjects.amendments import AMENDMENTS
from partnership.values.date_words import in_words, planned_in_words

if TYPE_CHECKING:  # loaded on first use
    from partnership.io.tables import TableData
    from partnership.queries.calendar import Moved

SHORT_ID = 12
"""Digits of an id that are printed; verbs that take one need as many as no other entry has."""
_STANDINGS = (
    ("overdue", "overdue", "Overdue on {}: {}, the newest first"),
    ("perhaps-overdue", "perhaps_overdue", "Perhaps overdue on {}: {}, the newest first"),
    ("lapsed", "lapsed", "Past and only possible or hoped for on {}: {}, the newest first"),
    ("without-date", "without_date", "Open without a date on {}: {}, the newest first"),
)
"""Where an item stands, its key in JSON, and the title of its table."""


def overdue(args: Namespace) -> Answer:
    """Return what is past its planned day, surely or perhaps, or has no date, with no known outcome; who announced it.

    The tables are apart: what is surely overdue, what is perhaps overdue, what was only possible or hoped for, and what
    is open without a date.
    """
    with open_existing(args) as record:
        listed = ask(record, args, lambda view, chosen: chosen.of(view.overdue()))
        warn_of_unknown_events(listed.view)
        items, today = announced(listed.view, listed.answer, listed.private), listed.today
        items = tuple(sorted(items, key=_past_since, reverse=True))
        items = tuple(row for standing, _, _ in _STANDINGS for row in items if row.item.standing == standing)
        table = listed.table(args, "overdue", tuple(row.item for row in items))
    blocks: list[Table | str] = []
    values: dict[str, Any] = {"today": to_dict(today)}
    asked = _asked(listed, args)
    for standing, key, title in _STANDINGS:
        rows = [row for row in items if row.item.standing == standing]
        values[key] = [item_in_json(row, today) for row in rows]
        if rows:
            blocks.append(items_table(title.format(asked, len(rows)), rows, today))
        elif standing == "overdue":
            blocks.append(f"Nothing is overdue on {asked}.")
    return Answer(tuple(blocks), values, table=table)


def _asked(listed: Listed[Any], args: Namespace, time: str = "", *, is_knowledge: bool = False) -> str:
    """Return in words the day that a list is for, and what ``--party``, ``--kind``, ``--known`` and a time select.

    Args:
        listed: the list.
        args: the command line.
        time: the time, from `_time`.
        is_knowledge: whether the day until which claims were known comes first, and not the one on which plans stand.
    """
    known, day = None if args.known is None else parse_day(args.known, "--known"), listed.today
    first, other = in_words(day), ""
    if known and known != day:
        first, other = (
            (in_words(known), f", as of {first}") if is_knowledge else (first, f", as known on {in_words(known)}")
        )
    return f"{first}{listed.chosen.in_words}{time}{other}"


def _past_since(row: Announced) -> date:
    """Return the last day that was planned, or since when an item has no date."""
    return (last_known_day(row.item.planned) if row.item.planned else None) or row.item.since


def calendar(args: Namespace) -> Answer:
    """Return what is planned and not past, and which plans have moved; or write it as a calendar file."""
    if args.ics is not None:
        return _calendar_file(args)
    horizon = None if args.until is None else parse_day(args.until, "--until")
    with open_existing(args) as record:
        listed = ask(record, args, lambda view, chosen: _calendar(view, chosen, horizon), _planned_claims)
        warn_of_unknown_events(listed.view)
        plans, today = listed.answer, listed.today
        planned = announced(listed.view, plans.planned, listed.private)
        private = private_subjects(listed.view)
        table = listed.table(args, "upcoming", plans.planned)
    asked = _asked(listed, args, _time(None, horizon))
    blocks: list[Table | str] = [f"Nothing is planned after {asked}."]
    if planned:
        blocks = [items_table(f"To come after {asked}: {len(planned)}", planned, today, style="")]
    if plans.moved:
        rows = [
            ((plan.subject, plan.title or "", "private" if plan.subject in private else ""), _moves(plan))
            for plan in plans.moved
        ]
        blocks.append(Table(f"Moved: {len(plans.moved)}", ("what", "planned"), rows))
    values = {
        "today": to_dict(today),
        "planned": [item_in_json(row, today) for row in planned],
        "moved": to_dict(plans.moved),
    }
    return Answer(tuple(blocks), values, table=table)


def _calendar(view: ps.View, chosen: Filter, horizon: date | None) -> ps.Calendar:
    plans = view.calendar(horizon)
    return ps.Calendar(chosen.of(plans.planned), (), chosen.of(plans.moved))


def _planned_claims(_: ps.View, plans: ps.Calendar) -> Iterator[str]:
    return claims_of(plans.planned)


def _calendar_file(args: Namespace) -> Answer:
    """Write all plans, and what took place, for calendars."""
    if given := [option for option in ("until", "party", "kind") if getattr(args, option) is not None]:
        reason = "is given for a calendar file, which has all plans"
        raise InvalidValue(f"--{given[0]}", reason, "leave it out, or list the plans without --ics")
    with open_existing(args) as record:
        view = select_view(record, args)
        warn_of_unknown_events(view)
        written = ps.write_calendar(view, args.ics)
    lines = str(written).split("\n")
    return Answer((f"Wrote {args.ics}: {lines[0]}", *lines[1:]), {"file": args.ics, **to_dict(written)})


def _time(since: date | None, until: date | None) -> str:
    """Return in words the time that plans are listed for."""
    words = (f" from {in_words(since)}" if since else "", f" until {in_words(until)}" if until else "")
    return f",{''.join(words)}" if any(words) else ""


def _moves(plan: Moved) -> tuple[str, ...]:
    now = ", ".join(map(planned_in_words, plan.planned)) or "without a date"
    earlier = ", then ".join(map(planned_in_words, plan.earlier))
    return act_in_words(plan.act, plan.detail), f"now {now}", f"before, {earlier}"


def outcomes(args: Namespace) -> Answer:
    """Return every plan with what became of it."""
    since, until = (
        None if (day := getattr(args, name)) is None else parse_day(day, f"--{name}") for name in ("since", "until")
    )
    with open_existing(args) as record:
        listed = ask(record, args, lambda view, chosen: chosen.of(view.outcomes(since, until)), _claims_of_outcomes)
        warn_of_unknown_events(listed.view)
        rows, today = announced(listed.view, listed.answer, listed.private), listed.today
        table = listed.table(args, "outcomes", listed.answer)
    asked = _asked(listed, args, _time(since, until), is_knowledge=True)
    title, nothing = f"Plans known by {asked}: {len(rows)}", f"No plan is known by {asked}."
    values = {"today": to_dict(today), "outcomes": [outcome_in_json(row, today) for row in rows]}
    return Answer((outcomes_table(title, rows) if rows else nothing,), values, table=table)


def _claims_of_outcomes(_: ps.View, plans: Iterable[ps.PlanOutcome]) -> Iterator[str]:
    return (claim for plan in plans for claim in (*plan.claims, *plan.outcome_claims))


def who(args: Namespace) -> Answer:
    """Return who held a role on a day: surely, possibly, or at another time."""
    day = None if args.on is None else parse_day(args.on, "--on")
    known = None if args.known is None else parse_day(args.known, "--known")
    with open_existing(args) as record:
        args.as_of = None  # in hindsight
        listed = ask(
            record,
            args,
            lambda view, _: query_subject(view, args.role, lambda role: view.holders(role, day)),
            lambda _, answer: claims_of((*answer.surely, *answer.possible, *answer.not_then)),
        )
        answer, names, private = listed.answer, listed.view.party_names(), listed.private
        by_claim = {entry.claim.id: entry for entry in listed.view.entries(subject=answer.role)}
        table = _holders_asked(args, listed)
    knowledge = f"as it was known on {in_words(known)}" if known else "in hindsight, from all that is known now"
    blocks: list[Table | str] = [f"{answer.role} on {in_words(answer.day)}, {knowledge}:"]
    if answer.is_vacant:
        blocks.append("  nobody held it")
    sides = {"surely": answer.surely, "possible": answer.possible, "not_then": answer.not_then}
    words = {"surely": "surely", "possible": "perhaps", "not_then": "at another time"}
    values: dict[str, Any] = {
        "role": answer.role,
        "day": to_dict(answer.day),
        "known": to_dict(known),
        "is_vacant": answer.is_vacant,
    }
    for side, holdings in sides.items():
        documents = [sayings(holding.claims, by_claim, private) for holding in holdings]
        values[side] = [
            {**to_dict(holding), "said_by": said_by(of_holding)}
            for holding, of_holding in zip(holdings, documents, strict=True)
        ]
        for holding, of_holding in zip(holdings, documents, strict=True):
            named = evolve(holding, holder=holding.holder and names.with_code(holding.holder))
            blocks.append(f"  {words[side]}: {named}")
            blocks += [f"    {words}" for words in dict.fromkeys(saying.words for saying in of_holding)]
    years = [day for holding in answer.possible for day in map(str, holding.days) if re.fullmatch("[0-9]{4}", day)]
    if years and not answer.surely:
        blocks.append(
            f"  {years[0]} is some time in that year; who held it for all of it has {years[0]}-01/{years[0]}-12"
        )
    if not (answer.surely or answer.possible or answer.is_vacant):
        blocks.append("  no source says who held it on that day")
    return Answer(tuple(blocks), values, table=table)


def _holders_asked(args: Namespace, listed: Listed[ps.Holders]) -> TableData | None:
    """Return the holders of a role as a table, with how sure it is that each held it."""
    answer = listed.answer
    sides = ((answer.surely, "surely"), (answer.possible, "perhaps"), (answer.not_then, "at another time"))
    rows = [(holding, word) for holdings, word in sides for holding in holdings]
    table = listed.table(args, "holders", tuple(holding for holding, _ in rows))
    meaning = "whether it held the role on that day: surely, perhaps, or at another time."
    return with_column(table, "held", meaning, [word for _, word in rows])


def claims(args: Namespace) -> Answer:
    """Return what was entered, with the ids of the entries."""

    def found(view: ps.View, chosen: Filter) -> tuple[ps.Entry, ...]:
        name = None if args.subject is None else query_subject(view, args.subject, view.name_of)
        return tuple(entry for entry in view.entries(name) if chosen.keeps_claim(stated_event(entry.event)))

    with open_existing(args) as record:
        listed = ask(record, args, found, lambda _, entries: (entry.claim.id for entry in entries))
        entries, private = listed.answer, listed.private
        superseded, by_claim = superseded_claims(listed.view), _by_claim(listed.view)
        table = listed.table(args, "claims", entries)
    rows = [
        (
            (entry.id[:SHORT_ID],),
            (
                claim_in_words(entry, by_claim),
                "corrected or retracted since" if entry.claim.id in superseded else "",
                *remarks_in_words(entry, is_private=entry.claim.id in private),
                said_in_words(entry, by_claim),
            ),
        )
        for entry in entries
    ]
    blocks = _table_or(rows, "Claims", ("id", "what, and who said so"), "No claim is recorded.")
    return Answer(blocks, {"claims": [_claim_in_json(entry, superseded, private) for entry in entries]}, table=table)


def _by_claim(view: ps.View) -> dict[str, ps.Entry]:
    return {entry.claim.id: entry for entry in view.entries()}


def claim_in_words(entry: ps.Entry, by_claim: Mapping[str, ps.Entry] = {}) -> str:
    """Return what an entry states: the subject, the event, and its fields in words.

    Args:
        entry: the entry.
        by_claim: by claim, the entries that it may amend.
    """
    event = stated_event(entry.event)
    if event is not entry.event:
        return event_in_words(event, " (a correction)")
    target = by_claim.get(event.subject)
    return event_in_words(event, about=f"entry {target.id[:SHORT_ID]}" if target else "")


def event_in_words(event: Event, addition: str = "", about: str = "") -> str:
    """Return the subject of an event, its name, and its fields in words, but for the amendments that it knew of."""
    names = [name for name in fields_of(type(event)).names if not (name == "seen" and isinstance(event, AMENDMENTS))]
    fields = [(name, getattr(event, name)) for name in names]
    words = [labelled_in_words(name, value) for name, value in fields if not is_empty(value)]
    about = about or (event.about if event.kind != "claim" else f"entry {event.subject[:SHORT_ID]}")
    return ": ".join([f"{about}, {name_in_words(event.name)}{addition}", *([", ".join(words)] if words else [])])


def superseded_claims(view: ps.View) -> Mapping[str, tuple[str, ...]]:
    """Return the ids of the claims of a view that were corrected or retracted, with those of what did so."""
    return view._refresh().superseded  # noqa: SLF001  as the methods of a view use it


def said_in_words(entry: ps.Entry, by_claim: Mapping[str, ps.Entry]) -> str:
    """Return who says what an entry states: of a correction by the desk, the document that it corrects the claim of."""
    said = saying(entry, by_claim)
    return said.words if said.is_corrected or not is_desk_amendment(entry) else "by the desk"


def remarks_in_words(entry: ps.Entry, *, is_private: bool) -> tuple[str, ...]:
    """Return what the desk remarks on an entry, and whether it is private; empty texts for what it does not."""
    remarks = entry.remarks
    return (
        f"supplied by the desk: {', '.join(map(name_in_words, remarks.inferred))}" if remarks.inferred else "",
        f"note: {remarks.note}" if remarks.note else "",
        "private" if is_private else "",
    )


def _claim_in_json(entry: ps.Entry, superseded: Container[str], private: Container[str]) -> dict[str, Any]:
    event, remarks = stated_event(entry.event), entry.remarks
    return {
        "entry": entry.id,
        "claim": entry.claim.id,
        "subject": event.about,
        "event": entry.event.name,
        "fields": {name: to_dict(getattr(entry.event, name)) for name in fields_of(type(entry.event)).names},
        "source": to_dict(entry.source),
        "speaker": entry.speaker,
        "certainty": remarks.certainty,
        "inferred": list(remarks.inferred),
        "note": remarks.note,
        "shared": entry.claim.id not in private,
        "is_superseded": entry.claim.id in superseded,
        "recorded_at": entry.recorded_at.isoformat(),
        "by": entry.by,
    }


def find(args: Namespace) -> Answer:
    """Return the claims that contain all of some words."""

    def found(view: ps.View, chosen: Filter) -> tuple[ps.SearchHit, ...]:
        return tuple(hit for hit in view.find(args.text) if chosen.keeps_claim(stated_event(hit.entry.event)))

    with open_existing(args) as record:
        listed = ask(record, args, found, lambda _, hits: (hit.entry.claim.id for hit in hits))
        hits, private, by_claim = listed.answer, listed.private, _by_claim(listed.view)
        table = listed.table(args, "claims", tuple(hit.entry for hit in hits))
    rows = [
        (
            (hit.entry.id[:SHORT_ID],),
            (
                hit.subject,
                f"{name_in_words(hit.field)}: {hit.text}",
                "corrected or retracted since" if hit.is_superseded else "",
                "private" if hit.entry.claim.id in private else "",
                said_in_words(hit.entry, by_claim),
            ),
        )
        for hit in hits
    ]
    values = [
        {
            **{name: to_dict(getattr(hit, name)) for name in ("subject", "field", "text", "is_superseded")},
            "entry": hit.entry.id,
            "claim": hit.entry.claim.id,
            "source": to_dict(hit.entry.source),
            "speaker": hit.entry.speaker,
        }
        for hit in hits
    ]
    blocks = _table_or(rows, "Found", ("id", "where, and who said so"), "Nothing is found.")
    return Answer(blocks, {"found": values}, table=table)


def disputes(args: Namespace) -> Answer:
    """Return every value on which sources differ."""
    with open_existing(args) as record:
        listed = ask(record, args, lambda view, chosen: chosen.of(view.disputes()))
        warn_of_unknown_events(listed.view)
        found, private, table = listed.answer, listed.private, listed.table(args, "disputes", listed.answer)
    values = [
        {
            **{
                name: to_dict(getattr(item, name))
                for name in ("subject", "names", "fields", "rule", "doubt", "sentence")
            },
            "sides": [
                {"value": to_dict(side.value), "because": [evidence_to_dict(one) for one in side.evidence]}
                for side in item.sides
            ],
        }
        for item in found
    ]

    def mark(claims: Iterable[str]) -> str:
        words = how_private(claims, private)
        return f" ({words})" if words else ""

    rows = [((item.subject,), (item.sentence_with(mark),)) for item in found]
    return Answer(
        _table_or(rows, "Sources differ on", ("what", "on what, and who"), "No sources differ."),
        {"disputes": values},
        table=table,
    )


def findings(args: Namespace) -> Answer:
    """Return what is odd, missing or contradictory."""
    with open_existing(args) as record:
        listed = ask(record, args, lambda view, chosen: chosen.of(view.findings()))
        found, private, table = listed.answer, listed.private, listed.table(args, "findings", listed.answer)
    rows = [
        (
            (item.subject,),
            (
                item.sentence.removeprefix(item.subject).lstrip(": "),
                item.nature,
                how_private(item.claims, private),
            ),
        )
        for item in found
    ]
    blocks = _table_or(rows, "Findings", ("what", "what is odd"), "Nothing is odd.")
    return Answer(blocks, {"findings": to_dict(found)}, table=table)


def _table_or(
    rows: Sequence[tuple[Cell, ...]], title: str, headings: tuple[str, ...], nothing: str
) -> tuple[Table | str, ...]:
    """Return a table of rows, or a sentence where there is none."""
    return (Table(f"{title}: {len(rows)}", headings, rows),) if rows else (nothing,)
