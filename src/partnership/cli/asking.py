"""Ask for what a document states, field by field: an answer that cannot be taken is asked again, with the reason."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, get_args

import partnership as ps
from partnership.cli.field_text import date_in_text, plain_value
from partnership.cli.list_verbs import event_in_words
from partnership.errors import InvalidValue, Refusal, StorageError, visible
from partnership.io.submission import REMARKS
from partnership.model.event import Event
from partnership.model.field_docs import FieldDoc, field_docs
from partnership.model.value_text import name_in_words
from partnership.subjects.amendments import AMENDMENTS
from partnership.values.sources import Certainty, SourceKind
from partnership.values.text import encodable, nearest, split_subject

Ask = Callable[[str, Iterable[str]], str]
"""Asks one question, with words that may complete the answer, and returns the answer."""

_SOURCE_QUESTIONS = {
    "publisher": "Who published the document",
    "published": "When (2020-11-16, 16 November 2020, November 2020)",
    "kind": "What kind of document",
    "title": "Its title",
    "url": "Its address",
}
_USUAL = ("on", "planned", "due", "title", "text")
"""Fields that are asked for of every event that has them; others are asked for by name."""
_USUAL_OF_KIND = {"aid": ("by", "to"), "commitment": ("by", "to", "amount"), "role": ("holder", "person")}
"""Fields that are asked for of every event of a kind."""
_REMARKS = {
    "speaker": "who is quoted, if not as above.",
    "certainty": "how certain the wording is.",
    "inferred": "the fields that you supplied and the source does not state.",
    "note": "your own words; shared wherever the claim is.",
    "shared": "whether others may have it; no keeps it private.",
}
"""What remarks on a claim mean."""
_FLAGS = {"yes": True, "no": False}
_MOST_LISTED = 12
"""Words that a question lists."""


def ask_for_submission(
    record: ps.Record, source: ps.Source | None, speaker: str | None, ask: Ask | None = None
) -> Sequence[ps.Submission]:
    """Ask for a source and claims, and return them; nothing if the user does not confirm them.

    The answer < goes back to the question before.

    Args:
        record: whose subjects, parties and publishers complete answers.
        source: the document, if it is known already.
        speaker: who is quoted in it, if that is known already.
        ask: asks one question.

    Raises:
        StorageError: the input ended before the user confirmed.
        KeyboardInterrupt: the user pressed Ctrl-C; a line on standard error says that nothing was recorded.
    """
    dialogue = _Dialogue(record, ask or _prompt())
    dialogue.say("< goes back to the question before; Ctrl-C stops, and records nothing.")
    try:
        while True:
            try:
                return _submission(dialogue, source, speaker)
            except _Back:
                dialogue.go_back()
    except EOFError:
        reason = "ended before the claims were confirmed: nothing was recorded; answer yes at the end"
        raise StorageError("the input", reason) from None
    except KeyboardInterrupt:
        sys.stderr.write("\npartnership: interrupted: nothing was recorded\n")
        raise


def _submission(dialogue: _Dialogue, source: ps.Source | None, speaker: str | None) -> Sequence[ps.Submission]:
    if source is None:
        source = dialogue.ask_for_source()
        speaker = speaker or dialogue.text("Who is quoted in it (Enter for nobody)", ()) or None
    claims = dialogue.ask_for_claims()
    dialogue.say(f"\n{source}{f', in the words of {speaker}' if speaker else ''}:")
    for claim in claims:
        dialogue.say(f"  {_in_words(claim)}")
    number = "this claim" if len(claims) == 1 else f"these {len(claims)} claims"
    while True:
        answer = dialogue.text(f"Record {number} (yes or no)", _FLAGS).lower()
        if answer in ("y", "yes"):
            return (ps.Submission(source, speaker, claims),)
        if answer in ("n", "no"):
            return ()
        dialogue.say("  write yes to record, no to discard, or < to go back")


class _Back(Exception):
    """The user goes back to the question before."""


def _in_words(claim: Event | ps.Remarked) -> str:
    if isinstance(claim, Event):
        return event_in_words(claim)
    remarks = [
        f"{name_in_words(name)} {value if isinstance(value, str) else 'yes' if value else 'no'}"
        for name in ("speaker", "certainty", "note", "shared")
        if (value := getattr(claim, name)) is not ...
    ]
    remarks += [f"supplied by the desk: {', '.join(claim.inferred)}"] if claim.inferred is not ... else []
    return f"{event_in_words(claim.event)} ({'; '.join(remarks)})"


def _prompt() -> Ask:
    """Return what asks on this terminal: with completion where prompt-toolkit is installed, else as `input` does."""
    if sys.stdout.isatty():
        try:
            from prompt_toolkit import PromptSession  # noqa: PLC0415  optional, and slow to load
            from prompt_toolkit.completion import WordCompleter  # noqa: PLC0415
        except ImportError:
            pass
        else:
            session: PromptSession[str] = PromptSession()

            def ask(question: str, words: Iterable[str]) -> str:
                completer = WordCompleter(list(words), ignore_case=True, match_middle=True, WORD=True)
                return session.prompt(question, completer=completer)

            return ask
    return lambda question, _: input(question)


class _Dialogue:
    """Questions and answers about claims that are to be recorded.

    Args:
        record: whose subjects, parties and publishers complete answers.
        ask: asks one question.
    """

    def __init__(self, record: ps.Record, ask: Ask) -> None:
        self._ask = ask
        self._answers: list[tuple[str, str]] = []  # with their questions
        self._replayed: list[str] = []  # answers from before the user went back, the next one last
        self._kinds = record.kinds
        self._publishers = [
            name for name in dict.fromkeys(one.publisher for one in record.sources) if name.isprintable()
        ]
        entries = record.entries()
        self._parties = sorted({code for entry in entries for code in entry.parties})
        self._subjects = sorted({entry.event.about for entry in entries})

    def text(self, question: str, words: Iterable[str], meaning: str = "") -> str:
        """Return the answer to a question, without white space around it; empty for Enter alone.

        Args:
            question: the question.
            words: words that complete an answer.
            meaning: what ``?`` says of it.
        """
        while True:
            if self._replayed:
                answer = self._replayed.pop()
            else:
                try:
                    answer = encodable(self._ask(f"{question}: ", words).strip(), "type it again")
                except InvalidValue as error:
                    self.say(f"  {error}")
                    continue
            if answer == "?" and meaning:
                self.say(f"  {meaning}")
                continue
            if answer == "<":
                self._forget(question)
                if self._answers:
                    raise _Back
                self.say("  this is the first question")
                continue
            self._answers.append((question, answer))
            return answer

    def say(self, line: str) -> None:
        """Print a line, but for those that were printed before the user went back."""
        if not self._replayed:
            sys.stdout.write("".join(f"{visible(part)}\n" for part in line.split("\n")))

    def _forget(self, question: str) -> None:
        """Forget the answers to a question that were refused."""
        while self._answers and self._answers[-1][0] == question:
            self._answers.pop()

    def go_back(self) -> None:
        """Forget the answers to the last question, and answer those before it as they were answered."""
        self._forget(self._answers[-1][0])
        self._replayed = [answer for _, answer in reversed(self._answers)]
        self._answers = []

    # ---- the source ----

    def ask_for_source(self) -> ps.Source:
        """Ask for the document."""
        words = {"publisher": self._publishers, "kind": get_args(SourceKind)}
        data: dict[str, str] = {}
        for field, question in _SOURCE_QUESTIONS.items():
            shown = f"{question} ({', '.join(words[field])})" if field == "kind" else question
            while True:
                answer = self.text(shown, words.get(field, ()), f"{question}, as the document gives it")
                if not answer and field == "publisher":
                    self.say("  every claim has a source: write who published it, or your own desk")
                    continue
                try:
                    answer = date_in_text(answer) if answer and field == "published" else answer
                except InvalidValue as error:
                    self.say(f"  {error}")
                    continue
                _, refusals = ps.read_source({**data, field: answer} if answer else data, "")
                if self._told(refusals, field):
                    continue
                data |= {field: answer} if answer else {}
                break
        source, _ = ps.read_source(data)
        assert source is not None  # every field was taken
        return source

    # ---- claims ----

    def ask_for_claims(self) -> tuple[Event | ps.Remarked, ...]:
        """Ask for claims until there is no other."""
        names = [name for name in self._kinds.events if not issubclass(self._kinds.events[name], AMENDMENTS)]
        claims: list[Event | ps.Remarked] = []
        while True:
            answer = self.text("What it reports, an event such as meeting-held (Enter when that is all)", names)
            if not answer and claims:
                return tuple(claims)
            if not answer:
                self.say("  nothing is to be recorded yet: name an event, or press Ctrl-C to stop")
                continue
            name = re.sub("[ _]+", "-", answer.lower())
            _, refusals = ps.read_claim({"event": name}, self._kinds)
            if not self._told(refusals, "event"):
                claims.append(self._ask_for_claim(name))
            elif near := _events_with(name, names):
                self.say(f"  events with such a word: {', '.join(near)}")

    def _ask_for_claim(self, event: str) -> Event | ps.Remarked:
        cls: Any = self._kinds.events[event]
        docs = {name: doc for name, doc in field_docs(cls).items() if name != "subject"}
        data: dict[str, Any] = {"event": event}
        self._ask_for_field(data, cls, "subject", field_docs(cls)["subject"])
        usual = (*_USUAL, *_USUAL_OF_KIND.get(cls.kind, ()))
        for name, doc in docs.items():
            if doc.is_required or name in usual:
                self._ask_for_field(data, cls, name, doc)
        remarks = {name: FieldDoc(meaning, "", (), (), is_required=False) for name, meaning in _REMARKS.items()}
        choices = {**{name: remarks[name] for name in REMARKS}, **docs}
        while True:
            claim, refusals = ps.read_claim(data, self._kinds)
            for refusal in refusals:
                self.say(f"  {refusal}")
            answer = self.text("Another field (Enter for none, ? lists them)", choices)
            name = answer.lower().replace("-", "_").replace(" ", "_")
            if not answer and claim is not None:
                return claim
            if answer == "?":
                self.say("\n".join(f"  {name_in_words(name)}: {_plain(doc.sentence)}" for name, doc in choices.items()))
            elif name in choices:
                self._ask_for_field(data, cls, name, choices[name])
            elif answer:
                near = nearest(name, choices, 1)
                self.say(f"  {answer} is not a field of {event}{f'; did you mean {near[0]}?' if near else ''}")

    def _ask_for_field(self, data: dict[str, Any], cls: Any, name: str, doc: FieldDoc) -> None:  # noqa: ANN401
        """Ask for the value of a field until it can be taken, or is left out."""
        words = list(self._words(data, cls, name, doc))
        listed = f" ({', '.join(words)})" if words and len(words) <= _MOST_LISTED and name != "subject" else ""
        meaning = re.split(r"[.;] ", _plain(doc.sentence))[0].rstrip(".")
        if name == "subject":
            listed = f", such as {cls.kind}-2026"
        question = f"{name_in_words(name)}: {meaning}{listed}"
        while True:
            answer = self.text(question, words, f"{_plain(doc.sentence)} ({doc.type or 'a remark of the desk'})")
            if not answer:
                if not doc.is_required:
                    data.pop(name, None)
                    return
                self.say(f"  {name} is needed")
                continue
            try:
                value = _remark(name, answer) if doc.type == "" else plain_value(cls, name, answer)
            except InvalidValue as error:
                self.say(f"  {name}: {error}")
                continue
            _, refusals = ps.read_claim({**data, name: value}, self._kinds)
            if not self._told(refusals, name):
                data[name] = value
                return

    def _words(self, data: dict[str, Any], cls: Any, name: str, doc: FieldDoc) -> Iterator[str]:  # noqa: ANN401
        """Yield words that may complete an answer."""
        if doc.type == "" and name in ("certainty", "shared", "inferred"):
            fields = [field for field in data if field not in ("event", "subject", *REMARKS)]
            yield from {"certainty": get_args(Certainty), "shared": tuple(_FLAGS), "inferred": fields}[name]
        elif doc.type == "True or False":
            yield from _FLAGS
        elif doc.allowed:
            yield from doc.allowed
        elif doc.type.startswith("party code"):
            yield from self._parties
        else:
            kinds = (cls.kind,) if name == "subject" else doc.kinds
            for subject in self._subjects:
                kind, slug = split_subject(subject)
                if kind in kinds:
                    yield slug if kind == kinds[0] else subject
                elif not kinds and doc.type.startswith("subject"):
                    yield subject

    def _told(self, refusals: Iterable[Refusal], field: str) -> bool:
        """Say why an answer cannot be taken, and tell whether there was a reason."""
        reasons = [refusal for refusal in refusals if re.split(r"[.\[]", refusal.where)[0] == field]
        for refusal in reasons:
            self.say(f"  {refusal}")
        return bool(reasons)


def _remark(name: str, answer: str) -> Any:  # noqa: ANN401  a value of plain JSON
    if name == "inferred":
        return [part.strip().replace(" ", "_") for part in re.split("[;,]", answer) if part.strip()]
    return _FLAGS.get(answer.lower(), answer) if name == "shared" else answer


def _events_with(answer: str, names: Iterable[str]) -> list[str]:
    """Return the events whose names have a word that begins as a word of an answer does."""
    beginnings = {word[:_BEGINNING] for word in answer.split("-") if len(word) >= _BEGINNING}
    return [name for name in names if beginnings & {word[:_BEGINNING] for word in name.split("-")}][:_MOST_LISTED]


_BEGINNING = 4
"""Letters that words must share."""


def _plain(sentence: str) -> str:
    """Return what a field means without the words and marks of Python."""
    for word, plain in (("None", "empty"), ("True", "yes"), ("False", "no")):
        sentence = re.sub(rf"\b{word}\b", plain, sentence)
    return re.sub(r"(`+)(.*?)\1", lambda match: _plain_name(match[2]), sentence)


def _plain_name(name: str) -> str:
    """Return the name of a field in words, and that of the class of an event as its stored name."""
    if re.fullmatch("(?:[A-Z][a-z]+)+", name):
        return re.sub("(?<=[a-z])(?=[A-Z])", "-", name).lower()
    return name_in_words(name) if "_" in name else name
