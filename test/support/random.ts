/**
 * Random test data from a seed, so that a failure can be repeated: print the seed with it.
 *
 * The generator is mulberry32 (Tommy Ettinger 2017, public domain): 32 bits of state, good enough
 * for test data, and the same numbers on every machine.
 */
export interface Random {
  /** A number in [0, 1). */
  next(): number
  /** A whole number in [0, `below`). */
  int(below: number): number
  /** A number in [`low`, `high`). */
  between(low: number, high: number): number
  /** Whether an event of this probability happens. */
  chance(probability: number): boolean
  /** One of `values`, each equally likely. */
  pick<T>(values: readonly T[]): T
  /** Lower-case letters, from `least` to `most` of them. */
  word(least?: number, most?: number): string
  /** A copy of `values` in random order. */
  shuffle<T>(values: readonly T[]): T[]
  /** `length` values made by `make`, which gets the index. */
  array<T>(length: number, make: (index: number) => T): T[]
}

/** A generator that gives the same values for the same `seed`. */
export function randomFrom(seed: number): Random {
  let state = seed | 0
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const int = (below: number) => Math.floor(next() * below)
  return {
    next,
    int,
    between: (low, high) => low + next() * (high - low),
    chance: probability => next() < probability,
    pick: values => values[int(values.length)]!,
    word: (least = 1, most = 8) => {
      const length = least + int(most - least + 1)
      return Array.from({ length }, () => String.fromCharCode(97 + int(26))).join('')
    },
    shuffle: values => {
      const shuffled = [...values]
      for (let last = shuffled.length - 1; last > 0; last--) {
        const other = int(last + 1)
        const kept = shuffled[last]!
        shuffled[last] = shuffled[other]!
        shuffled[other] = kept
      }
      return shuffled
    },
    array: (length, make) => Array.from({ length }, (_, index) => make(index)),
  }
}
