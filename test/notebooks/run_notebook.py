"""Executes a notebook: run_notebook.py IN OUT KERNEL SECONDS. The kernel runs in the current folder.

As nbclient does, but with a moment of grace after each cell: Deno's kernel sends some outputs after it
has said that it is idle, and nbclient would not hear them. Ends with 1 when a cell fails, or the kernel,
and says on the error stream which cell it was, why, after how long and with how much memory.
"""
import asyncio
import resource
import sys
import time

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

GRACE_S = 0.1

# A kernel may take long to answer where others are at work.
START_S = 150


class GracefulClient(NotebookClient):
    at = None

    async def async_execute_cell(self, cell, cell_index, *args, **options):
        self.at = cell_index
        return await super().async_execute_cell(cell, cell_index, *args, **options)

    async def _async_poll_output_msg(self, parent, cell, index):
        await super()._async_poll_output_msg(parent, cell, index)
        while True:
            try:
                message = await asyncio.wait_for(self.kc.get_iopub_msg(), GRACE_S)
            except Exception:
                return
            if message["parent_header"].get("msg_id") == parent and message["msg_type"] != "status":
                self.process_message(message, cell, index)


source, target, kernel, seconds = sys.argv[1:]
notebook = nbformat.read(source, as_version=4)
client = GracefulClient(
    notebook,
    kernel_name=kernel,
    timeout=int(seconds),
    startup_timeout=START_S,
    record_timing=False,
)
began = time.monotonic()
failed = False
try:
    client.execute()
except Exception as error:
    failed = True
    place = "before the first cell" if client.at is None else f"in cell {client.at + 1}"
    print(f"{kernel} failed {place}: {type(error).__name__}: {error}", file=sys.stderr)
    # tslab says there what is wrong.
    for cell in notebook.cells if isinstance(error, CellExecutionError) else []:
        for output in cell.get("outputs", []):
            if output.get("name") == "stderr":
                print(output["text"], file=sys.stderr)
    used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"After {time.monotonic() - began:.1f} s; kernels took up to {used} MiB.", file=sys.stderr)
nbformat.write(notebook, target)
sys.exit(failed)
