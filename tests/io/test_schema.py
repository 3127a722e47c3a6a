"""The JSON Schema of submissions: the library takes what the schema takes, but for the rules that are listed."""

from __future__ import annotations

import copy
import json
import re
from functools import cache
from pathlib import Path

import pytest
from attrs import frozen
from hypothesis import example, given, settings
from hypothesis import strategies as st

import partnership as ps
from partnership import fields
from partnership.errors import InvalidSubmission
from partnership.io.schema import BEYOND_SCHEMA
from partnership.kinds import BUILT_IN
from partnership.subjects.amendments import AMENDMENTS
from partnership.testing.strategies import events_of, sources

jsonschema = pytest.importorskip("jsonschema")
from_schema = pytest.importorskip("hypothesis_jsonschema").from_schema

FILE = Path(ps.__file__).parent / "io/submission.schema.json"
EVENTS = sorted(stored for stored, cls in BUILT_IN.events.items() if cls not in AMENDMENTS)
EXAMPLES = settings().max_examples
FEW = settings(max_examples=min(EXAMPLES, 30) if EXAMPLES <= 100 else EXAMPLES)  # where each takes long
SOURCE = {"publisher": "VNA", "published": "2020-11-16"}


def python_patterns(schema):
    """Return a schema whose patterns mean in Python what they mean in ECMA-262: there, ``$`` is the end alone."""
    if isinstance(schema, list):
        return [python_patterns(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: re.sub(r"\$$", r"\\Z", value) if key == "pattern" and isinstance(value, str) else python_patterns(value)
        for key, value in schema.items()
    }


@cache
def schema_of_submissions():
    """Return the schema of a submission, with patterns for Python."""
    return python_patterns(ps.json_schema())


def definitions():
    """Return the schemas of all events and values by their names."""
    return schema_of_submissions()["$defs"]


@cache
def validator(name):
    """Return what tells whether a value is as the schema of a name says; of a submission of meetings for ``""``."""
    few = [{"$ref": f"#/$defs/{stored}"} for stored in ("meeting-held", "meeting-scheduled")]
    whole = schema_of_submissions()
    few = {**whole["properties"], "claims": {**whole["properties"]["claims"], "items": {"anyOf": few}}}
    schema = {"$ref": f"#/$defs/{name}", "$defs": definitions()} if name else {**whole, "properties": few}
    return jsonschema.Draft202012Validator(schema)


# ---- what the schema takes ----


def values_of(schema):
    """Generate what a schema takes; objects are made here, since hypothesis-jsonschema cannot with this Hypothesis."""
    if "$ref" in schema:
        return named_values(schema["$ref"].rpartition("/")[2])
    if "anyOf" in schema:
        return st.one_of([values_of(one) for one in schema["anyOf"]])
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if "object" in kinds:
        needed = {key: values_of(one) for key, one in schema["properties"].items() if key in schema["required"]}
        optional = {key: values_of(one) for key, one in schema["properties"].items() if key not in needed}
        objects = few(needed, optional)
        return objects | st.none() if "null" in kinds else objects
    if "array" in kinds:
        lists = st.lists(values_of(schema["items"]), max_size=3)
        return lists | st.none() if "null" in kinds else lists
    return from_schema({key: value for key, value in schema.items() if key not in ("description", "examples", "title")})


@st.composite
def few(draw, needed, optional):
    """Generate objects with a few of their optional keys: with all, most would break a rule."""
    names = draw(st.lists(st.sampled_from(sorted(optional)), max_size=4, unique=True)) if optional else []
    return draw(st.fixed_dictionaries({**needed, **{name: optional[name] for name in names}}))


@cache
def named_values(name):
    """Generate what the schema of a name takes."""
    return st.deferred(lambda: values_of(definitions()[name]))


SEEN = {
    "dates": r"there is no such day|has \d\d days|does not name a date",
    "spans": r"ends before it begins",
    "runs": r"is not a range of years, months or days|is too long a list",
    "publication": r"is not a date of publication",
    "numbers": r"is too large to be read exactly",
    "durations": r"is not a duration",
    "length": r"is too long: \d+ characters",
    "inferred": r"is inferred, and has no value",
    "together": r"cannot be recorded: (?!.* (event of the kind|is no field of))",
    "doubts": r"cannot be recorded: .* (is the stored name of no event|is no field of)",
}
"""The reasons with which the library refuses what the schema takes, by rule."""
ELSEWHERE = {"surrogates", "size"}
"""Rules that no generated document meets: texts are UTF-8, and what is too large is refused by `Record.submit`."""


def rule_of(refusal):
    """Return the rule beyond the schema that a refusal is about; None if it is about structure."""
    return next((rule for rule, reason in SEEN.items() if re.search(reason, refusal.reason)), None)


def require_agreement(name, value, refusals):
    """Require that the library takes a value if the schema does, or breaks a rule that no schema can say."""
    errors = [error.message for error in validator(name).iter_errors(value)]
    if errors:
        assert refusals, f"the library takes {value}, and the schema does not: {errors}"
    else:
        about_structure = [str(refusal) for refusal in refusals if rule_of(refusal) is None]
        assert not about_structure, f"the schema takes {value}, and the library does not"


# ---- laws ----


@FEW
@given(st.sampled_from(EVENTS).flatmap(named_values))
def test_claims_that_the_schema_takes(claim):
    """The library takes them too, but for the rules."""
    assert validator(claim["event"]).is_valid(claim)
    require_agreement(claim["event"], claim, ps.read_claim(claim)[1])


@FEW
@given(named_values("Source"))
def test_sources_that_the_schema_takes(source):
    """The library takes them too, but for the rules."""
    assert validator("Source").is_valid(source)
    require_agreement("Source", source, ps.read_source(source)[1])


@FEW
@given(st.sampled_from(EVENTS).flatmap(lambda stored: events_of(BUILT_IN.events[stored])))
def test_events_as_claims(event):
    """What is written of any event is a claim for the schema, and the same event for the library."""
    claim = ps.to_dict(event)
    assert not [*validator(event.name).iter_errors(claim)]
    assert ps.read_claim(claim) == (event, ())
    assert ps.from_dict(claim, ps.Event) == event


@given(sources())
def test_written_sources(source):
    """What is written of any source is one for the schema, and the same for the library."""
    assert validator("Source").is_valid(ps.to_dict(source))
    assert ps.read_source(ps.to_dict(source)) == (source, ())


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=4,
)
PIECES = st.sampled_from(
    [
        *("2020-06", "2020-13", "2020-06-17/2020-06-20", "{2020..2022}", "[2020]", "20XX-06~", "2020-21-01", "?2020?"),
        *("", " ", "a", "A", "a b", "a:b", "meeting:a", "doc:a", "museum:a", "RU", "ru", "Russia", "in-person", "USD"),
        *("5", "05", "5.50", "-5", "+5", "5e3", "P5Y", "P", "P5YT", "PT", "a\nb", "a\tb", "a\u202eb", "x" * 201),
        *(0, 5, 5.0, -1, 5.5, 10**7, 2**53 + 1, 10**18, True, None, [], [[]], ["a", "a"], ["RU", None], {}),
        {"number": 5},
        {"amount": "5", "currency": "USD"},
        {"text": "P5Y", "bound": None},
        {"number": 5, "bound": "over"},
    ]
)


@st.composite
def changed(draw, documents):
    """Generate a document in which a value, a key or a member is another, is gone, or has come."""
    document = copy.deepcopy(draw(documents))
    holder, key = document, draw(st.sampled_from([*document]))
    while isinstance(holder[key], dict | list) and holder[key] and draw(st.booleans()):
        holder = holder[key]
        key = draw(st.sampled_from([*holder] if isinstance(holder, dict) else [*range(len(holder))]))
    how = draw(st.sampled_from(["replace", "replace", "replace", "remove", "add"]))
    if how == "remove":
        del holder[key]
    elif how == "replace":
        holder[key] = draw(PIECES | JUNK)
    elif isinstance(holder, dict):
        holder[draw(st.sampled_from(["on", "place", "extra", "note", "shared", "certainty"]))] = draw(PIECES | JUNK)
    else:
        holder.append(draw(PIECES | JUNK))
    return document


@given(changed(st.sampled_from(EVENTS).flatmap(lambda stored: events_of(BUILT_IN.events[stored])).map(ps.to_dict)))
def test_changed_claims(claim):
    """What the library refuses for its structure, the schema refuses too, and the other way round."""
    known = claim.get("event") if claim.get("event") in EVENTS else None
    if known:
        require_agreement(known, claim, ps.read_claim(claim)[1])
    else:
        assert ps.read_claim(claim)[0] is None


@given(st.sampled_from(EVENTS), st.data())
def test_a_value_in_any_field(stored, data):
    """Whatever stands in a field, the library and the schema agree on it."""
    names = sorted(definitions()[stored]["properties"])
    claim = data.draw(events_of(BUILT_IN.events[stored], fields=()).map(ps.to_dict))
    claim[data.draw(st.sampled_from(names))] = data.draw(PIECES)
    if claim["event"] == stored:
        require_agreement(stored, claim, ps.read_claim(claim)[1])


@given(changed(sources().map(ps.to_dict)))
def test_changed_sources(source):
    """The library and the schema agree on them."""
    require_agreement("Source", source, ps.read_source(source)[1])


SUBMISSION = {
    "source": SOURCE,
    "speaker": "A. Ivanov",
    "claims": [{"event": "meeting-held", "subject": "a", "on": "2020", "inferred": ["on"], "certainty": "confirmed"}],
}


@given(changed(st.just(SUBMISSION)))
@example({**SUBMISSION, "claims": []})
def test_changed_submissions(document):
    """The library and the schema agree on them."""
    try:
        ps.read_submission(document)
        refusals = ()
    except InvalidSubmission as error:
        refusals = error.refusals
    require_agreement("", document, refusals)


# ---- rules that no schema can say ----

HELD = {"event": "meeting-held", "subject": "a"}
BEYOND = [
    ("dates", {**HELD, "on": "2021-02-30"}),
    ("dates", {**HELD, "on": "2021-06-31"}),
    ("dates", {**HELD, "on": "XXXX-XX"}),
    ("spans", {**HELD, "on": "2021-06/2020-06"}),
    ("spans", {**HELD, "on": "[2021..2020]"}),
    ("runs", {**HELD, "on": "{2020..2021-06}"}),
    ("runs", {**HELD, "on": "{1000..3000}"}),
    ("durations", {**HELD, "duration": "P0D"}),
    ("durations", {**HELD, "duration": "P999999Y"}),
    ("numbers", {"event": "commitment-made", "subject": "a", "amount": {"amount": 1e16, "currency": "EUR"}}),
    ("length", {**HELD, "place": "\ufb2c" * 100}),
    ("inferred", {**HELD, "inferred": ["on"]}),
    ("together", {"event": "count-reported", "subject": "a", "what": "courses"}),
    ("together", {**HELD, "part_of": "a"}),
    ("doubts", {"event": "report-denied", "subject": "d", "concerns": "meeting:a", "act": "document-signed"}),
    ("doubts", {"event": "report-denied", "subject": "d", "concerns": "meeting:a", "field": "plaze"}),
]


@pytest.mark.parametrize(("rule", "claim"), BEYOND)
def test_a_rule_beyond_the_schema(rule, claim):
    """The schema takes the claim, and the library says why it does not."""
    assert validator("meeting-held" if claim["event"] == "meeting-held" else claim["event"]).is_valid(claim)
    event, refusals = ps.read_claim(claim)
    assert event is None
    assert [rule_of(refusal) for refusal in refusals] == [rule]


@pytest.mark.parametrize("published", ["2020/2021", "{2020,2021}", "2020/..", "2020/"])
def test_publication_on_several_days(published):
    """The schema takes it, as any date; the library asks for one day, month or year, or a last day."""
    source = {"publisher": "VNA", "published": published}
    assert validator("Source").is_valid(source)
    assert [rule_of(refusal) for refusal in ps.read_source(source)[1]] == ["publication"]


def test_half_a_character():
    """It is no text in UTF-8, and is refused."""
    assert "forbidden character (U+D800" in ps.read_claim({**HELD, "place": "\ud800"})[1][0].reason


def test_what_is_refused_when_it_is_recorded():
    """That is a claim that is too large: nothing of a submission is kept."""
    record = ps.open(":memory:")
    large = {**HELD, "topics": [f"{number} {'x' * 60_000}" for number in range(5)]}
    assert validator("meeting-held").is_valid(large)
    submission = ps.read_submission({"source": SOURCE, "claims": [HELD, large]})
    with pytest.raises(ps.PartnershipError, match="bytes are too many"):
        record.submit(submission)
    assert not [*record.entries()]


def test_the_rules_are_tested():
    """Each rule that is listed has an example here."""
    assert {*SEEN, *ELSEWHERE} == {*BEYOND_SCHEMA}
    assert {rule for rule, _ in BEYOND} | {"publication"} == {*SEEN}


# ---- the schema itself ----


def test_the_shipped_schema():
    """It is the one of the built-in kinds; else run ``python docs/write.py``."""
    assert json.loads(FILE.read_text("utf-8")) == ps.json_schema()


def test_the_schema_is_one():
    """It is valid by the schema of schemas; events are alike, so a few of them are looked at."""
    schema = ps.json_schema()
    schema["$defs"] = {name: one for name, one in schema["$defs"].items() if name not in EVENTS[5:]}
    jsonschema.Draft202012Validator.check_schema(schema)


def objects(schema):
    """Yield all schemas of objects within a schema."""
    if isinstance(schema, dict):
        if "properties" in schema and isinstance(schema["properties"], dict) and "required" in schema:
            yield schema
        schema = [*schema.values()]
    for inner in schema if isinstance(schema, list) else ():
        yield from objects(inner)


def test_every_field_is_described():
    """Each has a description, nothing else is taken, and events are told apart by their stored names."""
    schema = ps.json_schema()
    shared = {f"#/$defs/{name}" for name, one in schema["$defs"].items() if "description" in one}
    for one in objects(schema):
        assert one["additionalProperties"] is False
        for key, value in one["properties"].items():
            assert value.get("description") or value.get("$ref") in shared, (one, key)
    items = schema["properties"]["claims"]["items"]
    assert [*items["discriminator"]["mapping"]] == EVENTS
    for stored in EVENTS:
        assert schema["$defs"][stored]["properties"]["event"]["const"] == stored
        assert schema["$defs"][stored]["required"][:2] == ["event", "subject"]
        assert schema["$defs"][stored]["description"]


# ---- a user's own kinds ----


@frozen(kw_only=True)
class ExhibitionOpened(ps.Event):
    """An exhibition opened."""

    name = "exhibition-opened"
    kind = "exhibition"

    host: str | None = fields.party()
    museum: str | None = fields.ref("museum", "meeting")
    shows: tuple[str, ...] = fields.refs()
    scale: str = fields.choice("small", "large", required=True)
    cost: ps.Money | None = fields.money()
    visitors: ps.Count | None = fields.count()
    rooms: int | None = fields.integer()
    event: str | None = fields.name()
    note: str | None = fields.name()


KIND = ps.Kind("exhibition", events=(ExhibitionOpened,))
OWN = python_patterns(ps.json_schema([KIND]))


@given(st.data())
def test_a_kind_of_ones_own(data):
    """The schema has its events, with descriptions, and the library and the schema agree on them."""
    opened = OWN["$defs"]["exhibition-opened"]
    assert opened["required"] == ["event", "subject", "scale"]
    assert opened["properties"]["host"] == {"$ref": "#/$defs/PartyOrNull", "description": "Party code"}
    claim = {"event": "exhibition-opened", "subject": "a", "scale": "small"}
    claim[data.draw(st.sampled_from(sorted(opened["properties"])))] = data.draw(
        PIECES | st.sampled_from([["a"], ["exhibition:a"], ["exhibit:a"], "museum:a", "exhibition:a", {"number": 3}])
    )
    if claim["event"] == "exhibition-opened":
        valid = jsonschema.Draft202012Validator({"$ref": "#/$defs/exhibition-opened", "$defs": OWN["$defs"]})
        event, refusals = ps.read_claim(claim, [KIND])
        assert (valid.is_valid(claim), event is None) in {(True, False), (False, True)} or any(map(rule_of, refusals))


def test_references_to_a_kind_of_ones_own():
    """They are taken where any kind fits, once the kind is given."""
    claim = {"event": "omission-reported", "subject": "d", "concerns": "exhibition:a"}
    assert not validator("omission-reported").is_valid(claim)
    assert str(ps.read_claim(claim)[1][0]).startswith("concerns: 'exhibition:a' is of no kind that is known here")
    valid = jsonschema.Draft202012Validator({"$ref": "#/$defs/omission-reported", "$defs": OWN["$defs"]})
    assert valid.is_valid(claim)
    assert ps.read_claim(claim, [KIND])[1] == ()


def test_the_rules_in_the_guide():
    """It lists the rules that no schema can say, in the words of the module."""
    guide = Path(__file__).parents[2] / "docs/guides/json.md"
    assert (
        dict(re.findall(r"^\| (\w+) \| (.+) \|$", guide.read_text("utf-8"), re.MULTILINE)).items()
        >= BEYOND_SCHEMA.items()
    )
