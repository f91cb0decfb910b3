import { assert } from '../errors.js'
import { type NodeOf, planNode } from '../plan/node.js'
import type { IterationReport } from '../runtime/iteration/report.js'
import { DataSet } from './data-set.js'
import type { Host, RunOptions } from './host.js'

/** What a loop gave, and how it went. */
export interface IterationResult<T> extends IterationReport {
  /** What the loop computed; it is there already, and using it runs nothing again. */
  readonly data: DataSet<T>
  /** Results of accumulators, by the name under which they were handed over. */
  readonly accumulators: Readonly<Record<string, unknown>>
}

/**
 * What a loop computes: a data set like any other, which also tells how the loop went.
 *
 * @typeParam T The records.
 */
export class IteratedDataSet<T> extends DataSet<T> {
  readonly #loop: NodeOf<'iterate' | 'iterateDelta'>

  /** @internal Use `iterate` or `iterateDelta`. */
  constructor(host: Host, node: NodeOf<'iterate' | 'iterateDelta'>) {
    super(host, node)
    this.#loop = node
  }

  /**
   * Runs the job and tells how the loop went: how many supersteps it took, what ended it, and what
   * each superstep did.
   *
   * @returns With `data`, what the loop computed.
   * @throws {WieselError} What went wrong; see the error classes.
   * @example
   * const doubled = from([1]).iterate({ maxIterations: 9, until: s => s.aggregate('size') > 20 }, numbers =>
   *   numbers.map((x, { add }) => { add('size', 2 * x); return 2 * x }))
   * const { iterations, stoppedBy, data } = await doubled.run()
   * iterations // 5
   * stoppedBy // 'until'
   * await data.collect() // [32]
   */
  async run(options?: RunOptions): Promise<IterationResult<T>> {
    const { batches, result } = await this.host.run([this.node], options)
    const report = result.iterations.findLast(({ id }) => id === this.#loop.loop.id)
    assert(report !== undefined, () => `no report of ${this.#loop.loop.name}`)
    const store = { batches: batches[0] }
    const data = this.host.dataSet<T>(planNode({ kind: 'cache', input: this.node, store }))
    return { ...report, data, accumulators: result.accumulators }
  }
}
