/**
 * networkx and igraph, https://networkx.org and https://python.igraph.org, in a process of `python3`.
 * Both need `pip install numpy`, networkx also `scipy`.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Socket } from 'node:net'
import { createInterface, type Interface } from 'node:readline'
import { inProject } from '../../support/project.js'
import type { Answer } from '../answer.js'
import type { Contender, Setting, Tasks } from '../benchmark.js'
import { LOADING } from '../graph-tasks.js'
import type { Csr } from '../graphs/csr.js'
import { readGraph } from '../graphs/graph-file.js'
import { onceIfSlow } from './graph-rival.js'
import { MissingRival } from './rival.js'

/** The libraries. */
export type PythonLibrary = 'networkx' | 'igraph'

/** An algorithm of a Python library. */
export interface PythonWork {
  readonly question: 'page-rank' | 'bfs' | 'components' | 'triangles'
  readonly part: string
  readonly tolerance?: number
  readonly source?: (csr: Csr) => number
  /**
   * From what the program says, which may have left values in the file `python-values`. Default: what
   * it says.
   */
  readonly answer?: (said: Answer, csr: Csr, setting: Setting, library: PythonLibrary) => Answer
}

/** The contenders, by library. */
export function pythonContenders(work: PythonWork): Readonly<Record<PythonLibrary, Contender>> {
  return {
    networkx: setting => pythonTasks(setting, 'networkx', work),
    igraph: setting => pythonTasks(setting, 'igraph', work),
  }
}

/** The two parts of an algorithm of a Python library. */
async function pythonTasks(
  setting: Setting,
  library: PythonLibrary,
  work: PythonWork,
): Promise<Tasks> {
  const csr = readGraph(setting)
  const edges = csr.neighbours.length
  const { question, part, tolerance = 0, source = () => 0 } = work
  const args = [library, question, setting.folder, String(tolerance), String(source(csr))]
  const python = await Python.start(args)
  let peak = 0
  let loaded = false
  const load = async () => {
    loaded = true
    return (await python.order('load')).ms
  }
  const run = async () => {
    if (!loaded) await load()
    const said = await python.order('run')
    peak = said.peak
    return said.ms
  }
  const answer = async () => {
    const said = (await python.order('answer')).answer ?? {}
    return work.answer?.(said, csr, setting, library) ?? said
  }
  const algorithm = onceIfSlow({ time: run, answer, edges })
  return {
    [LOADING]: onceIfSlow({ time: load, answer: async () => ({ edges }), edges }),
    [part]: {
      ...algorithm,
      async note(memory) {
        const remark = await algorithm.note(memory)
        const memoryOfPython = `${Math.round(peak / 2 ** 20)} MiB in Python at the peak`
        return remark === '' ? memoryOfPython : `${remark}; ${memoryOfPython}`
      },
    },
  }
}

/** What the program says. */
interface Said {
  readonly missing?: string
  readonly ms: number
  readonly peak: number
  readonly answer?: Answer
}

/** The program, one order at a time. It does not keep this process alive. */
class Python {
  readonly #process: ChildProcess
  readonly #lines: Interface

  private constructor(args: readonly string[]) {
    const program = inProject('test', 'bench', 'rivals', 'python', 'graph.py')
    this.#process = spawn('python3', [program, ...args], { stdio: ['pipe', 'pipe', 'inherit'] })
    this.#lines = createInterface({ input: this.#process.stdout! })
  }

  /** @throws {MissingRival} If there is no Python, or not the library. */
  static async start(args: readonly string[]): Promise<Python> {
    const python = new Python(args)
    const said = await python.#next().catch((error: Error) => ({ missing: error.message }))
    if (said.missing === undefined) return python
    throw new MissingRival(`${args[0]} is not installed in python3: ${said.missing}.`)
  }

  order(order: 'load' | 'run' | 'answer'): Promise<Said> {
    const said = this.#next()
    this.#process.stdin!.write(`${order}\n`)
    return said
  }

  async #next(): Promise<Said> {
    this.#awaited(true)
    const over = new AbortController()
    const said = once(this.#lines, 'line', over).then(([line]) => JSON.parse(line) as Said)
    const died = once(this.#process, 'exit', over).then(([code]): Said => {
      throw new Error(`python3 ended with code ${code}`)
    })
    try {
      return await Promise.race([said, died])
    } finally {
      over.abort()
      for (const late of [said, died]) late.catch(() => undefined)
      this.#awaited(false)
    }
  }

  #awaited(awaited: boolean): void {
    const how = awaited ? 'ref' : 'unref'
    this.#process[how]()
    for (const pipe of [this.#process.stdin, this.#process.stdout]) (pipe as Socket)[how]()
  }
}
