"""Compare two views: of two sources, two policies, two days, or two records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from attrs import frozen

from partnership.engine.diff import Change, changes, list_difference, shown
from partnership.engine.fold import Folded
from partnership.model.expectations import Expectation
from partnership.model.value_text import name_in_words
from partnership.queries.calendar import PlannedItem
from partnership.values.display import MAX_ROWS, Displayable, in_lines, table


@frozen(repr=False)
class Comparison(Displayable):
    """What two views answer differently. It includes private entries.

    Attributes:
        changes: fields of subjects that both views have, whose values differ: `Change.before` is the value here, in the
            view that was asked, and `Change.after` the value there, in the other.
        only_here: subjects that only the view that was asked has.
        only_there: subjects that only the other view has.
        overdue_here: what `View.overdue` lists only here, or not with the same standing as there.
        overdue_there: the same of the other view.
    """

    changes: tuple[Change, ...]
    only_here: tuple[str, ...]
    only_there: tuple[str, ...]
    overdue_here: tuple[PlannedItem, ...]
    overdue_there: tuple[PlannedItem, ...]

    def __bool__(self) -> bool:
        return any((self.changes, self.only_here, self.only_there, self.overdue_here, self.overdue_there))

    def _text(self) -> str:
        lines = [f"{subject}: only here" for subject in self.only_here]
        lines += [f"{subject}: only there" for subject in self.only_there]
        lines += [f"{one.subject} {one.field}: {'; '.join(_sides(one))}" for one in self.changes]
        lines += [f"{name_in_words(item.standing)} only here: {item}" for item in self.overdue_here]
        lines += [f"{name_in_words(item.standing)} only there: {item}" for item in self.overdue_there]
        return "\n".join(lines) or "no difference"

    def _repr_html_(self) -> str:
        rows: list[tuple[str, str, str]] = [
            (one.subject, name_in_words(one.field), in_lines(_sides(one))) for one in self.changes
        ]
        rows += [(item.subject, name_in_words(item.standing), f"only here: {item}") for item in self.overdue_here]
        rows += [(item.subject, name_in_words(item.standing), f"only there: {item}") for item in self.overdue_there]
        notes = [
            f"only {where}: {', '.join(subjects)}"
            for where, subjects in (("here", self.only_here), ("there", self.only_there))
            if subjects
        ]
        title = "Differences between two views" if self else "No difference between the two views"
        shown_rows, more = rows[:MAX_ROWS], max(len(rows) - MAX_ROWS, 0)
        return table(title, ("subject", "field", "here and there"), shown_rows, more=more, notes=notes)


def _sides(change: Change) -> tuple[str, str]:
    """Return the value of a field here and there; of two lists, what is only in one of them."""
    here, there = change.before, change.after
    if isinstance(here, tuple) and isinstance(there, tuple):
        only = list_difference(here, there)
        if any(only) and not all(isinstance(value, Expectation) for value in (*here, *there)):
            return f"only here {shown(only[0])}", f"only there {shown(only[1])}"
    return f"here {shown(here)}", f"there {shown(there)}"


Folds = Mapping[str, Mapping[str, Folded[Any]]]
"""What a view has folded: by the name of a projection, its states by subject."""


def comparison(here: Folds, there: Folds, overdue: tuple[Iterable[PlannedItem], Iterable[PlannedItem]]) -> Comparison:
    """Compare what two views have folded, and what is overdue in each."""
    subjects_here, subjects_there = ({key for folds in view.values() for key in folds} for view in (here, there))
    both = subjects_here & subjects_there
    differing = [
        change
        for name in {**here, **there}
        for change in changes(_among(both, here.get(name, {})), _among(both, there.get(name, {})))
    ]
    differing.sort(key=lambda change: (change.subject, change.field))
    late_here, late_there = ({_key(item): item for item in items} for items in overdue)
    return Comparison(
        changes=tuple(differing),
        only_here=tuple(sorted(subjects_here - both)),
        only_there=tuple(sorted(subjects_there - both)),
        overdue_here=tuple(item for key, item in late_here.items() if key not in late_there),
        overdue_there=tuple(item for key, item in late_there.items() if key not in late_here),
    )


def _among(subjects: set[str], folds: Mapping[str, Folded[Any]]) -> dict[str, Folded[Any]]:
    return {key: folded for key, folded in folds.items() if key in subjects}


def _key(item: PlannedItem) -> tuple[object, ...]:
    """Return what tells plans apart, without who said so and when."""
    return item.subject, item.planned, item.act, item.by, item.detail, item.standing
