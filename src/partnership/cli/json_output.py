"""Convert answers to JSON values: attributes become keys, and an unknown value is null, never a missing key."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import attrs

from partnership.engine.provenance import Why
from partnership.model.entry import Entry
from partnership.model.occurrence import Evidence
from partnership.values.when import When

__all__ = ["evidence_in_json", "in_json", "why_in_json"]


def in_json(value: Any) -> Any:  # noqa: ANN401  any value, and what JSON has for it
    """Return a value as JSON has it: an object with its public attributes as keys, a date as it is written.

    >>> in_json(When("2020-11-19/2020-11-20"))
    '2020-11-19/2020-11-20'
    """
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [in_json(item) for item in value]
    if isinstance(value, Mapping):
        return {str(name): in_json(item) for name, item in value.items()}
    if attrs.has(type(value)) and not isinstance(value, When):
        return {field.name: in_json(getattr(value, field.name)) for field in attrs.fields(type(value))}
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def why_in_json(why: Why) -> dict[str, Any]:
    """Return an explanation as JSON has it: the reasons by field, and the superseded claims."""
    return {
        "subject": why.subject,
        "reasons": [
            {
                "field": reason.field,
                "value": in_json(reason.value),
                "closed": in_json(reason.closed),
                "rule": reason.rule,
                "because": [evidence_in_json(item) for item in reason.because],
                "against": [
                    {"value": in_json(value), "because": [evidence_in_json(item) for item in evidence]}
                    for value, evidence in reason.against
                ],
            }
            for reason in why.reasons.values()
        ],
        "accounts": [
            {
                "event": account.event,
                "field": account.field,
                "sides": [
                    {"value": in_json(value), "because": [evidence_in_json(item) for item in evidence]}
                    for value, evidence in account.sides
                ],
            }
            for account in why.accounts
        ],
        "doubts": [
            {
                "subject": item.doubt.subject,
                "status": item.doubt.status,
                "words": item.words,
                "because": [evidence_in_json(one) for one in item.evidence],
            }
            for item in why.doubts
        ],
        "superseded": [
            {**_entry_in_json(superseded.entry), "by": [_amendment_in_json(entry) for entry in superseded.by]}
            for superseded in why.superseded
        ],
    }


def evidence_in_json(evidence: Evidence) -> dict[str, Any]:
    """Return a claim with its source as JSON has it."""
    return {
        "source": in_json(evidence.source),
        "speaker": evidence.speaker,
        "certainty": evidence.certainty,
        "preferred": sorted(evidence.preferred),
        "claim": evidence.claim,
    }


def _entry_in_json(entry: Entry) -> dict[str, Any]:
    return {"event": entry.event.name, "source": in_json(entry.claim.source)}


def _amendment_in_json(entry: Entry) -> dict[str, Any]:
    return {
        "event": entry.event.name,
        "reason": getattr(entry.event, "reason", None),
        "source": in_json(entry.claim.source),
    }
