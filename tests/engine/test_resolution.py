"""Which value is chosen where sources differ."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import partnership as ps
from partnership.engine import resolution
from partnership.engine.resolution import _covered, _covers, _equivalence_clusters, _finest_values
from partnership.events import (
    CommitmentMade,
    CommitmentProgressReported,
    CredentialsPresented,
    DocumentPlanned,
    DocumentSigned,
    MeetingHeld,
    MeetingPostponed,
    MeetingScheduled,
    RecurringContributionStated,
    RoleHeld,
    StatisticReported,
)
from partnership.testing import scenario, whens

OFFICIAL = ("2021-09-24", "MFA", "official-release")
NEWS = ("2021-09-24", "TASS", "news")
SIX = ps.Money(6, "USD")


def held(*story, **asked):
    """Return the state of the meeting."""
    return scenario.given(*story).as_of(**asked).meetings["m"]


def on(day, **said):
    """Return the event of the meeting on a day."""
    return MeetingHeld("m", on=day, **said)


def test_an_official_source_and_a_newer_news_agency():
    """The official value is chosen, and the field is disputed."""
    meeting = held(OFFICIAL, on("2021-09-23"), ("2021-09-30", "TASS", "news"), on("2021-09-24"))
    assert (str(meeting.held_on), meeting.disputed) == ("2021-09-23", ("held_on",))


def test_the_policy_newest():
    """The newer value is chosen, and the dispute is the same."""
    meeting = held(OFFICIAL, on("2021-09-23"), ("2021-09-30", "TASS", "news"), on("2021-09-24"), policy=ps.newest)
    assert (str(meeting.held_on), meeting.disputed) == ("2021-09-24", ("held_on",))


def test_a_policy_that_calls_most_official():
    """It gives the same result as the default, whatever the order of the candidates."""
    story = (OFFICIAL, on("2021-09-23"), ("2021-09-30", "TASS", "news"), on("2021-09-24"))
    meeting = held(*story, policy=lambda candidates: ps.most_official(candidates[::-1]))
    assert meeting == held(*story)


def test_a_custom_policy():
    """It chooses any of the candidates."""
    meeting = held(
        OFFICIAL,
        on("2021-09-23"),
        NEWS,
        on("2021-09-24"),
        policy=lambda candidates: max(candidates, key=lambda candidate: str(candidate.value)),
    )
    assert str(meeting.held_on) == "2021-09-24"


def test_a_policy_that_returns_something_else():
    """The error says what a policy must return."""
    with pytest.raises(TypeError, match="must return one of the candidates"):
        held(OFFICIAL, on("2021-09-23"), NEWS, on("2021-09-24"), policy=lambda _: None)


@pytest.mark.parametrize(
    ("first", "second", "chosen", "is_disputed"),
    [
        ("2021-06", "2021-06-28", "2021-06-28", False),
        ("2019-02-19/2019-02-20", "2019-02-20", "2019-02-19/2019-02-20", True),
        ("2016-05", "2016-05-19/2016-05-20", "2016-05-19/2016-05-20", False),
        ("2021-09-24~", "2021-09-23", "2021-09-23", False),
        ("2021-06", "[2021-06-01..2021-06-30]", "2021-06", False),
    ],
)
def test_two_days(first, second, chosen, is_disputed):
    """A vaguer date that covers a finer one is not disputed; a span of days is not vague."""
    official, news = ("2024-01-01", "MFA", "official-release"), ("2024-01-01", "TASS", "news")
    meeting = held(official, on(first), news, on(second))
    assert str(meeting.held_on) == chosen
    assert meeting.disputed == (("held_on",) if is_disputed else ())


def test_a_vaguer_date_that_covers_two_finer_ones():
    """It agrees with both, which disagree with each other, and supports neither."""
    record = scenario.given(
        ("2022-01-01", "A", "official-text"), on("2021"), ("2022-01-01", "B", "news"), on("2021-06-28"),
        ("2022-01-01", "C", "news"), on("2021-07"),
    )  # fmt: skip
    fact = record.occurrences[0].facts["on"]
    assert [str(candidate.value) for candidate in fact.candidates] == ["2021-06-28", "2021-07"]
    assert [item.source.publisher for item in fact.vaguer] == ["A"]
    assert fact.is_disputed


def test_a_vaguer_date_that_covers_one_of_two():
    """It supports that one, and its publisher counts."""
    meeting = held(("2022-01-01", "B", "news"), on("2021-06-28"), ("2022-01-01", "C", "news"), on("2021-07-01"),
                   ("2022-01-01", "D", "news"), on("2021-07"))  # fmt: skip
    assert str(meeting.held_on) == "2021-07-01"


def test_a_copy_of_a_document():
    """It is the same publisher and adds none."""
    meeting = held(
        ("2022-01-01", "A", "news"), on("2021-06-27"), ("2022-01-01", "B", "news"), on("2021-06-28"),
        ps.Source("B", published="2022-01-01", kind="news", via="a mirror"), on("2021-06-28"),
        ("2022-01-01", "C", "news"), on("2021-06-27"),
    )  # fmt: skip
    assert str(meeting.held_on) == "2021-06-27"


def test_a_stated_day_and_an_official_one_that_the_desk_inferred():
    """The stated day is chosen."""
    record = ps.open(":memory:")
    record.add(on("2021-06-27"), source=ps.Source("MFA", published="2022", kind="official-text"), inferred=["on"])
    record.add(on("2021-06-28"), source=ps.Source("Blog", published="2022", kind="op-ed"))
    assert str(record.meetings["m"].held_on) == "2021-06-28"


def test_a_more_certain_value_and_a_more_official_one():
    """The more certain one is chosen."""
    record = ps.open(":memory:")
    official = ps.Source("MFA", published="2022", kind="official-text")
    record.add(on("2021-06-27"), source=official, certainty="approximate")
    record.add(on("2021-06-28"), source=ps.Source("Blog", published="2022", kind="op-ed"))
    assert str(record.meetings["m"].held_on) == "2021-06-28"


def test_a_preference_of_the_desk():
    """Its value is chosen under every built-in policy, for the named field, until it is retracted."""
    record = scenario.given(OFFICIAL, on("1997-07", place="Jakarta"), NEWS, on("1996-07", place="Hanoi"))
    weaker = record.entries(source="TASS")[0]
    preferred = record.prefer(weaker, field="on", reason="the 29th AMM was in 1996")
    assert (str(record.meetings["m"].held_on), record.meetings["m"].place) == ("1996-07", "Jakarta")
    assert str(record.as_of(policy=ps.newest).meetings["m"].held_on) == "1996-07"
    record.retract(preferred)
    assert str(record.meetings["m"].held_on) == "1997-07"
    record.prefer(weaker)
    assert record.meetings["m"].place == "Hanoi"


def test_two_sources_that_nothing_distinguishes():
    """The claim that stands first decides all facts: the result is what one source says, never a mixture."""
    record = scenario.given(
        ("2024-02", "B", "news"), on("2024-01-22", place="Beijing", host="CN", mode="in-person"),
        ("2024-02", "A", "news"), on("2024-01-21", place="Islamabad", host="PK", mode="online"),
    )  # fmt: skip
    meeting = record.meetings["m"]
    assert (str(meeting.held_on), meeting.place, meeting.host, meeting.mode) == (
        "2024-01-21",
        "Islamabad",
        "PK",
        "online",
    )
    assert meeting.disputed == ("held_on", "host", "mode", "place")
    assert "the claim that comes first in alphabetical order decides for all fields" in str(record.why("m"))


def test_two_documents_of_one_publisher_and_day():
    """What they say decides in alphabetical order, once for all fields, and neither their ids nor their order do."""
    stories = [("Zamboanga", "2024-01-21", "PH"), ("Aceh", "2024-01-22", "ID")]
    for said in (stories, stories[::-1]):
        record = ps.open(":memory:")
        for place, day, host in said:
            source = ps.Source("TASS", published="2024-02", kind="news", title=f"On {place}")
            record.add(MeetingHeld("m", on=day, place=place, host=host), source=source)
        meeting = record.meetings["m"]
        assert (str(meeting.held_on), meeting.place, meeting.host) == ("2024-01-21", "Zamboanga", "PH")


def test_a_rule_that_distinguishes_only_one_field():
    """The rule decides that field; the others follow the claim that stands first."""
    meeting = held(
        ("2024-02", "A", "news"), on("2024-01-21", place="Islamabad", host="PK"),
        ("2024-02", "B", "news"), on("2024-01-22", place="Beijing", host="CN"),
        ("2024-02", "C", "news"), on("2024-01-22"),
    )  # fmt: skip
    assert (str(meeting.held_on), meeting.place, meeting.host) == ("2024-01-22", "Islamabad", "PK")


def test_a_vague_claim_that_stands_first():
    """It decides for the finer value with which it agrees."""
    meeting = held(
        ("2024-02", "A", "news"), on("2024-01", place="Islamabad"),
        ("2024-02", "B", "news"), on("2023-12-30", place="Beijing"),
        ("2024-02", "B2", "news"), on("2023-12-30"),
        ("2024-02", "C", "news"), on("2024-01-22"),
    )  # fmt: skip
    assert (str(meeting.held_on), meeting.place) == ("2024-01-22", "Islamabad")


@pytest.mark.parametrize("order", [1, -1])
def test_the_same_days_in_other_words(order):
    """They are one value, in the words of the claim that stands first."""
    june, span = "2021-06", "[2021-06-01..2021-06-30]"
    first, second = (june, span)[::order]
    meeting = held(("2022", "A", "news"), on(first), ("2022", "B", "news"), on(second))
    assert (str(meeting.held_on), meeting.disputed) == (first, ())


@given(
    claims=st.lists(
        st.tuples(
            st.sampled_from(["2024-01-20", "2024-01-21", "2024-01-22"]),
            st.sampled_from(["Aceh", "Bali", "Cebu"]),
            st.sampled_from(["ID", "PH", "VN"]),
        ),
        min_size=2,
        max_size=4,
        unique=True,
    ),
    random=st.randoms(),
)
def test_equally_good_claims_give_what_one_of_them_says(claims, random):
    """Where all sources have one publisher, day and kind, the result is one of the claims, in any order of arrival."""
    documents = [
        (MeetingHeld("m", on=day, place=place, host=host), ps.Source("VNA", published="2024-02", title=str(number)))
        for number, (day, place, host) in enumerate(claims)
    ]
    results = set()
    for _ in range(2):
        random.shuffle(documents)
        with ps.open(":memory:") as record:
            for event, source in documents:
                record.add(event, source=source)
            meeting = record.meetings["m"]
            results.add((str(meeting.held_on), meeting.place, meeting.host))
    assert len(results) == 1
    assert results <= set(claims)


@pytest.mark.parametrize(
    "policy", [ps.most_official, ps.newest, lambda candidates: max(candidates, key=lambda item: item.newest)]
)
@pytest.mark.parametrize("is_preferred", [False, True])
def test_a_part_never_wins_over_a_complete_fact(policy, is_preferred):
    """Neither because it is newer or more official, nor because the desk prefers it, nor under a custom policy."""
    record = scenario.given(
        ("2021-04-02", "VNA", "news"), CommitmentProgressReported("c", as_of="2021-03-30", done=99, total=139),
        ("2021-05-02", "MFA", "official-text"), CommitmentProgressReported("c", as_of="2021-03-30", total=140),
    )  # fmt: skip
    if is_preferred:
        record.prefer(record.entries(source="MFA")[0])
    view = record.as_of(policy=policy)
    row = view.commitments["c"].progress[0]
    assert (row.done, row.total, row.is_disputed) == (ps.Count(99), ps.Count(139), True)
    assert [dispute.rule for dispute in view.disputes()] == ["complete"]


def test_a_sum_without_its_period_and_one_for_each_year():
    """The complete one is believed under the policy that prefers what is newer."""
    record = scenario.given(
        OFFICIAL, RecurringContributionStated("f", by="RU", period="2020", amount=ps.Money(5, "USD"), per="year"),
        ("2022-01-01", "TASS", "news"), RecurringContributionStated("f", by="RU", period="2020", amount=SIX),
    )  # fmt: skip
    (occurrence,) = record.as_of(policy=ps.newest).occurrences
    assert (occurrence.event.amount, occurrence.event.per) == (ps.Money(5, "USD"), "year")


def test_two_parts_of_a_fact():
    """The policy chooses between them."""
    record = scenario.given(
        OFFICIAL, CommitmentProgressReported("c", as_of="2021", done=99, on="2022"),
        ("2022-01-01", "TASS", "news"), CommitmentProgressReported("c", as_of="2021", done=98),
    )  # fmt: skip
    for policy, done in ((ps.most_official, 99), (ps.newest, 98)):
        assert record.as_of(policy=policy).commitments["c"].progress[0].done == ps.Count(done)


def test_an_exact_figure_and_a_bounded_one():
    """A figure without a bound is exact and complete: a bound does not make another figure the better one."""
    record = scenario.given(
        OFFICIAL, StatisticReported("visitors", period="2019", number=15, unit="million"),
        NEWS, StatisticReported("visitors", period="2019", number=20, unit="million", bound="about"),
    )  # fmt: skip
    assert record.statistics["visitors"].figures[0].number == 15
    assert [dispute.rule for dispute in record.disputes()] == ["nature"]


def test_titles_and_wordings():
    """All are kept, the best source first, and they are never disputed."""
    meeting = held(
        NEWS,
        on("2021-06-28", title="Talks", topics=["trade", "energy"]),
        OFFICIAL,
        on("2021-06-28", title="Consultations", topics=["energy", "health"]),
    )
    assert meeting.titles == ("Consultations", "Talks")
    assert meeting.title == "Consultations"
    assert meeting.topics == ("energy", "health", "trade")
    assert meeting.disputed == ()


def test_ordinals():
    """Different numbers are a dispute, different words for one number are not; all are kept."""
    meeting = held(NEWS, on("2021-06-28", ordinal="19th"), OFFICIAL, on("2021-06-28", ordinal="20th"))
    assert (meeting.ordinals, meeting.disputed) == (("20th", "19th"), ("ordinals",))

    said = ("nineteenth", "19th", "XIX (19)", "special")
    record = scenario.given(*[item for word in said for item in (("2021", word), on("2021-06-28", ordinal=word))])
    assert record.meetings["m"].disputed == ()
    assert set(record.meetings["m"].ordinals) == set(said)


def test_an_ordinal_in_plans_of_one_day():
    """It is disputed in the state and in the list of disputes."""
    record = scenario.given(
        NEWS, MeetingScheduled("m", planned="2022-01", ordinal="fourth"),
        OFFICIAL, MeetingScheduled("m", planned="2022-01", ordinal="third"),
    )  # fmt: skip
    assert record.meetings["m"].disputed == ("ordinals",)
    assert [(dispute.names, dispute.fields) for dispute in record.disputes()] == [(("ordinal",), ("ordinals",))]


@pytest.mark.parametrize(
    ("news", "official", "chairs", "is_disputed"),
    [
        (["S. Lavrov"], ["Wang Yi"], ("Wang Yi",), True),
        (["S. Lavrov", "Retno Marsudi"], ["Wang Yi", "S. Lavrov"], ("Wang Yi", "S. Lavrov"), True),
        (["S. Lavrov", "Wang Yi"], ["Wang Yi"], ("S. Lavrov", "Wang Yi"), False),
        (["S. Lavrov", "Wang Yi"], ["Wang Yi", "S. Lavrov"], ("Wang Yi", "S. Lavrov"), False),
        (["Wang Yi"], [], ("Wang Yi",), False),
    ],
)
def test_chairs(news, official, chairs, is_disputed):
    """They are never united: a shorter list agrees with a longer one, and any other difference is a dispute."""
    meeting = held(NEWS, on("2021-06-28", chairs=news), OFFICIAL, on("2021-06-28", chairs=official))
    assert (meeting.chairs, bool(meeting.disputed)) == (chairs, is_disputed)


@given(
    lists=st.lists(st.lists(st.sampled_from(["A", "B", "C"]), min_size=1, unique=True), min_size=2, max_size=4),
)
def test_chairs_are_those_of_one_source(lists):
    """The chosen list is one that a source gives, and no source gives a longer one that includes it."""
    with ps.open(":memory:") as record:
        for number, names in enumerate(lists):
            record.add(on("2021-06-28", chairs=names), source=ps.Source(f"P{number}", published="2021-07"))
        chairs = record.meetings["m"].chairs
    assert list(chairs) in lists
    assert not any(set(chairs) < set(names) for names in lists)
    is_disputed = not any(set().union(*lists) == set(names) for names in lists)
    assert bool(record_disputes(lists)) == is_disputed


def record_disputes(lists):
    """Return the disputes of a record in which sources name these chairs."""
    story = [item for number, names in enumerate(lists) for item in (("2021-07", f"P{number}"), on(None, chairs=names))]
    return scenario.given(*story).disputes()


def test_who_signed_and_who_received_credentials():
    """Persons are facts: two sources that name different ones differ."""
    record = scenario.given(
        NEWS, DocumentSigned("mou", on="2021-02-19", signed_by="Lim Jock Hoi"),
        CredentialsPresented("envoy", holder="RU", to="Lim Jock Hoi"),
        OFFICIAL, DocumentSigned("mou", on="2021-02-19", signed_by="Kao Kim Hourn"),
        CredentialsPresented("envoy", holder="RU", to="Kao Kim Hourn"),
    )  # fmt: skip
    assert [(dispute.subject, dispute.names) for dispute in record.disputes()] == [
        ("document:mou", ("signed_by",)),
        ("role:envoy", ("to",)),
    ]
    assert record.documents["mou"].acts[0].signed_by == ("Kao Kim Hourn",)
    assert record.documents["mou"].acts[0].is_disputed


def test_figures_that_are_one_fact():
    """A complete fact wins over a part, however official the part."""
    record = scenario.given(
        ("2021-04-02", "MFA", "official-text"), CommitmentProgressReported("c", as_of="2021-03-30", done=98),
        ("2021-04-02", "VNA", "news"), CommitmentProgressReported("c", as_of="2021-03-30", done=99, total=139),
        ("2021-04-02", "TASS", "news"), CommitmentProgressReported("c", as_of="2021-03-30", total=139),
    )  # fmt: skip
    row = record.commitments["c"].progress[0]
    assert (row.done, row.total, row.is_disputed) == (ps.Count(99), ps.Count(139), True)


def test_a_part_that_agrees_with_the_whole():
    """There is no dispute."""
    record = scenario.given(
        NEWS, CommitmentProgressReported("c", as_of="2021", done=99),
        OFFICIAL, CommitmentProgressReported("c", as_of="2021", done=99, total=139),
    )  # fmt: skip
    assert not record.commitments["c"].progress[0].is_disputed


def test_amounts_with_bounds():
    """An amount told as "over" covers a more exact one; another currency is another amount."""
    over = CommitmentMade("c", amount=ps.Money("8000000", "USD", "at-least"), by="RU")
    exact = CommitmentMade("c", amount=ps.Money("8130000", "USD"), by="RU")
    euros = CommitmentMade("c", amount=ps.Money("8130000", "EUR"), by="RU")
    assert scenario.given(NEWS, over, OFFICIAL, exact).commitments["c"].disputed == ()
    assert scenario.given(NEWS, exact, OFFICIAL, euros).commitments["c"].disputed == ("amount",)


def test_plans_published_on_two_days():
    """The newer plan replaces the older one, however official that was, without a dispute: plans change."""
    record = scenario.given(
        ("2020-01-10", "MFA", "official-text"), MeetingScheduled("m", planned="2020-12"),
        ("2020-11-10", "TASS", "news"), MeetingScheduled("m", planned="2021-03"),
    )  # fmt: skip
    meeting = record.meetings["m"]
    assert [str(plan.planned) for plan in meeting.expected] == ["2021-03"]
    assert [str(day) for day in meeting.previous_dates] == ["2020-12"]
    assert meeting.disputed == ()


def test_different_plans_published_on_one_day():
    """They are disputed."""
    record = scenario.given(
        OFFICIAL, MeetingScheduled("m", planned="2021-12"), NEWS, MeetingScheduled("m", planned="2022-03")
    )
    assert record.meetings["m"].disputed == ("expected",)


def test_two_holders_of_one_role():
    """They are two occurrences, distinguished by the holder, and both stay."""
    record = scenario.given(
        NEWS, RoleHeld("chair", holder="VN", on="2020"), OFFICIAL, RoleHeld("chair", holder="BN", on="2021")
    )
    assert [term.holder for term in record.roles["chair"].terms] == ["VN", "BN"]


@pytest.mark.no_cover
def test_a_thousand_days_for_one_meeting(monkeypatch):
    """No two dates are compared more than once: a thousand take seconds, not minutes."""
    compared = []
    covers = ps.When.covers
    monkeypatch.setattr(ps.When, "covers", lambda day, other: compared.append(day) or covers(day, other))
    days = [ps.When(f"{1000 + year}-{month:02}-28") for year in range(50) for month in range(1, 13)]
    days += [ps.When(f"{1000 + year}-{month:02}") for year in range(34) for month in range(1, 13)]
    record = ps.open(":memory:")
    with record.citing(ps.Source("TASS", published="2022")) as cite:
        cite(*[on(day) for day in days])
    assert len(record.occurrences[0].facts["on"].candidates) >= 500
    assert len(compared) <= len(days) ** 2


@pytest.mark.parametrize(
    "event",
    [
        lambda day: MeetingPostponed("m", on=day),
        lambda day: MeetingPostponed("m", on=f"{day}~"),
        lambda day: MeetingPostponed("m", on=f"{day}?", planned="2023"),
    ],
    ids=["days", "doubtful days", "uncertain days"],
)
def test_many_occurrences_of_one_day_of_publication(event, monkeypatch):
    """A document that tells of 300 days is read without comparing each with each."""
    compared = []
    covers = resolution._covers
    monkeypatch.setattr(resolution, "_covers", lambda value, other: compared.append(value) or covers(value, other))
    record = ps.open(":memory:")
    days = [f"{year}-{month:02}-{day}" for year in (2020, 2021) for month in range(1, 13) for day in range(10, 23)]
    record.add(*map(event, days), source=ps.Source("TASS", published="2022-01-05"))
    assert len(record.occurrences) == len(days)
    assert len(compared) <= 40 * len(days)


VALUES = st.lists(st.tuples(st.none() | whens(), st.none() | st.sampled_from(["a", "b"])), min_size=1, unique=True)


@given(values=VALUES)
@example(values=[(ps.When("2020-05?"), None), (ps.When("2020-05-15/2020-06-20"), None)])
@example(values=[(ps.When("2020-05-10~"), None), (ps.When("2020-05-11"), None)])
@example(values=[(ps.When("2020~"), "a"), (ps.When("2021-01"), "a")])
@example(values=[(ps.When("2020-05-31?"), "b"), (ps.When("[2020-05-31..2020-06-01]"), "b")])
def test_values_that_cover_others(values):
    """What a comparison of each with each finds is found."""
    for value, covered in _covered(values).items():
        by_definition = [other for other in values if _covers(value, other)]
        assert sorted(map(repr, covered)) == sorted(map(repr, by_definition))


@pytest.mark.parametrize(
    ("vague", "exact"),
    [
        ("2020-05?", "2020-05-15/2020-06-20"),
        ("2020-05-10~", "2020-05-11"),
        ("2020~", "2021-01"),
        ("2020-05-31?", "[2020-05-31..2020-06-01]"),
    ],
)
def test_a_doubtful_day_of_one_agency(vague, exact):
    """It is about the same occurrence as a day of another agency that it may mean, beyond its plain days too."""
    other = ("2021-09-24", "VNA", "news"), MeetingPostponed("m", on=exact)
    record = scenario.given(NEWS, MeetingPostponed("m", on=vague), *other)

    assert [len(occurrence.claims) for occurrence in record.occurrences] == [2]


@pytest.mark.parametrize(
    ("days", "supported", "vaguer"),
    [
        (["2021-06", "2021-06-28"], {"2021-06-28": 2}, 0),
        (["2021", "2021-06-28", "2021-07-01"], {"2021-06-28": 1, "2021-07-01": 1}, 1),
        (["2021-06", "2021-06-27", "2021-06-28", "2021-07-01"], {"2021-06-27": 2, "2021-06-28": 2, "2021-07-01": 1}, 0),
    ],
)
def test_which_values_a_vaguer_claim_supports(days, supported, vaguer):
    """Those that it covers, but none if it covers all of several."""
    record = ps.open(":memory:")
    for number, day in enumerate(days):
        record.add(MeetingHeld("m", on=day), source=ps.Source(f"Agency {number}", published="2022"))
    fact = record.occurrences[0].facts["on"]
    assert {str(candidate.value): len(candidate.evidence) for candidate in fact.candidates} == supported
    assert len(fact.vaguer) == vaguer


def _finest_by_definition(values):
    return [
        value for value in values if not any(_covers(value, other) and not _covers(other, value) for other in values)
    ]


AMOUNTS = st.builds(
    ps.Money,
    st.sampled_from(["1", "2", "3"]),
    st.just("USD"),
    st.sampled_from(["exact", "at-least", "at-most", "about"]),
)
PARTS = st.tuples(st.none() | st.integers(0, 2), st.none() | st.integers(0, 2))


@given(
    values=st.lists(whens(), unique=True, max_size=8) | st.lists(AMOUNTS, unique=True) | st.lists(PARTS, unique=True)
)
def test_finest_values_and_equivalence_clusters(values):
    """They are those of the definition, and the values of a class cover one another."""
    assert _finest_values(values) == _finest_by_definition(values)
    classes = _equivalence_clusters(_finest_values(values))
    assert sorted(str(value) for class_ in classes for value in class_) == sorted(map(str, _finest_values(values)))
    for class_ in classes:
        assert all(_covers(value, other) for value in class_ for other in class_)


@given(values=st.lists(AMOUNTS | PARTS, min_size=3, max_size=3))
def test_covering(values):
    """It is reflexive and transitive."""
    first, second, third = values
    assert _covers(first, first)
    if type(first) is type(second) is type(third) and _covers(first, second) and _covers(second, third):
        assert _covers(first, third)


@pytest.mark.parametrize("kind", ["op-ed", "news"])
def test_a_document_printed_before_the_first_day(kind):
    """It does not remove the bound that other publications set: what they report in the past tense was over by then."""
    story = [
        ("2020-06-14", "MFA", "official-release"), on("2020-06"),
        ("2020-05-16", "Blog", kind), on("2020-06"),
    ]  # fmt: skip
    assert held(*story, on="2020-06-20").status == "held"
    assert scenario.given(*story).as_of(on="2020-06-13").meetings.get("m") is None


def test_a_premature_document_on_one_of_two_months():
    """Its month is believed with the bound of the later documents that agree."""
    story = [
        ("2020-06-14", "MFA", "official-release"), on("2020-06"),
        ("2020-06-15", "TASS", "news"), on("2020-07-02"),
        ("2020-05-16", "Blog", "op-ed"), on("2020-06"),
    ]  # fmt: skip
    assert held(*story, on="2020-06-20").status == "held"


def test_documents_that_are_all_premature():
    """Nothing bounds the date but itself."""
    record = scenario.given(("2020-05-14", "MFA"), on("2020-06"), ("2020-05-16", "Blog"), on("2020-06"))
    assert record.as_of(on="2020-06-29").meetings.get("m") is None
    assert record.as_of(on="2020-06-30").meetings["m"].status == "held"


# ---- plans and postponements of one day of publication ----


def occurred(record):
    """Return the days of the postponements and the dates that they set, in order."""
    return [
        (str(item.event.on), str(item.event.planned)) for item in record.occurrences if "postponed" in item.event.name
    ]


def test_one_report_of_two_plans_and_two_postponements():
    """Each is an occurrence of its own, so that every date but the last is a previous one."""
    record = scenario.given(
        NEWS,
        MeetingScheduled("m", on="2021-01-10", planned="2021-02-20"),
        MeetingPostponed("m", on="2021-02-15", planned="2021-03-20"),
        MeetingScheduled("m", on="2021-03-01", planned="2021-05-20"),
        MeetingPostponed("m", on="2021-05-10", planned="2021-06-20"),
    )
    meeting = record.meetings["m"]

    assert [str(day) for day in meeting.previous_dates] == ["2021-02-20", "2021-03-20", "2021-05-20"]
    assert [str(item.planned) for item in meeting.expected] == ["2021-06-20"]
    assert (record.disputes(), record.findings()) == ((), ())


def test_one_report_of_the_background_and_the_news():
    """What it tells without a day is not the postponement that it dates."""
    record = scenario.given(
        NEWS, MeetingPostponed("m", planned="2021-05"), MeetingPostponed("m", on="2021-05-10", planned="2021-10")
    )

    assert sorted(occurred(record)) == [("2021-05-10", "2021-10"), ("None", "2021-05")]
    assert record.meetings["m"].previous_dates == (ps.When("2021-05"),)
    assert [str(item.planned) for item in record.meetings["m"].expected] == ["2021-10"]
    assert (record.disputes(), record.findings()) == ((), ())


@pytest.mark.parametrize(("day", "other"), [("2021-06-28", None), ("2021-06-28", "2021-06"), (None, "2021")])
@pytest.mark.parametrize("is_reversed", [False, True])
def test_two_reports_of_one_postponement(day, other, is_reversed):
    """One with a vaguer day, or with none, is about the same, so that other new dates are a dispute."""
    first = (OFFICIAL, MeetingPostponed("m", on=day, planned="2021-10"))
    second = (NEWS, MeetingPostponed("m", on=other, planned="2021-11"))
    record = scenario.given(*second, *first) if is_reversed else scenario.given(*first, *second)
    (occurrence,) = record.occurrences

    assert (str(occurrence.event.planned), occurrence.disputed) == ("2021-10", ("planned",))
    assert record.meetings["m"].previous_dates == ()


def test_a_report_that_may_be_about_either_of_two():
    """It is an occurrence of its own, and so are the two."""
    record = scenario.given(
        OFFICIAL, MeetingPostponed("m", on="2021-06-10", planned="2021-10"),
        NEWS, MeetingPostponed("m", on="2021-06-28", planned="2021-11"),
        ("2021-09-24", "VNA", "news"), MeetingPostponed("m", on="2021-06", planned="2021-12"),
    )  # fmt: skip

    assert sorted(occurred(record)) == [("2021-06", "2021-12"), ("2021-06-10", "2021-10"), ("2021-06-28", "2021-11")]


def test_equal_days_in_different_words():
    """They are one, and a vaguer day joins them."""
    story = [
        part
        for place, day in enumerate(["2021-06", "[2021-06-01..2021-06-30]", "2021", None])
        for part in (("2021-09-24", f"agency {place}"), MeetingPostponed("m", on=day, planned="2021-10"))
    ]
    record = scenario.given(*story)

    assert [occurrence.key for occurrence in record.occurrences] == [("2021-09-24", "2021-06")]
    assert len(record.occurrences[0].claims) == 4


def test_planned_acts_of_one_report():
    """Each act is planned for a day of its own; a report that names no act is about the only one."""
    two = (
        DocumentPlanned("d", act="sign", planned="2021-11-15"),
        DocumentPlanned("d", act="adopt", planned="2021-10-31"),
    )
    one = DocumentPlanned("d", act="sign", planned="2021-11-15")
    other = ("2021-09-24", "VNA", "news"), DocumentPlanned("d", planned="2021-12-15")

    assert [occurrence.disputed for occurrence in scenario.given(NEWS, *two).occurrences] == [(), ()]
    assert [occurrence.disputed for occurrence in scenario.given(NEWS, one, *other).occurrences] == [("planned",)]
    assert len(scenario.given(NEWS, *two, *other).occurrences) == 3


@given(st.lists(st.tuples(st.sampled_from(["TASS", "VNA", "MFA"]), whens() | st.none()), min_size=1, max_size=6))
def test_any_reports_of_one_day(reports):
    """Every claim is in one occurrence, in which some day is covered by all; two occurrences can be told apart."""
    story = [part for publisher, day in reports for part in (("2020-09-24", publisher), MeetingPostponed("m", on=day))]
    record = scenario.given(*story)
    claims = [claim for occurrence in record.occurrences for claim in occurrence.claims]

    assert sorted(claims) == sorted({entry.claim.id for entry in record.entries()})
    assert len({occurrence.key for occurrence in record.occurrences}) == len(record.occurrences)
    for occurrence in record.occurrences:
        days = [item.event.on for item in occurrence.evidence]
        assert any(all(day is None or (finest and day.covers(finest)) for day in days) for finest in days)
        assert occurrence.disputed == ()


@pytest.mark.no_cover
def test_a_thousand_postponements_told_on_one_day():
    """They are told apart."""
    days = [ps.When(f"{1000 + year}-{month:02}") for year in range(50) for month in range(1, 13)]
    days += [ps.When(f"{1000 + year}-{month:02}-28") for year in range(34) for month in range(1, 13)]
    story = [
        part for place, day in enumerate(days) for part in (("2020-09-24", f"p{place}"), MeetingPostponed("m", on=day))
    ]
    record = scenario.given(*story)
    assert len(record.occurrences) == 600


def test_a_premature_report_of_a_day_that_tells_counts_apart():
    """It leaves the bound that a later document sets, as where the day is no part of the identity."""
    with ps.open(":memory:") as record:
        for publisher, published in (("Blog", "2020-05-16"), ("Ministry", "2020-06-14")):
            event = CommitmentProgressReported("vaccines", as_of="2020-06", done=1, total=2)
            record.add(event, source=ps.Source(publisher, published=published))

        assert [str(item.latest) for item in record.occurrences] == ["2020-06-14"]
        assert record.as_of(on="2020-06-20").commitments["vaccines"].progress
