"""What a page says: every value with its sources, what lost, what is late and who said it; what stays at the desk."""

from __future__ import annotations

import errno
import os
import re
import runpy
import sys
from base64 import b64encode
from datetime import UTC, datetime
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import attrs
import pytest
from hypothesis import given, settings

import partnership as ps
from partnership.errors import InvalidValue, NotARecord, NotInstalled, ReadOnly, StorageError, StorageFull
from partnership.events import (
    CommitmentMade,
    DocumentPlanned,
    DocumentSigned,
    FundContributionPledged,
    FundContributionReceived,
    FundEstablished,
    MeetingCancelled,
    MeetingHeld,
    MeetingPostponed,
    MeetingScheduled,
    MissionOpened,
    ParticipationAnnounced,
    PartyJoinedPartnership,
    RoleAssumed,
    RoleExpected,
    RoleHeld,
    RoleVacant,
    SeriesEstablished,
    StatementMade,
    StatisticReported,
)
from partnership.model.value_text import value_in_words
from partnership.render import page as page_content
from partnership.render.footnotes import Note
from partnership.render.html import link
from partnership.render.page import Card, build_page
from partnership.subjects.amendments import AMENDMENTS
from partnership.testing import histories, ticking, write

ROOT = Path(__file__).parent.parent.parent
EXAMPLE = ROOT / "examples" / "asean_russia"
EDTF = re.compile(r"\b\d{4}-\d\d|\b\d{4}[~?%]|\b\d{4}/|/\d{4}|\.\./|/\.\.|[\[{]\d{4}|\d{4}[\]}]")
GOLDEN = runpy.run_path(str(ROOT / "tests" / "golden" / "test_golden.py"))
TODAY = datetime(2021, 2, 1, tzinfo=UTC)
VNA = ps.Source("VNA", published="2020-01-05", kind="news", url="https://vna.example/1", language="en")
TASS = ps.Source("TASS", published="2020-06-01", kind="news")
MFA = ps.Source("MFA of Russia", published="2020-06-02", kind="official-release")
DESK = ps.Source("the desk", kind="desk-note", published="2020-06-03")
EMPTY = {"meta", "input", "link", "img", "wbr"}


class Tree(HTMLParser):
    """A page as elements in elements, each a tag, its attributes and what is in it."""

    def __init__(self, text):
        super().__init__()
        self.open = [("page", {}, [])]
        self.feed(text)
        assert len(self.open) == 1, "every element is closed"

    def handle_starttag(self, tag, attrs):
        """Open an element."""
        element = (tag, dict(attrs), [])
        self.open[-1][2].append(element)
        if tag not in EMPTY:
            self.open.append(element)

    def handle_endtag(self, tag):
        """Close the element that was opened last."""
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        """Keep a text."""
        self.open[-1][2].append(data)

    def all(self, tag=None, within=None, **wanted):
        """Return the elements of a tag with these attributes, in their order; of a class, one among its classes."""
        found = []
        for one in (within or self.open[0])[2]:
            if not isinstance(one, str):
                has = all(str(value) in one[1].get(name, "").split(" ") for name, value in wanted.items())
                found += [one] if has and tag in (None, one[0]) else []
                found += self.all(tag, one, **wanted)
        return found

    def one(self, tag=None, within=None, **wanted):
        """Return the only such element."""
        (found,) = self.all(tag, within, **wanted)
        return found


def text(element):
    """Return the text in an element, on one line."""
    return " ".join(raw(element).split())


def raw(element):
    """Return the text in an element, a blank after what stands on lines of its own."""
    inside = "".join(one if isinstance(one, str) else raw(one) for one in element[2])
    return f"{inside} " if element[0] in {"p", "li", "dd", "dt", "h2", "h3", "code", "td", "summary"} else inside


@pytest.fixture
def record():
    """Open a record in memory on 1 February 2021."""
    with ps.open(":memory:", clock=lambda: TODAY) as opened:
        yield opened


@pytest.fixture
def paged(tmp_path):
    """Write the page of a view and read it."""

    def written(view, **more):
        view.page(tmp_path / "page.html", **more)
        return Tree((tmp_path / "page.html").read_text("utf-8"))

    return written


def values(page, subject):
    """Return the values of a subject's present state as they are read, by name."""
    card = page.one("div", id=subject)
    return {text(page.one("dt", row)): [text(one) for one in page.all("dd", row)] for row in page.all("div", card)}


def row(page, subject):
    """Return the row of a subject in the table of its kind."""
    return page.one("tr", page.one("section", id="subjects"), **{"data-entry": subject})


def cells(page, subject):
    """Return what the row of a subject shows while it is closed."""
    first, *others = page.all("td", row(page, subject))
    return [text(page.one("summary", first)), *map(text, others)]


def told_by(page, subject):
    """Return the first line of a card: the subject, and the sources of all that has no others."""
    return text(page.all("p", page.one("div", id=subject))[0])


def source(page, number):
    """Return what stands at a footnote."""
    return text(page.one("li", id=f"note-{number}"))


def entries(page, section):
    """Return the entries of a section as they are read."""
    return [text(one) for one in page.all(within=page.one("section", id=section)) if "data-entry" in one[1]]


# ---- one file ----


def test_a_page_by_itself(record, tmp_path):
    """It needs nothing from elsewhere, and forbids all but its own style and script."""
    record.add(MeetingHeld("m", on="2020-01"), source=VNA)
    record.page(tmp_path / "page.html")
    raw = (tmp_path / "page.html").read_bytes()
    page = Tree(raw.decode())

    assert raw.startswith(b"<!DOCTYPE html>\n<!-- A page of a record, written by partnership. -->\n")
    assert page.one("html")[1]["lang"] == "en"
    policy = page.one("meta", **{"http-equiv": "Content-Security-Policy"})[1]["content"]
    for tag in ("style", "script"):
        held = re.search(f"<{tag}>(.*)</{tag}>", raw.decode(), re.DOTALL)[1]
        assert f"{tag}-src 'sha256-{b64encode(sha256(held.encode()).digest()).decode()}'" in policy
        assert page.one(tag)[1] == {}
    assert policy.startswith("default-src 'none'; ")
    assert not [one for one in page.all() if {"src", "style", "srcset"} & one[1].keys() or one[0] in ("link", "img")]
    assert not [name for one in page.all() for name in one[1] if name.startswith("on")]
    assert not re.search(r"@import|url\(", raw.decode())


def test_the_title(record, paged):
    """It is the name of the file unless one is given, and says the day."""
    assert text(paged(record).one("title")) == "page, as of 1 February 2021"
    page = paged(record.as_of("2020-03-01"), title="ASEAN\nand <Russia>")
    assert text(page.one("title")) == "ASEAN and <Russia>, as of 1 March 2020"
    assert text(page.one("h1")) == "ASEAN and <Russia>"


def test_a_record_of_nothing(record, paged):
    """Every section says that there is nothing."""
    page = paged(record)

    assert [text(one) for one in page.all("section")] == [
        "Overdue Nothing that was planned is past its day without a known outcome.",
        "To come Nothing is planned for a day that is still to come.",
        "Where sources differ On nothing that stands here do sources differ.",
        "To look at Nothing odd needs a look.",
        "Present state Nothing is recorded.",
        "Timeline Nothing has happened yet.",
        "Sources Nothing is cited.",
    ]


# ---- overdue, to come, disputes ----


def test_what_is_open_without_a_date(record, paged):
    """It has a section of its own: since when, and with the previous dates; so has what is perhaps overdue."""
    record.add(MeetingScheduled("m", planned="2020-11"), MeetingScheduled("n", planned="2021-01~"), source=VNA)
    record.add(MeetingPostponed("m"), MeetingScheduled("o"), source=TASS)
    page = paged(record)
    assert next(text(one) for one in page.all("nav")).startswith(
        "Overdue 0 Perhaps overdue 1 Open without a date 2 To come 0 Where sources differ 0 To look at 2 Present"
    )
    assert entries(page, "overdue") == []
    assert entries(page, "perhaps-overdue") == ["n since about January 2021 VNA, 5 January 2020[1]"]
    assert entries(page, "without-date") == [
        "o since 1 June 2020 TASS, 1 June 2020[2]",
        "m since 1 June 2020 before that for November 2020 TASS, 1 June 2020[2]",
    ]
    marks = [row(page, f"meeting:{slug}")[1]["data-marks"] for slug in "mno"]
    assert marks == ["postponed without-a-date", "scheduled perhaps-overdue", "scheduled without-a-date"]


def test_planned_acts(record, paged):
    """Each is shown with its day."""
    record.add(DocumentPlanned("d", act="sign", planned="2020-11"), source=TASS)
    assert entries(paged(record), "overdue") == ["d to sign since the end of November 2020 TASS, 1 June 2020[1]"]


def test_what_is_overdue(record, paged):
    """What, for when, since when it is late, planned before for what, and who said so, in whose words."""
    record.add(MeetingScheduled("m", planned="2020-03", title="Forum"), source=VNA, speaker="Alexander Ivanov")
    record.add(MeetingScheduled("m", planned="2021-01-31"), source=TASS, certainty="unnamed-source")
    record.add(MeetingScheduled("n", planned="2020-11"), source=VNA)
    record.add(MeetingScheduled("n", planned="2020-11-30"), source=TASS)
    page = paged(record)

    assert entries(page, "overdue") == [
        "Forum since 31 January 2021 before that for March 2020 TASS, 1 June 2020[1] (unnamed source)",
        "n since 30 November 2020 TASS, 1 June 2020[1]",
    ]
    assert cells(page, "meeting:m") == ["Forum", "scheduled overdue", "planned 31 January 2021"]
    assert row(page, "meeting:m")[1]["data-marks"] == "scheduled overdue"
    assert values(page, "meeting:m") == {
        "planned for": ["31 January 2021[1] (unnamed source)"],
        "planned before for": ["March 2020"],
    }
    assert source(page, 2).startswith(
        "[2] ↩ Back to where you were Alexander Ivanov, in VNA, 5 January 2020; news; en."
    )
    assert told_by(page, "meeting:m") == "meeting:m as said by[2]"


@pytest.mark.parametrize(
    ("event", "owed_by"),
    [
        (MeetingScheduled("m", planned="2020-03", host="RU", parties=["ASEAN", "RU"]), "Russia, host"),
        (MeetingScheduled("m", planned="2020-03", co_hosts=["RU", "VN"]), "Russia, Viet Nam, hosts"),
        (MeetingScheduled("m", planned="2020-03", parties=["ASEAN", "RU"]), "ASEAN, Russia"),
        (MeetingScheduled("m", planned="2020-03", by=["RU"]), ""),
        (DocumentPlanned("m", act="sign", planned="2020-03", parties=["ASEAN", "CA"]), ""),
        (RoleExpected("m", holder="VN", planned="2020-03"), "Viet Nam"),
        (CommitmentMade("m", by=["VN"], text="to help", due="2020-03"), "Viet Nam"),
        (ParticipationAnnounced("m", meeting="n", party="VN", person="Hai", planned="2020-03"), "Viet Nam"),
        (MeetingScheduled("m", planned="2020-03"), ""),
    ],
)
def test_who_owes_what_is_overdue(record, paged, event, owed_by):
    """Who is to act, else who hosts it, else those who take part, by the names that the record has; else nobody."""
    record.add(event, PartyJoinedPartnership("viet-nam", code="VN", title="Viet Nam"), source=VNA)
    (overdue,) = paged(record).all("tr", paged(record).one("section", id="overdue"), **{"data-entry": event.about})
    assert text(overdue[2][5]) == owed_by


@pytest.mark.parametrize(
    ("events", "who"),
    [
        ([RoleAssumed("chair", holder="MY", on="2020-01")], "maybe Malaysia"),
        ([RoleHeld("chair", holder="MY", on="2020")], "not known"),
        ([RoleHeld("chair", holder="MY", on="2021-01-01/2021-12-31")], "Malaysia"),
        ([RoleExpected("chair", holder="PH", planned="2021")], "maybe Philippines, expected"),
        ([RoleExpected("chair", holder="PH", planned="2022")], "not known"),
        ([RoleVacant("chair", on="2021-01/2021-03")], "nobody"),
        ([RoleHeld("chair", holder="RU", person="Ann", on="2021", tenure="acting")], "maybe Ann, Russia, acting"),
    ],
)  # fmt: skip
def test_who_holds_a_role(record, paged, events, who):
    """Whoever holds it on the day of the page, as `holders` answers, and not the last one that a source names."""
    record.add(*events, source=VNA)
    assert cells(paged(record), "role:chair")[-1] == who


def test_who_takes_part(record, paged):
    """Those who meet, and not the side that announced or put off the meeting; of a mission, those whose it is."""
    record.add(
        MeetingScheduled("m", planned="2022", parties=["ASEAN", "RU"]),
        MeetingPostponed("m", by=["RU"]),
        MeetingScheduled("n", planned="2022", host="VN"),
        MissionOpened("o", by=["RU"], parties=["ASEAN", "RU"]),
        source=VNA,
    )
    page = paged(record)
    assert [cells(page, name)[-1] for name in ("meeting:m", "meeting:n", "mission:o")] == [
        "ASEAN, Russia", "Vietnam, host", "Russia",
    ]  # fmt: skip


def test_more_than_the_front_shows(record, paged):
    """The newest stand on the front, and the others open below them; there is no third place."""
    for month in range(1, 8):
        record.add(MeetingScheduled(f"m-{month}", planned=f"2020-0{month}"), source=VNA)
    page = paged(record)
    section = page.one("section", id="overdue")
    (rest,) = page.all("details", section)

    assert text(page.one("summary", rest)) == "3 more: overdue"
    shown = [one[1]["data-entry"] for one in page.all("tr", section) if "data-entry" in one[1]]
    assert shown == [f"meeting:m-{month}" for month in range(7, 0, -1)]


def test_a_plan_that_two_tell(record, paged):
    """Both stand beside it."""
    record.add(MeetingScheduled("m", planned="2020-03"), source=VNA)
    record.add(MeetingScheduled("m", planned="2020-03"), source=TASS)

    assert entries(paged(record), "overdue") == [
        "m since the end of March 2020 TASS, 1 June 2020[1]; VNA, 5 January 2020[2]"
    ]


def test_what_is_to_come(record, paged):
    """It is not late, and what was planned and held is neither."""
    record.add(MeetingScheduled("m", planned="2021-03"), source=VNA)
    record.add(MeetingScheduled("n", planned="2020-03"), source=VNA)
    record.add(MeetingHeld("n", on="2020-03-04"), source=TASS)
    page = paged(record)

    assert entries(page, "overdue") == []
    assert entries(page, "upcoming") == ["m March 2021 VNA, 5 January 2020[1]"]
    assert values(page, "meeting:n") == {"had been planned for": ["March 2020[1]"], "held on": ["4 March 2020"]}
    assert told_by(page, "meeting:n") == "meeting:n as said by[2]"
    assert values(page, "meeting:m") == {"planned for": ["March 2021"]}


def test_what_sources_differ_on(record, paged):
    """All sides stand there, each with its sources, the believed one first, with the rule; in the state as well."""
    record.add(MeetingHeld("m", on="2020-01-01", title="Forum"), source=VNA)
    record.add(MeetingHeld("m", on="2020-01-02", body="series:s"), source=MFA)
    record.add(MeetingHeld("m", on="2020-01", body="series:t"), source=TASS)
    record.add(SeriesEstablished("s", title="The series"), source=VNA)
    page = paged(record)

    assert entries(page, "disputes") == [
        (
            "Forum meeting held: body: The series or series:t Forum "
            "The series[1] chosen because its source is more official series:t[2]"
        ),
        (
            "Forum meeting held: day: 2 January 2020 or 1 January 2020 Forum "
            "2 January 2020[1] chosen because its source is more official 1 January 2020[3]"
        ),
    ]
    assert page.one("a", page.one("section", id="disputes"), href="#series:s")
    assert values(page, "meeting:m")["held on"] == [
        "2 January 2020[1][2] against: 1 January 2020[3] The first is chosen because its source is more official."
    ]
    assert row(page, "meeting:m")[1]["data-marks"] == "held sources-differ"
    assert cells(page, "meeting:m") == ["Forum", "held sources differ", "2 January 2020"]
    assert [text(one) for one in page.all("option", page.one("select", id="mark"))] == [
        "any status",
        "established (1)",
        "held (1)",
        "sources differ (2)",
    ]


def test_two_accounts(record, paged):
    """Both stand in the state and in the timeline, each with its sources; of an act in a row, with its event."""
    for of, reason in ((VNA, "a storm"), (MFA, "the epidemic"), (TASS, "the epidemic")):
        record.add(MeetingCancelled("m", reason=reason), source=of)
    for of, capacity in ((VNA, "acting"), (MFA, "ambassador")):
        record.add(RoleHeld("envoy", holder="RU", capacity=capacity), source=of)
    page = paged(record)

    assert entries(page, "disputes") == []
    card = page.one("div", id="meeting:m")
    reasons = [text(row) for row in page.all("div", card) if text(page.one("dt", row)) == "reason"]
    assert reasons == ["reason the epidemic[1][2] a storm[3]"]
    rows = [text(row) for row in page.all("div", page.one("div", id="role:envoy"))]
    assert "capacity (role held) ambassador[1] acting[3]" in rows
    assert any("reason the epidemic[1][2]; reason a storm[3]" in entry for entry in entries(page, "timeline"))


def test_figures_that_differ_for_one_year(record, paged):
    """The dispute says of which year it is, and the row of the state what the others have."""
    for of, amount in ((VNA, "10"), (MFA, "20")):
        record.add(StatisticReported("trade", period="2019", amount=ps.Money(amount, "USD")), source=of)
    page = paged(record)

    assert entries(page, "disputes")[0].startswith(
        "trade statistic reported (2019): amount: 20 USD or 10 USD trade 20 USD[1] chosen"
    )
    (row,) = values(page, "statistic:trade")["figures"]
    assert row.startswith("period 2019, amount 20 USD, rivals amount 10 USD, sources differ against: amount 10 USD[2]")


# ---- values ----


def test_a_list_that_grew(record, paged):
    """Every row stands on the sources of its own, and a row that is told again on all that told of it."""
    record.add(FundEstablished("f", title="The fund"), source=VNA)
    record.add(MeetingHeld("m", on="2020-01-01", body="series:s", title="Forum"), source=VNA)
    record.add(MeetingHeld("n", on="2020-05-01", body="series:s", title="Forum", place="Sochi"), source=TASS)
    ours = {"by": ["RU"], "part": "first"}
    record.add(FundContributionPledged("f", on="2020-01-01", amount=ps.Money("5", "USD"), **ours), source=VNA)
    record.add(FundContributionReceived("f", on="2020-05-01", amount=ps.Money("5", "USD"), **ours), source=TASS)
    page = paged(record)

    assert values(page, "series:s")["editions"] == [
        "Forum (m), held on 1 January 2020",
        "Forum (n), held on 1 May 2020, place Sochi[2]",
    ]
    (row,) = values(page, "fund:f")["contributions"]
    assert row == (
        "by Russia (RU), part first, stage received, pledged 5 USD, received 5 USD, pledged on 1 January 2020, "
        "received on 1 May 2020[1][2]"
    )


def test_one_name_and_several(record, paged):
    """A single name is cited in the heading; several are listed, each on who uses it; a shared one has its slug."""
    record.add(MeetingHeld("m", on="2020-01-01", title="Forum"), source=VNA)
    record.add(MeetingHeld("n", on="2020-02-01", title="Forum"), source=VNA)
    record.add(MeetingHeld("n", on="2020-02-01", title="Another name"), source=MFA)
    record.add(StatementMade("s", text="word " * 40), source=VNA)
    page = paged(record)

    assert cells(page, "meeting:m") == ["Forum", "held", "1 January 2020"]
    assert told_by(page, "meeting:m") == "meeting:m as said by[1]"
    assert "title" not in values(page, "meeting:m")
    assert values(page, "meeting:n")["title"] == ["Another name[2]", "Forum[1]"]
    assert cells(page, "statement:s")[0] == ("word " * 24).strip()[:118] + " …"
    assert values(page, "statement:s")["text"] == [("word " * 40).strip()]
    record.add(MeetingHeld("o", on="2020-01-01", title="Forum"), source=VNA)
    assert [cells(paged(record), f"meeting:{slug}")[0] for slug in "mno"] == ["Forum (m)", "Another name", "Forum (o)"]


def test_what_the_desk_remarks(record, paged):
    """How sure the wording is, what the desk supplied, what it prefers: beside the value, and at no other."""
    record.add(MeetingHeld("m", on="2020-01-01", place="Sochi"), source=VNA, certainty="approximate", inferred=["on"])
    (entry,) = record.add(MeetingHeld("m", on="2020-01-02", place="Sochi"), source=TASS)
    record.add(MeetingHeld("m", on="2020-01-03"), source=MFA)
    record.prefer(entry, field="on")
    page = paged(record)

    assert values(page, "meeting:m")["held on"] == [
        (
            "2 January 2020[1] (preferred by the desk) against: 3 January 2020[2] against: 1 January 2020[3] "
            "(approximate, supplied by the desk) The first is chosen because the desk prefers it."
        )
    ]
    assert values(page, "meeting:m")["place"] == ["Sochi[1][3] ([3] approximate)"]


def test_two_families_of_one_kind(record, paged):
    """A role and its turns are one card, and a plan within a row is its day."""
    record.add(RoleHeld("chair", holder="VN", on="2020", term="2020"), source=VNA)
    page = paged(record)

    assert len(page.all("div", **{"class": "card"})) == 1
    assert [text(one) for one in page.all("h3", page.one("section", id="subjects"))] == ["Roles"]
    assert {"terms", "turns"} <= values(page, "role:chair").keys()


def test_a_subject_that_a_value_names(record, paged):
    """It is called by its name and leads to its state; one of which nothing is recorded stays as it was written."""
    record.add(MeetingHeld("m", on="2020-01-01", title="Forum"), source=VNA)
    record.add(CommitmentMade("c", by=["RU"], text="to help", meeting="m"), source=VNA)
    record.add(CommitmentMade("d", by=["RU"], text="to help more", meeting="elsewhere"), source=VNA)
    page = paged(record)

    assert values(page, "commitment:c")["meeting"] == ["Forum"]
    assert page.one("a", page.one("div", id="commitment:c"), href="#meeting:m")
    assert values(page, "commitment:d")["meeting"] == ["elsewhere"]


# ---- the timeline ----


@attrs.frozen(kw_only=True)
class TreatySigned(ps.Event):
    """An event of a user's own, of which no state is kept."""

    name = "treaty-signed"
    kind = "treaty"


def test_the_timeline(paged):
    """Year by year, what nobody dated by its publication, a user's own events too; at the end what may have been."""
    with ps.open(":memory:", clock=lambda: TODAY, kinds=[ps.Kind(TreatySigned.kind, [TreatySigned])]) as record:
        record.add(MeetingHeld("m", on="2019-05-01", title="Forum", place="Sochi", parties=["RU", "ASEAN"]), source=VNA)
        record.add(MeetingHeld("n"), source=TASS)
        record.add(MeetingHeld("o", on="2020"), source=MFA)
        record.add(TreatySigned("t", on="2019-06-01"), source=VNA)
        page = paged(record.as_of(on="2020-06-01"))

    timeline = page.one("section", id="timeline")
    assert [text(one) for one in page.all("summary", timeline)] == ["2019 2", "2020 1", "May have happened by then 1"]
    assert entries(page, "timeline") == [
        "1 May 2019 meeting held: Forum[1] parties ASEAN, Russia (RU); place Sochi",
        "1 June 2019 treaty signed: t[1]",
        "said on 1 June 2020 meeting held: n[2]",
        "2020 meeting held: o[3]",
    ]
    assert "#treaty:t" not in {one[1].get("href") for one in page.all("a")}
    assert {one[1]["data-marks"] for one in page.all("li", timeline) if one[1]["data-entry"] == "treaty:t"} == {""}


# ---- footnotes ----


def test_the_footnotes(record, paged):
    """They are numbered as they are cited, a document once for each who speaks in it, and lead back."""
    interview = attrs.evolve(VNA, title="An interview", locator="p. 3", via="a copy")
    record.add(MeetingHeld("m", on="2019-05-01", title="Forum"), source=interview, speaker="Ivanov")
    record.add(MeetingHeld("n", on="2019-06-01"), source=interview)
    record.add(MeetingHeld("o", on="2019-07-01"), source=ps.Source("RT", retrieved="2020-02-03"))
    record.add(MeetingHeld("p", on="2019-07-02"), source=ps.Source("RT", retrieved="2020-02-01"))
    document = "VNA, 5 January 2020; An interview; news; en; p. 3; read in the copy of a copy. https://vna.example/1"
    page = paged(record)

    assert [source(page, number) for number in (1, 2, 3)] == [
        f"[1] ↩ Back to where you were Ivanov, in {document} ↩ Cited at To look at, Forum, Timeline",
        f"[2] ↩ Back to where you were {document} ↩ Cited at To look at, n, Timeline",
        "[3] ↩ Back to where you were RT; read on 1 February 2020. ↩ Cited at To look at, p, o, Timeline",
    ]
    assert page.one("a", page.one("li", id="note-1"), rel="noopener")[1]["href"] == "https://vna.example/1"
    assert_sound(page)


def assert_sound(page):
    """Hold a page to what every page keeps: names once, links that lead somewhere, footnotes there and back."""
    names = [one[1]["id"] for one in page.all() if "id" in one[1]]
    assert len(names) == len(set(names))
    assert {one[1]["href"][1:] for one in page.all("a") if one[1].get("href", "").startswith("#")} <= {*names}
    for card in page.all("div", **{"class": "card"}):
        assert page.all("dl", card) == [] or page.all("a", card, **{"class": "cite"}), text(card)
    for each in page.all("li", page.one("section", id="timeline")):
        assert page.all("a", each, **{"class": "cite"}), text(each)
    numbers = [
        int(one[1]["id"].removeprefix("note-")) for one in page.all("li") if one[1].get("id", "").startswith("note-")
    ]
    assert numbers == [*range(1, len(numbers) + 1)]
    cited = dict.fromkeys(int(one[1]["href"].removeprefix("#note-")) for one in page.all("a", **{"class": "cite"}))
    assert [*cited] == numbers


@pytest.mark.no_cover
@pytest.mark.filterwarnings("ignore::partnership.errors.NearNameWarning")  # slugs of several kinds are alike here
def test_every_event_that_there_is(paged):
    """All of the golden ones, told by somebody whose words may leave, make a sound page."""
    with ps.open(":memory:", clock=lambda: datetime(2026, 11, 23, tzinfo=UTC)) as record:
        told = [GOLDEN["entry_of"](line).event for line in GOLDEN["LINES"]]
        record.add(*[one for one in told if not isinstance(one, AMENDMENTS)], source=VNA)
        page = paged(record)

    assert_sound(page)
    assert len(page.all("h3", page.one("section", id="subjects"))) == 32
    assert not re.search(r"\bis [a-z]+ (yes|no)\b|co chairs|in-person|\bmou\b", text(page.one("main")))
    assert not re.search("[0-9a-f]{64}|[A-Z][a-z]+\\([a-z_]+=", text(page.one("main")))


UNSEEN = {"target", "subject", "id", "standing", "day", "kind", "number", "filter_values", "kind_options"} | {
    "status_options"
}
"""Attributes of the content of a page that are not texts for its readers, or stand in its filters."""


def texts_of(content):
    """Yield every text that the content of a page has for its readers."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, tuple):
        for each in content:
            yield from texts_of(each)
    elif isinstance(content, Note):
        yield from (content.headline, *content.details, content.source.url or "")
    elif isinstance(content, Card):  # the heading of the row is its title, or its name where that is not the only one
        yield from texts_of((content.lines, content.status, content.title_citations))
        yield from (content.heading, content.subject, content.when, content.parties, content.rows, *content.labels)
    elif attrs.has(type(content)):
        for field in attrs.fields(type(content)):
            if field.name not in UNSEEN:
                yield from texts_of(getattr(content, field.name))


def assert_complete(content, page):
    """Hold a page to its content: whatever a view has for it can be read on it once all is opened."""
    shown = text(page.open[0])
    for each in {*texts_of(content)}:
        assert " ".join(each.split()) in shown, each


def built(view, monkeypatch, path):
    """Write the page of a view; return its content and what can be read."""
    kept = []
    monkeypatch.setattr(page_content, "build_page", lambda given: kept.append(build_page(given)) or kept[0])
    view.page(path)
    return kept[0], Tree(path.read_text("utf-8"))


@pytest.mark.no_cover
def test_nothing_is_missing_from_the_real_page(monkeypatch, tmp_path):
    """All that the record says stands on it: each value of each event, each source, each dispute with all sides."""
    record = ps.read(EXAMPLE / "claims.jsonl", EXAMPLE / "judgements.jsonl")
    view = record.as_of("2026-11-24")
    content, page = built(view, monkeypatch, tmp_path / "page.html")

    assert_sound(page)
    assert_complete(content, page)
    shown = text(page.one("body"))
    for source in view.sources:
        assert " ".join((source.title or source.publisher).split()) in shown
    for dispute in view.disputes():
        for side in dispute.sides:
            assert value_in_words(side.value, view.party_names(), dispute.names[0]) in shown or isinstance(
                side.value, str | tuple
            )
    for occurrence in view.timeline():
        for name in ("title", "text", "place", "reason", "condition"):
            assert " ".join((getattr(occurrence.event, name, None) or "").split()) in shown
    for card in (card for section in content.kinds for card in section.cards):
        texts = [line.text for line in card.lines] + ([card.status] if card.status else [])
        cited = [card.title_citations, *(one.citations for one in texts)]
        common = {
            (one.number, one.remarks) for one in card.common
        }  # what a value has in common with others stands once
        assert all({(one.number, one.remarks) for one in citations} != common for citations in cited if citations)
        assert common or not any(cited)


def test_what_only_a_plan_states_and_what_a_report_repeats(record, paged):
    """The first is said to be as planned; the second has the footnotes of both, once for all such values."""
    plan = MeetingScheduled("m", planned="2020-02", place="Rome", host="IT", title="Forum", topics=["trade"])
    record.add(plan, source=ps.Source("Blog", published="2020-01-02", kind="op-ed"))
    held = MeetingHeld("m", on="2020-02-01", host="IT", title="Forum", topics=["trade"])
    record.add(held, source=ps.Source("Gazette", published="2020-02-02", kind="official-text"))
    card = paged(record).one("div", id="meeting:m")
    assert "as said by[1][2]" in text(card)
    assert text(card).endswith("topics trade held on 1 February 2020[2] place (as planned) Rome[1] host Italy (IT)")


def test_disputes_that_rows_share(record, paged):
    """Their sides stand once in a card; a later row says that sources differ as above."""
    for number in range(6):
        source = ps.Source(f"P{number}", published=f"2020-01-0{number + 1}")
        signed = DocumentSigned("d", on=f"2020-01-0{number + 1}", signatory=f"X{number}", period=str(2000 + number))
        record.add(signed, source=source)
    page = paged(record)
    card = page.one("div", id="document:d")

    assert len(page.all("span", card, **{"class": "against"})) == 2 * 5  # of the period, and of the first row
    assert text(card).count("Sources differ as above.") == 5


@settings(max_examples=max(settings().max_examples // 10, 4))
@given(history=histories())
def test_any_record(tmp_path_factory, history):
    """It makes a sound page on which nothing is missing and no date stands as the record writes it."""
    path = tmp_path_factory.getbasetemp() / "any.html"
    with ps.open(":memory:", clock=ticking()) as record, pytest.MonkeyPatch.context() as patch:
        write(record, history)
        for view in (record, record.as_of("2020-06-05")):
            content, page = built(view, patch, path)
            assert_sound(page)
            assert_complete(content, page)
            shown = text(page.one("body"))
            assert not EDTF.search(shown), EDTF.findall(shown)


def test_the_addresses_that_are_followed():
    """Pages and mailboxes; nothing that runs, whatever its capitals and blanks."""
    good = ("https://a.org/?q=1", "HTTP://a.org", "mailto:desk@a.org")
    assert [link(one) for one in good] == [*good]
    for bad in (
        None,
        "",
        "javascript:alert(1)",
        " JavaScript:alert(1)",
        "java\nscript:x",
        "data:text/html,x",
        "//a",
        "a",
    ):
        assert link(bad) is None


# ---- what may leave ----


def test_what_stays_at_the_desk(record, paged, tmp_path):
    """Neither it nor the desk's own notes are on the page, which says how many those are; so does what is returned."""
    record.add(MeetingHeld("m", on="2020-01-01"), source=VNA, note="heard in a corridor")
    record.add(MeetingHeld("kept", on="2020-01-02"), source=TASS, shared=False)
    page = paged(record)
    assert text(page.one("p", **{"class": "kept"})) == "1 private entry is left out."
    record.add(MeetingHeld("noted", on="2020-01-03"), source=DESK)
    record.add(MeetingHeld("told", on="2020-01-04"), source=DESK, shared=True)

    kept = record.page(tmp_path / "page.html")

    page = Tree((tmp_path / "page.html").read_text("utf-8"))
    assert (kept.left_out, str(kept)) == (2, "2 private entries are left out.")
    assert text(page.one("footer")) == "page, as of 1 February 2021. 2 private entries are left out."
    assert [one[1]["id"] for one in page.all("div", **{"class": "card"})] == ["meeting:told", "meeting:m"]
    assert not re.search("kept on|noted|TASS|corridor", text(page.one("main")))


def test_a_record_that_keeps_nothing(record, paged):
    """The page does not speak of it."""
    record.add(MeetingHeld("m", on="2020-01-01"), source=VNA)
    assert paged(record).all("p", **{"class": "kept"}) == []


# ---- writing ----


def test_a_page_that_is_there(record, tmp_path):
    """It is replaced, and what is something else is not, least of all a record."""
    path, kept = tmp_path / "page.html", tmp_path / "record.db"
    record.page(path, title="first")
    record.page(str(path), title="second")
    assert b"second" in path.read_bytes()
    ps.open(kept).close()
    before = kept.read_bytes()
    with pytest.raises(NotARecord, match="is something else, and is not overwritten"):
        record.page(kept)
    assert kept.read_bytes() == before
    assert sorted(one.name for one in tmp_path.iterdir()) == ["page.html", "record.db"]


@pytest.mark.parametrize(("place", "reason"), [("", "is a folder"), ("no/where.html", "its folder does not exist")])
def test_a_place_where_no_page_can_be(record, tmp_path, place, reason):
    """The error says why."""
    with pytest.raises(StorageError, match=reason):
        record.page(tmp_path / place)


def test_what_is_no_path_and_what_is_no_title(record):
    """The error says what to give, and nothing is written."""
    with pytest.raises(InvalidValue, match=r"5 is not a path; give the name of a file, 'asean-russia.html'"):
        record.page(5)
    for title in (5, "", "a" * 201):
        with pytest.raises(InvalidValue):
            record.page("page.html", title=title)


@pytest.mark.parametrize(
    ("code", "kind"), [(errno.ENOSPC, StorageFull), (errno.EACCES, ReadOnly), (errno.EIO, StorageError)]
)
def test_a_disk_that_fails(record, tmp_path, monkeypatch, code, kind):
    """The page that was there is as it was, and nothing is left beside it."""
    path = tmp_path / "page.html"
    record.page(path)
    before = path.read_bytes()

    def fails(_):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(kind):
        record.page(path, title="never")

    assert path.read_bytes() == before
    assert [*tmp_path.iterdir()] == [path]


def test_a_machine_without_jinja(record, tmp_path, monkeypatch):
    """The error says what to install, and nothing is written."""
    monkeypatch.setitem(sys.modules, "jinja2", None)
    with pytest.raises(NotInstalled, match=r"needs jinja2; .* python -m pip install babel jinja2$"):
        record.page(tmp_path / "page.html")
    assert [*tmp_path.iterdir()] == []
