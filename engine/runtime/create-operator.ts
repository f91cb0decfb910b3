import { assert, PlanError } from '../errors.js'
import type { PhysicalNode, PhysicalOperation } from '../optimizer/physical.js'
import { CacheOperator } from './cache.js'
import { ChainOperator } from './chain.js'
import { createJoin } from './join.js'
import { createMapPartition } from './map-partition.js'
import type { Operator, OperatorContext } from './operator.js'
import { createPartition } from './partition.js'
import { createSample } from './sample.js'
import { SinkOperator } from './sink.js'
import { createSort } from './sort.js'
import { createUnion } from './union.js'
import { createZipWithIndex } from './zip-with-index.js'

/** The operator that does what a physical node says. Sources have none: the job reads them. */
export function createOperator(node: PhysicalNode, context: OperatorContext): Operator {
  const { operation } = node
  assert(operation.kind !== 'source', () => 'a source is not an operator')
  const create = CREATE[operation.kind] as Create<typeof operation>
  return create(operation, context)
}

type Create<O> = (operation: O, context: OperatorContext) => Operator

const CREATE: {
  readonly [O in Exclude<PhysicalOperation, { kind: 'source' }> as O['kind']]: Create<O>
} = {
  chain: ({ stages }, context) => new ChainOperator(stages, context),
  mapPartition: ({ node }, context) => createMapPartition(node, context),
  union: ({ node }, context) => createUnion(node, context),
  distinct: absent,
  first: absent,
  reduce: absent,
  reduceGroup: absent,
  aggregate: absent,
  pick: absent,
  join: (operation, context) => createJoin(operation, context),
  coGroup: absent,
  cross: absent,
  sort: ({ node }, context) => createSort(node, context),
  partition: ({ node }, context) => createPartition(node, context),
  zipWithIndex: ({ node }, context) => createZipWithIndex(node, context),
  sample: ({ node }, context) => createSample(node, context),
  cache: ({ node }, { output }) => new CacheOperator(node.store, output),
  sink: ({ node }) => new SinkOperator(node.sink),
}

function absent({ kind }: PhysicalOperation): never {
  throw new PlanError(`${kind}: this operation has no operator.`)
}
