"""Parse the command line. Nothing else of the library is loaded for that, so help is fast."""

from __future__ import annotations

import re
import sys
from argparse import Action, ArgumentParser, RawDescriptionHelpFormatter
from functools import partial
from itertools import groupby
from operator import attrgetter
from typing import Any, NoReturn

from partnership.cli.verbs import VERBS, Verb
from partnership.errors import visible
from partnership.values.text import looks_like_database_address, nearest

_DESCRIPTION = """\
What two sides of a partnership agreed, planned, held, postponed and delivered,
and who said so.

RECORD is the file of a record, or the address of a PostgreSQL database with
--partnership NAME. Verbs that only read it also take a file of lines (.jsonl).

Files for others leave out private entries, and say how many: page, export,
cite, link, --csv, --xlsx and --ics. What verbs print here, and --json, have
them; lists mark them. export and lists write them with --all, backup always.
"""
_EXAMPLES = """\
examples:
  partnership import asean-russia.db claims.jsonl judgements.jsonl
  partnership overdue asean-russia.db
  partnership overdue asean-russia.db --as-of 2021-02-01
  partnership show asean-russia.db meetings
  partnership why asean-russia.db ict-security --field launched_on
  partnership diff asean-russia.db 2020-11-16 2021-12-31
  partnership page asean-russia.db asean-russia.html
  partnership VERB --help

exit codes:
  0    done; overdue also exits with 0 when something is overdue
  1    verify found a log that is not as it was written
  2    not understood, or refused: a line on standard error says why
  130  interrupted by Ctrl-C
  141  the reader of a pipe closed it
"""

_PARSER_OPTIONS: dict[str, Any] = {
    "formatter_class": partial(RawDescriptionHelpFormatter, max_help_position=27),
    "allow_abbrev": False,
}
"""For every verb. Abbreviated options are refused: an option added later could change what they mean."""


_UNKNOWN_VERB = re.compile(r"argument VERB: invalid choice: '([^']*)'")


def _near_verbs(word: str) -> str:
    """Return which verbs an unknown one may be a slip for, for the end of a sentence."""
    near = nearest(word.lower(), [verb.name for verb in VERBS], 2)
    return f"; did you mean {' or '.join(near)}?" if near else ""


class _Parser(ArgumentParser):
    """A parser that reports what it does not understand in one line."""

    def error(self, message: str) -> NoReturn:
        if (match := _UNKNOWN_VERB.match(message)) and not looks_like_database_address(message):
            message = f"{match[1]!r} is not a verb{_near_verbs(match[1])}"
        if looks_like_database_address(message):
            message = "what is not a verb, option or day may be an address with a password, and is not repeated"
        self.exit(2, f"partnership: {visible(message)}; `{self.prog} --help` shows the usage\n")


class _Version(Action):
    """Print the version, which is looked up only when it is asked for."""

    def __call__(self, parser: ArgumentParser, *_: object) -> NoReturn:
        import partnership  # noqa: PLC0415  as above

        sys.stdout.write(f"partnership {partnership.__version__}\n")
        parser.exit()


def build_parser() -> ArgumentParser:
    """Return the parser of the command line; each verb has help with its examples and the keys of its JSON."""
    parser = _Parser(
        "partnership",
        usage="partnership VERB RECORD …",
        description=f"{_DESCRIPTION}\n{_list_of_verbs()}",
        epilog=_EXAMPLES,
        **_PARSER_OPTIONS,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version and exit")
    verbs = parser.add_subparsers(
        dest="verb", required=True, prog="partnership", metavar="VERB", help="one of the verbs above"
    )
    for verb in VERBS:
        _add_verb(verbs, verb)
    return parser


def _list_of_verbs() -> str:
    """Return the verbs by purpose, as the help lists them."""
    lines = []
    for purpose, verbs in groupby(VERBS, attrgetter("purpose")):
        lines += [f"{purpose}:", *(f"    {verb.name:<10}{verb.summary}" for verb in verbs)]
    return "\n".join(lines)


def _add_verb(verbs: Any, verb: Verb) -> None:  # noqa: ANN401  argparse has no public name for its class
    """Add a verb with its arguments and help."""
    texts = {"description": f"{verb.summary[0].upper()}{verb.summary[1:]}.", "epilog": verb.details}
    parser: ArgumentParser = verbs.add_parser(verb.name, **texts, **_PARSER_OPTIONS)
    if verb.has_record:
        parser.add_argument("record", metavar="RECORD", help="the record's file, or its database")
        parser.add_argument("--partnership", metavar="NAME", help="its name; a database needs it")
    for names, options in verb.arguments:
        parser.add_argument(*names, **options)
    forms = parser.add_mutually_exclusive_group()
    forms.add_argument("--json", action="store_true", help="for programs, with the keys below")
    if verb.is_list:
        forms.add_argument("--csv", action="store_true", help="for spreadsheets, without private entries")
        forms.add_argument("--xlsx", metavar="FILE", help="write an Excel file, without private entries")
        parser.add_argument("--all", action="store_true", help="private entries too in a file, for a copy of your own")
    parser.add_argument("--kinds", action="append", default=[], metavar="MODULE:NAME", help="your own kinds of subject")
    parser.set_defaults(activity=verb.activity, function=verb.function)
