"""The verbs that ask: what they print in a pipe, the keys of their JSON, and what they refuse."""

from __future__ import annotations

import pytest

import partnership as ps
from partnership.cli import change_table
from partnership.events import (
    MeetingCancelled,
    MeetingHeld,
    MeetingPostponed,
    MeetingScheduled,
    RoleHeld,
)

WHERE = "`partnership find RECORD WORD` looks for words, `partnership claims RECORD` lists all ids and subjects"
DAY = ("--as-of", "2022-06-01")
SOURCE = {"publisher", "published", "kind", "title", "url", "language", "locator", "via", "retrieved"}
REASON = {"field", "value", "closed", "rule", "is_planned", "because", "against"}
BECAUSE = {"source", "speaker", "certainty", "preferred", "claim"}
DUE = {
    *("subject", "title", "act", "planned", "timing", "is_undated", "force", "since", "previous_dates", "days"),
    *("claims", "is_context", "by", "detail", "put_off", "owed_by", "owed_as_host", "said_by"),
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

what                                              where it stands
statement:rumour; They may meet in May; private

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
        ("zzz", f"nothing is recorded of 'zzz' here; {WHERE}"),
        ("", f"nothing is recorded of '' here; {WHERE}"),
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


# ---- why ----


def test_why(run, path):
    """It is what the library prints, with the names of fields in words; of all, or of one, however it is written."""
    with ps.open(path) as record:
        whole, one = (str(record.why("dialogue:ict-security", field)) for field in (None, "launched_on"))
    whole, one = (text.replace("launched_on:", "launched on:") for text in (whole, one))
    assert "  launched on: 23 September 2021  (disputed;" in one
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


def test_the_keys_of_accounts(run, values, path):
    """All of them are there, each with its sources."""
    with ps.open(path) as record:
        for publisher, reason in (("MFA", "the epidemic"), ("VNA", "a quarrel")):
            record.add(MeetingCancelled("gone", reason=reason), source=ps.Source(publisher, published="2021-01-01"))
    assert "\n  reason (meeting cancelled), in the words of each source:\n" in run("why", path, "gone")[1]
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
    assert run("why", path, "visit") == (2, "", f"partnership: nothing is recorded of 'visit' here; {WHERE}\n")


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

planned                          what, and who said so
since the end of December 2020   meeting:urban-technologies-2020; [red]x[/red] <script>alert(1)</script> שלום; \
said by VNA, 16 November 2020, via VietnamPlus, in the words of Alexander Ivanov
since the end of 2021            course:vladivostok-biosafety; host Russia (RU); \
said by VNA, 16 November 2020, via VietnamPlus, in the words of Alexander Ivanov
since 10 May 2022                meeting:arsom-2022; planned before for 1 May 2022; said by TASS, 1 April 2022

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
    texts = [change_table._change_text(ps.Change("meeting:m", "previous_dates", *pair)) for pair in changes]
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


# ---- compare ----


def test_two_publishers(run, values, path):
    """What each of them says, and the other does not."""
    code, out, err = run("compare", path, "--here", "MFA of Russia", "--there", "TASS")
    assert (code, err) == (0, "")
    assert out.startswith("Here is MFA of Russia, there is TASS.\nmeeting:arsom-2022: only there\n")
    assert "dialogue:ict-security launched_on: here 23 September 2021; there 24 September 2021\n" in out
    found = values("compare", path, "--here", "MFA of Russia", "--there", "TASS")
    assert set(found) == {
        "here", "there", "changes", "only_here", "only_there", "overdue_here", "overdue_there",
    }  # fmt: skip
    assert found["only_there"] == ["meeting:arsom-2022"]


def test_two_records(run, path):
    """Their differences as of a day, or that there is none."""
    run("export", path, "theirs.jsonl")
    code, out, _ = run("compare", path, "theirs.jsonl", *DAY)
    assert (code, out) == (0, "Here is asean-russia.db, there is theirs.jsonl.\nstatement:rumour: only here\n")
    told = "Here is asean-russia.db, there is theirs.jsonl.\nno difference\n"
    assert run("compare", path, "theirs.jsonl", "--as-of", "2021-02-01")[1] == told


def test_nothing_to_compare(run, path):
    """It is asked for; and a publisher that nobody cites is refused with the nearest."""
    told = "partnership: what to compare with is not said: name another record, or --here and --there\n"
    assert run("compare", path) == (2, "", told)
    told = "partnership: 'TAS' is not cited in this record; write 'TASS'\n"
    assert run("compare", path, "--here", "TAS") == (2, "", told)
