/**
 * Rows by which receivers find their messages: who sends to each vertex, in the order in which
 * messages are sent, that is by sender, and by place in the sender's row.
 */
import { loadKernels } from '../../engine/extend.js'
import type { EdgeDirection } from '../direction.js'
import type { Adjacency } from '../topology/adjacency.js'
import type { Scratch } from '../topology/scratch.js'
import type { Topology } from '../topology/topology.js'
import {
  edgeNumbersInRows,
  edgeRows,
  type ModelData,
  plainRows,
  type RowSide,
  sidesFrom,
} from './model-rows.js'

/** See the module's documentation. */
export interface DeliveryRows {
  /** By sender: its neighbours, along which it sends. */
  readonly degrees: Int32Array
  /** Neighbours of all vertices together. */
  readonly placeCount: number
  /** By receiver: where its senders begin. */
  readonly offsets: Int32Array
  /** By receiver: the senders, one for each edge. */
  readonly senders: Int32Array
  /** Rows of neighbours by sender. Made when they are asked for. */
  readonly out: () => Adjacency
  /** Made when it is asked for. */
  readonly places: () => DeliveryPlaces
}

/**
 * Where messages lie that differ from edge to edge.
 *
 * In the order of senders, receivers would look all over them; in the order of receivers, senders
 * would write all over them. So they lie in blocks of receivers, and within a block in the order of
 * senders: who sends writes to the ends of some blocks, and a block in which one looks is near.
 */
export interface DeliveryPlaces {
  /** By sender: where its edges begin. */
  readonly offsets: Int32Array
  /** Beside each of the edges of senders: the place of its message. */
  readonly written: Int32Array
  /** Beside each of the senders of receivers: the place of its message. */
  readonly read: Int32Array
  /** Beside each of the edges of senders: its value; `undefined` where not all are numbers. */
  readonly values: Float64Array | undefined
}

/** A block has 2^17 messages, which is 1 MiB: as much as a core has close by. */
const BLOCK_BITS = 17

/** The rows of a graph, for one direction. */
export async function deliveryRows(
  data: ModelData,
  direction: EdgeDirection,
  scratch: Scratch,
): Promise<DeliveryRows> {
  const { topology } = data
  const { vertexCount: n, region } = topology
  const { buildRows } = await loadKernels('edge-rows', region)
  const [side, other] = sidesFrom(direction)
  let joined: Adjacency | undefined
  const out = (): Adjacency => {
    if (other === undefined) return plainRows(topology, side!)
    joined ??= joinedRows(topology.out, topology.in, scratch)
    return joined
  }
  const degrees = degreesOf(topology, direction, scratch)
  const placeCount = topology.edgeCount * (other === undefined ? 1 : 2)
  const received = (): Adjacency => {
    if (other === undefined && areAscending(endsOf(topology, side!))) {
      return plainRows(topology, side === 'out' ? 'in' : 'out')
    }
    const rows = { offsets: scratch.int32(n + 1), neighbours: scratch.uncleared(placeCount) }
    buildRows(out().neighbours, repeated(degrees, scratch), rows.offsets, rows.neighbours)
    return rows
  }
  const { offsets, neighbours: senders } = received()
  const places = (): DeliveryPlaces => {
    // Where memory runs out after this, loops that need nothing but edges can go on.
    const values = edgeValues(data, direction, scratch)
    const rows = out()
    return { ...blockPlaces(rows, offsets, scratch), offsets: rows.offsets, values }
  }
  return { degrees, placeCount, offsets, senders, out, places }
}

/** Rows that have those of both sides, one behind the other. */
function joinedRows(first: Adjacency, second: Adjacency, scratch: Scratch): Adjacency {
  const n = first.offsets.length - 1
  const offsets = scratch.int32(n + 1)
  const neighbours = scratch.uncleared(first.neighbours.length + second.neighbours.length)
  let length = 0
  for (let v = 0; v < n; v++) {
    for (const rows of [first, second]) {
      const end = rows.offsets[v + 1]!
      for (let k = rows.offsets[v]!; k < end; k++) neighbours[length++] = rows.neighbours[k]!
    }
    offsets[v + 1] = length
  }
  return { offsets, neighbours }
}

function degreesOf(topology: Topology, direction: EdgeDirection, scratch: Scratch): Int32Array {
  const { outDegrees, inDegrees } = {
    outDegrees: direction === 'in' ? undefined : topology.outDegrees,
    inDegrees: direction === 'out' ? undefined : topology.inDegrees,
  }
  if (outDegrees === undefined || inDegrees === undefined) return (outDegrees ?? inDegrees)!
  const both = scratch.int32(outDegrees.length)
  for (let v = 0; v < both.length; v++) both[v] = outDegrees[v]! + inDegrees[v]!
  return both
}

/** By edge: who sends along it. */
function endsOf({ sources, targets }: Topology, side: RowSide): Int32Array {
  return side === 'out' ? sources : targets
}

/** Edges in the order of their senders lie in the receivers' rows in this order, too. */
function areAscending(ends: Int32Array): boolean {
  for (let k = 1; k < ends.length; k++) if (ends[k - 1]! > ends[k]!) return false
  return true
}

/** Each vertex as often as it has neighbours. */
function repeated(degrees: Int32Array, scratch: Scratch): Int32Array {
  let length = 0
  for (let v = 0; v < degrees.length; v++) length += degrees[v]!
  const all = scratch.uncleared(length)
  let from = 0
  for (let v = 0; v < degrees.length; v++) {
    const to = from + degrees[v]!
    all.fill(v, from, to)
    from = to
  }
  return all
}

/** See `DeliveryPlaces`. `begins` is where the messages of receivers begin. */
function blockPlaces(
  { neighbours }: Adjacency,
  begins: Int32Array,
  scratch: Scratch,
): Pick<DeliveryPlaces, 'written' | 'read'> {
  const { length } = neighbours
  const n = begins.length - 1
  const written = scratch.uncleared(length)
  const read = scratch.uncleared(length)
  // Blocks consist of whole receivers, so each begins where its first one does.
  const next = new Int32Array((length >>> BLOCK_BITS) + 1)
  for (let v = n - 1; v >= 0; v--) next[begins[v]! >>> BLOCK_BITS] = begins[v]!
  const receivers = new Int32Array(length)
  for (let k = 0; k < length; k++) {
    const v = neighbours[k]!
    const place = next[begins[v]! >>> BLOCK_BITS]!++
    written[k] = place
    receivers[place] = v
  }
  const nextOf = begins.slice(0, n)
  for (let place = 0; place < length; place++) read[nextOf[receivers[place]!]!++] = place
  return { written, read }
}

/** Numbers of edges, by place in the rows by sender. */
function edgeValues(
  { topology, edgeNumbers }: ModelData,
  direction: EdgeDirection,
  scratch: Scratch,
): Float64Array | undefined {
  if (edgeNumbers === undefined) return undefined
  const [side, other] = sidesFrom(direction)
  const rows = edgeRows(topology, side!)
  const ofSide = edgeNumbersInRows(edgeNumbers, rows, scratch.float64(rows.edges.length))
  if (other === undefined) return ofSide
  const { offsets, edges } = edgeRows(topology, other)
  const both = scratch.float64(2 * edges.length)
  let length = 0
  for (let v = 0; v < topology.vertexCount; v++) {
    for (let k = rows.offsets[v]!; k < rows.offsets[v + 1]!; k++) both[length++] = ofSide[k]!
    for (let k = offsets[v]!; k < offsets[v + 1]!; k++) both[length++] = edgeNumbers[edges[k]!]!
  }
  return both
}
