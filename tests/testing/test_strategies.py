"""What the strategies generate: each thing that the laws need is found, by a search that always walks one way."""

from __future__ import annotations

import re
from random import Random

import pytest
from hypothesis import Phase, find, settings
from tests.testing.exhibitions import ExhibitionEvent, exhibitions

import partnership as ps
from partnership.events import ClaimCorrected, SubjectsDeclaredSame
from partnership.model.event import fields_of
from partnership.testing import events_of, histories, sources, ticking, whens, write

VERBS = {"add", "correct", "retract", "prefer", "same_as"}
DAY = "2020-[0-9]{2}-[0-9]{2}"
FORMS = [DAY, f"{DAY}~", "2020-[0-9]{2}", rf"\.\./{DAY}", f"{{{DAY},{DAY}}}"]


def search(strategy, wanted):
    """Return the first that a strategy generates of what is wanted."""
    how = settings(max_examples=200, database=None, phases=[Phase.generate])
    return find(strategy, wanted, settings=how, random=Random(0))


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["meeting", "dialogue"])
def test_histories_of_every_verb(kind):
    """A desk adds, corrects, retracts, prefers and declares the same; what comes out can be written."""
    seen = set()

    def are_all_seen(acts):
        with ps.open(":memory:", clock=ticking()) as record:
            assert len(write(record, acts)) == len(acts)
        seen.update(one.verb for one in acts)
        return seen == VERBS

    assert search(histories(kind), are_all_seen)


def test_a_remark_that_the_desk_supplied_a_day_where_the_event_has_none():
    """The history is written without that remark."""
    act = search(histories("meeting", 1), lambda acts: acts[0].event.on is None and "inferred" in acts[0].remarks)

    with ps.open(":memory:", clock=ticking()) as record:
        assert write(record, act)[0].remarks.inferred == ()


def test_remarks_of_a_history():
    """There are claims with a certainty, and claims without a remark."""
    assert search(histories("meeting", 1), lambda acts: "certainty" in acts[0].remarks)
    assert search(histories("meeting", 1), lambda acts: not acts[0].remarks)


@pytest.mark.parametrize("form", FORMS)
def test_dates_of_every_form(form):
    """Days, months, bounds, several days."""
    assert search(whens(), lambda when: re.fullmatch(form, when.text))


def test_sources_with_and_without_a_day():
    """Some print a day, some were only read on one."""
    assert search(sources(), lambda one: one.published and not one.retrieved)
    assert search(sources(), lambda one: one.retrieved and not one.published)


def test_notes_of_the_desk_and_vague_publications():
    """A note of the desk has a day as any other source; some documents print a month or an upper bound."""
    assert search(sources(), lambda one: one.kind == "desk-note" and one.published)
    assert search(sources(), lambda one: one.published and one.published.text == "../2020-06-01")


@pytest.mark.slow
def test_corrections_of_single_fields():
    """Some corrections change a field or two of the event that they correct; some preferences are for one field."""

    def is_partial(acts):
        pairs = [(one.event, acts[one.target].event) for one in acts if one.verb == "correct"]
        return any(type(one) is type(other) and 0 < differences(one, other) <= 2 for one, other in pairs)

    def differences(one, other):
        return sum(getattr(one, name) != getattr(other, name) for name in fields_of(type(one)).names)

    assert search(histories("meeting"), is_partial)
    assert search(histories("meeting"), lambda acts: any(one.verb == "prefer" and one.remarks for one in acts))


@pytest.mark.slow
def test_dense_histories():
    """One document tells several events about one subject."""
    assert search(histories("meeting"), lambda acts: len(acts) > len({one.source for one in acts}) + 3)


def test_histories_of_a_kind():
    """Of a user's own kind too; with the events that states of the kind depend on."""
    assert search(histories(exhibitions, 1), lambda acts: isinstance(acts[0].event, ExhibitionEvent))
    assert search(histories("doubt", 1), lambda acts: acts[0].event.kind == "meeting")


def test_an_event_that_cannot_be():
    """It is not generated: two subjects that are declared the same stand in the order of the alphabet."""
    assert search(events_of(SubjectsDeclaredSame), lambda one: one.subject < one.other)


def test_an_event_within_an_event():
    """A correction holds any event that a source could tell of."""
    assert search(events_of(ClaimCorrected), lambda one: one.event.kind == "meeting")
