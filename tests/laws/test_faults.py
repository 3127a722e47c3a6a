"""The laws, which `test_laws` finds kept, can fail: each of these planted faults is found by one of them.

The faults are known ones of event logs, and violations of the rules by which claims are resolved.
"""

from __future__ import annotations

from itertools import count

import attrs
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import partnership as ps
from partnership.engine import corrections, fold, groups, index, provenance, query, resolution
from partnership.engine.amendment_index import is_desk_amendment
from partnership.events import DialogueLaunched, MeetingHeld, MemberAdmitted, MembershipEnded
from partnership.model.occurrence import Finding
from partnership.queries import disputes, holders, status_at
from partnership.subjects.amendments import ClaimCorrected, ClaimRetracted
from partnership.testing import histories, laws, ticking, write

pytestmark = pytest.mark.slow
SOURCE = ps.Source("VNA", published="2020-06-20")


def fresh():
    """Open an empty record in memory."""
    return ps.open(":memory:", clock=ticking())


def breaks(law, kind=None):
    """Tell whether generated histories, of any kind or one, break a law; without shrinking, for one is enough."""

    @settings(max_examples=600, phases=[Phase.generate], database=None, derandomize=True, deadline=None)
    @given(data=st.data(), random=st.randoms(use_true_random=False))
    def run(data, random):
        with fresh() as record:
            write(record, data.draw(histories(kind)))
            law(record, random)

    try:
        run()
    except (AssertionError, KeyError, ps.errors.Damaged, ExceptionGroup):
        return True
    return False


def order_independence(record, random):
    """Run law 1."""
    laws.order_independence(record, fresh, random)


def retraction(record, _random):
    """Run half of law 3."""
    laws.retraction(record, fresh)


def corroboration(record, _random):
    """Run half of law 4."""
    laws.corroboration(record, fresh)


def test_ties_broken_by_arrival(monkeypatch):
    """Law 1 finds it."""
    monkeypatch.setattr(corrections, "sorted", lambda things, **_: list(things), raising=False)
    monkeypatch.setattr(fold, "in_order", lambda occurrences: sorted(occurrences, key=lambda one: one.latest))
    assert breaks(order_independence, "role")


def test_the_naive_rule_that_revives_a_corrected_claim(monkeypatch):
    """Law 3 finds it: a retracted correction is not as if it had never been."""

    def naive(evidence):
        return {
            item.event.subject: (item.claim,)
            for item in evidence
            if isinstance(item.event, ClaimCorrected | ClaimRetracted)
        }

    monkeypatch.setattr(corrections, "superseded_by", naive)
    assert breaks(retraction)


def test_remarks_of_the_desk_that_came_first(monkeypatch):
    """Law 1 finds it."""
    monkeypatch.setattr(corrections, "_merge_remarks", lambda entries: entries[0])

    @settings(max_examples=200, phases=[Phase.generate], database=None, derandomize=True, deadline=None)
    @given(data=st.data(), random=st.randoms(use_true_random=False))
    def run(data, random):
        history = data.draw(histories(most=4))
        twice = [attrs.evolve(one, remarks={"certainty": data.draw(st.sampled_from(["confirmed", "approximate"]))})
                 for one in history if one.verb == "add"]  # fmt: skip
        with fresh() as record:
            write(record, history + twice)
            laws.order_independence(record, fresh, random)

    with pytest.raises((AssertionError, ExceptionGroup)):
        run()


def test_a_dispute_that_is_no_finding(monkeypatch):
    """Law 9 finds it."""
    found = query.Query.findings
    monkeypatch.setattr(query.Query, "findings", lambda self, projections, _disputed=(): found(self, projections))
    assert breaks(lambda record, _: laws.findings_match_disputes(record))


def test_a_vaguer_day_that_disputes_a_finer_one(monkeypatch):
    """Law 4 finds it where a claim that corroborates opens a new dispute."""
    monkeypatch.setattr(resolution, "_finest_values", lambda values: values)
    assert breaks(corroboration)


def test_the_last_claim_that_arrived_is_believed(monkeypatch):
    """Law 1 finds it."""
    monkeypatch.setattr(resolution, "_rank", lambda *_, **__: 0)
    monkeypatch.setattr(resolution, "_best_first", list)
    for module in (provenance, disputes):
        monkeypatch.setattr(module, "rule_of", lambda *_: "first")  # without a rank there is no other rule to tell
    monkeypatch.setattr(corrections, "sorted", lambda things, **_: list(things), raising=False)
    assert breaks(order_independence, "role")


def test_findings_that_name_places_in_the_log(monkeypatch):
    """Law 1 finds it."""
    found = groups.claim_findings

    places = count(1)

    def with_places(group):
        yield from found(group)
        for one in group.evidence:
            yield Finding("place", "a", (), f"entry {next(places)}: {one.claim}")

    monkeypatch.setattr(groups, "claim_findings", with_places)
    assert breaks(order_independence)


def test_a_reason_that_names_no_claim(monkeypatch):
    """Law 6 finds it."""
    reason = provenance._reason
    monkeypatch.setattr(provenance, "_reason", lambda *asked: attrs.evolve(reason(*asked), because=()))
    with fresh() as record:
        record.add(MeetingHeld("m", on="2020"), source=SOURCE)
        with pytest.raises((AssertionError, IndexError)):
            laws.every_value_has_a_claim(record)


def singly(record, _random):
    """Run law 4: a record that is asked of single subjects."""
    laws.lazy_equals_full(record, fresh)


def test_a_group_that_is_not_forgotten(monkeypatch):
    """Law 4 finds it where what arrives joins subjects that were read one by one."""
    monkeypatch.setattr(index._Groups, "remove", lambda _, nodes: {*nodes})
    assert breaks(singly)


def test_a_correction_that_joins_nothing(monkeypatch):
    """Law 3 finds it: what mends a claim is settled apart from it."""
    monkeypatch.setattr(index._Groups, "link", lambda *_: None)
    assert breaks(retraction)


def test_a_state_that_is_not_folded_anew(monkeypatch):
    """Law 4 finds it where what arrives changes another subject's state."""
    replace_occurrences = query.Query._replace_occurrences

    def by_subject(self, projection, by_key, gone, touched):
        moved = replace_occurrences(self, projection, by_key, gone, touched)
        return {
            key
            for key in moved
            if any(key == one.subject for root in touched for one in self.resolved(root).occurrences)
        }

    monkeypatch.setattr(query.Query, "_replace_occurrences", by_subject)
    with fresh() as record:
        for event in (DialogueLaunched("d", on="2020-05-01"), MeetingHeld("m", on="2020-06-01", body="dialogue:d")):
            record.add(event, source=SOURCE)
        with pytest.raises(AssertionError):
            laws.incremental(record, fresh)


def test_a_past_that_is_taken_from_the_present(monkeypatch):
    """Law 4 finds it: a cut leaves a group as it is only if all of it was known by then."""
    first_known = property(lambda group: min(one.known_from for one in group.evidence))
    monkeypatch.setattr(groups.ResolvedGroup, "fully_known", first_known)
    assert breaks(earlier)


def earlier(record, _random):
    """Hold what was known on a day, taken from a record that read everything, against one that reads only that."""
    for day in laws._DAYS:
        with fresh() as then:
            then.merge([one for one in record.entries() if is_desk_amendment(one) or one.known_from <= day])
            known = record.as_of(known=day)
            assert laws.answers(known)["states"] == laws.answers(then.as_of(known=day))["states"]


def no_untold_no(record, _random):
    """Run law 8."""
    laws.no_untold_no(record)


def test_a_person_whose_end_ends_the_party(monkeypatch):
    """Law 8 finds it."""

    def limits_of(key, reports, _):
        for other, of_other in reports.items():
            if holders.is_one_holder(other, key) and (None in (other.term, key.term) or other.term == key.term):
                yield from (report for report in of_other if report.begins or report.ends)

    monkeypatch.setattr(holders, "_limits_of", limits_of)
    assert breaks(no_untold_no, "role")


def test_an_end_that_ends_every_period(monkeypatch):
    """Law 8 finds it: a beginning after the end is another period."""

    def cuts_off(self, day, _on):
        return self.ends and all(end.surely_before(day) for end in self.days)

    monkeypatch.setattr(holders._Report, "cuts_off", cuts_off)
    assert breaks(no_untold_no, "role")


def test_an_end_that_ends_every_membership(monkeypatch):
    """Law 8 finds it: an admission after the end is another membership."""
    monkeypatch.setattr(status_at, "_is_one_membership", lambda *_: True)
    with fresh() as record:
        record.add(
            MembershipEnded("a", bloc="ASEAN", member="VN", on="2020-06-01"),
            MemberAdmitted("a", bloc="ASEAN", member="VN", on="2020-06-10"),
            source=SOURCE,
        )
        with pytest.raises(AssertionError, match="ASEAN 2020-05-20: not VN"):
            laws.no_untold_no(record)


def test_a_status_of_which_nothing_is_known(monkeypatch):
    """Law 8 finds it where that is answered with no."""
    monkeypatch.setattr(status_at.StatusAt, "has", lambda self, rung: self.is_sure and rung == self.rung)
    assert breaks(no_untold_no, "status")
