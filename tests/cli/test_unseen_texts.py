"""Texts of others with characters that are not seen: wherever they are printed, they are spelled out, in one line."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest
from rich.console import Console

import partnership as ps
from partnership import errors
from partnership.__main__ import main
from partnership.cli import spinner
from partnership.errors import PartnershipError
from partnership.kinds import BUILT_IN
from partnership.record import record as record_module
from partnership.record.record import codec_of
from partnership.record.states import States
from partnership.serialization.canonical import canonical
from partnership.storage import sqlite_files

pytestmark = pytest.mark.no_cover

UNSEEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\U000e0041\ud800-\udfff]"
)
MARK = "\u200e\u200f\u2060\ufeff\U000e0041"
"""What a text of a known event may hold: marks of direction, and what has no width."""
FORGED = "\nFORGED"
"""A line that a text would put into an answer."""
ODD = "new\x1b[2J\x07\u202e\u009b\u2028\u2066\x7fz\n\rFORGED"
"""What only an event that is not known here may be named with."""
SOURCE = {"publisher": "VNA", "published": "2020-01-01"}
HEADER = {"format": "partnership-lines", "version": 1}


def unread():
    """Yield claims of events that are not known here: an odd name, an odd version, odd fields and values."""
    yield {"event": ODD, "v": 1, "subject": "foo", "source": SOURCE}
    yield {"event": "meeting-held", "v": 999, "subject": "foo", "fields": {ODD: ODD}, "source": SOURCE}
    yield {"event": "new", "v": 1, "subject": "foo", "fields": {"a": [ODD, {ODD: 1}]}, "source": SOURCE}


def hostile(value, is_read, known, place=()):
    """Put marks and another line into every text of several words in a JSON value that takes them, as is known of it.

    What each place in an event takes is tried once.
    """
    for key, one in [*(value.items() if isinstance(value, dict) else enumerate(value))]:
        inner = (*place, key) if isinstance(value, dict) else place
        inner = (value["event"], value["v"]) if key == "fields" else inner
        if isinstance(one, dict | list):
            hostile(one, is_read, known, inner)
        elif isinstance(one, str) and " " in one:
            for more in known.get(inner, (MARK + FORGED + MARK, MARK, "")):
                value[key] = f"{one}{more}"
                if inner in known or is_read():
                    known[inner] = (more,)
                    break


@pytest.fixture(scope="module")
def lines(tmp_path_factory):
    """Write a file of lines: every field of every event with such texts in it, and some that are not known here."""
    path = tmp_path_factory.mktemp("hostile") / "lines.jsonl"
    codec = codec_of(())
    claims, known, tried = [], {}, set()
    for page in sorted(Path(__file__).parents[1].joinpath("golden").glob("*.jsonl")):
        bodies = [json.loads(line)["body"] for line in page.read_text("utf-8").splitlines()]
        for entry in map(json.loads, sorted(bodies, key=len, reverse=True)):
            fields = {(entry["claim"]["event"], entry["claim"]["v"], name) for name in entry["claim"].get("fields", ())}
            if tried.issuperset(fields):
                continue
            tried |= fields

            def is_read(entry=entry):
                try:
                    codec.from_bytes(canonical(entry), "")
                except PartnershipError:
                    return False
                return True

            if is_read():
                hostile(entry, is_read, known)
                assert is_read()
                claims.append(entry)
    claims += [{"claim": one} for one in unread()]
    path.write_bytes(b"".join(canonical(one) + b"\n" for one in [HEADER, *claims]))
    assert path.read_text("utf-8").count(MARK) > 200
    return path


@pytest.fixture(scope="module")
def record(lines):
    """Read it."""
    with ps.read(lines) as opened:
        yield opened


def answers(record):
    """Yield all that a record answers."""
    every = {entry.event.kind: entry.event.about for entry in record.entries()}.values()  # one of each kind
    yield from (record, *record.entries(), *record.sources, *record.timeline(), *record.possible)
    yield from (*record.findings(), *record.disputes(), *record.overdue(), *record.outcomes(), *record.dormant())
    yield from (record.calendar("2030-01-01"), record.diff("2019-01-01", "2030-01-01"), *record.documents_register())
    yield from (*record.commitments_register(), *record.find("forged"), *record.find("new"), record.as_of("2020-06-01"))
    for name in BUILT_IN.plurals:
        if (states := getattr(record, name, None)) is not None:
            yield from (states, *states.values())
    asked = (record.dossier, record.why, record.series_ledger, record.fund_ledger, record.scoreboard, record.holders)
    for subject in every:
        for ask in (*asked, record.members):
            try:
                found = ask(subject if ask != record.members else "ASEAN")
            except PartnershipError as refused:
                found = refused
            yield found
            yield from getattr(found, "links", ())


def told(one):
    """Yield every text in which an object shows itself."""
    yield from (str(one), repr(one), getattr(one, "sentence", ""))
    if hasattr(one, "_repr_html_"):
        yield one._repr_html_()
    if isinstance(one, ps.Record | States) or not hasattr(one, "__rich_repr__"):
        console = Console(file=io.StringIO(), width=400)
        console.print(one)
        yield console.file.getvalue()


def test_all_answers(record):
    """No character that is not seen is in any of them, and no text begins a line of its own."""
    seen = 0
    for one in answers(record):
        assert not re.search(r"^\W*FORGED", str(one), re.MULTILINE), (type(one), str(one))
        for text in told(one):
            assert not UNSEEN.search(text), (type(one), text)
            seen += "<U+" in text
    assert seen > 500


VERBS = {
    "show": "show {lines}",
    "a family": "show {kept} statements",
    "a dossier": "show {kept} meeting:fmm",
    "overdue": "overdue {kept}",
    "why": "why {kept} meeting:fmm",
    "why of nothing": "why {kept} {odd}",
    "a field of nothing": "why {kept} meeting:fmm --field {odd}",
    "diff": "diff {kept} 2019-01-01 2030-01-01",
    "calendar": "calendar {kept}",
    "outcomes": "outcomes {kept}",
    "who": "who {kept} role:chair",
    "claims": "claims {kept}",
    "find": "find {kept} forged",
    "disputes": "disputes {kept}",
    "findings": "findings {kept}",
    "compare": "compare {kept} {record}",
    "a correction": "correct {record} meeting:fmm {odd}=x",
    "a retraction of nothing": "retract {record} {odd}",
    "a file of no form": "add {record} {odd}",
    "a file of no JSON": "add {record} {odd}.json",
    "a sheet that is not there": "add {record} {odd}.csv",
    "a day that is none": "diff {kept} {odd} 2030-01-01",
    "a page": "page {kept} {odd}.html --title a\u200e\ufeffb",
    "an export": "export {kept} {odd}.jsonl --all",
    "an import": "import {odd}.db {lines}",
    "an import of nothing": "import a.db {odd}.jsonl",
    "wrong lines": "import a.db {wrong}",
    "a verification": "verify {kept}",
    "a head": "verify {record} --head {odd}",
    "an option that is none": "show {kept} --{odd}",
    "a verb that is none": "{odd} {kept}",
}
NAME = "a\x1b[2J\x07\u202e\u009b\u2066\x7fz"


@pytest.fixture(scope="module")
def places(lines, tmp_path_factory):
    """Write records of the lines, one of them under an odd name, and lines that are wrong."""
    folder = tmp_path_factory.mktemp(f"odd-{NAME}")
    kept = lines.with_suffix(".db")
    ps.read(lines, into=kept).close()
    (folder / f"{NAME}.db").write_bytes(kept.read_bytes())
    wrong = folder / f"{NAME}.jsonl"
    wrong.write_bytes(canonical(HEADER) + b"\n" + canonical({"claim": {ODD: ODD}, ODD: ODD}) + b"\n" + ODD.encode())
    return {
        "lines": str(lines),
        "kept": str(kept),
        "record": str(folder / f"{NAME}.db"),
        "wrong": str(wrong),
        "odd": NAME,
    }


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("where", ["a pipe", "a terminal", "a terminal without rich"])
def test_a_verb(verb, where, places, request):
    """What it prints, and what it refuses, holds no character that is not seen, but for the colours of a terminal."""
    asked = ("tmp_path", "capsys", "monkeypatch", "screen")
    tmp_path, capsys, monkeypatch, screen = map(request.getfixturevalue, asked)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(spinner, "_DELAY", 600)  # what is told of it is not looked at here
    out = err = None
    if where != "a pipe":
        out, err = screen("stdout", 100), screen("stderr", 100)
    if where == "a terminal without rich":
        request.getfixturevalue("without_rich")
    try:
        main([one.format(**places) for one in VERBS[verb].split(" ")])
    except SystemExit as refused:
        assert refused.code == 2  # noqa: PT017
    printed = "".join(capsys.readouterr() if out is None else (out.getvalue(), err.getvalue()))
    printed = re.sub(r"\x1b\[[0-9;]*m", "", printed) if where == "a terminal" else printed
    assert printed
    assert not UNSEEN.search(printed)
    assert where != "a pipe" or not re.search("^FORGED", printed, re.MULTILINE)  # a terminal breaks lines between words


# ---- errors ----

ERRORS = [
    errors.PartnershipError(ODD),
    errors.InvalidValue(ODD, ODD, ODD),
    errors.InvalidEvent(ODD, ODD, (ODD,)),
    errors.InvalidEntry(ODD, (ODD,)),
    errors.InvalidLines(((ODD, 3, (ODD,)),)),
    errors.UnknownEvent(ODD, None, ODD),
    errors.UnknownEntry(ODD),
    errors.UnknownSubject(ODD, (ODD,)),
    errors.AmbiguousSubject(ODD, (ODD,)),
    errors.DifferentPartnership(ODD, ODD, ODD),
    errors.NotInstalled(ODD, ODD),
    errors.Damaged(ODD, ODD),
]


@pytest.mark.parametrize("error", ERRORS, ids=lambda one: type(one).__name__)
def test_an_error(error):
    """Its words are seen, and no part of it begins another line."""
    assert not UNSEEN.search(str(error))
    assert not re.search("^ *FORGED", str(error), re.MULTILINE)
    assert "<U+" in str(error) or "\\x1b" in str(error)


def test_a_file_that_names_an_odd_partnership(tmp_path, monkeypatch):
    """Only another program writes that, and it is refused, for the name would be shown wherever the record is."""
    with monkeypatch.context() as other:
        other.setattr(record_module, "slug", str)
        other.setattr(sqlite_files, "slug", str)
        ps.open(tmp_path / "a.db", partnership=ODD).close()
    with pytest.raises(errors.Damaged) as refused:
        ps.open(tmp_path / "a.db")
    assert not UNSEEN.search(str(refused.value))


@pytest.mark.parametrize("odd", [ODD, "\ud800", "A b", ""])
def test_a_head_of_an_odd_partnership(odd):
    """It is refused: its first line is printed."""
    with pytest.raises(errors.InvalidValue):
        ps.TreeHead(odd, 0, "0" * 64)


def test_a_record_in_memory_of_an_odd_partnership(monkeypatch):
    """It shows itself on one line."""
    monkeypatch.setattr(record_module, "slug", str)
    with ps.open(":memory:", partnership=ODD) as record:
        assert not UNSEEN.search(repr(record) + record._repr_html_())
