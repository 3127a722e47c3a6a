"""The verbs that list: what they print in a pipe, the keys of their JSON, and what their filters keep."""

from __future__ import annotations

import re

import pytest

import partnership as ps
from partnership.events import (
    CommitmentMade,
    CommitmentSpecified,
    CourseHeld,
    CoursePlanned,
    DocumentPlanned,
    MeetingCancelled,
    MeetingHeld,
    MeetingPostponed,
    MeetingScheduled,
    RoleAssumed,
    RoleHeld,
    RoleVacant,
)

DAY = ("--as-of", "2022-06-01")
SOURCE = {"publisher", "published", "kind", "title", "url", "language", "locator", "via", "retrieved"}
DUE = {
    *("subject", "title", "act", "planned", "timing", "is_undated", "force", "since", "previous_dates", "days"),
    *("claims", "is_context", "by", "detail", "put_off", "owed_by", "owed_as_host", "said_by"),
}


# ---- overdue ----


def test_what_is_overdue_and_who_said_that_it_would_come(run, path):
    """The newest first: since when, who owes it, who said so, in whose words, and from which day it moved."""
    assert run("overdue", path, *DAY) == (
        0,
        """\
Overdue on 1 June 2022: 3, the newest first

planned                          what, and who said so
since 10 May 2022                meeting:arsom-2022; planned before for 1 May 2022; said by TASS, 1 April 2022
since the end of 2021            course:vladivostok-biosafety; host Russia (RU); \
said by VNA, 16 November 2020, via VietnamPlus, in the words of Alexander Ivanov
since the end of December 2020   meeting:urban-technologies-2020; [red]x[/red] <script>alert(1)</script> שלום; \
said by VNA, 16 November 2020, via VietnamPlus, in the words of Alexander Ivanov

""",
        "",
    )


@pytest.mark.parametrize(
    ("planned", "words"),
    [
        ("2020-12", "since the end of December 2020"),
        ("2020-12-05", "since 5 December 2020"),
        ("2020", "since the end of 2020"),
        ("../2020-12-05", "by 5 December 2020; since 5 December 2020"),
        ("2020-11-19/2020-11-20", "19 to 20 November 2020; since 20 November 2020"),
        ("[2020-11,2020-12]", "November 2020 or December 2020; since the end of December 2020"),
        ("2020-11-19/", "from 19 November 2020; since 19 November 2020"),
    ],
)
def test_since_when_it_is_overdue(planned, words, run, tmp_path):
    """A plain date stands behind "since"; one of several parts has its last day there, or its first if it has none."""
    path = str(tmp_path / "other.db")
    with ps.open(path) as record:
        record.add(MeetingScheduled("a", planned=planned), source=ps.Source("VNA", published="2020-06-01"))
    code, out, _ = run("overdue", path, *DAY)
    assert (code, re.search(r"^(.*?) {3}meeting:a;", out, re.MULTILINE)[1].strip()) == (0, words)
    assert f"overdue {words.rpartition('; ')[2]} " in run("outcomes", path, *DAY)[1]


def test_who_owes_what_is_overdue(run, values, tmp_path):
    """Who is to act by the plan, or made the commitment; and else the host, who is called so."""
    path = str(tmp_path / "other.db")
    with ps.open(path) as record:
        record.add(
            CommitmentMade("money", by=["RU", "ASEAN"], text="pay", due="2021"),
            CommitmentMade("later", by=["VN"]),
            CommitmentSpecified("later", due="2020"),
            DocumentPlanned("treaty", act="accede", by=["RU"], planned="2019"),
            CoursePlanned("course", planned="2018", host="RU"),
            MeetingScheduled("nobody", planned="2017"),
            source=ps.Source("VNA", published="2016-06-01"),
        )
    lines = run("overdue", path, *DAY)[1].splitlines()[3:-1]
    owed = [re.search(r"; (owed by|host) ([\w, ()]+)", line) for line in lines]
    assert [match and match[0] for match in owed] == [
        "; owed by ASEAN, Russia (RU)", "; owed by Vietnam (VN)", "; owed by Russia (RU)", "; host Russia (RU)", None,
    ]  # fmt: skip
    found = values("overdue", path, *DAY)["overdue"]
    assert [item["owed_by"] for item in found] == [["ASEAN", "RU"], ["VN"], ["RU"], ["RU"], []]


def test_who_is_to_hold_a_role_or_to_meet(values, tmp_path):
    """Whoever is expected, and not the holder of today; those who meet, and not the side that put the meeting off."""
    path = str(tmp_path / "other.db")
    with ps.open(path) as record:
        record.add(
            ps.events.RoleHeld("chair", holder="MY", on="2025"),
            ps.events.RoleExpected("chair", holder="PH", planned="2026"),
            ps.events.RotationChanged("seat", holder="SG", instead_of="MM", by=["MM"], planned="2027"),
            MeetingScheduled("talks", planned="2028", parties=["ASEAN", "CA"]),
            ps.events.MeetingRescheduled("talks", planned="2029", by=["CA"]),
            DocumentPlanned("fta", act="sign", parties=["ASEAN", "CA"], planned="2030"),
            source=ps.Source("VNA", published="2025-06-01"),
        )
    planned = values("calendar", path, "--as-of", "2025-11-29")["planned"]
    assert {item["subject"]: item["owed_by"] for item in planned} == {
        "role:chair": ["PH"], "role:seat": ["SG"], "meeting:talks": ["ASEAN", "CA"], "document:fta": [],
    }  # fmt: skip


def test_nothing_that_is_overdue(run, values, path):
    """It is said, with the day; and that is no failure."""
    assert run("overdue", path, "--as-of", "2020-11-20") == (0, "Nothing is overdue on 20 November 2020.\n", "")
    assert values("overdue", path, "--as-of", "2020-11-20") == {
        "today": "2020-11-20",
        "overdue": [],
        "perhaps_overdue": [],
        "lapsed": [],
        "without_date": [],
    }


def test_a_source_without_a_day(run, tmp_path):
    """It is cited with the day on which it was read, or by its name alone."""
    path = str(tmp_path / "other.db")
    with ps.open(path) as record:
        record.add(MeetingScheduled("a", planned="2020"), source=ps.Source("VNA", retrieved="2020-06-01"))
    assert "said by VNA, read on 1 June 2020\n" in run("overdue", path, *DAY)[1]


def test_what_is_open_without_a_date(run, values, tmp_path):
    """It has a table of its own, as has what is perhaps overdue: with since when, and who said so."""
    path = str(tmp_path / "other.db")
    with ps.open(path) as record:
        vna, tass = (ps.Source(name, published=day) for name, day in (("VNA", "2022-03-01"), ("TASS", "2022-05-01")))
        record.add(
            MeetingScheduled("summit", planned="2022-05-20"), MeetingScheduled("vague", planned="2022-06~"), source=vna
        )
        record.add(MeetingPostponed("summit"), source=tass)
    out = run("overdue", path, "--as-of", "2022-07-31")[1]
    assert out.startswith("Nothing is overdue on 31 July 2022.\n")
    assert "Perhaps overdue on 31 July 2022: 1" in out
    assert "Open without a date on 31 July 2022: 1" in out
    assert "without a date; since 1 May 2022" in out
    found = values("overdue", path, "--as-of", "2022-07-31")
    (perhaps,), (undated,) = found["perhaps_overdue"], found["without_date"]
    assert (perhaps["subject"], perhaps["planned"], perhaps["days"]) == ("meeting:vague", "2022-06~", 31)
    assert (undated["planned"], undated["since"], undated["days"]) == (None, "2022-05-01", 91)
    assert undated["previous_dates"] == ["2022-05-20"]


def test_a_planned_act_that_is_overdue(run, values, tmp_path):
    """It says which act was planned."""
    path = str(tmp_path / "other.db")
    with ps.open(path) as record:
        vna = ps.Source("VNA", published="2022-03-01")
        record.add(DocumentPlanned("pact", act="enter-into-force", planned="2022-05"), source=vna)
    assert "to enter into force;" in run("overdue", path, "--as-of", "2022-07-31")[1]
    assert [one["act"] for one in values("overdue", path, "--as-of", "2022-07-31")["overdue"]] == ["enter-into-force"]


def test_the_keys_of_what_is_overdue(values, path):
    """Each has its plan, how many days it is late, and who said so."""
    found = values("overdue", path, *DAY)
    assert set(found) == {"today", "overdue", "perhaps_overdue", "lapsed", "without_date"}
    assert [set(one) for one in found["overdue"]] == [DUE] * 3
    assert {frozenset(said) for one in found["overdue"] for said in one["said_by"]} == {
        frozenset({"source", "speaker", "certainty"})
    }
    last, _, first = found["overdue"]
    assert set(first["said_by"][0]["source"]) == SOURCE
    assert (first["title"], first["planned"], first["since"], first["days"]) == (
        "[red]x[/red] <script>alert(1)</script> שלום",
        "2020-12",
        "2020-11-16",
        517,
    )
    assert (first["said_by"][0]["speaker"], first["said_by"][0]["certainty"]) == ("Alexander Ivanov", "reported")
    assert (last["previous_dates"], last["title"], last["said_by"][0]["speaker"]) == (["2022-05-01"], None, None)


def test_what_the_desk_corrected(run, values, tmp_path):
    """The document that announced it is cited, with what the desk did; also for who held a role."""
    path = str(tmp_path / "other.db")
    with ps.open(path) as record:
        vna = ps.Source("VNA", published="2020-06-01")
        planned, held = record.add(
            MeetingScheduled("a", planned="2020-11"), RoleHeld("chair", holder="VN", on="2019-01/2019-12"), source=vna,
            speaker="Ivanov",
        )  # fmt: skip
        record.correct(record.correct(planned, planned="2020-12"), place="Sochi")
        record.correct(held, on="2020-01/2020-12")
    said = "said by VNA, 1 June 2020, in the words of Ivanov, corrected by the desk"
    assert f"since the end of December 2020   meeting:a; {said}\n" in run("overdue", path, *DAY)[1]
    (item,) = values("overdue", path, *DAY)["overdue"]
    assert [(one["source"]["publisher"], one["speaker"]) for one in item["said_by"]] == [("VNA", "Ivanov")]
    assert f"    {said}\n" in run("who", path, "chair", "--on", "2020-06-17")[1]


# ---- calendar ----


def test_what_is_to_come(run, values, path):
    """The soonest first, up to a day; then what has moved, with its earlier dates."""
    code, out, err = run("calendar", path, "--as-of", "2022-04-15")
    assert (code, err) == (0, "")
    assert (
        out
        == """\
To come after 15 April 2022: 2

planned       what, and who said so
10 May 2022   meeting:arsom-2022; planned before for 1 May 2022; said by TASS, 1 April 2022
2022          course:vladivostok-biosafety; host Russia (RU); \
said by VNA, 16 November 2020, via VietnamPlus, in the words of Alexander Ivanov

Moved: 1

what                 planned
meeting:arsom-2022   now 10 May 2022; before, 1 May 2022

"""
        or "2022 " in out
    )
    found = values("calendar", path, "--as-of", "2022-04-15", "--until", "2022-05-31")
    assert set(found) == {"today", "planned", "moved"}
    assert [set(item) for item in found["planned"]] == [DUE] * len(found["planned"])
    assert [(item["subject"], item["planned"]) for item in found["moved"]] == [("meeting:arsom-2022", ["2022-05-10"])]


@pytest.mark.parametrize("until", ["2020-01-01", "2022-04-14", "14 April 2022"])
def test_a_last_day_before_the_first(until, run, path):
    """It is refused, also in a table, and not answered with plans of which only the last day is known."""
    with ps.open(path) as record:
        record.add(MeetingScheduled("by-then", planned="../2027"), source=ps.Source("VNA", published="2020-11-16"))
    for form in ((), ("--json",), ("--csv",)):
        code, out, err = run("calendar", path, "--as-of", "2022-04-15", "--until", until, *form)
        assert (code, out, "is before 2022-04-15, after which plans are to come; give a later day" in err) == (
            2,
            "",
            True,
        )
    assert "by-then" in run("calendar", path, "--as-of", "2022-04-15", "--until", "2022-04-15")[1]
    assert run("diff", path, "2022-04-15", "2020-01-01")[0] == 2


def test_nothing_to_come(run, path):
    """It is said, with the day."""
    assert run("calendar", path, "--as-of", "2023-06-01")[1].startswith("Nothing is planned after 1 June 2023.\n")


def test_plans_of_which_none_has_moved(run, path):
    """There is no table of those that have."""
    assert "Moved" not in run("calendar", path, "--as-of", "2020-11-20")[1]


# ---- outcomes ----


def test_what_became_of_each_plan(run, values, path):
    """A row for each: its dates, what ended it or where it stands, and who said both."""
    tass = ps.Source("TASS", published="2021-11-01")
    with ps.open(path) as record:
        record.add(CourseHeld("vladivostok-biosafety", on="2021-10"), source=tass)
        record.add(MeetingCancelled("urban-technologies-2020"), source=tass, shared=False)
    code, out, err = run("outcomes", path, *DAY)
    assert (code, err) == (0, "")
    said = "said by VNA, 16 November 2020, via VietnamPlus, in the words of Alexander Ivanov"
    course = f"course:vladivostok-biosafety; host Russia (RU); {said}"
    assert [tuple(re.split(" {2,}", line)) for line in out.splitlines() if line] == [
        ("Plans known by 1 June 2022: 4",),
        ("planned", "what became of it", "what, and who said so"),
        (
            "December 2020",
            "meeting cancelled; said by TASS, 1 November 2021 (private)",
            f"meeting:urban-technologies-2020; [red]x[/red] <script>alert(1)</script> שלום; {said}",
        ),
        ("2021", "course held, October 2021; said by TASS, 1 November 2021", course),
        ("2022", "to come", course),
        (
            "1 May 2022; then 10 May 2022",
            "overdue since 10 May 2022",
            "meeting:arsom-2022; said by TASS, 1 April 2022",
        ),
    ]
    found = values("outcomes", path, *DAY, "--kind", "meeting")["outcomes"]
    assert [set(item) for item in found] == [
        DUE | {"standing", "outcome", "outcome_on", "is_outcome_disputed", "outcome_claims", "outcome_said_by"}
    ] * 2
    assert [(item["standing"], item["outcome"]) for item in found] == [
        ("ended", "meeting-cancelled"),
        ("overdue", None),
    ]
    assert [said["source"]["publisher"] for said in found[0]["outcome_said_by"]] == ["TASS"]
    table = run("outcomes", path, *DAY, "--csv")[1].partition("\r\n")[0].split(",")
    assert {"put_off", "detail", "by", "is_context", "owed_as_host"} <= {*table} & {*found[0]}


def test_the_plans_of_a_time(run, path):
    """They are those that may be in it by one of their dates."""
    time = ("--since", "1 May 2022", "--until", "2022-05-09")
    out = run("outcomes", path, *DAY, *time)[1]
    assert [line.partition("   ")[0] for line in out.splitlines()[3:-1]] == ["2022", "1 May 2022; then 10 May 2022"]
    told = "partnership: '2022-04-30' is before 2022-05-01; give the earlier day first\n"
    assert run("outcomes", path, *time[:2], "--until", "2022-04-30") == (2, "", told)


def test_no_plan(run, path):
    """It is said, with the day."""
    assert run("outcomes", path, "--as-of", "2020-06-20") == (0, "No plan is known by 20 June 2020.\n", "")


@pytest.mark.parametrize(
    ("verb", "options", "heading"),
    [
        ("outcomes", (), "Plans known by 1 June 2022: 4"),
        ("outcomes", ("--known", "2026-11-28"), "Plans known by 28 November 2026, as of 1 June 2022: 4"),
        (
            "outcomes",
            ("--known", "2022-06-01", "--kind", "visit"),
            "No plan is known by 1 June 2022 of the kind visit.",
        ),
        (
            "outcomes",
            ("--since", "2022-05-01", "--until", "2022-05-09", "--kind", "meeting"),
            "Plans known by 1 June 2022 of the kind meeting, from 1 May 2022 until 9 May 2022: 1",
        ),
        ("outcomes", ("--since", "2030-05-01"), "No plan is known by 1 June 2022, from 1 May 2030."),
        (
            "overdue",
            ("--known", "2026-11-28", "--party", "RU"),
            "Overdue on 1 June 2022 for Russia (RU), as known on 28 November 2026: 1, the newest first",
        ),
        ("overdue", ("--kind", "visit"), "Nothing is overdue on 1 June 2022 of the kind visit."),
        (
            "calendar",
            ("--until", "2022-12-01", "--party", "RU"),
            "To come after 1 June 2022 for Russia (RU), until 1 December 2022: 1",
        ),
        (
            "calendar",
            ("--until", "2022-06-02", "--kind", "meeting"),
            "Nothing is planned after 1 June 2022 of the kind meeting, until 2 June 2022.",
        ),
    ],
)
def test_the_heading_says_what_was_asked(verb, options, heading, run, path):
    """It names both days, the time, the party and the kind."""
    code, out, err = run(verb, path, *DAY, *options)
    assert (code, out.partition("\n")[0], err) == (0, heading, "")


# ---- who ----


@pytest.fixture
def chairs(tmp_path):
    """Write a record of who held a chair, one report of it later than the day."""
    path = str(tmp_path / "chairs.db")
    with ps.open(path) as record:
        vna, later = ps.Source("VNA", published="2020-01-02"), ps.Source("TASS", published="2021-02-01")
        record.add(RoleHeld("asean-chair", holder="TH", on="2019"), source=vna)
        record.add(RoleAssumed("asean-chair", holder="VN", on="2020-01-01"), source=vna)
        record.add(RoleHeld("asean-chair", holder="VN", on="2020-01-01/2020-12-31"), source=later, speaker="Ivanov")
        record.add(RoleVacant("envoy", on="2018-01-01/2018-12-31"), source=vna)
    return path


def test_who_held_a_role(run, chairs):
    """In hindsight, which it says; with the sources of each."""
    assert run("who", chairs, "asean-chair", "--on", "2020-06-17") == (
        0,
        """\
role:asean-chair on 17 June 2020, in hindsight, from all that is known now:
  surely: Vietnam (VN) (1 January 2020, 1 January to 31 December 2020)
    said by VNA, 2 January 2020
    said by TASS, 1 February 2021, in the words of Ivanov
  at another time: Thailand (TH) (2019)
    said by VNA, 2 January 2020
""",
        "",
    )


def test_who_was_known_to_hold_a_role(run, chairs):
    """What was published later does not count, and what is only possible is not called sure."""
    code, out, _ = run("who", chairs, "role:asean-chair", "--on", "2020-06-17", "--known", "2020-06-17")
    assert (code, out.splitlines()[:2]) == (
        0,
        [
            "role:asean-chair on 17 June 2020, as it was known on 17 June 2020:",
            "  perhaps: Vietnam (VN) (1 January 2020)",
        ],
    )


def test_a_role_that_nobody_held(run, chairs):
    """A vacancy is said to be one; and where no source tells, that is said."""
    assert "  nobody held it\n" in run("who", chairs, "envoy", "--on", "2018-06-01")[1]
    assert "  no source says who held it on that day\n" in run("who", chairs, "envoy", "--on", "2020-06-01")[1]


def test_a_holder_in_a_year(run, chairs):
    """It may have been any part of the year: how the whole year is entered is told, but for a certain holder."""
    told = "  2019 is some time in that year; who held it for all of it has 2019-01/2019-12\n"
    out = run("who", chairs, "asean-chair", "--on", "2019-06-17")[1]
    assert ("  perhaps: Thailand (TH) (2019)\n" in out, out.endswith(told)) == (True, True)
    for day in ("2020-06-17", "2018-06-17"):
        assert "some time" not in run("who", chairs, "asean-chair", "--on", day)[1]


def test_the_keys_of_who(values, chairs):
    """Each holder has its days and who said so."""
    found = values("who", chairs, "asean-chair", "--on", "2020-06-17")
    assert set(found) == {"role", "day", "known", "is_vacant", "surely", "possible", "not_then"}
    (holding,) = found["surely"]
    assert set(holding) == {"holder", "person", "terms", "days", "is_expected", "claims", "tenure", "said_by"}
    assert (holding["holder"], [said["source"]["publisher"] for said in holding["said_by"]]) == ("VN", ["VNA", "TASS"])


def test_a_role_of_which_nobody_spoke(run, chairs):
    """It is refused with the nearest; and so is a vague day."""
    told = "partnership: nothing is recorded of 'chair' here; did you mean role:asean-chair?\n"
    assert run("who", chairs, "chair") == (2, "", told)
    with ps.open(chairs) as record:
        record.add(MeetingHeld("fmm", on="2020"), source=ps.Source("VNA", published="2020-01-02"))
    for name in ("fmm", "meeting:fmm"):
        told = f"'{name}' is of the kind meeting, and this verb asks about another; `partnership show` has what is "
        assert run("who", chairs, name) == (2, "", f"partnership: {told}recorded of meeting:fmm\n")
    assert run("who", chairs, "asean-chair", "--on", "2020")[0] == 2


@pytest.mark.parametrize(
    "words",
    [
        ("who", "asean-chair", "--known", "2015-06-01"),
        ("show", "asean-chair", "--as-of", "2015-06-01"),
        ("show", "role:asean-chair", "--known", "2015-06-01"),
        ("why", "asean-chair", "--as-of", "2015-06-01"),
        ("why", "role:asean-chair", "--known", "2015-06-01"),
        ("claims", "role:asean-chair", "--as-of", "2015-06-01"),
    ],
)
def test_a_subject_that_was_not_known_yet(words, run, chairs):
    """That is said, with the day of the first source, and not that nothing is recorded of it."""
    verb, subject, *options = words
    told = f"nothing was known of {subject!r} on 2015-06-01: its first source is of "
    code, out, err = run(verb, chairs, subject, *options)
    assert (code, out, err.startswith(f"partnership: {told}")) == (2, "", True)


@pytest.mark.parametrize("verb", ["overdue", "calendar", "claims", "show"])
def test_a_party_that_was_not_named_yet(verb, run, path):
    """It is told of the claims that were known by that day."""
    pytest.importorskip("babel")  # which has the names of countries
    told = "partnership: warning: no claim known by 2001-02-03 names Russia (RU)\n"
    for option in ("--as-of", "--known"):
        assert run(verb, path, "--party", "Russia", option, "2001-02-03")[2] == told
    told = "partnership: 'Rusland' is named by no claim known by 2001-02-03; did you mean Russia (RU)?\n"
    assert run(verb, path, "--party", "Rusland", "--as-of", "2001-02-03")[2] == told


# ---- claims and find ----


def test_the_ids_of_what_is_amended(run, path):
    """A retraction names the entry as the list does, and not the amendments that it was recorded after."""
    with ps.open(path) as record:
        (entry,) = record.add(MeetingHeld("gone"), source=ps.Source("VNA", published="2020"))
        record.retract(record.retract(entry))
        retraction = record.retract(entry)
    out = run("claims", path, "gone")[1]
    assert out.count(f"entry {entry.id[:12]}, claim retracted;") == 2
    assert retraction.event.seen
    assert "seen" not in out
    assert not re.search("[0-9a-f]{13}", out)


def test_claims(run, path):
    """Each has its id, what it states in words, the remarks of the desk, and who said so."""
    code, out, _ = run("claims", path, "special-fmm-2020")
    first, second = out.splitlines()[3:5]
    assert (code, out.splitlines()[0]) == (0, "Claims: 3")
    assert re.fullmatch(
        r"[0-9a-f]{12}   meeting:special-fmm-2020, meeting held: on 17 June 2020, title Special ministerial meeting on "
        r"COVID-19; said by VNA, 16 November 2020, via VietnamPlus, in the words of Alexander Ivanov",
        first,
    )
    assert "meeting held: on 18 June 2020; corrected or retracted since; said by TASS" in second
    assert re.search(r"   entry [0-9a-f]{12}, claim retracted: reason mistyped; by the desk", out)
    assert (
        "statement:rumour, statement made: text They may meet in May; private; said by A desk" in run("claims", path)[1]
    )


def test_no_claim(run, path):
    """It is said."""
    assert run("claims", path, "--kind", "visit") == (0, "No claim is recorded.\n", "")


def test_a_claim_with_remarks(run, values, tmp_path):
    """What the desk supplied, and its note, are shown; a correction states what it puts in place."""
    path = str(tmp_path / "other.db")
    with ps.open(path) as record:
        source = ps.Source("VNA", published="2020-06-18")
        event = MeetingHeld("a", on="2020-06-17")
        (entry,) = record.add(event, source=source, inferred=["on"], note="the year is ours", certainty="reported")
        record.correct(entry, place="Sochi")
    out = run("claims", path)[1]
    assert "; supplied by the desk: on; note: the year is ours; said by VNA, 18 June 2020" in out
    assert "meeting:a, meeting held (a correction): on 17 June 2020, place Sochi; " in out
    first, correction = values("claims", path, "a")["claims"]
    assert set(first) == {
        "entry", "claim", "subject", "event", "fields", "source", "speaker", "certainty", "inferred", "note", "shared",
        "is_superseded", "recorded_at", "by",
    }  # fmt: skip
    assert (first["fields"]["on"], first["inferred"], first["certainty"]) == ("2020-06-17", ["on"], "reported")
    assert (correction["subject"], correction["event"]) == ("meeting:a", "claim-corrected")
    assert correction["fields"]["event"]["place"] == "Sochi"
    assert [(one["is_superseded"], one["shared"]) for one in (first, correction)] == [(True, True), (False, True)]


def test_what_is_private(run, values, tmp_path):
    """Lists mark what stays at the desk: a marked claim with what amends it, a note of the desk, and nothing else."""
    path = str(tmp_path / "other.db")
    with ps.open(path) as record:
        vna = ps.Source("VNA", published="2020-06-01")
        (shared,) = record.add(MeetingScheduled("open", planned="2020-12"), source=vna, speaker="Ivanov")
        record.correct(shared, place="Sochi")
        (secret,) = record.add(MeetingScheduled("secret", planned="2020-12"), source=vna, shared=False)
        record.correct(secret, place="Hanoi")
        record.add(
            MeetingScheduled("plan", planned="2023"), source=ps.Source("A desk", published="2021", kind="desk-note")
        )
        record.add(RoleHeld("chair", holder="VN", on="2020"), source=vna, shared=False)
    lines = run("claims", path)[1].splitlines()[3:]
    assert [("meeting:open" in line, "; private; " in line) for line in lines if line] == [
        (True, False), (True, False), (False, True), (False, True), (False, True), (False, True),
    ]  # fmt: skip
    assert [line.count("; corrected or retracted since; ") for line in lines if line] == [1, 0, 1, 0, 0, 0]
    said = "said by VNA, 1 June 2020, in the words of Ivanov, corrected by the desk"
    assert lines[1].endswith(f"; {said}")
    out = run("overdue", path, *DAY)[1]
    assert f"meeting:open; {said}\n" in out
    assert "meeting:secret; said by VNA, 1 June 2020, corrected by the desk (private)\n" in out
    assert "meeting:plan; said by A desk, 2021 (private)\n" in run("calendar", path, *DAY)[1]
    assert "said by VNA, 1 June 2020 (private)\n" in run("who", path, "chair", "--on", "2020-06-01")[1]
    assert re.search("meeting:secret; private +scheduled", run("show", path, "meetings")[1])
    assert "meeting:open  " in run("show", path, "meetings")[1]
    assert run("show", path, "secret")[1].endswith("\nprivate: 2 entries of these\n")
    assert "private" not in run("show", path, "open")[1]
    assert re.search(
        "meeting:open; place: Sochi; said by VNA, .*, corrected by the desk", run("find", path, "sochi")[1]
    )
    assert "; private; said by VNA" in run("find", path, "hanoi")[1]
    assert [one["shared"] for one in values("claims", path)["claims"]] == [True, True, False, False, False, False]


def test_disputes_and_findings_that_are_private(run, values, tmp_path):
    """A side or a finding is marked of which all claims stay at the desk, or some of them; so is a plan that moved."""
    path = str(tmp_path / "other.db")
    source = {name: ps.Source(name, published="2021-02-01", kind="news") for name in ("VNA", "TASS", "Bernama")}
    with ps.open(path) as record:
        record.add(MeetingHeld("open", on="2020-06-17"), source=source["VNA"])
        record.add(MeetingHeld("open", on="2020-06-18"), source=source["TASS"], shared=False)
        record.add(MeetingHeld("half", on="2020-06-17"), source=source["VNA"])
        record.add(MeetingHeld("half", on="2020-06-17"), source=source["TASS"], shared=False)
        record.add(MeetingHeld("half", on="2020-06-18"), source=source["Bernama"])
        record.add(MeetingHeld("told", on="2020-06-17"), source=source["VNA"])
        record.add(MeetingHeld("told", on="2020-06-18"), source=source["TASS"])
        record.add(MeetingHeld("late", on="2021-06-17"), source=source["VNA"], shared=False)
        record.add(MeetingHeld("soon", on="2021-06-17"), source=source["VNA"])
        for name, shared in (("secret", False), ("shown", None)):
            record.add(MeetingScheduled(name, planned="2021-05"), source=source["VNA"], shared=shared)
            moved = ps.Source("VNA", published="2021-03-01")
            record.add(MeetingScheduled(name, planned="2021-08"), source=moved, shared=shared)
    differ = {line.split()[0]: line for line in run("disputes", path)[1].splitlines() if line.startswith("meeting:")}
    assert "18 June 2020 (TASS) (private) or 17 June 2020 (VNA); " in differ["meeting:open"]
    assert "17 June 2020 (TASS, VNA) (partly private) or 18 June 2020 (Bernama); " in differ["meeting:half"]
    assert "private" not in differ["meeting:told"]
    odd = [line for line in run("findings", path)[1].splitlines() if line.startswith("meeting:")]
    marks = {line.split()[0]: re.findall("; ((?:partly )?private)$", line) for line in odd}
    assert marks == {
        "meeting:half": ["partly private"], "meeting:late": ["private"], "meeting:open": ["partly private"],
        "meeting:soon": [], "meeting:told": [],
    }  # fmt: skip
    moved = run("calendar", path, "--as-of", "2021-04-01")[1].partition("Moved")[2]
    assert re.search("meeting:secret; private +now", moved)
    assert re.search("meeting:shown +now", moved)
    assert "private" not in str(values("disputes", path)["disputes"])


def test_find(run, values, path):
    """A hit has the id of its entry, the field and its text; what was retracted says so."""
    assert re.search(
        r"^[0-9a-f]{12}   dialogue:ict-security; title: ICT security; said by VNA",
        run("find", path, "ict")[1],
        re.MULTILINE,
    )
    assert "; corrected or retracted since; said by TASS" in run("find", path, "tass fmm")[1]
    assert run("find", path, "nowhere") == (0, "Nothing is found.\n", "")
    (hit,) = values("find", path, "ict security", "--kind", "dialogues")["found"][:1]
    assert set(hit) == {"subject", "field", "text", "is_superseded", "entry", "claim", "source", "speaker"}
    assert (hit["subject"], hit["field"]) == ("dialogue:ict-security", "title")
    assert run("find", path, " ")[0] == 2


# ---- disputes and findings ----


def test_disputes(run, values, path):
    """Both sides stand in one row, with the reason for the choice."""
    code, out, _ = run("disputes", path)
    assert (code, out.splitlines()[0]) == (0, "Sources differ on: 1")
    assert "dialogue:ict-security   dialogue launched, on: 23 September 2021 (MFA of Russia) or 24 September" in out
    (item,) = values("disputes", path)["disputes"]
    assert set(item) == {"subject", "names", "fields", "rule", "doubt", "sentence", "sides"}
    assert [side["value"] for side in item["sides"]] == ["2021-09-23", "2021-09-24"]
    assert run("disputes", path, "--as-of", "2020-12-01") == (0, "No sources differ.\n", "")


def test_findings(run, values, path):
    """What is odd stands beside its subject, with what it is."""
    code, out, _ = run("findings", path)
    assert (code, out.splitlines()[0]) == (0, f"Findings: {len(values('findings', path)['findings'])}")
    assert "sources differ on dialogue-launched, on: 23 September 2021 or 24 September 2021; contradiction\n" in out
    assert {frozenset(item) for item in values("findings", path)["findings"]} == {
        frozenset({"slug", "subject", "claims", "sentence", "nature", "grade"})
    }
    assert run("findings", path, "--kind", "visit") == (0, "Nothing is odd.\n", "")


# ---- filters ----


def test_the_filters(values, path):
    """A party keeps the subjects of which a claim names it, a kind those of that kind, both what has both."""
    overdue = values("overdue", path, *DAY, "--party", "ru")["overdue"]
    assert [item["subject"] for item in overdue] == ["course:vladivostok-biosafety"]
    for kind in ("meeting", "meetings", "Meetings"):
        found = values("overdue", path, *DAY, "--kind", kind)["overdue"]
        assert [item["subject"] for item in found] == ["meeting:arsom-2022", "meeting:urban-technologies-2020"]
    assert values("overdue", path, *DAY, "--kind", "meeting", "--party", "RU")["overdue"] == []
    assert len(values("claims", path, "--party", "RU")["claims"]) == 1
    assert {item["subject"] for item in values("find", path, "vna", "--kind", "meeting")["found"]} == {
        "meeting:special-fmm-2020", "meeting:urban-technologies-2020",
    }  # fmt: skip
    families = values("show", path, *DAY, "--party", "RU")["families"]
    assert {name for name, states in families.items() if states} == {"courses"}
    changed = values("diff", path, "2020-11-16", "2022-06-01", "--kind", "dialogue")
    assert {change["subject"] for change in changed["happened"]} == {"dialogue:ict-security"}
    assert changed["fell_due"] == []


def test_a_list_of_parties(values, tmp_path):
    """Each of its members is found."""
    path = str(tmp_path / "other.db")
    with ps.open(path) as record:
        record.add(CommitmentMade("a", by=["RU", "ASEAN"]), source=ps.Source("VNA"))
    for party in ("RU", "ru", "Russia", "Russian Federation", "ASEAN"):
        assert len(values("claims", path, "--party", party)["claims"]) == 1


@pytest.mark.parametrize("party", ["VN", "Viet Nam", "vietnam"])
def test_a_party_that_no_claim_names(party, run, path):
    """That is said: nothing found may mean that nothing was entered."""
    told = "partnership: warning: no claim known by 2022-06-01 names Vietnam (VN)\n"
    assert run("overdue", path, *DAY, "--party", party) == (
        0,
        "Nothing is overdue on 1 June 2022 for Vietnam (VN).\n",
        told,
    )
    assert run("calendar", path, *DAY, "--party", party, "--kind", "visit") == (
        0,
        "Nothing is planned after 1 June 2022 for Vietnam (VN) of the kind visit.\n",
        told,
    )


def test_a_party_by_the_name_that_the_record_has_for_it(values, tmp_path):
    """It is found by its title; a name that two parties have is none."""
    path = str(tmp_path / "other.db")
    with ps.open(path) as record:
        record.add(
            CommitmentMade("a", by=["ARF"]),
            ps.events.PartyRenamed("arf", title="ASEAN Regional Forum"),
            source=ps.Source("VNA", published="2020"),
        )
    assert len(values("claims", path, "--party", "asean regional forum")["claims"]) == 1


@pytest.mark.parametrize(
    ("option", "told"),
    [
        (("--kind", "meting"), "'meting' is not a kind of subject here; did you mean 'meeting' or 'meetings'?"),
        (("--kind", "xyz"), "'xyz' is not a kind of subject here; the kinds are aid, assessment, "),
        (("--party", "Russland"), "'Russland' is named by no claim here; did you mean Russia (RU)?"),
        (("--party", "Rusia"), "'Rusia' is named by no claim here; did you mean Russia (RU)?"),
        (("--party", "ZZ"), "'ZZ' is named by no claim here; the parties here are Russia (RU)"),
        (("--party", "Malaysa"), "'Malaysa' is named by no claim here; did you mean Malaysia (MY)?"),
    ],
)
def test_a_filter_that_cannot_be(option, told, run, path):
    """It is refused in one line."""
    code, out, err = run("overdue", path, *option)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith(f"partnership: {told}")
