"""Executes a notebook: run_notebook.py IN OUT KERNEL SECONDS. The kernel runs in the current folder.

As nbclient does, but with a moment of grace after each cell: Deno's kernel sends some outputs after it
has said that it is idle, and nbclient would not hear them. Ends with 1 when a cell fails.
"""
import asyncio
import sys

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

GRACE_S = 0.1


class GracefulClient(NotebookClient):
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
client = GracefulClient(notebook, kernel_name=kernel, timeout=int(seconds), record_timing=False)
failed = False
try:
    client.execute()
except CellExecutionError as error:
    failed = True
    print(error, file=sys.stderr)
    # tslab says there what is wrong.
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if output.get("name") == "stderr":
                print(output["text"], file=sys.stderr)
nbformat.write(notebook, target)
sys.exit(failed)
