"""The act and the field that a doubt is about must be of the kind of its subject, if that kind is known."""

from __future__ import annotations

from collections.abc import Iterable

from partnership.kinds import Kinds
from partnership.model.event import Event, fields_of
from partnership.subjects.doubts import ReportDoubted
from partnership.values.text import nearest, split_subject


def unknown_names(event: Event, kinds: Kinds) -> tuple[str, ...]:
    """Return why the act or the field that a doubt names is not one of its subject; none for any other event."""
    if not isinstance(event, ReportDoubted):
        return ()
    kind = split_subject(event.concerns)[0]
    classes = {name: event_class for name, event_class in kinds.events.items() if event_class.kind == kind}
    reasons = []
    if event.act is not None and classes and event.act not in classes:
        what = f"is the stored name of no event of the kind {kind!r}"
        reasons.append(f"act: {event.act!r} {what}; {_nearest(event.act, classes)}")
    doubted = [classes[event.act]] if event.act in classes else classes.values()
    fields = {name for event_class in doubted for name in fields_of(event_class).names}
    if event.field is not None and classes and event.field not in fields:
        what = f"is no field of {event.act if event.act in classes else f'an event of the kind {kind!r}'}"
        reasons.append(f"field: {event.field!r} {what}; {_nearest(event.field, fields)}")
    return tuple(reasons)


def _nearest(name: str, known: Iterable[str]) -> str:
    """Return what to write in place of an unknown name, as the end of a sentence."""
    names = sorted(known)
    near = nearest(name, names, 1)
    return f"did you mean {near[0]!r}?" if near else f"write one of {', '.join(map(repr, names))}"
