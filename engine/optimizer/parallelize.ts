/**
 * From a plan for one thread to one that several workers run, each over its own part of the
 * records: says for every node how its records lie over the workers, and puts exchanges where a
 * node needs them otherwise. What has no parallel form gets all records on the first worker.
 */
import type { Key } from '../plan/key.js'
import type { PlanNode } from '../plan/node.js'
import { orderMatters } from './order-matters.js'
import type { Exchange, PhysicalNode, PhysicalOperation, PhysicalPlan } from './physical.js'
import { sameKey } from './same.js'

/** A table of so many records at most is built by every worker; so is one that much smaller. */
const BROADCAST_ROWS = 100_000
const BROADCAST_SHARE = 8

/** How the records of a node lie over the workers. */
interface Placed {
  readonly node: PhysicalNode
  readonly at: 'spread' | 'first'
  /** Records with equal values of these keys are on one worker, the one that their hash says. */
  readonly keys?: readonly Key[]
  /** The records of one partition are on one worker. */
  readonly partitioned?: boolean
}

/**
 * The plan for `workers` workers. A worker's records come before those of the next one wherever the
 * order of records means something; only groups and joined pairs come in another order than in one
 * thread.
 */
export function parallelize(plan: PhysicalPlan, workers: number): PhysicalPlan {
  const pass = new Parallelizing(plan, workers)
  const roots = plan.roots.map(root => pass.visit(root).node)
  const nodes = pass.nodes
  return Object.freeze({ ...plan, roots, nodes, main: nodes, threads: { workers } })
}

class Parallelizing {
  readonly nodes: PhysicalNode[] = []
  readonly #workers: number
  readonly #ordered: ReadonlySet<PhysicalNode>
  readonly #done = new Map<PhysicalNode, Placed>()

  constructor({ main, roots }: PhysicalPlan, workers: number) {
    this.#workers = workers
    this.#ordered = orderMatters(main, roots)
  }

  visit(node: PhysicalNode): Placed {
    let placed = this.#done.get(node)
    if (placed === undefined) {
      placed = this.#place(node)
      this.#done.set(node, placed)
    }
    return placed
  }

  #place(node: PhysicalNode): Placed {
    const { operation } = node
    if (operation.kind === 'source') return this.#add(node, operation, [])
    const inputs = node.inputs.map(input => this.visit(input))
    if (inputs.every(({ at }) => at === 'first')) return this.#onFirst(node, inputs)
    const input = inputs[0]!
    switch (operation.kind) {
      case 'chain': {
        const filters = operation.stages.every(({ kind }) => kind === 'filter')
        const kept = filters ? { keys: input.keys, partitioned: input.partitioned } : {}
        return this.#add(node, operation, [input], { ...kept })
      }
      case 'cache':
      case 'sink':
        return this.#add(node, operation, [input], input)
      case 'union':
        // One worker's records of the second input would come before the next one's of the first.
        return this.#ordered.has(node)
          ? this.#onFirst(node, inputs)
          : this.#add(node, operation, inputs)
      case 'mapPartition':
        return input.partitioned === true
          ? this.#add(node, operation, [input], { partitioned: true })
          : this.#onFirst(node, inputs)
      case 'sort':
        return this.#sort(node, operation, input)
      case 'partition': {
        const { partitions } = operation.node
        const spread = this.#onFirst(node, inputs)
        const to = this.#exchange(spread, { kind: 'partitions', partitions }, operation.node)
        return { ...to, partitioned: true }
      }
      case 'distinct':
      case 'first':
      case 'pick': {
        const own = this.#add(node, operation, [input], input)
        const { keys } = operation.node
        if (keys.length === 0) return this.#onFirst(node, [own])
        return this.#byKeys(node, keys, own)
      }
      case 'reduce': {
        const { keys } = operation.node
        if (keys.length > 0) return this.#byKeys(node, keys, input)
        return this.#onFirst(node, [this.#add(node, operation, [input])])
      }
      case 'reduceGroup': {
        const { keys, partial } = operation.node
        if (keys.length === 0) return this.#onFirst(node, inputs)
        return partial ? this.#add(node, operation, [input]) : this.#byKeys(node, keys, input)
      }
      case 'aggregate':
        return this.#aggregate(node, operation, input)
      case 'join':
        return this.#join(node, operation, inputs)
      case 'coGroup': {
        const { leftKeys, rightKeys } = operation.node
        const left = this.#hashed(inputs[0]!, leftKeys, operation.node)
        const right = this.#hashed(inputs[1]!, rightKeys, operation.node)
        return this.#add(node, operation, [left, right])
      }
      case 'cross':
        if (input.at === 'first') return this.#onFirst(node, inputs)
        return this.#add(node, operation, [input, this.#everywhere(inputs[1]!, operation.node)])
      case 'handOver': {
        if (input.at === 'first') return this.#onFirst(node, inputs)
        const handed = inputs.slice(1).map((other, k) => {
          return this.#everywhere(other, operation.handles[k]!.node)
        })
        return this.#add(node, operation, [input, ...handed], input)
      }
      default:
        return this.#onFirst(node, inputs)
    }
  }

  #sort(
    node: PhysicalNode,
    operation: Extract<PhysicalOperation, { readonly kind: 'sort' }>,
    input: Placed,
  ): Placed {
    const { scope, order, limit } = operation.node
    if (scope === 'partition') {
      return input.partitioned === true
        ? this.#add(node, operation, [input], { partitioned: true })
        : this.#onFirst(node, [input])
    }
    if (limit !== undefined) return this.#onFirst(node, [this.#add(node, operation, [input])])
    const ranges = this.#exchange(input, { kind: 'range', order }, operation.node)
    return this.#add(node, operation, [ranges])
  }

  #aggregate(
    node: PhysicalNode,
    operation: Extract<PhysicalOperation, { readonly kind: 'aggregate' }>,
    input: Placed,
  ): Placed {
    const of = operation.node
    if (of.keys.length > 0 && sameKeys(input.keys, of.keys)) {
      return this.#add(node, operation, [input], keysAfter(of.keys))
    }
    const parts = { ...node, label: `${node.label}, in parts`, steps: ['aggregate in parts'] }
    const own = this.#add(parts, { kind: 'partialAggregate', node: of }, [input])
    const final = { kind: 'finalAggregate', node: of } as const
    if (of.keys.length === 0) {
      const all = this.#exchange(own, { kind: 'gather' }, of)
      return this.#add(node, final, [all], { at: 'first' })
    }
    const groups = this.#exchange(own, { kind: 'groups' }, of)
    return this.#add(node, final, [groups], keysAfter(of.keys))
  }

  #join(
    node: PhysicalNode,
    operation: Extract<PhysicalOperation, { readonly kind: 'join' }>,
    inputs: readonly Placed[],
  ): Placed {
    const { build, strategy, node: of } = operation
    const table = build === 'left' ? 0 : 1
    const [built, other] = [inputs[table]!, inputs[1 - table]!]
    const types = build === 'left' ? ['inner', 'right'] : ['inner', 'left', 'semi', 'anti']
    const small = isSmall(built.node.rows, other.node.rows, this.#workers)
    if (strategy === 'hash' && small && types.includes(of.type)) {
      if (other.at === 'first') return this.#onFirst(node, inputs)
      const everywhere = this.#everywhere(built, of)
      const sides = table === 0 ? [everywhere, other] : [other, everywhere]
      return this.#add(node, operation, sides)
    }
    const left = this.#hashed(inputs[0]!, of.leftKeys, of)
    const right = this.#hashed(inputs[1]!, of.rightKeys, of)
    return this.#add(node, operation, [left, right])
  }

  /** `node` over records that are on the workers that the hash of `keys` says. */
  #byKeys(node: PhysicalNode, keys: readonly Key[], input: Placed): Placed {
    const of = (node.operation as { readonly node: PlanNode }).node
    const kept = node.operation.kind === 'reduce' || node.operation.kind === 'reduceGroup'
    const hashed = this.#hashed(input, keys, of)
    return this.#add(node, node.operation, [hashed], kept ? {} : { keys })
  }

  #hashed(input: Placed, keys: readonly Key[], of: PlanNode): Placed {
    if (sameKeys(input.keys, keys)) return input
    return { ...this.#exchange(input, { kind: 'hash', keys }, of), keys }
  }

  #everywhere(input: Placed, of: PlanNode): Placed {
    return this.#exchange(input, { kind: 'broadcast' }, of)
  }

  /** `node` on the first worker alone, over all records in their order. */
  #onFirst(node: PhysicalNode, inputs: readonly Placed[]): Placed {
    const { operation } = node
    const gathered = inputs.map(input =>
      input.at === 'first'
        ? input
        : this.#exchange(input, { kind: 'gather' }, 'node' in operation ? operation.node : NOBODY),
    )
    return this.#add(node, operation, gathered, { at: 'first' })
  }

  #exchange(input: Placed, to: Exchange, of: PlanNode): Placed {
    const { rows } = input.node
    const label = exchangeLabel(to)
    const node = { id: 0, operation: input.node.operation, inputs: [], label, reasons: [] }
    const operation = { kind: 'exchange', node: of, to } as const
    const estimate = rows === undefined ? {} : { rows }
    const at = to.kind === 'gather' ? 'first' : 'spread'
    const added = this.#add({ ...node, steps: [label], ...estimate }, operation, [input])
    return { node: added.node, at }
  }

  #add(
    { label, steps, reasons, rows }: PhysicalNode,
    operation: PhysicalOperation,
    inputs: readonly Placed[],
    placed: Partial<Omit<Placed, 'node'>> = {},
  ): Placed {
    const at = placed.at ?? 'spread'
    const node: PhysicalNode = Object.freeze({
      id: this.nodes.length,
      operation,
      inputs: inputs.map(input => input.node),
      label,
      ...(steps && { steps }),
      reasons,
      ...(rows !== undefined && { rows }),
      ...(at === 'first' && { single: true }),
    })
    this.nodes.push(node)
    const { keys, partitioned } = placed
    return { node, at, ...(keys && { keys }), ...(partitioned && { partitioned }) }
  }
}

/** Stands for the plan node of an exchange that no single one asks for. */
const NOBODY: PlanNode = Object.freeze({ kind: 'union', inputs: [], name: 'gather' })

function isSmall(built: number | undefined, other: number | undefined, workers: number): boolean {
  if (built === undefined) return false
  if (built <= BROADCAST_ROWS) return true
  return other !== undefined && built * BROADCAST_SHARE * workers <= other
}

/** How the groups of an aggregate lie; its keys are fields of its records. */
function keysAfter(keys: readonly Key[]): Partial<Placed> {
  const plain = keys.every(key => key.kind === 'field' && !key.path.includes('.'))
  return plain ? { keys } : {}
}

function sameKeys(a: readonly Key[] | undefined, b: readonly Key[]): boolean {
  return a?.length === b.length && b.length > 0 && b.every((key, k) => sameKey(key, a[k]!))
}

function exchangeLabel(to: Exchange): string {
  switch (to.kind) {
    case 'hash':
      return 'exchange by keys'
    case 'groups':
      return 'exchange by groups'
    case 'range':
      return 'exchange by ranges'
    case 'partitions':
      return 'exchange by partitions'
    case 'gather':
      return 'gather on the first worker'
    case 'broadcast':
      return 'copy to every worker'
  }
}
