"""A page as HTML: one file that needs nothing else, in which every text of others is text.

Texts are escaped, addresses go through a list of schemes, and the page itself forbids all that is not in it: no
request, no script but its own, whatever a text may hold.

Source: ``hard_problems.md``, what comes out; W3C Content Security Policy 3, 2.3.1 (hashes of what stands in a page).
"""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from partnership.render.footnotes import on_one_line
from partnership.render.page import Page

__all__ = ["BEGINNING", "link", "markup"]

BEGINNING = b"<!DOCTYPE html>\n<!-- A page of a record, written by partnership. -->\n"
"""What every page begins with, by which it is known for one that may be written over."""

_FOLDER = Path(__file__).parent
_SCHEMES = re.compile(r"(https?://|mailto:)", re.IGNORECASE)


def link(address: str | None) -> str | None:
    """Return an address if it leads to a page or to a mailbox; None for any other, and for what would run.

    >>> link("https://asean.org"), link("javascript:alert(1)")
    ('https://asean.org', None)
    """
    return address if address and _SCHEMES.match(address) else None


def markup(page: Page) -> bytes:
    """Return a page as HTML."""
    making = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    making.filters.update(link=link, plain=on_one_line)
    style, script = ((_FOLDER / name).read_text("utf-8") for name in ("page.css", "page.js"))
    made = making.get_template("page.html.jinja").render(
        page=page, style=style, script=script, style_hash=_hash(style), script_hash=_hash(script)
    )
    return made.encode()


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
