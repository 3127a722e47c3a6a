"""Every plan since 2015 and what became of it: the outcome that a source reports, or the silence.

Run ``python examples/what_became_of_it.py``.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from pathlib import Path

import partnership as ps

FOLDER = Path(__file__).parent / "asean_russia"
SINCE, TODAY = date(2015, 1, 1), date(2026, 11, 23)


def plans(view: ps.View) -> dict[str, list[ps.Occurrence]]:
    """Return by subject what was announced since 2015 with a day, in the order in which it was said."""
    found: dict[str, list[ps.Occurrence]] = defaultdict(list)
    for occurrence in sorted(view.occurrences, key=lambda one: (one.said, one.key_across_views)):
        planned = getattr(occurrence.event, "planned", None)
        if planned is not None and (planned.latest or TODAY) >= SINCE:
            found[occurrence.subject].append(occurrence)
    return found


def sources(occurrence: ps.Occurrence) -> str:
    """Return who says so, and since when."""
    return "; ".join(dict.fromkeys(f"{one.source.publisher}, {one.known_from}" for one in occurrence.evidence))


def outcome(view: ps.View, subject: str, announced: list[ps.Occurrence]) -> list[str]:
    """Return what was reported of a plan afterwards, or that nothing was."""
    said = [
        f"{one.event.name.replace('-', ' ')}, {one.event.dated or 'day not given'} ({sources(one)})"
        for one in view.timeline()
        if one.subject == subject and getattr(one.event, "planned", None) is None and one.said >= announced[0].said
    ]
    return said or ["nothing was heard since"]


def main() -> None:
    """Print every plan and its outcome."""
    record = ps.read(FOLDER / "claims.jsonl", FOLDER / "judgements.jsonl")
    view = record.as_of(TODAY)
    overdue = {one.subject for one in view.overdue()}
    found = plans(view)
    for subject, announced in sorted(found.items(), key=lambda each: (each[1][0].said, each[0])):
        print(f"\n{subject}{'   OVERDUE' if subject in overdue else ''}")
        for one in announced:
            print(f"    planned {one.event.planned}: {sources(one)}")  # type: ignore[attr-defined]  # every plan has it
        for line in outcome(view, subject, announced):
            print(f"    became: {line}")
    print(f"\n{len(found)} plans; {len(overdue)} overdue with nothing heard since:")
    for late in view.overdue():
        print(f"    {late}")


if __name__ == "__main__":
    main()
