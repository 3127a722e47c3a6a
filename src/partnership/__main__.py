"""The command line: ``partnership VERB RECORD …``, also as ``python -m partnership`` (floor 10)."""

from __future__ import annotations

import json
import os
import sys
import warnings
from collections.abc import Sequence
from contextlib import suppress
from io import StringIO

from partnership.cli.arguments import parser
from partnership.cli.spinner import waiting
from partnership.errors import PartnershipError, visible
from partnership.values.text import encodable

__all__ = ["main"]

_REFUSED, _INTERRUPTED, _CUT_OFF = 2, 130, 141  # as shells have it: 128 and the number of the signal


def main(argv: Sequence[str] | None = None) -> int:
    """Do what a command line says, and return its exit code.

    - 0: done; `overdue` too, whatever it found.
    - 1: `verify` found a log that is not as it was written.
    - 2: it was not understood, or refused; a line on standard error says why.
    - 130, 141: Ctrl-C; whoever read the output closed it. Both end quietly.

    Args:
        argv: the words after the command's name; those of this process unless given.

    Raises:
        SystemExit: help was asked for, with 0, or the words make no command, with 2.
    """
    sys.stdout, sys.stderr = sys.stdout or StringIO(), sys.stderr or StringIO()  # None where the shell closed it
    for each in (sys.stdout, sys.stderr):
        with suppress(AttributeError):  # what stands in for a stream, in a notebook, encodes nothing
            each.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # the line above
    try:
        try:
            return _warned(argv)
        finally:
            sys.stdout.flush()
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python flushes once more, and complains
        return _CUT_OFF
    except PartnershipError as refused:
        return _refuse(str(refused))
    except OSError as failed:  # what has a file of its own is told by a StorageError
        return _refuse(f"the output cannot be written: {failed.strerror or failed}")


def _refuse(why: str) -> int:
    for line in f"partnership: {why}".split("\n"):
        sys.stderr.write(f"{visible(line)}\n")
    return _REFUSED


def _warned(argv: Sequence[str] | None) -> int:
    """Do what a command line says, with every warning as a line on standard error."""
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always", UserWarning)
        try:
            return _done(argv)
        finally:
            for one in said:
                sys.stderr.write(f"partnership: warning: {visible(str(one.message))}\n")


def _done(argv: Sequence[str] | None) -> int:
    words = [encodable(one, "write the command line in UTF-8") for one in (sys.argv[1:] if argv is None else argv)]
    asked = parser().parse_args(words)
    with waiting(f"{asked.doing} {asked.record}"):
        from partnership.cli import file_verbs, query_verbs  # noqa: PLC0415  help needs neither

        verbs = {
            "show": query_verbs.show,
            "overdue": query_verbs.overdue,
            "why": query_verbs.why,
            "diff": query_verbs.diff,
            "page": file_verbs.page,
            "verify": file_verbs.verify,
            "export": file_verbs.export,
            "import": file_verbs.take_in,
        }
        answer = verbs[asked.verb](asked)
    if asked.json:
        sys.stdout.write(f"{json.dumps(answer.values, indent=2)}\n")  # ASCII alone: the same bytes into every pipe
    else:
        from partnership.cli.terminal_tables import printed  # noqa: PLC0415

        printed(answer.blocks)
    return answer.code


if __name__ == "__main__":
    sys.exit(main())
