"""Large subjects: what is asked of one costs no more than its size, and nothing is too deep."""

from __future__ import annotations

import sys
import warnings
from datetime import date, timedelta
from itertools import pairwise
from types import SimpleNamespace

import pytest

import partnership as ps
from partnership.engine import amendment_index, provenance, query, resolution
from partnership.errors import InvalidEntry, InvalidValue, SupersededWarning
from partnership.events import (
    CommitmentMade,
    CommitmentProgressReported,
    CountReported,
    CoursePlanned,
    DocumentPlanned,
    FundBalanceReported,
    FundContributionReceived,
    FundUseReported,
    MeetingCancelled,
    MeetingConvened,
    MeetingHeld,
    MeetingPostponed,
    MeetingScheduled,
    NegotiationProgressReported,
    PlanProgressReported,
    ProjectProgressReported,
    ProjectSpendingReported,
    RecurringContributionStated,
    RoleAssumed,
    RoleExpected,
    RoleHeld,
    RoleObserved,
    StatisticReported,
    VisitAnnounced,
)
from partnership.model import accounts
from partnership.queries import disputes, holders
from partnership.queries.circular_wholes import circular_parts
from partnership.record import record as record_module
from partnership.render import timeline_rows
from partnership.subjects import roles
from partnership.values import when
from partnership.values.when import When, equivalence_key, finest

pytestmark = pytest.mark.no_cover

DAY = date(2020, 1, 1)
OFFICIAL = ps.Source("MFA", published="2060-01-01", kind="official-release")


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def open_record(request, tmp_path):
    """Return a function that opens one record of one kind of store; in memory a new one each time."""
    opened = []
    places = {"memory": lambda: ":memory:", "sqlite": lambda: str(tmp_path / "record.db")}
    place = places.get(request.param, lambda: request.getfixturevalue("database"))()

    def open_record():
        opened.append(ps.open(place, partnership="asean-russia"))
        return opened[-1]

    yield open_record
    for record in opened:
        record.close()


@pytest.fixture
def steps(monkeypatch):
    """Return what is counted: rows that were looked up, and groups that were settled."""
    found = {"rows": 0, "settled": 0}

    def watch(record):
        find, read, resolve_group = record._store.find, record._store.read, query.resolve_group

        def counting(work, name, many):
            def counted(*given, **named):
                done = work(*given, **named)
                found[name] += many(done)
                return done

            return counted

        monkeypatch.setattr(record._store, "find", counting(find, "rows", len))
        monkeypatch.setattr(record._store, "read", counting(read, "rows", len))
        monkeypatch.setattr(query, "resolve_group", counting(resolve_group, "settled", lambda _: 1))
        return found

    return watch


# ---- correcting ----


@pytest.mark.parametrize(
    "apply_corrections",
    [
        lambda record, entry, n: record.correct(entry, MeetingHeld("m", on=DAY, place=f"{n}")),
        lambda record, entry, n: record.retract(entry, reason=f"{n}"),
        lambda record, entry, n: (record.prefer(entry, reason=f"{n}"), entry)[1],
        lambda record, entry, n: record.correct(entry, MeetingHeld(f"m{n}", on=DAY)),
    ],
    ids=["correct", "retract", "prefer", "correct the subject"],
)
def test_each_correction_looks_up_what_aims_at_its_target(open_record, steps, apply_corrections):
    """The hundredth of a chain reads no more than the first, and settles nothing, though all states were asked for."""
    record = open_record()
    (entry,) = record.add(MeetingHeld("m", on=DAY), source=OFFICIAL)
    assert len(record.meetings) == 1
    found = steps(record)
    for n in range(100):
        entry = apply_corrections(record, entry, n)
    assert found["settled"] == 0
    assert found["rows"] <= 500


def test_preferences_in_a_heap_of_claims_settle_nothing(open_record, steps):
    """However many claims a subject has, one that is preferred, or added again, is looked up alone."""
    record = open_record()
    told = [MeetingHeld("m", on=DAY, place=f"{n}") for n in range(100)]
    entries = record.add(*told, source=OFFICIAL)
    assert len(record.meetings) == 1
    found = steps(record)
    for entry, event in zip(entries, told, strict=True):
        record.prefer(entry)
        record.add(event, source=OFFICIAL)
    assert found["settled"] == 0
    assert found["rows"] <= 800


def test_the_same_words_again(open_record):
    """While in force they are the same entry; superseded or retracted, they are a new one."""
    record = open_record()
    (entry,) = record.add(MeetingHeld("m", on=DAY), source=OFFICIAL)
    one, other = MeetingHeld("m", on=DAY, place="Sochi"), MeetingHeld("m", on=DAY, place="Hanoi")
    first = record.correct(entry, one)
    assert record.correct(entry, one) == first
    second = record.correct(entry, other)
    third = record.correct(entry, one)
    assert third not in (first, second)
    assert record.meetings["m"].place == "Sochi"
    gone = record.retract(third)
    assert record.retract(third) == gone
    assert record.correct(entry, one) not in (first, third)
    back = record.retract(gone)
    assert record.retract(gone) == back
    again = record.retract(third)
    assert again != gone
    effective = record.correct(second, MeetingHeld("m", on=DAY, place="Da Nang"))
    assert record.correct(second, MeetingHeld("m", on=DAY, place="Da Nang")) == effective


def test_a_correction_by_another(open_record, monkeypatch):
    """What another adds between two corrections is seen by the second, be it little or much."""
    monkeypatch.setattr(amendment_index, "_MAX_NEW_ENTRIES", 3)
    monkeypatch.setattr(amendment_index, "_MAX_CACHED_CLAIMS", 3)
    record, other = open_record(), open_record()
    if record._store.place == ":memory:":
        other = record
    (entry,) = record.add(MeetingHeld("m", on=DAY), source=OFFICIAL)
    (beside,) = record.add(MeetingHeld("n", on=DAY), source=OFFICIAL)
    seen = {record.correct(entry, MeetingHeld("m", on=DAY, place="0")).claim.id}
    for n in range(1, 4):
        theirs = other.correct(entry, MeetingHeld("m", on=DAY, place=f"theirs {n}"))
        others = [MeetingHeld(f"other-{n}-{k}", on=DAY) for k in range(n * 2)]
        other.add(*others, source=OFFICIAL)
        record.retract(beside, reason=f"{n}")
        ours = record.correct(entry, MeetingHeld("m", on=DAY, place=f"{n}"))
        seen.add(theirs.claim.id)
        assert {*ours.event.seen} == seen
        seen.add(ours.claim.id)
    assert record.meetings["m"].place == other.meetings["m"].place == "3"


def test_a_claim_that_is_added_again(open_record):
    """Who adds what lies superseded is told so, whatever has been asked since; who adds what stands is not."""
    record = open_record()
    entry, _ = record.add(MeetingHeld("m", on=DAY), MeetingHeld("n", on=DAY), source=OFFICIAL)
    gone = record.retract(entry)
    with pytest.warns(SupersededWarning, match="meeting:m: this claim is superseded"):
        record.add(MeetingHeld("n", on=DAY), MeetingHeld("m", on=DAY), source=OFFICIAL)
    record.retract(gone)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        record.add(MeetingHeld("m", on=DAY), MeetingHeld("n", on=DAY), source=OFFICIAL)
    record.retract(entry)
    with pytest.warns(SupersededWarning):
        record.add(MeetingHeld("m", on=DAY), source=OFFICIAL)


def test_more_corrections_of_one_claim_than_one_can_name(monkeypatch):
    """It is refused, and says what to do; that can be done."""
    monkeypatch.setattr(record_module, "LIST_LIMIT", 2)
    with ps.open(":memory:") as record:
        (entry,) = record.add(MeetingHeld("m", on=DAY), source=OFFICIAL)
        last = [record.correct(entry, MeetingHeld("m", on=DAY, place=f"{n}")) for n in range(3)][-1]
        with pytest.raises(InvalidEntry, match="3 entries amend that claim already: correct or retract the newest"):
            record.retract(entry)
        record.correct(last, MeetingHeld("m", on=DAY, place="Sochi"))
        assert record.meetings["m"].place == "Sochi"


# ---- chains ----


def test_a_chain_of_three_thousand_corrections():
    """Its last word stands, and all of it is told."""
    with ps.open(":memory:") as record:
        (entry,) = record.add(MeetingHeld("m", on=DAY), source=OFFICIAL)
        for n in range(3_000):
            entry = record.correct(entry, MeetingHeld("m", on=DAY, place=f"{n}"))
        assert record.meetings["m"].place == "2999"
        assert len(record.entries("meeting:m")) == 3_001
        assert [one.entry.event for one in record.why("meeting:m").superseded] == [MeetingHeld("m", on=DAY)]


def test_a_chain_of_retractions():
    """Whether the claim stands is told by whether their number is even."""
    with ps.open(":memory:") as record:
        (entry,) = record.add(MeetingHeld("m", on=DAY), source=OFFICIAL)
        for _ in range(2_999):
            entry = record.retract(entry)
        assert "m" not in record.meetings
        record.retract(entry)
        assert "m" in record.meetings
        assert len(record.entries("meeting:m")) == 3_001


@pytest.mark.filterwarnings("ignore:.*restored by this correction:partnership.errors.SupersededWarning")
def test_a_chain_of_corrections_of_which_every_other_is_retracted():
    """The last one that is left applies alone, with the source of what the first of the chain corrects."""
    with ps.open(":memory:") as record:
        (entry,) = record.add(MeetingHeld("m", on=DAY), source=OFFICIAL)
        for n in range(40):
            entry = record.correct(entry, MeetingHeld("m", on=DAY, place=f"{n}"))
            if n % 2:
                record.retract(entry)
        (occurrence,) = record.occurrences
        assert [(one.event.place, one.source) for one in occurrence.evidence] == [("38", OFFICIAL)]


def _chain(n):
    return ((k, k + 1) for k in range(n))


def _chain_from_the_end(n):
    return ((k, k + 1) for k in reversed(range(n)))


def _star(n):
    return ((0, k + 1) for k in range(n))


def _star_of_the_last(n):
    return ((k, n) for k in range(n))


def _halves(n):
    return (
        (k, k + step)
        for step in (1 << each for each in range(n.bit_length()))
        for k in range(0, n + 1 - step, 2 * step)
    )


@pytest.mark.parametrize("pairs", [_chain, _chain_from_the_end, _star, _star_of_the_last, _halves])
@pytest.mark.parametrize("is_asked_before", [False, True])
def test_many_subjects_that_are_one(pairs, is_asked_before):
    """All have the first name; each moves to another group no more often than a group can double."""
    size = 3_000 if pairs is _chain and is_asked_before else 500
    with ps.open(":memory:") as record:
        record.add(*(MeetingHeld(f"m{n:05}", on=DAY) for n in range(size + 1)), source=OFFICIAL)
        if is_asked_before:
            assert len(record.meetings) == size + 1
        for one, other in pairs(size):
            record.same_as(f"meeting:m{one:05}", f"meeting:m{other:05}")
        assert [*record.meetings] == ["m00000"]
        assert record.name_of(f"meeting:m{size:05}") == "meeting:m00000"
        assert len(record.meetings["m00000"].titles) == 0


def test_names_are_read_again_where_they_may_have_changed(steps):
    """A correction of anything else leaves them; one that says, or takes back, that two are one does not."""
    with ps.open(":memory:") as record:
        first, _ = record.add(MeetingHeld("a", on=DAY), MeetingHeld("b", on=DAY), source=OFFICIAL)
        joined = [record.same_as("meeting:c", f"meeting:d{n}") for n in range(100)]
        assert len(record.meetings) == 2
        found = steps(record)
        record.correct(first, MeetingHeld("a", on=DAY, place="Sochi"))
        assert record.meetings["a"].place == "Sochi"
        assert found["rows"] < 50
        same = record.same_as("meeting:a", "meeting:b")
        assert len(record.meetings) == 1
        gone = record.retract(same)
        assert len(record.meetings) == 2
        record.retract(gone)
        assert len(record.meetings) == 1
        record.retract(joined[0])
        assert record.meetings["a"].place == "Sochi"


# ---- rivals ----


FORMS = {
    "one of two days": lambda a, b: f"[{a},{b}]",
    "one of two days, of which all share one": lambda _, b: f"[2019-01-01,{b}]",
    "one of two months and a day": lambda a, b: f"[{a:%Y-%m},{b}]",
    "some day within": lambda a, b: f"[{a}..{b}]",
    "a span": lambda a, b: f"{a}/{b}",
    "a span from some day of a year": lambda _, b: f"2020/{b}",
    "a span until some day of a year": lambda a, _: f"{a}/2060",
    "about a day": lambda a, _: f"{a}~",
    "by a day": lambda _, b: f"../{b}",
    "each of two days": lambda a, b: f"{{{a},{b}}}",
    "each of a run": lambda a, _: f"{{{a}..{a + timedelta(3)}}}",
    "a day": lambda a, _: f"{a}",
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_rival_days_are_not_compared_each_with_each(form, monkeypatch):
    """The finest of many are found with a few comparisons for each; they are those of the definition."""
    days = [DAY + timedelta(n) for n in range(400)]
    some = [*dict.fromkeys(When(form(day, day + timedelta(400))) for day in days)]
    kept = [x for x in some if not any(x.covers(y) and not y.covers(x) for y in some)]
    compared, covers = [0], When.covers

    def counted(self, other):
        compared[0] += 1
        return covers(self, other)

    monkeypatch.setattr(When, "covers", counted)
    assert finest(some) == kept
    assert len(resolution._equivalence_clusters(some)) == len({equivalence_key(one) for one in some})
    assert compared[0] <= 20 * len(some)


def test_rival_days_of_one_meeting():
    """Of each that lost it is told who said so."""
    days = [DAY + timedelta(n) for n in range(300)]
    with ps.open(":memory:") as record:
        events = [MeetingHeld("m", on=f"[{day},{day + timedelta(300)}]") for day in days]
        record.add(*events, source=OFFICIAL)
        why = record.why("meeting:m")
        assert len(why.reasons["held_on"].against) == 299
        assert sorted(why.roles.values()) == ["disputed"] * 299 + ["used"]


def test_rival_amounts_are_not_compared_each_with_each(monkeypatch):
    """An exact figure covers no other, so that nobody has to look."""
    compared, covers = [0], resolution._covers

    def counted(value, other):
        compared[0] += 1
        return covers(value, other)

    monkeypatch.setattr(resolution, "_covers", counted)
    with ps.open(":memory:") as record:
        amounts = [ps.Money(n, "USD") for n in range(1, 301)]
        record.add(*(FundBalanceReported("f", amount=one, as_of=DAY) for one in amounts), source=OFFICIAL)
        assert len(record.funds["f"].balances) >= 1
        assert record.disputes()
    assert compared[0] == 0


def test_a_run_of_days_is_made_when_somebody_asks_for_each(monkeypatch):
    """To read it takes its two ends; its members are those of the list that names them."""
    made = []
    monkeypatch.setattr(when, "_all_members", lambda text: made.append(text) or tuple(when._members("{", text[1:-1])))
    for text, many in (
        ("{2019-12-30..2022-09-24}", 1000),
        ("{2020-11..2021-02}", 4),
        ("{1999..2001}", 3),
    ):
        run = When(text)
        assert not made
        assert len(run.members) == many
        assert made.pop() == text
        assert (run.earliest, run.latest) == (run.members[0].earliest, run.members[-1].latest)
        if many < 9:
            listed = When(f"{{{','.join(map(str, run.members))}}}")
            assert run.covers(listed)
            assert listed.covers(run)
            assert equivalence_key(run) == equivalence_key(listed)
        made.clear()
    assert When("{2020..2020}") == When("2020")
    assert len(When("{2020-01..2020-02,2021}").members) == 3
    for wrong in (
        "{2020-01-01..2022-09-27}",
        "{2021..2020}",
        "{2020-21..2020-22}",
        "{2020-02-30..2020-03-01}",
        "{..2020}",
    ):
        with pytest.raises(InvalidValue):
            When(wrong)


# ---- many events of one subject ----


@pytest.mark.parametrize(
    "event",
    [
        lambda n: MeetingConvened("m", on=DAY, session=f"s{n}", count=n + 1),
        lambda n: MeetingScheduled("m", planned=DAY + timedelta(5 * n + 400), body=f"series:s{n}", ordinal=n + 1),
        lambda n: MeetingPostponed("m", planned=DAY + timedelta(5 * n + 400), reason=f"reason {n}"),
        lambda n: MeetingCancelled("m", reason=f"reason {n}"),
    ],
    ids=["sessions", "plans", "reasons of plans that moved", "reasons of one outcome"],
)
def test_what_many_events_say_is_not_compared_each_with_each(event, monkeypatch):
    """What sources differ on is weighed once for all events, and their accounts and plans are found by their days."""
    found = {}

    def count(module, name, weigh=lambda *_: 1):
        work = getattr(module, name)

        def counted(*given):
            found[name] = found.get(name, 0) + weigh(*given)
            return work(*given)

        monkeypatch.setattr(module, name, counted)

    for module in (disputes, provenance):
        count(module, "rule_of", lambda fact, _: len(fact.candidates))
    count(provenance, "is_same")
    count(accounts, "_may_be_equal")
    counts = []
    for size in (50, 200):
        found.clear()
        with ps.open(":memory:") as record:
            for n in range(size):
                record.add(event(n), source=ps.Source(f"Agency {n}", published=DAY + timedelta(n)))
            record.disputes()
            record.why("meeting:m")
        counts.append(dict(found))
    assert all(many <= 6 * counts[0][name] for name, many in counts[1].items())


@pytest.mark.parametrize(
    "event",
    [
        lambda n: MeetingPostponed("m", planned=DAY + timedelta(5 * n + 400)),
        lambda n: DocumentPlanned("d", planned=DAY + timedelta(5 * n + 400), act="sign"),
        lambda n: RoleExpected("r", planned=DAY + timedelta(5 * n + 400), holder=("RU", "VN")[n % 2]),
        lambda n: CoursePlanned("c", planned=DAY + timedelta(5 * n + 400)),
        lambda n: VisitAnnounced("v", planned=DAY + timedelta(5 * n + 400)),
    ],
    ids=["a meeting", "a document", "turns", "a course", "a visit"],
)
def test_a_plan_does_not_look_at_all_dates_before(event, monkeypatch):
    """What it moves becomes one more of them."""
    hashed, work = [0], When.__hash__

    def counted(self):
        hashed[0] += 1
        return work(self)

    counts = []
    for size in (100, 400):
        with ps.open(":memory:") as record:
            for n in range(size):
                record.add(event(n), source=ps.Source("MFA", published=DAY + timedelta(n)))
            hashed[0] = 0
            with monkeypatch.context() as patch:
                patch.setattr(When, "__hash__", counted)
                assert record.upcoming() == ()
            counts.append(hashed[0])
    assert counts[1] <= 6 * counts[0]


@pytest.mark.parametrize(
    "event",
    [
        lambda n: FundBalanceReported("f", amount=ps.Money(n + 1, "USD"), as_of=DAY + timedelta(n)),
        lambda n: RecurringContributionStated("f", by="RU", amount=ps.Money(n + 1, "USD"), period=f"{1000 + n}"),
        lambda n: FundUseReported("f", amount=ps.Money(n + 1, "USD"), as_of=DAY + timedelta(n)),
        lambda n: FundContributionReceived("f", by="RU", amount=ps.Money(n + 1, "USD"), part=f"p{n}"),
        lambda n: StatisticReported("s", number=n, period=f"{1000 + n}"),
        lambda n: CommitmentProgressReported("c", done=n, as_of=DAY + timedelta(n)),
        lambda n: PlanProgressReported("p", done=n, as_of=DAY + timedelta(n)),
        lambda n: CountReported("c", what="visits", number=n, as_of=DAY + timedelta(n)),
        lambda n: ProjectProgressReported("p", done=n, as_of=DAY + timedelta(n)),
        lambda n: ProjectSpendingReported("p", amount=ps.Money(n + 1, "USD"), as_of=DAY + timedelta(n)),
        lambda n: NegotiationProgressReported("d", rounds=n, as_of=DAY + timedelta(n)),
    ],
    ids=lambda event: event(0).name,
)
def test_a_report_does_not_look_at_all_rows_before(event):
    """It is inserted, and compared with the last one: four times as many take four times as many calls of functions."""
    counts = []
    for size in (60, 240):
        with ps.open(":memory:") as record:
            record.add(*map(event, range(size)), source=OFFICIAL)
            before, calls = sys.getprofile(), []
            sys.setprofile(lambda _, what, __: calls.append(what))  # noqa: B023  called within the loop
            try:
                assert len(record.states(event(0).kind)) == 1
                record.findings()
            finally:
                sys.setprofile(before)
            counts.append(calls.count("call"))
    assert counts[1] <= 4.5 * counts[0]


@pytest.mark.parametrize("event", [RoleAssumed, RoleHeld, RoleObserved])
@pytest.mark.parametrize("person", [None, "{}"])
def test_holders_are_not_compared_each_with_each(event, person, monkeypatch):
    """The next report on either side of a day decides who else may have held a role then."""
    compared, is_another, by_start = [0], roles.is_another, roles._by_start

    def counted(holder, other):
        compared[0] += 1
        return is_another(holder, other)

    def started(term):
        compared[0] += 1
        return by_start(term)

    monkeypatch.setattr(roles, "_by_start", started)
    monkeypatch.setattr(roles, "is_another", counted)
    monkeypatch.setattr(holders, "is_another", counted)
    with ps.open(":memory:") as record:
        for n in range(200):
            name = person and person.format(n)
            holder = ("RU", "VN")[n % 2] if person is None else "RU"
            record.add(event("chair", holder=holder, person=name, on=DAY + timedelta(20 * n)), source=OFFICIAL)
        found = record.holders("chair", DAY + timedelta(2_000))
        assert found.surely or found.possible
        assert record.upcoming() == ()
    assert compared[0] <= 20 * 200


# ---- parts of parts ----


def test_a_chain_of_commitments_that_are_parts_of_each_other():
    """Each stands behind its whole, however deep; no finding says that one is part of itself."""
    with ps.open(":memory:") as record:
        record.add(
            *(
                CommitmentMade(f"c{n:04}", by="RU", text="To do it", part_of=f"commitment:c{n + 1:04}")
                for n in range(2_000)
            ),
            source=OFFICIAL,
        )
        register = [row.subject for row in record.commitments_register()]
        assert register == [f"commitment:c{n:04}" for n in reversed(range(2_001))]
        assert not [finding for finding in record.findings() if finding.slug == "part-of-itself"]
        assert not record.commitment_totals()


def test_wholes_are_followed_once():
    """The way from a part through its wholes is not walked again from each whole."""
    read = [0]

    class Part(str):
        __slots__ = ()

        def __hash__(self):
            read[0] += 1
            return super().__hash__()

    names = [Part(f"commitment:c{n}") for n in range(1_001)]
    states = [SimpleNamespace(subject=one, part_of=whole) for one, whole in pairwise(names)]
    states.append(SimpleNamespace(subject=names[-1], part_of=names[-3]))
    circle = [finding.subject for finding in circular_parts(states, ())]
    assert circle == names[-3:]
    assert read[0] <= 20 * len(names)


def test_a_chain_of_contributions_that_are_parts_of_each_other():
    """The ledger shows each below the sum that it is a part of, and counts the largest."""
    with ps.open(":memory:") as record:
        record.add(
            *(
                FundContributionReceived(
                    "f", by="RU", amount=ps.Money(1, "USD"), part=f"p{n}", part_of=f"p{n + 1}", on=DAY
                )
                for n in range(1_200)
            ),
            source=OFFICIAL,
        )
        ledger = record.fund_ledger("f")
        assert [total.amount for total in ledger.totals] == [1]
        lines = [line for line in str(ledger).splitlines() if " p" in line]
        assert lines[0].startswith("by RU, p1199")
        assert lines[-1].strip().startswith("by RU, p0")


def test_rows_of_a_timeline_are_titled_once():
    """The title of a row is looked for among its own subjects."""
    read = [0]

    class State:
        @property
        def body(self):
            read[0] += 1

    with ps.open(":memory:") as record:
        record.add(*(MeetingHeld(f"m{n}", on=DAY) for n in range(200)), source=OFFICIAL)
        states = {subject: [State()] for subject in record.states_by_subject()}
        rows = timeline_rows.timeline_rows(timeline_rows.TimelineInput(record.occurrences, (), (), (), (), states))
    assert (len(rows.rows), rows.left_out) == (40, 160)
    assert read[0] <= 10 * len(states)


# ---- pages ----


def test_a_thousand_documents_about_one_subject(tmp_path, monkeypatch):
    """A dossier and a page list each of them once, and compare none with all."""
    with ps.open(":memory:") as record:
        for n in range(1_000):
            event = MeetingHeld("m", on=DAY + timedelta(n % 3), title=f"Title {n}")
            record.add(event, source=ps.Source(f"Agency {n}", published="2020-02-01"), note=f"note {n}")
        compared, equal = [0], ps.Source.__eq__

        def counted(self, other):
            compared[0] += 1
            return equal(self, other)

        monkeypatch.setattr(ps.Source, "__eq__", counted)
        told = str(record.dossier("meeting:m"))
        record.page(tmp_path / "page.html")
    assert compared[0] <= 50_000
    assert all(told.count(f"note: note {n}\n") <= 1 for n in range(1_000))
    assert told.count("note: note ") == 1_000
    page = (tmp_path / "page.html").read_text("utf-8")
    assert page.count("Agency 999,") >= 1
