/** The operator of `reduce`: two records become one, until one is left of each group. */
import { createFold, type Fold } from '../../functions/fold.js'
import type { NodeOf } from '../../plan/node.js'
import { BATCH_SIZE } from '../../types/batch.js'
import { createKeyIndex, type KeyIndex } from '../keys/key-index.js'
import type { KeyedBatch } from '../keys/keyed-batch.js'
import { createKeyExtractor } from '../keys/keys.js'
import type { Operator, OperatorContext, Steps } from '../operator.js'
import { type Groups, SpillingGroups } from './spilling-groups.js'

/**
 * Makes the operator of a reduce node. The function must be associative: with spilling, and later
 * with several workers, partial results are reduced with one another. Its first argument always
 * stands for records that came before those of its second. A single record is the result of its
 * group without any call; no records give no result.
 */
export function createReduce(node: NodeOf<'reduce'>, context: OperatorContext): Operator {
  const keysOf = createKeyExtractor(node.keys, context)
  const handed = context.handed(node.fn.handed)
  const groups = new ReducedGroups(() => createFold(node.fn, handed, context.codegen), context)
  const spilling = new SpillingGroups(groups, context)
  return {
    process: (_input, batch) => spilling.take({ keys: keysOf(batch), batch }),
    finish: () => spilling.finish(),
    restart() {},
    close: () => spilling.close(),
  }
}

/** One record per group. */
class ReducedGroups implements Groups {
  readonly #createFold: () => Fold
  readonly #context: OperatorContext
  #index: KeyIndex | undefined
  #fold: Fold

  constructor(create: () => Fold, context: OperatorContext) {
    this.#createFold = create
    this.#fold = create()
    this.#context = context
  }

  get size(): number {
    return this.#index?.size ?? 0
  }

  get byteLength(): number {
    return this.#index === undefined ? 0 : this.#index.byteLength + this.#fold.byteLength
  }

  *restore({ keys, batch }: KeyedBatch): Steps {
    this.#index ??= createKeyIndex(keys.length)
    this.#fold.add(this.#index.insert(keys, batch.length), batch.length, batch)
  }

  drain(): KeyedBatch[] {
    if (this.#index === undefined) return []
    const drained = { keys: this.#index.keys(), batch: this.#fold.finish() }
    this.clear()
    return [drained]
  }

  *results(): Steps {
    if (this.#index === undefined) return
    const batch = this.#fold.finish()
    this.clear()
    const { output } = this.#context
    for (let start = 0; start < batch.length && !output.closed; start += BATCH_SIZE) {
      yield* output.push(batch.slice(start, Math.min(start + BATCH_SIZE, batch.length)))
    }
  }

  clear(): void {
    this.#index = undefined
    this.#fold = this.#createFold()
  }
}
