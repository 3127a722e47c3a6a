"""List every plan since 2015 with the outcome that a source reported, or that nothing was reported.

python examples/what_became_of_it.py
"""

from __future__ import annotations

import signal
from collections import defaultdict
from datetime import date
from pathlib import Path

import partnership as ps

DATA = Path(__file__).parent / "asean_russia"
SINCE, TODAY = date(2015, 1, 1), date(2026, 11, 23)


def plans(view: ps.View) -> dict[str, list[ps.Occurrence]]:
    """Return the announcements with a date since 2015, by subject, in the order in which they were published."""
    by_subject: dict[str, list[ps.Occurrence]] = defaultdict(list)
    for occurrence in sorted(view.occurrences, key=lambda occurrence: (occurrence.said, occurrence.key_across_views)):
        planned = getattr(occurrence.event, "planned", None)
        if planned is not None and (planned.latest or TODAY) >= SINCE:
            by_subject[occurrence.subject].append(occurrence)
    return by_subject


def sources(occurrence: ps.Occurrence) -> str:
    """Return the publishers of an occurrence, each with the day from which its claim was known."""
    return "; ".join(dict.fromkeys(f"{item.source.publisher}, {item.known_from}" for item in occurrence.evidence))


def outcomes(view: ps.View, subject: str, announcements: list[ps.Occurrence]) -> list[str]:
    """Return what was reported about a subject from its first announcement on, other than plans."""
    reports = []
    for occurrence in view.timeline():
        event = occurrence.event
        is_plan = getattr(event, "planned", None) is not None
        if occurrence.subject == subject and not is_plan and occurrence.said >= announcements[0].said:
            reports.append(f"{event.name.replace('-', ' ')}, {event.dated or 'day not given'} ({sources(occurrence)})")
    return reports or ["nothing reported since"]


def main() -> None:
    """Print every plan with its outcome, then what is overdue."""
    view = ps.read(DATA / "claims.jsonl", DATA / "judgements.jsonl").as_of(TODAY)
    overdue = [plan for plan in view.overdue() if plan.standing == "overdue"]
    overdue_subjects = {plan.subject for plan in overdue}
    by_subject = plans(view)
    for subject, announcements in sorted(by_subject.items(), key=lambda item: (item[1][0].said, item[0])):
        print(f"\n{subject}{'   OVERDUE' if subject in overdue_subjects else ''}")
        for announcement in announcements:
            planned = announcement.event.planned  # type: ignore[attr-defined]  # plans() chose those that have it
            print(f"    planned {planned}: {sources(announcement)}")
        for outcome in outcomes(view, subject, announcements):
            print(f"    outcome: {outcome}")
    print(f"\n{len(by_subject)} plans; {len(overdue_subjects)} are overdue, with nothing reported since:")
    for plan in overdue:
        print(f"    {plan}")


if __name__ == "__main__":
    if hasattr(signal, "SIGPIPE"):  # Windows has none
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # "… | head" ends quietly
    main()
