"""Parse the command line, and hold its help texts. Nothing else of the library is loaded for them, so help is fast."""

from __future__ import annotations

import sys
from argparse import Action, ArgumentParser, RawDescriptionHelpFormatter
from typing import Any, NoReturn

from partnership.values.text import looks_like_database_address, visible

__all__ = ["build_parser"]

_DESCRIPTION = """\
What two sides of a partnership agreed, planned, held, postponed and delivered,
and who said so.

RECORD is the file of a record, as partnership.open creates it. Verbs that only
read it also take a file of lines (.jsonl).

page and export leave out private entries (shared=False). The other verbs print
them.
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
_TIME_OPTIONS = """\
--as-of DAY shows the world up to that day, from what was published by then.
--known DAY shows all that was known on that day, plans included. With both:
the world up to the first day, as it was known on the second.
"""
_JSON_KEYS = """\
keys of --json (stable; a value that is not known is null; dates are written as
in the record: 2020-06, 2021-33):
"""

_SHOW = f"""\
{_TIME_OPTIONS}
examples:
  partnership show asean-russia.db
  partnership show asean-russia.db themed-years
  partnership show asean-russia.db special-fmm-2020 --as-of 2021-02-01

{_JSON_KEYS}  without a subject: today, families (by name, a list of states with the fields
    that they have in the library)
  with a subject: today, subject, names, title, states, expected, disputes
    (fields, sentence), doubts (subject, status, words), findings (slug,
    subject, claims, sentence, nature, grade), links, sources
"""
_OVERDUE = f"""\
The longest overdue first; then what is perhaps overdue ("about June", asked in
July), what is past and was only possible or hoped for, and what is planned or
postponed without a date, and since when. That no outcome is known does not
prove that nothing happened: it may have happened without any source here that
says so.

{_TIME_OPTIONS}
examples:
  partnership overdue asean-russia.db
  partnership overdue asean-russia.db --as-of 2021-02-01 --json

{_JSON_KEYS}  today; overdue, perhaps_overdue, lapsed, without_date (subject, title,
    act, planned, timing, is_undated, force, since, previous_dates, days,
    claims, said_by (source, speaker, certainty))
  since: when the plan became known; days: since the last day that was planned,
    or without a date, since that became known
"""
_WHY = f"""\
{_TIME_OPTIONS}
examples:
  partnership why asean-russia.db dialogue:ict-security
  partnership why asean-russia.db ict-security --field launched_on

{_JSON_KEYS}  subject, reasons (field, value, closed, rule, because,
    against (value, because)), accounts (event, field, sides (value, because)),
    doubts (subject, status, words, because),
    superseded (event, source, by (event, reason, source))
  closed: of planned dates, those that are no longer outstanding
  because: source, speaker, certainty, preferred, claim
"""
_DIFF = f"""\
In three parts: what was learned later about the time before the earlier day,
what happened since, and what became overdue without any new claim.

example:
  partnership diff asean-russia.db 2020-11-16 2021-12-31

{_JSON_KEYS}  before, after, learned and happened (subject, field, before, after),
    fell_due (as overdue has it)
"""
_PAGE = f"""\
Private entries are left out; the output says how many.

{_TIME_OPTIONS}
examples:
  partnership page asean-russia.db asean-russia.html --as-of 2021-12-31
  partnership page asean-russia.db page.html --title "ASEAN and Russia"

{_JSON_KEYS}  file, left_out
"""
_VERIFY = f"""\
Exit code 1 if the log is not as it was written. The last three lines of the
output are the head of the log: keep them elsewhere, and --head checks that a
later log still begins with exactly those entries.

examples:
  partnership verify asean-russia.db > head.txt
  partnership verify asean-russia.db --head head.txt

{_JSON_KEYS}  is_sound, problems, head (partnership, size, root), journal
"""
_EXPORT = f"""\
One entry per line; the same entries give the same bytes. Private entries are
left out, and the output says how many. The others are written with every note,
correction, retraction and preference.

{_TIME_OPTIONS}
example:
  partnership export asean-russia.db asean-russia.jsonl

{_JSON_KEYS}  file, written, left_out
"""
_IMPORT = f"""\
All of the lines or none. RECORD is created if it does not exist; entries that
it has already are not added again.

example:
  partnership import asean-russia.db claims.jsonl judgements.jsonl

{_JSON_KEYS}  record, added, entries
"""


_PARSER_OPTIONS: dict[str, Any] = {"formatter_class": RawDescriptionHelpFormatter, "allow_abbrev": False}
"""For every verb. Abbreviated options are refused: an option added later could change what they mean."""


class _Parser(ArgumentParser):
    """A parser that reports what it does not understand in one line."""

    def error(self, message: str) -> NoReturn:
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
        "partnership", usage="partnership VERB RECORD …", description=_DESCRIPTION, epilog=_EXAMPLES, **_PARSER_OPTIONS
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version and exit")
    verbs = parser.add_subparsers(dest="verb", required=True, prog="partnership", metavar="VERB")

    show = _add_verb(verbs, "show", "what is known: of all, of a family, or of one subject", _SHOW, "reading")
    show.add_argument("what", nargs="?", metavar="WHAT", help="a family (meetings, documents, …) or a subject")
    _add_time_options(show)

    overdue = _add_verb(verbs, "overdue", "what is past its planned day, and who announced it", _OVERDUE, "reading")
    _add_time_options(overdue)

    why = _add_verb(verbs, "why", "which sources support each value, and which differ", _WHY, "reading")
    why.add_argument("subject", metavar="SUBJECT", help="kind:slug, or a slug that only one subject has")
    why.add_argument("--field", help="only the reasons for this field of its state")
    _add_time_options(why)

    diff = _add_verb(verbs, "diff", "what was learned, happened and fell due", _DIFF, "reading")
    diff.add_argument("before", metavar="BEFORE", help="the earlier day, as 2020-11-16")
    diff.add_argument("after", metavar="AFTER", help="the later day")

    page = _add_verb(verbs, "page", "write the record as a single HTML file", _PAGE, "writing a page of")
    page.add_argument("file", metavar="FILE.html", help="the page; replaces an older one")
    page.add_argument("--title", metavar="TEXT", help="its heading; the name of the file unless given")
    _add_time_options(page)

    verify = _add_verb(verbs, "verify", "check that the record holds what was written to it", _VERIFY, "verifying")
    verify.add_argument("--head", metavar="FILE", help="a head kept from before, with which the log must begin")

    export = _add_verb(verbs, "export", "write the entries as a file of lines", _EXPORT, "exporting")
    export.add_argument("file", metavar="FILE.jsonl", help="the file; replaces an older one")
    export.add_argument("--all", action="store_true", help="private entries too, for a copy of your own")
    _add_time_options(export)

    importing = _add_verb(verbs, "import", "read files of lines into a record", _IMPORT, "importing into")
    importing.add_argument("files", nargs="+", metavar="FILE.jsonl", help="files that partnership.write wrote")
    return parser


def _add_verb(verbs: Any, name: str, summary: str, details: str, activity: str) -> ArgumentParser:  # noqa: ANN401
    texts = {"help": summary, "description": f"{summary[0].upper()}{summary[1:]}.", "epilog": details}
    verb: ArgumentParser = verbs.add_parser(name, **texts, **_PARSER_OPTIONS)
    verb.add_argument("record", metavar="RECORD", help="the record's file")
    verb.add_argument("--json", action="store_true", help="for programs, with the keys below")
    verb.add_argument("--kinds", action="append", default=[], metavar="MODULE:NAME", help="your own kinds of subject")
    verb.set_defaults(activity=activity)
    return verb


def _add_time_options(verb: ArgumentParser) -> None:
    verb.add_argument("--as-of", metavar="DAY", help="as it stood on this day")
    verb.add_argument("--known", metavar="DAY", help="as far as it was known on this day")
