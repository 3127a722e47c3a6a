"""The library answers as the model of its rules, over generated histories and through every cut."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.laws import specification as model

import partnership as ps
from partnership.engine.resolution import newest
from partnership.testing import histories, ticking, write

DAYS = [date(2020, 5, 14) + timedelta(days) for days in range(45)]
POLICIES = {"official": ps.most_official, "newest": newest}


def is_official(source):
    """Accept official sources only."""
    return source.kind is not None and source.kind.startswith("official")


@st.composite
def cuts(draw, entries):
    """Generate the arguments of `as_of`, any of which may be missing."""
    none = st.none()
    return model.Cut(
        on=draw(none | st.sampled_from(DAYS)),
        known=draw(none | st.sampled_from(DAYS)),
        recorded=draw(none | st.sampled_from([entry.recorded_at for entry in entries])),
        sources=draw(st.sampled_from([None, is_official, lambda source: source.publisher != "TASS"])),
        policy=draw(st.sampled_from(sorted(POLICIES))),
    )


def view_of(record, cut):
    """Return the view of a record through a cut."""
    return record.as_of(
        on=cut.on, known=cut.known, recorded=cut.recorded, sources=cut.sources, policy=POLICIES[cut.policy]
    )


def name_of(occurrence):
    """Return what an occurrence is, without the key, which has no meaning outside of the library."""
    return occurrence.subject, occurrence.event.name, tuple(sorted(occurrence.claims))


def sides(occurrence):
    """Return by disputed field the believed value, the others, each with its claims, and the claims that are vaguer."""

    def with_claims(side):
        return side.value, frozenset(item.claim for item in side.evidence)

    facts = {name: occurrence.facts[name] for name in occurrence.disputed}
    return {
        name: (
            with_claims(fact.candidates[0]),
            set(map(with_claims, (*fact.candidates[1:], *fact.equivalents))),
            {item.claim for item in fact.vaguer},
        )
        for name, fact in facts.items()
    }


def compare(record, cut):
    """Compare what the library and the model answer, level by level."""
    view, entries = view_of(record, cut), record.entries()
    all_of_model = model.occurrences(entries, cut)
    all_of_library = view_of(record, model.attrs.evolve(cut, on=None)).occurrences
    if cut.known is not None or cut.sources is not None or cut.recorded is not None:
        visible = {entry.id for entry in model.visible(entries, cut)}
        assert {entry.id for entry in view.entries()} == visible, "visible claims"
    mine = {name_of(item): item for item in all_of_model}
    theirs = {name_of(item): item for item in all_of_library}
    in_force = {claim for item in all_of_model for claim in item.claims}
    assert {claim for item in all_of_library for claim in item.claims} == in_force, "corrections"
    assert theirs.keys() == mine.keys(), "grouping"
    for name, item in mine.items():
        assert theirs[name].event == item.event, "resolved values"
        assert set(theirs[name].disputed) == set(item.disputed), "disputed fields"
        assert sides(theirs[name]) == sides(item), "sides of disputes"
        assert [e.claim for e in theirs[name].evidence] == [e.claim for e in item.evidence], "best source first"
        bounds = (theirs[name].earliest, theirs[name].latest, theirs[name].begun, theirs[name].said)
        assert bounds == (item.earliest, item.latest, item.begun, item.said), "bounds"
    happened = [item for item in all_of_model if model.has_happened(item, cut.on)]
    possible = [item for item in all_of_model if model.may_have_happened(item, cut.on)]
    assert set(map(name_of, view.occurrences)) == set(map(name_of, happened)), "happened"
    assert set(map(name_of, view.possible)) == set(map(name_of, possible)), "possible"
    for projection in view.kinds.projections:
        expected = model.states(happened, projection)
        folded = view._query.fold(projection)
        for key, (items, state) in expected.items():
            assert list(map(name_of, folded[key].occurrences)) == list(map(name_of, items)), f"order of {key}"
            assert folded[key].state == state, f"state of {key}"
            if projection.name == "meetings":
                days = [item.planned for item in state.expected], [*state.previous_dates]
                assert days == model.planned_days([item for item in items if item.subject == key]), "planned days"
        assert folded.keys() == expected.keys(), "subjects with a state"


@settings(max_examples=settings().max_examples * (5 if settings().max_examples > 100 else 2))
@given(data=st.data(), random=st.randoms(use_true_random=False))
def test_the_model_of_the_rules(data, random):
    """Visible claims, corrections, occurrences, disputes, order and states are those of the model."""
    with ps.open(":memory:", clock=ticking()) as record:
        write(record, data.draw(histories()))
        for _ in range(3):
            compare(record, data.draw(cuts(record.entries())))
        entries = list(record.entries())
    random.shuffle(entries)
    half = random.randint(0, len(entries))
    with ps.open(":memory:", clock=ticking()) as first, ps.open(":memory:", clock=ticking()) as second:
        first.merge(entries[:half])
        second.merge(entries[half:])
        first.merge(second)
        compare(first, data.draw(cuts(first.entries())))
