"""Write ``docs/events.md``, the list of all events and their fields, from the classes.

    python docs/write.py

A test compares the page with what this writes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import attrs

from partnership.kinds import BUILT_IN
from partnership.model.event import Event, fields_of

PAGE = Path(__file__).parent / "events.md"
HEAD = """# All events

Every event of `partnership.events`, by module. Only the subject is required, and the fields in **bold**. `on` is when
it happened (of a plan: when it was announced); `planned` is the day to come. `help(MeetingHeld)` describes each field.
This file is made by `python docs/write.py`: do not edit it.
"""


def first_sentence(text: str | None) -> str:
    """Return the first paragraph of a docstring on one line."""
    return " ".join((text or "").split("\n\n")[0].split())


def field_names(event: type[Event]) -> str:
    """Return the names of the fields of an event, the required ones in bold."""
    fields = [field for field in attrs.fields(event) if field.name != "subject"]
    return ", ".join(f"**{field.name}**" if field.default is attrs.NOTHING else field.name for field in fields)


def identity_text(event: type[Event]) -> str:
    """Return which claims are about the same occurrence, in words."""
    fields = fields_of(event)
    keys = ", ".join((*fields.keyed, *(name for name in fields.distinct_by if name != "on")))
    if fields.is_per_publication:
        return f"each publication{f' for each {keys}' if keys else ''}, the newest stands"
    return f"once for each {keys}" if keys else "once"


def lines() -> Iterator[str]:
    """Yield the page, line by line."""
    yield from HEAD.splitlines()
    pages: dict[str, list[type[Event]]] = {}
    for event in BUILT_IN.events.values():
        pages.setdefault(event.__module__, []).append(event)
    for module in sorted(pages):
        yield ""
        yield f"## {module.rpartition('.')[2]}"
        yield ""
        yield first_sentence(sys.modules[module].__doc__)
        yield ""
        yield "| event | subject | meaning | occurs | fields |"
        yield "|---|---|---|---|---|"
        for event in pages[module]:
            cells = (first_sentence(event.__doc__), identity_text(event), field_names(event))
            yield f"| `{event.__name__}` | `{event.kind}:` | {' | '.join(cells)} |"


def page() -> str:
    """Return the whole page."""
    return "\n".join(lines()) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
