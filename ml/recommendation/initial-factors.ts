import { Random } from '../../engine/extend.js'
import type { Id } from './ids.js'

/**
 * Random factors to begin with: those of an id depend on it and the seed alone, so that neither order
 * nor number of the others counts. Uniform in [0, 1), divided by the root of the rank.
 *
 * @returns By id `stride` numbers; those beyond the rank are 0.
 */
export function initialFactors(
  ids: readonly Id[],
  rank: number,
  stride: number,
  seed: number,
): Float64Array {
  const factors = new Float64Array(ids.length * stride)
  const scale = 1 / Math.sqrt(rank)
  for (const [row, id] of ids.entries()) {
    const random = new Random(hash(`${seed} ${id}`))
    for (let k = 0; k < rank; k++) factors[row * stride + k] = scale * random.next()
  }
  return factors
}

/** FNV-1a over the code units of a text. Source: Fowler, Noll, Vo, 1991. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let k = 0; k < text.length; k++) value = Math.imul(value ^ text.charCodeAt(k), 0x01000193)
  return value >>> 0
}
