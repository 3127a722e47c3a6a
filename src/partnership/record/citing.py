"""Cite one source for several events, which are written together or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from types import EllipsisType, TracebackType
from typing import NoReturn, overload

from partnership.errors import InvalidEntry
from partnership.model.entry import Entry
from partnership.model.event import Event
from partnership.record.remarked import Remarked
from partnership.record.states import refuse_copy
from partnership.serialization.codec import EncodedEntry
from partnership.values.sources import Certainty


class Cited(Sequence[Entry]):
    """The entries of one call within a `citing` block, available once the block has ended.

    Attributes:
        entries: the entries; None until they are written.
    """

    def __init__(self) -> None:
        self.entries: tuple[Entry, ...] | None = None

    def _written(self) -> tuple[Entry, ...]:
        if self.entries is None:
            raise RuntimeError(
                "entries of a `citing` block are available when the block has ended: it is written whole or not at all"
            )
        return self.entries

    @overload
    def __getitem__(self, index: int) -> Entry: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Entry, ...]: ...
    def __getitem__(self, index: int | slice) -> Entry | tuple[Entry, ...]:
        return self._written()[index]

    def __len__(self) -> int:
        return len(self._written())


class Cite:
    """Collects what one source states within a `Record.citing` block.

    Args:
        draft: encodes the events of one call.
    """

    def __init__(self, draft: Callable[..., list[EncodedEntry]]) -> None:
        self._draft = draft
        self._calls: list[tuple[Cited, list[EncodedEntry]]] = []
        self._has_ended = False

    def __call__(
        self,
        *events: Event | Remarked,
        speaker: str | EllipsisType | None = ...,
        certainty: Certainty | None = None,
        inferred: Iterable[str] = (),
        note: str | None = None,
        shared: bool | None = None,
    ) -> Cited:
        """Cite the source for these events; the arguments are those of `Record.add`.

        Args:
            events: what the source states; `Remarked(event, note="…")` is an event with remarks of its own.
            speaker: who is quoted; None for the document's own words. By default the speaker of the block.
            certainty: as in `Record.add`, like the following.
            inferred: fields that the desk supplied itself.
            note: of the desk.
            shared: whether others may have it.

        Raises:
            PartnershipError: as `Record.add`; if it leaves the block, nothing of the block is written.
        """
        if self._has_ended:
            raise InvalidEntry("a citing block", ("has ended, and what is cited now would be lost; open another",))
        drafts = self._draft(events, speaker=speaker, certainty=certainty, inferred=inferred, note=note, shared=shared)
        cited = Cited()
        self._calls.append((cited, drafts))
        return cited

    def end(self) -> None:
        """Refuse further calls."""
        self._has_ended = True

    def write(self, write: Callable[[Sequence[EncodedEntry]], tuple[Entry, ...]]) -> None:
        """Write the events of all calls at once, and give each call its entries."""
        entries = write([draft for _, drafts in self._calls for draft in drafts])
        for cited, drafts in self._calls:
            cited.entries, entries = entries[: len(drafts)], entries[len(drafts) :]


class Citing:
    """The context manager of ``with record.citing(source) as cite``.

    Args:
        cite: collects what the source states.
        write: writes all of it.
    """

    def __init__(self, cite: Cite, write: Callable[[Sequence[EncodedEntry]], tuple[Entry, ...]]) -> None:
        self._cite = cite
        self._write = write

    def __reduce__(self) -> NoReturn:
        refuse_copy(self)

    def __enter__(self) -> Cite:
        return self._cite

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._cite.end()
        if error is None:
            self._cite.write(self._write)
