import { knownOptions, oneOf } from '../../engine/extend.js'
import type { VertexId } from '../elements.js'
import type { Graph } from '../graph.js'
import { FORWARD } from '../kernels/arc-rows.js'
import { Correlation } from '../kernels/correlation.js'
import { preparedRows } from '../kernels/prepared-rows.js'
import { loadFor } from '../loading/load-for.js'
import { type DirectedOptions, directedOptions } from './options.js'

/** Options of `degreeAssortativity`. */
export interface DegreeAssortativityOptions extends DirectedOptions {
  /** With `directed`: which degree of an arc's source. Default: 'out'. */
  readonly source?: 'out' | 'in'
  /** With `directed`: which degree of an arc's target. Default: 'in'. */
  readonly target?: 'out' | 'in'
}

/**
 * Whether vertices are linked to others of about their own degree: the correlation of the degrees at both
 * ends of all edges.
 *
 * Above 0 where high degrees are linked to high ones, below 0 where they are linked to low ones. NaN where
 * it is not defined: without edges, and where all degrees at one end are equal. Without directions each
 * edge counts both ways; with `directed` each arc once. Loops and parallel edges do not count.
 *
 * Cost: O(vertices + edges). Source: Newman: Mixing Patterns in Networks, 2003.
 *
 * @param options.directed Whether degrees are those of arcs. Default: false.
 * @throws {ArgumentError} If an option is wrong.
 * @throws {AbortError} If the signal was aborted before the work began.
 * @example
 * const star = Graph.from({ edges: [{ source: 0, target: 1 }, { source: 0, target: 2 }, { source: 0, target: 3 }] })
 * const correlation = await degreeAssortativity(star)
 * correlation.toFixed(3) // '-1.000'
 */
export async function degreeAssortativity<K extends VertexId, VV, EV>(
  graph: Graph<K, VV, EV>,
  options: DegreeAssortativityOptions = {},
): Promise<number> {
  const name = 'degreeAssortativity'
  knownOptions(options, ['directed', 'source', 'target', 'signal'], name)
  const { source = 'out', target = 'in', ...others } = options
  oneOf(source, ['out', 'in'], name, 'source')
  oneOf(target, ['out', 'in'], name, 'target')
  const { directed, signal } = directedOptions(others, name)
  const { topology } = await loadFor(name, graph, signal)
  const { arcs: rows, degrees: byVertex } = preparedRows(topology)
  const { degrees, outDegrees, inDegrees } = byVertex
  const atSource = directed ? (source === 'out' ? outDegrees : inDegrees) : degrees
  const atTarget = directed ? (target === 'out' ? outDegrees : inDegrees) : degrees
  const correlation = new Correlation()
  const { offsets, neighbours, arcs } = rows
  for (let v = 0; v < topology.vertexCount; v++) {
    for (let k = offsets[v]!; k < offsets[v + 1]!; k++) {
      if (directed && (arcs[k]! & FORWARD) === 0) continue
      correlation.add(atSource[v]!, atTarget[neighbours[k]!]!)
    }
  }
  return correlation.value
}
