"""Write ``docs/events.md``: every event, what it says and its fields, from the classes themselves.

    python docs/write.py

A test compares the page with what this writes, so that a new kind of fact needs no words written twice.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import attrs

from partnership.kinds import BUILT_IN
from partnership.model.event import PER_PUBLICATION, Event

PAGE = Path(__file__).parent / "events.md"
HEAD = """# The events

Every event of `partnership.events`, by page. Only the subject is required, and what stands in **bold**. `on` is when
it happened, of a plan when it was announced; `planned` is the day to come. `help(MeetingHeld)` tells the meaning of
each field. AR-222 and its like are rows of a real record, `examples/asean_russia`: a text that shows why the event is
needed. Made by `python docs/write.py`: do not edit.
"""


def first_sentence(text: str | None) -> str:
    """Return the first paragraph of a docstring on one line."""
    return " ".join((text or "").split("\n\n")[0].split())


def fields_of(event: type[Event]) -> str:
    """Return the names of the fields of an event, those that may not be absent in bold."""
    own = [one for one in attrs.fields(event) if one.name != "subject"]
    return ", ".join(f"**{one.name}**" if one.default is attrs.NOTHING else one.name for one in own)


def heard(event: type[Event]) -> str:
    """Return what makes two claims tell of the same occurrence, in words."""
    if event.identity == PER_PUBLICATION:
        return "each publication, the newest stands"
    keys = ", ".join(one for one in event.identity if one != PER_PUBLICATION)
    if PER_PUBLICATION in event.identity:
        return f"each publication for each {keys}, the newest stands"
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
        yield "| event | subject | says | happens | fields |"
        yield "|---|---|---|---|---|"
        for event in pages[module]:
            says = first_sentence(event.__doc__)
            yield f"| `{event.__name__}` | `{event.kind}:` | {says} | {heard(event)} | {fields_of(event)} |"


def page() -> str:
    """Return the whole page."""
    return "\n".join(lines()) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
