"""The laws of ``partnership.testing`` over the library's own events, on both stores."""

from __future__ import annotations

import itertools
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

import partnership as ps
from partnership.kinds import BUILT_IN
from partnership.subjects.amendments import AMENDMENTS
from partnership.testing import events_of, histories, laws, sources, ticking, write

_KINDS = sorted({one.kind for one in BUILT_IN.events.values() if one not in AMENDMENTS})


@pytest.fixture(params=["memory", "sqlite"])
def fresh(request, tmp_path):
    """Open empty records on one kind of store."""
    number = itertools.count()

    def open_record():
        path = ":memory:" if request.param == "memory" else tmp_path / f"{next(number)}.db"
        return ps.open(path, clock=ticking())

    return open_record


@pytest.fixture(params=_KINDS)
def kind(request):
    """Name one family of events."""
    return request.param


def _told(fresh, history):
    record = fresh()
    write(record, history)
    return record


@given(data=st.data(), random=st.randoms(use_true_random=False))
def test_entries_that_arrive_in_any_order(fresh, data, random):
    """Every answer is the same, through every cut."""
    with _told(fresh, data.draw(histories())) as record:
        laws.order_independence(record, fresh, random)


@given(data=st.data(), random=st.randoms(use_true_random=False))
def test_records_that_merge(fresh, data, random):
    """Merging is commutative, associative and idempotent."""
    with _told(fresh, data.draw(histories(most=8))) as record:
        laws.merge_is_union(record, fresh, random)


@given(data=st.data())
def test_claims_that_are_added_again(fresh, data):
    """Nothing is added, and the entry comes back as it lies."""
    with _told(fresh, data.draw(histories())) as record:
        laws.idempotence(record)


@given(data=st.data())
def test_claims_published_later(fresh, data):
    """What was known on a day does not change."""
    history = data.draw(histories())
    event = data.draw(
        events_of(BUILT_IN.events[data.draw(st.sampled_from(sorted(BUILT_IN.events)))]).filter(
            lambda one: not isinstance(one, AMENDMENTS)
        )
    )
    with _told(fresh, history) as record:
        laws.knowledge_is_stable(record, [(event, data.draw(sources()))])


@given(data=st.data())
def test_a_claim_that_is_retracted(fresh, data):
    """States and findings are as if it had never been added."""
    with _told(fresh, data.draw(histories())) as record:
        laws.retraction(record, fresh)


@given(data=st.data())
def test_a_record_that_is_asked_all_the_time(fresh, data):
    """It answers as one that read everything at once."""
    with _told(fresh, data.draw(histories(most=8))) as record:
        laws.incremental(record, fresh)


@given(data=st.data())
def test_a_record_that_is_asked_of_single_subjects(fresh, data):
    """It answers as one that read everything."""
    with _told(fresh, data.draw(histories(most=8))) as record:
        laws.lazy_equals_full(record, fresh)


@given(data=st.data())
def test_one_more_claim_that_says_the_same(fresh, data):
    """It never makes a dispute."""
    with _told(fresh, data.draw(histories(most=6))) as record:
        laws.corroboration(record, fresh)


@given(data=st.data())
def test_every_value(fresh, data):
    """It names at least one claim, and every claim has a role."""
    with _told(fresh, data.draw(histories())) as record:
        laws.every_value_has_a_claim(record)


@given(data=st.data())
def test_every_event(fresh, data):
    """It is read as it was written."""
    with fresh() as record:
        classes = [one for one in BUILT_IN.events.values() if one not in AMENDMENTS]
        laws.encoding(data.draw(events_of(data.draw(st.sampled_from(classes)))), data.draw(sources()), record)


@given(history=histories())
def test_two_stores(tmp_path_factory, history):
    """They answer alike."""
    with ps.open(":memory:", clock=ticking()) as memory, ps.open(tmp_path_factory.mktemp("laws") / "r.db") as file:
        write(memory, history)
        laws.stores_agree(memory, file)


def test_a_record_of_nothing(fresh):
    """Every law holds."""
    with fresh() as record, fresh() as other:
        laws.order_independence(record, fresh, Random(0))
        laws.merge_is_union(record, fresh, Random(0))
        laws.idempotence(record)
        laws.retraction(record, fresh)
        laws.incremental(record, fresh)
        laws.lazy_equals_full(record, fresh)
        laws.corroboration(record, fresh)
        laws.every_value_has_a_claim(record)
        laws.stores_agree(record, other)
