"""What a notebook shows of lists of answers: tables."""

from __future__ import annotations

import re

import pytest

import partnership as ps
from partnership.events import DocumentPlanned, MeetingHeld, MeetingPostponed, MeetingScheduled
from partnership.values.display import MAX_ROWS, Listing

VNA = ps.Source("VNA", published="2020-01-05", kind="news")
TASS = ps.Source("TASS", published="2020-06-01", kind="news")


@pytest.fixture
def view():
    """Open a record with one of each, as of a day."""
    record = ps.open(":memory:")
    record.add(MeetingScheduled("m", planned="2020-03", title="<b>Forum</b> $x$"), source=VNA)
    record.add(MeetingScheduled("m", planned="2020-12"), source=TASS)
    record.add(MeetingScheduled("n", planned="2021-12"), MeetingPostponed("o"), source=TASS)
    record.add(DocumentPlanned("d", act="sign", planned="2020-04~"), source=TASS)
    for on, source in (("2020-01-01", VNA), ("2020-01-02", TASS)):
        record.add(MeetingHeld("p", on=on), source=source)
    return record.as_of("2021-02-01")


def rows(answer):
    """Return the cells of the tables of an answer, row by row, without markup."""
    found = re.findall("<tr>(.*?)</tr>", answer._repr_html_())
    cells = [re.findall("<t[dh][^>]*>(.*?)</t[dh]>", row) for row in found]
    return [[plain(cell) for cell in row] for row in cells]


def plain(cell):
    """Return the text of a cell without markup."""
    return " ".join(re.sub("<[^>]*>", " ", cell.replace("<br>", " / ").replace("&nbsp;", "")).split())


def test_what_is_overdue(view):
    """A row says what, where it stands, for when it was planned, and in which documents."""
    forum = "&lt;b&gt;Forum&lt;/b&gt; $x$ / meeting:m"
    assert rows(view.overdue()) == [
        ["what", "where it stands", "planned for", "said in"],
        ["document:d / to sign", "● overdue", "about April 2020", "TASS, 1 June 2020"],
        [
            forum,
            "● overdue",
            "December 2020 / before that for March 2020",
            "TASS, 1 June 2020",
        ],
        ["meeting:o", "● without date", "no date, since 1 June 2020", "TASS, 1 June 2020"],
    ]


def test_what_sources_differ_on(view):
    """All sides stand in a cell with who has them, and why the first is chosen."""
    assert rows(view.disputes())[1] == [
        "meeting:p / meeting held, on",
        "2 January 2020 (TASS) / 1 January 2020 (VNA)",
        "it is newer",
    ]


def test_findings_calendar_and_diff(view):
    """Each is a table too: the calendar and a diff one for each of their parts."""
    assert rows(view.findings())[0] == ["what is odd", "grade", "finding"]
    assert any("sources differ" in row[0] for row in rows(view.findings()))
    calendar = rows(view.calendar())
    assert [row[-1] for row in calendar if row[0] == "what"] == ["said in", "said in", "planned now for"]
    assert ["&lt;b&gt;Forum&lt;/b&gt; $x$ / meeting:m", "March 2020", "December 2020"] in calendar
    record = ps.open(":memory:")
    record.add(MeetingScheduled("m", planned="2020-03"), source=VNA)
    record.add(MeetingHeld("m", on="2020-03-02"), source=TASS)
    changed = record.diff("2020-02-01", "2020-07-01")
    assert ["meeting:m", "status", "scheduled → held"] in rows(changed)
    assert "fell due: nothing" in changed._repr_html_()


def test_a_listing_is_a_tuple(view):
    """It is equal to one, hashes as one, and a slice shows as a table too."""
    overdue = view.overdue()
    assert overdue == tuple(overdue)
    assert hash(overdue) == hash(tuple(overdue))
    assert repr(overdue) == repr(tuple(overdue))
    assert overdue[0] is next(iter(overdue))
    assert rows(overdue[1:]) == [rows(overdue)[0], *rows(overdue)[2:]]
    assert Listing()._repr_html_().count("nothing") == 1
    assert isinstance(overdue + overdue, tuple)


def test_more_than_a_table_shows(view):
    """It says how many more there are."""
    many = Listing([view.overdue()[0]] * (MAX_ROWS + 3))
    assert len(rows(many)) == MAX_ROWS + 1
    assert "and 3 more" in many._repr_html_()
