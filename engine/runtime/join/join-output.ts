import type { Chain, ChainInput, Place, RowLists, Stage } from '../../functions/chain.js'
import { createChain } from '../../functions/create-chain.js'
import type { PhysicalOperation } from '../../optimizer/physical.js'
import { RecordBatch } from '../../types/batch.js'
import type { OperatorContext, Steps } from '../operator.js'
import { feedGroups, runChain } from '../run-chain.js'
import { stageContexts } from '../stage-contexts.js'
import type { StepsTo } from '../steps.js'
import type { JoinMode } from './join-mode.js'

/** A join as the physical plan describes it. */
export type JoinOperation = Extract<PhysicalOperation, { readonly kind: 'join' }>

const NO_RECORDS = new RecordBatch('object', [], [], 0)

/** The end of a join that is the same for all strategies: from pairs of rows to output records. */
export class JoinOutput {
  readonly mode: JoinMode
  /** Whether pairs must be asked for with `passes` before they count as matches. */
  readonly conditional: boolean
  readonly #context: OperatorContext
  readonly #chain: Chain | undefined
  readonly #condition: Chain | undefined
  /** A batch of each side, for the names of the fields when a record of that side is absent. */
  #probeFields = NO_RECORDS
  #buildFields = NO_RECORDS

  constructor({ node, tail }: JoinOperation, mode: JoinMode, context: OperatorContext) {
    this.mode = mode
    this.#context = context
    const { condition } = node
    // Without records that stand alone the condition is a filter like any other.
    const plain = node.type === 'inner'
    const stages: Stage[] = mode.pairs ? [node.result, ...tail] : [...tail]
    if (plain && condition !== undefined) stages.unshift({ kind: 'filter', fn: condition })
    this.conditional = !plain && condition !== undefined
    const chain = (stages: readonly Stage[], inputs: 1 | 2): Chain =>
      createChain(stages, {
        codegen: context.codegen,
        fields: context.fields,
        inputs,
        contexts: stageContexts(stages, context),
      })
    this.#chain = stages.length > 0 ? chain(stages, mode.pairs ? 2 : 1) : undefined
    if (this.conditional) this.#condition = chain([{ kind: 'map', fn: condition! }], 2)
  }

  /** Whether nobody wants more records. */
  get closed(): boolean {
    return this.#context.output.closed
  }

  /** Remembers the fields of a side. */
  know(side: 'probe' | 'build', batch: RecordBatch): void {
    const known = this.fieldsOf(side)
    if (known.names.length >= batch.names.length && known !== NO_RECORDS) return
    const fields = batch.take(new Int32Array(0))
    if (side === 'probe') this.#probeFields = fields
    else this.#buildFields = fields
  }

  /** A batch without records that has the fields of a side, as far as they are known. */
  fieldsOf(side: 'probe' | 'build'): RecordBatch {
    return side === 'probe' ? this.#probeFields : this.#buildFields
  }

  /** For each pair whether the condition holds. */
  passes(probe: ChainInput, build: ChainInput, length: number): Uint8Array {
    const mask = new Uint8Array(length)
    let row = 0
    const collect = (batch: RecordBatch | undefined): void => {
      if (batch === undefined) return
      const column = batch.shape === 'value' ? batch.columns[0]! : undefined
      for (let k = 0; k < batch.length; k++) {
        mask[row++] = column === undefined || column.get(k) ? 1 : 0
      }
    }
    const chain = this.#condition!
    for (const batch of chain.run(this.#oriented(probe, build), length)) collect(batch)
    collect(chain.flush())
    return mask
  }

  /** Pushes on what becomes of pairs. */
  *pairs(probe: ChainInput, build: ChainInput, length: number): Steps {
    if (length === 0) return
    yield* this.#run(this.#oriented(probe, build), length)
  }

  /**
   * Adds what becomes of pairs straight to groups downstream, as long as that goes.
   *
   * @param lists The rows of `build` that belong to each of the `length` rows of `probe`.
   * @returns The place from which pairs must be made and handed to `pairs`.
   */
  lists(
    probe: RecordBatch,
    build: RecordBatch,
    length: number,
    lists: Omit<RowLists, 'probe'>,
  ): StepsTo<Place> {
    const inputs = this.#oriented({ batch: probe }, { batch: build })
    const side = this.mode.build === 'left' ? 1 : 0
    const source = { inputs, length, lists: { ...lists, probe: side } } as const
    return feedGroups(this.#chain!, source, this.#context.output)
  }

  /** Pushes on what becomes of records of one side that have no partner in the output. */
  *alone(side: 'probe' | 'build', batch: RecordBatch, rows: Int32Array): Steps {
    const { length } = rows
    if (length === 0) return
    if (!this.mode.pairs) {
      if (this.#chain === undefined) yield* this.#context.output.push(batch.take(rows))
      else yield* this.#run([{ batch, rows }], length)
      return
    }
    const absent = new Int32Array(length).fill(-1)
    const here = { batch, rows }
    if (side === 'probe')
      yield* this.pairs(here, { batch: this.#buildFields, rows: absent }, length)
    else yield* this.pairs({ batch: this.#probeFields, rows: absent }, here, length)
  }

  /** The generated source of the loops so far. */
  code(): readonly string[] {
    return [...(this.#condition?.code() ?? []), ...(this.#chain?.code() ?? [])]
  }

  /** Pushes on what is left at the end. */
  *flush(): Steps {
    const rest = this.#chain?.flush()
    if (rest !== undefined) yield* this.#context.output.push(rest)
  }

  *#run(inputs: readonly ChainInput[], length: number): Steps {
    yield* runChain(this.#chain!, inputs, length, this.#context.output)
  }

  #oriented(probe: ChainInput, build: ChainInput): readonly ChainInput[] {
    return this.mode.build === 'left' ? [build, probe] : [probe, build]
  }
}
