"""Asking field by field: each wrong answer is asked again with the reason, and nothing is written unless confirmed."""

from __future__ import annotations

import builtins
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

import partnership as ps
from partnership.cli import asking
from partnership.cli.asking import ask_for_submission

SOURCE = ["VNA", "2020-11-16", "news", "Russian ambassador hails ties", "https://example.org/a", "Alexander Ivanov"]


class Dialogue:
    """Answers questions in order, and keeps the questions with their completions."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.asked = []

    def __call__(self, question, words):
        """Answer a question, or end the input."""
        if not self.answers:
            raise EOFError
        self.asked.append((question, list(words)))
        return self.answers.pop(0)

    def words(self, beginning):
        """Return the completions of the first question that begins so."""
        return next(words for question, words in self.asked if question.startswith(beginning))


@pytest.fixture
def record():
    """Return a record with something to complete answers from."""
    with ps.open(":memory:") as opened:
        opened.add(
            ps.events.MeetingHeld("special-fmm-2020", host="VN"),
            ps.events.CoursePlanned("biosafety", planned="2021", host="RU"),
            source=ps.Source("TASS"),
        )
        yield opened


def test_two_claims(record):
    """The source comes first, then each event with its usual fields, others by name, and a confirmation."""
    asked = Dialogue(
        *SOURCE,
        "Meeting held", "jcc-18", "2020-06-17", "JCC", "parties", "RU, ASEAN", "inferred", "on", "",
        "commitment-made", "vaccine-work", "", "RU", "ASEAN", "work together", "2021", "5 USD", "",
        "", "yes",
    )  # fmt: skip
    (submission,) = ask_for_submission(record, None, None, asked)
    assert submission.source == ps.Source(
        "VNA", published="2020-11-16", kind="news", title=SOURCE[3], url="https://example.org/a"
    )
    assert submission.speaker == "Alexander Ivanov"
    held, made = submission.claims
    assert held == ps.Remarked(
        ps.events.MeetingHeld("jcc-18", on="2020-06-17", title="JCC", parties=["RU", "ASEAN"]), inferred=["on"]
    )
    assert (made.by, made.to, made.due, made.amount) == (("RU",), ("ASEAN",), ps.When("2021"), ps.Money(5, "USD"))


def test_what_completes_answers(record):
    """Publishers, events, subjects of the kind, parties, allowed words and yes or no."""
    asked = Dialogue(
        *SOURCE,
        "meeting-scheduled", "a", "", "", "2021", "host", "RU", "mode", "online", "is tentative", "yes",
        "part_of", "", "concerns", "", "certainty", "reported", "shared", "no", "inferred", "planned", "note", "ours",
        "speaker", "Somebody", "", "", "yes",
    )  # fmt: skip
    (submission,) = ask_for_submission(record, None, None, asked)
    assert asked.words("Who published") == ["TASS"]
    assert "op-ed" in asked.words("What kind of document")
    assert {"meeting-held", "course-planned"} <= set(asked.words("What it reports"))
    assert "claim-corrected" not in asked.words("What it reports")
    assert asked.words("subject") == ["special-fmm-2020"]
    assert asked.words("host") == ["RU", "VN"]
    assert asked.words("mode") == ["in-person", "online", "hybrid"]
    assert asked.words("tentative") == ["yes", "no"]
    assert asked.words("part of") == ["special-fmm-2020"]
    assert asked.words("concerns") == ["course:biosafety", "meeting:special-fmm-2020"]
    assert asked.words("certainty")[0] == "confirmed"
    assert asked.words("inferred") == ["planned", "host", "mode", "is_tentative"]
    claim = submission.claims[0]
    assert (claim.certainty, claim.shared, claim.note, claim.speaker) == ("reported", False, "ours", "Somebody")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (["", *SOURCE], "every claim has a source: write who published it"),
        (["VNA", "2020-13", *SOURCE[1:]], "'2020-13' is not a date: there is no month 13"),
        (["VNA", "2020", "newz", *SOURCE[2:]], "kind: 'newz' is not a kind of source"),
        ([*SOURCE[:4], "example.org", *SOURCE[4:]], "url: 'example.org' is not a URL"),
        ([*SOURCE, ""], "nothing is to be recorded yet: name an event, or press Ctrl-C to stop"),
        ([*SOURCE, "meeting hled"], "event: 'meeting-hled' is not an event here; did you mean 'meeting-held'"),
        ([*SOURCE, "meeting-held", "", "JCC 18"], "subject is needed"),
        ([*SOURCE, "meeting-held", "JCC 18"], "subject: 'JCC 18' is not a slug"),
        ([*SOURCE, "meeting-held", "a", "31/06/2020"], "on: '31/06/2020' is not a date: June has 30 days"),
        ([*SOURCE, "meeting-held", "a", "", "", "plase"], "plase is not a field of meeting-held; did you mean place?"),
        ([*SOURCE, "meeting-held", "a", "", "", "xyz"], "xyz is not a field of meeting-held\n"),
        ([*SOURCE, "meeting-held", "a", "", "", "?"], "  place: city or venue.\n"),
        ([*SOURCE, "meeting-held", "a", "", "", "inferred", "on"], "inferred[0]: 'on' is inferred, and has no value"),
        (
            [*SOURCE, "meeting-held", "a", "", "", "participants", "many"],
            "participants: 'many' is not a whole number",
        ),
        ([*SOURCE, "meeting-held", "\ud800"], "is not valid UTF-8; type it again"),
        ([*SOURCE, "meeting-held", "a", "", "", "part_of", "a"], "part_of cannot be recorded: "),
    ],
)
def test_a_wrong_answer(wrong, told, record, capsys):
    """It is asked again, with the reason; when the input ends, nothing is returned."""
    with pytest.raises(ps.PartnershipError, match="ended before the claims were confirmed: nothing was recorded"):
        ask_for_submission(record, None, None, Dialogue(*wrong))
    assert told in capsys.readouterr().out


def test_fields_that_cannot_be_true_together(record, capsys):
    """The claim does not end before they are mended, and the reason is told."""
    asked = Dialogue("count-reported", "visits", "", "visits of ministers", "", "", "number", "5", "", "", "yes")
    (submission,) = ask_for_submission(record, ps.Source("VNA"), None, asked)
    assert submission.claims[0].number == ps.Count(5)
    out = capsys.readouterr().out
    assert out.count("  number cannot be recorded: neither a number nor a share is given\n") == 1


def test_a_source_that_is_known(record, capsys):
    """It is not asked for; and without a yes nothing is returned."""
    asked = Dialogue("meeting-held", "a", "", "", "", "", "no")
    assert ask_for_submission(record, ps.Source("VNA"), "Ivanov", asked) == ()
    assert asked.asked[0][0].startswith("What it reports")
    assert "\nVNA, in the words of Ivanov:\n  meeting:a, meeting held\n" in capsys.readouterr().out


# ---- the verb ----


@pytest.fixture
def typed(screen, monkeypatch):
    """Return what types answers on a terminal."""

    def typing(*answers):
        asked = Dialogue(*answers)
        stdin = screen("stdin")
        monkeypatch.setattr(builtins, "input", lambda question: asked(question, ()))
        return stdin, asked

    return typing


def test_add_without_a_file(run, path, typed):
    """It asks, with `input` where the output is no terminal, and records what was confirmed."""
    typed(*SOURCE, "meeting-held", "jcc-18", "2020-06-17", "", "", "", "yes")
    code, out, err = run("add", path, "--private")
    assert (code, err) == (0, "")
    assert "Recorded 1 claim in asean-russia.db." in out
    with ps.open(path) as record:
        assert record.entries()[-1].remarks.shared is False
    typed(*SOURCE, "meeting-held", "jcc-19", "2020-06-17", "", "", "", "no")
    assert run("add", path)[1].endswith("Nothing was recorded.\n")


def test_an_interruption(run, path, typed, monkeypatch):
    """Neither Ctrl-C nor the end of the input writes anything."""
    before = Path(path).read_bytes()
    typed(*SOURCE, "meeting-held")
    code, _, err = run("add", path)
    told = (
        "partnership: the input: ended before the claims were confirmed: nothing was recorded; answer yes at the end\n"
    )
    assert (code, err) == (2, told)
    typed()

    def interrupted(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(builtins, "input", interrupted)
    assert run("add", path)[0] == 130
    with ps.open(path) as record:
        assert record.tree_head().size == 11
    assert len(before) == len(Path(path).read_bytes())


@pytest.mark.slow
def test_a_terminal(path, tmp_path):
    """On a real one, prompt-toolkit asks."""
    pytest.importorskip("prompt_toolkit")
    ours, theirs = pty.openpty()
    words = [*SOURCE, "meeting-held", "jcc-18", "2020-06-17", "", "", "", "yes"]
    env = {**os.environ, "TERM": "dumb", "PROMPT_TOOLKIT_NO_CPR": "1"}
    command = [sys.executable, "-m", "partnership", "add", path]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=env, cwd=tmp_path) as process:
        os.close(theirs)
        for word in words:
            shown = b""
            while b": " not in shown[-40:]:
                shown += os.read(ours, 65536)
            os.write(ours, f"{word}\r".encode())
        assert process.wait(600) == 0
    os.close(ours)
    with ps.open(path) as record:
        assert str(record.meetings["jcc-18"].held_on) == "2020-06-17"


def test_what_asks_on_a_terminal(screen, monkeypatch):
    """prompt-toolkit with completion where it is installed, and else `input`."""
    monkeypatch.setitem(sys.modules, "prompt_toolkit", None)
    screen("stdout")
    monkeypatch.setattr(builtins, "input", lambda question: f"{question}typed")
    assert asking._prompt()("Who: ", ["VNA"]) == "Who: typed"


def test_the_completion_of_an_answer(screen, monkeypatch):
    """A word is completed from its middle, with its hyphens, whatever its case."""
    toolkit = pytest.importorskip("prompt_toolkit")
    from prompt_toolkit.completion import CompleteEvent  # noqa: PLC0415  optional
    from prompt_toolkit.document import Document  # noqa: PLC0415

    completers = []

    class Session:
        """Stands in for a session, which needs a terminal."""

        def prompt(self, question, completer):
            """Keep the completer."""
            completers.append(completer)
            return question

    monkeypatch.setattr(toolkit, "PromptSession", Session)
    screen("stdout")
    assert asking._prompt()("Who: ", ["meeting-held", "course-held", "RU"]) == "Who: "
    for typed, words in (("HELD", ["meeting-held", "course-held"]), ("ng-h", ["meeting-held"]), ("ru", ["RU"])):
        found = completers[0].get_completions(Document(typed), CompleteEvent())
        assert [one.text for one in found] == words


def test_enter_at_the_end_asks_again(record, capsys):
    """Only no discards: Enter, or another word, asks again."""
    asked = Dialogue(*SOURCE, "meeting-held", "a", "", "", "", "", "", "maybe", "yes")
    assert len(ask_for_submission(record, None, None, asked)) == 1
    assert capsys.readouterr().out.count("  write yes to record, no to discard, or < to go back\n") == 2
    for no in ("n", "NO"):
        asked = Dialogue(*SOURCE, "meeting-held", "a", "", "", "", "", no)
        assert ask_for_submission(record, None, None, asked) == ()


@pytest.mark.parametrize(
    "answers",
    [
        ["<", "TASS", "<", "VNA", *SOURCE[1:], "meeting-held", "a", "2020-06-17", "", "", "", "yes"],
        [*SOURCE, "meeting-held", "b", "2020-06-18", "<", "<", "a", "2020-06-17", "", "", "", "yes"],
        [*SOURCE, "meeting-held", "a", "2020", "x", "", "", "<", "<", "<", "<", "2020-06-17", "", "", "", "yes"],
        [*SOURCE, "meeting-held", "B B", "31/31", "<", "meeting-held", "a", "2020-06-17", "", "", "", "yes"],
        [*SOURCE, "meeting-held", "a", "2020-06-17", "", "place", "Hanoi", "<", "", "", "", "yes"],
        [*SOURCE, "meeting-held", "a", "2020-06-17", "", "", "", "<", "<", "", "", "yes"],
    ],
)
def test_going_back(answers, record, capsys):
    """The question before is asked again, also at the end; the first has none before it."""
    (submission,) = ask_for_submission(record, None, None, Dialogue(*answers))
    assert submission.source.publisher == "VNA"
    assert submission.claims == (ps.events.MeetingHeld("a", on="2020-06-17"),)
    assert ("this is the first question" in capsys.readouterr().out) == (answers[0] == "<")


def test_what_an_interruption_says(record, capsys):
    """It says that nothing was recorded."""

    def interrupted(*_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ask_for_submission(record, None, None, interrupted)
    assert capsys.readouterr().err == "\npartnership: interrupted: nothing was recorded\n"


def test_what_fields_mean(record, capsys):
    """In plain words: no marks of code, and no words of Python."""
    asked = Dialogue(*SOURCE, "document-approved", "a", "", "", "?", "", "", "no")
    ask_for_submission(record, None, None, asked)
    out = capsys.readouterr().out
    assert 'such as "sign"; empty for the document as a whole' in out
    assert "`" not in out
    assert not {"None", "True", "False"} & set(re.findall(r"\w+", out))


@pytest.mark.parametrize(
    ("sentence", "plain"),
    [
        ("the part; None for all of it.", "the part; empty for all of it."),
        ("which run, as in `CourseHeld`.", "which run, as in course-held."),
        ("``kind:slug`` as in `part_of`.", "kind:slug as in part of."),
        ("a day (``../2021-04-02``) of `total`.", "a day (../2021-04-02) of total."),
        ("True if it is open.", "yes if it is open."),
    ],
)
def test_a_meaning_in_plain_words(sentence, plain):
    """Names of fields are in words, those of events as they are answered."""
    assert asking._plain(sentence) == plain


def test_an_event_that_is_not_known(record, capsys):
    """Events with such a word are named where none is nearly written so."""
    asked = Dialogue(*SOURCE, "was signed", "meeting-held", "a", "", "", "", "", "no")
    ask_for_submission(record, None, None, asked)
    assert "  events with such a word: document-signed" in capsys.readouterr().out


def test_what_a_question_means(record, capsys):
    """A question mark is no answer to it: it says what is asked, and a subject comes with an example."""
    asked = Dialogue(
        "?", "VNA", "?", "2020-11-16", "", "?", "", "", "", "meeting-held", "?", "forum", "?", "", "?", "A",
        "place", "?", "Hue", "note", "?", "", "", "", "yes",
    )  # fmt: skip
    (submission,) = ask_for_submission(record, None, None, asked)
    (event,) = submission.claims
    assert (submission.source.publisher, event.title, event.place) == ("VNA", "A", "Hue")
    out = capsys.readouterr().out
    assert "  Who published the document, as the document gives it\n" in out
    assert "  city or venue. (" in out
    assert any(question.endswith(", such as meeting-2026: ") for question, _ in asked.asked)
