"""Make the record of ASEAN-Russia from the rows of a researcher: 209 claims, each with its source, as JSON Lines.

    python examples/asean_russia/make.py ../shared/data/asean_russia_claims.jsonl [where-to-put-both-files]

Two files come of it: ``claims.jsonl``, what the sources say, and ``judgements.jsonl``, what the desk judges of it:
which names mean one thing (`same`), and which source is plainly wrong (`prefer`). `partnership.read` reads both.

What each row says stands in ``readings_meetings.py`` and ``readings_rest.py``. The same rules hold for every row: the
source is the row's, a copy is no source; the row's own words are the note; where the reading leaves out parties, place,
mode, ordinal, title or text, the row's are taken.
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
"""When the rows were last read; the files come out the same whenever they are made."""

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
"""Codes of the parties, by the name that the rows use; blocs keep their name."""

CERTAINTIES = {
    "vague": "approximate",
    "ambiguous": "approximate",
    "approximate": "approximate",
    "anonymous diplomatic sources": "unnamed-source",
}
"""The row's word for how sure it is; whatever else it says there tells the force of the wording: it is reported."""

INFERRED = {
    "relative-date": "on",
    "year-inferred": "on",
    "interval-inferred": "period",
    "ordinal-inferred": "ordinal",
    "date-of-report": "on",
}
"""What the annotator of the row supplied, by the field that it went into."""

MODES = ("in-person", "online", "hybrid")


def source_of(row: Mapping[str, Any]) -> ps.Source:
    """Return the document that a row cites."""
    cited = row["source"]
    publisher, kind, via = PUBLISHERS.get(cited["publisher"], (cited["publisher"], NEWS, None))
    return ps.Source(
        publisher,
        published=cited["published"],
        kind=kind,  # type: ignore[arg-type]  # one of the library's words, read from a table
        url=cited["url"],
        language=cited["lang"],
        via=via,
        retrieved=cited.get("retrieved"),
    )


def filled(event: ps.Event, row: Mapping[str, Any]) -> ps.Event:
    """Return an event with what its row says and the reading left out."""
    parties = [CODES.get(one, one) for one in row.get("parties", ())]
    mode, body = row.get("mode"), row.get("body", "")
    found = {
        "parties": () if parties == [getattr(event, "signatory", None)] else parties,  # who signs alone is not all
        "by": parties if len(parties) == 1 else None,
        "place": row.get("place"),
        "mode": mode if mode in MODES else None,
        "ordinal": row["edition"]
        if event.kind == "meeting" and row.get("edition", "?")[-2:] in ("st", "nd", "rd", "th")
        else None,
        "title": next((one for one in (row.get("subject"), body) if one and ";" not in one), None),
        "text": row["what"],
    }
    names = {one.name for one in attrs.fields(type(event))}
    said = {name: value for name, value in found.items() if name in names and value and not getattr(event, name)}
    return attrs.evolve(event, **said)


def remarks_on(event: ps.Event, row: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the desk remarks on an event of a row."""
    flags = [*row.get("annotator", ()), row["certainty"]]
    inferred = {INFERRED[one] for one in flags if one in INFERRED} | {SUPPLIED.get(row["id"])}
    return {
        "certainty": CERTAINTIES.get(row["certainty"], "reported"),
        "inferred": sorted(name for name in inferred if name and getattr(event, name, None)),
        "note": f"{row['id']}: {row['what']}",
    }


def readings(row: Mapping[str, Any]) -> Iterator[ps.Event]:
    """Yield what a row says, as events."""
    for event in (*ON_MEETINGS.get(row["id"], ()), *ON_THE_REST.get(row["id"], ())):
        yield filled(event, row)


def record_of(rows: list[dict[str, Any]]) -> tuple[ps.Record, dict[str, list[ps.Entry]]]:
    """Return the record of all rows, and which entries each row became."""
    record = ps.open(":memory:", partnership="asean-russia", clock=lambda: NOW)
    entries: dict[str, list[ps.Entry]] = {}
    for row in rows:
        source, speaker = source_of(row), row.get("speaker")
        with record.citing(source, speaker=speaker) as cite:
            found = [cite(event, **remarks_on(event, row)) for event in readings(row)]
        entries[row["id"]] = [entry for each in found for entry in each]
    return record, entries


def judge(record: ps.Record, entries: Mapping[str, list[ps.Entry]]) -> list[ps.Entry]:
    """Say which names mean one thing and which source is believed, each with its reason."""
    judged = [record.same_as(one, other, reason=reason) for one, other, reason in SAME]
    for row, field, reason in PREFERRED:
        judged.append(record.prefer(entries[row][0], field=field, reason=reason))
    return judged


def main(claims: str, folder: str | None = None) -> None:
    """Make both files."""
    rows = [json.loads(line) for line in Path(claims).read_text("utf-8").splitlines()]
    record, entries = record_of(rows)
    told = record.entries()
    judged = judge(record, entries)
    into = Path(folder) if folder else HERE
    for name, part in (("claims.jsonl", told), ("judgements.jsonl", judged)):
        ps.write(part, into / name, partnership=record.partnership, shared_only=False)
    print(f"{len(rows)} rows became {len(told)} entries from {len({one.source.publisher for one in told})} publishers;")
    print(f"{len(judged)} judgements stand beside them. Both files lie in {into}.")


if __name__ == "__main__":
    main(*sys.argv[1:])
