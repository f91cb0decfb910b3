import type { PhysicalNode, PhysicalOperation } from '../../optimizer/physical.js'
import type { RecordBatch } from '../../types/batch.js'
import { BatchBuffer } from '../batch-buffer.js'
import { concatKeyed, type KeyedBatch } from '../keys/keyed-batch.js'
import { createKeyExtractor } from '../keys/keys.js'
import type { Operator, OperatorContext, Steps } from '../operator.js'
import { Reservation } from '../reservation.js'
import type { StepsTo } from '../steps.js'
import type { NamedBatches, StepOutcome } from './driver.js'
import type { LoopBody } from './loop-body.js'
import type { LoopState } from './loop-operator.js'
import { createSolutionCoGroup } from './solution-co-group.js'
import { createSolutionJoin } from './solution-join.js'
import type { SolutionSet } from './solution-set.js'

/**
 * The solution set and the workset of a delta iteration. What a superstep changes is kept back until
 * it is over, so that all of it sees the same solution set.
 */
export class DeltaState implements LoopState {
  readonly initialInputs = 2
  readonly #node: Extract<PhysicalOperation, { readonly kind: 'iterateDelta' }>['node']
  readonly #context: OperatorContext
  readonly #keysOf: (batch: RecordBatch) => KeyedBatch
  readonly #memory: Reservation
  readonly #solution: SolutionSet
  /** The initial solution set, until it is complete. */
  #initial: KeyedBatch[] = []
  readonly #delta: BatchBuffer
  #workset: BatchBuffer
  #next: BatchBuffer
  #criterionRows = 0

  /** @param solution Filled by `begin`; what was in it before is forgotten. */
  constructor(
    { node }: Extract<PhysicalOperation, { readonly kind: 'iterateDelta' }>,
    solution: SolutionSet,
    context: OperatorContext,
  ) {
    this.#node = node
    this.#context = context
    const extract = createKeyExtractor(node.keys, context)
    this.#keysOf = batch => ({ keys: extract(batch), batch })
    this.#memory = new Reservation(context)
    this.#solution = solution
    this.#delta = new BatchBuffer(context)
    this.#workset = new BatchBuffer(context)
    this.#next = new BatchBuffer(context)
  }

  pending(): number {
    return this.#workset.rows
  }

  /** Joins and coGroups by the key of the solution set look records up in it. */
  create({ operation }: PhysicalNode, context: OperatorContext): Operator | undefined {
    if (operation.kind === 'join' && operation.strategy === 'solution') {
      return createSolutionJoin(operation, this.#solution, context)
    }
    if (operation.kind === 'coGroup' && operation.solution !== undefined) {
      return createSolutionCoGroup(operation.node, operation.solution, this.#solution, context)
    }
    return undefined
  }

  *addInitial(input: number, batch: RecordBatch): Steps {
    if (input === 1) yield* this.#workset.add(batch)
    else if (batch.length > 0) this.#initial.push(this.#keysOf(batch.inPartition(0)))
  }

  *begin(): Steps {
    yield* this.#solution.build(this.#initial, this.#node.onDuplicate)
    this.#initial = []
    this.#reserve()
  }

  *take(result: number, batch: RecordBatch): Steps {
    if (result === 0) yield* this.#delta.add(batch)
    else if (result === 1) yield* this.#next.add(batch)
    else this.#criterionRows += batch.length
  }

  *superstep(body: LoopBody): StepsTo<StepOutcome> {
    this.#criterionRows = 0
    const current = this.#workset
    const workset = current.rows
    yield* body.run({
      workset: push => current.each(push),
      solution: push => this.#each(push),
    })
    yield current.close()
    this.#workset = this.#next
    this.#next = current
    const changed = yield* this.#update()
    const criterion = this.#node.criteria.length > 0 ? { criterion: this.#criterionRows } : {}
    return { workset, changed, pending: this.#workset.rows, ...criterion }
  }

  *save(): StepsTo<NamedBatches> {
    const { keys, records } = this.#solution.snapshot()
    return { keys: [keys], records: [records], workset: yield* this.#workset.all() }
  }

  *load({ keys, records, workset = [] }: NamedBatches): Steps {
    this.#solution.restore({ keys: keys![0]!, records: records![0]! })
    yield this.#workset.close()
    for (const batch of workset) yield* this.#workset.add(batch)
  }

  *emit(): Steps {
    const { output } = this.#context
    yield* this.#each(batch => output.push(batch))
  }

  async close(): Promise<void> {
    this.#initial = []
    this.#memory.releaseAll()
    for (const buffer of [this.#delta, this.#workset, this.#next]) await buffer.close()
  }

  *#update(): StepsTo<number> {
    const pieces: KeyedBatch[] = []
    yield* this.#delta.each(batch => this.#keep(batch, pieces))
    yield this.#delta.close()
    if (pieces.length === 0) return 0
    const changed = this.#solution.update(concatKeyed(pieces))
    this.#reserve()
    return changed
  }

  *#keep(batch: RecordBatch, pieces: KeyedBatch[]): Steps {
    pieces.push(this.#keysOf(batch.inPartition(0)))
  }

  *#each(take: (batch: RecordBatch) => Steps): Steps {
    for (const batch of this.#solution.batches()) yield* take(batch)
  }

  /** A solution set does not go to disk: what does not fit fails. */
  #reserve(): void {
    const growth = this.#solution.byteLength - this.#memory.bytes
    if (growth > 0) this.#memory.demand(growth)
  }
}
