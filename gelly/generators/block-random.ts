/**
 * Randomness by blocks: the work is cut into blocks of a fixed size, and each draws from a generator
 * of its own. So the graph depends on the seed alone, in whatever order blocks are made.
 */

import { Random } from '../../engine/extend.js'

/** Edges, or rows of pairs, that one block makes. */
export const BLOCK = 2 ** 16

/** The generator of block `block`. */
export function blockRandom(seed: number, block: number): Random {
  return new Random(block + new Random(seed).next())
}
