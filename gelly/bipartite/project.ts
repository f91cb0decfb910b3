import { AnyColumn, type Column } from '../../engine/extend.js'
import type { ExecutionEnvironment } from '../../engine/index.js'
import type { VertexId } from '../elements.js'
import { checkCount } from '../loading/id-kind.js'
import { LoadedGraph } from '../loading/loaded-graph.js'
import { topologyOf } from '../topology/topology.js'
import type { LoadedBipartite, Side } from './load-bipartite.js'

/** The value of an edge in a full projection: what lies between its ends. */
export interface Projection<KI extends VertexId, VI, VV, EV> {
  /** The vertex of the other side that both ends have an edge with. */
  readonly intermediate: KI
  readonly intermediateValue: VI
  readonly sourceValue: VV
  readonly targetValue: VV
  /** The value of the edge between the source and the intermediate vertex. */
  readonly sourceEdge: EV
  /** The value of the edge between the target and the intermediate vertex. */
  readonly targetEdge: EV
}

/** Pairs of edges that meet on the other side, by number. */
interface Pairs {
  readonly first: Int32Array
  readonly second: Int32Array
}

/**
 * The graph of one side of a bipartite graph: an edge from each vertex to each other one for every
 * pair of edges to the same vertex of the other side.
 *
 * @param full Whether values are projections; else pairs of edge values.
 * Cost: O(sum over the other side of degree squared).
 */
export async function project<K extends VertexId, VV, NE>(
  environment: ExecutionEnvironment,
  { top, bottom, topology, edgeValues }: LoadedBipartite<VertexId, VertexId>,
  side: 'top' | 'bottom',
  full: boolean,
): Promise<LoadedGraph<K, VV, NE>> {
  const own = (side === 'top' ? top : bottom) as Side<K>
  const other = side === 'top' ? bottom : top
  const rows = side === 'top' ? topology.inEdges : topology.outEdges
  const [ends, others] =
    side === 'top' ? [topology.sources, topology.targets] : [topology.targets, topology.sources]
  const { first, second } = pairsOf(rows.offsets, rows.edges, ends, other.ids.length)
  const at = (edges: Int32Array) => edges.map(edge => ends[edge]!)
  const projected = await topologyOf(own.ids.length, at(first), at(second))
  const values = Array.from(first, (edge, k) => {
    const [sourceEdge, targetEdge] = [get(edgeValues, edge), get(edgeValues, second[k]!)]
    if (!full) return [sourceEdge, targetEdge]
    const intermediate = others[edge]!
    return {
      intermediate: other.ids.at(intermediate),
      intermediateValue: get(other.values, intermediate),
      sourceValue: get(own.values, ends[edge]!),
      targetValue: get(own.values, ends[second[k]!]!),
      sourceEdge,
      targetEdge,
    }
  })
  const column = new AnyColumn(values)
  return new LoadedGraph<K, VV, NE>(environment, projected, own.ids, own.values, column)
}

function get(column: Column | null, row: number): unknown {
  return column?.get(row) ?? null
}

/** All ordered pairs of edges in one row that end at different vertices. */
function pairsOf(offsets: Int32Array, edges: Int32Array, ends: Int32Array, rows: number): Pairs {
  let count = 0
  const each = (found: (edge: number, other: number) => void) => {
    for (let row = 0; row < rows; row++) {
      for (let k = offsets[row]!; k < offsets[row + 1]!; k++) {
        const edge = edges[k]!
        for (let j = offsets[row]!; j < offsets[row + 1]!; j++) {
          if (ends[edges[j]!] !== ends[edge]) found(edge, edges[j]!)
        }
      }
    }
  }
  each(() => {
    count++
  })
  checkCount(count, 'edges', 'BipartiteGraph')
  const [first, second] = [new Int32Array(count), new Int32Array(count)]
  let next = 0
  each((edge, other) => {
    first[next] = edge
    second[next++] = other
  })
  return { first, second }
}
