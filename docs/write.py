"""Write ``docs/events.md``, the list of all events and their fields, and the JSON Schema that is shipped.

    python docs/write.py

Both are made from the classes. Tests compare them with what this writes.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import attrs

import partnership
from partnership.io.schema import json_schema
from partnership.kinds import BUILT_IN
from partnership.model.event import Event, fields_of
from partnership.model.field_docs import field_docs

ALWAYS = field_docs(Event)
"""The fields of every event, which the head of the page explains."""
PAGE = Path(__file__).parent / "events.md"
SCHEMA = Path(partnership.__file__).parent / "io" / "submission.schema.json"
HEAD = """# All events

Every event of `partnership.events`, by module. Only the subject is required, and the fields in **bold**. `on` is when
it happened (of a plan: when it was announced), as vague as the source is; `planned` is the day to come. Below the
events of a module stand their fields: what each holds, what it means, and which events have it, if not all of the
module. `help(MeetingHeld)` says the same of one event. This file is made by `python docs/write.py`: do not edit it.

What fields hold: a *date* is `"2020-06-28"`, `"2020-06"` or any other text of `When`; a *name* is one line, a *text*
may have several; a *party code* is `"RU"` or `"ASEAN"`; a *slug* is `"special-fmm-2020"`, and a *subject* has its kind
before it, `"meeting:special-fmm-2020"`; *Count*, *Money*, *Percent* and *Duration* are the classes of this name, of
which a bare number or text is exact. In the place of several values, one may stand alone.
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


def field_lines(events: list[type[Event]]) -> Iterator[str]:
    """Yield the table of the fields of some events; a field that means the same in several has one row."""
    having: dict[tuple[str, str, str], list[str]] = {}
    for event in events:
        for name, field in field_docs(event).items():
            if field != ALWAYS.get(name):
                having.setdefault((name, field.holds, field.sentence), []).append(event.__name__)
    yield ""
    yield "| field | holds | meaning | of |"
    yield "|---|---|---|---|"
    for (name, holds, sentence), names in sorted(having.items()):
        of = "all" if len(names) == len(events) else ", ".join(f"`{event}`" for event in names)
        yield f"| {name} | {holds.replace('|', '/')} | {sentence.replace('|', '/')} | {of} |"


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
        yield from field_lines(pages[module])


def page() -> str:
    """Return the whole page."""
    return "\n".join(lines()) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    SCHEMA.write_text(json.dumps(json_schema(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
