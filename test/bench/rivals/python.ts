/** A program in a process of `python3`, on one thread: orders go in, answers come out, a line each. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Socket } from 'node:net'
import { createInterface, type Interface } from 'node:readline'
import { inProject } from '../../support/project.js'
import type { Answer } from '../answer.js'
import { MissingRival } from './rival.js'

/** What a program says. */
export interface Said {
  /** Said at the beginning where a module is not installed. */
  readonly missing?: string
  /** What answers, with its version. */
  readonly version?: string
  readonly ms: number
  /** The most memory so far, in bytes. */
  readonly peak: number
  readonly answer?: Answer
}

/** Libraries beneath numpy take all cores unless each of them is told otherwise. */
const ONE_THREAD = {
  OMP_NUM_THREADS: '1',
  OPENBLAS_NUM_THREADS: '1',
  MKL_NUM_THREADS: '1',
  NUMEXPR_NUM_THREADS: '1',
}

/** The program, one order at a time. It does not keep this process alive. */
export class Python {
  /** What it said when it began. */
  readonly began: Said
  readonly #process: ChildProcess
  readonly #lines: Interface

  private constructor(process: ChildProcess, lines: Interface, began: Said) {
    this.#process = process
    this.#lines = lines
    this.began = began
  }

  /**
   * Starts a program of the folder `python`.
   *
   * @param library What it needs, for the error.
   * @throws {MissingRival} If there is no Python, or not the library.
   */
  static async start(program: string, args: readonly string[], library: string): Promise<Python> {
    const path = inProject('test', 'bench', 'rivals', 'python', program)
    const child = spawn('python3', ['-B', path, ...args], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, ...ONE_THREAD },
    })
    const lines = createInterface({ input: child.stdout! })
    const began = await nextOf(child, lines).catch(
      (error: Error): Said => ({ missing: error.message, ms: 0, peak: 0 }),
    )
    if (began.missing === undefined) return new Python(child, lines, began)
    throw new MissingRival(`${library} is not installed in python3: ${began.missing}.`)
  }

  /** Tells it what to do, and waits until it has. */
  order(order: 'load' | 'run' | 'answer'): Promise<Said> {
    const said = nextOf(this.#process, this.#lines)
    this.#process.stdin!.write(`${order}\n`)
    return said
  }
}

async function nextOf(child: ChildProcess, lines: Interface): Promise<Said> {
  awaited(child, true)
  const over = new AbortController()
  const said = once(lines, 'line', over).then(([line]) => JSON.parse(line) as Said)
  const died = once(child, 'exit', over).then(([code]): Said => {
    throw new Error(`python3 ended with code ${code}`)
  })
  try {
    return await Promise.race([said, died])
  } finally {
    over.abort()
    for (const late of [said, died]) late.catch(() => undefined)
    awaited(child, false)
  }
}

function awaited(child: ChildProcess, awaited: boolean): void {
  const how = awaited ? 'ref' : 'unref'
  child[how]()
  for (const pipe of [child.stdin, child.stdout]) (pipe as Socket)[how]()
}
