/**
 * Runs a chain as compiled loops, one for each combination of layouts of the input columns and of
 * the output writers that comes up. `interpret.ts` is the plain twin.
 *
 * A loop reads fields straight from the columns, passes them to the functions and stores results
 * straight into the arrays of column writers. When a value does not fit the layout that the loop was
 * made for, the loop ends after that record, the next one is made for the wider layout, and goes on
 * with the next row; so no function is called twice for a record.
 */
import { BATCH_SIZE, RecordBatch } from '../types/batch.js'
import type { Chain, ChainInput, ChainOptions, ChainSource, Place, Stage } from './chain.js'
import { ChainChecks } from './chain-checks.js'
import { CodeBuilder } from './code/code-builder.js'
import { inputRecord, inputSignature } from './code/input-code.js'
import { FULL, LoopMaker } from './code/loop-maker.js'
import { functionsOf, translateStages } from './code/stage-code.js'
import { GroupFeeder } from './feed-groups.js'
import type { GroupTarget } from './group-target.js'
import { checkMerge } from './interpret.js'
import { functionFailed, Refusal } from './user-call.js'

/** The chain of `stages`, compiled. Stages have been checked by `createChain`. */
export function compiledChain(stages: readonly Stage[], options: ChainOptions): Chain {
  return new CompiledChain(stages, options)
}

/** From this many records on, columns are worth sharing or taking whole instead of collecting. */
const DIRECT = 1024

class CompiledChain implements Chain {
  readonly #stages: readonly Stage[]
  readonly #options: ChainOptions
  readonly #checks: ChainChecks
  readonly #plans = new Map<string, ChainPlan>()
  readonly #sources: string[] = []
  readonly #feeder: GroupFeeder
  /** The plan whose writer holds the collected records. */
  #collecting: ChainPlan | undefined
  #partition = 0

  constructor(stages: readonly Stage[], options: ChainOptions) {
    this.#stages = stages
    this.#options = options
    this.#checks = new ChainChecks(stages, options.inputs, options.fields)
    const made = (source: string) => void this.#sources.push(source)
    this.#feeder = new GroupFeeder(stages, options, this.#checks, made)
  }

  feeds(source: ChainSource, target: GroupTarget): boolean {
    return this.#feeder.fits(source, target)
  }

  feed(source: ChainSource, place: Place, target: GroupTarget): number {
    return this.#feeder.feed(source, place, target, (cause, at, rows) =>
      this.#failure(source.inputs, rows, cause, at),
    )
  }

  *run(inputs: readonly ChainInput[], length: number, start = 0): Generator<RecordBatch> {
    if (length <= start) return
    const plan = this.#planOf(inputs)
    const { partition } = inputs[0]!.batch
    const direct =
      plan.direct !== undefined &&
      start === 0 &&
      (length >= DIRECT || inputs[0]!.rows === undefined)
    if (direct || partition !== this.#partition || plan !== this.#collecting) {
      const rest = this.flush()
      if (rest !== undefined) yield rest
    }
    this.#partition = partition
    if (direct) yield this.#runDirect(plan.direct!, inputs, length)
    else {
      this.#collecting = plan
      const { writer } = plan.collect
      for (let row = start; row < length; ) {
        if (!plan.collect.begin(inputs)) {
          yield writer.finish(partition)
          plan.collect.begin(inputs)
        }
        writer.reserve(Math.min(BATCH_SIZE, writer.length + length - row))
        row = this.#runKernel(plan.collect, inputs, row, length)
        if (writer.length >= FULL) yield writer.finish(partition)
      }
    }
  }

  flush(): RecordBatch | undefined {
    const writer = this.#collecting?.collect.writer
    return writer !== undefined && writer.length > 0 ? writer.finish(this.#partition) : undefined
  }

  code(): readonly string[] {
    return this.#sources
  }

  /** One record per record: computed columns beside columns of the input as they are. */
  #runDirect(part: LoopMaker, inputs: readonly ChainInput[], length: number): RecordBatch {
    const { writer } = part
    const { fields, shape } = part.output!
    if (!part.isEmpty()) {
      writer.reserve(length)
      for (let row = 0; row < length; ) row = this.#runKernel(part, inputs, row, length)
    }
    let computed = 0
    const columns = [...fields.values()].map(({ copy }) => {
      if (copy === undefined) return writer.columns[computed++]!.finish(length)
      const { batch, rows } = inputs[copy.input]!
      const column = batch.columns[copy.position]!
      if (rows !== undefined)
        return column.take(rows.length === length ? rows : rows.subarray(0, length))
      return column.length === length ? column : column.slice(0, length)
    })
    writer.length = 0
    return new RecordBatch(shape, [...fields.keys()], columns, length, this.#partition)
  }

  /** Runs from `row` on; returns the row to go on with. */
  #runKernel(part: LoopMaker, inputs: readonly ChainInput[], row: number, length: number): number {
    const loop = part.loop(inputs, source => this.#sources.push(source))
    return loop(inputs, part.writer, row, length, (cause, at, failed) => {
      const rows = inputs.map(({ rows }) => (rows === undefined ? failed : rows[failed]!))
      return this.#failure(inputs, rows, cause, at)
    })
  }

  /** The error for function number `at` that failed at a row of each input. */
  #failure(
    inputs: readonly ChainInput[],
    rows: readonly number[],
    cause: unknown,
    at: number,
  ): unknown {
    const functions = functionsOf(this.#stages)
    // What the last function returned is looked at only when it is stored.
    const fn = cause instanceof Refusal ? (functions[at] ?? functions.at(-1)) : functions[at]
    if (fn === undefined) return cause
    const records = inputs.map(({ batch }, k) => (rows[k]! < 0 ? null : batch.record(rows[k]!)))
    return functionFailed(fn, records.length === 1 ? records[0] : records, cause)
  }

  #planOf(inputs: readonly ChainInput[]): ChainPlan {
    const signature = inputs.map(inputSignature).join(' ')
    let plan = this.#plans.get(signature)
    if (plan === undefined) {
      plan = this.#plan(inputs)
      this.#plans.set(signature, plan)
    }
    return plan
  }

  #plan(inputs: readonly ChainInput[]): ChainPlan {
    const merge = this.#stages.find(stage => stage.kind === 'merge')
    if (merge !== undefined) checkMerge(inputs[0]!.batch, inputs[1]!.batch, merge.shared)
    const translate = (code: CodeBuilder) =>
      translateStages(
        code,
        this.#stages,
        this.#options,
        this.#checks,
        inputs.map((input, k) => inputRecord(code, input, k)),
      )
    const code = new CodeBuilder()
    const { count, record } = translate(code)
    const collect = new LoopMaker(translate, record, 'all')
    const fixed = collect.output !== undefined && count === 'one'
    return {
      collect,
      direct: fixed ? new LoopMaker(translate, record, 'computed') : undefined,
    }
  }
}

/** How the chain runs over input of one layout. */
interface ChainPlan {
  /** Collects all fields of the output. */
  readonly collect: LoopMaker
  /** Computes only what is not a plain copy; for chains that give one record per record. */
  readonly direct: LoopMaker | undefined
}
