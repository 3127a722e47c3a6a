"""The example programs print what they should."""

from __future__ import annotations

import json
import os
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

import partnership as ps

pytestmark = pytest.mark.no_cover

EXAMPLES = Path(__file__).parent.parent / "examples"


def run(name, *arguments):
    """Run an example in a new process, with warnings as errors; return its output."""
    command = [sys.executable, "-W", "error", str(EXAMPLES / name), *map(str, arguments)]
    completed = subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")
    assert completed.stderr == ""
    assert completed.returncode == 0
    return completed.stdout


@pytest.mark.parametrize(
    "name", sorted(path.name for path in EXAMPLES.glob("*.py") if "__main__" in path.read_text("utf-8"))
)
def test_a_reader_who_closes_the_pipe(name):
    """Each example ends quietly then; one of them is run so."""
    assert "signal.signal(signal.SIGPIPE, signal.SIG_DFL)" in (EXAMPLES / name).read_text("utf-8")
    if name != "who_chaired.py":
        return
    ours, theirs = os.pipe()
    os.close(ours)
    command = [sys.executable, str(EXAMPLES / name)]
    completed = subprocess.run(command, stdout=theirs, stderr=subprocess.PIPE, check=False)
    os.close(theirs)
    assert completed.stderr == b""


@pytest.fixture(scope="module")
def interview(tmp_path_factory):
    """Run the main example once; return its output and the path of its file."""
    path = tmp_path_factory.mktemp("example") / "interview.db"
    return run("asean_russia_2020.py", path), path


def test_interview(interview):
    """It prints what was held, planned, agreed, prepared, reported later and overdue, and why a value is chosen."""
    output, _ = interview
    for line in (
        r"17 June 2020 +Special ministerial meeting on COVID-19",
        r"perhaps September 2020 +ASEAN-Russia Economic Ministers' Meeting",
        r"12 to 15 November 2020 +ASEAN Summit \(37th\)",
        r"ASEAN and RU will work together on a vaccine",
        r"December 2020 +Conference on sustainable and resilient urban technologies \(known since 16 November 2020\)",
        r"2022 +Courses for ASEAN specialists",
        r"no date given +Meeting of the Network of ASEAN-Russia Think Tanks, online, on the regional architecture",
        r"ASEAN-Russia Dialogue on ICT Security: is being prepared",
        r"\(at least 2\): agriculture, smart cities, health",
        r"The think tanks met on 19 to 20 November 2020",
        r"The security consultations first met on 28 June 2021",
        r"The ICT dialogue was launched on 23 September 2021",
        r"planned for December 2020 according to VNA, 16 November 2020; nothing reported since",
        r"against 24 September 2021: TASS, 24 September 2021 \(news\)",
    ):
        assert re.search(line, output), line
    assert output.count("nothing reported since") == 1


def test_file_of_the_interview(interview):
    """The printed lines open the file, which is sound and holds all entries."""
    output, path = interview
    lines = "\n".join(line.strip() for line in output.splitlines()[-3:])
    names: dict[str, object] = {}
    exec(lines, names)  # noqa: S102  the lines that users are told to run
    record = names["record"]
    assert record.verify().is_sound
    assert record.partnership == "asean-russia"
    assert len(record.entries()) == 20
    record.close()
    with ps.open(path) as reopened:
        assert reopened.as_of("2021-02-01").overdue()[0].subject == "meeting:urban-technologies-2020"


def test_interview_recorded_twice(interview):
    """A second run on the same file adds nothing."""
    _, path = interview
    run("asean_russia_2020.py", path)
    with ps.open(path) as record:
        assert len(record.entries()) == 20


def test_own_kind():
    """A user's own kind has states, can be overdue, and answers as of a day and why."""
    output = run("own_kind.py")
    assert "icons:     opened\noverdue:   exhibition:rodin-2026\nknown in February: announced\n" in output
    assert "  host: VN\n    because TASS, 10 January 2026 (news)" in output


def test_treaty_between_two_states(tmp_path):
    """It prints acts by party, a postponement, lines by chapter, roles, what is overdue, and a misprint's dispute."""
    path = tmp_path / "france-germany.db"
    output = run("france_germany.py", path)
    for line in (
        r"FR: signed .*2019.*, ratified .*2019.*\n  not in force",
        r"DE: signed .*2019.*, ratified .*2019.*, notified .*2020.*\n",
        r"in force since 22 January 2020",
        r"because MFA of France .*preferred by the desk.*\n    against .*2002.*: MFA of France, 22 January 2020",
        r"As known on 1 November 2022\n-+\n  meeting:council-2022.*: planned .*2022.*, now .*2023\b.*\n",
        r"planned for 26 October 2022: some ministers could not come",
        r"held on 22 January 2023 in Paris, as the 23rd",
        r"! meeting:council-2022 was held after it was cancelled",
        r"Regional and cross-border cooperation\n-+\n +6 .*implemented\n +8 .*stalled\n",
        r"of 7 known here of 15 projects:\n  5 completable: .*2 implemented, 1 stalled\n  2 standing: 2 unknown",
        r"2019-06-01  surely Sabine Thillaye",
        r"Overdue\n-+\n  commitment:ten-institutes .*\n.*\n  mission:institute-bishkek .*\n  mission:institute-glasgow",
        r"Where sources differ\n-+\n  document:treaty-of-aachen, .* or 22 January 2002 .*\n\n",
    ):
        assert re.search(line, output), line
    with ps.open(path) as record:
        assert record.partnership == "france-germany"
        assert record.verify().is_sound
        count = len(record.entries())
    run("france_germany.py", path)
    with ps.open(path) as record:
        assert len(record.entries()) == count


def test_charts(tmp_path):
    """It saves each chart as PNG and SVG, prints the paths, and keeps text as text in the SVG."""
    pytest.importorskip("matplotlib")
    folder = tmp_path / "new"
    output = run("charts.py", folder)
    names = [f"{name}.{suffix}" for name in ("timeline", "scoreboard", "fund") for suffix in ("png", "svg")]
    assert output.splitlines() == [str(folder / name) for name in names]
    assert (folder / "timeline.png").read_bytes().startswith(b"\x89PNG")
    assert ">Conference on sustainable and</text>" in (folder / "timeline.svg").read_text("utf-8")


def test_page(tmp_path):
    """It writes the page to the given path and prints the path; this record has no private entries to leave out."""
    path = tmp_path / "page.html"
    assert run("page.py", path) == f"{path}\n"
    assert "<title>ASEAN and Russia, as of 24 November 2026</title>" in path.read_text("utf-8")


def test_from_article(tmp_path):
    """It prints every slip of the draft with what to write, records the mended document, and says what is overdue."""
    path = tmp_path / "asean-russia.db"
    output = run("from_article.py", path)
    for line in (
        "Nothing of the draft is recorded; 17 things are refused:",
        "  claims[0].event: 'RoleHeld' is not an event here; did you mean 'role-held'?",
        "  claims[2].on: '17 June 2020' is not a date in EDTF; write 2020-06-17",
        "  claims[3].host: 'Russia' is not the code of a party; write its code in capitals; did you mean 'RU'?",
        "  claims[6].sector is not a field of project-launched; did you mean 'sectors'?",
        "  claims[7].body: 'networks:nartt' is of no kind that is known here; did you mean 'network:nartt'?",
        "Of the mended document, 15 claims are recorded, as VNA, 16 November 2020 has them.",
        "  December 2020            Conference on sustainable and resilient urban technologies",
        '    "subject": "meeting:urban-technologies-2020",',
    ):
        assert line in output.splitlines(), line


def test_the_article_is_the_interview(interview, tmp_path):
    """The mended document makes the claims that the first example makes of what the ambassador says."""
    path = tmp_path / "asean-russia.db"
    run("from_article.py", path)
    with ps.open(path) as article, ps.open(interview[1]) as record:
        spoken = {entry.claim.id for entry in record.entries() if entry.speaker and "Ivanov" in entry.speaker}
        assert {entry.claim.id for entry in article.entries()} == spoken


@pytest.mark.filterwarnings("ignore:Using .httpx. with")
def test_service():
    """It takes a submission or says what is wrong with it, and answers with states and with what is overdue."""
    pytest.importorskip("fastapi")
    pytest.importorskip("httpx")
    from fastapi.testclient import TestClient  # noqa: PLC0415  it is not always installed

    record = ps.open(":memory:", partnership="asean-russia")
    service = runpy.run_path(str(EXAMPLES / "service.py"))["service"]
    client = TestClient(service(record))
    draft, mended = (json.loads((EXAMPLES / f"from_article{part}.json").read_text("utf-8")) for part in ("_draft", ""))
    refused = client.post("/submissions", json=draft)
    assert (refused.status_code, len(record.entries())) == (422, 0)
    assert refused.json()["refusals"][3] == {
        "where": "claims[0].event",
        "said": "claims[0].event: 'RoleHeld' is not an event here; did you mean 'role-held'?",
        "near": ["role-held"],
    }
    taken = client.post("/submissions", json=mended)
    assert (taken.status_code, len(taken.json())) == (201, 15)
    assert [ps.from_dict(entry, ps.Entry) for entry in taken.json()] == [*record.entries()]
    meeting = client.get("/states/meetings/special-fmm-2020").json()
    assert ps.from_dict(meeting, ps.Meeting) == record.meetings["special-fmm-2020"]
    assert [*client.get("/states/meeting", params={"on": "2020-11-16"}).json()] == [
        *record.as_of("2020-11-16").meetings
    ]
    overdue = client.get("/overdue", params={"on": "2021-02-01"}).json()
    assert overdue[0]["subject"] == "meeting:urban-technologies-2020"
    assert client.get("/states/meeting/nothing").status_code == 404
    assert "is not a kind of subject" in client.get("/states/nothings").json()["error"]
    assert client.get("/overdue", params={"on": "soon"}).status_code == 422
    assert client.post("/submissions", json=[]).status_code == 422
    assert client.get("/schema").json() == ps.json_schema()
    paths = client.get("/openapi.json").json()["paths"]
    schema = paths["/submissions"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert schema["$ref"] == "/schema"
