/** Runs notebooks in real kernels, where they are installed: `npm ci --prefix test/notebooks/kernels`. */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inProject } from '../support/project.js'

/** The kernels that tests run notebooks in. */
export const KERNELS = ['deno', 'tslab'] as const

export type Kernel = (typeof KERNELS)[number]

/** What a cell shows. */
export interface Output {
  readonly output_type: 'stream' | 'display_data' | 'execute_result' | 'error'
  readonly text?: string | readonly string[]
  readonly data?: Readonly<Record<string, string | readonly string[]>>
  readonly [other: string]: unknown
}

/** A cell, as notebooks have it. */
export interface Cell {
  readonly cell_type: 'markdown' | 'code'
  readonly source: string | readonly string[]
  readonly outputs?: readonly Output[]
  readonly [other: string]: unknown
}

/** A notebook, as much of it as is looked at. */
export interface Notebook {
  readonly cells: readonly Cell[]
  readonly [other: string]: unknown
}

/** Python that knows Jupyter; Debian's is not always the first. */
const PYTHON = pythonWith('nbclient, nbformat')

/** A Python that has these modules. */
export function pythonWith(modules: string): string | undefined {
  return [process.env.PYTHON, '/usr/bin/python3', 'python3'].find(
    python => python !== undefined && spawnSync(python, ['-c', `import ${modules}`]).status === 0,
  )
}

const bin = (kernel: Kernel) =>
  inProject('test', 'notebooks', 'kernels', 'node_modules', '.bin', kernel)

const ARGUMENTS: Readonly<Record<Kernel, readonly string[]>> = {
  deno: ['jupyter', '--kernel', '--conn', '{connection_file}'],
  tslab: ['kernel', '--config-path', '{connection_file}'],
}

/** Why there is no such kernel, in words; `undefined` where there is one. */
export function whyNot(kernel: Kernel): string | undefined {
  if (PYTHON === undefined) return 'no Python that knows nbclient'
  return existsSync(bin(kernel)) ? undefined : `no ${kernel} in test/notebooks/kernels`
}

/** The text of a cell or of an output, whose lines may stand apart. */
export const textOf = (text: string | readonly string[]): string =>
  typeof text === 'string' ? text : text.join('')

/** A notebook of these cells. */
export function notebookOf(cells: readonly string[]): Notebook {
  const code = (source: string) => ({
    cell_type: 'code' as const,
    execution_count: null,
    metadata: {},
    outputs: [],
    source,
  })
  return { cells: cells.map(code), metadata: {}, nbformat: 4, nbformat_minor: 4 }
}

/** Where notebooks run. */
export interface Workplace {
  /** Of notebooks. */
  readonly notebooks: string
  /** For Jupyter: what it is to know of kernels. */
  readonly env: Readonly<Record<string, string>>
  /** Takes it away. */
  close(): Promise<void>
}

/**
 * A folder that sees what is built here as the package `wiesel`, has `vega-datasets`, and a Jupyter
 * that knows the kernel.
 */
export async function workplace(kernel: Kernel): Promise<Workplace> {
  const folder = await mkdtemp(join(tmpdir(), 'wiesel-notebook-'))
  const [packages, specs, notebooks] = [
    join(folder, 'node_modules'),
    join(folder, 'jupyter', 'kernels', kernel),
    join(folder, 'notebooks'),
  ]
  for (const path of [packages, specs, notebooks]) await mkdir(path, { recursive: true })
  await symlink(inProject('.'), join(packages, 'wiesel'))
  await symlink(inProject('node_modules', 'vega-datasets'), join(packages, 'vega-datasets'))
  await symlink(inProject('node_modules', '@types'), join(packages, '@types'))
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
  const spec = {
    argv: [bin(kernel), ...ARGUMENTS[kernel]],
    display_name: kernel,
    language: 'typescript',
  }
  await writeFile(join(specs, 'kernel.json'), JSON.stringify(spec))
  return {
    notebooks,
    env: { JUPYTER_PATH: join(folder, 'jupyter'), NO_COLOR: '1' },
    close: () => rm(folder, { recursive: true, force: true }),
  }
}

/**
 * Executes a notebook in a folder of its own.
 *
 * @throws {Error} If a cell fails, or the kernel; says which, and after how long.
 */
export async function executed(notebook: Notebook, kernel: Kernel): Promise<Notebook> {
  const { notebooks, env, close } = await workplace(kernel)
  try {
    const [source, target] = [join(notebooks, 'notebook.ipynb'), join(notebooks, 'executed.ipynb')]
    await writeFile(source, JSON.stringify(notebook))
    await python([source, target, kernel, '150'], notebooks, env)
    return JSON.parse(await readFile(target, 'utf8')) as Notebook
  } finally {
    await close()
  }
}

function python(given: readonly string[], cwd: string, env: Workplace['env']): Promise<void> {
  const script = inProject('test', 'notebooks', 'run_notebook.py')
  const child = spawn(PYTHON!, ['-Xfrozen_modules=off', script, ...given], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const said: string[] = []
  child.stderr.setEncoding('utf8').on('data', (text: string) => said.push(text))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (status, signal) => {
      if (status === 0) resolve()
      else reject(new Error(`ended by ${signal ?? `status ${status}`}.\n${said.join('')}`))
    })
  })
}
