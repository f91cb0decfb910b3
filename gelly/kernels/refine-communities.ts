/**
 * The refinement of Leiden (Traag, Waltman, van Eck 2019): the vertices of each community start anew
 * as communities of their own and merge, but only within it and only where they hang together. What
 * results is connected, where Louvain's communities may fall apart.
 *
 * Departs from the paper in one point: a vertex joins the best of the communities, not one by chance,
 * so that the answer needs no seed.
 */
import type { LevelGraph } from './level-graph.js'

/**
 * @param community By vertex, as moving left it.
 * @param order In which vertices may join others.
 * @returns By vertex: the refined community, a number below the number of vertices.
 *
 * Cost: O(vertices + edges) time.
 */
export function refineCommunities(
  level: LevelGraph,
  community: Int32Array,
  order: Int32Array,
): Int32Array {
  const { vertexCount: n, offsets, neighbours, weights, out, into } = level
  // Undirected sums are halved in either direction, so that one formula serves both.
  const penalty = out === into ? level.penalty / 2 : level.penalty
  const wholeOut = new Float64Array(n)
  const wholeInto = new Float64Array(n)
  for (let v = 0; v < n; v++) {
    wholeOut[community[v]!]! += out[v]!
    wholeInto[community[v]!]! += into[v]!
  }
  const refined = Int32Array.from({ length: n }, (_, v) => v)
  const [totalOut, totalInto] = [out.slice(), into.slice()]
  const sizes = new Int32Array(n).fill(1)
  /** By refined community: the weight of its edges to the rest of the community it is part of. */
  const toRest = new Float64Array(n)
  for (let v = 0; v < n; v++) {
    for (let k = offsets[v]!; k < offsets[v + 1]!; k++) {
      if (community[neighbours[k]!] !== community[v]) continue
      toRest[v]! += weights.length > 0 ? weights[k]! : 1
    }
  }
  const expected = (outA: number, intoA: number, outB: number, intoB: number) =>
    penalty * (outA * intoB + intoA * outB)
  /** Whether a part of `whole` has at least as many edges to the rest as chance would give it. */
  const hangsTogether = (part: number, whole: number) => {
    const [outP, intoP] = [totalOut[part]!, totalInto[part]!]
    const rest = expected(outP, intoP, wholeOut[whole]! - outP, wholeInto[whole]! - intoP)
    return toRest[part]! >= rest
  }
  const linked = new Float64Array(n)
  const touched = new Int32Array(n)
  for (let i = 0; i < n; i++) {
    const v = order[i]!
    const whole = community[v]!
    if (sizes[v] !== 1 || refined[v] !== v || !hangsTogether(v, whole)) continue
    let touchedCount = 0
    for (let k = offsets[v]!; k < offsets[v + 1]!; k++) {
      const u = neighbours[k]!
      if (community[u] !== whole) continue
      const part = refined[u]!
      if (linked[part] === 0) touched[touchedCount++] = part
      linked[part]! += weights.length > 0 ? weights[k]! : 1
    }
    let [best, most, link] = [v, 0, 0]
    for (let t = 0; t < touchedCount; t++) {
      const part = touched[t]!
      const weight = linked[part]!
      linked[part] = 0
      const gain = weight - expected(out[v]!, into[v]!, totalOut[part]!, totalInto[part]!)
      if (gain <= most || !hangsTogether(part, whole)) continue
      ;[best, most, link] = [part, gain, weight]
    }
    if (best === v) continue
    refined[v] = best
    sizes[best]!++
    totalOut[best]! += out[v]!
    totalInto[best]! += into[v]!
    toRest[best]! += toRest[v]! - 2 * link
  }
  return refined
}
