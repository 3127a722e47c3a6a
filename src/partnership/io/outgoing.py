"""What every file that leaves is made of: a view without private entries, and a path."""

from __future__ import annotations

from attrs import frozen

from partnership.errors import InvalidValue
from partnership.record.view import View, private_note
from partnership.values.display import counted


@frozen
class FileResult:
    """What was written to a file. Its text says so, and how many private entries were left out.

    Attributes:
        count: number of things in the file.
        singular: what one of them is called.
        plural: what several of them are called.
        left_out: number of private entries that are not in the file.
    """

    count: int
    singular: str
    plural: str
    left_out: int

    def __str__(self) -> str:
        return " ".join(
            filter(None, (f"{counted(self.count, self.singular, self.plural)}.", private_note(self.left_out)))
        )


def without_private(view: View) -> tuple[View, int]:
    """Return a view without private entries, and how many there are.

    Raises:
        InvalidValue: it is not a view.
    """
    if not isinstance(view, View):
        raise InvalidValue(view, "is not a view", "give a record, or what as_of returns")
    return view._without_private()  # noqa: SLF001  as `View.page` uses it
