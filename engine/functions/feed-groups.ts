/** Runs a chain in loops that add its records straight to groups; see `group-target.ts`. */
import type { ChainOptions, ChainSource, Place, Stage } from './chain.js'
import type { ChainChecks } from './chain-checks.js'
import { CodeBuilder, warmUp } from './code/code-builder.js'
import {
  type FedScalars,
  fedScalars,
  type GroupLoop,
  type GroupLoopOptions,
  makeGroupLoop,
} from './code/group-code.js'
import { inputRecord, inputSignature, recordAt } from './code/input-code.js'
import { translateStages } from './code/stage-code.js'
import type { GroupTarget, OpenGroups } from './group-target.js'
import { checkMerge } from './interpret.js'

/** Records between two pauses: a millisecond or less. */
const MOST = 1 << 17
/** Records that loops cannot add may be so many before it is better to group batches. */
const ODD = 256
/** And so many more: one of this number. */
const ODD_SHARE = 64

/** The loops of one chain. */
export class GroupFeeder {
  readonly #stages: readonly Stage[]
  readonly #options: ChainOptions
  readonly #checks: ChainChecks
  readonly #plans = new Map<string, FeedPlan | undefined>()
  readonly #made: (source: string) => void
  #added = 0
  #odd = 0

  /** @param made Hears of the source of new loops. */
  constructor(
    stages: readonly Stage[],
    options: ChainOptions,
    checks: ChainChecks,
    made: (source: string) => void,
  ) {
    this.#stages = stages
    this.#options = options
    this.#checks = checks
    this.#made = made
  }

  /** Whether loops can add records of this source, as things are. */
  fits(source: ChainSource, target: GroupTarget): boolean {
    if (this.#odd > ODD + this.#added / ODD_SHARE) return false
    return (
      this.#planOf(source, target) !== undefined && target.open(expectedOf(source)) !== undefined
    )
  }

  /**
   * Adds records from `place` on, as many as there are between two pauses, and moves it.
   *
   * @param fail The error for a function that failed at a row of each input.
   * @returns How many records went through the loop.
   */
  feed(
    source: ChainSource,
    place: Place,
    target: GroupTarget,
    fail: (cause: unknown, at: number, rows: readonly number[]) => unknown,
  ): number {
    const { inputs, length, lists } = source
    const plan = this.#planOf(source, target)!
    const expected = expectedOf(source)
    const groups = target.open(expected)!
    const loop = plan.loop(source, groups)
    const add = (key: unknown, ...values: unknown[]) => {
      if (!isNumber(key) || !values.every((v, k) => target.fields[k] === undefined || isNumber(v)))
        this.#odd++
      target.close(groups)
      target.add(key, values, plan.doubles, expected)
      groups.size = -1
    }
    const count = loop(inputs, lists, groups, place, length, MOST, add, (cause, at, row, listed) =>
      fail(
        cause,
        at,
        inputs.map(({ rows }, k) => {
          if (lists === undefined) return rows === undefined ? row : rows[row]!
          if (k === lists.probe) return row
          return lists.rows === null ? listed : lists.rows[listed]!
        }),
      ),
    )
    if (groups.size >= 0) target.close(groups)
    this.#added += count
    return count
  }

  #planOf(source: ChainSource, target: GroupTarget): FeedPlan | undefined {
    const { lists } = source
    const way = lists === undefined ? '' : `${lists.probe}${lists.rows === null}`
    const signature = `${way} ${source.inputs.map(inputSignature).join(' ')}`
    if (!this.#plans.has(signature)) this.#plans.set(signature, this.#plan(source, target))
    return this.#plans.get(signature)
  }

  #plan({ inputs, lists }: ChainSource, { key, fields }: GroupTarget): FeedPlan | undefined {
    if (this.#stages.some(({ kind }) => kind === 'flatMap')) return undefined
    const merge = this.#stages.find(stage => stage.kind === 'merge')
    if (merge !== undefined) checkMerge(inputs[0]!.batch, inputs[1]!.batch, merge.shared)
    const options: Omit<GroupLoopOptions, 'aggregates' | 'kind'> = {
      key,
      fields,
      inputs: inputs.length,
      lists: lists && { probe: lists.probe, direct: lists.rows === null },
      record: (code, k, row) =>
        row === undefined
          ? inputRecord(code, inputs[k]!, k)
          : recordAt(code, inputs[k]!, k, row, undefined),
      translate: (code, records) =>
        translateStages(code, this.#stages, this.#options, this.#checks, records),
    }
    const code = new CodeBuilder()
    const records = inputs.map((_, k) => options.record(code, k, lists && 'i'))
    const fed = fedScalars(options.translate(code, records), options)
    return fed && new FeedPlan(options, fed, this.#made)
  }
}

/** How records of one layout are fed; one loop for each kind of values that the groups take. */
class FeedPlan {
  /** Of each value whether it comes from a column of doubles. */
  readonly doubles: readonly boolean[]
  readonly #options: Omit<GroupLoopOptions, 'aggregates' | 'kind'>
  readonly #made: (source: string) => void
  readonly #loops = new Map<string, GroupLoop>()

  constructor(
    options: Omit<GroupLoopOptions, 'aggregates' | 'kind'>,
    { values }: FedScalars,
    made: (source: string) => void,
  ) {
    this.#options = options
    this.#made = made
    this.doubles = values.map(scalar => scalar?.copy?.code.column.layout === 'float64')
  }

  loop({ inputs, length, lists }: ChainSource, groups: OpenGroups): GroupLoop {
    const { aggregates, kind } = groups
    const signature = [kind, ...aggregates.map(({ takes }) => takes)].join()
    let loop = this.#loops.get(signature)
    if (loop === undefined) {
      const generated = makeGroupLoop({ ...this.#options, aggregates, kind })
      const { run } = generated
      loop = run
      const end = { row: length, done: 0 }
      warmUp(() => run(inputs, lists, groups, end, length, 0, nothing, cause => cause))
      this.#loops.set(signature, loop)
      this.#made(generated.source)
    }
    return loop
  }
}

function expectedOf({ length, lists }: ChainSource): number {
  return lists?.pairs ?? length
}

function nothing(): void {}

function isNumber(value: unknown): boolean {
  return typeof value === 'number'
}
