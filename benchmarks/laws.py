"""What each step of the road costs for an entry, measured apart: so that the next person knows where to look."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import islice
from time import perf_counter
from typing import Any

from benchmarks.histories import drafts
from benchmarks.lines import Setting
from partnership.log.codec import Codec
from partnership.reading.belief import believe, most_official, same_happening
from partnership.reading.book import Log
from partnership.reading.claims import findings_about
from partnership.reading.mend import mend
from partnership.reading.order import in_order
from partnership.reading.road import Reading
from partnership.reading.shelf import Shelf
from partnership.reading.why import explain
from partnership.record import codec_of
from partnership.stores.memory import MemoryStore
from partnership.view import View

__all__ = ["steps"]


def steps(setting: Setting) -> Iterator[tuple[str, float]]:
    """Yield the steps, each with its microseconds for an entry."""
    codec: Codec = codec_of(())
    store = MemoryStore()
    store.append([one.written for one in islice(drafts(setting.small), setting.small)], now=datetime.now(UTC), by=None)
    rows = store.read()

    def timed(name: str, work: Callable[[], Any]) -> tuple[tuple[str, float], Any]:
        begun = perf_counter()
        done = work()
        return (name, (perf_counter() - begun) / len(rows) * 1e6), done

    told_line, _ = timed("decode", lambda: [codec.told(one) for one in rows])
    yield told_line
    shelf = Shelf(Log(store, codec))
    line, roots = timed("decode and sort into groups", lambda: list(shelf.everything()))
    yield line
    line, mended = timed("mend", lambda: [mend(shelf.group(one)) for one in roots])
    yield line
    line, groups = timed("tell happenings apart", lambda: [same_happening(one.evidence) for one in mended])
    yield line
    line, settled = timed("belief", lambda: [[believe(each, most_official) for each in one] for one in groups])
    yield line
    line, _ = timed(
        "findings about claims", lambda: [list(findings_about(a, b)) for a, b in zip(mended, settled, strict=True)]
    )
    yield line
    line, _ = timed("order", lambda: [in_order(one) for one in settled if one])
    yield line
    reading = Reading(Shelf(Log(store, codec)))
    list(reading.all_settled())
    projections = View._projections()
    line, _ = timed("order and fold", lambda: [reading.fold(one) for one in projections])
    yield line
    line, _ = timed("findings of the states", lambda: reading.findings(projections))
    yield line
    line, _ = timed("why, of every state", lambda: _why(reading))
    yield line


def _why(reading: Reading) -> None:
    for projection in View._projections():
        for key, folded in reading.fold(projection).items():
            explain(projection, key, folded, reading.undone_about([key]))
