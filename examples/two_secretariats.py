"""Two secretariats keep a record each, of what their own side's sources say; then they put them together.

    python examples/two_secretariats.py

A merge is a union: it loses nothing, adds nothing twice, and gives the same record whoever starts. What the two sides
call by two names is said to be one by `same` entries; what they disagree on stays a dispute, with both sides in it.
"""

from __future__ import annotations

from pathlib import Path

import partnership as ps

FOLDER = Path(__file__).parent / "asean_russia"
RUSSIAN = {"TASS", "RIA Novosti", "Sputnik", "RT", "Interfax", "Pravda.ru", "HSE Global Centre", "RIAC"}


def is_russian(source: ps.Source) -> bool:
    """Tell whether a source is the Russian side's; everybody else's are kept in the other secretariat."""
    name = source.publisher
    return name in RUSSIAN or "Russia" in name or "MGIMO" in name


def kept_apart() -> tuple[ps.Record, ps.Record]:
    """Return two records that know nothing of each other."""
    claims = ps.read(FOLDER / "claims.jsonl").entries()
    moscow, jakarta = (ps.open(":memory:", partnership="asean-russia") for _ in range(2))
    moscow.merge([one for one in claims if is_russian(one.source)])
    jakarta.merge([one for one in claims if not is_russian(one.source)])
    return moscow, jakarta


def sides(dispute: ps.Dispute) -> list[tuple[str, set[str]]]:
    """Return each value of a dispute with the sides that say so."""
    return [
        (str(one.value), {"Moscow" if is_russian(each.source) else "Jakarta" for each in one.evidence})
        for one in dispute.sides
    ]


def main() -> None:
    """Merge both ways, join the names, and print what the two sides disagree on."""
    moscow, jakarta = kept_apart()
    print(f"Moscow's secretariat holds {len(moscow.entries())} entries, Jakarta's {len(jakarta.entries())}.")
    print(f"Asked alone, Moscow sees {len(moscow.disputes())} disputes, Jakarta {len(jakarta.disputes())}.")
    new = len(moscow.merge(jakarta))
    jakarta.merge(moscow)
    print(f"Merged: {new} entries came to Moscow; both now hold {len(moscow.entries())}, and answer alike: ", end="")
    is_alike = moscow.findings() == jakarta.findings() and str(moscow.disputes()) == str(jakarta.disputes())
    print("yes." if is_alike else "no.")

    print("\nThese are the same, by the desks' judgement:")
    for entry in moscow.merge(ps.read(FOLDER / "judgements.jsonl").entries()):
        if entry.event.name == "subjects-declared-same":
            of, other, reason = entry.event.of, entry.event.other, entry.event.reason  # type: ignore[attr-defined]
            print(f"  {of}:{entry.event.subject} = {of}:{other}\n      {reason}")

    print("\nOn this the two sides disagree:")
    for dispute in moscow.disputes():
        told = sides(dispute)
        if {"Moscow"} in [who for _, who in told] and any("Jakarta" in who for _, who in told):
            print(f"  {dispute.subject}, {' and '.join(dispute.names)}:")
            for value, who in told:
                print(f"      {value}: {' and '.join(sorted(who))}")


if __name__ == "__main__":
    main()
