import type { AlternateSettings } from './alternate.js'
import type { FactorTable } from './factor-table.js'
import type { Ratings } from './rating-rows.js'

/**
 * The objective of given ratings for given factors; `null` where no pair is known to both. Ratings of
 * unknown users and items are left out.
 */
export function risk(
  { users, items, byUser }: Ratings,
  userTable: FactorTable,
  itemTable: FactorTable,
  settings: Pick<AlternateSettings, 'regularization' | 'weighted' | 'implicit' | 'alpha'>,
  operation: string,
): number | null {
  const { regularization, weighted, implicit, alpha } = settings
  const userPlaces = users.map(id => userTable.ids.find(id, operation))
  const itemPlaces = items.map(id => itemTable.ids.find(id, operation))
  const userCounts = new Float64Array(userTable.length)
  const itemCounts = new Float64Array(itemTable.length)
  let pairs = 0
  let loss = implicit ? squaresOfAll(userTable, itemTable) : 0
  for (const [row, user] of userPlaces.entries()) {
    for (let k = byUser.offsets[row]!; k < byUser.offsets[row + 1]!; k++) {
      const item = itemPlaces[byUser.indices[k]!]!
      if (user < 0 || item < 0) continue
      pairs++
      const value = byUser.values[k]!
      if (implicit && value === 0) continue
      const prediction = dot(userTable.row(user), itemTable.row(item))
      loss += implicit
        ? (1 + alpha * value) * (1 - prediction) ** 2 - prediction ** 2
        : (value - prediction) ** 2
      userCounts[user]!++
      itemCounts[item]!++
    }
  }
  if (pairs === 0) return null
  const penalty = (table: FactorTable, counts: Float64Array) => {
    let sum = 0
    for (const [row, count] of counts.entries()) {
      if (count > 0) sum += (weighted ? count : 1) * dot(table.row(row), table.row(row))
    }
    return regularization * sum
  }
  return loss + penalty(userTable, userCounts) + penalty(itemTable, itemCounts)
}

/** The sum of the squared predictions of all pairs: the product of two small matrices. */
function squaresOfAll(users: FactorTable, items: FactorTable): number {
  return dot(gramOf(users), gramOf(items))
}

function gramOf({ factors, rank, length }: FactorTable): Float64Array {
  const gram = new Float64Array(rank * rank)
  for (let row = 0; row < length; row++) {
    for (let i = 0; i < rank; i++) {
      const factor = factors[row * rank + i]!
      for (let j = 0; j < rank; j++) gram[i * rank + j]! += factor * factors[row * rank + j]!
    }
  }
  return gram
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!
  return sum
}
