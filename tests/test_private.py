"""What is private stays at the desk: every output, every cut, every way in which a mark comes, on every store."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from functools import partial

import matplotlib.pyplot as plt
import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.text import Text

import partnership as ps
from partnership import charts
from partnership.__main__ import main
from partnership.engine.entry_source import StoredEntries
from partnership.engine.resolution import newest
from partnership.events import FundBalanceReported, FundEstablished, MeetingScheduled, PlanProgressReported
from partnership.serialization.canonical import canonical
from partnership.subjects.amendments import AMENDMENTS, Amendment
from partnership.testing import histories, ticking
from partnership.testing import write as act

SECRET = "clandestine"  # noqa: S105  a word that no output may have
OPEN = ps.Source("Open Press", retrieved="2020-01-10", kind="news")
PLAIN = ps.Source(f"the {SECRET} press", retrieved="2020-01-10", kind="news")
MARKED = evolve(PLAIN, retrieved=date(2021, 1, 10))
TALKS = MeetingScheduled("talks", planned="2020-04")
SLIP = MeetingScheduled("talks", planned="2020-05")
OPENLY = (
    MeetingScheduled("summit", planned="2020-06", title="Open summit"),
    FundEstablished("fund", on="2019-01-01", title="Open fund"),
    FundBalanceReported("fund", as_of="2020-01-01", amount=ps.Money(5, "USD")),
    PlanProgressReported("plan", as_of="2020-01-01", done=1, total=4),
)
TWINS = (
    TALKS,
    FundBalanceReported("fund", as_of="2020-01-02", amount=ps.Money(7, "USD")),
    PlanProgressReported("plan", as_of="2020-01-02", done=2, total=4),
)


# ---- how a mark comes ----


def twins(record):
    """The same claims are recorded again, marked."""
    record.add(*TWINS, source=PLAIN)
    yield
    record.add(*TWINS, source=MARKED, shared=False)


def note(record):
    """The same is noted with a remark, marked, and openly again after that."""
    record.add(*TWINS, source=PLAIN, note=f"{SECRET} words")
    yield
    record.add(*TWINS, source=MARKED, shared=False)
    record.add(*TWINS, source=PLAIN, shared=True)


def retracted(record):
    """The claim that is marked is retracted."""
    (entry,) = record.add(TALKS, source=PLAIN)
    yield
    record.add(TALKS, source=MARKED, shared=False)
    record.retract(entry)


def effective(record):
    """What corrects, retracts and prefers the claim that is marked tells of it."""
    first, second = record.add(TALKS, TWINS[1], source=PLAIN)
    record.correct(first, evolve(TALKS, title=f"{SECRET} talks"), reason=f"{SECRET} slip")
    record.correct(first, SLIP, source=OPEN)
    record.prefer(second, reason=f"{SECRET} reason")
    record.retract(record.retract(second, reason=f"{SECRET} word"), reason=f"{SECRET} word")
    yield
    record.add(TALKS, TWINS[1], source=MARKED, shared=False)


def corrected(record):
    """The claim is marked as the desk's correction has it."""
    (entry,) = record.add(SLIP, source=PLAIN)
    record.correct(record.correct(entry, evolve(SLIP, planned="2020-03")), TALKS, reason=f"{SECRET} slip")
    yield
    record.add(TALKS, source=MARKED, shared=False)


def slip(record):
    """A slip is marked, and the claim is recorded openly as the desk's correction of it has it."""
    record.add(TALKS, source=PLAIN)
    yield
    (entry,) = record.add(SLIP, source=MARKED, shared=False)
    record.correct(entry, TALKS)


def same(record):
    """The claim is marked under another name of its subject."""
    record.add(TALKS, source=PLAIN)
    record.add(MeetingScheduled("other-talks", planned="2020-07"), source=OPEN)
    record.same_as("meeting:talks", "meeting:other-talks", reason=f"{SECRET} tie")
    yield
    record.add(evolve(TALKS, subject="other-talks"), source=MARKED, shared=False)


def merged(record):
    """The mark comes from another desk."""
    record.add(*TWINS, source=PLAIN)
    yield
    with ps.open(":memory:") as other:
        other.add(*TWINS, source=MARKED, shared=False)
        record.merge(other)


def amendments(record):
    """Marks stand on a correction, a retraction, a preference and two names, as another's lines may have them."""
    first, second, third = record.add(SLIP, MeetingScheduled("a"), MeetingScheduled("b"), source=OPEN)
    with ps.open(":memory:") as other:
        other.merge([first, second, third])
        other.correct(first, evolve(TALKS, title=SECRET), source=PLAIN)
        other.retract(second, reason=SECRET)
        other.prefer(third, reason=SECRET)
        other.same_as("meeting:a", "meeting:b", reason=SECRET)
        record.merge(other)
        yield
        for one in other.entries():
            if isinstance(one.event, AMENDMENTS):
                record.merge_encoded([marked(record, one)])


def marked(record, entry):
    """Return the entry that says the same and is marked."""
    whole = json.loads(entry.body)
    whole["remarks"] = {**whole.get("remarks", {}), "shared": False}
    return record._codec.from_bytes(canonical(whole), "a line")


pytestmark = [
    pytest.mark.filterwarnings("ignore::partnership.errors.SupersededWarning"),  # what lies superseded counts too
    pytest.mark.no_cover,
]
WAYS = (twins, note, retracted, effective, corrected, slip, same, merged, amendments)

# ---- cuts ----

CUTS = {
    "none": lambda record, _: record,
    "day": lambda record, _: record.as_of("2020-06-01"),
    "on": lambda record, _: record.as_of(on="2020-06-01"),
    "known": lambda record, _: record.as_of(known="2020-06-01"),
    "recorded": lambda record, before: record.as_of(recorded=before),
    "sources": lambda record, _: record.as_of(sources=lambda one: one.retrieved != MARKED.retrieved),
    "policy": lambda record, _: record.as_of(policy=newest),
    "all of them": lambda record, before: record.as_of(
        on="2020-06-01", known="2020-06-01", recorded=before, sources=lambda one: one.retrieved != MARKED.retrieved
    ),
}
WORDS = {"none": (), "day": ("--as-of", "2020-06-01"), "known": ("--known", "2020-06-01")}
"""The cuts that the command line has."""

# ---- outputs ----


def lines(view, folder):
    """`partnership.write`."""
    ps.write(view, folder / "out.jsonl", partnership="p")
    return (folder / "out.jsonl").read_text("utf-8")


def calendar_file(view, folder):
    """`partnership.write_calendar`, and what it returns."""
    written = ps.write_calendar(view, folder / "out.ics")
    return f"{(folder / 'out.ics').read_text('utf-8')}{written}".replace("\r\n ", "").replace("\n ", "")


def citations(view, folder):
    """`partnership.write_citations` in both formats."""
    names = ("sources.bib", "sources.json")
    for name in names:
        ps.write_citations(view, folder / name)
    return "".join((folder / name).read_text("utf-8") for name in names)


def linked_data(view, folder):
    """`partnership.write_linked_data` in both formats."""
    names = ("out.jsonld", "out.json")
    for name in names:
        ps.write_linked_data(view, folder / name)
    return "".join((folder / name).read_text("utf-8") for name in names)


def page(view, folder):
    """`page`."""
    view.page(folder / "out.html")
    return (folder / "out.html").read_text("utf-8")


def drawn(ax):
    """Return what is written in a picture."""
    found = " ".join(one.get_text() for one in ax.figure.findobj(Text))
    plt.close(ax.figure)
    return found


def answers(view, _):
    """Return all that a page or a picture can ask of the view that they show."""
    free = view.shareable()
    told = (free.entries(), free.timeline(), free.possible, free.findings(), free.sources, free.calendar().planned)
    return str((told, *(dict(free.states(name)) for name in free.kinds.plurals)))


def tables(view, folder):
    """Return the tables of all lists and kinds as CSV, which are asked for by name."""
    names = (
        "claims",
        "timeline",
        "calendar",
        "outcomes",
        "disputes",
        "findings",
        "sources",
        "meetings",
        "funds",
        "plans",
    )
    for name in names:
        ps.table_of(name, view).to_csv(folder / f"{name}.csv")
    return "".join((folder / f"{name}.csv").read_text("utf-8") for name in names)


HANDED_ON = {
    "tables": tables,
    "calendar file": calendar_file,
    "citations": citations,
    "linked data": linked_data,
    "lines": lines,
    "page": page,
    "timeline": lambda view, _: drawn(charts.timeline(view)),
    "scoreboard": lambda view, _: drawn(charts.scoreboard(view, "plan")),
    "fund balances": lambda view, _: drawn(charts.fund_balances(view, "fund")),
}
"""What leaves the desk."""
FOR_THE_DESK = {
    "at the prompt": (ps.View, repr),
    "in a notebook": (ps.View, lambda view: view._repr_html_()),
    "comparison": (ps.Comparison, lambda view: str(view.compare(ps.open(":memory:")))),
    "calendar": (ps.Calendar, lambda view: str(view.calendar())),
    "entries": (ps.View.entries, lambda view: repr(view.entries())),
    "dossier": (ps.Dossier, lambda view: str(view.dossier("plan:plan"))),
}
"""What shows private entries on purpose, with where its docstring says so."""


@pytest.fixture(params=["memory", "file", "postgres"])
def place(request, tmp_path):
    """Name where a record is kept."""
    if request.param == "postgres":
        return request.getfixturevalue("database")
    return ":memory:" if request.param == "memory" else str(tmp_path / "p.db")


def told(place, way):
    """Return a record of open claims and of a private one, and an instant before the mark."""
    now = [datetime(2021, 2, 1, tzinfo=UTC)]
    record = ps.open(place, partnership="p", clock=lambda: now[0])
    record.add(*OPENLY, source=OPEN)
    steps = way(record)
    next(steps)
    before = now[0]
    now[0] += timedelta(hours=1)
    assert next(steps, None) is None
    return record, before


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_what_is_handed_on(place, way, tmp_path):
    """A private claim is in none of it, through no cut, and neither is what mends it; what is open is in all of it."""
    record, before = told(place, way)
    # what is slow to write asks one view of what may leave, so twins show for every output that it does
    outputs = HANDED_ON if way is twins and place == ":memory:" else {"lines": lines, "answers": answers}
    with record:
        for scope, through in CUTS.items():
            for output, give in outputs.items():
                given = give(through(record, before), tmp_path)
                assert SECRET not in given, (scope, output)
                assert "Open" in given, (scope, output)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
@pytest.mark.parametrize("scope", WORDS)
def test_what_the_verbs_write(way, scope, tmp_path, capsys):
    """It is the same on the command line, which counts what is left out."""
    path, out = str(tmp_path / "p.db"), tmp_path / "out"
    told(path, way)[0].close()
    for verb in ("export", "page"):
        assert main([verb, path, str(out), *WORDS[scope]]) == 0
        assert SECRET not in out.read_text("utf-8")
        assert "left out." in capsys.readouterr().out
        out.unlink()


@pytest.mark.parametrize("output", FOR_THE_DESK)
def test_what_is_for_the_desk(output):
    """It shows what is private too, and its docstring says so."""
    where, show = FOR_THE_DESK[output]
    record, _ = told(":memory:", twins)
    with record:
        assert show(record) != show(record.shareable())
    assert "private" in where.__doc__ or "may not leave is in it" in where.__doc__


@pytest.mark.parametrize("scope", CUTS)
def test_a_dossier_of_what_is_private(place, scope):
    """It says that some of it is private, also where the mark is outside of the cut."""
    record, before = told(place, twins)
    with record:
        dossier = CUTS[scope](record, before).dossier("meeting:talks")
        assert not dossier.may_be_shared
        assert "Some of this is private" in str(dossier)
        assert str(dossier).endswith("private")
        assert CUTS[scope](record, before).dossier("meeting:summit").may_be_shared


@pytest.mark.parametrize("name", ["a.jsonld", "a.json", "a.html"])
def test_all_entries_are_read_once(name, tmp_path, monkeypatch):
    """To find those that are private, and how many these are; what is written is made of the ones that were read."""
    read, entries = [], StoredEntries.entries
    monkeypatch.setattr(StoredEntries, "entries", lambda *given: read.append(given) or entries(*given))
    with ps.open(":memory:", clock=ticking()) as record:
        record.add(*OPENLY, source=OPEN)
        record.add(SLIP, source=PLAIN, shared=False)
        read.clear()
        view = record.as_of("2021-01-01")
        written = (view.page if name.endswith("html") else partial(ps.write_linked_data, view))(tmp_path / name)
        assert (written.left_out, len(read)) == (1, 1)


def test_a_mark_that_comes_after_a_view():
    """It counts in a view that was there before it, and in one of what may leave."""
    record, before = told(":memory:", lambda record: iter([record.add(*TWINS, source=PLAIN)]))
    with record:
        views = [record.as_of(known="2020-06-01"), record.as_of(recorded=before)]
        free = [one.shareable() for one in views]
        assert all(len(one.entries()) == 7 for one in (*views, *free))
        record.add(*TWINS, source=MARKED, shared=False)
        assert [one.private_count() for one in (*views, *free)] == [3, 3, 3, 3]


# ---- for any history ----


@st.composite
def told_and_marked(draw):
    """Generate a history, and which of its entries are marked by a later one."""
    return draw(histories(most=8)), draw(st.sets(st.integers(0, 7), min_size=1))


@settings(max_examples=30)
@given(given=told_and_marked(), day=st.sampled_from(["2020-05-20", "2020-06-01", "2020-06-15"]))
def test_any_history(tmp_path, given, day):
    """Neither a marked claim nor what aims at one is in lines, nor in what pages and charts show, through any cut."""
    history, chosen = given
    with ps.open(":memory:", partnership="p", clock=ticking()) as record:
        entries = act(record, history)
        before = record.entries()[-1].recorded_at
        kept = {one.claim.id for place, one in enumerate(entries) if place in chosen}
        record.merge_encoded([marked(record, one) for one in entries if one.claim.id in kept])
        cuts = [{"day": day}, {"on": day}, {"known": day}, {"recorded": before}, {"policy": newest}]
        for scope in [*cuts, {"sources": lambda one: one.kind == "news"}, {}]:
            view = record.as_of(**scope)
            written = ps.write(view, tmp_path / "out.jsonl")
            free = view.shareable()
            assert set(written) == set(free.entries()) <= set(view.entries())
            for one in written:
                assert one.claim.id not in kept
                assert not (isinstance(one.event, Amendment) and one.event.subject in kept)
            assert kept.isdisjoint(claim for one in (*free.occurrences, *free.possible) for claim in one.claims)
