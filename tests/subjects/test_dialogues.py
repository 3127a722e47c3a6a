"""Dialogues: preparation, launch, rounds and suspensions."""

from __future__ import annotations

import pytest

import partnership as ps
from partnership.errors import InvalidEvent
from partnership.events import (
    DialogueConceptAgreed,
    DialogueLaunched,
    DialogueMerged,
    DialoguePreparationReported,
    DialogueProposed,
    DialogueResumed,
    DialogueSuspended,
    MeetingHeld,
    MeetingScheduled,
    SeriesMerged,
)
from partnership.subjects.dialogues import Round
from partnership.testing.scenario import finding_slugs, given

INTERFAX = ("2019-06-18", "Interfax", "news")
VNA = ("2020-11-16", "VNA", "news")
TASS = ("2021-09-24", "TASS", "news")
MINISTRY = ("2021-09-24", "MFA of Russia", "official-release")


def round_of(on=None, slug="round-1"):
    """Return a round of the dialogue."""
    return MeetingHeld(slug, on=on, body="dialogue:ict-security")


def dialogue(*story):
    """Record claims about one dialogue, and return its state."""
    return given(*story).dialogues["ict-security"]


def odd(*story):
    """Record claims about one dialogue, and return its findings."""
    return finding_slugs(given(*story), "dialogue:ict-security")


# ---- the usual sequence ----


@pytest.mark.parametrize(
    ("event", "status"),
    [
        (DialogueProposed("ict-security"), "proposed"),
        (DialoguePreparationReported("ict-security"), "preparing"),
        (DialogueConceptAgreed("ict-security"), "agreed"),
        (DialogueLaunched("ict-security"), "launched"),
        (DialogueSuspended("ict-security"), "suspended"),
        (DialogueResumed("ict-security"), "launched"),
        (round_of(), "launched"),
    ],
    ids=lambda value: value.name if isinstance(value, ps.Event) else None,
)
def test_a_single_report(event, status):
    """Each event alone leads to its status, a round to launched."""
    assert dialogue(TASS, event).status == status


def test_a_dialogue_that_goes_as_planned():
    """Proposed, prepared, agreed, launched: each date has a field of its own, and there is no finding."""
    story = [
        INTERFAX, DialogueProposed("ict-security", on="2019-06-18", by="RU", title="Dialogue on ICT security"),
        ("2020-06-18", "VNA", "news"),
        DialoguePreparationReported("ict-security", stage="modalities are worked on", planned="2021"),
        VNA, DialogueConceptAgreed("ict-security", on="2020-11-12", planned="2021-09"),
        TASS, DialogueLaunched("ict-security", on="2021-09-23", place="online", parties=["RU", "ASEAN"], topics="ICT"),
    ]  # fmt: skip
    state = dialogue(*story)

    assert state.status == "launched"
    assert (state.proposed_on, state.agreed_on) == (ps.When("2019-06-18"), ps.When("2020-11-12"))
    assert (state.launched_on, state.place, state.topics) == (ps.When("2021-09-23"), "online", ("ICT",))
    assert (state.stage, state.parties, state.by) == ("modalities are worked on", ("ASEAN", "RU"), ("RU",))
    assert (state.title, state.titles) == ("Dialogue on ICT security", ("Dialogue on ICT security",))
    assert (state.outstanding, state.previous_dates, state.disputed) == ((), (), ())
    assert odd(*story) == set()


def test_the_same_dialogue_on_an_earlier_day():
    """On that day it is in preparation, and its planned date is outstanding."""
    record = given(
        VNA, DialoguePreparationReported("ict-security", planned="2021-06"),
        TASS, DialogueLaunched("ict-security", on="2021-09-23"),
    )  # fmt: skip

    assert record.as_of("2021-02-01").dialogues["ict-security"].status == "preparing"
    assert [one.subject for one in record.as_of("2021-07-15").overdue()] == ["dialogue:ict-security"]
    assert record.overdue() == ()


def test_a_proposal_with_a_day():
    """A proposal is not a plan: nothing is expected."""
    assert dialogue(INTERFAX, DialogueProposed("ict-security", planned="2020")).expected == ()


def test_a_launch_that_is_moved():
    """`previous_dates` has every date planned before."""
    state = dialogue(
        INTERFAX, DialogueConceptAgreed("ict-security", planned="2020"),
        VNA, DialoguePreparationReported("ict-security", planned="2021-06"),
    )  # fmt: skip

    assert [str(one.planned) for one in state.expected] == ["2021-06"]
    assert state.previous_dates == (ps.When("2020"),)


def test_a_preparation_reported_after_the_agreement():
    """The status does not fall from agreed to preparing."""
    state = dialogue(
        INTERFAX, DialogueConceptAgreed("ict-security", on="2019-06-17"),
        VNA, DialoguePreparationReported("ict-security", stage="modalities"),
    )  # fmt: skip

    assert (state.status, state.stage) == ("agreed", "modalities")


def test_two_sources_that_differ_on_the_launch():
    """The ministry wins over the agency, and the date is disputed."""
    story = [
        VNA, DialoguePreparationReported("ict-security"),
        MINISTRY, DialogueLaunched("ict-security", on="2021-09-23"),
        TASS, DialogueLaunched("ict-security", on="2021-09-24"),
    ]  # fmt: skip

    assert dialogue(*story).launched_on == ps.When("2021-09-23")
    assert dialogue(*story).disputed == ("launched_on",)
    assert odd(*story) == {"disputed"}


def test_a_dispute_that_a_retraction_ends():
    """Nothing is disputed."""
    record = given(MINISTRY, DialogueLaunched("ict-security", on="2021-09-23"))
    (report,) = record.add(
        DialogueLaunched("ict-security", on="2021-09-24"), source=ps.Source("TASS", published="2021-09-24")
    )
    assert record.dialogues["ict-security"].disputed == ("launched_on",)

    record.retract(report, reason="that is the day of the report, not of the launch")
    assert record.dialogues["ict-security"].disputed == ()


# ---- rounds ----


def test_a_first_round_without_a_reported_launch():
    """It shows that the dialogue is launched, and not on which day."""
    state = dialogue(
        VNA, DialoguePreparationReported("ict-security"),
        TASS, round_of("2021-06-28"), round_of("2021-09-23", "round-2"),
    )  # fmt: skip

    assert (state.status, state.launched_on) == ("launched", None)
    assert state.rounds == (
        Round("meeting:round-1", ps.When("2021-06-28")),
        Round("meeting:round-2", ps.When("2021-09-23")),
    )


def test_a_launch_without_a_day_before_the_first_round():
    """The date of the round is not that of the launch: no source says so."""
    state = dialogue(VNA, DialogueLaunched("ict-security"), TASS, round_of("2021-09-23"))

    assert (state.status, state.launched_on) == ("launched", None)


def test_a_first_round_without_a_day():
    """The second one does not become the launch."""
    state = dialogue(VNA, round_of(), TASS, round_of("2021-09-23", "round-2"))

    assert (state.status, state.launched_on, len(state.rounds)) == ("launched", None, 2)


def test_a_round_before_the_launch():
    """The launch is the reported one, and the earlier round gives a finding."""
    story = [VNA, round_of("2020-11-10"), TASS, DialogueLaunched("ict-security", on="2021-09-23")]

    assert dialogue(*story).launched_on == ps.When("2021-09-23")
    assert odd(*story) == {"round-before-launch"}


def test_a_round_on_which_sources_differ():
    """The rounds are disputed."""
    state = dialogue(MINISTRY, round_of("2021-09-23"), TASS, round_of("2021-09-24"))

    assert state.disputed == ("rounds",)


def test_a_meeting_of_something_else():
    """It is not a round: neither a planned one, nor one of another body, nor one without a body."""
    record = given(
        TASS, DialogueLaunched("ict-security"), MeetingScheduled("round-1", body="dialogue:ict-security"),
        MeetingHeld("other", body="series:arjcc"), MeetingHeld("lone"),
    )  # fmt: skip

    assert record.dialogues["ict-security"].rounds == ()
    assert list(record.dialogues) == ["ict-security"]


def test_rounds_of_a_dialogue_of_two_names():
    """They are rounds of the one dialogue."""
    record = given(TASS, DialogueLaunched("cyber"), MeetingHeld("round-1", body="dialogue:ict-security"))
    record.same_as("dialogue:cyber", "dialogue:ict-security")

    assert list(record.dialogues) == ["cyber"]

    assert [one.meeting for one in record.dialogues["ict-security"].rounds] == ["meeting:round-1"]


# ---- interruptions ----


@pytest.mark.parametrize(
    ("suspended", "resumed"),
    [("2022-03", "2022-09"), ("2022", "2022-09"), ("2022", "2022"), ("2022~", "2022-09"), (None, "2022-09")],
)
def test_suspended_and_resumed_however_vaguely(suspended, resumed):
    """It is launched again: suspension comes before resumption if the dates do not say which was first."""
    state = dialogue(
        TASS, DialogueLaunched("ict-security", on="2021-09-23"),
        ("2023-01-10", "VNA", "news"),
        DialogueResumed("ict-security", on=resumed),
        DialogueSuspended("ict-security", on=suspended, reason="sanctions"),
    )  # fmt: skip

    assert state.status == "launched"
    assert state.resumed_on == ps.When(resumed)
    assert state.launched_on == ps.When("2021-09-23")
    assert state.reason == "sanctions"


def test_suspended_once_more_after_it_was_resumed():
    """Named episodes are separate occurrences, and the last date decides."""
    state = dialogue(
        TASS, DialogueLaunched("ict-security", on="2021-09-23"),
        ("2024-01-10", "VNA", "news"),
        DialogueSuspended("ict-security", on="2022-03", episode="first"),
        DialogueResumed("ict-security", on="2022-09", episode="first"),
        DialogueSuspended("ict-security", on="2023-05", episode="second"),
    )  # fmt: skip

    assert (state.status, state.suspended_on) == ("suspended", ps.When("2023-05"))
    assert state.disputed == ()


SPRING = ("2022-04-01", "TASS", "news")
AUTUMN = ("2022-10-01", "TASS", "news")
WINTER = ("2022-12-20", "TASS", "news")


def suspended(by=()):
    """Return a suspension, by one side or both."""
    return DialogueSuspended("ict-security", on="2022-03", by=by)


def resumed(by=(), on="2022-09", **said):
    """Return a resumption, by one side or both."""
    return DialogueResumed("ict-security", on=on, by=by, **said)


def sides(*story):
    """Record claims about one dialogue; return its status, and which sides suspend and have resumed it."""
    state = dialogue(*story)
    return state.status, state.suspended_by, state.resumed_by


@pytest.mark.parametrize(
    ("story", "stands"),
    [
        ([suspended()], ("suspended", (), ())),
        ([suspended("RU")], ("suspended", ("RU",), ())),
        ([suspended("RU"), suspended("ASEAN")], ("suspended", ("ASEAN", "RU"), ())),
        ([suspended("RU"), suspended()], ("suspended", (), ())),
        ([suspended("RU"), AUTUMN, resumed("RU")], ("launched", (), ())),
        ([suspended("RU"), AUTUMN, resumed()], ("launched", (), ())),
        ([suspended("RU"), AUTUMN, resumed("ASEAN")], ("suspended", ("RU",), ("ASEAN",))),
        ([suspended(["ASEAN", "RU"]), AUTUMN, resumed("RU")], ("suspended", ("ASEAN",), ("RU",))),
        ([suspended(), AUTUMN, resumed("RU")], ("suspended", (), ("RU",))),
        ([suspended(), AUTUMN, resumed("RU", parties=["ASEAN", "RU"])], ("suspended", (), ("RU",))),
        ([suspended(), AUTUMN, resumed("RU"), WINTER, resumed("ASEAN", "2022-12")], ("launched", (), ())),
    ],
)
def test_which_side_suspends_and_which_resumes(story, stands):
    """If both suspend it and one side resumes it, it stays suspended by the other; no side means both."""
    assert sides(SPRING, *story) == stands


def test_the_other_side_of_a_dialogue_whose_sides_are_known():
    """The state names the side that still suspends it, which may do so again later."""
    known = DialogueLaunched("ict-security", on="2021-09-23", parties=["ASEAN", "RU"])
    story = [TASS, known, SPRING, suspended(), AUTUMN, resumed("RU")]
    again = DialogueSuspended("ict-security", on="2022-12", by="RU", episode="second")

    assert sides(*story) == ("suspended", ("ASEAN",), ("RU",))
    assert dialogue(*story).resumed_on == ps.When("2022-09")
    assert "suspended-by-one-side" in odd(*story)
    assert sides(*story, WINTER, again) == ("suspended", ("ASEAN", "RU"), ())
    assert sides(*story, WINTER, resumed("ASEAN", "2022-12")) == ("launched", (), ())


def test_one_side_that_suspends_alone():
    """It gives a finding until the other does so too, or the dialogue is resumed."""
    alone = [VNA, DialogueProposed("ict-security"), SPRING, suspended("RU")]

    assert odd(*alone) == {"suspended-by-one-side"}
    assert odd(*alone, suspended("ASEAN")) == set()
    assert odd(*alone, AUTUMN, resumed("RU")) == set()


def test_a_launch_that_ends_a_suspension():
    """It is launched, and no side suspends it."""
    launched = DialogueLaunched("ict-security", on="2022-09")
    assert sides(SPRING, suspended("RU"), AUTUMN, launched) == ("launched", (), ())


def test_a_launch_under_another_name():
    """It gives a finding, unless it shares a title with the preparation."""
    story = [VNA, DialoguePreparationReported("ict-security", title="Dialogue on ICT security"), TASS]

    assert odd(*story, DialogueLaunched("ict-security", title="Cyber dialogue")) == {"launched-under-another-name"}
    assert odd(*story, DialogueLaunched("ict-security", title="Dialogue on ICT Security")) == set()
    assert odd(*story, DialogueLaunched("ict-security")) == set()


def test_a_suspended_dialogue_is_not_overdue():
    """Nothing is expected, though a date was planned."""
    record = given(
        INTERFAX, DialoguePreparationReported("ict-security", planned="2020"),
        VNA, DialogueSuspended("ict-security", on="2020-10", by="ASEAN"),
    )  # fmt: skip

    assert record.dialogues["ict-security"].status == "suspended"
    assert record.dialogues["ict-security"].by == ("ASEAN",)
    assert record.overdue() == ()


def test_a_preparation_reported_after_the_launch():
    """The dialogue stays launched, and the late report gives a finding."""
    story = [
        VNA, DialogueProposed("ict-security"),
        TASS, DialogueLaunched("ict-security", on="2021-09-23"),
        ("2021-11-01", "VNA", "news"), DialoguePreparationReported("ict-security", planned="2022"),
    ]  # fmt: skip

    assert dialogue(*story).status == "launched"
    assert dialogue(*story).outstanding == ()
    assert odd(*story) == {"prepared-after-launched"}


# ---- findings ----


def test_a_launch_that_nobody_announced():
    """It is a gap, whatever is reported later; an earlier report closes it."""
    launched = [TASS, DialogueLaunched("ict-security", on="2021-09-23")]
    later = [("2022-09-01", "VNA", "news"), round_of("2022-08-30")]

    assert odd(*launched) == {"launched-unannounced"}
    assert odd(*launched, *later) == {"launched-unannounced"}
    assert odd(*launched, VNA, DialogueProposed("ict-security")) == set()


SUSPENDED = [
    TASS, DialogueProposed("ict-security"),
    ("2022-04-01", "TASS", "news"), DialogueSuspended("ict-security", on="2022-03-20"),
]  # fmt: skip
LATER = ("2023-01-10", "VNA", "news")


def test_a_round_while_it_was_suspended():
    """It gives a finding and stays suspended; even its first round is not a launch."""
    story = [*SUSPENDED, LATER, round_of("2022-05-10")]

    assert dialogue(*story).status == "suspended"
    assert dialogue(*story).launched_on is None
    assert odd(*story) == {"met-while-suspended"}


@pytest.mark.parametrize(
    ("met", "resumed", "odds"),
    [
        ("2022-05-10", "2022-09", {"met-while-suspended"}),  # resumed surely later
        ("2022-11-10", "2022-09", set()),  # surely earlier
        ("2022-05-10", "2022", set()),  # nobody knows
        ("2022-03-20", "2022-09", set()),  # met on the day of the suspension
        ("2022-05-10", "2021-12", {"met-while-suspended"}),  # that was another suspension
    ],
)
def test_a_round_and_a_resumption(met, resumed, odds):
    """A round gives a finding only if it is surely between the two."""
    assert odd(*SUSPENDED, LATER, round_of(met), DialogueResumed("ict-security", on=resumed)) == odds


def test_a_resumption_without_a_suspension():
    """It is a gap."""
    assert odd(VNA, DialogueProposed("ict-security"), TASS, DialogueResumed("ict-security")) == {
        "resumed-without-suspension"
    }


def test_a_dialogue_with_a_wrong_slug():
    """The error suggests the nearest slug."""
    with pytest.raises(InvalidEvent, match="write 'ict-security'"):
        DialogueLaunched("ICT Security")


@pytest.mark.parametrize("merged", [DialogueMerged, SeriesMerged])
def test_merged_into_itself(merged):
    """Nothing continues it then: the other dialogue or series is meant."""
    with pytest.raises(InvalidEvent, match=r"'(dialogue|series):talks' is not merged into itself; name the other one"):
        merged("talks", into="talks")
