/** What can be asked of a graph without a loop. */
import { environmentOf, Int32Column } from '../../engine/extend.js'
import { type DataSet, type RunOptions, SchemaError } from '../../engine/index.js'
import type { EdgeDirection } from '../direction.js'
import type { Edge, VertexId } from '../elements.js'
import { tableSource } from '../loading/table-source.js'
import { idsAt, signalOf } from '../loading/views.js'
import type { GraphParts } from './create.js'

/** An edge with the values of both ends. */
export interface Triplet<K extends VertexId, VV, EV> extends Edge<K, EV> {
  readonly sourceValue: VV
  readonly targetValue: VV
}

/** Whether the parts of a graph fit together. */
export interface Validation {
  readonly valid: boolean
  /** What is wrong; empty when nothing is. */
  readonly problems: readonly string[]
}

/** See `Graph.degrees`, `Graph.inDegrees` and `Graph.outDegrees`. */
export function degrees<K extends VertexId, VV, EV>(
  graph: GraphParts<K, VV, EV>,
  direction: EdgeDirection,
): DataSet<{ id: K; degree: number }> {
  const source = tableSource(`degrees, ${direction}`, async request => {
    const { topology, ids } = await graph.load(signalOf(request))
    const degree = () => {
      if (direction === 'in') return new Int32Column(topology.inDegrees)
      if (direction === 'out') return new Int32Column(topology.outDegrees)
      const { inDegrees, outDegrees } = topology
      return new Int32Column(inDegrees.map((edges, v) => edges + outDegrees[v]!))
    }
    return { length: ids.length, columns: { id: () => ids.column, degree } }
  })
  return environmentOf(graph.vertices).read(source)
}

/** See `Graph.triplets`. */
export function triplets<K extends VertexId, VV, EV>(
  graph: GraphParts<K, VV, EV>,
): DataSet<Triplet<K, VV, EV>> {
  const source = tableSource('triplets', async request => {
    const { topology, ids, vertexValues, edgeValues } = await graph.load(signalOf(request))
    const { sources, targets, edgeCount } = topology
    const columns = {
      source: () => idsAt(ids, sources),
      target: () => idsAt(ids, targets),
      value: () => edgeValues,
      sourceValue: () => vertexValues?.take(sources) ?? null,
      targetValue: () => vertexValues?.take(targets) ?? null,
    }
    return { length: edgeCount, columns }
  })
  return environmentOf(graph.vertices).read(source)
}

/** See `Graph.validate`. */
export async function validate<K extends VertexId, VV, EV>(
  graph: GraphParts<K, VV, EV>,
  options: RunOptions | undefined,
): Promise<Validation> {
  try {
    await graph.load(options)
    return { valid: true, problems: [] }
  } catch (error) {
    if (!(error instanceof SchemaError)) throw error
    return { valid: false, problems: [error.message] }
  }
}
