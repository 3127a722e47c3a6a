"""Compare the record of ASEAN-Russia with what a person knows who has seen all of its rows.

    python examples/asean_russia/report.py ../shared/data/asean_russia_answers.jsonl

The answer sheet is read here and nowhere else: `make.py`, which names the subjects, never sees it. Every miss is
listed, with its reason from ``misses.json``.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations
from pathlib import Path

import partnership as ps

HERE = Path(__file__).parent


class Sheet:
    """The record, and by row what the answer sheet and the record say of it."""

    def __init__(self, answers: Path, claims: Path, judgements: Path) -> None:
        self.by_name = ps.read(claims)
        self.record = ps.read(claims, judgements)
        self.answers = {one["id"]: one for one in map(json.loads, answers.read_text("utf-8").splitlines())}
        self.claims: dict[str, set[str]] = defaultdict(set)
        self.rows: dict[str, set[str]] = defaultdict(set)
        for entry in self.by_name.entries():
            row = (entry.remarks.note or "").partition(":")[0]
            self.claims[row].add(entry.claim.id)
            self.rows[entry.claim.id].add(row)

    def related(self, *kinds: str) -> list[tuple[str, str]]:
        """Return the pairs of rows that are related in one of these ways, each pair once."""
        told = [
            (row, one["id"])
            for row, answer in self.answers.items()
            for one in answer.get("relates", ())
            if one["rel"] in kinds
        ]
        return sorted({(min(pair), max(pair)) for pair in told})

    def subjects(self, row: str, record: ps.Record) -> set[str]:
        """Return what the entries of a row are about, under the one name of subjects that are the same."""
        return {record.name_of(one.event.about) for one in record.entries() if one.claim.id in self.claims[row]}

    def touched(self, row: str, record: ps.Record) -> set[str]:
        """Return what the entries of a row are about or refer to."""
        found = set(self.subjects(row, record))
        for entry in record.entries():
            if entry.claim.id in self.claims[row]:
                for kind in ("meeting", "document", "fund", "plan"):
                    if slug := getattr(entry.event, kind, None):
                        found.add(f"{kind}:{slug}")
        return found

    def holds_both(self, claims: Iterable[str], one: str, other: str) -> bool:
        """Tell whether some of these claims are of one row and some of the other."""
        found = set(claims)
        return bool(found & self.claims[one] and found & self.claims[other])


def recorded(sheet: Sheet) -> str:
    """How many rows are entries."""
    missing = sorted(row for row in sheet.answers if not sheet.claims[row])
    entries = len(sheet.by_name.entries())
    return f"Of {len(sheet.answers)} claims {len(sheet.answers) - len(missing)} are recorded, in {entries} entries." + (
        f" Missing: {', '.join(missing)}." if missing else ""
    )


def shown_as(sheet: Sheet, one: str, other: str) -> str | None:
    """Return how the record shows that two rows cannot both be right, if it does."""
    for dispute in sheet.record.disputes():
        sides = [{each.claim for each in side.evidence} for side in dispute.sides]
        for mine, theirs in combinations(sides, 2):
            for first, second in ((mine, theirs), (theirs, mine)):
                if first & sheet.claims[one] and second & sheet.claims[other]:
                    return f"dispute on {dispute.subject}, {' and '.join(dispute.names)}"
    for finding in sheet.record.findings():
        if finding.nature != "gap" and sheet.holds_both(finding.claims, one, other):
            return f"finding {finding.slug} on {finding.subject}"
    return None


def contradictions(sheet: Sheet, explained: Mapping[str, str]) -> Iterable[str]:
    """Say which contradictions the record shows."""
    for title, kinds in (
        ("contradictions", ("contradicts", "label_conflict")),
        ("possible contradictions", ("possible_conflict",)),
    ):
        pairs = sheet.related(*kinds)
        shown = {pair: how for pair in pairs if (how := shown_as(sheet, *pair))}
        yield f"Of {len(pairs)} {title} (each pair once) {len(shown)} appear as a dispute or a finding:"
        yield from (f"    {one} and {other}: {how}" for (one, other), how in shown.items())
        missed = [pair for pair in pairs if pair not in shown]
        yield from (f"  - {one} and {other}: {explained.get(f'{one} {other}', '?')}" for one, other in missed)


def fulfilments(sheet: Sheet, explained: Mapping[str, str]) -> Iterable[str]:
    """Say which plans were closed by the row that tells of their outcome."""
    pairs = sheet.related("fulfilled_by", "fulfils")
    still_open = {claim for one in (*sheet.record.overdue(), *sheet.record.upcoming()) for claim in one.claims}
    closed, missed = [], []
    for one, other in pairs:
        is_one = sheet.subjects(one, sheet.record) & sheet.subjects(other, sheet.record)
        is_open = still_open & (sheet.claims[one] | sheet.claims[other])
        (closed if is_one and not is_open else missed).append((one, other))
    yield f"Of {len(pairs)} fulfilments (each pair once) {len(closed)} close their plan."
    yield from (f"  - {one} and {other}: {explained.get(f'{one} {other}', '?')}" for one, other in missed)


def silence(sheet: Sheet, explained: Mapping[str, str]) -> Iterable[str]:
    """Say which plans stand overdue, and of which of these the answer sheet too knows no outcome."""
    found = sheet.record.overdue()
    yield f"{len(found)} plans stand overdue, with no outcome that any row tells of:"
    unknown = {row for row, answer in sheet.answers.items() if "outcome-not-found" in answer.get("flags", ())}
    met = set()
    for one in found:
        rows = {row for claim in one.claims for row in sheet.rows[claim]}
        met |= rows & unknown
        mark = "the answer sheet knows none either" if rows & unknown else "not flagged on the answer sheet"
        yield f"    {one.subject}, planned {one.planned} ({', '.join(sorted(rows))}; {mark})"
    yield f"Of {len(unknown)} rows that the answer sheet flags as without outcome {len(unknown & met)} are among them."
    yield from (f"  - {row}: {explained.get(row, '?')}" for row in sorted(unknown - met))


def real_events(sheet: Sheet) -> dict[str, list[str]]:
    """Return the occurrences of the answer sheet that more than one row tells of."""
    found: dict[str, list[str]] = defaultdict(list)
    for row, answer in sheet.answers.items():
        for label in answer.get("real_events", ()):
            found[label].append(row)
    return {label: rows for label, rows in found.items() if len(rows) > 1}


def is_together(sheet: Sheet, rows: list[str], record: ps.Record) -> bool:
    """Tell whether rows are about one subject, or hang together by shared subjects and by what they refer to."""
    groups = [sheet.touched(row, record) for row in rows]
    joined, left = groups[0], groups[1:]
    while met := [one for one in left if one & joined]:
        for one in met:
            joined = joined | one
            left.remove(one)
    return not left


def together(sheet: Sheet, explained: Mapping[str, str]) -> Iterable[str]:
    """Say which occurrences came together by name, which after a `same` entry, and which never did."""
    by_name, after_same, apart = [], [], []
    for label, rows in real_events(sheet).items():
        if is_together(sheet, rows, sheet.by_name):
            by_name.append(label)
        elif is_together(sheet, rows, sheet.record):
            after_same.append(label)
        else:
            apart.append((label, rows))
    total = len(by_name) + len(after_same) + len(apart)
    yield f"Of {total} occurrences with more than one claim {len(by_name)} came together by name,"
    yield f"{len(after_same)} only after a `same` entry ({', '.join(after_same)}), {len(apart)} not wholly:"
    for label, rows in apart:
        yield f"  - {label} ({', '.join(rows)}): {explained.get(label, '?')}"


def wrongly(sheet: Sheet, explained: Mapping[str, str]) -> Iterable[str]:
    """Say which claims came together in one occurrence although the answer sheet keeps them apart."""
    found: set[tuple[str, str, str]] = set()
    for occurrence in sheet.record.occurrences:
        rows = sorted({row for claim in occurrence.claims for row in sheet.rows[claim]})
        for one, other in combinations(rows, 2):
            mine, theirs = (set(sheet.answers[row].get("real_events", ())) for row in (one, other))
            if mine and theirs and not mine & theirs:
                found.add((one, other, occurrence.subject))
    yield f"{len(found)} pairs of claims came together although the answer sheet keeps them apart."
    for one, other, subject in sorted(found):
        yield f"  - {one} and {other} on {subject}: {explained.get(f'{one} {other}', '?')}"


def report(answers: str, explanations: Mapping[str, str]) -> Iterable[str]:
    """Return the report, line by line."""
    sheet = Sheet(Path(answers), HERE / "claims.jsonl", HERE / "judgements.jsonl")
    yield recorded(sheet)
    for part in (contradictions, fulfilments, silence, together, wrongly):
        yield ""
        yield from part(sheet, explanations)


def main(answers: str) -> None:
    """Print the report."""
    explanations = json.loads((HERE / "misses.json").read_text("utf-8"))
    print("\n".join(report(answers, explanations)))


if __name__ == "__main__":
    main(*sys.argv[1:])
