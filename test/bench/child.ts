import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { inProject } from '../support/project.js'
import type { Benchmark, Setting } from './benchmark.js'
import type { Order, Reply } from './contender.js'

/** A contender in a process of its own. */
export class Child {
  readonly #process: ChildProcess
  readonly #name: string

  private constructor(process: ChildProcess, name: string) {
    this.#process = process
    this.#name = name
  }

  /** Starts a contender and waits for its data; `undefined`, with a line, when it is not installed. */
  static async start(
    { name, nodeOptions = [] }: Benchmark,
    contender: string,
    { records, folder }: Setting,
  ): Promise<Child | undefined> {
    const program = inProject('dist', 'test', 'bench', 'contender.js')
    const forked = fork(program, [name, contender, String(records), folder], {
      execArgv: [...process.execArgv, ...nodeOptions],
    })
    const child = new Child(forked, `${name}, ${contender}`)
    const reply = await child.#next()
    if (reply.kind === 'ready') return child
    child.stop()
    if (reply.kind === 'missing') console.warn(`${name}: ${reply.message}`)
    return undefined
  }

  /** Runs a part once; milliseconds. */
  async run(part: string): Promise<number> {
    const reply = await this.#order({ kind: 'run', part })
    return reply.kind === 'ran' ? reply.milliseconds : Number.NaN
  }

  /** What came out of the last runs, and the peak memory before answers were computed. */
  async finish(): Promise<Extract<Reply, { kind: 'finished' }>> {
    return (await this.#order({ kind: 'finish' })) as Extract<Reply, { kind: 'finished' }>
  }

  stop(): void {
    this.#process.kill('SIGKILL')
  }

  #order(order: Order): Promise<Reply> {
    this.#process.send(order)
    return this.#next()
  }

  /** @throws {Error} If the contender failed or its process died. */
  async #next(): Promise<Reply> {
    const over = new AbortController()
    const died = once(this.#process, 'exit', over).then(([code, signal]): Reply => {
      return { kind: 'failed', message: `its process ended with ${signal ?? `code ${code}`}.` }
    })
    const said = once(this.#process, 'message', over).then(([reply]) => reply as Reply)
    const reply = await Promise.race([said, died])
    over.abort()
    for (const late of [died, said]) late.catch(() => undefined)
    if (reply.kind === 'failed') throw new Error(`${this.#name}: ${reply.message}`)
    return reply
  }
}
