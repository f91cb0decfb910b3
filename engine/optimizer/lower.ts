/**
 * The last step of planning: from the rewritten logical plan to operators. Record-wise nodes become
 * chains, joins get their strategy, and every plan node that several others read runs once.
 */
import type { Stage } from '../functions/chain.js'
import { inputsOf } from '../plan/inputs.js'
import type { NodeOf, PlanKind, PlanNode } from '../plan/node.js'
import { labelOf } from './label.js'
import type { DirectKind, PhysicalNode, PhysicalOperation } from './physical.js'
import { countConsumers } from './rule.js'

/** What the lowering asks the rest of the optimizer. */
export interface LowerContext {
  /** Whether neighbouring record-wise functions become one loop. */
  readonly chaining: boolean
  rows(node: PlanNode): number | undefined
  /** What rules noted about a node. */
  reasons(node: PlanNode): readonly string[]
  chooseJoin(node: NodeOf<'join'>): JoinChoice
  applied(what: string): void
}

/** How a join will run, and why. */
export interface JoinChoice {
  readonly strategy: 'hash' | 'sort-merge'
  readonly build: 'left' | 'right'
  readonly reason: string
}

type RecordWise = NodeOf<'map' | 'flatMap' | 'filter' | 'derive' | 'project'>

type Lowering = 'source' | 'stage' | 'join' | 'cross' | 'direct'

/** How each kind becomes physical. A new kind does not compile until it is listed. */
const LOWERING: Record<Exclude<PlanKind, DirectKind>, Exclude<Lowering, 'direct'>> &
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
  aggregate: 'direct',
  pick: 'direct',
  join: 'join',
  coGroup: 'direct',
  cross: 'cross',
  sort: 'direct',
  partition: 'direct',
  zipWithIndex: 'direct',
  sample: 'direct',
  cache: 'direct',
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
): { roots: PhysicalNode[]; nodes: PhysicalNode[] } {
  const consumers = countConsumers(roots)
  const nodes: PhysicalNode[] = []
  const done = new Map<PlanNode, PhysicalNode>()

  const add = (
    top: PlanNode,
    operation: PhysicalOperation,
    inputs: readonly PhysicalNode[],
    steps: readonly string[],
    reasons: readonly string[],
  ): PhysicalNode => {
    const rows = context.rows(top)
    const estimate = rows === undefined ? {} : { rows }
    const label = steps.join(' → ')
    const node = { id: nodes.length, operation, inputs, label, steps, reasons, ...estimate }
    nodes.push(Object.freeze(node))
    return node
  }

  /** The record-wise nodes from `top` down that can run in one loop, bottom first. */
  const chainBelow = (top: PlanNode): { stages: RecordWise[]; base: PlanNode } => {
    const stages: RecordWise[] = []
    let node = top
    while (isRecordWise(node)) {
      stages.unshift(node)
      const below: PlanNode = node.input
      node = below
      if (!context.chaining || consumers.get(node) !== 1) break
    }
    return { stages, base: node }
  }

  const visit = (top: PlanNode): PhysicalNode => {
    let physical = done.get(top)
    if (physical === undefined) {
      physical = make(top)
      done.set(top, physical)
    }
    return physical
  }

  const make = (top: PlanNode): PhysicalNode => {
    const { stages, base } = chainBelow(top)
    const fuses = context.chaining && consumers.get(base) === 1
    const reasons = [...new Set([...stages, base].flatMap(node => context.reasons(node)))]
    const tail = stages.map(toStage)
    if (base.kind === 'join' && (stages.length === 0 || fuses)) {
      const { strategy, build, reason } = context.chooseJoin(base)
      const inputs = [visit(base.left), visit(base.right)]
      const operation = { kind: 'join', node: base, strategy, build, tail } as const
      return add(top, operation, inputs, stepsOf(base, stages), [reason, ...reasons])
    }
    if (base.kind === 'cross' && (stages.length === 0 || fuses)) {
      const inputs = [visit(base.left), visit(base.right)]
      const operation = { kind: 'cross', node: base, tail } as const
      return add(top, operation, inputs, stepsOf(base, stages), reasons)
    }
    if (stages.length > 0) {
      const own = [...new Set(stages.flatMap(node => context.reasons(node)))]
      if (stages.length > 1) {
        context.applied(`${stages.length} functions in one loop`)
      }
      return add(top, { kind: 'chain', stages: tail }, [visit(base)], stages.map(labelOf), own)
    }
    if (base.kind === 'source') {
      const { source, fields } = base
      const operation = { kind: 'source', source, ...(fields && { fields }) } as const
      return add(top, operation, [], [labelOf(base)], reasons)
    }
    const inputs = inputsOf(base).map(visit)
    const operation = { kind: base.kind, node: base } as PhysicalOperation
    return add(top, operation, inputs, [labelOf(base)], reasons)
  }

  return { roots: roots.map(visit), nodes }
}

function toStage(node: RecordWise): Stage {
  const { input: _, name: __, ...stage } = node
  return Object.freeze(stage)
}

function stepsOf(base: PlanNode, stages: readonly RecordWise[]): readonly string[] {
  return [base, ...stages].map(labelOf)
}
