"""Render a page as one HTML file without external resources.

Texts of sources are escaped, and their addresses become links only with a scheme of the list below. A Content
Security Policy in the page forbids every request and every script but its own (W3C CSP 3, 2.3.1: hashes), so that a
hostile text can do nothing even if escaping fails.
"""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from partnership.render.footnotes import on_one_line
from partnership.render.page import Page

BEGINNING = b"<!DOCTYPE html>\n<!-- A page of a record, written by partnership. -->\n"
"""The first bytes of every page. Only a file that begins with them is overwritten by a new page."""

_FOLDER = Path(__file__).parent
_SCHEMES = re.compile(r"(https?://|mailto:)", re.IGNORECASE)


def link(address: str | None) -> str | None:
    """Return an address with a scheme that is safe to link to; None for any other, such as ``javascript:``.

    >>> link("https://asean.org"), link("javascript:alert(1)")
    ('https://asean.org', None)
    """
    return address if address and _SCHEMES.match(address) else None


def render_html(page: Page) -> bytes:
    """Return a page as HTML in UTF-8."""
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(link=link, plain=on_one_line)
    style, script = ((_FOLDER / name).read_text("utf-8") for name in ("page.css", "page.js"))
    text = environment.get_template("page.html.jinja").render(
        page=page, style=style, script=script, style_hash=_csp_hash(style), script_hash=_csp_hash(script)
    )
    return text.encode()


def _csp_hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
