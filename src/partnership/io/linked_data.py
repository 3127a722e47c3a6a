"""Linked data: what is known as JSON-LD in the terms of schema.org, and who said so as PROV-JSON.

JSON-LD has what is believed: meetings, visits, courses, events, documents, the parties and the sources. PROV has the
claims behind it: each claim with its source, its publisher and its speaker, and what was corrected or retracted. Both
use the same identifiers. Neither says when this log recorded a claim and by whom, as a file of `partnership.write`
does not.

A date that is no known day is never made one: it is a literal of the datatype EDTF of the Library of Congress, and an
end that no source gives is left out.

Sources: https://schema.org/Event; https://www.w3.org/Submission/prov-json/; https://id.loc.gov/datatypes/edtf.html.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from hashlib import sha256
from os import PathLike
from typing import Any

import attrs

from partnership._atomic_write import replace_file
from partnership.engine.corrections import apply_corrections
from partnership.errors import InvalidValue, visible
from partnership.io.citations import citation_key
from partnership.io.outgoing import FileResult, without_private
from partnership.model.entry import Entry, evidence_of
from partnership.model.event import Event, fields_of
from partnership.model.value_text import is_empty, name_in_words
from partnership.queries.dossier import name_of
from partnership.record.view import View
from partnership.serialization.index_keys import found_under
from partnership.subjects.amendments import ClaimCorrected, ClaimRetracted, SubjectsDeclaredSame
from partnership.values.amounts import Count, Duration, Money, Percent
from partnership.values.countries import COUNTRIES
from partnership.values.sources import Source, SourceKind
from partnership.values.text import file_path, split_subject
from partnership.values.when import When

_BASE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]*[:/#]")
_EDTF_TYPES = "http://id.loc.gov/datatypes/edtf/"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_TERMS = "http://purl.org/dc/terms/"
_JSON_LD_BEGINNING = b'{\n  "@context": {\n    "@vocab": "https://schema.org/"'
_PROV_BEGINNING = b'{\n  "prefix": {\n    "record": "'


def json_ld(view: View, base: str | None = None) -> dict[str, Any]:
    """Return what a view knows as JSON-LD in the terms of schema.org. Private entries are left out.

    >>> import partnership as ps
    >>> from partnership.events import MeetingHeld
    >>> record = ps.open(":memory:", partnership="asean-russia")
    >>> source = ps.Source("VNA", published="2020-11-16")
    >>> entries = record.add(MeetingHeld("council", on="2020-06~", title="Council"), source=source)
    >>> meeting, document = json_ld(record)["@graph"]
    >>> meeting["@id"], meeting["name"], meeting["startDate"]
    ('urn:partnership:asean-russia:meeting:council', 'Council', {'@type': 'edtf:EDTF', '@value': '2020-06~'})

    Args:
        view: a record, or a view of one.
        base: what every identifier begins with: ``"https://example.org/asean-russia/"``. By default a URN with the name
            of the partnership.

    Raises:
        InvalidValue: *view* is not a view, or *base* not the beginning of an IRI that ends in a slash, colon or hash.
    """
    return _json_ld(without_private(view)[0], _identifiers(view, base))


def prov_json(view: View, base: str | None = None) -> dict[str, Any]:
    """Return the claims of a view, their sources and what became of them as PROV-JSON. Private entries are left out.

    Each claim is an entity that has the document as its primary source; one that a speaker made is a quotation and
    attributed to the speaker. Its attributes are the fields that it states. A correction is a revision of the claim
    that it corrects, a retraction invalidates it, and two subjects that are the same are alternates.

    >>> import partnership as ps
    >>> from partnership.events import FundContributionPledged
    >>> record = ps.open(":memory:")
    >>> event = FundContributionPledged("fund", by="RU", amount=ps.Money(100, "EUR"))
    >>> (entry,) = record.add(event, source=ps.Source("VNA", published="2020-11-16"))
    >>> claim = ps.prov_json(record)["entity"][f"record:claim:{entry.claim.id}"]
    >>> claim["record:by"], claim["record:amount"], claim["record:amount.currency"]
    ('RU', '100 EUR', 'EUR')

    Args:
        view: a record, or a view of one.
        base: as for `json_ld`, whose identifiers are the same.

    Raises:
        InvalidValue: as for `json_ld`.
    """
    return _prov_json(without_private(view)[0], _identifiers(view, base))


def write_linked_data(view: View, path: str | PathLike[str], base: str | None = None) -> FileResult:
    """Write a view as linked data: `json_ld` where the name of the file ends in ``.jsonld``, `prov_json` for ``.json``.

    >>> from tempfile import TemporaryDirectory
    >>> import partnership as ps
    >>> from partnership.events import MeetingHeld
    >>> record = ps.open(":memory:")
    >>> entries = record.add(MeetingHeld("council", on="2020-06-17"), source=ps.Source("VNA", published="2020-06-18"))
    >>> with TemporaryDirectory() as folder:
    ...     print(ps.write_linked_data(record, f"{folder}/council.jsonld"))
    2 things.

    Args:
        view: a record, or a view of one.
        path: the file. An existing file of the same format is replaced, as a whole or not at all.
        base: as for `json_ld`.

    Returns:
        How many things the file describes, and how many private entries were left out.

    Raises:
        InvalidValue: the name of the file has another ending, or as for `json_ld`.
        NotARecord: the path has a file of another kind; it is not overwritten.
        ReadOnly, StorageFull, StorageError: the file cannot be written. An existing file is unchanged.
    """
    place = file_path(path, "give the name of a file, 'asean-russia.jsonld'")
    if not place.endswith((".jsonld", ".json")):
        rule = "write data.jsonld for schema.org, provenance.json for PROV"
        raise InvalidValue(place, "ends in neither .jsonld nor .json", rule)
    shareable, left_out = without_private(view)
    if place.endswith(".jsonld"):
        value, beginning = _json_ld(shareable, _identifiers(view, base)), _JSON_LD_BEGINNING
        count = len(value["@graph"])
    else:
        value, beginning = _prov_json(shareable, _identifiers(view, base)), _PROV_BEGINNING
        count = len(value.get("entity", ()))
    text = json.dumps(value, ensure_ascii=False, indent=2)
    replace_file(place, text.replace("<", "\\u003c").encode() + b"\n", beginning)  # safe within <script> of a page
    return FileResult(count, "thing", "things", left_out)


def _identifiers(view: View, base: object) -> str:
    """Return what every identifier begins with."""
    if base is None:
        return f"urn:partnership:{view.partnership or 'unnamed'}:"
    if not isinstance(base, str) or not _BASE.fullmatch(base):
        raise InvalidValue(base, "cannot begin an identifier", "write 'https://example.org/asean-russia/'")
    return base


# ---- schema.org ----

_CONTEXT: Mapping[str, Any] = {
    "@vocab": "https://schema.org/",
    "xsd": _XSD,
    "edtf": _EDTF_TYPES,
    **{
        name: {"@type": "xsd:date"}
        for name in ("startDate", "endDate", "previousStartDate", "dateCreated", "datePublished", "expires")
    },
    **{name: {"@type": "@id"} for name in ("eventStatus", "eventAttendanceMode", "url")},
}
"""Names without a colon are those of schema.org. A date that is a plain text is a day, a vague one says its type."""

_EVENTS: Mapping[str, tuple[str, str]] = {
    "meeting": ("Event", "held_on"),
    "visit": ("Event", "made_on"),
    "course": ("EducationEvent", "held_on"),
    "external-event": ("Event", "happened_on"),
}
"""Kinds of subject that are events: the class, and the field of the state with the date on which it took place."""
_WORKS: Mapping[str, str] = {"document": "CreativeWork", "plan": "CreativeWork"}
_SERIES: Mapping[str, str] = {"series": "EventSeries", "dialogue": "EventSeries"}
_OFF = {"cancelled": "EventCancelled", "replaced": "EventCancelled", "declined": "EventCancelled"} | dict.fromkeys(
    ("postponed", "date-not-agreed", "adjourned"), "EventPostponed"
)
_MODES = {
    "in-person": "OfflineEventAttendanceMode",
    "online": "OnlineEventAttendanceMode",
    "hybrid": "MixedEventAttendanceMode",
}
_SOURCES: Mapping[SourceKind | None, str] = {
    "news": "NewsArticle",
    "op-ed": "OpinionNewsArticle",
    "scholarly": "ScholarlyArticle",
    "official-release": "Article",
}
_NO_COUNTRIES = ("EU", "EZ", "UN")
"""Codes of the table of countries that are none."""
_COUNTRY_CODES = {line.split(" ", 1)[0] for line in COUNTRIES.splitlines()}.difference(_NO_COUNTRIES)


def _json_ld(view: View, base: str) -> dict[str, Any]:
    with view.consistent():
        return {"@context": _CONTEXT, "@graph": _Graph(view, base).nodes()}


class _Graph:
    """The nodes of a view."""

    def __init__(self, view: View, base: str) -> None:
        self._base = base
        self._names = view.party_names()
        self._states = view.states_by_subject()
        self._parties: set[str] = set()
        self._sources: dict[str, dict[str, Source]] = defaultdict(dict)
        for occurrence in view.occurrences:
            for evidence in occurrence.evidence:
                self._sources[occurrence.subject][citation_key(evidence.source)] = evidence.source

    def nodes(self) -> list[dict[str, Any]]:
        """Return all nodes: subjects, then the parties and the sources that they mention."""
        subjects = [self._subject(subject, states[0]) for subject, states in sorted(self._states.items())]
        described = [node for node in subjects if node]
        parties = [self._party(code) for code in sorted(self._parties)]
        cited = {
            key: source
            for subject in self._states
            if self._is_described(subject)
            for key, source in self._sources[subject].items()
        }
        return [*described, *parties, *(self._source(key, source) for key, source in sorted(cited.items()))]

    def _is_described(self, subject: str) -> bool:
        return subject in self._states and split_subject(subject)[0] in {**_EVENTS, **_WORKS, **_SERIES}

    def _subject(self, subject: str, state: Any) -> dict[str, Any] | None:  # noqa: ANN401  any state
        kind, _ = split_subject(subject)
        if not self._is_described(subject):
            return None
        title = name_of([state])
        others = [visible(other) for other in getattr(state, "titles", ()) if other != title]
        values = {
            "@id": f"{self._base}{subject}",
            "@type": _EVENTS[kind][0] if kind in _EVENTS else {**_WORKS, **_SERIES}[kind],
            "identifier": subject,
            "name": visible(title) if title else None,
            "alternateName": others,
            **(_dates_of_event(kind, state) if kind in _EVENTS else _dates_of_work(state) if kind in _WORKS else {}),
            **self._whereabouts(kind, state),
            "keywords": [visible(topic) for topic in getattr(state, "topics", ())],
            "subjectOf": [{"@id": f"{self._base}source:{key}"} for key in sorted(self._sources[subject])],
        }
        return {name: value for name, value in values.items() if value not in (None, [], ())}

    def _whereabouts(self, kind: str, state: Any) -> dict[str, Any]:  # noqa: ANN401  any state
        """Return who takes part, where, and of what it is a part."""
        hosts = [getattr(state, "host", None), *getattr(state, "co_hosts", ()), *getattr(state, "organizers", ())]
        parties = [*getattr(state, "parties", ()), getattr(state, "party", None)]
        if kind not in _EVENTS:
            made_at = (act.place for act in getattr(state, "acts", ()) if act.done in ("adopted", "signed"))
            return {
                "contributor": self._party_ids(parties),
                "isPartOf": self._reference(state, "part_of"),
                "locationCreated": _places(made_at),
            }
        places = [getattr(state, "place", None), *getattr(state, "locations", ())]
        whole = self._reference(state, "part_of") or self._reference(state, "body")
        mode = _MODES.get(getattr(state, "mode", None) or "")
        return {
            "location": _places(places),
            "eventAttendanceMode": f"https://schema.org/{mode}" if mode else None,
            "organizer": self._party_ids(hosts),
            "attendee": self._party_ids(parties),
            "superEvent": whole,
        }

    def _reference(self, state: Any, field: str) -> dict[str, str] | None:  # noqa: ANN401  any state
        """Return a reference to the subject in a field, if that is described here."""
        subject = getattr(state, field, None)
        is_described = isinstance(subject, str) and ":" in subject and self._is_described(subject)
        return {"@id": f"{self._base}{subject}"} if is_described else None

    def _party_ids(self, codes: Iterable[str | None]) -> list[dict[str, str]]:
        known = [*dict.fromkeys(code for code in codes if code)]
        self._parties.update(known)
        return [{"@id": f"{self._base}party:{code}"} for code in known]

    def _party(self, code: str) -> dict[str, Any]:
        return {
            "@id": f"{self._base}party:{code}",
            "@type": "Country" if code in _COUNTRY_CODES else "Organization",
            "identifier": code,
            "name": self._names.name(code),
        }

    def _source(self, key: str, source: Source) -> dict[str, Any]:
        values = {
            "@id": f"{self._base}source:{key}",
            "@type": _SOURCES.get(source.kind, "CreativeWork"),
            "name": visible(source.title) if source.title else None,
            "publisher": {"@type": "Organization", "name": visible(source.publisher)},
            "datePublished": _date(source.published) if source.published else None,
            "inLanguage": source.language,
            "url": source.url,
        }
        return {name: value for name, value in values.items() if value is not None}


def _places(names: Iterable[str | None]) -> list[dict[str, str]]:
    return [{"@type": "Place", "name": visible(name)} for name in dict.fromkeys(names) if name]


def _dates_of_event(kind: str, state: Any) -> dict[str, Any]:  # noqa: ANN401  any state
    """Return when an event took place or is planned, and whether it was moved or called off."""
    happened = getattr(state, _EVENTS[kind][1]) or getattr(state, "convened_on", None)
    whens = [*([happened] if happened else []), *(plan.planned for plan in state.outstanding)]
    bounds = [_bounds(when) for when in whens]
    status = None if happened else _OFF.get(state.status or "")
    if status is None and whens:
        status = "EventRescheduled" if state.previous_dates else "EventScheduled"
    return {
        "startDate": _one_or_all([start for start, _ in bounds if start]),
        "endDate": _one_or_all([end for _, end in bounds if end]),
        "previousStartDate": _one_or_all([start for start, _ in map(_bounds, state.previous_dates) if start]),
        "eventStatus": f"https://schema.org/{status}" if status else None,
    }


def _dates_of_work(state: Any) -> dict[str, Any]:  # noqa: ANN401  any state
    created = getattr(state, "adopted_on", None) or getattr(state, "signed_on", None)
    published, expired = getattr(state, "published_on", None), getattr(state, "expired_on", None)
    return {
        "dateCreated": _date(created) if created else None,
        "datePublished": _date(published) if published else None,
        "expires": _date(expired) if expired else None,
        "temporalCoverage": state.period.text if state.period else None,
        "creativeWorkStatus": getattr(state, "status", None),
    }


def _one_or_all(values: list[Any]) -> Any:  # noqa: ANN401  a value of JSON
    return values[0] if len(values) == 1 else values


def _bounds(when: When) -> tuple[Any, Any]:
    """Return the first and the last date of a span, None where it is open; of another date, the date alone.

    >>> _bounds(When("2020-06-17/2020-06-18")), _bounds(When("2020/"))
    (('2020-06-17', '2020-06-18'), ({'@type': 'edtf:EDTF', '@value': '2020'}, None))
    """
    if not when.is_span:
        return _date(when), None
    first, _, last = when.text.partition("/")
    return (_date(When(first)) if first else None), (_date(When(last)) if last else None)


def _date(when: When) -> Any:  # noqa: ANN401  a text or an object of JSON
    """Return a known day as ISO 8601, and any other date as a literal in EDTF."""
    return when.text if when.is_day else {"@type": "edtf:EDTF", "@value": when.text}


# ---- PROV ----


def _prov_json(view: View, base: str) -> dict[str, Any]:
    claims = {entry.claim.id: entry for entry in view.entries()}
    superseded = apply_corrections([evidence_of(entry.claim, entry.remarks) for entry in claims.values()]).superseded
    writer = _Claims(base, claims, {*superseded})
    for claim in sorted(claims):
        writer.add(claims[claim])
    for claim, by in sorted(superseded.items()):
        for amendment in by:
            if isinstance(claims[amendment].event, ClaimRetracted):
                writer.invalidate(claim, amendment)
    return writer.document


class _Claims:
    """Writes claims to a document of PROV.

    Args:
        base: what every identifier begins with.
        claims: all entries by the id of their claim.
        superseded: claims that are superseded, such as a declaration that was retracted.

    Attributes:
        document: by sort of record, their attributes by identifier.
    """

    def __init__(self, base: str, claims: Mapping[str, Entry], superseded: set[str]) -> None:
        self.document: dict[str, Any] = {"prefix": {"record": base, "edtf": _EDTF_TYPES, "dcterms": _TERMS}}
        self._claims = claims
        self._superseded = superseded
        self._relations = 0

    def add(self, entry: Entry) -> None:
        """Add a claim, its source and what it amends."""
        claim, event = f"record:claim:{entry.claim.id}", entry.event
        self._describe("entity", claim, self._attributes(event))
        source = self._source(entry.claim.source)
        self._derive(claim, source, "PrimarySource")
        if entry.speaker:
            self._derive(claim, source, "Quotation")
            self._attribute(claim, "speaker", entry.speaker)
        if isinstance(event, ClaimCorrected):
            self._derive(claim, f"record:claim:{event.subject}", "Revision")
        if isinstance(event, SubjectsDeclaredSame) and entry.claim.id not in self._superseded:
            one, other = f"record:{event.of}:{event.subject}", f"record:{event.of}:{event.other}"
            self._relate("alternateOf", {"prov:alternate1": one, "prov:alternate2": other})

    def invalidate(self, claim: str, amendment: str) -> None:
        """Add that a claim was retracted by an amendment."""
        activity = f"record:retraction:{amendment}"
        self._describe("activity", activity, {})
        self._relate("wasInvalidatedBy", {"prov:entity": f"record:claim:{claim}", "prov:activity": activity})

    def _describe(self, sort: str, identifier: str, attributes: dict[str, Any]) -> None:
        self.document.setdefault(sort, {})[identifier] = attributes

    def _relate(self, sort: str, ends: dict[str, Any]) -> None:
        self._relations += 1
        self._describe(sort, f"_:id{self._relations}", ends)

    def _derive(self, claim: str, source: str, how: str) -> None:
        ends = {"prov:generatedEntity": claim, "prov:usedEntity": source, "prov:type": _name(f"prov:{how}")}
        self._relate("wasDerivedFrom", ends)

    def _attribute(self, entity: str, kind: str, text: str) -> None:
        agent = f"record:{kind}:{sha256(text.encode()).hexdigest()[:16]}"
        self._describe("agent", agent, {"prov:label": visible(text)})
        self._relate("wasAttributedTo", {"prov:entity": entity, "prov:agent": agent})

    def _attributes(self, event: Event) -> dict[str, Any]:
        stated = event
        while isinstance(stated, ClaimCorrected):
            stated = stated.event
        types = dict.fromkeys((event.name, stated.name))
        attributes = {
            "prov:label": visible(f"{name_in_words(event.name)}: {event.about}"),
            "prov:type": _one_or_all([_name(f"record:{name}") for name in types]),
            "record:about": _one_or_all([_name(f"record:{subject}") for subject in self._subjects(event)]),
            **_fields(stated),
        }
        if isinstance(event, ClaimCorrected) and event.reason:
            attributes["record:correction_reason"] = event.reason
        return attributes

    def _subjects(self, event: Event) -> list[str]:
        """Return what a claim is about: an amendment also is about what the amended claim is about."""
        subjects = [*found_under(event)]
        for subject in subjects:  # more are added within
            amended = self._claims.get(subject.removeprefix("claim:"))
            if amended:
                subjects += [other for other in found_under(amended.event) if other not in subjects]
        return subjects

    def _source(self, source: Source) -> str:
        name = f"record:source:{citation_key(source)}"
        if name not in self.document["entity"]:
            attributes = {
                "prov:label": visible(source.title or source.publisher),
                "prov:type": _name(f"record:{source.kind}") if source.kind else None,
                "dcterms:issued": _literal(source.published) if source.published else None,
                "dcterms:source": source.url,
                "dcterms:language": source.language,
            }
            self._describe("entity", name, {key: value for key, value in attributes.items() if value})
            self._attribute(name, "publisher", source.publisher)
        return name


def _name(name: str) -> dict[str, str]:
    """Return the identifier of something as a value."""
    return {"$": name, "type": "xsd:QName"}


def _fields(event: Event) -> dict[str, Any]:
    """Return the stated fields of an event: a figure in words and in its parts, a subject by its identifier."""
    fields = fields_of(type(event))
    kinds = {name: "" if kind == "*" else f"{kind}:" for name, kind in fields.refers}
    attributes: dict[str, Any] = {}
    for name in fields.names:
        value = getattr(event, name)
        if is_empty(value):
            continue
        members = value if isinstance(value, tuple) else (value,)
        if name in kinds:
            literals: list[Any] = [_name(f"record:{kinds[name]}{member}") for member in members]
        else:
            literals = [_literal(member) for member in members]
        attributes[f"record:{name}"] = _one_or_all(literals)
        if isinstance(value, Money | Count | Percent | Duration):
            cls: Any = type(value)
            parts = {part.name: getattr(value, part.name) for part in attrs.fields(cls)}
            attributes |= {f"record:{name}.{part}": _literal(one) for part, one in parts.items()}
    return attributes


def _literal(value: object) -> Any:  # noqa: ANN401  a value of JSON
    if isinstance(value, bool):
        return value
    if isinstance(value, When):
        return {"$": value.text, "type": "xsd:date" if value.is_day else "edtf:EDTF"}
    for kind, datatype in _DATATYPES.items():
        if isinstance(value, kind):
            return {"$": f"{value:f}" if isinstance(value, Decimal) else str(value), "type": datatype}
    return str(value)


_DATATYPES: Mapping[type, str] = {int: "xsd:integer", Decimal: "xsd:decimal", date: "xsd:date"}
