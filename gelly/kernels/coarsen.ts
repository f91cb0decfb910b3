/** The second half of a level of Louvain: communities become the vertices of the next level. */
import type { LevelGraph } from './level-graph.js'

/** Numbers communities from 0 without gaps, by the first vertex of each; in place. Returns how many. */
export function renumber(community: Int32Array): number {
  const numbers = new Int32Array(community.length).fill(-1)
  let count = 0
  for (let v = 0; v < community.length; v++) {
    const c = community[v]!
    if (numbers[c] === -1) numbers[c] = count++
    community[v] = numbers[c]!
  }
  return count
}

/**
 * The graph of the communities. Edges between two of them become one with their weight, edges within
 * one go into its `inside`.
 *
 * A counting sort puts the vertices of a community side by side; then one pass over the edges adds
 * up the weights per neighbouring community in an array by community.
 *
 * @param community By vertex, from 0 to `count - 1`.
 *
 * Cost: O(vertices + edges) time.
 */
export function coarsen(level: LevelGraph, community: Int32Array, count: number): LevelGraph {
  const { vertexCount, offsets, neighbours, weights } = level
  const weighted = weights.length > 0
  const members = new Int32Array(vertexCount)
  const starts = new Int32Array(count + 1)
  for (let v = 0; v < vertexCount; v++) starts[community[v]! + 1]!++
  for (let c = 0; c < count; c++) starts[c + 1]! += starts[c]!
  const next = starts.slice(0, count)
  for (let v = 0; v < vertexCount; v++) members[next[community[v]!]!++] = v

  const inside = summed(level.inside, community, count)
  const newOffsets = new Int32Array(count + 1)
  const newNeighbours = new Int32Array(neighbours.length)
  const newWeights = new Float64Array(neighbours.length)
  const linked = new Float64Array(count)
  let at = 0
  for (let c = 0; c < count; c++) {
    const row = at
    let within = 0
    for (let i = starts[c]!; i < starts[c + 1]!; i++) {
      const v = members[i]!
      for (let k = offsets[v]!; k < offsets[v + 1]!; k++) {
        const other = community[neighbours[k]!]!
        const weight = weighted ? weights[k]! : 1
        if (other === c) within += weight
        else {
          if (linked[other] === 0) newNeighbours[at++] = other
          linked[other]! += weight
        }
      }
    }
    // An edge within stands in the rows of both of its ends.
    inside[c]! += within / 2
    for (let k = row; k < at; k++) {
      const other = newNeighbours[k]!
      newWeights[k] = linked[other]!
      linked[other] = 0
    }
    newOffsets[c + 1] = at
  }
  const out = summed(level.out, community, count)
  return {
    ...level,
    vertexCount: count,
    offsets: newOffsets,
    neighbours: newNeighbours.slice(0, at),
    weights: newWeights.slice(0, at),
    inside,
    out,
    into: level.into === level.out ? out : summed(level.into, community, count),
  }
}

function summed(values: Float64Array, community: Int32Array, count: number): Float64Array {
  const sums = new Float64Array(count)
  for (let v = 0; v < community.length; v++) sums[community[v]!]! += values[v]!
  return sums
}
