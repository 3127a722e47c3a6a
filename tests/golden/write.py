"""Append missing golden lines: ``python tests/golden/write.py meetings``, or without a module for all of them.

A golden line is an entry as it is stored: its id, the id of its claim, and its bytes. Every version of every event has
one line with all fields and one with as few as possible. Existing lines are never rewritten, whatever changes in the
code, because records that contain such entries must remain readable.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, get_args, get_type_hints

import attrs

from partnership.errors import InvalidEvent
from partnership.events import MeetingHeld
from partnership.kinds import BUILT_IN
from partnership.model import converters, references
from partnership.model.entry import remarks_on
from partnership.model.event import Event, fields_of
from partnership.serialization.codec import Codec, EncodedEntry
from partnership.subjects.amendments import AMENDMENTS, Amendment
from partnership.subjects.doubts import stored_name
from partnership.values.amounts import Count, Duration, Money, Percent
from partnership.values.sources import DESK, Source

FOLDER = Path(__file__).parent
CLAIM = "0123456789abcdef" * 4
WHOLE_SOURCE = Source(
    "Việt Nam News",
    published="2020-11~",
    kind="official-release",
    title="Đối thoại: «Диалог», 对话",
    url="https://example.org/ties?day=16&lang=vi#top",
    language="vi",
    locator="page 3, § 2",
    via="a scraped page",
    retrieved="2020-11-17",
)
BARE_SOURCE = Source("VNA", published="2020-11-16")
BY_NAME: dict[str, Any] = {
    "on": "2020-06-17/2020-06-18",
    "planned": "{2021,2022}",
    "as_of": "../2021-04-02",
    "period": "2016/2020",
    "due": "2021-33",
    "of": "meeting",
    "other": "special-fmm-2021",
    "field": "on",
    "event": MeetingHeld("special-fmm-2020", on="2020-06-18", parties=["ASEAN", "RU"]),
    "seen": [CLAIM[::-1], CLAIM[1:] + CLAIM[0]],
    "run": "autumn 2021",
    "ordinal": "19th",
    "part_of": "the pledge of 2007",
    "additional_to": "the pledge of 2012",
}
"""Values by the name of the field."""
BY_CONVERTER: dict[Any, Any] = {
    converters.slug: "special-fmm-2020",
    stored_name: "document-signed",
    converters.slug_or_none: "special-fmm-2021",
    **{converters.Reference((kind,)): "special-fmm-2021" for kind in converters.BUILT_IN_KIND_NAMES},
    references.needed_meeting: "special-fmm-2021",
    references.needed_plan: "special-fmm-2021",
    references.body: "dialogue:ict-security",
    converters.Reference(()): "dialogue:ict-security",
    references.role_body: "dialogue:ict-security",
    converters.day: "2020-09?",
    references.assessed: "line:cpa-2021-2025-1-2-1",
    converters.needed_day: "2020-09-1X",
    converters.words: "Hợp tác — «сотрудничество»,\nover two lines",
    converters.name: "Thành phố Hồ Chí Minh",
    converters.needed_name: "Thành phố Hồ Chí Minh",
    converters.code: "RU",
    converters.needed_code: "VN",
    converters.codes: ["VN", "ASEAN", "RU"],
    converters.texts: ["health", "цифровая безопасность"],
    converters.names_of: ["energy", "smart cities"],
    converters.sorted_slugs: ["b-2", "a-1"],
    references.needed_subject: "document:comprehensive-plan",
    references.subjects: ["meeting:special-fmm-2020", "dialogue:ict-security"],
    references.prepared: ["meeting:special-fmm-2021", "visit:special-fmm-2021"],
    references.occasions: ["external-event:special-fmm-2021", "meeting:special-fmm-2021"],
    references.adopted: ["document:special-fmm-2020", "plan:ict-security"],
    converters.whole: 99,
    converters.needed_count: Count(139, "about"),
    converters.count: Count(2, "at-least"),
    converters.amount: Money("8130000.5", "USD", "at-least"),
    converters.needed_amount: Money("8130000.5", "USD", "at-least"),
    converters.percent: Percent("-9.5", "about"),
    converters.duration: Duration("P5Y", "at-least"),
    converters.number: "3.5",
    converters.flag: True,
}
"""Values for all other fields, by converter. A field with neither has a closed set of values."""


_FILES = {
    json.loads(json.loads(line)["body"])["claim"]["event"]: path.stem
    for path in FOLDER.glob("*.jsonl")
    for line in path.read_text("utf-8").splitlines()
}
"""The file with the lines of each event: they stay there if the event moves to another module."""


def module_of(event: type[Event]) -> str:
    """Return the name of the file with the lines of an event class, or that of its module if it has none yet."""
    return _FILES.get(event.name) or event.__module__.rpartition(".")[2]


def value_for(event: type[Event], field: Any) -> Any:
    """Return a value for a field.

    Raises:
        LookupError: neither the name nor the converter has a value; add one above. A reference to one of several kinds
            has one without that: its usual kind, and a slug like its name.
    """
    reference = references.reference_of(field.converter)
    if reference and reference.kinds:
        return BY_CONVERTER.get(field.converter, f"{reference.kinds[0]}:{field.name.replace('_', '-')}")
    if field.name in BY_NAME:
        return BY_NAME[field.name]
    if field.converter in BY_CONVERTER:
        return BY_CONVERTER[field.converter]
    if reference := references.reference_of(field.converter):
        return _referred(reference)
    hint = get_type_hints(event)[field.name]
    words = [word for type_ in (hint, *get_args(hint)) for word in get_args(type_) if isinstance(word, str)]
    if not words:
        raise LookupError(f"no value for {event.__name__}.{field.name}: add one to BY_NAME or BY_CONVERTER")
    return words[-1]


def _referred(reference: converters.Reference) -> Any:
    """Return a reference, or two, as they are stored."""
    if len(reference.kinds) == 1:
        subjects = ["special-fmm-2021", "special-fmm-2020"]
    else:
        subjects = [f"{kind}:special-fmm-2021" for kind in (reference.kinds or ("meeting", "dialogue"))[:2]]
    return subjects if isinstance(reference, converters.References) else subjects[-1]


def values_for(event: type[Event], *, is_full: bool) -> dict[str, Any]:
    """Return values for all fields of an event class, or for as few as possible."""
    values = {field.name: value_for(event, field) for field in attrs.fields(event)}
    if issubclass(event, Amendment):
        values["subject"] = CLAIM
    if is_full:
        return values
    required = {field.name: values[field.name] for field in attrs.fields(event) if field.default is attrs.NOTHING}
    try:
        event(**required)
    except InvalidEvent as refused:  # one of several fields is required: the reasons name it
        required |= {name: values[name] for name in (reason.partition(":")[0] for reason in refused.reasons)}
    return required


def encoded_entry(event: type[Event], *, is_full: bool) -> EncodedEntry:
    """Return an entry with all fields and remarks, or with as few as possible."""
    instance = event(**values_for(event, is_full=is_full))
    source = WHOLE_SOURCE if is_full else DESK if event in AMENDMENTS else BARE_SOURCE
    remarks = {"certainty": "unnamed-source", "inferred": ["on"], "note": "năm do bàn suy ra", "shared": False}
    speaker = "Alexander Ivanov, Đại sứ" if is_full else None
    return Codec(BUILT_IN).encode(
        instance, source, speaker, remarks_on(instance, source, **(remarks if is_full else {}))
    )


def lines(module: str, folder: Path = FOLDER) -> list[dict[str, str]]:
    """Return the golden lines of a module."""
    path = folder / f"{module}.jsonl"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


def covers(event: type[Event], line: dict[str, str]) -> set[bool]:
    """Return for which values of `is_full` a line is the one of the current version of an event class."""
    claim = json.loads(line["body"])["claim"]
    if (claim["event"], claim["v"]) != (event.name, event.version):
        return set()
    present = claim.get("fields", {}).keys()
    required = values_for(event, is_full=False).keys() - {"subject"}
    return {is_full for is_full, names in ((True, {*fields_of(event).names}), (False, required)) if present == names}


def missing(module: str, folder: Path = FOLDER) -> Iterator[EncodedEntry]:
    """Yield the entries for which a module has no golden line."""
    existing = lines(module, folder)
    for event in BUILT_IN.events.values():
        if module_of(event) == module:
            covered = set().union(*(covers(event, line) for line in existing))
            yield from (encoded_entry(event, is_full=is_full) for is_full in (True, False) if is_full not in covered)


def write(modules: Iterable[str], folder: Path = FOLDER) -> int:
    """Append missing lines, and return their number."""
    count = 0
    for module in modules:
        added = [
            {"id": entry.id, "claim": entry.claim.id, "body": entry.body.decode()} for entry in missing(module, folder)
        ]
        with (folder / f"{module}.jsonl").open("a", encoding="utf-8", newline="\n") as file:
            file.writelines(f"{json.dumps(line, ensure_ascii=False)}\n" for line in added)
        count += len(added)
    return count


def main(modules: Sequence[str]) -> None:
    """Append the missing lines of these modules, or of all."""
    known = sorted({module_of(event) for event in BUILT_IN.events.values()})
    if unknown := [module for module in modules if module not in known]:
        raise SystemExit(f"no module {', '.join(unknown)}; there are {', '.join(known)}")
    for module in modules or known:
        print(f"{module}: {write([module])} lines added")  # noqa: T201  a script


if __name__ == "__main__":
    main(sys.argv[1:])
