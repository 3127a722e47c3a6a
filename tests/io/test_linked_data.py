"""Linked data, as pyld and prov read it: nothing is fetched, no vague date is a day, and what is retracted says so."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from prov.identifier import QualifiedName
from prov.model import (
    ProvAlternate,
    ProvAttribution,
    ProvDerivation,
    ProvDocument,
    ProvEntity,
    ProvInvalidation,
)
from pyld import jsonld

import partnership as ps
from partnership.errors import InvalidValue, NotARecord
from partnership.events import (
    AnniversaryAnnounced,
    CommitmentMade,
    CourseHeld,
    CoursePlanned,
    DialogueLaunched,
    DocumentAdopted,
    DocumentExpired,
    DocumentPlanned,
    DocumentSigned,
    ExternalEventPlanned,
    FundContributionPledged,
    MeetingCancelled,
    MeetingHeld,
    MeetingPostponed,
    MeetingProposed,
    MeetingRescheduled,
    MeetingScheduled,
    PartyRenamed,
    SeriesEstablished,
    VisitMade,
)
from partnership.testing import histories, ticking, write

SCHEMA = "https://schema.org/"
EDTF = "http://id.loc.gov/datatypes/edtf/EDTF"
DAY = "http://www.w3.org/2001/XMLSchema#date"
VNA = ps.Source("VNA", published="2020-11-16", kind="news", title="Ties <b>", url="https://vna.vn/a", language="en")
MFA = ps.Source("MFA", published="2021-02~", kind="official-release")


def no_network(url, _options):
    """Refuse to load a document."""
    pytest.fail(f"{url} would be fetched")


@pytest.fixture
def record():
    """Open an empty record."""
    with ps.open(":memory:", partnership="p", clock=lambda: datetime(2021, 3, 1, tzinfo=UTC)) as record:
        yield record


def expanded(view, base=None):
    """Return the nodes by identifier as pyld expands them: all names are IRIs then."""
    nodes = jsonld.expand(ps.json_ld(view, base), {"documentLoader": no_network})
    assert len({node["@id"] for node in nodes}) == len(nodes)
    return {node["@id"].removeprefix("urn:partnership:p:"): node for node in nodes}


def values(node, name):
    """Return the values of a property of schema.org: texts, identifiers, or texts with their datatype."""
    return [
        value.get("@id") or (value["@value"], value["@type"]) if "@type" in value or "@id" in value else value["@value"]
        for value in node.get(SCHEMA + name, ())
    ]


def test_a_meeting(record):
    """It is an event with its names, days, place, parties, series and sources."""
    record.add(
        MeetingHeld(
            "summit-2018",
            on="2018-11-14/2018-11-15",
            title="Summit",
            place="Singapore",
            host="SG",
            parties=["ASEAN", "RU"],
            body="summit",
            mode="in-person",
            topics=["trade"],
        ),
        SeriesEstablished("summit", on="2005", title="ASEAN-Russia Summit"),
        source=VNA,
    )
    record.add(
        MeetingHeld("summit-2018", title="Third summit"), PartyRenamed("russia", code="RU", title="Rossiya"), source=MFA
    )
    nodes = expanded(record)
    meeting = nodes["meeting:summit-2018"]
    assert meeting["@type"] == [f"{SCHEMA}Event"]
    assert {values(meeting, name)[0] for name in ("name", "alternateName")} == {"Summit", "Third summit"}
    assert values(meeting, "identifier") == ["meeting:summit-2018"]
    assert values(meeting, "startDate") == [("2018-11-14", DAY)]
    assert values(meeting, "endDate") == [("2018-11-15", DAY)]
    assert values(meeting, "eventStatus") == [f"{SCHEMA}EventScheduled"]
    assert values(meeting, "eventAttendanceMode") == [f"{SCHEMA}OfflineEventAttendanceMode"]
    assert values(meeting, "organizer") == ["urn:partnership:p:party:SG"]
    assert values(meeting, "attendee") == ["urn:partnership:p:party:ASEAN", "urn:partnership:p:party:RU"]
    assert values(meeting, "superEvent") == ["urn:partnership:p:series:summit"]
    assert values(meeting, "keywords") == ["trade"]
    assert meeting[f"{SCHEMA}location"][0][f"{SCHEMA}name"] == [{"@value": "Singapore"}]
    assert nodes["series:summit"]["@type"] == [f"{SCHEMA}EventSeries"]
    assert {code: nodes[f"party:{code}"]["@type"] for code in ("ASEAN", "RU", "SG")} == {
        "ASEAN": [f"{SCHEMA}Organization"],
        "RU": [f"{SCHEMA}Country"],
        "SG": [f"{SCHEMA}Country"],
    }
    assert values(nodes["party:SG"], "name") == ["Singapore"]
    cited = [nodes[one.removeprefix("urn:partnership:p:")] for one in values(meeting, "subjectOf")]
    assert {node["@type"][0].removeprefix(SCHEMA) for node in cited} == {"NewsArticle", "Article"}
    article = next(node for node in cited if node["@type"] == [f"{SCHEMA}NewsArticle"])
    assert values(article, "datePublished") == [("2020-11-16", DAY)]
    assert values(article, "url") == ["https://vna.vn/a"]
    assert values(article, "inLanguage") == ["en"]
    assert article[f"{SCHEMA}publisher"][0][f"{SCHEMA}name"] == [{"@value": "VNA"}]


@pytest.mark.parametrize(
    ("when", "start", "end"),
    [
        ("2020-06-17", [("2020-06-17", DAY)], []),
        ("2020-06", [("2020-06", EDTF)], []),
        ("2020-06-17~", [("2020-06-17~", EDTF)], []),
        ("[2020-06-17,2020-06-18]", [("[2020-06-17,2020-06-18]", EDTF)], []),
        ("../2020-06-17", [("../2020-06-17", EDTF)], []),
        ("2020-06-17/2020-06", [("2020-06-17", DAY)], [("2020-06", EDTF)]),
        ("2020-06-17/", [("2020-06-17", DAY)], []),
        ("/2020-06-17", [], [("2020-06-17", DAY)]),
    ],
)
def test_dates(record, when, start, end):
    """A known day is a day of XML Schema; any other date is EDTF, and an unknown end is left out."""
    record.add(MeetingHeld("m", on=when), source=VNA)
    meeting = expanded(record)["meeting:m"]
    assert (values(meeting, "startDate"), values(meeting, "endDate")) == (start, end)


def status(record):
    """Return the status, the dates and the earlier dates of the meeting m."""
    meeting = expanded(record)["meeting:m"]
    names = ("eventStatus", "startDate", "previousStartDate")
    return [[value[0] if isinstance(value, tuple) else value for value in values(meeting, name)] for name in names]


def test_plans(record):
    """The status says that a plan was moved, put off or dropped, with the dates that stood before."""
    told = []
    for month, event in enumerate(
        (
            MeetingProposed("m"),
            MeetingScheduled("m", planned="2021-05"),
            MeetingRescheduled("m", planned="2021-06-01"),
            MeetingPostponed("m"),
            MeetingScheduled("m", planned="2021-07-01"),
            MeetingCancelled("m"),
        ),
        1,
    ):
        record.add(event, source=ps.Source("VNA", published=f"2020-{month:02}-01"))
        told.append(status(record))
    assert told == [
        [[], [], []],
        [[f"{SCHEMA}EventScheduled"], ["2021-05"], []],
        [[f"{SCHEMA}EventRescheduled"], ["2021-06-01"], ["2021-05"]],
        [[f"{SCHEMA}EventPostponed"], [], ["2021-05", "2021-06-01"]],
        [[f"{SCHEMA}EventRescheduled"], ["2021-07-01"], ["2021-05", "2021-06-01"]],
        [[f"{SCHEMA}EventCancelled"], [], ["2021-05", "2021-06-01", "2021-07-01"]],
    ]


def test_other_subjects(record):
    """Visits, courses and events are events, documents works; what schema.org has no word for is left out."""
    record.add(
        VisitMade("v", on="2020-02-28", party="RU", host="VN"),
        CoursePlanned("c", planned="{2020-05-03,2022}"),
        CourseHeld("c", on="2020-05-03"),
        ExternalEventPlanned("election", planned="2021-09-19"),
        DocumentAdopted("plan", on="2015-11-01", title="Plan of action", period="2016/2020", parties=["ASEAN", "RU"]),
        DocumentExpired("plan", on="2020-12-31"),
        DocumentSigned("treaty", on="2020-01"),
        DialogueLaunched("ict", on="2020"),
        MeetingHeld("round", on="2020", body="dialogue:ict", part_of="absent"),
        CommitmentMade("help", by="RU", text="to help"),
        source=VNA,
    )
    nodes = expanded(record)
    assert {name: node["@type"][0].removeprefix(SCHEMA) for name, node in nodes.items() if ":" in name} == {
        "course:c": "EducationEvent",
        "dialogue:ict": "EventSeries",
        "document:plan": "CreativeWork",
        "document:treaty": "CreativeWork",
        "external-event:election": "Event",
        "meeting:round": "Event",
        "party:ASEAN": "Organization",
        "party:RU": "Country",
        "party:VN": "Country",
        "visit:v": "Event",
        **{name: "NewsArticle" for name in nodes if name.startswith("source:")},
    }
    assert values(nodes["visit:v"], "attendee") == ["urn:partnership:p:party:RU"]
    assert values(nodes["course:c"], "startDate") == [("2020-05-03", DAY), ("2022", EDTF)]
    assert values(nodes["meeting:round"], "superEvent") == ["urn:partnership:p:dialogue:ict"]
    work = nodes["document:plan"]
    assert values(work, "dateCreated") == [("2015-11-01", DAY)]
    assert values(work, "expires") == [("2020-12-31", DAY)]
    assert values(work, "temporalCoverage") == ["2016/2020"]
    assert values(work, "contributor") == ["urn:partnership:p:party:ASEAN", "urn:partnership:p:party:RU"]
    assert values(nodes["document:treaty"], "dateCreated") == [("2020-01", EDTF)]


def test_where_documents_were_made(record):
    """The places of adoption and signature are given; those of plans and of other acts are not."""
    record.add(
        DocumentSigned("a", on="2020", place="Ha Noi"),
        DocumentSigned("b", signatory="RU", on="2020", place="Moscow"),
        DocumentSigned("b", signatory="VN", on="2021", place="Ha Noi"),
        DocumentPlanned("c", planned="2022", place="Bali"),
        source=VNA,
    )
    nodes = expanded(record)
    assert {
        slug: [
            place[f"{SCHEMA}name"][0]["@value"]
            for place in nodes[f"document:{slug}"].get(f"{SCHEMA}locationCreated", ())
        ]
        for slug in "abc"
    } == {"a": ["Ha Noi"], "b": ["Moscow", "Ha Noi"], "c": []}


def test_names(record):
    """What no source names has no name; its identifier says which it is."""
    record.add(MeetingHeld("first-round", on="2020"), DocumentSigned("treaty", on="2020", title="Treaty"), source=VNA)
    nodes = expanded(record)
    assert values(nodes["meeting:first-round"], "name") == []
    assert values(nodes["meeting:first-round"], "identifier") == ["meeting:first-round"]
    assert values(nodes["document:treaty"], "name") == ["Treaty"]


def provenance(view, base=None):
    """Return the document as prov reads it."""
    text = json.dumps(ps.prov_json(view, base))
    document = ProvDocument.deserialize(content=text, format="json")
    assert ProvDocument.deserialize(content=document.serialize(), format="json") == document
    return document


def relations(document, kind):
    """Return the two ends of all relations of a class, without what every identifier begins with."""
    return sorted(
        tuple(str(value).removeprefix("record:") for _, value in record.formal_attributes if value)[:2]
        for record in document.get_records(kind)
    )


def test_claims(record):
    """Each claim has its document as its primary source, that its publisher, and what a speaker said is a quotation."""
    (entry,) = record.add(MeetingScheduled("m", planned="2021-05~"), source=VNA, speaker="A. Ivanov")
    document = provenance(record)
    (claim,) = document.get_record(f"record:claim:{entry.claim.id}")
    assert {str(name): str(value) for name, value in claim.attributes} == {
        "prov:label": "meeting scheduled: meeting:m",
        "prov:type": "record:meeting-scheduled",
        "record:about": "record:meeting:m",
        "record:planned": '"2021-05~" %% edtf:EDTF',
    }
    kinds = sorted(str(*relation.get_attribute("prov:type")) for relation in document.get_records(ProvDerivation))
    assert kinds == ["prov:PrimarySource", "prov:Quotation"]
    (source,) = (one for one in document.get_records(ProvEntity) if one != claim)
    assert {str(name): str(value) for name, value in source.attributes} == {
        "prov:label": "Ties <b>",
        "prov:type": "record:news",
        "dcterms:issued": '"2020-11-16" %% xsd:date',
        "dcterms:source": "https://vna.vn/a",
        "dcterms:language": "en",
    }
    attributed = relations(document, ProvAttribution)
    assert [who.partition(":")[0] for _, who in attributed] == ["speaker", "publisher"]


def stated(record, entry):
    """Return the sets of values that the provenance has of a claim, as RDF would have them."""
    (claim,) = provenance(record).get_record(f"record:claim:{entry.claim.id}")
    found = {}
    for name, value in claim.attributes:
        assert str(name) != "prov:type" or isinstance(value, QualifiedName)
        found.setdefault(str(name).removeprefix("record:"), set()).add(value if isinstance(value, bool) else str(value))
    return {
        name: values.pop() if len(values) == 1 else values for name, values in found.items() if name != "prov:label"
    }


DECIMAL = '"{}" %% xsd:decimal'


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (
            FundContributionPledged(
                "f", by="RU", amount=ps.Money("1000.5", "EUR", "about"), duration="P5Y", instruments=["grant", "loan"]
            ),
            {
                "about": "record:fund:f",
                "by": "RU",
                "amount": "about 1,000.5 EUR",
                "amount.amount": DECIMAL.format("1000.5"),
                "amount.currency": "EUR",
                "amount.bound": "about",
                "duration": "five years",
                "duration.text": "P5Y",
                "duration.bound": "exact",
                "instruments": {"grant", "loan"},
            },
        ),
        (
            MeetingPostponed("m", reason='"rain"\n', body="dialogue:ict", part_of="w", parties=["RU", "VN"], host="VN"),
            {
                "about": "record:meeting:m",
                "reason": '"rain"\n',
                "body": "record:dialogue:ict",
                "part_of": "record:meeting:w",
                "parties": {"RU", "VN"},
                "host": "VN",
            },
        ),
        (
            DocumentPlanned("d", is_undated=False, period="2020/2025", meeting="m"),
            {
                "about": "record:document:d",
                "is_undated": False,
                "period": '"2020/2025" %% edtf:EDTF',
                "meeting": "record:meeting:m",
            },
        ),
        (
            AnniversaryAnnounced("r", of="ties", years=30),
            {"about": f"record:{AnniversaryAnnounced.kind}:r", "of": "ties", "years": '"30" %% xsd:integer'},
        ),
    ],
)
def test_what_a_claim_states(record, event, expected):
    """Each stated field is an attribute: a figure with its parts, a list as several values, a subject as its name."""
    (entry,) = record.add(event, source=VNA)
    assert stated(record, entry) == {"prov:type": f"record:{event.name}", **expected}


def test_what_amendments_are_about(record):
    """They are about the subject of the claim that they amend too, however many amendments lie between."""
    entry, _ = record.add(MeetingHeld("a", on="2020"), MeetingHeld("b", on="2020"), source=VNA)
    corrected = record.correct(entry, on="2021", reason="misread")
    retracted = record.retract(corrected, reason="no")
    undone = record.retract(retracted)
    same = record.same_as("meeting:a", "meeting:b")
    first, second, third = (f"record:claim:{one.claim.id}" for one in (entry, corrected, retracted))
    assert stated(record, corrected) == {
        "prov:type": {"record:claim-corrected", "record:meeting-held"},
        "about": {first, "record:meeting:a"},
        "on": '"2021" %% edtf:EDTF',
        "correction_reason": "misread",
    }
    assert stated(record, retracted)["about"] == {second, first, "record:meeting:a"}
    assert stated(record, retracted)["reason"] == "no"
    assert stated(record, undone)["about"] == {third, second, first, "record:meeting:a"}
    assert stated(record, same)["about"] == {"record:subject:a", "record:meeting:a", "record:meeting:b"}


def test_amendments(record):
    """A correction is a revision, a retraction in force invalidates, and subjects declared the same are alternates."""
    first, second, third = record.add(
        MeetingHeld("a", on="2020"), MeetingHeld("b", on="2020"), MeetingHeld("c", on="2020"), source=VNA
    )
    correction = record.correct(first, on="2021")
    record.retract(second)
    undone = record.retract(third)
    record.retract(undone)
    record.same_as("meeting:a", "meeting:c")
    void = record.same_as("meeting:b", "meeting:c")
    record.retract(void)
    document = provenance(record)
    revisions = [
        relation
        for relation in document.get_records(ProvDerivation)
        if "prov:Revision" in map(str, relation.get_attribute("prov:type"))
    ]
    assert [tuple(str(value) for _, value in relation.formal_attributes if value) for relation in revisions] == [
        (f"record:claim:{correction.claim.id}", f"record:claim:{first.claim.id}")
    ]
    assert {claim for claim, _ in relations(document, ProvInvalidation)} == {
        f"claim:{entry.claim.id}" for entry in (second, undone, void)
    }
    assert relations(document, ProvAlternate) == [("meeting:a", "meeting:c")]


def test_the_same_entries(tmp_path):
    """Whatever the order and the clock, both are the same; when and by whom a claim was recorded is in neither."""
    contents = set()
    for number, reverse in enumerate((False, True)):
        clock = lambda number=number: datetime(2022 + number, 1, 1, tzinfo=UTC)  # noqa: E731
        with ps.open(tmp_path / f"{number}.db", partnership="p", clock=clock, by="Secretary") as record:
            for event, source in sorted([(MeetingHeld("a"), VNA), (MeetingHeld("b"), MFA)], key=str, reverse=reverse):
                record.add(event, source=source)
            view = record.as_of(on="2021-12-01")
            contents.add(json.dumps([ps.json_ld(view), ps.prov_json(view)]))
            assert "Secretary" not in json.dumps([ps.json_ld(view), ps.prov_json(view)])
    assert len(contents) == 1


@pytest.mark.parametrize("base", ["https://example.org/ar/", "urn:uuid:1:", "https://example.org/ar#"])
def test_identifiers(record, base):
    """They begin as one says, alike in both."""
    record.add(MeetingHeld("m", on="2020"), source=VNA)
    assert {node.removeprefix(base).partition(":")[0] for node in expanded(record, base)} == {"meeting", "source"}
    (claim, *_) = provenance(record, base).get_records(ProvEntity)
    assert claim.identifier.uri.startswith(base)


@pytest.mark.parametrize("base", ["", "example", "https://example.org", "javascript:alert(1)", "a b:", 5])
def test_what_begins_no_identifier(record, base):
    """The error says what to write."""
    for give in (ps.json_ld, ps.prov_json):
        with pytest.raises(InvalidValue, match="cannot begin an identifier"):
            give(record, base)


def test_files(record, tmp_path):
    """The ending says which is written; one of the same is replaced, and anything else stays."""
    record.add(MeetingHeld("m", on="2020", title="</script><script>"), source=VNA)
    record.add(MeetingHeld("n", on="2020", title="Secret"), source=VNA, shared=False)
    for name, give in (("a.jsonld", ps.json_ld), ("a.json", ps.prov_json)):
        path = tmp_path / name
        assert str(ps.write_linked_data(record, path)) == "2 things. 1 private entry is left out."
        text = path.read_text("utf-8")
        assert json.loads(text) == give(record)
        assert "<" not in text  # so that it can stand in a page
        assert "Secret" not in text
        ps.write_linked_data(record.as_of("2000-01-01"), path)
        ps.write_linked_data(record, path)
        assert path.read_text("utf-8") == text
        path.write_text('{"mine": 1}', "utf-8")
        with pytest.raises(NotARecord):
            ps.write_linked_data(record, path)
        assert path.read_text("utf-8") == '{"mine": 1}'
    with pytest.raises(InvalidValue, match=r"ends in neither \.jsonld nor \.json"):
        ps.write_linked_data(record, tmp_path / "a.ttl")
    with pytest.raises(InvalidValue, match="is not a view"):
        ps.write_linked_data(record.entries(), tmp_path / "b.json")


@settings(max_examples=12)
@given(history=histories(most=8))
def test_any_history(history):
    """Both can be read again without the network, and every identifier that is referred to is described."""
    with ps.open(":memory:", partnership="p", clock=ticking()) as record:
        write(record, history)
        graph = ps.json_ld(record)["@graph"]
        expanded(record)
        provenance(record)
        described = {node["@id"] for node in graph}
        referred = set()
        for node in graph:
            for value in node.values():
                referred |= {
                    one["@id"]
                    for one in (value if isinstance(value, list) else [value])
                    if "@id" in one and isinstance(one, dict)
                }
        assert referred <= described
