"""Run the example notebook and store the outputs of its cells in it.

    python docs/notebook.py            # update examples/first_steps.ipynb
    python docs/notebook.py --print    # print the result instead

IPython runs the cells in order, in the folder of the notebook, without a Jupyter kernel: no port is opened, and no
metadata of this machine gets into the file. The first cell that fails ends the run. A test compares the notebook with
the result, except for the bytes of charts, which depend on the version of matplotlib.
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

NOTEBOOK = Path(__file__).parent.parent / "examples" / "first_steps.ipynb"
INLINE = "module://matplotlib_inline.backend_inline"
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


class ResultHook(DisplayHook):
    """Keep the value of the last line of a cell in every format that it is displayed in, and print nothing.

    Attributes:
        formats: by MIME type; None if the last cell had no value.
    """

    formats: Mapping[str, Any] | None = None

    def write_output_prompt(self) -> None:
        """Print no prompt."""

    def write_format_data(self, format_dict: Mapping[str, Any], md_dict: object = None) -> None:  # noqa: ARG002  as IPython calls it
        """Keep the formats."""
        self.formats = format_dict


def open_shell(folder: str) -> InteractiveShell:
    """Return a shell as in a notebook: without history, and with charts in the output of their cell."""
    config = Config({"HistoryManager": {"enabled": False}})
    shell = InteractiveShell.instance(config=config, ipython_dir=folder, displayhook_class=ResultHook)
    mpl.use(INLINE)
    from matplotlib_inline.backend_inline import configure_inline_support  # noqa: PLC0415  it looks for the shell

    configure_inline_support(shell, INLINE)
    return shell


def lines(text: str) -> list[str]:
    """Return a text in the form in which notebooks store it: as a list of lines."""
    return text.splitlines(keepends=True)


def outputs_of(shell: InteractiveShell, source: str) -> Iterator[dict[str, Any]]:
    """Run a cell and yield its outputs: printed text, displays, and its value.

    Raises:
        SystemExit: the cell fails.
    """
    hook: Any = shell.displayhook
    hook.formats = None
    with capture_output() as captured:
        result = shell.run_cell(source, store_history=True)
    if not result.success:
        raise SystemExit(f"This cell fails:\n\n{source}\n\n{captured.stdout}{captured.stderr}")
    for name in ("stdout", "stderr"):
        if text := getattr(captured, name):
            yield {"name": name, "output_type": "stream", "text": lines(text)}
    for display in captured.outputs:
        yield {"data": stored_formats(display.data), "metadata": {}, "output_type": "display_data"}
    if hook.formats:
        count = result.execution_count
        data = stored_formats(hook.formats)
        yield {"data": data, "execution_count": count, "metadata": {}, "output_type": "execute_result"}


def stored_formats(formats: Mapping[str, Any]) -> dict[str, Any]:
    """Return the formats of an output as notebooks store them: an image as one string, all others as lines."""
    return {name: formats[name] if name == "image/png" else lines(formats[name]) for name in sorted(formats)}


def cell(number: int, source: str, outputs: list[dict[str, Any]] | None, count: int) -> dict[str, Any]:
    """Return a cell of code with its outputs, or a cell of text if `outputs` is None."""
    common = {"id": f"step-{number:02}", "metadata": {}, "source": lines(source)}
    if outputs is None:
        return {"cell_type": "markdown", **common}
    return {"cell_type": "code", "execution_count": count, **common, "outputs": outputs}


def execute(notebook: Mapping[str, Any]) -> dict[str, Any]:
    """Return the notebook with new outputs; only the types and sources of its cells are used."""
    cells = []
    with tempfile.TemporaryDirectory() as folder:
        shell = open_shell(folder)
        for number, old in enumerate(notebook["cells"], 1):
            source, count = "".join(old["source"]), shell.execution_count
            outputs = None if old["cell_type"] == "markdown" else list(outputs_of(shell, source))
            cells.append(cell(number, source, outputs, count))
    return {"cells": cells, "metadata": METADATA, "nbformat": 4, "nbformat_minor": 5}


def main() -> None:
    """Run the notebook, and store the result or print it."""
    os.chdir(NOTEBOOK.parent)
    text = json.dumps(execute(json.loads(NOTEBOOK.read_text("utf-8"))), indent=1, ensure_ascii=False) + "\n"
    if sys.argv[1:] == ["--print"]:
        sys.stdout.write(text)
    else:
        NOTEBOOK.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
