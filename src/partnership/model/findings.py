"""Helpers for the rules that find contradictions, gaps and oddities."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from partnership.model.occurrence import Finding, Occurrence
from partnership.model.value_text import value_in_words


def named(occurrences: Sequence[Occurrence], *names: str) -> list[Occurrence]:
    """Return the occurrences of events with these stored names, in their order."""
    return [occurrence for occurrence in occurrences if occurrence.event.name in names]


def last(occurrences: Sequence[Occurrence], *names: str) -> Occurrence | None:
    """Return the last occurrence of an event with one of these stored names, if any."""
    matches = named(occurrences, *names)
    return matches[-1] if matches else None


def is_unannounced(occurrence: Occurrence, occurrences: Sequence[Occurrence]) -> bool:
    """Tell whether none of the other occurrences was published before it, or on the same day."""
    return all(other is occurrence or other.said > occurrence.said for other in occurrences)


def titles_of(occurrences: Iterable[Occurrence]) -> set[str]:
    """Return all titles that sources give these occurrences, case-folded."""
    return {title.casefold() for occurrence in occurrences for title in occurrence.labels.get("title", ())}


def fact_text(names: Sequence[str], value: Any) -> str:  # noqa: ANN401  a value of any field
    """Return a value of a fact as a finding has it: ``99 of 139`` of several fields, ``ID, RU`` of a list."""
    separator = " of " if len(names) > 1 else ", "
    if not isinstance(value, tuple):
        return value_in_words(value)
    return separator.join(value_in_words(part) for part in value if part is not None)


def event_of(occurrence: Occurrence, names: Sequence[str]) -> str:
    """Return the event of a fact of these fields, and a comma; nothing if several events of its subject state it."""
    return "" if names[0] in occurrence.across else f"{occurrence.event.name}, "


def _claims(evidence: tuple[Occurrence, ...]) -> tuple[str, ...]:
    return tuple(claim for occurrence in evidence for claim in occurrence.claims)


def contradiction(slug: str, subject: str, sentence: str, *evidence: Occurrence) -> Finding:
    """Return a finding that sources, or acts, cannot all be right; *evidence* shows it."""
    return Finding(slug, subject, _claims(evidence), f"{subject} {sentence}", "contradiction")


def gap(slug: str, subject: str, sentence: str, *evidence: Occurrence) -> Finding:
    """Return a finding that something one would expect is missing; *evidence* shows it."""
    return Finding(slug, subject, _claims(evidence), f"{subject} {sentence}", "gap")


def oddity(slug: str, subject: str, sentence: str, *evidence: Occurrence) -> Finding:
    """Return a finding that a course of events is unusual; *evidence* shows it."""
    return Finding(slug, subject, _claims(evidence), f"{subject} {sentence}", "oddity")


def despite_cancelled(
    subject: str, done: str, outcome: Occurrence | None, cancelled: Occurrence | None
) -> Iterable[Finding]:
    """Find what took place although it was cancelled.

    ``…-after-cancelled`` if it surely came after a cancellation that is believed; else
    ``…-and-cancelled-by-one-source`` if one publisher reports both. The latter is found and not refused on adding: if
    `add` consulted the record, what a record holds would depend on the order in which claims arrive.

    Args:
        subject: of the finding.
        done: the participle: "held", "made".
        outcome: the occurrence that took place.
        cancelled: the cancellation.
    """
    if outcome is None or cancelled is None:
        return
    if outcome.surely_after(cancelled):
        sentence = f"was {done} after it was cancelled"
        if not cancelled.is_refuted:
            yield oddity(f"{done}-after-cancelled", subject, sentence, outcome, cancelled)
        return
    publishers = {evidence.source.publisher for evidence in outcome.evidence}
    both = publishers & {evidence.source.publisher for evidence in cancelled.evidence}
    if both:
        sentence = f"is {done} and is cancelled in the words of one source, {min(both)}"
        yield contradiction(f"{done}-and-cancelled-by-one-source", subject, sentence, outcome, cancelled)


def unanswered_after(
    subject: str, answers: Sequence[Occurrence], unanswered: Sequence[Occurrence]
) -> Iterable[Finding]:
    """Yield ``unanswered-after-answer``: reported as unanswered on a day after an answer."""
    late = [report for report in unanswered if any(report.surely_after(answer) for answer in answers)]
    if late:
        yield oddity("unanswered-after-answer", subject, "is reported as unanswered after an answer", *answers, *late)
