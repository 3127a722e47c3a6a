"""Compare the record of ASEAN-Russia with an answer sheet: what a person knows who has read all of its rows.

    python examples/asean_russia/report.py ../shared/data/asean_russia_answers.jsonl

The answer sheet is read only here: `make.py`, which names the subjects, never sees it. Every miss is listed with its
reason, from ``misses.json``.
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


class Comparison:
    """The record and the answer sheet, by the ids of the rows.

    Args:
        answers: path of the answer sheet.
        claims: path of the claims.
        judgements: path of the editorial judgements.

    Attributes:
        by_name: the record of the claims alone, in which subjects are the same only if their names are.
        record: the record of claims and judgements.
        answers: by row, what the answer sheet says about it.
        claims: by row, the ids of its claims.
        rows: by the id of a claim, its rows.
    """

    def __init__(self, answers: Path, claims: Path, judgements: Path) -> None:
        self.by_name = ps.read(claims)
        self.record = ps.read(claims, judgements)
        self.answers = {answer["id"]: answer for answer in map(json.loads, answers.read_text("utf-8").splitlines())}
        self.claims: dict[str, set[str]] = defaultdict(set)
        self.rows: dict[str, set[str]] = defaultdict(set)
        for entry in self.by_name.entries():
            row = (entry.remarks.note or "").partition(":")[0]
            self.claims[row].add(entry.claim.id)
            self.rows[entry.claim.id].add(row)

    def related(self, *kinds: str) -> list[tuple[str, str]]:
        """Return the pairs of rows that the answer sheet relates in one of these ways, each pair once."""
        pairs = [
            (row, relation["id"])
            for row, answer in self.answers.items()
            for relation in answer.get("relates", ())
            if relation["rel"] in kinds
        ]
        return sorted({(min(pair), max(pair)) for pair in pairs})

    def subjects(self, row: str, record: ps.Record) -> set[str]:
        """Return the canonical names of the subjects of a row's entries."""
        return {record.name_of(entry.event.about) for entry in record.entries() if entry.claim.id in self.claims[row]}

    def subjects_and_references(self, row: str, record: ps.Record) -> set[str]:
        """Return the subjects of a row's entries, and those that they refer to."""
        subjects = set(self.subjects(row, record))
        for entry in record.entries():
            if entry.claim.id in self.claims[row]:
                for kind in ("meeting", "document", "fund", "plan"):
                    if slug := getattr(entry.event, kind, None):
                        subjects.add(f"{kind}:{slug}")
        return subjects

    def holds_both(self, claims: Iterable[str], row: str, other: str) -> bool:
        """Return whether these claims contain one of each of two rows."""
        ids = set(claims)
        return bool(ids & self.claims[row] and ids & self.claims[other])


def coverage(compared: Comparison) -> str:
    """Return how many rows have an entry."""
    missing = sorted(row for row in compared.answers if not compared.claims[row])
    recorded, entries = len(compared.answers) - len(missing), len(compared.by_name.entries())
    return f"Of {len(compared.answers)} claims {recorded} are recorded, in {entries} entries." + (
        f" Missing: {', '.join(missing)}." if missing else ""
    )


def shown_as(compared: Comparison, row: str, other: str) -> str | None:
    """Return the dispute or finding that shows that two rows cannot both be right, if there is one."""
    for dispute in compared.record.disputes():
        claims_by_side = [{item.claim for item in side.evidence} for side in dispute.sides]
        for pair in combinations(claims_by_side, 2):
            for first, second in (pair, pair[::-1]):
                if first & compared.claims[row] and second & compared.claims[other]:
                    return f"dispute on {dispute.subject}, {' and '.join(dispute.names)}"
    for finding in compared.record.findings():
        if finding.nature != "gap" and compared.holds_both(finding.claims, row, other):
            return f"finding {finding.slug} on {finding.subject}"
    return None


def _misses(pairs: Iterable[tuple[str, str]], reasons: Mapping[str, str]) -> Iterable[str]:
    yield from (f"  - {row} and {other}: {reasons.get(f'{row} {other}', '?')}" for row, other in pairs)


def contradictions(compared: Comparison, reasons: Mapping[str, str]) -> Iterable[str]:
    """Report which contradictions of the answer sheet the record shows."""
    for title, kinds in (
        ("contradictions", ("contradicts", "label_conflict")),
        ("possible contradictions", ("possible_conflict",)),
    ):
        pairs = compared.related(*kinds)
        shown = {pair: how for pair in pairs if (how := shown_as(compared, *pair))}
        yield f"Of {len(pairs)} {title} (each pair once) {len(shown)} appear as a dispute or a finding:"
        yield from (f"    {row} and {other}: {how}" for (row, other), how in shown.items())
        yield from _misses([pair for pair in pairs if pair not in shown], reasons)


def fulfilments(compared: Comparison, reasons: Mapping[str, str]) -> Iterable[str]:
    """Report which plans are closed by the row with their outcome."""
    pairs = compared.related("fulfilled_by", "fulfils")
    plans = (*compared.record.overdue(), *compared.record.upcoming())
    open_claims = {claim for plan in plans for claim in plan.claims}
    closed, missed = [], []
    for row, other in pairs:
        is_joined = compared.subjects(row, compared.record) & compared.subjects(other, compared.record)
        is_open = open_claims & (compared.claims[row] | compared.claims[other])
        (closed if is_joined and not is_open else missed).append((row, other))
    yield f"Of {len(pairs)} fulfilments (each pair once) {len(closed)} close their plan."
    yield from _misses(missed, reasons)


def overdue(compared: Comparison, reasons: Mapping[str, str]) -> Iterable[str]:
    """Report which plans are past, also if only hoped for, and for which the answer sheet knows no outcome either."""
    plans = [plan for plan in compared.record.overdue() if plan.standing in ("overdue", "lapsed")]
    yield f"{len(plans)} plans are overdue, or lapsed if they were only hoped for, with no outcome in any row:"
    flagged = {row for row, answer in compared.answers.items() if "outcome-not-found" in answer.get("flags", ())}
    matched = set()
    for plan in plans:
        rows = {row for claim in plan.claims for row in compared.rows[claim]}
        matched |= rows & flagged
        mark = "the answer sheet knows none either" if rows & flagged else "not flagged on the answer sheet"
        word = "hoped for" if plan.standing == "lapsed" else "planned"
        yield f"    {plan.subject}, {word} {plan.planned} ({', '.join(sorted(rows))}; {mark})"
    yield f"Of {len(flagged)} rows that the answer sheet flags as without outcome {len(matched)} are among them."
    yield from (f"  - {row}: {reasons.get(row, '?')}" for row in sorted(flagged - matched))


def rows_by_label(compared: Comparison) -> dict[str, list[str]]:
    """Return the rows of each real event that the answer sheet labels on more than one row."""
    rows: dict[str, list[str]] = defaultdict(list)
    for row, answer in compared.answers.items():
        for label in answer.get("real_events", ()):
            rows[label].append(row)
    return {label: labelled for label, labelled in rows.items() if len(labelled) > 1}


def is_connected(compared: Comparison, rows: list[str], record: ps.Record) -> bool:
    """Return whether rows are connected by shared subjects or references."""
    joined, *apart = (compared.subjects_and_references(row, record) for row in rows)
    while neighbours := [subjects for subjects in apart if subjects & joined]:
        for subjects in neighbours:
            joined = joined | subjects
            apart.remove(subjects)
    return not apart


def joined(compared: Comparison, reasons: Mapping[str, str]) -> Iterable[str]:
    """Report which real events are joined by name, which only by a `same_as` entry, and which not completely."""
    by_name, by_judgement, apart = [], [], []
    for label, rows in rows_by_label(compared).items():
        if is_connected(compared, rows, compared.by_name):
            by_name.append(label)
        elif is_connected(compared, rows, compared.record):
            by_judgement.append(label)
        else:
            apart.append((label, rows))
    total = len(by_name) + len(by_judgement) + len(apart)
    yield f"Of {total} events with more than one claim {len(by_name)} are joined by name,"
    yield f"{len(by_judgement)} only by a `same_as` entry ({', '.join(by_judgement)}), {len(apart)} not completely:"
    for label, rows in apart:
        yield f"  - {label} ({', '.join(rows)}): {reasons.get(label, '?')}"


def wrongly_joined(compared: Comparison, reasons: Mapping[str, str]) -> Iterable[str]:
    """Report which claims share an occurrence although the answer sheet labels them as different events."""
    pairs: set[tuple[str, str, str]] = set()
    for occurrence in compared.record.occurrences:
        rows = sorted({row for claim in occurrence.claims for row in compared.rows[claim]})
        for row, other in combinations(rows, 2):
            labels, others = (set(compared.answers[name].get("real_events", ())) for name in (row, other))
            if labels and others and not labels & others:
                pairs.add((row, other, occurrence.subject))
    yield f"{len(pairs)} pairs of claims are joined although the answer sheet keeps them apart."
    for row, other, subject in sorted(pairs):
        yield f"  - {row} and {other} on {subject}: {reasons.get(f'{row} {other}', '?')}"


def report(answers: str, reasons: Mapping[str, str]) -> Iterable[str]:
    """Yield the report, line by line.

    Args:
        answers: path of the answer sheet.
        reasons: why the record misses something, by a pair of rows, a row, or the label of an event.
    """
    compared = Comparison(Path(answers), HERE / "claims.jsonl", HERE / "judgements.jsonl")
    yield coverage(compared)
    for part in (contradictions, fulfilments, overdue, joined, wrongly_joined):
        yield ""
        yield from part(compared, reasons)


def main(answers: str) -> None:
    """Print the report."""
    reasons = json.loads((HERE / "misses.json").read_text("utf-8"))
    print("\n".join(report(answers, reasons)))


if __name__ == "__main__":
    main(*sys.argv[1:])
