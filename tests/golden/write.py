"""Write golden lines: ``python tests/golden/write.py meetings``, or without a page for all of them.

A golden line is one entry as a record keeps it, permanently: its id, the id of its claim, and its bytes. Of every
event, at every version, there is one that says all it can and one that says as little as it can. What is missing is
appended; a line that is there is never written again, whatever has become of the code.
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
from partnership.model import converters
from partnership.model.entry import remarks_on
from partnership.model.event import Event, fields_of
from partnership.serialization.codec import Codec, EncodedEntry
from partnership.subjects.amendments import AMENDMENTS, Amendment
from partnership.values.amounts import Count, Money, Percent
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
}
"""Values for fields whose name says what they hold."""
BY_CONVERTER: dict[Any, Any] = {
    converters.slug: "special-fmm-2020",
    converters.ref: "special-fmm-2021",
    converters.subject: "dialogue:ict-security",
    converters.day: "2020-09?",
    converters.needed_subject: "line:cpa-2021-2025-1-2-1",
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
    converters.subjects: ["meeting:special-fmm-2020", "dialogue:ict-security"],
    converters.whole: 99,
    converters.needed_count: Count(139, "about"),
    converters.count: Count(2, "at-least"),
    converters.amount: Money("8130000.5", "USD", "at-least"),
    converters.needed_amount: Money("8130000.5", "USD", "at-least"),
    converters.percent: Percent("-9.5", "about"),
    converters.number: "3.5",
    converters.flag: True,
}
"""Values for all other fields, by what they are; what has none of these is one of a closed set of words."""


_FILES = {
    json.loads(json.loads(line)["body"])["claim"]["event"]: path.stem
    for path in FOLDER.glob("*.jsonl")
    for line in path.read_text("utf-8").splitlines()
}
"""By event, the file that has its lines: they stay where they were written."""


def page_of(event: type[Event]) -> str:
    """Return the golden file that has a class of events, or else that of its module in ``subjects``."""
    return _FILES.get(event.name) or event.__module__.rpartition(".")[2]


def value_for(event: type[Event], field: Any) -> Any:
    """Return a value for a field.

    Raises:
        LookupError: nobody has thought of one for such a field; add it above.
    """
    if field.name in BY_NAME:
        return BY_NAME[field.name]
    if field.converter in BY_CONVERTER:
        return BY_CONVERTER[field.converter]
    hint = get_type_hints(event)[field.name]
    words = [word for each in (hint, *get_args(hint)) for word in get_args(each) if isinstance(word, str)]
    if not words:
        raise LookupError(f"no value for {event.__name__}.{field.name}: add one to BY_NAME or BY_CONVERTER")
    return words[-1]


def said_by(event: type[Event], *, says_all: bool) -> dict[str, Any]:
    """Return the fields of an event that says all it can, or as little as it can."""
    values = {one.name: value_for(event, one) for one in attrs.fields(event)}
    if issubclass(event, Amendment):
        values["subject"] = CLAIM
    if says_all:
        return values
    said = {one.name: values[one.name] for one in attrs.fields(event) if one.default is attrs.NOTHING}
    try:
        event(**said)
    except InvalidEvent as refused:  # one of several must be there: the reasons name the field to write
        said |= {name: values[name] for name in (reason.partition(":")[0] for reason in refused.reasons)}
    return said


def draft(event: type[Event], *, says_all: bool) -> EncodedEntry:
    """Return an entry that says all it can, or as little as it can."""
    told = event(**said_by(event, says_all=says_all))
    source = WHOLE_SOURCE if says_all else DESK if event in AMENDMENTS else BARE_SOURCE
    remarks = {"certainty": "unnamed-source", "inferred": ["on"], "note": "năm do bàn suy ra", "shared": False}
    speaker = "Alexander Ivanov, Đại sứ" if says_all else None
    return Codec(BUILT_IN).encode(told, source, speaker, remarks_on(told, source, **(remarks if says_all else {})))


def lines(page: str, folder: Path = FOLDER) -> list[dict[str, str]]:
    """Return the golden lines of a page."""
    path = folder / f"{page}.jsonl"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


def says(event: type[Event], line: dict[str, str]) -> set[bool]:
    """Return whether a line has the event, as it stands, say all it can, as little as it can, or neither."""
    claim = json.loads(line["body"])["claim"]
    if (claim["event"], claim["v"]) != (event.name, event.version):
        return set()
    told = claim.get("fields", {}).keys()
    needed = said_by(event, says_all=False).keys() - {"subject"}
    return {says_all for says_all, names in ((True, {*fields_of(event).names}), (False, needed)) if told == names}


def missing(page: str, folder: Path = FOLDER) -> Iterator[EncodedEntry]:
    """Yield the entries that the golden lines of a page lack."""
    there = lines(page, folder)
    for event in BUILT_IN.events.values():
        if page_of(event) == page:
            said = set().union(*(says(event, line) for line in there))
            yield from (draft(event, says_all=says_all) for says_all in (True, False) if says_all not in said)


def write(pages: Iterable[str], folder: Path = FOLDER) -> int:
    """Append what is missing, and return how many lines that were."""
    count = 0
    for page in pages:
        added = [{"id": one.id, "claim": one.claim.id, "body": one.body.decode()} for one in missing(page, folder)]
        with (folder / f"{page}.jsonl").open("a", encoding="utf-8", newline="\n") as file:
            file.writelines(f"{json.dumps(line, ensure_ascii=False)}\n" for line in added)
        count += len(added)
    return count


def main(pages: Sequence[str]) -> None:
    """Write the pages that are named, or all."""
    known = sorted({page_of(event) for event in BUILT_IN.events.values()})
    if unknown := [page for page in pages if page not in known]:
        raise SystemExit(f"no page {', '.join(unknown)}; there are {', '.join(known)}")
    for page in pages or known:
        print(f"{page}: {write([page])} lines added")  # noqa: T201  a script


if __name__ == "__main__":
    main(sys.argv[1:])
