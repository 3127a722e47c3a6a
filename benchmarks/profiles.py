"""Profiles of replay and append, as text."""

from __future__ import annotations

import cProfile
import io
import pstats
from collections.abc import Callable

import partnership as ps
from benchmarks.appending import add_rate
from benchmarks.asking import compute_states
from benchmarks.histories import claims
from benchmarks.runs import Setting

__all__ = ["PROFILES"]

_LINES = 25


def _replay(setting: Setting) -> str:
    with ps.open(setting.record(setting.replayed)) as record:

        def run() -> None:
            compute_states(record)
            record.findings()

        return _profile(run)


def _append(setting: Setting) -> str:
    history = list(claims(setting.commits * 20))
    with setting.scratch() as folder, ps.open(folder / "profile.db") as record:
        return _profile(lambda: add_rate(record, history))


def _profile(work: Callable[[], object]) -> str:
    profile, output = cProfile.Profile(), io.StringIO()
    profile.runcall(work)
    pstats.Stats(profile, stream=output).strip_dirs().sort_stats("tottime").print_stats(_LINES)
    return output.getvalue()


PROFILES = {"replay": _replay, "append": _append}
