"""What may be written on the command line, and the help that says so. Nothing else is loaded for it."""

from __future__ import annotations

import sys
from argparse import Action, ArgumentParser, RawDescriptionHelpFormatter
from typing import Any, NoReturn

from partnership.render.chart_text import visible
from partnership.values.text import looks_like_database_address

__all__ = ["parser"]

_ABOUT = """\
What two sides of a partnership agreed, planned, held, postponed and delivered,
and who said so.

RECORD is a record's own file, as partnership.open makes it; where it is only
read, a file of lines (.jsonl) will do.

What must not leave the desk is left out of what page and export write; what
the others print shows it, for the desk itself.
"""
_MORE = """\
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
  0    done; of overdue too, whatever it found
  1    verify found a log that is not as it was written
  2    not understood, or refused: a line on standard error says why
  130  ended by Ctrl-C
  141  whoever read the output closed it
"""
_CUTS = """\
--as-of DAY stands on that day: the world up to it, known from what was
published by it. --known DAY is all that was known then. Both together: the
world up to the one day, as it was known on the other.
"""
_KEYS = """\
keys of --json, which stay (none is missing; null is "not known"; dates are
written as in the record: 2020-06, 2021-33):
"""

_SHOW = f"""\
{_CUTS}
examples:
  partnership show asean-russia.db
  partnership show asean-russia.db themed-years
  partnership show asean-russia.db special-fmm-2020 --as-of 2021-02-01

{_KEYS}  of all, or of a family: today, families (by name, a list of states with the
    fields that they have in the library)
  of a subject: today, subject, names, title, states, expected, disputes
    (fields, sentence), findings (slug, subject, claims, sentence, nature),
    links, sources
"""
_OVERDUE = f"""\
The longest overdue first. No outcome is known of any of it, which proves
nothing: it may have come and nobody said so.

{_CUTS}
examples:
  partnership overdue asean-russia.db
  partnership overdue asean-russia.db --as-of 2021-02-01 --json

{_KEYS}  today, overdue (subject, title, planned, since, previous_dates, days, claims,
    said_by (source, speaker, certainty))
  days are counted from the last day that was planned; since is the day from
  which the plan was known.
"""
_WHY = f"""\
{_CUTS}
examples:
  partnership why asean-russia.db dialogue:ict-security
  partnership why asean-russia.db ict-security --field launched_on

{_KEYS}  subject, reasons (field, value, rule, because, against (value, because)),
    superseded (event, source, by (event, reason, source))
  because: source, speaker, certainty, preferred, claim
"""
_DIFF = f"""\
Three parts: what was learned meanwhile of the world of the earlier day, what
happened since, and what nobody touched and merely became overdue.

example:
  partnership diff asean-russia.db 2020-11-16 2021-12-31

{_KEYS}  before, after, learned and happened (subject, field, before, after),
    fell_due (as overdue has it)
"""
_PAGE = f"""\
What the desk keeps to itself is left out, and the output says how many
entries that are.

{_CUTS}
example:
  partnership page asean-russia.db asean-russia.html --as-of 2021-12-31
  partnership page asean-russia.db page.html --title "ASEAN and Russia"

{_KEYS}  file, left_out
"""
_VERIFY = f"""\
Exit code 1 if the log is not as it was written. The last three lines are the
head of the log: kept elsewhere, it shows with --head whether a later log
begins with just those entries.

examples:
  partnership verify asean-russia.db > head.txt
  partnership verify asean-russia.db --head head.txt

{_KEYS}  is_sound, problems, head (partnership, size, root), journal
"""
_EXPORT = f"""\
One entry a line, the same bytes for the same entries. What the desk keeps to
itself is left out, and the output says how many entries that are. What goes,
goes whole: with its note, and with what corrects, retracts or prefers it.

{_CUTS}
example:
  partnership export asean-russia.db asean-russia.jsonl

{_KEYS}  file, written, left_out
"""
_IMPORT = f"""\
All of the lines or none. RECORD is created if absent; what is there already is
not added again.

example:
  partnership import asean-russia.db claims.jsonl judgements.jsonl

{_KEYS}  record, added, entries
"""


_HOW: dict[str, Any] = {"formatter_class": RawDescriptionHelpFormatter, "allow_abbrev": False}
"""How each verb is read; a shortened option would be another one when options are added."""


class _Parser(ArgumentParser):
    """What reads the command line, and says in one line what it does not understand."""

    def error(self, message: str) -> NoReturn:
        if looks_like_database_address(message):
            message = "what is no verb, option or day may be an address that holds a password, and is not repeated"
        self.exit(2, f"partnership: {visible(message)}; `{self.prog} --help` says what may be written\n")


class _Version(Action):
    """Prints the version; it is looked up only where it is asked for."""

    def __call__(self, parser: ArgumentParser, *_: object) -> NoReturn:
        import partnership  # noqa: PLC0415  as above

        sys.stdout.write(f"partnership {partnership.__version__}\n")
        parser.exit()


def parser() -> ArgumentParser:
    """Return what reads the command line; every verb has a help of its own, with its keys and examples."""
    whole = _Parser("partnership", usage="partnership VERB RECORD …", description=_ABOUT, epilog=_MORE, **_HOW)
    whole.add_argument("--version", action=_Version, nargs=0, help="print the version and exit")
    verbs = whole.add_subparsers(dest="verb", required=True, prog="partnership", metavar="VERB")

    show = _verb(verbs, "show", "what is known: of all, of a family, or of one subject", _SHOW, "reading")
    show.add_argument("what", nargs="?", metavar="WHAT", help="a family (meetings, documents, …) or a subject")
    _cuts(show)

    overdue = _verb(verbs, "overdue", "what should have come, and who said that it would", _OVERDUE, "reading")
    _cuts(overdue)

    why = _verb(verbs, "why", "who said what of a subject, when, and what lost", _WHY, "reading")
    why.add_argument("subject", metavar="SUBJECT", help="kind:slug, or a slug that only one subject has")
    why.add_argument("--field", help="only the reasons for this field of its state")
    _cuts(why)

    diff = _verb(verbs, "diff", "what was learned, happened and fell due", _DIFF, "reading")
    diff.add_argument("before", metavar="BEFORE", help="the earlier day, as 2020-11-16")
    diff.add_argument("after", metavar="AFTER", help="the later day")

    page = _verb(verbs, "page", "write a page that can be mailed", _PAGE, "writing a page of")
    page.add_argument("file", metavar="FILE.html", help="the page; one that is there is replaced")
    page.add_argument("--title", metavar="TEXT", help="its heading; the name of the file unless given")
    _cuts(page)

    verify = _verb(verbs, "verify", "check that the record holds what was written to it", _VERIFY, "verifying")
    verify.add_argument("--head", metavar="FILE", help="a head that was kept: the log must still begin with it")

    export = _verb(verbs, "export", "write the entries as a file of lines", _EXPORT, "exporting")
    export.add_argument("file", metavar="FILE.jsonl", help="the lines; lines that are there are replaced")
    export.add_argument("--all", action="store_true", help="for the desk's own copy: what must not leave it too")
    _cuts(export)

    taking = _verb(verbs, "import", "read files of lines into a record", _IMPORT, "importing into")
    taking.add_argument("files", nargs="+", metavar="FILE.jsonl", help="lines that partnership.write wrote")
    return whole


def _verb(verbs: Any, name: str, does: str, more: str, doing: str) -> ArgumentParser:  # noqa: ANN401  argparse's own
    told = {"help": does, "description": f"{does[0].upper()}{does[1:]}.", "epilog": more}
    one: ArgumentParser = verbs.add_parser(name, **told, **_HOW)
    one.add_argument("record", metavar="RECORD", help="the record's file")
    one.add_argument("--json", action="store_true", help="for programs, with the keys below")
    one.add_argument("--kinds", action="append", default=[], metavar="MODULE:NAME", help="your own kinds of subject")
    one.set_defaults(doing=doing)
    return one


def _cuts(verb: ArgumentParser) -> None:
    verb.add_argument("--as-of", metavar="DAY", help="as it stood on this day")
    verb.add_argument("--known", metavar="DAY", help="as far as it was known on this day")
