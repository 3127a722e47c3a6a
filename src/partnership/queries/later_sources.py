"""Documents that are dated after the day on which they are asked about: most often a slip in the year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from partnership.model.occurrence import Evidence, Finding, Occurrence
from partnership.values.date_words import in_words
from partnership.values.when import When


def later_sources(occurrences: Iterable[Occurrence], today: date) -> Iterable[Finding]:
    """Yield a finding ``dated-after-today`` for each document of a subject that is dated after a day.

    Args:
        occurrences: of any subjects.
        today: the day; a document without a date is not dated after it.
    """
    claims: dict[tuple[str, str], list[Evidence]] = defaultdict(list)
    for occurrence in occurrences:
        for item in occurrence.evidence:
            if today < item.known_from < date.max:
                claims[occurrence.subject, str(item.source)].append(item)
    for (subject, source), evidence in claims.items():
        advice = "if that is a slip, retract what it states, and add it with the right date"
        sentence = f"{subject}: {source}, is dated after today, {in_words(When(today))}: {advice}"
        ids = tuple(item.claim for item in evidence)
        yield Finding("dated-after-today", subject, ids, sentence, "contradiction")
