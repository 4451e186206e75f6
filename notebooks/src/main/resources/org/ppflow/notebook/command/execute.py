"""Executes a notebook with the kernel "ppflow". Arguments: notebook, file for the result, folder that cells run in."""

import os
import sys

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

source, target, folder = sys.argv[1:4]
notebook = nbformat.read(source, as_version=4)
cells = [cell for cell in notebook.cells if cell.cell_type == "code"]


def said(cell, cell_index):
    print(f"cell {cells.index(cell) + 1} of {len(cells)}", file=sys.stderr, flush=True)


client = NotebookClient(
    notebook,
    timeout=None,
    startup_timeout=600,
    kernel_name="ppflow",
    coalesce_streams=True,
    resources={"metadata": {"path": folder}},
    on_cell_start=lambda cell, cell_index: said(cell, cell_index) if cell.cell_type == "code" else None,
)
try:
    client.execute()
except CellExecutionError as failure:
    print(f"{failure.ename}: {failure.evalue}", file=sys.stderr)
    sys.exit(1)
for cell in cells:
    # Times of the clock, which make each execution another file.
    cell.metadata.pop("execution", None)
# The release of Java that it was executed with is no part of it.
notebook.metadata.get("language_info", {}).pop("version", None)
unfinished = target + ".unfinished"
nbformat.write(notebook, unfinished)
os.replace(unfinished, target)
