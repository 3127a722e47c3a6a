"""What the fields of a class hold, read from the ``Attributes:`` sections of docstrings, the only place that says it.

A field is explained in the class that defines it, and classes that inherit it have its sentence; ``a, b: sentence``
explains several fields. `help`, the list of all events in the documentation, and the errors of events show the result.
A user's own classes are read in the same way.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from types import NoneType
from typing import Any, Literal, get_args, get_origin, get_type_hints

import attrs

from partnership._frozen import frozen
from partnership.model import converters
from partnership.model.references import reference_of
from partnership.values.text import either, nearest
from partnership.values.when import When

_SECTION = "Attributes:"
_ENTRY = r"(?P<names>\w+(?:, *\w+)*)(?: *\([^)]*\))?:(?: +|$)(?P<sentence>.*)"
_NAMES = r"(\w+, *)*\w+,"
_WIDTH = 112  # characters of a line of help, which `pydoc` indents

_OF_CONVERTER: Mapping[Any, str] = {
    converters.slug: "slug",
    converters.slug_or_none: "slug",
    converters.sorted_slugs: "slugs",
    converters.code: "party code",
    converters.needed_code: "party code",
    converters.codes: "party codes",
    converters.name: "name",
    converters.needed_name: "name",
    converters.ordinal: "name or number",
    converters.names_of: "names",
}
"""What fields hold whose values are plain texts, by their converter."""
_OF_TYPE: Mapping[Any, tuple[str, str]] = {
    When: ("date", "dates"),
    date: ("day", "days"),
    str: ("text", "texts"),
    bool: ("True or False", "flags"),
    int: ("whole number", "whole numbers"),
    Decimal: ("number", "numbers"),
}
"""What fields hold by their type: one value, and several."""


@frozen
class FieldDoc:
    """What a field holds.

    Attributes:
        sentence: the sentence of the docstring; empty if there is none.
        type: the type in words, such as "date" or "party codes".
        allowed: the words that it may hold; empty if it is not a choice.
        kinds: the kinds of the subjects that it refers to, the usual one first; empty if it refers to none, or to any.
        is_required: whether it must be given.
    """

    sentence: str
    type: str
    allowed: tuple[str, ...]
    kinds: tuple[str, ...]
    is_required: bool

    @property
    def holds(self) -> str:
        """The type and the allowed values in words."""
        return either([repr(word) for word in self.allowed]) if self.allowed else self.type


# ---- reading docstrings ----


def _own_docstring(cls: type) -> str:
    """Return the docstring that a class has in its source, without its indentation."""
    doc = vars(cls).get("__doc__")
    text = doc.source if isinstance(doc, DescribedFields) else doc
    return inspect.cleandoc(text) if isinstance(text, str) else ""


def _split(docstring: str) -> tuple[str, list[str], str]:
    """Return what stands before the ``Attributes:`` section of a docstring, its lines, and what stands after it."""
    lines = docstring.splitlines()
    if _SECTION not in lines:
        return docstring, [], ""
    start = lines.index(_SECTION)
    end = start + 1
    while end < len(lines) and (not lines[end].strip() or lines[end].startswith(" ")):
        end += 1
    return "\n".join(lines[:start]), lines[start + 1 : end], "\n".join(lines[end:])


@lru_cache(maxsize=1024)
def documented_fields(cls: type) -> Mapping[str, str]:
    """Return the sentences of the ``Attributes:`` section of a class's own docstring, by field."""
    _, lines, _ = _split(_own_docstring(cls))
    indent = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    sentences: dict[str, str] = {}
    names: list[str] = []
    for line in _with_names_on_one_line(line[indent:] for line in lines):
        entry = re.fullmatch(_ENTRY, line)
        if entry:
            names = re.split(", *", entry["names"])
        for name in names:
            text = entry["sentence"] if entry else line.strip()
            sentences[name] = f"{sentences.get(name, '')} {text}".strip()
    return sentences


def _with_names_on_one_line(lines: Iterable[str]) -> Iterator[str]:
    """Yield lines, with a list of names that runs over several joined to one."""
    names = ""
    for line in lines:
        if re.fullmatch(_NAMES, line if not names else line.strip()):
            names += f"{line.strip()} "
        else:
            yield names + (line.strip() if names else line)
            names = ""


# ---- types ----


@lru_cache(maxsize=1024)
def declared_hints(cls: type) -> Mapping[str, Any]:
    """Return the types of the fields that a class declares itself, without those that it inherits.

    Raises:
        Exception: an annotation names what its module does not have.
    """
    declared = {"__annotations__": vars(cls).get("__annotations__", {}), "__module__": cls.__module__}
    return get_type_hints(type(cls.__name__, (), declared))


def origin_of(hint: Any) -> Any:  # noqa: ANN401  a type
    """Return what a generic type is made of, `tuple` of ``tuple[str, ...]``, as type checkers let it be compared."""
    return get_origin(hint)


def without_none(hint: Any) -> Any:  # noqa: ANN401  a type
    """Return the type of a field that may be None, where it has a value; any other type as it is."""
    members = [member for member in get_args(hint) if member is not NoneType]
    return members[0] if NoneType in get_args(hint) and len(members) == 1 else hint


def type_of(cls: type, name: str) -> Any:  # noqa: ANN401  a type
    """Return the type of a field; None where its annotation cannot be read."""
    owner = next((base for base in cls.__mro__ if name in vars(base).get("__annotations__", {})), cls)
    try:
        return declared_hints(owner).get(name)
    except Exception:  # noqa: BLE001  an annotation may be anything; this only describes it
        return None


def _allowed(hint: Any, attribute: Any) -> tuple[str, ...]:  # noqa: ANN401  a type, an attrs.Attribute
    if isinstance(attribute.converter, converters.Choice):
        return attribute.converter.allowed
    if get_origin(hint) is Literal:
        return tuple(word for word in get_args(hint) if isinstance(word, str))
    return next((allowed for member in get_args(hint) if (allowed := _allowed(member, attribute))), ())


def _type_in_words(hint: Any, attribute: Any) -> str:  # noqa: ANN401  a type, an attrs.Attribute
    hint = without_none(hint)
    is_list = get_origin(hint) is tuple
    if reference := reference_of(attribute.converter):
        return _reference_in_words(reference, is_list=is_list)
    if attribute.converter in _OF_CONVERTER:
        return _OF_CONVERTER[attribute.converter]
    if is_list and (members := get_args(hint)):
        return _OF_TYPE.get(members[0], ("", f"{_name(members[0])} objects"))[1]
    return _OF_TYPE.get(hint, (_name(hint), ""))[0]


def _reference_in_words(reference: converters.Reference, *, is_list: bool) -> str:
    if not reference.kinds:
        return "subjects, kind:slug" if is_list else "subject, kind:slug"
    usual, *others = reference.kinds
    if not others:
        return f"slugs of the kind {usual}" if is_list else f"slug of the kind {usual}"
    noun = "subjects" if is_list else "subject"
    return f"{noun} of the kind {either(reference.kinds)}; a slug alone stands for {usual}:slug"


def _name(hint: Any) -> str:  # noqa: ANN401  a type
    return getattr(hint, "__name__", "value") if hint is not None else "value"


# ---- descriptions ----


@lru_cache(maxsize=1024)
def field_docs(cls: type) -> Mapping[str, FieldDoc]:
    """Return what each field of an attrs class holds, inherited ones included, in the order of the class.

    A field of a state, or of one of its rows, that its class does not explain has the sentence that most events of its
    kind, or of its module, have for it.
    """
    doc = vars(cls).get("__doc__")
    copied = _copied_sentences(doc.events if isinstance(doc, DescribedFields) else _events_beside(cls))
    docs: dict[str, FieldDoc] = {}
    for attribute in attrs.fields(cls):
        sentences = (documented_fields(base).get(attribute.name) for base in cls.__mro__)
        hint, reference = type_of(cls, attribute.name), reference_of(attribute.converter)
        docs[attribute.name] = FieldDoc(
            sentence=next(filter(None, sentences), copied.get(attribute.name, "")),
            type=_type_in_words(hint, attribute),
            allowed=_allowed(hint, attribute),
            kinds=reference.kinds if reference else (),
            is_required=attribute.default is attrs.NOTHING,
        )
    return docs


def _events_beside(cls: type) -> list[type]:
    """Return the events in the module of a class."""
    beside = [value for value in vars(sys.modules[cls.__module__]).values() if isinstance(value, type)]
    docs = [(value, vars(value).get("__doc__")) for value in beside]
    return [value for value, doc in docs if isinstance(doc, DescribedFields) and not doc.events]


def _copied_sentences(events: Iterable[type]) -> Mapping[str, str]:
    """Return for each field of some events the sentence that most of them have for it."""
    counted: dict[str, Counter[str]] = {}
    for event in events:
        for name, field in field_docs(event).items():
            counted.setdefault(name, Counter())[field.sentence] += 1
    sentences = {name: sentence.most_common(1)[0][0] for name, sentence in counted.items()}
    return {f"{name}s": f"all values of `{name}`, the best source first." for name in sentences} | sentences


class DescribedFields:
    """The ``__doc__`` of a class: its docstring with all its fields explained, which is composed when it is read.

    Attributes:
        source: the docstring in the source.
        events: the events from which a state copies fields.
    """

    def __init__(self, source: str | None, events: Sequence[type] = ()) -> None:
        self.source = source
        self.events = tuple(events)

    def __get__(self, instance: object, owner: type) -> str | None:
        if self.source is None:  # as under ``python -OO``
            return None
        before, _, after = _split(inspect.cleandoc(self.source))
        sections = [before.strip(), "\n".join([_SECTION, *_lines(field_docs(owner))]), after.strip()]
        return "\n\n".join(filter(None, sections))


def _lines(docs: Mapping[str, FieldDoc]) -> Iterator[str]:
    from textwrap import wrap  # noqa: PLC0415  loaded on first use

    for name, field in docs.items():
        if not name.startswith("_"):
            required = ", required" if field.is_required else ""
            text = f"{name} ({field.holds}{required}): {field.sentence}".strip()
            yield from wrap(text, _WIDTH, initial_indent="    ", subsequent_indent="        ")


def describe_class(cls: type, events: Sequence[type] = ()) -> None:
    """Let the ``__doc__`` of a class explain all its fields. Nothing is composed before it is read.

    Args:
        cls: a class of events, or of the states of a kind.
        events: the events of the kind.
    """
    if not isinstance(doc := vars(cls).get("__doc__"), DescribedFields):
        cls.__doc__ = DescribedFields(doc, events)  # type: ignore[assignment]  # a descriptor that returns a text


# ---- arguments ----


def wrong_arguments(cls: type, args: Sequence[object], kwargs: Mapping[str, object]) -> Iterator[str]:
    """Yield what is wrong with the names of the arguments of a constructor; nothing where another mistake is."""
    fields = {attribute.alias: attribute for attribute in attrs.fields(cls) if attribute.init}
    positional = [name for name, attribute in fields.items() if not attribute.kw_only]
    for name in kwargs:
        if name not in fields:
            near = nearest(name, fields, 1)
            yield f"{name}: is not a field" + (f"; did you mean {near[0]}{_in_brackets(cls, near[0])}?" if near else "")
    if len(args) > len(positional):
        yield f"{args[len(positional)]!r}: give every field but {', '.join(positional)} by its name"
    for name, attribute in fields.items():
        if attribute.default is attrs.NOTHING and name not in kwargs and name not in positional[: len(args)]:
            yield f"{name}: is missing{_in_brackets(cls, name)}"


def meaning(cls: type, name: str) -> str:
    """Return the first sentence about a field, as an error says it; empty if no docstring says it."""
    return re.split(r"\.(?= |$)", field_docs(cls)[name].sentence, maxsplit=1)[0]


def _in_brackets(cls: type, name: str) -> str:
    sentence = meaning(cls, name)
    return f" ({sentence})" if sentence else ""
