import { AnyColumn, type Column, createKeyIndex, Int32Column } from '../../engine/extend.js'
import type { VertexId } from '../elements.js'
import { type Graph, graphOf } from '../graph.js'
import { loadFor } from '../loading/load-for.js'
import { topologyOf } from '../topology/topology.js'
import { type SignalOptions, signalOptions } from './options.js'

/** What vertices or edges that are taken together have in common, and how many they are. */
export interface Summary<V> {
  /** The value of all of them. */
  readonly value: V
  /** How many they are. */
  readonly count: number
}

/**
 * A graph with one vertex for all that have the same value, and one edge for all that link the same
 * groups and have the same value.
 *
 * The vertex of a group has the id of the first of its members (Gelly took any). Groups and edges come in
 * the order of their first members. Edges within a group become loops. Values are compared by content;
 * without values all vertices are one group.
 *
 * Cost: O(vertices + edges).
 *
 * @throws {ArgumentError} If an option is not known.
 * @throws {AbortError} If the signal was aborted before the work began.
 * @throws {SchemaError} If a value has no content to compare, such as a function.
 * @example
 * const graph = Graph.from({
 *   vertices: [{ id: 'Ada', value: 'Paris' }, { id: 'Bob', value: 'Rome' }, { id: 'Eve', value: 'Rome' }],
 *   edges: [{ source: 'Ada', target: 'Bob' }, { source: 'Ada', target: 'Eve' }, { source: 'Bob', target: 'Eve' }],
 * })
 * const { vertices, edges } = await summarize(graph)
 * vertices.map(v => v.value) // { value: 'Paris', count: 1 }, { value: 'Rome', count: 2 }
 * edges.map(e => [e.source, e.target, e.value.count]) // ['Ada', 'Bob', 2], ['Bob', 'Bob', 1]
 */
export async function summarize<K extends VertexId, VV, EV>(
  graph: Graph<K, VV, EV>,
  options?: SignalOptions,
): Promise<Graph<K, Summary<VV>, Summary<EV>>> {
  const { signal } = signalOptions(options, 'summarize')
  const { topology, ids, vertexValues, edgeValues, environment } = await loadFor(
    'summarize',
    graph,
    signal,
  )
  const { vertexCount, edgeCount } = topology
  const vertices = grouped(vertexValues === null ? [] : [vertexValues], vertexCount)
  const sources = topology.sources.map(v => vertices.groups[v]!)
  const targets = topology.targets.map(v => vertices.groups[v]!)
  const ends = [new Int32Column(sources), new Int32Column(targets)]
  const edges = grouped(edgeValues === null ? ends : [...ends, edgeValues], edgeCount)
  const smaller = await topologyOf(
    vertices.firsts.length,
    edges.firsts.map(k => sources[k]!),
    edges.firsts.map(k => targets[k]!),
  )
  return graphOf<K, Summary<VV>, Summary<EV>>(
    smaller,
    ids.column.take(vertices.firsts),
    summaries(vertexValues, vertices),
    summaries(edgeValues, edges),
    environment,
  ) as unknown as Graph<K, Summary<VV>, Summary<EV>>
}

/** Rows that are put together. */
interface Groups {
  /** By row: its group. */
  readonly groups: Int32Array
  /** By group: its first row. */
  readonly firsts: Int32Array
  /** By group: how many rows it has. */
  readonly counts: Int32Array
}

/** Groups rows with the same keys, in the order of their first rows. */
function grouped(keys: readonly Column[], length: number): Groups {
  const index = createKeyIndex(keys.length)
  const groups = index.insert(keys, length).slice(0, length)
  const firsts = new Int32Array(index.size)
  const counts = new Int32Array(index.size)
  for (let row = length - 1; row >= 0; row--) {
    firsts[groups[row]!] = row
    counts[groups[row]!]!++
  }
  return { groups, firsts, counts }
}

function summaries(values: Column | null, { firsts, counts }: Groups): Column {
  return new AnyColumn(
    Array.from(firsts, (row, group) => ({
      value: values?.get(row) ?? null,
      count: counts[group]!,
    })),
  )
}
