"""Plans without a date, where several acts may be planned for one subject."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from partnership._frozen import frozen
from partnership.model.plan_words import Force
from partnership.model.value_text import name_in_words
from partnership.values.when import When


@frozen
class OpenPlan:
    """A plan of an act for which no source gives a date, and which was not met.

    Attributes:
        act: the planned act; None if no source says which.
        by: the parties that are to act, of an act of a single party.
        since: the day from which the act was known to be planned without a date.
        claims: ids of the claims that say so.
        previous_dates: dates that were planned before for the act.
        timing: the date in the source's words, if it gives them.
        is_undated: whether the source says that no date is set.
        force: how strongly the source puts the plan.
        detail: what tells plans of one act apart: the institution that is to act, or the part that the act is of.

    Class variables:
        planned: None, where an `Expectation` has its date.
    """

    planned: ClassVar[None] = None

    act: str | None
    by: tuple[str, ...]
    since: date
    claims: tuple[str, ...]
    previous_dates: tuple[When, ...] = ()
    timing: str | None = None
    is_undated: bool | None = None
    force: Force | None = None
    detail: str | None = None

    def __str__(self) -> str:
        """Return the act and its parties in words."""
        parties = f" by {', '.join(self.by)}" if self.by else ""
        return f"to {name_in_words(self.act or 'be made')}{parties}{f' ({self.detail})' if self.detail else ''}"
