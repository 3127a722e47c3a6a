"""A user's own kind: every law, every question, the page, charts and the command line know it."""

from __future__ import annotations

import itertools
import json
import re
from datetime import UTC, datetime

import matplotlib as mpl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.testing.exhibitions import (
    Exhibition,
    ExhibitionAnnounced,
    ExhibitionClosed,
    ExhibitionOpened,
    exhibitions,
)

import partnership as ps
from partnership import charts
from partnership.__main__ import main
from partnership.events import MeetingHeld, ThemedYearProposed, VisitMade
from partnership.testing import events_of, histories, laws, scenario, sources, ticking, write

mpl.use("agg")
FEW = settings(max_examples=5)
NEWS = ("2026-01-10", "TASS", "news")
LATER = ("2026-03-01", "MFA", "official-release")
STORY = (
    NEWS,
    ExhibitionAnnounced("rodin", planned="2026-06-01", title="Rodin", host="VN", lenders=["FR"], meeting="culture"),
    ExhibitionAnnounced("icons", planned="2026-02", form="tour"),
    MeetingHeld("culture", on="2026-01-09"),
    LATER,
    ExhibitionAnnounced("rodin", planned="2026-07-01", part_of="themed-year:culture-2026"),
    ExhibitionOpened("lacquer", on="2026-02-20", works=60, insured=ps.Money("2", "EUR")),
    ExhibitionClosed("silk", on="2026-02-25", visitors=ps.Count(900, "about")),
    ("2026-03-02", "TASS", "news"),
    ExhibitionOpened("lacquer", on="2026-02-21"),
)


@pytest.fixture(params=["memory", "sqlite"])
def fresh(request, tmp_path):
    """Open empty records that know the kind, on one kind of store."""
    number = itertools.count()

    def open_record():
        path = ":memory:" if request.param == "memory" else tmp_path / f"{next(number)}.db"
        return ps.open(path, clock=ticking(), kinds=[exhibitions])

    return open_record


@pytest.fixture
def record():
    """Hold the story."""
    with scenario.given(*STORY, today="2026-04-01", kinds=[exhibitions]) as record:
        yield record


# ---- laws ----


@FEW
@given(data=st.data(), random=st.randoms(use_true_random=False))
def test_every_law(fresh, data, random):
    """It holds for histories of the kind."""
    with fresh() as record:
        write(record, data.draw(histories(exhibitions, most=6)))
        laws.order_independence(record, fresh, random)
        laws.merge_is_union(record, fresh, random)
        laws.idempotence(record)
        laws.retraction(record, fresh)
        laws.incremental(record, fresh)
        laws.lazy_equals_full(record, fresh)
        laws.corroboration(record, fresh)
        laws.every_value_has_a_claim(record)
        laws.findings_match_disputes(record)
        event = data.draw(st.one_of([events_of(one) for one in exhibitions.events]))
        laws.knowledge_is_stable(record, [(event, data.draw(sources()))])
    with fresh() as empty:
        laws.encoding(event, data.draw(sources()), empty)


@FEW
@given(history=histories(exhibitions))
def test_two_stores(tmp_path_factory, history):
    """They answer alike."""
    path = tmp_path_factory.mktemp("own") / "r.db"
    with (
        ps.open(":memory:", clock=ticking(), kinds=[exhibitions]) as memory,
        ps.open(path, clock=ticking(), kinds=[exhibitions]) as file,
    ):
        write(memory, history)
        laws.stores_agree(memory, file)


@given(event=st.from_type(ExhibitionOpened))
@settings(max_examples=30)
def test_events_by_their_type(event):
    """Hypothesis knows how to make them: each field as its specifier takes it."""
    assert isinstance(event, ExhibitionOpened)
    assert event.part_of is None or event.part_of.split(":")[0] in ("themed-year", "visit")


# ---- questions ----


def test_states(record):
    """They are found by the kind's name, its plural, and by the kind itself."""
    rodin = record.states("exhibition")["rodin"]
    assert rodin == record.states("exhibitions")["rodin"] == record.states(exhibitions)["exhibition:rodin"]
    assert isinstance(rodin, Exhibition)
    assert (rodin.status, rodin.host, rodin.meeting) == ("announced", "VN", "culture")
    assert record.kinds["exhibition"] is record.kinds["exhibitions"] is exhibitions
    assert record.states("exhibition")["lacquer"].disputed == ("opened_on",)
    assert record.as_of("2026-02-01").states("exhibition").keys() == {"rodin", "icons"}


def test_questions(record):
    """Each answers for the kind as for a built-in one."""
    why = record.why("exhibition:rodin")
    assert [str(one.source.publisher) for one in why.reasons["host"].because] == ["TASS"]
    assert record.why("rodin", "expected").reasons["expected"].value == record.states("exhibition")["rodin"].expected
    assert [one.subject for one in record.overdue()] == ["exhibition:icons"]
    assert [one.subject for one in record.upcoming()] == ["exhibition:rodin"]
    assert [str(one) for one in record.upcoming()[0].previous_dates] == ["2026-06-01"]
    calendar = record.calendar()
    assert [one.subject for one in calendar.moved] == ["exhibition:rodin"]
    assert "never-opened" in scenario.finding_slugs(record, "exhibition:silk")
    assert [one.subject for one in record.disputes()] == ["exhibition:lacquer"]
    assert {one.subject for one in record.find("Rodin")} == {"exhibition:rodin"}
    assert "Host: Vietnam (VN)" in str(record.dossier("rodin"))
    assert {one.subject for one in record.dossier("rodin").links} == {"meeting:culture", "themed-year:culture-2026"}
    assert len(record.entries(party="FR")) == 1
    assert "exhibition:silk" in {one.subject for one in record.timeline()}
    diff = record.diff("2026-01-15", "2026-03-05")
    assert {one.subject for one in diff.happened} >= {"exhibition:silk"}
    assert [one.subject for one in diff.fell_due] == ["exhibition:icons"]


def test_what_is_seen_of_it(record, tmp_path):
    """The notebook, the page and the chart show it."""
    assert "exhibitions" in record._repr_html_()
    assert "Rodin" in record.states("exhibition")._repr_html_()
    record.page(tmp_path / "arts.html")
    page = (tmp_path / "arts.html").read_text("utf-8")
    assert "Exhibitions" in page
    assert "Rodin" in page
    axes = charts.timeline(record, of="exhibition")
    assert {one.get_text() for one in axes.get_yticklabels()} >= {"Rodin", "silk"}
    audit = record.as_of(recorded=datetime(2027, 1, 1, tzinfo=UTC))
    assert audit.states("exhibition").keys() == record.states("exhibition").keys()


def test_a_record_that_is_opened_without_the_kind(record, tmp_path):
    """Its entries are kept, and the errors say what to do."""
    ps.write(record, tmp_path / "arts.jsonl")
    with ps.read(tmp_path / "arts.jsonl") as without:
        assert len(without.entries()) == len(record.entries())
        with pytest.raises(
            ps.PartnershipError, match=r"'exhibition' is not a kind of subject here; open the record with"
        ):
            without.states("exhibition")
        with pytest.raises(ps.PartnershipError, match=r"not a kind of this record; open it with kinds=\[…\]"):
            without.states(exhibitions)
        with pytest.raises(ps.PartnershipError, match="write 'meetings' or 'meeting'"):
            without.states("meetingss")
        with pytest.raises(ps.PartnershipError, match="'claim' is a kind without states"):
            without.states("claim")
        assert {one.slug for one in without.findings()} >= {"unread-event"}


# ---- the command line ----

MODULE = "from tests.testing.exhibitions import exhibitions\nbroken = 5\nall_of_them = [exhibitions]\n"


@pytest.fixture
def file(record, tmp_path, monkeypatch):
    """Return the name of a record's file, in a folder with a module of kinds."""
    with ps.open(tmp_path / "arts.db", kinds=[exhibitions]) as kept:
        kept.merge(record)
    (tmp_path / "arts_of_a_test.py").write_text(MODULE, encoding="utf-8")
    (tmp_path / "failing.py").write_text("1 / 0\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return "arts.db"


def run(capsys, *words, kinds="arts_of_a_test:exhibitions"):
    """Return the exit code, the output and the errors of a command."""
    code = main([*words, "--kinds", kinds])
    return code, *capsys.readouterr()


def test_every_verb(file, capsys):
    """It knows the kinds that are named."""
    assert "exhibitions: 4" in run(capsys, "show", file)[1]
    assert "exhibitions: 4" in run(capsys, "show", file, "exhibitions", kinds="arts_of_a_test:all_of_them")[1]
    assert "Host: Vietnam (VN)" in run(capsys, "show", file, "rodin")[1]
    overdue = json.loads(run(capsys, "overdue", file, "--json", "--as-of", "2026-04-01")[1])
    assert [one["subject"] for one in overdue["overdue"]] == ["exhibition:icons"]
    assert "host: VN" in run(capsys, "why", file, "exhibition:rodin")[1]
    assert "exhibition:silk" in run(capsys, "diff", file, "2026-01-15", "2026-03-05")[1]
    assert run(capsys, "page", file, "arts.html")[0] == 0
    assert run(capsys, "verify", file)[0] == 0
    assert run(capsys, "export", file, "arts.jsonl")[0] == 0
    assert "which holds 7" in run(capsys, "import", "again.db", "arts.jsonl")[1]
    assert "exhibitions: 4" in run(capsys, "show", "arts.jsonl")[1]


@pytest.mark.parametrize(
    ("kinds", "why"),
    [
        ("exhibitions", "'exhibitions' names no kinds, as --kinds needs; write MODULE:NAME, as arts:exhibitions"),
        ("arts of:x", "names no kinds"),
        (":x", "names no kinds"),
        ("arts:", "names no kinds"),
        ("no_such_module:x", "cannot be imported (ModuleNotFoundError: No module named 'no_such_module')"),
        ("failing:x", "cannot be imported (ZeroDivisionError: division by zero)"),
        ("arts_of_a_test:nothing", "cannot be imported (AttributeError: module 'arts_of_a_test' has no"),
        ("arts_of_a_test:broken", "5 is not a kind of subject"),
    ],
)
def test_kinds_that_cannot_be_had(file, capsys, kinds, why):
    """They are refused in one line."""
    code, output, errors = run(capsys, "show", file, kinds=kinds)
    assert (code, output, errors.count("\n")) == (2, "", 1)
    assert why in errors


def test_a_record_with_and_without_the_kinds(file, capsys):
    """Nothing is imported that is not named; without them the answer says that it leaves entries out."""
    for words in (["show", file], ["overdue", file], ["diff", file, "2026-01-01", "2026-02-01"]):
        assert main(words) == 0
        output, errors = capsys.readouterr()
        assert "xhibition" not in output
        assert re.search(r"warning: \d+ entries are of events that are not known here, .* --kinds", errors), words


def test_one_entry_of_a_kind_that_is_not_named(tmp_path, capsys):
    """The warning of a page counts one entry as one."""
    pytest.importorskip("jinja2")
    with ps.open(tmp_path / "one.db", kinds=[exhibitions]) as record:
        record.add(ExhibitionOpened("a"), source=ps.Source("VNA", published="2026-01-01"))
    assert main(["page", str(tmp_path / "one.db"), str(tmp_path / "one.html")]) == 0
    assert "1 entry is of an event that is not known here" in capsys.readouterr().err


# ---- laws of single facts ----


def test_references_of_other_kinds():
    """They are refused with those that fit; a slug of one kind stands with its kind or without."""
    assert ExhibitionOpened("a", meeting="meeting:b").meeting == "b"
    assert ExhibitionOpened("a", part_of="visit:b").part_of == "visit:b"
    assert ExhibitionOpened("a", part_of="b").part_of == "themed-year:b"
    with pytest.raises(ps.errors.InvalidEvent) as refused:
        ExhibitionOpened("a", part_of="meeting:b", meeting="visit:c")
    assert refused.value.reasons == (
        "meeting: 'visit:c' is no meeting; write 'c' or 'meeting:c'",
        (
            "part_of: 'meeting:b' is no themed-year or visit; write 'b' or 'themed-year:b', or another kind with the "
            "slug: 'visit:b'"
        ),
    )
    with pytest.raises(ps.errors.InvalidEvent, match="part_of: 'council:b' is no themed-year or visit"):
        ExhibitionOpened("a", part_of="council:b")


def test_references_that_meet_what_they_refer_to():
    """The dossier of the other one tells of it."""
    record = scenario.given(
        NEWS, VisitMade("tour"), ThemedYearProposed("year"), ExhibitionOpened("a", part_of="visit:tour", on="2025"),
        kinds=[exhibitions],
    )  # fmt: skip
    assert [str(one.subject) for one in record.dossier("visit:tour").links] == ["exhibition:a"]
    assert not record.dossier("themed-year:year").links
