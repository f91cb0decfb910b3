/** From a loop as users write it to the plan's nodes, with the checks of its body. */
import { ArgumentError, PlanError } from '../errors.js'
import { freeLoops, handlesBelow } from '../optimizer/handed-plans.js'
import { nodesOf } from '../plan/inputs.js'
import type { Key } from '../plan/key.js'
import { Loop, type LoopParts, type LoopRole } from '../plan/loop.js'
import { type PlanNode, planNode } from '../plan/node.js'
import { oneOf } from '../types/arguments.js'
import { shown } from '../types/column-writer.js'
import type { DataSet } from './data-set.js'
import type { Flow, Host } from './host.js'
import type { IteratedDataSet } from './iterated.js'
import { keysOf } from './keys.js'
import { type IterateDeltaOptions, type IterateOptions, loopOptions } from './loop-options.js'
import { otherSide } from './other-side.js'

/** What the body of a bulk iteration returns when it has a criterion besides its result. */
export interface BulkResult<T> {
  readonly next: DataSet<T>
  /** The loop ends after a superstep in which this is empty. */
  readonly untilEmpty?: Pick<DataSet<never>, 'node'>
}

/** What the body of a delta iteration returns. */
export interface DeltaResult<T, W> {
  /** Records to put into the solution set, in the places of those with the same keys. */
  readonly delta: DataSet<T>
  /** The next workset; the loop ends when it is empty. */
  readonly workset: DataSet<W>
  /** The loop also ends after a superstep in which this is empty. */
  readonly untilEmpty?: Pick<DataSet<never>, 'node'>
}

/** A bulk iteration whose body is not closed yet. */
export class OpenIteration<T> {
  /** The records of the current superstep. */
  readonly current: DataSet<T>
  readonly #flow: Flow
  readonly #loop: Loop
  readonly #options: IterateOptions

  /** @internal Use `iterate` without a body. */
  constructor(flow: Flow, options: IterateOptions) {
    // Whether something ends the loop is known when it is closed.
    loopOptions(options, 'iterate', true)
    this.#flow = flow
    this.#options = options
    this.#loop = new Loop(options.name ?? 'iterate')
    this.current = flow.host.dataSet(loopInput(this.#loop, 'current'))
  }

  /**
   * Closes the loop.
   *
   * @param next What `current` is in the next superstep, and in the end the result.
   * @param untilEmpty The loop ends after a superstep in which this is empty.
   * @throws {ArgumentError} If nothing would end the loop.
   * @throws {PlanError} If `next` does not depend on `current`.
   * @example
   * const loop = from([1]).iterate({ maxIterations: 3 })
   * loop.closeWith(loop.current.map(x => x * 2)) // 8
   */
  closeWith<U extends T = T>(
    next: DataSet<U>,
    untilEmpty?: Pick<DataSet<never>, 'node'>,
  ): IteratedDataSet<T> {
    const { host, node: input } = this.#flow
    const loop = this.#loop
    const options = loopOptions(this.#options, 'iterate', untilEmpty !== undefined)
    const result = resultNode(host, next, 'iterate', 'the body')
    mustDepend([result], loop, 'iterate')
    const parts = bodyParts(host, loop, 'iterate', [result], untilEmpty)
    return host.iterated<T>(
      planNode({ kind: 'iterate', loop, options, input, next: result, ...parts }),
    )
  }
}

/** A delta iteration whose body is not closed yet. */
export class OpenDeltaIteration<T, W> {
  /** The solution set as it was at the end of the last superstep. */
  readonly solution: DataSet<T>
  /** The workset of the current superstep. */
  readonly workset: DataSet<W>
  readonly #flow: Flow
  readonly #loop: Loop
  readonly #keys: readonly Key[]
  readonly #options: IterateDeltaOptions<T, W>

  /** @internal Use `iterateDelta` without a body. */
  constructor(flow: Flow, options: IterateDeltaOptions<T, W>) {
    const operation = 'iterateDelta'
    loopOptions(options, operation, true, FURTHER)
    oneOf(options.onDuplicate ?? 'error', ['error', 'first', 'last'], operation, 'onDuplicate')
    otherSide(flow.host, options.workset, operation)
    const { key } = options
    this.#flow = flow
    this.#options = options
    this.#loop = new Loop(options.name ?? operation)
    this.#keys = keysOf(Array.isArray(key) ? key : [key], operation)
    this.solution = flow.host.dataSet(loopInput(this.#loop, 'solution', this.#keys))
    this.workset = flow.host.dataSet(loopInput(this.#loop, 'workset'))
  }

  /**
   * Closes the loop.
   *
   * @param delta Records to put into the solution set, in the places of those with the same keys.
   *   Of several with one key the last one stays.
   * @param workset The next workset; the loop ends when it is empty.
   * @param untilEmpty The loop also ends after a superstep in which this is empty.
   * @throws {ArgumentError} If nothing but an empty workset would end the loop.
   * @throws {PlanError} If the results do not depend on the workset.
   * @example
   * const first = from([{ id: 1, left: 3 }])
   * const loop = first.iterateDelta({ workset: first, key: 'id', maxIterations: 10 })
   * const less = loop.workset.filter(w => w.left > 0).map(w => ({ ...w, left: w.left - 1 }))
   * loop.closeWith(less, less) // { id: 1, left: 0 }
   */
  closeWith<U extends T = T, V extends W = W>(
    delta: DataSet<U>,
    workset: DataSet<V>,
    untilEmpty?: Pick<DataSet<never>, 'node'>,
  ): IteratedDataSet<T> {
    const operation = 'iterateDelta'
    const { host, node: solution } = this.#flow
    const loop = this.#loop
    const options = loopOptions(this.#options, operation, untilEmpty !== undefined, FURTHER)
    const results = [
      resultNode(host, delta, operation, 'delta'),
      resultNode(host, workset, operation, 'workset'),
    ]
    mustDepend(results, loop, operation, 'workset')
    const parts = bodyParts(host, loop, operation, results, untilEmpty)
    const node = planNode({
      kind: 'iterateDelta',
      loop,
      options,
      solution,
      workset: this.#options.workset.node,
      keys: this.#keys,
      delta: results[0]!,
      next: results[1]!,
      onDuplicate: this.#options.onDuplicate ?? 'error',
      ...parts,
    })
    return host.iterated<T>(node)
  }
}

const FURTHER = ['workset', 'key', 'onDuplicate']

function loopInput(loop: Loop, role: LoopRole, keys?: readonly Key[]): PlanNode {
  return planNode({ kind: 'loopInput', loop, role, ...(keys && { keys }) })
}

function bodyParts(
  host: Host,
  loop: Loop,
  operation: string,
  results: readonly PlanNode[],
  untilEmpty: Pick<DataSet<never>, 'node'> | undefined,
): Pick<LoopParts, 'criteria' | 'broadcasts' | 'handles'> {
  const criteria =
    untilEmpty === undefined ? [] : [resultNode(host, untilEmpty, operation, 'untilEmpty')]
  const all = [...results, ...criteria]
  const handles = handlesBelow(all)
  const broadcasts = handles.map(({ node }) => node)
  const cached = nodesOf([...all, ...broadcasts]).find(
    node => node.kind === 'cache' && freeLoops(node).has(loop),
  )
  if (cached !== undefined) {
    throw new PlanError(
      `${operation}: what changes from superstep to superstep cannot be cached. Leave cache() out; what does not change is computed once anyway.`,
    )
  }
  const inner = nodesOf([...all, ...broadcasts]).find(
    node => 'options' in node && node.options.checkpoint !== undefined && freeLoops(node).has(loop),
  )
  if (inner !== undefined) {
    throw new PlanError(
      `${operation}: a loop in a loop cannot have checkpoints of its own. Give { checkpoint } to the outer one.`,
    )
  }
  return { criteria, handles, broadcasts }
}

/** The plan of a data set that a body returned. */
function resultNode(host: Host, given: unknown, operation: string, what: string): PlanNode {
  const node = (given as Partial<DataSet<unknown>> | undefined)?.node
  if (node?.kind === 'sink') {
    throw new PlanError(
      `${operation}: ${what} must be a data set; got a sink. Write the result of the loop instead.`,
    )
  }
  if (typeof node !== 'object') {
    throw new ArgumentError(
      `${operation}: ${what} must return a data set; got ${shown(given)}. Build it with the operations of the data sets that the body gets.`,
    )
  }
  return otherSide(host, given, operation)
}

/** @throws {PlanError} If none of `results` depends on what the loop computes. */
function mustDepend(
  results: readonly PlanNode[],
  loop: Loop,
  operation: string,
  role: LoopRole = 'current',
): void {
  if (results.some(result => readsRole(result, loop, role))) return
  throw new PlanError(
    `${operation}: the body does not use its ${role}, so that every superstep would do the same. Derive the result from it.`,
  )
}

function readsRole(result: PlanNode, loop: Loop, role: LoopRole): boolean {
  const handed = handlesBelow([result]).map(({ node }) => node)
  return nodesOf([result, ...handed]).some(
    node => node.kind === 'loopInput' && node.loop === loop && node.role === role,
  )
}
