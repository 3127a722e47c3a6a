"""The road, walked for one cut and only as far as is asked; and walked again only where something arrived."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from attrs import frozen

from partnership.errors import Damaged
from partnership.log.entry import Entry, evidence_of
from partnership.log.keys import aims_of, mentions, subjects_of
from partnership.model.event import fields_of
from partnership.model.happening import Evidence, Finding, Happening
from partnership.model.making import in_bulk
from partnership.model.projection import Projection
from partnership.reading.belief import Policy, most_official
from partnership.reading.book import Found
from partnership.reading.mend import one_names
from partnership.reading.project import Folded, Unfolded, fold, is_over, may_be_over
from partnership.reading.select import is_desks_own, select
from partnership.reading.settled import NOTHING, Settled, settle
from partnership.reading.shelf import Shelf, alone, says_same
from partnership.reading.why import Undone
from partnership.subjects.corrections import Pointer, SubjectsDeclaredSame
from partnership.values.names import split_subject
from partnership.values.sources import Source

__all__ = ["Cut", "Reading", "Settled"]

S = TypeVar("S")


@frozen
class Cut:
    """What a question may know of, and up to when.

    Attributes:
        on: the world up to the end of this day.
        known: what was published by the end of this day.
        recorded: what this log held at this instant.
        sources: only what these sources tell.
        policy: what is believed where sources differ.
    """

    on: date | None = None
    known: date | None = None
    recorded: datetime | None = None
    sources: Callable[[Source], bool] | None = None
    policy: Policy = most_official


class Reading:
    """What a shelf holds, read through one cut.

    Args:
        shelf: what was told.
        cut: through which it is read.
        whole: the reading of the same shelf without a cut: what a cut leaves as it is, is taken from it.
    """

    def __init__(self, shelf: Shelf, cut: Cut = Cut(), whole: Reading | None = None) -> None:
        self.shelf = shelf
        self.cut = cut
        self._given = whole
        same_policy = whole is not None and cut.policy is whole.cut.policy and cut.sources is None
        self._whole = whole if same_policy else None
        self._begin()

    def _begin(self) -> None:
        """Hold nothing yet, or nothing any more."""
        self.version: int = self.shelf.version
        self._names: Mapping[str, str] | None = None
        self._naming: set[str] = set()  # claims on which the names rest, and at which those aim
        self._renamed: set[str] = set()  # groups that have other names here than without the cut
        self._groups: dict[str, Settled] = {}
        self._sorted: dict[Projection[Any], dict[str, list[Happening]]] = {}
        self._folds: dict[Projection[Any], dict[str, Folded[Any]]] = {}
        self._kinds: Mapping[str, Sequence[Happening]] | None = None
        self._changed: dict[Projection[Any], set[str]] = {}  # keys whose states are to be folded anew
        self._few: dict[tuple[Projection[Any], str], Folded[Any] | None] = {}

    @alone
    def now(self) -> Reading:
        """Return the reading of what is there now, through the same cut; it takes in what arrived since.

        Within a query of several parts that is what was there when the query began.
        """
        if self._given is not None:
            self._given.now()
            return self if self.version == self.shelf.version else Reading(self.shelf, self.cut, self._given)
        if not self.shelf.is_fixed and self.shelf.book.head() > self.shelf.head:
            self._take_in()
        return self

    def at(self, head: int) -> Reading:
        """Return the reading of what was there up to a place: this one, unless something has arrived after that."""
        if self.shelf.head == head:
            return self
        shelf = Shelf(self.shelf.book)
        shelf.head = head
        return Reading(shelf, self.cut)

    def _take_in(self) -> None:
        try:
            self.arrive(list(self.shelf.book.walk(self.shelf.head)))
        except BaseException:  # half of it would be taken for all: what is there is read anew when asked for
            self.shelf.begin()
            self._begin()
            raise

    # ---- settle ----

    @property
    @alone
    def names(self) -> Mapping[str, str]:
        """By subject, its one name, for subjects that are the same as others."""
        if self._names is None:
            told = self.shelf.same()
            self._naming = {claim for one in told for claim in (one.claim, *aims_of(one.event))}
            self._names = one_names(self._selected(told))
            if self._whole is not None and self._names != (without := self._whole.names):
                other = {name for name in {*self._names, *without} if self._names.get(name) != without.get(name)}
                self._renamed = {self.shelf.root(name) for name in other} | self.shelf.mentioning(other)
        return self._names

    def _has_the_same_names(self) -> bool:
        return self._whole is not None and self.names == self._whole.names

    def _selected(self, told: Iterable[Evidence]) -> list[Evidence]:
        return select(told, known=self.cut.known, sources=self.cut.sources)

    @alone
    def settled(self, root: str) -> Settled:
        """Return what a group comes to."""
        found = self._groups.get(root)
        if found is None:
            found = self._groups[root] = self._settle(root)
        return found

    def _settle(self, root: str) -> Settled:
        names, known = self.names, self.cut.known
        if self._whole is not None and root not in self._renamed:
            without = self._whole.settled(root)
            if known is None or without.until <= known:
                return without
            if without.since > known:
                return NOTHING
        told = self.shelf.group(root)
        if known is not None or self.cut.sources is not None:
            told = self._selected(told)
        return settle(told, names, self.cut.policy) if told else NOTHING

    @alone
    def about(self, subject: str) -> Settled:
        """Return what the group of a subject comes to."""
        return self.settled(self.shelf.root(subject))

    @alone
    def all_settled(self) -> Sequence[Settled]:
        """Return what every group comes to."""
        return [self.settled(root) for root in self.shelf.everything()]

    @property
    @alone
    def happenings(self) -> tuple[Happening, ...]:
        """All that is believed to have happened, those after the day too."""
        return tuple(one for each in self.all_settled() for one in each.happenings)

    @property
    @alone
    def over(self) -> tuple[Happening, ...]:
        """What had surely happened by the end of the day."""
        return tuple(one for one in self.happenings if is_over(one, self.cut.on))

    @property
    @alone
    def maybe(self) -> tuple[Happening, ...]:
        """What may have happened by the end of the day, but not surely."""
        return tuple(one for one in self.happenings if may_be_over(one, self.cut.on))

    @property
    @alone
    def undone(self) -> dict[str, tuple[str, ...]]:
        """By claim, the pointers that undid it."""
        return {claim: by for each in self.all_settled() for claim, by in each.undone.items()}

    # ---- entries ----

    def entries(self) -> Iterator[Entry]:
        """Yield the entries that the cut selects, in the order of the log; undone ones too."""
        held = (one for one in self.shelf.book.entries() if one.position <= self.shelf.head)
        if self.cut.known is None and self.cut.sources is None:
            yield from held
            return
        told = [(evidence_of(one.claim, one.remarks), one) for one in held]
        kept = {id(one) for one in self._selected(evidence for evidence, _ in told)}
        yield from (one for evidence, one in told if id(evidence) in kept)

    def carrying(self, claims: Iterable[str]) -> dict[str, tuple[Entry, ...]]:
        """Return by claim, of claims that the cut selects, the entries that carry it, in the order of the log."""
        found = self.shelf.book.carrying(claims)
        kept = {claim: tuple(one for one in each if self._shows(one)) for claim, each in found.items()}
        return {claim: each for claim, each in kept.items() if each}

    def carried(self, claims: Iterable[str]) -> dict[str, tuple[Entry, ...]]:
        """Return by claim the entries that carry it, of claims that were told; `Damaged` where one is found no more."""
        wanted = {*claims}
        found = self.carrying(wanted)
        if not wanted <= found.keys():
            raise self.found_no_more()
        return found

    def found_no_more(self) -> Damaged:
        """Return what to raise where a claim was told, and is found no more."""
        reason = "the keys by which entries are found were changed, or an entry is missing: restore a copy"
        return Damaged(self.shelf.book.place, reason)

    def _shows(self, one: Entry) -> bool:
        is_here = one.position <= self.shelf.head
        return is_here and (is_desks_own(one) or bool(self._selected([evidence_of(one.claim, one.remarks)])))

    @alone
    def undone_about(self, subjects: Iterable[str]) -> tuple[Undone, ...]:
        """Return what was mended of subjects, and by what."""
        wanted = set(subjects)
        found: dict[str, tuple[str, ...]] = {}
        for each in {id(one): one for one in map(self.about, sorted(wanted))}.values():
            abouts = {one.claim: one.event.about for one in each.told if one.claim in each.undone}
            found |= {one: each.undone[one] for one, about in abouts.items() if self.names.get(about, about) in wanted}
        entries = self.carried({*found, *(pointer for by in found.values() for pointer in by)})
        return tuple(
            Undone(entries[one][0], tuple(entries[each][0] for each in by)) for one, by in sorted(found.items())
        )

    @alone
    def claims_about(self, subject: str) -> set[str]:
        """Return the claims about a subject, what they mend, and what mends them."""
        told = self.about(subject).told
        found = {one.claim for one in told for about in subjects_of(one.event) if self._is_about(one, about, subject)}
        found |= {one.event.subject for one in told if one.claim in found and isinstance(one.event, Pointer)}
        aiming: dict[str, list[str]] = defaultdict(list)
        for one in told:
            if isinstance(one.event, Pointer):
                aiming[one.event.subject].append(one.claim)
        reached = [*found]
        while reached:
            fresh = [claim for claim in aiming.get(reached.pop(), ()) if claim not in found]
            found.update(fresh)
            reached += fresh
        return found

    @alone
    def tells_of(self, subject: str) -> bool:
        """Tell whether anything is about a subject, undone or not, under just this name."""
        told = (one for one in self.about(subject).told if not isinstance(one.event, SubjectsDeclaredSame))
        return any(subject in subjects_of(one.event) for one in told)

    def _is_about(self, one: Evidence, about: str, subject: str) -> bool:
        return self.names.get(about, about) == subject and not isinstance(one.event, SubjectsDeclaredSame)

    # ---- fold ----

    @alone
    def fold(self, projection: Projection[S]) -> Mapping[str, Folded[S]]:
        """Return the states of a projection by key, each with what led to it."""
        folds = self._folds.get(projection)
        if folds is None:
            with in_bulk():
                folds = self._folds[projection] = dict(sorted(self._folded_all(projection)))
        if changed := self._changed.get(projection):
            anew = {key: self._anew(projection, key) for key in changed}
            both = sorted({**folds, **anew}.items())
            folds = {key: one for key, one in both if one is not None}
            self._folds[projection] = folds  # and no change of what somebody may be going through
            del self._changed[projection]
        return folds

    def _anew(self, projection: Projection[S], key: str) -> Folded[S] | None:
        own = self._sorted[projection].get(key)
        return fold(projection, key, own) if own else None

    def _folded_all(self, projection: Projection[S]) -> Iterator[tuple[str, Folded[S]]]:
        by_key, is_shared = self._by_key(projection)
        without: Mapping[str, Folded[S]] = {}
        if self._whole is not None and (is_shared or projection in self._whole._folds):  # noqa: SLF001  its own class
            without = self._whole.fold(projection)
        for key, own in by_key.items():
            known = without.get(key)
            if known is None or not (is_shared or known.is_of(own)):
                known = fold(projection, key, own)
            up_to = known.up_to(projection, key, self.cut.on)
            if up_to is not None:
                yield key, up_to

    def _by_key(self, projection: Projection[Any]) -> tuple[Mapping[str, list[Happening]], bool]:
        """Return the happenings that change each state of a projection, and whether it is so without the cut too."""
        if self._whole is not None and self.cut.known is None and self._has_the_same_names():
            return self._whole._by_key(projection)[0], True  # noqa: SLF001  its own class
        if projection not in self._sorted:
            by_key: dict[str, list[Happening]] = defaultdict(list)
            told = self.happenings if projection.kind is None else self._by_kind().get(projection.kind, ())
            if projection.key is None and projection.kind is not None:
                for one in told:
                    if one.event.kind == projection.kind:
                        by_key[one.event.about].append(one)
            else:
                for one in told:
                    for key in projection.keys(one):
                        by_key[key].append(one)
            self._sorted[projection] = dict(by_key)
        return self._sorted[projection], False

    def _by_kind(self) -> Mapping[str, Sequence[Happening]]:
        """Return the happenings by the kinds of what they are about and refer to."""
        if self._kinds is None:
            found: dict[str, list[Happening]] = defaultdict(list)
            for each in self.all_settled():
                for one in each.happenings:
                    found[one.event.kind].append(one)
                    if fields_of(type(one.event)).refers:
                        for kind in {split_subject(name)[0] for name in mentions(one.event)} - {one.event.kind}:
                            found[kind].append(one)
            self._kinds = dict(found)
        return self._kinds

    @alone
    def folded(self, projection: Projection[S], key: str) -> Folded[S] | None:
        """Return the state of one key, with what led to it; it reads no more than that needs."""
        is_changed = key in self._changed.get(projection, ())
        if not is_changed and projection in self._folds:
            return self._folds[projection].get(key)
        if not is_changed and (self.shelf.is_whole or projection.kind is None):
            return self.fold(projection).get(key)
        if (projection, key) not in self._few:
            found = self._anew(projection, key) if is_changed else self._folded_one(projection, key)
            self._few[projection, key] = found
        return self._few[projection, key]

    def _folded_one(self, projection: Projection[S], key: str) -> Folded[S] | None:
        if not key.startswith(f"{projection.kind}:"):
            return None
        roots = {root := self.shelf.root(key)}
        if projection.reads_more:
            named = {name for name, one in self.names.items() if one == key}
            roots |= self.shelf.mentioning({key, *named, *self.shelf.members(root)})
        told = (one for each in sorted(roots) for one in self.settled(each).happenings)
        own = [one for one in told if key in projection.keys(one)]
        return fold(projection, key, own).up_to(projection, key, self.cut.on) if own else None

    @alone
    def states(self, projection: Projection[S]) -> Mapping[str, S]:
        """Return the states of a projection by key."""
        return Unfolded(self.fold(projection))

    @alone
    def state(self, projection: Projection[S], key: str) -> S | None:
        """Return the state of one key; it reads no more than that needs."""
        folded = self.folded(projection, key)
        return None if folded is None else folded.state

    @alone
    def findings(self, projections: Iterable[Projection[Any]]) -> tuple[Finding, ...]:
        """Return what is odd: in the claims themselves, and by the rules of projections."""
        with in_bulk():
            odd = {one for each in self.all_settled() for one in each.findings}
            for projection in projections:
                for each in self.fold(projection).values():
                    odd.update(each.findings(projection))
            return tuple(sorted(odd, key=_in_turn))

    # ---- growing ----

    def arrive(self, told: Sequence[Found]) -> None:
        """Take in what arrived: what it does not touch stays as it is."""
        before = self._names
        touched = self.shelf.arrive(told)
        self.version = self.shelf.version
        if any(says_same(one) or not self._naming.isdisjoint((one.claim, *aims_of(one.event))) for _, one in told):
            self._names = None
        if before is not None and self.names != before:
            other = {name for name in {*self.names, *before} if self.names.get(name) != before.get(name)}
            touched |= {self.shelf.root(name) for name in other} | self.shelf.mentioning(other)
        self._few.clear()
        self._kinds = None
        gone = [self._groups.pop(root) for root in touched if root in self._groups]
        for projection, by_key in self._sorted.items():
            moved = self._sort_anew(projection, by_key, gone, touched)
            if projection in self._folds:
                self._changed.setdefault(projection, set()).update(moved)

    def _sort_anew(
        self,
        projection: Projection[Any],
        by_key: dict[str, list[Happening]],
        gone: Iterable[Settled],
        touched: Iterable[str],
    ) -> set[str]:
        """Put what groups come to now in the place of what they came to; return the keys whose states that changes."""
        moved: set[str] = set()
        for one in [one for each in gone for one in each.happenings]:
            for key in projection.keys(one):
                by_key[key].remove(one)
                moved.add(key)
        for one in [one for root in touched for one in self.settled(root).happenings]:
            for key in projection.keys(one):
                by_key.setdefault(key, []).append(one)
                moved.add(key)
        for key in [each for each in moved if not by_key[each]]:
            del by_key[key]
        return moved


def _in_turn(one: Finding) -> tuple[str, str, tuple[str, ...], str, str]:
    return one.slug, one.subject, one.claims, one.sentence, one.nature
