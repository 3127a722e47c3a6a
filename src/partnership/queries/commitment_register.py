"""The register of commitments: who owes what by when, and how far it is carried out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from attrs import frozen

from partnership.model.progress import Progress
from partnership.model.value_text import value_in_words
from partnership.subjects.assessments import Verdict
from partnership.subjects.commitments import Commitment
from partnership.values.display import Displayable
from partnership.values.text import name, search_form
from partnership.values.when import When

__all__ = ["Obligation", "obligations"]


@frozen(repr=False)
class Obligation(Displayable):
    """What is owed.

    Attributes:
        commitment: all that is known of it.
        due: the days by which it is due and that are still open.
        progress: the last count reported.
        verdicts: the last verdict of each assessor.
        is_overdue: whether a day by which it is due has surely passed; None where that day is in doubt ("about
            June"), or where it is open and nobody named a day.
    """

    commitment: Commitment
    due: tuple[When, ...]
    progress: Progress | None
    verdicts: tuple[Verdict, ...]
    is_overdue: bool | None

    @property
    def subject(self) -> str:
        """The commitment, ``commitment:slug``."""
        return self.commitment.subject

    @property
    def status(self) -> str | None:
        """Where it stands."""
        return self.commitment.status

    def _text(self) -> str:
        owed = self.commitment
        to = f" to {value_in_words(owed.to)}" if owed.to else ""
        due = f"due {value_in_words(self.due)}" if self.due else None
        late = {True: "overdue", False: None, None: "perhaps overdue" if self.due else None}[self.is_overdue]
        count = f"reported: {value_in_words(self.progress)}" if self.progress else None
        found = [f"{one.assessor or 'an assessor'} finds it {one.core or one.value}" for one in self.verdicts]
        said = [owed.nature, due, late, owed.status or "not reported as made", count, *found]
        by = value_in_words(owed.by) or "somebody"
        return (
            f"owed by {by}{to}: {value_in_words(owed.text or self.subject)} ({'; '.join(one for one in said if one)})"
        )


def obligations(
    commitments: Iterable[Commitment], today: date, party: str | None = None, topic: str | None = None
) -> tuple[Obligation, ...]:
    """Return what is owed: the overdue first, then what is open by its day, then what has no day, then what is closed.

    Args:
        commitments: what is known of them.
        today: the day that *overdue* is measured against.
        party: only what this one owes; a commitment whose debtor nobody names is not among them.
        topic: only what is about this, in any capitals and accents.
    """
    wanted = None if topic is None else search_form(name(topic))
    found = [
        _obligation(one, today)
        for one in commitments
        if (party is None or party in one.by) and (wanted is None or wanted in map(search_form, one.topics))
    ]
    return tuple(sorted(found, key=_urgency))


def _obligation(one: Commitment, today: date) -> Obligation:
    due = tuple(each.planned for each in one.outstanding)
    last = {each.assessor: each for each in sorted(one.verdicts, key=_by_day)}
    return Obligation(
        commitment=one,
        due=due,
        progress=one.progress[-1] if one.progress else None,
        verdicts=tuple(sorted(last.values(), key=lambda each: each.assessor or "")),
        is_overdue=_is_overdue(one, due, today),
    )


def _by_day(one: Verdict) -> tuple[date, str]:
    return (one.as_of.latest or date.max, one.as_of.text) if one.as_of else (date.min, "")


def _is_overdue(one: Commitment, due: tuple[When, ...], today: date) -> bool | None:
    if one.status not in ("made", "in-progress"):
        return None if one.status is None else False
    if any(each.surely_before(today) for each in due):
        return True
    return None if not due or any(each.latest and each.latest < today for each in due) else False


def _urgency(one: Obligation) -> tuple[object, ...]:
    is_closed = one.status in ("delivered", "withdrawn", "superseded")
    first = min((each.latest or date.max for each in one.due), default=date.max)
    return (is_closed, one.is_overdue is not True, not one.due, first, one.subject)
