/** Alternating least squares written down as in the papers: whole matrices, one system after the other. */
import { Matrix, solve } from 'ml-matrix'

/** What is minimised. */
export interface NaiveAls {
  /** By user and item; `null` where there is no rating. */
  readonly ratings: readonly (readonly (number | null)[])[]
  readonly regularization: number
  readonly weighted: boolean
  readonly implicit: boolean
  readonly alpha: number
}

/** A half step: the best row of factors for each row of `ratings`. */
export function naiveHalf(problem: NaiveAls, others: readonly (readonly number[])[]): number[][] {
  const rank = others[0]!.length
  return problem.ratings.map(row => {
    const { matrix, target } = equations(problem, row, others)
    if (target.every(value => value === 0)) return new Array<number>(rank).fill(0)
    return solve(new Matrix(matrix), Matrix.columnVector(target)).to1DArray()
  })
}

/** The normal equations of a row. */
export function equations(
  { regularization, weighted, implicit, alpha }: NaiveAls,
  row: readonly (number | null)[],
  others: readonly (readonly number[])[],
): { readonly matrix: number[][]; readonly target: number[] } {
  const rank = others[0]!.length
  const matrix = Array.from({ length: rank }, () => new Array<number>(rank).fill(0))
  const target = new Array<number>(rank).fill(0)
  let count = 0
  for (const [k, other] of others.entries()) {
    const rating = row[k] ?? null
    if (rating === null && !implicit) continue
    const trust = implicit ? 1 + alpha * (rating ?? 0) : 1
    const wanted = implicit ? ((rating ?? 0) > 0 ? 1 : 0) : rating!
    if (rating !== null && (!implicit || rating > 0)) count++
    for (let i = 0; i < rank; i++) {
      target[i]! += trust * wanted * other[i]!
      for (let j = 0; j < rank; j++) matrix[i]![j]! += trust * other[i]! * other[j]!
    }
  }
  for (let i = 0; i < rank; i++) matrix[i]![i]! += regularization * (weighted ? count : 1)
  return { matrix, target }
}

/** The same problem with the roles of users and items exchanged. */
export function turnedAround(problem: NaiveAls): NaiveAls {
  const { ratings } = problem
  return { ...problem, ratings: ratings[0]!.map((_, item) => ratings.map(row => row[item]!)) }
}

/** The objective, from its definition. */
export function naiveObjective(
  { ratings, regularization, weighted, implicit, alpha }: NaiveAls,
  users: readonly (readonly number[])[],
  items: readonly (readonly number[])[],
): number {
  const dot = (x: readonly number[], y: readonly number[]) =>
    x.reduce((sum, value, k) => sum + value * y[k]!, 0)
  const isCounted = (rating: number | null) => rating !== null && (!implicit || rating > 0)
  let objective = 0
  for (const [u, x] of users.entries()) {
    for (const [i, y] of items.entries()) {
      const rating = ratings[u]![i]!
      if (implicit) {
        const wanted = (rating ?? 0) > 0 ? 1 : 0
        objective += (1 + alpha * (rating ?? 0)) * (wanted - dot(x, y)) ** 2
      } else if (rating !== null) objective += (rating - dot(x, y)) ** 2
      if (weighted && isCounted(rating)) objective += regularization * (dot(x, x) + dot(y, y))
    }
  }
  if (!weighted) for (const x of [...users, ...items]) objective += regularization * dot(x, x)
  return objective
}
