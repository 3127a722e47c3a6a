"""The verbs that add what documents state: all of it or nothing, and everything that cannot be taken is told."""

from __future__ import annotations

import inspect
import io
import json
import re
from pathlib import Path

import pytest

import partnership as ps
from partnership.cli import add_verbs, verbs
from partnership.kinds import Kinds

SOURCE = {"publisher": "VNA", "published": "2020-11-16", "kind": "news"}
CLAIMS = [
    {"event": "meeting-held", "subject": "jcc-18", "on": "2020-06-17", "inferred": ["on"]},
    {"event": "commitment-made", "subject": "vaccine-work", "by": ["ASEAN", "RU"], "text": "work together"},
]


class Piped:
    """What stands in for standard input that is a pipe."""

    def __init__(self, content):
        self.buffer = io.BytesIO(content)

    def isatty(self):
        """Say that nobody looks at it."""
        return False


def write(data, path="article.json"):
    """Write a document, and return its name."""
    Path(path).write_text(json.dumps(data), "utf-8")
    return path


def size(path):
    """Return how many entries a record has."""
    with ps.open(path) as record:
        return record.tree_head().size


# ---- JSON ----


def test_a_document(run, path):
    """Its claims are recorded, each shown with its id; a second time they are there already."""
    file = write({"source": SOURCE, "speaker": "Alexander Ivanov", "claims": CLAIMS})
    code, out, err = run("add", path, file)
    assert (code, err) == (0, "")
    assert out.startswith("Recorded 2 claims in asean-russia.db.\n\nClaims: 2\n")
    assert (
        "meeting:jcc-18, meeting held: on 17 June 2020; supplied by the desk: on; said by VNA, 16 November 2020" in out
    )
    code, out, _ = run("add", path, file)
    assert out == "Recorded 0 claims in asean-russia.db.\n2 claims are there already.\n"
    write({"source": SOURCE, "speaker": "Alexander Ivanov", "claims": CLAIMS[:1]})
    assert run("add", path, file)[1].endswith("\n1 claim is there already.\n")


def test_the_keys_of_add(values, path):
    """Every claim with its ids, and whether it is new."""
    found = values("add", path, write({"source": SOURCE, "claims": CLAIMS}))
    assert (set(found), found["written"], found["refusals"]) == ({"written", "claims", "refusals"}, True, [])
    assert [set(claim) for claim in found["claims"]] == [{"entry", "claim", "subject", "event", "is_new"}] * 2
    assert [claim["is_new"] for claim in found["claims"]] == [True, True]


def test_a_trial(run, path):
    """It says what would be recorded, with names that look misspelt, and writes nothing."""
    claims = [*CLAIMS, {"event": "meeting-held", "subject": "specail-fmm-2020"}]
    file = write({"source": SOURCE, "claims": claims})
    code, out, err = run("add", path, file, "--dry-run")
    assert (code, size(path)) == (0, 11)
    assert out.startswith("Nothing was written. This would record 3 claims in asean-russia.db.\n")
    assert "Did you mean meeting:special-fmm-2020?" in err
    assert size(path) == 11


@pytest.mark.parametrize("options", [(), ("--dry-run",), ("--private",), ("--publisher", "VNA")])
def test_a_document_without_a_claim(run, path, options):
    """It says so, and records nothing, whatever else is asked."""
    code, out, err = run(
        "add", path, write({"claims": []} if "VNA" in options else {"source": SOURCE, "claims": []}), *options
    )
    assert (code, out, size(path)) == (2, "", 11)
    assert "  claims is empty; write a claim for each fact that the document states\n" in err


@pytest.mark.parametrize("name", ["-", "/dev/stdin", None])
def test_a_document_that_is_piped_in(name, run, path, monkeypatch):
    """A pipe is read where it is named, and where no file is."""
    content = json.dumps({"source": SOURCE, "claims": CLAIMS}).encode()
    monkeypatch.setattr("sys.stdin", Piped(b"\xef\xbb\xbf" + content))
    assert run("add", path, *([name] if name else []))[1].startswith("Recorded 2 claims")


def test_private_entries(run, path):
    """They stay out of what is handed on; a mark of the document gives way, and other remarks stay."""
    claims = [{**CLAIMS[0], "shared": True, "note": "ours"}, CLAIMS[1]]
    run("add", path, write({"source": SOURCE, "claims": claims}), "--private")
    with ps.open(path) as record:
        first, second = record.entries()[-2:]
        assert (first.remarks.shared, first.remarks.note, first.remarks.inferred) == (False, "ours", ("on",))
        assert second.remarks.shared is False
        assert record.private_count() == 3
    assert run("export", path, "out.jsonl")[1].endswith("3 private entries are left out.\n")


def test_what_cannot_be_taken(run, path):
    """All of it is told at once, with near names; nothing is recorded, and the exit code says so."""
    claims = [
        {"event": "meeting-hled", "subject": "a"},
        {"event": "meeting-held", "subject": "b c", "on": "2020-13", "plase": "Hanoi"},
        {"event": "meeting-held", "subject": "d", "place": "half \ud800"},
        CLAIMS[0],
    ]
    file = write({"source": {**SOURCE, "kind": "newz"}, "claims": claims})
    code, out, err = run("add", path, file)
    assert (code, out, size(path)) == (2, "", 11)
    lines = err.splitlines()
    assert lines[0] == f"partnership: nothing was recorded, for {len(lines) - 1} things cannot be taken:"
    for told in (
        "  source.kind: 'newz' is not a kind of source;",
        "  claims[0].event: 'meeting-hled' is not an event here; did you mean 'meeting-held'",
        "  claims[1].subject: 'b c' is not a slug",
        "  claims[1].on: '2020-13' is not a date",
        "  claims[1].plase is not a field of meeting-held; did you mean 'place'?",
        "  claims[2].place: 'half \\ud800' contains a forbidden character",
    ):
        assert any(line.startswith(told) for line in lines), told
    code, out, _ = run("add", path, file, "--json")
    found = json.loads(out)
    assert (code, found["written"], found["claims"]) == (2, False, [])
    assert {frozenset(refusal) for refusal in found["refusals"]} == {
        frozenset({"where", "value", "reason", "advice", "near"})
    }


def test_a_value_that_is_a_list(run, path):
    """It is shown in the refusal as JSON takes it."""
    file = write({"source": SOURCE, "claims": [{**CLAIMS[0], "on": ["2020"]}]})
    code, out, _ = run("add", path, file, "--json")
    assert (code, json.loads(out)["refusals"][0]["value"]) == (2, "['2020']")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"{", "article.json: is not JSON: line 1, column 2: it ends too early"),
        (b" ", "article.json: is not JSON: it is empty; `partnership schema` says"),
        (b'{"a": 1,\n  "b": [1, 2,\n ]}', "article.json: is not JSON: line 2, column 13: there is a comma too many"),
        (b'{"a": 1, }', "article.json: is not JSON: line 1, column 8: there is a comma too many: remove it"),
        (b'{"a": [1,,]}', "article.json: is not JSON: line 1, column 10: there is a comma too many"),
        (b"{'a': 1}", "article.json: is not JSON: line 1, column 2: texts stand in straight double quotation marks"),
        ('{"a": “b”}'.encode(), "article.json: is not JSON: line 1, column 7: texts stand in straight double"),
        (b'{"a": 1 "b": 2}', "article.json: is not JSON: line 1, column 9: a comma, or the end of"),
        (b"{}\n{}", "article.json: is not JSON: line 2, column 1: the document ends before this"),
        (b'{"a": yes}', "article.json: is not JSON: line 1, column 7: here a value is missing, or a text without "),
        (b"\xff\xfe", "article.json: is not text in UTF-8: save it in that encoding"),
        (b"[" * 100_000, "article.json: is nested too deeply"),
        (b"1" * 5_000, "article.json: has a number with too many digits"),
        (b'{"claims": [{"on": "2020", "on": "2021"}]}', "article.json: the key 'on' stands twice"),
        (b'{"source": {"publisher": "a"}, "source": {}}', "article.json: the key 'source' stands twice"),
        (b'{"claims": [{"amount": {"amount": "1", "amount": "2"}}]}', "article.json: the key 'amount' stands twice"),
        (b"[]", "nothing was recorded, for 1 thing cannot be taken:\n  the submission: "),
        (b"{}", "nothing was recorded, for 2 things cannot be taken:\n  source is missing"),
    ],
)
def test_what_is_no_document(content, told, run, path):
    """It is refused with the reason."""
    Path("article.json").write_bytes(content)
    code, out, err = run("add", path, "article.json")
    assert (code, out, err.startswith(f"partnership: {told}")) == (2, "", True)


@pytest.mark.parametrize(
    ("written", "amount"),
    [("9007199254740993.0", 9007199254740993), ("123456789012345678.00", 123456789012345678), ("1.5e6", 1_500_000)],
)
def test_an_amount_with_a_point(written, amount, run, path):
    """A whole number is read as it stands, with all its digits."""
    claim = f'{{"event": "commitment-made", "subject": "f", "amount": {{"amount": {written}, "currency": "EUR"}}}}'
    Path("article.json").write_text(f'{{"source": {{"publisher": "VNA"}}, "claims": [{claim}]}}')
    assert run("add", path, "article.json")[0] == 0
    with ps.open(path) as record:
        assert record.commitments["f"].amount == ps.Money(amount, "EUR")


@pytest.mark.parametrize(
    "written",
    ["0.1", "1e400", "1e99999999999999999999", "-1e99999999999999999999", "NaN", "-Infinity", "1" * 200 + ".0"],
)
def test_an_amount_that_is_no_such_number(written, run, path):
    """It is refused at its place."""
    claim = f'{{"event": "commitment-made", "subject": "f", "amount": {{"amount": {written}, "currency": "EUR"}}}}'
    Path("article.json").write_text(f'{{"source": {{"publisher": "VNA"}}, "claims": [{claim}]}}')
    code, out, err = run("add", path, "article.json")
    assert (code, out, "claims[0].amount.amount: " in err) == (2, "", True)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["notes.txt"], "'notes.txt' is of no form that is known here; give a file that ends with .json, .xlsx,"),
        (["nope.json"], "nope.json: cannot be read: No such file or directory"),
        (["postgresql://desk:secretpw@localhost/desk"], "'…' looks like a database address"),
    ],
)
def test_a_file_that_cannot_be_read(words, told, run, path):
    """It is refused in one line."""
    code, out, err = run("add", path, *words)
    assert (code, out, err.count("\n"), err.startswith(f"partnership: {told}")) == (2, "", 1, True)


def test_a_document_without_a_source(run, path):
    """Options give it; where the document names one, they are refused."""
    file = write({"claims": CLAIMS})
    options = ("--publisher", "TASS", "--published", "2020-11-17", "--kind-of-source", "news", "--speaker", "Ivanov")
    assert run("add", path, file, *options)[0] == 0
    with ps.open(path) as record:
        entry = record.entries()[-1]
        assert (entry.source.publisher, str(entry.source.published), entry.speaker) == ("TASS", "2020-11-17", "Ivanov")
    write({"source": SOURCE, "claims": CLAIMS})
    told = "partnership: 'TASS' is given for a document that names its source; leave the options out\n"
    assert run("add", path, file, *options) == (2, "", told)
    assert run("add", path, file, "--speaker", "Ivanov")[0] == 0
    with ps.open(path) as record:
        assert record.entries()[-1].speaker == "Ivanov"


# ---- the schema ----


def test_the_schema(run):
    """It is printed as JSON, also without --json."""
    code, out, err = run("schema")
    assert (code, err) == (0, "")
    assert {"meeting-held", "commitment-made"} <= set(json.loads(out)["$defs"])


# ---- sheets ----

SHEET = """\
event;subject;on;title;publisher;published
meeting held;jcc-18;17 June 2020;JCC;VNA;16 November 2020
meeting-held;jcc-19;03/04/2021;;VNA;16 November 2020
"""


def test_a_sheet(run, path):
    """Its rows are recorded, dates as people write them; day before month only where that is said."""
    Path("old.csv").write_text(SHEET, "utf-8")
    code, out, err = run("add", path, "old.csv")
    assert (code, out) == (2, "")
    assert err.startswith(
        "partnership: nothing was recorded, for 1 thing cannot be taken:\n  C3: '03/04/2021' is ambig"
    )
    assert err.endswith("or say that days come first: --day-first\n")
    assert run("add", path, "old.csv", "--day-first")[1].startswith("Recorded 2 claims in asean-russia.db.\n")
    with ps.open(path) as record:
        assert str(record.meetings["jcc-19"].held_on) == "2021-04-03"


def test_options_of_sheets():
    """Every argument of `read_sheet` that a message may name has an option, and a message without one is left alone."""
    assert set(add_verbs._OPTIONS) == set(inspect.signature(ps.read_sheet).parameters) - {"path", "kinds"}
    assert add_verbs._advice("write 2020, or day_first=True", None) == "write 2020, or day_first=True"


def test_a_sheet_of_your_own(run, path):
    """Headings are mapped, options give the event and the source, and every refused cell has its address."""
    Path("eigene.csv").write_text("Name;Datum;Ort;Nr\njcc-18;17.06.2020;Hanoi;1\njcc-19;35.06.2020;Hue;2\n", "utf-8")
    maps = ("--map", "Name=subject", "--map", "Datum=on", "--map", "Ort=place")
    code, _, err = run("add", path, "eigene.csv", *maps)
    assert err.startswith(
        "partnership: nothing was recorded, for 2 things cannot be taken:\n  D1: 'Nr' is not a column "
    )
    assert (code, "leave it out: --map Nr=COLUMN\n" in err) == (2, True)
    assert "say which event all rows are: --event meeting-held" in err
    for heading, quoted in (("Our place", "'Our place=COLUMN'"), ("l'endroit", """'l'"'"'endroit=COLUMN'""")):
        Path("other.csv").write_text(f"event;subject;on;{heading}\nmeeting-held;jcc-18;2020;Hanoi\n", "utf-8")
        assert f"leave it out: --map {quoted}\n" in run("add", path, "other.csv", "--publisher", "VNA")[2]
    _, _, wrong = run("add", path, "eigene.csv", *maps, "--map", "Nr=plce")
    assert "the mapping of 'Nr': 'plce' is not a column of these events; " in wrong
    assert "; did you mean 'place'" in wrong
    more = (*maps, "--map", "Nr=", "--event", "meeting-held")
    code, _, err = run("add", path, "eigene.csv", *more)
    assert code == 2
    assert (
        "  row 2 has no source; fill in its publisher; or name one source for all such rows: --publisher NAME\n" in err
    )
    assert "  B3: '35.06.2020' is not a date" in err
    Path("eigene.csv").write_text("Name;Datum;Ort;Nr\njcc-18;17.06.2020;Hanoi;1\n", "utf-8")
    source = ("--publisher", "Our archive", "--published", "16 November 2020", "--speaker", "Ivanov", "--private")
    assert run("add", path, "eigene.csv", *more, *source)[0] == 0
    with ps.open(path) as record:
        entry = record.entries()[-1]
        assert (entry.source.publisher, entry.speaker, entry.event.place) == ("Our archive", "Ivanov", "Hanoi")
        assert entry.remarks.shared is False
    told = "partnership: 'Datum' maps no heading; write --map HEADING=COLUMN, such as --map Datum=on\n"
    assert run("add", path, "eigene.csv", "--map", "Datum") == (2, "", told)


def test_a_template(run, values, path):
    """It is taken back once it is filled in; a file that is there is refused."""
    pytest.importorskip("xlsxwriter")
    told = "Wrote meetings.xlsx.\nWhen it is filled in: partnership add RECORD meetings.xlsx\n"
    assert run("template", "meetings.xlsx", "meeting") == (0, told, "")
    assert run("template", "meetings.xlsx", "meeting")[2].startswith("partnership: meetings.xlsx: exists already")
    assert values("template", "pledges.csv", "commitment-made") == {"file": "pledges.csv", "for": "commitment-made"}
    code, _, err = run("template", "other.csv", "meting")
    assert (code, "meting" in err) == (2, True)
    pytest.importorskip("python_calamine")
    code, out, err = run("add", path, "meetings.xlsx")
    assert (code, out, "the sheet has no row that is filled in; below the example, write a row" in err) == (2, "", True)


def test_a_sheet_of_several(run, path):
    """The one that is meant is asked for with the option."""
    xlsxwriter = pytest.importorskip("xlsxwriter")
    pytest.importorskip("python_calamine")
    with xlsxwriter.Workbook("two.xlsx") as workbook:
        for name in ("2020", "2021"):
            sheet = workbook.add_worksheet(name)
            for row, cells in enumerate((("subject", "on", "publisher"), (f"jcc-{name}", name, "VNA"))):
                for column, cell in enumerate(cells):
                    sheet.write_string(row, column, cell)
    code, _, err = run("add", path, "two.xlsx", "--event", "meeting-held")
    assert (code, "read them one by one, and say which: --sheet '2020'\n" in err) == (2, True)
    assert run("add", path, "two.xlsx", "--event", "meeting-held", "--sheet", "2021")[0] == 0
    with ps.open(path) as record:
        assert "jcc-2021" in record.meetings


def test_a_sheet_without_rows(run, path):
    """It is refused: nothing was recorded, and nobody is to think that it was."""
    Path("empty.csv").write_text("event,subject,publisher\n", "utf-8")
    assert run("template", "example.csv", "meeting-held")[0] == 0
    for name in ("empty.csv", "example.csv"):
        code, out, err = run("add", path, name)
        assert (code, out, "the sheet has no row that is filled in" in err) == (2, "", True)


def test_what_can_stand_in_a_template(run, tmp_path):
    """Its events are named; of an unknown kind, those that are near, and all of them."""
    out = run("template", str(tmp_path / "roles.csv"), "role")[1]
    assert re.search("^What can stand in the column event: .*role-held", out, re.MULTILINE)
    assert "column event" not in run("template", str(tmp_path / "held.csv"), "meeting-held")[1]
    for word, told in {
        "chair": "'chair' is neither a kind of subject nor an event; the kinds are aid, assessment, ",
        "claim": "'claim' is neither a kind of subject nor an event; ",
        "claim-corrected": "'claim-corrected' is neither a kind of subject nor an event; ",
        "Meeting held": "'Meeting held' is neither a kind of subject nor an event; did you mean 'meeting-held'",
    }.items():
        code, _, err = run("template", str(tmp_path / "other.csv"), word)
        assert (code, err.startswith(f"partnership: {told}")) == (2, True)
        assert "claim'" not in err.removeprefix(f"partnership: {word!r}").replace(repr(word), "")


def test_the_kinds_that_help_lists():
    """All that have a template, in alphabetical order."""
    listed = re.search(r"^kinds:\n((?: .*\n)+)", verbs._TEMPLATE, re.MULTILINE)[1]
    kinds = Kinds()
    assert listed.replace(",", " ").split() == sorted(
        {kinds.kind_of(name) for name in kinds.events} - {"claim", "subject"}
    )


@pytest.mark.filterwarnings("ignore::partnership.errors.SupersededWarning")
@pytest.mark.parametrize("words", [("retract",), ("correct", "place=Sochi")])
def test_what_was_taken_back_and_is_added_again(words, run, path):
    """It is said which entry is to be retracted to restore it."""
    claim = {"event": "meeting-held", "subject": "again", "on": "2020-06-17"}
    document = {"source": {"publisher": "VNA", "published": "2020-06-18"}, "claims": [claim]}
    Path("article.json").write_text(json.dumps(document), "utf-8")
    run("add", path, "article.json")
    assert "restore" not in run("add", path, "article.json")[1]
    verb, *rest = words
    amendment = re.search("again: ([0-9a-f]{12})", run(verb, path, "again", *rest)[1])[1]
    out = run("add", path, "article.json")[1]
    assert f" was corrected or retracted; to restore it, retract {amendment}\n" in out


@pytest.mark.parametrize("options", [(), ("--dry-run",)])
def test_a_source_that_is_dated_after_today(options, run, path):
    """It is recorded, with a warning, and the headings of what shows it are true."""
    Path("later.csv").write_text(
        "event,subject,on,publisher,published\n"
        "meeting-held,late,10 October 2025,TASS,5 March 2128\n"
        "meeting-held,third-round,10 October 2025,TASS,5 March 2128\n"
        "meeting-held,early,10 October 2025,VNA,11 October 2025\n"
    )
    code, _, err = run("add", path, "later.csv", *options)
    told = "TASS, 5 March 2128, is dated after today: if that is a slip, retract what it states"
    assert (code, err) == (0, f"partnership: warning: {told}\n")
    if not options:
        assert ", with sources dated after that day: " in run("show", path, "meetings")[1]
        assert ", with sources dated after that day.\n" in run("show", path, "late")[1]
        assert "with sources" not in run("show", path, "early")[1]
        assert "with sources" not in run("show", path, "--as-of", "2026-01-01")[1]
        assert "is dated after today" in run("findings", path)[1]


@pytest.mark.parametrize("options", [(), ("--dry-run",)])
def test_a_row_that_stands_twice_in_a_sheet(options, run, values, path):
    """It is one claim, and that it was repeated is said; so it is of claims that the record has."""
    row = "meeting-held,forum,10 October 2025,TASS,12 October 2025\n"
    other = "meeting-held,summit,10 October 2025,TASS,12 October 2025\n"
    Path("twice.csv").write_text(f"event,subject,on,publisher,published\n{row}{other}{row}{row}")
    code, out, _ = run("add", path, "twice.csv", *options)
    first, second, *rest = out.splitlines()
    assert (code, first.split(" ", 2)[-1] if not options else first[-42:], second) == (
        0,
        f"claims in {path}." if not options else f"This would record 2 claims in {path}."[-42:],
        "2 repetitions of a claim are left out.",
    )
    assert "Claims: 2" in rest
    if not options:
        again = run("add", path, "twice.csv")[1].splitlines()
        assert again[1:3] == ["2 claims are there already.", "2 repetitions of a claim are left out."]
        assert [one["is_new"] for one in values("add", path, "twice.csv")["claims"]] == [False] * 4


def test_a_claim_that_is_added_again_as_private(run, path):
    """Its first entry stays at the desk too, and the output says so."""
    Path("one.csv").write_text("event,subject,on,publisher,published\nmeeting-held,forum,2025-10-10,TASS,2025-10-12\n")
    assert "from now on" not in run("add", path, "one.csv")[1]
    with ps.open(path) as record:
        entry = record.entries()[-1]
    out = run("add", path, "one.csv", "--private")[1]
    assert f"{entry.id[:12]} could be shared before, and is private from now on\n" in out
    assert "forum" not in run("claims", path, "--csv")[1]
    assert "from now on" not in run("add", path, "one.csv", "--private")[1]
