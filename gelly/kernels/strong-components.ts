/**
 * Strongly connected components: sets of vertices each of which reaches each other along edges.
 *
 * Tarjan's depth-first search without recursion. Of each vertex it keeps when it was found, and the
 * earliest vertex on the stack that it reaches, itself at first. Who is its own earliest when all
 * its edges are done has its component on top of the stack. An edge that led to a new vertex is read
 * once more on the way back; that hands the earliest one up.
 *
 * Source: Tarjan, "Depth-first search and linear graph algorithms", SIAM Journal on Computing 1(2),
 * 1972.
 */
import type { Adjacency } from '../topology/adjacency.js'
import { NO_STEP, STEP, type Step } from './steps.js'

/** Components by vertex. */
export interface StrongComponents {
  /** By vertex: a number from 0, in the order of the first vertices of the components. */
  readonly components: Int32Array
  readonly count: number
}

/**
 * Cost: O(vertices + edges) time, 24 bytes per vertex.
 *
 * @param step Told how many vertices are found.
 */
export async function strongComponents(
  { offsets, neighbours }: Adjacency,
  step: Step = NO_STEP,
): Promise<StrongComponents> {
  const vertexCount = offsets.length - 1
  const done = vertexCount + 1
  const found = new Int32Array(vertexCount)
  // 0 while not seen, `done` when the component is known, so that it lowers nobody's.
  const earliest = new Int32Array(vertexCount)
  const next = offsets.slice(0, vertexCount)
  const way = new Int32Array(vertexCount)
  const stack = new Int32Array(vertexCount)
  const components = new Int32Array(vertexCount)
  let [time, stacked, count, turns] = [0, 0, 0, 0]
  for (let start = 0; start < vertexCount; start++) {
    if (earliest[start] !== 0) continue
    let top = -1
    let u = start
    for (;;) {
      if (turns++ % STEP === 0) await step(time)
      if (earliest[u] === 0) {
        found[u] = earliest[u] = ++time
        stack[stacked++] = u
        way[++top] = u
      }
      const child = followEdges(u, offsets[u + 1]!, neighbours, next, earliest)
      if (child >= 0) {
        u = child
        continue
      }
      if (earliest[u] === found[u]) {
        let member: number
        do {
          member = stack[--stacked]!
          components[member] = count
          earliest[member] = done
        } while (member !== u)
        count++
      }
      if (--top < 0) break
      u = way[top]!
    }
  }
  return { components: numberedByFirst(components, count), count }
}

/** Goes on along the edges of `u` to the first vertex not seen before; -1 when all are done. */
function followEdges(
  u: number,
  end: number,
  neighbours: Int32Array,
  next: Int32Array,
  earliest: Int32Array,
): number {
  let lowest = earliest[u]!
  let k = next[u]!
  let child = -1
  for (; k < end; k++) {
    const v = neighbours[k]!
    const other = earliest[v]!
    if (other === 0) {
      child = v
      break
    }
    if (other < lowest) lowest = other
  }
  next[u] = k
  earliest[u] = lowest
  return child
}

function numberedByFirst(components: Int32Array, count: number): Int32Array {
  const numbers = new Int32Array(count).fill(-1)
  let seen = 0
  for (let v = 0; v < components.length; v++) {
    const component = components[v]!
    if (numbers[component]! < 0) numbers[component] = seen++
    components[v] = numbers[component]!
  }
  return components
}
