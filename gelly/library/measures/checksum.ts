import { type Column, createPauses } from '../../../engine/extend.js'
import type { VertexId } from '../../elements.js'
import type { Graph } from '../../graph.js'
import { ValueHash } from '../../kernels/value-hash.js'
import { loadFor } from '../../loading/load-for.js'
import { inRanges } from '../in-ranges.js'
import { type SignalOptions, signalOptions } from '../options.js'

/** How many records there are, and the sum of their hashes. */
export interface Checksum {
  /** How many records there are. */
  readonly count: number
  /** 16 hexadecimal digits. */
  readonly checksum: string
}

/** What `checksum` gives. */
export interface ChecksumResult {
  /** Over ids and values. */
  readonly vertices: Checksum
  /** Over sources, targets and values. */
  readonly edges: Checksum
}

/** Values may be of any size: few of them between two looks at the clock. */
const RANGE = 1024

/**
 * Counts and checksums of the vertices and edges, to see whether two graphs are the same.
 *
 * The order of vertices and edges does not matter, parallel edges count each. Equal graphs have equal
 * checksums on every machine; for other graphs they are equal with a chance of 1 in 2^64. Not a
 * protection against somebody who wants them to be equal.
 *
 * Cost: O(vertices + edges), and the contents of their values.
 *
 * @throws {ArgumentError} If an option is not known.
 * @throws {AbortError} If the signal was aborted.
 * @example
 * const one = Graph.from({ edges: [{ source: 1, target: 2 }, { source: 2, target: 3 }] })
 * const other = Graph.from({ edges: [{ source: 2, target: 3 }, { source: 1, target: 2 }] })
 * const { vertices, edges } = await checksum(one)
 * edges.checksum === (await checksum(other)).edges.checksum // true
 * vertices // { count: 3, checksum: '...' }
 */
export async function checksum<K extends VertexId, VV, EV>(
  graph: Graph<K, VV, EV>,
  options?: SignalOptions,
): Promise<ChecksumResult> {
  const { signal } = signalOptions(options, 'checksum')
  const { topology, ids, vertexValues, edgeValues } = await loadFor('checksum', graph, signal)
  const { vertexCount, edgeCount, sources, targets } = topology
  const low = new Int32Array(vertexCount)
  const high = new Int32Array(vertexCount)
  const hash = new ValueHash()
  const vertices = new HashSum()
  const pause = createPauses(signal)
  const hashVertices = (from: number, to: number) => {
    for (let v = from; v < to; v++) {
      hash.clear().value(ids.column.get(v))
      low[v] = hash.low
      high[v] = hash.high
      vertices.add(hash.value(valueAt(vertexValues, v)).finish())
    }
  }
  await inRanges(vertexCount, pause, hashVertices, RANGE)
  const edges = new HashSum()
  const hashEdges = (from: number, to: number) => {
    for (let k = from; k < to; k++) {
      const [source, target] = [sources[k]!, targets[k]!]
      hash.clear().word(low[source]!).word(high[source]!).word(low[target]!).word(high[target]!)
      edges.add(hash.value(valueAt(edgeValues, k)).finish())
    }
  }
  await inRanges(edgeCount, pause, hashEdges, RANGE)
  return {
    vertices: { count: vertexCount, checksum: vertices.text },
    edges: { count: edgeCount, checksum: edges.text },
  }
}

function valueAt(values: Column | null, row: number): unknown {
  return values === null ? null : values.get(row)
}

/** A sum of 64 bits, of which the order does not matter. */
class HashSum {
  #low = 0
  #high = 0

  add({ low, high }: { readonly low: number; readonly high: number }): void {
    this.#low = (this.#low + low) >>> 0
    this.#high = (this.#high + high) >>> 0
  }

  get text(): string {
    return [this.#high, this.#low].map(half => half.toString(16).padStart(8, '0')).join('')
  }
}
