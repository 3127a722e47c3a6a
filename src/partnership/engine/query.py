"""The road, walked for one cut and only as far as is asked; and walked again only where something arrived."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from attrs import frozen

from partnership.engine.amendment_index import is_desk_amendment
from partnership.engine.corrections import canonical_names
from partnership.engine.entry_source import LocatedEvidence
from partnership.engine.fold import Folded, FoldedStates, fold, is_over, may_be_over
from partnership.engine.groups import EMPTY_GROUP, ResolvedGroup, resolve_group
from partnership.engine.index import ClaimIndex, says_same, synchronized
from partnership.engine.provenance import Superseded
from partnership.engine.resolution import Policy, most_official
from partnership.engine.visibility import select
from partnership.errors import Damaged
from partnership.model.construct import in_bulk
from partnership.model.entry import Entry, evidence_of
from partnership.model.event import fields_of
from partnership.model.occurrence import Evidence, Finding, Occurrence
from partnership.model.projection import Projection
from partnership.serialization.index_keys import amended_claims, referenced_subjects, subjects_of
from partnership.subjects.amendments import Amendment, SubjectsDeclaredSame
from partnership.values.sources import Source
from partnership.values.text import split_subject

__all__ = ["Query", "ResolvedGroup", "Scope"]

S = TypeVar("S")


@frozen
class Scope:
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


class Query:
    """What a shelf holds, read through one cut.

    Args:
        shelf: what was told.
        cut: through which it is read.
        whole: the reading of the same shelf without a cut: what a cut leaves as it is, is taken from it.
    """

    def __init__(self, index: ClaimIndex, scope: Scope = Scope(), whole: Query | None = None) -> None:
        self.index = index
        self.scope = scope
        self._given = whole
        same_policy = whole is not None and scope.policy is whole.scope.policy and scope.sources is None
        self._whole = whole if same_policy else None
        self._reset()

    def _reset(self) -> None:
        """Hold nothing yet, or nothing any more."""
        self.version: int = self.index.version
        self._names: Mapping[str, str] | None = None
        self._naming: set[str] = set()  # claims on which the names rest, and at which those aim
        self._renamed: set[str] = set()  # groups that have other names here than without the cut
        self._groups: dict[str, ResolvedGroup] = {}
        self._sorted: dict[Projection[Any], dict[str, list[Occurrence]]] = {}
        self._folds: dict[Projection[Any], dict[str, Folded[Any]]] = {}
        self._kinds: Mapping[str, Sequence[Occurrence]] | None = None
        self._changed: dict[Projection[Any], set[str]] = {}  # keys whose states are to be folded again
        self._few: dict[tuple[Projection[Any], str], Folded[Any] | None] = {}

    @synchronized
    def now(self) -> Query:
        """Return the reading of what is there now, through the same cut; it takes in what arrived since.

        Within a query of several parts that is what was there when the query began.
        """
        if self._given is not None:
            self._given.now()
            return self if self.version == self.index.version else Query(self.index, self.scope, self._given)
        if not self.index.is_fixed and self.index.entry_source.head() > self.index.head:
            self._take_in()
        return self

    def at(self, head: int) -> Query:
        """Return the reading of what was there up to a place: this one, unless something has arrived after that."""
        if self.index.head == head:
            return self
        index = ClaimIndex(self.index.entry_source)
        index.head = head
        return Query(index, self.scope)

    def _take_in(self) -> None:
        try:
            self.apply_new(list(self.index.entry_source.iter_after(self.index.head)))
        except BaseException:  # half of it would be taken for all: what is there is read again when asked for
            self.index.reset()
            self._reset()
            raise

    # ---- settle ----

    @property
    @synchronized
    def names(self) -> Mapping[str, str]:
        """By subject, its one name, for subjects that are the same as others."""
        if self._names is None:
            told = self.index.same()
            self._naming = {claim for one in told for claim in (one.claim, *amended_claims(one.event))}
            self._names = canonical_names(self._selected(told))
            if self._whole is not None and self._names != (without := self._whole.names):
                other = {name for name in {*self._names, *without} if self._names.get(name) != without.get(name)}
                self._renamed = {self.index.root(name) for name in other} | self.index.referencing(other)
        return self._names

    def _has_the_same_names(self) -> bool:
        return self._whole is not None and self.names == self._whole.names

    def _selected(self, told: Iterable[Evidence]) -> list[Evidence]:
        return select(told, known=self.scope.known, sources=self.scope.sources)

    @synchronized
    def resolved(self, root: str) -> ResolvedGroup:
        """Return what a group comes to."""
        found = self._groups.get(root)
        if found is None:
            found = self._groups[root] = self._settle(root)
        return found

    def _settle(self, root: str) -> ResolvedGroup:
        names, known = self.names, self.scope.known
        if self._whole is not None and root not in self._renamed:
            without = self._whole.resolved(root)
            if known is None or without.fully_known <= known:
                return without
            if without.first_known > known:
                return EMPTY_GROUP
        told = self.index.group(root)
        if known is not None or self.scope.sources is not None:
            told = self._selected(told)
        return resolve_group(told, names, self.scope.policy) if told else EMPTY_GROUP

    @synchronized
    def about(self, subject: str) -> ResolvedGroup:
        """Return what the group of a subject comes to."""
        return self.resolved(self.index.root(subject))

    @synchronized
    def all_groups(self) -> Sequence[ResolvedGroup]:
        """Return what every group comes to."""
        return [self.resolved(root) for root in self.index.load_all()]

    @property
    @synchronized
    def occurrences(self) -> tuple[Occurrence, ...]:
        """All that is believed to have happened, those after the day too."""
        return tuple(one for each in self.all_groups() for one in each.occurrences)

    @property
    @synchronized
    def over(self) -> tuple[Occurrence, ...]:
        """What had surely happened by the end of the day."""
        return tuple(one for one in self.occurrences if is_over(one, self.scope.on))

    @property
    @synchronized
    def possible(self) -> tuple[Occurrence, ...]:
        """What may have happened by the end of the day, but not surely."""
        return tuple(one for one in self.occurrences if may_be_over(one, self.scope.on))

    @property
    @synchronized
    def superseded(self) -> dict[str, tuple[str, ...]]:
        """By claim, the amendments that undid it."""
        return {claim: by for each in self.all_groups() for claim, by in each.superseded.items()}

    # ---- entries ----

    def entries(self) -> Iterator[Entry]:
        """Yield the entries that the cut selects, in the order of the log; superseded ones too."""
        held = (one for one in self.index.entry_source.entries() if one.position <= self.index.head)
        if self.scope.known is None and self.scope.sources is None:
            yield from held
            return
        told = [(evidence_of(one.claim, one.remarks), one) for one in held]
        kept = {id(one) for one in self._selected(evidence for evidence, _ in told)}
        yield from (one for evidence, one in told if id(evidence) in kept)

    def entries_by_claim(self, claims: Iterable[str]) -> dict[str, tuple[Entry, ...]]:
        """Return by claim, of claims that the cut selects, the entries that carry it, in the order of the log."""
        found = self.index.entry_source.entries_by_claim(claims)
        kept = {claim: tuple(one for one in each if self._shows(one)) for claim, each in found.items()}
        return {claim: each for claim, each in kept.items() if each}

    def carried(self, claims: Iterable[str]) -> dict[str, tuple[Entry, ...]]:
        """Return by claim the entries that carry it, of claims that were told; `Damaged` where one is found no more."""
        wanted = {*claims}
        found = self.entries_by_claim(wanted)
        if not wanted <= found.keys():
            raise self.found_no_more()
        return found

    def found_no_more(self) -> Damaged:
        """Return what to raise where a claim was told, and is found no more."""
        reason = "the keys by which entries are found were changed, or an entry is missing: restore a copy"
        return Damaged(self.index.entry_source.place, reason)

    def _shows(self, one: Entry) -> bool:
        is_here = one.position <= self.index.head
        return is_here and (is_desk_amendment(one) or bool(self._selected([evidence_of(one.claim, one.remarks)])))

    @synchronized
    def superseded_about(self, subjects: Iterable[str]) -> tuple[Superseded, ...]:
        """Return what was mended of subjects, and by what."""
        wanted = set(subjects)
        found: dict[str, tuple[str, ...]] = {}
        for each in {id(one): one for one in map(self.about, sorted(wanted))}.values():
            abouts = {one.claim: one.event.about for one in each.evidence if one.claim in each.superseded}
            found |= {
                one: each.superseded[one] for one, about in abouts.items() if self.names.get(about, about) in wanted
            }
        entries = self.carried({*found, *(amendment for by in found.values() for amendment in by)})
        return tuple(
            Superseded(entries[one][0], tuple(entries[each][0] for each in by)) for one, by in sorted(found.items())
        )

    @synchronized
    def claims_about(self, subject: str) -> set[str]:
        """Return the claims about a subject, what they mend, and what mends them."""
        told = self.about(subject).evidence
        found = {one.claim for one in told for about in subjects_of(one.event) if self._is_about(one, about, subject)}
        found |= {one.event.subject for one in told if one.claim in found and isinstance(one.event, Amendment)}
        aiming: dict[str, list[str]] = defaultdict(list)
        for one in told:
            if isinstance(one.event, Amendment):
                aiming[one.event.subject].append(one.claim)
        reached = [*found]
        while reached:
            fresh = [claim for claim in aiming.get(reached.pop(), ()) if claim not in found]
            found.update(fresh)
            reached += fresh
        return found

    @synchronized
    def tells_of(self, subject: str) -> bool:
        """Tell whether anything is about a subject, superseded or not, under just this name."""
        told = (one for one in self.about(subject).evidence if not isinstance(one.event, SubjectsDeclaredSame))
        return any(subject in subjects_of(one.event) for one in told)

    def _is_about(self, one: Evidence, about: str, subject: str) -> bool:
        return self.names.get(about, about) == subject and not isinstance(one.event, SubjectsDeclaredSame)

    # ---- fold ----

    @synchronized
    def fold(self, projection: Projection[S]) -> Mapping[str, Folded[S]]:
        """Return the states of a projection by key, each with what led to it."""
        folds = self._folds.get(projection)
        if folds is None:
            with in_bulk():
                folds = self._folds[projection] = dict(sorted(self._folded_all(projection)))
        if changed := self._changed.get(projection):
            again = {key: self._anew(projection, key) for key in changed}
            both = sorted({**folds, **again}.items())
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
            up_to = known.up_to(projection, key, self.scope.on)
            if up_to is not None:
                yield key, up_to

    def _by_key(self, projection: Projection[Any]) -> tuple[Mapping[str, list[Occurrence]], bool]:
        """Return the occurrences that change each state of a projection, and whether it is so without the cut too."""
        if self._whole is not None and self.scope.known is None and self._has_the_same_names():
            return self._whole._by_key(projection)[0], True  # noqa: SLF001  its own class
        if projection not in self._sorted:
            by_key: dict[str, list[Occurrence]] = defaultdict(list)
            told = self.occurrences if projection.kind is None else self._by_kind().get(projection.kind, ())
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

    def _by_kind(self) -> Mapping[str, Sequence[Occurrence]]:
        """Return the occurrences by the kinds of what they are about and refer to."""
        if self._kinds is None:
            found: dict[str, list[Occurrence]] = defaultdict(list)
            for each in self.all_groups():
                for one in each.occurrences:
                    found[one.event.kind].append(one)
                    if fields_of(type(one.event)).refers:
                        for kind in {split_subject(name)[0] for name in referenced_subjects(one.event)} - {
                            one.event.kind
                        }:
                            found[kind].append(one)
            self._kinds = dict(found)
        return self._kinds

    @synchronized
    def folded(self, projection: Projection[S], key: str) -> Folded[S] | None:
        """Return the state of one key, with what led to it; it reads no more than that needs."""
        is_changed = key in self._changed.get(projection, ())
        if not is_changed and projection in self._folds:
            return self._folds[projection].get(key)
        if not is_changed and (self.index.is_whole or projection.kind is None):
            return self.fold(projection).get(key)
        if (projection, key) not in self._few:
            found = self._anew(projection, key) if is_changed else self._folded_one(projection, key)
            self._few[projection, key] = found
        return self._few[projection, key]

    def _folded_one(self, projection: Projection[S], key: str) -> Folded[S] | None:
        if not key.startswith(f"{projection.kind}:"):
            return None
        roots = {root := self.index.root(key)}
        if projection.reads_more:
            named = {name for name, one in self.names.items() if one == key}
            roots |= self.index.referencing({key, *named, *self.index.members(root)})
        told = (one for each in sorted(roots) for one in self.resolved(each).occurrences)
        own = [one for one in told if key in projection.keys(one)]
        return fold(projection, key, own).up_to(projection, key, self.scope.on) if own else None

    @synchronized
    def states(self, projection: Projection[S]) -> Mapping[str, S]:
        """Return the states of a projection by key."""
        return FoldedStates(self.fold(projection))

    @synchronized
    def state(self, projection: Projection[S], key: str) -> S | None:
        """Return the state of one key; it reads no more than that needs."""
        folded = self.folded(projection, key)
        return None if folded is None else folded.state

    @synchronized
    def findings(self, projections: Iterable[Projection[Any]]) -> tuple[Finding, ...]:
        """Return what is odd: in the claims themselves, and by the rules of projections."""
        with in_bulk():
            odd = {one for each in self.all_groups() for one in each.findings}
            for projection in projections:
                for each in self.fold(projection).values():
                    odd.update(each.findings(projection))
            return tuple(sorted(odd, key=_in_turn))

    # ---- growing ----

    def apply_new(self, told: Sequence[LocatedEvidence]) -> None:
        """Take in what arrived: what it does not touch stays as it is."""
        before = self._names
        touched = self.index.apply_new(told)
        self.version = self.index.version
        if any(
            says_same(one) or not self._naming.isdisjoint((one.claim, *amended_claims(one.event))) for _, one in told
        ):
            self._names = None
        if before is not None and self.names != before:
            other = {name for name in {*self.names, *before} if self.names.get(name) != before.get(name)}
            touched |= {self.index.root(name) for name in other} | self.index.referencing(other)
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
        by_key: dict[str, list[Occurrence]],
        gone: Iterable[ResolvedGroup],
        touched: Iterable[str],
    ) -> set[str]:
        """Put what groups come to now in the place of what they came to; return the keys whose states that changes."""
        moved: set[str] = set()
        for one in [one for each in gone for one in each.occurrences]:
            for key in projection.keys(one):
                by_key[key].remove(one)
                moved.add(key)
        for one in [one for root in touched for one in self.resolved(root).occurrences]:
            for key in projection.keys(one):
                by_key.setdefault(key, []).append(one)
                moved.add(key)
        for key in [each for each in moved if not by_key[each]]:
            del by_key[key]
        return moved


def _in_turn(one: Finding) -> tuple[str, str, tuple[str, ...], str, str]:
    return one.slug, one.subject, one.claims, one.sentence, one.nature
