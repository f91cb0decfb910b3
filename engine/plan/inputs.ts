/** What the inputs of each kind of plan node are, and the walks that derive from it. */
import type { NodeOf, PlanKind, PlanNode } from './node.js'

/** For each kind the fields that hold its inputs, in order. */
const INPUTS = {
  source: [],
  map: ['input'],
  flatMap: ['input'],
  filter: ['input'],
  derive: ['input'],
  project: ['input'],
  mapPartition: ['input'],
  union: ['inputs'],
  distinct: ['input'],
  first: ['input'],
  reduce: ['input'],
  reduceGroup: ['input'],
  aggregate: ['input'],
  pick: ['input'],
  join: ['left', 'right'],
  coGroup: ['left', 'right'],
  cross: ['left', 'right'],
  sort: ['input'],
  partition: ['input'],
  addColumns: ['input'],
  zipWithIndex: ['input'],
  sample: ['input'],
  cache: ['input'],
  loopInput: [],
  iterate: ['input', 'next', 'criteria', 'broadcasts'],
  iterateDelta: ['solution', 'workset', 'delta', 'next', 'criteria', 'broadcasts'],
  sink: ['input'],
} as const satisfies { readonly [K in PlanKind]: readonly (keyof NodeOf<K>)[] }

/** The inputs of `node`, in order. */
export function inputsOf(node: PlanNode): readonly PlanNode[] {
  const fields = node as unknown as Readonly<Record<string, PlanNode | readonly PlanNode[]>>
  return INPUTS[node.kind].flatMap(field => fields[field]!)
}

/** `node` with other inputs; the very same node when they are the same. */
export function withInputs<N extends PlanNode>(node: N, inputs: readonly PlanNode[]): N {
  if (inputsOf(node).every((input, k) => input === inputs[k])) return node
  const fields: Record<string, unknown> = { ...node }
  let next = 0
  for (const field of INPUTS[node.kind]) {
    const old = fields[field]
    const count = Array.isArray(old) ? old.length : 1
    const taken = inputs.slice(next, next + count)
    fields[field] = Array.isArray(old) ? Object.freeze(taken) : taken[0]
    next += count
  }
  return Object.freeze(fields) as unknown as N
}

/**
 * Plans rebuilt from the sources up: `change` sees each node once, with its inputs rebuilt. Shared
 * nodes stay shared.
 */
export function rewriteAll(
  roots: readonly PlanNode[],
  change: (node: PlanNode) => PlanNode,
): readonly PlanNode[] {
  const done = new Map<PlanNode, PlanNode>()
  const visit = (node: PlanNode): PlanNode => {
    let result = done.get(node)
    if (result === undefined) {
      result = change(withInputs(node, inputsOf(node).map(visit)))
      done.set(node, result)
    }
    return result
  }
  return roots.map(visit)
}

/** All nodes at or above `roots`, inputs before those that read them, each once. */
export function nodesOf(roots: readonly PlanNode[]): PlanNode[] {
  const seen = new Set<PlanNode>()
  const visit = (node: PlanNode): void => {
    if (seen.has(node)) return
    for (const input of inputsOf(node)) visit(input)
    seen.add(node)
  }
  roots.forEach(visit)
  return [...seen]
}
