"""Citations of sources: CSL-JSON, which Zotero, pandoc and citeproc read, and BibTeX.

A key is made of the document itself, so the same document has the same key in every file. Of dates that are no day,
month or year, CSL-JSON has seasons and approximate ones, and all others in words; in BibTeX they stand in the note.

Sources: Citation Style Language 1.0.2, appendix of the schema (csl-data.json); BibTeXing (Oren Patashnik, 1988).
"""

# ruff: noqa: RUF001  a table of characters that look like others
from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from hashlib import sha256
from os import PathLike
from typing import Any

from attrs import evolve

from partnership._atomic_write import replace_file
from partnership.errors import InvalidValue, visible
from partnership.io.outgoing import FileResult, without_private
from partnership.record.view import View
from partnership.values.date_words import in_words
from partnership.values.sources import DESK, Source, SourceKind
from partnership.values.text import file_path
from partnership.values.when import When

_CSL_TYPES: Mapping[SourceKind | None, tuple[str, str | None]] = {
    "official-text": ("document", None),
    "official-release": ("document", "Press release"),
    "scholarly": ("article", None),
    "news": ("article-newspaper", None),
    "op-ed": ("article-newspaper", "Opinion"),
    "desk-note": ("document", "Note"),
    None: ("document", None),
}
"""Type and genre of a kind of source."""
_OUTLETS = ("news", "op-ed")
"""Kinds whose publisher is the paper or agency in which they appear; of all others it is the author too."""
_CSL_DATE = re.compile("([0-9]{4})(?:-(0[1-9]|1[0-2]|2[1-4])(?:-([0-9]{2}))?)?([~?%]?)")
"""A date in EDTF that CSL-JSON has numbers for: a year, a season or month, a day, perhaps a doubtful one."""
_CSL_SEASONS = {"21": 1, "22": 2, "23": 3, "24": 4}
_BIBTEX_BEGINNING = b"% Sources of a record, written by partnership\n"
_CSL_BEGINNINGS = (b'[\n  {\n    "id": "', b"[]")
_BIBTEX_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # noqa: SIM905


_IDENTIFYING = ("publisher", "published", "kind", "title", "url", "language", "locator", "via")
"""The fields of a document that its key is made of, where they have a value: all but the day on which it was read."""


@lru_cache(maxsize=1024)  # a document is cited by many claims
def citation_key(source: Source) -> str:
    """Return the key of a document: its publisher, its year and a hash. When it was read is no part of it.

    >>> citation_key(Source("VNA", published="2020-11-16"))
    'vna-2020-6d334a43'
    """
    letters = "".join(letter for letter in unicodedata.normalize("NFKD", source.publisher) if letter.isascii())
    publisher = "-".join(re.findall("[a-z0-9]+", letters.lower()))[:40].strip("-") or "source"
    years = _common(source.published, 1)
    year = f"{years[0]:04}" if years else "undated"
    values = {name: getattr(source, name) for name in _IDENTIFYING}
    parts = {name: str(value) for name, value in values.items() if value is not None}
    return f"{publisher}-{year}-{sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:8]}"


def csl(sources: Iterable[Source]) -> list[dict[str, Any]]:
    """Return documents as items of CSL-JSON, each once, sorted by their keys.

    >>> (item,) = csl([Source("VNA", published="2020-09~", kind="news", title="Ties hailed")])
    >>> item["title"], item["issued"], item["container-title"]
    ('Ties hailed', {'date-parts': [[2020, 9]], 'circa': True}, 'VNA')

    Args:
        sources: documents, such as those of `View.sources`, which has private ones too; `write_citations` leaves these
            out.

    Raises:
        InvalidValue: something given is not a source.
    """
    return [_csl_item(key, source) for key, source in _by_key(sources).items()]


def bibtex(sources: Iterable[Source]) -> str:
    r"""Return documents as entries of BibTeX, each once, sorted by their keys.

    Characters that LaTeX takes for commands are escaped, and accented Latin letters are written as LaTeX writes them.
    Other scripts stay as they are, since LaTeX has no commands for them: use biber, XeLaTeX or LuaLaTeX for these.

    >>> print(bibtex([Source("VNA", published="2020-09", title="Việt Nam & ASEAN: 5 %")]))
    @misc{vna-2020-ee2b3a13,
      author = {{VNA}},
      title = {{Vi{\d{\^e}}t Nam \& ASEAN: 5 \%}},
      year = {2020},
      month = sep,
    }
    <BLANKLINE>

    Args:
        sources: as for `csl`.

    Raises:
        InvalidValue: something given is not a source.
    """
    return "\n".join(_bibtex_entry(key, source) for key, source in _by_key(sources).items())


def write_citations(view: View, path: str | PathLike[str]) -> FileResult:
    """Write the sources of a view to a file: BibTeX where its name ends in ``.bib``, CSL-JSON for ``.json``.

    Private entries are left out, and so is what only they cite. Corrections of its own by the desk cite nothing.

    >>> from tempfile import TemporaryDirectory
    >>> import partnership as ps
    >>> from partnership.events import MeetingHeld
    >>> record = ps.open(":memory:")
    >>> entries = record.add(MeetingHeld("council", on="2020-06-17"), source=Source("VNA", published="2020-06-18"))
    >>> with TemporaryDirectory() as folder:
    ...     print(ps.write_citations(record, f"{folder}/sources.bib"))
    1 source.

    Args:
        view: a record, or a view of one.
        path: the file. An existing file of this function is replaced, as a whole or not at all.

    Returns:
        How many sources there are, and how many private entries were left out.

    Raises:
        InvalidValue: the name of the file has another ending.
        NotARecord: the path has a file of another kind; it is not overwritten.
        ReadOnly, StorageFull, StorageError: the file cannot be written. An existing file is unchanged.
    """
    place = file_path(path, "give the name of a file, 'sources.bib' or 'sources.json'")
    if not place.endswith((".bib", ".json")):
        raise InvalidValue(
            place, "ends in neither .bib nor .json", "write sources.bib for BibTeX, sources.json for CSL"
        )
    shareable, left_out = without_private(view)
    sources = _by_key(cited_sources(shareable)).values()
    if place.endswith(".bib"):
        replace_file(place, _BIBTEX_BEGINNING + b"\n" + bibtex(sources).encode(), _BIBTEX_BEGINNING)
    else:
        content = json.dumps(csl(sources), ensure_ascii=False, indent=2) + "\n"
        replace_file(place, content.encode(), *_CSL_BEGINNINGS)
    return FileResult(len(sources), "source", "sources", left_out)


def cited_sources(view: View) -> list[Source]:
    """Return the documents that the claims of a view cite, with the days on which they were read."""
    with view.consistent():
        cited = {*view.sources}.difference([DESK])
        read = {(entry.claim.source, entry.remarks.retrieved) for entry in view.entries()}
    return [evolve(source, retrieved=day) for source, day in read if source in cited]


def _by_key(sources: Iterable[Source]) -> dict[str, Source]:
    """Return documents by key, in the order of the keys; of one that was read on several days, the last day."""
    found: dict[str, Source] = {}
    for source in (sources,) if isinstance(sources, Source | View | str) else sources:
        if not isinstance(source, Source):
            raise InvalidValue(source, "is not a source", "give sources, as record.sources")
        key = citation_key(source)
        days = [day for day in (source.retrieved, key in found and found[key].retrieved) if day]
        found[key] = evolve(source, retrieved=max(days) if days else None)
    return dict(sorted(found.items()))


# ---- CSL-JSON ----


def _csl_item(key: str, source: Source) -> dict[str, Any]:
    kind, genre = _CSL_TYPES[source.kind]
    if kind == "document" and source.url and source.kind in (None, "official-release"):
        kind = "webpage"
    is_outlet = source.kind in _OUTLETS
    values = {
        "id": key,
        "type": kind,
        "genre": genre,
        "title": visible(source.title) if source.title else None,
        "author": None if is_outlet else [{"literal": visible(source.publisher)}],
        "container-title": visible(source.publisher) if is_outlet else None,
        "publisher": visible(source.publisher),
        "issued": _csl_date(source.published) if source.published else None,
        "accessed": _date_parts(source.retrieved.timetuple()[:3]) if source.retrieved else None,
        "URL": source.url,
        "language": source.language,
        "note": _note(source),
    }
    return {name: value for name, value in values.items() if value is not None}


def _csl_date(when: When) -> Any:  # noqa: ANN401  a text or an object of JSON
    """Return a date as CSL-JSON has it: numbers if it is a day, a month, a season or a year, else words.

    The schema takes EDTF too, as a text, on which processors of citations fail.
    """
    match = _CSL_DATE.fullmatch(when.text)
    if match is None:
        return {"literal": in_words(when)}
    year, month, day, doubt = match.groups()
    date: dict[str, Any] = _date_parts(int(part) for part in (year, month, day) if part)
    if month in _CSL_SEASONS:
        date = {**_date_parts([int(year)]), "season": _CSL_SEASONS[month]}
    return {**date, "circa": True} if doubt else date


def _date_parts(numbers: Iterable[int]) -> dict[str, list[list[int]]]:
    return {"date-parts": [[*numbers]]}


def _numbers(when: When) -> tuple[int, ...]:
    """Return year, month and day of a date, as many as are known for certain; nothing if it is no such date.

    >>> _numbers(When("2020-09")), _numbers(When("2020-09~")), _numbers(When("2020-21"))
    ((2020, 9), (), ())
    """
    if not re.fullmatch(r"[0-9]{4}(-(0[1-9]|1[0-2])(-[0-9]{2})?)?", when.text):
        return ()
    return tuple(map(int, when.text.split("-")))


def _note(source: Source) -> str | None:
    """Return what a citation has no field of its own for."""
    parts = [source.locator, f"read via {source.via}" if source.via else None]
    return visible("; ".join(part for part in parts if part)) or None


# ---- BibTeX ----


def _bibtex_entry(key: str, source: Source) -> str:
    published, retrieved = source.published, source.retrieved
    numbers = _numbers(published) if published else ()
    year, month = numbers[:1] or _common(published, 1), numbers[1:2] or _common(published, 2)
    notes = [_note(source), f"dated {in_words(published)}" if published and not numbers else None]
    note = "; ".join(text for text in notes if text)
    fields = {
        "author": f"{{{{{_latex(source.publisher)}}}}}",  # two pairs of braces: it is the name of no person
        "title": f"{{{{{_latex(source.title)}}}}}" if source.title else None,
        "year": f"{{{year[0]:04}}}" if year else None,
        "month": _BIBTEX_MONTHS[month[0] - 1] if month else None,
        "day": f"{{{numbers[2]}}}" if len(numbers) > 2 else None,  # noqa: PLR2004  year, month and day
        "url": f"{{{source.url.replace('{', '%7B').replace('}', '%7D')}}}" if source.url else None,
        "urldate": f"{{{retrieved.isoformat()}}}" if retrieved else None,
        "language": f"{{{source.language}}}" if source.language else None,
        "note": f"{{{_latex(note)}}}" if note else None,
    }
    lines = [f"  {name} = {value}," for name, value in fields.items() if value is not None]
    return "\n".join([f"@misc{{{key},", *lines, "}", ""])


def _common(when: When | None, most: int) -> tuple[int, ...]:
    """Return the year, or the month, in which all possible days of a date lie; nothing if they lie in several."""
    if when is None or when.earliest is None or when.latest is None:
        return ()
    first, last = (day.timetuple()[:most] for day in (when.earliest, when.latest))
    return (first[-1],) if first == last else ()


_LATEX = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "$": r"\$", "&": r"\&",
    "#": r"\#", "%": r"\%", "_": r"\_", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}", "<": r"\textless{}",
    ">": r"\textgreater{}", "|": r"\textbar{}", '"': r"\textquotedbl{}",
    "–": "--", "—": "---", "‘": "`", "’": "'", "“": "``", "”": "''", "…": r"\ldots{}", "\u00a0": "~",
    "ß": r"{\ss}", "æ": r"{\ae}", "Æ": r"{\AE}", "œ": r"{\oe}", "Œ": r"{\OE}", "ø": r"{\o}", "Ø": r"{\O}",
    "ł": r"{\l}", "Ł": r"{\L}", "đ": r"{\dj}", "Đ": r"{\DJ}", "ı": r"{\i}", "þ": r"{\th}", "Þ": r"{\TH}",
    "ð": r"{\dh}", "Ð": r"{\DH}", "€": r"\texteuro{}", "£": r"\pounds{}", "§": r"\S{}", "«": r"\guillemotleft{}",
    "»": r"\guillemotright{}",
}  # fmt: skip
"""What LaTeX writes for a character. Braces are never escaped with a backslash, since BibTeX counts them all."""
_ACCENTS = {
    "\u0300": "`", "\u0301": "'", "\u0302": "^", "\u0303": "~", "\u0304": "=", "\u0306": "u", "\u0307": ".",
    "\u0308": '"', "\u030a": "r", "\u030b": "H", "\u030c": "v", "\u0323": "d", "\u0327": "c", "\u0328": "k",
    "\u0331": "b",
}  # fmt: skip
"""The commands of LaTeX for accents, by the combining character."""
_BELOW = ("\u0323", "\u0327", "\u0328", "\u0331")
"""Accents below the letter, which LaTeX puts under a letter that has those above already."""


def _latex(text: str) -> str:
    r"""Return a text of one line as LaTeX writes it.

    >>> print(_latex("Łódź, 50 % of {A_1}"))
    {\L}{\'o}d{\'z}, 50 \% of \textbraceleft{}A\_1\textbraceright{}
    """
    return "".join(_LATEX.get(letter) or _accented(letter) for letter in unicodedata.normalize("NFC", visible(text)))


def _accented(letter: str) -> str:
    """Return a letter with its accents as commands; the letter itself if one of them has none."""
    decomposed = unicodedata.normalize("NFD", letter)
    base, marks = decomposed[0], decomposed[1:]
    if not marks or not base.isascii() or any(mark not in _ACCENTS for mark in marks):
        return letter
    written = base
    for mark in sorted(marks, key=lambda mark: mark in _BELOW):  # of several above, the nearest to the letter is first
        accent = _ACCENTS[mark]
        written = f"\\{accent}{{{written}}}" if accent.isalpha() or written != base else f"\\{accent}{written}"
    return f"{{{written}}}"
