import { assert } from '../errors.js'
import type { PhysicalNode, PhysicalOperation } from '../optimizer/physical.js'
import { createAddColumns } from './add-columns.js'
import { CacheOperator } from './cache.js'
import { ChainOperator } from './chain.js'
import { createExchange } from './exchange/exchange.js'
import { createAggregate, createFinalAggregate, createPartialAggregate } from './group/aggregate.js'
import { createDistinct } from './group/distinct.js'
import { createFirst } from './group/first.js'
import { createPick } from './group/pick.js'
import { createReduce } from './group/reduce.js'
import { createReduceGroup } from './group/reduce-group.js'
import { createHandOver } from './hand-over.js'
import { createIterate, createIterateDelta } from './iteration/create-loop.js'
import { createCoGroup } from './join/co-group.js'
import { createCross } from './join/cross.js'
import { createJoin } from './join/join.js'
import { createMapPartition } from './map-partition.js'
import type { Operator, OperatorContext } from './operator.js'
import { createPartition } from './partition.js'
import { createSample } from './sample.js'
import { SinkOperator } from './sink.js'
import { createSort } from './sort/sort.js'
import { createUnion } from './union.js'
import { createZipWithIndex } from './zip-with-index.js'

/** The operator that does what a physical node says. Sources have none: the job reads them. */
export function createOperator(node: PhysicalNode, context: OperatorContext): Operator {
  const { operation } = node
  assert(!isEntry(operation), () => 'batches come into a flow there, without an operator')
  if (operation.kind === 'exchange') return createExchange(node.id, operation.to, context)
  const create = CREATE[operation.kind] as Create<typeof operation>
  const operator = create(operation, context)
  return node.single === true && context.team.worker > 0 ? idle(operator) : operator
}

/** Whether batches are pushed in there from outside, so that there is no operator. */
export function isEntry(
  operation: PhysicalOperation,
): operation is Extract<PhysicalOperation, { readonly kind: 'source' | 'loopInput' }> {
  return operation.kind === 'source' || operation.kind === 'loopInput'
}

/**
 * What another worker does in place of `operator`, which the first one runs: nothing, but in loops
 * its inputs end in the same order, so that no two workers wait for each other.
 */
function idle(operator: Operator): Operator {
  return {
    *process() {},
    *finish() {},
    wants: () => false,
    keeps: input => operator.keeps?.(input) === true,
    restart() {},
    close: () => operator.close?.(),
  }
}

type Create<O> = (operation: O, context: OperatorContext) => Operator

const CREATE: {
  readonly [O in Exclude<
    PhysicalOperation,
    { kind: 'source' | 'loopInput' | 'exchange' }
  > as O['kind']]: Create<O>
} = {
  chain: ({ stages }, context) => new ChainOperator(stages, context),
  mapPartition: ({ node }, context) => createMapPartition(node, context),
  union: ({ node }, context) => createUnion(node, context),
  distinct: ({ node }, context) => createDistinct(node, context),
  first: ({ node }, context) => createFirst(node, context),
  reduce: ({ node }, context) => createReduce(node, context),
  reduceGroup: ({ node }, context) => createReduceGroup(node, context),
  aggregate: (operation, context) => createAggregate(operation, context),
  partialAggregate: (operation, context) => createPartialAggregate(operation, context),
  finalAggregate: ({ node }, context) => createFinalAggregate(node, context),
  pick: ({ node }, context) => createPick(node, context),
  join: (operation, context) => createJoin(operation, context),
  coGroup: ({ node }, context) => createCoGroup(node, context),
  cross: (operation, context) => createCross(operation, context),
  sort: ({ node }, context) => createSort(node, context),
  partition: ({ node }, context) => createPartition(node, context),
  addColumns: ({ node }, context) => createAddColumns(node, context),
  zipWithIndex: ({ node }, context) => createZipWithIndex(node, context),
  sample: ({ node }, context) => createSample(node, context),
  handOver: ({ handles }, context) => createHandOver(handles, context),
  iterate: (operation, context) => createIterate(operation, context),
  iterateDelta: (operation, context) => createIterateDelta(operation, context),
  cache: ({ node }, { output }) => new CacheOperator(node.store, output),
  sink: ({ node }) => new SinkOperator(node.sink),
}
