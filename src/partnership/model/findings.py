"""The few verbs with which pages write their rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from partnership.model.occurrence import Finding, Occurrence

__all__ = ["contradiction", "despite_cancelled", "gap", "is_unannounced", "last", "named", "oddity", "titles_of"]


def named(occurrences: Sequence[Occurrence], *names: str) -> list[Occurrence]:
    """Return the occurrences of these events, in their order."""
    return [one for one in occurrences if one.event.name in names]


def last(occurrences: Sequence[Occurrence], *names: str) -> Occurrence | None:
    """Return the last occurrence of these events, if there is one."""
    found = named(occurrences, *names)
    return found[-1] if found else None


def is_unannounced(one: Occurrence, occurrences: Sequence[Occurrence]) -> bool:
    """Tell whether nothing else of these was said before it was, or with it."""
    return all(other is one or other.said > one.said for other in occurrences)


def titles_of(occurrences: Iterable[Occurrence]) -> set[str]:
    """Return all titles that these are told under, whatever their capitals."""
    return {title.casefold() for one in occurrences for title in one.labels.get("title", ())}


def _claims(shown: tuple[Occurrence, ...]) -> tuple[str, ...]:
    return tuple(claim for one in shown for claim in one.claims)


def contradiction(slug: str, subject: str, sentence: str, *shown: Occurrence) -> Finding:
    """Find sources, or acts, that cannot all be right."""
    return Finding(slug, subject, _claims(shown), f"{subject} {sentence}", "contradiction")


def gap(slug: str, subject: str, sentence: str, *shown: Occurrence) -> Finding:
    """Find something that should have been said and was not."""
    return Finding(slug, subject, _claims(shown), f"{subject} {sentence}", "gap")


def oddity(slug: str, subject: str, sentence: str, *shown: Occurrence) -> Finding:
    """Find an unusual course of events."""
    return Finding(slug, subject, _claims(shown), f"{subject} {sentence}", "oddity")


def despite_cancelled(
    subject: str, done: str, outcome: Occurrence | None, cancelled: Occurrence | None
) -> Iterable[Finding]:
    """Find what came although it was called off, of an outcome named *done*: "held", "made".

    ``…-after-cancelled``, an oddity, and else ``…-and-cancelled-by-one-source``, a contradiction.

    Source: ``domain.md`` 2.6. "Held and not held by the same source" stands there as impossible; it is found instead
    of refused: a record that looked into itself first would hold other claims after another order of arrival.
    """
    if outcome is None or cancelled is None:
        return
    if outcome.surely_after(cancelled):
        sentence = f"was {done} after it was cancelled"
        yield oddity(f"{done}-after-cancelled", subject, sentence, outcome, cancelled)
        return
    publishers = {each.source.publisher for each in outcome.evidence}
    if same := min(publishers & {each.source.publisher for each in cancelled.evidence}, default=None):
        sentence = f"is {done} and is cancelled in the words of one source, {same}"
        yield contradiction(f"{done}-and-cancelled-by-one-source", subject, sentence, outcome, cancelled)
