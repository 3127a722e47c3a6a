"""Record an article from JSON, as a form or a language model fills it in from the schema: first a draft, then mended.

    python examples/from_article.py [where-to-put-the-file.db]

The interview of 16 November 2020 is real. ``from_article_draft.json`` has the slips that people and programs make; each
is refused with its place, the reason and what to write. ``from_article.json`` is the document without them.
"""

from __future__ import annotations

import json
import signal
import sys
from pathlib import Path
from typing import Any

import partnership as ps
from partnership.errors import InvalidSubmission
from partnership.values.date_words import in_words

FOLDER = Path(__file__).parent


def document(name: str) -> dict[str, Any]:
    """Return a document beside this file. It is not trusted: `read_submission` checks every part of it."""
    parsed: dict[str, Any] = json.loads((FOLDER / name).read_text("utf-8"))
    return parsed


def print_refusals(draft: dict[str, Any]) -> None:
    """Print what is wrong with a draft: all of it at once, so that it is mended in one go."""
    try:
        ps.read_submission(draft)
    except InvalidSubmission as refused:
        print(f"Nothing of the draft is recorded; {len(refused.refusals)} things are refused:\n")
        for refusal in refused.refusals:
            print(f"  {refusal}")


def main() -> None:
    """Print what is wrong with the draft, record the mended document, and print what it says is to come."""
    print_refusals(document("from_article_draft.json"))
    submission = ps.read_submission(document("from_article.json"))
    with ps.open(sys.argv[1] if len(sys.argv) > 1 else ":memory:", partnership="asean-russia") as record:
        entries = record.submit(submission)
        print(f"\nOf the mended document, {len(entries)} claims are recorded, as {submission.source} has them.")
        print("\nTo come, as known on that day:\n")
        for plan in record.as_of("2020-11-16").upcoming():
            print(f"  {in_words(plan.planned) if plan.planned else '':24} {plan.title}")
        print("\nOverdue on 1 February 2021, as JSON:\n")
        overdue = [plan for plan in record.as_of("2021-02-01").overdue() if plan.standing == "overdue"]
        print(json.dumps([{"subject": plan.subject, "planned": str(plan.planned)} for plan in overdue], indent=2))


if __name__ == "__main__":
    if hasattr(signal, "SIGPIPE"):  # Windows has none
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # "… | head" ends quietly
    main()
