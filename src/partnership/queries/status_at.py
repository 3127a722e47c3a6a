"""Where a party stands on a scale on a day, and who is a member of a bloc; contested where sources differ.

Source: ``domain.md`` 2.1, 2.10. AR-172, AR-173 and AR-174 date one conferral to 1996, 1997 and 2005: in 1998 it is
contested whether Russia was a dialogue partner, in 2010 only since when.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import get_args

from attrs import frozen

from partnership.errors import InvalidValue
from partnership.model.findings import named
from partnership.model.occurrence import Occurrence
from partnership.subjects.memberships import MembershipEvent
from partnership.subjects.statuses import BRINGS, Scale, StatusEvent
from partnership.values.date_words import in_words
from partnership.values.display import Displayable, VisibleText
from partnership.values.when import When

__all__ = ["Member", "Members", "StatusAt", "members", "standing"]


@frozen(repr=False)
class StatusAt(Displayable):
    """Where a party stood on a scale on a day.

    Attributes:
        subject: the status, ``status:slug``.
        scale: which: formal status, or grade of the partnership.
        day: when.
        rung: the rung that is believed; None where none had been reached.
        since: the days on which it was reached: the believed one, then those of sources that differ.
        is_held: True where it surely stood there; None where that is not known; False where nobody told of any rung.
        maybe: other rungs on which it may have stood.
        is_suspended: whether the rung was suspended; None where that is not known.
        is_contested: sources differ on what decides the answer, or one denies it.
        claims: ids of the claims that speak for the answer, and against it.
    """

    subject: str
    scale: Scale
    day: date
    rung: str | None
    since: tuple[When, ...]
    is_held: bool | None
    possible: tuple[str, ...]
    is_suspended: bool | None
    is_contested: bool
    claims: tuple[str, ...]

    def _text(self) -> str:
        if self.rung is None:
            told = f"maybe {' or '.join(self.possible)}" if self.possible else "none"
        else:
            told = f"{'' if self.is_held else 'maybe '}{self.rung} since {' or '.join(map(in_words, self.since))}"
            told += "".join(f", or {one}" for one in self.possible)
        suspended = {True: ", suspended", None: ", perhaps suspended", False: ""}[self.is_suspended]
        return told + suspended + (" (contested)" if self.is_contested else "")


def standing(subject: str, scale: Scale, occurrences: Sequence[Occurrence], day: date) -> StatusAt:
    """Return where a party stood on a scale on a day.

    The act that is believed to have come last by then decides. What may have come by then and is not believed to, or
    of which the order is not known, makes the answer uncertain. No order of the rungs plays a part.

    Args:
        subject: ``status:slug``.
        scale: which.
        occurrences: all that is told of the subject, in their order.
        day: when.

    Raises:
        InvalidValue: there is no such scale.
    """
    if scale not in get_args(Scale):
        raise InvalidValue(scale, "is not a scale", f"write one of {', '.join(map(repr, get_args(Scale)))}")
    told = [one for one in occurrences if isinstance(one.event, StatusEvent) and one.event.ladder == scale]
    acts = [one for one in told if isinstance(one.event, BRINGS) and _may_be_by(one, day)]
    come = [one for one in acts if one.days[0].surely_by(day)]
    current = come[-1] if come else None
    rivals = [one for one in acts if not _is_by(one, day) or _is_rival(one, current)]
    rung = current.key[1] if current else None
    others = tuple(dict.fromkeys(one.key[1] for one in rivals if one.key[1] != rung))
    deciding = [*rivals, *([current] if current and current not in rivals else [])]
    denied = [one for one in named(told, "status-denied") if one.key in {each.key for each in deciding}]
    is_sure = not (others or denied) and (current is None or _is_by(current, day))
    suspended = _suspensions(told, current, day)
    return StatusAt(
        subject=subject,
        scale=scale,
        day=day,
        rung=rung,
        since=current.days if current else (),
        is_held=(current is not None) if is_sure else None,
        possible=others,
        is_suspended=any(_is_by(one, day) for one in suspended) or (None if suspended else False),
        is_contested=bool(denied) or any(len(one.days) > 1 for one in deciding),
        claims=tuple(sorted({claim for one in (*deciding, *denied, *suspended) for claim in one.claims})),
    )


def _is_by(one: Occurrence, day: date) -> bool:
    return all(each.surely_by(day) for each in one.days)


def _may_be_by(one: Occurrence, day: date) -> bool:
    return any(each.maybe_by(day) for each in one.days)


def _is_rival(one: Occurrence, current: Occurrence | None) -> bool:
    """Tell whether an act that has come may have come after the one that is believed to be the last."""
    return current is not None and one.event.rank == current.event.rank and not current.surely_after(one)


def _suspensions(told: Sequence[Occurrence], current: Occurrence | None, day: date) -> list[Occurrence]:
    return [
        one
        for one in named(told, "status-suspended")
        if current and one.key == current.key and _may_be_by(one, day) and not current.surely_after(one)
    ]


@frozen
class Member(VisibleText):
    """A member of a bloc.

    Attributes:
        party: which.
        since: the days on which it was admitted: the believed one, then those of sources that differ.
        claims: ids of the claims that tell of its admission, and of its end.
    """

    party: str
    since: tuple[When, ...]
    claims: tuple[str, ...]

    def _text(self) -> str:
        return f"{self.party} since {' or '.join(map(in_words, self.since))}"


@frozen(repr=False)
class Members(Displayable):
    """The members of a bloc on a day, of those that anybody told of.

    Attributes:
        bloc: which.
        day: when.
        surely: those that were admitted by then and had not left.
        maybe: those that may have been, or may have left.
    """

    bloc: str
    day: date
    surely: tuple[Member, ...]
    possible: tuple[Member, ...]

    def _text(self) -> str:
        told = [f"surely {one}" for one in self.surely] + [f"maybe {one}" for one in self.possible]
        return "; ".join(told) or "none told of"


def members(bloc: str, occurrences: Iterable[Occurrence], day: date) -> Members:
    """Return the members of a bloc on a day; an invitation, and the place of an observer, make none.

    Args:
        bloc: its code.
        occurrences: all that is told of memberships, of any bloc.
        day: when.
    """
    by_party: dict[str, list[Occurrence]] = defaultdict(list)
    for one in occurrences:
        if isinstance(one.event, MembershipEvent) and one.event.bloc == bloc:
            by_party[one.event.member].append(one)
    rows = [_membership(party, each, day) for party, each in sorted(by_party.items())]
    return Members(
        bloc,
        day,
        surely=tuple(member for member, is_sure in rows if is_sure),
        possible=tuple(member for member, is_sure in rows if is_sure is None),
    )


def _membership(party: str, told: Sequence[Occurrence], day: date) -> tuple[Member, bool | None]:
    """Return a party, and whether it was a member; None where that is not known."""
    admitted = [one for one in named(told, "member-admitted") if _may_be_by(one, day)]
    ended = [one for one in named(told, "membership-ended") if _may_be_by(one, day)]
    ended = [one for one in ended if not any(each.surely_after(one) for each in admitted)]
    is_member: bool | None = None
    if not admitted or any(_is_by(one, day) for one in ended):
        is_member = False
    elif not ended and any(_is_by(one, day) for one in admitted):
        is_member = True
    claims = tuple(sorted({claim for one in (*admitted, *ended) for claim in one.claims}))
    return Member(party, tuple(each for one in admitted for each in one.days), claims), is_member
