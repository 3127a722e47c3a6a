"""Queries: occurrences, states and findings within a scope, computed when needed and kept up to date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar, get_args

from partnership._frozen import frozen
from partnership.engine.amendment_index import amendments_of, is_desk_amendment
from partnership.engine.collection import collection_paused
from partnership.engine.corrections import canonical_names
from partnership.engine.entry_source import LocatedEvidence
from partnership.engine.fold import Folded, FoldedStates, fold, is_over, may_be_over
from partnership.engine.groups import EMPTY_GROUP, ResolvedGroup, resolve_group
from partnership.engine.index import ClaimIndex, declares_same, synchronized
from partnership.engine.kept_states import MINIMUM, Kept, KeptStates
from partnership.engine.resolution import Policy, most_official
from partnership.engine.visibility import select
from partnership.errors import Damaged
from partnership.model.entry import Entry, evidence_of
from partnership.model.occurrence import Evidence, Finding, Grade, Occurrence
from partnership.model.projection import Projection
from partnership.serialization.index_keys import amended_claims, referenced_kinds, subjects_of
from partnership.subjects.amendments import Amendment, SubjectsDeclaredSame
from partnership.values.sources import Source

if TYPE_CHECKING:
    from partnership.engine.doubting import StandingDoubt
    from partnership.engine.provenance import Superseded

S = TypeVar("S")


@frozen
class Scope:
    """Which entries a query uses, and up to which day it shows the world.

    Attributes:
        on: show the world at the end of this day (valid time).
        known: use what was published by the end of this day (publication time).
        recorded: use what the log contained at this instant (transaction time). A query does not filter by it:
            `Record.as_of` applies it, by building an index of the entries recorded by then.
        sources: use the sources for which this returns True.
        policy: chooses between values on which sources differ.
    """

    on: date | None = None
    known: date | None = None
    recorded: datetime | None = None
    sources: Callable[[Source], bool] | None = None
    policy: Policy = most_official


class Query:
    """Compute and cache occurrences, states and findings from an index, within a scope.

    Groups and states that the scope does not affect are shared with the unscoped query.

    Args:
        index: the index of the entries.
        scope: which entries to use, and up to which day.
        unscoped: the query of the same index without a scope.

    Attributes:
        index: the index of the entries.
        scope: the scope.
        version: the version of the index that the cached results belong to.
    """

    def __init__(self, index: ClaimIndex, scope: Scope = Scope(), unscoped: Query | None = None) -> None:  # noqa: B008  it is frozen
        self.index = index
        self.scope = scope
        self._unscoped = unscoped
        can_reuse = unscoped is not None and scope.policy is unscoped.scope.policy and scope.sources is None
        # reuse its result for a group if both see the same evidence
        self._base = unscoped if can_reuse else None
        self._reset()

    def _reset(self) -> None:
        """Discard all cached results."""
        self.version: int = self.index.version
        self._computed_naming: _Naming | None = None
        self._resolved: dict[str, ResolvedGroup] = {}
        self._occurrences_by_key: dict[Projection[Any], dict[str, list[Occurrence]]] = {}
        self._folds: dict[Projection[Any], dict[str, Folded[Any]]] = {}
        self._by_kind: Mapping[str, Sequence[Occurrence]] | None = None
        self._stale_keys: dict[Projection[Any], set[str]] = {}  # keys of `_folds` that are to be folded again
        self._single_folds: dict[tuple[Projection[Any], str], Folded[Any] | None] = {}
        self._present: dict[Projection[Any], _PresentStates] = {}
        self._touched: dict[int, set[str] | None] = {}  # by size of a log that states are kept of

    # ---- growth ----

    @synchronized
    def now(self) -> Query:
        """Return a query with the same scope that includes all entries added so far.

        Within a compound query (`ClaimIndex.is_fixed`) that is what was there when it began.
        """
        if self._unscoped is not None:
            self._unscoped.now()
            return self if self.version == self.index.version else Query(self.index, self.scope, self._unscoped)
        if not self.index.is_fixed and self.index.entry_source.head() > self.index.head:
            try:
                self.apply_new(list(self.index.entry_source.iter_after(self.index.head)))
            except BaseException:  # a part of the new entries must not pass for all of them
                self.index.reset()
                self._reset()
                raise
        return self

    def at(self, head: int) -> Query:
        """Return a query of the entries up to position *head*; self if that is where the index stands."""
        if self.index.head == head:
            return self
        index = ClaimIndex(self.index.entry_source)
        index.head = head
        return Query(index, self.scope)

    def apply_new(self, rows: Sequence[LocatedEvidence]) -> None:
        """Add new entries; results that they do not change stay cached."""
        before = self._computed_naming
        changed = self.index.apply_new(rows)
        self.version = self.index.version
        if _are_renamed(rows, before):
            self._computed_naming = None
            self._present.clear()
        if before is not None and self.names != before.names:
            changed |= self._groups_with_other_names(self.names, before.names)
        self._single_folds.clear()
        self._touched.clear()
        self._by_kind = None
        old_groups = [self._resolved.pop(name) for name in changed if name in self._resolved]
        changed = {name for name in changed if self.index.group(name)}
        if self._present:
            touched = self._touched_by(item for _, item in rows)
            for projection, present in self._present.items():
                present.stale |= (keys := _of_kind(projection, touched))
                present.unkept |= keys
        for projection, by_key in self._occurrences_by_key.items():
            keys = self._replace_occurrences(projection, by_key, old_groups, changed)
            if projection in self._folds:
                self._stale_keys.setdefault(projection, set()).update(keys)

    def _replace_occurrences(
        self,
        projection: Projection[Any],
        by_key: dict[str, list[Occurrence]],
        old_groups: Iterable[ResolvedGroup],
        changed: Iterable[str],
    ) -> set[str]:
        """Replace the occurrences of changed groups; return the keys whose states may change.

        Args:
            projection: the projection that the keys belong to.
            by_key: its occurrences by key, which this updates.
            old_groups: the changed groups, as they were resolved before.
            changed: names of the changed groups.
        """
        keys: set[str] = set()
        for occurrence in [occurrence for group in old_groups for occurrence in group.occurrences]:
            for key in projection.keys(occurrence):
                by_key[key].remove(occurrence)
                keys.add(key)
        for occurrence in [occurrence for name in changed for occurrence in self.resolved(name).occurrences]:
            for key in projection.keys(occurrence):
                by_key.setdefault(key, []).append(occurrence)
                keys.add(key)
        for key in [key for key in keys if not by_key[key]]:
            del by_key[key]
        return keys

    # ---- resolution ----

    @property
    @synchronized
    def names(self) -> Mapping[str, str]:
        """Canonical name by subject, for subjects that are declared the same as others."""
        return self._naming().names

    def _naming(self) -> _Naming:
        if self._computed_naming is None:
            declarations = self.index.same_declarations()
            claims = {claim_id for item in declarations for claim_id in (item.claim, *amended_claims(item.event))}
            names = canonical_names(self._select(declarations))
            renamed = set[str]() if self._base is None else self._groups_with_other_names(names, self._base.names)
            self._computed_naming = _Naming(names, claims, renamed)
        return self._computed_naming

    def _groups_with_other_names(self, names: Mapping[str, str], others: Mapping[str, str]) -> set[str]:
        """Return the groups that are about, or refer to, subjects whose canonical names differ in two mappings."""
        subjects = {subject for subject in {*names, *others} if names.get(subject) != others.get(subject)}
        return {self.index.group_name(subject) for subject in subjects} | self.index.groups_referencing(subjects)

    def _select(self, evidence: Iterable[Evidence]) -> list[Evidence]:
        return select(evidence, known=self.scope.known, sources=self.scope.sources)

    @synchronized
    def resolved(self, name: str) -> ResolvedGroup:
        """Return a group of linked claims, resolved, by its name."""
        group = self._resolved.get(name)
        if group is None:
            group = self._resolved[name] = self._resolve(name)
        return group

    def _resolve(self, name: str) -> ResolvedGroup:
        naming, known = self._naming(), self.scope.known
        if self._base is not None and name not in naming.renamed_groups:
            group = self._base.resolved(name)
            if known is None or group.fully_known <= known:
                return group
            if group.first_known > known:
                return EMPTY_GROUP
        evidence = self.index.group(name)
        if known is not None or self.scope.sources is not None:
            evidence = self._select(evidence)
        return resolve_group(evidence, naming.names, self.scope.policy) if evidence else EMPTY_GROUP

    @synchronized
    def about(self, subject: str) -> ResolvedGroup:
        """Return the group that a subject belongs to, resolved."""
        return self.resolved(self.index.group_name(subject))

    @synchronized
    @collection_paused()
    def all_groups(self) -> Sequence[ResolvedGroup]:
        """Return every group, resolved."""
        return [self.resolved(name) for name in self.index.all_groups()]

    @property
    @synchronized
    def occurrences(self) -> tuple[Occurrence, ...]:
        """All occurrences, those after the day of the scope too."""
        return tuple(occurrence for group in self.all_groups() for occurrence in group.occurrences)

    @property
    @synchronized
    def happened(self) -> tuple[Occurrence, ...]:
        """The occurrences that had surely happened by the end of the day of the scope."""
        return tuple(occurrence for occurrence in self.occurrences if is_over(occurrence, self.scope.on))

    @property
    @synchronized
    def possible(self) -> tuple[Occurrence, ...]:
        """The occurrences that may have happened by the end of the day of the scope, but not surely."""
        return tuple(occurrence for occurrence in self.occurrences if may_be_over(occurrence, self.scope.on))

    @property
    @synchronized
    def superseded(self) -> dict[str, tuple[str, ...]]:
        """By claim id, the ids of the corrections and retractions that supersede the claim."""
        return {claim_id: by for group in self.all_groups() for claim_id, by in group.superseded.items()}

    # ---- entries ----

    def entries(self) -> Iterator[Entry]:
        """Yield the entries in the scope, superseded ones too, in log order."""
        return self.select(self.index.entry_source.entries())

    def select(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        """Yield those of some entries that are in the scope."""
        entries = (entry for entry in entries if entry.position <= self.index.head)
        if self.scope.known is None and self.scope.sources is None:
            yield from entries
            return
        pairs = [(evidence_of(entry.claim, entry.remarks), entry) for entry in entries]
        selected = {id(item) for item in self._select(item for item, _ in pairs)}
        yield from (entry for item, entry in pairs if id(item) in selected)

    def entries_by_claim(self, claim_ids: Iterable[str]) -> dict[str, tuple[Entry, ...]]:
        """Return by claim id the entries in the scope with that claim, in log order.

        Args:
            claim_ids: ids of claims. Amendments by the desk are in every scope that has what they amend, so they are
                not filtered here.
        """
        by_claim = self.index.entry_source.entries_by_claim(claim_ids)
        in_scope = {claim_id: tuple(filter(self._is_in_scope, entries)) for claim_id, entries in by_claim.items()}
        return {claim_id: entries for claim_id, entries in in_scope.items() if entries}

    def _is_in_scope(self, entry: Entry) -> bool:
        if entry.position > self.index.head:
            return False
        return is_desk_amendment(entry) or bool(self._select([evidence_of(entry.claim, entry.remarks)]))

    def entries_of(self, claim_ids: Iterable[str]) -> dict[str, tuple[Entry, ...]]:
        """Return by claim id the entries with that claim, for claims that the index contains.

        Raises:
            Damaged: a claim is not found.
        """
        wanted = {*claim_ids}
        by_claim = self.entries_by_claim(wanted)
        if not wanted <= by_claim.keys():
            raise self._lost_claim()
        return by_claim

    @synchronized
    def sources_of(self, claims_by_subject: Sequence[tuple[str, tuple[str, ...]]]) -> list[tuple[Source, ...]]:
        """Return, per subject, the distinct sources of the given claims.

        All claims are looked up at once. Only for corrections the group of the subject is read, because a correction
        by the desk has the source of the claim that it corrects.

        Args:
            claims_by_subject: subjects, each with ids of claims.

        Raises:
            Damaged: a claim is not found.
        """
        claim_ids = {claim_id for _, ids in claims_by_subject for claim_id in ids}
        evidence = () if self.index.is_complete else self.index.find_claims(claim_ids)
        sources = {item.claim: item.source for item in evidence if not isinstance(item.event, Amendment)}
        for subject, ids in claims_by_subject:
            if not sources.keys() >= {*ids}:
                occurrences = self.about(subject).occurrences
                sources |= {item.claim: item.source for occurrence in occurrences for item in occurrence.evidence}
            if not sources.keys() >= {*ids}:
                raise self._lost_claim()
        return [tuple(dict.fromkeys(sources[claim_id] for claim_id in ids)) for _, ids in claims_by_subject]

    def _lost_claim(self) -> Damaged:
        """Return the error for a claim that was read before and is not found now."""
        reason = "the index by which entries are found was changed, or an entry is missing: restore a copy"
        return Damaged(self.index.entry_source.place, reason)

    @synchronized
    def superseded_about(self, subjects: Iterable[str]) -> tuple[Superseded, ...]:
        """Return the superseded claims about some subjects, with what supersedes them."""
        from partnership.engine.provenance import Superseded  # noqa: PLC0415  loaded on first use

        wanted = set(subjects)
        superseded: dict[str, tuple[str, ...]] = {}
        for group in {id(group): group for group in map(self.about, sorted(wanted))}.values():
            superseded |= {
                item.claim: group.superseded[item.claim]
                for item in group.evidence
                if item.claim in group.superseded and self.names.get(item.event.about, item.event.about) in wanted
            }
        entries = self.entries_of({*superseded, *(amendment_id for by in superseded.values() for amendment_id in by)})
        return tuple(
            Superseded(entries[claim_id][0], tuple(entries[amendment_id][0] for amendment_id in by))
            for claim_id, by in sorted(superseded.items())
        )

    @synchronized
    def claims_about(self, subject: str) -> set[str]:
        """Return the ids of the claims about a subject, of what they amend, and of all amendments of these."""
        evidence = self.about(subject).evidence
        claim_ids = {item.claim for item in evidence if self._is_about(item, subject)}
        claim_ids |= {
            item.event.subject for item in evidence if item.claim in claim_ids and isinstance(item.event, Amendment)
        }
        return claim_ids | amendments_of(claim_ids, ((item.claim, item.event) for item in evidence))

    def _is_about(self, item: Evidence, subject: str) -> bool:
        subjects = (self.names.get(name, name) for name in subjects_of(item.event))
        return not isinstance(item.event, SubjectsDeclaredSame) and subject in subjects

    @synchronized
    def has_claims_about(self, subject: str) -> bool:
        """Tell whether any claim, superseded or not, is about a subject under exactly this name."""
        return any(
            subject in subjects_of(item.event)
            for item in self.about(subject).evidence
            if not isinstance(item.event, SubjectsDeclaredSame)
        )

    # ---- states ----

    @synchronized
    def fold(self, projection: Projection[S]) -> Mapping[str, Folded[S]]:
        """Return the states of all keys of a projection, each with its occurrences; later entries do not change it."""
        folds = self._folds.get(projection)
        if folds is None:
            with collection_paused():
                folds = self._folds[projection] = dict(sorted(self._fold_all(projection)))
        if stale := self._stale_keys.get(projection):
            updates = {key: self._fold_key(projection, key) for key in stale}
            merged = sorted({**folds, **updates}.items())
            folds = self._folds[projection] = {key: folded for key, folded in merged if folded is not None}
            del self._stale_keys[projection]
        return folds

    def _fold_key(self, projection: Projection[S], key: str) -> Folded[S] | None:
        occurrences = self._occurrences_by_key[projection].get(key)
        return fold(projection, key, occurrences) if occurrences else None

    def _fold_all(self, projection: Projection[S]) -> Iterator[tuple[str, Folded[S]]]:
        by_key, is_from_base = self._occurrences_grouped_by_key(projection)
        base_folds: Mapping[str, Folded[S]] = {}
        if self._base is not None and (is_from_base or projection in self._base._folds):  # noqa: SLF001  the same class
            base_folds = self._base.fold(projection)
        for key, occurrences in by_key.items():
            folded = base_folds.get(key)
            if folded is None or not (is_from_base or folded.is_of(occurrences)):
                folded = fold(projection, key, occurrences)
            up_to_day = folded.up_to(projection, key, self.scope.on)
            if up_to_day is not None:
                yield key, up_to_day

    def _occurrences_grouped_by_key(self, projection: Projection[Any]) -> tuple[Mapping[str, list[Occurrence]], bool]:
        """Return the occurrences of a projection grouped by key, and whether they are those of the base query."""
        if self._base is not None and self.scope.known is None and self.names == self._base.names:
            return self._base._occurrences_grouped_by_key(projection)[0], True  # noqa: SLF001  the same class
        if projection not in self._occurrences_by_key:
            by_key: dict[str, list[Occurrence]] = defaultdict(list)
            for occurrence in self._occurrences_for(projection):
                for key in projection.keys(occurrence):
                    by_key[key].append(occurrence)
            self._occurrences_by_key[projection] = dict(by_key)
        return self._occurrences_by_key[projection], False

    def _occurrences_for(self, projection: Projection[Any]) -> Iterable[Occurrence]:
        """Return the occurrences that may change a state, and perhaps more, reading only what is needed."""
        kind = projection.kind
        if kind is None:
            return self.occurrences
        names = None if projection.kinds is None else self.index.groups_of_kind(kind, projection.kinds - {kind})
        if names is None:
            return self._of_kind(kind)
        return (occurrence for name in names for occurrence in self.resolved(name).occurrences)

    def _of_kind(self, kind: str) -> Sequence[Occurrence]:
        """Return the occurrences that are about a kind of subject or refer to one."""
        if self._by_kind is None:
            by_kind: dict[str, list[Occurrence]] = defaultdict(list)
            for occurrence in self.occurrences:
                for each in referenced_kinds(occurrence.event) | {occurrence.event.kind}:
                    by_kind[each].append(occurrence)
            self._by_kind = dict(by_kind)
        return self._by_kind.get(kind, ())

    @synchronized
    def folded(self, projection: Projection[S], key: str) -> Folded[S] | None:
        """Return the state of one key with its occurrences, reading only the groups that it needs."""
        is_stale = key in self._stale_keys.get(projection, ())
        if not is_stale and projection in self._folds:
            return self._folds[projection].get(key)
        if not is_stale and (self.index.is_complete or projection.kind is None):
            return self.fold(projection).get(key)
        if (projection, key) not in self._single_folds:
            folded = self._fold_key(projection, key) if is_stale else self._fold_some(projection, {key}).get(key)
            self._single_folds[projection, key] = folded
        return self._single_folds[projection, key]

    def _fold_some(self, projection: Projection[S], keys: set[str]) -> dict[str, Folded[S] | None]:
        """Return the states of some keys, from their own groups and, if the projection uses them, those that refer."""
        keys = _of_kind(projection, keys)
        groups = self.index.group_names(keys)
        if projection.reads_more:
            other_names = {subject for subject, canonical in self.names.items() if canonical in keys}
            referred = {*keys, *other_names, *(node for name in groups for node in self.index.members(name))}
            groups |= self.index.groups_referencing(referred, projection.kinds)
        by_key: dict[str, list[Occurrence]] = {}
        for occurrence in (occurrence for name in sorted(groups) for occurrence in self.resolved(name).occurrences):
            for key in keys.intersection(projection.keys(occurrence)):
                by_key.setdefault(key, []).append(occurrence)
        on = self.scope.on
        return {key: fold(projection, key, some).up_to(projection, key, on) for key, some in by_key.items()}

    @synchronized
    def states(self, projection: Projection[S]) -> Mapping[str, S]:
        """Return the states of all keys of a projection; later entries do not change it.

        Without a scope they may come from the rows that a store keeps beside a large log; see `KeptStates`.
        """
        kept = self.index.entry_source.kept
        is_kept = self._unscoped is None and self.scope == Scope() and self.index.head >= MINIMUM
        if kept is None or not is_kept or not kept.has(projection):
            return FoldedStates(self.fold(projection))
        present = self._present.get(projection) or self._read_kept(projection, kept)
        if projection in self._folds or (present.stale and self.index.is_complete):
            present.states = FoldedStates(self.fold(projection))
        elif present.stale:
            folds = self._fold_some(projection, present.stale)
            others = {key: state for key, state in present.states.items() if key not in present.stale}
            updated = {key: folded.state for key, folded in folds.items() if folded is not None}
            present.states = dict(sorted((others | updated).items()))
        present.stale = set()
        self._keep(projection, kept, present)
        return present.states

    def _read_kept(self, projection: Projection[Any], kept: KeptStates) -> _PresentStates:
        """Return the states of a projection that are kept and still valid; all of them, computed, where none are."""
        found = kept.read(projection)
        touched = None if found is None or found.size > self.index.head else self._touched_since(found.size)
        if found is None or touched is None:
            present = _PresentStates(FoldedStates(self.fold(projection)))
        else:
            stale = _of_kind(projection, touched)
            present = _PresentStates(found.states, stale, found)
        self._present[projection] = present
        return present

    def kept_problems(self, projections: Iterable[Projection[Any]]) -> Iterator[str]:
        """Yield, for each projection of which wrong states are kept, a sentence that says so, and discard them."""
        kept = self.index.entry_source.kept
        if kept is None:
            return
        whole: Query | None = None
        for projection in projections:
            if (found := kept.read(projection)) is not None:
                if whole is None:
                    whole = Query(ClaimIndex(self.index.entry_source))
                    whole.all_groups()  # read once, and not for each kind
                touched = whole.now()._touched_since(found.size)  # noqa: SLF001  the same class
                computed = FoldedStates(whole.fold(projection))
                if touched is not None and _besides(found.states, touched) != _besides(computed, touched):
                    kept.discard(projection)
                    yield f"the states of {projection.name} kept beside the log differ from its entries: discarded"

    def _keep(self, projection: Projection[Any], kept: KeptStates, present: _PresentStates) -> None:
        """Keep the states of a projection, if none are kept or more than one in a hundred of these is out of date."""
        if present.kept is not None and len(present.unkept) * 100 <= len(present.states):
            return
        present.kept = kept.write(projection, present.states, self.index.head, present.kept, present.unkept)
        present.unkept = set()

    def _touched_since(self, size: int) -> set[str] | None:
        """Return the subjects that the entries after a size touch, as `_touched_by`; None where names have changed."""
        if size not in self._touched:
            rows = [row for row in self.index.entry_source.iter_after(size) if row[0] <= self.index.head]
            renamed = _are_renamed(rows, self._naming())
            self._touched[size] = None if renamed else self._touched_by(item for _, item in rows)
        return self._touched[size]

    def _touched_by(self, evidence: Iterable[Evidence]) -> set[str]:
        """Return the subjects whose states some new entries may change, under all of their names."""
        subjects = self.index.touched_by(evidence)
        return subjects | {self.names.get(subject, subject) for subject in subjects}

    @synchronized
    def state(self, projection: Projection[S], key: str) -> S | None:
        """Return the state of one key, reading only the groups that it needs."""
        folded = self.folded(projection, key)
        return None if folded is None else folded.state

    @synchronized
    def doubts(self, subject: str | None = None) -> list[StandingDoubt]:
        """Return the doubts that stand, by name; about one subject, reading only the groups that refer to it.

        Args:
            subject: the canonical name of the subject that they are about; None for all.
        """
        from partnership.engine.doubting import standing_doubt  # noqa: PLC0415  loaded on first use
        from partnership.subjects.doubts import doubts  # noqa: PLC0415  loaded on first use

        projection = doubts.projection
        assert projection is not None
        if subject is None or self.index.is_complete:
            folds = self.fold(projection)
        else:
            other_names = {name for name, canonical in self.names.items() if canonical == subject}
            members = self.index.members(self.index.group_name(subject))
            groups = self.index.groups_referencing({subject, *other_names, *members}, {"doubt"})
            referring = {item.subject for name in groups for item in self.resolved(name).occurrences}
            keys = sorted(key for key in referring if key.startswith("doubt:"))
            folds = {key: folded for key in keys if (folded := self.folded(projection, key)) is not None}
        standing = (doubt for doubt in map(standing_doubt, folds.values()) if doubt is not None)
        return [item for item in standing if subject in (None, item.doubt.concerns)]

    @synchronized
    @collection_paused()
    def findings(self, projections: Iterable[Projection[Any]], disputed: Iterable[Finding] = ()) -> tuple[Finding, ...]:
        """Return findings in order: about the claims themselves, by the rules of some projections, and of disputes."""
        findings = {finding for group in self.all_groups() for finding in group.findings}
        findings.update(disputed)
        for projection in projections:
            for folded in self.fold(projection).values():
                findings.update(folded.findings(projection))
        return tuple(sorted(findings, key=_finding_order))


@frozen
class _Naming:
    """By which names a query knows subjects.

    Attributes:
        names: the canonical name by subject, for subjects that are declared the same as others.
        claims: the claims that decide this, and their targets.
        renamed_groups: groups with other canonical names than in the query without a scope.
    """

    names: Mapping[str, str]
    claims: set[str]
    renamed_groups: set[str]


def _are_renamed(rows: Iterable[LocatedEvidence], naming: _Naming | None) -> bool:
    """Tell whether any of some entries declares that two subjects are the same, or amends such a declaration."""
    claims = naming.claims if naming else set[str]()
    return any(
        declares_same(item) or not claims.isdisjoint((item.claim, *amended_claims(item.event))) for _, item in rows
    )


def _of_kind(projection: Projection[Any], subjects: Iterable[str]) -> set[str]:
    return {subject for subject in subjects if subject.startswith(f"{projection.kind}:")}


def _besides(states: Mapping[str, Any], touched: Collection[str]) -> dict[str, Any]:
    """Return the states of other subjects than those of which new entries tell: these are computed for every answer."""
    return {key: state for key, state in states.items() if key not in touched}


class _PresentStates:
    """The states of a projection, with what is known of those that a store keeps.

    Attributes:
        states: by key.
        stale: keys of states that must be computed again.
        unkept: keys of states that differ from those that are kept.
        kept: what the store keeps; None for nothing.
    """

    def __init__(self, states: Mapping[str, Any], stale: Iterable[str] = (), kept: Kept | None = None) -> None:
        self.states = states
        self.stale, self.unkept = {*stale}, {*stale}
        self.kept = kept


def _finding_order(finding: Finding) -> tuple[int, str, str, tuple[str, ...], str, str]:
    """Return the sort key of findings: what a person must look at first."""
    return (
        get_args(Grade).index(finding.grade),
        finding.slug,
        finding.subject,
        finding.claims,
        finding.sentence,
        finding.nature,
    )
