import { addTimes, difference, dot } from './vectors.js'

/** The last steps of a minimisation, and the direction that follows from them. */
export interface LbfgsMemory {
  /** How many steps there are. */
  readonly size: number
  /** Remembers a step, unless the slope did not rise along it. */
  add(before: Float64Array, after: Float64Array, slopes: Float64Array, then: Float64Array): void
  /** Minus the gradient times what the steps say of the inverse of the second derivatives. */
  direction(gradient: Float64Array): Float64Array
  /** What it holds, by name. */
  saved(): Readonly<Record<string, Float64Array>>
}

/** Steps that are remembered. */
const STEPS = 10

/** An empty memory, or one with what was saved. */
export function lbfgsMemory(length: number, saved?: (name: string) => Float64Array): LbfgsMemory {
  const moves = saved === undefined ? [] : cut(saved('moves'), length)
  const changes = saved === undefined ? [] : cut(saved('changes'), length)
  const factors = moves.map((move, k) => 1 / dot(move, changes[k]!))
  return {
    get size() {
      return moves.length
    },
    add(before, after, slopes, then) {
      const move = difference(after, before)
      const change = difference(then, slopes)
      const product = dot(move, change)
      const most = Math.sqrt(dot(move, move) * dot(change, change))
      if (!(product > 1e-12 * most)) return
      if (moves.length === STEPS) for (const list of [moves, changes, factors]) list.shift()
      moves.push(move)
      changes.push(change)
      factors.push(1 / product)
    },
    direction(gradient) {
      const direction = new Float64Array(length)
      for (let k = 0; k < length; k++) direction[k] = -gradient[k]!
      const last = moves.length - 1
      const weights = new Float64Array(moves.length)
      for (let k = last; k >= 0; k--) {
        weights[k] = factors[k]! * dot(moves[k]!, direction)
        addTimes(direction, -weights[k]!, changes[k]!)
      }
      if (last >= 0) {
        const scale = 1 / (factors[last]! * dot(changes[last]!, changes[last]!))
        for (let k = 0; k < length; k++) direction[k]! *= scale
      }
      for (let k = 0; k <= last; k++) {
        const back = factors[k]! * dot(changes[k]!, direction)
        addTimes(direction, weights[k]! - back, moves[k]!)
      }
      return direction
    },
    saved: () => ({ moves: joined(moves, length), changes: joined(changes, length) }),
  }
}

function joined(vectors: readonly Float64Array[], length: number): Float64Array {
  const all = new Float64Array(vectors.length * length)
  vectors.forEach((vector, k) => void all.set(vector, k * length))
  return all
}

function cut(all: Float64Array, length: number): Float64Array[] {
  return Array.from({ length: all.length / length }, (_, k) =>
    all.slice(k * length, (k + 1) * length),
  )
}
