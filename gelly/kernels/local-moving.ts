/**
 * The first half of a level of Louvain (Blondel, Guillaume, Lambiotte, Lefebvre 2008): vertices move
 * to the neighbouring community where modularity gains most, until none gains by moving.
 *
 * Vertices wait in a queue; one that moves calls those neighbours again that now are in another
 * community (Ozaki, Tezuka, Inaba 2016; Traag, Waltman, van Eck 2019). Most vertices are looked at a
 * few times only, where sweeps would look at all of them as often as at the most restless.
 */
import type { LevelGraph } from './level-graph.js'

/** How far the moving has got; made by `startMoving`. */
export interface Moving {
  /** By vertex: its community, a number below the number of vertices. */
  readonly community: Int32Array
  /** By community: the sums of its vertices' `out` and `into`; one array when undirected. */
  readonly totalOut: Float64Array
  readonly totalInto: Float64Array
  /** A ring of the vertices that wait. */
  readonly queue: Int32Array
  readonly queued: Uint8Array
  /** By community: weight of the edges from the vertex at hand; zeros between vertices. */
  readonly linked: Float64Array
  readonly touched: Int32Array
  /** Where in the ring the next vertex stands. */
  head: number
  waiting: number
  /** How often vertices moved. */
  moves: number
}

/**
 * @param community Where each vertex begins. Changed in place.
 * @param order In which the vertices are looked at first.
 */
export function startMoving(level: LevelGraph, community: Int32Array, order: Int32Array): Moving {
  const { vertexCount, out, into } = level
  const sums = (values: Float64Array) => {
    const totals = new Float64Array(vertexCount)
    for (let v = 0; v < vertexCount; v++) totals[community[v]!]! += values[v]!
    return totals
  }
  const totalOut = sums(out)
  return {
    community,
    totalOut,
    totalInto: out === into ? totalOut : sums(into),
    queue: order.slice(),
    queued: new Uint8Array(vertexCount).fill(1),
    linked: new Float64Array(vertexCount),
    touched: new Int32Array(vertexCount),
    head: 0,
    waiting: vertexCount,
    moves: 0,
  }
}

/**
 * Looks at up to `count` vertices of the queue. `moving.waiting` is 0 when none is left.
 *
 * A vertex `v` gains by being in community `C`, from which it is taken out before:
 *
 *     undirected  w(v, C) - penalty * k(v) * k(C)
 *     directed    w(v, C) - penalty * (out(v) * into(C) + into(v) * out(C))
 *
 * It moves only where it gains more than rounding could pretend, so that moving ends.
 *
 * Cost: O(edges of these vertices) time.
 */
export function moveVertices(level: LevelGraph, moving: Moving, count: number): void {
  const { vertexCount, offsets, neighbours, weights, out, into, penalty } = level
  const { community, totalOut, totalInto, queue, queued, linked, touched } = moving
  const weighted = weights.length > 0
  const directed = out !== into
  let { head, waiting, moves } = moving
  for (; count > 0 && waiting > 0; count--) {
    const v = queue[head]!
    head = head + 1 === vertexCount ? 0 : head + 1
    waiting--
    queued[v] = 0
    const own = community[v]!
    const [start, end] = [offsets[v]!, offsets[v + 1]!]
    let touchedCount = 0
    for (let k = start; k < end; k++) {
      const c = community[neighbours[k]!]!
      if (linked[c] === 0) touched[touchedCount++] = c
      linked[c]! += weighted ? weights[k]! : 1
    }
    let best = own
    const [outV, intoV] = [out[v]!, into[v]!]
    const margin = 1e-12 * (outV + intoV)
    if (directed) {
      totalOut[own]! -= outV
      totalInto[own]! -= intoV
      let most = linked[own]! - penalty * (outV * totalInto[own]! + intoV * totalOut[own]!) + margin
      for (let i = 0; i < touchedCount; i++) {
        const c = touched[i]!
        const gain = linked[c]! - penalty * (outV * totalInto[c]! + intoV * totalOut[c]!)
        linked[c] = 0
        if (gain > most) {
          most = gain
          best = c
        }
      }
      totalOut[best]! += outV
      totalInto[best]! += intoV
    } else {
      totalOut[own]! -= outV
      const cost = penalty * outV
      let most = linked[own]! - cost * totalOut[own]! + margin
      for (let i = 0; i < touchedCount; i++) {
        const c = touched[i]!
        const gain = linked[c]! - cost * totalOut[c]!
        linked[c] = 0
        if (gain > most) {
          most = gain
          best = c
        }
      }
      totalOut[best]! += outV
    }
    if (best === own) continue
    community[v] = best
    moves++
    for (let k = start; k < end; k++) {
      const u = neighbours[k]!
      if (queued[u] === 1 || community[u] === best) continue
      queued[u] = 1
      let tail = head + waiting
      if (tail >= vertexCount) tail -= vertexCount
      queue[tail] = u
      waiting++
    }
  }
  moving.head = head
  moving.waiting = waiting
  moving.moves = moves
}
