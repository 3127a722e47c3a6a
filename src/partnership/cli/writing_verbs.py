"""Verbs that write to a record: new, correct, retract, same. They show what changes; ``--dry-run`` writes nothing."""

from __future__ import annotations

import re
from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import partnership as ps
from partnership.cli.change_table import changes_table
from partnership.cli.field_text import date_in_text, field_value
from partnership.cli.filters import as_name, query_subject
from partnership.cli.list_verbs import SHORT_ID
from partnership.cli.open_record import exists, import_kinds, open_to_write, place_of
from partnership.cli.planned_items import citation
from partnership.cli.terminal_tables import Answer, Table
from partnership.engine.amendment_index import stated_event
from partnership.engine.diff import Change, changes, shown
from partnership.engine.fold import Folded
from partnership.errors import InvalidEntry, InvalidValue, PartnershipError, StorageError, UnknownSubject
from partnership.io.dicts import to_dict
from partnership.model.event import fields_of
from partnership.model.value_text import is_same, name_in_words
from partnership.record.states import States
from partnership.serialization.index_keys import referenced_subjects, subjects_of
from partnership.subjects.amendments import AMENDMENTS
from partnership.values.text import nearest, split_subject

_ID, _TOO_SHORT = re.compile("[0-9a-f]{6,64}"), re.compile("[0-9a-f]{1,5}")
_SOURCE_OPTIONS = {"published": "published", "kind_of_source": "kind", "title": "title", "url": "url"}
"""Options of a source, by the field of `Source` that each gives."""


def new(args: Namespace) -> Answer:
    """Create an empty record."""
    if exists(args):
        raise StorageError(place_of(args), "exists already, and nothing was changed: give another name")
    with ps.open(args.record, partnership=args.partnership, kinds=import_kinds(args)):
        pass
    return Answer((f"Created {place_of(args)}.",), {"record": place_of(args), "partnership": args.partnership})


def source_of(args: Namespace) -> ps.Source | None:
    """Return the source that the options of a command line describe; None without them.

    Raises:
        InvalidValue: an option is wrong.
        PartnershipError: one is given without the publisher.
    """
    given = {field: getattr(args, option) for option, field in _SOURCE_OPTIONS.items()}
    given = {field: value for field, value in given.items() if value is not None}
    if "published" in given:
        given["published"] = date_in_text(given["published"])
    if args.publisher is not None:
        return ps.Source(args.publisher, **given)
    if given:
        raise PartnershipError(_NO_PUBLISHER)
    return None


_NO_PUBLISHER = "a source has a publisher: add --publisher NAME"


def correct(args: Namespace) -> Answer:
    """Record what an entry should have stated."""

    def act(record: ps.Record) -> ps.Entry:
        entry = _entry(record, args.entry)
        if retraction := record.retraction_of(entry):
            advice = "to restore it, retract that; if its source was wrong, add it with the right one"
            reason = f"is retracted, by entry {retraction.id[:SHORT_ID]}, and cannot be corrected"
            raise InvalidValue(args.entry, reason, advice)
        return record.correct(entry, _fields(entry, args.fields), **_why(args))

    return _amend(args, act, "a correction")


def retract(args: Namespace) -> Answer:
    """Record that an entry should not exist."""

    def act(record: ps.Record) -> ps.Entry:
        entry = _entry(record, args.entry)
        return record.retraction_of(entry) or record.retract(entry, **_why(args))

    return _amend(args, act, "a retraction")


def same(args: Namespace) -> Answer:
    """Declare that two subjects are the same."""
    if args.speaker is not None:
        raise InvalidValue(args.speaker, "cannot be quoted here", "leave --speaker out")

    def act(record: ps.Record) -> ps.Entry:
        one, other = (query_subject(record, name, record.name_of) for name in (args.one, args.other))
        return record.same_as(one, other, source=source_of(args), reason=args.reason)

    return _amend(args, act, "a declaration")


def _why(args: Namespace) -> dict[str, Any]:
    source = source_of(args)
    if source is None and args.speaker is not None:
        raise PartnershipError(_NO_PUBLISHER)
    return {"reason": args.reason, "source": source, "speaker": args.speaker}


def _amend(args: Namespace, act: Callable[[ps.Record], ps.Entry], noun: str) -> Answer:
    """Record an amendment, or with ``--dry-run`` try it on a copy in memory, and return what it changes."""
    with open_to_write(args) as stored:
        record = copy_of(stored) if args.dry_run else stored
        size, before = record.tree_head().size, _states(record)
        entry = act(record)
        is_new = record.tree_head().size > size
        by_claim = {other.claim.id: other for other in record.entries()}
        subjects = _subjects(by_claim, entry)
        found = tuple(_changes(before, _states(record), subjects))
    what = f"{noun} of {' and '.join(subjects[:1] if noun != 'a declaration' else subjects)}"
    if not is_new:
        first = f"Nothing was written: the record has {what} already, entry {entry.id[:SHORT_ID]}."
    elif args.dry_run:
        first = f"Nothing was written. This would record {what}."
    else:
        first = f"Recorded {what}: {entry.id[:SHORT_ID]}."
    values = {
        "written": is_new and not args.dry_run,
        "entry": entry.id,
        "claim": entry.claim.id,
        "subjects": subjects,
        "changes": to_dict(found),
    }
    table: Table | str = changes_table("What changes", found) if found else "No state of these subjects changes."
    return Answer((first, *_restated(entry, by_claim), "", table), values)


def copy_of(record: ps.Record) -> ps.Record:
    """Return a copy in memory, in which something can be tried."""
    copy = ps.open(":memory:", partnership=record.partnership, kinds=record.kinds.own)
    copy.merge(record)
    return copy


def _states(record: ps.Record) -> list[States[Any]]:
    """Return the states of all kinds as they are now; none is computed before it is asked for."""
    return [record.project(projection) for projection in record.kinds.projections if projection.kind]


def _changes(before: Iterable[States[Any]], after: Iterable[States[Any]], subjects: list[str]) -> Iterator[Change]:
    """Yield the differences between the states of some subjects."""
    for old, new in zip(before, after, strict=True):
        of_kind = [subject for subject in subjects if split_subject(old.key("a"))[0] == split_subject(subject)[0]]
        yield from changes(
            *({key: Folded(states[key], ()) for key in of_kind if key in states} for states in (old, new))
        )


def _restated(entry: ps.Entry, by_claim: Mapping[str, ps.Entry]) -> Iterator[str]:
    """Yield what a correction puts in place of the values that the entry had."""
    if entry.event.subject in by_claim and stated_event(entry.event) is not entry.event:
        before, after = (stated_event(one.event) for one in (by_claim[entry.event.subject], entry))
        for name in fields_of(type(after)).names:
            old, new = getattr(before, name, None), getattr(after, name)
            if not is_same(old, new):
                yield f"  {name_in_words(name)}: {shown(old)} → {shown(new)}"


def _subjects(by_claim: Mapping[str, ps.Entry], entry: ps.Entry) -> list[str]:
    """Return the subjects of a claim that an entry amends, and those that it refers to."""
    event, subjects = entry.event, dict.fromkeys(subjects_of(entry.event))
    while isinstance(event, AMENDMENTS) and event.subject in by_claim:
        event = by_claim[event.subject].event
        subjects |= dict.fromkeys((*subjects_of(event), *referenced_subjects(event)))
    return [*subjects, *(subject for subject in referenced_subjects(entry.event) if subject not in subjects)]


# ---- the entry that is meant ----


def _entry(record: ps.Record, text: str) -> ps.Entry:
    """Return the entry that a word names: by the beginning of its id, or as the only claim about a subject.

    Raises:
        InvalidValue: several entries are meant.
        UnknownSubject: none is.
    """
    if _ID.fullmatch(text.lower()):
        found = [one for one in record.entries() if text.lower() in (one.id[: len(text)], one.claim.id[: len(text)])]
        if len({one.claim.id for one in found}) == 1:
            return found[0]
        if found:
            raise InvalidValue(text, f"begins the ids of {len(found)} entries", "write more digits")
    try:
        why = query_subject(record, text, record.why)
    except UnknownSubject:
        if _TOO_SHORT.fullmatch(text.lower()):
            raise InvalidValue(text, "is too short for the id of an entry", "write 6 digits of it or more") from None
        raise
    superseded = {item.entry.claim.id for item in why.superseded}
    claims = {one.claim.id: one for one in record.entries(subject=text) if not isinstance(one.event, AMENDMENTS)}
    left = [one for claim, one in claims.items() if claim not in superseded] or [*claims.values()]
    if len(left) == 1:
        return left[0]
    listed = " or ".join(f"{one.id[:SHORT_ID]} ({one.event.name}, {citation(one)})" for one in left[:_MOST_LISTED])
    more = f"; `partnership claims RECORD {text}` shows all" if len(left) > _MOST_LISTED else ""
    raise InvalidValue(text, f"has {len(left)} claims", f"write the id of one: {listed}{more}")


_MOST_LISTED = 4
"""Claims that an error lists."""


_SOURCE_RULE = "retract the entry, and add it again with the right source"
_NOT_OF_EVENTS = {
    **dict.fromkeys(("source", "publisher", "published", "kind_of_source", "url", "speaker"), _SOURCE_RULE),
    **dict.fromkeys(("certainty", "note", "inferred"), "retract the entry, and add it again with the right remark"),
    "shared": "add the same claim again with --private, and it stays at the desk",
}
"""What is said of a claim beside the fields of its event, and what to do where it is wrong."""


def _fields(entry: ps.Entry, words: Iterable[str]) -> Mapping[str, object]:
    """Return the fields that ``FIELD=VALUE`` give.

    Raises:
        InvalidEntry: some are not of that form, or figures that cannot be.
    """
    cls, given, reasons = type(stated_event(entry.event)), dict[str, object](), []
    names = ("subject", *fields_of(cls).names)
    for word in words:
        field, sign, text = word.partition("=")
        field = as_name(field.strip())
        try:
            if not sign:
                reasons.append(f"{word!r} gives no field: write FIELD=VALUE, such as place=Hanoi")
            elif field in given:
                reasons.append(f"{field} is given twice")
            elif field not in names and field in _NOT_OF_EVENTS:
                reasons.append(f"{field!r} cannot be corrected; {_NOT_OF_EVENTS[field]}")
            elif field not in names:
                near = nearest(field, names, 1)
                rule = f"did you mean {near[0]!r}?" if near else f"it has {', '.join(names)}"
                reasons.append(f"{field!r} is not a field of {cls.name}; {rule}")
            else:
                given[field] = field_value(cls, field, text)
        except InvalidValue as error:
            reasons.append(f"{field}: {error}")
    if reasons:
        raise InvalidEntry(f"a correction of {stated_event(entry.event).about}", tuple(reasons))
    return given
