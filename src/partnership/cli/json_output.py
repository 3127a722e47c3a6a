"""Answers as JSON values: attributes become keys, and no key is missing because nothing is known."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import attrs

from partnership.engine.provenance import Why
from partnership.model.occurrence import Evidence
from partnership.values.when import When

__all__ = ["because", "in_json", "why_in_json"]


def in_json(value: Any) -> Any:  # noqa: ANN401  a value of any field, and what JSON has for it
    """Return a value as JSON has it: of an object its public attributes by name, a date as it is written in a record.

    >>> in_json(When("2020-11-19/2020-11-20"))
    '2020-11-19/2020-11-20'
    """
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [in_json(one) for one in value]
    if isinstance(value, Mapping):
        return {str(name): in_json(one) for name, one in value.items()}
    if attrs.has(type(value)) and not isinstance(value, When):
        return {one.name: in_json(getattr(value, one.name)) for one in attrs.fields(type(value))}
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def because(one: Evidence) -> dict[str, Any]:
    """Return who said something, as keys."""
    return {
        "source": in_json(one.source),
        "speaker": one.speaker,
        "certainty": one.certainty,
        "preferred": sorted(one.preferred),
        "claim": one.claim,
    }


def why_in_json(why: Why) -> dict[str, Any]:
    """Return who said what of a subject, as keys."""
    return {
        "subject": why.subject,
        "reasons": [
            {
                "field": one.field,
                "value": in_json(one.value),
                "rule": one.rule,
                "because": [because(each) for each in one.because],
                "against": [
                    {"value": in_json(value), "because": [because(each) for each in told]}
                    for value, told in one.against
                ],
            }
            for one in why.reasons.values()
        ],
        "superseded": [
            {
                "event": one.entry.event.name,
                "source": in_json(one.entry.claim.source),
                "by": [
                    {
                        "event": by.event.name,
                        "reason": getattr(by.event, "reason", None),
                        "source": in_json(by.claim.source),
                    }
                    for by in one.by
                ],
            }
            for one in why.superseded
        ],
    }
