"""Executes a notebook with the kernel "ppflow". Arguments: notebook, file for the result, folder that cells run in.

Exit codes: 0 all cells have run; 3 one failed, and the result has its error and the outputs of the cells before; anything else: no result.
"""

import os
import sys

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError

FAILED = 3
source, target, folder = sys.argv[1:4]
notebook = nbformat.read(source, as_version=4)
cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
started = 0


def begin(cell, cell_index):
    global started
    if cell.cell_type == "code":
        started = sum(earlier.cell_type == "code" for earlier in notebook.cells[: cell_index + 1])
        print(f"cell {started} of {len(cells)}", file=sys.stderr, flush=True)


client = NotebookClient(
    notebook,
    timeout=None,
    startup_timeout=600,
    kernel_name="ppflow",
    coalesce_streams=True,
    resources={"metadata": {"path": folder}},
    on_cell_start=begin,
)
code = 0
try:
    client.execute()
except CellExecutionError as failure:
    # The cell has the error among its outputs.
    print(f"{failure.ename}: {failure.evalue}", file=sys.stderr)
    code = FAILED
except DeadKernelError as failure:
    if started == 0:
        raise
    text = f"DeadKernelError: {failure}"
    print(text, file=sys.stderr)
    cells[started - 1].outputs.append(
        nbformat.v4.new_output("error", ename="DeadKernelError", evalue=str(failure), traceback=[text])
    )
    code = FAILED
if code == FAILED:
    # Outputs of an earlier execution would look like those of this one.
    for cell in cells[started:]:
        cell.outputs = []
        cell.execution_count = None
for cell in cells:
    # Times of the clock, which make each execution another file.
    cell.metadata.pop("execution", None)
# The release of Java that it was executed with is no part of it.
notebook.metadata.get("language_info", {}).pop("version", None)
unfinished = target + ".unfinished"
nbformat.write(notebook, unfinished)
os.replace(unfinished, target)
sys.exit(code)
