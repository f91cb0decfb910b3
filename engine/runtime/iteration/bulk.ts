import type { PhysicalOperation } from '../../optimizer/physical.js'
import type { RecordBatch } from '../../types/batch.js'
import { BatchBuffer } from '../batch-buffer.js'
import type { OperatorContext, Steps } from '../operator.js'
import type { StepsTo } from '../steps.js'
import type { NamedBatches, StepOutcome } from './driver.js'
import type { LoopBody } from './loop-body.js'
import type { LoopState } from './loop-operator.js'

/** The records of a bulk iteration: each superstep puts the body's result in their place. */
export class BulkState implements LoopState {
  readonly initialInputs = 1
  readonly #context: OperatorContext
  readonly #hasCriterion: boolean
  #current: BatchBuffer
  #next: BatchBuffer
  #criterionRows = 0

  constructor(
    { node }: Extract<PhysicalOperation, { readonly kind: 'iterate' }>,
    context: OperatorContext,
  ) {
    this.#context = context
    this.#hasCriterion = node.criteria.length > 0
    this.#current = new BatchBuffer(context)
    this.#next = new BatchBuffer(context)
  }

  addInitial(_input: number, batch: RecordBatch): Steps {
    return this.#current.add(batch)
  }

  *take(result: number, batch: RecordBatch): Steps {
    if (result === 0) yield* this.#next.add(batch)
    else this.#criterionRows += batch.length
  }

  *superstep(body: LoopBody): StepsTo<StepOutcome> {
    this.#criterionRows = 0
    const current = this.#current
    yield* body.run({ current: push => current.each(push) })
    yield current.close()
    this.#current = this.#next
    this.#next = current
    return this.#hasCriterion ? { criterion: this.#criterionRows } : {}
  }

  *save(): StepsTo<NamedBatches> {
    return { current: yield* this.#current.all() }
  }

  *load({ current = [] }: NamedBatches): Steps {
    yield this.#current.close()
    for (const batch of current) yield* this.#current.add(batch)
  }

  *emit(): Steps {
    const { output } = this.#context
    yield* this.#current.each(batch => output.push(batch))
  }

  async close(): Promise<void> {
    await this.#current.close()
    await this.#next.close()
  }
}
