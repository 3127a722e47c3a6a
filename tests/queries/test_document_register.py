"""The register of documents."""

from __future__ import annotations

import pytest

from partnership.errors import InvalidValue
from partnership.events import (
    DocumentAcceded,
    DocumentAdopted,
    DocumentExpired,
    DocumentExtended,
    DocumentPlanned,
    DocumentProposed,
    DocumentPublished,
    DocumentSigned,
    PlanSized,
    RatificationCompleted,
)
from partnership.testing.scenario import given

ASEAN = ("2021-11-01", "ASEAN", "official-release")
OLD = DocumentAdopted("cpa-1", on="2016-05-20", form="plan", period="2016/2020")
NEW = DocumentAdopted("cpa-2", on="2021-10-28", form="plan", period="2021/2025", supersedes="cpa-1", title="CPA")


def row(*story, slug, **asked):
    """Return the row of one document."""
    return next(
        row for row in given(*story, **asked).documents_register() if row.document.subject == f"document:{slug}"
    )


def test_parties_with_acts_of_their_own():
    """Each has its own acts and those of all together; unknown acts are None."""
    result = row(
        ASEAN, DocumentSigned("mou", on="2021-02-19", parties=("ASEAN", "RU")),
        RatificationCompleted("mou", signatory="RU", on="2021-03"), DocumentAcceded("mou", signatory="VN"),
        ("2021-11-02", "TASS", "news"), RatificationCompleted("mou", signatory="RU", on="2021-04"),
        slug="mou",
    )  # fmt: skip
    assert [party.party for party in result.parties] == ["ASEAN", "RU", "VN"]
    assert result.parties[1].ratified is not None
    assert result.parties[0].ratified is None
    assert str(result) == (
        "document:mou: signed, 19 February 2021\n"
        "  ASEAN: signed 19 February 2021\n"
        "  RU: signed 19 February 2021, ratified March 2021 (disputed)\n"
        "  VN: acceded on an unknown day"
    )


def test_a_party_without_known_acts():
    """It is shown beside one that acted; without any acts of single parties none is shown."""
    half = DocumentSigned("mou", signatory="ASEAN", parties=("ASEAN", "RU"))
    assert str(row(ASEAN, half, slug="mou")) == (
        "document:mou: partly-signed\n  ASEAN: signed on an unknown day\n  RU: nothing known"
    )
    result = row(ASEAN, DocumentPublished("mou", parties="RU"), slug="mou")
    assert (str(result), result.parties[0].acts) == ("document:mou: nothing known of its course", ())


def test_a_plan_adopted_after_its_period_began():
    """It is ten months late, and that long after its predecessor."""
    result = row(ASEAN, OLD, NEW, slug="cpa-2", today="2021-12-01")
    assert (result.late.least, result.late.most) == (300, 300)
    assert str(result) == (
        "document:cpa-2 (CPA): adopted, 28 October 2021\n"
        "  300 days after the beginning of its period 2021 to 2025\n"
        "  301 days after the end of document:cpa-1"
    )


@pytest.mark.parametrize(
    ("event", "late"),
    [
        (DocumentAdopted("d", on="2021-02", period="2021/2025"), "31 to 58 days after"),
        (DocumentAdopted("d", on="2020-12", period="2021/2025"), "1 to 31 days before"),
        (DocumentAdopted("d", on="2021-01-11/..", period="2021/2025"), "at least 10 days after"),
        (DocumentAdopted("d", on="../2021-01", period="2021/2025"), None),
        (DocumentAdopted("d", on="2021", period="../2025"), None),
        (DocumentAdopted("d", on="2021"), None),
        (DocumentPlanned("d", planned="2022", period="2021/2025"), "at least 334 days after"),
        (DocumentPlanned("d", planned="2022", period="2022/2025"), None),
    ],
)
def test_a_document_with_a_period(event, late):
    """The delay is as vague as the date; without adoption it grows with the day of the view."""
    result = row(("2021-12-01", "VNA", "news"), event, slug="d", today="2021-12-01").late
    assert (result and str(result)) == late


def test_a_period_that_only_the_plan_states():
    """It is the period of the document, and of its predecessor."""
    bare = DocumentAdopted("text", on="2021-10-28", supersedes="cpa-1")
    old = DocumentAdopted("cpa-1", on="2016-05-20")
    story = (ASEAN, bare, old, PlanSized("p", document="text", period="2021/2025"))
    assert row(*story, slug="text").late.least == 300
    assert row(*story, slug="text").after_predecessor is None
    ended = PlanSized("q", document="cpa-1", period="2016/2020")
    assert row(*story, ended, slug="text").after_predecessor.least == 301
    expired = DocumentExpired("cpa-1", on="2022")
    assert row(*story, ("2023", "A", "news"), expired, slug="text").after_predecessor.most == -429


def test_a_form_and_a_party():
    """Only matching documents; parties are given by code or name."""
    record = given(
        ASEAN, OLD, DocumentProposed("mou", form="mou", parties="RU"), DocumentAcceded("tac", signatory="RU")
    )
    assert [row.document.subject for row in record.documents_register(form="plan")] == ["document:cpa-1"]
    assert [row.document.subject for row in record.documents_register(party="RU")] == ["document:mou", "document:tac"]
    assert len(record.documents_register()) == 3
    with pytest.raises(InvalidValue, match="'pact' is not a form of a document"):
        record.documents_register(form="pact")


@pytest.mark.parametrize(
    ("events", "day", "is_past"),
    [
        ([DocumentSigned("mou", on="2015", period="2015/2020")], "2020-12-31", False),
        ([DocumentSigned("mou", on="2015", period="2015/2020")], "2021-01-01", True),
        ([DocumentSigned("mou", on="2015", period="2015/..")], "2021-01-01", False),
        ([DocumentSigned("mou", on="2015")], "2021-01-01", False),
        (
            [DocumentSigned("mou", on="2015", period="2015/2020"), DocumentExpired("mou", on="2020-12-31")],
            "2021-01-01",
            False,
        ),
        ([DocumentPlanned("mou", period="2015/2020", planned="2015")], "2021-01-01", False),
        (
            [DocumentSigned("mou", on="2015", period="2015/2020"), DocumentExtended("mou", on="2020", until="2025")],
            "2021-01-01",
            False,
        ),
    ],
)
def test_a_period_that_is_past(events, day, is_past):
    """The status stays, since no source reports another one; the register says that the period is over."""
    (row,) = given(("2015-02-01", "VNA", "news"), *events).as_of(on=day).documents_register()
    assert (row.is_period_past, "is past, and no source reports that it ended or was extended" in str(row)) == (
        is_past,
        is_past,
    )


def test_a_document_that_is_replaced():
    """Its row names what replaces it, with the status of that; its own status is what sources say of it."""
    old = DocumentSigned("treaty", on="1997", form="treaty")
    story = [("2020-02-01", "VNA", "news"), old, DocumentPlanned("new", act="sign", supersedes="treaty")]
    assert str(row(*story, slug="treaty")).splitlines()[1:] == ["  replaced by document:new (planned)"]
    story += [("2021-02-01", "VNA", "news"), DocumentSigned("new", on="2021-01-30")]
    result = row(*story, slug="treaty")
    assert [other.status for other in result.replaced_by] == ["signed"]
    assert (result.document.status, row(*story, slug="new").replaced_by) == ("signed", ())
