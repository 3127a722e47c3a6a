"""The rules of docs/answers.md once more, slow and short: written from that page, not from the engine.

`test_specification.py` compares the library with it. From the library it takes what has no rules of its own: values
(`When`, `Count`), the classes of results, what an event class declares (`fields_of`), and `Projection.evolve`.
"""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

import attrs

from partnership.events import ClaimCorrected, ClaimPreferred, ClaimRetracted, SubjectsDeclaredSame
from partnership.model.construct import replace
from partnership.model.event import Event, fields_of
from partnership.model.occurrence import STATUS, Candidate, Fact, Occurrence
from partnership.values.amounts import Money, bound_covers
from partnership.values.sources import DESK, Source, certainty_rank, kind_rank
from partnership.values.when import When


@attrs.frozen(kw_only=True)
class Cut:
    """What a view may use: the arguments of `Record.as_of`; *policy* is "official" or "newest"."""

    on: date | None = None
    known: date | None = None
    recorded: object = None
    sources: object = None
    policy: str = "official"


@attrs.frozen(eq=False)
class Statement:
    """A claim as it counts, with what `Evidence` has."""

    claim: str
    event: Event
    source: Source
    speaker: str | None
    certainty: str | None
    inferred: frozenset[str]
    known_from: date
    said: date
    said_in: Source
    preferred: frozenset[str] = frozenset()


MONTH = timedelta(days=31)  # what is told as news is not older

# ---- What a view may use ----


def visible(entries, cut):
    """Return the entries that a view may use; the desk's own amendments are visible with what they amend."""
    held = [entry for entry in entries if cut.recorded is None or entry.recorded_at <= cut.recorded]
    if cut.known is None and cut.sources is None:
        return held
    selected = [
        entry
        for entry in held
        if (isinstance(entry.event, SubjectsDeclaredSame) if is_timeless(entry) else is_selected(entry, cut))
    ]
    for _ in held:
        claims = {entry.claim.id for entry in selected}
        own = [entry for entry in held if is_timeless(entry) and entry not in selected]
        selected += [entry for entry in own if entry.event.subject in claims]
    return selected


def is_selected(entry, cut):
    """Tell whether a source is accepted and was known by the day of the view."""
    is_known = cut.known is None or (entry.known_from is not None and entry.known_from <= cut.known)
    return is_known and (cut.sources is None or cut.sources(entry.source))


def is_timeless(entry):
    """Tell whether the desk mends its own mistake: an amendment without a source."""
    is_amendment = isinstance(entry.event, (ClaimCorrected, ClaimRetracted, ClaimPreferred, SubjectsDeclaredSame))
    return is_amendment and entry.claim.source == DESK and entry.remarks.retrieved is None


def merged(entries):
    """Return one claim with all remarks on it: stated beats inferred, the highest certainty counts."""
    claim = entries[0].claim
    certainty = min((entry.remarks.certainty or "reported" for entry in entries), key=certainty_rank)
    inferred = frozenset.intersection(*(frozenset(entry.remarks.inferred) for entry in entries))
    known = date.max if any(map(is_timeless, entries)) else min(entry.known_from or date.max for entry in entries)
    what = {"claim": claim.id, "event": claim.event, "source": claim.source, "speaker": claim.speaker}
    return Statement(**what, certainty=certainty, inferred=inferred, known_from=known, said=known, said_in=claim.source)


# ---- Corrections ----


class Claims:
    """Claims by id, with what amends them."""

    def __init__(self, entries):
        by_claim = defaultdict(list)
        for entry in entries:
            by_claim[entry.claim.id].append(entry)
        self.all = {claim: merged(by_claim[claim]) for claim in by_claim}
        self.by_desk = {claim for claim in by_claim if any(map(is_timeless, by_claim[claim]))}
        self.certain = {claim for claim in by_claim if any(entry.remarks.certainty for entry in by_claim[claim])}
        self.corrections, self.retractions, self.preferences = (
            {claim for claim in by_claim if isinstance(self.all[claim].event, kind)}
            for kind in (ClaimCorrected, ClaimRetracted, ClaimPreferred)
        )
        amendments = self.corrections | self.retractions | self.preferences
        self.target = {claim: self.all[claim].event.subject for claim in amendments}

    def place(self, claim):
        """Return the claim in whose place a claim stands: the desk's correction stands in that of its target."""
        return self.place(self.target[claim]) if claim in self.corrections & self.by_desk else claim

    def chain(self, claim):
        """Return a claim, what it corrects, what that corrects, and so on."""
        return [claim, *self.chain(self.target[claim])] if claim in self.corrections else [claim]

    def published(self, amendment):
        """Return the day of the newest publication among an amendment and the corrections that it amends."""
        chain = [amendment, *self.chain(self.target[amendment])[:-1]]
        return max(self.all[claim].known_from for claim in chain if claim not in self.by_desk)

    def has_power(self, amendment):
        """Tell whether no powerful retraction aims at an amendment."""
        return not any(
            amendment == (self.target[other] if other in self.by_desk else self.place(self.target[other]))
            and self.has_power(other)
            for other in self.retractions
        )

    def amends(self, amendment, claim):
        """Tell whether an amendment amends a claim: as its target, as a rival, or with what the claim corrects."""
        target, is_desk = self.target[amendment], amendment in self.by_desk
        if claim == target or (not is_desk and claim == self.place(target)):
            return True
        if claim not in self.corrections or amendment == claim:
            return False
        is_retraction = amendment in self.retractions
        is_rival, was_seen = target == self.target[claim], claim in self.all[amendment].event.seen
        if is_desk and is_rival and was_seen and (claim in self.by_desk or is_retraction):
            return True  # the desk's last word
        root = self.chain(claim)[-1]
        is_about_root = self.chain(target)[-1] == root and (not is_retraction or self.place(target) == root)
        if is_about_root and not {amendment, claim} & self.by_desk:  # of two publications the newer
            days = self.published(amendment), self.published(claim)
            if days[0] > days[1] or (days[0] == days[1] and is_rival and was_seen):
                return True
        if claim in self.by_desk:  # what amends the target amends the desk's correction too
            return not (is_rival and is_desk) and self.amends(amendment, self.target[claim])
        return is_desk and is_retraction and not is_rival and self.amends(amendment, self.target[claim])

    def superseded_by(self, claim):
        """Return the powerful amendments that amend a claim, or else a standing correction at the end of its chain."""
        powerful = [other for other in self.corrections | self.retractions if self.has_power(other)]
        amending = [other for other in powerful if self.amends(other, claim)]
        later = [other for other in self.corrections.intersection(powerful) if claim in self.chain(other)[1:]]
        return amending or [other for other in later if not any(self.amends(rival, other) for rival in powerful)]

    def stated(self, claim):
        """Return what a claim states; None if it only retracts or prefers, or corrects what has not arrived.

        The desk's correction speaks in the name of what it corrects; a publisher's in its own, but was said with it.
        """
        if claim not in self.corrections:
            return None if claim in self.target else self.all.get(claim)
        item, before = self.all[claim], self.stated(self.target[claim])
        event = item.event.event
        if before is None or isinstance(event, (ClaimCorrected, ClaimRetracted)):
            return None
        inferred = item.inferred | {name for name in before.inferred if is_kept((name,), before.event, event)}
        if claim not in self.by_desk:
            return attrs.evolve(item, event=event, inferred=inferred, said=before.said, said_in=before.said_in)
        certainty = item.certainty if claim in self.certain else before.certainty
        return attrs.evolve(before, claim=claim, event=event, certainty=certainty, inferred=inferred)

    def followers(self, claim):
        """Return a claim that stands, or else the corrections that stand instead."""
        if self.stated(claim) is None:
            return set()
        corrections = self.superseded_by(claim)
        return set().union(*map(self.followers, corrections)) if corrections else {claim}

    def preferred(self, claim):
        """Return the fields for which the desk prefers a claim, or preferred what it corrects without changing them."""
        event, names = self.stated(claim).event, set()
        fields = fields_of(type(event))
        for other in self.preferences:
            if self.superseded_by(other) or claim not in self.followers(self.target[other]):
                continue
            before, field = self.stated(self.target[other]).event, self.all[other].event.field
            for group in (*fields.facts, *((name,) for name in (*fields.keyed, *fields.labels))):
                if claim == self.target[other] or is_kept(group, before, event):
                    names.update(group if field is None else {field} & set(group))
            names.update({STATUS} if field is None and before.outcome == event.outcome else ())
        return frozenset(names)

    def in_force(self):
        """Return what stands after all amendments, under one name for each subject: the alphabetically first."""
        stands = [self.stated(claim) for claim in self.all if self.stated(claim) and not self.superseded_by(claim)]
        same = [item.event for item in stands if isinstance(item.event, SubjectsDeclaredSame)]
        pairs = [{f"{event.of}:{event.subject}", f"{event.of}:{event.other}"} for event in same]
        names = {subject: min(group) for group in connected(pairs) for subject in group}
        return [
            attrs.evolve(item, event=renamed(item.event, names), preferred=self.preferred(item.claim))
            for item in stands
            if not isinstance(item.event, SubjectsDeclaredSame)
        ]


def is_kept(names, before, after):
    """Tell whether a correction left some fields unchanged."""
    return all(getattr(before, name, None) == getattr(after, name, None) for name in names)


def connected(sets):
    """Return the unions of sets that have a member in common."""
    groups = []
    for members in sets:
        group = members.union(*[other for other in groups if other & members])
        groups = [other for other in groups if not other & group] + [group]
    return groups


def renamed(event, names):
    """Return an event with one name for each subject that it is about or refers to."""
    changes = {"subject": names.get(event.about, event.about).split(":", 1)[1]}
    for field, kind in fields_of(type(event)).refers:
        value, prefix = getattr(event, field), "" if kind == "*" else f"{kind}:"
        others = value if isinstance(value, tuple) else () if value is None else (value,)
        others = tuple(names.get(prefix + other, prefix + other).removeprefix(prefix) for other in others)
        changes[field] = others if isinstance(value, tuple) else (*others, None)[0]
    return replace(event, **changes)  # unchecked: under its one name a subject may be a part of itself


# ---- Which claims are about one occurrence ----


def occurrences(entries, cut):
    """Return all occurrences that a view knows, whether or not they have happened by its day."""
    groups, facts = defaultdict(list), defaultdict(dict)
    for item in Claims(visible(entries, cut)).in_force():
        groups[declared_identity(item)].append(item)
    parts = [((*key, *distinct), part) for (*_, key), group in groups.items() for distinct, part in told_apart(group)]
    items = [resolved(sorted(part, key=quality), key, cut.policy) for key, part in parts]
    items = with_background(with_repeats(items))
    for subject in {item.subject for item in items}:
        about_it = [item for item in items if item.subject == subject]
        for together, name, fact in (*descriptions(about_it, cut.policy), *outcomes(about_it, cut.policy)):
            for item in together:
                facts[item][name] = fact
    return [with_facts(item, facts[item]) for item in items]


def declared_identity(item):
    """Return what claims about one occurrence have in common, as their event class declares."""
    fields = fields_of(type(item.event))
    key = tuple(text_of(getattr(item.event, name) or "") for name in fields.keyed)
    return item.event.about, type(item.event), (item.said.isoformat(), *key) if fields.is_per_publication else key


def told_apart(group):
    """Yield the claims of one day of publication by day and act; a vaguer value joins the only finest that it covers.

    Unless one document tells both: then the vaguer one is background.
    """
    by_value, parts = defaultdict(list), {}
    for item in group:
        by_value[tuple(getattr(item.event, name) for name in fields_of(type(item.event)).distinct_by)].append(item)
    finest = [value for value in by_value if all(covers(other, value) for other in by_value if covers(value, other))]
    for value in sorted(by_value, key=lambda value: (sum(covers(value, other) for other in by_value), text_of(value))):
        covered = [other for other in parts if other in finest and covers(value, other)]
        is_joined = len(covered) == 1 and (
            value in finest or not documents(by_value[value]) & documents(parts[covered[0]])
        )
        parts.setdefault(covered[0] if is_joined else value, []).extend(by_value[value])
    return [(tuple(text_of(part or "") for part in value), part) for value, part in parts.items()]


def documents(evidence):
    """Return the documents of some claims, whatever the page."""
    sources = [item.said_in for item in evidence]
    return {(source.publisher, source.published, source.title, source.url) for source in sources}


def quality(item):
    """Return the sort key of claims: most official, certain, newest, then by publisher and what they say."""
    source, values = item.source, [getattr(item.event, name) for name in fields_of(type(item.event)).names]
    rank = (kind_rank(source.kind), certainty_rank(item.certainty), -item.known_from.toordinal(), source.publisher)
    words = [(is_empty(value), text_of(value)) for value in values]  # what is not said comes last
    planned = getattr(item.event, "planned", None)  # of two dates in one report the later stands
    later = -(planned.latest or date.max).toordinal() if planned else 0
    return (*rank, later, words, item.speaker or "", source.title or "", source.url or "", item.claim)


def resolved(group, key, policy):
    """Resolve the claims about one occurrence, the best source first, into one event."""
    event = group[0].event
    fields, values, disputed = fields_of(type(event)), {}, set()
    for names in fields.facts:
        if fact := weigh(names, group, policy):
            values.update(zip(names, fact.value if len(names) > 1 else (fact.value,), strict=True))
            disputed.update(names if len(fact.candidates) > 1 else ())
    for name in fields.labels:  # names and accounts are collected, the best source first
        several = [getattr(item.event, name) for item in group]
        labels = [label for value in several for label in (value if isinstance(value, tuple) else (value,))]
        labels = tuple(dict.fromkeys(label for label in labels if label is not None))
        values[name] = labels if isinstance(several[0], tuple) else (*labels, None)[0]
    event, said = replace(event, **values), min(item.said for item in group)
    disputed, limits = tuple(name for name in fields.names if name in disputed), bounds(event, group, said)
    return Occurrence(event, tuple(group), disputed, key, *limits, said, lambda names, some: weigh(names, some, policy))


# ---- Which value is believed ----


def is_empty(value):
    """Tell whether a claim does not say a value."""
    return value is None or value == ()


def text_of(value):
    """Return the text by which values are sorted."""
    return "\n".join(map(text_of, value)) if isinstance(value, tuple) else str(value)


def covers(values, others, own=None):
    """Tell whether some values say the same as others, perhaps less precisely; what is not said covers anything.

    *own* returns what a value of this field says, as a set.
    """
    if own is not None:
        return own(values[0]) <= own(others[0])
    figures = [each[0] for each in (values, others) if len(each) == 3 and isinstance(each[0], Decimal)]
    if len({*figures}) == 2:  # two numbers, each with its unit and its bound
        (number, unit, bound), (other, other_unit, other_bound) = values, others
        return unit in (None, other_unit) and bound_covers(bound or "exact", number, other_bound or "exact", other)
    return all(
        is_empty(value)
        or (not is_empty(other) and (value.covers(other) if hasattr(value, "covers") else value == other))
        for value, other in zip(values, others, strict=True)
    )


def weigh(names, group, policy, reported=None):
    """Resolve one fact: the candidates are the values that no other refines; *reported* replaces the fields' values."""
    fields = fields_of(type(group[0].event))
    own, candidates, vaguer = fields.meanings.get(names[0]), [], []
    said = [
        (reported[item.claim] if reported else [getattr(item.event, name) for name in names], item) for item in group
    ]
    said = [(tuple(value), item) for value, item in said if not all(map(is_empty, value))]
    for value, _ in said:
        is_refined = any(covers(value, other, own) and not covers(other, value, own) for other, _ in said)
        is_repeated = any(covers(value, other, own) and covers(other, value, own) for other in candidates)
        candidates += [] if is_refined or is_repeated else [value]
    supporters = {value: [] for value in candidates}
    for value, item in said:
        covered = [candidate for candidate in candidates if covers(value, candidate, own)]
        if len(covered) == len(candidates) > 1:
            vaguer.append(item)
        else:
            for candidate in covered:
                supporters[candidate].append(item)

    def rank(value):
        items, newest = supporters[value], -max(item.known_from for item in supporters[value]).toordinal()
        missing = sum(part is None and name not in fields.implied for name, part in zip(names, value, strict=True))
        return (
            missing,  # a part never wins over a complete fact
            not any(set(names) & item.preferred for item in items),
            newest if policy == "newest" else 0,
            not any(not set(names) & item.inferred for item in items),
            min(certainty_rank(item.certainty) for item in items),
            min(kind_rank(item.source.kind) for item in items),
            -len({item.source.publisher for item in items}),
            newest,
            min(map(group.index, items)),  # what stands first in the occurrence
            candidates.index(value),
        )

    def candidate(value):
        _, is_not_preferred, _, is_inferred, *_ = rank(value)
        whole = value if len(names) > 1 else value[0]
        return Candidate(whole, tuple(supporters[value]), not is_not_preferred, not is_inferred)

    if not said:
        return None
    chosen, *others = sorted(candidates, key=rank)
    equal = [other for other in others if is_conversion(other, chosen, supporters, names)]
    rivals = [other for other in others if other not in equal]
    return Fact(names, tuple(map(candidate, [chosen, *rivals])), tuple(vaguer), tuple(map(candidate, equal)))


def is_conversion(value, chosen, supporters, names):
    """Tell whether a document gives the chosen amount in another currency, or claims of both have a sum in common."""
    first, second = ([part.currency for part in amount if isinstance(part, Money)] for amount in (value, chosen))
    if not (first and second) or first == second:
        return False
    if documents(supporters[value]) & documents(supporters[chosen]):
        return True
    printed = ("amount", "budget", "worth", "equivalent")
    sums = [
        {
            sum_
            for item in supporters[amount]
            for name in printed
            if (sum_ := getattr(item.event, name, None)) is not None
        }
        for amount in (value, chosen)
    ]
    return names[0] in printed and bool(sums[0] & sums[1])


# ---- What describes a subject, and what an act changes ----


def descriptions(items, policy):
    """Yield what the events of one subject say differently about it: occurrences, a field, and its fact."""
    for name in {name for item in items for name in fields_of(type(item.event)).described}:
        periods, change = [[]], None
        for item in ordered(items):
            if name in fields_of(type(item.event)).described and not is_empty(getattr(item.event, name)):
                if name in item.event.changes:  # stands from then on; two reports of one change begin one period
                    periods += [[]] if periods[-1] and (change is None or item.surely_after(change)) else []
                    change = item
                periods[-1].append(item)
        for period in periods:
            values = {getattr(item.event, name) for item in period}
            if len(period) > 1 and (len(values) > 1 or any(name in item.disputed for item in period)):
                yield period, name, weigh((name,), evidence_of(period), policy)


def outcomes(items, policy):
    """Yield the outcomes of one subject that exclude each other, as held and cancelled: one is believed."""
    for rivals in connected({item, other} for item in items for other in items if exclude(item, other)):
        reported = {evidence.claim: [item.event.outcome] for item in rivals for evidence in item.evidence}
        yield rivals, STATUS, weigh((STATUS,), evidence_of(rivals), policy, reported)


def evidence_of(items):
    """Return the claims of several occurrences, the best source first."""
    return sorted((evidence for item in items for evidence in item.evidence), key=quality)


def exclude(failed, other):
    """Tell whether a failure and another outcome cannot both be true."""
    is_pair = failed.event.is_failure and other.event.outcome not in (None, failed.event.outcome)
    keyed = {name for item in (failed, other) for name in fields_of(type(item.event)).keyed}
    keys = [(getattr(failed.event, name, None), getattr(other.event, name, None)) for name in keyed]
    are_two = any(key and rival and key != rival for key, rival in keys)  # of two runs, parties or meetings
    if not is_pair or are_two or documents(failed.evidence) & documents(other.evidence):  # or two steps of one report
        return False
    day, other_day = (item.event.dated or When(item.said) for item in (failed, other))
    if day.surely_overlaps(other_day) or other.event.is_failure:
        return day.surely_overlaps(other_day)
    is_final = not fields_of(type(failed.event)).is_per_publication
    is_in_order = failed.surely_after(other) or other.surely_after(failed) or day.surely_before(other_day)
    if is_final and not is_in_order:
        return True
    last = max(item.said for item in other.evidence)  # a report that was written in advance is answered by a later one
    nature, other_nature = (min(kind_rank(item.source.kind) for item in some.evidence) for some in (failed, other))
    is_answer = other.earliest is not None and other.said <= failed.latest
    return is_answer and (last < other.earliest or (last == other.earliest and nature < other_nature))


def with_facts(item, across):
    """Return an occurrence with what is believed across the events of its subject."""
    disputed = [name for name in item.disputed if name not in across]
    disputed += [name for name, fact in across.items() if len(fact.candidates) > 1]
    return replace(item, across=across, disputed=tuple(disputed))


# ---- Order ----


def bounds(event, group, said):
    """Return the first day on which it may have begun, the last on which it may have ended, and when it had begun."""
    day = event.dated
    if day is None:
        printed = [item.said_in.published.earliest if item.said_in.published else None for item in group]
        printed = min(first or item.said for first, item in zip(printed, group, strict=True))
        first = printed if fields_of(type(event)).is_per_publication else None
        return first, date.max if event.is_lasting and first is None else said, said
    agreeing = [item for item in group if item.event.dated and item.event.dated.covers(day)]
    known = [known for item in agreeing for known in (item.said, item.known_from)]  # a correction may move it beyond
    known = [known for known in known if day.earliest is None or known >= day.earliest]
    if event.is_lasting:
        return day.earliest, day.latest or date.max, min([day.start[1] or date.max, *known])
    latest = min([day.latest or date.max, *known])
    return day.earliest, latest, latest


def names_nothing(event):
    """Tell whether an event names no planned day, which it might, and does not say that there is none."""
    says = [getattr(event, name, None) for name in ("planned", "is_undated", "is_indefinite")]
    return hasattr(event, "planned") and not any(says)


def is_to_come(planned, day):
    """Tell whether some planned date begins after a day; one without a beginning ends after it."""
    return any((member.earliest or member.latest or date.max) > day for member in planned.members)


def with_repeats(items):
    """Return occurrences in which a postponement told without any date comes before the plan that it led to."""
    result = []
    for item in items:
        plans = [plan for plan in items if plan.subject == item.subject and getattr(plan.event, "planned", None)]
        steps = [step for step in plans if hasattr(step.event, "times") and is_to_come(step.event.planned, item.said)]
        steps = [step for step in steps if timedelta(0) < item.said - step.said <= timedelta(days=7)]
        publishers = {one.source.publisher for one in item.evidence}
        steps = [step for step in steps if not publishers & {one.source.publisher for one in step.evidence}]
        plans = [plan for plan in plans if plan.event.rank < item.event.rank]
        plans = [plan for plan in plans if documents(plan.evidence) & documents(item.evidence)]
        days = {day for plan in plans for day in (plan.event.planned, *rival_days(plan))}
        news = [plan for plan in plans if any(day.surely_before(plan.event.planned) for day in days)]
        news = [plan for plan in news if is_to_come(plan.event.planned, item.said) and plan.earliest is not None]
        news = [plan for plan in news if plan.event.dated is None or plan.event.dated.is_day]
        news = [plan for plan in news if not plan.event.dated or item.said - plan.latest <= timedelta(days=3)]
        is_bare = getattr(item.event, "times", item) is None and item.event.dated is None and names_nothing(item.event)
        if is_bare and steps:
            last = max(steps, key=lambda step: (step.said, step.key))
            result.append(replace(item, earliest=last.earliest, latest=min(last.latest, item.latest)))
        elif is_bare and news:
            before = min(plan.earliest for plan in news) - timedelta(days=1)
            result.append(replace(item, earliest=None, latest=before))
        else:
            result.append(item)
    return result


def rival_days(plan):
    """Return the planned dates on which the claims about one plan differ."""
    return [candidate.value for candidate in plan.rivals["planned"].candidates] if "planned" in plan.rivals else []


def with_background(items):
    """Return occurrences with the bounds of those that a document tells undated, as background of its dated news."""
    told_with, changed = {}, {}
    for item in items:
        later = [step for step in items if is_later_step(step, item)]
        later = [step for step in later if step.subject == item.subject and step.event.dated is not None]
        later = [step for step in later if documents(item.evidence) & documents(step.evidence)]
        if later and item.event.dated is None and item.earliest is not None:
            told_with[item] = later
            begins = min([item.earliest, *(step.earliest or date.min for step in later)])
            latest = min([item.latest, *(step.latest for step in later)])
            if any(step.event.rank < item.event.rank for step in later):
                begins, latest = date.min, latest - timedelta(days=1)
            changed[item] = replace(item, earliest=None if begins == date.min else begins, latest=latest)
    plans = [changed.get(item, item) for item in items if getattr(item.event, "planned", None)]
    for item, later in told_with.items():
        days = [step.event.dated for step in later if not hasattr(step.event, "planned")]
        met = [plan for plan in plans if any(one.covers(day) for one in plan.event.planned.members for day in days)]
        met = [plan for plan in met if plan.subject == item.subject and plan.event.rank < item.event.rank]
        met = [plan for plan in met if plan.earliest is not None]
        if getattr(item.event, "planned", item) is None and met and all(is_compatible(item, plan) for plan in met):
            before = min(plan.earliest for plan in met) - timedelta(days=1)
            if before < changed[item].latest:  # a postponement without a new day came before the plan that was kept
                changed[item] = replace(changed[item], earliest=None, latest=before)
    return [changed.get(item, item) for item in items]


def is_later_step(step, item):
    """Tell whether a dated step is news to which an undated one is the background."""
    planned, new_day = getattr(item.event, "planned", None), getattr(step.event, "planned", None)
    if step.event.rank > item.event.rank or type(step.event) is type(item.event):  # unless it is old news
        may_be_old = planned and hasattr(step.event, "planned") and fields_of(type(step.event)).is_per_publication
        names_no_later_day = may_be_old and (not new_day or new_day.surely_before(planned))
        is_old = names_no_later_day and step.latest < item.said - MONTH
        return not (is_old and is_to_come(planned, item.said))
    return bool(new_day and not planned and step.earliest == step.latest == item.said)


def is_compatible(item, plan):
    """Tell whether an occurrence contradicts a plan in no fact."""
    names = [name for names in fields_of(type(item.event)).facts for name in names]
    pairs = [(getattr(item.event, name), getattr(plan.event, name, None)) for name in names]
    return all(is_empty(value) or is_empty(other) or value == other for value, other in pairs)


def place_among_those_that_overlap(item):
    """Return the sort key of occurrences of which none surely came first; a plan that names no day leads its equals."""
    event = item.event
    may_be_silent = fields_of(type(event)).is_per_publication and (event.dated is None or event.dated.is_day)
    says_nothing = may_be_silent and names_nothing(event)
    return (event.rank, not says_nothing, item.said, event.name, item.subject, item.key)


def ordered(items):
    """Return occurrences in order: what surely ended first, else as `place_among_those_that_overlap` says."""
    left, result = list(items), []
    while left:
        free = [item for item in left if not any(other.latest < (item.earliest or date.min) for other in left)]
        result.append(min(free, key=place_among_those_that_overlap))
        left.remove(result[-1])
    return result


# ---- The day of a view, and states ----


def has_happened(item, on):
    """Tell whether an occurrence had surely happened by a day."""
    return on is None or item.begun <= on


def may_have_happened(item, on):
    """Tell whether an occurrence may have happened by a day, but not surely."""
    return on is not None and (item.earliest or date.min) <= on < item.begun


def states(items, projection):
    """Return by key the occurrences in order and the state; an outcome that is not believed changes none."""
    by_key, results = defaultdict(list), {}
    for item in items:
        for key in projection.keys(item):
            by_key[key].append(item)
    for key, some in by_key.items():
        state = projection.initial(key)
        for item in filter(is_believed, ordered(some)):
            state = projection.evolve(state, item)
        results[key] = (ordered(some), state)
    return results


def is_believed(item):
    """Tell whether no other outcome is believed that excludes this one."""
    return STATUS not in item.across or item.across[STATUS].value == item.event.outcome


# ---- Plans: of meetings, whose rules are those of every kind that plans ----

MOVING = {
    f"meeting-{name}" for name in ("date-not-agreed", "postponed", "rescheduled", "adjourned", "cancelled", "replaced")
}
PLANNING = {"meeting-agreed", "meeting-scheduled"} | MOVING


def planned_days(items):
    """Return the planned days of a meeting, and those that no longer stand, from its occurrences in order."""
    expected, previous, outcomes, is_held = [], [], [], False
    for item in filter(is_believed, items):
        name, planned = item.event.name, getattr(item.event, "planned", None)
        if name in ("meeting-convened", "meeting-held"):  # a day on which it was then held is no previous date
            outcomes.append(item)
            previous = [day for day in previous if not took_place_within(item, day)]
            is_held |= name == "meeting-held"
        new, still_open = list(planned.members) if planned else [], outstanding(expected, outcomes)
        is_partly_agreed = any(getattr(item.event, field, None) for field in ("not_by", "not_by_count"))
        if is_held or name not in PLANNING or is_partly_agreed or not (new or moves(item)):
            continue
        history = told_as_history(new, still_open, item)  # replaces nothing
        previous, new = previous + history, [day for day in new if day not in history]
        if history and not new:
            previous = [day for day in dict.fromkeys(previous) if day not in expected]
            continue
        older, restated = list(expected), []
        for rule in (lambda day, old, _: day == old, restates):
            for day in list(new):
                same = [old for old in older if rule(day, old, item)]
                new = [other for other in new if not (same and other == day)]
                restated, older = restated + same, [old for old in older if old not in same]
        for day in new:
            refined = next((old for old in older if day.maybe_overlaps(old)), None)
            older = [old for old in older if old != refined]
            if refined in still_open and not (refined.covers(day) and day.earliest and day.latest):
                previous.append(refined)
        if older == expected:  # the new plan has nothing to do with the old one, and replaces all of it
            previous += still_open
            older = [old for old in older if old not in still_open]
        expected = sorted([*restated, *new, *older], key=lambda day: (day.earliest or date.min, day.text))
        previous = [day for day in dict.fromkeys(previous) if day not in expected]
    return expected, previous


def moves(item):
    """Tell whether a plan gives other dates: it was put off, or its source says that none is set."""
    return item.event.name in MOVING or getattr(item.event, "is_undated", None) is True


def told_as_history(new, still_open, item):
    """Return the dates of a plan that were past when it was said, if another is still to come."""
    past = [day for day in (*new, *still_open) if day.surely_before(item.earliest or date.min)]
    is_all_past = all(day in past for day in still_open)
    history = [day for day in new if day in past and not any(day.maybe_overlaps(other) for other in still_open)]
    return [] if is_all_past else history


def restates(day, old, item):
    """Tell whether a newer plan repeats an older day, in other words or more vaguely before the older day was past."""
    is_early_enough = day.earliest and day.latest and not old.surely_before(item.earliest or date.min)
    return day.covers(old) and (old.covers(day) or bool(is_early_enough and not moves(item)))


def took_place_within(item, day):
    """Tell whether something surely took place within a planned date."""
    return (day.earliest or date.min) <= (item.earliest or date.min) and item.latest <= (day.latest or date.max)


def outstanding(expected, outcomes):
    """Return the planned days that no outcome meets: one that may fall into them, or else may have come after them."""
    left, late = list(expected), []
    for item in sorted(outcomes, key=lambda item: (item.latest, item.earliest or date.min)):
        after = [day for day in left if (day.earliest or date.min) <= item.latest]
        met = [day for day in after if (item.earliest or date.min) <= (day.latest or date.max)]
        left = [day for day in left if day not in met[:1]]
        late += [] if met else [item]
    for item in late:
        after = [day for day in left if (day.earliest or date.min) <= item.latest]
        left = [day for day in left if day not in after[:1]]
    return left
