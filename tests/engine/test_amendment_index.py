"""Which amendments apply, over generated histories of one claim."""

from __future__ import annotations

import warnings
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

import partnership as ps
from partnership.engine.amendment_index import AmendmentIndex, is_desk_amendment
from partnership.engine.corrections import apply_corrections
from partnership.errors import InvalidEntry, SupersededWarning
from partnership.events import MeetingHeld, MeetingScheduled
from partnership.model.entry import evidence_of
from partnership.record import record as record_module
from partnership.subjects.amendments import AMENDMENTS
from partnership.testing import laws, ticking

FIRST = date(2020, 6, 1)
PLACES = ["Hanoi", "Hue", "Sochi"]
EXAMPLES = settings().max_examples
FEW = settings(max_examples=min(EXAMPLES, 12) if EXAMPLES <= 100 else EXAMPLES)
"""For laws that ask every view of each history."""


def fresh():
    """Open an empty record."""
    return ps.open(":memory:", clock=ticking())


@st.composite
def amended(draw, most=6):
    """Amend one claim, and what amends it: by the desk, by dated notes of the desk, and by a publisher."""
    record = fresh()
    event = draw(st.sampled_from([MeetingHeld("m", on="2020-06"), MeetingScheduled("m", planned="2020-07")]))
    entries = [record.add(event, source=ps.Source("TASS", published=FIRST.isoformat(), kind="news"))[0]]
    record.add(MeetingHeld("m", place="Bali"), source=ps.Source("VNA", published="2020-06-03", kind="news"))
    for _ in range(draw(st.integers(1, most))):
        target = draw(st.sampled_from(entries))
        day = (FIRST + timedelta(draw(st.integers(1, 20)))).isoformat()
        kind = draw(st.sampled_from([None, None, "desk-note", "news"]))
        source = kind and ps.Source("the desk" if kind == "desk-note" else "TASS", published=day, kind=kind)
        verb = draw(st.sampled_from(["correct", "correct", "correct", "retract", "prefer"]))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SupersededWarning)
            try:
                if verb == "correct":
                    fields = draw(st.dictionaries(st.just("place"), st.sampled_from(PLACES), min_size=1))
                    fields |= draw(st.sampled_from([{}, {"title": "Summit"}, {"host": "RU"}]))
                    entries.append(record.correct(target, source=source, **fields))
                elif verb == "retract":
                    entries.append(record.retract(target, source=source))
                else:
                    record.prefer(target, field=draw(st.none() | st.just("place")))
            except (InvalidEntry, ps.errors.InvalidValue):  # it states this already, or amends what cannot be amended
                continue
    return record


@FEW
@given(record=amended(), random=st.randoms(use_true_random=False))
def test_order_independence(record, random):
    """Amendments may arrive in any order, also before what they amend."""
    with record:
        laws.order_independence(record, fresh, random)


@FEW
@given(record=amended(), random=st.randoms(use_true_random=False))
def test_merge_is_union(record, random):
    """Logs that hold parts of a chain answer alike once they are merged."""
    with record:
        laws.merge_is_union(record, fresh, random)


@FEW
@given(record=amended(most=5))
def test_lazy_equals_full(record):
    """A query about one subject finds every amendment of its claims."""
    with record:
        laws.lazy_equals_full(record, fresh)
        laws.incremental(record, fresh)


@given(record=amended(), days=st.integers(0, 25))
def test_what_was_known_on_a_day(record, days):
    """It is what a record with only the entries of that time answers; the desk's own mistakes were never true."""
    day = FIRST + timedelta(days)
    with record, fresh() as then:
        then.merge([item for item in record.entries() if is_desk_amendment(item) or item.known_from <= day])
        assert laws.answers(record.as_of(known=day)) == laws.answers(then.as_of(known=day))


@given(record=amended())
def test_retraction(record):
    """After a retraction, state and findings are as if the claim had not been added."""
    with record:
        laws.retraction(record, fresh)


@given(record=amended(most=10))
def test_one_claim_states_one_thing(record):
    """However often a claim is amended, it states one thing at most, unless sources correct it twice on one day."""
    with record:
        stated = [
            item for occurrence in record.occurrences for item in occurrence.evidence if item.source.publisher != "VNA"
        ]
        days = [item.known_from for item in stated]
        assert len(stated) <= 1 or len(set(days)) == 1, stated


@given(record=amended(most=10))
def test_what_the_next_correction_continues(record):
    """What the desk corrected again may be left out: the next correction continues the same statement."""
    with record:
        for entry in record.entries():
            if isinstance(entry.event, AMENDMENTS):
                continue
            index = AmendmentIndex(record._log)
            newest = index.corrections_of(entry.claim.id)
            every = index._amending(entry.claim.id, None, only_newest=False)
            item = evidence_of(entry.claim, entry.remarks)
            stated = [apply_corrections([item, *amending]).evidence for amending in (newest, every)]
            assert len(newest) <= len(every)
            assert [other.claim for other in stated[0]] == [other.claim for other in stated[1]]


def test_a_hundred_corrections_of_one_claim(monkeypatch):
    """Each looks only at the last one before it; a correction that was retracted leaves the one before it."""
    weighed = []
    apply = record_module.apply_corrections
    monkeypatch.setattr(record_module, "apply_corrections", lambda items: weighed.append(len(items)) or apply(items))
    with fresh() as record:
        (entry,) = record.add(MeetingHeld("m", on="2020"), source=ps.Source("TASS", published="2021"))
        corrections = [record.correct(entry, place=f"Hall {number}") for number in range(100)]
        assert max(weighed) == 2
        record.retract(corrections[-1])
        record.correct(entry, title="Summit")
        assert record.meetings["m"].titles == ("Summit",)
        assert record.meetings["m"].place == "Hall 98"
