"""What became of each plan."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from hypothesis import given as generated
from hypothesis import settings
from tests.testing.exhibitions import ExhibitionAnnounced, ExhibitionOpened, exhibitions

import partnership as ps
from partnership.errors import InvalidValue
from partnership.events import (
    AnniversaryAnnounced,
    CommitmentMade,
    CommitmentSuperseded,
    CommitmentWithdrawn,
    CourseCancelled,
    CourseHeld,
    CoursePlanned,
    DeliveryReported,
    DialogueConceptAgreed,
    DialogueEnded,
    DialogueLaunched,
    DocumentNotAdopted,
    DocumentPlanned,
    DocumentSigned,
    EnteredIntoForce,
    ExternalEventPlanned,
    ExternalEventReported,
    FundContributionPledged,
    FundContributionReceived,
    MeetingCancelled,
    MeetingConvened,
    MeetingDateNotAgreed,
    MeetingHeld,
    MeetingPostponed,
    MeetingReplaced,
    MeetingRescheduled,
    MeetingScheduled,
    MemberAdmitted,
    MembershipAgreedInPrinciple,
    MissionOpened,
    MissionPlanned,
    ObserverGranted,
    ProjectAppraised,
    ProjectApproved,
    ProjectCancelled,
    ProjectCompleted,
    ProjectCompletionPlanned,
    ProjectLaunched,
    ProjectPlanned,
    ProjectResumed,
    ProjectSuspended,
    RoleExpected,
    RoleHeld,
    RotationChanged,
    VisitAnnounced,
    VisitCancelled,
    VisitMade,
)
from partnership.testing import histories, ticking, write
from partnership.testing.scenario import given

FIRST, SECOND, THIRD = ("2020-11-16", "VNA", "news"), ("2021-01-10", "TASS", "news"), ("2021-03-05", "MFA", "news")
DAY = "2021-06-01"
AGAIN = "planned again after it was cancelled (January 2021)"
TIMOR = {"bloc": "ASEAN", "member": "TL"}


def became(record, day=DAY):
    """Return what became of each plan, with the dates that it had."""
    return [
        (plan.became, [str(when) for when in (*plan.previous_dates, plan.planned)])
        for plan in record.as_of(day).outcomes()
    ]


@pytest.mark.parametrize(
    ("plan", "ending", "words"),
    [
        (MeetingScheduled("a", planned="2020-12"), MeetingHeld("a", on="2020-12-05"), "meeting held, 5 December 2020"),
        (MeetingScheduled("a", planned="2020-12"), MeetingHeld("a"), "meeting held"),
        (MeetingScheduled("a", planned="2020-12"), MeetingCancelled("a"), "meeting cancelled"),
        (MeetingScheduled("a", planned="2020-12"), MeetingReplaced("a", replacement="b"), "meeting replaced"),
        (VisitAnnounced("a", planned="2020-12"), VisitMade("a", on="2021-01"), "visit made, January 2021"),
        (VisitAnnounced("a", planned="2020-12"), VisitCancelled("a", on="2020"), "visit cancelled, 2020"),
        (DocumentPlanned("a", act="sign", planned="2020-12"), DocumentSigned("a", on="2021"), "document signed, 2021"),
        (DocumentPlanned("a", act="adopt", planned="2020-12"), DocumentNotAdopted("a"), "document not adopted"),
        (ProjectPlanned("a", planned="2020-12"), ProjectLaunched("a"), "project launched"),
        (ProjectPlanned("a", planned="2020-12"), ProjectCancelled("a"), "project cancelled"),
        (CommitmentMade("a", by="RU", due="2020-12"), DeliveryReported("a"), "delivery reported"),
        (CommitmentMade("a", by="RU", due="2020-12"), CommitmentWithdrawn("a"), "commitment withdrawn"),
        (CommitmentMade("a", by="RU", due="2020-12"), CommitmentSuperseded("a"), "commitment superseded"),
        (DialogueConceptAgreed("a", planned="2020-12"), DialogueLaunched("a"), "dialogue launched"),
        (DialogueConceptAgreed("a", planned="2020-12"), DialogueEnded("a"), "dialogue ended"),
        (MissionPlanned("a", planned="2020-12"), MissionOpened("a"), "mission opened"),
        (ExternalEventPlanned("a", planned="2020-12"), ExternalEventReported("a"), "external event reported"),
        (RoleExpected("a", holder="MM", planned="2020-12"), RoleHeld("a", holder="MM", on="2021"), "role held, 2021"),
        (RoleExpected("a", holder="MM", planned="2020-12"), RotationChanged("a", instead_of="MM"), "rotation changed"),
        (ExhibitionAnnounced("a", planned="2020-12"), ExhibitionOpened("a"), "exhibition opened"),
    ],
    ids=str,
)  # fmt: skip
def test_a_plan_that_an_event_ended(plan, ending, words):
    """Of every kind, a user's own too: the event says what became of it, with its date and who reports it."""
    record = given(FIRST, plan, SECOND, ending, kinds=[exhibitions])
    assert became(record) == [(words, ["2020-12"])]
    (row,) = record.as_of(DAY).outcomes()
    assert (row.standing, row.outcome) == ("ended", ending.name)
    assert [source.publisher for source in (*row.sources, *row.outcome_sources)] == ["VNA", "TASS"]
    assert {*row.claims, *row.outcome_claims} == {entry.claim.id for entry in record.entries()}
    assert str(row).endswith(
        f"planned December 2020, said by VNA, 16 November 2020; {words}, said by TASS, 10 January 2021"
    )


@pytest.mark.parametrize(
    "plan", [MeetingScheduled("a"), VisitAnnounced("a", is_undated=True), DocumentPlanned("a", act="sign")]
)
def test_a_plan_without_a_date(plan):
    """It is open until an event ends it; then it was planned without a date."""
    record = given(FIRST, plan)
    assert became(record) == [("open without a date since 16 November 2020", ["None"])]
    kind = plan.kind.capitalize()
    ending = {"Meeting": MeetingHeld, "Visit": VisitMade, "Document": DocumentSigned}[kind]("a", on="2021-01-09")
    record.add(ending, source=ps.Source("TASS", published="2021-01-10"))
    (row,) = record.outcomes()
    assert (row.outcome, row.planned, row.standing) == (ending.name, None, "ended")
    assert "planned without a date since 16 November 2020" in str(row)


@pytest.mark.parametrize(
    ("planned", "day", "words"),
    [
        ("2021-12", DAY, "to come"),
        ("2021-04", DAY, "overdue since the end of April 2021"),
        ("2021-05~", DAY, "perhaps overdue since about May 2021"),
        ("2020-11-19/2020-11-20", DAY, "overdue since 20 November 2020"),
    ],
)
def test_an_open_plan(planned, day, words):
    """It stands where `overdue` and `calendar` have it, in the same words."""
    record = given(FIRST, MeetingScheduled("a", planned=planned, title="Conference"))
    assert became(record, day) == [(words, [planned])]
    view = record.as_of(day)
    assert [str(row) for row in view.outcomes()] == str(view.calendar()).split("\n")


def test_a_plan_that_is_only_hoped_for():
    """It lapsed, since nobody undertook it."""
    record = given(FIRST, MeetingScheduled("a", planned="2021-02", force="hoped"))
    assert became(record) == [("lapsed since the end of February 2021", ["2021-02"])]


def test_a_plan_that_moved():
    """It is one row, with all its dates, the first one first."""
    story = (FIRST, MeetingScheduled("a", planned="2020-12"), SECOND, MeetingPostponed("a", planned="2021-03"))
    assert became(given(*story)) == [("overdue since the end of March 2021", ["2020-12", "2021-03"])]
    assert became(given(*story, THIRD, MeetingPostponed("a"))) == [
        ("open without a date since 5 March 2021", ["2020-12", "2021-03", "None"])
    ]
    held = given(*story, THIRD, MeetingHeld("a", on="2021-03-04"))
    assert became(held) == [("meeting held, 4 March 2021", ["2020-12", "2021-03"])]
    assert str(*held.outcomes()) == (
        "ended: meeting:a: planned March 2021, said by TASS, 10 January 2021; planned before for December 2020; "
        "meeting held, 4 March 2021, said by MFA, 5 March 2021"
    )
    assert became(held, "2021-02-01") == [("to come", ["2020-12", "2021-03"])]
    assert became(held, "2020-12-01") == [("to come", ["2020-12"])]


def test_a_date_that_was_not_agreed_on():
    """The plan is open without one, until it is met."""
    story = (FIRST, MeetingScheduled("a", planned="2020-12"), SECOND, MeetingDateNotAgreed("a"))
    assert became(given(*story)) == [("open without a date since 10 January 2021", ["2020-12", "None"])]
    assert became(given(*story, THIRD, MeetingHeld("a"))) == [("meeting held", ["2020-12", "None"])]


def test_a_plan_that_was_put_off_without_a_date_and_then_met():
    """The dates before stand beside what became of it."""
    record = given(
        FIRST, MeetingScheduled("a", planned="2020-12"), SECOND, MeetingPostponed("a"), THIRD, MeetingHeld("a")
    )
    assert became(record) == [("meeting held", ["2020-12", "None"])]


@pytest.mark.parametrize(
    "again", [MeetingRescheduled("a", planned="2021-09"), MeetingScheduled("a", planned="2021-09")], ids=str
)
def test_a_plan_that_was_called_off_and_made_again(again):
    """It has moved."""
    record = given(FIRST, MeetingScheduled("a", planned="2020-12"), SECOND, MeetingCancelled("a"), THIRD, again)
    assert became(record) == [("to come", ["2020-12", "2021-09"])]


def test_a_plan_that_was_called_off_and_made_again_for_the_same_day():
    """It stands."""
    record = given(
        FIRST, MeetingScheduled("a", planned="2021-12"), SECOND, MeetingCancelled("a"),
        THIRD, MeetingScheduled("a", planned="2021-12"),
    )  # fmt: skip
    assert [words for words, _ in became(record)] == ["to come"]


def test_a_plan_without_a_date_that_was_called_off_and_made_again():
    """It is one plan."""
    record = given(
        FIRST, MeetingScheduled("a"), SECOND, MeetingCancelled("a"), THIRD, MeetingScheduled("a", planned="2021-12")
    )
    assert became(record) == [("to come", ["2021-12"])]


@pytest.mark.parametrize(
    ("plan", "step", "ending"),
    [
        (MeetingScheduled("a", planned="2021-02"), MeetingReplaced("a", replacement="b"), MeetingHeld("a")),
        (MembershipAgreedInPrinciple("a", **TIMOR), ObserverGranted("a", **TIMOR), MemberAdmitted("a", **TIMOR)),
        (ProjectPlanned("a"), ProjectAppraised("a"), ProjectLaunched("a")),
        (ProjectPlanned("a"), ProjectApproved("a"), ProjectCancelled("a")),
    ],
    ids=str,
)
def test_a_step_that_does_not_end_a_plan(plan, step, ending):
    """It is the newest that is known of it, until something says that the plan is over."""
    record = given(FIRST, plan, SECOND, step)
    assert [row.outcome for row in record.outcomes()] == [step.name]
    record.add(ending, source=ps.Source("MFA", published="2021-03-05"))
    assert [row.outcome for row in record.outcomes()] == [ending.name]


def test_a_suspended_plan():
    """What suspends it ends it, until it goes on."""
    story = (FIRST, ProjectPlanned("a", planned="2021-12"), SECOND, ProjectSuspended("a"))
    assert became(given(*story)) == [("project suspended", ["2021-12"])]
    planned = (FIRST, ProjectCompletionPlanned("a", planned="2021-12"), SECOND, ProjectSuspended("a"))
    assert became(given(*planned, THIRD, ProjectResumed("a"))) == [("to come", ["2021-12"])]


def test_what_was_held_although_it_was_cancelled():
    """The outcome that the state has is the one that counts."""
    record = given(
        FIRST, MeetingScheduled("a", planned="2021-02"), SECOND, MeetingCancelled("a", on="2021-01-10"),
        THIRD, MeetingHeld("a", on="2021-03-01"),
    )  # fmt: skip
    assert became(record) == [("meeting held, 1 March 2021", ["2021-02"])]


def test_a_meeting_that_convened_and_was_held():
    """The last of its outcomes counts."""
    record = given(
        FIRST, MeetingScheduled("a", planned="2021-01"), SECOND, MeetingConvened("a", on="2021-01-09"),
        THIRD, MeetingHeld("a", on="2021-01-09/2021-01-12"),
    )  # fmt: skip
    assert became(record) == [("meeting held, 9 to 12 January 2021", ["2021-01"])]


def test_sources_that_differ_on_the_outcome():
    """It is marked: whether it took place, or when."""
    story = (FIRST, MeetingScheduled("a", planned="2020-12"), SECOND, MeetingHeld("a", on="2020-12-05"))
    when = given(*story, THIRD, MeetingHeld("a", on="2020-12-06"))
    assert [words for words, _ in became(when)] == ["meeting held, 6 December 2020 (sources differ)"]
    whether = given(*story, ("2021-01-10", "MFA", "official-release"), MeetingCancelled("a", on="2020-12-05"))
    assert [words for words, _ in became(whether)] == ["meeting cancelled, 5 December 2020 (sources differ)"]
    where = given(*story, SECOND, MeetingHeld("a", place="Hanoi"), THIRD, MeetingHeld("a", place="Hue"))
    assert [words for words, _ in became(where)] == ["meeting held, 5 December 2020"]


def test_several_dates():
    """Each is met, called off, or open by itself."""
    record = given(
        FIRST, CoursePlanned("a", planned="{2020-12,2021-02,2021-04}"),
        SECOND, CourseHeld("a", on="2020-12"), CourseCancelled("a", planned="2021-02"),
    )  # fmt: skip
    assert became(record) == [
        ("course held, December 2020", ["2020-12"]),
        ("course cancelled", ["2021-02"]),
        ("overdue since the end of April 2021", ["2021-04"]),
    ]


def test_several_dates_that_are_called_off_at_once():
    """None of them is an earlier date of another."""
    record = given(FIRST, MeetingScheduled("a", planned="{2020-12,2021-02}"), SECOND, MeetingCancelled("a"))
    assert became(record) == [("meeting cancelled", ["2020-12"]), ("meeting cancelled", ["2021-02"])]


def test_several_acts():
    """Each has a row."""
    record = given(
        FIRST, DocumentPlanned("a", act="sign", planned="2020-12"),
        DocumentPlanned("a", act="ratify", by="RU", planned="2021-02"),
        DocumentPlanned("a", act="enter-into-force", planned="2021-12"),
        SECOND, DocumentSigned("a", on="2021-01-08"),
    )  # fmt: skip
    assert became(record) == [
        ("document signed, 8 January 2021", ["2020-12"]),
        ("overdue since the end of February 2021", ["2021-02"]),
        ("to come", ["2021-12"]),
    ]
    record.add(EnteredIntoForce("a", on="2021-05-01"), source=ps.Source("MFA", published="2021-05-02"))
    assert ("entered into force, 1 May 2021", ["2021-12"]) in became(record)


def test_the_start_and_the_completion_of_a_project():
    """What completes it does not say that it did not start."""
    record = given(
        FIRST, ProjectPlanned("a", planned="2020-12"), ProjectCompletionPlanned("a", planned="2021-03"),
        SECOND, ProjectLaunched("a"), THIRD, ProjectCompleted("a"),
    )  # fmt: skip
    assert became(record) == [("project launched", ["2020-12"]), ("project completed", ["2021-03"])]


def test_a_turn_that_went_to_another():
    """The plan of the one is ended, with who owed it; that of the other is a plan of its own."""
    record = given(
        FIRST, RoleExpected("a", holder="MM", planned="2026"),
        SECOND, RotationChanged("a", instead_of="MM", holder="PH", planned="2026"),
    )  # fmt: skip
    assert became(record) == [("rotation changed", ["2026"]), ("to come", ["2026"])]
    assert [row.owed_by for row in record.outcomes()] == [("MM",), ("PH",)]


def test_two_contributions_that_look_alike():
    """Each is a row: the one that was received, and the one that is due."""
    pledges = [FundContributionPledged("a", by="RU", part=part, due="2021-02") for part in ("one", "two")]
    record = given(FIRST, *pledges, SECOND, FundContributionReceived("a", by="RU", part="one"))
    assert sorted(words for words, _ in became(record)) == [
        "fund contribution received",
        "overdue since the end of February 2021",
    ]


def test_what_no_party_owes():
    """An election or an anniversary is a row after its day too, and never overdue."""
    record = given(FIRST, ExternalEventPlanned("a", planned="2021-02"), AnniversaryAnnounced("b", planned="2022"))
    assert became(record) == [("past", ["2021-02"]), ("to come", ["2022"])]
    assert [str(row).partition(":")[0] for row in record.as_of(DAY).outcomes()] == ["past", "context"]


def test_the_title_that_came_with_the_outcome():
    """It is that of the subject as it is known now."""
    record = given(FIRST, MeetingScheduled("a", planned="2020-12"), SECOND, MeetingHeld("a", title="Conference"))
    assert [row.title for row in record.outcomes()] == ["Conference"]


def test_a_plan_that_was_restated():
    """It is one row, with all who announced it."""
    record = given(
        FIRST, MeetingScheduled("a", planned="2021-02"), SECOND, MeetingScheduled("a", planned="2021-02"),
        THIRD, MeetingHeld("a"),
    )  # fmt: skip
    assert became(record) == [("meeting held", ["2021-02"])]
    assert [source.publisher for source in record.outcomes()[0].sources] == ["TASS", "VNA"]


@pytest.mark.parametrize(
    ("times", "subjects"),
    [
        ({"since": "2021-01-01"}, ["late", "vague", "moved"]),
        ({"until": "2020-12-31"}, ["early", "late", "moved", "open"]),
        ({"since": "2020-12-20", "until": date(2020, 12, 31)}, ["late"]),
        ({"since": "2022-01-01"}, ["moved"]),
        ({"since": "2023-01-01"}, []),
    ],
)
def test_the_plans_of_a_time(times, subjects):
    """They are those of which one of the dates may be in it; of one without a date, the day it was announced."""
    record = given(
        FIRST, MeetingScheduled("moved", planned="2020-12-07"), MeetingScheduled("early", planned="2020-12-01"),
        MeetingScheduled("late", planned="2020-12-31/2021-01-02"), MeetingScheduled("vague", planned="2021"),
        MeetingScheduled("open"), SECOND, MeetingPostponed("moved", planned="2022-05"),
    )  # fmt: skip
    assert [row.subject.removeprefix("meeting:") for row in record.outcomes(**times)] == subjects


@pytest.mark.parametrize(
    ("ending", "years"),
    [
        ([], [2020]),
        ([DocumentSigned("plan", on="2022-10-28")], [2020, 2022]),
        ([DocumentSigned("plan")], [2020, 2023]),
        ([DocumentNotAdopted("plan", on="2022-02")], [2020, 2022]),
    ],
)
def test_a_plan_without_a_date_in_each_year(ending, years):
    """It is there in the year in which it was announced, and in the one of its outcome, or of the report of that."""
    record = given(FIRST, DocumentPlanned("plan"), ("2023-01-02", "TASS", "news"), *ending)
    assert [year for year in range(2019, 2025) if record.outcomes(f"{year}-01-01", f"{year}-12-31")] == years


def test_a_plan_that_is_told_later_than_its_outcome():
    """It is not in the year of the report, in which nothing was planned any more."""
    record = given(FIRST, MissionPlanned("a"), MissionOpened("a", on="2010-06"))
    assert [year for year in (2010, 2020) if record.outcomes(f"{year}-01-01", f"{year}-12-31")] == [2010]


@pytest.mark.parametrize(
    ("earlier", "later", "words"),
    [
        (
            MeetingCancelled("a", on="2021-01-05"),
            MeetingScheduled("a", planned="2021-12"),
            "planned again after it was cancelled (5 January 2021)",
        ),
        (MeetingCancelled("a"), MeetingScheduled("a", planned="2021-12"), ""),
        (MeetingPostponed("a", on="2020", planned="2021-12"), None, "postponed (2020)"),
        (MeetingScheduled("a", planned="2020-12"), MeetingPostponed("a", on="2021-01", planned="2021-12"), ""),
        (MeetingPostponed("a", on="2020-10"), None, ""),
        (
            VisitCancelled("a", on="2021-01"),
            VisitAnnounced("a", planned="2021-12"),
            AGAIN,
        ),
        (CourseCancelled("a", on="2021-01"), CoursePlanned("a", planned="2021-12"), AGAIN),
        (ProjectCancelled("a", on="2021-01"), None, ""),
    ],
)
def test_a_plan_that_was_put_off_or_cancelled_before(earlier, later, words):
    """It says so, unless the dates that were planned before tell it."""
    record = given(SECOND, earlier, THIRD, *([later] if later else []))
    assert "; ".join(row.put_off for row in record.outcomes()) == words


def test_a_time_that_ends_before_it_begins():
    """It is refused."""
    with pytest.raises(InvalidValue, match="'2020-12-01' is before 2020-12-02; give the earlier day first"):
        given().outcomes(since="2020-12-02", until="2020-12-01")


def test_no_plan():
    """There is no row."""
    assert given(FIRST, MeetingHeld("a", on="2020-11-01")).outcomes() == ()


def test_the_table():
    """It has a row for each plan, and the columns of planned items before those of the outcome."""
    record = given(
        FIRST, MeetingScheduled("a", planned="2020-12"), SECOND, MeetingHeld("a", on="2020-12-05"),
        MeetingScheduled("b", planned="2021-12"),
    )  # fmt: skip
    table = ps.table_of("outcomes", record)
    assert [(row["subject"], row["outcome"], str(row["outcome_on_latest"])) for row in table.dicts()] == [
        ("meeting:a", "meeting-held", "2020-12-05"), ("meeting:b", None, "None"),
    ]  # fmt: skip
    planned = ps.table_of("upcoming", record.as_of(DAY)).headings
    assert table.headings[: len(planned)] == planned
    assert ps.table_of((), record, "outcomes").headings == table.headings
    assert ps.table_of(record.outcomes(), record).name == "outcomes"


def test_in_a_notebook():
    """What became of a plan stands beside it, with who reports that."""
    record = given(FIRST, MeetingScheduled("a", planned="2020-12"), SECOND, MeetingCancelled("a"))
    shown = record.outcomes()._repr_html_()
    assert "meeting cancelled<br>TASS, 10 January 2021" in shown
    assert "December 2020" in shown


# ---- laws ----


def plans_of(calendar):
    """Return the plans of a calendar as it writes them."""
    return Counter(f"{item.label}: {item}" for item in (*calendar.planned, *calendar.overdue))


@settings(max_examples=min(settings().max_examples, 40))
@generated(history=histories(most=8))
def test_the_plans_of_the_calendar(history):
    """Each is a row once, in the same words, and the rest is ended or owed by no party; nothing later is used."""
    with ps.open(":memory:", clock=ticking()) as record:
        write(record, history)
        for view in (record, record.as_of("2020-06-01"), record.as_of(known="2020-06-15")):
            rows, known = view.outcomes(), {entry.claim.id for entry in view.entries()}
            is_open = [str(row) for row in rows if row.standing not in ("ended", "past")]
            assert Counter(line.partition("; planned before for ")[0] for line in is_open) == plans_of(view.calendar())
            assert all(row.is_context for row in rows if row.standing == "past")
            assert {claim for row in rows for claim in (*row.claims, *row.outcome_claims)} <= known
