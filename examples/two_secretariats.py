"""Merge two records that were kept independently, each from the sources of its own side.

    python examples/two_secretariats.py

A merge is a set union: it loses nothing, adds nothing twice, and its result does not depend on the order. Where the two
sides use two names for one thing, `same_as` entries join them; where they disagree, the record keeps a dispute with the
evidence of both.
"""

from __future__ import annotations

import signal
from pathlib import Path

import partnership as ps

DATA = Path(__file__).parent / "asean_russia"
RUSSIAN = {"TASS", "RIA Novosti", "Sputnik", "RT", "Interfax", "Pravda.ru", "HSE Global Centre", "RIAC"}


def is_russian(source: ps.Source) -> bool:
    """Return whether a publisher is Russian; all others go to the record kept in Jakarta."""
    name = source.publisher
    return name in RUSSIAN or "Russia" in name or "MGIMO" in name


def separate_records() -> tuple[ps.Record, ps.Record]:
    """Return a record with the claims of Russian sources, and one with all others."""
    entries = ps.read(DATA / "claims.jsonl").entries()
    moscow, jakarta = (ps.open(":memory:", partnership="asean-russia") for _ in range(2))
    moscow.merge([entry for entry in entries if is_russian(entry.source)])
    jakarta.merge([entry for entry in entries if not is_russian(entry.source)])
    return moscow, jakarta


def supporters(dispute: ps.Dispute) -> list[tuple[str, set[str]]]:
    """Return each value of a dispute with the secretariats whose sources state it."""
    return [
        (str(side.value), {"Moscow" if is_russian(item.source) else "Jakarta" for item in side.evidence})
        for side in dispute.sides
    ]


def main() -> None:
    """Merge in both directions, join the names, and print what the two sides disagree on."""
    moscow, jakarta = separate_records()
    print(f"Moscow holds {len(moscow.entries())} entries, Jakarta {len(jakarta.entries())}.")
    print(f"Disputes before the merge: Moscow {len(moscow.disputes())}, Jakarta {len(jakarta.disputes())}.")
    added = len(moscow.merge(jakarta))
    jakarta.merge(moscow)
    print(f"Merged: Moscow received {added} entries. Both now hold {len(moscow.entries())} and agree: ", end="")
    is_alike = moscow.findings() == jakarta.findings() and str(moscow.disputes()) == str(jakarta.disputes())
    print("yes." if is_alike else "no.")

    print("\nSubjects that are declared the same:")
    for entry in moscow.merge(ps.read(DATA / "judgements.jsonl").entries()):
        if entry.event.name == "subjects-declared-same":
            kind, other, reason = entry.event.of, entry.event.other, entry.event.reason  # type: ignore[attr-defined]
            print(f"  {kind}:{entry.event.subject} = {kind}:{other}\n      {reason}")

    print("\nThe two sides disagree on:")
    for dispute in moscow.disputes():
        values = supporters(dispute)
        if {"Moscow"} in [names for _, names in values] and any("Jakarta" in names for _, names in values):
            print(f"  {dispute.subject}, {' and '.join(dispute.names)}:")
            for value, names in values:
                print(f"      {value}: {' and '.join(sorted(names))}")


if __name__ == "__main__":
    if hasattr(signal, "SIGPIPE"):  # Windows has none
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # "… | head" ends quietly
    main()
