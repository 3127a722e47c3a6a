"""The command line: ``partnership VERB RECORD …``, or ``python -m partnership``."""

from __future__ import annotations

import json
import os
import sys
import warnings
from argparse import Namespace
from collections.abc import Sequence
from contextlib import suppress
from io import StringIO
from typing import TYPE_CHECKING

from partnership._lazy import load
from partnership.cli.arguments import build_parser
from partnership.cli.spinner import show_spinner
from partnership.errors import PartnershipError, UnknownSubject, visible
from partnership.values.text import encodable, looks_like_database_address

if TYPE_CHECKING:  # not loaded for help
    from partnership.cli.terminal_tables import Answer

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
        is_unknown = isinstance(error, UnknownSubject) and not (error.near or error.first_known)
        return _refuse(f"{error}{_WHERE_TO_LOOK if is_unknown else ''}")
    except OSError as error:  # errors of the library's own files are StorageErrors
        return _refuse(f"the output cannot be written: {error.strerror or error}")


_WHERE_TO_LOOK = (
    "; `partnership find RECORD WORD` looks for words, `partnership claims RECORD` lists all ids and subjects"
)


def _refuse(reason: str) -> int:
    with suppress(OSError):  # nobody reads it
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
    module, _, function = args.function.partition(".")
    with show_spinner(_activity(args)):
        answer: Answer = load(f"cli.{module}", function)(args)  # not loaded for help
    if answer.table is not None:
        from partnership.cli.table_output import print_table  # noqa: PLC0415  as above

        print_table(answer.table, args)
    elif args.json:
        sys.stdout.write(f"{json.dumps(answer.values, indent=2)}\n")  # ASCII, whatever the encoding of the output
    else:
        from partnership.cli.terminal_tables import print_blocks  # noqa: PLC0415  as above

        print_blocks(answer.blocks)
    if answer.refusals:
        _refuse("\n".join(answer.refusals))
    return answer.exit_code


def _activity(args: Namespace) -> str:
    """Return what the terminal shows meanwhile: no address, which may have a password, and nothing while it asks."""
    if args.verb == "add" and args.file is None:
        return ""
    record = getattr(args, "record", "")
    return f"{args.activity} {'a database' if looks_like_database_address(record) else record}".strip()


if __name__ == "__main__":
    sys.exit(main())
