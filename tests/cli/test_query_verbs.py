"""The verbs that ask: what they print in a pipe, the keys of their JSON, and what they refuse."""

from __future__ import annotations

import pytest

import partnership as ps
from partnership.cli import query_verbs
from partnership.events import (
    DocumentPlanned,
    MeetingCancelled,
    MeetingHeld,
    MeetingPostponed,
    MeetingScheduled,
    RoleHeld,
)

DAY = ("--as-of", "2022-06-01")
SOURCE = {"publisher", "published", "kind", "title", "url", "language", "locator", "via", "retrieved"}
REASON = {"field", "value", "closed", "rule", "because", "against"}
BECAUSE = {"source", "speaker", "certainty", "preferred", "claim"}
DUE = {
    *("subject", "title", "act", "planned", "timing", "is_undated", "force", "since", "previous_dates", "days"),
    *("claims", "said_by"),
}


# ---- show ----


def test_all_that_is_known(run, path):
    """A family with anything in it is a table; a row in a pipe is a line, and titles of others are text."""
    assert run("show", path, *DAY) == (
        0,
        """\
asean-russia as of 1 June 2022: 6 subjects

meetings: 3

what                                                                           where it stands
meeting:arsom-2022                                                             postponed, planned 10 May 2022
meeting:special-fmm-2020; Special ministerial meeting on COVID-19              held, 17 June 2020
meeting:urban-technologies-2020; [red]x[/red] <script>alert(1)</script> שלום   scheduled, planned December 2020

dialogues: 1

what                                  where it stands
dialogue:ict-security; ICT security   launched, 23 September 2021; sources differ on: launched on

courses: 1

what                           where it stands
course:vladivostok-biosafety   planned 2021, 2022

statements: 1

what                                     where it stands
statement:rumour; They may meet in May

""",
        "",
    )


@pytest.mark.parametrize("name", ["themed-years", "Themed years", "themed_years"])
def test_a_family_in_which_nothing_is(name, run, path):
    """It is shown with nothing in it, however its name is written."""
    code, out, _ = run("show", path, name, *DAY)
    assert (code, out.splitlines()) == (
        0,
        ["asean-russia as of 1 June 2022: 0 subjects", "", "themed years: 0", "", "what   where it stands", ""],
    )


def test_a_family_with_one_in_it(run, path):
    """It is counted in the singular."""
    assert run("show", path, "dialogues", *DAY)[1].startswith("asean-russia as of 1 June 2022: 1 subject\n")


def test_states_of_other_kinds(run, tmp_path):
    """One without a status tells how many rows it has; one of two families is one; a record without a name is this."""
    path = str(tmp_path / "other.db")
    with ps.open(path) as record:
        source = ps.Source("VNA", published="2020-11-16")
        record.add(RoleHeld("chair", holder="VN", on="2020"), MeetingPostponed("a", on="2018"), source=source)
    lines = run("show", path, *DAY)[1].splitlines()
    assert lines[0] == "This record as of 1 June 2022: 2 subjects"
    assert [one for one in lines if one.startswith(("role:", "meeting:"))] == [
        "meeting:a   postponed, 2018",
        "role:chair   terms: 1",
        "role:chair   turns: 1",
    ]


def test_one_subject(run, path):
    """It is the dossier, word for word."""
    with ps.open(path) as record:
        told = str(record.as_of("2022-06-01").dossier("dialogue:ict-security"))
    assert run("show", path, "ict-security", *DAY) == (0, f"{told}\n", "")


def test_the_keys_of_all(values, path):
    """Families by name, states with their fields, dates as they are written in a record."""
    found = values("show", path, *DAY)
    assert set(found) == {"today", "families"}
    assert found["today"] == "2022-06-01"
    assert {"meetings", "dialogues", "themed_years"} <= set(found["families"])
    (dialogue,) = found["families"]["dialogues"]
    assert (dialogue["subject"], dialogue["status"], dialogue["launched_on"]) == (
        "dialogue:ict-security",
        "launched",
        "2021-09-23",
    )
    assert dialogue["disputed"] == ["launched_on"]
    assert values("show", path, "visits")["families"] == {"visits": []}


def test_the_keys_of_one_subject(values, path):
    """All that a dossier has, and of disputes their sentences."""
    found = values("show", path, "ict-security", *DAY)
    assert set(found) == {
        "today", "subject", "names", "title", "states", "expected",
        "disputes", "doubts", "findings", "links", "sources",
    }  # fmt: skip
    assert [set(one) for one in found["disputes"]] == [{"fields", "sentence"}]
    assert {"slug", "subject", "claims", "sentence", "nature", "grade"} == set(found["findings"][0])
    assert [set(one) for one in found["sources"]] == [SOURCE] * 3


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("meting", "nothing is recorded of 'meting' here; did you mean meetings?"),
        ("urban", "nothing is recorded of 'urban' here; did you mean meeting:urban-technologies-2020?"),
        ("special-fmm-2021", "nothing is recorded of 'special-fmm-2021' here; did you mean special-fmm-2020?"),
        ("dialogue:ict", "nothing is recorded of 'dialogue:ict' here; did you mean dialogue:ict-security?"),
        ("zzz", "nothing is recorded of 'zzz' here"),
        ("", "nothing is recorded of '' here"),
        (
            "20",
            (
                "nothing is recorded of '20' here; did you mean meeting:arsom-2022 or meeting:special-fmm-2020 "
                "or meeting:urban-technologies-2020?"
            ),
        ),
    ],
)
def test_a_subject_of_which_nobody_spoke(name, told, run, path):
    """It is refused in one line, with those that may be meant: three at the most."""
    assert run("show", path, name) == (2, "", f"partnership: {told}\n")


# ---- overdue ----


def test_what_is_overdue_and_who_said_that_it_would_come(run, path):
    """The longest overdue first: how late it is, who said so, in whose words, and from which day it moved."""
    assert run("overdue", path, *DAY) == (
        0,
        """\
Overdue on 1 June 2022: 3, the longest first

planned                        what, and who said so
December 2020; 16 months ago   meeting:urban-technologies-2020; [red]x[/red] <script>alert(1)</script> שלום; \
said by VNA, 16 November 2020, via VietnamPlus, in the words of Alexander Ivanov
2021; 4 months ago             course:vladivostok-biosafety; \
said by VNA, 16 November 2020, via VietnamPlus, in the words of Alexander Ivanov
10 May 2022; 22 days ago       meeting:arsom-2022; planned before for 1 May 2022; said by TASS, 1 April 2022

""",
        "",
    )


@pytest.mark.parametrize(
    ("day", "ago"),
    [
        ("2021-01-01", "1 day ago"),
        ("2021-01-03", "3 days ago"),
        ("2021-03-15", "2 months ago"),
        ("2022-12-15", "23 months ago"),
        ("2023-01-02", "2 years ago"),
    ],
)
def test_how_late_it_is(day, ago, run, path):
    """Days, then months, then years: counted from the last day that was planned, none before two are full."""
    assert f"December 2020; {ago}" in run("overdue", path, "--as-of", day)[1]


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
    first, _, last = found["overdue"]
    assert set(first["said_by"][0]["source"]) == SOURCE
    assert (first["title"], first["planned"], first["since"], first["days"]) == (
        "[red]x[/red] <script>alert(1)</script> שלום",
        "2020-12",
        "2020-11-16",
        517,
    )
    assert (first["said_by"][0]["speaker"], first["said_by"][0]["certainty"]) == ("Alexander Ivanov", "reported")
    assert (last["previous_dates"], last["title"], last["said_by"][0]["speaker"]) == (["2022-05-01"], None, None)


# ---- why ----


def test_why(run, path):
    """It is what the library prints, of all fields or of one, as a state or a dossier writes its name."""
    with ps.open(path) as record:
        whole, one = (str(record.why("dialogue:ict-security", field)) for field in (None, "launched_on"))
    assert run("why", path, "ict-security") == (0, f"{whole}\n", "")
    for name in ("launched_on", "Launched on", "launched-on"):
        assert run("why", path, "ict-security", "--field", name) == (0, f"{one}\n", "")


def test_the_keys_of_why(values, path):
    """What was believed, what lost, and what was superseded, by whom and for what reason."""
    found = values("why", path, "ict-security")
    assert set(found) == {"subject", "reasons", "accounts", "doubts", "superseded"}
    assert found["accounts"] == []
    assert {frozenset(one) for one in found["reasons"]} == {frozenset(REASON)}
    (launched,) = [one for one in found["reasons"] if one["field"] == "launched_on"]
    assert (launched["value"], launched["rule"]) == ("2021-09-23", "nature")
    assert [set(one) for one in launched["because"]] == [BECAUSE]
    (lost,) = launched["against"]
    assert set(lost) == {"value", "because"}
    assert (lost["value"], lost["because"][0]["source"]["publisher"]) == ("2021-09-24", "TASS")

    (superseded,) = values("why", path, "special-fmm-2020")["superseded"]
    assert set(superseded) == {"event", "source", "by"}
    assert [set(one) for one in superseded["by"]] == [{"event", "reason", "source"}]
    assert (superseded["event"], superseded["by"][0]["event"], superseded["by"][0]["reason"]) == (
        "meeting-held",
        "claim-retracted",
        "mistyped",
    )


def test_the_keys_of_accounts(values, path):
    """All of them are there, each with its sources."""
    with ps.open(path) as record:
        for publisher, reason in (("MFA", "the epidemic"), ("VNA", "a quarrel")):
            record.add(MeetingCancelled("gone", reason=reason), source=ps.Source(publisher, published="2021-01-01"))
    (account,) = values("why", path, "gone")["accounts"]
    assert (account["event"], account["field"]) == ("meeting-cancelled", "reason")
    assert [(side["value"], side["because"][0]["source"]["publisher"]) for side in account["sides"]] == [
        ("the epidemic", "MFA"),
        ("a quarrel", "VNA"),
    ]


def test_a_field_of_which_nothing_is_known(run, path):
    """It is refused with those of which something is."""
    told = "'venue' is not known of meeting:special-fmm-2020; write one of status, title, titles, held_on"
    assert run("why", path, "special-fmm-2020", "--field", "venue") == (2, "", f"partnership: {told}\n")


def test_a_field_of_what_was_all_undone(run, tmp_path):
    """There is no reason left to ask for: the whole is told without it."""
    path = str(tmp_path / "other.db")
    with ps.open(path) as record:
        (wrong,) = record.add(MeetingHeld("a", on="2020"), source=ps.Source("VNA", published="2020-11-16"))
        record.retract(wrong)
    told = "'held_on' is not known of meeting:a; leave --field out"
    assert run("why", path, "a", "--field", "held_on") == (2, "", f"partnership: {told}\n")


def test_a_slug_that_nobody_has(run, path):
    """It is refused with those that have it within; a family is none."""
    told = "nothing is recorded of 'ict' here; did you mean dialogue:ict-security?"
    assert run("why", path, "ict") == (2, "", f"partnership: {told}\n")
    assert run("why", path, "visit") == (2, "", "partnership: nothing is recorded of 'visit' here\n")


# ---- diff ----


def test_what_changed_between_two_days(run, path):
    """The world, and what merely fell due; of what is said twice nothing, and what nobody learned is no table."""
    assert run("diff", path, "2020-11-16", "2022-06-01") == (
        0,
        """\
Happened from 16 November 2020 to 1 June 2022: 3

what                    what changed
meeting:arsom-2022      expected: 10 May 2022; previous dates: 1 May 2022; status: postponed
dialogue:ict-security   status: preparing → launched; launched on: 23 September 2021
statement:rumour        text: They may meet in May; speakers: A desk

Fell due from 16 November 2020 to 1 June 2022: 3

planned                        what, and who said so
December 2020; 16 months ago   meeting:urban-technologies-2020; [red]x[/red] <script>alert(1)</script> שלום; \
said by VNA, 16 November 2020, via VietnamPlus, in the words of Alexander Ivanov
2021; 4 months ago             course:vladivostok-biosafety; \
said by VNA, 16 November 2020, via VietnamPlus, in the words of Alexander Ivanov
10 May 2022; 22 days ago       meeting:arsom-2022; planned before for 1 May 2022; said by TASS, 1 April 2022

""",
        "",
    )


def test_what_was_learned_of_an_earlier_day(run, path):
    """It stands apart from what happened since."""
    code, out, _ = run("diff", path, "2020-10-01", "2020-11-20")
    assert code == 0
    assert out.startswith("Learned by 20 November 2020 of what was so on 1 October 2020: 1\n")


def test_what_is_no_longer_so(run, tmp_path):
    """A list tells which members came and went; what has none any more became nothing."""
    path = str(tmp_path / "other.db")
    with ps.open(path) as record:
        old, new = (ps.Source("VNA", published=day) for day in ("2020-01-01", "2020-03-01"))
        record.add(MeetingScheduled("a", planned="{2020-02,2020-09}"), source=old)
        record.add(MeetingHeld("a", on="2020-02-20"), source=new)
        record.add(MeetingScheduled("b", planned="2020-09"), source=old)
        (wrong,) = record.add(MeetingHeld("b", place="Hanoi", on="2019-12-01"), source=old)
        record.retract(wrong, source=new, reason="it was another")
    out = run("diff", path, "2020-01-02", "2020-04-01")[1]
    assert "place: Hanoi → nothing" in out
    assert "status: held → scheduled" in out


def test_a_list_that_changes_by_a_repeat_or_its_order():
    """The repeated value, or the new order, is told."""
    day = ps.When("2025-12-20")
    changes = [((day,), (day, day)), ((day, day), (day,)), (("a", "b"), ("b", "a"))]
    texts = [query_verbs._change_text(ps.Change("meeting:m", "previous_dates", *pair)) for pair in changes]
    assert texts == ["20 December 2025", "20 December 2025 → nothing", "in another order: b, a"]


def test_a_date_that_moves_back_and_forth(run, tmp_path):
    """It is compared without an error."""
    path = str(tmp_path / "other.db")
    with ps.open(path) as record:
        plans = {"2025-12-01": "2025-12-20", "2025-12-18": "2026-01", "2025-12-19": "2025-12-20"}
        for day, planned in {**plans, "2026-01-02": "2026-01-17"}.items():
            record.add(MeetingScheduled("m", planned=planned), source=ps.Source("VNA", published=day))
        record.add(MeetingHeld("m", on="2026-01-17"), source=ps.Source("VNA", published="2026-01-18"))
    code, out, _ = run("diff", path, "2025-12-18", "2026-01-18")
    assert code == 0
    assert "expected: January 2026 → 17 January 2026;" in out


def test_nothing_that_changed(run, values, path):
    """It is said, with the days."""
    told = "Nothing changed from 16 November 2020 to 17 November 2020.\n"
    assert run("diff", path, "2020-11-16", "2020-11-17") == (0, told, "")
    assert values("diff", path, "2020-11-16", "2020-11-17") == {
        "before": "2020-11-16",
        "after": "2020-11-17",
        "learned": [],
        "happened": [],
        "fell_due": [],
    }


def test_the_keys_of_diff(values, path):
    """Changes field by field, and what fell due as `overdue` has it."""
    found = values("diff", path, "2020-11-16", "2022-06-01")
    assert set(found) == {"before", "after", "learned", "happened", "fell_due"}
    assert {frozenset(one) for one in found["happened"]} == {frozenset({"subject", "field", "before", "after"})}
    assert {
        "subject": "dialogue:ict-security",
        "field": "status",
        "before": "preparing",
        "after": "launched",
    } in found["happened"]
    assert [set(one) for one in found["fell_due"]] == [DUE] * 3
