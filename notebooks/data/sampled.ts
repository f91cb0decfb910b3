import { Random } from '../../engine/extend.js'
import { grouped } from './finite.js'

/**
 * Some of many, in their order: each as likely as any other, and as many as are wanted.
 *
 * Source: Knuth, The Art of Computer Programming 2, 3.4.2, algorithm S.
 */
export function sampled<T>(all: readonly T[], most: number, seed: number): readonly T[] {
  if (all.length <= most) return all
  const random = new Random(seed)
  const kept: T[] = []
  for (let k = 0; k < all.length && kept.length < most; k++) {
    if (random.next() * (all.length - k) < most - kept.length) kept.push(all[k]!)
  }
  return kept
}

/** `5,000 of 1,000,000 points drawn, chosen at random.`; nothing where all are. */
export function drawnOf(drawn: number, all: number): string | undefined {
  if (drawn === all) return undefined
  return `${grouped(drawn)} of ${grouped(all)} points drawn, chosen at random.`
}
