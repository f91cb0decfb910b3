/** How what enters the body of a loop lies over the workers, and what it is outside of the body. */
import type { Key } from '../plan/key.js'
import { orderMatters } from './order-matters.js'
import type {
  Exchange,
  LoopInputRole,
  PhysicalBody,
  PhysicalNode,
  PhysicalOperation,
} from './physical.js'
import { type Placed, sameKeys } from './placed.js'

/** The operation of a loop. */
export type LoopOperation = Extract<
  PhysicalOperation,
  { readonly kind: 'iterate' | 'iterateDelta' }
>

/** A body in parallel form. `P` is the pass that makes it. */
export interface PlacedBody<P> {
  readonly nodes: readonly PhysicalNode[]
  readonly results: readonly Placed[]
  readonly entries: BodyEntries<P>
  readonly inputs: PhysicalBody['inputs']
}

/** Something that is the same in every superstep: where it enters, and what comes in there. */
interface Constant {
  readonly entry: Placed
  readonly outside: Placed
  /** Set when it is another one's records, exchanged on the way in. */
  readonly exchanged?: { readonly from: Placed; readonly to: Exchange }
}

/** See the module's documentation. */
export class BodyEntries<P> {
  /** The pass over what is around the body. */
  readonly outer: P
  readonly #body: PhysicalBody
  readonly #outside: readonly Placed[]
  readonly #keys: readonly Key[] | undefined
  readonly #kind: LoopOperation['kind']
  readonly #constants: Constant[] = []

  /** @param keys By which the loop's own records lie: the current ones, or the solution set. */
  constructor(
    outer: P,
    body: PhysicalBody,
    outside: readonly Placed[],
    keys: readonly Key[] | undefined,
    kind: LoopOperation['kind'],
  ) {
    this.outer = outer
    this.#body = body
    this.#outside = outside
    this.#keys = keys
    this.#kind = kind
  }

  /** By which keys what enters as `role` lies. */
  keysOf(role: LoopInputRole): readonly Key[] | undefined {
    const keyed = this.#kind === 'iterate' ? role === 'current' : role !== 'workset'
    return keyed ? this.#keys : undefined
  }

  /** What enters at `entry`, a constant of the body as it was. */
  outside(entry: PhysicalNode): Placed {
    return this.#outside[this.#body.constants.indexOf(entry)]!
  }

  addConstant(entry: Placed, outside: Placed, exchanged?: Constant['exchanged']): void {
    this.#constants.push({ entry, outside, ...(exchanged && { exchanged }) })
  }

  /** How many constants there are so far. */
  get size(): number {
    return this.#constants.length
  }

  /** Forgets the constants that were added last. */
  resetTo(size: number): void {
    this.#constants.length = size
  }

  /** What `placed` is outside, when it is a constant. */
  outsideOf({ node }: Placed): Placed | undefined {
    return this.#constants.find(({ entry }) => entry.node === node)?.outside
  }

  /** Where the constant `from` enters that has been exchanged in this way before. */
  exchanged(from: Placed, to: Exchange): Placed | undefined {
    const known = this.#constants.find(
      ({ exchanged }) => exchanged?.from.node === from.node && sameExchange(exchanged.to, to),
    )
    return known?.entry
  }

  /** The constants that somebody in the body reads. */
  usedBy(nodes: readonly PhysicalNode[], roots: readonly PhysicalNode[]): readonly Constant[] {
    const read = new Set([...roots, ...nodes.flatMap(({ inputs }) => inputs)])
    return this.#constants.filter(({ entry }) => read.has(entry.node))
  }
}

/**
 * The results of a body whose order can be seen.
 *
 * @param own Whether the order of what the loop gives matters.
 */
export function bodyOrder(
  { nodes, roots, inputs }: PhysicalBody,
  isDelta: boolean,
  own: boolean,
): readonly PhysicalNode[] {
  // Of several changes of one entry the last one counts.
  const ordered = isDelta ? roots.slice(0, 1) : own ? roots : []
  const records = isDelta ? inputs.workset : inputs.current
  const again = records !== undefined && orderMatters(nodes, ordered).has(records)
  return again ? roots : ordered
}

function sameExchange(a: Exchange, b: Exchange): boolean {
  if (a.kind !== b.kind) return false
  if (a.kind === 'hash' && b.kind === 'hash') return sameKeys(a.keys, b.keys)
  return a.kind === 'gather' || a.kind === 'broadcast'
}
