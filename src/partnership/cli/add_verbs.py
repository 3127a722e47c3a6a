"""Verbs that add what documents state: add, from JSON, from a sheet or by asking; and schema and template, for both."""

from __future__ import annotations

import json
import sys
import warnings
from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from shlex import quote
from typing import Any

from attrs import evolve

import partnership as ps
from partnership._atomic_write import open_to_read
from partnership.cli.list_verbs import SHORT_ID, claim_in_words, remarks_in_words, superseded_claims
from partnership.cli.open_record import PATH_RULE, SHEETS, import_kinds, is_piped, open_to_write, place_of
from partnership.cli.planned_items import citation
from partnership.cli.terminal_tables import Answer, Table
from partnership.cli.writing_verbs import copy_of, source_of
from partnership.errors import InvalidSubmission, InvalidValue, Setting, StorageError
from partnership.io.dicts import to_dict
from partnership.kinds import Kinds
from partnership.serialization.canonical import RefusedJSON, unique_keys
from partnership.values.display import counted
from partnership.values.text import file_path, nearest


def add(args: Namespace) -> Answer:
    """Record what documents state: all of it, or nothing."""
    with open_to_write(args) as stored:
        try:
            submissions = tuple(_with_options(one, args) for one in _submissions(stored, args))
        except InvalidSubmission as error:
            return _refused(error)
        except InvalidValue as error:
            raise InvalidValue(error.value, error.reason, _advice(error.instead, error.setting)) from None
        if not submissions:
            return Answer(("Nothing was recorded.",), {"written": False, "claims": [], "refusals": []})
        record = copy_of(stored) if args.dry_run else stored
        size = record.tree_head().size
        entries = record.submit(*submissions)
        told = [
            *_restoring(record, [entry for entry in entries if entry.position <= size]),
            *_kept_back(record, [entry for entry in entries if entry.position > size]),
        ]
        today = record.today
    later = dict.fromkeys(str(one.source) for one in entries if one.known_from and one.known_from > today)
    for source in later:
        warnings.warn(f"{source}, is dated after today: if that is a slip, retract what it states", stacklevel=2)
    return _recorded(entries, size, args, told)


def _restoring(record: ps.Record, known: Sequence[ps.Entry]) -> list[str]:
    """Return how each of some entries that were added again, and corrected or retracted since, would count again."""
    if not known:
        return []
    superseded = superseded_claims(record)
    by_claim = {entry.claim.id: entry.id[:SHORT_ID] for entry in record.entries()}
    return [
        f"{entry.id[:SHORT_ID]} was corrected or retracted; to restore it, retract {' and '.join(ids)}"
        for entry in known
        if (ids := [by_claim[claim] for claim in superseded.get(entry.claim.id, ())])
    ]


def _kept_back(record: ps.Record, new: Sequence[ps.Entry]) -> list[str]:
    """Return that entries that could be shared stay at the desk, since their claims were added again as private."""
    private = {entry.claim.id for entry in new if not entry.may_be_shared}
    shared = [one for one in record.entries() if one.claim.id in private and one.may_be_shared] if private else ()
    return [f"{entry.id[:SHORT_ID]} could be shared before, and is private from now on" for entry in shared]


def _submissions(record: ps.Record, args: Namespace) -> Sequence[ps.Submission]:
    """Return what the document of a command line states, or what the user answers.

    Raises:
        InvalidSubmission: something cannot be taken.
        StorageError: the file cannot be read.
        InvalidValue: it is of no form that can be read.
    """
    if args.file is None and sys.stdin.isatty():
        from partnership.cli.asking import ask_for_submission  # noqa: PLC0415  loaded on first use

        return ask_for_submission(record, source_of(args), args.speaker)
    if args.file is None or is_piped(args.file):
        return [_from_json(sys.stdin.buffer.read(), "standard input", record.kinds, args)]
    path = file_path(args.file, PATH_RULE)
    ending = Path(path).suffix.lower()
    if ending in SHEETS:
        return _from_sheet(path, record.kinds, args)
    if ending != ".json":
        advice = "give a file that ends with .json, .xlsx, .ods or .csv; `partnership import` reads files of lines"
        raise InvalidValue(path, "is of no form that is known here", advice)
    with open_to_read(path) as file:
        content = file.read()
    return [_from_json(content, path, record.kinds, args)]


def _from_json(content: bytes, place: str, kinds: Kinds, args: Namespace) -> ps.Submission:
    try:
        text = content.decode("utf-8-sig")
        data = json.loads(text, parse_float=_number, object_pairs_hook=unique_keys)
    except json.JSONDecodeError as error:
        raise StorageError(place, f"is not JSON: {_json_advice(error)}") from None
    except UnicodeDecodeError:
        raise StorageError(place, "is not text in UTF-8: save it in that encoding") from None
    except RecursionError:
        raise StorageError(place, "is nested too deeply for such a document") from None
    except RefusedJSON as error:
        raise StorageError(place, f"{error}: remove one of the two") from None
    except ValueError:  # of numbers only
        raise StorageError(place, "has a number with too many digits") from None
    if isinstance(data, Mapping) and (source := source_of(args)) is not None:
        given = {name: value for name, value in to_dict(source).items() if value is not None}
        if "source" in data:
            raise InvalidValue(args.publisher, "is given for a document that names its source", "leave the options out")
        data = {**data, "source": given, "speaker": args.speaker or data.get("speaker")}
    return ps.read_submission(data, kinds)


def _number(written: str) -> int | float:
    """Return a number that is written with a point or an exponent: as it stands, if it is a whole one."""
    try:
        number = Decimal(written)
    except InvalidOperation:  # of an exponent with more digits than it takes
        return float(written)
    is_whole = number.adjusted() < _DIGITS_OF_NUMBERS and number == number.to_integral_value()
    return int(number) if is_whole else float(written)


_DIGITS_OF_NUMBERS = 100
"""More than any field takes; what is larger is refused as it is."""


def _json_advice(error: json.JSONDecodeError) -> str:
    """Return where JSON is wrong, and what to do."""
    before, at = error.doc[: error.pos].rstrip(), error.doc[error.pos : error.pos + 1]
    if error.doc[error.pos :].lstrip()[:1] in ("}", "]") and before.endswith(","):
        position, reason = len(before) - 1, "there is a comma too many: remove it"
    elif at == "," and error.doc[error.pos + 1 :].lstrip()[:1] in ("}", "]"):
        position, reason = error.pos, "there is a comma too many: remove it"
    elif not error.doc.strip():
        return "it is empty; `partnership schema` says what a document holds"
    elif not error.doc[error.pos :].strip():
        position, reason = error.pos, "it ends too early: a bracket or a quotation mark is missing"
    elif at in _QUOTES:
        position, reason = error.pos, 'texts stand in straight double quotation marks, as "news"'
    elif error.msg.startswith("Extra data"):
        position, reason = error.pos, "the document ends before this; one file is one document"
    elif error.msg.startswith("Expecting ','"):
        position, reason = error.pos, "a comma, or the end of a list or object, is missing before this"
    elif error.msg == "Expecting value":
        position, reason = error.pos, "here a value is missing, or a text without its quotation marks"
    else:
        position, reason = error.pos, f"{error.msg[0].lower()}{error.msg[1:]}"
    line = error.doc.count("\n", 0, position) + 1
    column = position - error.doc.rfind("\n", 0, position)
    return f"line {line}, column {column}: {reason}"


_QUOTES = ("'", "\u2018", "\u2019", "\u201c", "\u201d", "\u201e")


def _from_sheet(path: str, kinds: Kinds, args: Namespace) -> Sequence[ps.Submission]:
    return ps.read_sheet(
        path,
        kinds,
        column_map=dict(map(_mapping, args.map)),
        day_first=args.day_first,
        event=args.event,
        source=source_of(args),
        sheet=args.sheet,
    )


def _mapping(option: str) -> tuple[str, str]:
    """Return a heading of a sheet and the column that ``--map HEADING=COLUMN`` gives it.

    Raises:
        InvalidValue: it is not of that form.
    """
    heading, sign, column = option.rpartition("=")
    if not sign:
        raise InvalidValue(option, "maps no heading", "write --map HEADING=COLUMN, such as --map Datum=on")
    return heading.strip(), column.strip()


def _with_options(submission: ps.Submission, args: Namespace) -> ps.Submission:
    """Return what a document states with the speaker and the privacy that the command line gives."""
    claims = submission.claims
    if args.private:
        claims = tuple(
            evolve(claim, shared=False) if isinstance(claim, ps.Remarked) else ps.Remarked(claim, shared=False)
            for claim in claims
        )
    return evolve(submission, speaker=submission.speaker or args.speaker, claims=claims)


def _refused(error: InvalidSubmission) -> Answer:
    """Return what cannot be taken, all of it."""
    told = [
        refusal._replace(advice=_advice(refusal.advice, refusal.setting), setting=None) for refusal in error.refusals
    ]
    number = len(told)
    heading = f"nothing was recorded, for {number} thing{'s' * (number > 1)} cannot be taken:"
    values = [
        {
            "where": refusal.where,
            "value": refusal.value
            if isinstance(refusal.value, bool | int | float | str | None)
            else repr(refusal.value),
            "reason": refusal.reason,
            "advice": refusal.advice,
            "near": list(refusal.near),
        }
        for refusal in told
    ]
    refusals = (heading, *(f"  {refusal}" for refusal in told))
    return Answer((), {"written": False, "claims": [], "refusals": values}, exit_code=2, refusals=refusals)


_OPTIONS: Mapping[str, Callable[[Any], str]] = {
    "column_map": lambda headings: f"--map {quote(f'{next(iter(headings))}=COLUMN')}",
    "day_first": lambda _: "--day-first",
    "event": "--event {}".format,
    "sheet": "--sheet {!r}".format,
    "source": lambda _: "--publisher NAME",
}
"""Arguments of `read_sheet` as options of the command line."""


def _advice(instead: str, setting: Setting | None) -> str:
    """Return what to write instead, and the option that would settle it."""
    option = f"{setting.advice}: {_OPTIONS[setting.argument](setting.value)}" if setting else ""
    return "; ".join(filter(None, (instead, option)))


def _recorded(entries: Sequence[ps.Entry], size: int, args: Namespace, told: Sequence[str]) -> Answer:
    distinct = {entry.id: entry for entry in entries}
    new = [entry for entry in distinct.values() if entry.position > size]
    known, repeated = len(distinct) - len(new), len(entries) - len(distinct)
    done = "Nothing was written. This would record" if args.dry_run else "Recorded"
    blocks: list[Table | str] = [f"{done} {counted(len(new), 'claim', 'claims')} in {place_of(args)}."]
    if known:
        blocks.append(f"{counted(known, 'claim', 'claims')} {'is' if known == 1 else 'are'} there already.")
    if repeated:
        repetitions = counted(repeated, "repetition of a claim is", "repetitions of a claim are")
        blocks.append(f"{repetitions} left out.")
    blocks += told
    rows = [
        (
            (entry.id[:SHORT_ID],),
            (
                claim_in_words(entry),
                *remarks_in_words(entry, is_private=not entry.may_be_shared),
                f"said by {citation(entry)}",
            ),
        )
        for entry in new
    ]
    if rows:
        blocks += ["", Table(f"Claims: {len(rows)}", ("id", "what, and who said so"), rows)]
    values = [
        {
            "entry": entry.id,
            "claim": entry.claim.id,
            "subject": entry.event.about,
            "event": entry.event.name,
            "is_new": entry.position > size,
        }
        for entry in entries
    ]
    return Answer(tuple(blocks), {"written": bool(new) and not args.dry_run, "claims": values, "refusals": []})


def schema(args: Namespace) -> Answer:
    """Return the JSON Schema of what `add` takes."""
    args.json = True  # it is JSON in any case
    return Answer((), ps.json_schema(import_kinds(args)))


def _check_template(what: str, kinds: Kinds) -> None:
    """Refuse a template of what is neither a kind with events nor an event.

    Raises:
        InvalidValue: it is neither; with what may be meant.
    """
    events = [name for name in kinds.events if kinds.kind_of(name) not in _AMENDMENTS]
    names = sorted({kind for kind in map(kinds.kind_of, events) if kind})
    if what not in events and what not in names:
        near = nearest(what.lower().replace(" ", "-").replace("_", "-"), [*names, *events])
        hint = f"did you mean {' or '.join(map(repr, near))}? " if near else ""
        advice = f"{hint}The kinds are {', '.join(names)}" if near else f"the kinds are {', '.join(names)}"
        raise InvalidValue(what, "is neither a kind of subject nor an event", advice)


_AMENDMENTS = ("claim", "subject")
"""Kinds of the events that amend what was entered, which are no rows of a sheet."""


def template(args: Namespace) -> Answer:
    """Write a sheet to be filled in, for an event or for all events of a kind."""
    kinds = import_kinds(args)
    known = Kinds(kinds)
    _check_template(args.what, known)
    ps.write_template(args.file, args.what, kinds)
    lines = [f"Wrote {args.file}.", f"When it is filled in: partnership add RECORD {args.file}"]
    if args.file.lower().endswith(".csv") and args.what in known.names:  # a workbook has a list to choose from
        events = [name for name in known.events if known.kind_of(name) == args.what]
        lines.append(f"What can stand in the column event: {', '.join(events)}")
    return Answer(tuple(lines), {"file": args.file, "for": args.what})
