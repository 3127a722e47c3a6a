"""The few verbs with which pages write their rules."""

from __future__ import annotations

from collections.abc import Sequence

from partnership.model.happening import Finding, Happening

__all__ = ["contradiction", "gap", "is_unannounced", "last", "named", "oddity"]


def named(happenings: Sequence[Happening], *names: str) -> list[Happening]:
    """Return the happenings of these events, in their order."""
    return [one for one in happenings if one.event.name in names]


def last(happenings: Sequence[Happening], *names: str) -> Happening | None:
    """Return the last happening of these events, if there is one."""
    found = named(happenings, *names)
    return found[-1] if found else None


def is_unannounced(one: Happening, happenings: Sequence[Happening]) -> bool:
    """Tell whether nothing else of these was said before it was, or with it."""
    return all(other is one or other.said > one.said for other in happenings)


def _claims(shown: tuple[Happening, ...]) -> tuple[str, ...]:
    return tuple(claim for one in shown for claim in one.claims)


def contradiction(slug: str, subject: str, sentence: str, *shown: Happening) -> Finding:
    """Find sources, or acts, that cannot all be right."""
    return Finding(slug, subject, _claims(shown), f"{subject} {sentence}", "contradiction")


def gap(slug: str, subject: str, sentence: str, *shown: Happening) -> Finding:
    """Find something that should have been said and was not."""
    return Finding(slug, subject, _claims(shown), f"{subject} {sentence}", "gap")


def oddity(slug: str, subject: str, sentence: str, *shown: Happening) -> Finding:
    """Find an unusual course of events."""
    return Finding(slug, subject, _claims(shown), f"{subject} {sentence}", "oddity")
