import type { Chain, Stage } from '../functions/chain.js'
import { createChain } from '../functions/create-chain.js'
import type { RecordBatch } from '../types/batch.js'
import type { Operator, OperatorContext, Steps } from './operator.js'
import { runChain } from './run-chain.js'
import { stageContexts } from './stage-contexts.js'

/** Runs record-wise functions over each batch in one loop. */
export class ChainOperator implements Operator {
  readonly #chain: Chain
  readonly #context: OperatorContext
  #partition = 0

  constructor(stages: readonly Stage[], context: OperatorContext) {
    this.#context = context
    const contexts = stageContexts(stages, context)
    const { codegen, fields } = context
    this.#chain = createChain(stages, { codegen, fields, inputs: 1, contexts })
  }

  *process(_input: number, batch: RecordBatch): Steps {
    if (batch.partition !== this.#partition) yield* this.#flush()
    this.#partition = batch.partition
    yield* runChain(this.#chain, [{ batch }], batch.length, this.#context.output)
  }

  *finish(): Steps {
    yield* this.#flush()
  }

  restart(): void {
    this.#partition = 0
  }

  code(): readonly string[] {
    return this.#chain.code()
  }

  *#flush(): Steps {
    const rest = this.#chain.flush()
    if (rest !== undefined) yield* this.#context.output.push(rest)
  }
}
