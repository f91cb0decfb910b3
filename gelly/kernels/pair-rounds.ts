import type { Adjacency } from '../topology/adjacency.js'

/** Vertices whose pairs are found at once. */
export interface PairRound {
  /** Where parts of about the same work begin, with the end of the last one. */
  readonly parts: Int32Array
  /** At most so many pairs are found. */
  readonly room: number
}

/** Pairs that are found at once, unless a single vertex has more. */
const ROOM = 2 ** 19

/** Steps of a part: some tenths of a millisecond. */
const PART_WORK = 2 ** 17

/** The most parts of a round. */
const PARTS = 256

/**
 * Cuts the search for pairs of vertices with a shared neighbour into rounds whose pairs have room, and
 * rounds into parts. They depend on the graph alone, not on threads.
 *
 * Vertices come in ascending order, so a counter by vertex tells how many of its neighbours are behind the
 * one that is looked at: those are the steps of the search.
 *
 * @param rows Symmetric, ascending, without loops or duplicates.
 * @param places By vertex; written: where the pairs of a vertex begin if all before it in the round are kept.
 * @param orders 2 where pairs come in both orders, else 1.
 *
 * Cost: O(vertices + edges) for all rounds; 4 bytes per vertex.
 */
export function* pairRounds(
  { offsets, neighbours }: Adjacency,
  places: Int32Array,
  orders: 1 | 2,
): Generator<PairRound> {
  const vertexCount = offsets.length - 1
  const passed = new Int32Array(vertexCount)
  let parts = [0]
  let room = 0
  let work = 0
  for (let u = 0; u < vertexCount; u++) {
    let steps = 0
    for (let k = offsets[u]!; k < offsets[u + 1]!; k++) {
      const shared = neighbours[k]!
      steps += offsets[shared + 1]! - offsets[shared]! - ++passed[shared]!
    }
    const most = orders * Math.min(steps, vertexCount - 1 - u)
    if (work >= PART_WORK) {
      parts.push(u)
      work = 0
    }
    const full = room > 0 && room + most > ROOM
    if (full || parts.length > PARTS) {
      if (parts.at(-1)! < u) parts.push(u)
      yield { parts: Int32Array.from(parts), room }
      parts = [u]
      room = 0
      work = 0
    }
    places[u] = room
    room += most
    work += 1 + offsets[u + 1]! - offsets[u]! + steps
  }
  if (parts.at(-1)! < vertexCount) {
    parts.push(vertexCount)
    yield { parts: Int32Array.from(parts), room }
  }
}
