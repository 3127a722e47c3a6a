"""The command line: ``partnership VERB RECORD …``, or ``python -m partnership``."""

from __future__ import annotations

import json
import os
import sys
import warnings
from collections.abc import Sequence
from contextlib import suppress
from io import StringIO

from partnership.cli.arguments import build_parser
from partnership.cli.spinner import show_spinner
from partnership.errors import PartnershipError, visible
from partnership.values.text import encodable

__all__ = ["main"]

_REFUSED, _INTERRUPTED, _BROKEN_PIPE = 2, 130, 141  # the last two as in shells: 128 and the number of the signal


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command line, and return its exit code.

    - 0: done; `overdue` too, whether or not something is overdue.
    - 1: `verify` found a log that is not as it was written.
    - 2: not understood, or refused; a line on standard error says why.
    - 130, 141: Ctrl-C, or the reader of a pipe closed it. Neither prints anything.

    Args:
        argv: the arguments after the command's name; those of this process unless given.

    Raises:
        SystemExit: help was printed (exit code 0), or the arguments are not a command (2).
    """
    sys.stdout, sys.stderr = sys.stdout or StringIO(), sys.stderr or StringIO()  # None where the shell closed it
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError):  # a notebook's streams have no encoding
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # the line above
    try:
        try:
            return _run_with_warnings(argv)
        finally:
            sys.stdout.flush()
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else Python flushes again at exit, and fails
        return _BROKEN_PIPE
    except PartnershipError as error:
        return _refuse(str(error))
    except OSError as error:  # errors of the library's own files are StorageErrors
        return _refuse(f"the output cannot be written: {error.strerror or error}")


def _refuse(reason: str) -> int:
    for line in f"partnership: {reason}".split("\n"):
        sys.stderr.write(f"{visible(line)}\n")
    return _REFUSED


def _run_with_warnings(argv: Sequence[str] | None) -> int:
    """Run a command line, and print every warning as a line on standard error."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", UserWarning)
        try:
            return _run(argv)
        finally:
            for warning in caught:
                sys.stderr.write(f"partnership: warning: {visible(str(warning.message))}\n")


def _run(argv: Sequence[str] | None) -> int:
    words = [encodable(word, "write the command line in UTF-8") for word in (sys.argv[1:] if argv is None else argv)]
    args = build_parser().parse_args(words)
    with show_spinner(f"{args.activity} {args.record}"):
        from partnership.cli import file_verbs, query_verbs  # noqa: PLC0415  not loaded for help

        verbs = {
            "show": query_verbs.show,
            "overdue": query_verbs.overdue,
            "why": query_verbs.why,
            "diff": query_verbs.diff,
            "page": file_verbs.page,
            "verify": file_verbs.verify,
            "export": file_verbs.export,
            "import": file_verbs.import_files,
        }
        answer = verbs[args.verb](args)
    if args.json:
        sys.stdout.write(f"{json.dumps(answer.values, indent=2)}\n")  # ASCII, whatever the encoding of the output
    else:
        from partnership.cli.terminal_tables import print_blocks  # noqa: PLC0415  not loaded for help or JSON

        print_blocks(answer.blocks)
    return answer.exit_code


if __name__ == "__main__":
    sys.exit(main())
