"""The record of ASEAN-Russia from 1991 to today: how it is made, what it answers, and how it compares with a person."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import partnership as ps

FOLDER = Path(__file__).parent.parent / "examples" / "asean_russia"
SHEETS = Path(__file__).parent.parent.parent / "shared" / "data"
CLAIMS, ANSWERS = SHEETS / "asean_russia_claims.jsonl", SHEETS / "asean_russia_answers.jsonl"
beside = pytest.mark.skipif(not CLAIMS.exists(), reason="the researcher's sheets do not lie beside this checkout")


@pytest.fixture(scope="module")
def record():
    """Return the whole record, with what the desk judges of it."""
    with ps.read(FOLDER / "claims.jsonl", FOLDER / "judgements.jsonl") as found:
        yield found


def run(script, *arguments):
    """Run a script as a researcher does; return what it prints."""
    path = [str(FOLDER / script), *map(str, arguments)]
    done = subprocess.run([sys.executable, "-W", "error", *path], capture_output=True, check=False, encoding="utf-8")
    assert done.stderr == ""
    return done.stdout


@beside
def test_the_files_are_made_of_the_rows(tmp_path):
    """Made again, they are the same in every byte."""
    assert "209 rows became 259 entries" in run("make.py", CLAIMS, tmp_path)
    for name in ("claims.jsonl", "judgements.jsonl"):
        assert (tmp_path / name).read_bytes() == (FOLDER / name).read_bytes()


@beside
def test_the_report():
    """It counts what a person who has seen all rows would miss here, and says why it is missing."""
    told = run("report.py", ANSWERS)
    for line in (
        "Of 209 claims 209 are recorded, in 259 entries.",
        "Of 25 contradictions (each pair once) 18 appear as a dispute or a finding:",
        "Of 18 fulfilments (each pair once) 16 close their plan.",
        "Of 8 rows that the answer sheet flags as without outcome 6 are among them.",
    ):
        assert line in told
    assert ": ?" not in told, "a miss that nobody has explained"


def test_a_store_of_another_kind(record, tmp_path):
    """The same files give the same answers from a file of SQLite, whichever is read first."""
    with ps.read(FOLDER / "judgements.jsonl", FOLDER / "claims.jsonl", into=tmp_path / "record.db") as kept:
        assert kept.findings() == record.findings()
        assert kept.overdue() == record.overdue()
        assert kept.verify().is_sound


def overdue(view):
    """Return the slugs of what is overdue."""
    return {one.subject.partition(":")[2] for one in view.overdue()}


def test_the_end_of_1996(record):
    """Whether Russia was a dialogue partner is contested: July 1996 (AR-172), July 1997 (AR-173), 2005 (AR-174)."""
    view = record.as_of(on="1996-12-31")
    found = view.status_at("russia-in-asean", "status")
    assert (found.is_held, found.is_contested) == (None, True)
    assert found.since[0] == ps.When("1996-07")  # the desk prefers it, for AR-032 counts 25 years in 2021
    assert view.relations["asean-russia"].established_on == ps.When("1991")  # AR-170
    assert view.documents["treaty-of-amity"].signed_on == ps.When("1976")  # AR-184; Russia had not acceded
    assert "RU" not in {one.party for one in view.documents["treaty-of-amity"].acts if one.done == "acceded"}


def test_the_end_of_2005(record):
    """The first summit was held, the economic agreement signed; the declaration of 2004 was never heard of again."""
    view = record.as_of(on="2005-12-31")
    assert view.meetings["asean-russia-summit-2005"].status == "held"  # AR-189
    assert view.documents["economic-cooperation-agreement"].signed_on == ps.When("2005-12-10")  # AR-188
    assert view.status_at("asean-russia", "grade").rung == "progressive-and-comprehensive-partnership"  # AR-190
    assert overdue(view) == {"counter-terrorism-declaration"}  # AR-179


def test_the_day_after_sochi(record):
    """The commemorative summit was held, the plan adopted; four announcements stand without an outcome."""
    view = record.as_of(on="2016-05-21")
    assert view.meetings["asean-russia-summit-2016"].held_on == ps.When("2016-05-19/2016-05-20")  # AR-194, AR-195
    assert view.documents["cpa-2016-2020"].adopted_on == ps.When("2016-05-20")  # AR-197
    assert [one.holder for one in view.holders("coordinator-for-russia").surely] == ["LA"]  # AR-131
    assert overdue(view) == {
        "counter-terrorism-declaration",
        "aem-russia-2011",  # AR-104
        "arsom-2014",  # AR-044
        "youth-summit-2014",  # AR-044, AR-163
    }


def test_the_day_of_the_interview(record):
    """StatusAt on it, the think tanks are about to meet, the ICT dialogue is prepared, Indonesia coordinates."""
    view = record.as_of("2020-11-16")
    assert view.meetings["nartt-2020"].status == "scheduled"  # AR-011
    assert view.dialogues["ict-security"].status == "preparing"  # AR-007
    assert [one.holder for one in view.holders("coordinator-for-russia").possible] == ["ID"]  # AR-062, seen on 17 June
    assert "urban-technologies-2020" in {one.subject.partition(":")[2] for one in view.upcoming()}  # AR-010
    assert [str(one.planned) for one in view.upcoming() if one.subject == "course:rospotrebnadzor-cycle"] == [
        "2021",
        "2022",
    ]  # AR-005


def test_february_of_2022(record):
    """Both dialogues run, the plan of 2021 is adopted ten months late, the year of science is open."""
    view = record.as_of(on="2022-02-20")
    assert {view.dialogues[one].status for one in ("ict-security", "security-consultations")} == {"launched"}
    assert view.documents["cpa-2021-2025"].adopted_on == ps.When("2021-10-28")  # AR-117
    assert view.themed_years["arystc-2022"].opened_on == ps.When("2022-02-14")  # AR-138
    assert view.holds("coordinator-for-russia", "KH") is True  # AR-129, AR-133
    assert {"urban-technologies-2020", "moscow-committee-2022-02"} <= overdue(view)  # AR-010, AR-141


def test_the_briefing_on_one_subject(record):
    """It names the subject by all its names, what happened, what sources differ on and why one is believed."""
    told = str(record.dossier("meeting:asean-russia-summit-2018"))
    assert "also meeting:asean-russia-summit-2019" in told
    assert "14 November 2018 (Channel NewsAsia) or 14 November 2019 (Bali Ekbis)" in told
    assert "the desk prefers it" in told


def test_a_search(record):
    """Every word counts, whatever its case and accents; the row's own words are found too."""
    assert {"mission:russian-mission-to-asean"} <= {one.subject for one in record.find("PERMANENT mission lavrov")}
    assert record.find("no such words anywhere") == ()
