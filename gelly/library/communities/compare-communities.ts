import { createKeyIndex, shown } from '../../../engine/extend.js'
import { type DataSet, SchemaError } from '../../../engine/index.js'
import type { VertexId } from '../../elements.js'
import { type CommunityRecord, communityColumns, givenTwice } from './community-column.js'

/** What `compareCommunities` gives. */
export interface CommunityComparison {
  /** 1 for the same communities, about 0 for independent ones. */
  readonly normalizedMutualInformation: number
  /** 1 for the same communities, 0 on average for random ones of the same sizes; may be negative. */
  readonly adjustedRandIndex: number
}

/**
 * How alike two divisions of the same vertices into communities are, whatever they are called.
 *
 * The mutual information of the two is divided by the mean of their entropies. The Rand index counts
 * the pairs of vertices that are together in both or in neither, and is adjusted for chance. Where
 * each has one community only, or each vertex is its own in both, the two are the same: 1.
 *
 * @param one Records `{ id, community }`, such as `vertices` of `louvain`.
 * @param other The same ids, in any order.
 * @throws {SchemaError} If an id is only in one of them, or there twice; names it.
 *
 * Cost: O(vertices). Source: Danon et al.: Comparing Community Structure Identification, 2005;
 * Hubert, Arabie: Comparing Partitions, 1985.
 * @example
 * const one = from([{ id: 1, community: 'a' }, { id: 2, community: 'a' }, { id: 3, community: 'b' }])
 * const other = one.map(v => ({ id: v.id, community: v.community === 'a' ? 7 : 8 }))
 * await compareCommunities(one, other) // { normalizedMutualInformation: 1, adjustedRandIndex: 1 }
 */
export async function compareCommunities<
  A extends CommunityRecord<VertexId>,
  B extends CommunityRecord<A['id']>,
>(one: DataSet<A>, other: DataSet<B>): Promise<CommunityComparison> {
  const operation = 'compareCommunities'
  const [a, b] = [await communityColumns(one, operation), await communityColumns(other, operation)]
  const n = a.id.length
  const ids = createKeyIndex(1)
  const inOne = ids.insert([a.id], n)
  const again = inOne.subarray(0, n).findIndex((number, row) => number !== row)
  if (again >= 0) throw givenTwice(a.id.get(again), operation)
  const rows = ids.find([b.id], b.id.length).slice(0, b.id.length)
  const unknown = rows.indexOf(-1)
  if (unknown >= 0) throw onlyIn('second', b.id.get(unknown))
  const place = new Int32Array(n).fill(-1)
  for (let row = 0; row < rows.length; row++) {
    if (place[rows[row]!] !== -1) throw givenTwice(b.id.get(row), operation)
    place[rows[row]!] = row
  }
  const missing = place.indexOf(-1)
  if (missing >= 0) throw onlyIn('first', a.id.get(missing))

  const [ofA, ofB] = [createKeyIndex(1), createKeyIndex(1)]
  const numbersA = ofA.insert([a.community], n)
  const numbersB = ofB.insert([b.community], n)
  const [sizesA, sizesB] = [new Float64Array(ofA.size), new Float64Array(ofB.size)]
  const shared = new Map<number, number>()
  for (let row = 0; row < n; row++) {
    const [x, y] = [numbersA[row]!, numbersB[place[row]!]!]
    sizesA[x]!++
    sizesB[y]!++
    const pair = x * ofB.size + y
    shared.set(pair, (shared.get(pair) ?? 0) + 1)
  }
  return {
    normalizedMutualInformation: mutualInformation(n, sizesA, sizesB, shared),
    adjustedRandIndex: randIndex(n, sizesA, sizesB, shared),
  }
}

function onlyIn(which: string, id: unknown): SchemaError {
  return new SchemaError(
    `compareCommunities: vertex ${shown(id)} is only in the ${which} of the two.`,
  )
}

/** @param shared By pair of communities, `x * sizesB.length + y`: the vertices in both. */
function mutualInformation(
  n: number,
  sizesA: Float64Array,
  sizesB: Float64Array,
  shared: ReadonlyMap<number, number>,
): number {
  const entropy = (sizes: Float64Array) =>
    sizes.reduce((sum, size) => sum - (size / n) * Math.log(size / n), 0)
  const mean = (entropy(sizesA) + entropy(sizesB)) / 2
  if (mean === 0) return 1
  let information = 0
  for (const [pair, both] of shared) {
    const y = pair % sizesB.length
    const x = (pair - y) / sizesB.length
    information += (both / n) * Math.log((both * n) / (sizesA[x]! * sizesB[y]!))
  }
  // Rounding may lead beyond the bounds.
  return Math.min(1, Math.max(0, information / mean))
}

function randIndex(
  n: number,
  sizesA: Float64Array,
  sizesB: Float64Array,
  shared: ReadonlyMap<number, number>,
): number {
  const pairs = (sizes: Iterable<number>) => {
    let sum = 0
    for (const size of sizes) sum += (size * (size - 1)) / 2
    return sum
  }
  const [inA, inB, inBoth, all] = [pairs(sizesA), pairs(sizesB), pairs(shared.values()), pairs([n])]
  const expected = all === 0 ? 0 : (inA * inB) / all
  const most = (inA + inB) / 2
  return most === expected ? 1 : (inBoth - expected) / (most - expected)
}
