/**
 * Fields that cannot be there are refused before anything runs, whatever the rules would make of
 * the plan. Where fields are not known yet, the operators check them when the first records come.
 */

import { checkFields } from '../functions/expression/check-fields.js'
import { expressionOf } from '../functions/expression-of.js'
import { type AggregateSpec, aggregateName } from '../plan/aggregate.js'
import { inputsOf, nodesOf } from '../plan/inputs.js'
import type { Key, SortKey } from '../plan/key.js'
import type { NodeOf, PlanKind, PlanNode } from '../plan/node.js'
import { operationName } from '../plan/operation-name.js'
import { unknownField } from '../types/schema.js'
import { functionsOf } from './functions-of.js'
import type { KnownFields } from './known-fields.js'
import type { RuleContext } from './rule.js'

/** Fields that an operation, as the user wrote it, asks of one of its inputs. */
interface Asked {
  readonly operation: string
  readonly paths: readonly string[]
  /** Which input; 0 unless said otherwise. */
  readonly input?: number
}

/** @throws {SchemaError} If a field that is asked for is not there; lists those that are. */
export function checkPlan(roots: readonly PlanNode[], context: RuleContext): void {
  for (const node of nodesOf(roots)) {
    const inputs = inputsOf(node).map(input => context.fields(input))
    for (const { operation, paths, input = 0 } of asked(node)) {
      for (const path of paths) checkPath(path, operation, inputs[input]!)
    }
    const names = inputs.map(input => (input.shape === 'object' ? input.names : undefined))
    for (const { fn, records } of functionsOf(node)) {
      if (records === 'groups' || fn.formula === undefined) continue
      const side = node.kind === 'join' && records === 1 ? [] : names
      checkFields(fn.operation, expressionOf(fn, records)!, side)
    }
  }
}

function checkPath(path: string, operation: string, { shape, names }: KnownFields): void {
  if (names === undefined || (shape !== 'object' && shape !== 'tuple')) return
  const [outer = path] = path.split('.')
  if (!names.includes(path) && !names.includes(outer)) {
    throw unknownField(operation, path, names, shape)
  }
}

function asked(node: PlanNode): readonly Asked[] {
  return (ASKED[node.kind] as (node: PlanNode) => readonly Asked[])(node)
}

const nothing = () => []

const ASKED: { readonly [K in PlanKind]: (node: NodeOf<K>) => readonly Asked[] } = {
  source: nothing,
  map: nothing,
  flatMap: nothing,
  filter: nothing,
  derive: nothing,
  mapPartition: nothing,
  union: nothing,
  zipWithIndex: nothing,
  sample: nothing,
  cache: nothing,
  loopInput: nothing,
  iterate: nothing,
  sink: nothing,
  cross: nothing,
  project: node => [{ operation: operationName(node), paths: node.fields.map(({ from }) => from) }],
  addColumns: ({ operation, reads }) => [{ operation, paths: reads }],
  distinct: ({ keys }) => [byKeys('distinct', keys)],
  first: ({ keys, order }) => [byKeys('groupBy', keys), byOrder('sortGroup', order)],
  reduce: ({ keys }) => [byKeys('groupBy', keys)],
  reduceGroup: ({ keys, order }) => [byKeys('groupBy', keys), byOrder('sortGroup', order)],
  aggregate: ({ keys, aggregates }) => [byKeys('groupBy', keys), ...aggregates.map(ofAggregate)],
  pick: ({ keys, by, direction }) => [
    byKeys('groupBy', keys),
    byKeys(direction === 'ascending' ? 'minBy' : 'maxBy', by),
  ],
  join: ({ leftKeys, rightKeys }) => [
    byKeys('where', leftKeys),
    { ...byKeys('equalTo', rightKeys), input: 1 },
  ],
  coGroup: ({ leftKeys, rightKeys, leftOrder, rightOrder }) => [
    byKeys('where', leftKeys),
    { ...byKeys('equalTo', rightKeys), input: 1 },
    byOrder('sortLeft', leftOrder),
    { ...byOrder('sortRight', rightOrder), input: 1 },
  ],
  sort: ({ order, scope }) => {
    const [first, ...others] = order
    return [
      byOrder(scope === 'global' ? 'orderBy' : 'sortPartition', first ? [first] : []),
      byOrder('thenBy', others),
    ]
  },
  // The records of the delta, its input 2, take the places of those with the same key.
  iterateDelta: ({ keys }) => [
    byKeys('iterateDelta', keys),
    { ...byKeys('iterateDelta', keys), input: 2 },
  ],
  partition: ({ by }) => {
    if (by.kind === 'hash') return [byKeys('partitionByHash', by.keys)]
    if (by.kind === 'range') return [byOrder('partitionByRange', by.order)]
    return by.kind === 'custom' ? [byKeys('partitionCustom', [by.key])] : []
  },
}

function byKeys(operation: string, keys: readonly Key[]): Asked {
  return { operation, paths: keys.flatMap(key => (key.kind === 'field' ? [key.path] : [])) }
}

function byOrder(operation: string, order: readonly SortKey[]): Asked {
  return byKeys(
    operation,
    order.map(({ key }) => key),
  )
}

function ofAggregate({ op, input }: AggregateSpec): Asked {
  return {
    operation: aggregateName(op),
    paths: input.kind === 'field' ? [input.path] : [],
  }
}
