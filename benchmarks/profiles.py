"""Where the time goes: a profile of replay or of append, as text."""

from __future__ import annotations

import cProfile
import io
import pstats
from collections.abc import Callable

import partnership as ps
from benchmarks.appending import added
from benchmarks.asking import whole
from benchmarks.histories import claims
from benchmarks.runs import Setting

__all__ = ["PROFILES"]

_LINES = 25


def _replay(setting: Setting) -> str:
    with ps.open(setting.record(setting.replayed)) as record:

        def run() -> None:
            whole(record)
            record.findings()

        return _profile(run)


def _append(setting: Setting) -> str:
    told = list(claims(setting.commits * 20))
    with setting.scratch() as folder, ps.open(folder / "profile.db") as record:
        return _profile(lambda: added(record, told))


def _profile(work: Callable[[], object]) -> str:
    profile, told = cProfile.Profile(), io.StringIO()
    profile.runcall(work)
    pstats.Stats(profile, stream=told).strip_dirs().sort_stats("tottime").print_stats(_LINES)
    return told.getvalue()


PROFILES = {"replay": _replay, "append": _append}
