/** Pairs of vertices as they are found; cleared by setting `length` to 0. */
export interface PairList {
  length: number
  /** By pair: a position. */
  first: Int32Array
  /** By pair: the other position. */
  second: Int32Array
  /** By pair: what the vertices have in common. */
  sums: Float64Array
  scores: Float64Array
}

/** Which pairs are kept. */
export interface PairChoice {
  /** The score of a pair with this sum. */
  readonly score: (u: number, other: number, sum: number) => number
  readonly minimumScore: number
  readonly maximumScore: number
  /** Whether each pair is there in both orders. */
  readonly mirror: boolean
}

/** A list without pairs. */
export function createPairList(capacity = 1024): PairList {
  return {
    length: 0,
    first: new Int32Array(capacity),
    second: new Int32Array(capacity),
    sums: new Float64Array(capacity),
    scores: new Float64Array(capacity),
  }
}

/**
 * Appends the pairs of `u` that are chosen, and makes their sums zeros again.
 *
 * @param sums By vertex, as `sumCommonNeighbours` fills it.
 * @param found The vertices that it found.
 */
export function appendPairs(
  list: PairList,
  choice: PairChoice,
  u: number,
  sums: Float64Array,
  found: Int32Array,
): void {
  const { score, minimumScore, maximumScore, mirror } = choice
  reserve(list, mirror ? 2 * found.length : found.length)
  for (let k = 0; k < found.length; k++) {
    const other = found[k]!
    const sum = sums[other]!
    sums[other] = 0
    const value = score(u, other, sum)
    if (!(value >= minimumScore && value <= maximumScore)) continue
    append(list, u, other, sum, value)
    if (mirror) append(list, other, u, sum, value)
  }
}

function append(list: PairList, first: number, second: number, sum: number, score: number): void {
  const { length } = list
  list.first[length] = first
  list.second[length] = second
  list.sums[length] = sum
  list.scores[length] = score
  list.length = length + 1
}

function reserve(list: PairList, more: number): void {
  const wanted = list.length + more
  if (wanted <= list.first.length) return
  const larger = createPairList(Math.max(wanted, 2 * list.first.length))
  larger.first.set(list.first)
  larger.second.set(list.second)
  larger.sums.set(list.sums)
  larger.scores.set(list.scores)
  Object.assign(list, larger, { length: list.length })
}
