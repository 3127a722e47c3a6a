"""What shows itself: record, view, states, entry, why and answers, at a prompt, in a notebook, to rich."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from importlib import import_module

import pytest
from attrs import frozen

import partnership as ps
from partnership.events import (
    CommitmentMade,
    DialogueLaunched,
    MeetingCancelled,
    MeetingHeld,
    MeetingScheduled,
    StatementMade,
)
from partnership.kinds import BUILT_IN
from partnership.render.state_table import _TONE_OF, describe_state, tone_of
from partnership.testing import ticking

VNA = ps.Source("VNA", published="2020-11-16", kind="news", url="https://vna.vn/1")
TASS = ps.Source("TASS", published="2020-11-17", kind="official-release")
TITLE = "<img src=x onerror=alert(1)> \u206agnp.exe $x^2$"
"""A title that would be a picture, be read from the right, and be mathematics."""
SHOWN = "&lt;img src=x onerror=alert(1)&gt; &lt;U+206A&gt;gnp.exe $x^2$"


@pytest.fixture
def record():
    """Open a record of a few meetings, one of them in dispute and one with a hostile title."""
    with ps.open(":memory:", partnership="us-them", clock=ticking()) as opened:
        opened.add(MeetingHeld("a", on="2020-06-17", title=TITLE), MeetingScheduled("b", planned="2021-03"), source=VNA)
        opened.add(MeetingHeld("a", on="2020-06-18"), source=TASS)
        opened.add(MeetingCancelled("c"), CommitmentMade("d", text="work together"), source=TASS)
        yield opened


def formats(shown):
    """Return the forms in which a notebook has an object."""
    formatter = import_module("IPython.core.formatters").DisplayFormatter()
    formatter.active_types = ["text/plain", "text/html"]
    forms, _ = formatter.format(shown)
    return forms


def pretty_repr(shown, **how):
    """Return how rich prints an object."""
    return import_module("rich.pretty").pretty_repr(shown, **how)


# ---- a record and a view ----


@frozen
class OneSource:
    """What is true of the sources of one publisher, as an object that has no name of its own."""

    publisher: str

    def __call__(self, source):
        """Tell whether a source is of that publisher."""
        return source.publisher == self.publisher


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ({"day": "2020-12-01"}, "as of 1 December 2020"),
        ({"on": "2020-12-01"}, "as of on=1 December 2020"),
        ({"on": "2020-12-01", "known": "2020-12-02"}, "as of on=1 December 2020, known=2 December 2020"),
        ({"day": "2020-12-01", "policy": ps.newest}, "as of 1 December 2020, policy=newest"),
        ({"known": "2020-12-01", "sources": OneSource("VNA")}, "as of known=1 December 2020, sources=OneSource"),
    ],
)
def test_a_view_at_a_prompt(record, asked, shown):
    """It is one line: whose, as of when, cut from how many entries."""
    assert repr(record.as_of(**asked)) == f"<View of us-them {shown}, cut from 5 entries>"


def test_a_view_of_the_past_of_a_log(record):
    """It is cut from what the log held then."""
    view = record.as_of(recorded=datetime(2030, 1, 1, tzinfo=UTC))
    assert repr(view) == "<View of us-them as of recorded=1 January 2030, 00:00:00+00:00, cut from 5 entries>"


def test_a_record_in_a_notebook(record):
    """It is a table of the families: how many, where they stand, on how many the sources differ."""
    forms = formats(record)
    assert forms["text/plain"] == "<Record of us-them: 5 entries>"
    page = forms["text/html"]
    for part in ("<b>Record of us-them: 5 entries</b>", "held 1", "scheduled 1", "cancelled 1", "sources differ on 1"):
        assert part in page
    assert "2 documents of 2 publishers" in page
    assert "dialogues" not in page
    assert "View of us-them as of 16 November 2020" in formats(record.as_of("2020-11-16"))["text/html"]
    assert "1 document of 1 publisher" in formats(record.as_of("2020-11-16"))["text/html"]


def test_a_record_of_more_than_twenty_families(monkeypatch):
    """Twenty are shown, and how many more there are."""
    with ps.open(":memory:", clock=ticking()) as record:
        record.add(MeetingHeld("m"), source=VNA)
        monkeypatch.setattr(type(record.kinds), "plurals", ["meetings"] * 23)
        page = record._repr_html_()
    assert page.count("<tr>") == 21
    assert "and 3 more" in page


def test_a_record_for_rich(record):
    """It is printed with its partnership, its entries and its cut, and nothing is markup."""
    out = io.StringIO()
    import_module("rich.console").Console(file=out, width=200).print(record, record.as_of("2020-12-01"))
    assert out.getvalue().split("\n")[0].startswith("Record(partnership='us-them', entries=5)")
    assert (
        pretty_repr(record.as_of(known="2020-12-01"))
        == "View(partnership='us-them', entries=5, known='1 December 2020')"
    )


def test_a_view_as_others_may_see_it(record):
    """It shows itself as any view does, cut from what may leave the desk."""
    record.add(MeetingHeld("e"), source=VNA, shared=False)
    assert repr(record.as_of("2021-01-01").shareable()) == "<View of us-them as of 1 January 2021, cut from 5 entries>"
    assert "6 entries" in repr(record)


def test_a_record_that_is_closed(record):
    """It says so wherever it is shown, and raises nothing; so do its states and its views."""
    view, meetings = record.as_of("2020-12-01"), record.meetings
    record.close()
    for shown, name in ((record, "Record"), (view, "View"), (meetings, "meetings")):
        assert repr(shown) == f"<{name} of :memory:: is closed; its entries are gone>"
        assert f"<b>{name} of :memory:: is closed" in shown._repr_html_()
        assert "is closed" in pretty_repr(shown)


def test_a_large_record(record, monkeypatch):
    """It is not read to be shown, and its states are not either."""
    monkeypatch.setattr("partnership.engine.index._SMALL", 4)
    assert repr(record) == "<Record of us-them: 5 entries>"
    assert "They are not read to be shown" in record._repr_html_()
    meetings = record.meetings
    assert repr(meetings) == "<meetings of 5 entries, which are not read to be shown>"
    assert "<b>meetings of 5 entries, which are not read" in meetings._repr_html_()
    assert pretty_repr(meetings) == "States('meetings', '5 entries, which are not read to be shown')"
    assert not record._query.index.is_complete


# ---- states ----


def test_states_in_a_notebook(record):
    """A row has name, title, status by word and colour, what is disputed, and the numbers of its sources."""
    page = formats(record.meetings)["text/html"]
    assert page.count("<tr>") == 4
    for part in (f">{SHOWN}<", "held, 18 June 2020", "sources differ on: held on", "scheduled, planned March 2021"):
        assert part in page
    assert "<img" not in page
    assert "\u206a" not in page
    assert '[2] <a href="https://vna.vn/1" rel="noopener noreferrer">VNA, 16 November 2020</a>' in page
    assert page.index("[1] TASS, 17 November 2020<br>") < page.index("[2] <a")


def test_states_without_titles(record):
    """There is no column of titles."""
    assert ">title<" in record.meetings._repr_html_()
    record.add(DialogueLaunched("e", on="2020"), source=VNA)
    assert ">title<" not in record.dialogues._repr_html_()


def test_more_than_twenty_states():
    """Twenty are shown, and how many more there are."""
    with ps.open(":memory:", clock=ticking()) as record:
        record.add(*[MeetingHeld(f"m{number:02}") for number in range(23)], source=VNA)
        page = record.meetings._repr_html_()
        assert page.count("<tr>") == 21
        assert ">m19<" in page
        assert ">m20<" not in page
        assert "and 3 more" in page
        assert "<b>meetings: 23</b>" in page
        assert pretty_repr(record.meetings).count("=") == 21  # how many, and twenty of them


def test_many_sources_of_one_state():
    """Three are named, and how many more there are."""
    with ps.open(":memory:", clock=ticking()) as record:
        for number in range(5):
            record.add(MeetingHeld("m", on="2020"), source=ps.Source(f"P{number}", published="2021", title="T"))
        page = record.meetings._repr_html_()
    assert "[1] [2] [3] and 2 more" in page
    assert "[3] P2, 2021: T" in page
    assert "[4]" not in page


def test_states_that_are_none():
    """They are their name, and that there are none."""
    with ps.open(":memory:", clock=ticking()) as record:
        assert repr(record.meetings) == "<meetings: >"
        assert "<b>meetings: 0</b>" in record.meetings._repr_html_()


def test_a_status_that_has_no_colour(record):
    """It has its word, and a dot like any other."""
    assert tone_of("dialogue-partner") == tone_of(None) == "plain"
    assert "#888888" in record.commitments._repr_html_()


def test_statuses_with_a_colour():
    """Each is one that a built-in kind has."""
    assert set(_TONE_OF) <= {status for one in BUILT_IN if one.lifecycle for status in one.lifecycle.ranks}


def test_where_a_subject_stands(record):
    """It is its status and its day, how much is known where it has none, and what sources differ on."""
    assert describe_state(record.meetings["a"]) == ("held, 18 June 2020", "sources differ on: held on")
    assert describe_state(record.meetings["b"]) == ("scheduled, planned March 2021",)
    record.add(MeetingHeld("e", on="2020", body="series:s"), source=VNA)
    assert describe_state(record.series["s"]) == ("", "editions: 1")


@frozen
class Hosting:
    """What one party hosted."""

    party: str
    hosted: tuple[str, ...] = ()


def projection(initial, evolve):
    """Return a projection by host."""
    return ps.Projection("hosting", initial, evolve, key=lambda one: [one.event.host] if one.event.host else [])


@pytest.mark.parametrize(
    ("initial", "evolve", "shown"),
    [
        (
            Hosting,
            lambda state, one: Hosting(state.party, (*state.hosted, one.event.title)),
            f"party RU, hosted {SHOWN}",
        ),
        (lambda _: 0, lambda state, _: state + 1, ">1<"),
        (lambda _: {}, lambda state, one: state | {one.event.title: 1}, "{&#x27;&lt;img src=x"),
    ],
)
def test_a_projection_of_ones_own(initial, evolve, shown):
    """It shows itself as any other, whatever its states are."""
    with ps.open(":memory:", clock=ticking()) as record:
        record.add(MeetingHeld("m", on="2020", host="RU", title=TITLE), source=VNA)
        states = record.project(projection(initial, evolve))
        page = formats(states)["text/html"]
        assert repr(states) == "<hosting: RU>"
    assert "<b>hosting: 1</b>" in page
    assert shown in page
    assert "VNA, 16 November 2020" in page
    assert "<img" not in page


def test_a_projection_by_hostile_names():
    """Its keys, and its own name, come out as text everywhere."""
    with ps.open(":memory:", clock=ticking()) as record:
        record.add(MeetingHeld("m", title=TITLE), source=VNA)
        by_title = ps.Projection("<b>\x1b", lambda _: 0, lambda state, _: state + 1, key=lambda one: [one.event.title])
        states = record.project(by_title)
        assert repr(states) == "<<b><U+001B>: <img src=x onerror=alert(1)> <U+206A>gnp.exe $x^2$>"
        assert "<U+206A>gnp.exe $x^2$='1'" in pretty_repr(states, max_width=200)
        page = states._repr_html_()
    assert SHOWN in page
    assert "&lt;b&gt;&lt;U+001B&gt;: 1" in page


def test_states_for_rich(record):
    """They are printed with how many they are and where the first stand."""
    told = pretty_repr(record.meetings, max_width=200)
    assert told.startswith("States(")
    assert "a='held, 18 June 2020; sources differ on: held on'" in told
    assert "c='cancelled'" in told


# ---- an entry, a why, an answer ----


def test_an_entry_in_a_notebook(record):
    """It is what was said, by whom, what the desk remarks, and when this log took it; the source is a link."""
    entry = record.add(
        MeetingScheduled("s", planned="2021-06", title=TITLE, parties=["RU", "CN"]),
        source=VNA, speaker="<i>x</i>", inferred=["planned"], note="<n>", certainty="reported", shared=False,
    )[0]  # fmt: skip
    forms = formats(entry)
    assert forms["text/plain"] == "<Entry 6: meeting:s, meeting scheduled, said by VNA, 16 November 2020>"
    for part in (
        "Entry 6: meeting scheduled", "meeting:s", "June 2021", SHOWN, "CN, RU", "&lt;i&gt;x&lt;/i&gt;", "&lt;n&gt;",
        "supplied by the desk",
        'VNA, 16 November 2020<br><a href="https://vna.vn/1" rel="noopener noreferrer">the document',
        "1 January 2026, 00:00:", "not to leave the desk",
    ):  # fmt: skip
        assert part in forms["text/html"], part
    assert "speaker='<i>x</i>'" in pretty_repr(entry)
    assert "not to leave" not in record.entries()[0]._repr_html_()
    assert repr(record.entries()[0]) == "<Entry 1: meeting:a, meeting held 17 June 2020, said by VNA, 16 November 2020>"


def test_a_correction_in_a_notebook(record):
    """It tells what should have been said, field by field."""
    entry = record.correct(record.entries()[0], MeetingHeld("a", on="2020-06-18", title=TITLE), reason="<r>")
    page = entry._repr_html_()
    assert f"about meeting:a, on 18 June 2020, title {SHOWN}" in page
    assert "&lt;r&gt;" in page


def test_a_why_in_a_notebook(record):
    """A row is a field, what is believed of it, and the numbers of those who say so and who say what else."""
    record.retract(record.add(MeetingHeld("a", on="2019"), source=VNA)[0], reason="<r>")
    why = record.why("meeting:a")
    forms = formats(why)
    assert forms["text/plain"] == "<Why meeting:a: 5 fields, 3 claims, sources differ on held_on, something superseded>"
    for part in (
        "<b>Why meeting:a</b>", ">held on<", "18 June 2020<br>", "disputed; chosen because its source is more official",
        ">17 June 2020 [2]<", "[1] TASS, 17 November 2020 (official-release)", "VNA, 16 November 2020 (news)</a>",
        SHOWN, "superseded: meeting-held, VNA, 16 November 2020 (claim-retracted, &lt;r&gt;)",
    ):  # fmt: skip
        assert part in forms["text/html"], part
    assert "outcomes" not in forms["text/html"]
    assert "held_on='18 June 2020'" in pretty_repr(why, max_width=200)


def test_a_why_of_a_document_with_a_title(record):
    """Its note has the title."""
    record.add(StatementMade("s", text="x"), source=ps.Source("A", published="2020", title="<T>"))
    why = record.why("statement:s")
    assert repr(why) == f"<Why statement:s: {len(why.reasons)} fields, 1 claims>"
    assert "[1] A, 2020: &lt;T&gt;" in why._repr_html_()


def test_answers(record):
    """Each of several is one line, and one alone is its text."""
    assert repr(record.upcoming()) == "()"
    view = record.as_of("2021-05-01")
    assert repr(view.overdue()) == "(<PlannedItem: meeting:b: planned March 2021, said by VNA, 16 November 2020>,)"
    assert repr(view.timeline()[0]) == (
        "<Occurrence: 18 June 2020: meeting:a meeting-held (sources differ: on), "
        "said by TASS, 17 November 2020; VNA, 16 November 2020>"
    )
    undated = [repr(one) for one in view.timeline() if one.event.dated is None]
    assert (
        "<Occurrence: said on 17 November 2020: meeting:c meeting-cancelled, said by TASS, 17 November 2020>" in undated
    )
    assert repr(record.disputes()[0]).startswith("<Dispute: meeting:a, meeting held, on: 18 June 2020 (TASS) or 17")
    finding = record.findings()[0]
    assert (str(finding), repr(finding)) == (finding.sentence, f"<Finding: {finding.sentence}>")
    found = record.find("gnp")[0]
    assert repr(found).startswith("<SearchHit: meeting:a, title: <img src=x onerror=alert(1)> <U+206A>gnp.exe")
    assert "&lt;img src=x" in record.dossier("meeting:a")._repr_html_()
    assert "\u206a" not in record.dossier("meeting:a")._repr_html_()
    calendar = formats(view.calendar())["text/html"]
    assert calendar.startswith('<div class="tex2jax_ignore mathjax_ignore"><p><b>planned')
    assert "\u206a" not in calendar
