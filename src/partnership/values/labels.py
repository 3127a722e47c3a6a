"""Labels: the words for names of fields, events and kinds, and for values of fields that hold one of a few words.

Every listing, page, chart and table that people read takes its labels from here. JSON and CSV keep the stored names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_LABELS: Mapping[str, str] = {
    "additional_to": "in addition to",
    "alternative_places": "places of which one is chosen",
    "asserted_by": "said in the report of",
    "attempts": "attempts to agree on a date",
    "co_chairs": "co-chairs",
    "co_hosts": "co-hosts",
    "delegation_size": "size of the delegation",
    "effective_for": "in force for",
    "giver_nature": "public or private money",
    "host_rule": "rule for hosts",
    "institution_count": "number of institutions",
    "lead": "led by",
    "margins_of": "in the margins of",
    "in_margins": "in the margins of it",
    "not_by_count": "how many did not",
    "open_without_date": "open without a date",
    "per": "each",
    "predecessor_person": "person before",
    "successor_person": "person after",
    "seen": "seen in office",
    "seen_on": "seen in office on",
    "signatory_count": "number of signatories",
    "until_event": "until",
    "verb": "called",
    "verbs": "called",
    "in-kind-delivered": "aid in kind delivered",
    "in-kind-pledged": "aid in kind pledged",
    # flags
    "is_disputed": "sources differ",
    "is_mutual": "by mutual consent",
    "with_members": "with its members",
}
"""Labels that are not merely the words of the name."""

_NEGATED: Mapping[str, str] = {
    "is_mutual": "not by mutual consent",
    "is_undated": "with a date",
    "with_members": "without its members",
}
"""What a flag that is False says, where "not" before its label would not."""

_WORDS: Mapping[str, str] = {
    "communique": "communiqué",
    "date-not-agreed": "no date agreed",
    "mou": "memorandum of understanding",
    "one-off": "one-off",
}
"""Values that are not merely the words of the stored value."""
_WORDS_OF_FIELD: Mapping[tuple[str, str], str] = {
    ("answer", "partly"): "granted in part",
    ("core", "partially"): "partially implemented",
    ("core", "standing"): "standing task",
    ("core", "unknown"): "not known",
    ("force", "hoped"): "hoped for",
    ("instrument", "hoped"): "hoped for",
    ("instruments", "hoped"): "hoped for",
    ("level", "business"): "people of business",
    ("tenure", "full"): "full term",
}
"""Values whose words depend on the field."""

_CLOSED = {
    *("act", "answer", "bound", "core", "done", "drafting_stage", "force", "form", "frequency", "giver_nature"),
    *("instrument", "instruments", "ladder", "level", "matter", "mode", "nature", "per", "proposed_frequencies"),
    *("stage", "standing", "status", "tenure"),
}
"""Fields of the built-in classes that hold one of a few words."""
_STORED = re.compile("[a-z]+(-[a-z]+)*")


def label(name: str) -> str:
    """Return the words for the name of a field, an event, a kind or a status.

    >>> label("co_chairs"), label("is_tentative"), label("meeting-held")
    ('co-chairs', 'tentative', 'meeting held')
    """
    return _LABELS.get(name) or _WORDS.get(name) or name.removeprefix("is_").replace("_", " ").replace("-", " ")


def word(field: str, value: str) -> str:
    """Return the words for a value of a field; the value as it is where the field does not hold one of a few words.

    >>> word("level", "senior-officials"), word("form", "mou"), word("place", "Nay-Pyi-Taw")
    ('senior officials', 'memorandum of understanding', 'Nay-Pyi-Taw')
    """
    if field not in _CLOSED or not _STORED.fullmatch(value):
        return value
    return _WORDS_OF_FIELD.get((field, value)) or _WORDS.get(value) or value.replace("-", " ")


def flag_in_words(name: str, value: bool) -> str:  # noqa: FBT001  the value of a field
    """Return what a flag says.

    >>> flag_in_words("is_tentative", True), flag_in_words("is_binding", False), flag_in_words("with_members", False)
    ('tentative', 'not binding', 'without its members')
    """
    return label(name) if value else _NEGATED.get(name) or f"not {label(name)}"
