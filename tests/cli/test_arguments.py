"""The help: complete, true, and quick."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys

import pytest

import partnership as ps
from partnership._lazy import load
from partnership.cli import verbs
from partnership.cli.arguments import build_parser

VERBS = [verb.name for verb in verbs.VERBS]
ABOUT_A_RECORD = [verb.name for verb in verbs.VERBS if verb.has_record]


def test_the_help_of_all(run):
    """It names every verb, shows how each answer is got, and tells what the exit codes mean."""
    code, out, err = run("--help")
    assert (code, err) == (0, "")
    assert re.findall(r"^    (\w+)  ", out, re.MULTILINE) == VERBS
    assert max(map(len, out.splitlines())) < 80
    headings = re.findall(r"^(\w[\w ]+):\n    \w", out, re.MULTILINE)
    assert headings == ["start and fill a record", "mend what was entered", "ask", "hand on", "check"]
    assert re.findall(r"^  (\d+)  ", out, re.MULTILINE) == ["0", "1", "2", "130", "141"]


@pytest.mark.parametrize("verb", VERBS)
def test_the_help_of_a_verb(verb, run):
    """It tells every argument, an example, and the keys of its JSON; and fits a terminal of 80 columns."""
    code, out, err = run(verb, "--help")
    assert (code, err) == (0, "")
    assert max(map(len, out.splitlines())) < 80
    assert f"  partnership {verb} asean-russia.db" in out or verb not in ABOUT_A_RECORD
    assert "keys of --json" in out
    assert all(re.search(r"^  \S.*  \S", line) for line in out.splitlines() if line.startswith(("  --", "  RECORD")))


def test_the_examples(run):
    """Each is a command line that is understood."""
    told = "".join(run(*words, "--help")[1] for words in ([], *([verb] for verb in VERBS)))
    examples = {*re.findall(r"^  partnership ([a-z].*)$", told, re.MULTILINE)}
    assert len(examples) >= 8 + len(VERBS)
    parser = build_parser()
    for one in examples:
        assert parser.parse_args(shlex.split(one.partition(" > ")[0])).verb in VERBS, one


def test_what_the_help_loads():
    """It needs nothing of the record, and so it is there at once."""
    script = (
        "import sys\nfrom partnership.cli.arguments import build_parser\nbuild_parser().format_help()\n"
        "print(*[one for one in sys.modules if one.startswith(('partnership.', 'attr', 'rich'))])"
    )
    told = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True).stdout.split()
    assert {*told} == {
        "partnership.cli",
        "partnership.cli.arguments",
        "partnership.cli.verbs",
        "partnership.errors",
        "partnership.values",
        "partnership.values.text",
    }


def test_the_function_of_a_verb():
    """It is there, under the name in the table."""
    for verb in verbs.VERBS:
        module, _, function = verb.function.partition(".")
        assert callable(load(f"cli.{module}", function)), verb.name


def test_the_version(run):
    """It is printed, and that is all."""
    assert run("--version") == (0, f"partnership {ps.__version__}\n", "")


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("overdu", "'overdu' is not a verb; did you mean overdue?"),
        ("Claim", "'Claim' is not a verb; did you mean claims?"),
        ("calender", "'calender' is not a verb; did you mean calendar?"),
        ("xyz", "'xyz' is not a verb"),
    ],
)
def test_a_verb_that_is_not_known(word, told, run):
    """Verbs that are nearly written so are named."""
    code, out, err = run(word, "asean-russia.db")
    assert (code, out, err) == (2, "", f"partnership: {told}; `partnership --help` shows the usage\n")
