import { BATCH_SIZE, Int32Column, missingColumn } from '../../engine/extend.js'
import { any, type DataSet, int32 } from '../../engine/index.js'
import type { Edge, VertexId } from '../elements.js'
import type { Graph } from '../graph.js'
import { preparedRows } from '../kernels/prepared-rows.js'
import { loadFor } from '../loading/load-for.js'
import { lazyData } from './lazy-data.js'
import { type SignalOptions, signalOptions } from './options.js'

/** An edge, and how many distinct neighbours its ends have. */
export interface EdgeWithDegrees<K extends VertexId, EV> extends Edge<K, EV> {
  /** Neighbours of the source, in either direction. */
  sourceDegree: number
  /** Those that the source has edges to. */
  sourceOutDegree: number
  /** Those that have edges to the source. */
  sourceInDegree: number
  /** Neighbours of the target, in either direction. */
  targetDegree: number
  /** Those that the target has edges to. */
  targetOutDegree: number
  /** Those that have edges to the target. */
  targetInDegree: number
}

/** What `edgeDegrees` gives. */
export interface EdgeDegreesResult<K extends VertexId, EV> {
  /** All edges, also loops and parallel ones, in order. */
  readonly edges: DataSet<EdgeWithDegrees<K, EV>>
}

/**
 * Each edge with the degrees of its ends, as `vertexDegrees` counts them.
 *
 * Loops and parallel edges are there, but do not count as neighbours. The records are made while they are
 * read.
 *
 * Cost: O(vertices + edges).
 *
 * @param options.signal For loading the graph; jobs that read the edges have their own.
 * @throws {ArgumentError} If an option is not known.
 * @example
 * const graph = Graph.from({ edges: [{ source: 1, target: 2 }, { source: 3, target: 2 }] })
 * const { edges } = await edgeDegrees(graph)
 * edges.select('source', 'sourceDegree', 'targetInDegree') // { source: 1, sourceDegree: 1, targetInDegree: 2 }, { source: 3, sourceDegree: 1, targetInDegree: 2 }
 */
export async function edgeDegrees<K extends VertexId, VV, EV>(
  graph: Graph<K, VV, EV>,
  options?: SignalOptions,
): Promise<EdgeDegreesResult<K, EV>> {
  const { signal } = signalOptions(options, 'edgeDegrees')
  const loaded = await loadFor('edgeDegrees', graph, signal)
  const { topology, edgeValues } = loaded
  const fields = {
    source: 'id',
    target: 'id',
    value: { type: edgeValues?.type ?? any, nullable: true },
    sourceDegree: int32,
    sourceOutDegree: int32,
    sourceInDegree: int32,
    targetDegree: int32,
    targetOutDegree: int32,
    targetInDegree: int32,
  } as const
  const edges = lazyData<EdgeWithDegrees<K, EV>>(loaded, 'edgeDegrees', fields, async function* () {
    const { degrees, outDegrees, inDegrees } = preparedRows(topology).degrees
    const all = [degrees, outDegrees, inDegrees]
    for (let from = 0; from < topology.edgeCount; from += BATCH_SIZE) {
      const to = Math.min(from + BATCH_SIZE, topology.edgeCount)
      const sources = topology.sources.slice(from, to)
      const targets = topology.targets.slice(from, to)
      const values = edgeValues?.slice(from, to) ?? missingColumn(to - from)
      const at = (ends: Int32Array) => all.map(each => new Int32Column(ends.map(v => each[v]!)))
      yield [sources, targets, values, ...at(sources), ...at(targets)]
    }
  })
  return { edges }
}
