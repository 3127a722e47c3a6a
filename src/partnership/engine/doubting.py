"""Doubts that stand about a subject: who denies, contests or does not know what is reported of it."""

from __future__ import annotations

from partnership._frozen import frozen
from partnership.engine.fold import Folded
from partnership.errors import visible
from partnership.model.equality import EqualByContent
from partnership.model.occurrence import Evidence, Occurrence
from partnership.model.value_text import name_in_words, value_in_words
from partnership.subjects.doubts import LIFECYCLE, Doubt


@frozen(eq=False)
class StandingDoubt(EqualByContent):
    """A doubt that was raised and not resolved.

    Attributes:
        doubt: its state.
        occurrences: the reports of its present status, in order.
    """

    doubt: Doubt
    occurrences: tuple[Occurrence, ...]

    @property
    def is_denial(self) -> bool:
        """Whether it stands against what is reported: it is denied, or a source says that accounts differ."""
        return self.doubt.status in ("denied", "contested")

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The claims that state it."""
        return tuple(item for occurrence in self.occurrences for item in occurrence.evidence)

    @property
    def label(self) -> str:
        """Its status in words: denied, contested, uncertain, not said."""
        return "not said" if self.doubt.status == "omitted" else str(self.doubt.status)

    @property
    def words(self) -> str:
        """What is doubted, by whom, and in which words."""
        doubt = self.doubt
        parts = [
            *(name_in_words(name) for name in (doubt.act, doubt.field, doubt.what) if name),
            f"by {value_in_words(doubt.by)}" if doubt.by else "",
            value_in_words(doubt.person),
        ]
        about = ", ".join(part for part in parts if part)
        texts = "; ".join(value_in_words(text) for text in doubt.texts)
        return visible(": ".join(part for part in (about, texts) if part) or "all that is reported")


def standing_doubt(folded: Folded[Doubt]) -> StandingDoubt | None:
    """Return a doubt with the reports of its present status; None if it is resolved."""
    status = folded.state.status
    if status in (None, "resolved"):
        return None
    reports: list[Occurrence] = []
    for occurrence in folded.occurrences:
        to = LIFECYCLE.steps[occurrence.event.name].to
        reports = [*reports, occurrence] if to == status else []
    return StandingDoubt(folded.state, tuple(reports))
