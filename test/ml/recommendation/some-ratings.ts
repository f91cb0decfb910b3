/** Random ratings for tests. */
import type { AlsModel } from '../../../ml/index.js'
import type { NaiveAls } from '../../oracle/als.js'
import { randomFrom } from '../../support/random.js'

/** One rating. */
export interface SomeRating {
  readonly user: number
  readonly item: number
  readonly rating: number
}

/** About `share` of all pairs, with ratings from 0 to 5; every user and item is there. */
export function someRatings(
  users: number,
  items: number,
  share: number,
  seed: number,
): SomeRating[] {
  const random = randomFrom(seed)
  const records: SomeRating[] = []
  for (let user = 0; user < users; user++) {
    for (let item = 0; item < items; item++) {
      if (random.chance(share) || item === user % items || user === item % users) {
        records.push({ user, item, rating: random.int(6) })
      }
    }
  }
  return random.shuffle(records)
}

/** The same as a matrix. */
export function asMatrix(records: readonly SomeRating[]): NaiveAls['ratings'] {
  const [users, items] = (['user', 'item'] as const).map(
    name => 1 + Math.max(...records.map(record => record[name])),
  )
  const matrix = Array.from({ length: users! }, () => new Array<number | null>(items!).fill(null))
  for (const { user, item, rating } of records) matrix[user]![item] = rating
  return matrix
}

/** The factors of a model, by user and by item. */
export async function factorsOf(model: AlsModel<'user', 'item', 'prediction'>) {
  const [users, items] = await Promise.all([
    model.userFactors.collect(),
    model.itemFactors.collect(),
  ])
  return {
    users: users.map(({ factors }) => [...factors]),
    items: items.map(({ factors }) => [...factors]),
  }
}
