/** What operations are called in errors: as users write them. */
import { projectName } from '../functions/chain.js'
import { aggregateName } from './aggregate.js'
import type { JoinType, NodeOf, PlanKind, PlanNode } from './node.js'

const JOINS: { readonly [T in JoinType]: string } = {
  inner: 'join',
  left: 'leftJoin',
  right: 'rightJoin',
  full: 'fullJoin',
  semi: 'semiJoin',
  anti: 'antiJoin',
}

const PARTITIONINGS: { readonly [K in NodeOf<'partition'>['by']['kind']]: string } = {
  rebalance: 'rebalance',
  hash: 'partitionByHash',
  range: 'partitionByRange',
  custom: 'partitionCustom',
}

/** The kinds whose method has another name, or several. */
const NAMES: { readonly [K in PlanKind]?: (node: NodeOf<K>) => string } = {
  project: node => projectName(node),
  addColumns: ({ operation }) => operation,
  reduceGroup: ({ partial }) => (partial ? 'combineGroup' : 'reduceGroup'),
  aggregate: ({ aggregates }) => {
    const [first] = aggregates
    const short = aggregates.every(
      ({ as, op, input }) => op === first!.op && as === (input.kind === 'field' ? input.path : op),
    )
    return first !== undefined && short ? aggregateName(first.op) : 'aggregate'
  },
  pick: ({ direction }) => (direction === 'ascending' ? 'minBy' : 'maxBy'),
  join: ({ type }) => JOINS[type],
  sort: ({ scope }) => (scope === 'global' ? 'orderBy' : 'sortPartition'),
  partition: ({ by }) => PARTITIONINGS[by.kind],
}

/** The name that the user gave `node`, else the method that made it: `groupBy(...).sum` is `sum`. */
export function operationName(node: PlanNode): string {
  if (node.name !== undefined) return node.name
  const name = NAMES[node.kind] as ((node: PlanNode) => string) | undefined
  return name?.(node) ?? node.kind
}
