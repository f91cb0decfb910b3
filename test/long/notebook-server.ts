/** Notebook servers as people have them: the classic Notebook and JupyterLab, on a free port of this machine. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { pythonWith, type Workplace } from '../notebooks/kernels.js'

/** What the page of a notebook is made of: CSS selectors. */
interface Page {
  readonly cell: string
  /** Within a cell: what says whether it has run, and selects the cell. */
  readonly prompt: string
  /** Within a cell. */
  readonly output: string
  /** There once the kernel waits for work. */
  readonly idle: string
  readonly run: string
  readonly stop: string
  readonly save: string
}

/** A front end. */
export interface FrontEnd {
  readonly name: string
  /** Of Python. */
  readonly module: string
  /** What only this version of the module has. */
  readonly part: string
  readonly options: (port: number, folder: string, token: string) => readonly string[]
  /** Where a notebook is opened. */
  readonly path: string
  readonly page: Page
}

/** The front ends that are looked for. */
export const FRONT_ENDS: readonly FrontEnd[] = [
  {
    name: 'JupyterLab',
    module: 'jupyterlab',
    part: 'jupyterlab',
    options: (port, folder, token) => [
      `--ServerApp.port=${port}`,
      `--ServerApp.root_dir=${folder}`,
      `--IdentityProvider.token=${token}`,
    ],
    path: 'doc/tree',
    page: {
      cell: '.jp-Notebook .jp-CodeCell',
      prompt: '.jp-InputPrompt',
      output: '.jp-Cell-outputArea',
      idle: '.jp-Notebook-ExecutionIndicator[data-status="idle"]',
      run: '[data-command="notebook:run-cell-and-select-next"]',
      stop: '[data-command="notebook:interrupt-kernel"]',
      save: '[data-command="docmanager:save"]',
    },
  },
  {
    name: 'Notebook 6',
    module: 'notebook',
    part: 'notebook.notebookapp',
    options: (port, folder, token) => [
      `--port=${port}`,
      `--notebook-dir=${folder}`,
      `--NotebookApp.token=${token}`,
    ],
    path: 'notebooks',
    page: {
      cell: '.code_cell',
      prompt: '.input_prompt',
      output: '.output',
      idle: '.kernel_idle_icon',
      run: '[data-jupyter-action="jupyter-notebook:run-cell-and-select-next"]',
      stop: '[data-jupyter-action="jupyter-notebook:interrupt-kernel"]',
      save: '[data-jupyter-action="jupyter-notebook:save-notebook"]',
    },
  },
]

/** A server that runs. */
export interface NotebookServer {
  /** Of a notebook of its folder. */
  address(notebook: string): string
  close(): Promise<void>
}

const TOKEN = 'wiesel'
const START_MS = 60_000

/** Starts a front end over a folder of notebooks; `undefined` where it is not installed. */
export async function notebookServer(
  frontEnd: FrontEnd,
  { notebooks, env }: Workplace,
): Promise<NotebookServer | undefined> {
  const python = pythonWith(frontEnd.part)
  if (python === undefined) return undefined
  const port = await freePort()
  const own = (name: string) => join(notebooks, '..', name)
  const options = frontEnd.options(port, notebooks, TOKEN)
  const server = spawn(
    python,
    ['-m', frontEnd.module, '--no-browser', '--allow-root', ...options],
    {
      cwd: notebooks,
      // Nothing of the one who runs this is read or written.
      env: {
        ...process.env,
        ...env,
        JUPYTER_CONFIG_DIR: own('config'),
        JUPYTER_DATA_DIR: own('data'),
        JUPYTER_RUNTIME_DIR: own('runtime'),
        IPYTHONDIR: own('ipython'),
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  )
  const said: string[] = []
  server.stderr.setEncoding('utf8').on('data', (text: string) => said.push(text))
  const close = async () => {
    if (server.exitCode !== null || server.signalCode !== null) return
    server.kill()
    await once(server, 'exit')
  }
  const answers = async () => {
    const { ok } = await fetch(`http://127.0.0.1:${port}/api?token=${TOKEN}`)
    return ok
  }
  const began = performance.now()
  while (!(await answers().catch(() => false))) {
    if (server.exitCode !== null || performance.now() - began > START_MS) {
      await close()
      throw new Error(`${frontEnd.name} does not start:\n${said.join('')}`)
    }
    await wait(200)
  }
  return {
    address: name => `http://127.0.0.1:${port}/${frontEnd.path}/${name}?token=${TOKEN}`,
    close,
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}
