"""Arguments that people pass by mistake, and answers that are compared, copied and pickled."""

from __future__ import annotations

import copy
import pickle
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

import partnership as ps
from partnership.events import MeetingHeld, RoleHeld, StatementMade
from partnership.testing import ticking
from partnership.values.text import search_form

VNA = ps.Source("VNA", published="2020-11-16", kind="news")
TASS = ps.Source("TASS", published="2020-11-17", kind="news")
INVISIBLE = ("\u00ad", "\u061c", "\u180e", "\u200b", "\u200e", "\u200f", "\u2060", "\ufe0f", "\ufeff")
DASHES = ("\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2015", "\u2212", "\ufe63", "\uff0d")


@pytest.fixture
def record():
    """Open a record in which sources differ, a claim was corrected, and another was retracted."""
    with ps.open(":memory:", clock=ticking()) as opened:
        title = "ASEAN\u2013Russia meeting on the people\u2019s health"
        held, _ = opened.add(MeetingHeld("m", on="2020-06-17", title=title), RoleHeld("chair", holder="VN"), source=VNA)
        opened.add(MeetingHeld("m", on="2020-06-18"), source=TASS)
        opened.correct(held, place="Hanoi")
        opened.retract(opened.add(MeetingHeld("m", host="RU"), source=TASS)[0])
        yield opened


ANSWERS = {
    "why": lambda record: record.why("m"),
    "a reason": lambda record: record.why("m").reasons["held_on"],
    "what is superseded": lambda record: record.why("m").superseded,
    "dossier": lambda record: record.dossier("m"),
    "disputes": lambda record: record.disputes(),
    "findings": lambda record: record.findings(),
    "calendar": lambda record: record.calendar("2030-01-01"),
    "difference": lambda record: record.diff("2020-11-16", "2020-11-17"),
    "holders": lambda record: record.holders("chair"),
    "search": lambda record: record.find("health"),
    "states": lambda record: dict(record.meetings),
    "entries": lambda record: record.entries(),
    "verification": lambda record: record.verify(),
}


@pytest.mark.parametrize("ask", ANSWERS.values(), ids=ANSWERS)
def test_an_answer_that_is_asked_for_twice(record, ask):
    """It equals the first one, and what another view answers alike; it can be pickled and copied."""
    answer = ask(record)
    assert answer == ask(record)
    assert answer == pickle.loads(pickle.dumps(answer)) == copy.deepcopy(answer)  # noqa: S301  our own bytes
    with ps.open(":memory:", clock=ticking()) as other:
        other.merge(record)
        if ask not in (ANSWERS["entries"], ANSWERS["verification"]):  # these say when this log recorded them
            assert repr(answer) == repr(ask(other))


@pytest.mark.parametrize("name", ["why", "dossier", "disputes"])
def test_an_answer_after_another_claim(record, name):
    """It differs from the answer before, with which it shares subject and fields."""
    before = ANSWERS[name](record)
    assert isinstance(hash(before), int)
    assert before != "m"
    record.add(MeetingHeld("m", on="2020-06-18"), source=ps.Source("RIA", published="2020-11-18", kind="news"))
    assert ANSWERS[name](record) != before


@pytest.mark.parametrize(
    "part",
    [
        lambda record: record,
        lambda record: record.as_of("2021-01-01"),
        lambda record: record.meetings,
        lambda record: record.citing(VNA),
    ],
    ids=["a record", "a view", "states", "a citing block"],
)
@pytest.mark.parametrize("to_copy", [pickle.dumps, copy.copy, copy.deepcopy])
def test_what_reads_from_an_open_record(record, part, to_copy):
    """It cannot be copied or pickled, and says what can."""
    with pytest.raises(ps.errors.InvalidValue, match=r"reads from an open record.*dict\(record"):
        to_copy(part(record))


@pytest.mark.parametrize("text", [*INVISIBLE])
def test_an_invisible_character_in_a_name(record, text):
    """It is left out: a publisher, a speaker, a place and a holder with it are the same ones."""
    source = ps.Source(f"V{text}NA{text}", published="2020-11-16", kind="news")
    assert source == VNA
    entry = record.add(MeetingHeld("n", place=f"{text}Hu\u1ebf"), source=source, speaker=f"Alexander{text} Ivanov")[0]
    assert (entry.speaker, entry.event.place) == ("Alexander Ivanov", "Hu\u1ebf")
    assert RoleHeld("chair", person=f"Le{text}").person == "Le"
    with pytest.raises(ps.errors.InvalidValue, match=r"is empty|names no publisher"):
        ps.Source(text)


def test_joiners_that_a_script_needs():
    """They stay in a name, and every character stays in a text that is quoted."""
    persian = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"
    assert ps.Source(persian).publisher == persian
    assert StatementMade("s", text="co\u00adoperation").text == "co\u00adoperation"


@pytest.mark.parametrize("dash", ["-", *DASHES])
@pytest.mark.parametrize("apostrophe", ["'", "\u2019", "\u02bc"])
def test_other_dashes_and_apostrophes(record, dash, apostrophe):
    """A search finds what was printed with others."""
    assert record.find(f"ASEAN{dash}Russia people{apostrophe}s") == record.find("ASEAN\u2013Russia people\u2019s")
    assert record.find(f"asean{dash}RUSSIA")[0].subject == "meeting:m"


@given(text=st.text(min_size=1), shy=st.sampled_from(INVISIBLE), dash=st.sampled_from(DASHES))
def test_search_form(text, shy, dash):
    """What is invisible, and the sort of a dash, make no difference."""
    assert search_form(f"{text}{shy}a") == search_form(f"{text}a")
    assert search_form(f"{text}{dash}a") == search_form(f"{text}-a")


@pytest.mark.parametrize("after", ["1", None, 1.5, True, float("nan"), b"1", []])
def test_a_checkpoint_that_is_no_position(record, after):
    """It is refused when `follow` is called, not when the first entry is asked for."""
    with pytest.raises(ps.errors.InvalidValue, match="is not a position"):
        record.follow(after)


@pytest.mark.parametrize("after", [2**63, 2**64, -5, -(2**63)])
def test_a_checkpoint_outside_of_the_log(record, after):
    """Nothing follows the last entry; all entries follow what is before the first."""
    assert len(list(record.follow(after))) == (0 if after > 0 else len(record.entries()))


@pytest.mark.parametrize("wait", ["1", None, float("nan"), True, timedelta(seconds=1)])
def test_a_time_to_wait_that_is_no_number(record, wait):
    """It is refused: `nan` would wait without an end."""
    with pytest.raises(ps.errors.InvalidValue, match="is not a number of seconds"):
        record.follow(wait=wait)


def test_a_negative_time_to_wait(record):
    """It is no time at all."""
    assert len(list(record.follow(wait=-1))) == len(record.entries())


@pytest.mark.parametrize(
    ("ask", "sentence"),
    [
        (lambda record: record.project("meetings"), "is not a projection"),
        (lambda record: record.project(None), "is not a projection"),
        (lambda record: record.states(None), "is not a kind of subject"),
        (lambda record: record.states(b"meeting"), "is not a kind of subject"),
        (lambda record: record.merge(None), "is neither a record nor entries"),
        (lambda record: record.merge("claims.jsonl"), "is neither a record nor entries"),
        (lambda _: ps.TreeHead.parse(None), "is not the head of a log"),
        (lambda _: ps.TreeHead.parse(b"a\n0\nb"), "is not the head of a log"),
    ],
)
def test_an_argument_of_another_type(record, ask, sentence):
    """It is refused with a sentence."""
    with pytest.raises(ps.errors.InvalidValue, match=sentence):
        ask(record)


@pytest.mark.parametrize("name", ["x.jsonl", "x.JSONL", "x.csv", "x.xlsx", "x.json", "x.html", "x.ics", "x.parquet"])
def test_a_new_record_under_the_name_of_another_sort_of_file(tmp_path, name):
    """It is refused before a file is created, with the name to write; a file that is there is opened for what it is."""
    with pytest.raises(ps.errors.InvalidValue, match=r"another sort of file; write 'x\.db'; partnership\.read"):
        ps.open(tmp_path / name)
    assert not any(tmp_path.iterdir())
    ps.open(tmp_path / "x.db").close()
    (tmp_path / "x.db").rename(tmp_path / name)
    ps.open(tmp_path / name).close()


@pytest.mark.parametrize(
    ("hours", "today", "yesterday"),
    [(7, "2026-11-29", "2026-11-28"), (-5, "2026-11-28", "2026-11-27"), (0, "2026-11-28", "2026-11-27")],
)
def test_the_day_in_the_time_zone_of_the_clock(hours, today, yesterday):
    """Today is the day there, also for what is read today and what falls due; the log records the time in UTC."""
    now = datetime(2026, 11, 28, 23, 0, tzinfo=UTC)
    with ps.open(":memory:", clock=lambda: now.astimezone(timezone(timedelta(hours=hours)))) as record:
        entry = record.add(ps.events.MeetingScheduled("m", planned=yesterday), source=ps.Source("VNA"))[0]
        assert record.today.isoformat() == entry.source.retrieved.isoformat() == today
        assert entry.recorded_at == now
        assert entry.recorded_at.utcoffset() == timedelta(0)
        assert [item.subject for item in record.overdue()] == ["meeting:m"]
