import {
  type Column,
  columnsSource,
  knownOptions,
  numberFrom,
  trueOrFalse,
} from '../../engine/extend.js'
import type { DataSet } from '../../engine/index.js'
import type { VertexId } from '../elements.js'
import type { Graph } from '../graph.js'
import { coarsen } from '../kernels/coarsen.js'
import { firstLevel, type LevelGraph, modularityOf } from '../kernels/level-graph.js'
import type { EdgeWeight } from '../loading/edge-weights.js'
import { loadFor } from '../loading/load-for.js'
import { type CommunityRecord, numberedCommunities } from './community-column.js'

/** Options of `modularity` and `communityQuality`. */
export interface QualityOptions<K extends VertexId = never, EV = never> {
  /** A field of the edges' values, or a function of the edge; not negative. Default: 1 each. */
  readonly weight?: EdgeWeight<K, EV>
  /** How much the size of communities counts against them, at least 0. Default 1. */
  readonly resolution?: number
  /** Whether modularity heeds the direction of edges. Default `false`. */
  readonly directed?: boolean
  /** Stops the work when aborted; the promise is then rejected with `AbortError`. */
  readonly signal?: AbortSignal
}

/** How well one community stands apart. */
export interface CommunityQuality {
  /** What it is called. */
  community: unknown
  /** Its vertices. */
  vertices: number
  /** The weight of the edges within it. */
  inside: number
  /** The weight of the edges between it and others, in either direction. */
  cut: number
  /** `cut` by the weight of all ends of edges in it, or outside of it where that is less; 0 to 1. */
  conductance: number
}

/** What `communityQuality` gives. */
export interface QualityResult {
  /** See `modularity`. */
  readonly modularity: number
  /** The share of the edges' weight that lies within communities. 1 without edges. */
  readonly coverage: number
  /** The mean of the communities' conductance: the less, the better. */
  readonly conductance: number
  /** One record per community, in the order in which the communities first appear. */
  readonly communities: DataSet<CommunityQuality>
}

/**
 * How much more edges lie within communities than by chance, were edges drawn anew with all vertices
 * keeping their degrees.
 *
 *     undirected  Q = sum over communities of  inside / m - resolution * (ends / 2m)^2
 *     directed    Q = sum over communities of  inside / m - resolution * out * in / m^2
 *
 * where m is the weight of all edges. From -1/2 to 1 with `resolution` 1; 0 without edges. A self-loop
 * lies within and has two ends. For an undirected graph whose edges are there both ways the two agree.
 *
 * @param communities Of all vertices: records `{ id, community }`, such as `vertices` of `louvain`.
 * @param options.resolution Default 1.
 * @param options.weight What an edge counts. Default: 1.
 * @param options.directed Default `false`.
 * @throws {ArgumentError} If an option is unknown or out of range.
 * @throws {SchemaError} If a vertex is missing, there twice or not in the graph, or a weight is wrong.
 *
 * Cost: O(vertices + edges). Source: Newman, Girvan: Finding and Evaluating Community Structure in
 * Networks, 2004; Reichardt, Bornholdt, 2006, for the resolution; Leicht, Newman, 2008, directed.
 * @example
 * const graph = Graph.fromEdges([{ from: 1, to: 2 }, { from: 3, to: 4 }], { source: 'from', target: 'to' })
 * const communities = graph.vertices.map(v => ({ id: v.id, community: v.id < 3 ? 'low' : 'high' }))
 * await modularity(graph, communities) // 0.5
 */
export async function modularity<K extends VertexId, VV, EV, T extends CommunityRecord<K>>(
  graph: Graph<K, VV, EV>,
  communities: DataSet<T>,
  options: QualityOptions<K, EV> = {},
): Promise<number> {
  const { level } = await communityLevel(graph, communities, options, 'modularity')
  return modularityOf(level)
}

/**
 * How good communities are: modularity, coverage and conductance, also of each one.
 *
 * @param communities Of all vertices: records `{ id, community }`, such as `vertices` of `louvain`.
 * @param options As for `modularity`; coverage and conductance heed no direction.
 * @throws {ArgumentError} If an option is unknown or out of range.
 * @throws {SchemaError} If a vertex is missing, there twice or not in the graph, or a weight is wrong.
 *
 * Cost: O(vertices + edges). Source: Fortunato: Community Detection in Graphs, 2010.
 * @example
 * const path = [{ from: 1, to: 2 }, { from: 2, to: 3 }, { from: 3, to: 4 }]
 * const graph = Graph.fromEdges(path, { source: 'from', target: 'to' })
 * const halves = graph.vertices.map(v => ({ id: v.id, community: v.id < 3 ? 'low' : 'high' }))
 * const { coverage, communities } = await communityQuality(graph, halves)
 * coverage.toFixed(3) // '0.667'
 * communities.first(1) // { community: 'low', vertices: 2, inside: 1, cut: 1, conductance: 0.3333333333333333 }
 */
export async function communityQuality<K extends VertexId, VV, EV, T extends CommunityRecord<K>>(
  graph: Graph<K, VV, EV>,
  communities: DataSet<T>,
  options: QualityOptions<K, EV> = {},
): Promise<QualityResult> {
  const found = await communityLevel(graph, communities, options, 'communityQuality')
  const { level, numbers, names, environment } = found
  const { vertexCount, inside, out, into, total, offsets, weights } = level
  const sizes = new Float64Array(vertexCount)
  for (const c of numbers) sizes[c]!++
  const cut = new Float64Array(vertexCount)
  const conductance = new Float64Array(vertexCount)
  let [within, sum] = [0, 0]
  for (let c = 0; c < vertexCount; c++) {
    for (let k = offsets[c]!; k < offsets[c + 1]!; k++) cut[c]! += weights[k]!
    const ends = out === into ? out[c]! : out[c]! + into[c]!
    const least = Math.min(ends, 2 * total - ends)
    if (least > 0) conductance[c] = cut[c]! / least
    within += inside[c]!
    sum += conductance[c]!
  }
  return {
    modularity: modularityOf(level),
    coverage: total === 0 ? 1 : within / total,
    conductance: vertexCount === 0 ? 0 : sum / vertexCount,
    communities: environment.read<CommunityQuality>(
      columnsSource(
        {
          community: names,
          vertices: sizes,
          inside,
          cut,
          conductance,
        },
        'communityQuality',
      ),
    ),
  }
}

async function communityLevel<K extends VertexId, VV, EV, T extends CommunityRecord<K>>(
  graph: Graph<K, VV, EV>,
  communities: DataSet<T>,
  options: QualityOptions<K, EV>,
  operation: string,
) {
  knownOptions(options, ['weight', 'resolution', 'directed', 'signal'], operation)
  const { weight, resolution = 1, directed = false, signal } = options
  numberFrom(resolution, operation, 'resolution', 0, Number.MAX_VALUE)
  trueOrFalse(directed, operation, 'directed')
  const loaded = await loadFor(operation, graph, signal)
  const { numbers, count, names } = await numberedCommunities(loaded.ids, communities, operation)
  const weights = weight === undefined ? null : await loaded.weights(weight, operation)
  const first: LevelGraph = firstLevel(loaded.topology, weights, resolution, directed)
  const level = coarsen(first, numbers, count)
  return { level, numbers, names: names as Column, environment: loaded.environment }
}
