"""The status of a party on a day, and the members of a bloc on a day.

Sources often differ on dates. Three of them date one conferral to 1996, 1997 and 2005: for 1998 it is contested whether
Russia was a dialogue partner of ASEAN, for 2010 only since when.
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
from partnership.subjects.statuses import BRINGS, Scale, StatusEvent, is_overtaken
from partnership.values.date_words import in_words
from partnership.values.display import Displayable, VisibleText
from partnership.values.when import When

__all__ = ["Member", "Members", "StatusAt", "members", "status_at"]


@frozen(repr=False)
class StatusAt(Displayable):
    """The status of a party on one scale on a day.

    Attributes:
        subject: the status, ``status:slug``.
        scale: ``'status'`` (formal status) or ``'grade'`` (grade of the partnership).
        day: the day.
        rung: the rung on the scale; None if no rung had been conferred.
        since: the dates of the conferral, the chosen one first.
        is_held: True if the party surely had it; None if that is uncertain; False if no source reports any rung.
        possible: other rungs that it may have had.
        is_suspended: whether the rung was suspended; None if that is uncertain.
        is_contested: whether sources differ on a date that decides the answer, or a source denies the conferral.
        claims: ids of the claims for and against the answer.
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
            rungs = f"maybe {' or '.join(self.possible)}" if self.possible else "none"
        else:
            rungs = f"{'' if self.is_held else 'maybe '}{self.rung} since {' or '.join(map(in_words, self.since))}"
            rungs += "".join(f", or {rung}" for rung in self.possible)
        suspended = {True: ", suspended", None: ", perhaps suspended", False: ""}[self.is_suspended]
        return rungs + suspended + (" (contested)" if self.is_contested else "")


def status_at(subject: str, scale: Scale, occurrences: Sequence[Occurrence], day: date) -> StatusAt:
    """Return the status of a party on a day.

    The last conferral by that day decides. The answer is uncertain if another conferral may have come by then, or if
    the order of two is unknown. A higher rung does not win over a lower one: status may fall.

    Args:
        subject: the status, ``status:slug``.
        scale: the scale.
        occurrences: the occurrences of the subject, in order.
        day: the day.

    Raises:
        InvalidValue: there is no such scale.
    """
    if scale not in get_args(Scale):
        raise InvalidValue(scale, "is not a scale", f"write one of {', '.join(map(repr, get_args(Scale)))}")
    on_scale = [item for item in occurrences if isinstance(item.event, StatusEvent) and item.event.ladder == scale]
    conferrals = [item for item in on_scale if isinstance(item.event, BRINGS) and _may_be_by(item, day)]
    past = [item for item in conferrals if item.days[0].surely_by(day)]
    current = past[-1] if past else None
    rivals = [item for item in conferrals if not _is_by(item, day) or _may_follow(item, current)]
    rung = current.key[1] if current else None
    possible = tuple(dict.fromkeys(item.key[1] for item in rivals if item.key[1] != rung))
    deciding = [*rivals, *([current] if current and current not in rivals else [])]
    keys = {item.key for item in deciding}
    denied = [item for item in named(on_scale, "status-denied") if item.key in keys]
    denials = [
        item
        for item in denied
        if not any(item.key == other.key and is_overtaken(item, other, day) for other in deciding)
    ]
    since = _not_denied(current, denied, day) if current else ()
    is_sure = not (possible or denials) and (current is None or _is_by(current, day))
    suspensions = _suspensions(on_scale, current, day)
    return StatusAt(
        subject=subject,
        scale=scale,
        day=day,
        rung=rung,
        since=since,
        is_held=(current is not None) if is_sure else None,
        possible=possible,
        is_suspended=any(_is_by(item, day) for item in suspensions) or (None if suspensions else False),
        is_contested=bool(denials) or any(len(_not_denied(item, denied, day)) > 1 for item in deciding),
        claims=_claims(*deciding, *denied, *suspensions),
    )


def _claims(*occurrences: Occurrence) -> tuple[str, ...]:
    return tuple(sorted({claim for occurrence in occurrences for claim in occurrence.claims}))


def _is_by(occurrence: Occurrence, day: date) -> bool:
    return all(on.surely_by(day) for on in occurrence.days)


def _may_be_by(occurrence: Occurrence, day: date) -> bool:
    return any(on.maybe_by(day) for on in occurrence.days)


def _not_denied(conferral: Occurrence, denials: Iterable[Occurrence], day: date) -> tuple[When, ...]:
    """Return the dates of a conferral without those of reports that a source denied before the goal was reached."""
    overtaken = [item for item in denials if item.key == conferral.key and is_overtaken(item, conferral, day)]
    return tuple(on for on in conferral.days if not any(on.surely_by(item.latest) for item in overtaken))


def _may_follow(conferral: Occurrence, current: Occurrence | None) -> bool:
    """Tell whether a conferral may have come after the one that is chosen as the last."""
    if current is None:
        return False
    return conferral.event.rank == current.event.rank and not current.surely_after(conferral)


def _suspensions(occurrences: Sequence[Occurrence], current: Occurrence | None, day: date) -> list[Occurrence]:
    return [
        item
        for item in named(occurrences, "status-suspended")
        if current and item.key == current.key and _may_be_by(item, day) and not current.surely_after(item)
    ]


@frozen
class Member(VisibleText):
    """A member of a bloc.

    Attributes:
        party: the member.
        since: the dates of its admission, the chosen one first.
        claims: ids of the claims about its admission and the end of its membership.
    """

    party: str
    since: tuple[When, ...]
    claims: tuple[str, ...]

    def _text(self) -> str:
        return f"{self.party} since {' or '.join(map(in_words, self.since))}"


@frozen(repr=False)
class Members(Displayable):
    """The members of a bloc on a day, as far as they are recorded.

    Attributes:
        bloc: the bloc.
        day: the day.
        surely: parties that had been admitted and had not left.
        possible: parties that may have been admitted, or may have left.
    """

    bloc: str
    day: date
    surely: tuple[Member, ...]
    possible: tuple[Member, ...]

    def _text(self) -> str:
        parts = [f"surely {member}" for member in self.surely] + [f"maybe {member}" for member in self.possible]
        return "; ".join(parts) or "no members known"


def members(bloc: str, occurrences: Iterable[Occurrence], day: date) -> Members:
    """Return the members of a bloc on a day. Invited parties and observers are not members.

    Args:
        bloc: code of the bloc.
        occurrences: occurrences of memberships in any bloc.
        day: the day.
    """
    by_party: dict[str, list[Occurrence]] = defaultdict(list)
    for occurrence in occurrences:
        if isinstance(occurrence.event, MembershipEvent) and occurrence.event.bloc == bloc:
            by_party[occurrence.event.member].append(occurrence)
    rows = [_membership(party, of_party, day) for party, of_party in sorted(by_party.items())]
    return Members(
        bloc,
        day,
        surely=tuple(member for member, is_sure in rows if is_sure),
        possible=tuple(member for member, is_sure in rows if is_sure is None),
    )


def _membership(party: str, occurrences: Sequence[Occurrence], day: date) -> tuple[Member, bool | None]:
    """Return a party, and whether it was a member on a day; None if that is uncertain."""
    admissions = [item for item in named(occurrences, "member-admitted") if _may_be_by(item, day)]
    ends = [item for item in named(occurrences, "membership-ended") if _may_be_by(item, day)]
    ends = [end for end in ends if not any(admission.surely_after(end) for admission in admissions)]
    is_member: bool | None = None
    if not admissions or any(_is_by(end, day) for end in ends):
        is_member = False
    elif not ends and any(_is_by(admission, day) for admission in admissions):
        is_member = True
    since = tuple(on for admission in admissions for on in admission.days)
    return Member(party, since, _claims(*admissions, *ends)), is_member
