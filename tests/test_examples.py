"""The scripts that a newcomer runs."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import partnership as ps

EXAMPLES = Path(__file__).parent.parent / "examples"


def run(name, *arguments):
    """Run an example as a user does; return what it prints."""
    path = [str(EXAMPLES / name), *map(str, arguments)]
    done = subprocess.run(
        [sys.executable, "-W", "error", *path], capture_output=True, text=True, check=False, encoding="utf-8"
    )
    assert done.stderr == ""
    assert done.returncode == 0
    return done.stdout


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """Run the main example once; hand out what it prints and where its file is."""
    place = tmp_path_factory.mktemp("example") / "interview.db"
    return run("asean_russia_2020.py", place), place


def test_the_interview(told):
    """It tells what was held, planned, agreed, prepared, settled, overdue, and why."""
    text, _ = told
    for line in (
        r"17 June 2020 +Special ministerial meeting on COVID-19",
        r"perhaps September 2020 +ASEAN-Russia Economic Ministers' Meeting",
        r"12 to 15 November 2020 +ASEAN Summit \(37th\)",
        r"ASEAN and RU will work together on a vaccine",
        r"December 2020 +Conference on sustainable and resilient urban technologies \(known since 16 November 2020\)",
        r"2022 +Courses for ASEAN specialists",
        r"no day named +Meeting of the Network of ASEAN-Russia Think Tanks, online, on the regional architecture",
        r"ASEAN-Russia Dialogue on ICT Security: is being prepared",
        r"\(at least 2\): agriculture, smart cities, health",
        r"The think tanks met on 19 to 20 November 2020",
        r"The security consultations began on 28 June 2021",
        r"The ICT dialogue was launched on 23 September 2021",
        r"planned for December 2020, said VNA, 2020-11-16; nothing was heard since",
        r"against 2021-09-24: TASS, 2021-09-24 \(news\)",
    ):
        assert re.search(line, text), line
    assert text.count("nothing was heard since") == 1


def test_the_file_that_it_leaves(told):
    """The three lines that it prints open it, and it is sound."""
    text, place = told
    lines = "\n".join(line.strip() for line in text.splitlines()[-3:])
    names: dict[str, object] = {}
    exec(lines, names)  # noqa: S102  the lines that it tells people to write
    record = names["record"]
    assert record.verify().is_sound
    assert record.partnership == "asean-russia"
    assert len(record.entries()) == 20
    record.close()
    with ps.open(place) as again:
        assert again.as_of("2021-02-01").overdue()[0].subject == "meeting:urban-technologies-2020"


def test_the_interview_told_twice_into_one_file(told):
    """Nothing is added the second time."""
    _, place = told
    run("asean_russia_2020.py", place)
    with ps.open(place) as record:
        assert len(record.entries()) == 20


def test_a_projection_of_ones_own():
    """It is asked as of a day, after a late claim, after a merge, and why; in 15 lines or fewer."""
    text = run("own_projection.py")
    assert "as of 2017:      {'RU': Hosting(party='RU', hosted=('summit-2016 (2016-05-19/2016-05-20)',))}" in text
    assert "after the merge: ('summit-2016 (2016-05-19/2016-05-20)', 'university-forum" in text
    assert "known in 2018:   ('summit-2016 (2016-05-19/2016-05-20)',)" in text
    assert "because MFA of Russia, 2023-07-11 (official-release)" in text
    source = (EXAMPLES / "own_projection.py").read_text()
    projection = source.split("# ---- the projection ----")[1].split("# ---- and that is all of it ----")[0]
    lines = [line for line in projection.splitlines() if line.strip() and '"""' not in line]
    assert len(lines) <= 15


def test_a_kind_of_ones_own():
    """It has states, is overdue, is asked as of a day, and why."""
    text = run("own_kind.py")
    assert "icons:     opened\noverdue:   exhibition:rodin-2026\nknown in February: announced\n" in text
    assert "  host: VN\n    because TASS, 2026-01-10 (news)" in text


def test_another_partnership_of_another_kind(tmp_path):
    """Two states and a treaty: acts by party, what was put off, lines by chapter, posts, what is due, a misprint."""
    place = tmp_path / "france-germany.db"
    text = run("france_germany.py", place)
    for line in (
        r"FR: signed .*2019.*, ratified .*2019.*\n  not in force",
        r"DE: signed .*2019.*, ratified .*2019.*, notified .*2020.*\n",
        r"in force since 22 January 2020",
        r"because MFA of France .*preferred by the desk.*\n    against .*2002.*: MFA of France, 2020-01-22",
        r"What stood on 1 November 2022\n-+\n  meeting:council-2022.*: planned .*2022.*, now .*2023\b.*\n",
        r"planned for 26 October 2022, then for January 2023: some ministers could not come",
        r"held on 22 January 2023 in Paris, as the 23rd",
        r"! meeting:council-2022 was held after it was cancelled",
        r"Regional and cross-border cooperation\n-+\n +6 .*implemented\n +8 .*stalled\n",
        r"of 7 lines known here of 15:\n  5 completable: .*2 implemented, 1 stalled\n  2 standing: 2 unknown",
        r"2019-06-01  surely Sabine Thillaye",
        r"Overdue\n-+\n  commitment:ten-institutes .*\n.*\n  mission:institute-bishkek .*\n  mission:institute-glasgow",
        r"Where sources differ\n-+\n  document:treaty-of-aachen, .* or 22 January 2002 .*\n\n",
    ):
        assert re.search(line, text), line
    with ps.open(place) as record:
        assert record.partnership == "france-germany"
        assert record.verify().is_sound
        told = len(record.entries())
    run("france_germany.py", place)
    with ps.open(place) as record:
        assert len(record.entries()) == told


def test_the_charts(tmp_path):
    """It writes each of them twice, and says where."""
    pytest.importorskip("matplotlib")
    text = run("charts.py", tmp_path / "new")
    written = [f"{name}.{kind}" for name in ("timeline", "scoreboard", "fund") for kind in ("png", "svg")]
    assert text.splitlines() == [str(tmp_path / "new" / one) for one in written]
    assert (tmp_path / "new" / "timeline.png").read_bytes().startswith(b"\x89PNG")
    assert ">Conference on sustainable and</text>" in (tmp_path / "new" / "timeline.svg").read_text("utf-8")


def test_the_page(tmp_path):
    """It writes it where it is told to, and says where; nothing of this record stays at the desk."""
    assert run("page.py", tmp_path / "page.html") == f"{tmp_path / 'page.html'}\n"
    assert "<title>ASEAN and Russia, as of 24 November 2026</title>" in (tmp_path / "page.html").read_text("utf-8")
