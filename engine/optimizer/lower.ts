/**
 * The last step of planning: from the rewritten logical plan to operators. Record-wise nodes become
 * chains, joins get their strategy, and every plan node that several others read runs once.
 */
import type { Stage } from '../functions/chain.js'
import type { AggregateOp } from '../plan/aggregate.js'
import type { Broadcast } from '../plan/handed.js'
import { inputsOf } from '../plan/inputs.js'
import type { NodeOf, PlanKind, PlanNode } from '../plan/node.js'
import { changingNodes, type Handed, handlesOf, type LoopNode, resultsOf } from './changing.js'
import { labelOf } from './label.js'
import { chooseLoopCoGroup, chooseLoopJoin } from './loop-join.js'
import type {
  DirectKind,
  LoopInputRole,
  PhysicalBody,
  PhysicalNode,
  PhysicalOperation,
} from './physical.js'
import { countConsumers, type RuleContext } from './rule.js'

/** What the lowering asks the rest of the optimizer. */
export interface LowerContext {
  /** Whether neighbouring record-wise functions become one loop. */
  readonly chaining: boolean
  rows(node: PlanNode): number | undefined
  readonly facts: RuleContext['facts']
  /** The plans behind what is handed over to functions. */
  readonly handed: Handed
  /** What rules noted about a node. */
  reasons(node: PlanNode): readonly string[]
  chooseJoin(node: NodeOf<'join'>): JoinChoice
  /** Whether aggregates may be added up in the loop that makes their input. */
  readonly feeding: boolean
  applied(what: string): void
  fed(what: string): void
}

/** How a join will run, and why. */
export interface JoinChoice {
  readonly strategy: 'hash' | 'sort-merge' | 'solution'
  readonly build: 'left' | 'right'
  readonly reason: string
}

type RecordWise = NodeOf<'map' | 'flatMap' | 'filter' | 'derive' | 'project'>

type Way = 'source' | 'stage' | 'pairs' | 'groups' | 'loop' | 'direct'

/** How each kind becomes physical. A new kind does not compile until it is listed. */
const LOWERING: Record<Exclude<PlanKind, DirectKind>, Exclude<Way, 'direct'>> &
  Record<DirectKind, 'direct'> = {
  source: 'source',
  map: 'stage',
  flatMap: 'stage',
  filter: 'stage',
  derive: 'stage',
  project: 'stage',
  mapPartition: 'direct',
  union: 'direct',
  distinct: 'direct',
  first: 'direct',
  reduce: 'direct',
  reduceGroup: 'direct',
  aggregate: 'groups',
  pick: 'direct',
  join: 'pairs',
  coGroup: 'pairs',
  cross: 'pairs',
  sort: 'direct',
  partition: 'direct',
  addColumns: 'direct',
  zipWithIndex: 'direct',
  sample: 'direct',
  cache: 'direct',
  loopInput: 'loop',
  iterate: 'loop',
  iterateDelta: 'loop',
  sink: 'direct',
}

/** Whether `node` is a function of one record at a time, so that it can be part of a chain. */
function isRecordWise(node: PlanNode): node is RecordWise {
  return LOWERING[node.kind] === 'stage'
}

/** The physical nodes for `roots`; `nodes` are in an order in which they can be made. */
export function lower(
  roots: readonly PlanNode[],
  context: LowerContext,
): { roots: PhysicalNode[]; nodes: PhysicalNode[]; main: PhysicalNode[] } {
  const all = [...roots, ...context.handed.values()]
  const plan = { context, consumers: countConsumers(all), nodes: [] }
  const main = new Lowering(plan)
  return { roots: roots.map(root => main.visit(root)), nodes: plan.nodes, main: main.nodes }
}

/** What the lowerings of a plan and of the loop bodies in it share. */
interface Lowered {
  readonly context: LowerContext
  readonly consumers: ReadonlyMap<PlanNode, number>
  /** All nodes made so far. */
  readonly nodes: PhysicalNode[]
}

/** The body that is being lowered. */
interface Body {
  readonly loop: LoopNode
  readonly changing: ReadonlySet<PlanNode>
  readonly inputs: { [R in LoopInputRole]?: PhysicalNode }
  /** What enters the body from outside, and where. */
  readonly constants: Map<PlanNode, PhysicalNode>
}

/** Lowers what runs in one dataflow: a whole plan but for its loops' bodies, or one body. */
class Lowering {
  readonly nodes: PhysicalNode[] = []
  readonly #plan: Lowered
  readonly #body: Body | undefined
  readonly #done = new Map<PlanNode, PhysicalNode>()

  constructor(plan: Lowered, body?: Body) {
    this.#plan = plan
    this.#body = body
  }

  visit(top: PlanNode): PhysicalNode {
    let physical = this.#done.get(top)
    if (physical === undefined) {
      physical = this.#isConstant(top) ? this.#constant(top) : this.#make(top)
      this.#done.set(top, physical)
    }
    return physical
  }

  /** Whether `node` lies outside of the body, or might as well. */
  #isConstant(node: PlanNode): boolean {
    return this.#body !== undefined && !this.#body.changing.has(node)
  }

  #constant(node: PlanNode): PhysicalNode {
    const { loop, constants } = this.#body!
    const operation = { kind: 'loopInput', loop: loop.loop, role: 'constant' } as const
    const entry = this.#add(
      operation,
      [],
      [`the same in every superstep: ${labelOf(node)}`],
      [],
      node,
    )
    constants.set(node, entry)
    return entry
  }

  /** The record-wise nodes from `top` down that can run in one loop, bottom first. */
  #chainBelow(top: PlanNode): { stages: RecordWise[]; base: PlanNode } {
    const { context, consumers } = this.#plan
    const stages: RecordWise[] = []
    let node = top
    while (isRecordWise(node)) {
      stages.unshift(node)
      const below: PlanNode = node.input
      node = below
      if (!context.chaining || consumers.get(node) !== 1 || this.#isConstant(node)) break
    }
    return { stages, base: node }
  }

  #make(top: PlanNode): PhysicalNode {
    const { context, consumers } = this.#plan
    const { stages, base } = this.#chainBelow(top)
    const fuses = context.chaining && consumers.get(base) === 1 && !this.#isConstant(base)
    const reasons = [...new Set([...stages, base].flatMap(node => context.reasons(node)))]
    const tail = stages.map(toStage)
    const steps = [base, ...stages].map(labelOf)
    const handles = [base, ...stages].flatMap(handlesOf)
    if (base.kind === 'join' && (stages.length === 0 || fuses)) {
      return this.#join(base, tail, handles, steps, reasons, top)
    }
    if (base.kind === 'cross' && (stages.length === 0 || fuses)) {
      const inputs = this.#handOver([this.visit(base.left), this.visit(base.right)], 0, handles)
      return this.#add({ kind: 'cross', node: base, tail }, inputs, steps, reasons, top)
    }
    if (stages.length > 0) {
      const own = [...new Set(stages.flatMap(node => context.reasons(node)))]
      if (stages.length > 1) context.applied(`${stages.length} functions in one loop`)
      const inputs = this.#handOver([this.visit(base)], 0, stages.flatMap(handlesOf))
      return this.#add({ kind: 'chain', stages: tail }, inputs, stages.map(labelOf), own, top)
    }
    switch (base.kind) {
      case 'source': {
        const { source, fields } = base
        const operation = { kind: 'source', source, ...(fields && { fields }) } as const
        return this.#add(operation, [], steps, reasons, top)
      }
      case 'loopInput':
        return this.#loopInput(base, base.role)
      case 'iterate':
      case 'iterateDelta':
        return this.#loop(base, reasons)
      case 'coGroup':
        return this.#coGroup(base, handles, steps, reasons)
      case 'aggregate':
        return this.#aggregate(base, handles, steps, reasons)
    }
    const inputs = this.#handOver(
      inputsOf(base).map(input => this.visit(input)),
      0,
      handles,
    )
    const operation = { kind: base.kind, node: base } as PhysicalOperation
    return this.#add(operation, inputs, steps, reasons, top)
  }

  #join(
    node: NodeOf<'join'>,
    tail: readonly Stage[],
    handles: readonly Broadcast[],
    steps: readonly string[],
    reasons: readonly string[],
    top: PlanNode,
  ): PhysicalNode {
    const isConstant = (side: PlanNode) => this.#isConstant(side)
    const inLoop = this.#body && chooseLoopJoin(node, this.#body.loop, isConstant)
    const { strategy, build, reason } = inLoop ?? this.#plan.context.chooseJoin(node)
    const side = (input: PlanNode, name: 'left' | 'right') =>
      strategy === 'solution' && build === name && input.kind === 'loopInput'
        ? this.#loopInput(input, 'lookup')
        : this.visit(input)
    const sides = [side(node.left, 'left'), side(node.right, 'right')]
    // Its functions run when the other side comes; the table needs none of them.
    const inputs = this.#handOver(sides, build === 'left' ? 1 : 0, handles)
    const operation = { kind: 'join', node, strategy, build, tail } as const
    return this.#add(operation, inputs, steps, [reason, ...reasons], top)
  }

  #coGroup(
    node: NodeOf<'coGroup'>,
    handles: readonly Broadcast[],
    steps: readonly string[],
    reasons: readonly string[],
  ): PhysicalNode {
    const solution = this.#body && chooseLoopCoGroup(node, this.#body.loop)
    const sides = (['left', 'right'] as const).map(name => {
      const input = node[name]
      return name === solution && input.kind === 'loopInput'
        ? this.#loopInput(input, 'lookup')
        : this.visit(input)
    })
    const inputs = this.#handOver(sides, solution === 'left' ? 1 : 0, handles)
    const operation = { kind: 'coGroup', node, ...(solution && { solution }) } as const
    return this.#add(operation, inputs, steps, reasons, node)
  }

  #aggregate(
    node: NodeOf<'aggregate'>,
    handles: readonly Broadcast[],
    steps: readonly string[],
    reasons: readonly string[],
  ): PhysicalNode {
    const { consumers, context } = this.#plan
    const below = this.visit(node.input)
    const { kind } = below.operation
    const fed =
      context.feeding &&
      isFeedable(node) &&
      consumers.get(node.input) === 1 &&
      (kind === 'join' || kind === 'chain')
    if (fed)
      context.fed(`${labelOf(node)}: in the loop of the ${kind}, where keys are whole numbers`)
    const inputs = this.#handOver([below], 0, handles)
    return this.#add({ kind: 'aggregate', node, fed }, inputs, steps, reasons, node)
  }

  #loopInput(node: NodeOf<'loopInput'>, role: LoopInputRole): PhysicalNode {
    const { inputs } = this.#body!
    const { loop } = node
    const label = role === 'lookup' ? `look-up in ${labelOf(node)}` : labelOf(node)
    inputs[role] ??= this.#add({ kind: 'loopInput', loop, role }, [], [label], [], node)
    return inputs[role]
  }

  #loop(node: LoopNode, reasons: readonly string[]): PhysicalNode {
    const { context } = this.#plan
    const changing = changingNodes(node, context.handed, context.facts)
    const own: Body = { loop: node, changing, inputs: {}, constants: new Map() }
    const lowering = new Lowering(this.#plan, own)
    const roots = resultsOf(node).map(result => lowering.visit(result))
    const { inputs } = own
    const constants = [...own.constants.values()]
    const body: PhysicalBody = { nodes: lowering.nodes, inputs, constants, roots }
    const initial = node.kind === 'iterate' ? [node.input] : [node.solution, node.workset]
    const outer = [...initial, ...own.constants.keys()].map(input => this.visit(input))
    const operation = { kind: node.kind, node, body } as PhysicalOperation
    return this.#add(operation, outer, [labelOf(node)], reasons, node)
  }

  /** `inputs`, that of number `gated` held back until what is handed over is there. */
  #handOver(
    inputs: readonly PhysicalNode[],
    gated: number,
    handles: readonly Broadcast[],
  ): readonly PhysicalNode[] {
    const all = [...new Set(handles)]
    if (all.length === 0) return inputs
    const sources = all.map(handle => this.visit(this.#plan.context.handed.get(handle)!))
    const main = inputs[gated]!
    const steps = ['hand over']
    const operation = { kind: 'handOver', handles: all } as const
    const gate = this.#add(operation, [main, ...sources], steps, [], undefined, main.rows)
    return inputs.map((input, k) => (k === gated ? gate : input))
  }

  #add(
    operation: PhysicalOperation,
    inputs: readonly PhysicalNode[],
    steps: readonly string[],
    reasons: readonly string[],
    of: PlanNode | undefined,
    rows = of && this.#plan.context.rows(of),
  ): PhysicalNode {
    const { nodes } = this.#plan
    const estimate = rows === undefined ? {} : { rows }
    const label = steps.join(' → ')
    const node = { id: nodes.length, operation, inputs, label, steps, reasons, ...estimate }
    Object.freeze(node)
    nodes.push(node)
    this.nodes.push(node)
    return node
  }
}

/** Aggregates whose state loops can add to, see `functions/group-target.ts`. */
const FEEDABLE: ReadonlySet<AggregateOp> = new Set(['count', 'sum', 'mean', 'min', 'max'])

function isFeedable({ keys, aggregates }: NodeOf<'aggregate'>): boolean {
  return (
    keys.length === 1 &&
    keys[0]!.kind === 'field' &&
    aggregates.length > 0 &&
    aggregates.every(({ op, input }) => FEEDABLE.has(op) && input.kind !== 'function')
  )
}

function toStage(node: RecordWise): Stage {
  const { input: _, name: __, ...stage } = node
  return Object.freeze(stage)
}
