"""The status of a party on a day, and the members of a bloc on a day.

No answer is *no* unless a claim excludes it: what no source says is not known. A conferral excludes its own rung on
earlier days, and another rung that was surely held excludes it on that day. An admission excludes earlier days, and an
end later ones, unless the party may have been admitted again.

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
from partnership.subjects.memberships import (
    MemberAdmitted,
    MembershipDeclined,
    MembershipEnded,
    RepresentationRestricted,
)
from partnership.subjects.statuses import BRINGS, Scale, StatusConferred, StatusDowngraded, StatusEvent, is_overtaken
from partnership.values.date_words import in_words
from partnership.values.display import Displayable, VisibleText
from partnership.values.party_codes import party as party_code
from partnership.values.text import slug
from partnership.values.when import When


@frozen(repr=False)
class StatusAt(Displayable):
    """The status of a party on one scale on a day.

    Attributes:
        subject: the status, ``status:slug``.
        scale: ``'status'`` (formal status) or ``'grade'`` (grade of the partnership).
        day: the day.
        rung: the rung on the scale; None if that is not known.
        since: the dates of the conferral, the chosen one first.
        is_sure: whether the party surely had the rung; False if it may have had another one, or if none is known.
        possible: other rungs that it may have had.
        not_then: rungs that were conferred later, and that it did not have on that day.
        is_suspended: whether the rung was suspended; None if that is uncertain.
        is_contested: whether sources differ on a date that decides the answer, or a source denies the conferral.
        claims: ids of the claims for and against the answer.
    """

    subject: str
    scale: Scale
    day: date
    rung: str | None
    since: tuple[When, ...]
    is_sure: bool
    possible: tuple[str, ...]
    not_then: tuple[str, ...]
    is_suspended: bool | None
    is_contested: bool
    claims: tuple[str, ...]

    def has(self, rung: str) -> bool | None:
        """Tell whether the party had a rung.

        False only if a claim excludes it: the party surely had another rung, or this one was conferred later. None if
        it is possible or not known.

        Raises:
            InvalidValue: the rung is not a slug, such as ``"strategic-partnership"``.
        """
        slug(rung)
        if self.is_sure:
            return rung == self.rung
        return False if rung in self.not_then else None

    def _text(self) -> str:
        if self.rung is None:
            rungs = f"maybe {' or '.join(self.possible)}" if self.possible else "not known"
            rungs += "".join(f", not yet {rung}" for rung in self.not_then)
        else:
            rungs = f"{'' if self.is_sure else 'maybe '}{self.rung} since {' or '.join(map(in_words, self.since))}"
            rungs += "".join(f", or {rung}" for rung in self.possible)
        suspended = {True: ", suspended", None: ", perhaps suspended", False: ""}[self.is_suspended]
        return rungs + suspended + (" (contested)" if self.is_contested else "")


def status_at(subject: str, scale: Scale, occurrences: Sequence[Occurrence], day: date) -> StatusAt:
    """Return the status of a party on a day.

    The last conferral by that day decides. The answer is uncertain if another conferral may have come by then, or if
    the order of two is unknown. A higher rung does not win over a lower one: status may fall. Before the first
    conferral the status is not known: an upgrade is an upgrade from something. A rung whose suspension alone is
    reported may have been held on any day. So may one from which a later conferral says that it rose or fell, on the
    days before that.

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
    conferrals = [item for item in on_scale if isinstance(item.event, BRINGS)]
    by_day = [item for item in conferrals if _may_be_by(item, day)]
    past = [item for item in by_day if item.days[0].surely_by(day)]
    current = past[-1] if past else None
    suspensions = [item for item in named(on_scale, "status-suspended") if not (current and current.surely_after(item))]
    unconferred = [
        item
        for item in suspensions
        if all(other.surely_after(item) for other in conferrals if other.key[1] == item.key[1])
    ]
    rivals = [item for item in by_day if not _is_by(item, day) or _may_follow(item, current)]
    rung = current.key[1] if current else None
    ahead = [item for item in conferrals if item not in by_day]
    formers = [
        item for item in [*rivals, *ahead[:1]] if not _is_by(item, day) and _former_rung(item) not in (None, rung)
    ]
    possible = _rungs(item for item in [*rivals, *unconferred] if item.key[1] != rung)
    possible = tuple(dict.fromkeys([*possible, *filter(None, map(_former_rung, formers))]))
    suspensions = [item for item in suspensions if item.key[1] in (rung, *possible) and _may_be_by(item, day)]
    is_suspended = any(item.key[1] == rung and _is_by(item, day) for item in suspensions)
    deciding = [*rivals, *([current] if current and current not in rivals else [])]
    keys = {item.key for item in deciding}
    denied = [item for item in named(on_scale, "status-denied") if item.key in keys]
    denials = [
        item
        for item in denied
        if not any(item.key == other.key and is_overtaken(item, other, day) for other in deciding)
    ]
    later = [item for item in ahead if not isinstance(item.event, StatusDowngraded)]
    return StatusAt(
        subject=subject,
        scale=scale,
        day=day,
        rung=rung,
        since=_not_denied(current, denied, day) if current else (),
        is_sure=not (possible or denials) and current is not None and _is_by(current, day),
        possible=possible,
        not_then=tuple(name for name in _rungs(later) if name not in (rung, *possible)),
        is_suspended=is_suspended or (None if suspensions else False),
        is_contested=bool(denials) or any(len(_not_denied(item, denied, day)) > 1 for item in deciding),
        claims=_claims(*deciding, *denied, *suspensions, *unconferred, *later, *formers),
    )


def _rungs(occurrences: Iterable[Occurrence]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item.key[1] for item in occurrences))


def _former_rung(conferral: Occurrence) -> str | None:
    """Return the rung from which a conferral says that the party rose or fell."""
    former: str | None = getattr(conferral.event, "former_rung", None)
    return former


def _claims(*occurrences: Occurrence) -> tuple[str, ...]:
    return tuple(sorted({claim for occurrence in occurrences for claim in occurrence.claims}))


def _is_by(occurrence: Occurrence, day: date) -> bool:
    return all(on.surely_by(day) for on in occurrence.days)


def _may_be_by(occurrence: Occurrence, day: date) -> bool:
    """Tell whether an occurrence, or its first day, may have come by the end of a day."""
    return not all(on.surely_after(day) for on in occurrence.days)


def _not_denied(conferral: Occurrence, denials: Iterable[Occurrence], day: date) -> tuple[When, ...]:
    """Return the dates of a conferral without those of reports that a source denied before the goal was reached."""
    overtaken = [item for item in denials if item.key == conferral.key and is_overtaken(item, conferral, day)]
    return tuple(on for on in conferral.days if not any(on.surely_by(item.latest) for item in overtaken))


def _may_follow(conferral: Occurrence, current: Occurrence | None) -> bool:
    """Tell whether a conferral may have come after the one that is chosen as the last.

    Where dates do not say, a status is conferred before it is upgraded or downgraded.
    """
    if current is None or current.surely_after(conferral):
        return False
    return isinstance(current.event, StatusConferred) or not isinstance(conferral.event, StatusConferred)


@frozen
class Member(VisibleText):
    """A member of a bloc.

    Attributes:
        party: the member.
        since: the dates of its admission, the chosen one first; empty if no admission is reported.
        claims: ids of the claims about its admission, a restriction and the end of its membership.
    """

    party: str
    since: tuple[When, ...]
    claims: tuple[str, ...]

    def _text(self) -> str:
        return f"{self.party}{' since ' * bool(self.since)}{' or '.join(map(in_words, self.since))}"


@frozen(repr=False)
class Members(Displayable):
    """The members of a bloc on a day, as far as they are recorded.

    Attributes:
        bloc: the bloc.
        day: the day.
        surely: parties that had been admitted and had not left.
        possible: parties that may have been admitted, or may have left.
        not_then: parties that were admitted later, had left, or had declined and are not known to be admitted.
    """

    bloc: str
    day: date
    surely: tuple[Member, ...]
    possible: tuple[Member, ...]
    not_then: tuple[Member, ...]

    def has(self, party: str) -> bool | None:
        """Tell whether a party was a member.

        False only if a claim excludes it: the party was admitted later, had left or had declined. None if it is
        possible or not known, as of a party that only applied.

        Raises:
            InvalidValue: the code does not exist.
        """
        code = party_code(party)
        if any(code == member.party for member in self.surely):
            return True
        return False if any(code == member.party for member in self.not_then) else None

    def _text(self) -> str:
        parts = [f"surely {member}" for member in self.surely] + [f"maybe {member}" for member in self.possible]
        return "; ".join(parts) or "no members known"


def members(bloc: str, occurrences: Iterable[Occurrence], day: date) -> Members:
    """Return the members of a bloc on a day. Invited parties and observers are not members.

    A restriction and an end show that a party was a member, though no admission is reported. An admission and an end of
    one subject are of one membership, unless it surely began after the end. Of two subjects about one party, an end
    ends the other's membership only if that surely began before.

    Args:
        bloc: code of the bloc.
        occurrences: occurrences of memberships in any bloc.
        day: the day.
    """
    by_party: dict[str, list[Occurrence]] = defaultdict(list)
    declined: dict[str, list[Occurrence]] = defaultdict(list)
    for occurrence in occurrences:
        event = occurrence.event
        if isinstance(event, _SHOWS_MEMBERSHIP) and event.bloc == bloc:
            by_party[event.member].append(occurrence)
        elif isinstance(event, MembershipDeclined) and event.bloc == bloc and _is_by(occurrence, day):
            declined[event.member].append(occurrence)
    rows = [_membership(party, of_party, day) for party, of_party in sorted(by_party.items())]
    absent = ((party, of_party) for party, of_party in sorted(declined.items()) if party not in by_party)
    rows += [(Member(party, (), _claims(*of_party)), False) for party, of_party in absent]
    return Members(
        bloc,
        day,
        surely=tuple(member for member, is_member in rows if is_member),
        possible=tuple(member for member, is_member in rows if is_member is None),
        not_then=tuple(member for member, is_member in rows if is_member is False),
    )


_SHOWS_MEMBERSHIP = (MemberAdmitted, RepresentationRestricted, MembershipEnded)


def _membership(party: str, occurrences: Sequence[Occurrence], day: date) -> tuple[Member, bool | None]:
    """Return a party, and whether it was a member on a day; None if that is uncertain."""
    admissions = named(occurrences, "member-admitted")
    ends = named(occurrences, "membership-ended")
    is_member: bool | None = False
    if any(
        _is_by(item, day) and not any(_may_be_by(end, day) and not _is_surely_after(item, end) for end in ends)
        for item in occurrences
        if item not in ends
    ):
        is_member = True
    elif any(
        not any(_is_by(end, day) and _is_one_membership(item, end) for end in ends)
        and not any(not _may_be_by(begin, day) and _is_one_membership(begin, item) for begin in admissions)
        for item in occurrences
    ):
        is_member = None
    since = tuple(on for item in admissions if _may_be_by(item, day) for on in item.days)
    return Member(party, since, _claims(*occurrences)), is_member


def _is_one_membership(earlier: Occurrence, later: Occurrence) -> bool:
    """Tell whether two occurrences are about one membership, the first of them no later than the second."""
    if earlier.subject == later.subject:
        return not any(on.surely_after(day) for on in earlier.days for day in later.days)
    return _is_surely_after(later, earlier)


def _is_surely_after(later: Occurrence, earlier: Occurrence) -> bool:
    """Tell whether an occurrence came after another by every date that sources give."""
    return all(on.surely_after(day) for on in later.days for day in earlier.days)
