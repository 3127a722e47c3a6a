"""The laws of ``partnership.testing`` over the library's own events; those of reading and merging on both stores."""

from __future__ import annotations

import itertools
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import partnership as ps
from partnership.events import CredentialsPresented, RoleAssumed, RoleEnded
from partnership.kinds import BUILT_IN
from partnership.subjects.amendments import AMENDMENTS
from partnership.testing import events_of, histories, laws, sources, ticking, write

EXAMPLES = settings().max_examples
HISTORIES = settings(max_examples=min(EXAMPLES, 20) if EXAMPLES <= 100 else EXAMPLES)
"""As many histories as fit into the time of the tier: one takes up to seconds, since every view of it is asked."""


@pytest.fixture(params=["memory", "sqlite"])
def fresh(request, tmp_path):
    """Open empty records on one kind of store."""
    number = itertools.count()

    def open_record():
        path = ":memory:" if request.param == "memory" else tmp_path / f"{next(number)}.db"
        return ps.open(path, clock=ticking())

    return open_record


@pytest.fixture
def in_memory():
    """Open empty records in memory: for laws of what claims mean, wherever and in whatever parts these are read."""
    return lambda: ps.open(":memory:", clock=ticking())


def _written(fresh, history):
    record = fresh()
    write(record, history)
    return record


@HISTORIES
@given(data=st.data(), random=st.randoms(use_true_random=False))
def test_laws_of_arrival(fresh, data, random):
    """Whatever order entries come in, and however often; whatever was retracted, or is read of one kind only."""
    with _written(fresh, data.draw(histories())) as record:
        laws.order_independence(record, fresh, random)
        laws.idempotence(record)
        laws.retraction(record, fresh)
        laws.one_kind_equals_full(record, fresh, random)


@HISTORIES
@given(data=st.data(), random=st.randoms(use_true_random=False))
def test_laws_of_parts(fresh, data, random):
    """Whatever parts entries are merged in, or read in: after each entry, or by single subjects."""
    with _written(fresh, data.draw(histories(most=8))) as record:
        laws.merge_is_union(record, fresh, random)
        laws.incremental(record, fresh)
        laws.lazy_equals_full(record, fresh)


@HISTORIES
@given(data=st.data())
def test_laws_of_claims(in_memory, data):
    """Every value has claims, findings and disputes are the same things, and what corroborates disputes nothing."""
    with _written(in_memory, data.draw(histories())) as record:
        laws.every_value_has_a_claim(record)
        laws.findings_match_disputes(record)
        laws.corroboration(record, in_memory)


@HISTORIES
@given(data=st.data())
def test_knowledge_is_stable(in_memory, data):
    """Claims published later do not change what was known on a day."""
    history = data.draw(histories())
    event = data.draw(
        events_of(BUILT_IN.events[data.draw(st.sampled_from(sorted(BUILT_IN.events)))]).filter(
            lambda one: not isinstance(one, AMENDMENTS)
        )
    )
    with _written(in_memory, history) as record:
        laws.knowledge_is_stable(record, [(event, data.draw(sources()))])


@HISTORIES
@given(data=st.data())
def test_unrelated_claim(in_memory, data):
    """A claim about another subject changes nothing here."""
    history = data.draw(histories(most=8))
    classes = [one for one in BUILT_IN.events.values() if one not in AMENDMENTS]
    event = data.draw(st.sampled_from(classes).flatmap(lambda one: events_of(one, st.sampled_from(["c", "d"]))))
    with _written(in_memory, history) as record:
        laws.unrelated_claim(record, event, data.draw(sources()))


@HISTORIES
@given(data=st.data())
def test_encoding(fresh, data):
    """Every event is read as it was written."""
    with fresh() as record:
        classes = [one for one in BUILT_IN.events.values() if one not in AMENDMENTS]
        laws.encoding(data.draw(events_of(data.draw(st.sampled_from(classes)))), data.draw(sources()), record)


@HISTORIES
@given(history=histories())
def test_stores_agree(tmp_path_factory, history):
    """Memory and file give the same answers."""
    with ps.open(":memory:", clock=ticking()) as memory, ps.open(tmp_path_factory.mktemp("laws") / "r.db") as file:
        write(memory, history)
        laws.stores_agree(memory, file)


def test_an_empty_record(fresh):
    """Every law holds for it."""
    with fresh() as record, fresh() as other:
        laws.findings_match_disputes(record)
        laws.order_independence(record, fresh, Random(0))
        laws.merge_is_union(record, fresh, Random(0))
        laws.idempotence(record)
        laws.retraction(record, fresh)
        laws.incremental(record, fresh)
        laws.lazy_equals_full(record, fresh)
        laws.corroboration(record, fresh)
        laws.every_value_has_a_claim(record)
        laws.no_untold_no(record)
        laws.stores_agree(record, other)


@pytest.mark.parametrize("kind", ["role", "membership", "status"])
@HISTORIES
@given(data=st.data())
def test_no_untold_no(in_memory, kind, data):
    """No answer is no unless a claim excludes it."""
    with _written(in_memory, data.draw(histories(kind))) as record:
        laws.no_untold_no(record)


def test_a_person_whose_party_did_not_hold_the_role(in_memory):
    """The answer is no, since another party surely held it on the day, and the law takes that."""
    with in_memory() as record:
        presented = CredentialsPresented("a", on="2020-05-22", holder="ASEAN")
        record.add(presented, source=ps.Source("TASS", published="2020-06-02"))
        ended = RoleEnded("a", on="[2020-06-09,2020-06-11]", holder="VN", person="one")
        record.add(ended, source=ps.Source("VNA", published="2020-06-12"))
        assert record.holders("a", "2020-05-22").has(None, "one") is False
        laws.no_untold_no(record)


def test_a_person_of_a_party_whose_successor_is_not_named(in_memory):
    """The answer is no after the party handed the role over, whoever took it, and the law takes that."""
    with in_memory() as record:
        assumed = RoleAssumed("a", on="2020-06-01", count=4, predecessor="VN")
        record.add(assumed, source=ps.Source("VNA", published="2020-06-12"))
        ended = RoleEnded("a", on="2020", holder="VN", person="two")
        record.add(ended, source=ps.Source("TASS", published="2020-06-20"))
        assert record.holders("a", "2020-06-15").has("VN", "two") is False
        laws.no_untold_no(record)
