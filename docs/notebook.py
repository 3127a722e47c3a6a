"""Run the notebook of the examples and write down what its cells show.

    python docs/notebook.py

IPython runs the cells in the folder of the notebook, one after the other, as a notebook does, but without a kernel:
nothing listens, and nothing of this machine comes into the file. A cell that fails ends it. A test compares the
notebook with what this writes, but for the bytes of its charts.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import matplotlib as mpl
from IPython.core.displayhook import DisplayHook
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from traitlets.config import Config

PLACE = Path(__file__).parent.parent / "examples" / "first_steps.ipynb"
INLINE = "module://matplotlib_inline.backend_inline"
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


class Results(DisplayHook):
    """What the last line of a cell comes to, in every form that it shows itself in; nothing is printed."""

    forms: Mapping[str, Any] | None = None

    def write_output_prompt(self) -> None:
        """Print no prompt."""

    def write_format_data(self, format_dict: Mapping[str, Any], md_dict: object = None) -> None:  # noqa: ARG002  as IPython calls it
        """Keep the forms."""
        self.forms = format_dict


def opened(folder: str) -> InteractiveShell:
    """Return a shell as a notebook has it, which keeps no history and draws into the page."""
    config = Config({"HistoryManager": {"enabled": False}})
    shell = InteractiveShell.instance(config=config, ipython_dir=folder, displayhook_class=Results)
    mpl.use(INLINE)
    from matplotlib_inline.backend_inline import configure_inline_support  # noqa: PLC0415  it looks for the shell

    configure_inline_support(shell, INLINE)
    return shell


def lines(text: str) -> list[str]:
    """Return a text as notebooks hold it."""
    return text.splitlines(keepends=True)


def shown(shell: InteractiveShell, text: str) -> Iterator[dict[str, Any]]:
    """Run a cell; yield what it prints, what it displays, and its result."""
    hook: Any = shell.displayhook
    hook.forms = None
    with capture_output() as captured:
        result = shell.run_cell(text, store_history=True)
    if not result.success:
        raise SystemExit(f"This cell fails:\n\n{text}\n\n{captured.stdout}{captured.stderr}")
    for name in ("stdout", "stderr"):
        if said := getattr(captured, name):
            yield {"name": name, "output_type": "stream", "text": lines(said)}
    for one in captured.outputs:
        yield {"data": in_lines(one.data), "metadata": {}, "output_type": "display_data"}
    if hook.forms:
        count = result.execution_count
        data = in_lines(hook.forms)
        yield {"data": data, "execution_count": count, "metadata": {}, "output_type": "execute_result"}


def in_lines(forms: Mapping[str, Any]) -> dict[str, Any]:
    """Return the forms of an output as notebooks hold them: a picture as one text, all else in lines."""
    return {name: forms[name] if name == "image/png" else lines(forms[name]) for name in sorted(forms)}


def cell(number: int, text: str, outputs: list[dict[str, Any]] | None, count: int) -> dict[str, Any]:
    """Return a cell; one without outputs, not even none, is text."""
    common = {"id": f"step-{number:02}", "metadata": {}, "source": lines(text)}
    if outputs is None:
        return {"cell_type": "markdown", **common}
    return {"cell_type": "code", "execution_count": count, **common, "outputs": outputs}


def executed(notebook: Mapping[str, Any]) -> dict[str, Any]:
    """Return a notebook with what its cells show now; of what it has, only kinds and texts of cells count."""
    cells = []
    with tempfile.TemporaryDirectory() as folder:
        shell = opened(folder)
        for number, one in enumerate(notebook["cells"], 1):
            text, count = "".join(one["source"]), shell.execution_count
            outputs = None if one["cell_type"] == "markdown" else list(shown(shell, text))
            cells.append(cell(number, text, outputs, count))
    return {"cells": cells, "metadata": METADATA, "nbformat": 4, "nbformat_minor": 5}


def main() -> None:
    """Run it where it lies, and print it or, with no word given, put it there."""
    os.chdir(PLACE.parent)
    told = json.dumps(executed(json.loads(PLACE.read_text("utf-8"))), indent=1, ensure_ascii=False) + "\n"
    if sys.argv[1:] == ["--print"]:
        sys.stdout.write(told)
    else:
        PLACE.write_text(told, "utf-8")


if __name__ == "__main__":
    main()
