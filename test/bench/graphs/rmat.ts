/**
 * Random graphs with the skew of the web's and of social networks, as Graph500 and the GAP benchmark
 * suite make them.
 *
 * Source: Chakrabarti, Zhan, Faloutsos, "R-MAT: A recursive model for graph mining", 2004; the
 * parameters are those of Graph500.
 */
import { Random } from '../../../engine/types/random.js'
import { permutation } from '../data.js'
import { type Csr, symmetrised } from './csr.js'

/** Edges drawn per vertex, before duplicates are removed. */
const EDGE_FACTOR = 16

// The probabilities A = 0.57, B = 0.19, C = 0.19, added up, as the largest values of 16 random bits.
const A = Math.round(0.57 * 65_536) - 1
const B = Math.round(0.76 * 65_536) - 1
const C = Math.round(0.95 * 65_536) - 1

/**
 * A graph of 2^`scale` vertices, symmetrised, without self-loops and duplicates, with the labels of
 * vertices permuted.
 *
 * Each bit of an edge's ends is one of four quadrants of the matrix of all edges; a draw of 32 bits
 * is good for two.
 *
 * Cost: about four seconds and 600 MiB at scale 20.
 */
export function rmat(scale: number, seed = 1): Csr {
  const vertices = 2 ** scale
  const random = new Random(seed)
  const labels = permutation(vertices, seed + 1)
  const [from, to] = [0, 0].map(() => new Int32Array(EDGE_FACTOR * vertices)) as [
    Int32Array,
    Int32Array,
  ]
  for (let k = 0; k < from.length; k++) {
    let [u, v, drawn] = [0, 0, 0]
    for (let bit = 0; bit < scale; bit++) {
      drawn = bit % 2 === 0 ? random.uint32() | 0 : drawn >>> 16
      const draw = drawn & 0xffff
      // The signs of differences instead of branches, which would be mispredicted half of the time.
      const lower = (B - draw) >>> 31
      u = (u << 1) | lower
      v = (v << 1) | (((A - draw) >>> 31) - lower + ((C - draw) >>> 31))
    }
    from[k] = labels[u]!
    to[k] = labels[v]!
  }
  return symmetrised(vertices, from, to)
}
