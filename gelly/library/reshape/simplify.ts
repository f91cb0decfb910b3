import {
  type Column,
  ColumnWriter,
  concatColumns,
  knownOptions,
  trueOrFalse,
} from '../../../engine/extend.js'
import { ArgumentError } from '../../../engine/index.js'
import type { VertexId } from '../../elements.js'
import { type Graph, graphOf } from '../../graph.js'
import { firstEdges } from '../../kernels/first-edges.js'
import { loadFor } from '../../loading/load-for.js'
import { endToEnd } from '../../topology/end-to-end.js'
import { topologyOf } from '../../topology/topology.js'
import type { SignalOptions } from '../options.js'

/** Options of `simplify`. */
export interface SimplifyOptions<EV> extends SignalOptions {
  /** Whether the result has each edge both ways. Default: false. */
  readonly symmetric?: boolean
  /**
   * With `symmetric`: whether only edges whose source comes behind their target among the vertices are
   * taken; the others are dropped. Default: false.
   */
  readonly clipAndFlip?: boolean
  /** What parallel edges become, one after the other. Default: the value of the first is kept. */
  readonly combine?: (value: EV, next: EV) => EV
}

/**
 * The graph without loops and with one edge between the same vertices.
 *
 * Edges stay in order, each where the first of its parallel ones was. With `symmetric`, edges in both
 * directions are parallel, and all of them follow once more the other way round, with the same values.
 * All vertices stay.
 *
 * Cost: O(vertices + edges).
 *
 * @throws {ArgumentError} If an option is wrong.
 * @throws {AbortError} If the signal was aborted before the work began.
 * @example
 * const graph = Graph.from({
 *   edges: [
 *     { source: 1, target: 2, value: 5 }, { source: 1, target: 2, value: 7 }, { source: 2, target: 2, value: 1 },
 *   ],
 * })
 * const simple = await simplify(graph, { combine: (a, b) => a + b })
 * simple.edges // { source: 1, target: 2, value: 12 }
 */
export async function simplify<K extends VertexId, VV, EV>(
  graph: Graph<K, VV, EV>,
  options: SimplifyOptions<EV> = {},
): Promise<Graph<K, VV, EV>> {
  knownOptions(options, ['symmetric', 'clipAndFlip', 'combine', 'signal'], 'simplify')
  const { symmetric = false, clipAndFlip = false, combine, signal } = options
  trueOrFalse(symmetric, 'simplify', 'symmetric')
  trueOrFalse(clipAndFlip, 'simplify', 'clipAndFlip')
  if (combine !== undefined && typeof combine !== 'function') {
    throw new ArgumentError(`simplify: combine must be a function; got ${String(combine)}.`)
  }
  if (clipAndFlip && !symmetric) {
    throw new ArgumentError('simplify: clipAndFlip needs symmetric: true. Give both, or neither.')
  }
  const { topology, ids, vertexValues, edgeValues, environment } = await loadFor(
    'simplify',
    graph,
    signal,
  )
  const { sources, targets, vertexCount } = topology
  const firsts = firstEdges(topology, !symmetric || clipAndFlip)
  const kept = keptEdges(firsts, k => !clipAndFlip || sources[k]! > targets[k]!)
  const values = edgeValues && combined(edgeValues, firsts, kept, combine)
  const [ends, others] = [kept.map(k => sources[k]!), kept.map(k => targets[k]!)]
  const simple = symmetric
    ? await topologyOf(vertexCount, endToEnd(ends, others), endToEnd(others, ends))
    : await topologyOf(vertexCount, ends, others)
  const all = values && symmetric ? concatColumns([values, values]) : values
  return graphOf<K, VV, EV>(simple, ids, vertexValues, all, environment) as unknown as Graph<
    K,
    VV,
    EV
  >
}

/** Edges that are the first of their kind and accepted. */
function keptEdges(firsts: Int32Array, accepts: (edge: number) => boolean): Int32Array {
  const kept = new Int32Array(firsts.length)
  let length = 0
  for (let k = 0; k < firsts.length; k++) if (firsts[k] === k && accepts(k)) kept[length++] = k
  return kept.slice(0, length)
}

/** The values of the kept edges, with those of parallel ones put in. */
function combined<EV>(
  column: Column,
  firsts: Int32Array,
  kept: Int32Array,
  combine: ((value: EV, next: EV) => EV) | undefined,
): Column {
  if (combine === undefined) return column.take(kept)
  const values = new Map<number, EV>()
  for (let k = 0; k < firsts.length; k++) {
    const first = firsts[k]!
    const value = column.get(k) as EV
    if (first === k) values.set(k, value)
    else if (first >= 0) values.set(first, combine(values.get(first)!, value))
  }
  const writer = new ColumnWriter(kept.length, 'value')
  kept.forEach((edge, row) => {
    writer.set(row, values.get(edge))
  })
  return writer.finish(kept.length)
}
