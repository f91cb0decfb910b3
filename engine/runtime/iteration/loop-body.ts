/** The body of a loop as a dataflow that runs once per superstep. */
import type { LoopInputRole, PhysicalBody, PhysicalNode } from '../../optimizer/physical.js'
import type { RecordBatch } from '../../types/batch.js'
import { BatchBuffer } from '../batch-buffer.js'
import type { OperatorContext, Part, PartOptions, Steps } from '../operator.js'
import { sourcesInOrder } from '../source-order.js'

/** Pushes the records of one of the loop's own inputs into the body. */
export type Feed = (push: (batch: RecordBatch) => Steps) => Steps

/**
 * See the module's documentation.
 *
 * What is the same in every superstep is pushed in once where all that read it keep it, as a join
 * keeps its table; else it is kept here and pushed in again.
 */
export class LoopBody {
  readonly #body: PhysicalBody
  readonly #flow: Part
  /** For each constant what must be pushed again; nothing for those that are kept. */
  readonly #constants: (BatchBuffer | undefined)[]
  readonly #order: readonly PhysicalNode[]
  #started = false

  constructor(body: PhysicalBody, context: OperatorContext, options: PartOptions) {
    this.#body = body
    this.#flow = context.part(body.nodes, body.roots, options)
    this.#order = sourcesInOrder(body.roots)
    this.#constants = body.constants.map(node =>
      this.#flow.isKept(node) ? undefined : new BatchBuffer(context),
    )
  }

  /** Takes a batch of constant `constant`. Comes before the first superstep. */
  addConstant(constant: number, batch: RecordBatch): Steps {
    const buffer = this.#constants[constant]
    return buffer?.add(batch) ?? this.#flow.push(this.#body.constants[constant]!, batch)
  }

  /** Constant `constant` is complete. */
  *finishConstant(constant: number): Steps {
    if (this.#constants[constant] !== undefined) return
    yield* this.#flow.finish(this.#body.constants[constant]!)
  }

  /** Runs the body once. */
  *run(feeds: { readonly [R in LoopInputRole]?: Feed }): Steps {
    if (this.#started) yield* this.#flow.restart()
    this.#started = true
    for (const node of this.#order) {
      const push = (batch: RecordBatch) => this.#flow.push(node, batch)
      const constant = this.#body.constants.indexOf(node)
      if (constant < 0) {
        const { operation } = node
        const feed = operation.kind === 'loopInput' ? feeds[operation.role] : undefined
        if (feed !== undefined) yield* feed(push)
      } else {
        const buffer = this.#constants[constant]
        if (buffer === undefined) continue
        yield* buffer.each(push)
      }
      yield* this.#flow.finish(node)
    }
  }

  async close(): Promise<void> {
    await this.#flow.close()
    for (const buffer of this.#constants) await buffer?.close()
  }
}
