/**
 * Operators wired together as a physical plan says: what is pushed into one node comes out of those
 * that read it. Knows nothing of sources, time slices and results; a job drives it, and so does an
 * operator that runs a part of the plan itself, such as a loop.
 */
import { FieldChecks } from '../../functions/field-check.js'
import type { PhysicalNode } from '../../optimizer/physical.js'
import { operationName } from '../../plan/operation-name.js'
import type { RecordBatch } from '../../types/batch.js'
import type {
  GroupIntake,
  Operator,
  OperatorContext,
  Output,
  Part,
  PartOptions,
  Steps,
} from '../operator.js'
import { SOLO, type Team } from '../team.js'
import type { Stopwatch } from './stopwatch.js'

/** What the operators of a dataflow share. */
export interface DataflowOptions {
  /** Makes the operator of a node; none for nodes that batches are pushed into from outside. */
  create(node: PhysicalNode, context: OperatorContext): Operator | undefined
  /** What operators get beside what is theirs alone. */
  readonly context: Omit<
    OperatorContext,
    'output' | 'operation' | 'fields' | 'handed' | 'count' | 'constant' | 'part' | 'expectedRows'
  >
  /** The context of a function that `operation` calls. */
  handed(
    values: Readonly<Record<string, unknown>>,
    operation: string,
  ): Readonly<Record<string, unknown>>
  /** Finds out whether fields exist; of several workers, only all of them together know. */
  readonly createChecks?: (node: PhysicalNode) => FieldChecks
  readonly watch: Stopwatch
  /** By node; also of parts that operators run themselves. */
  readonly tallies: Map<PhysicalNode, Tally>
  /** Called when the dataflow has been closed. */
  onClose?(): void
  /** Takes the batches of root `root`, one that is not a sink. */
  onBatch(root: number, batch: RecordBatch): Steps
}

/** One operator of a dataflow, and where its output goes. */
export interface Station {
  readonly node: PhysicalNode
  operator: Operator | undefined
  readonly consumers: { readonly station: Station; readonly input: number }[]
  /** Positions among the roots of the plan, when its output is wanted itself. */
  readonly roots: readonly number[]
  readonly tally: Tally
  fields: FieldChecks
  readonly open: boolean[]
}

/** What the operators of one node have done, over all supersteps of the loops around them. */
export class Tally {
  rowsIn = 0
  rowsOut = 0
  batches = 0
  readonly counters = new Map<string, number>()
  readonly code = new Set<string>()
}

/** See the module's documentation. */
export class Dataflow implements Part {
  readonly #options: DataflowOptions
  readonly #stations = new Map<PhysicalNode, Station>()
  readonly #parts = new Set<Dataflow>()

  /**
   * @param nodes Inputs before those that read them.
   * @param roots The nodes whose batches go to `onBatch`; sinks take theirs themselves.
   */
  constructor(
    nodes: readonly PhysicalNode[],
    roots: readonly PhysicalNode[],
    options: DataflowOptions,
  ) {
    this.#options = options
    for (const node of nodes) this.#add(node, roots)
  }

  get stations(): Iterable<Station> {
    return this.#stations.values()
  }

  station(node: PhysicalNode): Station {
    return this.#stations.get(node)!
  }

  /** Whether nobody wants more of what `node` gives. */
  isClosed(node: PhysicalNode): boolean {
    return isClosed(this.station(node))
  }

  /** Hands a batch to everyone who wants the output of `node`. */
  push(node: PhysicalNode, batch: RecordBatch): Steps {
    return this.#push(this.station(node), batch)
  }

  /** Tells the consumers of `node` that it is done; those that are done with it tell theirs. */
  finish(node: PhysicalNode): Steps {
    return this.#finishConsumers(this.station(node))
  }

  isKept(node: PhysicalNode): boolean {
    const { consumers, roots } = this.station(node)
    return (
      roots.length === 0 &&
      consumers.every(({ station, input }) => station.operator?.keeps?.(input) === true)
    )
  }

  *restart(): Steps {
    for (const station of this.#stations.values()) {
      const { operator, open } = station
      if (operator === undefined) continue
      if (operator.restart === undefined) {
        noteCode(station)
        yield operator.close?.() ?? undefined
        station.fields = this.#checksOf(station.node)
        station.operator = this.#options.create(station.node, this.#contextOf(station))
        open.fill(true)
      } else {
        operator.restart()
        for (let input = 0; input < open.length; input++) {
          open[input] = operator.keeps?.(input) !== true
        }
      }
    }
  }

  /** Notes the generated source of all operators in their tallies. */
  noteCode(): void {
    for (const station of this.#stations.values()) noteCode(station)
    for (const part of this.#parts) part.noteCode()
  }

  async close(): Promise<void> {
    for (const { operator } of this.#stations.values()) await operator?.close?.()
    this.#options.onClose?.()
  }

  #add(node: PhysicalNode, all: readonly PhysicalNode[]): void {
    const roots = all.flatMap((root, k) => (root === node ? [k] : []))
    const station: Station = {
      node,
      operator: undefined,
      consumers: [],
      roots: node.operation.kind === 'sink' ? [] : roots,
      tally: this.#tallyOf(node),
      fields: this.#checksOf(node),
      open: node.inputs.map(() => true),
    }
    station.operator = this.#options.create(node, this.#contextOf(station))
    this.#stations.set(node, station)
    for (const [input, from] of node.inputs.entries()) {
      this.station(from).consumers.push({ station, input })
    }
  }

  #checksOf(node: PhysicalNode): FieldChecks {
    return this.#options.createChecks?.(node) ?? new FieldChecks()
  }

  #tallyOf(node: PhysicalNode): Tally {
    const { tallies } = this.#options
    const tally = tallies.get(node) ?? new Tally()
    tallies.set(node, tally)
    return tally
  }

  #contextOf(station: Station): OperatorContext {
    const { context, handed } = this.#options
    const { node } = station
    const { counters } = station.tally
    const operation = operationOf(node)
    const output: Output = {
      push: batch => this.#push(station, batch),
      get closed() {
        return isClosed(station)
      },
      get groups() {
        return groupsOf(station)
      },
    }
    return {
      ...context,
      output,
      operation,
      fields: station.fields,
      team:
        node.single === true && node.operation.kind !== 'exchange'
          ? soloOf(context.team)
          : context.team,
      constant: node.inputs.map(isConstant),
      ...expectedRows(node, context.team),
      handed: (values, caller) => handed(values, caller ?? operation),
      part: (nodes, roots, options) => this.#part(nodes, roots, options),
      count: (metric, amount) => void counters.set(metric, (counters.get(metric) ?? 0) + amount),
    }
  }

  #part(
    nodes: readonly PhysicalNode[],
    roots: readonly PhysicalNode[],
    { create, context, onBatch }: PartOptions,
  ): Part {
    const outer = this.#options
    const part: Dataflow = new Dataflow(nodes, roots, {
      ...outer,
      create: (node, context) => create?.(node, context) ?? outer.create(node, context),
      handed: (values, caller) => context(outer.handed(values, caller)),
      onBatch,
      // A loop in a loop may be made anew in each superstep: its parts are not kept.
      onClose: () => {
        part.noteCode()
        this.#parts.delete(part)
      },
    })
    this.#parts.add(part)
    return part
  }

  *#push(station: Station, batch: RecordBatch): Steps {
    if (batch.length === 0 && batch.names.length === 0) return
    const { watch, context } = this.#options
    station.tally.rowsOut += batch.length
    station.tally.batches++
    for (const root of station.roots) yield* this.#options.onBatch(root, batch)
    if (batch.length === 0) return
    const before = watch.current
    for (const { station: to, input } of station.consumers) {
      if (!to.open[input] || !wants(to, input)) continue
      watch.switchTo(to.node.id)
      context.enterPartition(batch.partition)
      to.tally.rowsIn += batch.length
      yield* to.operator!.process(input, batch)
    }
    watch.switchTo(before)
  }

  *#finishConsumers(station: Station): Steps {
    const { watch } = this.#options
    const before = watch.current
    for (const { station: to, input } of station.consumers) {
      // Kept from an earlier superstep.
      if (!to.open[input]) continue
      watch.switchTo(to.node.id)
      to.open[input] = false
      const ended = !to.open.includes(true)
      // The records of two inputs may get to functions only when both have ended.
      if (to.open.length === 1) to.fields.check()
      yield* to.operator!.finish(input)
      if (ended) to.fields.check()
      watch.switchTo(before)
      if (ended) yield* this.#finishConsumers(to)
    }
  }
}

/** This worker's part of the records that come into a node; of groups in parts, of what is in them. */
function expectedRows(node: PhysicalNode, { workers }: Team): { expectedRows?: number } {
  let [input] = node.inputs
  while (input?.operation.kind === 'exchange' || input?.operation.kind === 'partialAggregate') {
    input = input.inputs[0]
  }
  if (input?.rows === undefined) return {}
  return { expectedRows: Math.ceil(input.rows / (node.single === true ? 1 : workers)) }
}

/** What one worker runs alone asks nobody. */
function soloOf({ worker }: Team): Team {
  return { ...SOLO, worker }
}

function noteCode({ operator, tally }: Station): void {
  for (const code of operator?.code?.() ?? []) tally.code.add(code)
}

/** Whether nobody wants more of what `station` gives. */
function isClosed(station: Station): boolean {
  if (station.roots.length > 0) return false
  return station.consumers.every(({ station: to, input }) => !to.open[input] || !wants(to, input))
}

/** The groups of the only reader of a station; what is added to them counts as pushed. */
function groupsOf({ consumers, roots, tally }: Station): GroupIntake | undefined {
  if (consumers.length !== 1 || roots.length > 0) return undefined
  const reader = consumers[0]!.station
  const groups = reader.operator?.groups
  if (groups === undefined) return undefined
  return {
    target: groups.target,
    settle(records) {
      tally.rowsOut += records
      reader.tally.rowsIn += records
      return groups.settle(records)
    },
  }
}

function wants(station: Station, input: number): boolean {
  const { fields, operator } = station
  // Only further records can tell whether a field exists.
  if (fields.isLacking) return true
  if (operator?.wants !== undefined) return operator.wants(input)
  return station.node.operation.kind === 'sink' || !isClosed(station)
}

/** Whether what comes from `node` is the same in every superstep of the loop around it. */
function isConstant({ operation }: PhysicalNode): boolean {
  return operation.kind === 'loopInput' && operation.role === 'constant'
}

/** The operation as errors name it. */
function operationOf(node: PhysicalNode): string {
  const { operation } = node
  return 'node' in operation ? operationName(operation.node) : operation.kind
}
