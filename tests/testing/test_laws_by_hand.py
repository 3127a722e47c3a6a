"""Every law over one fixed history, so that each branch of a law is covered whatever Hypothesis generates."""

from __future__ import annotations

import itertools
from random import Random

import pytest

import partnership as ps
from partnership.events import (
    AppointmentAnnounced,
    DialogueLaunched,
    MeetingHeld,
    MeetingScheduled,
    MemberAdmitted,
    MembershipApplied,
    MembershipEnded,
    RoleAssumed,
    RoleEnded,
    RoleExpected,
    RoleHeld,
    RoleVacant,
    StatusUpgraded,
)
from partnership.testing import Act, laws, ticking, write

VNA = ps.Source("VNA", published="2020-05-18", kind="news")
MFA = ps.Source("MFA", published="2020-06-18", kind="official-release")
READ = ps.Source("TASS", retrieved="2020-06-20")
HISTORY = [
    Act("add", event=MeetingScheduled("a", planned="2020-06-17"), source=VNA),
    Act("add", event=MeetingHeld("a", on="2020-06-16"), source=READ, remarks={"inferred": ["on"]}),
    Act("add", event=MeetingHeld("a", on="2020-06-17", title="Special meeting"), source=MFA),
    Act("add", event=MeetingHeld("b"), source=MFA, remarks={"certainty": "confirmed", "inferred": ["on"]}),
    Act("correct", 1, MeetingHeld("a", on="2020-06-17")),
    Act("retract", 0, source=MFA),
    Act("prefer", 2),
    Act("same_as", source=MFA, remarks={"one": "meeting:a", "other": "meeting:b"}),
    Act("add", event=DialogueLaunched("c", on="2020-06-01"), source=READ),
]
"""Every verb of an act, and a claim without amendments."""


def fresh():
    """Open an empty record."""
    return ps.open(":memory:", clock=ticking())


@pytest.fixture(params=["in order", "reversed"])
def record(request):
    """Return a record of the history; reversed, amendments come before their targets."""
    with fresh() as in_order, fresh() as backwards:
        write(in_order, HISTORY)
        backwards.merge(reversed(in_order.entries()))
        yield in_order if request.param == "in order" else backwards


def test_laws_of_arrival_and_merging(record):
    """They hold, in any order and in parts."""
    laws.order_independence(record, fresh, Random(0))
    laws.merge_is_union(record, fresh, Random(0))
    laws.idempotence(record)
    laws.incremental(record, fresh)
    laws.lazy_equals_full(record, fresh)


def test_a_claim_about_another_subject(record):
    """It changes no answer about subjects that it does not mention, under any of their names."""
    laws.unrelated_claim(record, MeetingHeld("b", on="2020-06-01", body="dialogue:d"), VNA)
    laws.unrelated_claim(record, DialogueLaunched("e"), VNA)


def test_laws_of_claims_that_are_added_or_undone(record):
    """They hold for a claim that corroborates, and for one that is retracted."""
    laws.corroboration(record, fresh)
    laws.retraction(record, fresh)
    laws.every_value_has_a_claim(record)
    laws.findings_match_disputes(record)


def test_laws_of_stores(record, tmp_path):
    """A file answers as memory does."""
    with ps.open(tmp_path / "record.db", clock=ticking()) as file:
        laws.stores_agree(record, file)


def test_knowledge_of_what_is_published_after_every_cut_and_of_what_was_before(record):
    """Views of earlier days stay; those of later days are not asked. A claim that is there is not retracted."""
    late, early = (ps.Source("TASS", published=day) for day in ("2020-07-01", "2020-05-01"))
    there = HISTORY[2].event
    size = len(record.entries())

    laws.knowledge_is_stable(record, [(MeetingHeld("a", on="2020-06-30"), late), (there, MFA)])
    assert len(record.entries()) == size + 2, "the late claim, and the retraction with which the law tries views"
    laws.knowledge_is_stable(record, [(MeetingHeld("a", on="2020-06-30"), early)])
    laws.knowledge_is_stable(record, [(HISTORY[0].event, VNA)])  # which is superseded: the warning breaks no law


def test_a_view_that_changes_with_what_was_published_later(record, monkeypatch):
    """The law of knowledge is broken, and says on which day."""
    number = itertools.count()
    monkeypatch.setattr(laws, "answers", lambda *_: next(number))

    with pytest.raises(AssertionError, match="2020-05-20"):
        laws.knowledge_is_stable(record, [(MeetingHeld("a"), ps.Source("TASS", published="2020-07-01"))])


def test_retraction_where_there_is_little_to_retract():
    """An empty record has nothing; where two subjects are declared the same and nothing is said of them, that goes."""
    with fresh() as record:
        laws.retraction(record, fresh)
        record.same_as("meeting:a", "meeting:b")
        laws.retraction(record, fresh)


def test_every_event_as_its_bytes(record):
    """It is read as it was written."""
    laws.encoding(MeetingHeld("d", on="2020-06~"), VNA, record)


def test_answers_about_roles_members_and_statuses():
    """None is no unless a claim excludes it."""
    with fresh() as record:
        record.add(
            RoleAssumed("chair", holder="VN", person="A", predecessor="MY", on="2020-06-01"),
            RoleEnded("chair", holder="VN", person="A", on="2020-06-16"),
            RoleVacant("chair", on="2020-06-17/2020-06-18"),
            RoleExpected("chair", holder="VN", planned="2020-07"),
            AppointmentAnnounced("chair", holder="RU", on="2020-06-10", planned="2020-06-20"),
            RoleHeld("chair", holder="ID", on="{2018,2019}"),
            MemberAdmitted("tl", bloc="ASEAN", member="TL", on="2020-06-01"),
            MembershipEnded("ru", bloc="ASEAN", member="RU", on="2020-06-10"),
            MembershipApplied("mm", bloc="ASEAN", member="MM", on="2020-06-10"),
            StatusUpgraded("russia", ladder="grade", rung="strategic", on="2020-06-01"),
            StatusUpgraded("russia", ladder="grade", rung="special", on="2020-06-10"),
            source=MFA,
        )
        laws.no_untold_no(record)
