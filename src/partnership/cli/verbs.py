"""The verbs of the command line: one row of a table for each, with its arguments and its help."""

from __future__ import annotations

from typing import Any, NamedTuple


class Argument(NamedTuple):
    """An argument of a verb, as `argparse.ArgumentParser.add_argument` takes it.

    Attributes:
        names: its name, or the spellings of an option.
        options: the other arguments.
    """

    names: tuple[str, ...]
    options: dict[str, Any]


class Verb(NamedTuple):
    """A verb of the command line.

    Attributes:
        name: as it is written.
        purpose: the heading under which the help lists it.
        summary: what it does, in one line.
        function: the function in `partnership.cli` that carries it out, ``module.function``.
        activity: what the terminal shows while it runs, before the name of the record.
        arguments: those beside RECORD and the options of all verbs.
        details: the rest of its help.
        has_record: whether it is about a record.
        is_list: whether its answer is a list, which ``--csv`` and ``--xlsx`` write as a table.
    """

    name: str
    purpose: str
    summary: str
    function: str
    activity: str
    arguments: tuple[Argument, ...]
    details: str
    has_record: bool = True
    is_list: bool = False


def _argument(*names: str, **options: Any) -> Argument:  # noqa: ANN401  as argparse takes them
    return Argument(names, options)


_FILL, _MEND, _ASK, _HAND_ON, _CHECK = (
    "start and fill a record", "mend what was entered", "ask", "hand on", "check",
)  # fmt: skip

_AS_OF = _argument("--as-of", metavar="DAY", help="as it stood on this day")
_KNOWN = _argument("--known", metavar="DAY", help="as far as it was known on this day")
_TIME = (_AS_OF, _KNOWN)
_PARTY = _argument("--party", metavar="PARTY", help="only what names this party: its code or name")
_KIND = _argument("--kind", metavar="KIND", help="only this kind of subject (meeting, document, …)")
_FILTERS = (_PARTY, _KIND)
_DRY_RUN = _argument("--dry-run", action="store_true", help="show what would change, and write nothing")
_REASON = _argument("--reason", metavar="TEXT", help="why; others read it wherever the claim is shared")
_SOURCE = (
    _argument("--publisher", metavar="NAME", help="who published the document"),
    _argument("--published", metavar="DATE", help="when: 2020-11-16, 16 November 2020, November 2020"),
    _argument("--kind-of-source", metavar="KIND", help="news, official-release, official-text, desk-note, …"),
    _argument("--title", metavar="TEXT", help="its title"),
    _argument("--url", metavar="URL", help="its address"),
    _argument("--speaker", metavar="NAME", help="who is quoted in it"),
)
_ENTRY = _argument("entry", metavar="ENTRY", help="the id that find or claims shows, or a subject with one claim")

_TIME_OPTIONS = """\
--as-of DAY shows the world up to that day, from what was published by then.
--known DAY shows all that was known on that day, plans included. With both:
the world up to the first day, as it was known on the second.
"""
_FILTER_OPTIONS = """\
--party PARTY keeps the subjects of which a claim names that party, by its code
or its name (CA, Canada), --kind KIND those of one kind.
"""
_DESK_OR_SOURCE = """\
Without the options of a source, the desk mends its own slip, in every answer.
With --publisher (and --published …), the publisher itself did so in a
document, and answers as of an earlier day still show what it said before.
"""
_JSON_KEYS = """\
keys of --json (stable; a value that is not known is null; dates are written as
in the record: 2020-06, 2021-33):
"""
_ITEM_KEYS = """\
subject, title,
    act, planned, timing, is_undated, force, since, previous_dates, days,
    is_context, by, detail, put_off, claims, owed_by, owed_as_host,
    said_by (source, speaker, certainty)"""

_NEW = f"""\
An existing file is refused. A name lets two desks merge their records, and no
others be merged by mistake.

examples:
  partnership new asean-russia.db --partnership asean-russia
  partnership new postgresql://desk@localhost/desk --partnership asean-russia

{_JSON_KEYS}  record, partnership
"""
_ADD = f"""\
A document in JSON, as `partnership schema` describes it; a sheet, as
`partnership template` makes it, or your own; - for JSON that is piped in. With
no FILE, a terminal asks field by field.

Everything that cannot be taken is said at once, and then nothing is written
(exit code 2). Entries that the record has already are not added again. The
options of a source are for documents and rows that name none.

examples:
  partnership add asean-russia.db
  partnership add asean-russia.db article.json --dry-run
  partnership add asean-russia.db meetings.xlsx
  partnership add asean-russia.db old.csv --event meeting-held --map Datum=on
  partnership add asean-russia.db notes.json --private

{_JSON_KEYS}  written, claims (entry, claim, subject, event, is_new),
    refusals (where, value, reason, advice, near)
"""
_SCHEMA = f"""\
JSON Schema, draft 2020-12, of the documents that `partnership add` takes: for
forms, services and language models.

example:
  partnership schema > submission.schema.json

{_JSON_KEYS}  those of the schema, which is printed in any case
"""
_TEMPLATE = f"""\
One row is one claim. The columns have the allowed values as lists to choose
from, and the first row is an example, which is not read. In the column event
stands what happened: meeting-held, meeting-postponed, ….

kinds:
  aid, assessment, commitment, count, course, dialogue, distinction,
  document, doubt, external-event, fund, incident, line, measure, meeting,
  membership, mission, network, participation, party, plan, project,
  proposal, relation, request, role, series, statement, statistic, status,
  themed-year, visit

examples:
  partnership template meetings.xlsx meeting
  partnership template pledges.csv commitment-made

{_JSON_KEYS}  file, for
"""
_IMPORT = f"""\
All of the lines or none. RECORD is created if it does not exist; entries that
it has already are not added again. - or /dev/stdin reads what is piped in.

examples:
  partnership import asean-russia.db claims.jsonl judgements.jsonl
  cat claims.jsonl | partnership import asean-russia.db -

{_JSON_KEYS}  record, added, entries
"""
_CORRECT = f"""\
The entry stays, and another one says what it should have stated. Fields that
are not named keep their values; FIELD= removes one. A list is written with ;
between its values, a date as people write it: "17 June 2020".

{_DESK_OR_SOURCE}
examples:
  partnership correct asean-russia.db special-fmm-2020 on=2020-06-18
  partnership correct asean-russia.db 3fa2b1c0 place=Sochi --reason mistyped
  partnership correct asean-russia.db 3fa2b1c0 host= by="RU; ASEAN" --dry-run

{_JSON_KEYS}  written, entry, claim, subjects,
    changes (subject, field, before, after)
"""
_RETRACT = f"""\
The entry stays in the log, and counts no more. A retraction has an id too, and
can be retracted.

{_DESK_OR_SOURCE}
examples:
  partnership retract asean-russia.db 3fa2b1c0 --reason "about another meeting"
  partnership retract asean-russia.db 3fa2b1c0 --publisher TASS

{_JSON_KEYS}  written, entry, claim, subjects,
    changes (subject, field, before, after)
"""
_SAME = f"""\
Both names stay valid, and the alphabetically first is shown. Retract the entry
to part the two again.

{_DESK_OR_SOURCE}
examples:
  partnership same asean-russia.db meeting:summit-3 meeting:third-summit
  partnership same asean-russia.db course:a course:b --dry-run

{_JSON_KEYS}  written, entry, claim, subjects,
    changes (subject, field, before, after)
"""
_SHOW = f"""\
{_TIME_OPTIONS}
{_FILTER_OPTIONS}
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
The newest first; then what is perhaps overdue ("about June", asked in July),
what is past and was only possible or hoped for, and what is planned or
postponed without a date, and since when. That no outcome is known does not
prove that nothing happened: it may have happened without any source here that
says so.

{_TIME_OPTIONS}
{_FILTER_OPTIONS}
examples:
  partnership overdue asean-russia.db
  partnership overdue asean-russia.db --as-of 2021-02-01 --json
  partnership overdue asean-russia.db --party RU --kind commitment

{_JSON_KEYS}  today; overdue, perhaps_overdue, lapsed, without_date ({_ITEM_KEYS})
  since: when the plan became known, not when it fell due; days: since the last
    day that was planned, or without a date, since that became known; owed_by:
    the parties that a source names as acting, giving, hosting, taking part or
    expected in a role, owed_as_host: whether as hosts
"""
_CALENDAR = f"""\
The soonest first; then the plans that have moved, with their earlier dates.
What is past is in `partnership overdue`.

{_TIME_OPTIONS}
{_FILTER_OPTIONS}
examples:
  partnership calendar asean-russia.db
  partnership calendar asean-russia.db --as-of 2020-11-20 --until 2020-12-31
  partnership calendar asean-russia.db --ics asean-russia.ics

{_JSON_KEYS}  today; planned ({_ITEM_KEYS}),
    moved (subject, title, earlier, planned, act, by, detail)
  with --ics: file, events, tasks, undated, left_out
"""
_OUTCOMES = f"""\
Held, signed, delivered or cancelled, with the day and who says so; or overdue,
open without a date, or to come. A plan that moved is one row with all its
dates, the first one first. --since and --until keep a plan without a date by
the days on which it was announced and came about.

{_TIME_OPTIONS}
{_FILTER_OPTIONS}
examples:
  partnership outcomes asean-russia.db
  partnership outcomes asean-russia.db --kind meeting --csv
  partnership outcomes asean-russia.db --as-of 2021-12-31 --party RU
  partnership outcomes asean-russia.db --since 2021-01-01 --until 2021-12-31

{_JSON_KEYS}  today; outcomes ({_ITEM_KEYS}),
    and in each standing (overdue, perhaps-overdue, lapsed, without-date,
    to-come, past, ended), outcome (the event that ended it), outcome_on,
    is_outcome_disputed, outcome_claims, outcome_said_by
"""
_WHO = f"""\
In hindsight: from all that is known today, also what was published after that
day. --known DAY asks what was known on a day. Nobody is said not to have held
it unless a source excludes that.

examples:
  partnership who asean-russia.db asean-chair --on 2020-06-17
  partnership who asean-russia.db asean-chair --known 2020-07-01

{_JSON_KEYS}  role, day, known, is_vacant; surely, possible, not_then (holder, person,
    terms, days, is_expected, tenure, claims, said_by (source, speaker,
    certainty))
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
_CLAIMS = f"""\
In the order in which they were entered, with the ids that correct and retract
take.

{_TIME_OPTIONS}
{_FILTER_OPTIONS}
examples:
  partnership claims asean-russia.db special-fmm-2020
  partnership claims asean-russia.db --party RU --kind commitment

{_JSON_KEYS}  claims (entry, claim, subject, event, fields, source, speaker, certainty,
    inferred, note, shared, is_superseded, recorded_at, by)
"""
_FIND = f"""\
In subjects, titles, wordings, notes, publishers and speakers; case and accents
make no difference. Every word must be there.

{_TIME_OPTIONS}
{_FILTER_OPTIONS}
examples:
  partnership find asean-russia.db vaccine
  partnership find asean-russia.db "smart cities" --kind project

{_JSON_KEYS}  found (subject, field, text, is_superseded, entry, claim, source, speaker)
"""
_DISPUTES = f"""\
Every value on which sources differ, with all sides and the rule that chose.

{_TIME_OPTIONS}
{_FILTER_OPTIONS}
example:
  partnership disputes asean-russia.db --kind meeting

{_JSON_KEYS}  disputes (subject, names, fields, rule, doubt, sentence,
    sides (value, because)); because: as of `partnership why`
"""
_FINDINGS = f"""\
Contradictions, gaps and odd courses of events; what most needs a person first.

{_TIME_OPTIONS}
{_FILTER_OPTIONS}
example:
  partnership findings asean-russia.db

{_JSON_KEYS}  findings (slug, subject, claims, sentence, nature, grade)
"""
_DIFF = f"""\
In three parts: what was learned later about the time before the earlier day,
what happened since, and what became overdue without any new claim.

{_FILTER_OPTIONS}
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
_EXPORT = f"""\
One entry per line; the same entries give the same bytes. Private entries are
left out, and the output says how many. The others are written with every note,
correction, retraction and preference.

{_TIME_OPTIONS}
example:
  partnership export asean-russia.db asean-russia.jsonl

{_JSON_KEYS}  file, written, left_out
"""
_COMPARE = f"""\
Two records, or what two publishers say in one: what only one of them has, and
the fields that differ. --here and --there name publishers.

{_TIME_OPTIONS}
examples:
  partnership compare asean-russia.db theirs.db
  partnership compare asean-russia.db --here "MFA of Russia" --there TASS

{_JSON_KEYS}  here, there, changes (subject, field, before, after), only_here,
    only_there, overdue_here, overdue_there
"""
_CITE = f"""\
BibTeX where the name of the file ends in .bib, CSL-JSON where in .json.
Sources that only private entries cite are left out.

{_TIME_OPTIONS}
examples:
  partnership cite asean-russia.db sources.bib
  partnership cite asean-russia.db sources.json --as-of 2021-12-31

{_JSON_KEYS}  file, written, left_out
"""
_LINK = f"""\
schema.org as JSON-LD where the name of the file ends in .jsonld, and the
claims as PROV-JSON where in .json.

{_TIME_OPTIONS}
examples:
  partnership link asean-russia.db asean-russia.jsonld
  partnership link asean-russia.db claims.json --base https://example.org/

{_JSON_KEYS}  file, written, left_out
"""
_BACKUP = f"""\
A faithful copy: every entry, private ones too, with when and by whom it was
recorded, and the same head of the log. export is for others: it has only the
entries that may be shared, and not when and by whom they were recorded.

examples:
  partnership backup asean-russia.db 2026-11-29.db
  partnership backup asean-russia.db copy.db --replace

{_JSON_KEYS}  file, head (partnership, size, root)
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

VERBS = (
    Verb("new", _FILL, "start a record", "writing_verbs.new", "creating", (), _NEW),
    Verb(
        "add", _FILL, "add what a document states, from JSON, a sheet or by asking", "add_verbs.add", "adding to",
        (
            _argument("file", nargs="?", metavar="FILE", help=".json, .xlsx, .ods or .csv; - for a pipe"),
            _argument("--dry-run", action="store_true", help="say what would be recorded, and write nothing"),
            _argument("--private", action="store_true", help="keep these entries out of pages and other files"),
            _argument("--event", metavar="EVENT", help="of rows that name none, such as meeting-held"),
            _argument("--map", action="append", default=[], metavar="HEADING=COLUMN", help="of your own sheet"),
            _argument("--day-first", action="store_true", help="03/04/2026 is 3 April"),
            _argument("--sheet", metavar="NAME", help="of a workbook with several sheets"), *_SOURCE,
        ), _ADD,
    ),
    Verb(
        "template", _FILL, "write a sheet to be filled in", "add_verbs.template", "writing",
        (
            _argument("file", metavar="FILE", help="the sheet, .xlsx or .csv"),
            _argument("what", metavar="KIND|EVENT", help="a kind, for all its events, or one event"),
        ), _TEMPLATE, has_record=False,
    ),
    Verb(
        "schema", _FILL, "print what a document in JSON may hold", "add_verbs.schema", "reading the schema", (),
        _SCHEMA, has_record=False,
    ),
    Verb(
        "import", _FILL, "read files of lines into a record", "file_verbs.import_files", "importing into",
        (_argument("files", nargs="+", metavar="FILE.jsonl", help="files that partnership.write wrote"),), _IMPORT,
    ),
    Verb(
        "correct", _MEND, "say what an entry should have stated", "writing_verbs.correct", "correcting",
        (
            _ENTRY, _argument("fields", nargs="+", metavar="FIELD=VALUE", help="fields of its event, and their values"),
            _REASON, *_SOURCE, _DRY_RUN,
        ), _CORRECT,
    ),
    Verb(
        "retract", _MEND, "say that an entry should not exist", "writing_verbs.retract", "retracting in",
        (_ENTRY, _REASON, *_SOURCE, _DRY_RUN), _RETRACT,
    ),
    Verb(
        "same", _MEND, "say that two subjects are one", "writing_verbs.same", "joining names in",
        (
            _argument("one", metavar="SUBJECT", help="kind:slug"),
            _argument("other", metavar="OTHER", help="another subject of the same kind"), _REASON, *_SOURCE, _DRY_RUN,
        ), _SAME,
    ),
    Verb(
        "show", _ASK, "what is known: of all, of a family, or of one subject", "query_verbs.show", "reading",
        (
            _argument("what", nargs="?", metavar="WHAT", help="a family (meetings, documents, …) or a subject"),
            *_TIME, *_FILTERS,
        ), _SHOW, is_list=True,
    ),
    Verb(
        "overdue", _ASK, "what is past its planned day, who owes it, and who announced it", "list_verbs.overdue",
        "reading", (*_TIME, *_FILTERS), _OVERDUE, is_list=True,
    ),
    Verb(
        "calendar", _ASK, "what is to come", "list_verbs.calendar", "reading",
        (
            _argument("--until", metavar="DAY", help="only what may happen by this day"),
            _argument("--ics", metavar="FILE", help="write a file for calendars, without private entries"), *_TIME,
            *_FILTERS,
        ),
        _CALENDAR, is_list=True,
    ),
    Verb(
        "outcomes", _ASK, "what became of each plan", "list_verbs.outcomes", "reading",
        (
            _argument("--since", metavar="DAY", help="only what was planned for this day or later"),
            _argument("--until", metavar="DAY", help="only what was planned for this day or earlier"), *_TIME,
            *_FILTERS,
        ), _OUTCOMES, is_list=True,
    ),
    Verb(
        "who", _ASK, "who held a role or a chair on a day", "list_verbs.who", "reading",
        (
            _argument("role", metavar="ROLE", help="its slug, or role:slug"),
            _argument("--on", metavar="DAY", help="the day; today unless given"), _KNOWN,
        ), _WHO, is_list=True,
    ),
    Verb(
        "why", _ASK, "which sources support each value, and which differ", "query_verbs.why", "reading",
        (
            _argument("subject", metavar="SUBJECT", help="kind:slug, or a slug that only one subject has"),
            _argument("--field", help="only the reasons for this field of its state"), *_TIME,
        ), _WHY,
    ),
    Verb(
        "claims", _ASK, "what was entered, with its ids", "list_verbs.claims", "reading",
        (_argument("subject", nargs="?", metavar="SUBJECT", help="only those about this subject"), *_TIME, *_FILTERS),
        _CLAIMS, is_list=True,
    ),
    Verb(
        "find", _ASK, "the claims with these words", "list_verbs.find", "searching",
        (_argument("text", metavar="TEXT", help="one or more words"), *_TIME, *_FILTERS), _FIND, is_list=True,
    ),
    Verb(
        "disputes", _ASK, "where sources differ", "list_verbs.disputes", "reading", (*_TIME, *_FILTERS),
        _DISPUTES, is_list=True,
    ),
    Verb(
        "findings", _ASK, "what is odd, missing or contradictory", "list_verbs.findings", "reading",
        (*_TIME, *_FILTERS), _FINDINGS, is_list=True,
    ),
    Verb(
        "diff", _ASK, "what was learned, happened and fell due", "query_verbs.diff", "reading",
        (
            _argument("before", metavar="BEFORE", help="the earlier day, as 2020-11-16"),
            _argument("after", metavar="AFTER", help="the later day"), *_FILTERS,
        ), _DIFF, is_list=True,
    ),
    Verb(
        "compare", _ASK, "how two records or two publishers differ", "query_verbs.compare", "comparing",
        (
            _argument("other", nargs="?", metavar="OTHER", help="another record"),
            _argument("--here", metavar="PUBLISHER", help="only what it says, on this side"),
            _argument("--there", metavar="PUBLISHER", help="only what it says, on the other side"), *_TIME,
        ), _COMPARE,
    ),
    Verb(
        "page", _HAND_ON, "write the record as a single HTML file", "file_verbs.page", "writing a page of",
        (
            _argument("file", metavar="FILE.html", help="the page; replaces an older one"),
            _argument("--title", metavar="TEXT", help="its heading; the name of the file unless given"), *_TIME,
        ), _PAGE,
    ),
    Verb(
        "export", _HAND_ON, "write the entries as a file of lines", "file_verbs.export", "exporting",
        (
            _argument("file", metavar="FILE.jsonl", help="the file; replaces an older one"),
            _argument("--all", action="store_true", help="private entries too, for a copy of your own"), *_TIME,
        ), _EXPORT,
    ),
    Verb(
        "cite", _HAND_ON, "write the sources for a bibliography", "file_verbs.cite", "writing the sources of",
        (_argument("file", metavar="FILE", help="the file, .bib or .json; replaces an older one"), *_TIME), _CITE,
    ),
    Verb(
        "link", _HAND_ON, "write linked data: schema.org or PROV", "file_verbs.link", "writing linked data of",
        (
            _argument("file", metavar="FILE", help="the file, .jsonld or .json; replaces an older one"),
            _argument("--base", metavar="URL", help="with which identifiers begin"), *_TIME,
        ), _LINK,
    ),
    Verb(
        "backup", _CHECK, "copy the record faithfully", "file_verbs.backup", "copying",
        (
            _argument("file", metavar="FILE", help="the copy"),
            _argument("--replace", action="store_true", help="replace an earlier copy of this record"),
        ), _BACKUP,
    ),
    Verb(
        "verify", _CHECK, "check that the record holds what was written to it", "file_verbs.verify", "verifying",
        (_argument("--head", metavar="FILE", help="a head kept from before, with which the log must begin"),), _VERIFY,
    ),
)  # fmt: skip
"""All verbs, as the help lists them."""
