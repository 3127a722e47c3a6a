"""The JSON Schema of a submission, made from the classes of events: for forms, services and language models.

The library takes a document if the schema does, but for what a schema cannot say: `BEYOND_SCHEMA` lists these rules. A
field of a user's own class may have a converter that takes less than its type; that is not in the schema either.

Source: JSON Schema, draft 2020-12, https://json-schema.org; the keyword ``discriminator`` is of OpenAPI 3.1. Patterns
are those of ECMA-262 and have no look-around, which many validators lack.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, get_args

import attrs

from partnership.io.submission import (
    REMARKS,
    AttrsClass,
    AttrsField,
    Hint,
    given_fields,
    hints_of,
    key_of,
    kinds_of,
)
from partnership.kinds import BUILT_IN, Kinds
from partnership.model import converters
from partnership.model.converters import BUILT_IN_KIND_NAMES, LIST_LIMIT, Reference
from partnership.model.event import fields_of
from partnership.model.field_docs import DescribedFields, field_docs, origin_of
from partnership.model.kind import Kind
from partnership.model.references import reference_of
from partnership.record.remarked import Remarked
from partnership.subjects.amendments import AMENDMENTS
from partnership.subjects.doubts import field_name, stored_name
from partnership.values.amounts import Bound, Count, Duration, Money, Percent
from partnership.values.sources import Certainty, Source, SourceKind
from partnership.values.text import NAME_LIMIT, TEXT_LIMIT
from partnership.values.when import When

Schema = dict[str, Any]

BEYOND_SCHEMA: Mapping[str, str] = {
    "dates": "a day that does not exist (30 February), and a date or a list of dates without any digit",
    "spans": "a span that ends before it begins",
    "runs": "a run {a..b} that is not of years, months or days in order, and a list of more than 1,000 dates",
    "publication": "a source that was published over a span, on several days, or after a day without an end",
    "numbers": "a number with a decimal point from 2^53 upward, of which parsers of JSON do not keep every digit",
    "durations": "a duration of nothing, or of more than 99,999 months, days or minutes",
    "length": "a text whose Unicode composed form (NFC) is longer than the limit, though the text itself is not",
    "surrogates": "half a character, U+D800 to U+DFFF, which no text in UTF-8 has",
    "inferred": "an inferred field that the claim has no value for",
    "together": (
        "fields that cannot be true together: a part of itself, an addition to itself, one merged into itself, a count "
        "without a number and a share, a role that nobody holds"
    ),
    "doubts": "a doubt about an act or a field that the events of its subject do not have",
    "size": "a claim of more than 262,144 bytes",
}
"""What the library refuses, though the schema accepts it, by short names."""

# ---- patterns ----

_SLUG = "[a-z0-9][a-z0-9-]{0,79}"
_FORBIDDEN = r"\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069"
_SPACES = r" \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_TEXT = rf"^[\t\n{_SPACES}]*[^\t\n{_SPACES}{_FORBIDDEN}][^{_FORBIDDEN}]*$"
_NAME = rf"^[{_SPACES}]*[^\t\n{_SPACES}{_FORBIDDEN}][^\t\n{_FORBIDDEN}]*$"
_DECIMAL = r"(0|[1-9][0-9]{0,17})(\.[0-9]{1,9}0*)?"
_DURATION = "^P([0-9]+Y)?([0-9]+M)?([0-9]+W)?([0-9]+D)?(T([0-9]+H([0-9]+M)?|[0-9]+M))?$"
_MOST = 10**18 - 1  # 18 digits
_LARGEST = 2**53


def _component(digits: str) -> str:
    """Return the pattern of a year, month or day with one mark of doubt at most."""
    return f"([?~%]?({digits})|({digits})[?~%])"


_DIGIT_YEAR = "[0-9]{3}[1-9]|[0-9]{2}[1-9]0|[0-9][1-9]00|[1-9]000"  # but not 0000
_YEAR = _component(f"{_DIGIT_YEAR}|[0-9]{{3}}X|[0-9]{{2}}XX|[0-9]XXX|XXXX")
_MONTH = _component("0[1-9X]|1[0-2X]|X[0-9X]")
_DAY = _component("0[1-9X]|[12][0-9X]|3[01X]|X[0-9X]")
_SEASON = _component("2[1-9]|3[0-9]|4[01]")
_SINGLE = f"({_YEAR}(-{_MONTH}(-{_DAY})?)?|{_component(_DIGIT_YEAR)}-{_SEASON})"
_SPAN = rf"{_SINGLE}/({_SINGLE}|\.\.)?|(\.\.)?/{_SINGLE}"
_ONE_OF = rf"({_SINGLE}(\.\.{_SINGLE}?)?|\.\.{_SINGLE})"
_EACH_OF = rf"{_SINGLE}(\.\.{_SINGLE})?"
_DATE = rf"^({_SINGLE}|{_SPAN}|\[{_ONE_OF}(,{_ONE_OF})*\]|\{{{_EACH_OF}(,{_EACH_OF})*\}})$"
_URL = r'^https?://[^\u0000-\u0020\u007f-\u00a0"<>\\\u1680\u2000-\u200a\u2028-\u202f\u205f\u2066-\u2069\u3000]{1,2000}$'
_LANGUAGE = "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"

# ---- types of values ----


def _bounded(properties: Schema) -> Schema:
    """Return the schema of a figure as an object: its figure, and a bound."""
    bound = {
        "enum": [*get_args(Bound), None],
        "description": "How it limits the real figure: at-least for 'over', at-most for 'up to', about for 'nearly'.",
    }
    return {
        "type": "object",
        "properties": {**properties, "bound": bound},
        "required": [*properties],
        "additionalProperties": False,
    }


_AMOUNT: Schema = {
    "type": ["string", "integer"],
    "pattern": f"^{_DECIMAL}$",
    "minimum": 0,
    "maximum": _MOST,
    "description": "In units of the currency, not in cents or millions. Digits as text, with a point for decimals.",
    "examples": ["8130000.50"],
}
_CURRENCY: Schema = {"type": "string", "pattern": "^[A-Z]{3}$", "description": "The ISO 4217 code: USD."}
_WHOLE: Schema = {"type": "integer", "minimum": 0, "maximum": _LARGEST}
_PERCENT: Schema = {
    "type": ["string", "integer"],
    "pattern": rf"^[+-]?{_DECIMAL}$",
    "minimum": -_MOST,
    "maximum": _MOST,
    "description": "60 is 60 %; a decrease is negative.",
}
_PERIOD: Schema = {
    "type": "string",
    "pattern": _DURATION,
    "minLength": 3,
    "maxLength": 32,
    "description": "An ISO 8601 duration without fractions.",
    "examples": ["P5Y", "P18M", "P2W", "P10D", "PT90M"],
}

_TYPES: Mapping[str, Schema] = {
    "Date": {
        "type": "string",
        "pattern": _DATE,
        "maxLength": 100,
        "description": (
            "A date as vague as the source is, in Extended Date/Time Format: 2020-06-17; 2020-06; 2020; 2020-24 "
            "(winter); 2020-06~ (about June); 2020-06-17/2020-06-20 (from, to); [2020..2021] (some day within); "
            "[2020,2021] (one of them); {2021,2022} (each of them); ../2020-06 (by June)."
        ),
        "examples": ["2020-06-17", "2020-06", "2020-12~", "2020-06-17/2020-06-20", "{2021,2022}"],
    },
    "Day": {
        "type": "string",
        "pattern": f"^({_DIGIT_YEAR})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
        "description": "A day: 2026-11-23.",
    },
    "Slug": {
        "type": "string",
        "pattern": f"^{_SLUG}$",
        "description": "Lower-case letters, digits and hyphens, starting with a letter or digit.",
    },
    "Name": {"type": "string", "pattern": _NAME, "maxLength": NAME_LIMIT, "description": "One line of text."},
    "Text": {
        "type": "string",
        "pattern": _TEXT,
        "maxLength": TEXT_LIMIT,
        "description": "Text, also of several lines.",
    },
    "Ordinal": {
        "type": ["string", "integer"],
        "pattern": _NAME,
        "maxLength": NAME_LIMIT,
        "minimum": 1,
        "maximum": 10**6,
        "description": "An ordinal as the source has it: 19th, or 19.",
    },
    "Party": {
        "type": "string",
        "pattern": "^[A-Z][A-Z0-9-]{0,31}$",
        "description": "The code of a party in capital letters: the ISO 3166 code of a country, or that of a bloc.",
        "examples": ["RU", "VN", "ASEAN"],
    },
    "Number": {
        "type": ["string", "integer"],
        "pattern": f"^{_DECIMAL}$",
        "minimum": 0,
        "maximum": _MOST,
        "description": "Digits as text, with a point for decimals; a whole number may be a number.",
    },
    "Whole": {**_WHOLE, "description": "A whole number."},
    "Integer": {"type": "integer", "minimum": -_LARGEST, "maximum": _LARGEST, "description": "A whole number."},
    "Flag": {"type": "boolean", "description": "Whether it is so."},
    "Money": {
        **_bounded({"amount": _AMOUNT, "currency": _CURRENCY}),
        "description": "An amount in one currency.",
        "examples": [{"amount": "8130000", "currency": "USD", "bound": "at-least"}],
    },
    "CountObject": {
        **_bounded({"number": {**_WHOLE, "description": "The number; 'several' is 2 with the bound at-least."}}),
        "description": "A number of things or persons that is a bound or approximate.",
    },
    "PercentObject": {
        **_bounded({"number": _PERCENT}),
        "description": "A share or a change in percent that is a bound or approximate.",
    },
    "DurationObject": {
        **_bounded({"text": _PERIOD}),
        "description": "How long something runs, as a bound or approximately.",
    },
    "Count": {
        "anyOf": [_WHOLE, {"$ref": "#/$defs/CountObject"}],
        "description": "A number of things or persons; one without a bound is exact.",
        "examples": [5, {"number": 2, "bound": "at-least"}],
    },
    "Percent": {
        "anyOf": [_PERCENT, {"$ref": "#/$defs/PercentObject"}],
        "description": "A share or a change in percent; one without a bound is exact.",
        "examples": ["60", {"number": "-9.5", "bound": "about"}],
    },
    "Duration": {
        "anyOf": [_PERIOD, {"$ref": "#/$defs/DurationObject"}],
        "description": "How long something runs; one without a bound is exact.",
        "examples": ["P5Y", {"text": "P10Y", "bound": "at-least"}],
    },
}
"""Schemas by the names under which others refer to them. Those of events have stored names, which are lower-case."""

_OF_CONVERTER: Mapping[Any, str] = {
    converters.slug: "Slug",
    converters.slug_or_none: "Slug",
    converters.sorted_slugs: "Slug",
    stored_name: "Slug",
    converters.code: "Party",
    converters.needed_code: "Party",
    converters.codes: "Party",
    converters.name: "Name",
    converters.needed_name: "Name",
    converters.names_of: "Name",
    field_name: "Name",
    converters.ordinal: "Ordinal",
    converters.count: "Count",
    converters.needed_count: "Count",
    converters.percent: "Percent",
    converters.needed_percent: "Percent",
    converters.duration: "Duration",
    converters.needed_duration: "Duration",
    converters.whole: "Whole",
    converters.needed_whole: "Whole",
}
"""What fields, or the members of lists, hold by their converter, where their type does not say it all."""
_OF_TYPE: Mapping[Any, str] = {
    When: "Date",
    date: "Day",
    str: "Text",
    bool: "Flag",
    int: "Integer",
    Decimal: "Number",
    Money: "Money",
    Count: "CountObject",
    Percent: "PercentObject",
    Duration: "DurationObject",
}
"""What they hold by their type."""


# ---- schemas ----


def json_schema(kinds: Kinds | Iterable[Kind[Any]] = BUILT_IN) -> Schema:
    """Return the JSON Schema (2020-12) of a submission: what `partnership.read_submission` takes.

    Under ``$defs`` it has each event by its stored name, ``Source``, and the types of values. Every field has a
    description; what a closed list has is an ``enum``.

    Args:
        kinds: those of a record, ``record.kinds``, or a user's own kinds, as `partnership.open` takes them.

    >>> import partnership as ps
    >>> schema = ps.json_schema()
    >>> schema["$defs"]["meeting-held"]["properties"]["on"]["$ref"]
    '#/$defs/DateOrNull'
    >>> schema["$defs"]["meeting-held"]["required"]
    ['event', 'subject']
    """
    known = kinds_of(kinds)
    events = {stored: cls for stored, cls in known.events.items() if not issubclass(cls, AMENDMENTS)}
    references = {stored: {"$ref": f"#/$defs/{stored}"} for stored in sorted(events)}
    claim = {
        "anyOf": [*references.values()],
        "discriminator": {
            "propertyName": "event",
            "mapping": {stored: reference["$ref"] for stored, reference in references.items()},
        },
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Submission",
        "description": "What one document states: the document, who is quoted, and its claims.",
        "type": "object",
        "properties": {
            "source": {"$ref": "#/$defs/Source"},
            "speaker": _optional("Name", "Who is quoted, unless a claim names another speaker."),
            "claims": {
                "type": "array",
                "minItems": 1,
                "items": claim,
                "description": "What the document states, one fact each.",
            },
        },
        "required": ["source", "claims"],
        "additionalProperties": False,
        "$defs": {
            **{stored: _event(events[stored], known) for stored in references},
            "Source": _source(),
            **_shared_remarks(),
            **{name: schema for type_name in _TYPES for name, schema in _with_null(type_name)},
        },
    }


def _with_null(name: str) -> Iterable[tuple[str, Schema]]:
    """Yield the schema of a type, and that of a value that may be null."""
    schema = _TYPES[name]
    yield name, schema
    yield f"{name}OrNull", _or_null(schema)


def _or_null(schema: Schema) -> Schema:
    if "anyOf" in schema:
        return {**schema, "anyOf": [*schema["anyOf"], {"type": "null"}]}
    if "enum" in schema:
        return {**schema, "enum": [*schema["enum"], None]}
    types = schema.get("type", [])
    return {**schema, "type": [*([types] if isinstance(types, str) else types), "null"]} if types else schema


def _optional(name: str, description: str) -> Schema:
    return {"$ref": f"#/$defs/{name}OrNull", "description": description}


def _source() -> Schema:
    docs = field_docs(Source)
    forms: Mapping[str, Schema] = {
        "publisher": {"$ref": "#/$defs/Name"},
        "published": {"$ref": "#/$defs/DateOrNull"},
        "kind": {"enum": [*get_args(SourceKind), None]},
        "title": {"type": ["string", "null"], "pattern": _TEXT, "maxLength": 2000},
        "url": {"type": ["string", "null"], "pattern": _URL},
        "language": {"type": ["string", "null"], "pattern": _LANGUAGE},
        "locator": {"$ref": "#/$defs/NameOrNull"},
        "via": {"$ref": "#/$defs/NameOrNull"},
        "retrieved": {"$ref": "#/$defs/DayOrNull"},
    }
    return {
        "type": "object",
        "title": "Source",
        "description": "The document: an article, a communiqué, a minister's post, the user's own note.",
        "properties": {name: {**form, "description": _sentence(docs[name].sentence)} for name, form in forms.items()},
        "required": ["publisher"],
        "additionalProperties": False,
    }


def _event(cls: AttrsClass, kinds: Kinds) -> Schema:
    docs, fields = field_docs(cls), given_fields(cls)
    keys = [key_of(field.name) for field in fields]
    properties = {"event": {"const": cls.name, "description": "The stored name of the event."}}
    for field in fields:
        doc, is_needed = docs[field.name], field.default is attrs.NOTHING
        form = _form(field, cls, kinds)
        properties[key_of(field.name)] = {
            **(form if is_needed else _nullable(form)),
            "description": _sentence(doc.sentence or doc.type),
        }
    remarks = {name: form for name, form in _remarks(cls).items() if name not in keys}
    return {
        "type": "object",
        "title": cls.__name__,
        "description": _first_paragraph(cls),
        "properties": {**properties, **remarks},
        "required": ["event", *(key_of(field.name) for field in fields if field.default is attrs.NOTHING)],
        "additionalProperties": False,
    }


def _nullable(form: Schema) -> Schema:
    """Return the form of a field that need not be given."""
    return {"$ref": f"{form['$ref']}OrNull"} if "$ref" in form else _or_null(form)


def _remarks(cls: AttrsClass) -> Schema:
    """Return the forms of the remarks on a claim; most are the same for all events."""
    shared = {name: {"$ref": f"#/$defs/{name.capitalize()}"} for name in REMARKS if name != "inferred"}
    inferred = _list({"enum": [*fields_of(cls).names]}, is_nullable=True)
    sentence = _sentence(field_docs(Remarked)["inferred"].sentence)
    return {**shared, "inferred": {**inferred, "description": sentence}}


def _shared_remarks() -> Schema:
    docs = field_docs(Remarked)
    forms: Mapping[str, Schema] = {
        "certainty": {"enum": [*get_args(Certainty), None]},
        "note": {"$ref": "#/$defs/TextOrNull"},
        "shared": {"$ref": "#/$defs/FlagOrNull"},
    }
    speaker = _optional("Name", "Who is quoted; left out, the speaker of the submission.")
    return {"Speaker": speaker} | {
        name.capitalize(): {**form, "description": _sentence(docs[name].sentence)} for name, form in forms.items()
    }


def _form(field: AttrsField, cls: AttrsClass, kinds: Kinds) -> Schema:
    """Return the schema of the values of a field, without null."""
    hint, converter = hints_of(cls).get(field.name), field.converter
    is_list = origin_of(hint) is tuple
    member = get_args(hint)[0] if is_list else hint
    if field.name == "subject":
        return _reference(Reference((cls.kind,)), kinds)
    if reference := reference_of(converter):
        form = _reference(reference, kinds)
    elif allowed := field_docs(cls)[field.name].allowed:
        form = {"enum": [*allowed]}
    elif converter in _OF_CONVERTER:
        form = {"$ref": f"#/$defs/{_OF_CONVERTER[converter]}"}
    else:
        form = _of_type(member)
    return _list(form) if is_list else form


def _of_type(hint: Hint) -> Schema:
    if origin_of(hint) is tuple:
        return _list(_of_type(get_args(hint)[0]))
    return {"$ref": f"#/$defs/{_OF_TYPE[hint]}"} if hint in _OF_TYPE else {}


def _list(form: Schema, *, is_nullable: bool = False) -> Schema:
    return {"type": ["array", "null"] if is_nullable else "array", "items": form, "maxItems": LIST_LIMIT}


def _reference(reference: Reference, kinds: Kinds) -> Schema:
    """Return the form of a reference: a slug, or ``kind:slug`` with a kind that fits and is known."""
    own = sorted(kinds.names - BUILT_IN_KIND_NAMES)
    fitting = [*reference.kinds, *(own if reference.is_open else ())] or sorted(kinds.names)
    names = "|".join(dict.fromkeys(fitting))
    kind = f"(({names}):)?" if reference.kinds else f"({names}):"
    return {"type": "string", "pattern": f"^{kind}{_SLUG}$"}


def _first_paragraph(cls: type) -> str:
    doc = vars(cls).get("__doc__")
    text = doc.source if isinstance(doc, DescribedFields) else doc  # to compose the whole takes time
    return " ".join((text or "").partition("\n\n")[0].split())


def _sentence(text: str) -> str:
    """Return a sentence of a docstring as one that stands alone, in the words of JSON and without marks of code."""
    said = text[:1].upper() + text[1:].replace("``", "").replace("`", "'")
    return re.sub(r"\bNone\b", "null", said)
