/**
 * From a plan for one thread to one that several workers run, each over its own part of the
 * records: says for every node how its records lie over the workers, and puts exchanges where a
 * node needs them otherwise. What has no parallel form gets all records on the first worker.
 */
import type { Key } from '../plan/key.js'
import type { PlanNode } from '../plan/node.js'
import { BodyEntries, bodyOrder, type LoopOperation, type PlacedBody } from './body-entries.js'
import { keysOfPair, keysThrough, type SideKeys } from './keys-through.js'
import { orderMatters } from './order-matters.js'
import type {
  Exchange,
  PhysicalBody,
  PhysicalNode,
  PhysicalOperation,
  PhysicalPlan,
} from './physical.js'
import { type Placed, sameKeys } from './placed.js'

/** A table of so many records at most is built by every worker. */
const SMALL_TABLE = 50_000
/** So is a larger one, up to this, when that is less work than to exchange both sides. */
const LARGEST_TABLE = 4_000_000

/**
 * The plan for `workers` workers. A worker's records come before those of the next one wherever the
 * order of records means something; only groups and joined pairs come in another order than in one
 * thread.
 */
export function parallelize(plan: PhysicalPlan, workers: number): PhysicalPlan {
  const { main, roots } = plan
  const all: PhysicalNode[] = []
  const pass = new Parallelizing({ nodes: main, roots, ordered: roots }, workers, all)
  const placed = roots.map(root => pass.visit(root).node)
  return Object.freeze({
    ...plan,
    roots: placed,
    nodes: all,
    main: pass.nodes,
    threads: { workers },
  })
}

/** What is parallelized in one go: all but the bodies of loops, or one body. */
interface Scope {
  readonly nodes: readonly PhysicalNode[]
  readonly roots: readonly PhysicalNode[]
  /** Those of the roots whose order matters. */
  readonly ordered: readonly PhysicalNode[]
  /** Where a body's inputs lie. */
  readonly entries?: BodyEntries<Parallelizing>
}

/** How far a plan is, in one scope and in those around it. */
interface Mark {
  readonly all: number
  readonly nodes: number
  readonly constants?: number
  readonly outer?: Mark
}

class Parallelizing {
  readonly nodes: PhysicalNode[] = []
  readonly #workers: number
  readonly #all: PhysicalNode[]
  readonly #ordered: ReadonlySet<PhysicalNode>
  readonly #entries: BodyEntries<Parallelizing> | undefined
  readonly #done = new Map<PhysicalNode, Placed>()

  constructor({ nodes, ordered, entries }: Scope, workers: number, all: PhysicalNode[]) {
    this.#workers = workers
    this.#all = all
    this.#ordered = orderMatters(nodes, ordered)
    this.#entries = entries
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
    if (operation.kind === 'loopInput') return this.#enter(node, operation)
    const inputs = node.inputs.map(input => this.visit(input))
    if (operation.kind === 'iterate' || operation.kind === 'iterateDelta') {
      return this.#loop(node, operation, inputs)
    }
    if (inputs.every(({ at }) => at === 'first')) return this.#onFirst(node, inputs)
    const input = inputs[0]!
    switch (operation.kind) {
      case 'chain': {
        const filters = operation.stages.every(({ kind }) => kind === 'filter')
        const keys = filters ? input.keys : keysThrough(operation.stages, input.keys)
        const partitioned = filters && input.partitioned === true
        return this.#add(node, operation, [input], { ...(keys && { keys }), partitioned })
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
    const own = this.#add(parts, { kind: 'partialAggregate', node: of, fed: operation.fed }, [
      input,
    ])
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
      const known: SideKeys[] = [{ input: table === 0 ? 1 : 0, keys: other.keys }]
      return this.#add(node, operation, sides, keysAfterJoin(operation, known))
    }
    const left = this.#hashed(inputs[0]!, of.leftKeys, of)
    const right = this.#hashed(inputs[1]!, of.rightKeys, of)
    const known: SideKeys[] = [
      { input: 0, keys: of.leftKeys },
      { input: 1, keys: of.rightKeys },
    ]
    return this.#add(node, operation, [left, right], keysAfterJoin(operation, known))
  }

  /** Where something enters the body of a loop. */
  #enter(
    node: PhysicalNode,
    operation: Extract<PhysicalOperation, { readonly kind: 'loopInput' }>,
  ): Placed {
    const entries = this.#entries!
    if (operation.role !== 'constant') {
      return this.#add(node, operation, [], keysAt(entries.keysOf(operation.role)))
    }
    const outside = entries.outside(node)
    const placed = this.#add(node, operation, [], outside)
    entries.addConstant(placed, outside)
    return placed
  }

  /**
   * A loop runs on all workers, which end their supersteps together. What of its body is the same in
   * every superstep is exchanged outside, once.
   */
  #loop(node: PhysicalNode, operation: LoopOperation, inputs: readonly Placed[]): Placed {
    const delta = operation.kind === 'iterateDelta'
    const initial = inputs.slice(0, delta ? 2 : 1)
    const constants = inputs.slice(initial.length)
    if (delta) {
      const { keys } = operation.node
      initial[0] = this.#hashed(initial[0]!, keys, operation.node)
      const body = this.#bodyOf(node, operation, constants, keys)
      return this.#addLoop(node, operation, initial, body, keys)
    }
    const marked = this.#mark()
    const free = this.#bodyOf(node, operation, constants, undefined)
    const { keys } = free.results[0]!
    if (keys === undefined) return this.#addLoop(node, operation, initial, free, undefined)
    // What a superstep leaves by keys may come in by them as well.
    this.#resetTo(marked)
    const start = [this.#hashed(initial[0]!, keys, operation.node)]
    const keyed = this.#bodyOf(node, operation, constants, keys)
    if (sameKeys(keyed.results[0]!.keys, keys)) {
      return this.#addLoop(node, operation, start, keyed, keys)
    }
    this.#resetTo(marked)
    const again = this.#bodyOf(node, operation, constants, undefined)
    return this.#addLoop(node, operation, initial, again, undefined)
  }

  #bodyOf(
    node: PhysicalNode,
    { kind, node: of, body }: LoopOperation,
    constants: readonly Placed[],
    keys: readonly Key[] | undefined,
  ): PlacedBody<Parallelizing> {
    const entries = new BodyEntries<Parallelizing>(this, body, constants, keys, kind)
    const ordered = bodyOrder(body, kind === 'iterateDelta', this.#ordered.has(node))
    const scope = { nodes: body.nodes, roots: body.roots, ordered, entries }
    const pass = new Parallelizing(scope, this.#workers, this.#all)
    const results = body.roots.map(root => pass.visit(root))
    if (kind === 'iterateDelta') results[0] = pass.#hashed(results[0]!, of.keys, of)
    return { nodes: pass.nodes, results, entries, inputs: pass.#inputsOf(body) }
  }

  #inputsOf({ inputs }: PhysicalBody): PhysicalBody['inputs'] {
    const placed = Object.entries(inputs).flatMap(([role, node]) => {
      const entry = this.#done.get(node)
      return entry === undefined ? [] : [[role, entry.node]]
    })
    return Object.fromEntries(placed)
  }

  #addLoop(
    node: PhysicalNode,
    operation: LoopOperation,
    initial: readonly Placed[],
    { nodes, results, entries, inputs }: PlacedBody<Parallelizing>,
    keys: readonly Key[] | undefined,
  ): Placed {
    const roots = results.map(result => result.node)
    const used = entries.usedBy(nodes, roots)
    const constants = used.map(({ entry }) => entry.node)
    const outer = [...initial, ...used.map(({ outside }) => outside)]
    const body: PhysicalBody = { nodes, inputs, constants, roots }
    const loop = { ...operation, body } as PhysicalOperation
    return this.#add(node, loop, outer, keys === undefined ? {} : { keys })
  }

  /** How far the plan is, here and in what is around it. */
  #mark(): Mark {
    const entries = this.#entries
    return {
      all: this.#all.length,
      nodes: this.nodes.length,
      ...(entries && { constants: entries.size, outer: entries.outer.#mark() }),
    }
  }

  /** Forgets what was added since. */
  #resetTo({ all, nodes, constants = 0, outer }: Mark): void {
    this.#all.length = all
    this.nodes.length = nodes
    const entries = this.#entries
    if (entries === undefined || outer === undefined) return
    entries.resetTo(constants)
    entries.outer.#resetTo(outer)
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
    const outside = this.#entries?.outsideOf(input)
    return outside === undefined
      ? this.#exchangeHere(input, to, of)
      : this.#exchangeOutside(input, outside, to, of)
  }

  /** What a body gets of something constant, exchanged before it enters. */
  #exchangeOutside(input: Placed, outside: Placed, to: Exchange, of: PlanNode): Placed {
    const entries = this.#entries!
    const known = entries.exchanged(input, to)
    if (known !== undefined) return known
    const exchanged = entries.outer.#exchange(outside, to, of)
    const entry = this.#add(input.node, input.node.operation, [], { at: exchanged.at })
    entries.addConstant(entry, exchanged, { from: input, to })
    return entry
  }

  #exchangeHere(input: Placed, to: Exchange, of: PlanNode): Placed {
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
      id: this.#all.length,
      operation,
      inputs: inputs.map(input => input.node),
      label,
      ...(steps && { steps }),
      reasons,
      ...(rows !== undefined && { rows }),
      ...(at === 'first' && { single: true }),
    })
    this.#all.push(node)
    this.nodes.push(node)
    const { keys, partitioned } = placed
    return { node, at, ...(keys && { keys }), ...(partitioned && { partitioned }) }
  }
}

/** Stands for the plan node of an exchange that no single one asks for. */
const NOBODY: PlanNode = Object.freeze({ kind: 'union', inputs: [], name: 'gather' })

function isSmall(built: number | undefined, other: number | undefined, workers: number): boolean {
  if (built === undefined) return false
  if (built <= SMALL_TABLE) return true
  // To put a record into a table costs about as much as to send it.
  return built <= LARGEST_TABLE && other !== undefined && built * (workers - 1) <= other
}

/** How the pairs of a join lie, when it knows how its sides do. */
function keysAfterJoin(
  { node, tail }: Extract<PhysicalOperation, { readonly kind: 'join' }>,
  sides: readonly SideKeys[],
): Partial<Placed> {
  const { type, result } = node
  if (type === 'semi' || type === 'anti') {
    const keys = keysThrough(tail, sides.find(({ input }) => input === 0)?.keys)
    return keys ? { keys } : {}
  }
  if (type !== 'inner' || result.kind !== 'map') return {}
  const keys = keysOfPair(result.fn, tail, sides)
  return keys ? { keys } : {}
}

function keysAt(keys: readonly Key[] | undefined): Partial<Placed> {
  return keys === undefined ? {} : { keys }
}

/** How the groups of an aggregate lie; its keys are fields of its records. */
function keysAfter(keys: readonly Key[]): Partial<Placed> {
  const plain = keys.every(key => key.kind === 'field' && !key.path.includes('.'))
  return plain ? { keys } : {}
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
