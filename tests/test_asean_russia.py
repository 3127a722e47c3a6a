"""The example record of ASEAN-Russia since 1991: how it is built, what it answers, and how a reader's answers compare.

The ids behind assertions (AR-172) are those with which the notes of its claims begin: the row that the claim is from.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import partnership as ps

pytestmark = pytest.mark.no_cover

FOLDER = Path(__file__).parent.parent / "examples" / "asean_russia"
SHEETS = Path(__file__).parent.parent.parent / "shared" / "data"
CLAIMS, ANSWERS = SHEETS / "asean_russia_claims.jsonl", SHEETS / "asean_russia_answers.jsonl"
needs_sheets = pytest.mark.skipif(not CLAIMS.exists(), reason="the researcher's table is not part of the repository")


@pytest.fixture(scope="module")
def record():
    """Return the record of all claims and judgements."""
    with ps.read(FOLDER / "claims.jsonl", FOLDER / "judgements.jsonl") as whole:
        yield whole


def run(script, *arguments):
    """Run a script in a new process, with warnings as errors; return its output."""
    command = [sys.executable, "-W", "error", str(FOLDER / script), *map(str, arguments)]
    completed = subprocess.run(command, capture_output=True, check=False, encoding="utf-8")
    assert completed.stderr == ""
    return completed.stdout


@needs_sheets
def test_files_rebuilt_from_the_table(tmp_path):
    """They are the same byte for byte."""
    assert "209 rows became 261 entries" in run("make.py", CLAIMS, tmp_path)
    for name in ("claims.jsonl", "judgements.jsonl"):
        assert (tmp_path / name).read_bytes() == (FOLDER / name).read_bytes()


@needs_sheets
def test_report():
    """It counts how much of a reader's knowledge the record has, and explains every miss."""
    report = run("report.py", ANSWERS)
    for line in (
        "Of 209 claims 209 are recorded, in 261 entries.",
        "Of 25 contradictions (each pair once) 18 appear as a dispute or a finding:",
        "Of 7 possible contradictions (each pair once) 1 appear as a dispute or a finding:",
        "Of 18 fulfilments (each pair once) 16 close their plan.",
        "Of 8 rows that the answer sheet flags as without outcome 6 are among them.",
        "Of 57 events with more than one claim 33 are joined by name,",
    ):
        assert line in report
    assert ": ?" not in report, "a miss without a reason in misses.json"


def test_files_read_into_sqlite(record, tmp_path):
    """The answers are the same as in memory, in whichever order the files are read."""
    with ps.read(FOLDER / "judgements.jsonl", FOLDER / "claims.jsonl", into=tmp_path / "record.db") as stored:
        assert stored.findings() == record.findings()
        assert stored.overdue() == record.overdue()
        assert stored.verify().is_sound


def overdue(view):
    """Return the slugs of what is surely overdue."""
    return {plan.subject.partition(":")[2] for plan in view.overdue() if plan.standing == "overdue"}


def test_end_of_1996(record):
    """Sources differ on whether Russia was a dialogue partner: since July 1996, July 1997 or 2005."""
    view = record.as_of(on="1996-12-31")
    status = view.status_at("russia-in-asean", "status")  # AR-172, AR-173, AR-174
    assert (status.is_sure, status.is_contested) == (False, True)
    assert status.since[0] == ps.When("1996-07")  # a judgement prefers it, because AR-032 counts 25 years in 2021
    assert view.relations["asean-russia"].established_on == ps.When("1991")  # AR-170
    assert view.documents["treaty-of-amity"].signed_on == ps.When("1976")  # AR-184; Russia had not acceded
    assert "RU" not in {act.party for act in view.documents["treaty-of-amity"].acts if act.done == "acceded"}


def test_end_of_2005(record):
    """The first summit was held and the economic agreement signed; the declaration planned for 2004 is overdue."""
    view = record.as_of(on="2005-12-31")
    assert view.meetings["asean-russia-summit-2005"].status == "held"  # AR-189
    assert view.documents["economic-cooperation-agreement"].signed_on == ps.When("2005-12-10")  # AR-188
    assert view.status_at("asean-russia", "grade").rung == "progressive-and-comprehensive-partnership"  # AR-190
    assert overdue(view) == {"counter-terrorism-declaration"}  # AR-179


def test_day_after_the_sochi_summit(record):
    """The commemorative summit was held and the plan adopted; four announcements have no outcome."""
    view = record.as_of(on="2016-05-21")
    assert view.meetings["asean-russia-summit-2016"].held_on == ps.When("2016-05-19/2016-05-20")  # AR-194, AR-195
    assert view.documents["cpa-2016-2020"].adopted_on == ps.When("2016-05-20")  # AR-197
    assert [term.holder for term in view.holders("coordinator-for-russia").surely] == ["LA"]  # AR-131
    assert overdue(view) == {
        "counter-terrorism-declaration",
        "aem-russia-2011",  # AR-104
        "arsom-2014",  # AR-044
        "youth-summit-2014",  # AR-044, AR-163
    }


def test_day_of_the_interview(record):
    """A meeting of think tanks is planned, the ICT dialogue is being prepared, and Indonesia is the coordinator."""
    view = record.as_of("2020-11-16")
    assert view.meetings["nartt-2020"].status == "scheduled"  # AR-011
    assert view.dialogues["ict-security"].status == "preparing"  # AR-007
    assert [term.holder for term in view.holders("coordinator-for-russia").possible] == [
        "ID"
    ]  # AR-062, seen on 17 June
    assert "urban-technologies-2020" in {plan.subject.partition(":")[2] for plan in view.upcoming()}  # AR-010
    assert [str(plan.planned) for plan in view.upcoming() if plan.subject == "course:rospotrebnadzor-cycle"] == [
        "2021",
        "2022",
    ]  # AR-005


def test_february_2022(record):
    """Both dialogues are launched, the plan of 2021 is adopted ten months late, and the year of science has opened."""
    view = record.as_of(on="2022-02-20")
    assert {view.dialogues[slug].status for slug in ("ict-security", "security-consultations")} == {"launched"}
    assert view.documents["cpa-2021-2025"].adopted_on == ps.When("2021-10-28")  # AR-117
    assert view.themed_years["arystc-2022"].opened_on == ps.When("2022-02-14")  # AR-138
    assert view.holds("coordinator-for-russia", "KH") is True  # AR-129, AR-133
    assert {"urban-technologies-2020", "moscow-committee-2022-02"} <= overdue(view)  # AR-010, AR-141


def test_dossier(record):
    """It gives all names of the subject, what happened, where sources differ, and why a value is chosen."""
    dossier = str(record.dossier("meeting:asean-russia-summit-2018"))
    assert "also meeting:asean-russia-summit-2019" in dossier
    assert "on: 14 November 2018 (Channel NewsAsia) [2] or 14 November 2019 (Bali Ekbis) [1]; the first is" in dossier
    assert "the desk prefers it" in dossier


def test_search(record):
    """Every word must match, regardless of case and accents; notes are searched too."""
    assert {"mission:russian-mission-to-asean"} <= {hit.subject for hit in record.find("PERMANENT mission lavrov")}
    assert record.find("no such words anywhere") == ()


def test_wordings(record):
    """What rows say beyond a plan or a meeting is in fields that can be asked for."""
    plans = record.as_of("2021-12-31").documents["counter-terrorism-work-plan"].expected
    assert [(str(plan.planned), plan.force) for plan in plans] == [("2022", "hoped")]  # AR-124
    assert record.counts["youth-summits-held"].number == ps.Count(5)  # AR-165
    assert record.counts["initiatives-considered"].number == ps.Count(20, "about")  # AR-215
    summit = record.meetings["asean-russia-summit-2016"]
    assert record.distinctions["leaders-first-in-twenty-years"].concerns == summit.subject  # AR-196
    assert record.documents["eec-asean-programme"].until == ps.When("2025")  # AR-102
    assert record.meetings["security-consultations-2025"].margins_of == (
        "meeting:international-security-meeting-2025",  # AR-084
    )
