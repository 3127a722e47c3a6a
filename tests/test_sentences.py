"""The page of sentences: the events of all rows form one record, and each answer beside them is what it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import partnership as ps
from partnership import Count, Money, Percent, events

PAGE = Path(__file__).parent.parent / "docs/sentences.md"
NAMES = {name: getattr(events, name) for name in events.__all__} | {"Count": Count, "Money": Money, "Percent": Percent}
RELEASE = ps.Source("a press release", published="2025-06-01", kind="official-release")
CODE = re.compile(r"`([^`]+)`")


def rows():
    """Return the sentence, the events and the answers of each row of the tables."""
    for line in PAGE.read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        if len(cells) == 3 and "record." in cells[2]:
            yield cells[0], CODE.findall(cells[1]), CODE.findall(cells[2])


@pytest.fixture(scope="module")
def record():
    """Return the record that has the events of all rows."""
    with ps.open(":memory:") as whole:
        for _, claims, _ in rows():
            whole.add(*(eval(claim, dict(NAMES)) for claim in claims), source=RELEASE)  # noqa: S307  the page's own code
        yield whole


def test_the_number_of_sentences():
    """The tables have at least eighty, and none twice."""
    sentences = [sentence for sentence, _, _ in rows()]
    assert len(sentences) >= 80
    assert len(set(sentences)) == len(sentences)


@pytest.mark.parametrize(("claims", "answer"), [pytest.param(row[1], row[2], id=row[0]) for row in rows()])
def test_the_answer_of_a_row(record, claims, answer):
    """The record gives it, and the claims of the row are in the record."""
    question, expected = answer
    assert {type(eval(claim, dict(NAMES))) for claim in claims} <= {type(entry.event) for entry in record.entries()}  # noqa: S307
    value = eval(question, {"record": record})  # noqa: S307
    shown = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
    assert shown == expected


def test_the_record_of_all_rows(record):
    """Nothing in it is an error, and it verifies."""
    assert [finding for finding in record.findings() if finding.grade == "error"] == []
    assert record.verify().is_sound
