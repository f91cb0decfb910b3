/**
 * How a plan travels to workers: plain data, with functions as their source text. Sources, sinks,
 * caches and accumulators stay on the calling thread; the plan says where they belong.
 */
import { rebuiltFunction } from '../../functions/code/rebuilt-function.js'
import { expressionOf } from '../../functions/expression-of.js'
import { sourceOf, whyItStays } from '../../functions/travel.js'
import type { UserFunction } from '../../functions/user-function.js'
import type {
  PhysicalBody,
  PhysicalNode,
  PhysicalOperation,
  PhysicalPlan,
} from '../../optimizer/physical.js'
import { type Accumulator, Broadcast, isAccumulator } from '../../plan/handed.js'
import { inputsOf, withInputs } from '../../plan/inputs.js'
import type { PlanNode } from '../../plan/node.js'
import { operationName } from '../../plan/operation-name.js'
import type { Source } from '../../plan/source.js'
import { survivesCopy } from '../spill/survives-copy.js'

/** A plan as a message holds it. */
export interface PlanMessage {
  readonly nodes: readonly NodeMessage[]
  /** The nodes outside of loop bodies. */
  readonly main: readonly number[]
  /** By id: the roots of the plan, then its caches. */
  readonly roots: readonly number[]
}

/** The body of a loop, with ids for nodes. */
interface BodyMessage {
  readonly $: 'body'
  readonly nodes: readonly number[]
  readonly inputs: Readonly<Record<string, number>>
  readonly constants: readonly number[]
  readonly roots: readonly number[]
}

interface NodeMessage extends Omit<PhysicalNode, 'operation' | 'inputs'> {
  readonly operation: unknown
  readonly inputs: readonly number[]
}

/** A plan that can travel, with what stays behind. */
export interface TravelingPlan {
  readonly message: PlanMessage
  readonly accumulators: readonly Accumulator<unknown, unknown>[]
  /** Under which the accumulators were handed over. */
  readonly names: readonly string[]
  /** Those whose batches come back behind the roots of the plan. */
  readonly caches: readonly PhysicalNode[]
}

/** Something of a plan cannot leave the calling thread; the message says what and why. */
class Stays extends Error {}

/**
 * The message for `plan`, or why it must stay on the calling thread.
 *
 * @param parameters The job parameters, which must be able to travel, too.
 */
export function planMessage(
  plan: PhysicalPlan,
  parameters: Readonly<Record<string, unknown>>,
): TravelingPlan | string {
  const packer = new Packer()
  const caches = plan.nodes.filter(({ operation }) => operation.kind === 'cache')
  try {
    if (!survivesCopy(parameters)) throw new Stays('the job parameters are not all plain data')
    const nodes = plan.nodes.map(node => {
      const { operation, inputs, ...rest } = node
      const ids = inputs.map(({ id }) => id)
      return { ...rest, reasons: [], operation: packer.operation(operation), inputs: ids }
    })
    const roots = [...plan.roots, ...caches].map(({ id }) => id)
    const { accumulators, names } = packer
    const main = plan.main.map(({ id }) => id)
    return { message: { nodes, main, roots }, accumulators, names, caches }
  } catch (error) {
    if (error instanceof Stays) return error.message
    throw error
  }
}

/** What a worker has in place of what stays on the calling thread. */
export interface StandIns {
  source(node: number, label: string): Source
  accumulator(index: number): Accumulator<unknown, unknown>
}

/** The plan of a message. */
export function planOf({ nodes, main, roots }: PlanMessage, standIns: StandIns): PhysicalPlan {
  const handles = new Map<number, Broadcast>()
  const accumulators = new Map<number, Accumulator<unknown, unknown>>()
  const made: PhysicalNode[] = []
  for (const { operation, inputs, ...rest } of nodes) {
    const unpacked = unpack(operation, { ...standIns, handles, accumulators, made, node: rest.id })
    const below = inputs.map(id => made[id]!)
    made.push({ ...rest, operation: unpacked as PhysicalOperation, inputs: below })
  }
  return {
    roots: roots.map(id => made[id]!),
    nodes: made,
    main: main.map(id => made[id]!),
    rulesApplied: [],
  }
}

/** Passes everything on; stands for what the calling thread does with the records. */
const NOTHING: PlanNode = Object.freeze({ kind: 'union', inputs: [] })
const PASS: PlanNode = Object.freeze({ kind: 'union', inputs: [NOTHING] })

class Packer {
  readonly accumulators: Accumulator<unknown, unknown>[] = []
  readonly names: string[] = []
  readonly #handles: Broadcast[] = []

  operation(operation: PhysicalOperation): unknown {
    switch (operation.kind) {
      case 'source': {
        const { source, ...rest } = operation
        return { ...rest, source: { $: 'source', label: source.label } }
      }
      case 'sink':
      case 'cache':
        return { kind: 'union', node: PASS }
      case 'addColumns':
        throw new Stays(`${operation.node.operation} computes on the calling thread`)
      case 'iterate':
      case 'iterateDelta': {
        const inputs = inputsOf(operation.node).map(() => NOTHING)
        const node = withInputs(operation.node, inputs)
        return this.#pack({ ...operation, node, body: bodyMessage(operation.body) }, 1)
      }
      case 'exchange': {
        // Its plan node only names it.
        const node = { kind: 'union', inputs: [], name: operationName(operation.node) }
        return this.#pack({ ...operation, node }, 1)
      }
      case 'loopInput':
      case 'handOver':
        return this.#pack(operation, 1)
      default: {
        if (!('node' in operation)) return this.#pack(operation, 1)
        const inputs = inputsOf(operation.node).map(() => NOTHING)
        return this.#pack({ ...operation, node: withInputs(operation.node, inputs) }, 1)
      }
    }
  }

  #pack(value: unknown, records: 1 | 2): unknown {
    if (typeof value === 'function') return this.#plainFunction(value as UserFunction['call'] & {})
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) return value.map(item => this.#pack(item, records))
    if (value instanceof Broadcast) return { $: 'broadcast', index: indexIn(this.#handles, value) }
    const prototype: unknown = Object.getPrototypeOf(value)
    if (prototype !== Object.prototype && prototype !== null) return { $: 'value', value }
    if ('handed' in value && 'operation' in value) {
      return this.#function(value as UserFunction, records)
    }
    const packed: Record<string, unknown> = {}
    for (const [name, inner] of Object.entries(value)) {
      const ofPair = name === 'condition' || name === 'result'
      const reduces = name === 'fn' && 'kind' in value && value.kind === 'reduce'
      packed[name] = this.#pack(inner, ofPair || reduces ? 2 : records)
    }
    return packed
  }

  /** A function of a loop's own: `until`, or a part of an aggregator. */
  #plainFunction(call: UserFunction['call'] & {}): unknown {
    const why = whyItStays({ call, handed: {}, operation: call.name || 'a function of a loop' })
    if (why !== undefined) throw new Stays(why)
    return { $: 'function', text: sourceOf(call) }
  }

  #function(fn: UserFunction, records: 1 | 2): unknown {
    const { call, formula, expression, operation } = fn
    const why = whyItStays(fn)
    if (why !== undefined) throw new Stays(why)
    const handed: Record<string, unknown> = {}
    for (const [name, value] of Object.entries(fn.handed)) {
      handed[name] = this.#handed(name, value, operation)
    }
    const text = call === undefined ? {} : { call: { $: 'function', text: sourceOf(call) } }
    const data = formula === undefined ? expression : expressionOf(fn, records)
    return { operation, handed, ...text, ...(data && { expression: this.#pack(data, records) }) }
  }

  #handed(name: string, value: unknown, operation: string): unknown {
    if (value instanceof Broadcast) return this.#pack(value, 1)
    if (isAccumulator(value)) {
      const index = indexIn(this.accumulators, value)
      const other = this.names.findIndex((known, k) => known === name && k !== index)
      // The calling thread knows the right error.
      if (other >= 0) throw new Stays(`two accumulators are called \`${name}\``)
      this.names[index] ??= name
      return { $: 'accumulator', index }
    }
    if (survivesCopy(value) || isShared(value)) return { $: 'value', value }
    throw new Stays(`${operation} is given \`${name}\`, which is not plain data`)
  }
}

/** Whether all threads see the same array: a view of shared memory. */
function isShared(value: unknown): boolean {
  return (
    typeof SharedArrayBuffer !== 'undefined' &&
    ArrayBuffer.isView(value) &&
    value.buffer instanceof SharedArrayBuffer
  )
}

interface Unpacking extends StandIns {
  readonly handles: Map<number, Broadcast>
  readonly accumulators: Map<number, Accumulator<unknown, unknown>>
  readonly made: readonly PhysicalNode[]
  readonly node: number
}

function bodyMessage({ nodes, inputs, constants, roots }: PhysicalBody): BodyMessage {
  const ids = (all: readonly PhysicalNode[]) => all.map(({ id }) => id)
  const entries = Object.entries(inputs).map(([role, { id }]) => [role, id])
  return {
    $: 'body',
    nodes: ids(nodes),
    inputs: Object.fromEntries(entries),
    constants: ids(constants),
    roots: ids(roots),
  }
}

function bodyOf({ nodes, inputs, constants, roots }: BodyMessage, to: Unpacking): PhysicalBody {
  const all = (ids: readonly number[]) => ids.map(id => to.made[id]!)
  const entries = Object.entries(inputs).map(([role, id]) => [role, to.made[id]!])
  return {
    nodes: all(nodes),
    inputs: Object.fromEntries(entries),
    constants: all(constants),
    roots: all(roots),
  }
}

function unpack(value: unknown, to: Unpacking): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(item => unpack(item, to))
  const packed = value as Record<string, unknown>
  switch (packed.$) {
    case 'value':
      return packed.value
    case 'body':
      return bodyOf(value as BodyMessage, to)
    case 'function':
      return rebuiltFunction(packed.text as string)
    case 'source':
      return to.source(to.node, packed.label as string)
    case 'broadcast':
      return known(to.handles, packed.index as number, () => new Broadcast(NOTHING))
    case 'accumulator': {
      const index = packed.index as number
      return known(to.accumulators, index, () => to.accumulator(index))
    }
    default:
      return Object.fromEntries(
        Object.entries(packed).map(([name, inner]) => [name, unpack(inner, to)]),
      )
  }
}

function known<T>(values: Map<number, T>, index: number, make: () => T): T {
  const value = values.get(index) ?? make()
  values.set(index, value)
  return value
}

function indexIn<T>(values: T[], value: T): number {
  const index = values.indexOf(value)
  return index >= 0 ? index : values.push(value) - 1
}
