"""The verbs that write: what they record, what they say of it, and that a trial or a refusal writes nothing."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest

import partnership as ps
from partnership.cli.field_text import field_value, plain_value
from partnership.errors import InvalidValue, SupersededWarning
from partnership.events import (
    CommitmentMade,
    MeetingHeld,
    MeetingScheduled,
)

VNA = ps.Source("VNA", published="2020-11-16")


def size(path):
    """Return how many entries a record has."""
    with ps.open(path) as record:
        return record.tree_head().size


# ---- new ----


def test_a_new_record(run, values, tmp_path, monkeypatch):
    """It is made with its name, and a file that is there is refused."""
    monkeypatch.chdir(tmp_path)
    assert run("new", "a.db", "--partnership", "asean-russia") == (0, "Created a.db.\n", "")
    with ps.open("a.db") as record:
        assert record.partnership == "asean-russia"
    before = Path("a.db").read_bytes()
    told = "partnership: a.db: exists already, and nothing was changed: give another name\n"
    assert run("new", "a.db") == (2, "", told)
    assert Path("a.db").read_bytes() == before
    assert values("new", "b.db") == {"record": "b.db", "partnership": None}
    code, _, err = run("new", "c.db", "--partnership", "A B")
    assert (code, err.startswith("partnership: 'A B' is not a slug"), Path("c.db").exists()) == (2, True, False)


def test_a_record_of_another_partnership(run, path):
    """It is refused where the command line names one."""
    told = "partnership: this is the record of 'asean-russia', not of 'eu-asean': a record holds one partnership\n"
    assert run("overdue", path, "--partnership", "eu-asean") == (2, "", told)
    assert run("overdue", path, "--partnership", "asean-russia")[0] == 0


# ---- correct ----


def test_a_correction(run, values, path):
    """It changes the fields that are given, says what changes, and how the new entry is named."""
    entry = values("claims", path, "arsom-2022")["claims"][1]["entry"]
    code, out, err = run("correct", path, entry[:8], "planned=2022-06-03", "place=Moscow", "--reason", "mistyped")
    assert (code, err) == (0, "")
    assert re.fullmatch(
        r"""Recorded a correction of meeting:arsom-2022: [0-9a-f]{12}\.
  place: nothing → Moscow
  planned: 10 May 2022 → 3 June 2022

What changes: 1

what                 what changed
meeting:arsom-2022   expected: 10 May 2022 → 3 June 2022; place: Moscow

""",
        out,
    )
    with ps.open(path) as record:
        assert record.meetings["arsom-2022"].place == "Moscow"
        assert record.entries()[-1].event.reason == "mistyped"


def test_an_entry_that_is_not_the_only_one(run, path):
    """The claims that may be meant are listed with their ids; a subject with one needs none."""
    code, out, err = run("retract", path, "arsom-2022")
    assert (code, out) == (2, "")
    assert re.fullmatch(
        r"partnership: 'arsom-2022' has 2 claims; write the id of one: [0-9a-f]{12} \(meeting-scheduled, TASS, 24 "
        r"September 2021\) or [0-9a-f]{12} \(meeting-postponed, TASS, 1 April 2022\)\n",
        err,
    )
    assert run("correct", path, "special-fmm-2020", "place=Hanoi")[0] == 0


def test_many_claims_of_one_subject(run, tmp_path):
    """The first are listed, with the verb that lists all."""
    path = str(tmp_path / "a.db")
    with ps.open(path) as record:
        for number in range(1, 7):
            record.add(MeetingHeld("a"), source=ps.Source(f"P{number}", published="2020-01-01"))
    err = run("retract", path, "a")[2]
    assert err.count("meeting-held") == 4
    assert err.endswith("; `partnership claims RECORD a` shows all\n")


def test_a_claim_that_was_retracted(run, path):
    """It is found where no other is left; to retract it once more, in any words, records nothing."""
    with ps.open(path) as record:
        (entry,) = record.add(MeetingHeld("gone"), source=VNA)
        retraction = record.retract(entry)
    before = size(path)
    for words in (
        (),
        ("--reason", "in other words"),
        ("--publisher", "VNA", "--published", "2026-01-01"),
        ("--dry-run",),
    ):
        code, out, _ = run("retract", path, "gone", *words)
        told = (
            f"Nothing was written: the record has a retraction of meeting:gone already, entry {retraction.id[:12]}.\n"
        )
        assert (code, out.startswith(told), size(path)) == (0, True, before)


@pytest.mark.parametrize("target", ["claim", "correction", "subject"])
@pytest.mark.parametrize("source", [(), ("--publisher", "VNA", "--published", "2026-01-01")])
def test_a_correction_of_what_was_retracted(target, source, run, path):
    """It is refused: the retraction stands until it is itself retracted."""
    with ps.open(path) as record:
        (entry,) = record.add(MeetingHeld("gone", place="Hue"), source=VNA)
        correction = record.correct(entry, place="Hanoi")
        retraction = record.retract(entry)
    named = {"claim": entry.id, "correction": correction.id, "subject": "gone"}[target]
    before = size(path)
    code, out, err = run("correct", path, named, "place=Sochi", *source)
    assert (code, out, size(path)) == (2, "", before)
    told = f"is retracted, by entry {retraction.id[:12]}, and cannot be corrected; to restore it, retract that"
    assert told in err
    assert run("retract", path, retraction.id)[0] == 0
    assert run("correct", path, named, "place=Sochi", *source)[0] == 0
    with ps.open(path) as record:
        assert record.meetings["gone"].place == "Sochi"


def test_a_correction_of_what_its_publisher_withdrew(run, path):
    """The desk may mend what it entered, since earlier views show that, with a warning; the claim stays withdrawn."""
    with ps.open(path) as record:
        (entry,) = record.add(MeetingHeld("gone", place="Hue"), source=VNA)
        record.retract(entry, source=ps.Source("VNA", published="2021-01-01"))
    code, _, err = run("correct", path, entry.id, "place=Sochi")
    assert (code, "a source has corrected or retracted this claim" in err) == (0, True)
    assert run("retract", path, entry.id)[1].startswith("Recorded a retraction")
    with ps.open(path) as record:
        assert "gone" not in record.meetings


def test_a_retracted_claim_that_a_correction_has_restored(run, path):
    """It can be corrected again, and retracted again."""
    with ps.open(path) as record:
        (entry,) = record.add(MeetingHeld("gone", place="Hue"), source=VNA)
        record.retract(entry)
        with pytest.warns(SupersededWarning, match="was retracted, by entry"):
            record.correct(entry, place="Hanoi")
    assert run("correct", path, entry.id, "place=Sochi")[0] == 0
    assert run("retract", path, entry.id)[1].startswith("Recorded a retraction")
    with ps.open(path) as record:
        assert "gone" not in record.meetings


def test_the_beginning_of_several_ids(run, path, monkeypatch):
    """More digits are asked for."""
    monkeypatch.setattr("partnership.cli.writing_verbs._ID", re.compile("[0-9a-f]{0,64}"))
    code, _, err = run("retract", path, "")
    assert (code, "begins the ids of" in err, "write more digits" in err) == (2, True, True)


def test_too_few_digits_of_an_id(run, path):
    """The number that is needed is told, unless they are the name of a subject."""
    with ps.open(path) as record:
        record.add(MeetingHeld("abcd"), source=VNA)
    assert run("retract", path, "abc") == (
        2, "", "partnership: 'abc' is too short for the id of an entry; write 6 digits of it or more\n",
    )  # fmt: skip
    assert run("retract", path, "abcd")[0] == 0


def test_what_is_not_there(run, path):
    """An id of no entry, or the subject of none, is refused."""
    told = (
        "partnership: nothing is recorded of 'abcdef0123' here; `partnership find RECORD WORD` looks for words, "
        "`partnership claims RECORD` lists all ids and subjects\n"
    )
    for verb in (("retract",), ("correct", "place=Hanoi")):
        assert run(verb[0], path, "abcdef0123", *verb[1:]) == (2, "", told)
    assert run("retract", path, "urban")[2].endswith("did you mean meeting:urban-technologies-2020?\n")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["Hanoi"], ["'Hanoi' gives no field: write FIELD=VALUE, such as place=Hanoi"]),
        (["plase=Hanoi"], ["'plase' is not a field of meeting-held; did you mean 'place'?"]),
        (["xyz=Hanoi"], ["'xyz' is not a field of meeting-held; it has subject, on, title,"]),
        (["place=Hanoi", "place=Hue"], ["place is given twice"]),
        (["source=A"], ["'source' cannot be corrected; retract the entry, and add it again with the right source"]),
        (["Publisher=Antara", "speaker=A"], ["'publisher' cannot be corrected; ", "'speaker' cannot be corrected; "]),
        (["note=x"], ["'note' cannot be corrected; retract the entry, and add it again with the right remark"]),
        (["shared=no"], ["'shared' cannot be corrected; add the same claim again with --private, and it stays at the"]),
        (["participants=many"], ["participants: 'many' is not a whole number; write its digits: 1234"]),
        (["on=31/06/2020"], ["on: '31/06/2020' is not a date: June has 30 days"]),
        (
            ["participants=many", "Hanoi", "plase=x"],
            ["participants: 'many'", "'Hanoi' gives no field", "'plase' is not"],
        ),
    ],
)
def test_fields_that_cannot_be(words, told, run, path):
    """All of them are told in one line, and nothing is written."""
    before = size(path)
    code, out, err = run("correct", path, "special-fmm-2020", *words)
    assert (code, out, err.count("\n"), size(path)) == (2, "", 1, before)
    for reason in told:
        assert reason in err


def test_a_correction_by_its_source(run, path):
    """It is known from its publication on."""
    code, out, _ = run(
        "correct", path, "special-fmm-2020", "place=Hanoi", "--publisher", "VNA", "--published", "2020-12-01",
        "--kind-of-source", "news", "--title", "A correction", "--url", "https://example.org/a", "--speaker", "Editor",
    )  # fmt: skip
    assert (code, "place: Hanoi" in out) == (0, True)
    with ps.open(path) as record:
        entry = record.entries()[-1]
        assert (entry.source.title, entry.source.kind, entry.speaker) == ("A correction", "news", "Editor")
        assert record.as_of(known="2020-11-20").meetings["special-fmm-2020"].place is None


@pytest.mark.parametrize("option", [("--published", "2020"), ("--title", "A"), ("--speaker", "B")])
def test_a_source_without_a_publisher(option, run, path):
    """It is refused."""
    told = "partnership: a source has a publisher: add --publisher NAME\n"
    assert run("retract", path, "special-fmm-2020", *option) == (2, "", told)


# ---- retract and same ----


def test_a_retraction(run, values, path):
    """It says what is no longer so; a second one in the same words writes nothing."""
    code, out, _ = run("retract", path, "dialogue:ict-security")
    assert code == 2
    entry = values("find", path, "mfa")["found"][0]["entry"]
    code, out, _ = run("retract", path, entry, "--reason", "about another dialogue")
    assert (code, "launched on: 23 September 2021 → 24 September 2021" in out) == (0, True)
    assert out.startswith("Recorded a retraction of dialogue:ict-security: ")
    before = size(path)
    found = values("retract", path, entry, "--reason", "about another dialogue")
    assert (set(found), found["written"], size(path)) == (
        {"written", "entry", "claim", "subjects", "changes"}, False, before,
    )  # fmt: skip
    out = run("retract", path, entry, "--reason", "about another dialogue")[1]
    assert out.startswith("Nothing was written: the record has a retraction of dialogue:ict-security already, entry ")
    code, out, _ = run("retract", path, found["entry"])
    assert "launched on: 24 September 2021 → 23 September 2021" in out


def test_two_names_of_one_subject(run, path):
    """Both stay valid."""
    code, out, err = run("same", path, "meeting:arsom-2022", "urban-technologies-2020", "--reason", "one meeting")
    assert (code, err) == (0, "")
    assert out.startswith("Recorded a declaration of meeting:arsom-2022 and meeting:urban-technologies-2020: ")
    with ps.open(path) as record:
        assert record.meetings["urban-technologies-2020"].subject == "meeting:arsom-2022"
    told = "'meeting:special-fmm-2020' and 'dialogue:ict-security' are of different kinds"
    assert told in run("same", path, "special-fmm-2020", "ict-security")[2]
    assert run("same", path, "meeting:arsom-2022", "meeting:nope")[0] == 2
    assert "leave --speaker out" in run("same", path, "a", "b", "--speaker", "C")[2]


@pytest.mark.parametrize(
    "words",
    [
        ("correct", "{path}", "special-fmm-2020", "place=Hanoi"),
        ("retract", "{path}", "special-fmm-2020"),
        ("same", "{path}", "meeting:arsom-2022", "meeting:urban-technologies-2020"),
    ],
)
def test_a_trial(words, run, values, path):
    """It says what would change, and writes nothing."""
    before = Path(path).read_bytes()
    words = [word.format(path=path) for word in words]
    code, out, err = run(*words, "--dry-run")
    assert (code, err) == (0, "")
    assert out.startswith("Nothing was written. This would record a ")
    assert "What changes: " in out
    found = values(*words, "--dry-run")
    assert (found["written"], bool(found["changes"])) == (False, True)
    with ps.open(path) as record:
        assert record.verify().is_sound
        assert record.tree_head().size == 11
    assert len(Path(path).read_bytes()) == len(before)


def test_lines_that_are_only_read(run, path):
    """Nothing is added to them."""
    run("export", path, "lines.jsonl")
    code, out, err = run("retract", "lines.jsonl", "special-fmm-2020")
    told = (
        "lines.jsonl: is a file of lines, to which nothing can be added: `partnership import RECORD lines.jsonl` makes"
    )
    assert (code, out, err.startswith(f"partnership: {told}")) == (2, "", True)


# ---- values of fields ----


@pytest.mark.parametrize(
    ("cls", "field", "text", "value"),
    [
        (MeetingHeld, "subject", " a ", "a"),
        (MeetingHeld, "place", " Hà Nội ", "Hà Nội"),
        (MeetingHeld, "place", "  ", None),
        (MeetingHeld, "on", "17 June 2020", "2020-06-17"),
        (MeetingHeld, "parties", "RU, ASEAN;VN", ["RU", "ASEAN", "VN"]),
        (MeetingHeld, "topics", "trade, energy; vaccines", ["trade, energy", "vaccines"]),
        (MeetingHeld, "participants", "at least 20", {"number": 20, "bound": "at-least"}),
        (MeetingScheduled, "is_tentative", "Yes", True),
        (CommitmentMade, "instruments", "grant; loan", ["grant", "loan"]),
    ],
)
def test_the_value_of_a_text(cls, field, text, value):
    """It is what a cell of a sheet with that text holds; nothing is None."""
    assert plain_value(cls, field, text) == value


def test_a_date_of_two_readings():
    """It is refused without the advice for sheets, where one option says it of all dates."""
    with pytest.raises(InvalidValue, match=r"or 2026-03-04 \(4 March\)$"):
        plain_value(MeetingHeld, "on", "03/04/2026")


def test_the_figure_of_a_text():
    """The constructor takes it."""
    assert field_value(CommitmentMade, "amount", "5 USD") == ps.Money(5, "USD")
    assert field_value(CommitmentMade, "amount", "at most 5 USD") == ps.Money(5, "USD", "at-most")
    assert field_value(MeetingHeld, "place", "Hanoi") == "Hanoi"


# ---- standard input ----


class Piped:
    """What stands in for standard input."""

    def __init__(self, content):
        self.buffer = io.BytesIO(content)


@pytest.mark.parametrize("name", ["-", "/dev/stdin"])
def test_lines_that_are_piped_in(name, run, path, tmp_path, monkeypatch):
    """They are read like a file, also beside files; what is wrong with them is told of standard input."""
    run("export", path, "lines.jsonl")
    content = (tmp_path / "lines.jsonl").read_bytes()
    monkeypatch.setattr("sys.stdin", Piped(content))
    assert run("import", "new.db", "lines.jsonl", name) == (0, "Added 10 entries to new.db, which holds 10.\n", "")
    for wrong, told in (
        (content + b"{}\n", "standard input, line 12: 'claim' is missing"),
        (b"", "standard input: is no file of lines"),
        (Path(path).read_bytes(), "standard input: is not a file of lines"),
        (b"PK\x03\x04", "partnership: standard input: is a sheet, and no file of lines: `partnership add` records"),
    ):
        monkeypatch.setattr("sys.stdin", Piped(wrong))
        code, out, err = run("import", "newer.db", name)
        assert (code, out, Path("newer.db").exists()) == (2, "", False)
        assert told in err
    assert "is read twice; name standard input once" in run("import", "newer.db", name, name)[2]
