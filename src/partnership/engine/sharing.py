"""Select the entries that may be shared with other desks or published."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from partnership.engine.amendment_index import amendments_of, is_desk_amendment, stated_event
from partnership.engine.corrections import canonical_names, corrected_claims
from partnership.model.entry import Entry, evidence_of
from partnership.model.event import Event
from partnership.subjects.amendments import AMENDMENTS, Amendment, ClaimCorrected, SubjectsDeclaredSame


def shareable_entries(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return the entries that may be shared, in the order given.

    - A claim that any entry marks ``shared=False`` is private, even where another entry of it is not marked: otherwise
      a second desk's remark would publish a secret. So is every claim that states the same: under another name of its
      subject, or as a correction of it by the desk.
    - Amendments are shared with the claim that they amend and never without it, the desk's own included: a claim
      without its correction would be known to be wrong, and a correction alone would reveal a private claim.
    - The desk's own declaration that two subjects are the same is shared if shared claims are about both of them.
    """
    given = tuple(entries)
    private = _private_claims(given)
    public = [entry for entry in given if entry.claim.id not in private]
    claims = [entry for entry in public if not isinstance(entry.event, Amendment) and entry.may_be_shared]
    claims += _amending(claims, public)
    subjects = {subject for entry in claims for subject in (entry.event.about, stated_event(entry.event).about)}
    declarations = [entry for entry in public if _declares_same(entry, subjects)]
    shared = {entry.id for entry in (*claims, *declarations, *_amending(declarations, public))}
    return tuple(entry for entry in given if entry.id in shared)


def _private_claims(entries: Sequence[Entry]) -> set[str]:
    """Return the claims that are marked ``shared=False``, and those that state the same as one of them."""
    private = {entry.claim.id for entry in entries if entry.remarks.shared is False}
    if not private:
        return private
    evidence = [evidence_of(entry.claim, entry.remarks) for entry in entries]
    names = canonical_names(item for item in evidence if isinstance(item.event, AMENDMENTS))
    equivalent: dict[object, set[object]] = defaultdict(set)

    def link(claim: str, other: object) -> None:
        equivalent[claim].add(other)
        equivalent[other].add(claim)

    for claim, item in corrected_claims(evidence, names).items():
        link(claim, (item.event, item.source, item.speaker))
    for item in evidence:
        if isinstance(item.event, ClaimCorrected) and is_desk_amendment(item):
            link(item.claim, item.event.subject)
    reached: set[object] = set()
    pending: list[object] = [*private]
    while pending:
        if (node := pending.pop()) not in reached:
            reached.add(node)
            pending += equivalent[node]
    return {node for node in reached if isinstance(node, str)}


def _amending(claims: Iterable[Entry], entries: Iterable[Entry]) -> list[Entry]:
    """Return those of some entries that amend claims, directly or through other amendments."""
    candidates = [entry for entry in entries if isinstance(entry.event, Amendment)]
    events: list[tuple[str, Event]] = [(entry.claim.id, entry.event) for entry in candidates]
    amendments = amendments_of((entry.claim.id for entry in claims), events)
    return [entry for entry in candidates if entry.claim.id in amendments]


def _declares_same(entry: Entry, subjects: set[str]) -> bool:
    """Tell whether an entry declares that two of some subjects are the same."""
    event = entry.event
    return (
        isinstance(event, SubjectsDeclaredSame)
        and {f"{event.of}:{event.subject}", f"{event.of}:{event.other}"} <= subjects
    )
