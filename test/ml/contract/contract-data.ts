/** Records for the contract suite. */
import { randomFrom } from '../../support/random.js'

/** Sixty records with three features that are not alike, and labels that depend on them. */
export const RECORDS = Array.from({ length: 60 }, (_, k) => {
  const random = randomFrom(k + 1)
  const [x, y, z] = [random.next(), random.between(-5, 5), random.int(4)]
  const noise = random.between(-0.5, 0.5)
  const amount = 3 * x - y + 0.5 * z + noise
  return {
    x,
    y,
    z,
    amount,
    late: amount > 0,
    kind: ['no', 'maybe', 'yes'][z % 3]!,
    weight: 1 + (k % 3),
  }
})

export const FEATURES = ['x', 'y', 'z']
