/**
 * The loops of gather, sum, apply, as a template: see `ownCopy`. It refers to nothing but its
 * parameters.
 */
import { ownCopy } from '../../engine/extend.js'
import type { Adjacency } from '../topology/adjacency.js'
import type { Cells } from './cells.js'

/** What the loops work on. */
export interface GatherSumApplyParts {
  /** Of a neighbour's position, and of the edge's place in the rows. */
  readonly gather: (neighbour: number, edge: number, context: unknown) => unknown
  /** Whether `give` takes the place of `gather`, since edges play no part. */
  readonly once: boolean
  readonly sum: (a: unknown, b: unknown) => unknown
  /** Of a sum and a vertex's position. */
  readonly apply: (sum: unknown, vertex: number, context: unknown) => unknown
  readonly context: unknown
  readonly values: Cells<unknown>
  /** By vertex: what its neighbours gather from it, where edges play no part in that. */
  readonly given: Cells<unknown>
  /** By vertex: what it has gathered. */
  readonly sums: Cells<unknown>
  /** By vertex: whether it has gathered anything in this superstep. */
  readonly has: Uint8Array
  /** By vertex: whether its value has changed in the superstep before. */
  readonly changed: Uint8Array
  /** The vertex under way, for errors. */
  readonly at: Int32Array
}

/** The loops; each works on a range, or a list from its beginning up to `length`. */
export interface GatherSumApplyLoops {
  /** Computes `given` of vertices. */
  give(vertices: Int32Array | null, from: number, to: number): void
  /** Sums what the neighbours in `rows` give. */
  sumGiven(rows: Adjacency, from: number, to: number): void
  /** Gathers along the edges in `rows` and sums. */
  sumEdges(rows: Adjacency, from: number, to: number): void
  /** The same, from changed neighbours only. */
  sumChanged(rows: Adjacency, from: number, to: number): void
  /** Changed vertices bring what they give to the vertices in `rows`; those go behind `touched`. */
  push(
    rows: Adjacency,
    frontier: Int32Array,
    from: number,
    to: number,
    touched: Int32Array,
    count: number,
  ): number
  /**
   * Applies sums to vertices; those that change go behind `next`.
   *
   * @param none Applied to vertices that have gathered nothing, unless it is `undefined`.
   */
  apply(
    vertices: Int32Array | null,
    from: number,
    to: number,
    next: Int32Array,
    count: number,
    none: unknown,
  ): number
}

/** The loops, compiled around the functions of one program. */
export function gatherSumApplyLoops(parts: GatherSumApplyParts): GatherSumApplyLoops {
  return ownCopy(loopsTemplate)(parts)
}

function loopsTemplate(parts: GatherSumApplyParts): GatherSumApplyLoops {
  const { gather, once, sum, apply, context, values, given, sums, has, changed, at } = parts
  const put = (v: number, message: unknown): void => {
    sums.set(v, has[v] === 1 ? sum(sums.get(v), message) : message)
    has[v] = 1
  }
  const applyTo = (v: number, total: unknown): boolean => {
    at[0] = v
    const value = apply(total, v, context)
    if (value === undefined || values.holds(v, value)) return false
    values.set(v, value)
    return true
  }
  return {
    give(vertices, from, to) {
      for (let k = from; k < to; k++) {
        const u = vertices === null ? k : vertices[k]!
        at[0] = u
        given.set(u, gather(u, -1, context))
      }
    },
    sumGiven({ offsets, neighbours }, from, to) {
      const flat = given.numbers()
      for (let v = from; v < to; v++) {
        let k = offsets[v]!
        const end = offsets[v + 1]!
        if (k === end) continue
        at[0] = v
        if (flat === undefined) {
          let total = has[v] === 1 ? sums.get(v) : given.get(neighbours[k++]!)
          for (; k < end; k++) total = sum(total, given.get(neighbours[k]!))
          sums.set(v, total)
        } else {
          let total = has[v] === 1 ? sums.get(v) : flat[neighbours[k++]!]
          for (; k < end; k++) total = sum(total, flat[neighbours[k]!])
          sums.set(v, total)
        }
        has[v] = 1
      }
    },
    sumEdges({ offsets, neighbours }, from, to) {
      for (let v = from; v < to; v++) {
        const start = offsets[v]!
        const end = offsets[v + 1]!
        if (start === end) continue
        at[0] = v
        // One call of `gather` only, because there is room for one where it is inlined. The first
        // total is a number so that numbers stay unboxed.
        let total: unknown = has[v] === 1 ? sums.get(v) : 0
        let some = has[v] === 1
        for (let k = start; k < end; k++) {
          const message = gather(neighbours[k]!, k, context)
          total = some ? sum(total, message) : message
          some = true
        }
        sums.set(v, total)
        has[v] = 1
      }
    },
    sumChanged({ offsets, neighbours }, from, to) {
      for (let v = from; v < to; v++) {
        at[0] = v
        for (let k = offsets[v]!; k < offsets[v + 1]!; k++) {
          const u = neighbours[k]!
          if (changed[u] !== 1) continue
          if (once) put(v, given.get(u))
          else put(v, gather(u, k, context))
        }
      }
    },
    push({ offsets, neighbours }, frontier, from, to, touched, count) {
      let length = count
      for (let i = from; i < to; i++) {
        const u = frontier[i]!
        at[0] = u
        for (let k = offsets[u]!; k < offsets[u + 1]!; k++) {
          const v = neighbours[k]!
          if (has[v] !== 1) touched[length++] = v
          if (once) put(v, given.get(u))
          else put(v, gather(u, k, context))
        }
      }
      return length
    },
    apply(vertices, from, to, next, count, none) {
      let length = count
      for (let k = from; k < to; k++) {
        const v = vertices === null ? k : vertices[k]!
        if (has[v] === 1) {
          has[v] = 0
          if (applyTo(v, sums.get(v))) next[length++] = v
        } else if (none !== undefined && applyTo(v, none)) next[length++] = v
      }
      return length
    },
  }
}
