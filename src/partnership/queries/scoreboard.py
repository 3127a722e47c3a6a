"""The scoreboard of a plan: what sources count as done, and separately what is known of its lines.

The two are never combined, because sources do not say which lines they count.
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
from partnership.values.date_words import in_words
from partnership.values.display import Displayable, VisibleText
from partnership.values.sources import Source
from partnership.values.when import When

Figures = tuple[Count | Percent | None, ...]


@frozen
class Reported(VisibleText):
    """What sources count on one day.

    Attributes:
        as_of: the day of the count.
        done: the number that is done.
        total: the number of lines.
        share: the share that is done, where a source states it.
        verbs: the words for *done*, the best source first; "launched" does not mean "carried out".
        sources: the documents with the count, the best first; those with other figures too.
        losers: other figures for that day, which were not chosen.
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
        """Whether sources have contradictory figures for that day."""
        return bool(self.losers)

    def _text(self) -> str:
        sources = "; ".join(map(str, self.sources))
        verbs = f" ({', '.join(self.verbs)})" if self.verbs else ""
        against = "".join(f", against {_figures(figures)}" for figures in self.losers)
        figures = _figures((self.done, self.total, self.share))
        return f"{in_words(self.as_of)}: {figures}{verbs}{against}, said by {sources}"


def _figures(figures: Figures) -> str:
    shares = [str(figure) for figure in figures if isinstance(figure, Percent)]
    counts = [str(figure or "?") for figure in figures if not isinstance(figure, Percent)][:2]
    return " = ".join([*([" of ".join(counts)] if {*counts} - {"?"} else []), *shares]) or "no figure"


@frozen
class OwnCount(VisibleText):
    """The number of recorded lines of one nature, by their state.

    Attributes:
        nature: ``'recurring'`` and ``'standing'`` lines, which are never completed, are counted separately from the
            ``'completable'`` ones, which no source calls recurring or standing.
        states: the number of lines by their last assessment, on the scale that assessors share; ``'unknown'`` for
            lines without one.
        contested: the number of lines that assessors rate differently for the same day.
    """

    nature: Literal["completable", "recurring", "standing"]
    states: tuple[tuple[Core, int], ...]
    contested: int

    @property
    def lines(self) -> int:
        """The number of lines."""
        return sum(number for _, number in self.states)

    def _text(self) -> str:
        states = ", ".join(f"{number} {core}" for core, number in self.states)
        contested = f"; {self.contested} contested" if self.contested else ""
        return f"{self.lines} {self.nature}: {states}{contested}"


@frozen(repr=False)
class Scoreboard(Displayable):
    """How much of a plan is done, counted in two ways.

    Attributes:
        plan: the plan, ``plan:slug``.
        title: its title; None if it has none.
        unit: what is counted, in the word that was used last: "lines of action"; None if no source has one.
        total: the number of its lines, as stated for the plan, or else in the last count.
        reported: the counts of sources, by day.
        own: the count of the recorded lines, by nature.
    """

    plan: str
    title: str | None
    unit: str | None
    total: Count | None
    reported: tuple[Reported, ...]
    own: tuple[OwnCount, ...]

    @property
    def known(self) -> int:
        """The number of recorded lines."""
        return sum(count.lines for count in self.own)

    def _text(self) -> str:
        title = f" ({value_in_words(self.title)})" if self.title else ""
        reported = [f"  {count}" for count in self.reported] or ["  nothing"]
        total = f"{self.total or 'an unknown number of'} {value_in_words(self.unit or 'lines')}"
        heading = (
            f"own count, of {self.known} known here of {total}:"
            if self.known
            else f"own count: none of {total} is known here"
        )
        return "\n".join(
            [f"{self.plan}{title}", "reported:", *reported, heading, *(f"  {count}" for count in self.own)]
        )


def scoreboard(plan: Plan, lines: Iterable[Line], occurrences: Iterable[Occurrence]) -> Scoreboard:
    """Return the scoreboard of a plan.

    Args:
        plan: the state of the plan.
        lines: states of lines, of any plan.
        occurrences: occurrences of any subject.
    """
    reported = [
        _reported(occurrence.event, occurrence)
        for occurrence in occurrences
        if occurrence.subject == plan.subject and isinstance(occurrence.event, PlanProgressReported)
    ]
    reported.sort(key=lambda count: (count.as_of.latest or date.max, count.as_of.text))
    totals = [count.total for count in reported if count.total]
    return Scoreboard(
        plan=plan.subject,
        title=plan.title,
        unit=plan.units[-1] if plan.units else None,
        total=plan.total or (totals[-1] if totals else None),
        reported=tuple(reported),
        own=tuple(_own_counts([line for line in lines if f"plan:{line.plan}" == plan.subject])),
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
        sources=tuple(dict.fromkeys(item.source for item in occurrence.evidence)),
        losers=tuple(value if isinstance(value, tuple) else (value,) for value in losers),
    )


def _own_counts(lines: list[Line]) -> Iterable[OwnCount]:
    for nature in ("completable", "recurring", "standing"):
        counted = [line for line in lines if _nature(line) == nature]
        cores = Counter(line.core or "unknown" for line in counted)
        if counted:
            states = tuple((core, cores[core]) for core in get_args(Core) if core in cores)
            yield OwnCount(nature, states, sum(line.is_contested for line in counted))


def _nature(line: Line) -> str:
    """Return the nature under which a line is counted; the plan, or an assessor, calls a line standing."""
    if line.nature in ("recurring", "standing"):
        return line.nature
    return "standing" if line.core == "standing" else "completable"
