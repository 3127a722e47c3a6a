"""How much of a plan is done: what others counted, and beside it, never mixed, what is known of its lines.

Source: ``domain.md`` 0 (findings 5 and 6) and 2.10.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Literal, get_args

from attrs import frozen

from partnership.model.occurrence import Occurrence
from partnership.model.value_text import value_in_words
from partnership.subjects.assessments import Core
from partnership.subjects.lines import Line
from partnership.subjects.plans import Plan, PlanProgressReported
from partnership.values.amounts import Count, Percent
from partnership.values.display import Displayable, VisibleText
from partnership.values.sources import Source
from partnership.values.when import When

__all__ = ["OwnCount", "Reported", "Scoreboard", "scoreboard"]

Figures = tuple[Count | Percent | None, ...]


@frozen
class Reported(VisibleText):
    """What sources count on one day.

    Attributes:
        as_of: the day of the count.
        done: how much is done.
        total: of how much.
        share: which share, where a source says so.
        verbs: the words for *done*, the best source first: "launched" is not "carried out".
        sources: who says so, the best first; of those that differ too.
        losers: other figures for that day, that are not believed.
    """

    as_of: When
    done: Count | None
    total: Count | None
    share: Percent | None
    verbs: tuple[str, ...]
    sources: tuple[Source, ...]
    losers: tuple[Figures, ...]

    @property
    def is_disputed(self) -> bool:
        """Whether sources give figures for that day that cannot all be right."""
        return bool(self.losers)

    def _text(self) -> str:
        said = "; ".join(map(str, self.sources))
        verbs = f" ({', '.join(self.verbs)})" if self.verbs else ""
        against = "".join(f", against {_figures(one)}" for one in self.losers)
        return f"{self.as_of}: {_figures((self.done, self.total, self.share))}{verbs}{against}, said by {said}"


def _figures(figures: Figures) -> str:
    shares = [str(one) for one in figures if isinstance(one, Percent)]
    counts = [str(one or "?") for one in figures if not isinstance(one, Percent)][:2]
    return " = ".join([*([" of ".join(counts)] if {*counts} - {"?"} else []), *shares]) or "no figure"


@frozen
class OwnCount(VisibleText):
    """How many of the lines that are known stand where.

    Attributes:
        nature: ``'completable'`` lines, of which nobody says that they recur or stand, and apart from these the
            ``'recurring'`` and the ``'standing'`` ones, which can never be completed.
        states: how many lines by the last word on them, on the scale that assessors share; unknown where there is none.
        contested: how many of them assessors put elsewhere for one and the same day.
    """

    nature: Literal["completable", "recurring", "standing"]
    states: tuple[tuple[Core, int], ...]
    contested: int

    @property
    def lines(self) -> int:
        """How many lines."""
        return sum(number for _, number in self.states)

    def _text(self) -> str:
        states = ", ".join(f"{number} {core}" for core, number in self.states)
        contested = f"; {self.contested} contested" if self.contested else ""
        return f"{self.lines} {self.nature}: {states}{contested}"


@frozen(repr=False)
class Scoreboard(Displayable):
    """How much of a plan is done, by two ways of counting that are never mixed.

    Attributes:
        plan: the plan, ``plan:slug``.
        title: its name, where it has one.
        total: how much is in it, as it was sized, or else as it was counted last.
        reported: the counts of others, in the order of their days; nobody knows which lines they count.
        own: the count of the lines that are known here, those of each nature apart.
    """

    plan: str
    title: str | None
    total: Count | None
    reported: tuple[Reported, ...]
    own: tuple[OwnCount, ...]

    @property
    def known(self) -> int:
        """How many of the total are known as lines."""
        return sum(one.lines for one in self.own)

    def _text(self) -> str:
        title = f" ({value_in_words(self.title)})" if self.title else ""
        counts = [f"  {one}" for one in self.reported] or ["  nothing"]
        of = self.total or "an unknown number"
        known = (
            f"own count, of {self.known} lines known here of {of}:"
            if self.known
            else f"own count: none of {of} lines is known here"
        )
        return "\n".join([f"{self.plan}{title}", "reported:", *counts, known, *(f"  {one}" for one in self.own)])


def scoreboard(plan: Plan, lines: Iterable[Line], occurrences: Iterable[Occurrence]) -> Scoreboard:
    """Return how much of a plan is done, from the lines and the occurrences of any plan."""
    reported = [
        _reported(one.event, one)
        for one in occurrences
        if one.subject == plan.subject and isinstance(one.event, PlanProgressReported)
    ]
    reported.sort(key=lambda one: (one.as_of.latest or date.max, one.as_of.text))
    totals = [one.total for one in reported if one.total]
    return Scoreboard(
        plan=plan.subject,
        title=plan.title,
        total=plan.total or (totals[-1] if totals else None),
        reported=tuple(reported),
        own=tuple(_own([one for one in lines if f"plan:{one.plan}" == plan.subject])),
    )


def _reported(event: PlanProgressReported, occurrence: Occurrence) -> Reported:
    facts = [occurrence.facts[name] for name in ("done", "share") if name in occurrence.facts]
    losers = [candidate.value for fact in facts for candidate in fact.candidates[1:]]
    return Reported(
        as_of=event.as_of,
        done=event.done,
        total=event.total,
        share=event.share,
        verbs=occurrence.labels["verb"],
        sources=tuple(dict.fromkeys(one.source for one in occurrence.evidence)),
        losers=tuple(one if isinstance(one, tuple) else (one,) for one in losers),
    )


def _own(lines: list[Line]) -> Iterable[OwnCount]:
    for nature in ("completable", "recurring", "standing"):
        counted = [one for one in lines if _nature(one) == nature]
        cores = Counter(one.core or "unknown" for one in counted)
        if counted:
            states = tuple((core, cores[core]) for core in get_args(Core) if core in cores)
            yield OwnCount(nature, states, sum(one.is_contested for one in counted))


def _nature(line: Line) -> str:
    """Return how a line is counted; that it stands is the plan's word, or the assessor's."""
    if line.nature in ("recurring", "standing"):
        return line.nature
    return "standing" if line.core == "standing" else "completable"
