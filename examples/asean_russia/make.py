"""Build the record of ASEAN-Russia from a researcher's table: 209 rows, each a claim with its source, as JSON Lines.

    python examples/asean_russia/make.py ../shared/data/asean_russia_claims.jsonl [folder]

It writes two files: ``claims.jsonl``, what the sources say, and ``judgements.jsonl``, editorial judgements about it:
which names mean the same thing (`same_as`), and which source is plainly wrong (`prefer`). `partnership.read` reads
both.

The events of each row are in ``readings_meetings.py`` and ``readings_rest.py``. The same rules apply to every row: the
source is the one that the row cites, and a copy is not a source; the note begins with the id of the row and quotes it;
parties, place, mode, ordinal, title and text come from the row where the reading leaves them out.

``docs/guides/asean_russia.md`` lists the rows whose wording needs more than a plan or a meeting.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import attrs
from judgements import PREFERRED, SAME
from publishers import NEWS, PUBLISHERS
from readings_meetings import READINGS as ON_MEETINGS
from readings_meetings import SUPPLIED
from readings_rest import READINGS as ON_THE_REST

import partnership as ps

HERE = Path(__file__).parent
NOW = datetime(2026, 11, 23, tzinfo=UTC)
"""The day on which the rows were last read: a fixed clock, so that the files are the same whenever they are built."""

CODES = {
    "Brunei": "BN",
    "Cambodia": "KH",
    "Indonesia": "ID",
    "Malaysia": "MY",
    "Myanmar": "MM",
    "Laos": "LA",
    "Philippines": "PH",
    "Russia": "RU",
    "Timor-Leste": "TL",
    "Viet Nam": "VN",
}
"""Codes of the parties, by their name in the rows. The code of a bloc is its name."""

CERTAINTIES = {
    "vague": "approximate",
    "ambiguous": "approximate",
    "approximate": "approximate",
    "anonymous diplomatic sources": "unnamed-source",
}
"""Certainty of a claim, by the word in the row. All other words describe the wording, and the claim is `reported`."""

INFERRED = {
    "relative-date": "on",
    "year-inferred": "on",
    "interval-inferred": "period",
    "ordinal-inferred": "ordinal",
    "date-of-report": "on",
}
"""The field that the researcher inferred, by the flag of the row."""

MODES = ("in-person", "online", "hybrid")


def source_of(row: Mapping[str, Any]) -> ps.Source:
    """Return the document that a row cites."""
    cited = row["source"]
    publisher, kind, via = PUBLISHERS.get(cited["publisher"], (cited["publisher"], NEWS, None))
    return ps.Source(
        publisher,
        published=cited["published"],
        kind=kind,  # type: ignore[arg-type]  # a kind of source, read from a table
        url=cited["url"],
        language=cited["lang"],
        via=via,
        retrieved=cited.get("retrieved"),
    )


def fill_in(event: ps.Event, row: Mapping[str, Any]) -> ps.Event:
    """Return the event with those fields taken from its row that the reading left out."""
    parties = [CODES.get(name, name) for name in row.get("parties", ())]
    mode, body = row.get("mode"), row.get("body", "")
    values = {
        "parties": ()
        if parties == [getattr(event, "signatory", None)]
        else parties,  # one signatory is not all parties
        "by": parties if len(parties) == 1 else None,
        "place": row.get("place"),
        "mode": mode if mode in MODES else None,
        "ordinal": row["edition"]
        if event.kind == "meeting" and row.get("edition", "?")[-2:] in ("st", "nd", "rd", "th")
        else None,
        "title": next((text for text in (row.get("subject"), body) if text and ";" not in text), None),
        "text": row["what"],
    }
    names = {field.name for field in attrs.fields(type(event))}
    missing = {name: value for name, value in values.items() if name in names and value and not getattr(event, name)}
    return attrs.evolve(event, **missing)


def remarks_on(event: ps.Event, row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the remarks on an event of a row, as arguments of `add`."""
    flags = [*row.get("annotator", ()), row["certainty"]]
    inferred = {INFERRED[flag] for flag in flags if flag in INFERRED} | {SUPPLIED.get(row["id"])}
    return {
        "certainty": CERTAINTIES.get(row["certainty"], "reported"),
        "inferred": sorted(name for name in inferred if name and getattr(event, name, None)),
        "note": f"{row['id']}: {row['what']}",
    }


def events_of(row: Mapping[str, Any]) -> Iterator[ps.Event]:
    """Yield the events that a row reports."""
    for event in (*ON_MEETINGS.get(row["id"], ()), *ON_THE_REST.get(row["id"], ())):
        yield fill_in(event, row)


def record_of(rows: list[dict[str, Any]]) -> tuple[ps.Record, dict[str, list[ps.Entry]]]:
    """Return the record of all rows, and the entries by the id of their row."""
    record = ps.open(":memory:", partnership="asean-russia", clock=lambda: NOW)
    entries: dict[str, list[ps.Entry]] = {}
    for row in rows:
        source, speaker = source_of(row), row.get("speaker")
        with record.citing(source, speaker=speaker) as cite:
            cited = [cite(event, **remarks_on(event, row)) for event in events_of(row)]
        entries[row["id"]] = [entry for added in cited for entry in added]
    return record, entries


def judge(record: ps.Record, entries: Mapping[str, list[ps.Entry]]) -> list[ps.Entry]:
    """Add the judgements to the record, each with its reason, and return their entries."""
    judged = [record.same_as(subject, other, reason=reason) for subject, other, reason in SAME]
    for row, field, reason in PREFERRED:
        judged.append(record.prefer(entries[row][0], field=field, reason=reason))
    return judged


def main(claims: str, folder: str | None = None) -> None:
    """Write both files."""
    rows = [json.loads(line) for line in Path(claims).read_text("utf-8").splitlines()]
    record, entries = record_of(rows)
    claimed = record.entries()
    judged = judge(record, entries)
    target = Path(folder) if folder else HERE
    for name, part in (("claims.jsonl", claimed), ("judgements.jsonl", judged)):
        ps.write(part, target / name, partnership=record.partnership, shared_only=False)
    publishers = {entry.source.publisher for entry in claimed}
    print(f"{len(rows)} rows became {len(claimed)} entries from {len(publishers)} publishers.")
    print(f"{len(judged)} judgements were added. Both files are in {target}.")


if __name__ == "__main__":
    main(*sys.argv[1:])
